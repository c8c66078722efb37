import type pg from 'pg'
import { verifyCheckpoint } from '#domain/checkpoint.ts'
import type { NoteVerifier } from '#domain/note.ts'
import { HASH_BYTES, type ReadTile, TILE_HASHES, tilePath, tileWidth } from '#domain/tile.ts'
import { withTransaction } from '#store/db.ts'
import type { Keys } from '#store/keys.ts'
import {
  type Batch,
  countOf,
  findBatchesFrom,
  findBatchRows,
  findCheckpoint,
  findCheckpointsAfter,
  findRowByNumber,
  findUnknown,
  getInstantBefore,
  getSize,
  type LedgerRow,
  numbersOf,
  tileReader,
} from '#store/ledger.ts'
import { noRows, type Source, SOURCES } from '#store/ledger-sources.ts'
import { type Leaf, makeLeaves } from '#store/ledger-leaf.ts'
import type { Finding } from './ledger-finding.ts'
import { findKept, findKeptFault, hasRoot, type Kept } from './ledger-kept.ts'
import { verifyRecords } from './ledger-records.ts'
import { findTileFault } from './ledger-tiles.ts'

export type LedgerReport = {
  size: number
  /** the newest checkpoint, as signed */
  checkpoint?: string
  /** which kept checkpoints it was compared with */
  comparedWith: string[]
  rows: Record<Source, number>
  records: number
  /** in the order of the tree, records last; the first is what was altered first. At most `limit`. */
  findings: Finding[]
}

export type VerifyOptions = {
  /** a connection that may read everything: the owner's */
  pool: pg.Pool
  keys: Keys
  log: NoteVerifier
  /** rows younger than this may still wait for the sequencer; seconds before the newest checkpoint */
  grace?: number
  /** checkpoints that somebody kept, beside the one that is kept beside the keys */
  kept?: readonly Kept[]
  limit?: number
  onProgress?: (done: { leaves: number; records: number }) => void
}

const HOUR = 3600
const BATCHES = 200

/**
 * Walks everything as of one instant: the checkpoints that were kept outside the database, signatures, every older checkpoint inside the newest, every tile, every leaf
 * recomputed from its row, rows that are in no batch, and every record against its mac and its submission's sums.
 */
export function verifyLedger(options: VerifyOptions): Promise<LedgerReport> {
  const { keys, log, grace = HOUR, limit = 100, onProgress } = options
  // read before the database is: what is kept then is never newer than what is there
  const ours = findKept(keys)
  const kept = [...(ours ? [ours] : []), ...(options.kept ?? [])]
  return withTransaction(options.pool, async (db) => {
    await db.query('set transaction isolation level repeatable read, read only')
    const findings: Finding[] = []
    const report: LedgerReport = {
      size: 0,
      comparedWith: kept.map(({ where }) => where),
      rows: noRows(),
      records: 0,
      findings,
    }
    const found = (finding: Finding): boolean => findings.push(finding) >= limit

    const read = keepTiles(tileReader(db))
    const newest = await findCheckpoint(db)
    report.size = newest?.size ?? (await getSize(db))
    report.checkpoint = newest?.note
    for (const one of kept) {
      const fault = await findKeptFault(read, report.size, log, one)
      if (fault) found({ kind: 'checkpoint', ...fault })
    }
    await checkCheckpoints(db, read, log, report.size, found)
    const fault = await findTileFault(read, report.size)
    if (fault) found({ kind: 'tile', ...fault })

    const toLeaf = makeLeaves(keys)
    let expected = 0
    for (;;) {
      const batches = await findBatchesFrom(db, expected, BATCHES)
      for (const batch of batches) {
        if (batch.first !== expected)
          found({ kind: 'batch', leaf: expected, why: `the next batch begins at leaf ${batch.first}` })
        expected = batch.first + batch.rows
        report.rows[batch.source] += batch.rows
        await checkBatch(db, batch, await leavesOf(read, batch, report.size), toLeaf, found)
        onProgress?.({ leaves: expected, records: 0 })
        if (findings.length >= limit) return report
      }
      if (batches.length === 0) break
    }
    if (expected !== report.size)
      found({ kind: 'batch', leaf: Math.min(expected, report.size), why: `batches end at leaf ${expected}` })
    if (newest) await checkUnknown(db, await getInstantBefore(db, grace, newest.at), limit, found)
    const alteredSubmissions = new Set(
      findings.flatMap((f) => ('table' in f && f.table === 'submission' ? [Number(f.num)] : [])),
    )
    report.records = await verifyRecords(db, keys, alteredSubmissions, found, (records) =>
      onProgress?.({ leaves: expected, records }),
    )
    findings.splice(limit)
    return report
  })
}

/** Every checkpoint: signed by the log, and the root of the tree as it was at that size. */
async function checkCheckpoints(
  db: pg.ClientBase,
  read: ReadTile,
  log: NoteVerifier,
  size: number,
  found: (f: Finding) => boolean,
) {
  for (let after = 0; after < size;) {
    const checkpoints = await findCheckpointsAfter(db, after, BATCHES)
    for (const { size: at, note } of checkpoints) {
      after = at
      const checkpoint = await verifyCheckpoint(note, log)
      if ('fault' in checkpoint) found({ kind: 'checkpoint', size: at, why: checkpoint.fault })
      else if (checkpoint.size !== at)
        found({ kind: 'checkpoint', size: at, why: `signed for ${checkpoint.size} leaves` })
      else if (!(await hasRoot(read, at, checkpoint.root)))
        found({ kind: 'checkpoint', size: at, why: 'the tiles have another root' })
    }
    if (checkpoints.length === 0) {
      found({ kind: 'checkpoint', size, why: 'missing' })
      return
    }
  }
}

/** The leaf hashes of a batch as the tiles have them; short where tiles are missing. */
async function leavesOf(read: ReadTile, { first, rows }: Batch, size: number): Promise<Buffer> {
  const start = Math.floor(first / TILE_HASHES)
  const tiles: Uint8Array[] = []
  for (let index = start; index * TILE_HASHES < first + rows; index++) {
    tiles.push(await read(0, index, tileWidth(0, index, size)))
  }
  return Buffer.concat(tiles).subarray((first - start * TILE_HASHES) * HASH_BYTES)
}

/** Every row of a batch: there, once, and with its leaf. */
async function checkBatch(
  db: pg.ClientBase,
  batch: Batch,
  leaves: Buffer,
  toLeaf: (row: LedgerRow) => Leaf,
  found: (f: Finding) => boolean,
): Promise<void> {
  const { source: table, ids, first } = batch
  if (countOf(ids) !== BigInt(batch.rows)) {
    found({ kind: 'batch', leaf: first, why: `${countOf(ids)} numbers for ${batch.rows} leaves` })
    return
  }
  const places = new Map(Array.from(numbersOf(ids), (num, i) => [num, i]))
  const seen = new Set<bigint>()
  for (const row of await findBatchRows(db, batch)) {
    const place = places.get(row.num) ?? 0
    const leaf = leaves.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES)
    const name = { table, num: String(row.num) }
    if (seen.has(row.num)) found({ kind: 'inserted', ...name })
    else if (leaf.compare(toLeaf(row).hash) !== 0) found({ kind: 'altered', ...name, leaf: first + place })
    seen.add(row.num)
  }
  for (const [num, place] of places) {
    if (seen.size === batch.rows) return
    if (seen.has(num)) continue
    // outside its batch's time: either gone, or its time was changed
    const kind = (await findRowByNumber(db, table, num)) ? 'altered' : 'deleted'
    if (found({ kind, table, num: String(num), leaf: first + place })) return
  }
}

/** Rows old enough to be in the tree that are not. */
async function checkUnknown(
  db: pg.ClientBase,
  until: string,
  limit: number,
  found: (f: Finding) => boolean,
): Promise<void> {
  for (const source of SOURCES) {
    for (const row of await findUnknown(db, source, until, limit))
      found({ kind: 'inserted', table: source, num: String(row.num) })
  }
}

/** Tiles are asked for again and again, leaf after leaf and checkpoint after checkpoint; keeps the last hundred. */
function keepTiles(read: ReadTile): ReadTile {
  const kept = new Map<string, Uint8Array>()
  return async (level, index, width) => {
    const path = tilePath(level, index)
    const known = kept.get(path) ?? (await read(level, index, width))
    kept.delete(path)
    kept.set(path, known)
    if (kept.size > 100) kept.delete(kept.keys().next().value ?? '')
    return known
  }
}
