import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOwnArchive } from '#operations/archive.ts'
import { erase } from '#operations/erase.ts'
import { loadIntoDatabase } from '#operations/load-pack.ts'
import { openSystem } from '#operations/system.ts'
import { openPool } from '#store/db.ts'
import { roleUrl } from '#store/migrate.ts'
import { citizenNumber } from '#test/people.ts'
import { MATTER, withCity, type City } from './city.fixture.ts'

// B14: an archive as it stood at any past instant, for the person and the court, exactly; what was erased shows as erased.

const NUMBER = citizenNumber(1)
const DECIDED = '2026-06-01'
const facts = { item: 'penalty-person', decided: DECIDED, number: NUMBER, name: '测甲', values: { CF_CFLB: '罚款' } }

const clock = async ({ owner }: City) =>
  (await owner.query<{ at: Date | string }>('select clock_timestamp() as at')).rows.map(({ at }) =>
    new Date(at).toISOString(),
  )[0] ?? ''
/** Past the millisecond that instants are written in. */
const tick = async (city: City) => {
  await new Promise((resolve) => setTimeout(resolve, 5))
  const at = await clock(city)
  await new Promise((resolve) => setTimeout(resolve, 5))
  return at
}
/** What two readings of one instant must have in common: every byte but the number and time of the reading. */
const bytes = (text: string) => text.replace(/^\{"access":"\d+","at":"[^"]+",/, '{')

test('B14: before, after a correction, a withdrawal, and an erasure, at each instant what stood then; the same bytes each time', async (t) => {
  const city = await withCity(t)
  const person = await city.person(NUMBER)
  const court = await city.as('court')
  const clerk = await city.staff('clerk', 'demo-market')
  const instants = [await tick(city)]
  await city.report(facts)
  instants.push(await tick(city))
  await city.report({ ...facts, values: { ...facts.values, CF_NR: '改正' } })
  instants.push(await tick(city))
  const name = {
    item: facts.item,
    number: NUMBER,
    naturalKey: [
      '衡字〔2026〕1号',
      city
        .item(facts.item)
        .fields.find(({ id }) => id === 'CF_CFJGDM')
        ?.name.zh.slice(0, 4) ?? '',
    ],
  }
  assert.equal((await clerk.call('withdraw', { body: { ...name, reason: '误报' } })).status, 200)
  instants.push(await tick(city))
  await city.report({ ...facts, document: '衡字〔2026〕2号' })
  instants.push(await tick(city))

  const states = (body: { records: { version: number; state: string }[] }) =>
    body.records.map(({ version, state }) => `${version} ${state}`).toSorted()
  const read = async (at: string) => {
    const own = await person.call('myArchive', { query: { at } })
    const past = await court.call('pastArchive', { body: { number: NUMBER, matter: MATTER, at } })
    assert.deepEqual(states(past.body), states(own.body))
    assert.equal(
      bytes(own.text),
      bytes((await person.call('myArchive', { query: { at } })).text),
      'the same instant, the same bytes',
    )
    return own
  }
  const expected = [
    [],
    ['1 shown'],
    ['1 superseded', '2 shown'],
    ['1 withdrawn', '2 withdrawn'],
    ['1 shown', '1 withdrawn', '2 withdrawn'],
  ]
  const texts: string[] = []
  for (const [index, at] of instants.entries()) {
    const { body, text } = await read(at)
    assert.deepEqual(states(body), expected[index], at)
    texts.push(bytes(text))
  }
  // nothing that happens later changes what stood
  await city.report({ ...facts, document: '衡字〔2026〕3号' })
  for (const [index, at] of instants.entries()) assert.equal(bytes((await read(at)).text), texts[index])
  assert.equal((await person.call('myArchive', { query: { at: '2099-01-01T00:00:00Z' } })).body.code, 'date-in-future')

  // but for what was erased: that shows as erased, at every instant, with nothing of its content
  const admin = await city.as('admin')
  const eraser = openPool(roleUrl(city.url, 'xinheng_eraser', city.keys), { max: 1 })
  const erased = await erase(city.system, eraser, {
    ...name,
    unit: 'demo-market',
    actor: admin.account,
    matter: MATTER,
    reason: '本人申请',
  }).finally(() => eraser.end())
  assert.ok('erased' in erased, JSON.stringify(erased))
  const after = await read(instants[2] ?? '')
  assert.deepEqual(states(after.body), ['1 erased', '2 erased'])
  assert.ok(!after.text.includes('改正') && !after.text.includes('衡字〔2026〕1号'))
})

test('B14: each instant is judged by the pack in force then', async (t) => {
  const city = await withCity(t)
  await city.report(facts)
  const person = await city.person(NUMBER)
  const before = await tick(city)
  const pack = structuredClone(city.system.reference.pack)
  for (const display of pack.display) if (display.id === 'general') display.most = 'P3M'
  pack.version = '2026.2'
  await loadIntoDatabase(city.url, pack, city.today())
  const after = await tick(city)
  const system = await openSystem({ ownerUrl: city.url, keys: city.keys, poolSize: 2, lanes: 1 })
  try {
    const read = async (at: string | undefined) => {
      const archive = await readOwnArchive(system, {
        actor: person.account,
        subject: city.subjectOf(NUMBER),
        ...(at === undefined ? {} : { at }),
      })
      assert.ok('records' in archive)
      return archive.records.map(({ state, until }) => [state, until])
    }
    assert.deepEqual(await read(before), [['shown', '2027-06-01']])
    assert.deepEqual(await read(after), [['ended', '2026-09-01']])
    assert.deepEqual(await read(undefined), [['ended', '2026-09-01']])
  } finally {
    await system.close()
  }
})
