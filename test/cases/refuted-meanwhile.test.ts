import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FIRM, FIRM_NAME } from '#test/guarantees/city.fixture.ts'
import { ok, owes, withCampaigns } from './campaign.fixture.ts'
import { at, enter, SAFETY, stepOf, withLists } from './listing.fixture.ts'

test('B5: what was refuted while another entry on the same facts was under way is not determined either; the decision is quoted, and the case can be dropped', async (t) => {
  const { city, clerk, reviewer, propose } = await withLists(t, 'tj-emergency', '2026-03-02')
  const firm = {
    number: FIRM,
    kind: 'organisation',
    name: FIRM_NAME,
    facts: '未设置防护栏',
    document: '应急查〔2026〕1号',
  }
  const { id } = await enter(
    city,
    'tj-emergency',
    { ...firm, list: 'serious-work-safety-organisation', criterion: 'work-safety-organisation' },
    '2026-03-17',
  )
  // told of on another list, on the same facts under other evidence, before the first is refuted
  const focus = { ...firm, list: 'focus-organisation', criterion: 'below-serious' }
  const open = async (facts: string, document: string) => {
    const answer = await propose({ ...focus, facts, document })
    assert.equal(answer.status, 200, answer.text)
    const next = answer.body.case as string
    assert.equal((await stepOf(clerk, next, 1, 'notify', { facts })).status, 200)
    assert.equal((await stepOf(clerk, next, 2, 'serve', { document: '送达回证2号' })).status, 200)
    return next
  }
  const second = await open('未设置，防护栏', '应急查〔2026〕5号')
  const agent = await city.person(FIRM, 'organisation')
  const objection = await agent.call('startMyCase', {
    body: {
      machine: 'objection',
      kind: 'contest',
      target: id,
      content: { statement: '不是本单位', outcome: 'identity' },
    },
  })
  assert.equal(objection.status, 200, objection.text)
  const upheld = await stepOf(reviewer, objection.body.case, 1, 'uphold-withdraw', { reason: '身份比对有误' })
  assert.equal(upheld.status, 200, upheld.text)

  await city.setTime(at('2026-04-20'))
  const determine = (of: string) =>
    stepOf(reviewer, of, 3, 'determine', { reason: '情节属实', document: '衡列字〔2026〕9号' })
  const refused = await determine(second)
  assert.equal(refused.body.code, 'refuted-before', refused.text)
  assert.match(refused.body.message.zh, /条目2026-\d{6}，2026-03-17第\d+号案决定/)
  assert.ok(!refused.text.includes(FIRM_NAME))
  const looks = (await agent.call('myAccesses', { query: { limit: 100 } })).body.accesses as {
    matter: string
    about?: { zh: string }
  }[]
  assert.match(
    looks.find(({ matter }) => matter.startsWith('refuted '))?.about?.zh ?? '',
    /^核对此前被推翻的名单条目2026-/,
  )
  // what is left to do is to drop it
  assert.equal((await stepOf(reviewer, second, 3, 'drop', { reason: '依据已被推翻' })).status, 200)
})

test('B5: a proposal that was itself refuted is not determined', async (t) => {
  const { city, clerk, reviewer, propose } = await withLists(t, 'tj-emergency', '2026-03-02')
  const proposed = await propose(SAFETY)
  const id = proposed.body.case as string
  assert.equal((await stepOf(clerk, id, 1, 'notify', { facts: '经查证的事实' })).status, 200)
  assert.equal((await stepOf(clerk, id, 2, 'serve', { document: '送达回证1号' })).status, 200)
  const person = await city.person(SAFETY.number)
  const contest = async (client: typeof person, target: string) =>
    client.call('startMyCase', {
      body: { machine: 'objection', kind: 'contest', target, content: { statement: '不是本人' } },
    })
  const objection = await contest(person, id)
  assert.equal(objection.status, 200, objection.text)
  assert.equal((await stepOf(reviewer, objection.body.case, 1, 'uphold-withdraw', { reason: '有误' })).status, 200)
  await city.setTime(at('2026-04-20'))
  const determined = await stepOf(reviewer, id, 3, 'determine', { reason: '属实', document: '衡列字〔2026〕9号' })
  assert.equal(determined.body.code, 'refuted-before', determined.text)
  assert.deepEqual((await city.lookUp(SAFETY.number)).body.records, [])
})

test('B5, R45: a check in a campaign that an objection has undone goes no further against the organisation', async (t) => {
  const { city, checker, open, draw, cases, give, bodyOf } = await withCampaigns(t)
  await owes(city, 'A')
  const num = await open()
  ok(await draw(num))
  const id = ok(await give(num, (await cases(num))[0]?.organisation ?? '')).body.case as string
  ok(await stepOf(checker.clerk, id, 1, 'ask', { facts: '工程款逾期' }))
  const agent = await bodyOf('A')
  const objected = ok(
    await agent.call('startMyCase', {
      body: { machine: 'objection', kind: 'contest', target: id, content: { statement: '没有欠款' } },
    }),
  )
  ok(await stepOf(checker.reviewer, objected.body.case, 1, 'uphold-withdraw', { reason: '已付清' }))
  await city.setTime(at('2026-04-01'))
  const say = { reason: '核查属实', day: '2026-05-20', outcome: '移交市财政局' }
  for (const kind of ['order', 'hand-over', 'rectified'])
    assert.equal((await stepOf(checker.clerk, id, 2, kind, say)).body.code, 'step-not-possible', kind)
  ok(await stepOf(checker.clerk, id, 2, 'in-order', { reason: '已核对，没有欠款' }))
})
