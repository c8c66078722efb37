import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withCity } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'

test('G12, B1: everything about oneself in one file, its own look-up included; nothing of anybody else; a few an hour', async (t) => {
  const city = await withCity(t)
  const [mine, other] = [citizenNumber(1), citizenNumber(2)]
  await city.report({
    item: 'permit-person',
    decided: '2026-03-01',
    number: mine,
    name: '测甲乙',
    document: '衡许〔2026〕8号',
  })
  await city.report({
    item: 'permit-person',
    decided: '2026-03-01',
    number: other,
    name: '测丙丁',
    document: '衡许〔2026〕9号',
  })
  const person = await city.person(mine)
  const stranger = await city.person(other)
  await stranger.call('giveConsent', { body: { unit: 'demo-bank', purpose: 'lending', expires: city.today() } })
  const tomorrow = Temporal.PlainDate.from(city.today()).add({ days: 1 }).toString()
  await person.call('giveConsent', { body: { unit: 'demo-bank', purpose: 'lending', expires: tomorrow } })
  await city.lookUp(mine, { matter: '查〔2026〕7号' })
  const [record] = (await person.call('myArchive')).body.records
  await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: record.id, content: { statement: '与事实不符' } },
  })
  const before = await city.count('access')
  const file = await person.call('myData')
  assert.equal(file.status, 200, file.text)
  assert.ok((await city.count('access')) > before)
  const { body } = file
  assert.equal(body.schema, 'xinheng-my-data/1')
  assert.deepEqual(
    body.archive.records.map(({ document }: { document: string }) => document),
    ['衡许〔2026〕8号'],
  )
  assert.ok(
    body.looks.some(({ access }: { access: string }) => access === body.archive.access),
    'the look-up that this file is',
  )
  assert.ok(body.looks.some(({ matter }: { matter: string }) => matter === '查〔2026〕7号'))
  assert.equal(body.consents.length, 1)
  assert.equal(body.cases.length, 1)
  assert.ok(body.notices.length >= 0 && body.reports.length === 0 && !body.more)
  for (const theirs of ['测丙丁', other, '衡许〔2026〕9号']) assert.ok(!file.text.includes(theirs), theirs)
  // no number in the address, the answer not kept, and not by anybody else
  assert.match(file.headers.get('cache-control') ?? '', /no-store/)
  for (const role of ['officer', 'counter', 'auditor'] as const)
    assert.equal((await (await city.staff(role, 'demo-approval')).call('myData')).body.code, 'not-allowed')
  for (let n = 0; n < 4; n += 1) assert.equal((await person.call('myData')).status, 200)
  assert.equal((await person.call('myData')).body.code, 'too-many-requests')
  assert.equal((await stranger.call('myData')).status, 200)
})
