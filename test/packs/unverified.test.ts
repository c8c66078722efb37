import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCalendar } from '#domain/calendar.ts'
import { remediesOf } from '#domain/case.ts'
import { citationOf } from '#domain/listing.ts'
import { MACHINES } from '#domain/machines.ts'
import { handbookOf } from '#domain/pack-handbook.ts'
import { noticeOf } from '#operations/case-notice.ts'
import { withApi } from '#test/api.ts'
import { demoPack } from '#test/db.ts'
import { citizenNumber, commitment, commitmentFile } from '#test/people.ts'

// A value that was read nowhere in full is marked wherever it is used (pack-shape.ts): here every basis of the demo pack is
// unverified, and whatever comes out and rests on one must say so.

const MARK = /〔未核实〕/

/** Every basis anywhere in a value, marked. */
function marked<value>(value: value): value {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) =>
      typeof one === 'object' && one !== null && 'rank' in one && 'document' in one
        ? { ...one, unverified: true }
        : one,
    ),
  )
}

type Cited = { basis: { unverified?: boolean }[] | string }

test('what is unverified is marked wherever it is used: catalogue, archive, notices, cases, lists, supervision, handbook', async (t) => {
  const pack = marked(await demoPack())
  const api = await withApi(t, { pack })
  const isMarked = (what: string, { basis }: Cited) =>
    assert.ok(
      typeof basis === 'string' ? MARK.test(basis) : basis.length > 0 && basis.every(({ unverified }) => unverified),
      `${what}: ${JSON.stringify(basis)}`,
    )
  const every = (what: string, rules: readonly Cited[]) => {
    assert.ok(rules.length > 0, what)
    for (const rule of rules) isMarked(what, rule)
  }
  const named = (what: string, rules: readonly { name: { zh: string; en: string } }[]) => {
    assert.ok(rules.length > 0, what)
    for (const { name } of rules)
      assert.ok(MARK.test(name.zh) && name.en.endsWith('[unverified]'), `${what}: ${name.zh}`)
  }

  const catalogue = (await api.nobody.call('catalog')).body
  every('catalogue', catalogue.items)
  for (const { display } of catalogue.items) assert.match(display.zh, MARK)
  for (const { entries } of handbookOf(pack).sections)
    for (const { id, basis, unverified } of entries) assert.ok(basis.length === 0 || unverified, id)

  // a person's archive, the notice of a record, an objection with its clock, and how its decision can be contested
  const row = commitment(1)
  const person = await api.person(citizenNumber(1))
  const clerk = await api.as('clerk')
  const headers = { 'content-type': 'text/csv' }
  const sent = await clerk.call('intake', { query: { item: 'commitment' }, body: commitmentFile([row]), headers })
  assert.equal(sent.status, 200, sent.text)
  const archive = (await person.call('myArchive')).body
  const legends: Cited[] = Object.values(archive.items)
  every('archive, items', legends)
  every('archive, display', Object.values(archive.displays))

  // what the person is told: a deadline and the remedies carry the mark of their terms
  const remedies = remediesOf(pack, makeCalendar(pack.calendar), '2026-03-02')
  assert.ok(remedies.length > 0 && remedies.every(({ unverified }) => unverified))
  const objection = MACHINES['objection']
  const step = objection?.steps.find(({ due }) => due)
  assert.ok(objection && step)
  const clock = { due: '2026-03-05', from: '2026-03-02', unverified: true }
  const dates = { due: '2026-03-05', clock }
  const told = noticeOf({ machine: objection, step, owner: step.name, day: '2026-03-02', dates, content: { remedies } })
  assert.match(told.text.zh, /办结〔未核实〕。.*截止[^。]*〔未核实〕。/)
  assert.match(told.text.en, /2026 \[unverified\]\./)
  // written notices, notices of records and of measures cite by this
  for (const { basis } of [...pack.items, ...pack.measures]) assert.match(citationOf(basis), MARK)

  // supervision: tasks, what the plan names, coverage and indicators of the bulletin
  const task = (await clerk.call('tasks')).body.tasks[0].id
  isMarked('task', (await clerk.call('task', { params: { task } })).body)
  const plan = (await clerk.call('supervisionPlan')).body
  for (const key of ['bodies', 'funds', 'programmes', 'campaigns', 'indicators', 'sheets', 'groups'])
    named(key, plan[key])
  const bulletin = (await clerk.call('bulletin')).body
  named(
    'coverage',
    bulletin.coverage.map(({ group }: { group: object }) => group),
  )
  named(
    'indicators',
    bulletin.indicators.map(({ indicator }: { indicator: object }) => indicator),
  )

  // lists, at the desk and on the site
  const { lists } = (await clerk.call('lists')).body
  every('lists', lists)
  const site = (await api.nobody.call('publicLists')).body.lists
  every('lists of the site', site)
  for (const { publish, criteria } of site) {
    assert.match(publish, MARK)
    every('criteria of the site', criteria)
  }
  const packs = (await clerk.call('packs')).body
  assert.ok(packs.unverified.length > 100)
})
