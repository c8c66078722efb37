import type pg from 'pg'
import { readBody, readLayout } from '#domain/record-layout.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { sealAction } from '#store/action-seal.ts'
import { readTermValues } from '#store/archive.ts'
import { makeHmac } from '#store/cipher.ts'
import { readCompact } from '#store/compact-text.ts'
import { withClient } from '#store/db.ts'
import { eraseRecord, readForErasure, readPackNums } from '#store/erasure.ts'
import { readPacks, type RecordRow } from '#store/ledger-records.ts'
import { checkRecord, type Books } from './ledger-records.ts'
import { findRecordKey, type RecordName } from './record-key.ts'
import type { System } from './system.ts'

/**
 * Erases the content of one record, every version of it (PIPL 47): what was reported is gone from the row, the row and
 * the action stay as the proof that it was there and was removed (G11), and nobody is ever shown it again (G5, B14).
 * Done by an administrator within a matter, over the eraser's connection; reading it for the purpose is a look-up that
 * the person sees. The 32-byte content macs are kept, sealed, so that the ledger's sums still come out.
 *
 * The bytes as they lay in the table and its log go later: `vacuum` frees their place, `compact` overwrites it; write-ahead
 * log and backups hold them until they expire. Keys of backups that are to be unreadable are dropped by `keys rotate`.
 * Refuses with not-found where there is no such record or nothing of it is left, record-altered where a version is not
 * what was reported (its mac cannot be computed: find out first).
 */
export async function erase(
  system: System,
  eraser: pg.Pool,
  of: RecordName & { actor: number; matter: string; reason: string },
): Promise<{ erased: number; at: string } | Refusal> {
  const key = findRecordKey(system, of)
  if (isRefusal(key)) return key
  const rows = await readForErasure(eraser, { actor: of.actor, ...key, matter: of.matter })
  if (rows.length === 0) return refuse('not-found')
  const macs = await macsOf(system, rows)
  if (isRefusal(macs)) return macs
  const at = await withClient(eraser, (client) => {
    const sealed = sealAction(system.cipher, key.subject, key.nk, { reason: of.reason, macs })
    return eraseRecord(client, {
      actor: of.actor,
      ...key,
      pack: system.reference.packNum,
      versions: rows.length,
      sealed,
    })
  })
  return at === null ? refuse('not-allowed') : { erased: rows.length, at }
}

/** The content mac of every version, by version. */
async function macsOf(system: System, rows: RecordRow[]): Promise<Record<string, string> | Refusal> {
  const { reference } = system
  const packs = await readPackNums(system.pool, [...new Set(rows.map(({ submission }) => submission))])
  const books: Books = {
    packs: await readPacks(system.pool),
    terms: await readTermsOf(system, rows),
    units: new Map(reference.unitId),
    items: new Map(reference.itemOf),
    cipher: system.cipher,
    mac: makeHmac(system.keys.ledger),
    subjectKey: system.subjectKey,
    plans: new Map(),
  }
  const macs: Record<string, string> = {}
  for (const row of rows) {
    const checked = checkRecord(row, packs.get(row.submission) ?? -1, books)
    if ('why' in checked) return refuse('record-altered')
    macs[String(row.nk & 1023n)] = checked.mac.toString('base64')
  }
  return macs
}

async function readTermsOf(system: System, rows: RecordRow[]): Promise<Map<number, string>> {
  const nums = new Set<number>()
  for (const { item, body } of rows) {
    const stored = system.reference.itemOf.get(item)
    if (stored) readBody(readLayout(stored.layout), readCompact(body), (num) => (nums.add(num), ''))
  }
  return readTermValues(system.pool, [...nums])
}
