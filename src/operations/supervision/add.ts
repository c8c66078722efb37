import { leadsFor } from '#domain/jurisdiction.ts'
import { refuse, type Refusal } from '#domain/refusal.ts'
import {
  isAbout,
  isSupervisionKind,
  NEEDS,
  OWN_KINDS,
  unitsOfTask,
  type SupervisionContent,
} from '#domain/supervision.ts'
import { addSupervision } from '#store/supervision.ts'
import { today, type System } from '../system.ts'

export type NewEntry = {
  actor: number
  unit: string
  kind: string
  about: string
  day?: string
  /** whom it is about, where that is another unit: an inspection, an evaluation, whoever has to act on a decision */
  of?: string
  replaces?: number
  /** the row it belongs to: the meeting of a decision, what an answer answers */
  follows?: number
  content: SupervisionContent
}

const isSaid = (content: SupervisionContent, field: keyof SupervisionContent): boolean => {
  const value = content[field]
  return typeof value === 'string' ? value.trim() !== '' : Array.isArray(value) ? value.length > 0 : value !== undefined
}

/** Why the content cannot stand, beyond what is missing: scores against the sheet, links, days, tasks and units it names. */
function judgeContent(
  { reference: { pack, unitNum } }: System,
  { kind, about, content }: NewEntry,
  day: string,
): Refusal | undefined {
  const { scores, link, due, task, present, people, passed } = content
  if (scores) {
    const sheet = kind === 'evaluation' ? (pack.sheets ?? []).find(({ id }) => id === about) : undefined
    const differs =
      sheet !== undefined &&
      (sheet.lines.length !== scores.length ||
        sheet.lines.some(({ title, of }, at) => title.zh !== scores[at]?.title || of !== scores[at].of))
    if (differs || scores.some(({ points, of }) => points > of))
      return refuse('sheet-lines', { field: 'scores', ...(sheet ? { rule: sheet.id } : {}) })
    if (sheet && sheet.by !== content.by) return refuse('sheet-lines', { field: 'by', rule: sheet.id })
  }
  if (link !== undefined && !(URL.canParse(link) && new URL(link).protocol === 'https:'))
    return refuse('link-not-secure', { field: 'link' })
  if (due !== undefined && due < day) return refuse('due-before', { field: 'due' })
  if (task !== undefined && !pack.tasks.some(({ id }) => id === task)) return refuse('not-found', { field: 'task' })
  if (present?.some((id) => !unitNum.has(id))) return refuse('unknown-unit', { field: 'present' })
  if (passed !== undefined && passed > (people ?? 0)) return refuse('bad-request', { field: 'passed' })
  return undefined
}

/** A unit says what it has done; the office of its place inspects, evaluates and keeps meetings, funds and registers. */
export async function addEntry(system: System, of: NewEntry): Promise<{ entry: number } | Refusal> {
  const { pack, unitNum } = system.reference
  if (!isSupervisionKind(of.kind)) return refuse('bad-request', { field: 'kind' })
  if (!isAbout(pack, of.kind, of.about)) return refuse('not-found', { field: 'about' })
  const missing = NEEDS[of.kind].find((field) => !isSaid(of.content, field))
  if (missing !== undefined) return refuse('step-says-too-little', { field: missing })
  const named = of.of ?? of.unit
  const unit = unitNum.get(named)
  if (unit === undefined) return refuse('unknown-unit', { field: 'of' })
  // what a unit says it says in its own name; the rest is its office's to say: of its place, or of one above that oversees it
  const speaks = OWN_KINDS.includes(of.kind) ? named === of.unit : leadsFor(pack, of.unit, named)
  if (!speaks) return refuse('not-allowed', { field: 'of' })
  const task = pack.tasks.find(({ id }) => id === of.about)
  const given = task && unitsOfTask(pack, task, today(system))
  if (task && given && of.kind === 'progress' && ![...given.lead, ...given.joint].includes(named))
    return refuse('not-allowed', { field: 'about', rule: task.id })
  const day = of.day ?? today(system)
  if (day > today(system)) return refuse('date-in-future', { field: 'day' })
  const wrong = judgeContent(system, of, day)
  if (wrong) return wrong
  const num = await addSupervision(system.pool, { ...of, unit, day })
  return num === null ? refuse('not-allowed') : { entry: num }
}
