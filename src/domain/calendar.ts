import { itemAt } from './catalog.ts'
import type { CalendarYear, Item, Pack } from './pack.ts'
import { addPeriod, parsePeriod } from './period.ts'
import { dateOfDays, parseDateText } from './values.ts'

/** Working days (工作日) of the years the official notices cover. Days are counted since 1970-01-01. */
export type Calendar = { years: ReadonlySet<number>; off: ReadonlySet<number>; worked: ReadonlySet<number> }

/** A day of a year without official data is neither: nobody guesses (decision 8). */
export type DayKind = { known: true; working: boolean } | { known: false }

/** A civil day, or 'unknown' where the calendar does not reach. */
export type DayOrUnknown = 'unknown' | (string & {})

const daysOf = (day: string): number => {
  const days = parseDateText(day)
  if (typeof days !== 'number') throw new Error('not a civil date')
  return days
}

/** Whether a day since 1970-01-01 (a Thursday) is a Saturday or a Sunday. */
export const isWeekend = (days: number): boolean => [0, 6].includes((((days + 4) % 7) + 7) % 7)

/** The calendar of a pack, ready to be asked. */
export function makeCalendar(years: readonly CalendarYear[]): Calendar {
  return {
    years: new Set(years.map(({ year }) => year)),
    off: new Set(years.flatMap(({ off }) => off.map(daysOf))),
    worked: new Set(years.flatMap(({ worked }) => worked.map(daysOf))),
  }
}

function kindOf(calendar: Calendar, days: number): DayKind {
  if (!calendar.years.has(Number(dateOfDays(days).slice(0, 4)))) return { known: false }
  return { known: true, working: isWeekend(days) ? calendar.worked.has(days) : !calendar.off.has(days) }
}

/** Is a civil day (YYYY-MM-DD) worked, by the State Council's notice for its year? `known: false` where there is none. */
export const isWorkingDay = (calendar: Calendar, day: string): DayKind => kindOf(calendar, daysOf(day))

/** The n-th working day after (step 1) or before (step -1) a day, which itself does not count. */
function walk(calendar: Calendar, day: string, count: number, step: 1 | -1): DayOrUnknown {
  if (!Number.isInteger(count) || count < 1) throw new Error('working days are counted from one')
  let days = daysOf(day)
  for (let left = count; left > 0;) {
    days += step
    const kind = kindOf(calendar, days)
    if (!kind.known) return 'unknown'
    if (kind.working) left -= 1
  }
  return dateOfDays(days)
}

/**
 * The last day of a term of `count` working days (one at least) that `day` sets off; that day does not count
 * (期间开始之日不计入). 'unknown' as soon as the count reaches a year without data.
 */
export const addWorkingDays = (calendar: Calendar, day: string, count: number): DayOrUnknown =>
  walk(calendar, day, count, 1)

/** The last day of a term set off by `day`, for any period of a pack; 'unknown' where the calendar does not reach. */
export function addTerm(calendar: Calendar, day: string, period: string): DayOrUnknown {
  const { count, unit } = parsePeriod(period)
  return unit === 'WD' ? addWorkingDays(calendar, day, count) : addPeriod(day, period)
}

/** How an end was counted, so that whoever is shown a deadline can count it again. */
export type DueSteps = {
  /** the day that sets the term off; the first that counts is the day after */
  from: string
  period: string
  /** days off that do not count (working days), or that the end moved across (civil days), in order */
  skipped: readonly string[]
  /** the first day that no official notice covers: the count stopped there */
  unknownFrom?: string
}

/** The end of a term of procedure: `nominal` is where a term of civil days fell, and `day` the working day it moved to. */
export type Due = { day: DayOrUnknown; nominal?: string; steps: DueSteps }

/**
 * The last day of a term of procedure set off by `day`, which does not count; one that ends on a day off ends on the next
 * working day (民法典 arts 201–203; 民事诉讼法 art 85, by 行政诉讼法 art 101 and 行政复议法 art 88). Display periods never move: they are `addPeriod`.
 * 'unknown' where the calendar does not reach: nobody guesses (`latestEnd` is the bound that needs no calendar).
 */
export function dueDate(calendar: Calendar, day: string, period: string): Due {
  const { count, unit } = parsePeriod(period)
  // a term of civil days is its nominal end, and then the first working day from there on
  const fixed = unit === 'WD' ? undefined : { nominal: addPeriod(day, period) }
  const skipped: string[] = []
  const end = (last: DayOrUnknown, unknownFrom?: string): Due => ({
    day: last,
    ...fixed,
    steps: { from: day, period, skipped, ...(unknownFrom === undefined ? {} : { unknownFrom }) },
  })
  let left = fixed ? 1 : count
  for (let days = fixed ? daysOf(fixed.nominal) : daysOf(day) + 1; ; days += 1) {
    const kind = kindOf(calendar, days)
    if (!kind.known) return end('unknown', dateOfDays(days))
    if (!kind.working) skipped.push(dateOfDays(days))
    else if ((left -= 1) === 0) return end(dateOfDays(days))
  }
}

/**
 * More weekdays off than any year's notice has given (24), holidays and the days that shifted weekends pay for; and more
 * days than any break has lasted (10, 24 January to 2 February 2020). Tested against every year on file.
 */
const OFF_A_YEAR = 24
const LONGEST_BREAK = 13
/** Working days that fit into a year with room to spare. */
const WORKED_A_YEAR = 230

/**
 * A day that a term of procedure has ended by for certain, whatever the calendars not yet published say: what starts with
 * the end of a term must not wait for them for ever. Later than the true end, never earlier.
 */
export function latestEnd(day: string, period: string): string {
  const { count, unit } = parsePeriod(period)
  if (unit !== 'WD') return addPeriod(addPeriod(day, period), `P${LONGEST_BREAK}D`)
  const years = 1 + Math.floor(count / WORKED_A_YEAR)
  // so many weekdays, and those that are off, take so many weeks and the weekend they begin in
  return addPeriod(day, `P${Math.ceil((count + years * OFF_A_YEAR) / 5) * 7 + 2}D`)
}

/**
 * The first day from which a term of `period` has not run out before `today`: whatever was decided before it is late
 * today, whatever was decided on it or later is in time (R7). 'unknown' where the calendar does not reach.
 */
export function firstDayInTime(calendar: Calendar, today: string, period: string): DayOrUnknown {
  const { count, unit } = parsePeriod(period)
  // counted backwards: from the n-th working day before today on, fewer than n lie between
  if (unit === 'WD') return walk(calendar, today, count, -1)
  const from = Temporal.PlainDate.from(today)
  const span = unit === 'Y' ? { years: count } : unit === 'M' ? { months: count } : { days: count }
  let first = daysOf(from.subtract(span).toString())
  // the ends of months: 28 to 31 January and a month all end on 28 February
  while (addPeriod(dateOfDays(first - 1), period) >= today) first -= 1
  while (addPeriod(dateOfDays(first), period) < today) first += 1
  return dateOfDays(first)
}

/**
 * What intake asks once a submission: the day (since 1970-01-01) before which a decision reported today is late, by
 * the version of the item in force today. Undefined where the calendar does not reach: then nothing is called late.
 */
export function makeLateBefore(
  pack: Pick<Pack, 'calendar' | 'items'>,
): (item: Item, today: string) => number | undefined {
  const calendar = makeCalendar(pack.calendar)
  return (item, today) => {
    const first = firstDayInTime(calendar, today, (itemAt(pack, item.id, today) ?? item).report.within)
    return first === 'unknown' ? undefined : daysOf(first)
  }
}
