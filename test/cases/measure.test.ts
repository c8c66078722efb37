import assert from 'node:assert/strict'
import { test } from 'node:test'
import { citizenNumber } from '#test/people.ts'
import { testPack } from '#test/db.ts'
import { at, deskOf, enter, ownStepOf, SAFETY, stepOf, withLists } from './listing.fixture.ts'

type Row = {
  measure: string
  case: string
  unit: { id: string }
  state: { kind: string }
  flags: string[]
  inForce: boolean
  over?: string
  remedy: { zh: string }
  basis: string
}

/** Somebody on a list, with the tasks that were sent. */
async function withEntry(t: Parameters<typeof withLists>[0]) {
  const lists = await withLists(t, 'tj-emergency')
  const { city } = lists
  const entry = await enter(city, 'tj-emergency', SAFETY, '2026-03-17')
  const person = await city.person(SAFETY.number)
  const mine = async () => (await person.call('myMeasures')).body.measures as Row[]
  const of = async (unit: string) => {
    const row = (await mine()).find((one) => one.unit.id === unit)
    assert.ok(row, unit)
    return row
  }
  return { ...lists, entry, person, mine, of }
}
const CARRY = { reason: '依法实施' }

test('G7: a task is responded to, carried out with basis, reason and remedy told to the person, and is over at once when its cause ends', async (t) => {
  const { city, reviewer, entry, person, mine, of } = await withEntry(t)
  assert.ok((await mine()).every(({ measure, state }) => measure === 'limit-work-safety' && state.kind === 'waiting'))
  const { case: id } = await of('demo-housing')
  const housing = await deskOf(city, 'demo-housing')
  assert.equal((await stepOf(housing.reviewer, id, 1, 'carry', CARRY)).body.code, 'step-not-possible')
  assert.equal((await stepOf(reviewer, id, 1, 'respond')).body.code, 'not-allowed')
  assert.equal((await stepOf(housing.clerk, id, 1, 'respond')).status, 200)
  assert.equal((await stepOf(housing.clerk, id, 2, 'carry', CARRY)).body.code, 'not-allowed')
  const carried = await stepOf(housing.reviewer, id, 2, 'carry', CARRY)
  assert.equal(carried.status, 200, carried.text)
  const cases = (await person.call('myCases')).body.cases
  const { content } = cases.find((one: { case: string }) => one.case === id).steps[2]
  assert.match(content.basis, /安全生产法》第七十八条/)
  assert.match(content.outcome, /异议/)
  assert.equal(content.remedies.length, 2)
  assert.deepEqual([(await of('demo-housing')).inForce, (await of('demo-housing')).state.kind], [true, 'running'])
  assert.match((await person.call('myNotices')).body.notices[0].title.zh, /已实施/)

  const removed = await stepOf(reviewer, entry.id, entry.step, 'remove', { reason: '认定撤销', outcome: 'revocation' })
  assert.equal(removed.status, 200, removed.text)
  assert.ok((await mine()).every(({ over, inForce }) => over === 'cause' && !inForce))
  // another unit that was about to
  const other = await of('demo-development')
  const development = await deskOf(city, 'demo-development')
  assert.equal((await stepOf(development.clerk, other.case, 1, 'respond')).status, 200)
  assert.equal((await stepOf(development.reviewer, other.case, 2, 'carry', CARRY)).body.code, 'measure-over')
  assert.equal((await stepOf(development.clerk, other.case, 2, 'late', { reason: '系统未及时停止' })).status, 200)
  assert.deepEqual((await of('demo-development')).flags, ['after-cause'])
  await city.setTime(at('2026-03-30'))
  assert.deepEqual((await of('demo-housing')).flags, ['not-lifted'])
  assert.equal((await stepOf(housing.clerk, id, 3, 'lift', { reason: '原因已消除' })).status, 200)
  assert.deepEqual((await of('demo-housing')).flags, ['lifted-late'])
})

test('B6: units account for their outcomes; lateness and contradictions are flagged, in counts per unit', async (t) => {
  const { city, of } = await withEntry(t)
  const [housing, development] = [await deskOf(city, 'demo-housing'), await deskOf(city, 'demo-development')]
  const [one, two, three] = [await of('demo-housing'), await of('demo-development'), await of('demo-approval')]
  await stepOf(housing.clerk, one.case, 1, 'respond')
  await stepOf(housing.reviewer, one.case, 2, 'carry', CARRY)
  assert.equal((await stepOf(development.clerk, two.case, 1, 'mistaken', { reason: '同名不同人' })).status, 200)
  assert.deepEqual((await of('demo-housing')).flags, ['contradiction'])
  assert.deepEqual((await of('demo-development')).flags, ['contradiction'])
  await city.setTime(at('2026-03-23'))
  assert.deepEqual((await of('demo-approval')).flags, ['late'])
  const approval = await deskOf(city, 'demo-approval')
  const { measures } = (await approval.clerk.call('measures')).body
  assert.deepEqual(
    measures.map((row: Row) => row.case),
    [three.case],
  )
  assert.equal((await stepOf(approval.clerk, three.case, 1, 'refuse', { reason: '无此职权' })).status, 200)
  const all = (await (await city.as('auditor', 'demo-development')).call('measures')).body
  const rates = (unit: string) => all.units.find((row: { unit: { id: string } }) => row.unit.id === unit).rates
  assert.deepEqual([rates('demo-housing').carried, rates('demo-housing').contradictions], [1, 1])
  assert.equal(rates('demo-development').mistaken, 1)
  assert.deepEqual([rates('demo-approval').refused, rates('demo-approval').late], [1, 0])
  assert.ok(!JSON.stringify(all).includes(SAFETY.number))
})

test('B3, G9: a measure is objected to; silence past the term suspends it', async (t) => {
  const { city, person, of } = await withEntry(t)
  const { case: id } = await of('demo-housing')
  const housing = await deskOf(city, 'demo-housing')
  await stepOf(housing.clerk, id, 1, 'respond')
  await stepOf(housing.reviewer, id, 2, 'carry', CARRY)
  const made = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'contest', target: id, content: { statement: '与我无关' } },
  })
  assert.equal(made.status, 200, made.text)
  assert.equal((await of('demo-housing')).inForce, true)
  await city.setTime(at('2026-04-01'))
  assert.deepEqual([(await of('demo-housing')).inForce, (await of('demo-housing')).over], [false, 'contested'])
})

test('G9, G10: an objection to a measure upheld ends it at once, its unit is to lift it, and nobody carries it out after that; one of mistaken identity to the entry ends it for everybody who was told', async (t) => {
  const { city, person, of, mine, entry, reviewer } = await withEntry(t)
  const housing = await deskOf(city, 'demo-housing')
  const { case: id } = await of('demo-housing')
  await stepOf(housing.clerk, id, 1, 'respond')
  assert.equal((await stepOf(housing.reviewer, id, 2, 'carry', CARRY)).status, 200)
  const contest = async (target: string, outcome: string) => {
    const made = await person.call('startMyCase', {
      body: { machine: 'objection', kind: 'contest', target, content: { statement: '不是本人', outcome } },
    })
    assert.equal(made.status, 200, made.text)
    return made.body.case as string
  }
  const objection = await contest(id, 'measure')
  // who carries it out answers; the unit whose entry it is does not
  assert.equal(
    (await stepOf(reviewer, objection, 1, 'uphold-withdraw', { reason: '不应实施' })).body.code,
    'not-allowed',
  )
  const upheld = await stepOf(housing.reviewer, objection, 1, 'uphold-withdraw', { reason: '不应实施' })
  assert.equal(upheld.status, 200, upheld.text)
  const { inForce, over, flags } = await of('demo-housing')
  assert.deepEqual([inForce, over, flags], [false, 'refuted', ['to-lift']])
  // told to the unit and to the one that sent it, and first in both lists
  for (const unit of [housing.reviewer, reviewer]) {
    const [first] = (await unit.call('measures')).body.measures as Row[]
    assert.deepEqual([first?.case, first?.flags], [id, ['to-lift']])
  }
  assert.equal((await of('demo-development')).over, undefined)
  await city.setTime(at('2026-03-27'))
  assert.deepEqual((await of('demo-housing')).flags, ['not-lifted'])
  assert.equal((await stepOf(housing.clerk, id, 3, 'lift', { reason: '异议成立' })).status, 200)
  assert.deepEqual((await of('demo-housing')).flags, ['lifted-late'])

  // the entry itself: marked for everybody at once, and when it is upheld gone for everybody, with a recall
  const shown = async () => (await city.lookUp(SAFETY.number)).body.records as { marks?: { machine: string }[] }[]
  assert.equal((await shown()).length, 1)
  const second = await contest(entry.id, 'identity')
  assert.equal((await shown())[0]?.marks?.[0]?.machine, 'objection')
  await city.setTime(at('2026-03-27', '11:00'))
  assert.equal((await stepOf(reviewer, second, 1, 'uphold-withdraw', { reason: '同名不同人' })).status, 200)
  assert.equal((await shown()).length, 0)
  assert.ok((await mine()).every((row) => row.over === 'cause' && !row.inForce))
  const court = await city.staff('officer', 'demo-court')
  const [recall] = (await court.call('recalls')).body.recalls
  assert.deepEqual([recall.kind, recall.case], ['refuted', second])
  const [own] = (await person.call('myRecalls')).body.recalls
  assert.deepEqual(
    own.recipients.map((one: { unit: { id: string }; acknowledged?: string }) => [one.unit.id, one.acknowledged]),
    [['demo-court', undefined]],
  )
  // whoever is about to carry out another measure is turned away
  const other = await of('demo-development')
  const development = await deskOf(city, 'demo-development')
  assert.equal((await stepOf(development.clerk, other.case, 1, 'respond')).status, 200)
  assert.equal((await stepOf(development.reviewer, other.case, 2, 'carry', CARRY)).body.code, 'measure-over')
})

test('R40: a ban runs for the statute’s own term, beyond the display of its entry, and ends at once with a cause that falls', async (t) => {
  const { city } = await withLists(t, 'tj-heping')
  const whom = { list: 'serious-defence-person', criterion: 'defence-refusal', number: citizenNumber(5), name: '测戊' }
  const { id, step } = await enter(city, 'tj-heping', whom, '2026-03-17')
  const person = await city.person(whom.number)
  const exit = async () =>
    (await person.call('myMeasures')).body.measures.find((row: Row) => row.measure === 'no-exit-defence')
  const police = await deskOf(city, 'tj-police')
  const { case: ban, until } = await exit()
  assert.equal(until, '2028-03-17')
  await stepOf(police.clerk, ban, 1, 'respond')
  assert.equal((await stepOf(police.reviewer, ban, 2, 'carry', CARRY)).status, 200)
  await city.setTime(at('2028-03-16'))
  assert.equal((await exit()).inForce, true)
  await city.setTime(at('2028-03-17'))
  assert.deepEqual([(await exit()).inForce, (await exit()).over], [false, 'term'])
  await city.setTime(at('2027-03-17'))
  const heping = await deskOf(city, 'tj-heping')
  await stepOf(heping.reviewer, id, step, 'remove', { reason: '认定撤销', outcome: 'revocation' })
  assert.deepEqual([(await exit()).inForce, (await exit()).over], [false, 'cause'])
})

test('R58: the court’s list is theirs: taken up, its measures sent, and gone three working days after the court’s word whoever forgets', async (t) => {
  const { city } = await withLists(t, 'demo-court')
  const number = citizenNumber(6)
  const sent = await city.report({ item: 'enforcement', number, decided: '2026-02-27', document: '(2026)津01执1号' })
  assert.equal(sent.status, 200, sent.text)
  await city.setTime(at('2026-03-02', '11:00'))
  const court = await deskOf(city, 'demo-court')
  const item = city.item('enforcement')
  const record = {
    item: 'enforcement',
    naturalKey: ['(2026)津01执1号', item.fields.find(({ id }) => id === 'ZXFY')?.name.zh.slice(0, 4) ?? ''],
  }
  const start = (unit: typeof court) =>
    unit.clerk.call('startCase', { body: { machine: 'received', kind: 'receive', number, record, content: {} } })
  // nobody else takes up what is the court's
  assert.equal((await start(await deskOf(city, 'demo-market'))).body.code, 'not-found')
  const made = await start(court)
  assert.equal(made.status, 200, made.text)
  const person = await city.person(number)
  const mine = async () => (await person.call('myMeasures')).body.measures as Row[]
  const sentTo = (await mine()).map(({ measure }) => measure)
  assert.ok(sentTo.includes('limit-consumption') && !sentTo.includes('prudent-lending'), 'banks are not told to')
  const word = { document: '(2026)津01执1号之一', day: '2026-03-02' }
  assert.equal((await stepOf(court.clerk, made.body.case, 1, 'word', { ...word, day: '2026-03-03' })).status, 422)
  const said = await stepOf(court.clerk, made.body.case, 1, 'word', word)
  assert.equal(said.status, 200, said.text)
  const [line] = (await court.clerk.call('caseQueue', { query: { machine: 'received' } })).body.cases
  assert.deepEqual([line.due, line.silence], ['2026-03-05', '2026-03-06'])
  await city.setTime(at('2026-03-05'))
  assert.equal((await city.lookUp(number)).body.records.length, 1)
  await city.setTime(at('2026-03-06'))
  assert.equal((await city.lookUp(number)).body.records.length, 0)
  assert.ok((await mine()).every(({ over }) => over === 'cause'))
  const [late] = (await court.clerk.call('caseQueue', { query: { machine: 'received' } })).body.cases
  assert.equal(late.overdue, true)
  assert.equal(
    (await stepOf(court.clerk, made.body.case, 2, 'remove', { document: '(2026)津01执1号之一' })).status,
    200,
  )
  assert.equal((await ownStepOf(person, made.body.case, 3, 'state', { statement: 'x' })).body.code, 'step-not-possible')
})

test('R40: a ban for life, where a statute says so, has no end of its own: not after its entry, not after decades; it ends with a cause that falls', async (t) => {
  const pack = await testPack('demo')
  const measures = pack.measures.map((one) => (one.id === 'no-exit-defence' ? { ...one, term: 'life' as const } : one))
  const { city } = await withLists(t, 'tj-heping', '2026-03-02', { pack: { ...pack, version: 'life', measures } })
  const ban = async (number: string) => {
    const whom = { list: 'serious-defence-person', criterion: 'defence-refusal', number, name: '测戊' }
    const entry = await enter(city, 'tj-heping', whom, '2026-03-17')
    const person = await city.person(number)
    const row = async () =>
      (await person.call('myMeasures')).body.measures.find((one: Row) => one.measure === 'no-exit-defence') as Row & {
        until?: string
      }
    const police = await deskOf(city, 'tj-police')
    const { case: id } = await row()
    await stepOf(police.clerk, id, 1, 'respond')
    assert.equal((await stepOf(police.reviewer, id, 2, 'carry', CARRY)).status, 200)
    return { entry, row }
  }
  const [one, other] = [await ban(citizenNumber(5)), await ban(citizenNumber(6))]
  assert.deepEqual([(await one.row()).inForce, (await one.row()).until], [true, undefined], 'no day on which it ends')
  const heping = await deskOf(city, 'tj-heping')
  const { id, step } = other.entry
  assert.equal(
    (await stepOf(heping.reviewer, id, step, 'remove', { reason: '认定撤销', outcome: 'revocation' })).status,
    200,
  )
  assert.deepEqual([(await other.row()).inForce, (await other.row()).over], [false, 'cause'])
  await city.setTime(at('2029-06-01'))
  assert.deepEqual((await city.lookUp(citizenNumber(5))).body.records, [], 'the entry itself is shown no more')
  await city.setTime(at('2076-03-17'))
  assert.deepEqual([(await one.row()).inForce, (await one.row()).over], [true, undefined])
})
