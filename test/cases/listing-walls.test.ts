import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dueDate, latestEnd, makeCalendar } from '#domain/calendar.ts'
import { maskNumber } from '#domain/identity/identifier.ts'
import { withDatabase } from '#test/db.ts'
import { asApp, withCity } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { at, deskOf, enter, SAFETY, stepOf, withLists } from './listing.fixture.ts'

test('G6, wall: the database counts a window as the domain does, for every day and kind of term, and past the last calendar', async (t) => {
  const { owner, system } = await withDatabase(t)
  const { pack } = system.reference
  const calendar = makeCalendar(pack.calendar)
  const asked = fc.sample(
    fc.tuple(
      fc.integer({ min: 0, max: 9_200 }).map((days) => Temporal.PlainDate.from('2004-01-01').add({ days }).toString()),
      fc.constantFrom('P1WD', 'P3WD', 'P5WD', 'P10WD', 'P60WD', 'P300WD', 'P5D', 'P30D', 'P1M', 'P6M', 'P1Y', 'P3Y'),
    ),
    { numRuns: 1_500, seed: 20261124 },
  )
  const { rows } = await owner.query<{ end: string }>(
    `select xinheng.term_end((select content -> 'calendar' from xinheng.pack), q.day, q.period)::text as end
     from unnest($1::date[], $2::text[]) with ordinality q(day, period, n) order by q.n`,
    [asked.map(([day]) => day), asked.map(([, period]) => period)],
  )
  const wrong = asked.flatMap(([day, period], n) => {
    const counted = dueDate(calendar, day, period).day
    const end = counted === 'unknown' ? latestEnd(day, period) : counted
    return rows[n]?.end === end ? [] : [`${day} ${period}: ${rows[n]?.end ?? ''} for ${end}`]
  })
  assert.deepEqual(wrong, [])
})

test('G6, wall: an entry that anybody puts into the records is shown to nobody; the tables of the walls are not the application’s', async (t) => {
  const { city } = await withLists(t, 'tj-emergency')
  const [unit] = (await city.owner.query<{ num: number }>(`select num from xinheng.unit where id = 'tj-emergency'`))
    .rows
  const [item] = (
    await city.owner.query<{ num: number }>(`select num from xinheng.item where id = 'list-entry-person'`)
  ).rows
  const subject = city.subjectOf(SAFETY.number)
  await city.system.pool.query(
    `insert into xinheng.record (subject, nk, mac, submission, decided, item, unit, body, sealed)
     values ($1::uuid, 1024, 1, 1, '2026-03-01', $2::smallint, $3::smallint, '\\x01', '')`,
    [subject, item?.num, unit?.num],
  )
  assert.deepEqual((await city.lookUp(SAFETY.number)).body.records, [])
  for (const table of ['listing', 'listing_window', 'listing_entry', 'received', 'measure', 'measure_carried'])
    for (const sql of [
      `select from xinheng.${table}`,
      `delete from xinheng.${table}`,
      `insert into xinheng.${table} default values`,
    ])
      await assert.rejects(asApp(city, {}, sql), { code: '42501' }, sql)
  for (const call of [
    `entry_of('${subject}', 1)`,
    `pack_rule(1::smallint, 'lists', 'x', '2026-01-01')`,
    `measure_rows(null, null, true)`,
  ])
    await assert.rejects(asApp(city, {}, `select xinheng.${call}`), { code: '42501' }, call)
})

test('G12: what a case of a list is about is for its unit and its person; who steps in it elsewhere is turned away', async (t) => {
  const { city, propose } = await withLists(t, 'tj-emergency')
  const id = (await propose(SAFETY)).body.case as string
  const stranger = await deskOf(city, 'demo-hr')
  assert.notEqual((await stepOf(stranger.clerk, id, 1, 'notify', { facts: 'x' })).status, 200)
  assert.equal((await stranger.clerk.call('openCase', { params: { case: id } })).status, 403)
  const other = await city.person(citizenNumber(77))
  assert.deepEqual((await other.call('myMeasures')).body.measures, [])
  assert.deepEqual((await other.call('myCases')).body.cases, [])
})

test('R34: a rule flags candidates, masked, each told by a look-up row; nothing begins by itself', async (t) => {
  const city = await withCity(t)
  await city.setTime(at('2026-03-10'))
  const { clerk } = await deskOf(city, 'tj-emergency')
  const ask = () => clerk.call('candidates', { params: { list: SAFETY.list }, query: { criterion: SAFETY.criterion } })
  assert.equal((await ask()).body.code, 'list-not-here', 'no pack has such a rule yet')
  const list = city.system.reference.pack.lists.findLast(({ id }) => id === SAFETY.list)
  const [criterion] = list?.criteria ?? []
  assert.ok(criterion)
  criterion.flag = { items: ['penalty-person'], count: 2, within: 'P1Y' }
  for (const [number, document] of [
    [SAFETY.number, '1号'],
    [SAFETY.number, '2号'],
    [citizenNumber(9), '3号'],
  ] as const)
    await city.report({ item: 'penalty-person', number, name: '测甲', document, decided: '2026-03-02' })
  const found = await ask()
  assert.deepEqual(found.body.candidates, [{ name: '测*', number: maskNumber(SAFETY.number), records: 2 }])
  assert.equal(await city.count('listing'), 0)
  const person = await city.person(SAFETY.number)
  assert.match((await person.call('myAccesses')).body.accesses[0].matter, /candidate/)
  const other = await deskOf(city, 'demo-hr')
  const denied = await other.clerk.call('candidates', {
    params: { list: SAFETY.list },
    query: { criterion: SAFETY.criterion },
  })
  assert.deepEqual(denied.body.candidates, [])
  // once on the list, no candidate any more
  await enter(city, 'tj-emergency', SAFETY, '2026-04-20')
  assert.deepEqual((await ask()).body.candidates, [])
})
