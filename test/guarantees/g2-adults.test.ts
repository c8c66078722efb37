import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCitizenNumber } from '#domain/identity/synthetic.ts'
import { valuesOf, withCity } from './city.fixture.ts'
import { findingsOf } from './verify.fixture.ts'

// G2: adults only. Of age from the day after the 18th birthday; what counts is the earlier of conduct and decision.

const born = (birth: string) => makeCitizenNumber({ division: '990101', birth, sequence: 7 })

test('G2: refused about a minor, and about what a minor did, however long ago; taken from the day after the 18th birthday', async (t) => {
  const city = await withCity(t)
  const clerk = await city.staff('clerk', 'demo-market')
  let serial = 0
  const send = async (birth: string, decided: string, item = 'penalty-person') => {
    const facts = { item, number: born(birth), name: '未满', decided, document: `衡罚〔2026〕${(serial += 1)}号` }
    const { status, body, text } = await clerk.call('record', { body: { item, values: valuesOf(city, facts) } })
    assert.ok(!text.includes(born(birth)), 'no refusal repeats the number')
    return status === 200 ? body.status : body.problems.map((one: { code: string }) => one.code).join()
  }
  assert.equal(await send('2008-03-01', '2026-03-01'), 'minor', 'on the birthday itself')
  assert.equal(await send('2008-03-01', '2026-02-28'), 'minor')
  assert.equal(await send('2015-01-01', '2026-03-01'), 'minor')
  assert.equal(await send('2007-06-01', '2024-01-10'), 'minor', 'a minor then, of age now')
  assert.equal(await send('2008-03-01', '2026-03-01', 'commitment'), 'minor', 'whatever the item')
  assert.equal(await city.count('record'), 0)
  assert.equal(await city.count('subject'), 0)
  assert.equal(await send('2008-02-28', '2026-03-01'), 'accepted', 'the day after')
})

test('G2, wall: verify names a record about a minor that came in otherwise', async (t) => {
  const city = await withCity(t)
  const number = born('2005-03-01')
  const sent = await city.report({ item: 'penalty-person', decided: '2026-03-01', number })
  assert.equal(sent.body.status, 'accepted', sent.text)
  assert.deepEqual(await findingsOf(city), [])
  await city.owner.query(`update xinheng.record set decided = '2021-05-01'`)
  assert.ok((await findingsOf(city)).includes('minor'))
})
