import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { verifyCheckpoint } from '#domain/checkpoint.ts'
import { hashRow, sha256, verifyConsistency, verifyInclusion } from '#domain/merkle-verify.ts'
import { fromBase64 } from '#domain/note.ts'
import { isRefusal } from '#domain/refusal.ts'
import { getTile, proveGrowth, proveRow } from '#operations/ledger-proof.ts'
import { runSequencer } from '#jobs/sequencer.ts'
import { sequence, sequenceAll } from '#operations/ledger-sequence.ts'
import type { Finding } from '#operations/ledger-finding.ts'
import { verifyLedger } from '#operations/ledger-verify.ts'
import { noRows } from '#store/ledger-sources.ts'
import { makeCipher } from '#store/cipher.ts'
import { ANNA, BASE, BELLA, type Ledger, withLedger } from './database.ts'

const lookUp = (db: pg.Pool, count: number, subject = ANNA) =>
  db.query(
    `insert into xinheng.access (subject, actor, unit, purpose, ground, outcome, shown, matter, items)
     select $2::uuid, 1, 1, 1, 1, 0, 3, '2026-' || n, '\\x0001' from generate_series(1, $1::integer) n`,
    [count, subject],
  )

const submit = (db: pg.Pool, num: number) =>
  db.query(
    `insert into xinheng.submission values ($1::integer, 1, 1, 1, 1, null, clock_timestamp(), $1::text, '\\x01', true,
       0, 0, 0, 0, 0, 0, 0, 0, 0, decode(repeat('00', 32), 'hex'), null)`,
    [num],
  )

/** About no record: what ends one takes more than a row. */
async function act({ owner, keys }: Ledger, reason: string): Promise<void> {
  const bound = Buffer.from(`${ANNA.replaceAll('-', '')}${'0'.repeat(16)}`, 'hex')
  await owner.query(
    `insert into xinheng.action (subject, nk, actor, unit, pack, kind, sealed) values ($1::uuid, 0, 1, 1, 1, 'withdraw', $2::bytea)`,
    [ANNA, makeCipher(keys).seal(JSON.stringify({ reason }), bound)],
  )
}

const contextOf = (db: Ledger) => ({ pool: db.sequencer, keys: db.keys, signer: db.signer })
const verify = (db: Ledger) => verifyLedger({ pool: db.owner, keys: db.keys, log: db.signer, grace: -60 })
const findingsOf = async (db: Ledger): Promise<Finding[]> => (await verify(db)).findings

test('every row is sequenced once, whoever commits first, and the whole verifies', async (t) => {
  const db = await withLedger(t)
  const context = contextOf(db)
  assert.equal(await sequence(context, { since: 3600 }), 0)
  assert.deepEqual(await findingsOf(db), [])

  await submit(db.owner, 1)
  await act(db, 'a mistake')
  await lookUp(db.owner, 300)
  assert.equal(await sequence(context, { since: 3600, atLeast: 1000, patience: 60 }), 0, 'waits for company')
  assert.equal(await sequence(context, { since: 3600, atLeast: 1000 }), 302)

  const late = await db.connect()
  await late.query('begin')
  await late.query(`insert into xinheng.access (subject, actor, unit, purpose, ground, outcome, shown, matter, items)
      values ('${BELLA}', 1, 1, 1, 1, 0, 0, 'late', '')`)
  await lookUp(db.owner, 5)
  assert.equal(await sequence(context, { since: 3600 }), 5)
  await late.query('commit')
  assert.equal(await sequence(context, { since: 3600 }), 1)
  assert.equal(await sequence(context, { since: '-infinity' }), 0)

  const report = await verify(db)
  assert.deepEqual(report.findings, [])
  assert.deepEqual(
    { size: report.size, rows: report.rows },
    { size: BASE + 308, rows: { ...noRows(), account: 3, pack_load: 1, submission: 1, action: 1, access: 306 } },
  )
  const { rows } = await db.owner.query<{ first: string; ids: string }>(
    'select first, ids::text from xinheng.ledger_batch where first >= $1 order by 1',
    [BASE],
  )
  assert.deepEqual(
    rows.map((row) => row.ids),
    ['{[1,2)}', '{[1,2)}', '{[1,301)}', '{[302,307)}', '{[301,302)}'],
  )
})

test('a superuser who rewrites anything is caught, and the row is named', async (t) => {
  const db = await withLedger(t, { empty: true })
  const context = contextOf(db)
  await submit(db.owner, 1)
  await act(db, 'a mistake')
  await lookUp(db.owner, 600)
  await sequenceAll(context, 3600)
  await lookUp(db.owner, 10)
  await sequenceAll(context, 3600)
  assert.deepEqual(await findingsOf(db), [])

  // each is undone by rolling back to this copy
  const tables = ['access', 'action', 'submission', 'ledger_tile', 'ledger_batch', 'ledger_checkpoint']
  for (const table of tables) await db.owner.query(`create table public.${table} as table xinheng.${table}`)
  const restore = async () => {
    const client = await db.connect()
    await client.query(`set session_replication_role = replica`)
    for (const table of tables) {
      await client.query(`truncate xinheng.${table} cascade`)
      const { rows } = await client.query<{ columns: string }>(
        `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
         where attrelid = 'xinheng.${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      )
      const columns = rows[0]?.columns ?? ''
      await client.query(
        `insert into xinheng.${table} (${columns}) overriding system value select ${columns} from public.${table}`,
      )
    }
  }
  const tamperings: [sql: string, first: Finding][] = [
    [
      `update xinheng.access set matter = 'harmless' where num = 17`,
      { kind: 'altered', table: 'access', num: '17', leaf: 18 },
    ],
    [
      `update xinheng.access set actor = 2 where num = 605`,
      { kind: 'altered', table: 'access', num: '605', leaf: BASE + 606 },
    ],
    [
      `update xinheng.access set at = at - interval '1 hour' where num = 3`,
      { kind: 'altered', table: 'access', num: '3', leaf: 4 },
    ],
    [`delete from xinheng.access where num = 4`, { kind: 'deleted', table: 'access', num: '4', leaf: 5 }],
    [
      `insert into xinheng.access select '${BELLA}', num, at, actor, unit, purpose, ground, outcome, shown, matter, items from xinheng.access where num = 9`,
      { kind: 'altered', table: 'access', num: '9', leaf: 10 },
    ],
    [
      `insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items) select subject, at - interval '1 day', 1, 1, 1, 1, 0, 0, '', '' from xinheng.access where num = 1`,
      { kind: 'inserted', table: 'access', num: '611' },
    ],
    [`update xinheng.submission set refused_rows = 5`, { kind: 'altered', table: 'submission', num: '1', leaf: 0 }],
    [`delete from xinheng.submission`, { kind: 'deleted', table: 'submission', num: '1', leaf: 0 }],
    [`update xinheng.action set kind = 'erase'`, { kind: 'altered', table: 'action', num: '1', leaf: 1 }],
    [
      `update xinheng.action set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)`,
      { kind: 'altered', table: 'action', num: '1', leaf: 1 },
    ],
    [
      `set session_replication_role = replica; update xinheng.ledger_tile set bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1) where level = 0 and index = 0`,
      { kind: 'tile', path: 'tile/0/000', why: 'does not hash to its place in tile/1/000' },
    ],
    [`delete from xinheng.ledger_checkpoint`, { kind: 'checkpoint', size: BASE + 612, why: 'missing' }],
    [
      `delete from xinheng.ledger_checkpoint where size = ${BASE + 612}`,
      { kind: 'batch', leaf: BASE + 602, why: `batches end at leaf ${BASE + 612}` },
    ],
    [
      `update xinheng.ledger_checkpoint set note = replace(note, E'\\n${BASE + 612}\\n', E'\\n${BASE + 611}\\n') where size = ${BASE + 612}`,
      { kind: 'checkpoint', size: BASE + 612, why: 'bad-signature' },
    ],
    [
      `delete from xinheng.ledger_batch where first = 1`,
      { kind: 'batch', leaf: 1, why: 'the next batch begins at leaf 2' },
    ],
    [
      `delete from xinheng.ledger_tile where level = 0 and index = 1`,
      { kind: 'tile', path: 'tile/0/001', why: 'has 0 hashes' },
    ],
  ]
  for (const [sql, first] of tamperings) {
    await db.owner.query(
      `do $do$ begin ${sql.includes('session_replication_role') ? sql.replace('set session', 'set local session') : sql}; end $do$`,
    )
    const findings = await findingsOf(db)
    assert.ok(findings.length > 0, sql)
    assert.deepEqual(findings[0], first, sql)
    await restore()
  }
  assert.deepEqual(await findingsOf(db), [])
})

test('the sequencer adds to the ledger and can do nothing else', async (t) => {
  const db = await withLedger(t)
  await lookUp(db.owner, 3)
  const context = contextOf(db)
  await sequenceAll(context, 3600)
  const { pool } = context
  for (const sql of [
    'delete from xinheng.ledger_tile',
    'delete from xinheng.ledger_batch',
    'delete from xinheng.ledger_checkpoint',
    'update xinheng.ledger_checkpoint set note = note',
    'update xinheng.ledger_batch set rows = 1',
    'update xinheng.ledger_tile set index = 5',
    'update xinheng.access set shown = 1',
    'select * from xinheng.record',
    'select * from xinheng.subject',
    'insert into xinheng.access default values',
  ]) {
    await assert.rejects(pool.query(sql), { code: '42501' }, sql)
  }
  for (const bytes of [
    'bytes',
    'substr(bytes, 1, 32)',
    String.raw`set_byte(bytes, 0, 0) || decode(repeat('00', 32), 'hex')`,
  ]) {
    await assert.rejects(pool.query(`update xinheng.ledger_tile set bytes = ${bytes}`), { code: '23000' }, bytes)
  }
  const app = db.app
  await assert.rejects(app.query(`insert into xinheng.ledger_checkpoint (size, note) values (1, '')`), {
    code: '42501',
  })
})

test('a person gets a proof of a look-up that anyone can check', async (t) => {
  const db = await withLedger(t)
  const context = contextOf(db)
  await lookUp(db.owner, 400, ANNA)
  await act(db, 'a mistake')
  await submit(db.owner, 1)
  await sequenceAll(context, 3600)
  await lookUp(db.owner, 200, BELLA)
  const reader = { pool: db.app, keys: db.keys }
  assert.deepEqual(await proveRow(reader, { actor: db.bella, source: 'access', num: 450n }), { pending: true })
  await sequenceAll(context, 3600)

  for (const request of [
    { actor: db.anna, source: 'access', num: 300n },
    { actor: db.bella, source: 'access', num: 450n },
    { actor: db.anna, source: 'action', num: 1n },
    { actor: db.officer, source: 'submission', num: 1n },
  ] as const) {
    const proof = await proveRow(reader, request)
    assert.ok('salt' in proof, request.source)
    assert.deepEqual(JSON.parse(proof.row).num, String(request.num))
    const head = await verifyCheckpoint(proof.checkpoint, db.signer)
    assert.ok('root' in head && head.size === proof.size)
    const leaf = await hashRow(sha256, Buffer.from(proof.salt, 'hex'), proof.row)
    const hashes = proof.hashes.map((hash) => fromBase64(hash) ?? new Uint8Array())
    assert.ok(await verifyInclusion(sha256, leaf, { ...proof, hashes }, head.root))
    const other = await hashRow(sha256, Buffer.from(proof.salt, 'hex'), proof.row.replace('"actor":"1"', '"actor":"2"'))
    assert.ok(!(await verifyInclusion(sha256, other, { ...proof, hashes }, head.root)))
  }
  const action = await proveRow(reader, { actor: db.anna, source: 'action', num: 1n })
  assert.match('row' in action ? action.row : '', /a mistake/)

  for (const request of [
    { actor: db.bella, source: 'access', num: 300n },
    { actor: db.officer, source: 'access', num: 300n },
    { actor: db.bella, source: 'action', num: 1n },
    { actor: db.anna, source: 'submission', num: 1n },
    { actor: 99, source: 'access', num: 300n },
  ] as const) {
    assert.ok(isRefusal(await proveRow(reader, request)), JSON.stringify({ ...request, num: 0 }))
  }
  await db.owner.query(`insert into xinheng.access_withheld values ('${ANNA}', 300, 'a basis', '2999-01-01')`)
  assert.ok(isRefusal(await proveRow(reader, { actor: db.anna, source: 'access', num: 300n })))

  const growth = await proveGrowth(reader.pool, BASE + 402)
  assert.ok('hashes' in growth)
  const [from, to] = await Promise.all(growth.checkpoints.map((note) => verifyCheckpoint(note, db.signer)))
  assert.ok(from && to && 'root' in from && 'root' in to)
  assert.ok(
    await verifyConsistency(
      sha256,
      from,
      to,
      growth.hashes.map((hash) => fromBase64(hash) ?? new Uint8Array()),
    ),
  )
  assert.ok(isRefusal(await proveGrowth(reader.pool, 7)))

  const tile = await getTile(reader.pool, `tile/0/001.p/${BASE + 146}`)
  assert.ok(!isRefusal(tile) && tile.length === (BASE + 146) * 32)
  for (const path of ['tile/0/000', 'tile/1/000.p/2']) assert.ok(!isRefusal(await getTile(reader.pool, path)), path)
  for (const path of ['tile/0/009', 'tile/0/002', 'tile/9/000', 'secrets'])
    assert.ok(isRefusal(await getTile(reader.pool, path)), path)
})

test('killed at any point, it goes on where it was', { timeout: 120_000 }, async (t) => {
  const db = await withLedger(t)
  const context = contextOf(db)
  await lookUp(db.owner, 3000)
  const keyFile = JSON.stringify({ ledger: Buffer.from(db.keys.ledger).toString('base64'), signing: db.keys.signing })
  for (let attempt = 0; attempt < 12; attempt++) {
    const child = spawn(process.execPath, [new URL('./sequencer.fixture.ts', import.meta.url).pathname], {
      env: { ...process.env, LEDGER_URL: db.url, LEDGER_KEYS: keyFile },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exit = once(child, 'exit')
    await Promise.race([once(child.stdout, 'data'), exit.then(() => assert.fail('the sequencer did not start'))])
    await sleep(Math.random() * 120)
    child.kill('SIGKILL')
    await exit
    await lookUp(db.owner, 200)
    assert.deepEqual(
      (await verifyLedger({ pool: db.owner, keys: db.keys, log: db.signer })).findings,
      [],
      `kill ${attempt}`,
    )
  }
  await sequenceAll(context, 3600)
  const report = await verify(db)
  assert.deepEqual(report.findings, [])
  assert.equal(report.size, BASE + 3000 + 12 * 200)
})

test('the sequencer catches up after an absence, then follows, and stops when told', async (t) => {
  const db = await withLedger(t, { empty: true })
  const context = contextOf(db)
  // two days ago, as if it had been away: more than any regular look-back
  await db.owner
    .query(`insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items)
    select '${ANNA}', now() - interval '20 days', 1, 1, 1, 1, 0, 0, '', '' from generate_series(1, 20)`)
    .catch(async (error: { code?: string }) => {
      assert.equal(error.code, '23514', 'no partition that far back')
      await lookUp(db.owner, 20)
    })
  const errors: unknown[] = []
  const stop = new AbortController()
  // a test that fails must not leave it running
  t.after(() => stop.abort())
  const running = runSequencer({
    ...context,
    signal: stop.signal,
    onError: (error) => errors.push(error),
    patience: 0.2,
    pause: 20,
  })
  const until = async (size: number) => {
    for (let i = 0; i < 300 && (await verify(db)).size < size; i++) await sleep(20)
    assert.equal((await verify(db)).size, size)
  }
  await until(BASE + 20)
  await lookUp(db.owner, 5)
  await until(BASE + 25)
  await lookUp(db.owner, 300)
  await until(BASE + 325)
  stop.abort()
  await running
  assert.deepEqual(errors, [])
  assert.deepEqual(await findingsOf(db), [])
})
