import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { readPackFiles } from '#operations/pack-files.ts'
import { deriveGrants, displayClassAt, displayClassOf, displayEnd, itemAt, maySend } from './catalog.ts'
import { checkLayers, isPackLayer } from './pack-check.ts'
import { mergePack } from './pack-merge.ts'
import { SENSITIVITIES, type Item, type Narrowing, type Pack, type PackLayer } from './pack.ts'
import { isNotLonger } from './period.ts'

const { layer: base } = await readPackFiles('base', join(import.meta.dirname, '../../test/packs/right/base'))
assert.ok(isPackLayer(base))
const upperLayers: PackLayer[] = [base]
const upper = mergePack(upperLayers)
const BASIS: Narrowing['basis'] = [{ document: '某方案', rank: 'local-policy' }]
const UNITS: NonNullable<PackLayer['units']> = [
  { id: 'here-market', name: { zh: '本地市监', en: 'Market' }, kind: 'market', from: '2021-01-01' },
  { id: 'here-approval', name: { zh: '本地审批', en: 'Approval' }, kind: 'approval', from: '2021-01-01' },
]
const layerOf = (narrow: Narrowing[], display: PackLayer['display'] = []): PackLayer => ({
  pack: { id: 'here', name: { zh: '本地', en: 'Here' }, extends: 'base', version: '1' },
  units: UNITS,
  display,
  narrow,
})
const narrowing = (rest: Partial<Narrowing>): Narrowing => ({
  item: 'penalty',
  from: '2022-01-01',
  basis: BASIS,
  ...rest,
})
const merged = (...layers: PackLayer[]): Pack => {
  assert.deepEqual(checkLayers([...upperLayers, ...layers]), [])
  return mergePack([...upperLayers, ...layers])
}

test('a narrowing splits an item into before, while and after', () => {
  const pack = merged(layerOf([narrowing({ until: '2024-01-01', refuseAbove: 0.1, require: ['QZ'] })]))
  assert.deepEqual(
    pack.items.filter(({ id }) => id === 'penalty').map(({ from, until, refuseAbove }) => [from, until, refuseAbove]),
    [
      ['2021-01-01', '2022-01-01', 0.2],
      ['2022-01-01', '2024-01-01', 0.1],
      ['2024-01-01', undefined, 0.2],
    ],
  )
  const required = (date: string) => itemAt(pack, 'penalty', date)?.fields.find(({ id }) => id === 'QZ')?.required
  assert.equal(required('2023-12-31'), true)
  assert.equal(required('2024-01-01'), undefined)
})

test('a display cap shortens what is longer and leaves what is shorter', () => {
  const pack = merged(layerOf([narrowing({ display: { class: 'general' } })]))
  const display = itemAt(pack, 'penalty', '2023-01-01')?.display
  assert.equal(display?.class, 'general')
  assert.deepEqual(
    display?.when?.map((rule) => rule.class),
    ['general', 'minor'],
  )
})

test('classes within an upper class keep its shortest time and its end with the licence', () => {
  const display: PackLayer['display'] = [
    {
      id: 'general-half',
      name: { zh: '半年', en: 'Half' },
      within: 'general',
      most: 'P6M',
      for: ['adverse'],
      basis: [{ document: '某规', rank: 'law' }],
      from: '2021-01-01',
    },
    {
      id: 'licence-short',
      name: { zh: '证照', en: 'Licence' },
      within: 'licence',
      most: 'P2Y',
      for: ['neutral'],
      basis: [{ document: '某规', rank: 'law' }],
      from: '2021-01-01',
    },
  ]
  const pack = merged(layerOf([narrowing({ display: { class: 'general-half' } })], display))
  assert.equal(displayClassAt(pack, 'general-half', '2026-01-01')?.least, 'P3M')
  assert.equal(displayClassAt(pack, 'licence-short', '2026-01-01')?.ends, 'valid-until')
})

test('layers may be any number; the lowest names the pack', () => {
  const city = layerOf([narrowing({ sources: ['kind:market'] })])
  const district: PackLayer = {
    pack: { id: 'district', name: { zh: '区', en: 'District' }, extends: 'here', version: '2' },
    narrow: [narrowing({ sources: ['here-market'], refuseAbove: 0.05 })],
  }
  const pack = merged(city, district)
  assert.deepEqual(pack.layers, ['base@1', 'here@1', 'district@2'])
  assert.equal(pack.id, 'district')
  assert.deepEqual(itemAt(pack, 'penalty', '2023-01-01')?.sources, ['here-market'])
  // what the city took away the district cannot give back
  const greedy: PackLayer = { ...district, narrow: [narrowing({ sources: ['kind:court'] })] }
  assert.deepEqual(
    checkLayers([...upperLayers, city, greedy]).map(({ layer, code }) => [layer, code]),
    [[2, 'sources-widened']],
  )
})

const some = <T>(...values: T[]) => fc.subarray(values, { minLength: 1, maxLength: 2 })
const patterns = ['*', 'kind:market', 'kind:approval', 'kind:court', 'here-market', 'here-approval', 'base-court']
const DAYS = ['2021-01-01', '2021-07-01', '2022-01-01', '2024-02-29', '2026-06-01', '2029-12-31']

const grantOf = (item: Item): fc.Arbitrary<Item['see'][number]> =>
  fc
    .record({
      purposes: some('approval', 'trial', 'employment'),
      units: some(...patterns),
      level: fc.constantFrom(...SENSITIVITIES),
      fields: fc.option(some(...item.fields.map(({ id }) => id)), { nil: undefined }),
    })
    .map(({ fields, ...grant }) => (fields ? { ...grant, fields } : grant))

/** One thing a narrowing may say about an item: as often as not more than it may. */
const aspectOf = (item: Item): fc.Arbitrary<Partial<Narrowing>> =>
  fc.oneof(
    fc.record({ sources: some(...patterns.slice(1)) }),
    fc.record({ see: fc.array(grantOf(item), { maxLength: 2 }) }),
    fc
      .constantFrom('minor', 'general', 'serious', 'licence', 'plain', 'local')
      .map((id) => ({ display: { class: id } })),
    fc.record({ within: fc.constantFrom('P1D', 'P5WD', 'P7WD', 'P7D', 'P1M') }),
    fc.record({ refuseAbove: fc.constantFrom(0, 0.1, 0.2, 0.3, 0.5) }),
    fc.record({ require: some(...item.fields.map(({ id }) => id)) }),
    fc.constant({ review: true as const }),
  )

const random: fc.Arbitrary<Narrowing> = fc.constantFrom(...upper.items).chain((item) =>
  fc
    .record({
      aspects: fc.array(aspectOf(item), { minLength: 1, maxLength: 2 }),
      from: fc.constantFrom(...DAYS),
      until: fc.option(fc.constantFrom(...DAYS, ...(item.until ? [item.until, item.until] : [])), {
        nil: undefined,
        freq: 2,
      }),
    })
    .map(({ aspects, from, until }) => ({
      item: item.id,
      from,
      ...(until ? { until } : {}),
      basis: BASIS,
      ...Object.assign({}, ...aspects),
    })),
)
const local = fc.record({
  id: fc.constant('local'),
  name: fc.constant({ zh: '本地', en: 'Local' }),
  within: fc.constantFrom('minor', 'general', 'serious', 'licence', 'plain'),
  most: fc.constantFrom('P1M', 'P6M', 'P1Y', 'P2Y', 'P4Y', 'P9Y'),
  for: some<'adverse' | 'neutral'>('adverse', 'neutral'),
  basis: fc.constant(BASIS.map((one) => ({ ...one, rank: 'local-regulation' as const }))),
  from: fc.constant('2021-01-01'),
})
const layer = fc.record({
  narrow: fc.array(random, { minLength: 1, maxLength: 2 }),
  display: fc.array(local, { maxLength: 1 }),
})

/** Everything a person could lose by the lower pack, asked of both on one day. */
function assertNotWider(lower: Pack, item: Item, day: string): void {
  const above = itemAt(upper, item.id, day)
  assert.ok(above, `${item.id} in force on ${day} only below`)
  for (const unit of [...lower.units, { id: 'stranger', kind: 'market' }, { id: 'bank', kind: 'bank' }]) {
    assert.ok(!maySend(item, unit) || maySend(above, unit), `${unit.id} may send ${item.id}`)
    for (const { id: purpose } of lower.purposes) {
      const granted = deriveGrants(upper, purpose, unit, day).find((one) => one.item === item.id)
      const below = deriveGrants(lower, purpose, unit, day).find((one) => one.item === item.id)
      const beyond = below?.fields.filter((field) => !granted?.fields.includes(field)) ?? []
      assert.deepEqual(beyond, [], `${unit.id} for ${purpose}`)
    }
  }
  assert.ok(isNotLonger(item.report.within, above.report.within))
  assert.ok(item.refuseAbove <= above.refuseAbove)
  assert.ok(item.review === true || above.review !== true)
  for (const field of above.fields) {
    assert.ok(!field.required || item.fields.find(({ id }) => id === field.id)?.required, field.id)
  }
  for (const code of ['', '1', '2', '1、2']) {
    for (const validity of ['', '2024-03-01', '2050-01-01']) {
      const values: string[] = above.fields.map(({ codes, role }) =>
        codes ? code : role === 'valid-until' ? validity : '',
      )
      const endIn = (pack: Pack, of: Item): string => {
        const displayClass = displayClassAt(pack, displayClassOf(pack, of, values), '2026-06-01')
        assert.ok(displayClass)
        return displayEnd(of, displayClass, day, values)
      }
      assert.ok(
        endIn(lower, item) <= endIn(upper, above),
        `${item.id} of ${day}, code ${code}, valid until ${validity}`,
      )
    }
  }
}

test('a lower pack that passes the check never widens any limit', () => {
  let passed = 0
  fc.assert(
    fc.property(layer, ({ narrow, display }) => {
      const lowest = layerOf(narrow, display)
      if (checkLayers([...upperLayers, lowest]).length > 0) return
      passed += 1
      const lower = mergePack([...upperLayers, lowest])
      for (const day of DAYS) {
        for (const above of upper.items) {
          const item = itemAt(lower, above.id, day)
          assert.equal(item === undefined, itemAt(upper, above.id, day) === undefined)
          if (item) assertNotWider(lower, item, day)
        }
      }
    }),
    { numRuns: 3000 },
  )
  assert.ok(passed > 100, `only ${passed} of the random packs passed: the property says little`)
})

test('the property would notice: a merge of packs that do not pass widens', () => {
  const wide = layerOf([
    narrowing({
      sources: ['*'],
      refuseAbove: 1,
      see: [{ purposes: ['employment'], units: ['*'], level: 'sensitive' }],
    }),
  ])
  const lower = mergePack([...upperLayers, wide])
  const item = itemAt(lower, 'penalty', '2023-01-01')
  assert.ok(item)
  assert.throws(() => assertNotWider(lower, item, '2023-01-01'))
})
