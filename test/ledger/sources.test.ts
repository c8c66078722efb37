import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeAccount } from '#operations/accounts.ts'
import { giveConsent, withdrawConsent } from '#operations/consent.ts'
import { today } from '#operations/system.ts'
import { commitment } from '#test/people.ts'
import { accepted, withOffice } from '../operations/office.ts'

// What the sequencer puts into the tree beside submissions, actions and look-ups (store/ledger-sources.ts): whoever edits
// it with the owner's rights is named by `xinheng ledger verify`.

const TABLES = ['consent', 'consent_end', 'account', 'pack_load', 'submission_error'] as const

test('consents, accounts, pack loads and refused rows are in the ledger: an edit of each is named', async (t) => {
  const office = await withOffice(t)
  const { owner, system } = office
  const { actor, subject } = await office.person(1)
  const give = async () =>
    accepted(await giveConsent(system, { subject, unit: 'demo-bank', purpose: 'lending', expires: today(system) }))
      .consent
  const ended = await give()
  accepted(await withdrawConsent(system, { subject, consent: ended }))
  const live = await give()
  const good = Array.from({ length: 40 }, (_, index) => commitment(index))
  await office.send([...good, { ...commitment(90), number: '990101' }, { ...commitment(91), number: '990102' }])
  const { rows: names } = await owner.query<{ name: string }>('select name from xinheng.account where num = $1', [
    actor,
  ])
  accepted(await closeAccount({ actor: null, db: owner }, names[0]?.name ?? ''))
  await office.sequence()
  assert.deepEqual(await office.ledger(), [])
  const { rows: counts } = await owner.query<{ errors: number; closed: number }>(
    `select (select count(*) from xinheng.submission_error)::integer as errors,
       (select count(*) from xinheng.account where closed_at is not null)::integer as closed`,
  )
  assert.ok((counts[0]?.errors ?? 0) > 0 && (counts[0]?.closed ?? 0) > 0)

  for (const table of TABLES) await owner.query(`create table public.${table} as table xinheng.${table}`)
  const inOne = async (statements: string[]) => {
    const client = await owner.connect()
    try {
      for (const sql of ['begin', 'set local session_replication_role = replica', ...statements, 'commit'])
        await client.query(sql)
    } finally {
      client.release()
    }
  }
  const breaches: [sql: string, kind: string, table: string][] = [
    [`update xinheng.consent set expires_at = expires_at + interval '1 year'`, 'altered', 'consent'],
    [`update xinheng.consent set unit = unit + 1`, 'altered', 'consent'],
    [`update xinheng.consent set given_at = given_at - interval '1 day'`, 'altered', 'consent'],
    [`delete from xinheng.consent`, 'deleted', 'consent'],
    [`delete from xinheng.consent_end`, 'deleted', 'consent_end'],
    [`update xinheng.consent_end set at = at + interval '1 hour'`, 'altered', 'consent_end'],
    [
      `insert into xinheng.consent_end (subject, consent, at) select subject, num, clock_timestamp() - interval '1 hour' from xinheng.consent where num = ${live}`,
      'inserted',
      'consent_end',
    ],
    [
      `update xinheng.account set display = '{"zh":"某人","en":"Somebody"}' where num = ${office.officer}`,
      'altered',
      'account',
    ],
    [`update xinheng.account set roles = '{auditor}' where num = ${office.officer}`, 'altered', 'account'],
    [`update xinheng.account set unit = unit + 1 where num = ${office.officer}`, 'altered', 'account'],
    [`update xinheng.account set name = 'x' || name where num = ${office.officer}`, 'altered', 'account'],
    [
      `update xinheng.account set opened_at = opened_at - interval '1 day' where num = ${office.officer}`,
      'altered',
      'account',
    ],
    [`delete from xinheng.account where num = ${office.officer}`, 'deleted', 'account'],
    [`update xinheng.account set closed_at = null where num = ${actor}`, 'deleted', 'account_end'],
    [
      `update xinheng.account set closed_at = closed_at + interval '1 day' where num = ${actor}`,
      'altered',
      'account_end',
    ],
    [`update xinheng.account set closed_at = opened_at where num = ${office.officer}`, 'inserted', 'account_end'],
    [`delete from xinheng.pack_load`, 'deleted', 'pack_load'],
    [`update xinheng.pack_load set at = at - interval '1 day'`, 'altered', 'pack_load'],
    [
      `insert into xinheng.pack_load (at, pack) select at - interval '1 day', pack from xinheng.pack_load`,
      'inserted',
      'pack_load',
    ],
    [
      `update xinheng.submission_error set code = 'other' where row = (select min(row) from xinheng.submission_error)`,
      'altered',
      'submission',
    ],
    [`delete from xinheng.submission_error`, 'altered', 'submission'],
    [
      `insert into xinheng.submission_error select submission, 1, field, code from xinheng.submission_error`,
      'altered',
      'submission',
    ],
  ]
  for (const [sql, kind, table] of breaches) {
    await inOne([sql])
    const found = await office.ledger()
    assert.ok(
      found.some((one) => one.startsWith(`{"kind":"${kind}","table":"${table}"`)),
      `${sql}: ${found.join(' ')}`,
    )
    await inOne(
      TABLES.flatMap((one) => [
        `delete from xinheng.${one}`,
        `insert into xinheng.${one} overriding system value select * from public.${one}`,
      ]),
    )
  }
  assert.deepEqual(await office.ledger(), [])
})
