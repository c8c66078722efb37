import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD } from '#test/api.ts'
import { withCity } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { DIST, keptBy, mustBeAccessible, mustFit, nameOf, openWindow, signIn, VIEWS, withBrowser } from './browser.ts'
import { handName, handOf } from './hand.ts'

// A repair to recall: a person applies with proof, the unit that decided grants it, the record is gone from use at once,
// whoever had it acknowledges, and the person sees that. Over the real server, at both sizes, in both languages; the first
// view with the keyboard alone.

const WORDS = {
  zh: {
    apply: '申请信用修复',
    send: '提交',
    proof: '履行义务的证明',
    facts: '义务是怎样履行的',
    acknowledge: /回执：/,
  },
  en: {
    apply: 'Apply for repair',
    send: 'Send',
    proof: 'Proof of performance',
    facts: 'How the duty was performed',
    acknowledge: /Acknowledge/,
  },
} as const
const DAY = '2026-06-02'
const PROOF = { name: '缴款凭证.txt', mimeType: 'text/plain', buffer: Buffer.from('罚款已缴清（测试）') }

test('a repair to recall', async (t) => {
  const browser = await withBrowser(t)
  const city = await withCity(t, { web: DIST })
  const people = VIEWS.map((view, at) => ({ view, number: citizenNumber(700 + at) }))
  await city.setTime('2026-03-10T10:00:00+08:00')
  for (const { number } of people) {
    const sent = await city.report({ item: 'penalty-person', number, decided: '2026-03-02', values: { CF_CFLB: '03' } })
    assert.equal(sent.status, 200, sent.text)
  }
  await city.setTime('2026-03-10T11:00:00+08:00')
  for (const { number } of people) assert.equal((await city.lookUp(number)).body.records.length, 1)
  await city.setTime(`${DAY}T10:00:00+08:00`)
  const reviewer = await city.staff('reviewer', city.sourceOf('penalty-person'))
  const court = await city.staff('officer', 'demo-court')
  for (const [at, { view, number }] of people.entries()) {
    await t.test(`${nameOf(view)}${handName(at)}`, async (inner) => {
      const words = WORDS[view.language]
      const person = await city.person(number)
      const enter = async (path: string, name: string) => {
        const visit = await openWindow(inner, browser, view)
        await visit.page.clock.setFixedTime(`${DAY}T10:00:00+08:00`)
        await visit.page.goto(`${city.base}${path}`)
        const hand = handOf(at, visit.page)
        await signIn(visit.page, name, PASSWORD, hand)
        await visit.page.locator('.page h1').waitFor()
        return { ...visit, hand }
      }

      const mine = await enter('/me', person.name)
      const me = mine.page
      await mine.hand.press(me.getByRole('button', { name: words.apply }))
      const form = me.locator('form.way-form')
      await mine.hand.press(form.getByRole('button', { name: words.send, exact: true }))
      await form.locator('.wrong').first().waitFor()
      await mustBeAccessible(me, 'an application without proof')
      await mine.hand.type(form.getByLabel(words.facts), '罚款已于三月缴清，违法行为已改正。')
      await mine.hand.attach(form.getByLabel(words.proof, { exact: true }), PROOF)
      await mine.hand.press(form.getByRole('button', { name: words.send, exact: true }))
      await me.locator('.note.good').waitFor()
      await mustBeAccessible(me, 'applied')
      await mustFit(me, 'applied')
      assert.equal((await city.lookUp(number)).body.records[0].marks[0].machine, 'repair')

      const desk = await enter('/desk/cases', reviewer.name)
      const { page, hand } = desk
      await hand.press(page.locator('tbody button').first())
      await page.locator('.papers li').first().waitFor()
      assert.ok(!(await page.locator('main').innerText()).includes(number), 'the number is masked')
      await mustBeAccessible(page, 'the case, its papers and its law')
      await mustFit(page, 'the case')
      const steps = page.locator('form', { has: page.locator('input[name=step]') })
      await hand.choose(steps.locator('input[value=accept]'))
      await hand.press(steps.locator('button[type=submit]'))
      await page.locator('.case-step').nth(1).waitFor()
      await hand.choose(steps.locator('input[value=grant]'))
      await hand.type(steps.locator('textarea').first(), '义务已履行，条件均已满足。')
      await hand.press(steps.locator('button[type=submit]'))
      await page.locator('.case-step').nth(2).waitFor()
      assert.ok(!(await keptBy(page)).includes(number))

      // gone for whoever looks, at once
      assert.deepEqual((await city.lookUp(number)).body.records, [])
      const had = await enter('/desk/recalls', court.name)
      const card = had.page.locator('.board-card')
      await card.first().waitFor()
      await mustBeAccessible(had.page, 'recalls')
      await mustFit(had.page, 'recalls')
      await had.hand.select(card.locator('select').first(), 'destroyed')
      await had.hand.press(card.getByRole('button', { name: words.acknowledge }).first())
      await card.first().waitFor({ state: 'detached' })

      await me.goto(`${city.base}/me/recalls`)
      await me.locator('.tag.good').first().waitFor()
      await mustBeAccessible(me, 'who has stopped')
      await mustFit(me, 'who has stopped')
      assert.deepEqual([...mine.faults, ...desk.faults, ...had.faults], [])
    })
  }
})
