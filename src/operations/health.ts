import { readLedgerLag } from '#store/health.ts'
import type { System } from './system.ts'

export type Health = {
  status: 'ok' | 'down'
  database: 'ok' | 'down'
  pack: { id: string; version: string; layers: string[] }
  /** seconds since the newest checkpoint of the ledger was signed; absent before the first */
  ledger?: { size: number; seconds: number }
}

/** What an operator, or a load balancer, wants to know first. Nothing in it is personal. */
export async function checkHealth(system: System): Promise<Health> {
  const { id, version, layers } = system.reference.pack
  try {
    const ledger = await readLedgerLag(system.pool)
    return { status: 'ok', database: 'ok', pack: { id, version, layers }, ...(ledger ? { ledger } : {}) }
  } catch {
    return { status: 'down', database: 'down', pack: { id, version, layers } }
  }
}
