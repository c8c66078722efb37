import { citationOf } from '#domain/listing.ts'
import { flagsOf, MEASURE_STATES, measureAt, ratesOf, stateOf, type Handled } from '#domain/measure.ts'
import { nameOfStep } from '#domain/machines.ts'
import type { Text } from '#domain/refusal.ts'
import { readMeasures, readOwnMeasures, type MeasureRow } from '#store/measure.ts'
import { calendarOf } from '../calendar-of.ts'
import { caseId } from '../case-id.ts'
import { nameOfUnit, today, type System } from '../system.ts'

const maybe = <value>(value: value | null): value | undefined => value ?? undefined

const handledOf = (row: MeasureRow): Handled => ({
  kind: row.kind,
  task: row.task,
  due: maybe(row.due),
  responded: maybe(row.responded),
  carried: maybe(row.carried),
  lifted: maybe(row.lifted),
  over: maybe(row.over),
  ended: maybe(row.ended),
  clash: row.clash,
})

const UNNAMED: Text = { zh: '', en: '' }

/** A measure as it stands today: read from its steps and its cause, never run (G7). */
function view(system: System, row: MeasureRow) {
  const { pack } = system.reference
  const handled = handledOf(row)
  const measure = measureAt(pack, row.measure, row.task) ?? pack.measures.findLast(({ id }) => id === row.measure)
  const state = stateOf(handled)
  return {
    case: caseId(row.subject, row.file),
    cause: caseId(row.subject, row.cause),
    measure: row.measure,
    name: measure?.name ?? UNNAMED,
    content: measure?.content ?? UNNAMED,
    remedy: measure?.remedy ?? UNNAMED,
    basis: measure ? citationOf(measure.basis) : '',
    unit: nameOfUnit(system, row.unit),
    by: nameOfUnit(system, row.owner),
    list: pack.lists.findLast(({ id }) => id === row.list)?.name ?? UNNAMED,
    state: { kind: state, name: MEASURE_STATES[state] },
    step: { kind: row.kind, name: nameOfStep('measure', row.kind) },
    inForce: state === 'running',
    task: row.task,
    due: handled.due,
    carried: handled.carried,
    lifted: handled.lifted,
    // of a ban for life there is none
    until: row.until === 'infinity' ? undefined : maybe(row.until),
    over: handled.over,
    flags: flagsOf(handled, { pack, calendar: calendarOf(system), today: today(system) }),
  }
}
export type MeasureView = ReturnType<typeof view>

/** Every measure of a person, with basis, remedy, and whether it is in force today. */
export const listOwnMeasures = async (system: System, of: { actor: number; subject: string }): Promise<MeasureView[]> =>
  (await readOwnMeasures(system.pool, of.actor, of.subject)).map((row) => view(system, row))

const SHOWN = 500

/** The measures of a unit, what is flagged first, and how each unit has accounted for its own (B6). */
export async function listMeasures(system: System, actor: number) {
  const rows = await readMeasures(system.pool, actor)
  const { pack } = system.reference
  const rules = { pack, calendar: calendarOf(system), today: today(system) }
  const byUnit = new Map<number, (Handled & { flags: ReturnType<typeof flagsOf> })[]>()
  const flagged: MeasureRow[] = []
  const others: MeasureRow[] = []
  for (const row of rows) {
    const handled = handledOf(row)
    const flags = flagsOf(handled, rules)
    byUnit.set(row.unit, [...(byUnit.get(row.unit) ?? []), { ...handled, flags }])
    ;(flags.length > 0 ? flagged : others).push(row)
  }
  return {
    measures: [...flagged, ...others].slice(0, SHOWN).map((row) => view(system, row)),
    units: [...byUnit].map(([unit, handled]) => ({ unit: nameOfUnit(system, unit), rates: ratesOf(handled) })),
  }
}
