import {
  addIncidentStep,
  getIncident,
  listIncidents,
  listUnusual,
  openIncident,
  reviewUnusual,
} from '#operations/review.ts'
import { simulateStored } from '#operations/simulate.ts'
import type { Handlers } from '../handler.ts'

export const reviewRoutes: Handlers<
  'simulate' | 'unusual' | 'reviewUnusual' | 'incidents' | 'openIncident' | 'addIncidentStep' | 'incident'
> = {
  simulate: ({ system, session, body }) =>
    simulateStored(system, { actor: session.account, unit: session.unit, roles: session.roles, ...body }),
  unusual: async ({ system, session, query }) => ({
    flags: await listUnusual(system, { actor: session.account, ...query }),
  }),
  reviewUnusual: ({ system, session, body }) => reviewUnusual(system, { actor: session.account, ...body }),
  incidents: async ({ system, session }) => ({ incidents: await listIncidents(system, session.account) }),
  openIncident({ system, session, body }) {
    const { actor: suspect, ...incident } = body
    return openIncident(system, { actor: session.account, suspect, ...incident })
  },
  addIncidentStep: ({ system, session, params, body }) =>
    addIncidentStep(system, { actor: session.account, num: params.num, ...body }),
  incident: ({ system, session, params }) => getIncident(system, { actor: session.account, num: params.num }),
}
