import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { readPackFiles } from '#operations/pack-files.ts'
import { inForce } from './catalog.ts'
import { checkLayers, isPackLayer } from './pack-check.ts'
import { mergePack } from './pack-merge.ts'
import type { List, Measure, RepairRule, Term } from './pack-process.ts'
import type { Pack, PackLayer } from './pack.ts'

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
      criteria: fc.constantFrom([harm], [harm, often], [harm, other], [{ ...harm, text: { zh: '其他', en: 'Else' } }]),
      term: years,
      hearing: fc.boolean(),
      units: some('kind:market', 'kind:court', 'rules-market', 'rules-court'),
      removal: fc.subarray(['term', 'repair', 'review', 'request'] as const, { minLength: 1 }),
      window: fc.constantFrom('window', 'answer'),
      publish: fc.constant({ persons: true, basis: [{ document: '某法', rank: 'law' as const }] }),
    }),
    fc.constant(ownList),
  ),
  { maxLength: 2 },
)
const measures = fc.array(
  again<Measure>(noAward, {
    lists: some('grave', 'own'),
    term: fc.oneof(years, fc.constantFrom<Measure['term']>('cause', 'life')),
    kind: fc.constantFrom('A', 'B', 'C'),
    units: some('kind:market', 'kind:court', 'rules-market'),
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
const layer = fc.record({ terms, lists, measures, repair: repairs }).map((sections): PackLayer => ({
  pack: { id: 'here', name: { zh: '本地', en: 'Here' }, extends: 'rules', version: '1' },
  ...sections,
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
    const way = first(at(pack.repair, 'repair-serious'))
    if (way.irreparable || repair.conditions.some(({ zh }) => !way.conditions.some((one) => one.zh === zh)))
      return `${day} repair`
  }
  return undefined
}

test('a lower pack that passes the check widens no term, list, measure or condition of repair', () => {
  let passed = 0
  let changing = 0
  fc.assert(
    fc.property(layer, (lower) => {
      if (checkLayers([upperLayer, lower]).length > 0) return
      passed += 1
      const said = [lower.terms, lower.lists, lower.measures, lower.repair].some(
        (section) => section && section.length > 0,
      )
      if (said) changing += 1
      assert.equal(findWidened(mergePack([upperLayer, lower])), undefined)
    }),
    { numRuns: 2000, seed: 20260401 },
  )
  assert.ok(passed > 100 && changing > 50, `only ${passed} passed, ${changing} with something in them`)
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
