import { refuse } from '#domain/refusal.ts'
import { lookUpArchive, readPastArchive } from '#operations/archive.ts'
import { closeMatter, listMatters, openMatter } from '#operations/matter.ts'
import { findOrganisations } from '#operations/organisation-search.ts'
import type { Handlers } from '../handler.ts'

export const lookUpRoutes: Handlers<
  'lookUp' | 'organisations' | 'pastArchive' | 'matters' | 'openMatter' | 'closeMatter'
> = {
  lookUp: ({ system, session, body }) =>
    lookUpArchive(system, { ...body, actor: session.account, unit: session.unit ?? '' }),
  organisations: ({ system, session, body }) =>
    findOrganisations(system, { ...body, actor: session.account, unit: session.unit ?? '' }),
  pastArchive: ({ system, session, body }) => readPastArchive(system, { actor: session.account, ...body }),
  async matters({ system, session }) {
    if (session.unit === undefined) return refuse('not-allowed')
    return { matters: await listMatters(system, session.unit) }
  },
  async openMatter({ system, session, body }) {
    if (session.unit === undefined) return refuse('not-allowed')
    return openMatter(system, { actor: session.account, unit: session.unit, ...body })
  },
  async closeMatter({ system, session, params }) {
    if (session.unit === undefined) return refuse('not-allowed')
    return closeMatter(system, { unit: session.unit, number: params.number })
  },
}
