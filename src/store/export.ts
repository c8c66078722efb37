import type { Queryable } from './db.ts'

type Words = { zh: string; en: string }
export type ExportRow = {
  num: number
  at: string
  actor: number
  display: Words
  unit: number
  name: string
  rows: number
}

/** Puts an export on record; its number, or undefined where the actor may not (migration 0034). */
export async function insertExport(
  db: Queryable,
  of: { actor: number; name: string; rows: number; digest: Buffer },
): Promise<number | undefined> {
  const { rows } = await db.query<{ num: number | null }>(
    'select xinheng.log_export($1::integer, $2::text, $3::integer, $4::bytea) as num',
    [of.actor, of.name, of.rows, of.digest],
  )
  return rows[0]?.num ?? undefined
}

export async function readExports(
  db: Queryable,
  of: { actor: number; from?: string; until?: string; limit: number },
): Promise<ExportRow[]> {
  const { rows } = await db.query<ExportRow>(
    'select * from xinheng.read_exports($1::integer, $2::timestamptz, $3::timestamptz, $4::integer)',
    [of.actor, of.from ?? null, of.until ?? null, of.limit],
  )
  return rows
}
