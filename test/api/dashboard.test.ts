import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withCity } from '#test/guarantees/city.fixture.ts'
import { citizenNumber, commitment, commitmentFile } from '#test/people.ts'
import { withCase } from '../cases/case.fixture.ts'

// The figures of the desk: counts of the own unit, of everything for who oversees; nothing by which a person could be told.

test('figures: the own unit, or all that is overseen; cells of fewer than five are left out, and so is what would give them away', async (t) => {
  const { city, clerk, person, own } = await withCase(t)
  const elsewhere = await city.as('clerk', 'demo-hr')
  const auditor = await city.as('auditor', 'demo-development')
  const read = async (client: typeof clerk) => {
    const answer = await client.call('dashboard')
    assert.equal(answer.status, 200, answer.text)
    return answer.body
  }
  // one record of one person: no number says so
  const first = await read(clerk)
  assert.deepEqual([first.items[0].count, first.classes[0].count, first.months[0].count], [null, null, null])
  const rows = Array.from({ length: 5 }, (_, index) => commitment(20 + index))
  await clerk.call('intake', {
    query: { item: 'commitment' },
    body: commitmentFile(rows),
    headers: { 'content-type': 'text/csv' },
  })
  const record = await own()
  await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: record.id, content: { statement: '与事实不符' } },
  })
  const seen = await read(clerk)
  assert.equal(seen.scope, 'unit')
  assert.deepEqual([seen.items[0].count, seen.months[0].count], [6, 6])
  assert.equal(seen.cases[0].opened, null, 'one case is one person')
  const foreign = await read(elsewhere)
  assert.deepEqual([foreign.items, foreign.cases, foreign.units], [[], [], []], "another unit's are not counted here")
  const all = await read(auditor)
  assert.equal(all.scope, 'all')
  assert.equal(all.items[0].count, 6)
  assert.ok(!JSON.stringify(all).includes(rows[0]?.name ?? '?'))
})

test('figures: where a class has one small item, neither the class nor the total gives it away', async (t) => {
  const city = await withCity(t)
  const { pack } = city.system.reference
  const classOf = (id: string) => city.item(id).class
  const [large, small, other] = ['penalty-person', 'penalty-organisation', 'commitment'] as const
  assert.ok(
    classOf(large) === classOf(small) && classOf(other) !== classOf(large),
    'two items of one class, one of another',
  )
  const day = city.today()
  for (const [item, count] of [
    [large, 10],
    [small, 3],
    [other, 7],
  ] as const)
    for (let at = 0; at < count; at += 1) {
      const whose = item === small ? {} : { number: citizenNumber(30 + at), name: '测数' }
      const sent = await city.report(
        { item, decided: day, document: `数〔2026〕${item}${at}号`, ...whose },
        'demo-market',
      )
      assert.equal(sent.body.status, 'accepted', sent.text)
    }
  const { body } = await (await city.staff('clerk', 'demo-market')).call('dashboard')
  const shown = new Map<string, number | null>(
    [...body.items, ...body.classes].map(({ name, count }: { name: { zh: string }; count: number | null }) => [
      name.zh,
      count,
    ]),
  )
  const name = (id: string) => city.item(id).name.zh
  assert.equal(shown.get(name(small)), null)
  const whole = pack.classes.findLast(({ id }) => id === classOf(large))?.name.zh ?? ''
  assert.ok(
    shown.get(whole) === null || shown.get(name(large)) === null,
    'the whole and the large part together would tell the small one',
  )
  assert.equal(shown.get(name(other)), 7)
})
