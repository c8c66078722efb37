import { dueDate, latestEnd, type Calendar } from './calendar.ts'
import { findTerm } from './case.ts'
import { inForce, unitMatches } from './catalog.ts'
import type { Subject } from './listing.ts'
import type { Pack, Unit } from './pack.ts'
import type { Measure } from './pack-process.ts'

/** Measures (R38, R40, G7): which follow from an entry, and what is to be said of how they were handled (B6). */

/** The measure of an id in force on a day; the lowest layer's. */
export const measureAt = (pack: Pick<Pack, 'measures'>, id: string, day: string): Measure | undefined =>
  pack.measures.findLast((measure) => measure.id === id && inForce(measure, day))

/**
 * The tasks that an entry of a list sends: each measure that the list of measures has for it, for such a subject, in force
 * that day, with each unit it names. What private bodies may do of their own account (kind C) is nobody's task: they must not
 * be compelled (国办发〔2020〕49号).
 */
export function tasksOf(
  pack: Pick<Pack, 'measures' | 'units'>,
  of: { list: string; subject: Subject; day: string },
): { measure: Measure; unit: Unit }[] {
  const ids = [...new Set(pack.measures.map(({ id }) => id))]
  return ids.flatMap((id) => {
    const measure = measureAt(pack, id, of.day)
    if (!measure || measure.kind === 'C' || !measure.lists.includes(of.list) || !measure.subjects.includes(of.subject))
      return []
    return pack.units
      .filter((unit) => inForce(unit, of.day) && measure.units.some((pattern) => unitMatches(pattern, unit)))
      .map((unit) => ({ measure, unit }))
  })
}

/** How a measure stands today: read from its steps, its cause and its term. */
export const MEASURE_STATES = {
  waiting: { zh: '待实施', en: 'Waiting' },
  running: { zh: '实施中', en: 'In force' },
  over: { zh: '已终止', en: 'Over' },
  closed: { zh: '未实施', en: 'Not carried out' },
} as const
export type MeasureState = keyof typeof MEASURE_STATES

export type Handled = {
  kind: string
  task: string
  due?: string | undefined
  responded?: string | undefined
  carried?: string | undefined
  lifted?: string | undefined
  /** why it does not run: its cause, its term, an objection upheld, an objection that met silence */
  over?: 'cause' | 'term' | 'refuted' | 'contested' | undefined
  /** the day its cause ended, or it was itself refuted */
  ended?: string | undefined
  clash: boolean
}

const PENDING: readonly string[] = ['task', 'respond']

/** In force only while it was carried out, its cause stands and its term runs. */
export function stateOf({ kind, over }: Pick<Handled, 'kind' | 'over'>): MeasureState {
  if (kind === 'carry') return over === undefined ? 'running' : 'over'
  if (PENDING.includes(kind)) return over === undefined ? 'waiting' : 'over'
  return kind === 'lift' || kind === 'late' ? 'over' : 'closed'
}

export type Flag = 'late' | 'after-cause' | 'to-lift' | 'not-lifted' | 'lifted-late' | 'contradiction'

/**
 * What is flagged (B6): the next report is late; carried out after its cause ended; to be lifted, from the moment it ended or
 * was refuted; not lifted in time, or lifted late (the unit has the term to acknowledge a recall); mistaken identity by one unit and carried out by another.
 */
export function flagsOf(of: Handled, rules: { pack: Pick<Pack, 'terms'>; calendar: Calendar; today: string }): Flag[] {
  const flags: Flag[] = []
  if (PENDING.includes(of.kind) && of.over === undefined && of.due !== undefined && of.due < rules.today)
    flags.push('late')
  if (of.kind === 'late' || (of.carried !== undefined && of.ended !== undefined && of.carried > of.ended))
    flags.push('after-cause')
  if (of.carried !== undefined && of.ended !== undefined) {
    const last = liftBy(rules, of.ended)
    if (of.kind === 'carry') flags.push(last < rules.today ? 'not-lifted' : 'to-lift')
    if (of.lifted !== undefined && last < of.lifted) flags.push('lifted-late')
  }
  if (of.clash) flags.push('contradiction')
  return flags
}

const LIFT_TERM = 'recall-acknowledge'
function liftBy({ pack, calendar }: { pack: Pick<Pack, 'terms'>; calendar: Calendar }, ended: string): string {
  const period = findTerm(pack, LIFT_TERM, ended)?.period
  if (period === undefined) return ended
  const end = dueDate(calendar, ended, period).day
  return end === 'unknown' ? latestEnd(ended, period) : end
}

export type Rates = {
  tasks: number
  responded: number
  carried: number
  notApplicable: number
  refused: number
  mistaken: number
  harm: number
  lifted: number
  liftedLate: number
  late: number
  contradictions: number
}

/** How one unit has accounted for its measures, in counts. */
export function ratesOf(handled: readonly (Handled & { flags: readonly Flag[] })[]): Rates {
  const count = (is: (one: Handled & { flags: readonly Flag[] }) => boolean) => handled.filter(is).length
  return {
    tasks: handled.length,
    responded: count(({ responded }) => responded !== undefined),
    carried: count(({ carried }) => carried !== undefined),
    notApplicable: count(({ kind }) => kind === 'not-applicable'),
    refused: count(({ kind }) => kind === 'refuse'),
    mistaken: count(({ kind }) => kind === 'mistaken'),
    harm: count(({ kind }) => kind === 'harm'),
    lifted: count(({ lifted }) => lifted !== undefined),
    liftedLate: count(({ flags }) => flags.includes('lifted-late') || flags.includes('not-lifted')),
    late: count(({ flags }) => flags.includes('late')),
    contradictions: count(({ flags }) => flags.includes('contradiction') || flags.includes('after-cause')),
  }
}
