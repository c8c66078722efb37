import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Pack } from '#domain/pack.ts'
import { plusPeriod } from './law.fixture.ts'
import { maySay, numbers, pickActor, pickKind, withModel, type Actor, type Known, type Model } from './model.fixture.ts'

// G7: whatever is said to the database by whomever, in any order, at any date: only measures of the list of measures, sent by
// whoever determined, to an authority it names, carried out while their cause and term run, with the person told.

const RUNS = 13
const STEPS = 250
const LISTS = [
  { unit: 'tj-emergency', list: 'serious-work-safety-person', criterion: 'work-safety-person' },
  { unit: 'tj-heping', list: 'serious-defence-person', criterion: 'defence-refusal' },
]

const word = fc.record({
  act: fc.integer({ min: 0, max: 99 }),
  who: fc.nat(99),
  which: fc.nat(99),
  kind: fc.nat(99),
  any: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  on: fc.integer({ min: 0, max: 9 }).map((n) => n > 1),
  aim: fc.integer({ min: 0, max: 9 }).map((n) => n > 2),
  person: fc.nat(2),
  measure: fc.nat(99),
  unit: fc.nat(99),
  /** a measure of the list of this entry, to a unit it names; else any to any */
  lawful: fc.integer({ min: 0, max: 9 }).map((n) => n > 3),
  forget: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  days: fc.oneof(
    { weight: 40, arbitrary: fc.constant(0) },
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 15 }) },
    { weight: 1, arbitrary: fc.integer({ min: 16, max: 120 }) },
  ),
})
type Word = typeof word extends fc.Arbitrary<infer one> ? one : never

/** The measure of an id as the list of measures has it on a day, read here from the pack itself. */
const measureAt = ({ measures }: Pick<Pack, 'measures'>, id: string, day: string) =>
  measures.findLast((one) => one.id === id && one.from <= day && (one.until === undefined || day < one.until))

/** An entry in force, by the shortest lawful way. */
async function enter(city: Model, of: (typeof LISTS)[number], person: number): Promise<Known> {
  const desk = city.actors().find((one) => one.unit === of.unit && one.roles.includes('clerk'))
  const other = city.actors().find((one) => one.unit === of.unit && !one.roles.includes('clerk'))
  assert.ok(desk && other)
  const nk = city.nextNk()
  const subject = city.subject(person)
  const file = await city.take({
    actor: desk,
    person,
    machine: 'listing',
    kind: 'propose',
    nk,
    unit: of.unit,
    tell: false,
    enter: [
      `enter_listing('${subject}', s.num, '${of.list}', '${of.criterion}', '1', true, null, null)`,
      city.ground(person),
    ],
  })
  assert.ok(file !== undefined)
  const known: Known = {
    person,
    machine: 'listing',
    file,
    step: 1,
    kind: 'propose',
    nk,
    unit: of.unit,
    target: 0n,
    proposer: desk.account,
    list: of.list,
    window: '',
    notified: true,
    record: '',
    day: '',
    until: '',
    measure: '',
  }
  const step = async (actor: Actor, kind: string, ...enters: string[]) => {
    const window = city.termEnd('list-window')
    const num = await city.take({
      actor,
      person,
      machine: 'listing',
      kind,
      last: known,
      window,
      tell: true,
      enter: enters,
    })
    assert.ok(num !== undefined, kind)
    known.step += 1
    known.kind = kind
  }
  await step(desk, 'notify', city.ground(person))
  await step(desk, 'serve', `enter_window('${subject}', s.num)`)
  await city.pass(40)
  known.record = city.today()
  await city.insertRecord(known, 'list-entry-person')
  await step(other, 'determine', `enter_entry('${subject}', s.num)`)
  known.day = city.today()
  known.until = plusPeriod(known.day, city.reference.pack.lists.findLast(({ id }) => id === of.list)?.term ?? '')
  return known
}

test('G7, model: no sequence brings a measure outside the list, to or by another authority, untold, or after its cause', async (t) => {
  const city = await withModel(t, [
    ...LISTS.flatMap(({ unit }): [string, string[]][] => [
      [unit, ['clerk', 'reviewer']],
      [unit, ['reviewer']],
    ]),
    ...['demo-housing', 'demo-development', 'demo-approval', 'demo-hr', 'demo-organisation'].map(
      (unit): [string, string[]] => [unit, ['clerk', 'reviewer']],
    ),
    ['demo-education', ['clerk']],
    ['demo-education', ['reviewer']],
    ['tj-police', ['clerk', 'reviewer']],
    ['demo-bank', ['clerk', 'reviewer']],
  ])
  const { pack } = city.reference
  const units = [...new Set(city.actors().map(({ unit }) => unit))]
  const ids = [...new Set(pack.measures.map(({ id }) => id))]
  let [steps, taken, carried, stopped] = [0, 0, 0, 0]

  const lives = (entry: Known | undefined) =>
    entry !== undefined && entry.kind !== 'remove' && city.today() < entry.until

  async function task(entries: Known[], cases: Known[], of: Word) {
    const entry = entries[of.which % entries.length]
    if (!entry) return
    const lawful = ids.filter((id) => measureAt(pack, id, city.today())?.lists.includes(entry.list))
    const from = of.lawful && lawful.length > 0 ? lawful : ids
    const id = from[of.measure % from.length] ?? ''
    const measure = measureAt(pack, id, city.today())
    const named = units.filter((one) => isNamed(measure?.units ?? [], one))
    const to =
      (of.lawful && named.length > 0 ? named : units)[
        of.unit % (of.lawful && named.length > 0 ? named : units).length
      ] ?? ''
    const able = (actor: Actor) =>
      actor.unit === entry.unit && actor.roles.some((role) => role === 'clerk' || role === 'reviewer')
    const actor = pickActor(city.actors(), of, able)
    if (!actor) return
    const may =
      able(actor) &&
      !of.forget &&
      measure !== undefined &&
      measure.kind !== 'C' &&
      measure.lists.includes(entry.list) &&
      measure.subjects.includes('person') &&
      isNamed(measure.units, to) &&
      lives(entry) &&
      !cases.some((one) => one.target === entry.file && one.measure === id && one.unit === to)
    const num = await city.take({
      actor,
      person: entry.person,
      machine: 'measure',
      kind: 'task',
      unit: to,
      target: entry.file,
      tell: false,
      enter: of.forget ? undefined : [`enter_measure('${city.subject(entry.person)}', s.num, '${id}')`],
    })
    assert.equal(num !== undefined, may, `${id} of ${entry.list} to ${to} by ${actor.unit}`)
    if (num === undefined || !measure) return
    taken += 1
    const until =
      measure.term === 'cause' ? '' : measure.term === 'life' ? '9999-12-31' : plusPeriod(entry.day, measure.term)
    cases.push({
      ...entry,
      machine: 'measure',
      file: num,
      step: 1,
      kind: 'task',
      nk: 0n,
      unit: to,
      target: entry.file,
      proposer: actor.account,
      measure: id,
      until,
    })
  }

  const isNamed = (patterns: readonly string[], id: string): boolean => {
    const unit = pack.units.find((one) => one.id === id)
    return unit !== undefined && patterns.some((pattern) => ['*', unit.id, `kind:${unit.kind}`].includes(pattern))
  }

  /** May it run today, by what the model knows of its cause and its own term? */
  function runs(of: Known, entries: readonly Known[]): boolean {
    const entry = entries.find(({ file }) => file === of.target)
    if (!entry || entry.kind === 'remove') return false
    return of.until === '' ? city.today() < entry.until : city.today() < of.until
  }

  async function next(last: Known, entries: readonly Known[], of: Word) {
    const { machine, person } = last
    const kind = pickKind(last, of)
    const say = { last, machine, kind, unit: last.unit, person, today: city.today() }
    const actor = pickActor(city.actors(), of, (one) => maySay({ ...say, actor: one }) !== undefined)
    if (!actor) return
    const carries = machine === 'measure' && kind === 'carry'
    const may = maySay({ ...say, actor }) !== undefined && (!carries || (!of.forget && runs(last, entries)))
    const num = await city.take({
      actor,
      person,
      machine,
      kind,
      last,
      // untold where it is forgotten: then entering refuses
      tell: !of.forget,
      enter: carries ? [`enter_carried('${city.subject(person)}', s.num)`] : undefined,
    })
    assert.equal(num !== undefined, may, `${last.kind}/${kind} of ${last.measure} by ${actor.unit}`)
    if (num === undefined) return
    taken += 1
    if (carries) carried += 1
    last.step += 1
    last.kind = kind
  }

  /** What the person is told is what the model knows. */
  async function compare(person: number, cases: readonly Known[], entries: readonly Known[]) {
    const actor = city.actors().find((one) => one.person === person)
    const { rows } = await city.app.query<{ file: bigint }>(
      `select file from xinheng.measures_self($1::integer, $2::uuid) where kind = 'carry' and over is null`,
      [actor?.account, city.subject(person)],
    )
    const mine = cases.filter((one) => one.person === person && one.kind === 'carry')
    const due = mine.filter((one) => runs(one, entries))
    stopped += mine.length - due.length
    assert.deepEqual(numbers(rows.map(({ file }) => file)), numbers(due.map(({ file }) => file)))
  }

  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: STEPS, maxLength: STEPS }), async (words) => {
      await city.begin()
      const entries: Known[] = []
      const cases: Known[] = []
      for (const person of [0, 1, 2]) {
        const of = LISTS[person % LISTS.length]
        if (of) entries.push(await enter(city, of, person))
      }
      for (const of of words) {
        if (of.days > 0) await city.pass(of.days)
        steps += 1
        const known = cases[of.which % Math.max(cases.length, 1)]
        const entry = entries[of.person]
        if (of.act < 30 || !known) await task(entries, cases, of)
        // what runs is left to run, mostly
        else if (of.act < 40 || (known.kind === 'carry' && of.on)) await compare(of.person, cases, entries)
        // seldom enough that most of a sequence has causes that stand
        else if (of.act < 43 && entry) await next(entry, entries, { ...of, on: false, any: false })
        else await next(known, entries, of)
      }
    }),
    { numRuns: RUNS, seed: 20261124, endOnFailure: true },
  )
  assert.ok(steps >= RUNS * STEPS, String(steps))
  assert.ok(taken > 400 && carried > 20 && stopped > 4, `${taken} taken, ${carried} carried out, ${stopped} stopped`)
})
