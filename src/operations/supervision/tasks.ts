import { refuse, type Refusal } from '#domain/refusal.ts'
import {
  foldTask,
  isAbout,
  isSupervisionKind,
  NEEDS,
  scoreOf,
  unitsOf,
  type SupervisionContent,
  type SupervisionEntry,
  type TaskView,
} from '#domain/supervision.ts'
import { addSupervision, readSupervision, type SupervisionRow } from '#store/supervision.ts'
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
    entries: entries.map((entry) => ({
      ...entry,
      unit: nameOfUnit(system, system.reference.unitNum.get(entry.unit) ?? 0),
      score: entry.content.scores === undefined ? undefined : scoreOf(entry.content.scores),
    })),
  }
}

const isSaid = (content: SupervisionContent, field: keyof SupervisionContent): boolean => {
  const value = content[field]
  return typeof value === 'string' ? value.trim() !== '' : Array.isArray(value) ? value.length > 0 : value !== undefined
}

/** A unit says what it has done; the office of the platform inspects, evaluates and keeps meetings, funds and registers. */
export async function addEntry(
  system: System,
  of: {
    actor: number
    unit: string
    kind: string
    about: string
    day?: string
    /** whom it is about, where that is another unit: an inspection, an evaluation */
    of?: string
    replaces?: number
    content: SupervisionContent
  },
): Promise<{ entry: number } | Refusal> {
  const { pack, unitNum } = system.reference
  if (!isSupervisionKind(of.kind)) return refuse('bad-request', { field: 'kind' })
  if (!isAbout(pack, of.kind, of.about)) return refuse('not-found', { field: 'about' })
  const missing = NEEDS[of.kind].find((field) => !isSaid(of.content, field))
  if (missing !== undefined) return refuse('step-says-too-little', { field: missing })
  const named = of.of ?? of.unit
  const unit = unitNum.get(named)
  if (unit === undefined) return refuse('unknown-unit', { field: 'of' })
  const task = pack.tasks.find(({ id }) => id === of.about)
  if (task && of.kind === 'progress' && !unitsOf(pack, [...task.lead, ...(task.joint ?? [])]).includes(named))
    return refuse('not-allowed', { field: 'about', rule: task.id })
  const day = of.day ?? today(system)
  if (day > today(system)) return refuse('date-in-future', { field: 'day' })
  const num = await addSupervision(system.pool, { ...of, unit, day })
  return num === null ? refuse('not-allowed') : { entry: num }
}
