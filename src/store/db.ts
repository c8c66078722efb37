import pg from 'pg'
import { isRefusal, type Refusal } from '#domain/refusal.ts'

/** A connection or a pool: anything that runs one statement. */
export type Queryable = Pick<pg.ClientBase, 'query'>
export type Client = pg.ClientBase

pg.types.setTypeParser(pg.types.builtins.INT8, (text) => BigInt(text))
// civil dates stay text: a JavaScript Date would move them across time zones
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString())

/** SQLSTATEs that this code acts on (documentation, Appendix A). */
export const SQLSTATE = {
  uniqueViolation: '23505',
  foreignKeyViolation: '23503',
  checkViolation: '23514',
  serializationFailure: '40001',
  deadlock: '40P01',
  insufficientPrivilege: '42501',
} as const

export const sqlState = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** The first row of a statement that always returns one. */
export function firstRow<row>(rows: readonly row[]): row {
  const [row] = rows
  if (row === undefined) throw new Error('a statement that returns a row returned none')
  return row
}

/** A pool of connections for one database role. Not pipelined: a COPY cannot share its connection. */
export function openPool(url: string, options: { max?: number; name?: string } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 8,
    application_name: options.name ?? 'xinheng',
    // a transaction that outlives this would escape the sequencer's look-back (decisions/003)
    options: '-c search_path=xinheng,pg_catalog -c timezone=Asia/Shanghai',
  })
  // an idle connection lost with a restarted server is replaced at the next use
  pool.on('error', () => undefined)
  // one lost between two statements, or while it is being given back, too: the next statement fails anyhow
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Lends a client and takes it back, whatever happens. A broken one is not used again. */
export async function withClient<result>(
  pool: pg.Pool,
  use: (client: pg.PoolClient) => Promise<result>,
): Promise<result> {
  const client = await pool.connect()
  let broken = false
  try {
    return await use(client)
  } catch (error) {
    const state = sqlState(error)
    if (state === undefined || state.startsWith('08') || state.startsWith('57')) broken = true
    throw error
  } finally {
    client.release(broken)
  }
}

/** Runs `use` in one transaction: committed when it returns, rolled back when it throws or where the result is not `kept`. */
export function withTransaction<result>(
  pool: pg.Pool,
  use: (client: pg.PoolClient) => Promise<result>,
  kept: (result: result) => boolean = () => true,
): Promise<result> {
  return withClient(pool, async (client) => {
    await client.query('begin')
    try {
      const result = await use(client)
      await client.query(kept(result) ? 'commit' : 'rollback')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    }
  })
}

/** Decides in one transaction: a refusal takes back all that was written before it. */
export const withDecision = <result>(
  pool: pg.Pool,
  decide: (client: pg.PoolClient) => Promise<result | Refusal>,
): Promise<result | Refusal> => withTransaction(pool, decide, (result) => !isRefusal(result))

/**
 * A few connections that many requests share: each statement is its own transaction, sent without waiting for the
 * ones before it (pipelined). A connection that breaks is replaced at its next use.
 */
export type Lanes = Queryable & { end: () => Promise<void> }

export function openLanes(url: string, count: number): Lanes {
  type Lane = { client: pg.Client; ready: Promise<unknown> } | undefined
  const lanes: Lane[] = Array.from({ length: count })
  let turn = 0
  const open = (at: number) => {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'xinheng lane',
      options: '-c search_path=xinheng,pg_catalog -c timezone=Asia/Shanghai',
      pipeline: true,
    })
    const lane = { client, ready: client.connect() }
    const drop = () => {
      if (lanes[at] === lane) lanes[at] = undefined
    }
    client.on('error', drop)
    client.on('end', drop)
    lane.ready.catch(drop)
    lanes[at] = lane
    return lane
  }
  const query = async (...args: Parameters<pg.Client['query']>) => {
    turn = (turn + 1) % count
    const lane = lanes[turn] ?? open(turn)
    await lane.ready
    return lane.client.query(...args)
  }
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same arguments go through; its overloads have no other spelling
    query: query as unknown as Queryable['query'],
    async end() {
      await Promise.all(lanes.map(async (lane) => lane?.client.end().catch(() => undefined)))
    },
  }
}
