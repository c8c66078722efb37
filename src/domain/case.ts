import { dueDate, latestEnd, type Calendar } from './calendar.ts'
import type { Pack } from './pack.ts'
import type { Term } from './pack-process.ts'
import { inForce } from './catalog.ts'
import type { Clock, Machine, Remedy, Step } from './step.ts'

/** The term of an id in force on a day; the lowest layer's, which may only be stricter. */
export const findTerm = (pack: Pick<Pack, 'terms'>, id: string, day: string): Term | undefined =>
  pack.terms.findLast((term) => term.id === id && inForce(term, day))

/** The term that a step sets: its own, or the one of the step before where it prolongs that (once, with reasons). */
export const termOf = (machine: Machine, step: Pick<Step, 'due' | 'extends'>, last: string): string | undefined =>
  step.extends ? machine.steps.find(({ kind }) => kind === last)?.due : step.due

/** May the term of the step before be extended, by the rules of that day? Some laws know no extension. */
export const isExtendable = (pack: Pick<Pack, 'terms'>, machine: Machine, last: string, day: string): boolean => {
  const id = machine.steps.find(({ kind }) => kind === last)?.due
  return id !== undefined && findTerm(pack, id, day)?.extend !== undefined
}

export type Dates = { due?: string | undefined; hides?: string | undefined; window?: string | undefined; clock?: Clock }

/**
 * The dates a step sets, from the terms of the pack in force that day (clocks are read, not run). `missing` names a term
 * that the pack does not have. Where the official calendar does not reach, `due` is unknown, and silence suspends on the
 * latest day the term could end: nobody waits for ever because a notice of the State Council is not out yet.
 */
export function datesOf(
  pack: Pick<Pack, 'terms'>,
  calendar: Calendar,
  step: Pick<Step, 'due' | 'silence' | 'window' | 'extends'>,
  day: string,
): Dates | { missing: string } {
  const dates: Dates = {}
  const ids = [step.due, step.silence, step.window]
  const [due, silence, window] = ids.map((id) => (id === undefined ? undefined : findTerm(pack, id, day)))
  const missing = ids.find((id, at) => id !== undefined && ![due, silence, window][at])
  if (missing !== undefined) return { missing }
  // a term that may not be extended is one that is missing
  const period = step.extends ? due?.extend : due?.period
  if (due && period === undefined) return { missing: due.id }
  if (due && period !== undefined) {
    const end = dueDate(calendar, day, period).day
    dates.due = end === 'unknown' ? undefined : end
    dates.clock = {
      due: dates.due,
      from: day,
      period,
      term: due.id,
      basis: due.basis.map(({ document, article }) => ({ document, article })),
      unverified: due.basis.some(({ unverified }) => unverified),
    }
  }
  if (silence) {
    const from = dates.due ?? (period === undefined ? day : latestEnd(day, period))
    const end = dueDate(calendar, from, silence.period).day
    // the last day of the term is still the unit's: silence begins after it
    dates.hides = dayAfter(end === 'unknown' ? latestEnd(from, silence.period) : end)
  }
  if (window) {
    const end = dueDate(calendar, day, window.period).day
    dates.window = end === 'unknown' ? latestEnd(day, window.period) : end
  }
  return dates
}

const dayAfter = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString()

/** Terms that are a person's time to act against a decision: administrative review, lawsuit. */
const REMEDIES: readonly string[] = ['objection-remedy', 'objection-lawsuit']

/** Where a decision can be contested and until when (行政复议法 art 20, 行政诉讼法 art 46): the pack's remedy terms. */
export const remediesOf = (
  pack: Pick<Pack, 'terms'>,
  calendar: Calendar,
  day: string,
  ids: readonly string[] = REMEDIES,
): Remedy[] =>
  pack.terms
    .filter((term) => ids.includes(term.id) && inForce(term, day))
    .map((term) => {
      const end = dueDate(calendar, day, term.period).day
      return {
        name: term.name,
        until: end === 'unknown' ? latestEnd(day, term.period) : end,
        basis: term.basis.map(({ document, article }) => ({ document, article })),
        ...(term.basis.some(({ unverified }) => unverified) ? { unverified: true } : {}),
      }
    })
