import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { decideOpening, problemsOf } from '#domain/campaign.ts'
import { dueDate, firstDayInTime, makeCalendar } from '#domain/calendar.ts'
import { datesOf, findTerm, remediesOf } from '#domain/case.ts'
import { displayEnd } from '#domain/catalog.ts'
import { entryEnd } from '#domain/listing.ts'
import { MACHINES } from '#domain/machines.ts'
import type { CalendarYear, Pack } from '#domain/pack.ts'
import { isRefusal } from '#domain/refusal.ts'
import { findRepairWay } from '#domain/repair.ts'
import { noticeOf } from '#operations/case-notice.ts'
import { loadPack } from '#operations/pack-load.ts'
import { withDatabase } from '#test/db.ts'
import { isWorked, lastDay, plusDays, plusPeriod } from './law.fixture.ts'

// Every term of every pack, at the days where counting goes wrong, against a count of its own, day by day (law.fixture.ts). The
// cases are made from the packs: a term that is added is tested, and a new kind of term fails here until it is.

const FOLDER = join(import.meta.dirname, '../../policy')
const PACKS: Pack[] = []
for (const { name } of readdirSync(FOLDER, { withFileTypes: true }).filter((one) => one.isDirectory()))
  PACKS.push(await loadPack(name))
const NOTICES: CalendarYear[] = PACKS[0]?.calendar ?? []
const calendar = makeCalendar(NOTICES)

/** Year ends, leap days, ends of months, the eve, the days and the end of every break, and the last days that are known. */
const DAYS: readonly string[] = [
  ...new Set(
    NOTICES.filter(({ year }) => year >= 2019).flatMap(({ year, off, worked }) => [
      ...['01-01', '01-29', '01-30', '01-31', '02-27', '02-28', '03-01', '08-31', '10-31', '12-30', '12-31'].map(
        (day) => `${year}-${day}`,
      ),
      ...(year % 4 === 0 ? [`${year}-02-29`] : []),
      ...off.flatMap((day) => [plusDays(day, -1), day, plusDays(day, 1)]),
      ...worked,
    ]),
  ),
].toSorted()
/** Where no notice reaches: the term ends in a year that is not known yet. */
const UNKNOWN = ['2026-12-24', '2026-12-30', '2026-12-31', '2027-02-28', '2028-02-29']

const PERIOD = /^P\d+(WD|D|M|Y)$/
/** Where packs write lengths of time, and what is tested of each. */
const COVERED = [
  '.display[].least',
  '.display[].most',
  '.incentives[].requires.clean',
  '.items[].publish.within',
  '.items[].report.within',
  '.lists[].renew',
  '.lists[].term',
  '.measures[].term',
  '.problems[].campaign.since',
  '.problems[].campaign.term',
  '.purposes[].longestConsent',
  '.purposes[].withhold.longest',
  '.terms[].extend',
  '.terms[].period',
]
function periodsOf(pack: Pack): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string' && PERIOD.test(value)) found.set(path, (found.get(path) ?? new Set()).add(value))
    else if (Array.isArray(value)) for (const one of value) walk(one, `${path}[]`)
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) walk(one, `${path}.${key}`)
  }
  walk(pack, '')
  return found
}
const everyPeriod = (paths: readonly string[]): string[] => [
  ...new Set(PACKS.flatMap((pack) => paths.flatMap((path) => [...(periodsOf(pack).get(path) ?? [])]))),
]

test('every place where a pack writes a length of time is one that is tested here', () => {
  const found = new Set(PACKS.flatMap((pack) => [...periodsOf(pack).keys()]))
  assert.deepEqual([...found].toSorted(), COVERED)
})

test('every term of procedure of every pack ends on the day that counting one by one finds, or is unknown and says so', () => {
  for (const period of everyPeriod([
    '.terms[].period',
    '.terms[].extend',
    '.items[].report.within',
    '.items[].publish.within',
  ]))
    for (const day of [...DAYS, ...UNKNOWN]) {
      const { day: end, steps } = dueDate(calendar, day, period)
      const counted = lastDay(NOTICES, day, period)
      assert.equal(end, counted ?? 'unknown', `${period} from ${day}`)
      if (counted !== undefined) continue
      assert.ok(
        steps.unknownFrom !== undefined && isWorked(NOTICES, steps.unknownFrom) === undefined,
        `${period} from ${day}`,
      )
    }
})

/** A year that no notice covers yet, as bad as any has been: breaks of up to ten days off, twenty-four weekdays at most. */
const anyYear = (year: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 360 }), fc.integer({ min: 3, max: 10 })), { minLength: 1, maxLength: 6 })
    .map((breaks): CalendarYear => {
      const days = breaks.flatMap(([from, length]) =>
        Array.from({ length }, (_, at) => plusDays(`${year}-01-01`, Math.min(from + at, 364))),
      )
      const weekdays = [...new Set(days)].filter((day) => ![0, 6].includes(new Date(day).getUTCDay())).slice(0, 24)
      return { year, off: weekdays, worked: [], basis: [] }
    })

test('every step of every machine sets the dates of its terms; where the year is unknown silence suspends, on no earlier day than any calendar could bring', () => {
  let [known, unknown] = [0, 0]
  const futures = fc.sample(fc.tuple(anyYear(2027), anyYear(2028), anyYear(2029)), { numRuns: 40, seed: 20261125 })
  for (const pack of PACKS)
    for (const machine of Object.values(MACHINES))
      for (const step of machine.steps) {
        if (!step.due && !step.silence && !step.window) continue
        for (const day of [...DAYS.filter((one) => one >= '2025'), ...UNKNOWN]) {
          const dates = datesOf(pack, calendar, step, day)
          const what = `${pack.id} ${machine.id}/${step.kind} on ${day}`
          assert.ok(!('missing' in dates), what)
          const period = (id: string | undefined) => (id === undefined ? undefined : findTerm(pack, id, day)?.period)
          const [due, silence, window] = [period(step.due), period(step.silence), period(step.window)]
          const ends = (notices: readonly CalendarYear[]) => {
            const last = due === undefined ? day : lastDay(notices, day, due)
            const silent = last !== undefined && silence !== undefined ? lastDay(notices, last, silence) : undefined
            return {
              due: due === undefined ? undefined : last,
              hides: silent && plusDays(silent, 1),
              window: window && lastDay(notices, day, window),
            }
          }
          const counted = ends(NOTICES)
          assert.equal(dates.due, counted.due, what)
          if (silence !== undefined && counted.hides !== undefined) assert.equal(dates.hides, counted.hides, what)
          if (window !== undefined && counted.window !== undefined) assert.equal(dates.window, counted.window, what)
          known += 1
          const open =
            (silence !== undefined && counted.hides === undefined) ||
            (window !== undefined && counted.window === undefined)
          if (!open) continue
          unknown += 1
          // never for ever, and never before the right of the other side has run out
          const bound = plusDays(day, 120)
          for (const set of [dates.hides, dates.window])
            assert.ok(set === undefined || (set > day && set < bound), what)
          for (const years of futures) {
            const later = ends([...NOTICES, ...years])
            assert.ok(
              !dates.hides || !later.hides || dates.hides >= later.hides,
              `${what}: ${dates.hides} before ${later.hides}`,
            )
            assert.ok(
              !dates.window || !later.window || dates.window >= later.window,
              `${what}: ${dates.window} before ${later.window}`,
            )
          }
        }
      }
  assert.ok(known > 1000 && unknown > 20, `${known} known, ${unknown} unknown`)
})

test('a person is told that a due date is not known yet, and never that there is none', () => {
  const machine = MACHINES['objection']
  const step = machine?.steps[0]
  const [pack] = PACKS
  assert.ok(machine && step && pack)
  const dates = datesOf(pack, calendar, step, '2026-12-30')
  assert.ok(!('missing' in dates) && dates.due === undefined && dates.hides !== undefined)
  const { text } = noticeOf({
    machine,
    step,
    owner: { zh: '某局', en: 'A bureau' },
    day: '2026-12-30',
    dates,
    content: {},
  })
  assert.match(text.zh, /尚无官方工作日安排/)
  assert.match(text.en, /not known yet/)
  assert.match(text.zh, /起暂停展示和使用/)
})

test('the time to contest a decision is never shorter than counted: administrative review, lawsuit, appeal', () => {
  for (const pack of PACKS)
    for (const id of [
      'objection-remedy',
      'objection-lawsuit',
      'review-lawsuit',
      'lawsuit-appeal',
      'lawsuit-appeal-ruling',
    ])
      for (const day of [...DAYS.filter((one) => one >= '2021'), ...UNKNOWN]) {
        const period = findTerm(pack, id, day)?.period
        assert.ok(period !== undefined, `${pack.id} has ${id}`)
        const [remedy] = remediesOf(pack, calendar, day, [id])
        const counted = lastDay(NOTICES, day, period)
        assert.ok(remedy?.until !== undefined)
        if (counted === undefined) assert.ok(remedy.until >= plusPeriod(day, period), `${id} from ${day}`)
        else assert.equal(remedy.until, counted, `${id} from ${day}`)
      }
})

test('every display class of every item of every pack ends on its own day, never moved by a holiday; its end by the document too', () => {
  let count = 0
  for (const pack of PACKS)
    for (const display of pack.display)
      for (const item of pack.items.filter(
        (one) => one.display.class === display.id || one.display.when?.some((rule) => rule.class === display.id),
      ))
        for (const day of DAYS.filter((one) => one >= '2024')) {
          const values = item.fields.map(() => '')
          const end = plusPeriod(day, display.most)
          assert.equal(displayEnd(item, display, day, values), end, `${pack.id} ${item.id} ${display.id} from ${day}`)
          const at = item.fields.findIndex(({ role }) => role === 'display-until')
          if (at >= 0) {
            const sooner = plusDays(day, 20)
            const last = values.with(at, sooner)
            // the last day of publicity is still shown
            assert.equal(displayEnd(item, display, day, last), [plusDays(sooner, 1), end].toSorted()[0])
          }
          count += 1
        }
  assert.ok(count > 1000, String(count))
})

test('repair is possible from the day the shortest time has passed, in every pack and class; minor ones at once, and they end by themselves', () => {
  const seen = new Set<string>()
  for (const pack of PACKS)
    for (const rule of pack.repair)
      for (const id of rule.classes)
        for (const day of DAYS.filter((one) => one >= '2024')) {
          const display = pack.display.findLast(
            (one) => one.id === id && one.from <= day && (one.until === undefined || day < one.until),
          )
          if (!display || rule.irreparable) continue
          const way = findRepairWay(
            pack,
            { adverse: true, display: id, decided: day, since: undefined, marks: undefined, until: undefined },
            day,
          )
          assert.equal(
            way?.from,
            display.least === undefined ? day : plusPeriod(day, display.least),
            `${pack.id} ${id} from ${day}`,
          )
          seen.add(`${rule.grade} ${display.least ?? 'at once'} ${display.most}`)
          if (rule.grade !== 'minor') continue
          // law.md: as soon as the duty is performed, and at three months it stops by itself
          assert.equal(display.least, undefined)
          assert.ok(rule.automatic)
          assert.equal(display.most, 'P3M')
        }
  assert.ok(
    seen.has('minor at once P3M') && seen.has('general P3M P1Y') && seen.has('serious P1Y P3Y'),
    [...seen].join(),
  )
})

test('entries of lists run for their term and are renewed for theirs', () => {
  for (const pack of PACKS)
    for (const list of pack.lists)
      for (const day of DAYS) {
        assert.equal(entryEnd(list, day, false), list.term && plusPeriod(day, list.term), `${list.id} from ${day}`)
        assert.equal(entryEnd(list, day, true), list.renew && plusPeriod(day, list.renew), `${list.id} renewed ${day}`)
      }
})

test('a campaign looks back and lasts no longer than its rule, to the day', () => {
  let opened = 0
  for (const pack of PACKS) {
    const problems = new Map(
      pack.units.flatMap((unit) => problemsOf(pack, unit, '2026-06-01').map((found) => [found.id, { unit, found }])),
    )
    for (const { unit, found } of problems.values())
      for (const day of DAYS.filter((one) => one >= '2024' && problemsOf(pack, unit, one).includes(found))) {
        const opens = (since: string, until: string) =>
          !isRefusal(decideOpening(pack, { problem: found.id, unit, since, until, day }))
        const last = plusPeriod(day, found.campaign.term)
        // what was decided on the first day counts today still, what was decided the day before no more
        const first = Array.from({ length: 15 }, (_, at) => 14 - at).reduce(
          (from, power) =>
            plusPeriod(plusDays(from, -(2 ** power)), found.campaign.since) > day
              ? plusDays(from, -(2 ** power))
              : from,
          day,
        )
        const what = `${pack.id} ${found.id} on ${day}`
        assert.ok(opens(first, last), what)
        assert.ok(!opens(plusDays(first, -1), last), `${what}: looks back a day further`)
        assert.ok(!opens(first, plusDays(last, 1)), `${what}: lasts a day longer`)
        opened += 1
      }
  }
  assert.ok(opened > 50, `${opened} openings`)
})

test('reports are late from the day after their term, for every length a pack gives', () => {
  // a term of civil days of reporting does not move: it is no term of procedure
  const last = (day: string, within: string) =>
    within.endsWith('WD') ? lastDay(NOTICES, day, within) : plusPeriod(day, within)
  for (const within of everyPeriod(['.items[].report.within', '.items[].publish.within']))
    for (const today of DAYS.filter((one) => one >= '2020' && one < '2026-06')) {
      const first = firstDayInTime(calendar, today, within)
      assert.ok((last(first, within) ?? '') >= today, `${within} on ${today}: ${first} is in time`)
      assert.ok((last(plusDays(first, -1), within) ?? '9') < today, `${within} on ${today}: the day before is late`)
    }
})

test('the walls count the same: entries, measures, repair, withholding, the longest term of items, for every period and day', async (t) => {
  const { owner } = await withDatabase(t)
  const periods = everyPeriod(COVERED).filter((one) => !one.endsWith('WD'))
  const { rows } = await owner.query<{ day: string; period: string; ends: string }>(
    `select d::text as day, p as period, (d::date + p::interval)::date::text as ends from unnest($1::date[]) d, unnest($2::text[]) p`,
    [DAYS, periods],
  )
  assert.equal(rows.length, DAYS.length * periods.length)
  for (const { day, period, ends } of rows) assert.equal(ends, plusPeriod(day, period), `${period} from ${day}`)
  const working = everyPeriod(COVERED).filter((one) => one.endsWith('WD'))
  const counted = await owner.query<{ day: string; period: string; ends: string }>(
    `select d::text as day, p as period, xinheng.term_end($3::jsonb, d, p)::text as ends from unnest($1::date[]) d, unnest($2::text[]) p`,
    [DAYS.filter((one) => one >= '2024'), working, JSON.stringify(NOTICES)],
  )
  for (const { day, period, ends } of counted.rows) {
    const end = lastDay(NOTICES, day, period)
    if (end === undefined) assert.ok(ends > day && ends < plusDays(day, 120), `${period} from ${day}`)
    else assert.equal(ends, end, `${period} from ${day}`)
  }
})
