import { refuse } from '#domain/refusal.ts'
import { findLogKey } from '#operations/ledger-log.ts'
import { getCheckpoint, proveGrowth } from '#operations/ledger-proof.ts'
import { countWithheld } from '#operations/own-accesses.ts'
import { listPublicContents } from '#operations/public/content.ts'
import { listPublicLists, readPublicList } from '#operations/public/lists.ts'
import { getPublicOrganisation, listPublicRecords, searchPublic } from '#operations/public/records.ts'
import { readStatistics } from '#operations/public/statistics.ts'
import { followTip, sendTip } from '#operations/public/tips.ts'
import type { Handlers } from '../handler.ts'

type Names =
  | 'withheldCount'
  | 'checkpoint'
  | 'ledgerKey'
  | 'consistency'
  | 'publicRecords'
  | 'publicOrganisations'
  | 'publicOrganisation'
  | 'publicLists'
  | 'publicList'
  | 'publicStatistics'
  | 'publicContents'
  | 'fileTip'
  | 'tipStatus'

export const publicRoutes: Handlers<Names> = {
  withheldCount: async ({ system }) => ({ withheld: await countWithheld(system) }),
  checkpoint: ({ system }) => getCheckpoint(system.pool),
  ledgerKey: async ({ system }) => (await findLogKey(system.pool)) ?? refuse('not-found'),
  consistency: ({ system, query }) => proveGrowth(system.pool, query.from, query.to),
  publicRecords: ({ system, query }) => listPublicRecords(system, query),
  publicOrganisations: async ({ system, body }) => ({ organisations: await searchPublic(system, body.text) }),
  publicOrganisation: ({ system, params }) => getPublicOrganisation(system, params.code),
  publicLists: async ({ system }) => ({ lists: await listPublicLists(system) }),
  publicList: ({ system, params, query }) => readPublicList(system, params.list, query.page),
  publicStatistics: ({ system }) => readStatistics(system),
  publicContents: async ({ system, query }) => ({ contents: await listPublicContents(system, query.kind) }),
  fileTip: ({ system, body }) => sendTip(system, body),
  tipStatus: ({ system, body }) => followTip(system, body.code),
}
