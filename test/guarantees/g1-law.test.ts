import assert from 'node:assert/strict'
import { test } from 'node:test'
import { citizenNumber, commitment, commitmentFile } from '#test/people.ts'
import { valuesOf, withCity, type Facts } from './city.fixture.ts'
import { findingsOf } from './verify.fixture.ts'

// G1: no record without law. What is refused here has to leave nothing behind but its receipt.

const PENALTY: Facts = { item: 'penalty-person', decided: '2026-03-01', number: citizenNumber(1) }

test('G1: refused are an unknown item, one not in force that day, a unit not entitled, no document; nothing of it is stored', async (t) => {
  const city = await withCity(t)
  const clerk = await city.staff('clerk', 'demo-market')
  const send = (facts: Facts, who = clerk) =>
    who.call('record', { body: { item: facts.item, values: valuesOf(city, facts) } })
  const codes = (answer: Awaited<ReturnType<typeof send>>): string[] => [
    answer.body.code,
    ...(answer.body.problems ?? []).map((one: { code: string }) => one.code),
  ]

  const unknown = await clerk.call('record', { body: { item: 'no-such-item', values: { a: '1' } } })
  assert.equal(unknown.body.code, 'unknown-item')
  assert.ok(
    codes(await send({ ...PENALTY, decided: '2020-12-31' })).includes('item-not-in-force'),
    'the day before it is in force',
  )
  assert.ok(
    codes(
      await send({ ...PENALTY, decided: Temporal.PlainDate.from(city.today()).add({ days: 1 }).toString() }),
    ).includes('date-in-future'),
  )
  assert.ok(
    codes(await send({ ...PENALTY, document: '' })).includes('field-empty'),
    'adverse, and no document of legal effect',
  )
  const police = await city.staff('clerk', 'demo-youth')
  assert.equal((await send(PENALTY, police)).body.code, 'unit-not-entitled')
  assert.equal(
    (await send({ item: 'enforcement', decided: '2026-03-01' })).body.code,
    'unit-not-entitled',
    'a list of the court from another',
  )
  for (const table of ['record', 'subject', 'term']) assert.equal(await city.count(table), 0, table)

  const first = await send({ ...PENALTY, decided: '2021-01-01' })
  assert.equal(first.body.status, 'accepted', first.text)
  assert.equal(await city.count('record'), 1, 'the first day it is in force')
})

test('G1, wall: verify names a record of an item not in force, of a unit not entitled, of no submission, without document', async (t) => {
  const city = await withCity(t)
  for (const index of [1, 2, 3]) {
    const sent = await city.report({
      item: 'penalty-person',
      decided: '2026-03-01',
      number: citizenNumber(index),
      document: `衡罚〔2026〕${index}号`,
    })
    assert.equal(sent.body.status, 'accepted', sent.text)
  }
  assert.deepEqual(await findingsOf(city), [])
  await city.owner.query(`update xinheng.record set decided = '2020-12-31' where subject = $1`, [
    city.subjectOf(citizenNumber(1)),
  ])
  await city.owner.query(
    `update xinheng.record set unit = (select num from xinheng.unit where id = 'demo-youth') where subject = $1`,
    [city.subjectOf(citizenNumber(2))],
  )
  await city.owner.query(`update xinheng.record set submission = 99999 where subject = $1`, [
    city.subjectOf(citizenNumber(3)),
  ])
  const found = await findingsOf(city)
  for (const id of ['recordInForce', 'recordEntitled', 'recordTarget', 'recordSubmission'])
    assert.ok(found.includes(id), `${id}: ${found.join()}`)
})

test('G1, B11: a file is judged like one record', async (t) => {
  const city = await withCity(t)
  const clerk = await city.staff('clerk', 'demo-market')
  const file = commitmentFile([{ ...commitment(1), decided: '2020-12-31' }])
  const sent = await clerk.call('intake', {
    query: { item: 'commitment' },
    body: file,
    headers: { 'content-type': 'text/csv' },
  })
  assert.equal(sent.body.code, 'too-many-refused')
  assert.deepEqual(
    sent.body.problems.map((one: { code: string }) => one.code),
    ['item-not-in-force'],
  )
  assert.equal(await city.count('record'), 0)
})
