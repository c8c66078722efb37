import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listPublicCampaigns } from '#operations/campaign/public.ts'
import { bodyCode, ok, owes, withCampaigns } from './campaign.fixture.ts'
import { at, stepOf } from './listing.fixture.ts'

test('G10, G3: who drew by a record and who checks it are told when it ends, and read it no longer than the campaign runs', async (t) => {
  const { city, lead, checker, open, draw, cases, give, bodyOf } = await withCampaigns(t)
  const court = await city.staff('reviewer', 'demo-court')
  const sent = await owes(city, 'A')
  await owes(city, 'B')
  // of the same item, and not what the rule looks for
  await owes(city, 'A', '违约失信', '2026-01-20', '2')
  await city.setTime(at('2026-03-02', '10:30'))
  const num = await open()
  ok(await draw(num))
  const [a, b] = (await cases(num)).map(({ organisation }) => organisation) as [string, string]
  const id = ok(await give(num, a)).body.case as string
  const read = (of: string) => checker.clerk.call('campaignRecords', { params: { case: of } })
  const records = ok(await read(id)).body.records as { id: string; document: string }[]
  assert.deepEqual(
    records.map(({ document }) => document),
    ['（2026）测A执1号'],
    'what the case was drawn from, and nothing else',
  )
  const other = ok(await give(num, b)).body.case as string
  ok(await read(other))
  assert.equal(sent.status, 200)

  // the body objects, the court takes the record back: both units are told
  await city.setTime(at('2026-03-02', '11:00'))
  const agent = await bodyOf('A')
  const mine = (await agent.call('myArchive')).body.records as { id: string; document: string }[]
  const objected = ok(
    await agent.call('startMyCase', {
      body: {
        machine: 'objection',
        kind: 'open',
        record: mine.find(({ document }) => document === '（2026）测A执1号')?.id,
        content: { statement: '款项早已付清' },
      },
    }),
  )
  // the objection travels with the record into the campaign (G9)
  const contested = ok(await read(id)).body.records[0]
  assert.deepEqual(
    contested.marks.map(({ name, text }: { name: { zh: string }; text?: string }) => [name.zh, text]),
    [['已提出异议', undefined]],
  )
  ok(await stepOf(court, objected.body.case, 1, 'uphold-withdraw', { reason: '文书有误' }))
  const [recall] = (await agent.call('myRecalls')).body.recalls
  assert.deepEqual(
    recall.recipients
      .filter(({ via }: { via: string }) => via === 'unit')
      .map(({ unit }: { unit: { id: string } }) => unit.id)
      .toSorted(),
    ['demo-development', 'demo-finance'],
  )
  assert.deepEqual(ok(await read(id)).body.records, [])
  const told = ok(await checker.clerk.call('recalls', { query: {} })).body.recalls as { kind: string; matter: string }[]
  assert.deepEqual(
    told.map(({ kind, matter }) => [kind, matter]),
    [['refuted', `专项治理${num} Campaign ${num}`]],
  )

  // the term is over, or it is closed: nothing is read any more, and that it was tried is seen
  await city.setTime(at('2026-07-01', '00:00'))
  assert.equal((await read(other)).body.code, 'campaign-not-running')
  await city.setTime(at('2026-06-30'))
  ok(await read(other))
  ok(await lead.clerk.call('prepareClosing', { params: { num }, body: { note: '到期' } }))
  ok(await lead.reviewer.call('closeCampaign', { params: { num }, body: { kind: 'close' } }))
  const late = await read(other)
  assert.deepEqual([late.body.code, late.body.records], ['campaign-not-running', undefined])

  // who looked, in words, and a matter that somebody wrote as they wrote it
  const officer = await city.staff('officer', 'demo-court')
  ok(
    await officer.call('lookUp', {
      body: { kind: 'organisation', number: bodyCode('A'), purpose: 'judicial', matter: 'campaign 9' },
    }),
  )
  const looks = (await agent.call('myAccesses', { query: { limit: 100 } })).body.accesses as {
    matter: string
    about?: { zh: string; en: string }
    ground: string
    items: { item: string; fields: { zh: string }[] }[]
  }[]
  const named = new Map(looks.map(({ matter, about }) => [matter, about]))
  assert.deepEqual(named.get(`campaign ${num}`), { zh: `专项治理${num}`, en: `Campaign ${num}` })
  for (const { ground, items } of looks)
    if (ground === 'statutory')
      for (const { item, fields } of items) assert.ok(fields.length > 0, `which fields of ${item}`)
  assert.equal(named.has('campaign 9') && named.get('campaign 9'), undefined)
  for (const { matter, about } of looks)
    if (/^[a-z]+( \S+)?$/.test(matter) && matter !== 'campaign 9') assert.ok(about?.zh && about.en, matter)
})

test('B8, G12: of a campaign the open site has the figures it was closed on, and none of any day before or after', async (t) => {
  const { city, lead, checker, open, draw, cases, give, bodyOf } = await withCampaigns(t)
  for (const letter of 'ABCDEFG') await owes(city, letter)
  const num = await open()
  // past the site's own cache of a minute
  const published = async () => {
    const [one] = await listPublicCampaigns(city.system, 'all')
    assert.ok(one)
    return one
  }
  assert.equal((await published()).counts, undefined)
  ok(await draw(num))
  const drawn = await cases(num)
  const ids: string[] = []
  for (const { organisation } of drawn) {
    ids.push(ok(await give(num, organisation)).body.case as string)
    const last = ids.at(-1) ?? ''
    if (ids.length <= 6) ok(await stepOf(checker.clerk, last, 1, 'in-order', { reason: '已付清' }))
    assert.equal((await published()).counts, undefined, 'one more each day would tell which')
  }
  ok(await lead.clerk.call('prepareClosing', { params: { num }, body: { note: '已结束' } }))
  assert.equal((await published()).counts, undefined)
  ok(await lead.reviewer.call('closeCampaign', { params: { num }, body: { kind: 'close' } }))
  const figures = { drawn: 7, inOrder: null, rectified: 0, handedOver: 0, rest: null }
  assert.deepEqual((await published()).counts, figures)
  // what an objection undoes afterwards changes nothing of what was published
  const agent = await bodyOf('A')
  const objected = ok(
    await agent.call('startMyCase', {
      body: { machine: 'objection', kind: 'contest', target: ids[0], content: { statement: '核查有误' } },
    }),
  )
  ok(await stepOf(checker.reviewer, objected.body.case, 1, 'uphold-withdraw', { reason: '核查有误' }))
  assert.equal(ok(await lead.clerk.call('campaign', { params: { num } })).body.campaign.sums.undone, 1)
  assert.deepEqual((await published()).counts, figures)
  const site = await checker.clerk.call('publicStatistics')
  assert.deepEqual(site.body.campaigns[0].counts, figures)
})
