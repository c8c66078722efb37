import { isRefusal, refuse } from '#domain/refusal.ts'
import { listBoard } from '#operations/listing/board.ts'
import { listCandidates, listLists } from '#operations/listing/lists.ts'
import { propose } from '#operations/listing/propose.ts'
import { aidInMatter, listOwnBenefits } from '#operations/measure/aid.ts'
import { listMeasures, listOwnMeasures } from '#operations/measure/measures.ts'
import type { Handlers } from '../handler.ts'

type Names = 'listingBoard' | 'myBenefits' | 'lists' | 'candidates' | 'propose' | 'measures' | 'myMeasures' | 'aid'

/** Lists, measures and incentives beside their cases. */
export const listingRoutes: Handlers<Names> = {
  lists: ({ system, session }) =>
    session.unit === undefined ? refuse('not-allowed') : { lists: listLists(system, session.unit) },
  candidates: async ({ system, session, params, query }) => {
    const found = await listCandidates(system, { actor: session.account, ...params, ...query })
    return isRefusal(found) ? found : { candidates: found }
  },
  listingBoard: async ({ system, session }) => ({ entries: await listBoard(system, session.account) }),
  propose: ({ system, session, body }) => {
    const { account, unit, roles } = session
    return unit === undefined ? refuse('not-allowed') : propose(system, { account, unit, roles }, body)
  },
  measures: ({ system, session }) => listMeasures(system, session.account),
  myMeasures: async ({ system, session }) =>
    session.subject === undefined
      ? refuse('not-allowed')
      : { measures: await listOwnMeasures(system, { actor: session.account, subject: session.subject }) },
  myBenefits: async ({ system, session }) => {
    if (session.subject === undefined) return refuse('not-allowed')
    const found = await listOwnBenefits(system, { actor: session.account, subject: session.subject })
    return isRefusal(found) ? found : { benefits: found }
  },
  aid: ({ system, session, params, body }) =>
    session.unit === undefined
      ? refuse('not-allowed')
      : aidInMatter(system, { actor: session.account, unit: session.unit, matter: params.number, ...body }),
}
