import { refuse } from '#domain/refusal.ts'
import { acknowledge, listOverdueRecalls, listOwnRecalls, listRecalls } from '#operations/recall/recall.ts'
import type { Handlers } from '../handler.ts'

type Names = 'recalls' | 'acknowledgeRecall' | 'overdueRecalls' | 'myRecalls'

/** Recalls: the unit's, the operator's, the person's. */
export const recallRoutes: Handlers<Names> = {
  recalls: ({ system, session, query }) =>
    session.unit === undefined
      ? refuse('not-allowed')
      : listRecalls(system, { actor: session.account, unit: session.unit, ...query }),
  acknowledgeRecall: ({ system, session, params, body }) =>
    acknowledge(system, { actor: session.account, ...params, ...body }),
  overdueRecalls: async ({ system, session }) => ({ recalls: await listOverdueRecalls(system, session.account) }),
  myRecalls: async ({ system, session }) =>
    session.subject === undefined
      ? refuse('not-allowed')
      : { recalls: await listOwnRecalls(system, { actor: session.account, subject: session.subject }) },
}
