import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Pack } from '#domain/pack.ts'
import { ageBand, countBy, countsSince } from '#domain/simulate.ts'
import { listOwnAccesses } from '#operations/own-accesses.ts'
import { simulatePack, simulateStored } from '#operations/simulate.ts'
import { withdraw } from '#operations/withdraw.ts'
import { addPeriod } from '#domain/period.ts'
import { commitment } from '#test/people.ts'
import { accepted, nameOf, withOffice } from './office.ts'

type Flag = NonNullable<Pack['lists'][number]['criteria'][number]['flag']>

/** The pack with one flagging rule on its first list for persons; without `flag`, with none. */
function withFlag(pack: Pack, flag: Flag | undefined): Pack {
  const lists = pack.lists.filter(({ subjects }) => subjects.includes('person')).slice(0, 1)
  return {
    ...pack,
    lists: lists.map((list) => ({
      ...list,
      criteria: list.criteria.slice(0, 1).map((criterion) => {
        const { flag: _was, ...rest } = criterion
        return flag ? { ...rest, flag } : rest
      }),
    })),
  }
}

const RULE: Flag = { items: ['commitment'], count: 2, within: 'P50Y' }
/** The n-th person's further commitment, with another document. */
const another = (index: number, person: number) => ({
  ...commitment(index),
  number: commitment(person).number,
  name: commitment(person).name,
})

test('B7: who would be newly flagged, counted over everybody, by district, age and group; nobody is entered', async (t) => {
  const office = await withOffice(t, 20)
  const { system } = office
  // twelve people with two commitments, three of them with three
  await office.send(Array.from({ length: 12 }, (_, at) => another(100 + at, at)))
  await office.send(Array.from({ length: 3 }, (_, at) => another(200 + at, at)))
  const of = { actor: office.admin, unit: undefined, roles: ['admin'] }
  const now = withFlag(system.reference.pack, RULE)
  system.reference.pack = withFlag(system.reference.pack, undefined)
  const [change, ...more] = accepted(await simulatePack(system, { ...of, pack: now })).changes
  assert.ok(change)
  assert.deepEqual(more, [])
  assert.equal(change.newly.count, 12)
  assert.equal(change.noLonger.count, 0)
  const shown = change.newly.district.map(({ count }) => count ?? 0).reduce((sum, count) => sum + count, 0)
  assert.ok(shown <= 12 && change.newly.district.every(({ count }) => count === null || count >= 5))
  assert.match(change.draft.zh, /尚未作出任何认定/)

  // stricter the other way round, and a record that is withdrawn counts no more
  await withdraw(system, { actor: office.clerk, ...nameOf(0), reason: '报送有误' })
  system.reference.pack = now
  const three = accepted(await simulatePack(system, { ...of, pack: withFlag(now, { ...RULE, count: 3 }) })).changes[0]
  assert.equal(three?.newly.count, 0)
  // of the twelve, one still has two after the withdrawal, and two have three: the other ten lose their flag
  assert.equal(three?.noLonger.count, 10)
  const same = accepted(await simulatePack(system, { ...of, pack: now }))
  assert.deepEqual(same.changes, [], 'the same rule changes nothing')

  // no case, no entry, no notice came of it; everybody counted sees that they were
  const { rows } = await office.owner.query('select count(*)::int n from xinheng.action where machine <> $1', [
    'record',
  ])
  assert.equal(rows[0].n, 0)
  const { actor } = await office.person(5)
  const seen = await listOwnAccesses(system, { actor, limit: 50 })
  assert.ok(seen.accesses.some(({ matter }) => matter === 'dry run of a rule'))
})

test('too few to be shown are not shown; a clerk asks for nothing; a pack that is not there is said so', async (t) => {
  const office = await withOffice(t, 6)
  const { system } = office
  await office.send([another(100, 0), another(101, 1)])
  const now = withFlag(system.reference.pack, RULE)
  system.reference.pack = withFlag(system.reference.pack, undefined)
  const [change] = accepted(
    await simulatePack(system, { actor: office.admin, unit: undefined, roles: ['admin'], pack: now }),
  ).changes
  assert.equal(change?.newly.count, null)
  const refused = await simulatePack(system, { actor: office.clerk, unit: undefined, roles: ['clerk'], pack: now })
  assert.ok('code' in refused && refused.code === 'not-allowed')
  // and the database says the same to whoever claims a role they have not
  const lied = accepted(
    await simulatePack(system, { actor: office.clerk, unit: undefined, roles: ['admin'], pack: now }),
  ).changes[0]
  assert.equal(lied?.newly.count, 0)
  const unknown = await simulateStored(system, {
    actor: office.admin,
    unit: undefined,
    roles: ['admin'],
    pack: 'atlantis',
  })
  assert.ok('code' in unknown && unknown.code === 'pack-unusable')
})

test('any two rules: flagged are just those whom a count one by one flags', async (t) => {
  const { owner, admin } = await withOffice(t)
  const items = (await owner.query<{ num: number }>('select num from xinheng.item where person order by num limit 3'))
    .rows
  const nums = items.map(({ num }) => num)
  // three hundred people with up to four records of three items, decided on ten days
  await owner.query(
    `insert into xinheng.subject (subject, kind, sealed, name_mac) select gen_random_uuid(), 1, '', 0 from generate_series(1, 300)`,
  )
  await owner.query(
    `insert into xinheng.record (subject, nk, mac, submission, decided, item, unit, body, sealed)
     select s.subject, n << 10, 0, 1, date '2024-01-01' + floor(random() * 10)::integer,
       ($1::smallint[])[1 + floor(random() * 3)::integer], 1, '', ''
     from xinheng.subject s, generate_series(1, 4) n where random() < 0.6`,
    [nums],
  )
  const day = fc
    .integer({ min: 0, max: 10 })
    .map((days) => Temporal.PlainDate.from('2024-01-01').add({ days }).toString())
  const rule = fc.record({ items: fc.subarray(nums), since: day, count: fc.integer({ min: 1, max: 3 }) })
  const flagged = 'count(*) filter (where r.item = any ($X::smallint[]) and r.decided >= $Y::date) >= $Z::integer'
  const [was, now] = [1, 4].map((at) =>
    flagged
      .replace('$X', `$${at}`)
      .replace('$Y', `$${at + 1}`)
      .replace('$Z', `$${at + 2}`),
  )
  await fc.assert(
    fc.asyncProperty(rule, rule, async (a, b) => {
      const values = [a.items, a.since, a.count, b.items, b.since, b.count]
      const sql = (text: string) => owner.query<{ subject: string }>(text, values)
      const counted = await sql(
        `select r.subject from xinheng.record r group by r.subject having (${was}) <> (${now}) order by 1`,
      )
      const found = await sql(
        `select f.subject from xinheng.simulate_flag(${admin}, true, $1::smallint[], $2::date, $3::integer, $4::smallint[], $5::date, $6::integer) f order by 1`,
      )
      assert.deepEqual(found.rows, counted.rows)
    }),
    { numRuns: 150 },
  )
})

test('a decision counts exactly while its period runs', () => {
  const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 40 }), fc.constantFrom('D', 'M', 'Y'), (date, count, unit) => {
      const today = date.toISOString().slice(0, 10)
      const within = `P${count}${unit}`
      const since = countsSince(today, within)
      assert.ok(addPeriod(since, within) > today)
      const before = Temporal.PlainDate.from(since).subtract({ days: 1 }).toString()
      assert.ok(addPeriod(before, within) <= today)
    }),
  )
})

test('age bands and cells', () => {
  assert.equal(ageBand('2008-01-01', '2026-01-01'), '18–24')
  assert.equal(ageBand('2001-01-02', '2026-01-01'), '18–24')
  assert.equal(ageBand('2001-01-01', '2026-01-01'), '25–34')
  assert.equal(ageBand('1950-01-01', '2026-01-01'), '65+')
  const cells = countBy([...'aaaaaaabbbbbbc'], (one) => one)
  assert.deepEqual(
    cells.filter(({ of }) => of === 'c'),
    [{ of: 'c', count: null }],
  )
})
