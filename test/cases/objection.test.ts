import assert from 'node:assert/strict'
import { test } from 'node:test'
import { citizenNumber } from '#test/people.ts'
import { liveOn, withCase } from './case.fixture.ts'

test('a person objects: receipt with its date, the mark at once wherever the record goes, and the decision with its remedies', async (t) => {
  const { clerk, reviewer, person, look, own } = await withCase(t)
  const { id } = await own()
  const made = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: id, content: { statement: '承诺已按期履行' } },
  })
  assert.equal(made.status, 200, made.text)
  const [mine] = (await person.call('myCases')).body.cases
  assert.equal(mine.case, made.body.case)
  // three working days from Monday 2 March, silence three more
  assert.equal(mine.state.due, '2026-03-05')
  assert.equal(mine.state.silence, '2026-03-11')
  assert.equal(mine.steps[0].content.clock.period, 'P3WD')
  const seen = await look()
  assert.equal(seen.body.records[0].marks[0].name.zh, '已提出异议')
  assert.equal((await own()).marks[0].due, '2026-03-05')
  const [notice] = (await person.call('myNotices')).body.notices
  assert.match(notice.text.zh, /2026年3月5日/)

  const { body: queue } = await reviewer.call('caseQueue')
  assert.equal(queue.cases[0].case, mine.case)
  const opened = await reviewer.call('openCase', { params: { case: mine.case } })
  assert.equal(opened.body.records[0].id, id)
  assert.ok(!opened.text.includes(citizenNumber(1)))
  // a clerk does not decide
  const step = { kind: 'reject', step: 1, content: { reason: '经核查，逾期两日履行', basis: '《信用承诺管理办法》' } }
  assert.equal((await clerk.call('stepCase', { params: { case: mine.case }, body: step })).body.code, 'not-allowed')
  assert.equal(
    (await reviewer.call('stepCase', { params: { case: mine.case }, body: { ...step, content: { basis: 'x' } } })).body
      .code,
    'reason-missing',
  )
  const decided = await reviewer.call('stepCase', { params: { case: mine.case }, body: step })
  assert.equal(decided.status, 200, decided.text)
  const [after] = (await person.call('myCases')).body.cases
  assert.deepEqual(
    after.steps[1].content.remedies.map(({ until }: { until: string }) => until),
    ['2026-05-06', '2026-09-02'],
  )
  assert.equal((await look()).body.records[0].marks, undefined)
  // what the reviewer opened is among the look-ups the person sees
  const { accesses } = (await person.call('myAccesses')).body
  assert.ok(accesses.some(({ matter }: { matter: string }) => matter.startsWith('case ')))
})

test('B3: silence past the term suspends display and use, with every job stopped, until it is decided', async (t) => {
  const { city, reviewer, person, look, own } = await withCase(t)
  const { id } = await own()
  const made = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: id, content: { statement: '不是我' } },
  })
  await liveOn(city, '2026-03-10')
  assert.equal((await look()).body.records.length, 1)
  await liveOn(city, '2026-03-11')
  assert.equal((await look()).body.records.length, 0)
  assert.equal((await own()).state, 'suspended')
  assert.equal((await reviewer.call('caseQueue')).body.cases[0].suspended, true)
  const decided = await reviewer.call('stepCase', {
    params: { case: made.body.case },
    body: { kind: 'reject', step: 1, content: { reason: '核查属实', basis: '《办法》' } },
  })
  assert.equal(decided.status, 200, decided.text)
  assert.equal((await look()).body.records.length, 1)
})

test('an objection upheld: neither shown nor used from that moment; two who decide at once are one decision', async (t) => {
  const { city, reviewer, person, look, own } = await withCase(t)
  const second = await city.as('reviewer')
  const { id } = await own()
  const made = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: id, content: { statement: '不是我' } },
  })
  const body = { kind: 'uphold-withdraw', step: 1, content: { reason: '身份核对有误' } }
  const both = await Promise.all(
    [reviewer, second].map((one) => one.call('stepCase', { params: { case: made.body.case }, body })),
  )
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  )
  assert.equal((await look()).body.records.length, 0)
  assert.equal((await own()).state, 'refuted')
})
