import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import fc from 'fast-check'
import { isRefusal } from '#domain/refusal.ts'
import type { Came, Person } from './doors.fixture.ts'
import { lawKinds, lawStep, plusMonths } from './law.fixture.ts'
import { ITEM, makeOracle, type Case, type Oracle, type Rec } from './oracle.fixture.ts'
import { makeReadings } from './readings.fixture.ts'
import { fieldOf, withWorld, type World } from './world.fixture.ts'

// G5–G7, G9, G10: whatever anybody does in any order on any day, through the operations and through the public API, comes out
// as a small model of its own foretells: what is shown to whom with which marks, what silence has suspended, what stays
// refuted, when repair is possible, who is told of an end, who is on a list, which measure may run.

const BASE = '2025-03-03'
/** Another seed, to look further than every run does. */
const SEED = Number(process.env['XINHENG_MODEL_SEED'] ?? 20261125)
const word = fc.record({
  act: fc.nat(99),
  who: fc.nat(99),
  which: fc.nat(999),
  kind: fc.nat(99),
  /** a kind that may not follow · somebody who may not · what the step must say left out · an older step seen */
  any: fc.nat(9).map((n) => n === 0),
  aim: fc.nat(9).map((n) => n > 2),
  forget: fc.nat(19).map((n) => n === 0),
  stale: fc.nat(29).map((n) => n === 0),
  on: fc.nat(9).map((n) => n > 2),
  person: fc.nat(1),
  days: fc.oneof(
    { weight: 50, arbitrary: fc.constant(0) },
    { weight: 12, arbitrary: fc.integer({ min: 1, max: 6 }) },
    { weight: 1, arbitrary: fc.integer({ min: 7, max: 40 }) },
  ),
})
type Word = typeof word extends fc.Arbitrary<infer one> ? one : never

/** What each kind of step says, all of it. */
const SAYS = {
  statement: '本人陈述',
  facts: '经查证的事实',
  reason: '依据事实作出',
  basis: '《办法》第三条',
  document: '文书1号',
}
const NEEDS: Record<string, readonly string[]> = {
  open: ['statement'],
  contest: ['statement'],
  lodge: ['statement'],
  appeal: ['statement'],
  note: ['document', 'day'],
  forward: ['reason'],
  extend: ['reason'],
  reject: ['reason'],
  'uphold-correct': ['reason', 'fields'],
  'uphold-withdraw': ['reason'],
  apply: ['facts'],
  more: ['reason'],
  supplement: ['facts'],
  refuse: ['reason'],
  grant: ['reason'],
  annul: ['document'],
  change: ['fields'],
  uphold: ['reason'],
  dismiss: ['reason'],
  notify: ['facts'],
  rectify: ['facts'],
  interview: ['day'],
  serve: ['document'],
  state: ['statement'],
  answer: ['statement'],
  hear: ['facts'],
  determine: ['reason'],
  drop: ['reason'],
  supervise: ['facts'],
  meet: ['day'],
  remove: ['reason'],
  carry: ['reason'],
  late: ['reason'],
  lift: ['reason'],
  mistaken: ['reason'],
  harm: ['reason'],
  'not-applicable': ['reason'],
}
/** Goes on rather than ends the case: so that sequences get somewhere. */
const ONWARD = new Set('forward extend accept supplement notify serve state determine meet respond carry'.split(' '))
/** Kinds of units whom 安全生产法 78 means: for development, approval, emergencies, housing. */
const MEASURE_KINDS = ['development', 'approval', 'emergency', 'housing']

type Told = { steps: number; taken: number; seen: Record<string, number> }

async function live(world: World, people: Person[], records: Rec[], words: readonly Word[], told: Told) {
  const oracle: Oracle = makeOracle(world.system.reference.pack.calendar)
  oracle.records.push(...records)
  const { door } = world
  const actors: Person[] = [...world.desks, ...people]
  const note = (what: string) => (told.seen[what] = (told.seen[what] ?? 0) + 1)
  let version = 0

  // who may; else, mostly, somebody of the same unit or another person, who nearly may; else anybody
  const pick = (of: Word, may: (actor: Person) => boolean, unit?: string): Person => {
    const able = of.aim ? actors.filter(may) : []
    const near =
      of.who % 4 === 0 ? [] : actors.filter((one) => !may(one) && (one.unit === unit || one.person !== undefined))
    const from = able.length > 0 ? able : near.length > 0 ? near : actors
    const actor = from[of.who % from.length]
    assert.ok(actor)
    return actor
  }
  const contentOf = (kind: string, of: Word, rec: Rec | undefined, full: boolean) => {
    const content: Record<string, unknown> = {
      ...SAYS,
      day: world.today(),
      outcome: 'revocation',
      ...(rec && { fields: { [fieldOf(rec.kind)]: `更正${(version += 1)}` } }),
      ...(rec?.facts !== undefined && { facts: rec.facts }),
    }
    const [needed] = NEEDS[kind] ?? []
    if (!full && needed !== undefined) delete content[NEEDS[kind]?.[of.kind % (NEEDS[kind]?.length ?? 1)] ?? needed]
    return content
  }
  const isFull = (kind: string, of: Word) => !of.forget || NEEDS[kind] === undefined

  function enter(came: Came, of: Omit<Case, 'id' | 'step' | 'silent'>): Case {
    const made: Case = { ...of, id: came.body.case, step: 1 }
    made.silent = oracle.silenceOf(of.machine, of.kind, world.today())
    oracle.cases.push(made)
    told.taken += 1
    note(`${of.machine}/${of.kind}`)
    return made
  }
  const check = (came: Came, may: boolean, what: string) =>
    assert.equal(
      came.ok,
      may,
      `${what} on ${world.today()}: ${came.code || 'taken'} ${JSON.stringify(came.body?.rule ?? '')}`,
    )

  async function startOwn(of: Word) {
    const day = world.today()
    const kinds = [
      'objection/open',
      'objection/contest',
      'repair/apply',
      'repair/apply',
      'review/lodge',
      'review/appeal',
    ]
    const [machine = '', kind = ''] = (kinds[of.kind % kinds.length] ?? '').split('/')
    const mine = oracle.records.filter((one) => one.person === of.person)
    const theirs = oracle.cases.filter((one) => one.person === of.person)
    const targets = theirs.filter(({ machine: id }) => !of.on || id === 'listing' || id === 'measure')
    const target = kind === 'contest' || kind === 'appeal' ? targets[of.which % Math.max(targets.length, 1)] : undefined
    const aimed = of.aim && machine === 'repair' ? mine.filter((rec) => oracle.repairable(rec, day)) : []
    const rec = target ? undefined : (aimed.length > 0 ? aimed : mine)[of.which % (aimed.length || mine.length)]
    if (!rec && !target) return
    // a case about an entry is about its record
    const about = target?.machine === 'listing' ? target.rec : rec
    const of2 = { machine, kind, person: of.person, rec: about, target, unit: target?.unit ?? rec?.unit ?? '' }
    const full = isFull(kind, of)
    const who = pick(of, (actor) => oracle.mayStart({ ...of2, actor, full }, day), of2.unit)
    const whom = people[of.person]
    const came = await door.startOwn(who, {
      machine,
      kind,
      ...(target ? { target: target.id } : { record: rec?.id ?? '' }),
      ...(who.person !== undefined && who.person !== of.person && whom?.subject ? { for: whom.subject } : {}),
      content: contentOf(kind, of, undefined, full),
    })
    check(came, oracle.mayStart({ ...of2, actor: who, full }, day), `${machine}/${kind} by ${who.unit ?? 'a person'}`)
    if (came.ok) enter(came, { ...of2, proposer: who.account })
  }

  async function noteReview(of: Word) {
    const rec = records.filter((one) => one.person === of.person)[of.which % 4]
    if (!rec) return
    const of2 = { machine: 'review', kind: 'note', person: of.person, rec, unit: rec.unit }
    const full = isFull('note', of)
    const who = pick(of, (actor) => oracle.mayStart({ ...of2, actor, full }, world.today()))
    if (who.unit === undefined) return
    const came = await door.startDesk(who, {
      machine: 'review',
      kind: 'note',
      number: world.numberOf(of.person),
      record: { item: ITEM[rec.kind], naturalKey: [rec.document, ''] },
      content: contentOf('note', of, undefined, full),
    })
    check(came, oracle.mayStart({ ...of2, actor: who, full }, world.today()), `review/note by ${who.unit}`)
    if (came.ok) enter(came, { ...of2, proposer: who.account })
  }

  async function proposeOne(of: Word) {
    const start = { machine: 'listing', kind: 'propose', person: of.person, unit: 'tj-emergency' }
    const day = world.today()
    const standing = oracle.cases.some(
      (one) =>
        one.machine === 'listing' &&
        one.person === of.person &&
        one.kind !== 'drop' &&
        one.kind !== 'remove' &&
        (one.day === undefined || oracle.entryOver(one, day) === undefined),
    )
    const earlier = oracle.cases.filter((one) => one.machine === 'listing' && one.person === of.person)
    const facts = (of.kind % 3 === 0 ? earlier.at(-1)?.rec?.facts : undefined) ?? `经查证的事实${(version += 1)}`
    const may = (actor: Person) =>
      !standing && !oracle.isRefuted(of.person, facts) && oracle.mayStart({ ...start, actor, full: true }, day)
    const who = pick(of, may, start.unit)
    if (who.unit === undefined) return
    const came = await door.propose(who, {
      list: 'serious-work-safety-person',
      criterion: 'work-safety-person',
      number: world.numberOf(of.person),
      name: '测试人',
      facts,
      document: `证据${(version += 1)}`,
    })
    check(came, may(who), `propose by ${who.unit} ${who.roles.join()}`)
    if (!came.ok) return
    const rec: Rec = {
      id: world.entryId(of.person, came.body.entry),
      person: of.person,
      kind: 'entry',
      unit: 'tj-emergency',
      document: came.body.entry,
      decided: day,
      says: '严重',
      wrong: new Set(),
      said: new Set(['严重']),
      shownTo: new Set(),
      itemTo: new Set(),
      told: [],
      facts,
    }
    enter(came, { ...start, rec, proposer: who.account })
  }

  async function next(of: Word) {
    const open = oracle.cases.filter((one) => !oracle.closed(one) || of.any)
    // lists and measures are few among many objections: theirs come first half of the time
    const long = of.on ? open.filter(({ machine }) => machine === 'listing' || machine === 'measure') : []
    const from = long.length > 0 && of.act % 2 === 0 ? long : open
    const last = from[of.which % Math.max(from.length, 1)]
    if (!last) return
    const possible = lawKinds(last.machine, last.kind)
    // who may not tries what matters most: decisions among the rest
    const onward = of.on && of.aim ? possible.filter((kind) => ONWARD.has(kind)) : []
    const kinds = of.any ? lawKinds(last.machine) : onward.length > 0 ? onward : possible
    const kind = kinds[of.kind % Math.max(kinds.length, 1)] ?? ''
    if (kind === '' || ['open', 'lodge', 'apply', 'propose', 'task'].includes(kind)) return
    const day = world.today()
    const full = isFull(kind, of)
    const say = (actor: Person) => ({ actor, last, kind, full, seen: !of.stale, way: 'revocation' })
    const repeats =
      last.machine === 'listing' && kind === 'notify' && oracle.isRefuted(last.person, last.rec?.facts, last.rec)
    const mayStep = (actor: Person) => !repeats && oracle.mayStep(say(actor), day)
    const who = pick(of, mayStep, last.unit)
    const content = contentOf(kind, of, last.rec, full)
    const came = await door.step(who, { case: last.id, step: last.step - (of.stale ? 1 : 0), kind, content })
    const what = `${last.machine}/${last.kind}/${kind} by ${who.unit ?? `person ${who.person}`} (${who.roles.join()})`
    check(came, mayStep(who), what)
    if (!came.ok) return
    told.taken += 1
    note(`${last.machine}/${kind}`)
    const step = lawStep(last.machine, last.kind, kind)
    last.silent = oracle.silenceOf(last.machine, kind, day, last.silent)
    last.kind = kind
    last.step += 1
    if (step?.does.has('opens')) last.window = oracle.windowOf(day)
    if (step?.does.has('ends')) {
      const ended = { repair: 'repaired', listing: 'removed' }[last.machine] ?? 'refuted'
      oracle.end(last.rec, ended)
      if (ended === 'refuted' && last.rec) last.rec.refuted = true
    }
    const says = String((content['fields'] as Record<string, string> | undefined)?.[fieldOf(last.rec?.kind ?? 'minor')])
    if (kind === 'uphold-correct' || kind === 'change') oracle.correct(last.rec, says, true)
    if (`${last.machine}/${kind}` === 'listing/determine') await listed(last, day)
    await told9(last, kind)
  }

  /** The entry is in force from today, its record on file, its measures sent to whom the list names, and to nobody else. */
  async function listed(last: Case, day: string) {
    last.day = day
    last.until = plusMonths(day, 36)
    if (last.rec) {
      last.rec.decided = day
      oracle.records.push(last.rec)
    }
    const person = people[last.person]
    assert.ok(person)
    const { body } = await door.cases(person)
    const sent = body.cases.filter(
      (one: { machine: string; target?: string }) => one.machine === 'measure' && one.target === last.id,
    )
    const units = sent.map((one: { owner: { id: string } }) => one.owner.id)
    const named = world.system.reference.pack.units.filter(
      ({ kind, from, until }) => MEASURE_KINDS.includes(kind) && from <= day && (until === undefined || day < until),
    )
    assert.deepEqual(units.toSorted(), named.map(({ id }) => id).toSorted())
    for (const { case: id, owner } of sent)
      oracle.cases.push({
        id,
        machine: 'measure',
        kind: 'task',
        step: 1,
        person: last.person,
        target: last,
        unit: owner.id,
        proposer: 0,
      })
  }

  /** Every "no" says where it is contested and until when (G9). */
  async function told9(last: Case, kind: string) {
    const no = ['reject', 'refuse', 'determine', 'carry'].includes(kind) && last.machine !== 'measure-refuse'
    const person = people[last.person]
    if (!no || !person || `${last.machine}/${kind}` === 'measure/refuse') return
    const { body } = await door.cases(person)
    const mine = body.cases.find((one: { case: string }) => one.case === last.id)
    const remedies = mine.steps.at(-1).content.remedies ?? []
    assert.deepEqual(
      remedies.map(({ until }: { until: string }) => until > world.today()),
      [true, true],
      `${last.machine}/${kind} says how it is contested`,
    )
    note('no')
  }

  async function sendAgain(of: Word) {
    const rec = records.filter((one) => one.person === of.person)[of.which % 4]
    if (!rec) return
    const says = of.on ? [...rec.said][of.kind % rec.said.size] : `另一说法${(version += 1)}`
    const came = await world.send(rec, says ?? '')
    const due = oracle.resent(rec, says ?? '')
    const is = isRefusal(came) ? 'refused' : came.versions === 1 ? 'version' : 'duplicate'
    assert.equal(is, due, `${rec.kind} sent again`)
    if (due === 'version') oracle.correct(rec, says ?? '', false)
    note(`sent ${due}`)
  }

  async function withdrawOne(of: Word) {
    const rec = records.filter((one) => one.person === of.person)[of.which % 4]
    const clerks = world.desks.filter(({ roles }) => roles.includes('clerk'))
    const who = of.aim ? world.desks[0] : clerks[of.who % clerks.length]
    if (!rec || !who) return
    const came = await door.withdraw(who, {
      item: ITEM[rec.kind],
      number: world.numberOf(of.person),
      naturalKey: [rec.document, ''],
      reason: '误报',
    })
    check(came, who.unit === rec.unit, `withdrawal by ${who.unit}`)
    if (came.ok) oracle.end(rec, 'withdrawn')
  }

  const { lookUp, ownArchive, recalls, measures } = makeReadings(world, oracle, people, note)

  for (const of of words) {
    await world.pass(of.days)
    told.steps += 1
    if (of.act < 10) await lookUp(of)
    else if (of.act < 14) await ownArchive(of)
    else if (of.act < 17) await recalls(of)
    else if (of.act < 20) await measures(of)
    else if (of.act < 23) await sendAgain(of)
    else if (of.act < 24 && of.stale) await withdrawOne(of)
    else if (of.act < 28) await proposeOne(of)
    else if (of.act < 30) await noteReview(of)
    else if (of.act < 50) await startOwn(of)
    else await next(of)
  }
}

async function run(t: TestContext, through: 'operations' | 'api', runs: number, steps: number): Promise<Told> {
  const world = await withWorld(t, through, BASE)
  const told: Told = { steps: 0, taken: 0, seen: {} }
  const sequences = fc.sample(fc.array(word, { minLength: steps, maxLength: steps }), {
    numRuns: runs,
    seed: SEED,
    unbiased: true,
  })
  for (const [at, words] of sequences.entries()) {
    const { people, records } = await world.begin()
    const before = told.steps
    await live(world, people, records, words, told).catch((error: unknown) => {
      throw new Error(`sequence ${at}, step ${told.steps - before}`, { cause: error })
    })
  }
  t.diagnostic(`${told.steps} steps, ${told.taken} taken: ${JSON.stringify(told.seen)}`)
  return told
}

test('G5–G7, G9, G10, model: objection, repair, review, lists and measures in any order by anybody', async (t) => {
  const { steps } = await run(t, 'operations', 10, 400)
  assert.ok(steps >= 4000)
})

test('the same through the public API', async (t) => {
  const { steps } = await run(t, 'api', 2, 250)
  assert.ok(steps >= 500)
})
