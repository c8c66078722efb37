import { readDashboard } from '#operations/dashboard.ts'
import { reachOf } from '#operations/submissions.ts'
import type { Handlers } from '../handler.ts'

export const dashboardRoutes: Handlers<'dashboard'> = {
  dashboard: ({ system, session, query }) =>
    readDashboard(system, { actor: session.account, reach: reachOf(system, session), ...query }),
}
