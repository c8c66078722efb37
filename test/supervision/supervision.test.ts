import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldTask, inEffect, scoreOf, type SupervisionEntry } from '#domain/supervision.ts'
import type { Task } from '#domain/pack-plan.ts'
import { withApi } from '#test/api.ts'

const UNITS = [
  { id: 'lead', kind: 'development' },
  { id: 'joint', kind: 'market' },
]
const task = {
  id: 'task-1',
  document: 'TJ17',
  number: '一',
  title: { zh: '任务', en: 'Task' },
  lead: ['lead'],
  joint: ['kind:market'],
  due: [{ date: '2026-06-30' }, { date: '2026-12-31' }],
} as unknown as Task
const pack = { units: UNITS } as unknown as Parameters<typeof foldTask>[0]
const said = (num: number, of: Partial<SupervisionEntry>): SupervisionEntry => ({
  num,
  kind: 'progress',
  about: 'task-1',
  unit: 'lead',
  day: '2026-03-01',
  replaces: undefined,
  content: { state: 'under-way', text: '-' },
  ...of,
})

test('a task: the next deadline, late once all are past, done when its lead unit says so and only then', () => {
  assert.equal(foldTask(pack, task, [], '2026-07-01').next?.date, '2026-12-31')
  assert.equal(foldTask(pack, task, [], '2026-07-01').late, false)
  assert.equal(foldTask(pack, task, [], '2027-01-01').late, true)
  assert.equal(foldTask(pack, task, [], '2026-06-30').next?.days, 0)
  const joint = said(1, { unit: 'joint', content: { state: 'done', text: '-' } })
  assert.equal(foldTask(pack, task, [joint], '2026-04-01').state, 'under-way')
  const done = foldTask(pack, task, [said(1, { content: { state: 'done', text: '-' } })], '2027-01-01')
  assert.deepEqual([done.state, done.late, done.next], ['done', false, undefined])
})

test('R52: a task passes to the successor of a unit that was abolished, and what the old one did still counts', () => {
  const old = { id: 'old', kind: 'market', successor: 'new', until: '2018-11-01' }
  const units = { units: [old, { id: 'new', kind: 'market', successor: 'old' }] } as unknown as typeof pack
  const named = { ...task, lead: ['old'], joint: [] }
  const by = said(1, { unit: 'old', day: '2018-01-01', content: { state: 'done', text: '-' } })
  const [before, after] = ['2018-10-31', '2018-11-01'].map((day) => foldTask(units, named, [by], day))
  assert.deepEqual([before?.lead, before?.state, after?.lead, after?.state], [['old'], 'done', ['new'], 'done'])
  // two that succeed each other, both gone: the search ends
  const gone = { units: units.units.map((unit) => ({ ...unit, until: '2018-11-01' })) }
  assert.equal(foldTask(gone, named, [], '2019-01-01').lead.length, 1)
})

test('rows replaced by later ones say nothing any more; the order they are read in does not matter', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('done', 'blocked', 'under-way'), { minLength: 1, maxLength: 8 }), (states) => {
      const rows = states.map((state, at) =>
        said(at + 1, { replaces: at === 0 ? undefined : at, content: { state: state as 'done', text: '-' } }),
      )
      assert.deepEqual(
        inEffect(rows).map(({ num }) => num),
        [rows.length],
      )
      assert.equal(foldTask(pack, task, rows.toReversed(), '2026-05-01').state, states.at(-1))
    }),
  )
  assert.equal(
    scoreOf([
      { points: 8, of: 10 },
      { points: 5, of: 10 },
    ]),
    65,
  )
})

test('units say what they did in their own name; the office inspects and keeps the registers; the bulletin counts', async (t) => {
  const api = await withApi(t)
  const admin = await api.as('admin', 'demo-development')
  const clerk = await api.as('clerk', 'demo-market')
  const { tasks } = (await clerk.call('tasks')).body
  assert.ok(tasks.length > 50)
  const own = tasks.find(({ lead }: { lead: string[] }) => lead.includes('demo-market'))
  assert.ok(own, 'a task whose lead units are named by a kind or by all')
  const other = tasks.find(
    ({ lead, joint }: { lead: string[]; joint: string[] }) => ![...lead, ...joint].includes('demo-market'),
  )
  const say = (about: string, more: object = {}) => ({
    kind: 'progress',
    about,
    content: { state: 'done', text: '已办结' },
    ...more,
  })
  assert.equal((await clerk.call('addEntry', { body: say(other.id) })).body.code, 'not-allowed')
  assert.equal((await clerk.call('addEntry', { body: say(own.id, { of: 'demo-tax' }) })).body.code, 'not-allowed')
  assert.equal((await clerk.call('addEntry', { body: say(own.id, { day: '2099-01-01' }) })).body.code, 'date-in-future')
  assert.equal((await clerk.call('addEntry', { body: say('no-such-task') })).body.code, 'not-found')
  const made = await clerk.call('addEntry', { body: say(own.id) })
  assert.equal(made.status, 200, made.text)
  const seen = (await clerk.call('task', { params: { task: own.id } })).body
  assert.equal(seen.task.state, 'done')
  assert.equal(seen.entries[0].unit.id, 'demo-market')
  // what was said wrongly is replaced, by who said it and never struck out
  const again = await clerk.call('addEntry', {
    body: say(own.id, { replaces: made.body.entry, content: { state: 'blocked', text: '更正：尚缺数据' } }),
  })
  assert.equal(again.status, 200, again.text)
  const after = (await clerk.call('task', { params: { task: own.id } })).body
  assert.deepEqual([after.task.state, after.entries.length], ['blocked', 2])

  const evaluation = {
    kind: 'evaluation',
    about: own.id,
    of: 'demo-market',
    content: { year: 2026, by: 'third-party', scores: [{ title: '归集', points: 18, of: 20 }] },
  }
  assert.equal((await clerk.call('addEntry', { body: evaluation })).body.code, 'not-allowed')
  assert.equal((await admin.call('addEntry', { body: evaluation })).status, 200)
  const scored = (await admin.call('task', { params: { task: own.id } })).body.entries.at(-1)
  assert.equal(scored.score, 90)
  assert.equal(
    (await admin.call('addEntry', { body: { ...evaluation, content: { year: 2026 } } })).body.code,
    'step-says-too-little',
  )

  const bulletin = (await admin.call('bulletin')).body
  const line = bulletin.tasks.find(({ unit }: { unit: { id: string } }) => unit.id === 'demo-market')
  assert.ok(line.blocked >= 1)
  const [group] = bulletin.coverage
  assert.equal(group.share, undefined)
  await admin.call('addEntry', { body: { kind: 'register', about: group.group.id, content: { count: 100 } } })
  assert.equal((await admin.call('bulletin')).body.coverage[0].register, 100)
  // nothing was rewritten: the app has no right to
  await assert.rejects(
    api.system.pool.query('update xinheng.supervision set content = $1', ['{}']),
    /permission denied/,
  )
})
