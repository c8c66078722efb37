import { overseen } from '#domain/jurisdiction.ts'
import { refuse } from '#domain/refusal.ts'
import { addEntry } from '#operations/supervision/add.ts'
import { makeBulletin } from '#operations/supervision/bulletin.ts'
import { decideOnBulletin, draftBulletin, getBulletin, listBulletins } from '#operations/supervision/issue.ts'
import { readArea, readPlan } from '#operations/supervision/plan.ts'
import { listReminders } from '#operations/supervision/reminders.ts'
import { getTask, listTasks } from '#operations/supervision/tasks.ts'
import { findUnit, nameOfUnit } from '#operations/system.ts'
import type { Handlers } from '../handler.ts'

type Names =
  | 'tasks'
  | 'task'
  | 'reminders'
  | 'supervisionPlan'
  | 'supervisionArea'
  | 'addEntry'
  | 'bulletin'
  | 'bulletins'
  | 'bulletinIssue'
  | 'draftBulletin'
  | 'decideBulletin'

/** The tasks of the policy documents and the bulletin: units, never people. */
export const supervisionRoutes: Handlers<Names> = {
  async tasks({ system }) {
    const tasks = await listTasks(system)
    const ids = new Set(tasks.flatMap(({ lead, joint }) => [...lead, ...joint]))
    const names = [...ids].map((id) => [id, nameOfUnit(system, system.reference.unitNum.get(id) ?? 0).name] as const)
    return { tasks, units: Object.fromEntries(names) }
  },
  task: ({ system, params }) => getTask(system, params.task),
  reminders: ({ system, session: { unit, roles }, query }) =>
    unit === undefined ? refuse('not-allowed') : listReminders(system, { unit, roles, ...query }),
  supervisionPlan: async ({ system }) => readPlan(system),
  supervisionArea: ({ system, params }) => readArea(system, params.area),
  addEntry: ({ system, session, body }) =>
    session.unit === undefined
      ? refuse('not-allowed')
      : addEntry(system, { actor: session.account, unit: session.unit, ...body }),
  async bulletin({ system, session, query }) {
    if (query.unit !== undefined && !findUnit(system.reference.pack, query.unit))
      return refuse('unknown-unit', { field: 'unit' })
    const made = await makeBulletin(system, query)
    // the office of a district reads of its district; its city reads of every one
    const units = session.unit === undefined ? 'all' : overseen(system.reference.pack, session.unit)
    const within = ({ unit }: { unit: { id: string } }) => units === 'all' || units.includes(unit.id)
    return {
      ...made,
      quality: made.quality.filter(within),
      cases: made.cases.filter(within),
      tasks: made.tasks.filter(within),
    }
  },
  bulletins: async ({ system, session }) => ({ bulletins: await listBulletins(system, session.account) }),
  bulletinIssue: ({ system, session, params }) => getBulletin(system, { actor: session.account, num: params.num }),
  draftBulletin: ({ system, session, body }) => draftBulletin(system, { actor: session.account, ...body }),
  decideBulletin: ({ system, session, params, body }) =>
    decideOnBulletin(system, { actor: session.account, ...params, ...body }),
}
