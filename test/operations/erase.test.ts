import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal } from '#domain/refusal.ts'
import { compact } from '#operations/compact.ts'
import { erase } from '#operations/erase.ts'
import { listOwnAccesses } from '#operations/own-accesses.ts'
import { withdraw } from '#operations/withdraw.ts'
import { sqlState } from '#store/db.ts'
import { commitment } from '#test/people.ts'
import { accepted, nameOf, withOffice, type Office } from './office.ts'

const why = { matter: '删〔2026〕7号', reason: '本人申请，个人信息保护法第四十七条' }
const states = (archive: { records: { state: string; values: object }[] }) =>
  archive.records
    .map(({ state, values }) => `${state} ${Object.values(values).filter((value) => value !== '').length}`)
    .toSorted()

/** Whether these bytes stand anywhere in the files of the table. */
async function standsInFile(office: Office, bytes: Buffer): Promise<boolean> {
  await office.owner.query('checkpoint')
  const { rows } = await office.owner.query<{ at: number }>(
    `select position($1::bytea in pg_read_binary_file(pg_relation_filepath('xinheng.record'))) as at`,
    [bytes],
  )
  return (rows[0]?.at ?? 0) > 0
}

test('B14, G11: what is erased is gone for everybody at every instant; that it was erased stays; the ledger verifies', async (t) => {
  const office = await withOffice(t, 600)
  const before = Temporal.Now.instant().toString()
  // a second version: all versions go
  await office.send([{ ...commitment(0), decided: '2026-03-02' }])
  assert.deepEqual(states(accepted(await office.own(0))), ['shown 4', 'superseded 4'])
  const { subject, actor } = await office.person(0)
  // commitments have no sensitive field: what stands in that place is erased all the same
  for (const { nk, mac } of (
    await office.owner.query<{ nk: bigint; mac: bigint }>('select nk, mac from xinheng.record where subject = $1', [
      subject,
    ])
  ).rows) {
    const sealed = office.system.cipher.sealAgain('敏感', mac, subject.replaceAll('-', ''))
    await office.owner.query('update xinheng.record set sealed = $3 where subject = $1 and nk = $2', [
      subject,
      nk,
      sealed,
    ])
  }
  const stored = (
    await office.owner.query<{ body: Buffer }>('select body from xinheng.record where subject = $1', [subject])
  ).rows
  await office.sequence()

  assert.deepEqual(
    accepted(await erase(office.system, office.role('xinheng_eraser'), { actor: office.admin, ...nameOf(0), ...why }))
      .erased,
    2,
  )
  assert.deepEqual(states(accepted(await office.own(0))), ['erased 0', 'erased 0'])
  assert.deepEqual(
    states(accepted(await office.own(0, before))),
    ['erased 0'],
    'a past state never returns what was erased',
  )
  assert.deepEqual(states(accepted(await office.past(0, before))), ['erased 0'])
  assert.deepEqual(accepted(await office.lookUp(0)).records, [])
  assert.equal(accepted(await office.lookUp(1)).records.length, 1)

  const { rows } = await office.owner.query<{ body: number; sealed: number }>(
    'select octet_length(body) body, octet_length(sealed) sealed from xinheng.record where subject = $1',
    [subject],
  )
  assert.deepEqual(rows, [
    { body: 0, sealed: 0 },
    { body: 0, sealed: 0 },
  ])
  await office.owner.query('vacuum xinheng.record')
  await compact(office.owner, {})
  for (const { body } of stored) assert.equal(await standsInFile(office, body), false)

  await office.sequence()
  assert.deepEqual(await office.ledger(), [])
  // reading it in order to erase it was a look-up, and the person sees it with its matter
  const seen = await listOwnAccesses(office.system, { actor, limit: 50 })
  assert.ok(
    seen.accesses.some(({ matter, shown, outcome }) => matter === why.matter && shown === 2 && outcome === 'answered'),
  )
})

test('an erasure is undone by nobody: content put back, another mac or a forged erasure are found', async (t) => {
  const office = await withOffice(t, 30)
  await office.owner.query('create table public.kept as table xinheng.record')
  // accounts are in the ledger too: everybody first
  const { subject } = await office.person(3)
  const other = await office.person(4)
  await erase(office.system, office.role('xinheng_eraser'), { actor: office.admin, ...nameOf(3), ...why })
  await office.sequence()
  assert.deepEqual(await office.ledger(), [])
  const tamperings = [
    `update xinheng.record r set body = k.body, sealed = k.sealed from public.kept k where k.subject = r.subject and r.subject = '${subject}'`,
    `update xinheng.record set mac = mac + 1 where subject = '${subject}'`,
    `delete from xinheng.record where subject = '${subject}'`,
    `update xinheng.action set sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 1)`,
    `delete from xinheng.action`,
    // erased behind the application's back: no action says so
    `update xinheng.record set body = '', sealed = '' where subject = '${other.subject}'`,
  ]
  // generated columns are not put back, they come by themselves
  const { rows } = await office.owner.query<{
    columns: string
  }>(`select string_agg(quote_ident(attname), ', ') as columns
    from pg_attribute where attrelid = 'xinheng.action'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`)
  const columns = rows[0]?.columns ?? ''
  for (const sql of tamperings) {
    const client = await office.owner.connect()
    try {
      await client.query('create table public.r as table xinheng.record; create table public.a as table xinheng.action')
      assert.ok(((await client.query(sql)).rowCount ?? 0) > 0, sql)
      assert.ok((await office.ledger()).length > 0, sql)
      await client.query(`truncate xinheng.record, xinheng.action; insert into xinheng.record table public.r;
        insert into xinheng.action (${columns}) overriding system value select ${columns} from public.a;
        drop table public.r, public.a`)
    } finally {
      client.release()
    }
  }
  assert.deepEqual(await office.ledger(), [])
})

test('reported again after its erasure, a record is a new version with content, shown to nobody, and the ledger verifies', async (t) => {
  const office = await withOffice(t, 5)
  const eraser = office.role('xinheng_eraser')
  await erase(office.system, eraser, { actor: office.admin, ...nameOf(0), ...why })
  await office.send([{ ...commitment(0), decided: '2026-03-05' }])
  await office.sequence()
  assert.deepEqual(await office.ledger(), [])
  assert.deepEqual(accepted(await office.lookUp(0)).records, [])
  assert.equal(accepted(await erase(office.system, eraser, { actor: office.admin, ...nameOf(0), ...why })).erased, 1)
  await office.sequence()
  assert.deepEqual(await office.ledger(), [])
})

test('who may erase: an administrator, in a matter, through the eraser alone', async (t) => {
  const office = await withOffice(t, 5)
  const eraser = office.role('xinheng_eraser')
  const code = async (actor: number, of = why, index = 0) => {
    const answer = await erase(office.system, eraser, { actor, ...nameOf(index), ...of })
    return isRefusal(answer) ? answer.code : 'erased'
  }
  for (const actor of [office.officer, office.clerk, office.court, 0]) assert.equal(await code(actor), 'not-found')
  assert.equal(await code(office.admin, { ...why, matter: ' ' }), 'not-found')
  assert.equal(await code(office.admin, why, 77), 'not-found')
  assert.equal(await code(office.admin), 'erased')
  assert.equal(await code(office.admin), 'not-found', 'nothing is left of it')
  const { subject } = await office.person(1)
  const denied = async (pool: Office['owner'], sql: string) =>
    assert.equal(await pool.query(sql).then(() => 'done', sqlState), '42501', sql)
  await denied(eraser, 'select from xinheng.record')
  await denied(eraser, `update xinheng.record set body = ''`)
  await denied(eraser, 'delete from xinheng.record')
  await denied(
    eraser,
    `insert into xinheng.action (subject, nk, actor, unit, pack, kind, sealed) values ('${subject}', 0, 1, 1, 1, 'erase', '')`,
  )
  await denied(office.system.pool, `select xinheng.erase_record(${office.admin}, '${subject}', 0, 1::smallint, 1, '')`)
  await denied(office.system.pool, `select xinheng.read_for_erasure(${office.admin}, '${subject}', 0, 'x')`)
  await office.owner.query('update xinheng.record set mac = mac + 1 where subject = $1', [subject])
  assert.equal(await code(office.admin, why, 1), 'record-altered')
})

test('a withdrawal and an erasure are committed to in the ledger as they read', async (t) => {
  const office = await withOffice(t, 3)
  accepted(await withdraw(office.system, { actor: office.clerk, ...nameOf(0), reason: '报送有误' }))
  await erase(office.system, office.role('xinheng_eraser'), { actor: office.admin, ...nameOf(1), ...why })
  await office.sequence()
  assert.deepEqual(await office.ledger(), [])
  const { rows } = await office.owner.query<{ kind: string }>('select kind from xinheng.action order by num')
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['withdraw', 'erase'],
  )
  await office.owner.query(`update xinheng.action set nk = nk + 1024 where kind = 'withdraw'`)
  assert.match((await office.ledger()).join(), /"altered","table":"action"/)
})
