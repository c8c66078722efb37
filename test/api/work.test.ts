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

test('the queue: a letter waits for the unit that answers until it is delivered; a draft of rules for the office’s second administrator', async (t) => {
  const city = await withCity(t)
  await city.setTime('2026-03-02T10:00:00+08:00')
  await city.report({ item: 'penalty-person', decided: '2026-02-27', number: citizenNumber(1) })
  await city.setTime('2026-03-02T10:01:00+08:00')
  await city.system.pool.query(`select * from xinheng.draw_notices('-infinity')`)
  const [clerk, elsewhere] = [await city.staff('clerk', 'demo-market'), await city.as('clerk', 'demo-hr')]
  const work = async (client: typeof clerk, source: string): Promise<(Line & { state: { zh: string } })[]> =>
    (await client.call('work')).body.lines.filter((line: Line) => line.source === source)
  const [waiting] = await work(clerk, 'letter')
  assert.equal(waiting?.path, '/desk/letters')
  assert.equal(waiting?.state.zh, '本人没有账户')
  assert.deepEqual(await work(elsewhere, 'letter'), [])
  const [{ letter }] = (await clerk.call('letters')).body.letters
  const deliver = (delivered: boolean, receipt: string) =>
    clerk.call('recordDelivery', { params: { letter }, body: { day: '2026-03-02', how: 'post', receipt, delivered } })
  await clerk.call('letter', { params: { letter } })
  assert.equal((await work(clerk, 'letter'))[0]?.state.zh, '已打印，待登记送达')
  assert.equal((await deliver(false, '退回')).status, 200)
  assert.equal((await work(clerk, 'letter'))[0]?.state.zh, '退回，待重新送达')
  assert.equal((await deliver(true, 'EMS 1')).status, 200)
  assert.deepEqual(await work(clerk, 'letter'), [])

  const office = () => city.as('admin', 'demo-development')
  const [author, second, other] = [await office(), await office(), await city.as('admin', 'demo-hr')]
  const opened = await author.call('openDraft', { body: { layer: 'demo', title: '承诺不再共享' } })
  const params = { draft: opened.body.draft as number }
  const { files, step } = (await author.call('draft', { params })).body
  const pack = files.find(({ name }: { name: string }) => name === 'pack.yaml').text
  const text = pack.replace(/version: .*/, `version: '2026.9'`)
  assert.equal((await author.call('saveDraft', { params, body: { step, name: 'pack.yaml', text } })).status, 200)
  assert.deepEqual(await work(second, 'pack-draft'), [], 'not submitted yet')
  const submitted = await author.call('stepDraft', { params, body: { kind: 'submit', step: step + 1 } })
  assert.equal(submitted.status, 200, submitted.text)
  assert.equal((await work(second, 'pack-draft'))[0]?.path, '/desk/packs')
  assert.deepEqual(await work(author, 'pack-draft'), [], 'nobody approves what they wrote')
  assert.deepEqual(await work(other, 'pack-draft'), [], 'nor another unit’s administrator')
  const approved = await second.call('stepDraft', { params, body: { kind: 'approve', step: step + 2 } })
  assert.equal(approved.status, 200, approved.text)
  assert.deepEqual(await work(second, 'pack-draft'), [])
})
