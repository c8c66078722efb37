import type pg from 'pg'
import { proveConsistency, proveInclusion } from '#domain/merkle.ts'
import { toBase64 } from '#domain/note.ts'
import { refuse, type Refusal } from '#domain/refusal.ts'
import { HASH_BYTES, parseTilePath } from '#domain/tile.ts'
import { withClient } from '#store/db.ts'
import type { Keys } from '#store/keys.ts'
import { findBatchOf, findCheckpoint, findOwnRow, rankIn, tileReader } from '#store/ledger.ts'
import type { Provable } from '#store/ledger-sources.ts'
import { makeLeaves } from '#store/ledger-leaf.ts'

/**
 * Everything that is needed to check one row, with `hashRow`, `verifyInclusion` and `verifyCheckpoint` or any other
 * RFC 6962 verifier: leaf hash = SHA-256(0x00 ‖ SHA-256(salt ‖ row)). `salt` is hexadecimal, hashes are base64.
 */
export type RowProof = { row: string; salt: string; index: number; size: number; hashes: string[]; checkpoint: string }

/** That the tree of `from` leaves is the beginning of the tree of `to` leaves, with both checkpoints as signed. */
export type GrowthProof = { from: number; to: number; hashes: string[]; checkpoints: [string, string] }

/**
 * Proves one row to whom it concerns: a look-up or action to the person, a submission to its unit.
 * `pending`: it is there, and waits for the sequencer. Refuses with not-found, for what is another's as for what is not.
 */
export function proveRow(
  context: { pool: pg.Pool; keys: Keys },
  request: { actor: number; source: Provable; num: bigint },
): Promise<RowProof | { pending: true } | Refusal> {
  return withClient(context.pool, async (db) => {
    const { actor, source, num } = request
    const row = await findOwnRow(db, source, actor, num)
    if (!row) return refuse('not-found')
    const checkpoint = await findCheckpoint(db)
    const batch = await findBatchOf(db, source, num, row.at)
    const index = batch && batch.first + rankIn(batch.ids, num)
    if (!checkpoint || index === undefined || index >= checkpoint.size) return { pending: true }
    const { text, salt } = makeLeaves(context.keys)(row)
    const { size, hashes } = await proveInclusion(tileReader(db), index, checkpoint.size)
    return {
      row: text,
      salt: salt.toString('hex'),
      index,
      size,
      hashes: hashes.map(toBase64),
      checkpoint: checkpoint.note,
    }
  })
}

/** Proves that nothing was rewritten between two checkpoints. Refuses with not-found where there is none of a size. */
export function proveGrowth(pool: pg.Pool, from: number, to?: number): Promise<GrowthProof | Refusal> {
  return withClient(pool, async (db) => {
    const [old, now] = [await findCheckpoint(db, from), await findCheckpoint(db, to)]
    if (!old || !now || old.size > now.size) return refuse('not-found')
    const hashes = await proveConsistency(tileReader(db), old.size, now.size)
    return { from: old.size, to: now.size, hashes: hashes.map(toBase64), checkpoints: [old.note, now.note] }
  })
}

/** The newest checkpoint, as published at `checkpoint`. */
export async function getCheckpoint(pool: pg.Pool): Promise<string | Refusal> {
  return (await findCheckpoint(pool))?.note ?? refuse('not-found')
}

/** The bytes published at `tile/<L>/<N>[.p/<W>]`. A partial tile stays readable when it has grown since. */
export async function getTile(pool: pg.Pool, path: string): Promise<Uint8Array | Refusal> {
  const tile = parseTilePath(path)
  if (!tile || tile.level > 6) return refuse('not-found')
  const bytes = await tileReader(pool)(tile.level, tile.index, tile.width)
  const length = tile.width * HASH_BYTES
  return bytes.length < length ? refuse('not-found') : bytes.subarray(0, length)
}
