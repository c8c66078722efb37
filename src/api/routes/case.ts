import { isRefusal, refuse } from '#domain/refusal.ts'
import { parsePersonId } from '#operations/case-id.ts'
import { startOwnCase, stepCaseAtDesk, stepOwnCase } from '#operations/case-act.ts'
import { listOwnCases, listQueue, openCaseAtDesk, type Reader } from '#operations/case-view.ts'
import type { Session } from '#operations/sign-in.ts'
import type { Handlers } from '../handler.ts'

type Names = 'myCases' | 'startMyCase' | 'stepMyCase' | 'caseQueue' | 'openCase' | 'stepCase'

/** Oneself, or whom one stands for: whether one does is for the database to say. */
const subjectOf = (own: string, of: string | undefined): string => (of === undefined ? own : parsePersonId(of))
const readerOf = ({ account, subject, unit, roles }: Session): Reader => ({ account, subject, unit, roles })

/** Cases, the person's and the desk's: what may be done is in the case itself. */
export const caseRoutes: Handlers<Names> = {
  myCases: async ({ system, session, query }) =>
    session.subject === undefined
      ? refuse('not-allowed')
      : { cases: await listOwnCases(system, { ...readerOf(session), subject: subjectOf(session.subject, query.for) }) },
  startMyCase: ({ system, session, body }) =>
    session.subject === undefined
      ? refuse('not-allowed')
      : startOwnCase(system, { ...readerOf(session), subject: subjectOf(session.subject, body.for) }, body),
  stepMyCase: ({ system, session, params, body }) => stepOwnCase(system, readerOf(session), { ...body, ...params }),
  caseQueue: async ({ system, session, query }) => ({
    cases: await listQueue(system, { actor: session.account, ...query }),
  }),
  openCase: async ({ system, session, params }) => {
    const opened = await openCaseAtDesk(system, readerOf(session), params.case)
    if (isRefusal(opened)) return opened
    const { rows: _, ...shown } = opened
    return shown
  },
  stepCase: ({ system, session, params, body }) => stepCaseAtDesk(system, readerOf(session), { ...body, ...params }),
}
