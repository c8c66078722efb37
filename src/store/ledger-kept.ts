import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Keys } from './keys.ts'
import { replaceFile } from './whole-file.ts'

/**
 * The last signed checkpoint, in a file beside the keys: outside the database, so that who has the database alone
 * cannot take the ledger back to an older one unseen (G11). Keys that come from no file have no such place.
 */
export const keptPath = (keys: Keys): string | undefined =>
  keys.path === undefined ? undefined : join(dirname(keys.path), 'checkpoint')

/** The note as it was kept; undefined where none was yet. */
export function readKept(keys: Keys): string | undefined {
  const path = keptPath(keys)
  if (path === undefined) return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Keeps a note in place of the one before; on disk when it returns. Whoever calls holds the ledger (tryLockLedger). */
export async function writeKept(keys: Keys, note: string): Promise<void> {
  const path = keptPath(keys)
  // what everybody may read at /ledger/checkpoint is no secret here
  if (path !== undefined) await replaceFile(path, note, 0o644)
}
