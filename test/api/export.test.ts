import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withApi } from '#test/api.ts'
import { commitment, commitmentFile } from '#test/people.ts'

// A table leaves the desk as a file through the gate of its own route, on record before the first byte (R19, B12, G4).

const csv = { 'content-type': 'text/csv' }

test('an export is what its reader sees, filtered and ordered, on record with its rows; another unit gets its own', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  const other = await api.as('clerk', 'demo-hr')
  const auditor = await api.as('auditor')
  const good = Array.from({ length: 3 }, (_, index) => commitment(index))
  const bad = Array.from({ length: 60 }, (_, index) => ({ ...commitment(100 + index), number: '990101' }))
  const sent = await clerk.call('intake', {
    query: { item: 'commitment' },
    body: commitmentFile([...good, ...bad]),
    headers: csv,
  })
  assert.equal(sent.body.code, 'too-many-refused')

  const exported = await clerk.call('exportTable', { body: { table: 'submissions', language: 'zh' } })
  assert.equal(exported.status, 200, exported.text)
  assert.match(exported.headers.get('content-type') ?? '', /text\/csv/)
  const bytes = Buffer.from(
    await (
      await clerk.fetch('/api/v1/desk/exports', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ table: 'submissions', language: 'en' }),
      })
    ).arrayBuffer(),
  )
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'a byte order mark, for Excel')
  assert.match(bytes.toString(), /"Refused"/)
  assert.match(exported.text, /"未接收".*"63","0","0","0","60"/)

  // every page of the refused rows, not only the first; the view's words and order hold
  const problems = (view: object) =>
    clerk.call('exportTable', {
      body: {
        table: 'problems',
        language: 'zh',
        input: { params: { num: sent.body.submission }, query: { limit: 25 } },
        view,
      },
    })
  const all = await problems({ sort: { column: 'row', down: true } })
  assert.equal(all.status, 200, all.text)
  const rows = all.text.trim().split('\r\n').slice(1)
  assert.equal(rows.length, 60)
  assert.ok(Number(rows[0]?.split(',')[0]?.replaceAll('"', '')) > Number(rows[1]?.split(',')[0]?.replaceAll('"', '')))
  assert.equal((await problems({ text: '没有这样的话' })).text.trim().split('\r\n').length, 1)

  // another unit: its own submissions, and not the problems of this one
  assert.equal(
    (await other.call('exportTable', { body: { table: 'submissions', language: 'zh' } })).text.trim().split('\r\n')
      .length,
    1,
  )
  const foreign = await other.call('exportTable', {
    body: { table: 'problems', language: 'zh', input: { params: { num: sent.body.submission } } },
  })
  assert.equal(foreign.status, 404, foreign.text)
  // nor a table whose page is not theirs, nor what the schema of the route does not take, nor a table that is none
  const refused = async (body: object) => (await clerk.call('exportTable', { body })).body.code
  assert.equal(await refused({ table: 'matters', language: 'zh' }), 'not-allowed')
  assert.equal(await refused({ table: 'exports', language: 'zh' }), 'not-allowed')
  assert.equal(await refused({ table: 'submissions', language: 'zh', input: { query: { limit: 0 } } }), 'bad-request')
  assert.equal(await refused({ table: 'toString', language: 'zh' }), 'not-found')

  const register = await auditor.call('exports')
  assert.equal(register.status, 200, register.text)
  assert.deepEqual(
    register.body.exports.map((one: { table: string; rows: number }) => [one.table, one.rows]).toReversed(),
    [
      ['submissions', 1],
      ['submissions', 1],
      ['problems', 60],
      ['problems', 0],
      ['submissions', 0],
    ],
    'each that left, with its rows, and none that was refused',
  )
})

test('an export of a look-up is a look-up: without a matter refused and logged, with one logged, masked, no formula', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  const officer = await api.as('officer', 'demo-approval')
  const row = { ...commitment(7), document: '=HYPERLINK("x")' }
  await clerk.call('intake', {
    query: { item: 'commitment' },
    body: commitmentFile([row]).replaceAll(row.document, '"=HYPERLINK(""x"")"'),
    headers: csv,
  })
  const looks = async () =>
    (await api.owner.query('select from xinheng.access where actor = $1', [officer.account])).rowCount
  const take = (body: object) =>
    officer.call('exportTable', {
      body: { table: 'archive', language: 'zh', input: { body: { number: row.number, purpose: 'approval', ...body } } },
    })
  const refused = await take({})
  assert.equal(refused.body.code, 'no-matter', refused.text)
  assert.equal(await looks(), 1, 'a refused one is seen too')
  const given = await take({ matter: '审2026-1' })
  assert.equal(given.status, 200, given.text)
  assert.equal(await looks(), 2)
  assert.ok(!given.text.includes(row.number))
  assert.match(given.text, /"'=HYPERLINK/)
  assert.equal((await api.owner.query('select from xinheng.export')).rowCount, 1)
})

test('walls: the application can neither read nor rewrite the register, nor put anything into it but by its function', async (t) => {
  const api = await withApi(t)
  for (const sql of [
    'select * from xinheng.export',
    'update xinheng.export set rows = 0',
    'delete from xinheng.export',
    `insert into xinheng.export (actor, unit, name, rows, digest) values (1, 1, 'cases', 1, sha256(''))`,
  ])
    await assert.rejects(api.system.pool.query(sql), /permission denied/, sql)
  const person = await api.person()
  const { rows } = await api.system.pool.query(`select xinheng.log_export($1, 'cases', 1, sha256('')) as num`, [
    person.account,
  ])
  assert.equal(rows[0].num, null, 'a person exports nothing')
})
