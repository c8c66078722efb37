import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { isRefusal } from '#domain/refusal.ts'
import { takeIn } from '#operations/intake/intake.ts'
import type { Finding } from '#operations/ledger-finding.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { verifyLedger } from '#operations/ledger-verify.ts'
import { commitment, commitmentFile, type CommitmentRow } from '#test/people.ts'
import { type Ledger, withLedger } from './database.ts'

/** A ledger over three submissions: 600 records, one corrected and one repeated, and a file refused whole. */
async function withRecords(t: TestContext): Promise<Ledger> {
  const db = await withLedger(t)
  const send = async (rows: CommitmentRow[]) => {
    async function* source() {
      yield Buffer.from(commitmentFile(rows))
    }
    return takeIn(db.system, { item: 'commitment', unit: 'demo-market', actor: db.officer, source: source() })
  }
  const rows = Array.from({ length: 600 }, (_, index) => commitment(index))
  const all = [
    await send(rows),
    await send([{ ...commitment(0), decided: '2026-03-02' }, commitment(1), commitment(600), commitment(600)]),
    await send(rows.map((row) => ({ ...row, number: '990101' }))),
  ]
  assert.deepEqual(all.map(isRefusal), [false, false, true])
  await sequenceAll({ pool: db.sequencer, keys: db.keys, signer: db.signer }, 3600)
  return db
}

const verify = (db: Ledger) => verifyLedger({ pool: db.owner, keys: db.keys, log: db.signer, grace: -60 })

test('records as intake wrote them verify: new ones, versions, none for duplicates and refused files', async (t) => {
  const db = await withRecords(t)
  const { findings, records, rows } = await verify(db)
  assert.deepEqual(findings, [])
  assert.equal(records, 602)
  assert.equal(rows.submission, 3)
  const { rows: sums } = await db.owner.query<{ blocks: number }>(
    'select octet_length(blocks) / 32 blocks from xinheng.submission where accepted order by num',
  )
  assert.deepEqual(
    sums.map(({ blocks }) => blocks),
    [4, 1],
  )
})

test('a superuser who rewrites, adds or removes a record is caught', async (t) => {
  const db = await withRecords(t)
  const { rows } = await db.owner.query<{ subject: string; nk: string; other: string }>(
    `select subject, nk::text, lead(subject) over (order by subject) other from xinheng.record where submission = 1 order by subject limit 1`,
  )
  const { subject = '', nk = '', other = '' } = rows[0] ?? {}
  const mine = `where subject = '${subject}' and nk = ${nk}`
  const named = (why: string): Partial<Finding> => ({ kind: 'record', subject, nk, why })
  const unreadable = 'it cannot be read: its body, sealed part or subject was altered'
  const changed = 'its content is not what was reported'
  const tamperings: [sql: string, first: Partial<Finding>][] = [
    [
      `update xinheng.record set body = (select body from xinheng.record where subject = '${other}' limit 1) ${mine}`,
      named(changed),
    ],
    [`update xinheng.record set body = '' ${mine}`, named(unreadable)],
    [`update xinheng.record set decided = decided - 1 ${mine}`, named(changed)],
    [`update xinheng.record set mac = mac + 1 ${mine}`, named(changed)],
    [`update xinheng.record set unit = (select num from xinheng.unit where id = 'demo-hr') ${mine}`, named(changed)],
    [`update xinheng.record set subject = '${other}' ${mine}`, { ...named(changed), subject: other }],
    [
      `update xinheng.record set nk = nk + 1024 ${mine}`,
      { ...named('its natural key is another'), nk: String(BigInt(nk) + 1024n) },
    ],
    [`update xinheng.record set submission = 99 ${mine}`, named('its submission was never accepted')],
    [
      `update xinheng.subject set sealed = (select sealed from xinheng.subject where subject = '${other}') where subject = '${subject}'`,
      named(unreadable),
    ],
    [`delete from xinheng.subject where subject = '${subject}'`, named(unreadable)],
    [`delete from xinheng.record ${mine}`, { kind: 'block', submission: 1, of: 4 }],
    [`update xinheng.record set submission = 2 ${mine}`, { kind: 'block', submission: 1, of: 4 }],
    [
      `insert into xinheng.record select subject, nk + 1, mac, submission, decided, item, unit, body, sealed from xinheng.record ${mine}`,
      { kind: 'block', submission: 1, of: 4 },
    ],
    [`update xinheng.term set value = value || '!'`, { kind: 'record', why: changed }],
    [`delete from xinheng.term`, { kind: 'record', why: unreadable }],
    [
      `update xinheng.submission set blocks = set_byte(blocks, 0, get_byte(blocks, 0) # 1) where num = 1`,
      { kind: 'altered', table: 'submission', num: '1' },
    ],
  ]
  const client = await db.connect()
  for (const table of ['record', 'subject', 'term', 'submission'])
    await client.query(`create table public.${table} as table xinheng.${table}`)
  for (const [sql, first] of tamperings) {
    assert.ok(((await client.query(sql)).rowCount ?? 0) > 0, sql)
    const [finding] = (await verify(db)).findings
    assert.ok(finding, sql)
    assert.partialDeepStrictEqual(finding, first, sql)
    for (const table of ['record', 'subject', 'term', 'submission']) {
      await client.query(
        `truncate xinheng.${table} cascade; insert into xinheng.${table} select * from public.${table}`,
      )
    }
  }
  assert.deepEqual((await verify(db)).findings, [])
})
