import {
  closeCounter,
  listPresentContacts,
  setPresentContactOf,
  issuePresentReport,
  listPresentCases,
  openCounter,
  readPresentArchive,
  startPresentCase,
  type Counter,
} from '#operations/counter.ts'
import type { Session } from '#operations/sign-in.ts'
import type { Handlers } from '../handler.ts'
import { reportAddress } from './report.ts'

type Names =
  | 'openCounter'
  | 'counterArchive'
  | 'counterCases'
  | 'counterStart'
  | 'counterReport'
  | 'counterContacts'
  | 'setCounterContact'
  | 'closeCounter'

const counterOf = ({ account, unit = '' }: Session): Counter => ({ account, unit })

/** The counter: for whom it acts is in its presence, which is in the database; no number stands in an address. */
export const counterRoutes: Handlers<Names> = {
  openCounter: ({ system, session, body }) => openCounter(system, counterOf(session), body),
  counterArchive: ({ system, session, params }) => readPresentArchive(system, counterOf(session), params),
  counterCases: ({ system, session, params }) => listPresentCases(system, counterOf(session), params),
  counterStart: ({ system, session, params, body }) =>
    startPresentCase(system, counterOf(session), { ...body, ...params }),
  counterReport: ({ system, session, params, body, request }) =>
    issuePresentReport(system, counterOf(session), { ...body, ...params, address: reportAddress(request) }),
  counterContacts: ({ system, session, params }) => listPresentContacts(system, counterOf(session), params),
  setCounterContact: ({ system, session, params, body }) =>
    setPresentContactOf(system, counterOf(session), { ...body, ...params }),
  closeCounter: ({ system, session, params }) => closeCounter(system, counterOf(session), params),
}
