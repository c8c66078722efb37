import { refuse } from '#domain/refusal.ts'
import { makeBulletin } from '#operations/supervision/bulletin.ts'
import { addEntry, getTask, listTasks } from '#operations/supervision/tasks.ts'
import { nameOfUnit } from '#operations/system.ts'
import type { Handlers } from '../handler.ts'

/** The tasks of the policy documents and the bulletin: units, never people. */
export const supervisionRoutes: Handlers<'tasks' | 'task' | 'addEntry' | 'bulletin'> = {
  async tasks({ system }) {
    const tasks = await listTasks(system)
    const ids = new Set(tasks.flatMap(({ lead, joint }) => [...lead, ...joint]))
    const names = [...ids].map((id) => [id, nameOfUnit(system, system.reference.unitNum.get(id) ?? 0).name] as const)
    return { tasks, units: Object.fromEntries(names) }
  },
  task: ({ system, params }) => getTask(system, params.task),
  addEntry: ({ system, session, body }) =>
    session.unit === undefined
      ? refuse('not-allowed')
      : addEntry(system, { actor: session.account, unit: session.unit, ...body }),
  bulletin: ({ system, query }) => makeBulletin(system, query),
}
