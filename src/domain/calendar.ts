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

/** The end of a term of procedure: `nominal` is where it fell, and `day` the working day it moved to. */
export type Due = { day: DayOrUnknown; nominal?: string }

/**
 * The last day of a term of procedure set off by `day`, which does not count; one that ends on a day off ends on the next
 * working day (民法典 arts 201–203, 行政诉讼法 art 81). Display periods never move: they are `addPeriod`.
 */
export function dueDate(calendar: Calendar, day: string, period: string): Due {
  if (parsePeriod(period).unit === 'WD') return { day: addTerm(calendar, day, period) }
  const nominal = addPeriod(day, period)
  for (let days = daysOf(nominal); ; days += 1) {
    const kind = kindOf(calendar, days)
    if (!kind.known) return { day: 'unknown', nominal }
    if (kind.working) return { day: dateOfDays(days), nominal }
  }
}

/** Days off beside weekends a year (全国年节及纪念日放假办法), and how far shifted weekends can push a term. */
const HOLIDAYS = 13
const SHIFTS = 7

/**
 * A day that a term of procedure has ended by for certain, whatever the calendars not yet published say: what starts with
 * the end of a term must not wait for them for ever.
 */
export function latestEnd(day: string, period: string): string {
  const { count, unit } = parsePeriod(period)
  if (unit !== 'WD') return addPeriod(addPeriod(day, period), `P${HOLIDAYS}D`)
  const years = 1 + Math.floor(count / 230)
  return addPeriod(day, `P${Math.ceil(count / 5) * 7 + 2 + years * (HOLIDAYS + SHIFTS)}D`)
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
