import type { Queryable } from './db.ts'

/** The tables that hold sealed bytes; the number of the key that sealed them is their first byte. */
export const SEALED = [
  'subject',
  'record',
  'action',
  'held_chunk',
  'tip_step',
  'authority',
  'evidence',
  'contact',
] as const
export type SealedTable = (typeof SEALED)[number]

/** One sealed value. `a` and `b` are its place in words of the table: subject and natural key, file and seq. */
export type SealedRow = { a: string; b: bigint; mac: bigint; sealed: Buffer }

/** What names a row, the second part as a number where there is one; what a record is bound to besides. */
const SHAPES = {
  subject: { a: 't.subject', b: '0', mac: '0', match: 't.subject = u.a::uuid' },
  record: { a: 't.subject', b: 't.nk', mac: 't.mac', match: 't.subject = u.a::uuid and t.nk = u.b' },
  // bound to subject and natural key, found by its number too
  action: { a: 't.subject', b: 't.nk', mac: 't.num', match: 't.subject = u.a::uuid and t.num = u.mac' },
  held_chunk: { a: 't.file', b: 't.seq', mac: '0', match: 't.file = u.a::integer and t.seq = u.b::integer' },
  authority: { a: 't.subject', b: 't.num', mac: '0', match: 't.subject = u.a::uuid and t.num = u.b' },
  contact: { a: 't.subject', b: 't.num', mac: '0', match: 't.subject = u.a::uuid and t.num = u.b' },
  evidence: { a: 't.subject', b: 't.file', mac: 't.num', match: 't.subject = u.a::uuid and t.num = u.mac' },
  tip_step: { a: 't.tip', b: 't.num', mac: '0', match: 't.tip = u.a::integer and t.num = u.b::smallint' },
} as const satisfies Record<SealedTable, { a: string; b: string; mac: string; match: string }>

/** Files are large: a few at a time, until there are none left. */
export const MOST_AT_ONCE: Partial<Record<SealedTable, number>> = { evidence: 4 }

/** Pages of a table. */
export async function countPages(db: Queryable, table: SealedTable): Promise<number> {
  const { rows } = await db.query<{ pages: bigint }>(
    `select pg_relation_size('xinheng.${table}') / current_setting('block_size')::bigint as pages`,
  )
  return Number(rows[0]?.pages ?? 0)
}

/** The rows in pages [from, until) that another key than `current` sealed: read in the order of the disk. */
export async function readSealed(
  db: Queryable,
  table: SealedTable,
  from: number,
  until: number,
  current: number,
): Promise<SealedRow[]> {
  const { a, b, mac } = SHAPES[table]
  const { rows } = await db.query<SealedRow>(
    `select ${a}::text as a, ${b}::bigint as b, ${mac}::bigint as mac, t.sealed from xinheng.${table} t
     where t.ctid >= $1::tid and t.ctid < $2::tid and octet_length(t.sealed) > 0 and get_byte(substring(t.sealed for 1), 0) <> $3::integer limit $4::bigint`,
    [`(${from},0)`, `(${until},0)`, current, MOST_AT_ONCE[table] ?? null],
  )
  return rows
}

/** Puts what was sealed anew in its place, where nothing else came into it meanwhile: an erasure stays one. */
export async function replaceSealed(
  db: Queryable,
  table: SealedTable,
  rows: SealedRow[],
  sealed: Buffer[],
): Promise<number> {
  const { match } = SHAPES[table]
  const { rowCount } = await db.query(
    `update xinheng.${table} t set sealed = u.fresh
     from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[]) u(a, b, mac, was, fresh)
     where ${match} and t.sealed = u.was`,
    [
      rows.map((row) => row.a),
      rows.map((row) => row.b),
      rows.map((row) => row.mac),
      rows.map((row) => row.sealed),
      sealed,
    ],
  )
  return rowCount ?? 0
}

/** How many values each key sealed, by table and key number. Reads everything. */
export async function countByKey(db: Queryable): Promise<{ table: SealedTable; key: number; count: number }[]> {
  const { rows } = await db.query<{ table: SealedTable; key: number; count: bigint }>(
    SEALED.map(
      (table) => `select '${table}' as table, get_byte(substring(sealed for 1), 0) as key, count(*) as count
        from xinheng.${table} where octet_length(sealed) > 0 group by 2`,
    ).join(' union all '),
  )
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

/** The transactions that run now in this database, other than this one, as names that no later transaction gets. */
export async function readTransactions(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select l.virtualxid as id from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'virtualxid' and l.pid <> pg_backend_pid()
       and a.datid = (select d.oid from pg_database d where d.datname = current_database())`,
  )
  return rows.map(({ id }) => id)
}

/** One rotation at a time; the lock goes with the connection. */
export async function tryRotationLock(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ got: boolean }>('select pg_try_advisory_lock(7305) as got')
  return rows[0]?.got === true
}

export async function endRotationLock(db: Queryable): Promise<void> {
  await db.query('select pg_advisory_unlock(7305)')
}
