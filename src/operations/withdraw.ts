import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { sealAction } from '#store/action-seal.ts'
import { withdrawRecord } from '#store/archive.ts'
import { withClient } from '#store/db.ts'
import { findRecordKey, type RecordName } from './record-key.ts'
import type { System } from './system.ts'

/** The unit takes back a record it reported (R6): named by item, identifier and natural key, as it was sent. */
export async function withdraw(
  system: System,
  of: RecordName & { actor: number; reason: string },
): Promise<{ withdrawn: true; at: string } | Refusal> {
  const key = findRecordKey(system, of)
  if (isRefusal(key)) return key
  const at = await withClient(system.pool, (client) => {
    // sealed when the connection is there, so that no old key waits in a queue while keys are rotated
    const sealed = sealAction(system.cipher, key.subject, key.nk, { reason: of.reason })
    return withdrawRecord(client, { actor: of.actor, ...key, pack: system.reference.packNum, sealed })
  })
  return at === null ? refuse('not-found') : { withdrawn: true, at }
}
