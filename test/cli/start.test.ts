import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { withEmptyDatabase, writeTestKeys } from '#test/db.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')

/** Runs `xinheng start` in a process of its own until it says how to stop it. */
async function start(t: TestContext, env: Record<string, string>, ...args: string[]) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', MAIN, 'start', '--port', '0', ...args],
    {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  t.after(() => child.kill('SIGKILL'))
  let text = ''
  const ended = once(child, 'exit')
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        if (text.includes('Ctrl-C')) resolve()
      })
    }
    void ended.then(() => reject(new Error(`it ended: ${text}`)))
  })
  await ready
  const base = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? ''
  return { base, text: () => text, stop: () => (child.kill('SIGTERM'), ended) }
}

const PASSWORD = 'a-password-of-the-test'
const signIn = (base: string, name: string, password = 'demo') =>
  fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  })

test(
  'start builds the demo city on an empty database, serves it, stops cleanly, and starts again without building',
  { timeout: 180_000 },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'xinheng-start-'))
    const env = {
      DATABASE_URL: await withEmptyDatabase(t),
      XINHENG_DATA: folder,
      XINHENG_KEYS: await writeTestKeys(join(folder, 'keys.json')),
    }
    const first = await start(t, env)
    assert.match(first.text(), /penalty-person\.csv .*accepted/)
    assert.equal((await fetch(`${first.base}/health`)).status, 200)
    for (const name of [
      'market-clerk',
      'youth-reviewer',
      'approval-officer',
      'auditor',
      'admin',
      'court',
      'review-body',
      'wang',
      'li',
      'chen',
    ]) {
      assert.equal((await signIn(first.base, name)).status, 200, name)
    }
    const cookie = (await signIn(first.base, 'wang')).headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
    const archive = (await (await fetch(`${first.base}/api/v1/me/archive`, { headers: { cookie } })).json()) as {
      records: unknown[]
    }
    assert.ok(archive.records.length > 5)
    assert.deepEqual(await first.stop(), [0, null])

    const second = await start(t, env)
    assert.doesNotMatch(second.text(), /accepted|again/)
    assert.equal((await fetch(`${second.base}/health`)).status, 200)
    assert.deepEqual(await second.stop(), [0, null])
  },
)

for (const [pack, place, abolished] of [
  ['hunan', '湖南省公共信用信息政策包', 'hn-industry-commerce-2018'],
  ['tianjin-baodi', '天津市宝坻区公共信用信息政策包', 'bd-health'],
] as const) {
  test(
    `start --pack ${pack} serves that place, without demonstration data, and says so`,
    { timeout: 120_000 },
    async (t) => {
      const folder = await mkdtemp(join(tmpdir(), 'xinheng-start-'))
      const env = {
        DATABASE_URL: await withEmptyDatabase(t),
        XINHENG_DATA: folder,
        XINHENG_KEYS: await writeTestKeys(join(folder, 'keys.json')),
      }
      const started = await start(t, env, '--pack', pack)
      assert.ok(started.text().includes(place) && started.text().includes('no demonstration data'), started.text())
      assert.equal((await fetch(`${started.base}/health`)).status, 200)
      assert.equal((await signIn(started.base, 'admin')).status, 401)
      // what it says to type opens the first account, and no account is opened for a unit that is no more
      const [, unit = ''] = /account add admin-1 --unit (\S+) --roles admin/.exec(started.text()) ?? []
      const add = (name: string, of: string) =>
        spawnSync(
          process.execPath,
          ['--disable-warning=ExperimentalWarning', MAIN, 'account', 'add', name, '--unit', of, '--roles', 'admin'],
          { env: { ...process.env, ...env }, input: `${PASSWORD}\n`, encoding: 'utf8' },
        )
      assert.equal(add('admin-1', unit).status, 0, unit)
      const gone = add('admin-3', abolished)
      assert.deepEqual([gone.status, gone.stderr.includes('后继单位')], [1, true], gone.stderr)
      assert.equal((await signIn(started.base, 'admin-1', PASSWORD)).status, 200)
      assert.deepEqual(await started.stop(), [0, null])
    },
  )
}

test('where no data can be kept, it ends at once with what to do: a place in which nothing can be made, a file in the way', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'xinheng-in-the-way-')), 'file')
  await writeFile(file, '')
  for (const where of ['/proc/xinheng', '/proc/self/xinheng/data', '/dev/null/xinheng', file]) {
    if (where.startsWith('/proc') && process.platform !== 'linux') continue
    const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, 'ledger', 'verify'], {
      env: { ...process.env, DATABASE_URL: '', XINHENG_DATA: where },
      encoding: 'utf8',
      timeout: 60_000,
      killSignal: 'SIGKILL',
    })
    assert.equal(run.status, 3, `${where}: ${run.signal} ${run.stderr}`)
    assert.match(run.stderr, /XINHENG_DATA/, where)
    assert.doesNotMatch(run.stderr, /^\s+at /m, where)
  }
})
