/** Lengths of time as packs write them: P3M, P1Y, P30D, P7WD (working days). */
export type Period = { count: number; unit: 'Y' | 'M' | 'D' | 'WD' }

const isUnit = (text: string | undefined): text is Period['unit'] =>
  text === 'Y' || text === 'M' || text === 'D' || text === 'WD'

/** Reads a period; throws on anything the pack schema would not have let through. */
export function parsePeriod(text: string): Period {
  const [, count, unit] = /^P([1-9]\d*)(Y|M|D|WD)$/.exec(text) ?? []
  if (!isUnit(unit)) throw new Error(`not a period: ${text}`)
  return { count: Number(count), unit }
}

/**
 * The civil day a period after `date` (YYYY-MM-DD). Where the month has no such day, its last day: 31 January + P1M is
 * 28 or 29 February, 29 February + P1Y is 28 February (Civil Code 202), as in PostgreSQL's `date + interval`.
 * Working days need the calendar and are not computed here.
 */
export function addPeriod(date: string, period: string): string {
  const { count, unit } = parsePeriod(period)
  const from = Temporal.PlainDate.from(date)
  switch (unit) {
    case 'Y':
      return from.add({ years: count }).toString()
    case 'M':
      return from.add({ months: count }).toString()
    case 'D':
      return from.add({ days: count }).toString()
    case 'WD':
      throw new Error('working days need the working-day calendar')
  }
}

const months = (period: Period): number | undefined =>
  period.unit === 'Y' ? period.count * 12 : period.unit === 'M' ? period.count : undefined

/** Fewest and most days the period can last; working days have no upper end without a calendar. */
function days(period: Period): { fewest: number; most: number } {
  const { count, unit } = period
  switch (unit) {
    case 'Y':
      return { fewest: Math.floor(count * 365), most: count * 366 }
    case 'M':
      return { fewest: count * 28, most: count * 31 }
    case 'D':
      return { fewest: count, most: count }
    case 'WD':
      return { fewest: count, most: Infinity }
  }
}

/** True if `a` is for certain not longer than `b`, from whatever day both start. In doubt, false. */
export function isNotLonger(a: string, b: string): boolean {
  const [one, other] = [parsePeriod(a), parsePeriod(b)]
  const [oneMonths, otherMonths] = [months(one), months(other)]
  if (oneMonths !== undefined && otherMonths !== undefined) return oneMonths <= otherMonths
  if (one.unit === other.unit) return one.count <= other.count
  return days(one).most <= days(other).fewest
}

/** The longer of two periods; in doubt the second. */
export const longerOf = (a: string, b: string): string => (isNotLonger(b, a) ? a : b)
