import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import type { City, Database } from './city.ts'
import { startServer, writePeople, type Server } from './look-up.ts'
import type { LoadAnswer } from './load.ts'
import { load, RECENT_RECORDS, writeRecent } from './recent.ts'
import { median, type Measured } from './table.ts'

/** Look-ups under way at once: few, so that the time is that of the answer and not of the queue. */
const AT_ONCE = 2
const PEOPLE = 20_000

type Side = { database: Database; numbers: string }

export type TailOptions = {
  small: number
  large: number
  hot: number
  cold: number
  repetitions: number
  log: (line: string) => void
}

/**
 * The slowest look-ups in a hundred, in a large archive against a small one, both rewritten in the order of their
 * subjects: hot, on people looked up before; cold, after a restart of PostgreSQL and with the system's page cache dropped.
 * Also what loading the large one took of memory.
 */
export async function measureTails(city: City, options: TailOptions): Promise<Measured[]> {
  const { log, repetitions } = options
  const sides: Side[] = []
  let peak = 0
  for (const [name, rows] of [
    ['small', options.small],
    ['large', options.large],
  ] as const) {
    const database = await city.makeDatabase(name)
    const file = writeRecent(city, name, rows)
    peak = (await load(city, database, file, log)).peak
    const { numbers } = writePeople(city, file, PEOPLE)
    rmSync(file.path)
    const start = performance.now()
    await compact(database)
    log(`${name}: compacted in ${((performance.now() - start) / 1000).toFixed(0)} s`)
    await database.close()
    sides.push({ database, numbers })
  }
  const measured: Measured[] = [{ id: 'memory', value: peak, detail: `${options.large} rows` }]
  const hot = await measureHot(city, sides, options)
  measured.push(compare('tail-hot', hot, log))
  const cold: LoadAnswer[][] = []
  for (let at = 0; at < repetitions; at += 1) {
    cold.push([])
    for (const side of sides) cold[at]!.push(await measureCold(city, side, options, at))
  }
  measured.push(compare('tail-cold', cold, log))
  return measured
}

async function compact({ owner }: Database): Promise<void> {
  await owner.query('cluster xinheng.record using record_pkey')
  await owner.query('vacuum (analyze) xinheng.record')
  await owner.query('checkpoint')
}

async function mustStart(city: City, { database, numbers }: Side): Promise<Server> {
  const server = await startServer(city, database, { numbers, records: RECENT_RECORDS })
  if (!server) throw new Error('the look-up route is not built')
  return server
}

async function measureHot(
  city: City,
  sides: Side[],
  { hot, repetitions, small }: TailOptions,
): Promise<LoadAnswer[][]> {
  const servers: Server[] = []
  const runs: LoadAnswer[][] = []
  try {
    for (const side of sides) servers.push(await mustStart(city, side))
    // everybody once
    const people = Math.min(PEOPLE, small / RECENT_RECORDS)
    for (const server of servers) await server.drive({ count: people, connections: AT_ONCE * 4, seed: 0 })
    for (let at = 0; at < repetitions; at += 1) {
      runs.push([])
      for (const server of servers)
        runs[at]!.push(await server.drive({ count: hot, connections: AT_ONCE, seed: at * hot, among: people }))
    }
  } finally {
    for (const server of servers) await server.close()
  }
  return runs
}

async function measureCold(city: City, side: Side, { cold }: TailOptions, turn: number): Promise<LoadAnswer> {
  await city.restart(dropPageCache)
  const server = await mustStart(city, side)
  try {
    // code compiled, statements planned, catalogues read: what is cold is the archive
    await server.drive({ count: 1_000, connections: AT_ONCE, seed: 0, among: 20 })
    return await server.drive({ count: cold, connections: AT_ONCE, seed: 1_000 + turn * cold })
  } finally {
    await server.close()
  }
}

let dropped: boolean | undefined

function dropPageCache(): void {
  try {
    spawnSync('sync')
    writeFileSync('/proc/sys/vm/drop_caches', '3')
    dropped = true
  } catch {
    if (dropped === undefined)
      console.error(
        'tail-cold: the page cache may not be dropped here (root on Linux may): only the server is restarted',
      )
    dropped = false
  }
}

function compare(id: string, runs: LoadAnswer[][], log: (line: string) => void): Measured {
  const of = (side: number) => runs.map((run) => run[side]!)
  for (const side of [0, 1]) {
    const list = of(side)
      .map(({ p50, p99 }) => `${p50.toFixed(2)} / ${p99.toFixed(2)}`)
      .join(', ')
    log(`${id}: ${side === 0 ? 'small' : 'large'} p50 / p99 ms: ${list}`)
  }
  const ratios = runs.map(([small, large]) => large!.p99 / small!.p99)
  const p99 = (side: number) => median(of(side).map((one) => one.p99))
  return { id, value: p99(1) / p99(0), noise: [Math.min(...ratios), Math.max(...ratios)] }
}
