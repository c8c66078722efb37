import assert from 'node:assert/strict'
import { test } from 'node:test'
import { citizenNumber } from '#test/people.ts'
import { valuesOf, withCity, type City } from './city.fixture.ts'

// R6: what the catalogue lets in only with a second named person of the unit has no effect before, and by nobody else.

const NUMBER = citizenNumber(1)
const UNIT = 'demo-court'
const facts = (city: City) => ({ item: 'enforcement', decided: city.today(), number: NUMBER, name: '测甲' })

async function withHeld(city: City, who = 'clerk' as const) {
  const clerk = await city.staff(who, UNIT)
  const sent = await clerk.call('record', { body: { item: 'enforcement', values: valuesOf(city, facts(city)) } })
  assert.equal(sent.body.status, 'held', sent.text)
  return { clerk, num: sent.body.held as number }
}
const shown = async (city: City) => (await city.lookUp(NUMBER)).body.records.length as number
const decide = (client: Awaited<ReturnType<City['staff']>>, num: number, approve: boolean) =>
  client.call('decideHeld', { params: { num }, body: { approve, reason: '核对' } })

test('R6: nothing counts before a second person of the unit approves; not the uploader, not another unit, not twice', async (t) => {
  const city = await withCity(t)
  const both = await city.as(['clerk', 'reviewer'], 'demo-youth')
  const own = await both.call('record', {
    body: { item: 'honour', values: valuesOf(city, { item: 'honour', decided: city.today(), number: NUMBER }) },
  })
  assert.equal((await decide(both, own.body.held, true)).body.code, 'own-submission')
  assert.equal((await decide(both, own.body.held, false)).body.code, 'own-submission')

  const { clerk, num } = await withHeld(city)
  const again = await clerk.call('record', { body: { item: 'enforcement', values: valuesOf(city, facts(city)) } })
  assert.equal(again.body.held, num, 'the same sent again while it waits is the same')
  assert.equal(await city.count('record'), 0)
  assert.equal((await decide(clerk, num, true)).body.code, 'not-allowed')
  assert.equal((await decide(await city.staff('reviewer', 'demo-youth'), num, true)).status, 404)
  const reviewer = await city.staff('reviewer', UNIT)
  const approved = await decide(reviewer, num, true)
  assert.equal(approved.body.receipt.new, 1, approved.text)
  assert.equal(await shown(city), 1)
  assert.equal((await decide(reviewer, num, true)).body.code, 'already-decided')
  assert.equal((await decide(reviewer, num, false)).body.code, 'already-decided')
  const { rows } = await city.owner.query(`select actor, reviewer from xinheng.submission where accepted`)
  assert.deepEqual(rows, [{ actor: clerk.account, reviewer: reviewer.account }])
})

test('R6: rejected never counts', async (t) => {
  const city = await withCity(t)
  const { num } = await withHeld(city)
  const reviewer = await city.staff('reviewer', UNIT)
  assert.equal((await decide(reviewer, num, false)).body.approved, false)
  assert.equal((await decide(reviewer, num, true)).body.code, 'already-decided')
  assert.equal(await city.count('record'), 0)
})

test('R6: eight decide at once, and there is one decision; what was approved is in, once', async (t) => {
  const city = await withCity(t)
  const { num } = await withHeld(city)
  const reviewers = await Promise.all(Array.from({ length: 4 }, () => city.as('reviewer', UNIT)))
  const answers = await Promise.all(
    reviewers.flatMap((one, index) => [decide(one, num, index % 2 === 0), decide(one, num, index % 2 === 1)]),
  )
  const decided = answers.filter(({ status }) => status === 200)
  assert.equal(decided.length, 1, answers.map(({ status, body }) => `${status} ${body?.code}`).join())
  assert.ok(answers.every(({ status }) => status < 500))
  assert.equal(await city.count('record'), decided[0]?.body.approved ? 1 : 0)
})

test('R6: a crash between intake and decision comes to the same end, and what is in cannot be rejected', async (t) => {
  const city = await withCity(t)
  const { clerk, num } = await withHeld(city)
  const reviewer = await city.staff('reviewer', UNIT)
  // the decision’s row cannot be written: the connection is gone after the intake has committed
  await city.owner.query(
    `create function refuse_decision() returns trigger language plpgsql as $$ begin raise exception 'gone' using errcode = '57P01'; end $$`,
  )
  await city.owner.query(
    'create trigger gone before insert on xinheng.held_decision for each row execute function refuse_decision()',
  )
  assert.ok((await decide(reviewer, num, true)).status >= 500)
  assert.equal(await city.count('record'), 1)
  await city.owner.query('drop trigger gone on xinheng.held_decision')
  assert.equal((await decide(reviewer, num, false)).body.code, 'already-decided')
  const approved = await decide(reviewer, num, true)
  assert.equal(approved.body.receipt?.status, 'again', approved.text)
  assert.equal(await city.count('record'), 1)
  assert.equal(await city.count('held_decision'), 1)
  assert.ok(clerk.account > 0)
})

test('R6, wall: the database has no decision by the uploader, on a file of nobody, or in another’s name, and no second one', async (t) => {
  const city = await withCity(t)
  const { clerk, num } = await withHeld(city)
  const reviewer = await city.staff('reviewer', UNIT)
  const unit = city.system.reference.unitNum.get(UNIT)
  const put = (actor: number, uploader: number, file = num) =>
    city.owner.query(
      `insert into xinheng.held_decision (file, unit, actor, uploader, approved, reason) values ($1, $2, $3, $4, true, 'x')`,
      [file, unit, actor, uploader],
    )
  await assert.rejects(put(clerk.account, clerk.account), { code: '23514' })
  await assert.rejects(put(clerk.account, reviewer.account), { code: '23503' }, 'the uploader is who uploaded')
  await assert.rejects(put(reviewer.account, clerk.account, 9999), { code: '23503' })
  await put(reviewer.account, clerk.account)
  await assert.rejects(put(reviewer.account, clerk.account), { code: '23505' })
  // nor a submission that its uploader approved
  await city.report({ item: 'commitment', decided: city.today(), number: NUMBER }, 'demo-market')
  await assert.rejects(city.owner.query('update xinheng.submission set reviewer = actor'), { code: '23514' })
})
