import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { takeInDemoCity } from '#operations/demo/city.ts'
import { demoPeople, DEMO_SEED } from '#operations/demo/people.ts'
import { FIRM, FIRM_NAME, asApp, lastOfDayBefore, startOf } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { fillDemoSite, form, withSite } from './site.fixture.ts'

const PENALTY = 'penalty-organisation'
const DECIDED = '2026-10-15'
// public criticism is minor, in principle not published; a confiscation is general, shown for a year
const minor = (document: string, decided = DECIDED) => ({ item: PENALTY, decided, document, values: { CF_CFLB: '02' } })
const general = (document: string, decided = DECIDED) => ({
  item: PENALTY,
  decided,
  document,
  values: { CF_CFLB: '04' },
})

test('a penalty of an organisation is published at once, with open fields only; a minor one is not', async (t) => {
  const site = await withSite(t)
  await site.setTime('2026-10-20T02:00:00Z')
  const head = '测试法人代表'
  const inner = '内部事实不公开'
  const record = general('衡字〔2026〕8001号')
  const sent = await site.report({
    ...record,
    values: { ...record.values, CF_XDR_FRDB: head, CF_SY: inner, BZ: '内部备注' },
  })
  assert.equal(sent.body.new, 1, sent.text)
  assert.equal((await site.report(minor('衡字〔2026〕8002号'))).body.new, 1)
  const list = await site.nobody.call('publicRecords', { query: { item: PENALTY } })
  assert.deepEqual(
    list.body.records.map(({ document }: { document: string }) => document),
    ['衡字〔2026〕8001号'],
  )
  const [shown] = list.body.records
  assert.deepEqual(shown.organisation, { name: FIRM_NAME, code: FIRM })
  for (const path of ['/', '/records', `/organisations/${FIRM}`, `/organisations/${FIRM}/${shown.id}`]) {
    const { status, text, headers } = await site.page(path)
    assert.equal(status, 200, path)
    assert.match(text, path === '/' || path === '/records' ? new RegExp(FIRM_NAME) : /8001号/, path)
    for (const secret of [head, inner, '内部备注', '8002号']) assert.ok(!text.includes(secret), `${path}: ${secret}`)
    assert.doesNotMatch(text, /<script|\sstyle=|\son\w+=/i, path)
    assert.match(headers.get('content-security-policy') ?? '', /script-src 'self'/)
  }
  // found by name and by code, and nothing that was typed stands in an address
  assert.match((await site.page('/search', form({ text: '测试商贸' }))).text, new RegExp(FIRM_NAME))
  const byCode = await site.page('/search', form({ text: FIRM }))
  assert.equal(byCode.status, 303)
  assert.equal(byCode.headers.get('location'), `/organisations/${FIRM}`)
})

test('G5: gone at the first instant of the day it ends, withdrawn or not, with no job running', async (t) => {
  const site = await withSite(t)
  await site.setTime('2026-10-20T02:00:00Z')
  await site.report(general('衡字〔2026〕8003号'))
  const address = `/organisations/${FIRM}`
  const [{ id, until }] = (await site.nobody.call('publicOrganisation', { params: { code: FIRM } })).body.records
  const detail = await site.page(`${address}/${id}`)
  assert.match(detail.headers.get('x-robots-tag') ?? '', new RegExp(`unavailable_after: ${until}`))
  await site.setTime(lastOfDayBefore(until))
  assert.equal((await site.page(address)).status, 200)
  assert.match((await site.page('/')).text, new RegExp(FIRM_NAME))
  await site.setTime(startOf(until))
  for (const path of [address, `${address}/${id}`]) assert.equal((await site.page(path)).status, 404, path)
  for (const path of ['/', '/records', '/statistics'])
    assert.ok(!(await site.page(path)).text.includes(FIRM_NAME), path)
  assert.deepEqual((await site.nobody.call('publicRecords')).body.records, [])
  assert.equal((await site.nobody.call('publicStatistics')).body.records, 0)
  assert.deepEqual(
    (await site.nobody.call('publicOrganisations', { body: { text: FIRM_NAME } })).body.organisations,
    [],
  )
})

test('what its source withdraws is gone from the site with the answer to the withdrawal', async (t) => {
  const site = await withSite(t)
  await site.setTime('2026-10-20T02:00:00Z')
  await site.report({ ...general('衡字〔2026〕8004号'), values: { CF_CFLB: '04', CF_CFJGDM: '11990000009900021H' } })
  assert.equal((await site.nobody.call('publicRecords')).body.records.length, 1)
  const clerk = await site.staff('clerk', site.sourceOf(PENALTY))
  const withdrawn = await clerk.call('withdraw', {
    body: {
      item: PENALTY,
      kind: 'organisation',
      number: FIRM,
      naturalKey: ['衡字〔2026〕8004号', '11990000009900021H'],
      reason: '决定已撤销',
    },
  })
  assert.equal(withdrawn.status, 200, withdrawn.text)
  assert.deepEqual((await site.nobody.call('publicRecords')).body.records, [])
  assert.equal((await site.page(`/organisations/${FIRM}`)).status, 404)
})

test('the clock: on the seventh working day in time, on the eighth late, and unknown beyond the calendar', async (t) => {
  const site = await withSite(t)
  // Monday 9 November 2026: the seventh working day is Wednesday 18
  await site.setTime('2026-11-18T15:59:59Z')
  await site.report(general('衡字〔2026〕8101号', '2026-11-09'))
  await site.setTime('2026-11-18T16:00:00Z')
  await site.report(general('衡字〔2026〕8102号', '2026-11-09'))
  const clerk = await site.staff('clerk', site.sourceOf(PENALTY))
  const board = await clerk.call('publicity')
  assert.equal(board.status, 200, board.text)
  const [row] = board.body.units
  assert.deepEqual([row.inTime, row.late, row.unknown], [1, 1, 0])
  assert.deepEqual(
    board.body.late.map(({ record, due, days }: { record: { document: string }; due: string; days: number }) => [
      record.document,
      due,
      days,
    ]),
    [['衡字〔2026〕8102号', '2026-11-18', 1]],
  )
  const last = Math.max(...site.system.reference.pack.calendar.map(({ year }) => year))
  await site.setTime(`${last + 1}-02-10T02:00:00Z`)
  await site.report(general('衡字〔2027〕8103号', `${last}-12-30`))
  const later = await (await site.staff('clerk', site.sourceOf(PENALTY))).call('publicity')
  const known = later.body.units[0]
  assert.equal(known.unknown, 1, later.text)
  // another unit's clock is not theirs to see; the unit that leads sees it
  assert.deepEqual((await (await site.staff('clerk', 'demo-hr')).call('publicity')).body.units, [])
  assert.equal((await (await site.staff('reviewer', 'demo-development')).call('publicity')).body.units.length, 1)
})

test('no natural person by any public way, over the whole demo city', async (t) => {
  const site = await withSite(t)
  const folder = await mkdtemp(join(tmpdir(), 'xinheng-public-'))
  t.after(() => rm(folder, { recursive: true }))
  await fillDemoSite(site)
  await takeInDemoCity(site.system, site.owner, folder)
  const texts: string[] = []
  const seen = new Set<string>()
  const waiting = [
    '/',
    '/?lang=en',
    '/records',
    '/library',
    '/statistics',
    '/rights',
    '/tips',
    '/sitemap.xml',
    '/robots.txt',
  ]
  // every link of the site, as far as they lead
  for (let path = waiting.pop(); path !== undefined && seen.size < 400; path = waiting.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    const { status, text } = await site.page(path)
    assert.equal(status, 200, path)
    texts.push(text)
    for (const [, href = ''] of text.matchAll(/href="(\/[^"]*)"/g)) {
      const to = href.replaceAll('&amp;', '&')
      if (!/^\/(?:me|desk|assets|icon)/.test(to)) waiting.push(to)
    }
  }
  assert.ok(seen.size > 150, `${seen.size} pages`)
  for (let after: string | undefined; ;) {
    const answer = await site.nobody.call('publicRecords', { query: { limit: 100, ...(after ? { after } : {}) } })
    texts.push(answer.text)
    for (const { item } of answer.body.records) assert.match(item, /-organisation$/)
    after = answer.body.next
    if (after === undefined) break
  }
  const people = demoPeople(DEMO_SEED)
  for (const name of ['publicStatistics', 'publicContents', 'withheldCount'] as const)
    texts.push((await site.nobody.call(name)).text)
  for (const { name, number } of people) {
    texts.push((await site.nobody.call('publicOrganisations', { body: { text: name } })).text)
    texts.push((await site.nobody.call('publicOrganisations', { body: { text: number } })).text)
  }
  const all = texts.join('\n')
  for (const { number } of people) assert.ok(!all.includes(number))
  // three characters are a name; two may be part of a word
  for (const { name } of people.filter((one) => one.name.length > 2))
    assert.ok(!all.includes(name), 'a name of a person')
  assert.doesNotMatch(all, /(?<!\d)99\d{4}(?:19|20)\d{9}[\dX](?!\d)/)
})

test('walls: no item of persons can be published, whoever loads it; the app reads no records but by the functions', async (t) => {
  const site = await withSite(t)
  await assert.rejects(
    site.owner.query('update xinheng.item set published = true where person'),
    /item_publishes_no_person/,
  )
  await assert.rejects(asApp(site, {}, 'select xinheng.is_public(r) from xinheng.record r'), /permission denied/)
  // even an item wrongly marked as of organisations shows no person: the subject's own kind decides
  await site.setTime('2026-10-20T02:00:00Z')
  await site.report({ item: 'penalty-person', number: citizenNumber(7), decided: DECIDED })
  await site.owner.query(`update xinheng.item set person = false, published = true where id = 'penalty-person'`)
  await site.owner.query('select xinheng.index_published()')
  const rows = await asApp(
    site,
    {},
    'select * from xinheng.list_published((select array_agg(num) from xinheng.item), null, null, null, false, 100)',
  )
  assert.deepEqual(rows, [])
})
