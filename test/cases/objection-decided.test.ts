import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commitmentFile, commitmentValues } from '#test/people.ts'
import { liveOn, withCase } from './case.fixture.ts'

type Case = Awaited<ReturnType<typeof withCase>>

async function objected({ person, own }: Case) {
  const made = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: (await own()).id, content: { statement: '与事实不符' } },
  })
  assert.equal(made.status, 200, made.text)
  return made.body.case as string
}
const decide = ({ reviewer }: Case, id: string, kind: string, content: object) =>
  reviewer.call('stepCase', { params: { case: id }, body: { kind, step: 1, content } })
const send = ({ clerk }: Case, values: Record<string, string>) =>
  clerk.call('record', { body: { item: 'commitment', values } })

test('an objection upheld with a correction makes the next version, judged and sealed as if sent; the wrong one never comes back', async (t) => {
  const city = await withCase(t)
  const { look, row, own, clerk } = city
  const id = await objected(city)
  const before = await own()
  const corrected = await decide(city, id, 'uphold-correct', { reason: '事项有误', fields: { CNSX: '药品经营许可' } })
  assert.equal(corrected.status, 200, corrected.text)
  const [now] = (await look()).body.records
  assert.ok(now.values.includes('药品经营许可'))
  assert.equal(now.version, 2)
  assert.equal(now.marks, undefined)
  assert.deepEqual(
    now.values.filter((value: string) => value !== '药品经营许可'),
    before.values.filter((value: string) => value !== '食品经营许可' && !value.startsWith('990101')),
  )
  assert.equal(now.until, before.until, 'its clock did not start again (B2)')

  // B5: single and file, quoting the decision
  await liveOn(city.city, '2026-03-09')
  const again = await send(city, commitmentValues(row))
  assert.equal(again.body.code, 'too-many-refused', again.text)
  assert.equal(again.body.problems[0].code, 'refuted-earlier')
  assert.equal(again.body.problems[0].detail, `${id.split('.')[1]} 2026-03-02`)
  const file = await clerk.call('intake', {
    query: { item: 'commitment' },
    body: commitmentFile([row, { ...row, document: '承诺〔2026〕900号' }]),
    headers: { 'content-type': 'text/csv' },
  })
  assert.deepEqual([file.body.new, file.body.versions, file.body.refused], [1, 0, 1], file.text)
  const listed = await clerk.call('submissionProblems', { params: { num: file.body.submission } })
  assert.match(listed.body.problems[0].detail, /^\d+ 2026-03-02$/)
  // what is right stays right, and what is new is a version like any other
  assert.equal((await send(city, { ...commitmentValues(row), CNSX: '药品经营许可' })).body.duplicates, 1)
  assert.equal((await send(city, { ...commitmentValues(row), CNSX: '药品批发许可' })).body.versions, 1)
})

test('a correction is judged: fields of another record, no change, what the catalogue refuses; then nothing has happened', async (t) => {
  const city = await withCase(t)
  const { person, look } = city
  const id = await objected(city)
  for (const [fields, code, field] of [
    [{ CNBH: '承诺〔2026〕2号' }, 'correction-field', 'CNBH'],
    [{ ZJHM: '990101197001010000' }, 'correction-field', 'ZJHM'],
    [{ 张三: 'x' }, 'correction-field', undefined],
    [{ CNSX: '食品经营许可' }, 'correction-changes-nothing', undefined],
    [{ CNRQ: '2026-13-01' }, 'date-unreal', 'CNRQ'],
  ] as const) {
    const answer = await decide(city, id, 'uphold-correct', { reason: '有误', fields })
    assert.deepEqual([answer.body.code, answer.body.field], [code, field], answer.text)
  }
  const [mine] = (await person.call('myCases')).body.cases
  assert.equal(mine.steps.length, 1)
  assert.equal((await look()).body.records[0].version, 1)
})

test('B5: refuted or withdrawn, a record stays so when it is sent again, also with other content', async (t) => {
  const city = await withCase(t)
  const id = await objected(city)
  assert.equal((await decide(city, id, 'uphold-withdraw', { reason: '身份核对有误' })).status, 200)
  await liveOn(city.city, '2026-03-09')
  for (const CNSX of ['食品经营许可', '别的事项']) {
    const again = await send(city, { ...commitmentValues(city.row), CNSX })
    assert.equal(again.body.problems[0].code, 'refuted-earlier', again.text)
    assert.match(again.body.problems[0].detail, /^\d+ 2026-03-02$/)
  }
  assert.equal((await city.look()).body.records.length, 0)
})

test('one objection to a record at a time, also when two come at once; after its end another may come', async (t) => {
  const city = await withCase(t)
  const { person, own } = city
  const { id: record } = await own()
  const start = () =>
    person.call('startMyCase', { body: { machine: 'objection', kind: 'open', record, content: { statement: '不符' } } })
  const [one, two] = await Promise.all([start(), start()])
  assert.deepEqual(
    [one.status, two.status].toSorted((a, b) => a - b),
    [200, 409],
  )
  assert.equal([one, two].find(({ status }) => status === 409)?.body.code, 'case-open-already')
  const id = (await person.call('myCases')).body.cases[0].case
  const gone = await person.call('stepMyCase', {
    params: { case: id },
    body: { kind: 'retract', step: 1, content: {} },
  })
  assert.equal(gone.status, 200, gone.text)
  assert.equal((await start()).status, 200)
})

test('a decision while an objection arrives: both happen, one after the other, and nothing is lost', async (t) => {
  const city = await withCase(t)
  const { person, own } = city
  const { id: record } = await own()
  const first = await objected(city)
  const [decided, arrived] = await Promise.all([
    decide(city, first, 'reject', { reason: '核查属实', basis: '《办法》' }),
    person.call('startMyCase', {
      body: { machine: 'objection', kind: 'open', record, content: { statement: '再查' } },
    }),
  ])
  assert.equal(decided.status, 200, decided.text)
  assert.ok(arrived.status === 200 || arrived.body.code === 'case-open-already', arrived.text)
  const { cases } = (await person.call('myCases')).body
  assert.equal(cases.length, arrived.status === 200 ? 2 : 1)
  assert.equal(((await own()).marks ?? []).length, arrived.status === 200 ? 1 : 0)
})
