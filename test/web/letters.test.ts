import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellAll } from '#operations/notice/send.ts'
import { PASSWORD } from '#test/api.ts'
import { withCity } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { DIST, keptBy, mustBeAccessible, mustFit, nameOf, openWindow, signIn, VIEWS, withBrowser } from './browser.ts'
import { keyboard, pointer } from './hand.ts'

// A letter from the queue to its proof of service: opened, printed, come back, delivered, opened again; the person, who has an
// account by then, sees every opening and how it was served, and says where they want to be told from now on.

const WORDS = {
  zh: {
    open: '打开',
    print: '下载并打印',
    record: '登记',
    receipt: '回证编号或签收人',
    back: '退回，没有送到',
    done: '已经送达，无需再登记。',
    served: '送达情况',
    contact: '通知还发到哪里',
    address: '号码或地址',
    save: '保存',
    changed: '已更改，即刻生效。',
  },
  en: {
    open: 'Open',
    print: 'Save and print',
    record: 'Record',
    receipt: 'Number of the receipt, or who signed',
    back: 'Came back, not delivered',
    done: 'It is served; nothing more need be recorded.',
    served: 'Service',
    contact: 'Where else notices are sent',
    address: 'Number or address',
    save: 'Save',
    changed: 'Changed, at once.',
  },
} as const
const DAY = '2026-03-02'

test('a letter from the queue to its proof of service', async (t) => {
  const browser = await withBrowser(t)
  const city = await withCity(t, { web: DIST })
  const clerk = await city.staff('clerk', 'demo-market')
  for (const [at, view] of VIEWS.entries()) {
    await t.test(`${nameOf(view)}${at === 0 ? ', keyboard only' : ''}`, async (inner) => {
      const words = WORDS[view.language]
      const number = citizenNumber(800 + at)
      await city.setTime(`${DAY}T${10 + at}:00:00+08:00`)
      const penalty = { item: 'penalty-person', number, decided: DAY, document: `衡市监罚〔2026〕${80 + at}号` }
      assert.equal((await city.report({ ...penalty, values: { CF_CFLB: '02' } })).status, 200)
      await city.setTime(`${DAY}T${10 + at}:01:00+08:00`)
      assert.equal((await tellAll(city.system, { senders: {}, link: '' })).letters, 1)
      const enter = async (path: string, name: string) => {
        const visit = await openWindow(inner, browser, view)
        await visit.page.clock.setFixedTime(`${DAY}T${10 + at}:01:00+08:00`)
        await visit.page.goto(`${city.base}${path}`)
        await signIn(visit.page, name, PASSWORD)
        await visit.page.locator('.page h1').waitFor()
        return { ...visit, hand: at === 0 ? keyboard(visit.page) : pointer }
      }
      const { page, faults, hand } = await enter('/desk/letters', clerk.name)
      const button = (name: string) => page.getByRole('button', { name, exact: true })
      await button(words.open).first().waitFor()
      await mustBeAccessible(page, 'the queue')
      await mustFit(page, 'the queue')
      assert.ok(!(await page.locator('main').innerText()).includes('测试人'), 'nobody is named in the queue')
      await hand.press(button(words.open).first())
      await page.getByText('测试人').waitFor()
      await mustBeAccessible(page, 'a letter')
      await mustFit(page, 'a letter')
      assert.ok(!(await page.locator('main').innerText()).includes(number), 'the number is masked')
      const download = page.waitForEvent('download')
      await hand.press(button(words.print))
      assert.match((await download).suggestedFilename(), /^letter-[\d-]+\.pdf$/)
      // without a receipt nothing is recorded
      await hand.press(button(words.record))
      await page.locator('.wrong').waitFor()
      await hand.choose(page.getByRole('radio', { name: words.back }))
      await hand.type(page.getByLabel(words.receipt), 'EMS 0001')
      await hand.press(button(words.record))
      // back in the queue, and delivered at the second try
      await hand.press(button(words.open).first())
      await page.getByText('EMS 0001').waitFor()
      await hand.type(page.getByLabel(words.receipt), 'EMS 0002')
      await hand.press(button(words.record))
      await page.locator('#letters-served').waitFor()
      await mustFit(page, 'served')
      await hand.press(
        page
          .locator('section[aria-labelledby=letters-served]')
          .getByRole('button', { name: words.open, exact: true })
          .first(),
      )
      await page.getByText(words.done).waitFor()
      await page.getByText('EMS 0002').waitFor()
      assert.equal(await page.locator('#letter-opened + p + ol > li').count(), 4, 'every opening and printing')
      await mustBeAccessible(page, 'a letter served')
      assert.ok(!(await keptBy(page)).includes('测试人'), 'nothing personal in address, title or storage')
      assert.deepEqual(faults, [])

      const person = await city.person(number)
      const mine = await enter('/me/notices', person.name)
      const me = mine.page
      await mine.hand.press(me.getByText(words.served).first())
      await me.getByText('EMS 0002').first().waitFor()
      await mustBeAccessible(me, 'my notices')
      await mine.hand.press(me.getByText(words.contact, { exact: true }))
      await mine.hand.type(me.getByLabel(words.address), '13800138000')
      await mine.hand.press(me.getByRole('button', { name: words.save, exact: true }))
      await me.getByText(words.changed).waitFor()
      await me.getByText('138****8000').waitFor()
      await mustBeAccessible(me, 'my contacts')
      await mustFit(me, 'my contacts')
      await me.goto(`${city.base}/me/looks`)
      await me
        .getByText(/给您的信件\d+|Letter \d+ to you/)
        .first()
        .waitFor()
      assert.equal(await me.getByText(/给您的信件\d+|Letter \d+ to you/).count(), 4, 'each of them is in their own log')
      assert.deepEqual(mine.faults, [])
    })
  }
})
