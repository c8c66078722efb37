import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { readOwnArchive } from '#operations/archive.ts'
import { giveConsent, listConsents, listWardConsents, withdrawConsent, type Consenting } from '#operations/consent.ts'
import { listOwnAccesses } from '#operations/own-accesses.ts'
import { parsePersonId } from '#operations/case-id.ts'
import { readOwnData } from '#operations/own-data.ts'
import type { Session } from '#operations/sign-in.ts'
import type { Handlers } from '../handler.ts'

type Names = 'myArchive' | 'myAccesses' | 'myConsents' | 'giveConsent' | 'withdrawConsent' | 'myData'

const DEFAULT_LIMIT = 50

/** Whose consent it is: the person's own, or that of a ward, for their guardian. */
const consenting = ({ account, subject }: Session, ward: string | undefined): Consenting | Refusal => {
  if (subject === undefined) return refuse('not-allowed')
  return ward === undefined ? { subject } : { subject: parsePersonId(ward), guardian: account }
}

/** A person's own pages: whose they are comes from the session and from nowhere else (G12). */
export const myRoutes: Handlers<Names> = {
  myArchive: ({ system, session: { account, subject }, query }) =>
    subject === undefined ? refuse('not-allowed') : readOwnArchive(system, { actor: account, subject, at: query.at }),
  myAccesses: ({ system, session, query }) =>
    listOwnAccesses(system, { actor: session.account, before: query.before, limit: query.limit ?? DEFAULT_LIMIT }),
  myConsents: async ({ system, session: { account, subject }, query }) => {
    if (subject === undefined) return refuse('not-allowed')
    const consents = query.for
      ? await listWardConsents(system, { guardian: account, subject: parsePersonId(query.for) })
      : await listConsents(system, subject)
    return isRefusal(consents) ? consents : { consents }
  },
  giveConsent({ system, session, body: { for: ward, ...body } }) {
    const whose = consenting(session, ward)
    return isRefusal(whose) ? whose : giveConsent(system, { ...body, ...whose })
  },
  withdrawConsent({ system, session, params, query }) {
    const whose = consenting(session, query.for)
    return isRefusal(whose) ? whose : withdrawConsent(system, { ...params, ...whose })
  },
  myData: ({ system, session: { account, subject } }) =>
    subject === undefined ? refuse('not-allowed') : readOwnData(system, { account, subject }),
}
