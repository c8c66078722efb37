import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commitmentValues } from '#test/people.ts'
import { liveOn, withCase } from './case.fixture.ts'

type Case = Awaited<ReturnType<typeof withCase>>

const start = async ({ person, own }: Case, machine: string, kind: string, content: object) => {
  const made = await person.call('startMyCase', { body: { machine, kind, record: (await own()).id, content } })
  assert.equal(made.status, 200, made.text)
  return made.body.case as string
}

test('what the person says stands beside the record for everyone who sees it, in their words, until they take it back', async (t) => {
  const city = await withCase(t)
  const { person, look, own } = city
  const id = await start(city, 'statement', 'state', { statement: '系快递延误所致' })
  const [seen] = (await look()).body.records
  assert.equal(seen.marks[0].text, '系快递延误所致')
  assert.equal((await own()).marks[0].text, '系快递延误所致')
  const step = (kind: string, at: number, content: object) =>
    person.call('stepMyCase', { params: { case: id }, body: { kind, step: at, content } })
  assert.equal((await step('revise', 1, { statement: '系快递延误所致，已补交' })).status, 200)
  assert.equal((await look()).body.records[0].marks[0].text, '系快递延误所致，已补交')
  // a unit that is not shown such records is not given the words either
  const other = await city.city.as('officer', 'demo-bank')
  const elsewhere = await other.call('lookUp', {
    body: { number: city.row.number, purpose: 'judicial', matter: '执〔2026〕1号' },
  })
  assert.ok(!elsewhere.text.includes('快递'), elsewhere.text)
  assert.equal((await step('retract', 2, {})).status, 200)
  assert.equal((await look()).body.records[0].marks, undefined)
  // nothing of it is in the database in clear
  const { rows } = await city.city.owner.query(
    `select encode(string_agg(sealed, ''), 'escape') as all from xinheng.action`,
  )
  assert.ok(!String(rows[0].all).includes('快递'))
})

test('an application for more time stands beside the record with its answer; refused, it carries its remedies', async (t) => {
  const city = await withCase(t)
  const id = await start(city, 'statement', 'apply', { statement: '申请延期三个月履行', day: '2026-06-30' })
  assert.equal((await city.look()).body.records[0].marks[0].text, '申请延期三个月履行')
  const refused = await city.reviewer.call('stepCase', {
    params: { case: id },
    body: { kind: 'refuse', step: 1, content: { reason: '已延期一次', basis: '《信用承诺管理办法》' } },
  })
  assert.equal(refused.status, 200, refused.text)
  const [mark] = (await city.look()).body.records[0].marks
  assert.deepEqual([mark.kind, mark.text], ['refuse', '已延期一次'])
  const mine = (await city.person.call('myCases')).body.cases[0]
  assert.equal(mine.steps[1].content.remedies.length, 2)
})

for (const { machine, role, document } of [
  { machine: 'review', role: 'review-body', document: '复议〔2026〕7号' },
  { machine: 'lawsuit', role: 'court', document: '（2026）衡01行初7号' },
] as const) {
  test(`${machine}: recorded by whoever decides it, with its effect: annulled is refuted, changed corrected, upheld stays`, async (t) => {
    const city = await withCase(t)
    const body = await city.city.as(role, 'demo-justice')
    const lodged = await start(city, machine, 'lodge', { statement: '请求撤销' })
    assert.equal((await city.look()).body.records[0].marks[0].machine, machine)
    // it waits in the queue of whoever decides, and not of another
    const { cases } = (await body.call('caseQueue')).body
    assert.deepEqual(
      cases.map(({ case: id }: { case: string }) => id),
      [lodged],
    )
    const step = (who: typeof body, id: string, kind: string, at: number, content: object) =>
      who.call('stepCase', { params: { case: id }, body: { kind, step: at, content } })
    assert.equal((await step(city.reviewer, lodged, 'annul', 1, { document, reason: '无据' })).body.code, 'not-allowed')
    assert.equal((await step(body, lodged, 'accept', 1, { document })).status, 200)
    const changed = await step(body, lodged, 'change', 2, {
      document,
      reason: '认定事项有误',
      fields: { CNSX: '药品经营许可' },
    })
    assert.equal(changed.status, 200, changed.text)
    assert.ok((await city.look()).body.records[0].values.includes('药品经营许可'))
    const upheld = await start(city, machine, 'lodge', { statement: '仍不服' })
    assert.equal((await step(body, upheld, 'uphold', 1, { document, reason: '认定有据' })).status, 200)
    assert.equal((await city.look()).body.records.length, 1)
    // and says where it can be contested, by that law and not by another
    const closed = (await city.person.call('myCases')).body.cases.find(
      ({ case: id }: { case: string }) => id === upheld,
    )
    assert.deepEqual(
      closed.steps.at(-1).content.remedies.map(({ until }: { until: string }) => until),
      ['2026-03-17'],
    )
    const annulled = await start(city, machine, 'lodge', { statement: '再次请求撤销' })
    const ended = await step(body, annulled, 'annul', 1, { document, reason: '主体有误' })
    assert.equal(ended.status, 200, ended.text)
    assert.equal((await city.look()).body.records.length, 0)
    assert.equal((await city.own()).state, 'refuted')
    await liveOn(city.city, '2026-03-09')
    const again = await city.clerk.call('record', { body: { item: 'commitment', values: commitmentValues(city.row) } })
    assert.equal(again.body.problems[0].code, 'refuted-earlier')
  })
}
