import { makeCalendar, firstDayInTime } from '#domain/calendar.ts'
import { judgeTimeliness, publicityDue, publishedItems, type Timeliness } from '#domain/publication.ts'
import { readPublicity, readSlow } from '#store/public.ts'
import { findUnit, nameOfUnit, today, type System } from '../system.ts'
import { foldForDesk, type Published } from './records.ts'

const QUARTER = 90

export type Share = { inTime: number; late: number; unknown: number }
const SHARE = { 'in-time': 'inTime', late: 'late', unknown: 'unknown' } as const satisfies Record<
  Timeliness,
  keyof Share
>

/**
 * The publicity clock (R47): per unit and item, how many published decisions of a period were published within the term
 * of the pack, how many late, and of how many it is unknown because the official calendar does not reach; with the
 * late ones. A member of staff sees their unit's, those who oversee and the unit that leads see all.
 */
export async function readPublicityBoard(
  system: System,
  of: { actor: number; from?: string | undefined; until?: string | undefined },
) {
  const date = today(system)
  const until = of.until ?? date
  const from = of.from ?? Temporal.PlainDate.from(until).subtract({ days: QUARTER }).toString()
  const calendar = makeCalendar(system.reference.pack.calendar)
  const items = new Map(publishedItems(system.reference.pack, date).map((item) => [item.id, item]))
  const due = (item: string, decided: string) => {
    const published = items.get(item)
    return published ? publicityDue(calendar, published, decided) : ('unknown' as const)
  }
  const shares = new Map<string, { unit: string; item: string } & Share>()
  for (const row of await readPublicity(system.pool, of.actor, from, until)) {
    const item = system.reference.itemOf.get(row.item)?.id ?? ''
    const unit = system.reference.unitId.get(row.unit) ?? ''
    const key = `${unit} ${item}`
    const share = shares.get(key) ?? { unit, item, inTime: 0, late: 0, unknown: 0 }
    share[SHARE[judgeTimeliness(due(item, row.decided), row.reported)]] += Number(row.count)
    shares.set(key, share)
  }
  const slow = await foldForDesk(system, await readSlow(system.pool, of.actor, from, until, 1))
  const late = slow.flatMap((record) => {
    const last = due(record.item, record.decided)
    if (record.published === undefined || judgeTimeliness(last, record.published) !== 'late') return []
    const days = Temporal.PlainDate.from(last).until(record.published, { largestUnit: 'day' }).days
    return [
      {
        record,
        item: items.get(record.item)?.name ?? NONE,
        unit: findUnit(system.reference.pack, record.unit)?.name ?? NONE,
        due: last,
        days,
      },
    ]
  })
  const [any] = items.values()
  const within = any?.publish.within ?? ''
  const first = any ? firstDayInTime(calendar, date, within) : 'unknown'
  return {
    from,
    until,
    units: [...shares.values()]
      .map(({ unit, item, ...share }) => ({
        unit: nameOfUnit(system, system.reference.unitNum.get(unit) ?? 0),
        item: { id: item, name: items.get(item)?.name ?? NONE },
        ...share,
      }))
      .toSorted((a, b) => b.late - a.late || a.unit.id.localeCompare(b.unit.id)),
    late,
    // a decision of this day is published in time today, one of the day before is not
    today: { within, lastInTime: first === 'unknown' ? undefined : first },
  }
}

const NONE = { zh: '', en: '' }

/** Of a published record: was it in time? For the public's statistics. */
export function makeTimeliness(system: System): (record: Published) => Timeliness {
  const calendar = makeCalendar(system.reference.pack.calendar)
  const items = new Map(publishedItems(system.reference.pack, today(system)).map((item) => [item.id, item]))
  const known = new Map<string, ReturnType<typeof publicityDue>>()
  return ({ item, decided, published }) => {
    const rule = items.get(item)
    if (!rule || published === undefined) return 'unknown'
    const key = `${item} ${decided}`
    const due = known.get(key) ?? publicityDue(calendar, rule, decided)
    known.set(key, due)
    return judgeTimeliness(due, published)
  }
}
