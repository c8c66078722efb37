import { firstRow, type Queryable } from './db.ts'

/** What the wall says to an application for repair (migration 0011): 0 entered, 1 irreparable, 2 too early, 3 nothing to repair. */
export type EnteredRepair = { outcome: number; possible: string | null }

/** Enters an application in the transaction of its first step; without this row no step of it commits. */
export async function enterRepair(
  db: Queryable,
  of: { subject: string; file: bigint; display: string },
): Promise<EnteredRepair> {
  const { rows } = await db.query<EnteredRepair>(
    'select outcome, possible::text from xinheng.enter_repair($1::uuid, $2::bigint, $3::text)',
    [of.subject, of.file, of.display],
  )
  return firstRow(rows)
}
