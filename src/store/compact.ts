import type { Queryable } from './db.ts'

export const LOCK_NOT_AVAILABLE = '55P03'

/** Rewrites `record` by its primary key; waits at most `patience` seconds for the table. Leaves no mark on the index. */
export async function clusterRecords(client: Queryable, patience: number): Promise<void> {
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = ${Math.trunc(patience * 1000)}`)
    // sorting is much faster than following the index, if it has room; what is not used is not taken
    await client.query(`set local maintenance_work_mem = '512MB'`)
    await client.query('lock table xinheng.record in access exclusive mode')
    await client.query('cluster xinheng.record using record_pkey')
    await client.query('alter table xinheng.record set without cluster')
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** Makes pages visible to index-only reads again and renews the planner's figures. */
export async function vacuumRecords(client: Queryable): Promise<void> {
  await client.query('vacuum (analyze) xinheng.record')
}

export async function sizeOfRecords(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ size: bigint }>(`select pg_total_relation_size('xinheng.record') as size`)
  return Number(rows[0]?.size ?? 0)
}

/** What the server says about a rewriting under way; undefined when there is none. */
export async function readClusterProgress(
  db: Queryable,
): Promise<{ phase: string; rows: number; bytes: number } | undefined> {
  const { rows } = await db.query<{ phase: string; rows: bigint; bytes: bigint }>(
    `select phase, greatest(heap_tuples_scanned, heap_tuples_written) as rows,
       heap_blks_total * current_setting('block_size')::bigint as bytes
     from pg_stat_progress_cluster where datname = current_database() and relid = 'xinheng.record'::regclass`,
  )
  const [row] = rows
  return row && { phase: row.phase, rows: Number(row.rows), bytes: Number(row.bytes) }
}
