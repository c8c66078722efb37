import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { openLedgerLog } from '#operations/ledger-log.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { openPool } from '#store/db.ts'
import { roleUrl } from '#store/migrate.ts'
import { PASSWORD, withApi, type TestApi } from '#test/api.ts'
import { citizenNumber, commitment, commitmentFile } from '#test/people.ts'
// oxlint-disable-next-line no-restricted-imports -- the browser of the web tests
import { DIST, keptBy, mustBeAccessible, mustFit, nameOf, openWindow, signIn, VIEWS, withBrowser } from './browser.ts'
import { handName, handOf } from './hand.ts'

// A person comes to the counter: their file is read to them, a report printed, an objection filed on a form they signed; and
// at home they see all of it. At both sizes, in both languages; the first view by keyboard alone.

const WORDS = {
  zh: {
    open: '开始',
    records: '档案',
    file: '代为提交',
    send: '提交',
    make: '出具报告',
    save: '下载并打印',
    end: '本人离开，结束',
    ended: '已结束',
    ground: '本人到场',
    large: '大字',
  },
  en: {
    open: 'Begin',
    records: 'The file',
    file: 'File in their name',
    send: 'File',
    make: 'Issue the report',
    save: 'Save and print',
    end: 'The person leaves: end',
    ended: 'Ended',
    ground: 'You were present',
    large: 'Large type',
  },
} as const

async function openSequencer(t: TestContext, { url, keys, owner }: TestApi): Promise<() => Promise<number>> {
  const pool = openPool(roleUrl(url, 'xinheng_sequencer', keys), { max: 1, name: 'test sequencer' })
  t.after(() => pool.end())
  const signer = await openLedgerLog(owner, keys, 'ledger.example/counter')
  return () => sequenceAll({ pool, keys, signer }, 3600)
}

test('the counter: a present person has their file read, printed and contested, and sees who did it', async (t) => {
  const browser = await withBrowser(t)
  const api = await withApi(t, { web: DIST })
  const sequence = await openSequencer(t, api)
  const counter = await api.as('counter', 'demo-approval')
  const clerk = await api.as('clerk')
  for (const [at, view] of VIEWS.entries()) {
    await t.test(`${nameOf(view)}${handName(at)}`, async (inner) => {
      const words = WORDS[view.language]
      const number = citizenNumber()
      const row = { ...commitment(700 + at), number }
      const sent = await clerk.call('intake', {
        query: { item: 'commitment' },
        body: commitmentFile([row]),
        headers: { 'content-type': 'text/csv' },
      })
      assert.equal(sent.status, 200, sent.text)
      const person = await api.person(number)
      const form = `窗〔2026〕${at}号`
      const { page, faults } = await openWindow(inner, browser, view)
      const hand = handOf(at, page)
      const press = (name: string, within = page.locator('main')) =>
        hand.press(within.getByRole('button', { name, exact: true }).first())
      await page.goto(`${api.base}/desk/counter`)
      await signIn(page, counter.name, PASSWORD, hand)
      const number1 = page.locator('main input[maxlength="64"]')
      await number1.waitFor()
      // without document and signature nothing opens
      await press(words.open)
      await page.locator('.wrong').first().waitFor()
      await mustBeAccessible(page, 'nothing filled in')
      await mustFit(page, 'nothing filled in')
      await hand.type(number1, number)
      await hand.type(page.locator('main input[maxlength="48"]'), form)
      await hand.tick(page.locator('main input[type=checkbox]'))
      await press(words.open)
      await page.locator('.subject-head').waitFor()
      await press(words.large)
      await mustFit(page, 'large type')
      await press(words.large)
      await press(words.records)
      await page.locator('article.record').first().waitFor()
      assert.ok(!(await page.locator('main').innerText()).includes(number), 'the number is masked')
      await mustBeAccessible(page, 'the file')
      await mustFit(page, 'the file')
      // a report, as soon as its look-up is in the ledger
      await press(words.make)
      await page.getByRole('button', { name: words.save }).waitFor()
      await sequence()
      const download = page.waitForEvent('download')
      await press(words.save)
      assert.match((await download).suggestedFilename(), /^credit-report-[\d-]+\.pdf$/)
      // an objection in their name, on another form
      const card = page.locator('article.record').first()
      await press(words.file, card)
      await hand.type(
        card.locator('textarea'),
        view.language === 'zh' ? '没有作过此承诺' : 'I never made this commitment',
      )
      await hand.type(card.locator('input[maxlength="48"]'), `${form}之二`)
      await mustBeAccessible(page, 'filing')
      await press(words.send, card)
      await card.locator('[role=status], [role=alert], .note.good').first().waitFor()
      assert.match(await card.innerText(), /之二/)
      for (const text of [number, row.name, form])
        assert.ok(!(await keptBy(page)).includes(text), 'nothing personal in address, title or storage')
      await press(words.end)
      await page.getByText(words.ended, { exact: true }).waitFor()
      await mustBeAccessible(page, 'ended')
      assert.deepEqual(faults, [])

      // at home: who looked, on which ground, by which form; and the case
      const home = await openWindow(inner, browser, view)
      await home.page.goto(`${api.base}/me/looks`)
      await signIn(home.page, person.name, PASSWORD, handOf(at, home.page))
      await home.page.getByText(words.ground).first().waitFor()
      const looks = await home.page.locator('main').innerText()
      assert.ok(looks.includes(form), 'the form they signed')
      await home.page.goto(`${api.base}/me/cases`)
      await home.page.getByText(`${form}之二`).first().waitFor()
      await mustBeAccessible(home.page, 'my case')
    })
  }
})
