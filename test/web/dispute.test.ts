import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD, withApi } from '#test/api.ts'
import { citizenNumber, commitment, commitmentFile } from '#test/people.ts'
import { handName, handOf } from './hand.ts'
import { DIST, keptBy, mustBeAccessible, mustFit, nameOf, openWindow, signIn, VIEWS, withBrowser } from './browser.ts'

// A citizen finds something wrong in their file, objects on their phone or at a desk, and wins: over the real server, in a
// real browser, at both sizes, in both languages.

const WORDS = {
  zh: {
    object: '对这条记录提出异议',
    send: '提交',
    mark: '已提出异议',
    refuted: '异议成立，已撤销',
  },
  en: {
    object: 'Object to this record',
    send: 'Send',
    mark: 'Objection made',
    refuted: 'Objection upheld, withdrawn',
  },
} as const

test('a citizen disputes a record and wins', async (t) => {
  const browser = await withBrowser(t)
  const api = await withApi(t, { web: DIST })
  const clerk = await api.as('clerk')
  const reviewer = await api.as('reviewer')
  const officer = await api.as('officer', 'demo-approval')
  for (const [at, view] of VIEWS.entries()) {
    await t.test(`${nameOf(view)}${handName(at)}`, async (inner) => {
      const words = WORDS[view.language]
      const number = citizenNumber()
      const sent = await clerk.call('intake', {
        query: { item: 'commitment' },
        body: commitmentFile([{ ...commitment(700 + at), number }]),
        headers: { 'content-type': 'text/csv' },
      })
      assert.equal(sent.body.new, 1, sent.text)
      const person = await api.person(number)
      const look = async () =>
        (await officer.call('lookUp', { body: { number, purpose: 'approval', matter: `审〔2026〕${at}号` } })).body
          .records

      const mine = await openWindow(inner, browser, view)
      const me = mine.page
      const own = handOf(at, me)
      await me.goto(`${api.base}/me`)
      await signIn(me, person.name, PASSWORD, own)
      await own.press(me.getByRole('button', { name: words.object }))
      await own.press(me.getByRole('button', { name: words.send, exact: true }))
      await mustBeAccessible(me, 'an objection without words')
      await own.type(me.locator('main textarea'), '承诺已按期履行，有验收单为证。')
      await own.press(me.getByRole('button', { name: words.send, exact: true }))
      // the mark is there at once, for everybody
      await me.locator('article.record .tag', { hasText: words.mark }).waitFor()
      await mustBeAccessible(me, 'objected')
      await mustFit(me, 'objected')
      assert.equal((await look())[0].marks.length, 1)

      const desk = await openWindow(inner, browser, view)
      const { page } = desk
      const hand = handOf(at, page)
      await page.goto(`${api.base}/desk/cases`)
      await signIn(page, reviewer.name, PASSWORD, hand)
      await page.locator('table').waitFor()
      await mustBeAccessible(page, 'the queue')
      await mustFit(page, 'the queue')
      await hand.press(page.locator('tbody button').first())
      await page.locator('.case-steps').waitFor()
      assert.ok(!(await page.locator('main').innerText()).includes(number), 'the number is masked')
      await mustBeAccessible(page, 'the case')
      await mustFit(page, 'the case')
      const steps = page.locator('form', { has: page.locator('input[name=step]') })
      await hand.choose(steps.locator('input[value=uphold-withdraw]'))
      await hand.type(steps.locator('textarea').first(), '经核对验收单，承诺已按期履行。')
      await hand.press(steps.locator('button[type=submit]'))
      await page.locator('.case-step').nth(1).waitFor()
      assert.ok(!(await keptBy(page)).includes(number))

      // gone for others from that moment; the person still sees it, as what it is
      assert.deepEqual(await look(), [])
      await me.goto(`${api.base}/me/cases`)
      await own.press(me.locator('article.card summary').first())
      await me.locator('.case-step').nth(1).waitFor()
      await mustBeAccessible(me, 'my cases')
      await mustFit(me, 'my cases')
      await me.goto(`${api.base}/me`)
      await own.press(me.locator('.past-records > summary'))
      await me.locator('article.record .tag', { hasText: words.refuted }).waitFor()
      assert.deepEqual([...mine.faults, ...desk.faults], [])
    })
  }
})
