import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { unitMatches } from '#domain/catalog.ts'
import { makeOrganisationCode } from '#domain/identity/synthetic.ts'
import { officesOf } from '#domain/listing.ts'
import type { Item } from '#domain/pack.ts'
import { unpackRecords } from '#store/archive.ts'
import { enter } from '#test/cases/listing.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { FIRM, FIRM_NAME, lastOfDayBefore, MATTER, startOf, withCity, type City } from './city.fixture.ts'

// G5, B2: nothing outlives its term: to staff a record is there at 23:59:59.999 of its last day and gone at 00:00:00 of
// the next, Asia/Shanghai, by every path, with no job running. The expected ends are computed here, not by the domain.

const NUMBER = citizenNumber(1)
const firmCode = (serial: number) => makeOrganisationCode({ division: '990000', body: `MA990${serial}` })
// the first day items are in force, a leap day, the end of a long month, one whose every end is yet to come, and two more of
// a fixed seed: what fails here fails again
const DAYS = ['2021-01-01', '2024-02-29', '2025-08-31', '2026-10-15'].concat(
  fc
    .sample(fc.integer({ min: 1, max: 2000 }), { numRuns: 2, seed: 20261122 })
    .map((days) => Temporal.PlainDate.from('2021-01-01').add({ days }).toString()),
)

/** One record of every class an item can get: the value that gives the class, and the class's length as the pack says. */
function classesOf(
  city: City,
  item: Item,
): { values: Record<string, string>; most: string; ends: string | undefined }[] {
  const display = city.system.reference.pack.display
  const of = (id: string) => display.findLast((one) => one.id === id)
  const made = [{ id: item.display.class, values: {} as Record<string, string> }]
  for (const rule of item.display.when ?? []) made.push({ id: rule.class, values: { [rule.field]: rule.in[0] ?? '' } })
  const list = item.display.when?.[0]
  // a value that no rule names, for the item's own class
  const codes = city.system.reference.pack.codes.find(
    ({ id }) => id === item.fields.find((field) => field.id === list?.field)?.codes,
  )
  const plain = codes?.values.find(({ code }) => !item.display.when?.some((rule) => rule.in.includes(code)))?.code
  if (list && plain !== undefined) made[0] = { id: item.display.class, values: { [list.field]: plain } }
  return made.map(({ id, values }) => ({ values, most: of(id)?.most ?? '', ends: of(id)?.ends }))
}

test('G5: every item and class of the pack: shown on its last instant, gone on the first of the day it ends', async (t) => {
  const city = await withCity(t)
  const cases: { item: string; decided: string; end: string; number: string }[] = []
  let serial = 100
  const today = city.today()
  const determined = city.system.reference.pack.lists.filter(({ origin }) => origin === 'determined')
  const ids = new Set(city.system.reference.pack.items.map((one) => one.id))
  for (const id of ids) {
    const item = city.item(id)
    // entries of a list are made by a determination, below, and nobody can send one (G6)
    if (determined.some((list) => list.item === id)) continue
    for (const { values, most } of classesOf(city, item)) {
      for (const decided of DAYS) {
        if (decided > today || decided < item.from) continue
        const end = Temporal.PlainDate.from(decided).add(Temporal.Duration.from(most)).toString()
        const number = item.subject === 'organisation' ? FIRM : citizenNumber((serial += 1))
        const document = `衡字〔${serial}〕${cases.length}号`
        // each a record of its own: what tells records of one organisation apart differs
        const own = item.fields.filter(({ id: field, role }) => item.naturalKey.includes(field) && role === undefined)
        const unique: Record<string, string> =
          item.subject === 'organisation'
            ? Object.fromEntries(own.map(({ id: field }) => [field, String(2000 + cases.length)]))
            : {}
        const sent = await city.report({
          item: id,
          decided,
          number,
          name: item.subject === 'organisation' ? FIRM_NAME : '测乙',
          document,
          values: { ...values, ...unique },
        })
        assert.equal(sent.body?.status, 'accepted', `${id}: ${sent.text}`)
        cases.push({ item: id, decided, end, number })
      }
    }
  }
  for (const list of determined) {
    const { most } = classesOf(city, city.item(list.item))[0] ?? { most: '' }
    for (const decided of DAYS) {
      const beside = officesOf(city.system.reference.pack, list.criteria[0] ?? { basis: [] }, decided)
      const proposed = Temporal.PlainDate.from(decided).subtract({ days: 40 }).toString()
      if (decided > today || proposed < list.from || (beside.length > 0 && list.subjects.includes('person'))) continue
      const unit = city.system.reference.pack.units.findLast((one) => unitMatches(list.units[0] ?? '', one))
      const firm = list.subjects.includes('organisation')
      const number = firm ? firmCode((serial += 1)) : citizenNumber((serial += 1))
      const whom = { list: list.id, criterion: list.criteria[0]?.id ?? '', number, name: firm ? FIRM_NAME : '测乙' }
      await enter(city, unit?.id ?? '', { ...whom, ...(firm && { kind: 'organisation' }) }, decided)
      // by the class of the item or the term of the list, whichever is over first
      const [end = ''] = [most, list.term ?? most]
        .map((period) => Temporal.PlainDate.from(decided).add(Temporal.Duration.from(period)).toString())
        .toSorted()
      cases.push({ item: list.item, decided, end, number })
    }
  }
  assert.ok(cases.length >= 20)
  assert.deepEqual(
    [...ids].filter((id) => !cases.some(({ item }) => item === id)),
    [],
  )
  const wrong: string[] = []
  for (const one of cases) {
    const purpose = city.item(one.item).see.some(({ purposes }) => purposes.includes('review'))
      ? { purpose: 'review', unit: 'demo-development' }
      : {}
    const states = async () =>
      (await city.lookUp(one.number, purpose)).body.records.filter(
        (record: { item: string; decided: string; until: string }) =>
          record.item === one.item && record.decided === one.decided && record.until === one.end,
      ).length
    // the clock only runs forward to the end of each; dates past the end of what can be looked up are not reached
    await city.setTime(lastOfDayBefore(one.end))
    const before = await states()
    await city.setTime(startOf(one.end))
    const after = await states()
    if (before < 1 || after !== 0) wrong.push(`${one.item} of ${one.decided} until ${one.end}: ${before}, ${after}`)
  }
  assert.deepEqual(wrong, [])
})

test('G5: at the end of its day a record is gone from look-up, fields, count and search, and stays for the person and the court as ended', async (t) => {
  const city = await withCity(t)
  // serious would be three years: the item's longest term does not hide this one, only its own class does
  const values = { CF_CFLB: '警告' }
  const decided = '2026-09-30'
  const end = '2026-12-30'
  await city.report({ item: 'penalty-person', decided, number: NUMBER, values })
  await city.report({ item: 'penalty-organisation', decided, values })
  await city.report({
    item: 'penalty-organisation',
    decided: '2026-10-01',
    document: '衡字〔2026〕2号',
    values: { CF_CFLB: '罚款', CF_GSJZQ: '2026-12-29' },
  })
  const person = await city.person(NUMBER)
  const court = await city.as('court')
  const officer = await city.staff('officer', 'demo-market')
  const paths = async () => {
    const found = await officer.call('organisations', {
      body: { name: FIRM_NAME, purpose: 'approval', matter: MATTER },
    })
    const look = await city.lookUp(NUMBER, { purpose: 'approval', unit: 'demo-market' })
    const firm = await city.lookUp(FIRM, { purpose: 'approval', unit: 'demo-market' })
    return {
      shown: look.body.records.length,
      legends: Object.keys(look.body.items).length,
      firm: firm.body.records.length,
      searched: found.body.organisations[0].records,
    }
  }
  await city.setTime(lastOfDayBefore('2026-12-30'))
  assert.deepEqual(await paths(), { shown: 1, legends: 1, firm: 2, searched: 2 })
  await city.setTime(startOf(end))
  assert.deepEqual(await paths(), { shown: 0, legends: 0, firm: 0, searched: 0 })
  const own = await person.call('myArchive')
  assert.deepEqual(
    own.body.records.map((one: { state: string; until: string }) => [one.state, one.until]),
    [['ended', end]],
  )
  const past = await court.call('pastArchive', { body: { number: NUMBER, matter: MATTER } })
  assert.deepEqual(
    past.body.records.map((one: { state: string }) => one.state),
    ['ended'],
  )
})

test('G5: withdrawn is gone at once, also when it is sent again; an earlier version never comes back', async (t) => {
  const city = await withCity(t)
  const clerk = await city.staff('clerk', 'demo-market')
  const facts = { item: 'penalty-person', decided: '2026-10-01', number: NUMBER, values: { CF_CFJGDM: '' } }
  await city.report({ ...facts, values: { ...facts.values, CF_NR: '罚款一' } })
  await city.report({ ...facts, values: { ...facts.values, CF_NR: '罚款二' } })
  const shown = async () => (await city.lookUp(NUMBER)).body.records
  const place = city.item('penalty-person').fields.findIndex(({ id }) => id === 'CF_NR')
  assert.deepEqual(
    (await shown()).map((one: { version: number; values: string[] }) => [one.version, one.values[place]]),
    [[2, '罚款二']],
  )
  const taken = await clerk.call('withdraw', {
    body: { item: facts.item, number: NUMBER, naturalKey: ['衡字〔2026〕1号', ''], reason: '误报' },
  })
  assert.equal(taken.status, 200, taken.text)
  assert.deepEqual(await shown(), [])
  await city.report({ ...facts, values: { ...facts.values, CF_NR: '罚款三' } })
  assert.deepEqual(await shown(), [])
})

test('B2: sending again and correcting never restart the clock', async (t) => {
  const city = await withCity(t)
  const facts = { item: 'penalty-person', number: NUMBER, decided: '2025-12-10', values: { CF_CFLB: '罚款' } }
  await city.report(facts)
  const until = async () =>
    (await city.lookUp(NUMBER)).body.records.map((one: { until: string; version: number }) => [one.version, one.until])
  assert.deepEqual(await until(), [[1, '2026-12-10']])
  assert.equal((await city.report(facts)).body.status, 'again')
  // the same decision under a later date, and then another correction: the clock stays the first one's
  assert.equal((await city.report({ ...facts, decided: '2026-11-01' })).body.versions, 1)
  assert.deepEqual(await until(), [[2, '2026-12-10']])
  assert.equal(
    (await city.report({ ...facts, decided: '2026-11-02', values: { CF_CFLB: '罚款', CF_NR: '改' } })).body.versions,
    1,
  )
  assert.deepEqual(await until(), [[3, '2026-12-10']])
  await city.setTime(startOf('2026-12-10'))
  assert.deepEqual(await until(), [])
})

test('G5, wall: the gate returns nothing past the longest term of its item, and nothing withdrawn, whoever asks', async (t) => {
  const city = await withCity(t)
  const { system, owner } = city
  await city.report({ item: 'penalty-person', decided: '2025-06-30', number: NUMBER })
  await city.report({ item: 'penalty-person', decided: '2025-07-01', number: NUMBER, document: '衡字〔2026〕2号' })
  // corrected to a later date: still by its first
  await city.report({ item: 'penalty-person', decided: '2026-06-30', number: NUMBER })
  const officer = await city.staff('officer', 'demo-court')
  const gate = async () => {
    const { rows } = await system.pool.query<{ records: Buffer | null }>(
      'select records from xinheng.look_up($1, $2, $3, $4)',
      [officer.account, system.reference.purposeNum.get('judicial'), MATTER, city.subjectOf(NUMBER)],
    )
    return unpackRecords(rows[0]?.records ?? Buffer.alloc(0)).length
  }
  const { rows } = await owner.query<{ longest: string }>(
    `select longest::text from xinheng.item where id = 'penalty-person'`,
  )
  assert.deepEqual(rows, [{ longest: '3 years' }])
  await city.setTime(lastOfDayBefore('2028-06-30'))
  assert.equal(await gate(), 2)
  await city.setTime(startOf('2028-06-30'))
  assert.equal(await gate(), 1)
  await owner.query(
    `insert into xinheng.action (subject, nk, actor, unit, pack, kind, sealed)
     select subject, (nk >> 10) << 10, 1, 1, 1, 'withdraw', '' from xinheng.record where decided = '2025-07-01'
     returning xinheng.recall(subject, nk, 'withdrawn', num)`,
  )
  assert.equal(await gate(), 0)
})
