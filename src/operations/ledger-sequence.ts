import type pg from 'pg'
import { signCheckpoint } from '#domain/checkpoint.ts'
import { appendLeaves } from '#domain/merkle.ts'
import type { NoteSigner } from '#domain/note.ts'
import { withTransaction } from '#store/db.ts'
import type { Keys } from '#store/keys.ts'
import {
  findUnsequenced,
  getInstantBefore,
  getSize,
  insertBatch,
  insertCheckpoint,
  type LedgerRow,
  lockLedger,
  saveTiles,
  tileReader,
  tryLockLedger,
} from '#store/ledger.ts'
import { SOURCES, type Source } from '#store/ledger-sources.ts'
import { isReportWaiting } from '#store/report.ts'
import { makeLeaves } from '#store/ledger-leaf.ts'
import { keepCheckpoint } from './ledger-kept.ts'

export type SequenceContext = { pool: pg.Pool; keys: Keys; signer: NoteSigner }

/**
 * Which rows to take. `since` is how far back to look, in seconds, or '-infinity'. Nothing is taken until there are
 * `atLeast` rows or one has waited `patience` seconds: every batch costs a checkpoint, however small it is. `wait`: after
 * another sequencer's batch, in place of 'busy'.
 */
export type SequenceOptions = {
  since: number | '-infinity'
  atLeast?: number
  patience?: number
  limit?: number
  wait?: boolean
  /** these alone; every source if not given */
  sources?: readonly Source[]
}

const LIMIT = 10_000

/**
 * Puts one batch of committed rows into the tree and publishes a checkpoint: one transaction, so that a sequencer
 * killed at any point leaves the ledger as it was or with the whole batch. Returns how many rows it took; 'busy'
 * where another sequencer is at work. First the checkpoint of the batch before is kept beside the keys: it is committed
 * by now. Throws LedgerTurnedBack where the ledger does not continue what was kept: two histories are never signed.
 */
export function sequence(context: SequenceContext, options: SequenceOptions): Promise<number | 'busy'> {
  return withTransaction(context.pool, async (db) => {
    // A published checkpoint must survive the server: were it lost, the next one would contradict it.
    await db.query('set local synchronous_commit = on')
    const { since, atLeast = 1, patience = 0, limit = LIMIT, wait = false, sources = SOURCES } = options
    if (wait) await lockLedger(db)
    else if (!(await tryLockLedger(db))) return 'busy'
    await keepCheckpoint(db, context.keys, context.signer)
    const from = since === '-infinity' ? since : await getInstantBefore(db, since)
    const groups: LedgerRow[][] = []
    let count = 0
    for (const source of sources) {
      const rows = await findUnsequenced(db, source, from, limit - count)
      if (rows.length > 0) groups.push(rows)
      count += rows.length
    }
    const all = groups.flat()
    const waited = () => all.some((row) => row.age >= patience)
    // a report is made when its look-up is in the ledger: somebody stands there and waits
    const asked = () =>
      isReportWaiting(
        db,
        all.filter(({ source }) => source === 'access').map(({ num }) => num),
      )
    if (count === 0 || (count < atLeast && !waited() && !(await asked()))) return 0

    const toLeaf = makeLeaves(context.keys)
    const before = await getSize(db)
    let first = before
    for (const rows of groups) {
      await insertBatch(db, first, rows)
      first += rows.length
    }
    const leaves = Buffer.concat(groups.flat().map((row) => toLeaf(row).hash))
    const { size, root, tiles } = await appendLeaves(tileReader(db), before, leaves)
    await saveTiles(db, tiles)
    await insertCheckpoint(db, size, await signCheckpoint({ size, root }, context.signer))
    return count
  })
}

/**
 * Takes everything that waits, in as many batches as it needs; returns how many rows that were. Another sequencer's
 * batches are waited for: what it has not seen yet is taken here.
 */
export async function sequenceAll(
  context: SequenceContext,
  since: SequenceOptions['since'],
  sources?: readonly Source[],
): Promise<number> {
  let total = 0
  for (;;) {
    const count = await sequence(context, { since, wait: true, ...(sources ? { sources } : {}) })
    if (count === 'busy' || count === 0) return total
    total += count
  }
}
