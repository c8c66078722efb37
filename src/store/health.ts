import type { Queryable } from './db.ts'

/** Size of the newest checkpoint and its age in seconds. */
export async function readLedgerLag(db: Queryable): Promise<{ size: number; seconds: number } | undefined> {
  const { rows } = await db.query<{ size: bigint; seconds: number }>(
    `select size, extract(epoch from clock_timestamp() - at)::float8 as seconds
     from xinheng.ledger_checkpoint order by size desc limit 1`,
  )
  return rows[0] && { size: Number(rows[0].size), seconds: Math.round(rows[0].seconds) }
}
