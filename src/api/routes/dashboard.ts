import { readDashboard } from '#operations/dashboard.ts'
import type { Handlers } from '../handler.ts'
import { reachOf } from './submissions.ts'

export const dashboardRoutes: Handlers<'dashboard'> = {
  dashboard: ({ system, session, query }) =>
    readDashboard(system, { actor: session.account, reach: reachOf(session), ...query }),
}
