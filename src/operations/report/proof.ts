import type pg from 'pg'
import { proveInclusion } from '#domain/merkle.ts'
import type { ReportFacts } from '#domain/report-seal.ts'
import { HASH_BYTES, TILE_HASHES } from '#domain/tile.ts'
import { withClient } from '#store/db.ts'
import { findBatchOf, findCheckpointsAfter, rankIn, tileReader } from '#store/ledger.ts'

/**
 * That the look-up of a report stands in the ledger, under the first checkpoint that holds it: the same however often it
 * is asked for. The leaf is a salted commitment: what the row says is not in the report. Undefined: not sequenced yet.
 */
export function proveAccess(
  pool: pg.Pool,
  access: { num: bigint; at: string },
): Promise<ReportFacts['proof'] | undefined> {
  return withClient(pool, async (db) => {
    const batch = await findBatchOf(db, 'access', access.num, access.at)
    if (!batch) return undefined
    const index = batch.first + rankIn(batch.ids, access.num)
    const [checkpoint] = await findCheckpointsAfter(db, index, 1)
    if (!checkpoint) return undefined
    const read = tileReader(db)
    const { hashes } = await proveInclusion(read, index, checkpoint.size)
    const place = index % TILE_HASHES
    const tile = await read(0, Math.floor(index / TILE_HASHES), place + 1)
    const leaf = tile.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES)
    return { leaf, index, hashes, checkpoint: checkpoint.note }
  })
}
