import { writeFileSync } from 'node:fs'
import { uuidOf, makeSubjectKey } from '#store/cipher.ts'
import type { BareArgument } from './bare.ts'
import { startChild } from './child.ts'
import { getNumber, ITEM, MATTER, OFFICER, PURPOSE, UNIT, type City, type Database } from './city.ts'
import { postgresCpu } from './cpu.ts'
import type { LoadAnswer, LoadArgument, LoadRequest } from './load.ts'
import type { ServerArgument, ServerRequest } from './look-up-server.ts'
import { listNumbers, type ReferenceFile } from './reference.ts'
import { median, type Measured } from './table.ts'

/** Look-ups under way at once: connections of the load generator, statements in the baseline's pipelines. */
const AT_ONCE = 64
const PEOPLE = 50_000

/** Writes numbers of a reference file's people, and the subjects they are kept under. */
export function writePeople(city: City, file: ReferenceFile, limit: number): { numbers: string; subjects: string } {
  const found = listNumbers(file, limit)
  const keyOf = makeSubjectKey(city.keys)
  const [numbers, subjects] = [`${file.path}.numbers`, `${file.path}.subjects`]
  writeFileSync(numbers, found.join('\n'))
  writeFileSync(subjects, found.map((number) => uuidOf(keyOf('citizen', number))).join('\n'))
  return { numbers, subjects }
}

export type Server = {
  drive: (request: LoadRequest) => Promise<LoadAnswer>
  cpu: () => Promise<number>
  close: () => Promise<void>
}

/** The real server on a database, an officer signed in, and a load generator; undefined where the route is not built. */
export async function startServer(
  city: City,
  database: Database,
  of: { numbers: string; records: number },
): Promise<Server | undefined> {
  const server = startChild<ServerRequest, number>('look-up-server.ts', {
    url: database.url,
    keysFile: city.keysFile,
  } satisfies ServerArgument)
  const port = await server.ask('port')
  const base = `http://127.0.0.1:${port}`
  const headers = { 'content-type': 'application/json' }
  const signedIn = await fetch(`${base}/api/v1/session`, { method: 'POST', headers, body: JSON.stringify(OFFICER) })
  if (signedIn.status !== 200) throw new Error(`cannot sign in: ${await signedIn.text()}`)
  const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';', 1)[0]!
  const { csrf } = (await signedIn.json()) as { csrf: string }
  const built = await fetch(`${base}/api/v1/look-ups`, {
    method: 'POST',
    headers: { ...headers, cookie, 'x-csrf': csrf },
    body: JSON.stringify({ number: '990101197001010012', purpose: PURPOSE, matter: MATTER }),
  })
  await built.text()
  if (built.status === 501) {
    await server.close()
    return undefined
  }
  const argument: LoadArgument = { port, cookie, csrf, purpose: PURPOSE, matter: MATTER, ...of }
  const load = startChild<LoadRequest, LoadAnswer>('load.ts', argument)
  return {
    drive: (request) => load.ask(request),
    cpu: () => server.ask('cpu'),
    async close() {
      await load.close()
      await server.close()
    },
  }
}

export type LookUpOptions = {
  file: ReferenceFile
  records: number
  seconds: number
  repetitions: number
  log: (line: string) => void
}

/** Throughput of the signed-in route against the bare driver's, in turn on the same database. */
export async function measureLookUp(
  city: City,
  database: Database,
  options: LookUpOptions,
): Promise<Measured | undefined> {
  const { file, records, seconds, repetitions, log } = options
  const people = writePeople(city, file, PEOPLE)
  const server = await startServer(city, database, { numbers: people.numbers, records })
  if (server === undefined) {
    log('look-up: the route is not built yet')
    return undefined
  }
  const { owner, officer } = database
  const bare = startChild<LoadRequest, LoadAnswer>('bare.ts', {
    url: database.url,
    subjects: people.subjects,
    officer,
    unit: await getNumber(owner, 'select num as value from xinheng.unit where id = $1', [UNIT]),
    purpose: await getNumber(owner, 'select num as value from xinheng.purpose where id = $1', [PURPOSE]),
    item: await getNumber(owner, 'select num as value from xinheng.item where id = $1 order by num desc limit 1', [
      ITEM,
    ]),
    matter: MATTER,
    records,
  } satisfies BareArgument)
  const runs: { http: number; bare: number }[] = []
  try {
    await server.drive({ seconds: seconds / 2, connections: AT_ONCE, seed: 0 })
    await bare.ask({ seconds: seconds / 2, connections: AT_ONCE, seed: 0 })
    for (let at = 1; at <= repetitions; at += 1) {
      const request: LoadRequest = { seconds, connections: AT_ONCE, seed: at * 1_000_003 }
      const accesses = await getNumber(owner, 'select count(*) as value from xinheng.access')
      const [node, postgres] = [await server.cpu(), postgresCpu(city.dataDir)]
      const http = await server.drive(request)
      const perHttp = [(await server.cpu()) - node, postgresCpu(city.dataDir) - postgres, http.cpu]
      const written = (await getNumber(owner, 'select count(*) as value from xinheng.access')) - accesses
      if (written !== http.count) throw new Error(`${http.count} look-ups left ${written} rows`)
      const between = postgresCpu(city.dataDir)
      const direct = await bare.ask(request)
      const perBare = [postgresCpu(city.dataDir) - between, direct.cpu]
      runs.push({ http: http.count / http.seconds, bare: direct.count / direct.seconds })
      log(describe('http', http, perHttp, ['server', 'PostgreSQL', 'load generator']))
      log(describe('bare', direct, perBare, ['PostgreSQL', 'driver']))
    }
  } finally {
    await server.close()
    await bare.close()
  }
  const ratios = runs.map((run) => run.http / run.bare)
  const value = median(runs.map((run) => run.http)) / median(runs.map((run) => run.bare))
  return { id: 'look-up', value, noise: [Math.min(...ratios), Math.max(...ratios)] }
}

function describe(name: string, { count, seconds, p50, p99 }: LoadAnswer, cpu: number[], whose: string[]): string {
  const each = cpu.map((one, at) => `${whose[at]} ${((one / count) * 1e6).toFixed(0)}`).join(', ')
  return `look-up: ${name} ${(count / seconds).toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; µs CPU each: ${each}`
}
