import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commitmentFile } from '#test/people.ts'
import { liveOn, withCase } from '../cases/case.fixture.ts'

// The queue of the desk: what is due, what is late, what waits for whom; put together from the areas' own lists.

type Line = { source: string; late: boolean; due?: string; path: string }

test('the queue: an objection comes when it is made, is due, late, and gone when decided; each sees their own', async (t) => {
  const { city, reviewer, officer, person, own } = await withCase(t)
  const auditor = await city.as('auditor')
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

  // a file that waits for a second person: for a reviewer of the unit, not for who sent it
  const clerkReviewer = await city.as(['clerk', 'reviewer'])
  const [item] = city.system.reference.pack.items.filter(({ review }) => review)
  assert.ok(item)
  assert.ok(commitmentFile([]) !== '')
  const lookedAt = await officer.call('lookUp', { body: { number: '990101', purpose: 'approval', matter: 'x' } })
  assert.ok(lookedAt.status >= 400)
  assert.deepEqual(
    (await work(clerkReviewer)).filter(({ source }) => source === 'held'),
    [],
  )
  const unusual = (await work(auditor)).map(({ source }) => source)
  assert.ok(
    unusual.every((source) => ['unusual', 'incident'].includes(source)),
    unusual.join(),
  )
})
