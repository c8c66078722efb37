import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, renameSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Cluster, describeCluster, ensureCluster, getPassword } from './embedded-cluster.ts'
import { as, give, prepareHome, resolveDataDir, wantedDataDir } from './embedded-home.ts'
import { findPostmaster, isPostmaster, removeStaleLocks } from './embedded-postmaster.ts'
import { deriveSettings } from './embedded-settings.ts'

export { resolveDataDir } from './embedded-home.ts'

const DATABASE = 'xinheng'
/** Advisory lock: held shared by every process that uses the server, exclusively by the one that stops it. */
const IN_USE = 0x78696e
/** A socket's whole path is at most 107 bytes on Linux, 103 on macOS. */
const SOCKET_PATH_LIMIT = 103
const LOG_LIMIT = 16 * 2 ** 20
/** Failed starts in a row before giving up, and how long orphaned children of a killed server may take to go. */
const ATTEMPTS = 5
const ORPHANS_MS = 60_000

export type EmbeddedOptions = {
  /** where everything is kept: `resolveDataDir()` */
  dataDir: string
  /** listen on this port of 127.0.0.1 instead of a Unix socket */
  port?: number
  /** PostgreSQL settings that go before ours; they count only for the process that starts the server */
  settings?: Record<string, string>
  log?: (line: string) => void
}

export type Embedded = {
  /** superuser URL of database `xinheng`, over a Unix socket where its path is short enough, else over loopback */
  url: string
  /** leaves, and stops the server if nobody else uses it */
  stop(): Promise<void>
  /** the data directory in effect */
  dataDir: string
}

type Session = Cluster & { options: EmbeddedOptions; settings: Record<string, string>; log: (line: string) => void }

/**
 * Lends the database: `DATABASE_URL` where given, else the embedded server, started or joined.
 * `XINHENG_SHARED_BUFFERS` (such as "512MB") replaces the third of memory that the embedded server takes.
 */
export async function lendDatabase(
  env: NodeJS.ProcessEnv = process.env,
  log?: EmbeddedOptions['log'],
): Promise<Embedded> {
  if (env.DATABASE_URL) return { url: env.DATABASE_URL, dataDir: resolveDataDir(env), stop: async () => {} }
  const settings: Record<string, string> = env.XINHENG_SHARED_BUFFERS
    ? { shared_buffers: env.XINHENG_SHARED_BUFFERS }
    : {}
  return startEmbedded({ dataDir: wantedDataDir(env), settings, log })
}

/**
 * Starts the server of a data directory, or joins the one that runs; recovers by itself from whatever was killed.
 * The server outlives its starter and ends with the last process that uses it; while we live it is brought back
 * if it dies. Throws where it cannot run, with reason and remedy.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const log = options.log ?? (() => {})
  const home = prepareHome(options.dataDir, log)
  const session: Session = { ...describeCluster(home), options, settings: deriveSettings(options.settings), log }
  let stopping = false
  let keeper = enter(session).then(watch)

  function watch(client: pg.Client): pg.Client {
    client.once('end', () => {
      if (stopping) return
      log('数据库中断，正在恢复 · The database went away, bringing it back')
      keeper = enter(session).then(watch)
      keeper.catch((error: Error) => log(error.message))
    })
    return client
  }

  const url = formatUrl(await keeper)
  return {
    url,
    dataDir: home.dataDir,
    async stop() {
      if (stopping) return
      stopping = true
      const client = await keeper.catch(() => undefined)
      if (client) await leave(session, client)
    },
  }
}

/** Joins or starts the server and registers as its user; whatever goes wrong on the way is looked at afresh. */
async function enter(session: Session): Promise<pg.Client> {
  let failures = 0
  const since = Date.now()
  for (;;) {
    await ensureCluster(session, session.settings)
    const password = getPassword(session)
    const running = findPostmaster(session.data)
    if (running?.status === 'ready') {
      const client = await register(running.socketDir || '127.0.0.1', running.port, password)
      if (client) return client
    }
    if (running) {
      await sleep(20) // starting, recovering or stopping: however long that takes
      continue
    }
    const failure = await launch(session, failures)
    if (failure === undefined || /lock file/.test(failure)) continue
    if (/shared memory block/.test(failure) && Date.now() - since < ORPHANS_MS) {
      await sleep(200)
    } else if (++failures >= ATTEMPTS) {
      throw new Error(
        `PostgreSQL 无法启动 · PostgreSQL does not start, see ${join(session.dataDir, 'postgres.log')}: ${failure}`,
      )
    }
  }
}

/** Takes the shared lock and makes sure of the database; undefined where the server is just coming or going. */
async function register(host: string, port: number, password: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    host,
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    application_name: 'xinheng keeper',
  })
  client.on('error', () => {}) // 'end' follows
  try {
    await client.connect()
    // waits where the last user is just stopping the server, and is then cut off with everybody else
    await client.query('select pg_advisory_lock_shared($1::bigint)', [IN_USE])
    const { rowCount } = await client.query('select from pg_database where datname = $1::name', [DATABASE])
    if (!rowCount) await client.query(`create database ${DATABASE}`).catch(ignoreDuplicate)
    return client
  } catch (error) {
    await client.end().catch(() => {})
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    // wrong password, database dropped by hand and the like do not go away by waiting
    if (/^(?:28|3D|42)/.test(code))
      throw new Error(`无法登录内置数据库 · Cannot sign in to the embedded database`, { cause: error })
    await sleep(20)
    return undefined
  }
}

/** Of two processes that create the database at once one gets 42P04 or 23505. */
function ignoreDuplicate(error: Error & { code?: string }): void {
  if (error.code !== '42P04' && error.code !== '23505') throw error
}

/** Starts the server and waits until it is ready; returns what its log says where it is not going to be. */
async function launch(session: Session, failures: number): Promise<string | undefined> {
  removeStaleLocks(session.data, session.run)
  mkdirSync(session.run, { recursive: true, mode: 0o700 })
  give(session.run, session.account)
  const address = await chooseAddress(session, failures)
  const settings = Object.entries({ ...session.settings, ...address }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const path = join(session.dataDir, 'postgres.log')
  const fd = openLog(path)
  if (statSync(session.dataDir).uid === session.account?.uid) give(path, session.account)
  const start = statSync(path).size
  // a group of its own: Ctrl-C is for us, who still have work to finish, not for the server
  const stdio = ['ignore', fd, fd] satisfies ['ignore', number, number]
  const server = spawn(join(session.bin, 'postgres'), ['-D', session.data, ...settings], {
    ...as(session.account),
    detached: true,
    stdio,
  })
  closeSync(fd)
  server.unref()
  const failed: string[] = []
  server.once('error', (error) => failed.push(error.message))
  while (!hasEnded(server) && failed.length === 0) {
    if (findPostmaster(session.data)?.status === 'ready') return undefined
    await sleep(10)
  }
  return failed[0] ?? readFrom(path, start)
}

const hasEnded = (server: ChildProcess): boolean => server.exitCode !== null || server.signalCode !== null

/**
 * A Unix socket under the data directory, or loopback where its path would be too long or a port is asked for.
 * A port once chosen stays, so that an address in use survives a restart; after a failed start another is tried.
 */
async function chooseAddress({ run, data, options }: Session, failures: number): Promise<Record<string, string>> {
  if (options.port === undefined && Buffer.byteLength(join(run, '.s.PGSQL.5432')) <= SOCKET_PATH_LIMIT) {
    return { unix_socket_directories: `"${run}"`, listen_addresses: '', port: '5432' }
  }
  const port = options.port ?? (failures === 0 ? findLastPort(data) : undefined) ?? (await findFreePort())
  return { unix_socket_directories: '', listen_addresses: '127.0.0.1', port: String(port) }
}

/** The port of the last start; PostgreSQL notes its command line in postmaster.opts. */
function findLastPort(data: string): number | undefined {
  const path = join(data, 'postmaster.opts')
  const options = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const port = options.includes('listen_addresses=127') ? /"port=(\d+)"/.exec(options)?.[1] : undefined
  return port === undefined ? undefined : Number(port)
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port')),
      )
    })
  })
}

/** Leaves; whoever gets the lock exclusively is alone, and stops the server while newcomers wait for the lock. */
async function leave(session: Session, client: pg.Client): Promise<void> {
  try {
    await client.query('select pg_advisory_unlock_shared($1::bigint)', [IN_USE])
    const { rows } = await client.query('select pg_try_advisory_lock($1::bigint) as alone', [IN_USE])
    const running = findPostmaster(session.data)
    if (!rows[0]?.alone || !running) return
    process.kill(running.pid, 'SIGINT') // "fast": sessions end, then a checkpoint
    while (isPostmaster(running.pid, session.data)) await sleep(10)
  } catch {
    // it went away while we were leaving
  } finally {
    await client.end().catch(() => {})
  }
}

function formatUrl(client: pg.Client): string {
  return `postgres://postgres:${client.password}@${encodeURIComponent(client.host)}:${client.port}/${DATABASE}`
}

function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_LIMIT) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}

/** The last lines of what was written to the log from an offset on; the settings keep personal data out of it. */
function readFrom(path: string, start: number): string {
  const fd = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(64 * 1024)
    const text = buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, start))
    return text.trim().split('\n').slice(-4).join(' | ') || 'it ended without a word'
  } finally {
    closeSync(fd)
  }
}
