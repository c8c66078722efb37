import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addPeriod, isNotLonger, longerOf, parsePeriod } from './period.ts'

test('month ends and leap days are constrained to the last day of the month', () => {
  const cases: [string, string, string][] = [
    ['2025-01-31', 'P1M', '2025-02-28'],
    ['2024-01-31', 'P1M', '2024-02-29'],
    ['2023-11-30', 'P3M', '2024-02-29'],
    ['2024-11-30', 'P3M', '2025-02-28'],
    ['2024-02-29', 'P1Y', '2025-02-28'],
    ['2024-02-29', 'P4Y', '2028-02-29'],
    ['2096-02-29', 'P4Y', '2100-02-28'],
    ['2025-02-28', 'P1Y', '2026-02-28'],
    ['2025-12-31', 'P3M', '2026-03-31'],
    ['2025-03-31', 'P3M', '2025-06-30'],
    ['2026-12-31', 'P1D', '2027-01-01'],
  ]
  for (const [from, period, end] of cases) assert.equal(addPeriod(from, period), end, `${from} + ${period}`)
})

test('working days are not guessed', () => {
  assert.throws(() => addPeriod('2026-01-01', 'P7WD'), /calendar/)
  assert.throws(() => parsePeriod('7 days'), /not a period/)
})

const period = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom('Y', 'M', 'D'))
  .map(([n, unit]) => `P${n}${unit}`)
const day = fc
  .integer({ min: 0, max: 40_000 })
  .map((days) => Temporal.PlainDate.from('1990-01-01').add({ days }).toString())

test('what is not longer never ends later, from whatever day', () => {
  fc.assert(
    fc.property(period, period, day, (a, b, from) => {
      if (isNotLonger(a, b)) assert.ok(addPeriod(from, a) <= addPeriod(from, b), `${a} ${b} from ${from}`)
    }),
    { numRuns: 3000 },
  )
})

test('periods in doubt are not called shorter', () => {
  assert.equal(isNotLonger('P3M', 'P90D'), false)
  assert.equal(isNotLonger('P90D', 'P3M'), false)
  assert.equal(isNotLonger('P84D', 'P3M'), true)
  assert.equal(isNotLonger('P12M', 'P1Y'), true)
  assert.equal(isNotLonger('P7WD', 'P7D'), false)
  assert.equal(isNotLonger('P7D', 'P7WD'), true)
  assert.equal(longerOf('P3M', 'P1Y'), 'P1Y')
})
