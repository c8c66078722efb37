import assert from 'node:assert/strict'
import { test } from 'node:test'
import { citizenNumber } from '#test/people.ts'
import { valuesOf, withCity } from '../guarantees/city.fixture.ts'
import { liveOn, withCase } from '../cases/case.fixture.ts'

// The queue of the desk: what is due, what is late, what waits for whom; put together from the areas' own lists.

type Line = { source: string; late: boolean; due?: string; path: string }

test('the queue: an objection comes when it is made, is due, late, and gone when decided; each sees their own', async (t) => {
  const { city, reviewer, officer, person, own } = await withCase(t)
  const admin = await city.as('admin')
  const elsewhere = await city.as('reviewer', 'demo-hr')
  const work = async (client: typeof reviewer): Promise<Line[]> => {
    const answer = await client.call('work')
    assert.equal(answer.status, 200, answer.text)
    return answer.body.lines
  }
  const cases = async (client: typeof reviewer) => (await work(client)).filter(({ source }) => source === 'case')
  assert.deepEqual(await cases(reviewer), [])
  const record = await own()
  const opened = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: record.id, content: { statement: '与事实不符' } },
  })
  assert.equal(opened.status, 200, opened.text)
  const [line] = await cases(reviewer)
  assert.ok(line && !line.late && line.path === '/desk/cases' && line.due !== undefined)
  assert.deepEqual(await cases(elsewhere), [], 'another unit has nothing to do with it')
  assert.deepEqual(await cases(officer), [], 'nor who decides nothing')
  assert.deepEqual(await cases(admin), [], 'nor who only sees the list of cases')
  assert.ok(!JSON.stringify(await work(reviewer)).includes('与事实不符'), 'nothing anybody said')

  await liveOn(city, line.due)
  assert.equal((await cases(reviewer))[0]?.late, false, 'on its last day it is not late')
  await liveOn(city, Temporal.PlainDate.from(line.due).add({ days: 1 }).toString())
  assert.equal((await work(reviewer))[0]?.late, true, 'late, and first')

  const decided = await reviewer.call('stepCase', {
    params: { case: opened.body.case },
    body: { kind: 'reject', step: 1, content: { reason: '核查属实', basis: '《办法》第八条' } },
  })
  assert.equal(decided.status, 200, decided.text)
  assert.deepEqual(await cases(reviewer), [])
})

test('the queue: a file waits for another person of the unit, not for who sent it, and is gone once decided', async (t) => {
  const city = await withCity(t)
  const [sender, other] = [await city.as(['clerk', 'reviewer'], 'demo-youth'), await city.as('reviewer', 'demo-youth')]
  const elsewhere = await city.as('reviewer')
  const held = async (client: typeof sender) =>
    (await client.call('work')).body.lines.filter(({ source }: Line) => source === 'held')
  const nums: number[] = []
  for (const index of [1, 2]) {
    const facts = { item: 'honour', decided: city.today(), number: citizenNumber(index) }
    const sent = await sender.call('record', { body: { item: 'honour', values: valuesOf(city, facts) } })
    assert.equal(sent.body.status, 'held', sent.text)
    nums.push(sent.body.held)
  }
  assert.equal((await held(other)).length, 2)
  assert.deepEqual(await held(sender), [])
  assert.deepEqual(await held(elsewhere), [])
  // several are decided one by one: each leaves its own row (B11)
  for (const num of nums)
    await other.call('decideHeld', { params: { num }, body: { approve: true, reason: '逐件核对' } })
  assert.deepEqual(await held(other), [])
  assert.equal(await city.count('held_decision'), 2)
})
