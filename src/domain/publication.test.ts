import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeCalendar } from './calendar.ts'
import { excerptOf, parseMarkup } from './markup.ts'
import { judgeTimeliness, publicityDue } from './publication.ts'
import { suppressLinked, suppressSmall, SMALLEST_SHOWN } from './small-cells.ts'

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
  assert.equal(excerptOf('可在[举报投诉](/tips)反映。', 20), '可在举报投诉反映。')
})

/** Whether the sums tell a count that is left out: the smallest and largest it can be, by all that is shown. */
function told(counts: readonly number[], shown: readonly (number | null)[], parts: readonly number[], total: number) {
  const out = parts.filter((place) => shown[place] === null)
  const rest = total - parts.reduce((sum, place) => sum + (shown[place] ?? 0), 0)
  return out.length === 1 || (out.length > 0 && rest === out.length)
}

test('small cells: in rows, columns and parts of a whole nothing that is left out can be had by subtracting', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.nat({ max: 9 }), { minLength: 16, maxLength: 16 }),
      (rows, columns, numbers) => {
        const inner = Array.from({ length: rows * columns }, (_, at) => numbers[at] ?? 0)
        const row = (r: number) => Array.from({ length: columns }, (_, c) => r * columns + c)
        const whole = (r: number) => rows * columns + r
        const counts = [
          ...inner,
          ...Array.from({ length: rows }, (_, r) => row(r).reduce((sum, at) => sum + (inner[at] ?? 0), 0)),
        ]
        const total = inner.reduce((sum, one) => sum + one, 0)
        const wholes = Array.from({ length: rows }, (_, r) => whole(r))
        const shown = suppressLinked(counts, [
          ...Array.from({ length: rows }, (_, r) => ({ parts: row(r), sum: whole(r) })),
          { parts: wholes },
          { parts: inner.map((_, at) => at) },
        ])
        for (const [at, count] of shown.entries()) {
          assert.ok(count === null || count === counts[at])
          assert.ok(count === null || count === 0 || count >= SMALLEST_SHOWN)
        }
        // where all that there is is left out, the total alone tells what it tells
        const everything = inner.every((count, at) => count === 0 || shown[at] === null)
        if (!everything)
          assert.ok(
            !told(
              counts,
              shown,
              inner.map((_, at) => at),
              total,
            ),
            JSON.stringify([counts, shown]),
          )
        for (let r = 0; r < rows; r += 1) {
          const of = shown[whole(r)]
          if (typeof of === 'number' && row(r).some((at) => (inner[at] ?? 0) > 0 && shown[at] !== null))
            assert.ok(!told(counts, shown, row(r), of), JSON.stringify([counts, shown]))
        }
      },
    ),
    { numRuns: 2_000 },
  )
  // one each of two: the total says so; the next smallest goes too
  assert.deepEqual(suppressSmall([1, 1, 9, 20]), [null, null, null, 20])
  assert.deepEqual(suppressSmall([1, 2, 9, 20]), [null, null, 9, 20])
  // 97 of 100 in time: the three late ones are not told by the row
  assert.deepEqual(suppressLinked([97, 3, 100], [{ parts: [0, 1], sum: 2 }]), [null, null, 100])
})
