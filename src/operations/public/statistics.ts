import { TIP_KINDS } from '#domain/public-kinds.ts'
import { suppressSmall } from '#domain/small-cells.ts'
import type { Text } from '#domain/refusal.ts'
import { listPublicCampaigns, type PublicCampaign } from '../campaign/public.ts'
import { countTips } from '#store/content.ts'
import { EVERYWHERE, type Scope } from '../places.ts'
import { findUnit, today, type System } from '../system.ts'
import { makeTimeliness } from './publicity.ts'
import { everyPublished } from './records.ts'

type Counted = { id: string; name: Text; count: number | null }
export type Statistics = {
  at: string
  records: number
  organisations: number
  byItem: Counted[]
  byUnit: Counted[]
  byMonth: { month: string; count: number | null }[]
  timeliness: { inTime: number; late: number; unknown: number }
  tips: { kind: string; name: Text; received: number | null; answered: number | null }[]
  campaigns: PublicCampaign[]
}

const MONTHS = 12
const FRESH = 60_000
/** Of the decisions of how many days it is told whether they came in time: what was taken over at the start says nothing of today. */
const CLOCK_DAYS = 30

const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)

function suppressed(counts: Map<string, number>, nameOf: (id: string) => Text): Counted[] {
  const ranked = [...counts].toSorted(([, a], [, b]) => b - a)
  const shown = suppressSmall(ranked.map(([, count]) => count))
  return ranked.map(([id], at) => ({ id, name: nameOf(id), count: shown[at] ?? null }))
}

async function countAll(system: System, scope: Scope): Promise<Statistics> {
  const { pack } = system.reference
  const [byItem, byUnit, byMonth] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()]
  const organisations = new Set<string>()
  const timeliness = { inTime: 0, late: 0, unknown: 0 }
  const judge = makeTimeliness(system)
  const since = Temporal.PlainDate.from(today(system)).subtract({ days: CLOCK_DAYS }).toString()
  let records = 0
  for await (const batch of everyPublished(system, scope)) {
    for (const record of batch) {
      records += 1
      organisations.add(record.organisation.code)
      add(byItem, record.item)
      add(byUnit, record.unit)
      add(byMonth, record.decided.slice(0, 7))
      if (record.decided < since) continue
      const verdict = judge(record)
      timeliness[verdict === 'in-time' ? 'inTime' : verdict] += 1
    }
  }
  const first = Temporal.PlainYearMonth.from(today(system).slice(0, 7))
  const months = Array.from({ length: MONTHS }, (_, at) => first.subtract({ months: MONTHS - 1 - at }).toString())
  const monthly = suppressSmall(months.map((month) => byMonth.get(month) ?? 0))
  // a tip may name no unit: they are counted for the whole instance
  const tips = scope.units === 'all' ? await countTips(system.pool) : []
  const of = (kind: string, answered: boolean) =>
    Number(tips.find((row) => row.kind === kind && row.answered === answered)?.count ?? 0)
  const kinds = scope.units === 'all' ? Object.entries(TIP_KINDS) : []
  const received = suppressSmall(kinds.map(([kind]) => of(kind, true) + of(kind, false)))
  const answered = suppressSmall(kinds.map(([kind]) => of(kind, true)))
  return {
    at: system.now().toString(),
    records,
    organisations: organisations.size,
    byItem: suppressed(byItem, (id) => pack.items.findLast((item) => item.id === id)?.name ?? { zh: id, en: id }),
    byUnit: suppressed(byUnit, (id) => findUnit(pack, id)?.name ?? { zh: id, en: id }),
    byMonth: months.map((month, at) => ({ month, count: monthly[at] ?? null })),
    timeliness,
    campaigns: await listPublicCampaigns(system, scope.units),
    tips: kinds.map(([kind, name], at) => ({
      kind,
      name,
      received: received[at] ?? null,
      answered: answered[at] ?? null,
    })),
  }
}

type Known = Map<string, { date: string; from: number; statistics: Promise<Statistics> }>
const counted = new WeakMap<System['reference'], Known>()

/**
 * Live counts of what is published, of one place or of all, cells below five left out (small-cells). Counted at most once a
 * minute, and anew on every day: what ended at midnight is in no number of the day (G5).
 */
export function readStatistics(system: System, scope: Scope = EVERYWHERE): Promise<Statistics> {
  const now = system.now().epochMilliseconds
  const date = today(system)
  const { reference } = system
  const all: Known = counted.get(reference) ?? new Map()
  counted.set(reference, all)
  const key = scope.units === 'all' ? '' : (scope.place?.id ?? '')
  const known = all.get(key)
  if (known && known.date === date && now >= known.from && now - known.from < FRESH) return known.statistics
  const statistics = countAll(system, scope)
  all.set(key, { date, from: now, statistics })
  // a failure is not remembered
  statistics.catch(() => all.delete(key))
  return statistics
}
