import { isRuleOf } from '#domain/jurisdiction.ts'
import { MACHINES } from '#domain/machines.ts'
import { markedName } from '#domain/pack-words.ts'
import type { Text } from '#domain/refusal.ts'
import { foldTask, stateOfUnit, type TaskState } from '#domain/supervision.ts'
import { readCaseFigures, readCodeFigures, readCodeRows } from '#store/supervision.ts'
import { isIn, unitNumsIn, type Scope } from '../places.ts'
import { measureQuality } from '../quality.ts'
import { findUnit, nameOfUnit, today, type System } from '../system.ts'
import { coverageOf, newestOf, type Coverage } from './coverage.ts'
import { readEntries, type Reader } from './tasks.ts'

type Named = { id: string; name: Text }
type Quality = Awaited<ReturnType<typeof measureQuality>>[number]
type CaseSums = { opened: number; closed: number; inTime: number; late: number; silent: number }
type TaskSums = { done: number; underWay: number; blocked: number; notBegun: number; late: number }

/** What one unit did, in one line. A share is absent where there is nothing it could be a share of. */
export type UnitLine = {
  unit: Named
  submissions: number
  rows: number
  accepted: number
  /** rows that were right, of all sent */
  accuracy?: number
  completeness?: number
  /** rows sent within their term, of those of which it is known */
  timeliness?: number
  wrongCodes?: number
  cases: CaseSums
  /** cases closed within their term, of those closed or late */
  termsKept?: number
  tasks: TaskSums
}

export type Bulletin = {
  /** whose it is, where the instance serves several places */
  place?: Named
  day: string
  from?: string
  until?: string
  units: UnitLine[]
  quality: Quality[]
  cases: ({ unit: Named; machine: Text } & CaseSums)[]
  coverage: Coverage[]
  codes: {
    rows: number
    wrong: number
    wrongRate?: number
    organisations: number
    doubled: number
    doubledRate?: number
    target: number
  }
  tasks: ({ unit: Named } & TaskSums)[]
  indicators: { indicator: Named; target: Text; value?: string; day?: string }[]
}

/** 重错码率: below one in ten thousand (R1). */
const CODES_BELOW = 0.0001
const EMPTY = { done: 0, 'under-way': 0, blocked: 0, 'not-begun': 0 } satisfies Record<TaskState, number>
const NO_CASES: CaseSums = { opened: 0, closed: 0, inTime: 0, late: 0, silent: 0 }
const NO_TASKS: TaskSums = { done: 0, underWay: 0, blocked: 0, notBegun: 0, late: 0 }

/** Of a whole, to a millionth: rates of codes are looked at below one in ten thousand. */
const share = (part: number, whole: number): number | undefined =>
  whole === 0 ? undefined : Math.round((part / whole) * 1_000_000) / 1_000_000

const addCases = (a: CaseSums, b: CaseSums): CaseSums => ({
  opened: a.opened + b.opened,
  closed: a.closed + b.closed,
  inTime: a.inTime + b.inTime,
  late: a.late + b.late,
  silent: a.silent + b.silent,
})

/**
 * The bulletin (通报, R7, R4, R53) from live data: what each unit sent, on time, right and complete; how it kept the terms of
 * its cases; which key groups are covered, against a register that gives the denominator; codes; how tasks stand. Units,
 * never people. `scope`: of one place; `unit` keeps what concerns one unit.
 */
export async function makeBulletin(
  system: System,
  of: { reader: Reader; scope: Scope; from?: string; until?: string; unit?: string },
): Promise<Bulletin> {
  const { unit: only, reader, scope, ...period } = of
  const entries = await readEntries(system, reader)
  const named = (id: string): Named => nameOfUnit(system, system.reference.unitNum.get(id) ?? 0)
  const mine = (id: string): boolean => isIn(scope, id) && (only === undefined || only === id)
  const quality = (await measureQuality(system, 'all', period)).filter(({ unit }) => mine(unit.id))
  const cases = (await readCaseFigures(system.pool, period))
    .map((row) => ({
      unit: nameOfUnit(system, row.unit),
      machine: MACHINES[row.machine]?.name ?? { zh: row.machine, en: row.machine },
      opened: Number(row.opened),
      closed: Number(row.closed),
      inTime: Number(row.in_time),
      late: Number(row.late),
      silent: Number(row.silent),
    }))
    .filter(({ unit }) => mine(unit.id))
  const tasks = taskLines(system, entries, scope, named).filter(({ unit }) => mine(unit.id))
  const ids = [...new Set([...quality, ...cases, ...tasks].map(({ unit }) => unit.id))]
  const { place } = scope
  return {
    ...(place && scope.units !== 'all' ? { place: { id: place.id, name: place.name } } : {}),
    day: today(system),
    ...period,
    units: ids.map((id) => lineOf(named(id), { quality, cases, tasks })),
    quality,
    cases,
    coverage: (await coverageOf(system, entries, scope)).filter(
      ({ units }) => only === undefined || units.includes(only),
    ),
    codes: await codesOf(system, of),
    tasks,
    indicators: system.reference.pack.indicators
      .filter((rule) => isRuleOf(system.reference.pack, rule, scope.place?.id))
      .map(({ id, name, target, basis }) => {
        const entry = newestOf(entries, 'indicator', id)
        return {
          indicator: { id, name: markedName(name, basis) },
          target,
          value: entry?.content.value,
          day: entry?.day,
        }
      }),
  }
}

type Entries = Awaited<ReturnType<typeof readEntries>>

/** Tasks of every unit that answers for one. */
function taskLines(system: System, entries: Entries, scope: Scope, named: (id: string) => Named): Bulletin['tasks'] {
  const { pack } = system.reference
  const day = today(system)
  const tasks = pack.tasks.map((task) => foldTask(pack, task, entries, day, scope.units))
  return [...new Set(tasks.flatMap(({ lead }) => lead))].map((id) => {
    const own = tasks.filter(({ lead }) => lead.includes(id))
    const by = own
      .map((task) => stateOfUnit(task, id, entries, day))
      .reduce((sums, state) => ({ ...sums, [state]: sums[state] + 1 }), EMPTY)
    const late = own.filter((task) => task.late).length
    const { done, blocked } = by
    return { unit: named(id), done, underWay: by['under-way'], blocked, notBegun: by['not-begun'], late }
  })
}

function lineOf(unit: Named, of: Pick<Bulletin, 'quality' | 'cases' | 'tasks'>): UnitLine {
  const sent = of.quality.find((row) => row.unit.id === unit.id)
  const sums = of.cases.filter((row) => row.unit.id === unit.id).reduce<CaseSums>(addCases, NO_CASES)
  const { unit: _, ...tasks } = of.tasks.find((row) => row.unit.id === unit.id) ?? { unit, ...NO_TASKS }
  return {
    unit,
    submissions: sent?.submissions ?? 0,
    rows: sent?.rows ?? 0,
    accepted: sent?.accepted ?? 0,
    accuracy: sent && sent.rows > 0 ? 1 - sent.refusedRate : undefined,
    completeness: sent && sent.accepted > 0 ? sent.completeness : undefined,
    timeliness: sent?.lateRate === null || sent === undefined ? undefined : 1 - sent.lateRate,
    wrongCodes: sent && sent.rows > 0 ? sent.wrongCodeRate : undefined,
    cases: sums,
    termsKept: share(sums.inTime, sums.inTime + sums.late),
    tasks,
  }
}

/** Unified codes (R1): wrong ones among the rows about organisations that were sent, doubled ones among those on file. */
async function codesOf(
  system: System,
  { unit, scope, from, until }: { scope: Scope; from?: string; until?: string; unit?: string },
): Promise<Bulletin['codes']> {
  const { pack, itemOf, unitNum } = system.reference
  const about = new Set(pack.items.filter(({ subject }) => subject === 'organisation').map(({ id }) => id))
  const items = [...itemOf].filter(([, { id }]) => about.has(id)).map(([num]) => num)
  const here = unitNumsIn(system, scope)
  const only = unit === undefined ? undefined : unitNum.get(findUnit(pack, unit)?.id ?? '')
  const period = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) }
  const sent = (await readCodeRows(system.pool, { items, ...period })).filter(
    (row) => (unit === undefined || row.unit === only) && (here === null || here.includes(row.unit)),
  )
  const rows = sent.reduce((sum, row) => sum + row.rows, 0)
  const wrong = sent.reduce((sum, row) => sum + row.wrong, 0)
  const { organisations, doubled } = await readCodeFigures(system.pool, here)
  return {
    rows,
    wrong,
    wrongRate: share(wrong, rows),
    organisations,
    doubled,
    doubledRate: share(doubled, organisations),
    target: CODES_BELOW,
  }
}
