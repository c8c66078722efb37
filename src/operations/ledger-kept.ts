import { verifyCheckpoint } from '#domain/checkpoint.ts'
import { rootOfTree } from '#domain/merkle.ts'
import type { NoteVerifier } from '#domain/note.ts'
import type { ReadTile } from '#domain/tile.ts'
import type { Queryable } from '#store/db.ts'
import type { Keys } from '#store/keys.ts'
import { findCheckpoint, tileReader } from '#store/ledger.ts'
import { keptPath, readKept, writeKept } from '#store/ledger-kept.ts'

/** A checkpoint that was kept outside the database, and where. */
export type Kept = { where: string; note: string }

/** The ledger in the database is not a continuation of the checkpoint that was kept: nothing may be signed on top of it. */
export class LedgerTurnedBack extends Error {
  override name = 'LedgerTurnedBack'
}

/** Whether the tree has this root at this size. */
export async function hasRoot(read: ReadTile, size: number, root: Uint8Array): Promise<boolean> {
  try {
    return Buffer.compare(await rootOfTree(read, size), root) === 0
  } catch {
    return false // a tile is missing or too short
  }
}

/** What is wrong with the ledger as seen from a kept checkpoint: it must be the beginning of the tree. */
export async function findKeptFault(
  read: ReadTile,
  size: number,
  log: NoteVerifier,
  { where, note }: Kept,
): Promise<{ size: number; why: string } | undefined> {
  const kept = await verifyCheckpoint(note, log)
  if ('fault' in kept) return { size: 0, why: `${where}: not a checkpoint of this ledger (${kept.fault})` }
  if (kept.size > size)
    return { size: kept.size, why: `${where}: signed for ${kept.size} leaves, and the ledger has ${size}: rolled back` }
  if (await hasRoot(read, kept.size, kept.root)) return undefined
  return {
    size: kept.size,
    why: `${where}: the ledger had another root at ${kept.size} leaves: rolled back and rewritten`,
  }
}

/** The checkpoint beside the keys, where there is one. */
export function findKept(keys: Keys): Kept | undefined {
  const note = readKept(keys)
  return note === undefined ? undefined : { where: keptPath(keys) ?? '', note }
}

/**
 * Keeps the newest committed checkpoint beside the keys, if it continues the one that is there; throws LedgerTurnedBack
 * where it does not. Never goes back. For whoever holds the ledger: then nobody else writes the file.
 */
export async function keepCheckpoint(db: Queryable, keys: Keys, log: NoteVerifier): Promise<void> {
  if (keptPath(keys) === undefined) return
  const newest = await findCheckpoint(db)
  const kept = findKept(keys)
  if (kept?.note === newest?.note) return
  const read = tileReader(db)
  const fault = kept && (await findKeptFault(read, newest?.size ?? 0, log, kept))
  if (fault) throw new LedgerTurnedBack(fault.why)
  if (!newest) return
  const own = await findKeptFault(read, newest.size, log, { where: 'ledger_checkpoint', note: newest.note })
  if (own) throw new LedgerTurnedBack(own.why)
  await writeKept(keys, newest.note)
}
