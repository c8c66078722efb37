import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { loadIntoDatabase } from '#operations/load-pack.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { verifyLedger } from '#operations/ledger-verify.ts'
import { openPool } from '#store/db.ts'
import { startEmbedded } from '#store/embedded.ts'
import { getLedgerSigner } from '#store/ledger-leaf.ts'
import { migrate, roleUrl } from '#store/migrate.ts'
import { demoPack, testKeys } from '#test/db.ts'
import { commitment, commitmentFile } from '#test/people.ts'
import { TODAY } from './sending.fixture.ts'

// A real server with fsync on, and 50 000 rows in five files, of which each corrects and repeats some of the one before.
// Twenty-one times, at a random instant, something is killed with -9: the process that takes in, PostgreSQL, or the worker
// thread. After each, what was acknowledged is there, once, and nothing else; running it again ends in the same state.

const LOADS = 3
const KILLS = 7
const FILES = 5
const ROWS = 10_000
const PROGRAM = join(import.meta.dirname, 'kill.fixture.ts')
const MEANS = ['process', 'postgres', 'worker'] as const

type Ack = { key: string; submission: number; status: string; new: number; versions: number }

async function writeFiles(folder: string): Promise<void> {
  await mkdir(folder)
  for (let file = 0; file < FILES; file += 1) {
    const rows = Array.from({ length: ROWS }, (_, at) => {
      const row = commitment(file * ROWS + at)
      if (file > 0 && at % 40 === 7) return { ...commitment((file - 1) * ROWS + at), decided: '2026-04-01' }
      if (file > 0 && at % 40 === 9) return commitment((file - 1) * ROWS + at)
      if (at % 100 === 11) return { ...row, decided: '2026-02-30' }
      return row
    })
    await writeFile(join(folder, `file-${file}`), commitmentFile(rows))
  }
}

/** Random numbers of a seed that is printed, so that a failure can be played again. */
function openDice(t: TestContext): () => number {
  let state = Number(process.env['KILL_SEED'] ?? Date.now() % 2 ** 31)
  t.diagnostic(`KILL_SEED=${state}`)
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return ((state >>> 8) & 0xffffff) / 0x1000000
  }
}

test(
  'killed with -9 at random instants: nothing accepted is lost, nothing doubled, the same end state',
  { timeout: 580_000 },
  async (t) => {
    const parent = mkdtempSync(join(tmpdir(), 'xinheng-kill-'))
    chmodSync(parent, 0o755)
    const dataDir = join(parent, 'data')
    const embedded = await startEmbedded({ dataDir, settings: { shared_buffers: '128MB' } })
    t.after(async () => {
      await embedded.stop()
      rmSync(parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    })
    const { url } = embedded
    const keys = testKeys()
    const dice = openDice(t)
    await migrate(url, keys)
    await loadIntoDatabase(url, await demoPack(), TODAY)
    const folder = join(parent, 'files')
    await writeFiles(folder)

    /** One statement as owner; waits for a server that is coming back. */
    async function ask<row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<row[]> {
      for (const until = Date.now() + 60_000; ; await sleep(50)) {
        const client = new pg.Client({ connectionString: url })
        client.on('error', () => undefined)
        try {
          await client.connect()
          return (await client.query<row>(sql, values)).rows
        } catch (error) {
          const state = error instanceof Error && 'code' in error ? String(error.code) : ''
          if (Date.now() > until || /^(22|23|42)/.test(state)) throw error
        } finally {
          await client.end().catch(() => undefined)
        }
      }
    }
    const [account] = await ask<{ num: number }>(
      `insert into xinheng.account (name, display, unit, roles, password) values ('kill', '{}', 1, '{clerk}', '') returning num`,
    )

    /** Sends all files; `kill` is called some time after the first is under way. Says what was acknowledged. */
    async function load(kill?: (pid: number) => void, after = 0) {
      const child = spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', PROGRAM, url, folder, String(account?.num)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      )
      const acks: Ack[] = []
      let failed = false
      let started = 0
      let killed = false
      for await (const line of createInterface({ input: child.stdout })) {
        if (line === 'ready') {
          started = performance.now()
          if (kill) {
            setTimeout(() => {
              killed = child.exitCode === null
              if (killed) kill(child.pid ?? 0)
            }, after)
          }
        } else if (line.startsWith('failed')) failed = true
        else acks.push(JSON.parse(line) as Ack)
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      const complete = acks.length === FILES
      // whatever was killed but the process itself: it noticed, and left in order
      if (child.signalCode === null) assert.deepEqual([child.exitCode, failed], complete ? [0, false] : [3, true])
      return { acks, complete, killed, took: performance.now() - started }
    }

    async function settle(): Promise<void> {
      for (;;) {
        const [busy] = await ask<{ count: number }>(
          `select count(*)::integer from pg_stat_activity where usename = 'xinheng_app'`,
        )
        if (busy?.count === 0) return
        await sleep(20)
      }
    }

    /** Everything acknowledged is there, whole and once, and nothing stands alone. */
    async function checkStanding(acks: readonly Ack[], before = 0): Promise<number> {
      await settle()
      const submissions = await ask<{
        num: number
        key: string
        new: number
        versions: number
        stored: number
        adds: boolean
      }>(
        `select num, key, new_rows as new, version_rows as versions,
         (select count(*)::integer from xinheng.record r where r.submission = s.num) as stored,
         read_rows = new_rows + version_rows + duplicate_rows + refused_rows as adds
       from xinheng.submission s where accepted order by num`,
      )
      for (const ack of acks) {
        const found = submissions.filter(({ key }) => key === ack.key)
        assert.deepEqual(
          found.map(({ num, new: fresh, versions }) => [num, fresh, versions]),
          [[ack.submission, ack.new, ack.versions]],
          ack.key,
        )
      }
      assert.equal(new Set(submissions.map(({ key }) => key)).size, submissions.length, 'a file counts twice')
      // files went in one after another: what is there is a beginning of the row of files
      assert.deepEqual(
        submissions.map(({ key }) => key),
        Array.from({ length: submissions.length }, (_, at) => `file-${at}`),
      )
      assert.ok(
        submissions.length - Math.max(acks.length, before) <= 1,
        'more is there than one file that could not say so any more',
      )
      for (const { key, new: fresh, versions, stored, adds } of submissions)
        assert.deepEqual([key, stored, adds], [key, fresh + versions, true])
      const [alone] = await ask<{ records: number; nameless: number; idle: number; errors: number }>(
        `select (select count(*)::integer from xinheng.record r where not exists (select from xinheng.submission s where s.num = r.submission)) records,
         (select count(*)::integer from xinheng.record r where not exists (select from xinheng.subject s where s.subject = r.subject)) nameless,
         (select count(*)::integer from xinheng.subject s where not exists (select from xinheng.record r where r.subject = s.subject)) idle,
         (select count(*)::integer from xinheng.submission_error e where not exists (select from xinheng.submission s where s.num = e.submission)) errors`,
      )
      assert.deepEqual(alone, { records: 0, nameless: 0, idle: 0, errors: 0 })
      return submissions.length
    }

    const digest = async () =>
      (
        await ask<{ digest: string; rows: number; errors: string }>(
          `select md5(string_agg(subject::text || ' ' || nk || ' ' || mac, ',' order by subject, nk)) as digest, count(*)::integer as rows,
           (select md5(string_agg(s.key || e.row || e.code, ',' order by s.key, e.row)) from xinheng.submission_error e join xinheng.submission s on s.num = e.submission) as errors
         from xinheng.record`,
        )
      )[0]
    const clear = () =>
      ask(
        'truncate xinheng.record, xinheng.subject, xinheng.submission, xinheng.submission_error, xinheng.term cascade',
      )

    const postmaster = () => Number(readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
    const kills: Record<(typeof MEANS)[number], (pid: number) => void> = {
      process: (pid) => process.kill(pid, 'SIGKILL'),
      postgres: () => process.kill(postmaster(), 'SIGKILL'),
      worker: (pid) => process.kill(pid, 'SIGUSR2'),
    }

    const undisturbed = await load()
    assert.ok(undisturbed.complete)
    await checkStanding(undisturbed.acks)
    const expected = await digest()
    assert.ok((expected?.rows ?? 0) > 45_000)
    // a file that is there already costs about as much as one that is not
    const span = undisturbed.took * 0.9

    let hits = 0
    for (let round = 0; round < LOADS; round += 1) {
      await clear()
      let standing = 0
      for (let turn = 0; turn < KILLS; turn += 1) {
        const means = MEANS[(round * KILLS + turn) % MEANS.length] ?? 'process'
        const { acks, complete, killed } = await load(kills[means], dice() * span)
        if (killed && !complete) hits += 1
        standing = await checkStanding(acks, standing)
      }
      const last = await load()
      assert.ok(last.complete)
      await checkStanding(last.acks)
      assert.deepEqual(await digest(), expected)
    }
    t.diagnostic(
      `${hits} of ${LOADS * KILLS} kills met a load under way, which takes ${Math.round(undisturbed.took)} ms`,
    )
    assert.ok(hits >= (LOADS * KILLS) / 2, `only ${hits} kills met a load under way`)

    // every record is read back to its mac, and every sum is right
    const signer = await getLedgerSigner(keys, 'ledger.example/xinheng')
    const owner = openPool(url, { max: 1 })
    const sequencer = openPool(roleUrl(url, 'xinheng_sequencer', keys), { max: 1 })
    try {
      await sequenceAll({ pool: sequencer, keys, signer }, '-infinity')
      const { findings, records, rows } = await verifyLedger({ pool: owner, keys, log: signer, grace: -60 })
      assert.deepEqual(findings, [])
      assert.deepEqual([records, rows.submission], [expected?.rows, FILES])
    } finally {
      await Promise.all([owner.end(), sequencer.end()])
    }
  },
)
