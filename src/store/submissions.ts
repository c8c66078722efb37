import type { Queryable } from './db.ts'

export type SubmissionListed = {
  num: number
  unit: number
  item: number
  at: string
  key: string
  accepted: boolean
  read_rows: number
  new_rows: number
  version_rows: number
  duplicate_rows: number
  refused_rows: number
  late_rows: number | null
  refusal: string | null
}

/** Submissions, newest first; of some units, or of all where `units` is null. */
export async function readSubmissions(
  db: Queryable,
  { units, before, limit }: { units: readonly number[] | null; before?: number; limit: number },
): Promise<SubmissionListed[]> {
  const { rows } = await db.query<SubmissionListed>(
    `select num, unit, item, at, key, accepted, read_rows, new_rows, version_rows, duplicate_rows, refused_rows, late_rows, refusal
     from xinheng.submission
     where (unit = any ($1::smallint[]) or $1::smallint[] is null) and (num < $2::integer or $2::integer is null)
     order by num desc limit $3::integer`,
    [units, before ?? null, limit],
  )
  return rows
}

export type Problem = { row: number; field: string; code: string; detail?: string }

/** Refused rows of a submission by row number, never half the problems of a row; undefined where there is no such submission, or it is another unit's. */
export async function findProblems(
  db: Queryable,
  num: number,
  { units, after, limit }: { units: readonly number[] | null; after: number; limit: number },
): Promise<Problem[] | undefined> {
  const found = await db.query(
    'select from xinheng.submission where num = $1::integer and (unit = any ($2::smallint[]) or $2::smallint[] is null)',
    [num, units],
  )
  if (found.rowCount === 0) return undefined
  const { rows } = await db.query<Problem>(
    `select e.row, e.field, e.code, nullif(e.detail, '') as detail from xinheng.submission_error e where e.submission = $1::integer and e.row > $2::integer
     order by e.row fetch first ($3::integer) rows with ties`,
    [num, after, limit],
  )
  return rows
}

export type UnitQuality = {
  unit: number
  submissions: string
  rows: string
  accepted: string
  refused: string
  wrong_code: string
  duplicates: string
  /** late rows, of the new rows and versions of the submissions of which it is known; whether it is of any */
  late: string
  late_of: string
  late_known: boolean
  cells: string
  filled: string
}

/** What the units sent from a civil date on, up to and with another, in sums. Refused files count with their rows. */
export async function readQuality(
  db: Queryable,
  { units, from, until }: { units: readonly number[] | null; from?: string; until?: string },
): Promise<UnitQuality[]> {
  const { rows } = await db.query<UnitQuality>(
    `select unit, count(*)::text as submissions, sum(read_rows)::text as rows, sum(new_rows + version_rows)::text as accepted,
       sum(case when accepted then refused_rows else read_rows end)::text as refused, sum(wrong_code_rows)::text as wrong_code,
       sum(duplicate_rows)::text as duplicates, coalesce(sum(late_rows), 0)::text as late,
       coalesce(sum(new_rows + version_rows) filter (where late_rows is not null), 0)::text as late_of,
       bool_or(late_rows is not null) as late_known, sum(cells)::text as cells, sum(filled_cells)::text as filled
     from xinheng.submission
     where (unit = any ($1::smallint[]) or $1::smallint[] is null)
       and (at >= $2::date::timestamp at time zone 'Asia/Shanghai' or $2::date is null)
       and (at < ($3::date + 1)::timestamp at time zone 'Asia/Shanghai' or $3::date is null)
     group by unit order by unit`,
    [units, from ?? null, until ?? null],
  )
  return rows
}

/** Has anything been sent under a key that begins so? */
export async function hasSubmissions(db: Queryable, prefix: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'select from xinheng.submission where starts_with(key, $1::text) and accepted limit 1',
    [prefix],
  )
  return rowCount === 1
}

/** Records put on file, by item and month of a period: a count and nothing else. */
export async function readItemCounts(
  db: Queryable,
  { units, from, until }: { units: readonly number[] | null; from: string; until: string },
): Promise<{ item: number; month: string; records: string }[]> {
  const { rows } = await db.query<{ item: number; month: string; records: string }>(
    `select item, to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, sum(new_rows)::text as records
     from xinheng.submission
     where accepted and (unit = any ($1::smallint[]) or $1::smallint[] is null)
       and at >= $2::date::timestamp at time zone 'Asia/Shanghai' and at < ($3::date + 1)::timestamp at time zone 'Asia/Shanghai'
     group by 1, 2 order by 1, 2`,
    [units, from, until],
  )
  return rows
}
