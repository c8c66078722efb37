import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, afterEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Embedded, type EmbeddedOptions, startEmbedded as start } from '#store/embedded.ts'

// Real servers, really killed. Each test has a data directory of its own; fsync stays on.

const settings = { shared_buffers: '32MB' }
const USER = join(import.meta.dirname, 'embedded-user.ts')

const started: Embedded[] = []

/** As the real one, and stopped at the end even if the test fails. */
async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const embedded = await start(options)
  started.push(embedded)
  return embedded
}

afterEach(async () => {
  await Promise.all(started.splice(0).map(({ stop }) => stop()))
})

function makeDataDir(t: TestContext, name = 'data'): string {
  const parent = mkdtempSync(join(tmpdir(), 'xinheng-pg-'))
  // another account has to pass through
  chmodSync(parent, 0o755)
  const dataDir = join(parent, name)
  t.after(() => {
    const pid = findServer(dataDir)
    if (pid) process.kill(pid, 'SIGKILL')
    rmSync(parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  })
  return dataDir
}

/** The pid in postmaster.pid, if that process lives. */
function findServer(dataDir: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
    process.kill(pid, 0)
    return pid
  } catch {
    return undefined
  }
}

function getServer(dataDir: string): number {
  const pid = findServer(dataDir)
  assert.ok(pid, 'a server runs')
  return pid
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

type User = { url: string; child: ChildProcess; ended: Promise<number | null> }

/** Another process that uses the same data directory until it is told to stop (SIGTERM) or is killed. */
async function startUser(t: TestContext, dataDir: string): Promise<User> {
  const child = spawn(process.execPath, [USER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
    child.once('exit', (code) => reject(new Error(`the user process ended with ${code}`)))
  })
  return { url, child, ended }
}

async function waitUntil(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const until = Date.now() + 20_000; Date.now() < until; await sleep(50)) {
    if (await holds()) return
  }
  assert.fail(`not within 20 s: ${what}`)
}

test('starts, stores, stops and finds everything again', async (t) => {
  const dataDir = makeDataDir(t)
  const first = await startEmbedded({ dataDir, settings })
  await query(first.url, 'create table kept as select 42 as it')
  assert.deepEqual(
    await query(
      first.url,
      `select current_database(), current_setting('server_encoding'), current_setting('timezone'),
      current_setting('fsync'), current_setting('wal_level'), current_setting('shared_buffers')`,
    ),
    ['xinheng', 'UTF8', 'Asia/Shanghai', 'on', 'minimal', '32MB'],
  )
  await first.stop()
  await first.stop()
  assert.equal(findServer(dataDir), undefined)

  const second = await startEmbedded({ dataDir, settings })
  assert.equal(second.url, first.url)
  assert.deepEqual(await query(second.url, 'select it from kept'), [42])
  await second.stop()
})

test('asks for the password, and the log holds neither statements nor values', async (t) => {
  const dataDir = makeDataDir(t)
  const { url, stop } = await startEmbedded({ dataDir, settings })
  await assert.rejects(query(url.replace(/:[^:@]+@/, ':wrong@'), 'select'), { code: '28P01' })
  await query(url, 'create table person (name text primary key)')
  await query(url, `insert into person values ('Zhang San')`)
  await assert.rejects(query(url, `insert into person values ('Zhang San')`), { code: '23505' })
  await assert.rejects(query(url, `select 'Zhang San'::uuid`), { code: '22P02' })
  await stop()
  assert.doesNotMatch(readFileSync(join(dataDir, 'postgres.log'), 'utf8'), /Zhang San|insert into/)
})

test('listens on loopback where a port is asked for or the path is too long for a socket', async (t) => {
  const dataDir = makeDataDir(t, '长'.repeat(40))
  const first = await startEmbedded({ dataDir, settings })
  assert.match(first.url, /@127\.0\.0\.1:\d+\//)
  await first.stop()
  const second = await startEmbedded({ dataDir, settings })
  assert.equal(second.url, first.url, 'the port stays')
  assert.deepEqual(await query(second.url, 'select 1'), [1])
  await second.stop()
})

test('works in a path with spaces and Chinese', async (t) => {
  const { url, stop } = await startEmbedded({ dataDir: makeDataDir(t, '数 据'), settings })
  assert.deepEqual(await query(url, 'select 1'), [1])
  await stop()
})

test('five starts at once: one server, stopped by the last to leave', async (t) => {
  const dataDir = makeDataDir(t)
  const users = await Promise.all(Array.from({ length: 5 }, () => startUser(t, dataDir)))
  assert.equal(new Set(users.map(({ url }) => url)).size, 1)
  const pid = getServer(dataDir)
  const [last, ...others] = users
  assert.ok(last)
  for (const { child, ended } of others) {
    child.kill('SIGTERM')
    assert.equal(await ended, 0)
  }
  assert.equal(findServer(dataDir), pid)
  assert.deepEqual(await query(last.url, 'select 1'), [1])
  last.child.kill('SIGTERM')
  await last.ended
  assert.equal(findServer(dataDir), undefined)
})

test('the starter leaves first, and the one that joined keeps the server', async (t) => {
  const dataDir = makeDataDir(t)
  const starter = await startUser(t, dataDir)
  const { url, stop } = await startEmbedded({ dataDir, settings })
  starter.child.kill('SIGTERM')
  await starter.ended
  assert.deepEqual(await query(url, 'select 1'), [1])
  await stop()
  assert.equal(findServer(dataDir), undefined)
})

test('users come and go at the same instant, and each is served', async (t) => {
  const dataDir = makeDataDir(t)
  await Promise.all(
    Array.from({ length: 4 }, async (_, worker) => {
      for (let round = 0; round < 6; round++) {
        const { url, stop } = await startEmbedded({ dataDir, settings })
        assert.deepEqual(await query(url, `select ${worker}`), [worker])
        await stop()
      }
    }),
  )
  assert.equal(findServer(dataDir), undefined)
})

test('the user is killed: its server is taken over and stopped at the end', async (t) => {
  const dataDir = makeDataDir(t)
  const user = await startUser(t, dataDir)
  const pid = getServer(dataDir)
  user.child.kill('SIGKILL')
  await user.ended
  assert.equal(findServer(dataDir), pid, 'the server outlives it')
  const { url, stop } = await startEmbedded({ dataDir, settings })
  assert.equal(getServer(dataDir), pid)
  assert.deepEqual(await query(url, 'select 1'), [1])
  await stop()
  assert.equal(findServer(dataDir), undefined)
})

test('server and user are killed: the next start recovers what was committed', async (t) => {
  const dataDir = makeDataDir(t)
  const user = await startUser(t, dataDir)
  await query(user.url, 'create table kept as select 42 as it')
  user.child.kill('SIGKILL')
  process.kill(getServer(dataDir), 'SIGKILL')
  await user.ended
  const { url, stop } = await startEmbedded({ dataDir, settings })
  assert.deepEqual(await query(url, 'select it from kept'), [42])
  await stop()
})

test('the server is killed under a living user: it comes back at the same address', async (t) => {
  const dataDir = makeDataDir(t)
  const { url, stop } = await startEmbedded({ dataDir, settings })
  await query(url, 'create table kept as select 42 as it')
  const pid = getServer(dataDir)
  process.kill(pid, 'SIGKILL')
  await waitUntil('another server runs', async () => {
    const found = findServer(dataDir)
    return found !== undefined && found !== pid && (await query(url, 'select 1').then(Boolean, () => false))
  })
  assert.deepEqual(await query(url, 'select it from kept'), [42])
  await stop()
  assert.equal(findServer(dataDir), undefined)
})

test('a lock file with the pid of a living stranger is seen through', async (t) => {
  const dataDir = makeDataDir(t)
  const first = await startEmbedded({ dataDir, settings })
  const path = join(dataDir, 'postgres/data/postmaster.pid')
  const content = readFileSync(path, 'utf8')
  await first.stop()
  writeFileSync(path, content.replace(/^\d+/, String(process.pid)))
  const { url, stop } = await startEmbedded({ dataDir, settings })
  assert.deepEqual(await query(url, 'select 1'), [1])
  await stop()
})

test('a half-made cluster is never met, and is cleared away', async (t) => {
  // at once: initdb, which goes on without its parent, has not made its directory yet
  for (const delay of [0, 0, 5, 100, 300]) {
    const dataDir = makeDataDir(t)
    const child = spawn(process.execPath, [USER, dataDir], { stdio: 'ignore' })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await waitUntil(
      'the making begins',
      () => existsSync(dataDir) && readdirSync(dataDir).some((name) => name.startsWith('postgres.making-')),
    )
    await sleep(delay)
    child.kill('SIGKILL')
    await ended
    const { url, stop } = await startEmbedded({ dataDir, settings })
    assert.deepEqual(await query(url, 'select 1'), [1])
    await stop()
    assert.deepEqual(readdirSync(dataDir).toSorted(), ['postgres', 'postgres.log'], `killed after ${delay} ms`)
  }
})

test('says what is wrong, and with what remedy', async (t) => {
  const dataDir = makeDataDir(t)
  await assert.rejects(
    startEmbedded({ dataDir, settings: { shared_buffers: 'much' } }),
    /postgres\.log: .*shared_buffers/,
  )
  writeFileSync(join(dataDir, 'postgres/data/PG_VERSION'), '9\n')
  await assert.rejects(startEmbedded({ dataDir, settings }), /made by PostgreSQL 9/)
  const file = join(dataDir, 'file')
  writeFileSync(file, '')
  await assert.rejects(startEmbedded({ dataDir: join(file, 'data'), settings }), /XINHENG_DATA/)
})

test(
  'as root, with data where no other account may enter, they are kept in /var/lib/xinheng',
  {
    skip: process.getuid?.() !== 0 && 'needs root',
  },
  async (t) => {
    const dataDir = makeDataDir(t, 'secret/data')
    mkdirSync(join(dataDir, '..'), { mode: 0o700 })
    const said: string[] = []
    const { url, stop, dataDir: actual } = await startEmbedded({ dataDir, settings, log: (line) => said.push(line) })
    t.after(() => rmSync(actual, { recursive: true, force: true }))
    assert.deepEqual(await query(url, 'select 1'), [1])
    await stop()
    assert.match(actual, /^\/var\/lib\/xinheng\/[0-9a-f]{12}$/)
    assert.match(said.join('\n'), new RegExp(`Data are kept in ${actual}`))
  },
)
