import type pg from 'pg'
import { firstRow, withTransaction, type Queryable } from './db.ts'

/** Who a transaction acts for: row-level security reads these settings (migration 0006). */
export type Acting = { subject?: string | undefined; unit?: number | undefined }

/** Runs `use` in a transaction that sees only the rows of this subject or unit in the tables under row-level security. */
export function withActing<result>(
  pool: pg.Pool,
  acting: Acting,
  use: (client: pg.PoolClient) => Promise<result>,
): Promise<result> {
  return withTransaction(pool, async (client) => {
    await client.query(
      `select set_config('xinheng.subject', $1::text, true), set_config('xinheng.unit', $2::text, true)`,
      [acting.subject ?? '', acting.unit === undefined ? '' : String(acting.unit)],
    )
    return use(client)
  })
}

export type ConsentRow = {
  num: bigint
  unit: number
  purpose: number
  given_at: string
  expires_at: string
  ended_at: string | null
  /** the account of the guardian who gave it; null: the person */
  given_by: number | null
}

const CONSENTS = `select c.num, c.unit, c.purpose, c.given_at, c.expires_at, e.at as ended_at, c.given_by
  from xinheng.consent c left join xinheng.consent_end e on e.subject = c.subject and e.consent = c.num`

export async function readConsents(client: Queryable): Promise<ConsentRow[]> {
  return (await client.query<ConsentRow>(`${CONSENTS} order by c.given_at desc`)).rows
}

export async function findConsent(client: Queryable, num: bigint): Promise<ConsentRow | undefined> {
  return (await client.query<ConsentRow>(`${CONSENTS} where c.num = $1::bigint`, [num])).rows[0]
}

export async function insertConsent(
  client: Queryable,
  of: { subject: string; unit: number; purpose: number; expires: string; by: number | null },
): Promise<bigint> {
  const { rows } = await client.query<{ num: bigint }>(
    `insert into xinheng.consent (subject, unit, purpose, expires_at, given_by)
     values ($1::uuid, $2::smallint, $3::smallint, $4::timestamptz, $5::integer) returning num`,
    [of.subject, of.unit, of.purpose, of.expires, of.by],
  )
  return firstRow(rows).num
}

/** May a consent about this person be given by this account: their guardian's, or (null) by themself? */
export async function mayConsent(db: Queryable, subject: string, by: number | null): Promise<boolean> {
  const { rows } = await db.query<{ may: boolean }>('select xinheng.may_consent($1::uuid, $2::integer) as may', [
    subject,
    by,
  ])
  return firstRow(rows).may
}

/** The consents of whom this account is guardian of; none where it is not. The reading is logged. */
export async function readConsentsFor(db: Queryable, actor: number, subject: string): Promise<ConsentRow[]> {
  return (await db.query<ConsentRow>('select * from xinheng.consents_for($1::integer, $2::uuid)', [actor, subject]))
    .rows
}

export async function endConsent(client: Queryable, subject: string, num: bigint): Promise<void> {
  await client.query(
    'insert into xinheng.consent_end (subject, consent) values ($1::uuid, $2::bigint) on conflict (subject, consent) do nothing',
    [subject, num],
  )
}

export type MatterRow = { number: string; title: string; purpose: number; opened_at: string; closed_at: string | null }

export async function readMatters(client: Queryable): Promise<MatterRow[]> {
  const { rows } = await client.query<MatterRow>(
    'select number, title, purpose, opened_at, closed_at from xinheng.matter order by closed_at is not null, opened_at desc limit 500',
  )
  return rows
}

/** False when the unit has a matter of this number already. */
export async function insertMatter(
  client: Queryable,
  of: { unit: number; number: string; title: string; purpose: number; actor: number },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into xinheng.matter (unit, number, title, purpose, opened_by)
     values ($1::smallint, $2::text, $3::text, $4::smallint, $5::integer) on conflict (unit, number) do nothing`,
    [of.unit, of.number, of.title, of.purpose, of.actor],
  )
  return rowCount === 1
}

export async function closeMatterRow(client: Queryable, unit: number, number: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'update xinheng.matter set closed_at = clock_timestamp() where unit = $1::smallint and number = $2::text and closed_at is null',
    [unit, number],
  )
  return rowCount === 1
}

export type HeldRow = {
  num: number
  unit: number
  item: string
  item_num: number
  actor: number
  display: { zh: string; en: string }
  at: string
  key: string
  counts: { rows: number; refused: number }
  decided: boolean
}

/** A number for a file to hold: its chunks are stored before its row. */
export async function nextHeld(client: Queryable): Promise<number> {
  const { rows } = await client.query<{ num: number }>(`select nextval('xinheng.held_file_num_seq')::integer as num`)
  return firstRow(rows).num
}

export async function insertHeld(
  client: Queryable,
  of: {
    num: number
    unit: number
    item: number
    actor: number
    key: string
    digest: Buffer
    format: string
    counts: object
  },
): Promise<void> {
  await client.query(
    `insert into xinheng.held_file (num, unit, item, actor, key, digest, format, counts) overriding system value
     values ($1::integer, $2::smallint, $3::smallint, $4::integer, $5::text, $6::bytea, $7::text, $8::jsonb)`,
    [of.num, of.unit, of.item, of.actor, of.key, of.digest, of.format, JSON.stringify(of.counts)],
  )
}

/** A held file of this key, and what was decided on it. One sender of a key at a time, or two would wait. */
export async function findHeld(
  client: Queryable,
  of: { unit: number; item: number; key: string },
): Promise<{ num: number; digest: Buffer; approved: boolean | null } | undefined> {
  await client.query(
    `select pg_advisory_xact_lock(hashtextextended('held/' || $1::text || '/' || $2::text || '/' || $3::text, 0))`,
    [of.unit, of.item, of.key],
  )
  const { rows } = await client.query<{ num: number; digest: Buffer; approved: boolean | null }>(
    `select f.num, f.digest, d.approved from xinheng.held_file f left join xinheng.held_decision d on d.file = f.num
     where f.unit = $1::smallint and f.item = $2::smallint and f.key = $3::text`,
    [of.unit, of.item, of.key],
  )
  return rows[0]
}

/** One decision on a held file at a time, for as long as the transaction lasts. */
export async function lockHeld(client: Queryable, num: number): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(hashtextextended('decide/' || $1::text, 0))`, [num])
}

export async function insertHeldChunk(
  client: Queryable,
  of: { file: number; seq: number; unit: number; sealed: Buffer },
): Promise<void> {
  await client.query(
    'insert into xinheng.held_chunk (file, seq, unit, sealed) values ($1::integer, $2::integer, $3::smallint, $4::bytea)',
    [of.file, of.seq, of.unit, of.sealed],
  )
}

export async function readHeld(client: Queryable, num: number | null): Promise<HeldRow[]> {
  const { rows } = await client.query<HeldRow>(
    `select f.num, f.unit, i.id as item, f.item as item_num, f.actor, a.display, f.at, f.key, f.counts, d.file is not null as decided
     from xinheng.held_file f join xinheng.item i on i.num = f.item join xinheng.account a on a.num = f.actor
       left join xinheng.held_decision d on d.file = f.num
     where case when $1::integer is null then d.file is null else f.num = $1::integer end
     order by f.num desc limit 200`,
    [num],
  )
  return rows
}

export async function readHeldChunk(client: Queryable, file: number, seq: number): Promise<Buffer | undefined> {
  const { rows } = await client.query<{ sealed: Buffer }>(
    'select c.sealed from xinheng.held_chunk c join xinheng.held_file f on f.num = c.file where c.file = $1::integer and c.seq = $2::integer',
    [file, seq],
  )
  return rows[0]?.sealed
}

/** One decision a file; the database refuses the uploader's own (R6). */
export async function insertHeldDecision(
  client: Queryable,
  of: {
    file: number
    unit: number
    actor: number
    uploader: number
    approved: boolean
    reason: string
    submission: number | null
  },
): Promise<void> {
  await client.query(
    `insert into xinheng.held_decision (file, unit, actor, uploader, approved, reason, submission)
     values ($1::integer, $2::smallint, $3::integer, $4::integer, $5::boolean, $6::text, $7::integer)`,
    [of.file, of.unit, of.actor, of.uploader, of.approved, of.reason, of.submission],
  )
}
