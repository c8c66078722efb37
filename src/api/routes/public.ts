import { refuse } from '#domain/refusal.ts'
import { findLogKey } from '#operations/ledger-log.ts'
import { getCheckpoint, proveGrowth } from '#operations/ledger-proof.ts'
import { countWithheld } from '#operations/own-accesses.ts'
import type { Handlers } from '../handler.ts'

export const publicRoutes: Handlers<'withheldCount' | 'checkpoint' | 'ledgerKey' | 'consistency'> = {
  withheldCount: async ({ system }) => ({ withheld: await countWithheld(system) }),
  checkpoint: ({ system }) => getCheckpoint(system.pool),
  ledgerKey: async ({ system }) => (await findLogKey(system.pool)) ?? refuse('not-found'),
  consistency: ({ system, query }) => proveGrowth(system.pool, query.from, query.to),
}
