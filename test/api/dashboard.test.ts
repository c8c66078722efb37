import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commitment, commitmentFile } from '#test/people.ts'
import { withCase } from '../cases/case.fixture.ts'

// The figures of the desk: counts of the own unit, of everything for who oversees; nothing by which a person could be told.

test('figures: the own unit, or all that is overseen; cells of fewer than five are left out, and so is what would give them away', async (t) => {
  const { city, clerk, person, own } = await withCase(t)
  const elsewhere = await city.as('clerk', 'demo-hr')
  const auditor = await city.as('auditor', 'demo-development')
  const read = async (client: typeof clerk) => {
    const answer = await client.call('dashboard')
    assert.equal(answer.status, 200, answer.text)
    return answer.body
  }
  // one record of one person: no number says so
  const first = await read(clerk)
  assert.deepEqual([first.items[0].count, first.classes[0].count, first.months[0].count], [null, null, null])
  const rows = Array.from({ length: 5 }, (_, index) => commitment(20 + index))
  await clerk.call('intake', {
    query: { item: 'commitment' },
    body: commitmentFile(rows),
    headers: { 'content-type': 'text/csv' },
  })
  const record = await own()
  await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: record.id, content: { statement: '与事实不符' } },
  })
  const seen = await read(clerk)
  assert.equal(seen.scope, 'unit')
  assert.deepEqual([seen.items[0].count, seen.months[0].count], [6, 6])
  assert.equal(seen.cases[0].opened, null, 'one case is one person')
  const foreign = await read(elsewhere)
  assert.deepEqual([foreign.items, foreign.cases, foreign.units], [[], [], []], "another unit's are not counted here")
  const all = await read(auditor)
  assert.equal(all.scope, 'all')
  assert.equal(all.items[0].count, 6)
  assert.ok(!JSON.stringify(all).includes(rows[0]?.name ?? '?'))
})
