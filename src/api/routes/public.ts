import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { findLogKey } from '#operations/ledger-log.ts'
import { getCheckpoint, proveGrowth } from '#operations/ledger-proof.ts'
import { countWithheld } from '#operations/own-accesses.ts'
import { EVERYWHERE, scopeOfPlace, type Scope } from '#operations/places.ts'
import { listPublicContents } from '#operations/public/content.ts'
import { listPublicLists, readPublicList } from '#operations/public/lists.ts'
import { getPublicOrganisation, listPublicRecords, searchPublic } from '#operations/public/records.ts'
import { readStatistics } from '#operations/public/statistics.ts'
import { followTip, sendTip } from '#operations/public/tips.ts'
import type { System } from '#operations/system.ts'
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

/** What is read of one place, where one was chosen. */
async function inPlace<answer>(
  system: System,
  of: string | undefined,
  read: (scope: Scope) => Promise<answer>,
): Promise<answer | Refusal> {
  const scope = of === undefined ? EVERYWHERE : scopeOfPlace(system, of)
  return isRefusal(scope) ? scope : read(scope)
}

export const publicRoutes: Handlers<Names> = {
  withheldCount: async ({ system }) => ({ withheld: await countWithheld(system) }),
  checkpoint: ({ system }) => getCheckpoint(system.pool),
  ledgerKey: async ({ system }) => (await findLogKey(system.pool)) ?? refuse('not-found'),
  consistency: ({ system, query }) => proveGrowth(system.pool, query.from, query.to),
  publicRecords: ({ system, query: { of, ...query } }) =>
    inPlace(system, of, (scope) => listPublicRecords(system, { ...query, scope })),
  publicOrganisations: async ({ system, body }) => ({ organisations: await searchPublic(system, body.text) }),
  publicOrganisation: ({ system, params }) => getPublicOrganisation(system, params.code),
  publicLists: ({ system, query }) =>
    inPlace(system, query.of, async (scope) => ({ lists: await listPublicLists(system, scope) })),
  publicList: ({ system, params, query }) =>
    inPlace(system, query.of, (scope) => readPublicList(system, params.list, query.page, scope)),
  publicStatistics: ({ system, query }) => inPlace(system, query.of, (scope) => readStatistics(system, scope)),
  publicContents: async ({ system, query }) => ({ contents: await listPublicContents(system, query.kind) }),
  fileTip: ({ system, body }) => sendTip(system, body),
  tipStatus: ({ system, body }) => followTip(system, body.code),
}
