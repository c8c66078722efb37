import { refuse } from '#domain/refusal.ts'
import { readOwnArchive } from '#operations/archive.ts'
import { giveConsent, listConsents, withdrawConsent } from '#operations/consent.ts'
import { listOwnAccesses } from '#operations/own-accesses.ts'
import { readOwnData } from '#operations/own-data.ts'
import type { Handlers } from '../handler.ts'

type Names = 'myArchive' | 'myAccesses' | 'myConsents' | 'giveConsent' | 'withdrawConsent' | 'myData'

const DEFAULT_LIMIT = 50

/** A person's own pages: whose they are comes from the session and from nowhere else (G12). */
export const myRoutes: Handlers<Names> = {
  myArchive: ({ system, session: { account, subject }, query }) =>
    subject === undefined ? refuse('not-allowed') : readOwnArchive(system, { actor: account, subject, at: query.at }),
  myAccesses: ({ system, session, query }) =>
    listOwnAccesses(system, { actor: session.account, before: query.before, limit: query.limit ?? DEFAULT_LIMIT }),
  myConsents: async ({ system, session: { subject } }) =>
    subject === undefined ? refuse('not-allowed') : { consents: await listConsents(system, subject) },
  giveConsent: ({ system, session: { subject }, body }) =>
    subject === undefined ? refuse('not-allowed') : giveConsent(system, { ...body, subject }),
  withdrawConsent: ({ system, session: { subject }, params }) =>
    subject === undefined ? refuse('not-allowed') : withdrawConsent(system, { ...params, subject }),
  myData: ({ system, session: { account, subject } }) =>
    subject === undefined ? refuse('not-allowed') : readOwnData(system, { account, subject }),
}
