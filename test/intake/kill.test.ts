import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { isRefusal } from '#domain/refusal.ts'
import { createAccount, type AccountRequest } from '#operations/accounts.ts'
import { parseCaseId } from '#operations/case-id.ts'
import { takeIn } from '#operations/intake/intake.ts'
import { loadIntoDatabase } from '#operations/load-pack.ts'
import { openLedgerLog } from '#operations/ledger-log.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { verifyLedger } from '#operations/ledger-verify.ts'
import { openSystem, today, type System } from '#operations/system.ts'
import { openPool } from '#store/db.ts'
import { startEmbedded } from '#store/embedded.ts'
import { keysPath, loadKeys, type Keys } from '#store/keys.ts'
import { migrate, roleUrl } from '#store/migrate.ts'
import { PASSWORD } from '#test/api.ts'
import { demoPack } from '#test/db.ts'
import { citizenNumber, commitment, commitmentFile } from '#test/people.ts'
import {
  commitmentsOf,
  findPort,
  openClients,
  openDice,
  openServer,
  penaltiesOf,
  postgresOf,
  runIntake,
  signIn,
  type Ack,
} from './kill.fixture.ts'

// The real thing: `xinheng start` on a PostgreSQL of its own with fsync on, `xinheng intake` sending file after file beside it,
// and clients that look up, object, decide and upload without a pause. At twenty random instants one of them is killed with
// -9: the server, the intake, PostgreSQL (all of it, or any one of its processes); twice more, all three. After each, what
// was started again comes up by itself; whatever was answered is there, once; nothing stands alone; the ledger verifies.

const VICTIMS = ['server', 'intake', 'postgres'] as const
const KILLS = 20
const ALL = 2
const SPAN = 1_600
const ROWS = 3_000
const UPLOAD = 80
const PEOPLE = 4
const RECORDS = 5
const FIRST = 900_000

async function* whole(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

const people = Array.from({ length: PEOPLE }, (_, at) => citizenNumber(FIRST + at))
const seeds = commitmentFile(
  people.flatMap((number, at) =>
    Array.from({ length: RECORDS }, (_, nth) => ({
      ...commitment(FIRST + at),
      number,
      document: `承诺〔2026〕初${at}-${nth}号`,
    })),
  ),
)

async function send(system: System, actor: number, item: string, key: string, text: string): Promise<void> {
  const outcome = await takeIn(system, { item, unit: 'demo-market', actor, key, source: whole(text) })
  if (isRefusal(outcome)) throw new Error(outcome.code)
}

async function withNewSystem<result>(
  url: string,
  keys: Keys,
  use: (system: System, actor: number) => Promise<result>,
): Promise<result> {
  await migrate(url, keys)
  await loadIntoDatabase(url, await demoPack(), today({ now: () => Temporal.Now.instant() }))
  const system = await openSystem({ ownerUrl: url, keys, poolSize: 3, lanes: 1, workers: 1 })
  const owner = openPool(url, { max: 1 })
  const open = async (request: Partial<AccountRequest> & { name: string }) => {
    const display = { zh: '测试账号', en: 'Test account' }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test's own
    const made = await createAccount(system, { actor: null, db: owner }, {
      display,
      password: PASSWORD,
      ...request,
    } as AccountRequest)
    if (isRefusal(made)) throw new Error(made.code)
    return made.num
  }
  try {
    const actor = await open({ name: 'kill-clerk', unit: 'demo-market', roles: ['clerk'] })
    await open({ name: 'kill-reviewer', unit: 'demo-market', roles: ['reviewer'] })
    await open({ name: 'kill-officer', unit: 'demo-approval', roles: ['officer'] })
    for (const [at, number] of people.entries()) await open({ name: `kill-person-${at}`, kind: 'citizen', number })
    await send(system, actor, 'commitment', 'demo:seed', seeds)
    return await use(system, actor)
  } finally {
    await owner.end()
    await system.close()
  }
}

/** One statement as owner; waits for a server that is coming back. */
async function ask<row extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<row[]> {
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

const digestOf = async (url: string) =>
  (
    await ask<{ digest: string; rows: number; people: number; errors: string }>(
      url,
      `select md5(string_agg(subject::text || ' ' || nk || ' ' || mac, ',' order by subject, nk)) as digest, count(*)::integer as rows,
         (select count(*)::integer from xinheng.subject) as people,
         (select md5(string_agg(s.key || e.row || e.code, ',' order by s.key, e.row)) from xinheng.submission_error e
          join xinheng.submission s on s.num = e.submission) as errors
       from xinheng.record`,
    )
  )[0]

test(
  'server, intake and PostgreSQL killed with -9 at twenty random instants of a load: nothing accepted is lost, nothing is doubled, the ledger verifies',
  { timeout: 580_000 },
  async (t) => {
    const parent = mkdtempSync(join(tmpdir(), 'xinheng-kill-'))
    chmodSync(parent, 0o755)
    const dataDir = join(parent, 'data')
    const dice = openDice(t)
    const base = `http://127.0.0.1:${await findPort()}`
    const env = {
      DATABASE_URL: '',
      XINHENG_KEYS: '',
      XINHENG_DATA: dataDir,
      XINHENG_SHARED_BUFFERS: '128MB',
      PORT: new URL(base).port,
    }
    const embedded = await startEmbedded({ dataDir, settings: { shared_buffers: '128MB' } })
    const server = openServer(env)
    t.after(async () => {
      await server.kill()
      await embedded.stop()
      const last = await startEmbedded({ dataDir })
      await last.stop()
      rmSync(parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    })
    const { url } = embedded
    const keys = await loadKeys(keysPath(env, dataDir))
    await withNewSystem(url, keys, async () => undefined)
    // what the demo city would bring is left out
    mkdirSync(join(dataDir, 'demo'), { recursive: true })
    writeFileSync(join(dataDir, 'demo/.taken-in'), '')
    await embedded.stop()

    await server.start()
    const enter = (name: string) => signIn(base, `kill-${name}`, PASSWORD)
    const cast = {
      officer: await enter('officer'),
      clerk: await enter('clerk'),
      reviewer: await enter('reviewer'),
      people: await Promise.all(
        people.map(async (number, at) => {
          const client = await enter(`person-${at}`)
          const records = (await client.call('myArchive')).body.records as { id: string }[]
          return { client, number, records: records.map(({ id }) => id) }
        }),
      ),
    }
    assert.ok(cast.people.every(({ records }) => records.length === RECORDS))
    const clients = openClients(cast, dice, UPLOAD)
    t.after(() => clients.end())
    const { told } = clients

    const acks: Ack[] = []
    let file = 0
    const line: { sending: boolean; running: ReturnType<typeof runIntake> | undefined } = {
      sending: false,
      running: undefined,
    }
    let path = ''
    /** File after file until told to stop; one that failed is sent again. */
    async function sendFiles(): Promise<void> {
      while (line.sending) {
        if (path !== join(parent, `file-${file}`)) {
          path = join(parent, `file-${file}`)
          writeFileSync(path, commitmentsOf(file, ROWS))
        }
        line.running = runIntake(env, path, `file-${file}`)
        const receipt = await line.running.receipt
        line.running = undefined
        if (!receipt) continue
        acks.push(receipt)
        file += 1
      }
    }

    /** Whatever was answered is there, whole and once, and nothing stands alone. */
    async function check(): Promise<void> {
      const submissions = await ask<{
        num: number
        key: string
        new: number
        versions: number
        stored: number
        adds: boolean
      }>(
        url,
        `select num, key, new_rows as new, version_rows as versions,
           (select count(*)::integer from xinheng.record r where r.submission = s.num) as stored,
           read_rows = new_rows + version_rows + duplicate_rows + refused_rows as adds
         from xinheng.submission s where accepted order by num`,
      )
      const byKey = new Map(submissions.map((one) => [one.key, one]))
      assert.equal(byKey.size, submissions.length, 'a file counts twice')
      for (const ack of [...acks, ...told.uploads]) {
        const found = byKey.get(ack.key)
        assert.deepEqual(
          found && [found.num, found.new, found.versions],
          [ack.submission, ack.new, ack.versions],
          ack.key,
        )
      }
      const known = new Set(['demo:seed', ...acks.map(({ key }) => key), ...told.uploads.map(({ key }) => key)])
      // beside what was said, at most what could not say so any more
      const more = submissions.filter(({ key }) => !known.has(key)).map(({ key }) => key)
      for (const key of more) assert.ok([`file-${file}`, `upload-${clients.uploads()}`].includes(key), key)
      for (const { key, new: fresh, versions, stored, adds } of submissions)
        assert.deepEqual([key, stored, adds], [key, fresh + versions, true])
      const [alone] = await ask(
        url,
        `select (select count(*)::integer from xinheng.record r where not exists (select from xinheng.submission s where s.num = r.submission)) records,
           (select count(*)::integer from xinheng.record r where not exists (select from xinheng.subject s where s.subject = r.subject)) nameless,
           (select count(*)::integer from xinheng.subject s where not exists (select from xinheng.record r where r.subject = s.subject)) idle,
           (select count(*)::integer from xinheng.submission_error e where not exists (select from xinheng.submission s where s.num = e.submission)) errors,
           (select count(*)::integer from xinheng.notice n where n.action is not null and not exists (select from xinheng.action a where (a.subject, a.num) = (n.subject, n.action))) notices`,
      )
      assert.deepEqual(alone, { records: 0, nameless: 0, idle: 0, errors: 0, notices: 0 })

      const looks = await ask<{ matter: string; rows: number }>(
        url,
        `select matter, count(*)::integer as rows from xinheng.access where matter like '核-%' group by 1`,
      )
      const logged = new Map(looks.map(({ matter, rows }) => [matter, rows]))
      for (const matter of told.seen) assert.ok(logged.has(matter), 'a look-up was answered and is not in the log')
      for (const { matter, rows } of looks) {
        assert.ok(told.looked.has(matter))
        // decisions/002: what shared a statement that broke off is asked once more, and logged twice rather than never
        assert.ok(rows === 1 || (rows === 2 && twice.add(matter)), `a look-up is in the log ${rows} times`)
      }
      assert.ok(twice.size <= 2 * kills, 'look-ups are logged twice without a kill')

      const steps = await ask<{ subject: string; file: string; steps: number[]; record: string }>(
        url,
        `select subject, file::text, array_agg(step::integer order by step) as steps, (min(nk) >> 10)::text as record
         from xinheng.action where machine = 'objection' group by 1, 2`,
      )
      const cases = new Map(steps.map((one) => [`${one.subject} ${one.file}`, one.steps]))
      for (const { case: id, step } of told.steps) {
        const place = parseCaseId(id)
        assert.ok(place && cases.get(`${place.subject} ${place.file}`)?.filter((one) => one === step).length === 1, id)
      }
      for (const { steps: taken } of steps) assert.deepEqual(taken, [1, 2])
      // every objection that was begun, and none besides
      const begun = [...told.begun.values()].reduce((sum, count) => sum + count, 0)
      assert.equal(steps.length, begun)
    }

    async function verified(grace?: number): Promise<{ records: number; submissions: number; looks: number }> {
      const owner = openPool(url, { max: 1 })
      try {
        const log = await openLedgerLog(owner, keys)
        const { findings, records, rows } = await verifyLedger({
          pool: owner,
          keys,
          log,
          ...(grace === undefined ? {} : { grace }),
        })
        assert.deepEqual(findings, [])
        return { records, submissions: rows.submission, looks: rows.access }
      } finally {
        await owner.end()
      }
    }

    const twice = new Set<string>()
    let kills = 0
    const met = { looks: 0, steps: 0, intake: 0 }
    const fell: Record<string, number> = {}
    const started = performance.now()
    const kill: Record<(typeof VICTIMS)[number], () => Promise<void>> = {
      server: server.kill,
      async intake() {
        line.running?.kill()
      },
      async postgres() {
        const { postmaster, children } = postgresOf(dataDir)
        const any = [postmaster, ...children]
        const one = dice() < 0.5 ? postmaster : (any[Math.floor(dice() * any.length)] ?? postmaster)
        try {
          process.kill(one, 'SIGKILL')
        } catch {
          process.kill(postmaster, 'SIGKILL') // that one has just gone by itself
        }
      },
    }
    for (let round = 0; round < KILLS + ALL; round += 1) {
      line.sending = true
      const files = sendFiles()
      clients.go()
      await sleep(200 + dice() * SPAN)
      const victims = round < KILLS ? [VICTIMS[round % VICTIMS.length] as (typeof VICTIMS)[number]] : VICTIMS
      if (victims.includes('intake')) while (!line.running) await sleep(5)
      met.looks += Number(told.under.looks > 0)
      met.steps += Number(told.under.steps > 0)
      met.intake += Number(line.running !== undefined || told.under.uploads > 0)
      kills += 1
      await Promise.all(victims.map((victim) => kill[victim]()))
      for (const victim of victims) fell[victim] = (fell[victim] ?? 0) + 1
      line.sending = false
      await server.start()
      await Promise.all([clients.rest(), files])
      assert.ok(server.alive(), 'the server went by itself')
      await check()
      await verified()
    }
    const took = performance.now() - started

    // nobody is disturbed any more: the end state is that of a load that nobody disturbed
    clients.go()
    line.sending = true
    const files = sendFiles()
    await sleep(500)
    line.sending = false
    await Promise.all([clients.rest(), files])
    await clients.end()
    await check()
    assert.deepEqual(await server.stop(), [0, null])
    const again = await startEmbedded({ dataDir, settings: { shared_buffers: '128MB' } })
    try {
      const sequencer = openPool(roleUrl(url, 'xinheng_sequencer', keys), { max: 1 })
      const owner = openPool(url, { max: 1 })
      try {
        const signer = await openLedgerLog(owner, keys)
        await sequenceAll({ pool: sequencer, keys, signer }, '-infinity')
      } finally {
        await Promise.all([owner.end(), sequencer.end()])
      }
      const last = await verified(-60)
      const state = await digestOf(url)
      assert.deepEqual([last.records, last.submissions], [state?.rows, 1 + acks.length + told.uploads.length])

      await ask(url, 'create database undisturbed')
      const other = new URL(url)
      other.pathname = '/undisturbed'
      await withNewSystem(other.href, keys, async (system, actor) => {
        for (let at = 0; at < file; at += 1)
          await send(system, actor, 'commitment', `file-${at}`, commitmentsOf(at, ROWS))
        for (let at = 0; at < clients.uploads(); at += 1)
          await send(system, actor, 'penalty-person', `upload-${at}`, penaltiesOf(at, UPLOAD))
      })
      assert.deepEqual(state, await digestOf(other.href))
      t.diagnostic(
        `${kills} kills (${Object.entries(fell)
          .map(([victim, count]) => `${victim} ${count}`)
          .join(
            ', ',
          )}) in ${Math.round(took / 1000)} s met look-ups ${met.looks}, steps ${met.steps}, intake ${met.intake} times; ` +
          `${told.looked.size} look-ups (${told.looked.size - told.seen.size} unanswered, ${twice.size} logged twice), ${told.steps.length} steps, ${acks.length} files, ${told.uploads.length} uploads, ${state?.rows} records; ` +
          `other answers: ${[...told.other].map(([code, count]) => `${code} ${count}`).join(', ')}`,
      )
      for (const count of Object.values(met))
        assert.ok(count >= kills / 2, `the kills met little that was under way: ${JSON.stringify(met)}`)
      // an outage is said as one, and nothing else is
      for (const code of told.other.keys())
        assert.match(code, /^(?:503 unavailable|409 |429 )/, `${code}: ${server.faults().join('\n')}`)
    } finally {
      await again.stop()
    }
  },
)
