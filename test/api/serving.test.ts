import assert from 'node:assert/strict'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { withApi } from '#test/api.ts'

test('health says what is up; metrics are for this machine; nothing is indexed', async (t) => {
  const api = await withApi(t)
  const health = await api.nobody.fetch('/health')
  assert.equal(health.status, 200)
  assert.equal(((await health.json()) as { pack: { id: string } }).pack.id, 'demo')
  assert.equal((await api.nobody.fetch('/metrics')).status, 200)
  const forwarded = await api.nobody.fetch('/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } })
  assert.equal(forwarded.status, 403)
  const missing = await api.nobody.fetch('/api/v1/nothing')
  assert.equal(missing.status, 404)
  assert.equal(((await missing.json()) as { code: string }).code, 'not-found')
  assert.match(missing.headers.get('x-robots-tag') ?? '', /noindex/)
})

test('the catalogue has an ETag and answers 304', async (t) => {
  const api = await withApi(t)
  const first = await api.nobody.call('catalog')
  assert.equal(first.status, 200)
  assert.ok(first.body.items.some(({ id }: { id: string }) => id === 'penalty-person'))
  const etag = first.headers.get('etag') ?? ''
  const again = await api.nobody.call('catalog', { headers: { 'if-none-match': etag } })
  assert.equal(again.status, 304)
  assert.equal(again.text, '')
})

test('a request is as the contract says, or refused with the field and nothing that was in it', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  const many = await clerk.call('submissions', { query: { limit: 501 } })
  assert.equal(many.status, 400)
  assert.equal(many.body.field, 'limit')
  const text = await clerk.call('submissions', { query: { limit: 'ten' } })
  assert.equal(text.body.field, 'limit')
  const unknown = await clerk.call('record', { body: { item: 'commitment', values: {}, 张三: '1' } })
  assert.equal(unknown.status, 400)
  assert.doesNotMatch(unknown.text, /张三/)
  const broken = await clerk.call('record', { body: '{"item": "张三' })
  assert.equal(broken.status, 400)
  assert.doesNotMatch(broken.text, /张三/)
  const long = await clerk.call('record', { body: { item: 'commitment', values: { XM: 'x'.repeat(300_000) } } })
  assert.equal(long.status, 413)
  assert.equal(long.body.code, 'too-large')
})

test('pages: three entrances, their own addresses below them, strict policy, hashed files kept', async (t) => {
  const web = await mkdtemp(join(tmpdir(), 'xinheng-web-'))
  await mkdir(join(web, 'assets'))
  for (const name of ['index', 'me', 'desk'])
    await writeFile(join(web, `${name}.html`), `<!doctype html><title>${name}</title>`)
  await writeFile(join(web, 'assets/app-a1b2c3d4.js'), 'export {}')
  const api = await withApi(t, { web })
  const page = async (path: string) => {
    const response = await api.nobody.fetch(path)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  for (const [path, title] of [
    ['/', 'index'],
    ['/law', 'index'],
    ['/me', 'me'],
    ['/me/accesses', 'me'],
    ['/desk/', 'desk'],
    ['/medal', 'index'],
  ] as const) {
    const { status, headers, text } = await page(path)
    assert.equal(status, 200, path)
    assert.match(text, new RegExp(`<title>${title}<`), path)
    assert.match(headers.get('content-type') ?? '', /^text\/html/)
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /script-src 'self';/)
    assert.ok(!policy.includes('unsafe-inline'), path)
    assert.equal(headers.has('x-robots-tag'), title !== 'index', path)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
  }
  const asset = await page('/assets/app-a1b2c3d4.js')
  assert.match(asset.headers.get('cache-control') ?? '', /immutable/)
  assert.equal((await page('/assets/gone.js')).status, 404)
  assert.equal((await page('/../package.json')).status, 404)
  assert.equal((await page('/.sources')).status, 404)
})

test('too many requests from one account get 429 with the time to wait', async (t) => {
  const api = await withApi(t, { limits: { account: 5 } })
  const clerk = await api.as('clerk')
  const statuses: number[] = []
  for (let n = 0; n < 7; n += 1) statuses.push((await clerk.call('whoami')).status)
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429, 429])
})

test('a fault shows a number to ask by, and nothing of what it was', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  await api.owner.query('alter table xinheng.submission rename to gone')
  const fault = await clerk.call('submissions')
  assert.equal(fault.status, 500)
  assert.equal(fault.body.code, 'fault')
  assert.match(fault.body.id, /^[0-9a-f-]{36}$/)
  assert.doesNotMatch(fault.text, /submission|relation|select/)
})
