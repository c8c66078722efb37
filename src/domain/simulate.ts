import { addPeriod, parsePeriod } from './period.ts'
import type { Pack } from './pack.ts'
import type { Text } from './refusal.ts'
import { suppressSmall } from './small-cells.ts'

/** A rule that flags candidates for a list: so many records of these items within so long. */
export type Flag = {
  list: string
  criterion: string
  name: Text
  items: readonly string[]
  count: number
  within: string
}
type Subject = 'person' | 'organisation'

/** Every flagging rule of a pack in force on a day, for persons or for organisations. */
export const flagsOf = (pack: Pick<Pack, 'lists'>, subject: Subject, day: string): Flag[] =>
  pack.lists
    .filter(
      (list) => list.subjects.includes(subject) && list.from <= day && (list.until === undefined || day < list.until),
    )
    .flatMap((list) =>
      list.criteria.flatMap(({ id, text, flag }) =>
        flag
          ? [{ list: list.id, criterion: id, name: text, items: flag.items, count: flag.count, within: flag.within }]
          : [],
      ),
    )

/** The same rule under two packs; one of them may not have it. */
export type FlagChange = { list: string; criterion: string; name: Text; was: Flag | undefined; now: Flag | undefined }

const sameRule = (a: Flag | undefined, b: Flag | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.count === b.count &&
  a.within === b.within &&
  a.items.toSorted().join() === b.items.toSorted().join()

/** What a pack changes of another's flagging rules; rules that stay as they are are not there. */
export function flagChanges(was: readonly Flag[], now: readonly Flag[]): FlagChange[] {
  const keyOf = ({ list, criterion }: Flag) => `${list}\u001f${criterion}`
  const [before, after] = [was, now].map((flags) => new Map(flags.map((flag) => [keyOf(flag), flag])))
  return [...new Set([...was, ...now].map(keyOf))].flatMap((key) => {
    const [a, b] = [before?.get(key), after?.get(key)]
    const any = b ?? a
    if (!any || sameRule(a, b)) return []
    return [{ list: any.list, criterion: any.criterion, name: any.name, was: a, now: b }]
  })
}

/** The first day a decision counts for a rule that looks back `within` from `today`. */
export function countsSince(today: string, within: string): string {
  const { count, unit } = parsePeriod(within)
  const span = unit === 'Y' ? { years: count } : unit === 'M' ? { months: count } : { days: count }
  let first = Temporal.PlainDate.from(today).subtract(span)
  // the ends of months: what has run out today does not count
  while (addPeriod(first.toString(), within) <= today) first = first.add({ days: 1 })
  return first.toString()
}

const BANDS = [18, 25, 35, 45, 55, 65] as const

/** Age band of somebody born on a day. */
export function ageBand(birth: string, today: string): string {
  const age = Temporal.PlainDate.from(birth).until(today, { largestUnit: 'years' }).years
  const at = BANDS.findLastIndex((from) => age >= from)
  const [from, next] = [BANDS[Math.max(at, 0)] ?? 18, BANDS[Math.max(at, 0) + 1]]
  return next === undefined ? `${from}+` : `${from}–${next - 1}`
}

/** One cell of a breakdown; null where the count is too small to be shown. */
export type Cell = { of: string; count: number | null }

/** Counts by what a function says of each, the smallest suppressed, largest first. */
export function countBy<one>(list: readonly one[], keyOf: (one: one) => string): Cell[] {
  const counts = new Map<string, number>()
  for (const one of list) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  const sorted = [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const shown = suppressSmall(sorted.map(([, count]) => count))
  return sorted.map(([of], at) => ({ of, count: shown[at] ?? null }))
}
