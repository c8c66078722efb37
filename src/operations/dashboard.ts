import { MACHINES } from '#domain/machines.ts'
import { MEASURE_STATES } from '#domain/measure.ts'
import type { Text } from '#domain/refusal.ts'
import { suppressLinked, suppressSmall } from '#domain/small-cells.ts'
import { readOpenRecalls } from '#store/recall.ts'
import { readItemCounts } from '#store/submissions.ts'
import { readCaseFigures } from '#store/supervision.ts'
import { listMeasures } from './measure/measures.ts'
import { measureQuality } from './quality.ts'
import { unitsOfReach, type Reach } from './submissions.ts'
import { nameOfUnit, today, type System } from './system.ts'

const YEAR = 365

/** Adds up counts under keys, in the order the keys first came. */
function sumBy<row>(
  rows: readonly row[],
  keyOf: (row: row) => string,
  countOf: (row: row) => number,
): Map<string, number> {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + countOf(row))
  return sums
}

const ranked = (sums: Map<string, number>) =>
  [...sums].filter(([, count]) => count > 0).toSorted(([, a], [, b]) => b - a)

/** A series as it may be shown: the largest first, cells in which persons could be told left out (small-cells). */
function series(sums: Map<string, number>, nameOf: (key: string) => Text) {
  const rows = ranked(sums)
  const shown = suppressSmall(rows.map(([, count]) => count))
  return rows.map(([key], at) => ({ name: nameOf(key), count: shown[at] ?? null }))
}

const CASE_COUNTS = ['opened', 'closed', 'in_time', 'late', 'silent'] as const

/**
 * The figures of a desk (R21, R7): what was put on file by item, class and month, how the units report, how the terms of cases
 * are kept and where silence has suspended, recalls that nobody has acknowledged, what measures came to. Counts only; of the own unit,
 * for those who oversee of all. Where a cell is so small that a person could be told by it, it is left out.
 */
export async function readDashboard(
  system: System,
  of: { actor: number; reach: Reach; from?: string | undefined; until?: string | undefined },
) {
  const { pack, itemOf } = system.reference
  const until = of.until ?? today(system)
  const from = of.from ?? Temporal.PlainDate.from(until).subtract({ days: YEAR }).toString()
  const units = unitsOfReach(system, of.reach)
  const items = await readItemCounts(system.pool, { units, from, until })
  const itemId = (num: number) => itemOf.get(num)?.id ?? ''
  const itemNamed = (id: string): Text => pack.items.findLast((item) => item.id === id)?.name ?? { zh: id, en: id }
  const months = sumBy(
    items,
    ({ month }) => month,
    ({ records }) => Number(records),
  )
  const monthly = [...months].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const monthCounts = suppressSmall(monthly.map(([, count]) => count))
  const byItem = ranked(
    sumBy(
      items,
      ({ item }) => itemId(item),
      ({ records }) => Number(records),
    ),
  )
  const classOf = (id: string) => pack.items.findLast((item) => item.id === id)?.class ?? ''
  const byClass = ranked(
    sumBy(
      byItem,
      ([id]) => classOf(id),
      ([, count]) => count,
    ),
  )
  // items add up to their class, and all of them to a total that the table of units tells
  const places = byItem.map((_, at) => at)
  const kinds = suppressLinked(
    [...byItem, ...byClass].map(([, count]) => count),
    [
      ...byClass.map(([id], at) => ({
        parts: places.filter((place) => classOf(byItem[place]?.[0] ?? '') === id),
        sum: byItem.length + at,
      })),
      { parts: places },
      { parts: byClass.map((_, at) => byItem.length + at) },
    ],
  )
  const figures = (await readCaseFigures(system.pool, { from, until })).filter(
    (row) => units === null || units.includes(row.unit),
  )
  const machines = [...new Set(figures.map(({ machine }) => machine))]
  const byMachine = CASE_COUNTS.map((column) => {
    const sums = sumBy(
      figures,
      ({ machine }) => machine,
      (row) => Number(row[column]),
    )
    return machines.map((machine) => sums.get(machine) ?? 0)
  })
  const isHere = (unit: number) => units === null || units.includes(unit)
  const recalls = (await readOpenRecalls(system.pool, of.actor)).filter(({ unit }) => isHere(unit))
  const ids = of.reach === 'all' ? undefined : new Set(of.reach.units)
  const measures = (await listMeasures(system, of.actor)).measures.filter(
    ({ unit, by }) => ids === undefined || ids.has(unit.id) || ids.has(by.id),
  )
  const cell = (column: (typeof CASE_COUNTS)[number], row: number) =>
    CASE_COUNTS.indexOf(column) * machines.length + row
  // neither from the others of its column nor, in its row, from those in time and those late
  const cases = suppressLinked(byMachine.flat(), [
    ...CASE_COUNTS.map((column) => ({ parts: machines.map((_, row) => cell(column, row)) })),
    ...machines.map((_, row) => ({ parts: [cell('in_time', row), cell('late', row)], sum: cell('closed', row) })),
  ])
  return {
    from,
    until,
    scope: of.reach !== 'all' && of.reach.units.length === 1 ? ('unit' as const) : ('all' as const),
    items: byItem.map(([id], at) => ({ name: itemNamed(id), count: kinds[at] ?? null })),
    classes: byClass.map(([id], at) => ({
      name: pack.classes.findLast((one) => one.id === id)?.name ?? { zh: id, en: id },
      count: kinds[byItem.length + at] ?? null,
    })),
    months: monthly.map(([month], at) => ({ month, count: monthCounts[at] ?? null })),
    units: (await measureQuality(system, of.reach, { from, until })).map(
      ({ unit: named, accepted, refusedRate, lateRate }) => ({
        unit: named,
        accepted,
        refusedRate,
        lateRate,
      }),
    ),
    cases: machines.map((machine, at) => ({
      name: MACHINES[machine]?.name ?? { zh: machine, en: machine },
      opened: cases[cell('opened', at)] ?? null,
      closed: cases[cell('closed', at)] ?? null,
      inTime: cases[cell('in_time', at)] ?? null,
      late: cases[cell('late', at)] ?? null,
      silent: cases[cell('silent', at)] ?? null,
    })),
    recalls: series(
      sumBy(
        recalls,
        (row) => String(row.unit),
        () => 1,
      ),
      (num) => nameOfUnit(system, Number(num)).name,
    ),
    measures: series(
      sumBy(
        measures,
        ({ state }) => state.kind,
        () => 1,
      ),
      (kind) => Object.entries(MEASURE_STATES).find(([id]) => id === kind)?.[1] ?? { zh: kind, en: kind },
    ),
  }
}
