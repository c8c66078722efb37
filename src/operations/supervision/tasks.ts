import { isRefusal, refuse } from '#domain/refusal.ts'
import {
  foldTask,
  isSupervisionKind,
  scoreOf,
  unitsOfTask,
  type SupervisionEntry,
  type TaskView,
} from '#domain/supervision.ts'
import { readSupervision, type SupervisionReader, type SupervisionRow } from '#store/supervision.ts'
import { foldFunds } from '#domain/supervision-sums.ts'
import { isIn, scopeOf, seenBy, type Scope } from '../places.ts'
import { nameOfUnit, today, type System } from '../system.ts'

const entryOf = (system: System, row: SupervisionRow): SupervisionEntry[] =>
  isSupervisionKind(row.kind)
    ? [
        {
          num: row.num,
          kind: row.kind,
          about: row.about,
          unit: system.reference.unitId.get(row.unit) ?? '',
          day: row.day,
          replaces: row.replaces ?? undefined,
          follows: row.follows ?? undefined,
          content: row.content,
        },
      ]
    : []

export type Reader = SupervisionReader

/** What somebody sees of what was said; the database decides (`read_supervision`). */
export const readEntries = async (system: System, reader: Reader, about?: string): Promise<SupervisionEntry[]> =>
  (await readSupervision(system.pool, reader, about)).flatMap((row) => entryOf(system, row))

/**
 * The tasks of a place as they stand there today: its own, and those that the documents above it give to its units; late ones
 * first, then by the next deadline.
 */
export async function listTasks(system: System, of: { reader: Reader; scope: Scope }): Promise<TaskView[]> {
  const { pack } = system.reference
  const day = today(system)
  const entries = await readEntries(system, of.reader)
  const last = '9999-12-31'
  return pack.tasks
    .map((task) => foldTask(pack, task, entries, day, of.scope.units))
    .filter(({ lead, joint }) => isGivenTo(of.scope, [...lead, ...joint]))
    .toSorted((a, b) => Number(b.late) - Number(a.late) || ((a.next?.date ?? last) < (b.next?.date ?? last) ? -1 : 1))
}

/** Is a rule for units of this place? One that names no unit is for all. */
export const isGivenTo = (scope: Scope, units: readonly string[]): boolean =>
  units.length === 0 || units.some((unit) => isIn(scope, unit))

/** One task whole: its text, evidence expected, law, and everything that was said about it. Refuses: not-found. */
export async function getTask(system: System, of: { id: string; actor: number; unit: string | undefined }) {
  const { pack } = system.reference
  const task = pack.tasks.find((one) => one.id === of.id)
  const [own, seen] = [scopeOf(system, of), seenBy(system, of.unit)]
  if (!task || isRefusal(own)) return refuse('not-found', { field: 'task' })
  const { lead, joint } = unitsOfTask(pack, task, today(system))
  const units = [...lead, ...joint]
  if (!isGivenTo(seen, units)) return refuse('not-found', { field: 'task' })
  const entries = await readEntries(system, of, of.id)
  // as it stands in the reader's own place; a task of another place that they oversee, as it stands there
  const scope = isGivenTo(own, units) ? own : seen
  return {
    task: foldTask(pack, task, entries, today(system), scope.units),
    text: task.text,
    evidence: task.evidence,
    basis: task.basis,
    entries: entries.map((entry) => showEntry(system, entry)),
    // the sections of funding name the tasks that money is for
    money: foldFunds((await readEntries(system, of)).filter(({ content }) => content.task === of.id)),
  }
}

/** A row as it is shown: the unit by name, a scoring sheet with its total. */
export const showEntry = (system: System, entry: SupervisionEntry) => ({
  ...entry,
  unit: nameOfUnit(system, system.reference.unitNum.get(entry.unit) ?? 0),
  score: entry.content.scores === undefined ? undefined : scoreOf(entry.content.scores),
})
