import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD } from '#test/api.ts'
import { withCity } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { DIST, keptBy, mustBeAccessible, mustFit, nameOf, openWindow, signIn, VIEWS, withBrowser } from './browser.ts'
import { handName, handOf } from './hand.ts'

// A list entry with hearing: proposed, told in writing, served, the person states their case and asks for a hearing, is heard,
// somebody else determines after the window, and the person sees it and contests. Over the real server, at both sizes, in
// both languages; the first view with the keyboard alone.

const WORDS = {
  zh: {
    propose: '提请列入名单',
    send: '提请',
    number: '号码',
    name: '姓名',
    facts: '事实',
    goOn: '打开案件',
    open: /^打开/,
    contest: '对这一决定提出异议',
    submit: '提交',
    what: '哪里不对',
  },
  en: {
    propose: 'Propose for a list',
    send: 'Propose',
    number: 'Number',
    name: 'Name',
    facts: 'Facts',
    goOn: 'Open the case',
    open: /^Open/,
    contest: 'Object to this determination',
    submit: 'Send',
    what: 'What is wrong',
  },
} as const
const UNIT = 'tj-emergency'

test('a list entry with hearing', async (t) => {
  const browser = await withBrowser(t)
  const city = await withCity(t, { web: DIST })
  const first = Temporal.PlainDate.from('2026-03-02')
  const live = async (day: Temporal.PlainDate) => {
    const at = `${day.toString()}T10:00:00+08:00`
    await city.setTime(at)
    return at
  }
  await live(first)
  const [clerk, reviewer] = [await city.staff('clerk', UNIT), await city.staff('reviewer', UNIT)]
  for (const [at, view] of VIEWS.entries()) {
    await t.test(`${nameOf(view)}${handName(at)}`, async (inner) => {
      const words = WORDS[view.language]
      const number = citizenNumber(720 + at)
      const name = '测试人'
      let now = await live(first.add({ days: 28 * at }))
      const person = await city.person(number)
      const enter = async (path: string, who: string) => {
        const visit = await openWindow(inner, browser, view)
        await visit.page.clock.setFixedTime(now)
        await visit.page.goto(`${city.base}${path}`)
        const hand = handOf(at, visit.page)
        await signIn(visit.page, who, PASSWORD, hand)
        await visit.page.locator('.page h1').waitFor()
        return { ...visit, hand }
      }
      type Visit = Awaited<ReturnType<typeof enter>>
      /** Takes the next step of the case that is open on a page, and waits until it is there. */
      const step = async ({ page, hand }: Visit, kind: string, says: readonly [string, string][]) => {
        const before = await page.locator('.case-step').count()
        const form = page.locator('form', { has: page.locator('input[name=step]') })
        await hand.choose(form.locator(`input[name=step][value="${kind}"]`))
        for (const [selector, text] of says) await hand.type(form.locator(selector).first(), text)
        await hand.press(form.locator('button[type=submit]'))
        await page.locator('.case-step').nth(before).waitFor({ state: 'attached' })
      }

      // the clerk proposes; nothing follows from it; then the written notice, and its service
      const desk = await enter('/desk/lists', clerk.name)
      const { page, hand } = desk
      await hand.press(page.getByRole('button', { name: words.propose }))
      const form = page.locator('form.card')
      await hand.press(form.getByRole('button', { name: words.send, exact: true }))
      await form.locator('.wrong').first().waitFor()
      await mustBeAccessible(page, 'a proposal that says too little')
      const list = form.locator('select').first()
      await hand.select(list, 'serious-work-safety-person')
      await hand.type(form.getByLabel(words.number, { exact: true }), number)
      await hand.type(form.getByLabel(words.name, { exact: true }), name)
      await hand.type(form.getByLabel(words.facts, { exact: true }), '未按规定设置防护，责令改正后逾期未改。')
      await hand.press(form.getByRole('button', { name: words.send, exact: true }))
      await hand.press(page.getByRole('button', { name: words.goOn }))
      await page.locator('.case-step').waitFor()
      assert.deepEqual((await city.lookUp(number)).body.records, [])
      await step(desk, 'notify', [['textarea', '未按规定设置防护，责令改正后逾期未改。']])
      await step(desk, 'serve', [['input[type=text]', '送达回证1号']])
      await mustBeAccessible(page, 'the case of a list')
      await mustFit(page, 'the case of a list')
      assert.ok(!(await page.locator('main').innerText()).includes(number), 'the number is masked')
      assert.ok(!(await keptBy(page)).includes(number))

      // the person has their turn
      const mine = await enter('/me/decisions', person.name)
      const me = mine.page
      await me.locator('.told').waitFor()
      await me.locator('.note.warn').waitFor()
      await mustBeAccessible(me, 'told')
      await mustFit(me, 'told')
      await step(mine, 'state', [['textarea', '防护已于当日设置，有照片为证。']])
      await step(mine, 'ask-hearing', [])
      await mustBeAccessible(me, 'hearing asked for')

      // heard; while the window is open nobody determines
      await page.goto(`${city.base}/desk/lists`)
      await hand.press(page.locator('.board-column').nth(2).getByRole('button', { name: words.open }))
      await page.locator('.case-step').nth(4).waitFor()
      await step(desk, 'hear', [
        ['textarea', '听证笔录：当事人出示照片，检查人员说明复查情况。'],
        ['input[type=date]', now.slice(0, 10)],
      ])

      now = await live(first.add({ days: 28 * at + 22 }))
      const second = await enter('/desk/lists', reviewer.name)
      await mustBeAccessible(second.page, 'the board')
      await mustFit(second.page, 'the board')
      await second.hand.press(second.page.locator('.board-column').nth(3).getByRole('button', { name: words.open }))
      await second.page.locator('.case-step').nth(5).waitFor()
      await step(second, 'determine', [
        ['textarea', '逾期未改正，情节严重；照片显示的设置时间在复查之后。'],
        ['input[type=text]', `应急列字〔2026〕${at + 1}号`],
      ])
      assert.equal((await city.lookUp(number)).body.records.length, 1)

      // in force; the person sees it, with where to contest it, and contests
      await me.clock.setFixedTime(now)
      await me.goto(`${city.base}/me/decisions`)
      await mine.hand.press(me.getByRole('button', { name: words.contest }).first())
      await mine.hand.type(me.getByLabel(words.what, { exact: true }).first(), '防护在期限内已设置。')
      await mine.hand.press(me.getByRole('button', { name: words.submit, exact: true }).first())
      await me.locator('.note.good').first().waitFor()
      await mustBeAccessible(me, 'contested')
      await mustFit(me, 'contested')
      const [opened] = (await person.call('myCases')).body.cases
      assert.deepEqual([opened.machine, opened.state.kind], ['objection', 'contest'])
      assert.deepEqual([...mine.faults, ...desk.faults, ...second.faults], [])
    })
  }
})
