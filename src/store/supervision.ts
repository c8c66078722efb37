import type { Queryable } from './db.ts'

export type SupervisionRow = {
  num: number
  kind: string
  about: string
  unit: number
  day: string
  at: string
  replaces: number | null
  follows: number | null
  content: Record<string, unknown>
}

/** Who reads: an account, which the database shows what its place sees; or the owner, who sees all. */
export type SupervisionReader = { actor: number } | { owner: Queryable }

/** Every row that somebody sees, oldest first; a pack has some hundred tasks and a unit says a few things a year about each. */
export async function readSupervision(
  db: Queryable,
  reader: SupervisionReader,
  about?: string,
): Promise<SupervisionRow[]> {
  const columns = 'num, kind, about, unit, day::text, at, replaces, follows, content'
  const { rows } = await ('owner' in reader
    ? reader.owner.query<SupervisionRow>(
        `select ${columns} from xinheng.supervision where about = $1::text or $1::text is null order by num`,
        [about ?? null],
      )
    : db.query<SupervisionRow>(`select ${columns} from xinheng.read_supervision($1::integer, $2::text)`, [
        reader.actor,
        about ?? null,
      ]))
  return rows
}

/** The number of the row, or null: not this actor's to say. */
export async function addSupervision(
  db: Queryable,
  of: {
    actor: number
    kind: string
    about: string
    unit: number
    day: string
    replaces?: number
    follows?: number
    content: object
  },
): Promise<number | null> {
  const { rows } = await db.query<{ num: number | null }>(
    `select xinheng.add_supervision($1::integer, $2::text, $3::text, $4::smallint, $5::date, $6::integer, $7::integer, $8::jsonb) as num`,
    [of.actor, of.kind, of.about, of.unit, of.day, of.replaces ?? null, of.follows ?? null, JSON.stringify(of.content)],
  )
  return rows[0]?.num ?? null
}

/** People with at least one record of these items that these units reported; null: any. */
export async function countSubjects(db: Queryable, items: number[], units: number[] | null): Promise<number> {
  const { rows } = await db.query<{ n: string }>(
    'select xinheng.count_subjects($1::smallint[], $2::smallint[])::text as n',
    [items, units],
  )
  return Number(rows[0]?.n ?? 0)
}

export type CaseFigures = {
  unit: number
  machine: string
  opened: string
  closed: string
  in_time: string
  late: string
  silent: string
}

export async function readCaseFigures(db: Queryable, of: { from?: string; until?: string }): Promise<CaseFigures[]> {
  const { rows } = await db.query<CaseFigures>(
    `select unit, machine, opened::text, closed::text, in_time::text, late::text, silent::text
     from xinheng.case_figures($1::date, $2::date)`,
    [of.from ?? null, of.until ?? null],
  )
  return rows
}

/** Organisations on file with a record of these units (null: any), and those whose name stands under another code too (R1). */
export async function readCodeFigures(
  db: Queryable,
  units: number[] | null,
): Promise<{ organisations: number; doubled: number }> {
  const { rows } = await db.query<{ organisations: string; doubled: string }>(
    'select organisations::text, doubled::text from xinheng.code_figures($1::smallint[])',
    [units],
  )
  return { organisations: Number(rows[0]?.organisations ?? 0), doubled: Number(rows[0]?.doubled ?? 0) }
}

/** Rows about organisations that each unit sent between two civil dates, and how many of their codes were wrong (R1). */
export async function readCodeRows(
  db: Queryable,
  of: { items: number[]; from?: string; until?: string },
): Promise<{ unit: number; rows: number; wrong: number }[]> {
  const { rows } = await db.query<{ unit: number; rows: string; wrong: string }>(
    `select unit, sum(read_rows)::text as rows, sum(wrong_code_rows)::text as wrong from xinheng.submission
     where item = any ($1::smallint[])
       and (at >= $2::date::timestamp at time zone 'Asia/Shanghai' or $2::date is null)
       and (at < ($3::date + 1)::timestamp at time zone 'Asia/Shanghai' or $3::date is null)
     group by unit order by unit`,
    [of.items, of.from ?? null, of.until ?? null],
  )
  return rows.map((row) => ({ unit: row.unit, rows: Number(row.rows), wrong: Number(row.wrong) }))
}

/** People by which of these values their records of these items have in the n-th slot (from 1) of the body (R4). */
export async function countByValue(
  db: Queryable,
  of: readonly { item: number; slot: number }[],
  values: readonly string[],
  units: number[] | null,
): Promise<Map<string, number>> {
  const { rows } = await db.query<{ value: string; people: string }>(
    'select value, people::text from xinheng.count_by_value($1::smallint[], $2::smallint[], $3::text[], $4::smallint[])',
    [of.map(({ item }) => item), of.map(({ slot }) => slot), values, units],
  )
  return new Map(rows.map(({ value, people }) => [value, Number(people)]))
}
