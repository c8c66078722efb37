import { findTerm } from '#domain/case.ts'
import { isOffice, placesSeen } from '#domain/jurisdiction.ts'
import { addPeriod } from '#domain/period.ts'
import { isRefusal } from '#domain/refusal.ts'
import type { Text } from '#domain/refusal.ts'
import { foldDuties } from '#domain/supervision-sums.ts'
import { isIn, scopeOf } from '../places.ts'
import { nameOfUnit, today, type System } from '../system.ts'
import { listTasks, readEntries } from './tasks.ts'

type Named = { id: string; name: Text }
export type Reminder = {
  kind: 'task' | 'decision' | 'accountability'
  /** the task, or what the row is about */
  about: string
  entry?: number
  title: Text
  units: Named[]
  due?: string
  /** days left; negative: late */
  days?: number
  late: boolean
  /** of the reader's own unit; else it has come to the office because it is late, or answered and waits to be closed */
  own: boolean
  answered: boolean
}

const ZERO: Text = { zh: '', en: '' }
const daysUntil = (from: string, until: string): number =>
  Temporal.PlainDate.from(from).until(until, { largestUnit: 'days' }).days

/**
 * What a unit has to do by when (R52): its tasks that are late or due within the time of the pack (`task-reminder`), and
 * what meetings and inspections asked of it. For the office also what is late anywhere in its place and in those it oversees, and what waits to be closed. Read,
 * not run: it is right with every job stopped. Most urgent first.
 */
export async function listReminders(
  system: System,
  of: { actor: number; unit: string; roles: readonly string[]; within?: number },
): Promise<{ day: string; within: string; reminders: Reminder[] }> {
  const { pack, unitNum } = system.reference
  const day = today(system)
  const office = of.roles.includes('admin') && isOffice(pack, of.unit)
  const places = placesSeen(pack, of.unit)
  const term = findTerm(pack, 'task-reminder', day)
  const within =
    of.within === undefined
      ? term === undefined
        ? day
        : addPeriod(day, term.period)
      : Temporal.PlainDate.from(day).add({ days: of.within }).toString()
  const named = (id: string): Named => nameOfUnit(system, unitNum.get(id) ?? 0)
  // each place's tasks as they stand there; the own place first
  const scopes = places.length < 2 ? [scopeOf(system, of)] : places.map(({ id }) => scopeOf(system, of, id))
  const listed = await Promise.all(
    scopes.flatMap((scope) =>
      isRefusal(scope)
        ? []
        : listTasks(system, { reader: of, scope }).then((all) => all.map((task) => ({ task, scope }))),
    ),
  )
  const tasks = listed.flat().flatMap(({ task, scope }): Reminder[] => {
    const own = task.lead.includes(of.unit) && isIn(scope, of.unit)
    if (!task.next || !(own ? task.next.date <= within : office && task.late)) return []
    const { date: due, days } = task.next
    const { id: about, title, late } = task
    return [
      {
        kind: 'task',
        about,
        title,
        units: task.lead.filter((unit) => isIn(scope, unit)).map(named),
        due,
        days,
        late,
        own,
        answered: false,
      },
    ]
  })
  const duties = foldDuties(await readEntries(system, of), day).flatMap(({ entry, state, due, late }): Reminder[] => {
    const own = entry.unit === of.unit && state === 'open'
    if (entry.kind !== 'decision' && entry.kind !== 'accountability') return []
    if (!own && !(office && (late || state === 'answered'))) return []
    const rules: readonly { id: string; name?: Text; title?: Text }[] = [
      ...pack.bodies,
      ...pack.tasks,
      ...(pack.sheets ?? []),
    ]
    const rule = rules.find(({ id }) => id === entry.about)
    return [
      {
        kind: entry.kind,
        about: entry.about,
        entry: entry.num,
        title: rule?.name ?? rule?.title ?? ZERO,
        units: [named(entry.unit)],
        ...(due === undefined ? {} : { due, days: daysUntil(day, due) }),
        late,
        own,
        answered: state === 'answered',
      },
    ]
  })
  const last = Number.MAX_SAFE_INTEGER
  const reminders = [...tasks, ...duties].toSorted(
    (a, b) => Number(b.own) - Number(a.own) || (a.days ?? last) - (b.days ?? last),
  )
  return { day, within, reminders }
}
