import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lawKinds, lawStep, plusPeriod } from './law.fixture.ts'
import { ENDED, maySay, numbers, pickActor, pickKind, withModel, type Known } from './model.fixture.ts'

// G6: whatever is said to the database by whomever, in any order, at any date, nobody is on a list without notice, the full
// window and a determination by another; and whoever has had all that, is. What is foretold is foretold without the database.

const RUNS = 8
const STEPS = 400
/** Who may list a person for what, and for how long; whoever else says so says it in vain. */
const LAWFUL: Readonly<Record<string, { machine: string; unit: string; term: string; renew?: string }>> = {
  'serious-work-safety-person': { machine: 'listing', unit: 'tj-emergency', term: 'P3Y' },
  'red-youth': { machine: 'exemplar', unit: 'demo-youth', term: 'P1Y', renew: 'P1Y' },
}
/** Lists of organisations, of other authorities, and of office-holders beside an organisation's entry. */
const OTHERS = ['serious-work-safety-organisation', 'court-default-person', 'serious-wages-person']

const word = fc.record({
  act: fc.integer({ min: 0, max: 99 }),
  who: fc.nat(99),
  which: fc.nat(99),
  kind: fc.nat(99),
  any: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  on: fc.integer({ min: 0, max: 9 }).map((n) => n > 1),
  aim: fc.integer({ min: 0, max: 9 }).map((n) => n > 2),
  person: fc.nat(2),
  list: fc.nat(99),
  /** leaves out what the step must bring, or brings too little of it */
  forget: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  short: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  days: fc.oneof(
    { weight: 20, arbitrary: fc.constant(0) },
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 15 }) },
    { weight: 1, arbitrary: fc.integer({ min: 16, max: 120 }) },
  ),
})
type Word = typeof word extends fc.Arbitrary<infer one> ? one : never

test('G6, model: no sequence enters anyone without notice, the full window and another determiner; every full one does', async (t) => {
  const city = await withModel(t, [
    ['tj-emergency', ['clerk']],
    ['tj-emergency', ['reviewer']],
    ['tj-emergency', ['clerk', 'reviewer']],
    ['demo-youth', ['clerk', 'reviewer']],
    ['demo-youth', ['reviewer']],
    ['demo-court', ['clerk', 'reviewer', 'court']],
  ])
  const { pack } = city.reference
  const lists = [...Object.keys(LAWFUL), ...OTHERS]
  let [steps, taken, entered] = [0, 0, 0]

  async function start(cases: Known[], of: Word) {
    const list = pack.lists.findLast(({ id }) => id === lists[of.list % lists.length])
    const lawful = list && LAWFUL[list.id]
    const machine = of.any ? 'exemplar' : (lawful?.machine ?? 'listing')
    const kind = machine === 'listing' ? 'propose' : 'nominate'
    const criterion = list?.criteria[of.kind % list.criteria.length]
    if (!list || !criterion) return
    const nk = city.nextNk()
    const unitOf = ({ unit }: { unit: string }) => (unit === '' ? 'tj-emergency' : unit)
    const sayable = (one: Parameters<typeof maySay>[0]['actor']) =>
      maySay({
        actor: one,
        last: undefined,
        machine,
        kind,
        unit: unitOf(one),
        person: of.person,
        today: city.today(),
      }) !== undefined && unitOf(one) === lawful?.unit
    const actor = pickActor(city.actors(), of, sayable)
    if (!actor) return
    const unit = unitOf(actor)
    const live = cases.some(
      (one) =>
        one.person === of.person &&
        one.list === list.id &&
        !ENDED.includes(one.kind) &&
        (one.day === '' || city.today() < one.until),
    )
    const may = sayable(actor) && !of.forget && lawful?.machine === machine && !live
    const file = await city.take({
      actor,
      person: of.person,
      machine,
      kind,
      nk,
      unit,
      tell: true,
      enter: of.forget
        ? undefined
        : [
            `enter_listing('${city.subject(of.person)}', s.num, '${list.id}', '${criterion.id}', '1', true, null, null)`,
            ...(machine === 'listing' ? [city.ground(of.person)] : []),
          ],
    })
    // a refusal by the function that enters is an outcome and no error: the keys refuse the commit then
    assert.equal(file !== undefined, may, `${kind} ${list.id} by ${actor.unit}`)
    if (file === undefined) return
    taken += 1
    cases.push({
      person: of.person,
      machine,
      file,
      step: 1,
      kind,
      nk,
      unit,
      target: 0n,
      proposer: actor.account,
      list: list.id,
      window: '',
      notified: false,
      record: '',
      day: '',
      until: '',
      measure: '',
    })
  }

  async function next(last: Known, of: Word) {
    const { machine, person } = last
    const kind = pickKind(last, of)
    const list = LAWFUL[last.list]
    const say = { last, machine, kind, unit: last.unit, person, today: city.today() }
    const actor = pickActor(city.actors(), of, (one) => maySay({ ...say, actor: one }) !== undefined)
    if (!actor) return
    const step = maySay({ ...say, actor })
    const opens = lawKinds(machine).some((after) => lawStep(machine, after, kind)?.does.has('opens'))
    const enters = kind === 'determine' || kind === 'renew'
    const full = city.termEnd(machine === 'listing' ? 'list-window' : 'list-publicity')
    const window = of.short ? Temporal.PlainDate.from(full).subtract({ days: 1 }).toString() : full
    const live = last.day !== '' && city.today() < last.until
    const may =
      step !== undefined &&
      (kind !== 'notify' || !of.forget) &&
      (!opens || (!of.forget && !of.short && (machine === 'exemplar' ? !of.forget : last.notified))) &&
      (!enters || (!of.forget && last.record !== '' && (kind === 'determine' || live)))
    const num = await city.take({
      actor,
      person,
      machine,
      kind,
      last,
      window,
      tell: !of.forget,
      enter: of.forget
        ? undefined
        : kind === 'notify'
          ? [city.ground(person)]
          : opens || enters
            ? [`${opens ? 'enter_window' : 'enter_entry'}('${city.subject(person)}', s.num)`]
            : undefined,
    })
    assert.equal(num !== undefined, may, `${machine}/${last.kind}/${kind} by ${actor.unit} ${actor.roles.join()}`)
    if (num === undefined) return
    taken += 1
    last.step += 1
    last.kind = kind
    if (kind === 'notify') last.notified = !of.forget
    if (opens) last.window = window
    if (enters) {
      entered += 1
      if (last.day === '') last.day = city.today()
      const term = (kind === 'renew' ? list?.renew : list?.term) ?? 'P1D'
      last.until = plusPeriod(city.today(), term)
    }
  }

  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: STEPS, maxLength: STEPS }), async (words) => {
      const cases: Known[] = []
      await city.begin()
      for (const of of words) {
        if (of.days > 0) await city.pass(of.days)
        const known = cases[of.which % Math.max(cases.length, 1)]
        steps += 1
        if (of.act < 8 || !known) await start(cases, of)
        else if (of.act < 14 && known.record === '') {
          known.record = city.today()
          await city.insertRecord(known, known.machine === 'listing' ? 'list-entry-person' : 'honour-entry-person')
        } else if (of.act < 18) {
          const due = cases.filter(
            (one) =>
              one.person === of.person &&
              one.machine === 'listing' &&
              one.day !== '' &&
              one.kind !== 'remove' &&
              Temporal.PlainDate.from(one.record).add({ years: 3 }).toString() > city.today(),
          )
          assert.deepEqual(numbers(await city.shown(of.person)), numbers(due.map(({ nk }) => nk)))
        } else await next(known, of)
      }
    }),
    { numRuns: RUNS, seed: 20261124, endOnFailure: true },
  )
  assert.ok(steps >= RUNS * STEPS, String(steps))
  assert.ok(taken > 400 && entered > 15, `${taken} taken, ${entered} entered`)

  // and as the rows say, whoever wrote them: counted here, from the rows alone
  const { rows } = await city.owner.query<{ bad: bigint; all: bigint }>(`
    select count(*) as all, count(*) filter (where not exists (
      select from xinheng.action s join xinheng.action n on n.subject = s.subject and n.file = s.file and n.step < s.step
        join xinheng.notice w on w.subject = n.subject and w.action = n.num
        where s.subject = d.subject and s.file = d.file and s.kind = 'serve' and n.kind = 'notify'
          and s.window_end - s.day >= 10 and d.day > s.window_end and s.step < d.step)
      or exists (select from xinheng.action p where p.subject = d.subject and p.file = d.file and p.step = 1 and p.actor = d.actor)) as bad
    from xinheng.action d where d.machine = 'listing' and d.kind = 'determine'`)
  assert.equal(Number(rows[0]?.bad), 0)
  assert.ok(Number(rows[0]?.all) > 2)
})
