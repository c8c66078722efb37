import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, enter, ownStepOf, stepOf, withLists, YOUTH } from './listing.fixture.ts'

test('R36: the youth list: nominated, checked by another, publicised for its term, determined; ends by itself when it is not renewed', async (t) => {
  const { city, clerk, reviewer, propose } = await withLists(t, 'demo-youth')
  const look = async () =>
    (await city.lookUp(YOUTH.number, { purpose: 'approval', unit: 'demo-approval' })).body.records
  const id = (await propose(YOUTH)).body.case as string
  assert.equal((await stepOf(clerk, id, 1, 'check', { reason: '核实' })).body.code, 'not-allowed')
  assert.equal((await stepOf(clerk, id, 1, 'publicise')).body.code, 'step-not-possible')
  assert.equal((await stepOf(reviewer, id, 1, 'check', { reason: '核实' })).status, 200)
  assert.equal((await stepOf(clerk, id, 2, 'publicise')).status, 200)
  const last = { reason: '公示无异议', document: '团字〔2026〕1号' }
  await city.setTime(at('2026-03-09'))
  assert.equal((await stepOf(reviewer, id, 3, 'determine', last)).body.code, 'window-not-over')
  await city.setTime(at('2026-03-10'))
  const done = await stepOf(reviewer, id, 3, 'determine', last)
  assert.equal(done.status, 200, done.text)
  assert.equal((await look())[0].until, '2027-03-10')
  // nothing is sent to anybody for a good record
  assert.equal(await city.count('measure'), 0)
  await city.setTime(at('2027-02-10'))
  const renewed = await stepOf(reviewer, id, 4, 'renew', { reason: '年度核查仍符合' })
  assert.equal(renewed.status, 200, renewed.text)
  assert.deepEqual([(await look())[0].until, (await look())[0].version], ['2028-02-10', 2])
  await city.setTime(at('2028-02-10'))
  assert.deepEqual(await look(), [])
  assert.equal((await stepOf(reviewer, id, 5, 'renew', { reason: '补办' })).body.code, 'entry-not-in-force')
})

test('whoever does not want to be an example says so, before or after', async (t) => {
  const { city, reviewer, propose } = await withLists(t, 'demo-youth')
  const person = await city.person(YOUTH.number)
  const id = (await propose(YOUTH)).body.case as string
  assert.equal((await ownStepOf(person, id, 1, 'decline')).status, 200)
  assert.equal((await stepOf(reviewer, id, 2, 'check', { reason: '核实' })).body.code, 'step-not-possible')
  const { id: again, step } = await enter(city, 'demo-youth', YOUTH, '2026-06-10')
  assert.equal((await ownStepOf(person, again, step, 'resign')).status, 200)
  assert.deepEqual((await city.lookUp(YOUTH.number, { purpose: 'approval', unit: 'demo-approval' })).body.records, [])
})
