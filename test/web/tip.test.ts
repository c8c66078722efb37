import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD, withApi } from '#test/api.ts'
import { DIST, mustBeAccessible, mustFit, nameOf, openWindow, signIn, VIEWS, withBrowser } from './browser.ts'
import { handName, handOf } from './hand.ts'

// Somebody writes a tip without script and without a name; the unit answers it at the desk; whoever has the code reads the
// answer. It never becomes a record of anybody. At both sizes, in both languages, the first view by
// keyboard alone.

const SAID = '某店宣传与实际不符，请核查'
const ANSWER = '已核查，责令改正'

test('a tip: filed without script, answered at the desk, followed by its code; never a record', async (t) => {
  const browser = await withBrowser(t)
  const api = await withApi(t, { web: DIST, limits: { tip: 100 } })
  const clerk = await api.as('clerk', 'demo-development')
  const counts = async () =>
    (
      await api.owner.query<{ n: string }>(
        'select (select count(*) from xinheng.record) || $1 || (select count(*) from xinheng.subject) as n',
        ['/'],
      )
    ).rows[0]?.n
  const before = await counts()
  for (const [at, view] of VIEWS.entries()) {
    await t.test(`${nameOf(view)}${handName(at)}`, async (inner) => {
      const lang = view.language === 'en' ? '?lang=en' : ''
      const said = `${SAID}（${at}）`
      const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: view.width, height: 844 } })
      inner.after(() => plain.close())
      const page = await plain.newPage()
      page.setDefaultTimeout(15_000)
      const own = handOf(at, page)
      await page.goto(`${api.base}/tips${lang}`)
      await own.press(page.locator('form:has(#tip-text) button[type=submit]'))
      await own.type(page.locator('#tip-text'), said)
      await own.press(page.locator('form:has(#tip-text) button[type=submit]'))
      await page.locator('.receipt-code').waitFor()
      const code = await page.locator('.receipt-code').innerText()
      assert.ok(!page.url().includes(code.slice(0, 4)))

      // the desk: the unit that has it reads and answers
      const { page: desk, faults } = await openWindow(inner, browser, view)
      await desk.goto(`${api.base}/desk/tips`)
      const hand = handOf(at, desk)
      await signIn(desk, clerk.name, PASSWORD, hand)
      const open = desk.locator('main li.card', { has: desk.locator('.tag.warn') })
      await open.waitFor()
      await mustBeAccessible(desk, 'the queue of tips')
      await mustFit(desk, 'the queue of tips')
      await hand.press(open.locator('button').first())
      await desk.getByText(said).waitFor()
      await hand.press(open.locator('button[type=submit]'))
      await open.locator('.wrong').waitFor()
      await mustBeAccessible(desk, 'an answer without words')
      await hand.type(open.locator('textarea'), `${ANSWER}（${at}）`)
      await mustFit(desk, 'a tip that is read')
      await hand.press(open.locator('button[type=submit]'))
      await desk.locator('.note.good').waitFor()
      await open.waitFor({ state: 'detached' })
      await mustBeAccessible(desk, 'answered')
      assert.deepEqual(faults, [])

      // by the code, in small letters and without dashes; not without it
      await page.goto(`${api.base}/tips${lang}`)
      await own.type(page.locator('#tip-code'), code.toLowerCase().replaceAll('-', ''))
      await page.keyboard.press('Enter')
      await page.getByText(`${ANSWER}（${at}）`).waitFor()
      assert.ok(!page.url().includes(code.slice(0, 4)))
      await page.goto(`${api.base}/tips${lang}`)
      await own.type(page.locator('#tip-code'), '0000-0000-0000-0000-0000')
      await page.keyboard.press('Enter')
      await page.locator('[role=alert]').first().waitFor()
    })
  }
  assert.equal(await counts(), before, 'no record and no person came of it')
})
