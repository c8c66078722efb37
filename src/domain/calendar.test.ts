import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadPack } from '#operations/pack-load.ts'
import {
  addTerm,
  addWorkingDays,
  dueDate,
  firstDayInTime,
  latestEnd,
  isWorkingDay,
  makeCalendar,
  makeLateBefore,
} from './calendar.ts'
import type { Item } from './pack.ts'
import { addPeriod, parsePeriod } from './period.ts'
import { dateOfDays, parseDateText } from './values.ts'

const pack = await loadPack('demo')
const calendar = makeCalendar(pack.calendar)
const days = (day: string): number => parseDateText(day) as number
const late = (within: string, today: string): string | undefined => {
  const item = { id: 'none', report: { within } } as Item
  const before = makeLateBefore(pack)(item, today)
  return before === undefined ? undefined : dateOfDays(before)
}

test('official days: weekends, holidays, weekends worked', () => {
  const table: [string, boolean][] = [
    ['2026-01-01', false],
    ['2026-01-02', false],
    ['2026-01-04', true],
    ['2026-02-14', true],
    ['2026-02-16', false],
    ['2026-02-24', true],
    ['2026-02-28', true],
    ['2026-10-10', true],
    ['2026-11-21', false],
    ['2020-01-31', false],
    ['2015-09-03', false],
    ['2008-05-01', false],
    ['2004-01-17', true],
  ]
  for (const [day, working] of table) assert.deepEqual(isWorkingDay(calendar, day), { known: true, working }, day)
})

test('a year without official data is unknown, and so is every count that reaches it', () => {
  for (const day of ['2003-12-31', '2027-01-01', '2027-01-02', '2100-06-01'])
    assert.deepEqual(isWorkingDay(calendar, day), { known: false }, day)
  assert.equal(addWorkingDays(calendar, '2026-12-25', 4), '2026-12-31')
  assert.equal(addWorkingDays(calendar, '2026-12-25', 5), 'unknown')
  assert.equal(addWorkingDays(calendar, '2030-01-01', 1), 'unknown')
  assert.equal(addTerm(calendar, '2026-12-31', 'P30D'), '2027-01-30', 'calendar days need no data')
  const gap = makeCalendar(pack.calendar.filter(({ year }) => year !== 2025))
  assert.equal(addWorkingDays(gap, '2024-12-31', 1), 'unknown')
  assert.equal(firstDayInTime(gap, '2026-01-05', 'P7WD'), 'unknown')
})

test('terms: the day of the event does not count; holidays and weekends worked do as the notices say', () => {
  assert.equal(addWorkingDays(calendar, '2026-02-13', 3), '2026-02-25')
  assert.equal(addWorkingDays(calendar, '2026-02-13', 1), '2026-02-14', 'a Saturday that is worked')
  assert.equal(addWorkingDays(calendar, '2026-02-14', 1), '2026-02-24')
  assert.equal(addWorkingDays(calendar, '2025-12-31', 1), '2026-01-04', 'a Sunday that is worked')
  assert.equal(addWorkingDays(calendar, '2024-12-31', 7), '2025-01-10')
  assert.equal(addWorkingDays(calendar, '2025-09-30', 7), '2025-10-16')
  assert.equal(addWorkingDays(calendar, '2020-01-23', 1), '2020-02-03')
  assert.throws(() => addWorkingDays(calendar, '2026-01-05', 0))
  assert.throws(() => addWorkingDays(calendar, 'soon', 1))
})

test('late before: year ends, long holidays, calendar days, months', () => {
  // decided 30 September, seven working days end on 16 October
  assert.equal(late('P7WD', '2025-10-16'), '2025-09-30')
  assert.equal(late('P7WD', '2025-10-17'), '2025-10-09')
  assert.equal(late('P7WD', '2025-01-10'), '2024-12-31')
  assert.equal(late('P7WD', '2025-01-13'), '2025-01-02')
  assert.equal(late('P7WD', '2026-02-20'), '2026-02-06', 'nothing runs out in the middle of the Spring Festival')
  assert.equal(late('P7WD', '2026-02-24'), '2026-02-06')
  assert.equal(late('P30D', '2026-03-01'), '2026-01-30')
  assert.equal(late('P30D', '2027-01-15'), '2026-12-16')
  assert.equal(late('P1M', '2026-02-28'), '2026-01-28')
  assert.equal(late('P1M', '2026-03-01'), '2026-02-01')
  assert.equal(late('P1Y', '2025-02-28'), '2024-02-28')
  assert.equal(late('P7WD', '2027-01-05'), undefined, 'no notice for 2027: nothing is called late')
})

test('late before takes the version of the item in force today', () => {
  const version = (from: string, within: string, until?: string) =>
    ({ id: 'x', from, until, report: { within } }) as Item
  const items = [version('2021-01-01', 'P30D', '2026-01-01'), version('2026-01-01', 'P10D')]
  const lateBefore = makeLateBefore({ calendar: pack.calendar, items })
  assert.equal(dateOfDays(lateBefore(items[1] as Item, '2025-06-30') as number), '2025-05-31')
  assert.equal(dateOfDays(lateBefore(items[0] as Item, '2026-06-30') as number), '2026-06-20')
})

const day = fc.integer({ min: days('2005-01-01'), max: days('2026-06-01') }).map(dateOfDays)
const period = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom('D', 'WD', 'WD', 'M'))
  .map(([count, unit]) => `P${unit === 'M' ? 1 + (count % 5) : count}${unit}`)

test('adding working days: exactly that many lie in between, the last is one, and more never comes sooner', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 60 }), (from, count) => {
      const end = addWorkingDays(calendar, from, count)
      assert.notEqual(end, 'unknown')
      let worked = 0
      for (let at = days(from) + 1; at <= days(end); at += 1) {
        const kind = isWorkingDay(calendar, dateOfDays(at))
        assert.ok(kind.known)
        if (kind.working) worked += 1
      }
      assert.equal(worked, count)
      assert.deepEqual(isWorkingDay(calendar, end), { known: true, working: true })
      assert.equal(addWorkingDays(calendar, end, 1), addWorkingDays(calendar, from, count + 1), 'one after another')
      assert.ok(addWorkingDays(calendar, dateOfDays(days(from) + 1), count) >= end, 'later begun is not sooner over')
    }),
  )
})

test('the first day in time is in time, the day before it is late: for every day and every period', () => {
  fc.assert(
    fc.property(day, period, (today, within) => {
      const first = firstDayInTime(calendar, today, within)
      if (first === 'unknown') return assert.ok(within.endsWith('WD') && today < '2005-06-01')
      assert.ok(addTerm(calendar, first, within) >= today, `${first} is in time`)
      assert.ok(addTerm(calendar, dateOfDays(days(first) - 1), within) < today, 'the day before is late')
      assert.ok(first < today)
    }),
    { numRuns: 1000 },
  )
})

test('every year of the national calendar: as many days worked as the law and the weekends leave', () => {
  for (const { year, off, worked } of pack.calendar) {
    // eleven days of holiday until 2024 (ten before 2008), thirteen since: what else is off is made up for by weekends
    assert.ok(off.length >= 14 && off.length <= 24 && worked.length >= 5 && worked.length <= 12, String(year))
    assert.ok(
      off.length - worked.length >= 9 && off.length - worked.length <= 13,
      `${year}: ${off.length - worked.length}`,
    )
  }
  assert.deepEqual(
    pack.calendar.map(({ year }) => year),
    Array.from({ length: 23 }, (_, at) => 2004 + at),
  )
})

test('a term of procedure that ends on a day off ends on the next working day; unknown where no calendar reaches', () => {
  const table: [string, string, string, string?][] = [
    // two months from 2 March 2026 is Saturday 2 May, in the Labour Day holiday
    ['2026-03-02', 'P2M', '2026-05-06', '2026-05-02'],
    ['2026-01-17', 'P30D', '2026-02-24', '2026-02-16'],
    ['2026-01-14', 'P1M', '2026-02-14', '2026-02-14'],
    ['2025-01-31', 'P1M', '2025-02-28', '2025-02-28'],
    ['2024-01-31', 'P1M', '2024-02-29', '2024-02-29'],
    ['2023-02-28', 'P1Y', '2024-02-28', '2024-02-28'],
    ['2024-02-29', 'P1Y', '2025-02-28', '2025-02-28'],
    ['2025-12-02', 'P30D', '2026-01-04', '2026-01-01'],
    ['2020-01-23', 'P1D', '2020-02-03', '2020-01-24'],
    ['2026-02-13', 'P3WD', '2026-02-25'],
    ['2025-12-31', 'P1WD', '2026-01-04'],
    ['2026-11-30', 'P2M', 'unknown', '2027-01-30'],
    ['2026-12-25', 'P5WD', 'unknown'],
  ]
  for (const [start, term, end, nominal] of table) {
    const due = dueDate(calendar, start, term)
    assert.deepEqual([due.day, due.nominal], [end, nominal], `${start} ${term}`)
  }
  assert.equal(addTerm(calendar, '2026-03-02', 'P2M'), '2026-05-02', 'a display period does not move')
})

test('a deadline says how it was counted', () => {
  assert.deepEqual(dueDate(calendar, '2026-03-02', 'P2M').steps, {
    from: '2026-03-02',
    period: 'P2M',
    skipped: ['2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05'],
  })
  assert.deepEqual(dueDate(calendar, '2025-12-30', 'P3WD').steps, {
    from: '2025-12-30',
    period: 'P3WD',
    skipped: ['2026-01-01', '2026-01-02', '2026-01-03'],
  })
  assert.deepEqual(dueDate(calendar, '2026-12-25', 'P5WD').steps, {
    from: '2026-12-25',
    period: 'P5WD',
    skipped: ['2026-12-26', '2026-12-27'],
    unknownFrom: '2027-01-01',
  })
})

/** Where counting goes wrong: year ends, leap days, ends of months, the eve and the days of every long holiday. */
const awkward = fc.oneof(
  day,
  fc.constantFrom(
    ...pack.calendar.flatMap(({ year, off, worked }) =>
      [`${year}-12-31`, `${year}-01-31`, `${year}-02-28`, `${year}-10-31`, ...off, ...worked]
        .map(days)
        .flatMap((at) => [at - 31, at - 30, at - 1, at])
        .map(dateOfDays)
        .filter((at) => at >= '2004-01-01' && at <= '2026-06-01'),
    ),
  ),
)
const anyTerm = fc
  .tuple(fc.integer({ min: 1, max: 90 }), fc.constantFrom('D', 'WD', 'M', 'Y'))
  .map(([count, unit]) => `P${{ D: count, WD: count, M: 1 + (count % 24), Y: 1 + (count % 3) }[unit]}${unit}`)

test('every term of procedure ends on a working day, on its nominal end or the first one after it, and says what it skipped', () => {
  fc.assert(
    fc.property(awkward, anyTerm, (start, term) => {
      const { day: end, nominal, steps } = dueDate(calendar, start, term)
      const isOff = (at: string) => assert.deepEqual(isWorkingDay(calendar, at), { known: true, working: false }, at)
      steps.skipped.forEach(isOff)
      if (end === 'unknown')
        return assert.deepEqual(isWorkingDay(calendar, steps.unknownFrom ?? start), { known: false })
      assert.deepEqual(isWorkingDay(calendar, end), { known: true, working: true })
      assert.ok(end > start && end <= latestEnd(start, term), `not after the latest end ${latestEnd(start, term)}`)
      const counted = nominal === undefined ? parsePeriod(term).count : 1
      const first = nominal === undefined ? days(start) + 1 : days(nominal)
      assert.equal(days(end) - first + 1, counted + steps.skipped.length, 'each day counts or is skipped')
      assert.equal(nominal, term.endsWith('WD') ? undefined : addPeriod(start, term))
      const next = dueDate(calendar, dateOfDays(days(start) + 1), term).day
      assert.ok(next === 'unknown' || next >= end, 'begun later, not over sooner')
    }),
    { numRuns: 2000 },
  )
})

test('the latest end is not before the end: every length of working days, from the eve of every long holiday', () => {
  const eves = pack.calendar.flatMap(({ year, off }) =>
    off.map((at) => days(at) - 1).filter((at) => at > days(`${year}-01-01`)),
  )
  const longest = days('2026-12-31')
  for (const count of [1, 2, 3, 5, 7, 15, 20, 30, 60, 120, 175, 229, 230, 250, 459, 460, 700])
    for (const eve of eves) {
      const term = `P${count}WD`
      const last = latestEnd(dateOfDays(eve), term)
      if (days(last) > longest) continue
      assert.ok(dueDate(calendar, dateOfDays(eve), term).day <= last, `${dateOfDays(eve)} ${term}`)
    }
})
