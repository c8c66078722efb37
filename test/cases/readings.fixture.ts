import assert from 'node:assert/strict'
import type { Person } from './doors.fixture.ts'
import { ITEM, type Oracle } from './oracle.fixture.ts'
import type { World } from './world.fixture.ts'

type Word = { kind: number; which: number; person: number }

/** What is read through a door, compared with what the model knows: look-ups with their marks, the person's own view, recalls, measures. */
export function makeReadings(world: World, oracle: Oracle, people: readonly Person[], note: (what: string) => void) {
  const { door } = world

  async function lookUp(of: Word) {
    const [unit, purpose] =
      of.kind % 2 === 0 ? (['demo-court', 'judicial'] as const) : (['demo-approval', 'approval'] as const)
    const who = world.desks.find((one) => one.unit === unit && one.roles.includes('officer'))
    assert.ok(who)
    const items = ['penalty-person', 'list-entry-person', ...(purpose === 'approval' ? ['commitment'] : [])]
    const came = await door.lookUp(who, { number: world.numberOf(of.person), purpose, matter: '查〔2025〕1号' })
    assert.ok(came.ok, came.code)
    const day = world.today()
    const due = oracle.shownOf(of.person, day, items)
    type Shown = { id: string; marks?: { machine: string }[] }
    const shown = (came.body.records as Shown[]).map(
      ({ id, marks = [] }) =>
        `${id} ${marks
          .map(({ machine }) => machine)
          .toSorted()
          .join()}`,
    )
    const expected = due.map((rec) => `${rec.id} ${oracle.marksOf(rec).join()}`)
    assert.deepEqual(shown.toSorted(), expected.toSorted(), `shown to ${unit} on ${day}`)
    for (const rec of due) rec.shownTo.add(unit)
    // the gate notes items, and the fold shows less: whoever looked at such items may be told of the end of one not shown
    for (const rec of oracle.records)
      if (rec.person === of.person && items.includes(ITEM[rec.kind])) rec.itemTo.add(unit)
    note(`shown ${due.length > 0}`)
  }

  async function ownArchive(of: Word) {
    const who = people[of.person]
    assert.ok(who)
    const came = await door.archive(who)
    assert.ok(came.ok, came.code)
    const newest = new Map<string, { state: string; version: number }>()
    for (const one of came.body.records) if ((newest.get(one.id)?.version ?? 0) < one.version) newest.set(one.id, one)
    const day = world.today()
    for (const rec of oracle.records.filter(({ person }) => person === of.person)) {
      const state = oracle.stateOf(rec, day)
      assert.equal(newest.get(rec.id)?.state, state, `${rec.kind} as its person sees it on ${day}`)
      note(state)
    }
  }

  async function recalls(of: Word) {
    const who = people[of.person]
    assert.ok(who)
    const { body } = await door.recalls(who)
    type Recalled = {
      record: string
      recall: string
      kind: string
      recipients: { unit: { id: string }; via: string }[]
    }
    const rows = (body.recalls as Recalled[]).toReversed()
    for (const rec of oracle.records.filter(({ person }) => person === of.person)) {
      const got = rows.filter(
        ({ record, kind }) => record === rec.id && (kind !== 'superseded' || rec.told.some((one) => one.kind === kind)),
      )
      assert.deepEqual(
        got.map(({ kind }) => kind).filter((kind) => kind !== 'superseded'),
        rec.told.map(({ kind }) => kind).filter((kind) => kind !== 'superseded'),
        'every end is told',
      )
      for (const [at, { recipients, kind }] of got.filter((one) => one.kind !== 'superseded').entries()) {
        const end = rec.told.filter((one) => one.kind !== 'superseded')[at]
        const units = recipients.filter(({ via }) => via === 'unit').map(({ unit }) => unit.id)
        assert.ok(
          end && [...end.must].every((unit) => units.includes(unit)),
          `${kind} told to ${units.join()}, not to ${[...(end?.must ?? [])].join()}`,
        )
        assert.ok(
          units.every((unit) => end.may.has(unit)),
          `${kind} told to ${units.join()}, who were not given it`,
        )
      }
      const corrected = rec.told.filter(({ kind }) => kind === 'superseded')
      assert.ok(got.filter(({ kind }) => kind === 'superseded').length >= corrected.length, 'every correction is told')
    }
    const one = rows[of.which % Math.max(rows.length, 1)]
    const court = world.desks.find(({ unit }) => unit === 'demo-court')
    if (!one || !court) return
    const sent = one.recipients.some(({ unit }) => unit.id === 'demo-court')
    const came = await door.acknowledge(court, one.recall)
    assert.ok(came.ok === sent || came.code === 'step-taken-first', came.code)
    note('recalls')
  }

  async function measures(of: Word) {
    const who = people[of.person]
    assert.ok(who)
    const { body } = await door.measures(who)
    const day = world.today()
    const mine = oracle.cases.filter((one) => one.machine === 'measure' && one.person === of.person)
    type View = { case: string; inForce: boolean; over?: string }
    const over = (body.measures as View[]).filter((one) => one.over !== undefined).map((one) => one.case)
    assert.deepEqual(
      over.toSorted(),
      mine
        .filter((one) => !oracle.measureRuns(one, day))
        .map(({ id }) => id)
        .toSorted(),
    )
    const running = (body.measures as View[]).filter((one) => one.inForce).map((one) => one.case)
    assert.deepEqual(
      running.toSorted(),
      mine
        .filter((one) => one.kind === 'carry' && oracle.measureRuns(one, day))
        .map(({ id }) => id)
        .toSorted(),
    )
    note(`measures ${running.length > 0}`)
  }

  return { lookUp, ownArchive, recalls, measures }
}
