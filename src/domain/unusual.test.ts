import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findUnusual, REVIEW_RULES, surnameOf, type ReviewedAccess } from './unusual.ts'

const when = (at: string) => {
  const zoned = Temporal.Instant.from(at).toZonedDateTimeISO('Asia/Shanghai')
  return { day: zoned.toPlainDate().toString(), hour: zoned.hour, weekday: zoned.dayOfWeek }
}
const access = (of: Partial<ReviewedAccess>): ReviewedAccess => ({
  num: '1',
  at: '2026-11-04T02:00:00Z',
  actor: 1,
  actorSurname: '王',
  unit: 1,
  ground: 1,
  shown: 1,
  liveMatter: true,
  subject: 'a',
  surname: '李',
  ...of,
})
const flagsOf = (accesses: ReviewedAccess[]) => findUnusual(accesses, when).map(({ flag }) => flag)

test('surnames: compound ones whole, others by their first character, of other scripts the last word', () => {
  for (const [name, surname] of [
    ['欧阳文', '欧阳'],
    ['欧文', '欧'],
    ['司马', '司马'],
    ['诸葛亮', '诸葛'],
    ['王小衡', '王'],
    ['John SMITH', 'smith'],
    ['', ''],
  ] as const) {
    assert.equal(surnameOf(name), surname, name)
  }
})

test('what is ordinary is not flagged; the first and last minute of working hours are', () => {
  assert.deepEqual(flagsOf([access({})]), [])
  assert.deepEqual(flagsOf([access({ at: '2026-11-04T00:00:00Z' })]), [], '08:00')
  assert.deepEqual(flagsOf([access({ at: '2026-11-03T23:59:59Z' })]), ['hours'], '07:59:59')
  assert.deepEqual(flagsOf([access({ at: '2026-11-04T11:59:59Z' })]), [], '19:59:59')
  assert.deepEqual(flagsOf([access({ at: '2026-11-04T12:00:00Z' })]), ['hours'], '20:00')
  assert.deepEqual(flagsOf([access({ at: '2026-11-07T02:00:00Z' })]), ['hours'], 'a Saturday')
})

test('no live matter counts for statutory look-ups; the own family name for persons', () => {
  assert.deepEqual(flagsOf([access({ liveMatter: false })]), ['no-matter'])
  assert.deepEqual(flagsOf([access({ liveMatter: false, ground: 2 })]), [])
  assert.deepEqual(flagsOf([access({ surname: '王' })]), ['own-name'])
  assert.deepEqual(flagsOf([access({ surname: '', actorSurname: '' })]), [])
})

test('volume: flagged if and only if some sixty minutes hold more than the rule, whatever the full hour', () => {
  const start = Date.parse('2026-11-04T01:00:00Z')
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 4 * 3_600 }), { maxLength: 40 }),
      fc.integer({ min: 3, max: 8 }),
      (seconds, perHour) => {
        const times = seconds.toSorted((a, b) => a - b)
        const accesses = times.map((second, index) =>
          access({ num: String(index), at: new Date(start + second * 1000).toISOString() }),
        )
        const flagged = findUnusual(accesses, when, { ...REVIEW_RULES, perHour }).some(({ flag }) => flag === 'volume')
        const expected = times.some(
          (second) => times.filter((other) => other >= second && other < second + 3_600).length > perHour,
        )
        assert.equal(flagged, expected)
      },
    ),
  )
})

test('export: by different people, not by look-ups, and by actor', () => {
  const many = (count: number, of: (index: number) => Partial<ReviewedAccess>) =>
    Array.from({ length: count }, (_, index) =>
      access({
        num: String(index),
        at: new Date(Date.parse('2026-11-02T02:00:00Z') + index * 120_000).toISOString(),
        ...of(index),
      }),
    )
  const exported = (accesses: ReviewedAccess[]) => flagsOf(accesses).includes('export')
  assert.equal(exported(many(201, (index) => ({ subject: `s${index}` }))), true)
  assert.equal(exported(many(200, (index) => ({ subject: `s${index}` }))), false)
  assert.equal(exported(many(300, (index) => ({ subject: `s${index % 150}` }))), false)
  assert.equal(exported(many(201, (index) => ({ subject: `s${index}`, actor: index % 2 }))), false)
})
