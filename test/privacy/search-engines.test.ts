import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PUBLIC_ADDRESSES } from '#api/routes/public-pages.ts'
import { ROUTE_NAMES } from '#contract/routes.ts'
import { isRefusal } from '#domain/refusal.ts'
import { makeOrganisationCode } from '#domain/identity/synthetic.ts'
import { enter, SAFETY } from '#test/cases/listing.fixture.ts'
import { pathOf } from '#test/api.ts'
import { ROUTES } from '#contract/routes.ts'
import { citizenNumber } from '#test/people.ts'
import { withSite } from '#test/public/site.fixture.ts'

const NEVER = 'noindex, nofollow, noarchive'
const NAME = '闻人测试'
const MASKED = '闻*'
/** 个体工商户: registered under department 9, category 2; named after a person */
const BUSINESS = makeOrganisationCode({ division: '990000', body: 'MA999777', category: '2' })

/** Something for every part that an address leaves open. */
const PARTS: Record<string, readonly string[]> = {
  code: [BUSINESS],
  list: ['court-default-person', SAFETY.list],
  kind: ['exemplar'],
  num: ['1'],
  record: ['0'],
}

/** All addresses that a pattern stands for. */
function addressesOf(pattern: string): string[] {
  const part = /:(\w+)/.exec(pattern)
  return part
    ? (PARTS[part[1] ?? ''] ?? []).flatMap((value) => addressesOf(pattern.replace(part[0], value)))
    : [pattern]
}

test('no search engine may keep what a natural person could stand in: header, meta and robots.txt, over every route and page', async (t) => {
  const site = await withSite(t)
  await enter(site, 'tj-emergency', { ...SAFETY, number: citizenNumber(11), name: NAME }, '2026-03-17')
  await site.setTime('2026-03-18T02:00:00Z')
  const decided = '2026-03-16'
  await site.report({ item: 'enforcement', number: citizenNumber(11), name: NAME, decided, values: { SXQX: '4' } })
  await site.report({ item: 'permit-organisation', number: BUSINESS, name: `衡州${NAME}小吃店`, decided })
  const editor = await site.staff('clerk', 'demo-development')
  const reviewer = await site.staff('reviewer', 'demo-development')
  const text = {
    kind: 'exemplar',
    title: { zh: `${NAME}的故事`, en: 'A story' },
    body: { zh: NAME, en: 'x' },
    until: '2027-01-01',
    consent: '同意书1号',
  }
  const written = await editor.call('writeContent', { body: text })
  assert.equal(written.status, 200, written.text)
  const step = { params: { num: written.body.num }, body: { version: 1, kind: 'submit' } }
  assert.equal((await editor.call('stepContent', step)).status, 200)
  assert.equal(
    (await reviewer.call('stepContent', { ...step, body: { version: 1, kind: 'publish', checked: 'agreed' } })).status,
    200,
  )
  await site.setTime('2026-03-18T02:10:00Z')

  // every page, with what it shows of a person
  const [shop] = (await site.nobody.call('publicRecords')).body.records
  PARTS['record'] = [shop.id]
  let named = 0
  const pages = [
    ...PUBLIC_ADDRESSES.flatMap(addressesOf),
    '/me',
    '/me/looks',
    '/me/data',
    '/desk',
    '/desk/counter',
    '/desk/look-up',
  ]
  for (const path of pages) {
    const { status, headers, text: html } = await site.page(path)
    assert.equal(status, 200, path)
    const header = headers.get('x-robots-tag')
    const meta = /<meta name="robots" content="([^"]*)"/.exec(html)?.[1]
    const person = html.includes(NAME) || html.includes(MASKED)
    if (person) named += 1
    if (path === '/') assert.ok(!person, 'the first page names nobody')
    if (person) assert.match(header ?? '', /noindex/, path)
    if (/^\/(?:me|desk)/.test(path)) assert.equal(header, NEVER, path)
    // both say the same, whichever a search engine reads
    assert.equal(meta ?? null, header, path)
  }
  assert.ok(named >= 5, `${named} pages that name somebody`)
  const robots = (await site.page('/robots.txt')).text
  for (const path of ['/me', '/desk', '/api/', '/search', '/lists/court-default-person', `/lists/${SAFETY.list}`])
    assert.ok(robots.split('\n').includes(`Disallow: ${path}`), path)
  const map = (await site.page('/sitemap.xml')).text
  for (const path of ['court-default-person', SAFETY.list, BUSINESS, '/library/exemplar/', '/me', '/desk'])
    assert.ok(!map.includes(path), path)

  // every route of the API, whoever asks and whatever it answers
  const person = await site.person(citizenNumber(11))
  for (const name of ROUTE_NAMES) {
    const { method } = ROUTES[name]
    const path = pathOf(name, {}).replace(/\/(?=\/|$)/g, '/1')
    for (const client of [site.nobody, person]) {
      if (name === 'signOut') continue
      const response = await client.fetch(path, { method })
      assert.equal(response.headers.get('x-robots-tag'), NEVER, `${method} ${path}`)
      await response.body?.cancel()
    }
  }
  assert.ok(!isRefusal(written.body))
})
