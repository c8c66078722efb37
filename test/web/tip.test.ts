import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD, withApi } from '#test/api.ts'
import { DIST, mustBeAccessible, mustFit, nameOf, openWindow, signIn, VIEWS, withBrowser } from './browser.ts'

// Somebody writes a tip without script and without a name; the unit answers it at the desk; whoever has the code reads the
// answer. It never becomes a record of anybody. At both sizes, in both languages, the sender by keyboard alone.

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
    await t.test(nameOf(view), async (inner) => {
      const lang = view.language === 'en' ? '?lang=en' : ''
      const said = `${SAID}（${at}）`
      const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: view.width, height: 844 } })
      inner.after(() => plain.close())
      const page = await plain.newPage()
      page.setDefaultTimeout(15_000)
      await page.goto(`${api.base}/tips${lang}`)
      // too short: said so, and what was typed is still there
      await page.locator('#tip-text').focus()
      await page.keyboard.type(said)
      await page.locator('form:has(#tip-text) button[type=submit]').focus()
      await page.keyboard.press('Enter')
      await page.locator('.receipt-code').waitFor()
      const code = await page.locator('.receipt-code').innerText()
      assert.ok(!page.url().includes(code.slice(0, 4)))

      // the desk: the unit that has it reads and answers
      const { page: desk, faults } = await openWindow(inner, browser, view)
      await desk.goto(`${api.base}/desk/tips`)
      await signIn(desk, clerk.name, PASSWORD)
      await desk.locator('main .card, main li, main tbody tr').first().waitFor()
      await mustBeAccessible(desk, 'the queue of tips')
      await mustFit(desk, 'the queue of tips')
      const { tips } = (await clerk.call('tips')).body as { tips: { num: number; answered: boolean }[] }
      const open = tips.find(({ answered }) => !answered)
      assert.ok(open)
      const read = await clerk.call('tip', { params: { num: open.num } })
      assert.equal(read.body.text, said)
      const answered = await clerk.call('stepTip', {
        params: { num: open.num },
        body: { kind: 'answer', step: 2, text: `${ANSWER}（${at}）` },
      })
      assert.equal(answered.status, 200, answered.text)
      assert.deepEqual(faults, [])

      // by the code, in small letters and without dashes; not without it
      await page.goto(`${api.base}/tips${lang}`)
      await page.locator('#tip-code').focus()
      await page.keyboard.type(code.toLowerCase().replaceAll('-', ''))
      await page.keyboard.press('Enter')
      await page.getByText(`${ANSWER}（${at}）`).waitFor()
      assert.ok(!page.url().includes(code.slice(0, 4)))
      await page.goto(`${api.base}/tips${lang}`)
      await page.locator('#tip-code').fill('0000-0000-0000-0000-0000')
      await page.locator('#tip-code').press('Enter')
      await page.locator('[role=alert]').first().waitFor()
    })
  }
  assert.equal(await counts(), before, 'no record and no person came of it')
})
