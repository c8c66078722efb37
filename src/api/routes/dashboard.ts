import { isRefusal } from '#domain/refusal.ts'
import { readDashboard } from '#operations/dashboard.ts'
import { scopeOf } from '#operations/places.ts'
import { reachOf } from '#operations/submissions.ts'
import type { Handlers } from '../handler.ts'

export const dashboardRoutes: Handlers<'dashboard'> = {
  dashboard({ system, session, query: { of, ...period } }) {
    const scope = scopeOf(system, session, of)
    if (isRefusal(scope)) return scope
    const reach = reachOf(system, session)
    // whoever oversees reads a place at a time; the others their unit
    const isOne = scope.units !== 'all' && (reach === 'all' || reach.units.length > 1)
    const here = isOne ? { units: [...scope.units] } : reach
    return readDashboard(system, { actor: session.account, reach: here, ...period })
  },
}
