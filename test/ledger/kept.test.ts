import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { sequence, sequenceAll } from '#operations/ledger-sequence.ts'
import { verifyLedger } from '#operations/ledger-verify.ts'
import { withKeyFile } from '../operations/key-file.ts'
import { ANNA, BASE, withLedger } from './database.ts'

// G11: who has the database alone cannot take the ledger back to an older signed checkpoint unseen: the last one is kept
// beside the keys, and whoever keeps one of their own can compare too.

async function withKept(t: TestContext) {
  const { path, keys } = await withKeyFile(t)
  const db = await withLedger(t)
  const context = { pool: db.sequencer, keys, signer: db.signer }
  const kept = join(dirname(path), 'checkpoint')
  return {
    db,
    context,
    file: kept,
    read: () => readFile(kept, 'utf8'),
    newest: async () =>
      (await db.owner.query<{ note: string }>('select note from xinheng.ledger_checkpoint order by size desc limit 1'))
        .rows[0]?.note,
    look: (count: number) =>
      db.owner.query(
        `insert into xinheng.access (subject, actor, unit, purpose, ground, outcome, shown, matter, items)
         select $2::uuid, 1, 1, 1, 1, 0, 3, '2026-' || n, '\\x0001' from generate_series(1, $1::integer) n`,
        [count, ANNA],
      ),
    /** Everything after the first `size` leaves, gone as if it had never been. */
    rollBack: async (size: number) => {
      const client = await db.connect()
      await client.query('begin; set local session_replication_role = replica')
      await client.query(
        `delete from xinheng.access t where t.num <@ any (select unnest(b.ids) from xinheng.ledger_batch b where b.source = 3 and b.first >= $1)`,
        [size],
      )
      for (const sql of [
        'delete from xinheng.ledger_batch where first >= $1',
        'delete from xinheng.ledger_checkpoint where size > $1',
        'delete from xinheng.ledger_tile where index * 256 >= $1 and level = 0',
        'update xinheng.ledger_tile set bytes = substr(bytes, 1, ($1::bigint - index * 256)::integer * 32) where level = 0 and (index + 1) * 256 > $1',
        'delete from xinheng.ledger_tile where level = 1 and $1 < 256',
      ])
        await client.query(sql, [size])
      await client.query('commit')
    },
    verify: async (options: { kept?: { where: string; note: string }[] } = {}) =>
      (await verifyLedger({ pool: db.owner, keys, log: db.signer, grace: -60, ...options })).findings,
  }
}

test('a ledger taken back to an older checkpoint is named, and nothing is signed on top of it', async (t) => {
  const { db, context, file, look, newest, read, rollBack, verify } = await withKept(t)
  await look(20)
  await sequenceAll(context, 3600)
  const first = await read()
  assert.equal(first, await newest(), 'the last checkpoint stands beside the keys')
  await look(30)
  await sequenceAll(context, 3600)
  assert.deepEqual(await verify(), [])
  const last = await read()
  assert.equal(last, await newest())

  await rollBack(BASE + 20)
  assert.equal(await newest(), first)
  const withoutFile = await verifyLedger({ pool: db.owner, keys: db.keys, log: db.signer, grace: -60 })
  assert.deepEqual(withoutFile.findings, [], 'the database alone is in perfect order: this is what is kept against')
  assert.deepEqual(withoutFile.comparedWith, [])
  assert.deepEqual(await verify(), [
    {
      kind: 'checkpoint',
      size: BASE + 50,
      why: `${file}: signed for ${BASE + 50} leaves, and the ledger has ${BASE + 20}: rolled back`,
    },
  ])
  await look(40)
  await assert.rejects(sequence(context, { since: 3600 }), { name: 'LedgerTurnedBack' })
  assert.equal(await newest(), first, 'no second history is signed')
  assert.equal(await read(), last, 'what is kept never goes back')

  // a sequencer that does not know what was kept: grown beyond it, the tree has another root there
  await sequenceAll({ ...context, keys: db.keys }, 3600)
  assert.deepEqual(await verify(), [
    {
      kind: 'checkpoint',
      size: BASE + 50,
      why: `${file}: the ledger had another root at ${BASE + 50} leaves: rolled back and rewritten`,
    },
  ])
  await assert.rejects(sequence(context, { since: 3600 }), { name: 'LedgerTurnedBack' })
})

test('a checkpoint that somebody else kept tells as much; one of another ledger is named as that', async (t) => {
  const { db, context, look, read, rollBack, verify } = await withKept(t)
  await look(10)
  await sequenceAll(context, 3600)
  await look(10)
  await sequenceAll(context, 3600)
  const theirs = { where: 'theirs', note: await read() }
  assert.deepEqual(await verify({ kept: [theirs] }), [])
  await rollBack(BASE + 10)
  const report = await verifyLedger({ pool: db.owner, keys: db.keys, log: db.signer, grace: -60, kept: [theirs] })
  assert.partialDeepStrictEqual(report.findings, [{ kind: 'checkpoint', size: BASE + 20 }])
  assert.deepEqual(report.comparedWith, ['theirs'])
  const forged = { where: 'theirs', note: theirs.note.replace(`\n${BASE + 20}\n`, `\n${BASE + 10}\n`) }
  const [finding] = await verify({ kept: [forged] }).then((all) =>
    all.filter(({ kind }) => kind === 'checkpoint').slice(1),
  )
  assert.match(
    finding && 'why' in finding ? finding.why : '',
    /theirs: not a checkpoint of this ledger \(bad-signature\)/,
  )
})

test('a checkpoint that the log did not sign is not kept, and the whole ledger gone is no fresh start', async (t) => {
  const { db, context, file, look, read, verify } = await withKept(t)
  await look(10)
  await sequenceAll(context, 3600)
  const last = await read()
  await writeFile(file, last.replace('ledger.example', 'ledger.invalid'))
  await assert.rejects(sequence(context, { since: 3600 }), { name: 'LedgerTurnedBack' })
  await writeFile(file, last)
  await db.owner.query(
    `insert into xinheng.ledger_checkpoint (size, note) select size + 5, replace(note, E'\n' || size || E'\n', E'\n' || size + 5 || E'\n')
     from xinheng.ledger_checkpoint order by size desc limit 1`,
  )
  await assert.rejects(sequence(context, { since: 3600 }), { name: 'LedgerTurnedBack' })
  assert.equal(await read(), last)
  await db.owner.query('truncate xinheng.ledger_checkpoint, xinheng.ledger_batch, xinheng.ledger_tile')
  await assert.rejects(sequence(context, { since: 3600 }), { name: 'LedgerTurnedBack' })
  assert.partialDeepStrictEqual((await verify())[0], { kind: 'checkpoint', size: BASE + 10 })
  assert.equal(await read(), last)
})

test('who takes everything waits for the batch of another, and takes what that one did not see', async (t) => {
  const { db, context, look } = await withKept(t)
  const other = await db.connect()
  await other.query('begin')
  await other.query('select pg_advisory_xact_lock(7303)')
  await look(5)
  assert.equal(await sequence(context, { since: 3600 }), 'busy')
  const state = { over: false }
  const all = sequenceAll(context, 3600).finally(() => (state.over = true))
  const waiting = async () =>
    (await db.owner.query(`select from pg_locks where locktype = 'advisory' and objid = 7303 and not granted`)).rowCount
  while (!state.over && (await waiting()) === 0) await new Promise(setImmediate)
  assert.equal(state.over, false, 'it waits')
  await other.query('commit')
  assert.equal(await all, 5)
})
