import type { ReadTile, Tile } from '#domain/tile.ts'
import type { Queryable } from './db.ts'
import { expressionOf, LEDGER_SOURCES, type Provable, SOURCES, type Source } from './ledger-sources.ts'

/** A row as text: `columns` in the order of the source's table, null where null. `age` is its age in seconds. */
export type LedgerRow = { source: Source; num: bigint; at: string; age: number; columns: Map<string, string | null> }

/** One run of leaves: its k-th row is leaf `first` + k, `ids` being an int8multirange of their numbers. */
export type Batch = {
  first: number
  rows: number
  source: Source
  ids: string
  earliest: string
  latest: string
  at: string
}

const selectRows = (source: Source, from: string = LEDGER_SOURCES[source].from): string =>
  `select ${[
    't.num::text',
    't.at::text',
    'extract(epoch from clock_timestamp() - t.at)::float8',
    ...Object.entries(LEDGER_SOURCES[source].columns).map(([column, kind]) => expressionOf(column, kind)),
  ].join(', ')} from ${from} t`

async function findRows(
  db: Queryable,
  source: Source,
  where: string,
  values: unknown[],
  from?: string,
): Promise<LedgerRow[]> {
  const text = `${selectRows(source, from)} ${where}`
  const { rows } = await db.query<[string, string, number, ...(string | null)[]]>({ text, values, rowMode: 'array' })
  const names = Object.keys(LEDGER_SOURCES[source].columns)
  return rows.map(([num, at, age, ...texts]) => ({
    source,
    num: BigInt(num),
    at,
    age,
    columns: new Map(names.map((name, i) => [name, texts[i] ?? null])),
  }))
}

/** Rows from `since` on (a timestamp, or '-infinity') that no batch holds yet, lowest number first. */
export async function findUnsequenced(db: Queryable, source: Source, since: string, limit: number) {
  // the window of `at` is read by BRIN; the multirange is searched by bisection
  // the limit is inside, so that only the rows taken are written as text
  const from = `(
    select * from ${LEDGER_SOURCES[source].from} t
    where t.at >= $1::timestamptz and not t.num::bigint <@ (
      select coalesce(range_agg(r), '{}') from (
        select unnest(b.ids) r from xinheng.ledger_batch b where b.source = $2::smallint and b.latest >= $1::timestamptz
      ) seen)
    order by t.num limit $3::integer)`
  return findRows(db, source, 'order by t.num', [since, LEDGER_SOURCES[source].number, limit], from)
}

/** Rows up to `until` that no batch at all holds, oldest first: a row that came in behind the ledger's back. */
export async function findUnknown(db: Queryable, source: Source, until: string, limit: number) {
  const where = `where t.at <= $1::timestamptz and not t.num::bigint <@ (
      select coalesce(range_agg(r), '{}') from (
        select unnest(b.ids) r from xinheng.ledger_batch b where b.source = $2::smallint
      ) seen)
    order by t.at limit $3::integer`
  return findRows(db, source, where, [until, LEDGER_SOURCES[source].number, limit])
}

/** The rows of a batch as they stand now, in the order of its leaves. */
export async function findBatchRows(db: Queryable, batch: Batch): Promise<LedgerRow[]> {
  const where = `where t.at between $1::timestamptz and $2::timestamptz and t.num::bigint <@ $3::int8multirange order by t.num`
  return findRows(db, batch.source, where, [batch.earliest, batch.latest, batch.ids])
}

/** One row by number. Reads the whole table: for a row whose time cannot be trusted. */
export async function findRowByNumber(db: Queryable, source: Source, num: bigint): Promise<LedgerRow | undefined> {
  return (await findRows(db, source, 'where t.num = $1::bigint limit 1', [String(num)]))[0]
}

/** A row that concerns the actor: the person's own look-ups and actions, the unit's own submissions. Leaves its trace. */
export async function findOwnRow(db: Queryable, source: Provable, actor: number, num: bigint) {
  const from = `xinheng.own_${source}($1::integer, $2::bigint)`
  return (await findRows(db, source, '', [actor, String(num)], from))[0]
}

/** When the look-back of a restarted sequencer may begin: the newest row it holds, or '-infinity'. */
export async function findLatest(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ latest: string }>(
    `select coalesce(max(latest), '-infinity')::text latest from xinheng.ledger_batch`,
  )
  return rows[0]?.latest ?? '-infinity'
}

/** Sources of which the ledger holds nothing: empty, or new with this version. */
export async function findUnheard(db: Queryable): Promise<Source[]> {
  const { rows } = await db.query<{ source: number }>('select distinct source from xinheng.ledger_batch')
  return SOURCES.filter((source) => !rows.some((row) => row.source === LEDGER_SOURCES[source].number))
}

/** So many seconds before a time, or before now. */
export async function getInstantBefore(db: Queryable, seconds: number, time?: string): Promise<string> {
  const { rows } = await db.query<{ at: string }>(
    `select (coalesce($2::timestamptz, clock_timestamp()) - make_interval(secs => $1::float8))::text at`,
    [seconds, time],
  )
  return rows[0]?.at ?? '-infinity'
}

/** Seconds from a time to now. */
export async function getSecondsSince(db: Queryable, time: string): Promise<number> {
  const { rows } = await db.query<{ seconds: number }>(
    'select extract(epoch from clock_timestamp() - $1::timestamptz)::float8 seconds',
    [time],
  )
  return rows[0]?.seconds ?? 0
}

/** Takes the ledger for this transaction, after whoever has it now: a batch of another sequencer. */
export async function lockLedger(db: Queryable): Promise<void> {
  await db.query('select pg_advisory_xact_lock(7303)')
}

/** Takes the ledger for this transaction; false where another sequencer has it. */
export async function tryLockLedger(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ locked: boolean }>('select pg_try_advisory_xact_lock(7303) locked')
  return rows[0]?.locked ?? false
}

/** Leaves in the tree. */
export async function getSize(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ size: string }>(
    'select first + rows size from xinheng.ledger_batch order by first desc limit 1',
  )
  return Number(rows[0]?.size ?? 0)
}

/** Reads tiles for the tree functions of the domain; a missing tile is empty. */
export function tileReader(db: Queryable): ReadTile {
  return async (level, index) => {
    const { rows } = await db.query<{ bytes: Buffer }>(
      'select bytes from xinheng.ledger_tile where level = $1::smallint and index = $2::bigint',
      [level, index],
    )
    return rows[0]?.bytes ?? new Uint8Array(0)
  }
}

/** Adds tiles, or lets partial ones grow. */
export async function saveTiles(db: Queryable, tiles: Tile[]): Promise<void> {
  await db.query(
    `insert into xinheng.ledger_tile (level, index, bytes)
     select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])
     on conflict (level, index) do update set bytes = excluded.bytes`,
    [tiles.map((t) => t.level), tiles.map((t) => t.index), tiles.map((t) => Buffer.from(t.bytes))],
  )
}

/** Notes which rows became the leaves from `first` on. The rows are of one source, by rising number. */
export async function insertBatch(db: Queryable, first: number, rows: LedgerRow[]): Promise<void> {
  await db.query(
    `insert into xinheng.ledger_batch (first, rows, source, ids, earliest, latest)
     select $1::bigint, $2::integer, $3::smallint, $4::int8multirange, min(at), max(at)
     from unnest($5::timestamptz[]) at`,
    [
      first,
      rows.length,
      LEDGER_SOURCES[rows[0]?.source ?? 'access'].number,
      formatRuns(rows.map((r) => r.num)),
      rows.map((r) => r.at),
    ],
  )
}

/** Publishes a checkpoint with the transaction. */
export async function insertCheckpoint(db: Queryable, size: number, note: string): Promise<void> {
  await db.query('insert into xinheng.ledger_checkpoint (size, note) values ($1::bigint, $2::text)', [size, note])
}

/** The newest checkpoint, or the one of a size. */
export async function findCheckpoint(db: Queryable, size?: number) {
  const { rows } = await db.query<{ size: string; at: string; note: string }>(
    `select size, at::text, note from xinheng.ledger_checkpoint
     where size = $1::bigint or $1::bigint is null order by size desc limit 1`,
    [size],
  )
  return rows[0] && { ...rows[0], size: Number(rows[0].size) }
}

/** Checkpoints above a size, smallest first. */
export async function findCheckpointsAfter(db: Queryable, size: number, limit: number) {
  const { rows } = await db.query<{ size: string; note: string }>(
    'select size, note from xinheng.ledger_checkpoint where size > $1::bigint order by size limit $2::integer',
    [size, limit],
  )
  return rows.map((row) => ({ size: Number(row.size), note: row.note }))
}

/** Batches from a leaf on, in the order of the tree. */
export async function findBatchesFrom(db: Queryable, leaf: number, limit: number): Promise<Batch[]> {
  return findBatches(db, 'where first >= $1::bigint order by first limit $2::integer', [leaf, limit])
}

/** The batch that holds a row: the first that ended at or after the row's time is nearly always the one. */
export async function findBatchOf(db: Queryable, source: Source, num: bigint, at: string) {
  const where = `where source = $1::smallint and latest >= $2::timestamptz and ids @> $3::bigint order by latest limit 1`
  return (await findBatches(db, where, [LEDGER_SOURCES[source].number, at, String(num)]))[0]
}

async function findBatches(db: Queryable, where: string, values: unknown[]): Promise<Batch[]> {
  const { rows } = await db.query<Omit<Batch, 'first' | 'source'> & { first: string; source: number }>(
    `select first, rows, source, ids::text, earliest::text, latest::text, at::text from xinheng.ledger_batch ${where}`,
    values,
  )
  return rows.map((row) => ({ ...row, first: Number(row.first), source: sourceOf(row.source) }))
}

function sourceOf(code: number): Source {
  const found = SOURCES.find((source) => LEDGER_SOURCES[source].number === code)
  if (found !== undefined) return found
  throw new Error(`ledger_batch.source ${code} is unknown to this version`)
}

/** Rising numbers as an int8multirange: {[5,9),[12,13)}. */
export function formatRuns(nums: readonly bigint[]): string {
  const runs: string[] = []
  let start: bigint | undefined
  for (const [i, num] of nums.entries()) {
    start ??= num
    if (nums[i + 1] === num + 1n) continue
    runs.push(`[${start},${num + 1n})`)
    start = undefined
  }
  return `{${runs.join(',')}}`
}

/** Place of a number among those of a batch: its leaf is `first` plus this. */
export function rankIn(ids: string, num: bigint): number {
  let rank = 0n
  for (const [start, end] of runsOf(ids)) {
    if (num < end) return Number(rank + num - start)
    rank += end - start
  }
  throw new RangeError(`${num} is not among ${ids}`)
}

/** How many numbers those are. */
export function countOf(ids: string): bigint {
  return runsOf(ids).reduce((sum, [start, end]) => sum + end - start, 0n)
}

/** The numbers of a batch, rising. */
export function* numbersOf(ids: string): Generator<bigint> {
  for (const [start, end] of runsOf(ids)) for (let num = start; num < end; num++) yield num
}

function* runsOf(ids: string): Generator<[bigint, bigint]> {
  for (const [, start, end] of ids.matchAll(/\[(\d+),(\d+)\)/g)) yield [BigInt(start ?? 0), BigInt(end ?? 0)]
}

/** The log's name and published key; undefined before the first start. */
export async function findLog(db: Queryable): Promise<{ origin: string; key: string } | undefined> {
  return (await db.query<{ origin: string; key: string }>('select origin, key from xinheng.ledger_log')).rows[0]
}

/** Names the log; who comes second changes nothing. */
export async function insertLog(db: Queryable, { origin, key }: { origin: string; key: string }): Promise<void> {
  await db.query('insert into xinheng.ledger_log (origin, key) values ($1::text, $2::text) on conflict do nothing', [
    origin,
    key,
  ])
}
