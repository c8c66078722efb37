import { firstRow, type Queryable } from './db.ts'

/** What a unit has been told to stop using (migration 0012); `file` is the case that ended it, where one did. */
export type RecallRow = {
  subject: string
  num: bigint
  nk: bigint
  kind: string
  at: string
  day: string
  file: bigint | null
  via: string
  name: string
  access: bigint | null
  matter: string
  given: string
  received_at: string | null
  received_by: { zh: string; en: string } | null
  did: string | null
}

export async function readRecallQueue(db: Queryable, actor: number): Promise<RecallRow[]> {
  const { rows } = await db.query<RecallRow>(
    `select subject, num, nk, kind, at, day::text, file, via, name, access, matter, given, received_at, received_by, did
     from xinheng.recall_queue($1::integer)`,
    [actor],
  )
  return rows
}

/** Of recalled corrections, which version takes their place: of a unit's recalls, or of a person's own. */
export async function readRecallVersions(db: Queryable, actor: number, subject?: string): Promise<Map<string, number>> {
  const { rows } = await db.query<{ subject: string; num: bigint; version: number }>(
    'select subject, num, version from xinheng.recall_versions($1::integer, $2::uuid)',
    [actor, subject ?? null],
  )
  return new Map(rows.map((row) => [`${row.subject}.${row.num}`, row.version]))
}

/** Outcome as of the gate: 0 done, 1 not allowed, 6 not this unit's, 9 acknowledged already. */
export async function acknowledgeRecall(
  db: Queryable,
  of: { actor: number; subject: string; num: bigint; did: string },
): Promise<number> {
  const { rows } = await db.query<{ outcome: number }>(
    'select xinheng.acknowledge_recall($1::integer, $2::uuid, $3::bigint, $4::text) as outcome',
    [of.actor, of.subject, of.num, of.did],
  )
  return firstRow(rows).outcome
}

/** The same of a record whose term has ended: the recall becomes a row then. */
export async function acknowledgeEnd(
  db: Queryable,
  of: { actor: number; subject: string; nk: bigint; day: string; did: string },
): Promise<number> {
  const { rows } = await db.query<{ outcome: number }>(
    'select xinheng.acknowledge_end($1::integer, $2::uuid, $3::bigint, $4::date, $5::text) as outcome',
    [of.actor, of.subject, of.nk, of.day, of.did],
  )
  return firstRow(rows).outcome
}

/** What the person sees of it: one row a recipient; `via` null: nobody had been given it. */
export type OwnRecallRow = Pick<RecallRow, 'num' | 'nk' | 'kind' | 'at' | 'day' | 'file' | 'received_at' | 'did'> & {
  via: string | null
  unit: number | null
  name: string | null
  given: string | null
}

export async function readOwnRecalls(db: Queryable, actor: number, subject: string): Promise<OwnRecallRow[]> {
  const { rows } = await db.query<OwnRecallRow>(
    `select num, nk, kind, at, day::text, file, via, unit, name, given, received_at, did
     from xinheng.recalls_self($1::integer, $2::uuid)`,
    [actor, subject],
  )
  return rows
}

export type OpenRecallRow = {
  subject: string
  num: bigint
  kind: string
  day: string
  via: string
  unit: number
  name: string
}

export async function readOpenRecalls(db: Queryable, actor: number): Promise<OpenRecallRow[]> {
  const { rows } = await db.query<OpenRecallRow>(
    'select subject, num, kind, day::text, via, unit, name from xinheng.recalls_open($1::integer)',
    [actor],
  )
  return rows
}

export type ReceivedRow = { subject: string; access: bigint; given: string; matter: string; records: Buffer }

/** Records a unit was given in the look-ups of a period, without sealed fields, for the fold to say which have ended. */
export async function readReceived(db: Queryable, actor: number, from: string, until: string): Promise<ReceivedRow[]> {
  const { rows } = await db.query<ReceivedRow>(
    'select subject, access, given, matter, records from xinheng.received_records($1::integer, $2::timestamptz, $3::timestamptz)',
    [actor, from, until],
  )
  return rows
}

const AT_ONCE = 100

/**
 * After a file of corrections is in: tells whoever was shown one of its records while it was being taken in. A few people at a
 * time, each for as long as their own look-ups under way take; goes on where it stopped.
 */
export async function tellCorrected(db: Queryable, submission: number): Promise<void> {
  for (let more = true; more;) {
    const { rows } = await db.query<{ more: boolean }>(
      'select xinheng.tell_corrected($1::integer, $2::integer) as more',
      [submission, AT_ONCE],
    )
    more = firstRow(rows).more
  }
}

/** The same for every file that was not gone through to the end: whoever took it in was cut off. How many there were. */
export async function tellUntold(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ num: number }>('select num from xinheng.corrections_untold() num')
  for (const { num } of rows) await tellCorrected(db, num)
  return rows.length
}

/** Look-ups of this person wait until the transaction is over: for the correction of a single record (G10). */
export async function holdLookUps(client: Queryable, subject: string): Promise<void> {
  await client.query('select pg_advisory_xact_lock(7310, hashtext($1::uuid::text))', [subject])
}
