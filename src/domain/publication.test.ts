import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeCalendar } from './calendar.ts'
import { excerptOf, parseMarkup } from './markup.ts'
import { judgeTimeliness, publicityDue } from './publication.ts'
import { suppressSmall } from './small-cells.ts'

// 2026: National Day 1–7 October off (five weekdays), Saturday 10 October worked
const OFF = ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07']
const BASIS = [{ document: '某通知', rank: 'standard' as const }]
const calendar = makeCalendar([{ year: 2026, off: OFF, worked: ['2026-10-10'], basis: BASIS }])
const item = { publish: { within: 'P7WD', basis: BASIS } }

test('seven working days: the day of the decision does not count, holidays neither, a worked Saturday does', () => {
  // Monday: Tue 1 … Fri 4, Mon 5, Tue 6, Wed 7
  assert.equal(publicityDue(calendar, item, '2026-11-09'), '2026-11-18')
  // Tuesday before the holiday: Wed 30 Sept 1, Thu 8 Oct 2, Fri 3, Sat 10 (worked) 4, Mon 5, Tue 6, Wed 14 Oct 7
  assert.equal(publicityDue(calendar, item, '2026-09-29'), '2026-10-14')
  assert.equal(judgeTimeliness('2026-10-14', '2026-10-14'), 'in-time')
  assert.equal(judgeTimeliness('2026-10-14', '2026-10-15'), 'late')
})

test('where the official calendar does not reach, nothing is called late', () => {
  const due = publicityDue(calendar, item, '2026-12-28')
  assert.equal(due, 'unknown')
  assert.equal(judgeTimeliness(due, '2027-06-01'), 'unknown')
})

test('small cells: none from 1 to 4 is ever shown, and never can exactly one be had by subtraction', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 12 }), (counts) => {
      const shown = suppressSmall(counts)
      assert.ok(shown.every((count) => count === null || count === 0 || count >= 5))
      const hidden = shown.filter((count) => count === null).length
      // alone only where there is nothing else to hide it behind
      if (hidden === 1) assert.equal(counts.filter((count) => count > 0).length, 1)
    }),
  )
})

test('markup: what is not markup is text, and addresses lead into the site or to https', () => {
  const [paragraph] = parseMarkup('<script>alert(1)</script> [a](javascript:x) [b](//evil.example) [c](/tips) **d**')
  assert.ok(paragraph?.kind === 'paragraph')
  const links = paragraph.content.filter((part) => part.kind === 'link')
  assert.deepEqual(links, [{ kind: 'link', text: 'c', href: '/tips' }])
  assert.ok(paragraph.content.some((part) => part.kind === 'text' && part.text.includes('<script>')))
  assert.deepEqual(
    parseMarkup('## t\n\n- a\n- b\n\n1. x\n2. y').map(({ kind }) => kind),
    ['heading', 'list', 'list'],
  )
  assert.equal(excerptOf('## 题\n\n一二三四五', 3), '一二三…')
})
