import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { readPackFiles } from '#operations/pack-files.ts'
import { inForce, unitMatches } from './catalog.ts'
import { checkLayers, isPackLayer } from './pack-check.ts'
import { mergePack } from './pack-merge.ts'
import type { Sheet, Task } from './pack-plan.ts'
import type { List, Measure, RepairRule, Term } from './pack-process.ts'
import type { Item, Pack, PackLayer, Purpose } from './pack.ts'

const { layer: rules } = await readPackFiles('rules', join(import.meta.dirname, '../../test/packs/right/rules'))
assert.ok(isPackLayer(rules))
const upperLayer: PackLayer = rules
const upper = mergePack([upperLayer])
const DAYS = ['2021-01-01', '2022-01-01', '2023-06-30', '2024-01-01', '2030-01-01']
const BASIS = [{ document: '某条例', rank: 'local-regulation' as const }]

const first = <T>(all: readonly T[]): T => {
  const [one] = all
  assert.ok(one !== undefined)
  return one
}
/** A rule said again, some of its properties changed at random. */
const again = <T extends object>(rule: T, changes: { [K in keyof T]?: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc
    .record({ ...changes, from: fc.constantFrom(...DAYS.slice(0, 4)) }, { requiredKeys: ['from'] })
    .map((changed) => ({ ...rule, ...changed, basis: BASIS }))
const some = <T>(...values: T[]) => fc.subarray(values, { minLength: 1 })
/** As often right as not: a wrong one hides what the others do. */
const mostly = <T>(right: T, any: fc.Arbitrary<T>) => fc.oneof({ arbitrary: fc.constant(right), weight: 3 }, any)
const days = fc.integer({ min: 1, max: 14 }).map((count) => `P${count}WD`)
const years = fc.constantFrom('P1Y', 'P2Y', 'P3Y', 'P6M')

const [answer, window] = upper.terms
assert.ok(answer && window)
const grave = first(upper.lists)
const noAward = first(upper.measures)
const repair = first(upper.repair)
const [harm, often] = grave.criteria
assert.ok(harm && often)
const other = { ...harm, id: 'other' }
const ownList: List = { ...grave, id: 'own', criteria: [harm], basis: BASIS, from: '2022-01-01' }

const terms = fc.array(
  fc.oneof(
    again<Term>(answer, { period: days, extend: days }),
    again<Term>(window, { period: days }),
    again<Term>(window, { period: days, least: fc.constant(undefined) }),
  ),
  { maxLength: 2 },
)
const lists = fc.array(
  fc.oneof(
    again<List>(grave, {
      criteria: fc.constantFrom<List['criteria']>(
        [harm],
        [harm, often],
        [harm, other],
        [{ ...harm, text: { zh: '其他', en: 'Else' } }],
      ),
      term: years,
      hearing: fc.boolean(),
      units: some('kind:market', 'kind:court', 'rules-market', 'rules-court'),
      removal: fc.subarray(['term', 'repair', 'review', 'request'] as const, { minLength: 1 }),
      window: fc.constantFrom('window', 'answer'),
      publish: fc.constant({ persons: true, basis: [{ document: '某法', rank: 'law' as const }] }),
    }),
    again<List>(grave, {
      criteria: fc
        .record({ count: fc.integer({ min: 1, max: 6 }), within: years, items: some('entry') })
        .map((flag) => [harm, { ...often, flag }]),
    }),
    fc.constant(ownList),
  ),
  { maxLength: 2 },
)
const measures = fc.array(
  again<Measure>(noAward, {
    lists: mostly(['grave'], some('grave', 'own')),
    term: mostly('P6M', fc.oneof(years, fc.constantFrom<Measure['term']>('cause', 'life'))),
    kind: mostly('B', fc.constantFrom('A', 'B', 'C')),
    units: mostly(['rules-market'], some('kind:market', 'kind:court', 'rules-market')),
  }),
  { maxLength: 1 },
)
const repairs = fc.array(
  again<RepairRule>(repair, {
    conditions: fc.subarray([...repair.conditions, { zh: '公告', en: 'Announce' }], { minLength: 1 }),
    irreparable: fc.constant(true),
  }),
  { maxLength: 1 },
)
const UNITS = [{ id: 'here-market', name: { zh: '本地市监', en: 'Local market' }, kind: 'market', from: '2020-01-01' }]
const DOCUMENT = {
  id: 'ZZ',
  name: { zh: '方案', en: 'Plan' },
  cite: '某方案',
  paragraphs: [{ at: '一', name: { zh: '一', en: 'One' }, kind: 'task' as const }],
}
const named = { name: { zh: '本地', en: 'Local' }, basis: BASIS, from: '2022-01-01' }
const reach = fc.constantFrom<string[]>(
  ['*'],
  ['kind:market'],
  ['here-market'],
  ['here-market', 'kind:court'],
  ['rules-market'],
)
const lines = fc.array(fc.record({ title: fc.constant({ zh: '项', en: 'Line' }), of: fc.constantFrom(10, 100) }), {
  minLength: 1,
  maxLength: 2,
})
const sheets = fc.array(
  fc
    .record({ id: fc.constantFrom('yearly', 'own'), units: reach, lines })
    .map((sheet): Sheet => ({ ...named, by: 'inspection', ...sheet })),
  { maxLength: 1 },
)
const duties = fc
  .record({ lead: reach, joint: fc.option(reach, { nil: undefined }), units: reach })
  .map(({ lead, joint, units }): Pick<PackLayer, 'documents' | 'tasks' | 'programmes' | 'funds'> => {
    const task: Task = {
      id: 'own-task',
      document: 'ZZ',
      number: '一',
      title: named.name,
      text: named.name,
      lead,
      ...(joint ? { joint } : {}),
      evidence: [named.name],
      basis: BASIS,
      from: named.from,
    }
    return {
      documents: [DOCUMENT],
      tasks: [task],
      programmes: [{ ...named, id: 'own-programme', kind: 'training', audience: named.name, units }],
      funds: [{ ...named, id: 'own-fund', units }],
    }
  })
const [upperTrial] = upper.purposes
const ruling = upper.items.find(({ id }) => id === 'ruling')
assert.ok(upperTrial?.withhold && ruling?.notify)
const { withhold } = upperTrial
const purposes = fc.array(
  fc.record({ id: fc.constantFrom('trial', 'own-trial'), withheld: fc.boolean() }).map(({ id, withheld }): Purpose => {
    const { withhold: _, ...purpose } = upperTrial
    return { ...purpose, id, basis: BASIS, ...(withheld ? { withhold } : {}) }
  }),
  { maxLength: 1 },
)
const items = fc.array(
  fc.record({ told: fc.boolean(), id: fc.constantFrom('ruling', 'own-ruling') }).map(({ told, id }): Item => {
    const { notify, ...item } = ruling
    return { ...item, id, name: { zh: `裁决${id}`, en: id }, ...(told && notify ? { notify } : {}) }
  }),
  { maxLength: 1 },
)

const generated = { terms, lists, measures, repair: repairs, sheets, purposes, items, duties }
type Named = keyof typeof generated
const NAMES = Object.keys(generated).filter((name): name is Named => name in generated)
/** Two sections at most: one wrong one hides what the others do. */
const layer = fc
  .tuple(fc.record(generated), fc.subarray(NAMES, { minLength: 1, maxLength: 2 }))
  .map(([{ duties: plan, ...sections }, names]): PackLayer => ({
    pack: { id: 'here', name: { zh: '本地', en: 'Here' }, extends: 'rules', version: '1' },
    units: UNITS,
    ...Object.fromEntries(Object.entries(sections).filter(([name]) => names.includes(name as Named))),
    ...(names.includes('duties') ? plan : {}),
  }))

/** Written apart from the check: the first limit of the upper pack that a merged one goes beyond on some day. */
function findWidened(pack: Pack): string | undefined {
  for (const day of DAYS) {
    const at = <T extends { id: string; from: string; until?: string }>(all: readonly T[], id: string) =>
      all.filter((one) => one.id === id && inForce(one, day))
    for (const [all, olds] of [
      [pack.terms, upper.terms],
      [pack.lists, upper.lists],
      [pack.measures, upper.measures],
      [pack.repair, upper.repair],
    ] as const) {
      for (const { id } of olds)
        if (at<{ id: string; from: string; until?: string }>(all, id).length !== 1) return `${day} ${id} not once`
    }
    const length = (period: string | undefined) => Number(/\d+/.exec(period ?? '0'))
    const months = (period: string | undefined) => length(period) * (period?.endsWith('Y') ? 12 : 1)
    const office = first(at(pack.terms, 'answer'))
    if (length(office.period) > 5 || length(office.extend) > 5) return `${day} the office has longer`
    if (length(first(at(pack.terms, 'window')).period) < 10) return `${day} the person has less`
    const list = first(at(pack.lists, 'grave'))
    if (list.window !== 'window' && length(first(at(pack.terms, list.window ?? '')).period) < 10)
      return `${day} less defence`
    if (list.criteria.some(({ id, text }) => !grave.criteria.some((one) => one.id === id && one.text.zh === text.zh)))
      return `${day} criteria`
    if (months(list.term) > 24 || !list.hearing || list.publish) return `${day} term, hearing, publication`
    if (list.units.some((unit) => unit !== 'kind:market' && unit !== 'rules-market')) return `${day} units of the list`
    if (grave.removal.some((way) => !list.removal.includes(way))) return `${day} fewer ways out`
    const measure = first(at(pack.measures, 'no-award'))
    if (measure.lists.some((id) => id !== 'grave') || measure.kind !== 'B') return `${day} measure on more`
    if (!measure.term.startsWith('P') || months(measure.term) > 12) return `${day} measure for longer`
    if (measure.units.some((unit) => unit !== 'kind:market' && unit !== 'rules-market'))
      return `${day} units of the measure`
    const flags = list.criteria.flatMap(({ flag }) => flag ?? [])
    if (flags.some((one) => one.count < 3 || months(one.within) > 12 || one.items.some((id) => id !== 'entry')))
      return `${day} counts sooner, longer or more`
    const silent = upper.items.filter(({ notify }) => !notify).map(({ id }) => id)
    if (
      pack.items.some(
        (item) => item.nature === 'adverse' && !silent.includes(item.id) && !item.notify && inForce(item, day),
      )
    )
      return `${day} a person is not told`
    if (pack.purposes.some(({ id, withhold: hidden }) => hidden && id !== 'trial')) return `${day} withheld`
    if (at(pack.purposes, 'trial').length !== 1 || at(pack.items, 'ruling').length !== 1) return `${day} said again`
    if (JSON.stringify(at(pack.sheets, 'yearly')) !== JSON.stringify(upper.sheets)) return `${day} the sheet`
    const own = [...pack.sheets, ...pack.tasks, ...pack.programmes, ...pack.funds].filter(({ id }) => id !== 'yearly')
    const reached = own
      .flatMap((one) => ('lead' in one ? [...one.lead, ...(one.joint ?? [])] : one.units))
      .flatMap((pattern) => pack.units.filter((unit) => unitMatches(pattern, unit)))
    if (reached.some(({ id }) => id.startsWith('rules-'))) return `${day} something to do for those above`
    const way = first(at(pack.repair, 'repair-serious'))
    if (way.irreparable || repair.conditions.some(({ zh }) => !way.conditions.some((one) => one.zh === zh)))
      return `${day} repair`
  }
  return undefined
}

test('a lower pack that passes the check widens no limit: terms, lists, measures, repair, notices, withholding, duties', () => {
  const passed = new Map<string, number>()
  fc.assert(
    fc.property(layer, (lower) => {
      if (checkLayers([upperLayer, lower]).length > 0) return
      for (const [name, section] of Object.entries(lower))
        if (Array.isArray(section) && section.length > 0) passed.set(name, (passed.get(name) ?? 0) + 1)
      assert.equal(findWidened(mergePack([upperLayer, lower])), undefined)
    }),
    { numRuns: 2000, seed: 20260401 },
  )
  for (const name of ['terms', 'lists', 'measures', 'repair', 'sheets', 'purposes', 'items', 'tasks'])
    assert.ok((passed.get(name) ?? 0) >= 10, `${name}: only ${passed.get(name) ?? 0} passed`)
})

test('the property would notice: packs that do not pass widen', () => {
  let widened = 0
  fc.assert(
    fc.property(layer, (lower) => {
      if (checkLayers([upperLayer, lower]).length > 0 && findWidened(mergePack([upperLayer, lower]))) widened += 1
    }),
    { numRuns: 500, seed: 20260401 },
  )
  assert.ok(widened > 100, `only ${widened}`)
})

test('what is said again holds from its day until its end, and the upper rule before and after', () => {
  const lower: PackLayer = {
    pack: { id: 'here', name: { zh: '本地', en: 'Here' }, extends: 'rules', version: '1' },
    terms: [{ ...answer, period: 'P3WD', basis: BASIS, from: '2022-01-01', until: '2024-01-01' }],
  }
  assert.deepEqual(checkLayers([upperLayer, lower]), [])
  const pack = mergePack([upperLayer, lower])
  const on = (day: string) =>
    pack.terms.filter((term) => term.id === 'answer' && inForce(term, day)).map(({ period }) => period)
  assert.deepEqual(['2021-12-31', '2022-01-01', '2023-12-31', '2024-01-01'].map(on), [
    ['P5WD'],
    ['P3WD'],
    ['P3WD'],
    ['P5WD'],
  ])
})
