import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLookUps } from '#store/look-ups.ts'
import type { LookUp } from '#store/archive.ts'
import type { Queryable } from '#store/db.ts'
import { citizenNumber } from '#test/people.ts'
import { MATTER, withCity, type City } from '#test/guarantees/city.fixture.ts'

// G4 where many look at once: they share transactions, and each has its own answer and its own row before it is answered.

const NUMBERS = Array.from({ length: 40 }, (_, at) => citizenNumber(at + 1))

async function askedBy(city: City): Promise<(number: string, matter?: string) => LookUp> {
  const officer = await city.staff('officer', 'demo-approval')
  const purpose = city.system.reference.purposeNum.get('approval') ?? 0
  return (number, matter = MATTER) => ({ actor: officer.account, purpose, matter, subject: city.subjectOf(number) })
}

const rowsOf = async ({ owner }: City) =>
  (
    await owner.query<{ num: string; subject: string; outcome: number; transaction: string }>(
      'select num::text, subject, outcome, xmin::text as transaction from xinheng.access where ground <> 3 order by num',
    )
  ).rows

test('G4: look-ups that come at once share a transaction; each has its own answer, its own row, and fails for itself', async (t) => {
  const city = await withCity(t)
  const [first = ''] = NUMBERS
  assert.equal(
    (await city.report({ item: 'permit-person', decided: '2026-03-01', number: first, name: '测甲' })).body.status,
    'accepted',
  )
  const ask = await askedBy(city)
  const { lookUps } = city.system

  const answers = await Promise.all(NUMBERS.map((number, at) => lookUps(ask(number, at % 5 === 4 ? '' : MATTER))))
  const rows = await rowsOf(city)
  assert.equal(rows.length, NUMBERS.length)
  for (const [at, answer] of answers.entries()) {
    assert.equal(answer.outcome, at % 5 === 4 ? 3 : 0)
    assert.equal((answer.records?.length ?? 0) > 0, at === 0, 'only the first has a record')
    const row = rows.find(({ num }) => num === String(answer.access))
    assert.equal(row?.subject, city.subjectOf(NUMBERS[at] ?? ''), 'each answer names the row of its own person')
    assert.equal(row.outcome, answer.outcome)
  }
  const transactions = new Set(rows.map(({ transaction }) => transaction)).size
  assert.ok(transactions < NUMBERS.length / 2, `${transactions} transactions for ${NUMBERS.length} look-ups`)

  // one that PostgreSQL cannot take at all
  const mixed = await Promise.allSettled(NUMBERS.map((number, at) => lookUps(ask(number, at === 20 ? '\0' : MATTER))))
  assert.deepEqual(
    mixed.flatMap(({ status }, at) => (status === 'rejected' ? [at] : [])),
    [20],
  )
  assert.equal((await rowsOf(city)).length, rows.length + NUMBERS.length - 1)
})

test('G4: nothing is answered before its row is committed, and a shared statement that is lost answers nobody', async (t) => {
  const city = await withCity(t)
  const ask = await askedBy(city)
  let sent = 0
  // the real connection, cut after the statement was run and before its answer is read
  const cutting = {
    async query(config: { name: string; text: string }) {
      const result = await city.system.lanes.query(config)
      sent += 1
      if (config.name === 'look_ups') throw new Error('the connection is gone')
      return result
    },
  } as unknown as Queryable // oxlint-disable-line typescript/no-unsafe-type-assertion -- the one form of query that is used
  const lookUps = openLookUps(cutting)
  const answers = await Promise.all(
    NUMBERS.map(async (number) => {
      const answer = await lookUps(ask(number))
      const { rows } = await city.owner.query('select from xinheng.access where num = $1', [answer.access])
      return rows.length
    }),
  )
  assert.ok(
    answers.every((count) => count === 1),
    'whoever is answered has a committed row',
  )
  const rows = await rowsOf(city)
  assert.ok(rows.length > NUMBERS.length, 'what may have been seen by somebody is in the log, twice rather than never')
  assert.ok(sent > NUMBERS.length)
})

test('a look-up that waits for its person’s lock holds up nobody who asks after it', async (t) => {
  const city = await withCity(t)
  const ask = await askedBy(city)
  const { lookUps } = city.system
  const [locked = '', ...others] = NUMBERS
  const client = await city.owner.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(7310, hashtext($1::uuid::text))', [city.subjectOf(locked)])
    let isAnswered = false
    const waits = lookUps(ask(locked)).finally(() => (isAnswered = true))
    await sleep(10)
    const answers = await Promise.race([Promise.all(others.map((number) => lookUps(ask(number)))), sleep(20_000)])
    assert.equal(answers?.length, others.length, 'those after it are answered')
    assert.equal(isAnswered, false, 'while it waits still')
    await client.query('commit')
    assert.equal((await waits).outcome, 0)
  } finally {
    client.release(true)
  }
})
