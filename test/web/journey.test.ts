import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { formatVerifierKey, makeSigner } from '#domain/note.ts'
import { openLedgerLog } from '#operations/ledger-log.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { openPool } from '#store/db.ts'
import { roleUrl } from '#store/migrate.ts'
import { PASSWORD, withApi, type TestApi } from '#test/api.ts'
import { citizenNumber, commitment, commitmentFile } from '#test/people.ts'
import { DIST, keptBy, mustBeAccessible, mustFit, nameOf, openWindow, signIn, VIEWS, withBrowser } from './browser.ts'
import { handName, handOf } from './hand.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- what runs in the page; the server's code, checked together with this, knows no document
declare const document: any

// The first journey over the real server, in a real browser: a file goes in with errors, an officer looks somebody up,
// the person sees it, gives consent and takes it back. At both sizes, in both languages; the first view by keyboard alone.

const OTHER_KEY = formatVerifierKey(await makeSigner('ledger.example/xinheng', new Uint8Array(32).fill(7)))

const WORDS = {
  zh: {
    some: '部分行未接收',
    dryRun: '检查完成',
    recorded: '本次查询已记录，本人可见',
    refused: '未能查询',
    wrong: /密码|账号/,
    matter: '登记新事项',
    open: '登记事项',
    given: '授权已生效',
    withdrawn: '授权已撤回',
    withdraw: '撤回授权',
    give: '授权',
    send: '报送',
    check: '检查',
    lookUp: '查询',
    looks: '谁查过我',
    consents: '我的授权',
    more: '更多',
    refusedTag: '已拒绝',
    sign: '退出',
    signed: /签名/,
  },
  en: {
    some: 'some rows were refused',
    dryRun: 'Checked',
    recorded: 'This look-up is recorded',
    refused: 'Not looked up',
    wrong: /password|account/i,
    matter: 'Open a new matter',
    open: 'Open a matter',
    given: 'Your consent is in force',
    withdrawn: 'Withdrawn',
    withdraw: 'Withdraw',
    give: 'Give consent',
    send: 'Send',
    check: 'Check (dry run)',
    lookUp: 'Look up',
    looks: 'Who looked',
    consents: 'My consents',
    more: 'More',
    refusedTag: 'Refused',
    sign: 'Sign out',
    signed: /signature/,
  },
} as const

/** What the server's job does by itself within a minute. */
async function openSequencer(t: TestContext, { url, keys, owner }: TestApi): Promise<() => Promise<number>> {
  const pool = openPool(roleUrl(url, 'xinheng_sequencer', keys), { max: 1, name: 'test sequencer' })
  t.after(() => pool.end())
  const signer = await openLedgerLog(owner, keys, 'ledger.example/xinheng')
  return () => sequenceAll({ pool, keys, signer }, 3600)
}

test('a file, a look-up, the person who sees it, a consent', async (t) => {
  // the browser first: it builds the pages that the server then finds
  const browser = await withBrowser(t)
  const api = await withApi(t, { web: DIST })
  const sequence = await openSequencer(t, api)
  for (const [at, view] of VIEWS.entries()) {
    await t.test(`${nameOf(view)}${handName(at)}`, async (inner) => {
      const words = WORDS[view.language]
      const number = citizenNumber()
      const clerk = await api.as('clerk')
      const officer = await api.as('officer')
      const person = await api.person(number)
      const rows = [
        { ...commitment(900 + at), number },
        commitment(950 + at * 4),
        { ...commitment(951 + at * 4), number: '990101197001011239' },
      ]
      const personal = [number, rows[0]?.name ?? '']

      // the clerk: a wrong password, then the file, first as a check
      const desk = await openWindow(inner, browser, view)
      const { page } = desk
      const hand = handOf(at, page)
      await page.goto(`${api.base}/desk/upload`)
      await signIn(page, clerk.name, 'not the password', hand)
      await page.locator('[role=alert]').waitFor()
      assert.match(await page.locator('[role=alert]').innerText(), words.wrong)
      await mustBeAccessible(page, 'sign-in refused')
      await signIn(page, clerk.name, PASSWORD, hand)
      await page.locator('.drop').waitFor()
      await hand.select(page.locator('main select'), 'commitment')
      await hand.attach(page.locator('.drop button'), {
        name: '某某某.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(commitmentFile(rows)),
      })
      await hand.press(page.getByRole('button', { name: words.check, exact: true }))
      await page.getByText(words.dryRun).first().waitFor()
      await mustBeAccessible(page, 'dry run')
      const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().includes('/intake'))
      await hand.press(page.locator('.card .row .button').first())
      assert.doesNotMatch(decodeURIComponent((await sent).url()), /某某某/, 'the name of the file stays here')
      await page.getByText(words.some).first().waitFor()
      assert.equal(await page.locator('.table tbody tr').count(), 1)
      assert.doesNotMatch(await page.locator('main').innerText(), /990101/)
      await mustBeAccessible(page, 'receipt')
      await mustFit(page, 'receipt')
      const download = page.waitForEvent('download')
      await hand.press(page.locator('.table-export'))
      assert.match((await download).suggestedFilename(), /\.csv$/)
      await hand.press(page.getByRole('button', { name: words.sign }))

      // the officer: without a matter nothing opens; with one it does, and says that it is recorded
      await page.locator('[name=username]').waitFor()
      await page.goto(`${api.base}/desk/look-up`)
      await signIn(page, officer.name, PASSWORD, hand)
      const field = page.locator('main input[maxlength="64"]')
      await hand.type(field, number)
      await hand.press(page.getByRole('button', { name: words.lookUp, exact: true }))
      await mustBeAccessible(page, 'look-up without a matter')
      await hand.press(page.getByRole('button', { name: words.matter }))
      const matter = `受理〔2026〕${at}号`
      const inputs = page.locator('main .card input.input')
      await hand.type(inputs.nth(0), matter)
      await hand.type(inputs.nth(1), '食品经营许可')
      await hand.press(page.getByRole('button', { name: words.open, exact: true }))
      await page.locator(`select:has(option[value="${matter}"]:checked)`).waitFor()
      await hand.press(page.getByRole('button', { name: words.lookUp, exact: true }))
      await page.getByText(words.recorded).waitFor()

      assert.equal(await page.locator('article.record').count(), 1)
      assert.ok(!(await page.locator('main').innerText()).includes(number), 'the number is masked')
      for (const text of personal)
        assert.ok(!(await keptBy(page)).includes(text), 'nothing personal in address, title or storage')
      await mustBeAccessible(page, 'archive')
      await mustFit(page, 'archive')
      // it leaves as a file by the gate: one more look-up, which the person sees too
      const table = page.waitForEvent('download')
      await hand.press(page.locator('.table-export'))
      assert.match((await table).suggestedFilename(), /\.csv$/)
      await page.locator('.table-told').getByText('1').waitFor()

      // the person: their file, who looked, the proof, a consent given and taken back
      const mine = await openWindow(inner, browser, view)
      const me = mine.page
      const own = handOf(at, me)
      await me.goto(`${api.base}/me`)
      await signIn(me, person.name, PASSWORD, own)
      await me.locator('article.record').waitFor()
      await mustBeAccessible(me, 'my file')
      await mustFit(me, 'my file')
      await own.press(me.getByRole('navigation').getByRole('link', { name: words.looks }))
      await me.getByText(matter).first().waitFor()
      assert.equal(await me.getByText(matter).count(), 2, 'the look-up and its export')
      assert.equal(await me.evaluate(() => document.activeElement?.tagName), 'H1', 'the focus follows to the new page')
      assert.ok(
        (await me.locator('article.look').first().innerText()).includes(
          view.language === 'zh' ? '市场监督管理局' : 'Market',
        ),
      )
      await sequence()
      await own.press(me.locator('.proof button').first())
      await me.locator('.proof .note.good').waitFor()
      assert.match(await me.locator('.proof .note.good').innerText(), words.signed)
      // under another key than the ledger's nothing is good
      await me.route('**/api/v1/ledger/key', (route) => route.fulfill({ contentType: 'text/plain', body: OTHER_KEY }))
      await own.press(me.locator('.proof button').first())
      await me.locator('.proof .note.bad').waitFor()
      await me.unroute('**/api/v1/ledger/key')
      await mustBeAccessible(me, 'who looked')
      await mustFit(me, 'who looked')
      await own.press(me.getByRole('navigation').getByRole('link', { name: words.more }))
      await own.press(me.getByRole('main').getByRole('link', { name: words.consents }))
      await own.select(me.locator('main select'), 'demo-market')
      await own.press(me.locator('.chip').first())
      await mustBeAccessible(me, 'consents')
      await own.press(me.locator('form button[type=submit]'))
      await me.getByText(words.given).waitFor()
      await own.press(me.getByRole('button', { name: words.withdraw }))
      await me.getByText(words.withdrawn).first().waitFor()
      for (const text of personal) assert.ok(!(await keptBy(me)).includes(text))

      // a look-up for a consent that is gone is refused, and the person sees that too
      await hand.press(page.locator('main .subject-head .button.second'))
      await hand.choose(page.locator('input[name=purpose][value=employment]'))
      await hand.type(page.locator('main input[maxlength="64"]'), number)
      await hand.press(page.getByRole('button', { name: words.lookUp, exact: true }))
      await page.getByText(words.refused).waitFor()
      await mustBeAccessible(page, 'look-up refused')
      await me.goto(`${api.base}/me/looks`)
      await me.locator('article.look.refused').waitFor()
      assert.ok((await me.locator('article.look.refused').innerText()).includes(words.refusedTag))
      assert.deepEqual([...desk.faults, ...mine.faults], [])
    })
  }
})
