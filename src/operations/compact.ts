import type pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { sqlState, withClient } from '#store/db.ts'
import {
  clusterRecords,
  readClusterProgress,
  sizeOfRecords,
  vacuumRecords,
  LOCK_NOT_AVAILABLE,
} from '#store/compact.ts'

export type CompactProgress = { phase: string; rows: number; bytes: number }

/**
 * Rewrites `record` in (subject, nk) order, so that a subject's records lie side by side and a look-up from a cold cache
 * reads one page instead of many (design, decision 2). One transaction of the database (CLUSTER): killed at any instant
 * the table is as it was; rows, grants, owner and indexes stay. It needs room for a second copy, and look-ups and
 * intake wait while it runs, so it belongs into a quiet hour; it begins only when nobody holds the table, and gives way
 * every few seconds until then. Returns how long the table was taken, in seconds.
 */
export async function compact(
  owner: pg.Pool,
  {
    onProgress,
    signal,
    patience = 5,
  }: { onProgress?: (progress: CompactProgress) => void; signal?: AbortSignal; patience?: number },
): Promise<{ seconds: number; before: number; after: number }> {
  const before = await sizeOfRecords(owner)
  const watch = new AbortController()
  const watching = onProgress && report(owner, onProgress, watch.signal)
  try {
    for (;;) {
      const start = performance.now()
      try {
        await withClient(owner, (client) => clusterRecords(client, patience))
        const seconds = (performance.now() - start) / 1000
        await withClient(owner, vacuumRecords)
        return { seconds, before, after: await sizeOfRecords(owner) }
      } catch (error) {
        if (sqlState(error) !== LOCK_NOT_AVAILABLE) throw error
        onProgress?.({ phase: 'waiting', rows: 0, bytes: before })
        await sleep(patience * 1000, undefined, { signal })
      }
    }
  } finally {
    watch.abort()
    await watching
  }
}

async function report(
  owner: pg.Pool,
  onProgress: (progress: CompactProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const progress = await readClusterProgress(owner).catch(() => undefined)
    if (progress && !signal.aborted) onProgress(progress)
    await sleep(500, undefined, { signal }).catch(() => undefined)
  }
}
