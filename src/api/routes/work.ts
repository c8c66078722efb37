import { readWork } from '#operations/work/work.ts'
import type { Handlers } from '../handler.ts'

export const workRoutes: Handlers<'work'> = {
  work: ({ system, session }) => readWork(system, session),
}
