import { makeCalendar } from '#domain/calendar.ts'
import { datesOf, isExtendable, termOf } from '#domain/case.ts'
import { OBJECTION } from '#domain/machines/objection.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diffPacks } from '#domain/pack-diff.ts'
import { handbookMarkdown, handbookOf } from '#domain/pack-handbook.ts'
import { isComplete, tracePack } from '#domain/pack-trace.ts'
import { loadPack } from './pack-load.ts'

const [national, tianjin, baodi, hunan, shandong, qingdao] = await Promise.all(
  ['national', 'tianjin', 'tianjin-baodi', 'hunan', 'shandong', 'qingdao'].map((id) => loadPack(id)),
)
assert.ok(national && tianjin && baodi && hunan && shandong && qingdao)

// counted in the documents: II has 15 paragraphs in three of them and 17 in Qingdao's, III from three to six
const DOCUMENTS = [
  ['TJ17', tianjin, 21],
  ['BD', baodi, 20],
  ['HN', hunan, 18],
  ['QD', qingdao, 20],
  ['TJ19', tianjin, 38],
] as const
for (const [id, pack, tasks] of DOCUMENTS) {
  test(`every numbered paragraph of ${id} is covered, and sets one task each`, () => {
    const trace = tracePack(pack, id)
    assert.ok(trace && isComplete(trace))
    assert.equal(trace.rows.filter(({ kind }) => kind === 'task').length, tasks)
    const own = pack.tasks.filter(({ document }) => document === id)
    assert.equal(new Set(own.map(({ number }) => number)).size, tasks)
    for (const task of own) {
      assert.ok(!/[a-z]{4}/i.test(task.text.zh.replaceAll('APP', '')), `${task.id}: Chinese is complete`)
      assert.ok(!/\p{Script=Han}/u.test(task.text.en) && task.text.en.length > 20, `${task.id}: English is complete`)
    }
  })
}

test('a trace fails on a paragraph without its task, on one that nothing covers, and on a citation of none', () => {
  const gapOf = (pack: typeof hunan) => {
    const trace = tracePack(pack, 'HN')
    assert.ok(trace && !isComplete(trace))
    return trace
  }
  const without = gapOf({ ...hunan, tasks: hunan.tasks.filter(({ number }) => number !== '二（五）2') })
  assert.deepEqual(
    without.rows.filter(({ gap }) => gap).map(({ at }) => at),
    ['二（五）2'],
  )
  const bare = gapOf({ ...hunan, boundaries: hunan.boundaries.filter(({ id }) => id !== 'hn-guide') })
  assert.deepEqual(
    bare.rows.filter(({ gap }) => gap).map(({ at }) => at),
    ['一（一）', '一（二）'],
  )
  const [first, ...rest] = hunan.targets
  assert.ok(first)
  const astray = { ...first, basis: first.basis.map((basis) => ({ ...basis, article: '九（九）9' })) }
  assert.deepEqual(
    gapOf({ ...hunan, targets: [astray, ...rest] }).strays.map(({ id, at }) => [id, at]),
    [[first.id, '九（九）9']],
  )
  assert.equal(tracePack(national, 'HN'), undefined)
})

test('the lists are those of the documents', () => {
  const count = (pack: typeof hunan) => [pack.keyGroups.length, pack.keyFields.length, pack.targets.length]
  assert.deepEqual(count(tianjin), [16, 16, 6])
  assert.deepEqual(count(hunan), [18, 18, 10])
  assert.deepEqual(count(qingdao), [14, 16, 6])
  assert.equal(baodi.bodies.find(({ id }) => id === 'bd-conference')?.members.length, 27)
  assert.equal(tianjin.industries.length, 19)
  assert.equal(tianjin.funds.filter(({ id }) => id.startsWith('tj19-')).length, 7)
  for (const pack of [national, tianjin, baodi, hunan, shandong, qingdao]) assert.equal(pack.areas.length, 4, pack.id)
})

test('an objection’s term is extended by what the pack says; where the law knows no extension, by nothing', () => {
  for (const [pack, extended] of [
    [national, '2026-03-16'],
    [tianjin, '2026-03-16'],
    [shandong, undefined],
    [qingdao, undefined],
  ] as const) {
    assert.equal(isExtendable(pack, OBJECTION, 'open', '2026-03-02'), extended !== undefined, pack.id)
    const step = { due: termOf(OBJECTION, { extends: true }, 'open') ?? '', extends: true } as const
    const dates = datesOf(pack, makeCalendar(national.calendar), step, '2026-03-02')
    assert.equal('missing' in dates ? undefined : dates.due, extended, pack.id)
  }
})

test('a comparison says in words what changes and for whom', () => {
  const changed = diffPacks(national, shandong).find(({ id }) => id === 'objection-own')
  assert.ok(changed)
  assert.equal(changed.change, 'changed')
  assert.equal(changed.whom.zh, '办理机关')
  assert.ok(
    changed.changes.some(({ zh, en }) => zh === '延长：10个工作日 → 无' && en === 'extension: 10 working days → none'),
  )
  // the city's name for the district's government is the district's from now on
  const isNew = ({ id }: { id: string }) => id !== 'tj-baodi'
  const added = diffPacks(tianjin, baodi).filter(isNew)
  assert.ok(added.every(({ change, whom, name }) => change === 'added' && whom.zh && whom.en && name.zh && name.en))
  assert.equal(added.filter(({ section }) => section === 'tasks').length, 20)
  const removed = diffPacks(baodi, tianjin).filter(isNew)
  assert.deepEqual(
    removed.map(({ section, id }) => [section, id]),
    added.map(({ section, id }) => [section, id]),
  )
  assert.deepEqual(diffPacks(hunan, hunan), [])
})

test('the handbook shows every rule with its citation, and marks what is unverified', () => {
  const handbook = handbookOf(hunan)
  const tasks = handbook.sections.find(({ key }) => key === 'tasks')
  assert.equal(tasks?.entries.length, 18)
  for (const { entries, key } of handbook.sections)
    for (const { id, basis } of entries) if (key !== 'units') assert.ok(basis.length > 0, `${key} ${id}`)
  const text = handbookMarkdown(handbook)
  assert.match(text, /### 收到异议后加注标记[^\n]+`objection-mark`/)
  assert.match(text, /异议处理期限（本系统缺省；国家层面未见规定）〔未核实〕/)
  assert.ok(!text.includes('undefined') && !text.includes('[object'))
})

test('the English of every task is its whole text, and no summary', () => {
  for (const pack of [tianjin, baodi, hunan, qingdao])
    for (const { id, text } of pack.tasks)
      assert.ok(text.en.length > text.zh.length * 2, `${pack.id} ${id}: ${text.en.length} for ${text.zh.length}`)
})
