import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Filled } from './copy-buffer.ts'
import { firstRow, sqlState, SQLSTATE, type Queryable } from './db.ts'

/** Sends one finished COPY buffer. */
async function copyIn(client: pg.PoolClient, into: string, { buffer, length }: Filled): Promise<void> {
  const stream = client.query(copyFrom(`copy ${into} from stdin (format binary)`))
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject)
    stream.on('finish', resolve)
    stream.end(Buffer.from(buffer, 0, length))
  })
}

/** Numbers that one value of the sequence stands for. */
export const TERM_BLOCK = 1_000

/** Reserves blocks of numbers for interned values: the first of each. Unused ones are lost, which is harmless. */
export async function reserveTerms(db: Queryable, blocks: number): Promise<number[]> {
  const { rows } = await db.query<{ first: number }>(
    `select nextval('xinheng.term_num')::integer as first from generate_series(1, $1::integer)`,
    [blocks],
  )
  return rows.map(({ first }) => first)
}

export async function readTerms(db: Queryable, limit: number): Promise<[string, number][]> {
  const { rows } = await db.query<{ value: string; num: number }>(
    'select value, num from xinheng.term order by num desc limit $1::integer',
    [limit],
  )
  return rows.map(({ value, num }) => [value, num])
}

/** Stores interned values, in the submission's transaction: a file that is refused leaves none. */
export async function writeTerms(db: Queryable, terms: [num: number, value: string][]): Promise<void> {
  if (terms.length === 0) return
  await db.query(
    'insert into xinheng.term (num, value) select * from unnest($1::integer[], $2::text[]) on conflict (num) do nothing',
    [terms.map(([num]) => num), terms.map(([, value]) => value)],
  )
}

/** One intake per item and unit at a time. False when another one is running. */
export async function tryIntakeLock(client: Queryable, item: number, unit: number): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>(
    'select pg_try_advisory_xact_lock($1::integer, $2::integer) as got',
    [7400 + item, unit],
  )
  return rows[0]?.got === true
}

export async function nextSubmission(client: Queryable): Promise<number> {
  const { rows } = await client.query<{ num: number }>(`select nextval('xinheng.submission_num')::integer as num`)
  return firstRow(rows).num
}

const SUBJECT_COLUMNS = '(subject, name_mac, kind, sealed, name)'
const RECORD_COLUMNS = '(subject, nk, mac, submission, decided, item, unit, body, sealed)'

/** Runs `use` under a savepoint. False when a row was there already; the savepoint is rolled back then. */
async function withoutConflict(client: pg.PoolClient, use: () => Promise<void>): Promise<boolean> {
  await client.query('savepoint chunk')
  try {
    await use()
  } catch (error) {
    if (sqlState(error) !== SQLSTATE.uniqueViolation) throw error
    await client.query('rollback to savepoint chunk')
    return false
  }
  await client.query('release savepoint chunk')
  return true
}

/** Plain COPY of subjects; false when one is on file already. */
export const copySubjects = (client: pg.PoolClient, buffer: Filled): Promise<boolean> =>
  withoutConflict(client, () => copyIn(client, `xinheng.subject ${SUBJECT_COLUMNS}`, buffer))

/** Adds those subjects that are new; returns the keys of those on file under another name. */
export async function mergeSubjects(client: pg.PoolClient, buffer: Filled): Promise<string[]> {
  await copyIn(client, `xinheng.incoming_subject ${SUBJECT_COLUMNS}`, buffer)
  const { rows } = await client.query<{ subject: string }>(
    'select merge_subjects as subject from xinheng.merge_subjects()',
  )
  return rows.map(({ subject }) => subject)
}

/** Plain COPY of records; false when one is on file already. */
export const copyRecords = (client: pg.PoolClient, buffer: Filled): Promise<boolean> =>
  withoutConflict(client, () => copyIn(client, `xinheng.record ${RECORD_COLUMNS}`, buffer))

export type Verdict = 'version' | 'duplicate' | 'conflict' | 'name-differs' | 'too-many-versions' | 'refuted'
export type Resolved = {
  ord: number
  verdict: Verdict
  item: number | null
  was: Buffer | null
  body: Buffer | null
  /** the earlier decision that stands against the row: number and day */
  quote: string | null
}

/** The slow path for a chunk: returns what became of every row that was not simply new; `ord` counts from 1. */
export async function resolveRecords(
  client: pg.PoolClient,
  buffer: Filled,
  submission: number,
  misnamed: string[],
  decided: boolean,
): Promise<Resolved[]> {
  await copyIn(client, `xinheng.incoming_record ${RECORD_COLUMNS}`, buffer)
  const { rows } = await client.query<Resolved>(
    'select ord, verdict, item, was, body, quote from xinheng.resolve_chunk($1::integer, $2::uuid[], $3::boolean)',
    [submission, misnamed, decided],
  )
  return rows
}

export type SubmissionRow = {
  num: number
  unit: number
  item: number
  pack: number
  actor: number
  reviewer: number | null
  key: string
  digest: Buffer
  accepted: boolean
  read_rows: number
  new_rows: number
  version_rows: number
  duplicate_rows: number
  refused_rows: number
  /** null: unknown, where the official calendar does not reach */
  late_rows: number | null
  wrong_code_rows: number
  cells: number
  filled_cells: number
  blocks: Buffer
  refusal: string | null
}

/** Writes the receipt of a submission; its instant is the database's clock, read as late as can be. */
export async function insertSubmission(client: Queryable, row: SubmissionRow): Promise<string> {
  const { rows } = await client.query<{ at: string }>(
    `insert into xinheng.submission (num, unit, item, pack, actor, reviewer, at, key, digest, accepted, read_rows, new_rows,
       version_rows, duplicate_rows, refused_rows, late_rows, wrong_code_rows, cells, filled_cells, blocks, refusal)
     values ($1::integer, $2::smallint, $3::smallint, $4::smallint, $5::integer, $6::integer, xinheng.instant() + (clock_timestamp() - transaction_timestamp()), $7::text,
       $8::bytea, $9::boolean, $10::integer, $11::integer, $12::integer, $13::integer, $14::integer, $15::integer,
       $16::integer, $17::bigint, $18::bigint, $19::bytea, $20::text)
     returning at`,
    [
      row.num,
      row.unit,
      row.item,
      row.pack,
      row.actor,
      row.reviewer,
      row.key,
      row.digest,
      row.accepted,
      row.read_rows,
      row.new_rows,
      row.version_rows,
      row.duplicate_rows,
      row.refused_rows,
      row.late_rows,
      row.wrong_code_rows,
      row.cells,
      row.filled_cells,
      row.blocks,
      row.refusal,
    ],
  )
  return firstRow(rows).at
}

export type ProblemRow = { row: number; field: string; code: string; detail?: string }

export async function insertProblems(client: Queryable, submission: number, problems: ProblemRow[]): Promise<void> {
  if (problems.length === 0) return
  await client.query(
    `insert into xinheng.submission_error (submission, row, field, code, detail)
     select $1::integer, * from unnest($2::integer[], $3::text[], $4::text[], $5::text[])`,
    [
      submission,
      problems.map(({ row }) => row),
      problems.map(({ field }) => field),
      problems.map(({ code }) => code),
      problems.map(({ detail = '' }) => detail),
    ],
  )
}

/** The accepted submission of a key. */
export async function findAccepted(
  client: Queryable,
  unit: number,
  item: number,
  key: string,
): Promise<(SubmissionRow & { at: string }) | undefined> {
  const { rows } = await client.query<SubmissionRow & { at: string }>(
    `select * from xinheng.submission where unit = $1::smallint and item = $2::smallint and key = $3::text and accepted`,
    [unit, item, key],
  )
  return rows[0]
}

/** The account that sent a submission. */
export async function findUploader(client: Queryable, num: number): Promise<number | undefined> {
  const { rows } = await client.query<{ actor: number }>(
    'select actor from xinheng.submission where num = $1::integer',
    [num],
  )
  return rows[0]?.actor
}
