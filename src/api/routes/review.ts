import { addIncidentStep, getIncident, listIncidents, listUnusual, openIncident } from '#operations/review.ts'
import type { Handlers } from '../handler.ts'

export const reviewRoutes: Handlers<'unusual' | 'incidents' | 'openIncident' | 'addIncidentStep' | 'incident'> = {
  unusual: async ({ system, session, query }) => ({
    flags: await listUnusual(system, { actor: session.account, ...query }),
  }),
  incidents: async ({ system, session }) => ({ incidents: await listIncidents(system, session.account) }),
  openIncident({ system, session, body }) {
    const { actor: suspect, ...incident } = body
    return openIncident(system, { actor: session.account, suspect, ...incident })
  },
  addIncidentStep: ({ system, session, params, body }) =>
    addIncidentStep(system, { actor: session.account, num: params.num, ...body }),
  incident: ({ system, session, params }) => getIncident(system, { actor: session.account, num: params.num }),
}
