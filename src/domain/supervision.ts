import { unitMatches } from './catalog.ts'
import type { Pack, PackUnit } from './pack.ts'
import type { Task } from './pack-plan.ts'
import type { Text } from './refusal.ts'

/** Tasks of the policy documents under supervision (R52–R55): what a row may be about, and the fold of a task's rows. */

export const SUPERVISION_KINDS = [
  'progress',
  'evidence',
  'inspection',
  'evaluation',
  'accountability',
  'meeting',
  'decision',
  'fund',
  'training',
  'register',
  'indicator',
  'activity',
  'follow-up',
  'closing',
] as const
export type SupervisionKind = (typeof SUPERVISION_KINDS)[number]
export const isSupervisionKind = (text: string): text is SupervisionKind =>
  SUPERVISION_KINDS.some((kind) => kind === text)

/** What one row says; which fields a kind needs is in NEEDS. Money in yuan, points and counts as numbers. */
export type SupervisionContent = {
  text?: string
  state?: 'under-way' | 'done' | 'blocked'
  by?: 'inspection' | 'third-party'
  year?: number
  scores?: { title: string; points: number; of: number }[]
  amount?: number
  stage?: 'allocated' | 'spent'
  /** the task that money is for */
  task?: string
  people?: number
  hours?: number
  /** of an examination: how many passed */
  passed?: number
  count?: number
  value?: string
  present?: string[]
  /** by when what was decided or asked for is to be done */
  due?: string
  /** number of a document, and where it can be read */
  document?: string
  link?: string
}
export type SupervisionEntry = {
  num: number
  kind: SupervisionKind
  about: string
  unit: string
  day: string
  replaces: number | undefined
  /** the row this one belongs to: a decision to its meeting, an answer to what was asked */
  follows?: number | undefined
  content: SupervisionContent
}

/** What a unit says in its own name; everything else its office says. */
export const OWN_KINDS: readonly SupervisionKind[] = ['progress', 'evidence', 'training', 'activity', 'follow-up']

export const NEEDS: Readonly<Record<SupervisionKind, readonly (keyof SupervisionContent)[]>> = {
  progress: ['state', 'text'],
  evidence: ['text'],
  inspection: ['year', 'text'],
  evaluation: ['year', 'by', 'scores'],
  accountability: ['text'],
  meeting: ['text', 'present'],
  decision: ['text'],
  fund: ['amount', 'year', 'stage', 'text'],
  training: ['people', 'hours', 'text'],
  register: ['count'],
  indicator: ['value'],
  activity: ['people', 'text'],
  'follow-up': ['state', 'text'],
  closing: ['text'],
}

type AboutSection = 'tasks' | 'bodies' | 'funds' | 'programmes' | 'keyGroups' | 'indicators' | 'sheets' | 'campaigns'
type AboutPack = { [section in AboutSection]?: readonly { id: string }[] }

/** The sections of the pack that the `about` of a kind is an id of. What follows a row is about the same as that row. */
const ABOUT: Readonly<Record<SupervisionKind, readonly AboutSection[]>> = {
  progress: ['tasks'],
  evidence: ['tasks'],
  inspection: ['tasks', 'sheets'],
  evaluation: ['tasks', 'sheets'],
  accountability: ['tasks', 'sheets'],
  meeting: ['bodies'],
  decision: ['bodies'],
  fund: ['funds'],
  training: ['programmes'],
  register: ['keyGroups'],
  indicator: ['indicators'],
  activity: ['campaigns', 'programmes'],
  'follow-up': ['bodies', 'tasks', 'sheets'],
  closing: ['bodies', 'tasks', 'sheets'],
}

/** Is there such a task, body, fund, programme, group, sheet or indicator in the pack? */
export const isAbout = (pack: AboutPack, kind: SupervisionKind, about: string): boolean =>
  ABOUT[kind].some((section) => pack[section]?.some(({ id }) => id === about))

/** Rows in force: those that no later row replaces. */
export function inEffect<entry extends Pick<SupervisionEntry, 'num' | 'replaces'>>(entries: readonly entry[]): entry[] {
  const replaced = new Set(entries.map(({ replaces }) => replaces))
  return entries.filter(({ num }) => !replaced.has(num))
}

export type TaskState = 'done' | 'under-way' | 'blocked' | 'not-begun'
export type TaskView = {
  id: string
  document: string
  number: string
  title: Text
  due: { date: string; what?: Text | undefined }[]
  continuing: boolean
  lead: string[]
  joint: string[]
  state: TaskState
  /** the next deadline not yet met, and how many days are left; negative: late */
  next: { date: string; days: number } | undefined
  late: boolean
  last: SupervisionEntry | undefined
}

const daysBetween = (from: string, until: string): number =>
  Temporal.PlainDate.from(from).until(until, { largestUnit: 'days' }).days

/** Who carries on for a unit on a day: itself, or where it was abolished its successor, and that one's. */
export function heirOf(pack: Pick<Pack, 'units'>, id: string, day: string): string {
  const seen = new Set<string>()
  for (let at = id; ;) {
    const unit = pack.units.find((one) => one.id === at)
    if (unit?.until === undefined || unit.until > day || unit.successor === undefined || seen.has(at)) return at
    seen.add(at)
    at = unit.successor
  }
}

/** Units of a pack named by ids, `kind:…` or `*`, as they are on a day: a duty passes to the successor (R52). */
export const unitsOf = (pack: Pick<Pack, 'units'>, patterns: readonly string[], day: string): string[] => [
  ...new Set(
    // in the order of the document: who is named first leads
    patterns.flatMap((pattern) =>
      pack.units.filter((unit) => unitMatches(pattern, unit)).map(({ id }) => heirOf(pack, id, day)),
    ),
  ),
]

type Given = Pick<Pack, 'units'> & Partial<Pick<Pack, 'documents' | 'jurisdictions' | 'kinds'>>

/**
 * The units that a task is given to. What the document of a place says of `*` and `kind:…` it says of the units of that place:
 * 各部门 are its departments, and the government of a district only where it says so (各区人民政府).
 */
export function unitsOfTask(
  pack: Given,
  task: Pick<Task, 'document' | 'lead' | 'joint'>,
  day: string,
): { lead: string[]; joint: string[] } {
  const layer = pack.documents?.find(({ id }) => id === task.document)?.layer
  const isPlace = pack.jurisdictions?.some(({ id }) => id === layer) === true
  const places = new Set(pack.kinds?.filter(({ place }) => place).map(({ id }) => id))
  const own = isPlace ? pack.units.filter((unit) => (unit.namedIn ?? unit.layer) === layer) : pack.units
  const departments = isPlace ? own.filter(({ kind }) => !places.has(kind)) : own
  const isNamed = (pattern: string, unit: PackUnit): boolean =>
    pattern === '*'
      ? departments.includes(unit)
      : pattern.startsWith('kind:')
        ? own.includes(unit) && unitMatches(pattern, unit)
        : unit.id === pattern
  const named = (patterns: readonly string[]): string[] => {
    const ids = pack.units.filter((unit) => patterns.some((pattern) => isNamed(pattern, unit))).map(({ id }) => id)
    return [...new Set(ids.map((id) => heirOf(pack, id, day)))]
  }
  return { lead: named(task.lead), joint: named(task.joint ?? []) }
}

/**
 * A task as it stands on a day: done when a lead unit says so, blocked when one does, late when a deadline has passed and
 * it is not done. The newest row counts. `within`: as it stands in one place, by what the units there say; where none of them
 * leads, by those that take part.
 */
export function foldTask(
  pack: Given,
  task: Task,
  entries: readonly SupervisionEntry[],
  today: string,
  within: ReadonlySet<string> | 'all' = 'all',
): TaskView {
  const { lead, joint } = unitsOfTask(pack, task, today)
  const isHere = (unit: string) => within === 'all' || within.has(unit)
  const answerable = lead.some(isHere) ? lead.filter(isHere) : joint.filter(isHere)
  const said = inEffect(entries)
    .filter((one) => one.kind === 'progress' && one.about === task.id && one.day <= today && isHere(one.unit))
    .toSorted((a, b) => (a.day === b.day ? a.num - b.num : a.day < b.day ? -1 : 1))
  const own = said.filter(({ unit }) => answerable.includes(heirOf(pack, unit, today)))
  const state: TaskState = own.at(-1)?.content.state ?? (said.length > 0 ? 'under-way' : 'not-begun')
  const due = task.due ?? []
  // the first deadline that still lies ahead; once all are past, the last one, which is then missed
  const dates = due.map(({ date }) => date).toSorted()
  const next = state === 'done' ? undefined : (dates.find((date) => date >= today) ?? dates.at(-1))
  return {
    id: task.id,
    document: task.document,
    number: task.number,
    title: task.title,
    due: due.map(({ date, what }) => ({ date, what })),
    continuing: task.continuing === true,
    lead,
    joint,
    state,
    next: next === undefined ? undefined : { date: next, days: daysBetween(today, next) },
    late: next !== undefined && next < today,
    last: said.at(-1),
  }
}

/**
 * How one unit stands with a task it shares with others, on a day: as it said last itself; else done where the task is.
 * Nobody is blocked by what another unit says.
 */
export function stateOfUnit(
  task: TaskView,
  unit: string,
  entries: readonly SupervisionEntry[],
  today: string,
): TaskState {
  if (task.state === 'done') return 'done'
  const own = inEffect(entries)
    .filter((one) => one.kind === 'progress' && one.about === task.id && one.unit === unit && one.day <= today)
    .toSorted((a, b) => (a.day === b.day ? a.num - b.num : a.day < b.day ? -1 : 1))
  return own.at(-1)?.content.state ?? 'not-begun'
}

/** Sum of a scoring sheet, in hundredths of what could be had. */
export function scoreOf(scores: readonly { points: number; of: number }[]): number {
  const points = scores.reduce((sum, one) => sum + one.points, 0)
  const of = scores.reduce((sum, one) => sum + one.of, 0)
  return of === 0 ? 0 : Math.round((points / of) * 10_000) / 100
}
