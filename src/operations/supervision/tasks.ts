import { refuse } from '#domain/refusal.ts'
import { foldTask, isSupervisionKind, scoreOf, type SupervisionEntry, type TaskView } from '#domain/supervision.ts'
import { readSupervision, type SupervisionRow } from '#store/supervision.ts'
import { foldFunds } from '#domain/supervision-sums.ts'
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

export const readEntries = async (system: System, about?: string): Promise<SupervisionEntry[]> =>
  (await readSupervision(system.pool, about)).flatMap((row) => entryOf(system, row))

/** Every task of the pack in force as it stands today; late ones first, then by the next deadline. */
export async function listTasks(system: System): Promise<TaskView[]> {
  const { pack } = system.reference
  const day = today(system)
  const entries = await readEntries(system)
  const last = '9999-12-31'
  return pack.tasks
    .map((task) => foldTask(pack, task, entries, day))
    .toSorted((a, b) => Number(b.late) - Number(a.late) || ((a.next?.date ?? last) < (b.next?.date ?? last) ? -1 : 1))
}

/** One task whole: its text, evidence expected, law, and everything that was said about it. */
export async function getTask(system: System, id: string) {
  const { pack } = system.reference
  const task = pack.tasks.find((one) => one.id === id)
  if (!task) return refuse('not-found', { field: 'task' })
  const entries = await readEntries(system, id)
  return {
    task: foldTask(pack, task, entries, today(system)),
    text: task.text,
    evidence: task.evidence,
    basis: task.basis,
    entries: entries.map((entry) => showEntry(system, entry)),
    // the sections of funding name the tasks that money is for
    money: foldFunds((await readEntries(system)).filter(({ content }) => content.task === id)),
  }
}

/** A row as it is shown: the unit by name, a scoring sheet with its total. */
export const showEntry = (system: System, entry: SupervisionEntry) => ({
  ...entry,
  unit: nameOfUnit(system, system.reference.unitNum.get(entry.unit) ?? 0),
  score: entry.content.scores === undefined ? undefined : scoreOf(entry.content.scores),
})
