import { createHash, hash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import pg from 'pg'
import type { Pack } from '#domain/pack.ts'
import { deriveReference, loadIntoDatabase } from '#operations/load-pack.ts'
import { loadPack } from '#operations/pack-load.ts'
import { openSystem, today, type System } from '#operations/system.ts'
import { startEmbedded, type Embedded } from '#store/embedded.ts'
import type { Keys } from '#store/keys.ts'
import { migrate } from '#store/migrate.ts'

// A real PostgreSQL for every test that needs one: `npm test` gives its address in XINHENG_TEST_DATABASE; without, a
// server in the temporary folder is started or joined, so that one file runs alone: `node --test test/api/x.test.ts`.

const CLONE = join(import.meta.dirname, '..')
const LOCK = 7399

/** The keys of all tests: database roles are the cluster's, so that every test on it must derive the same passwords. */
export function testKeys(): Keys {
  const bytes = (name: string) => Buffer.from(hash('sha512', `xinheng test ${name}`, 'hex'), 'hex')
  const seed = bytes('signing').subarray(0, 32)
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]).toString('base64')
  return {
    index: bytes('index'),
    ledger: bytes('ledger'),
    roles: bytes('roles'),
    signing: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
    encryption: { current: 1, keys: new Map([[1, bytes('encryption').subarray(0, 32)]]) },
  }
}

let server: Promise<string> | undefined

/** Superuser URL of the server the tests use. */
export function testServer(): Promise<string> {
  server ??= findServer()
  return server
}

async function findServer(): Promise<string> {
  const given = process.env['XINHENG_TEST_DATABASE']
  if (given) return given
  const settings = { shared_buffers: '128MB', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const dataDir = join(tmpdir(), `xinheng-test-${hash('sha256', CLONE, 'hex').slice(0, 8)}`)
  own = await startEmbedded({ dataDir, settings })
  return own.url
}

// registered here and not where it starts: there it would belong to the test that runs, and end with it
let own: Embedded | undefined
after(() => own?.stop())

const databaseUrl = (url: string, database: string): string => {
  const named = new URL(url)
  named.pathname = `/${database}`
  return named.href
}

async function withAdmin<result>(use: (client: pg.Client) => Promise<result>): Promise<result> {
  const client = new pg.Client({
    connectionString: databaseUrl(await testServer(), 'postgres'),
    application_name: 'xinheng test',
  })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

let demo: Promise<Pack> | undefined
/** The demo pack, read once. */
export const demoPack = (): Promise<Pack> => (demo ??= loadPack('demo'))

const civilToday = () => today({ now: () => Temporal.Now.instant() })

async function templateName(): Promise<string> {
  const folder = join(CLONE, 'src/store/migrations')
  const digest = createHash('sha256')
  for (const name of (await readdir(folder)).toSorted()) digest.update(name).update(await readFile(join(folder, name)))
  const pack = await demoPack()
  digest.update(JSON.stringify([pack, deriveReference(pack, civilToday())]))
  return `xinheng_template_${digest.digest('hex').slice(0, 12)}`
}

/** Makes the template where it is missing, one test process at a time, under another name until it is whole. */
async function ensureTemplate(): Promise<string> {
  const name = await templateName()
  await withAdmin(async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [LOCK])
    const { rows } = await admin.query<{ datname: string }>(
      `select datname from pg_database where datname like 'xinheng\\_t%'`,
    )
    if (rows.some(({ datname }) => datname === name)) return
    // left by older versions and by killed runs
    for (const { datname } of rows)
      if (isLeftOver(datname)) await admin.query(`drop database if exists ${datname} with (force)`)
    const making = `xinheng_template_making`
    await admin.query(`create database ${making}`)
    const url = databaseUrl(await testServer(), making)
    await migrate(url, testKeys())
    await loadIntoDatabase(url, await demoPack(), civilToday())
    await admin.query(`alter database ${making} rename to ${name}`)
  })
  return name
}

function isLeftOver(database: string): boolean {
  const pid = /^xinheng_test_(\d+)_/.exec(database)?.[1]
  if (pid === undefined) return true
  try {
    process.kill(Number(pid), 0)
    return false
  } catch {
    return true
  }
}

export type TestDatabase = { url: string; keys: Keys; system: System; owner: pg.Pool }
export type TestDatabaseOptions = {
  now?: () => Temporal.Instant
  workers?: number
  poolSize?: number
  keys?: Keys
  /** in the place of the demo pack */
  pack?: Pack
}

/** A pack of the project for tests: people of the fictional division are let in. */
export async function testPack(id: string, options: Parameters<typeof loadPack>[1] = {}): Promise<Pack> {
  const [pack, { fictionalDivisions }] = await Promise.all([loadPack(id, options), demoPack()])
  return { ...pack, fictionalDivisions }
}

/** A file of the test keys, for a command line or a server in a process of its own (XINHENG_KEYS). */
export async function writeTestKeys(path: string): Promise<string> {
  const { index, ledger, roles, signing, encryption } = testKeys()
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const keys = Object.fromEntries([...encryption.keys].map(([num, key]) => [num, base64(key)]))
  const file = {
    index: base64(index),
    ledger: base64(ledger),
    roles: base64(roles),
    signing,
    encryption: { current: encryption.current, keys },
  }
  await writeFile(path, JSON.stringify(file))
  return path
}

/** URL of an empty database, gone when the test ends. */
export async function withEmptyDatabase(t: TestContext): Promise<string> {
  const name = `xinheng_test_${process.pid}_${(count += 1)}`
  await withAdmin((admin) => admin.query(`create database ${name}`))
  t.after(() => withAdmin((admin) => admin.query(`drop database if exists ${name} with (force)`)))
  return databaseUrl(await testServer(), name)
}

let template: Promise<string> | undefined
let count = 0

/** A database of the test's own, migrated, with the demo pack; `owner` is a superuser. Gone when the test ends. */
export async function withDatabase(
  t: TestContext | { after: typeof after },
  options: TestDatabaseOptions = {},
): Promise<TestDatabase> {
  template ??= ensureTemplate()
  const from = await template
  const name = `xinheng_test_${process.pid}_${(count += 1)}`
  await withAdmin((admin) => admin.query(`create database ${name} template ${from}`))
  const url = databaseUrl(await testServer(), name)
  const keys = options.keys ?? testKeys()
  if (options.pack) await loadIntoDatabase(url, options.pack, civilToday())
  const owner = new pg.Pool({ connectionString: url, max: 2 })
  owner.on('error', () => undefined)
  const system = await openSystem({
    ownerUrl: url,
    keys,
    poolSize: options.poolSize ?? 6,
    lanes: 2,
    workers: options.workers ?? 1,
    now: options.now,
  })
  t.after(async () => {
    await system.close()
    await owner.end()
    await withAdmin((admin) => admin.query(`drop database if exists ${name} with (force)`))
  })
  return { url, keys, system, owner }
}
