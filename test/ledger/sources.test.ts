import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeAccount } from '#operations/accounts.ts'
import { giveConsent, withdrawConsent } from '#operations/consent.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { verifyLedger } from '#operations/ledger-verify.ts'
import { tellAll } from '#operations/notice/send.ts'
import { today } from '#operations/system.ts'
import { openPool } from '#store/db.ts'
import { getLedgerSigner } from '#store/ledger-leaf.ts'
import { roleUrl } from '#store/migrate.ts'
import { withCity } from '#test/guarantees/city.fixture.ts'
import { LEDGER_SOURCES } from '#store/ledger-sources.ts'
import { citizenNumber, commitment } from '#test/people.ts'
import { accepted, withOffice } from '../operations/office.ts'

// What the sequencer puts into the tree beside submissions, actions and look-ups (store/ledger-sources.ts): whoever edits
// it with the owner's rights is named by `xinheng ledger verify`.

const TABLES = ['consent', 'consent_end', 'account', 'pack_load', 'submission_error'] as const

test('every source has a number of its own: a batch names what it holds by it', () => {
  const numbers = Object.values(LEDGER_SOURCES).map(({ number }) => number)
  assert.equal(new Set(numbers).size, numbers.length)
})

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

test('proof of service is in the ledger: an edit of a delivery, of a reading or of what a channel said is named', async (t) => {
  const city = await withCity(t)
  const { owner, url, keys } = city
  const pool = openPool(roleUrl(url, 'xinheng_sequencer', keys), { max: 2 })
  t.after(() => pool.end())
  const log = await getLedgerSigner(keys, 'ledger.example/xinheng')
  const [number, other] = [citizenNumber(1), citizenNumber(2)]
  const person = await city.person(number)
  await person.call('setMyContact', { body: { channel: 'sms', address: '13800138000' } })
  for (const [n, one] of [number, other].entries())
    await city.report({
      item: 'penalty-person',
      number: one,
      decided: city.today(),
      document: `衡市监罚〔2026〕${n}号`,
      values: { CF_CFLB: '02' },
    })
  const sms = {
    by: 'gateway',
    send: () => Promise.resolve({ state: 'accepted' as const, reference: 'M1' }),
  }
  assert.equal((await tellAll(city.system, { senders: { sms }, link: '' })).sent, 1)
  await owner.query(
    `select xinheng.note_receipt(subject, notice, channel, try, true, 'M1') from xinheng.notice_result where accepted`,
  )
  assert.ok((await person.call('myNotices')).body.notices.length > 0)
  const clerk = await city.staff('clerk', 'demo-market')
  const [{ letter }] = (await clerk.call('letters')).body.letters
  const delivered = await clerk.call('recordDelivery', {
    params: { letter },
    body: { day: city.today(), how: 'post', receipt: 'EMS 1', delivered: true },
  })
  assert.equal(delivered.status, 200, delivered.text)
  await sequenceAll({ pool, keys, signer: log }, 3600)
  const ledger = async () => (await verifyLedger({ pool: owner, keys, log, grace: -60 })).findings
  assert.deepEqual(await ledger(), [])
  const breaches: [sql: string, kind: string, table: string][] = [
    [`update xinheng.letter_result set day = day - 1`, 'altered', 'letter_result'],
    [`update xinheng.letter_result set receipt = 'EMS 2'`, 'altered', 'letter_result'],
    [`update xinheng.letter_result set ok = false`, 'altered', 'letter_result'],
    [`delete from xinheng.letter_result`, 'deleted', 'letter_result'],
    [
      `insert into xinheng.letter_result (subject, letter, num, at, actor, day, how, receipt, ok)
         select subject, letter, 2, at - interval '1 second', actor, day, how, receipt, false from xinheng.letter_result`,
      'inserted',
      'letter_result',
    ],
    [`update xinheng.notice_opened set at = at - interval '1 minute'`, 'altered', 'notice_opened'],
    [`update xinheng.notice_result set accepted = false, ok = true`, 'altered', 'notice_result'],
    [`update xinheng.notice_receipt set delivered = not delivered`, 'altered', 'notice_receipt'],
  ]
  for (const [sql, kind, table] of breaches) {
    const tables = ['letter_result', 'notice_opened', 'notice_result', 'notice_receipt']
    const client = await owner.connect()
    try {
      const run = async (...statements: string[]) => {
        for (const one of ['begin', 'set local session_replication_role = replica', ...statements, 'commit'])
          await client.query(one)
      }
      await run(...tables.map((one) => `create table public.${one} as table xinheng.${one}`), sql)
      const found = await ledger()
      assert.ok(
        found.some((one) => one.kind === kind && 'table' in one && one.table === table),
        `${sql}: ${JSON.stringify(found)}`,
      )
      await run(
        ...tables.flatMap((one) => [
          `delete from xinheng.${one}`,
          `insert into xinheng.${one} overriding system value select * from public.${one}`,
          `drop table public.${one}`,
        ]),
      )
    } finally {
      client.release()
    }
  }
  assert.deepEqual(await ledger(), [])
})
