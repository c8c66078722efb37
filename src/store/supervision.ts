import type { Queryable } from './db.ts'

export type SupervisionRow = {
  num: number
  kind: string
  about: string
  unit: number
  day: string
  at: string
  replaces: number | null
  content: Record<string, unknown>
}

/** Every row, oldest first; a pack has some hundred tasks and a unit says a few things a year about each. */
export async function readSupervision(db: Queryable, about?: string): Promise<SupervisionRow[]> {
  const { rows } = await db.query<SupervisionRow>(
    `select num, kind, about, unit, day::text, at, replaces, content from xinheng.supervision
     where about = $1::text or $1::text is null order by num`,
    [about ?? null],
  )
  return rows
}

/** The number of the row, or null: not this actor's to say. */
export async function addSupervision(
  db: Queryable,
  of: { actor: number; kind: string; about: string; unit: number; day: string; replaces?: number; content: object },
): Promise<number | null> {
  const { rows } = await db.query<{ num: number | null }>(
    `select xinheng.add_supervision($1::integer, $2::text, $3::text, $4::smallint, $5::date, $6::integer, $7::jsonb) as num`,
    [of.actor, of.kind, of.about, of.unit, of.day, of.replaces ?? null, JSON.stringify(of.content)],
  )
  return rows[0]?.num ?? null
}

/** People with at least one record of these items. */
export async function countSubjects(db: Queryable, items: number[]): Promise<number> {
  const { rows } = await db.query<{ n: string }>('select xinheng.count_subjects($1::smallint[])::text as n', [items])
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
