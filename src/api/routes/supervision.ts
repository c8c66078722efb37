import { isRefusal, refuse } from '#domain/refusal.ts'
import { isIn, scopeOf } from '#operations/places.ts'
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
  async tasks({ system, session, query }) {
    const scope = scopeOf(system, session, query.of)
    if (isRefusal(scope)) return scope
    const tasks = await listTasks(system, { reader: { actor: session.account }, scope })
    const ids = new Set(tasks.flatMap(({ lead, joint }) => [...lead, ...joint]))
    const names = [...ids].map((id) => [id, nameOfUnit(system, system.reference.unitNum.get(id) ?? 0).name] as const)
    return { tasks, units: Object.fromEntries(names) }
  },
  task: ({ system, session, params }) =>
    getTask(system, { id: params.task, actor: session.account, unit: session.unit }),
  reminders: ({ system, session: { account, unit, roles }, query }) =>
    unit === undefined ? refuse('not-allowed') : listReminders(system, { actor: account, unit, roles, ...query }),
  supervisionPlan: async ({ system, session }) => readPlan(system, session),
  supervisionArea: ({ system, session, params }) => readArea(system, { actor: session.account, area: params.area }),
  addEntry: ({ system, session, body }) =>
    session.unit === undefined
      ? refuse('not-allowed')
      : addEntry(system, { actor: session.account, unit: session.unit, ...body }),
  async bulletin({ system, session, query: { of, ...query } }) {
    if (query.unit !== undefined && !findUnit(system.reference.pack, query.unit))
      return refuse('unknown-unit', { field: 'unit' })
    const scope = scopeOf(system, session, of)
    if (isRefusal(scope)) return scope
    if (query.unit !== undefined && !isIn(scope, query.unit)) return refuse('not-allowed', { field: 'unit' })
    return makeBulletin(system, { reader: { actor: session.account }, scope, ...query })
  },
  bulletins: async ({ system, session }) => ({ bulletins: await listBulletins(system, session.account) }),
  bulletinIssue: ({ system, session, params }) => getBulletin(system, { actor: session.account, num: params.num }),
  draftBulletin: ({ system, session, body }) =>
    draftBulletin(system, { actor: session.account, unit: session.unit, ...body }),
  decideBulletin: ({ system, session, params, body }) =>
    decideOnBulletin(system, { actor: session.account, ...params, ...body }),
}
