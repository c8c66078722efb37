import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asApp } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { form, withSite } from './site.fixture.ts'

const TEXT = {
  kind: 'knowledge',
  title: { zh: '怎样看懂公示信息', en: 'How to read a published decision' },
  body: { zh: '先看**文号**。<b>不是标记</b>', en: 'First the **number**. <b>no markup</b>' },
}

test('a text: written by one, published by another, shown in both languages, renewed, withdrawn', async (t) => {
  const site = await withSite(t)
  const clerk = await site.staff('clerk', 'demo-development')
  const reviewer = await site.staff('reviewer', 'demo-development')
  const written = await clerk.call('writeContent', { body: TEXT })
  assert.equal(written.status, 200, written.text)
  const { num } = written.body
  const address = `/library/knowledge/${num}`
  const step = (client: typeof clerk, kind: string, version = 1, reason?: string) =>
    client.call('stepContent', {
      params: { num },
      body: { kind, version, ...(reason ? { reason } : {}), ...(kind === 'publish' ? { checked: 'anonymous' } : {}) },
    })
  assert.equal((await step(reviewer, 'publish')).status, 409, 'not before it was submitted')
  assert.equal((await site.page(address)).status, 404, 'a draft is nobody’s to read')
  assert.equal((await step(clerk, 'submit')).status, 200)
  assert.equal((await step(clerk, 'publish')).status, 403, 'no clerk publishes')
  assert.equal((await step(reviewer, 'publish')).status, 200)
  const page = await site.page(address)
  assert.match(page.text, /先看<\/span><strong>文号<\/strong>/)
  assert.match(page.text, /&lt;b&gt;不是标记/)
  assert.match((await site.page(`${address}?lang=en`)).text, /How to read a published decision/)
  assert.match((await site.page('/sitemap.xml')).text, new RegExp(`${address}<`))
  assert.equal((await step(reviewer, 'publish')).status, 409, 'once')
  // the next version is not public until it is reviewed too
  await clerk.call('writeContent', { body: { ...TEXT, num, title: { zh: '新的标题', en: 'A new title' } } })
  assert.match((await site.page(address)).text, /怎样看懂公示信息/)
  await step(clerk, 'submit', 2)
  assert.equal((await step(reviewer, 'reject', 2)).body.code, 'reason-missing')
  assert.equal((await step(reviewer, 'reject', 2, '标题不清楚')).status, 200)
  assert.equal((await step(reviewer, 'publish', 2)).status, 409, 'what was rejected is written anew')
  assert.equal((await step(reviewer, 'withdraw', 1, '内容过时')).status, 200)
  assert.equal((await site.page(address)).status, 404)
})

test('nobody publishes their own text, whatever roles they hold: the function and the table both refuse', async (t) => {
  const site = await withSite(t)
  const both = await site.as(['clerk', 'reviewer'], 'demo-development')
  const { num } = (await both.call('writeContent', { body: TEXT })).body
  await both.call('stepContent', { params: { num }, body: { kind: 'submit', version: 1 } })
  const own = await both.call('stepContent', {
    params: { num },
    body: { kind: 'publish', version: 1, checked: 'anonymous' },
  })
  assert.equal(own.body.code, 'own-text')
  const insert = `insert into xinheng.content_step (content, version, kind, after, actor, author, reason)
    values ($1, 1, 'publish', 'submit', $2, $2, '')`
  await assert.rejects(site.owner.query(insert, [num, both.account]), /content_step_check/)
  await assert.rejects(asApp(site, {}, insert, [num, both.account]), /permission denied/)
  await assert.rejects(asApp(site, {}, 'select * from xinheng.content_version'), /permission denied/)
  const other = await site.staff('clerk', 'demo-market')
  assert.equal((await other.call('writeContent', { body: TEXT })).body.code, 'lead-unit-only')
  assert.deepEqual((await other.call('contents')).body.contents, [])
})

test('no identity number in a text; an exemplar has a term; a named person is not for search engines', async (t) => {
  const site = await withSite(t)
  const clerk = await site.staff('clerk', 'demo-development')
  const reviewer = await site.staff('reviewer', 'demo-development')
  const write = (change: object) => clerk.call('writeContent', { body: { ...TEXT, ...change } })
  const number = await write({ kind: 'case', body: { zh: `当事人 ${citizenNumber(3)} 已修复`, en: 'x' } })
  assert.equal(number.body.code, 'text-identity')
  assert.ok(!number.text.includes(citizenNumber(3)))
  assert.equal((await write({ kind: 'exemplar' })).body.code, 'text-day')
  assert.equal((await write({ kind: 'case', consent: '同意书1号' })).body.code, 'text-consent')
  await site.setTime('2026-11-01T02:00:00Z')
  const until = '2026-12-01'
  const { num } = (await write({ kind: 'exemplar', until, consent: '同意书〔2026〕1号' })).body
  await clerk.call('stepContent', { params: { num }, body: { kind: 'submit', version: 1 } })
  // who is named has agreed, and the reviewer says so; a case names nobody, and the reviewer says that too
  const publish = (of: number, checked?: string) =>
    reviewer.call('stepContent', {
      params: { num: of },
      body: { kind: 'publish', version: 1, ...(checked === undefined ? {} : { checked }) },
    })
  assert.equal((await publish(num)).body.code, 'text-unchecked')
  assert.equal((await publish(num, 'anonymous')).body.code, 'text-unchecked', 'somebody is named in it')
  assert.equal((await publish(num, 'agreed')).status, 200)
  const named = await write({ kind: 'case', body: { zh: '当事人王小明，主动履行。', en: 'x' } })
  assert.equal(named.body.code, 'text-name')
  assert.ok(!named.text.includes('王小明'))
  const story = (await write({ kind: 'case', body: { zh: '当事人王某，主动履行。陈小红受到帮助。', en: 'x' } })).body
  await clerk.call('stepContent', { params: { num: story.num }, body: { kind: 'submit', version: 1 } })
  assert.equal((await publish(story.num)).body.code, 'text-unchecked')
  assert.equal((await publish(story.num, 'agreed')).body.code, 'text-unchecked', 'no consent is named')
  const insert = `insert into xinheng.content_step (content, version, kind, after, actor, author, reason)
    values ($1, 1, 'publish', 'submit', $2, $3, '')`
  await assert.rejects(site.owner.query(insert, [story.num, reviewer.account, clerk.account]), /content_step_checked/)
  const bypass = await asApp<{ outcome: number }>(
    site,
    {},
    `select xinheng.step_content($1, $2, 1::smallint, 'publish', '', 'agreed') as outcome`,
    [reviewer.account, story.num],
  )
  assert.equal(bypass[0]?.outcome, 11, 'and the database asks for the consent too')
  assert.equal((await publish(story.num, 'anonymous')).status, 200)
  const { rows: kept } = await site.owner.query<{ checked: string }>(
    `select checked from xinheng.content_step where kind = 'publish' order by content`,
  )
  assert.deepEqual(
    kept.map(({ checked }) => checked),
    ['agreed', 'anonymous'],
  )
  const shown = await site.page(`/library/exemplar/${num}`)
  assert.equal(shown.status, 200)
  assert.match(shown.headers.get('x-robots-tag') ?? '', /noindex/)
  assert.doesNotMatch((await site.page('/sitemap.xml')).text, /exemplar\/\d/)
  await site.setTime('2026-11-30T16:00:00Z')
  assert.equal((await site.page(`/library/exemplar/${num}`)).status, 404, 'gone on the first instant of its last day')
})

test('a tip: sent without script and without a name, passed on, answered, followed by its code; never a record', async (t) => {
  const site = await withSite(t)
  await site.staff('clerk', 'demo-market')
  const lead = await site.staff('clerk', 'demo-development')
  const before = [await site.count('record'), await site.count('action'), await site.count('subject')]
  const short = await site.page('/tips', form({ kind: 'tip', text: '太短', contact: '甲' }))
  assert.equal(short.status, 422)
  assert.match(short.text, /太短<\/textarea>/, 'what was typed is there again')
  const text = '衡兴路某店标价与结账价格不一致，保留了小票。'
  const filed = await site.page('/tips', form({ kind: 'tip', text, contact: '电话13900000000' }))
  assert.equal(filed.status, 200)
  const code = /receipt-code[^>]*>([0-9A-Z-]{24})</.exec(filed.text)?.[1] ?? ''
  assert.match(code, /^(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/)
  assert.match(filed.headers.get('x-robots-tag') ?? '', /noindex/)
  const { rows } = await site.owner.query<{ all: string }>(
    `select (select string_agg(t::text, '') from xinheng.tip t) || (select string_agg(s::text || encode(sealed, 'escape'), '') from xinheng.tip_step s) as all`,
  )
  for (const secret of [text, '13900000000', code, code.replaceAll('-', '')]) assert.ok(!rows[0]?.all.includes(secret))
  const [queued] = (await lead.call('tips')).body.tips
  const opened = await lead.call('tip', { params: { num: queued.num } })
  assert.equal(opened.body.text, text)
  assert.equal(opened.body.contact, '电话13900000000')
  const act = (client: typeof lead, body: object) => client.call('stepTip', { params: { num: queued.num }, body })
  const passed = await act(lead, { kind: 'route', step: 2, unit: 'demo-market', text: '请核查' })
  assert.equal(passed.status, 200, passed.text)
  assert.equal((await lead.call('tip', { params: { num: queued.num } })).status, 404, 'who passed it on has it no more')
  const market = await site.staff('clerk', 'demo-market')
  assert.equal((await act(market, { kind: 'answer', step: 3, text: '已责令改正。' })).status, 200)
  assert.equal(
    (await act(market, { kind: 'answer', step: 4, text: '再答复一次' })).status,
    409,
    'nothing follows an answer',
  )
  const status = await site.page('/tips/status', form({ code: code.toLowerCase().replaceAll('-', ' ') }))
  assert.match(status.text, /已责令改正。/)
  assert.ok(!status.text.includes('请核查'), 'what units tell each other stays with them')
  assert.ok(!status.text.includes('13900000000'))
  assert.match((await site.page('/tips/status', form({ code: '0'.repeat(20) }))).text, /没有这个受理码/)
  assert.deepEqual([await site.count('record'), await site.count('action'), await site.count('subject')], before)
  const log = await site.owner.query(`select from xinheng.access where matter = $1`, [`tip ${queued.num}`])
  assert.equal(log.rowCount, 1, 'its reading is in the log')
})

test('forms: from another site refused, too many in a minute refused', async (t) => {
  const site = await withSite(t)
  const input = form({ kind: 'question', text: '请问在哪里查询自己的记录？' })
  const forged = await site.page('/tips', {
    ...input,
    headers: { ...input.headers, origin: 'https://elsewhere.example' },
  })
  assert.equal(forged.status, 403)
  assert.equal(await site.count('tip'), 0)
})
