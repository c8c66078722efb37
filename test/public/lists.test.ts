import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FIRM, FIRM_NAME, asApp, lastOfDayBefore, startOf, type City } from '#test/guarantees/city.fixture.ts'
import { at, enter, OWES, SAFETY, stepOf } from '#test/cases/listing.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { withSite } from './site.fixture.ts'

const NAME = '测试甲某'
const WHOM = { ...SAFETY, name: NAME }
const PERSONS = `/lists/${SAFETY.list}`
const COURT = '/lists/court-default-person'
const NEVER = /noindex, nofollow, noarchive/

const counts = async (site: City): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await site.nobody.call('publicLists')).body.lists.map(({ id, count }: { id: string; count: number }) => [
      id,
      count,
    ]),
  )

test('G12, G5: a natural person stands in a list only where its basis publishes, masked, closed to search engines, and is gone at once', async (t) => {
  const site = await withSite(t)
  const entered = await enter(site, 'tj-emergency', WHOM, '2026-03-17')
  // wage arrears: the basis publishes employers only
  await enter(site, 'demo-hr', OWES, '2026-03-17')
  await site.setTime(at('2026-03-18'))
  const answer = await site.nobody.call('publicList', { params: { list: SAFETY.list } })
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.body.entries.length, 1)
  const [entry] = answer.body.entries
  assert.deepEqual(entry.who, { name: '测*', number: `${SAFETY.number[0]}${'*'.repeat(16)}${SAFETY.number.at(-1)}` })
  assert.equal(entry.until, '2029-03-17')
  assert.equal(entry.id, '')
  assert.match(answer.headers.get('x-robots-tag') ?? '', /noindex/)
  const page = await site.page(PERSONS)
  assert.equal(page.status, 200)
  assert.match(page.headers.get('x-robots-tag') ?? '', NEVER)
  assert.match(page.text, /<meta name="robots" content="noindex, nofollow, noarchive"\/>/)
  assert.match(page.text, /测\*/)
  assert.match(page.text, /2029年3月1[67]日/)
  for (const text of [page.text, answer.text])
    for (const secret of [NAME, SAFETY.number, '衡列字', '经查证的事实', entered.id])
      assert.ok(!text.includes(secret), secret)
  const robots = await site.page('/robots.txt')
  assert.match(robots.text, new RegExp(`Disallow: ${PERSONS}\n`))
  assert.ok(!(await site.page('/sitemap.xml')).text.includes('/lists/'))
  // not where the basis does not say so, by no name of it
  for (const list of ['serious-wages-person', 'serious-defence-person', 'red-youth', 'exemplar-person', 'nothing']) {
    assert.equal((await site.nobody.call('publicList', { params: { list } })).status, 404, list)
    assert.equal((await site.page(`/lists/${list}`)).status, 404, list)
  }
  // an organisation's entry: on its list, found by its name, with its document
  const employers = await site.nobody.call('publicList', { params: { list: OWES.list } })
  assert.deepEqual(employers.body.entries[0].who, { name: FIRM_NAME, number: FIRM, code: FIRM })
  assert.match((await site.page(`/organisations/${FIRM}`)).text, /严重失信主体名单条目/)
  assert.equal((await site.page(`/organisations/${FIRM}/${employers.body.entries[0].id}`)).status, 200)
  assert.equal((await counts(site))[SAFETY.list], 1)

  // removed: gone with the answer to the removal
  await site.setTime(at('2026-06-01'))
  const reviewer = await site.staff('reviewer', 'demo-hr')
  const cases = await site.owner.query<{ id: string }>(
    `select replace(subject::text, '-', '') || '.' || file as id from xinheng.listing where list = $1`,
    [OWES.list],
  )
  const removed = await stepOf(reviewer, cases.rows[0]?.id ?? '', 4, 'remove', {
    reason: '认定撤销',
    outcome: 'revocation',
  })
  assert.equal(removed.status, 200, removed.text)
  assert.deepEqual((await site.nobody.call('publicList', { params: { list: OWES.list } })).body.entries, [])
  assert.equal((await site.page(`/organisations/${FIRM}`)).status, 404)
  // at the end of its term: gone from the first instant of the day, with no job running
  await site.setTime(lastOfDayBefore('2029-03-17'))
  assert.match((await site.page(PERSONS)).text, /测\*/)
  await site.setTime(startOf('2029-03-17'))
  assert.doesNotMatch((await site.page(PERSONS)).text, /测\*/)
  assert.equal((await counts(site))[SAFETY.list], 0)
})

test('R58: the court’s list is shown as theirs, masked, and ends with what the court says; walls hold against any request', async (t) => {
  const site = await withSite(t)
  await site.setTime('2026-10-20T02:00:00Z')
  const name = '测试乙某'
  const person = { item: 'enforcement', number: citizenNumber(5), name, decided: '2026-10-15' }
  assert.equal(
    (await site.report({ ...person, document: '（2026）衡01执8号', values: { SXQX: '4', YW: '支付货款' } })).body.new,
    1,
  )
  await site.report({
    item: 'enforcement-organisation',
    decided: '2026-10-15',
    document: '（2026）衡01执9号',
    values: { SXQX: '4' },
  })
  // another adverse record of the same person is in no list
  await site.report({
    item: 'penalty-person',
    number: citizenNumber(5),
    name,
    decided: '2026-10-15',
    document: '衡罚1号',
  })
  const { text, headers } = await site.page(COURT)
  assert.match(headers.get('x-robots-tag') ?? '', NEVER)
  assert.match(text, /违反财产报告制度/)
  for (const secret of [name, citizenNumber(5), '支付货款', '衡01执8号', '衡罚1号'])
    assert.ok(!text.includes(secret), secret)
  assert.match((await site.page(`/organisations/${FIRM}`)).text, /衡01执9号/)
  const court = (await site.nobody.call('publicList', { params: { list: 'court-default-person' } })).body
  assert.equal(court.entries.length, 1)
  assert.equal(court.list.origin, 'received')
  // the walls: no other record of a person by this way, whatever is asked, and none by the ways of organisations
  const rows = await asApp(site, {}, `select * from xinheng.list_entries('serious-wages-person', 0, 100)`)
  assert.deepEqual(rows, [])
  assert.deepEqual(
    await asApp(site, {}, `select * from xinheng.published_of(array[$1]::uuid[])`, [site.subjectOf(citizenNumber(5))]),
    [],
  )
  await assert.rejects(asApp(site, {}, 'select xinheng.stands(r) from xinheng.record r'), /permission denied/)
  // a pack that publishes it no more, or no persons in it: gone at once, though the records stand and nothing was restarted
  const entries = (list: string) => asApp(site, {}, 'select * from xinheng.list_entries($1, 0, 100)', [list])
  const narrow = (list: string, change: string) =>
    site.owner.query(
      `update xinheng.pack set content = jsonb_set(content, '{lists}', (select jsonb_agg(case when e ->> 'id' = $1
         then ${change} else e end) from jsonb_array_elements(content -> 'lists') e))`,
      [list],
    )
  for (const [list, change] of [
    ['court-default-person', `jsonb_set(e, '{publish,persons}', 'false')`],
    ['court-default-organisation', `e - 'publish'`],
  ] as const) {
    assert.equal((await entries(list)).length, 1, list)
    await narrow(list, change)
    assert.deepEqual(await entries(list), [], list)
  }
  assert.doesNotMatch((await site.page(COURT)).text, /测\*/)
})

test('G5, wall: an entry is over when its own term is, whatever its record says', async (t) => {
  const site = await withSite(t)
  await enter(site, 'tj-emergency', WHOM, '2026-03-17')
  await site.setTime(at('2026-03-18'))
  const entries = () => asApp(site, {}, 'select * from xinheng.list_entries($1, 0, 100)', [SAFETY.list])
  assert.equal((await entries()).length, 1)
  await site.owner.query(`update xinheng.listing_entry set until = '2026-03-18'`)
  assert.deepEqual(await entries(), [])
})

test('R47, R15: the seven other kinds of act and commitments are published, each in its column and on its clock', async (t) => {
  const site = await withSite(t)
  await site.setTime('2026-10-20T02:00:00Z')
  const kinds = ['coercion', 'confirmation', 'levy', 'payment', 'adjudication', 'reward', 'inspection']
  for (const [n, kind] of kinds.entries()) {
    const sent = await site.report({
      item: `${kind}-organisation`,
      decided: '2026-10-15',
      document: `衡行〔2026〕${n}号`,
    })
    assert.equal(sent.body.new, 1, sent.text)
  }
  // taken over late: on the clock it is late
  await site.report({ item: 'inspection-organisation', decided: '2026-09-01', document: '衡检〔2026〕99号' })
  await site.report({
    item: 'commitment-organisation',
    decided: '2026-10-15',
    document: '衡承〔2026〕1号',
    values: { LXZT: '2', CNSX: '按期支付工资' },
  })
  const shown = await site.nobody.call('publicRecords', { query: { chapter: 'decisions', limit: 50 } })
  assert.deepEqual(
    new Set(shown.body.records.map(({ item }: { item: string }) => item)),
    new Set(kinds.map((kind) => `${kind}-organisation`)),
  )
  const records = await site.page('/records')
  for (const n of kinds.keys()) assert.match(records.text, new RegExp(`衡行〔2026〕${n}号`))
  assert.ok(!records.text.includes('衡承〔2026〕1号'))
  const commitments = await site.page('/commitments')
  assert.match(commitments.text, /按期支付工资/)
  assert.match(commitments.text, /已履行/)
  assert.ok(!commitments.text.includes('衡行〔2026〕0号'))
  const board = (await (await site.staff('reviewer', 'demo-development')).call('publicity')).body
  const clock = new Map(
    board.units.map(({ item, late, inTime }: never) => [(item as { id: string }).id, [inTime, late]]),
  )
  for (const kind of kinds)
    assert.deepEqual(clock.get(`${kind}-organisation`), kind === 'inspection' ? [1, 1] : [1, 0], kind)
  assert.equal((await site.page('/?lang=en')).status, 200)
})
