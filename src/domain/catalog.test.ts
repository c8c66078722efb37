import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadPack } from '#operations/pack-load.ts'
import {
  deriveGrants,
  displayClassAt,
  displayClassOf,
  displayEnd,
  itemAt,
  longestDisplay,
  maySend,
  unitMatches,
} from './catalog.ts'
import type { Item } from './pack.ts'
import { addPeriod } from './period.ts'

const pack = await loadPack('demo')
const unit = (id: string) => {
  const found = pack.units.find((one) => one.id === id)
  assert.ok(found, id)
  return found
}
const item = (id: string, date = '2026-06-01'): Item => {
  const found = itemAt(pack, id, date)
  assert.ok(found, id)
  return found
}
/** Values in the order of the item's fields. */
const valuesOf = (of: Item, given: Record<string, string>) => of.fields.map((field) => given[field.id] ?? '')
const end = (id: string, decided: string, given: Record<string, string> = {}, today = '2026-06-01') => {
  const of = item(id)
  const values = valuesOf(of, given)
  const displayClass = displayClassAt(pack, displayClassOf(pack, of, values), today)
  assert.ok(displayClass)
  return displayEnd(of, displayClass, decided, values)
}

test('an item is in force from its first day, and not before', () => {
  assert.equal(itemAt(pack, 'penalty-person', '2020-12-31'), undefined)
  assert.equal(itemAt(pack, 'penalty-person', '2021-01-01')?.id, 'penalty-person')
  assert.equal(itemAt(pack, 'nothing', '2026-01-01'), undefined)
})

test('units are named by id, by kind, or all', () => {
  const market = unit('demo-market')
  assert.ok(unitMatches('*', market))
  assert.ok(unitMatches('demo-market', market))
  assert.ok(unitMatches('kind:market', market))
  assert.ok(!unitMatches('market', market))
  assert.ok(!unitMatches('kind:court', market))
})

test('each item has a source in the demo city; nobody else may send it', () => {
  for (const one of pack.items) {
    assert.ok(
      pack.units.some((other) => other.id.startsWith('demo-') && maySend(one, other)),
      one.id,
    )
  }
  assert.ok(maySend(item('enforcement'), unit('demo-court')))
  assert.ok(!maySend(item('enforcement'), unit('demo-market')))
  assert.ok(!maySend(item('penalty-person'), unit('demo-bank')))
  assert.ok(!maySend(item('penalty-person'), { id: 'tj-police', kind: 'police' }))
})

test('the class follows the penalty; joined penalties take the longest', () => {
  const of = item('penalty-person')
  const classOf = (value: string) => displayClassOf(pack, of, valuesOf(of, { CF_CFLB: value }))
  assert.equal(classOf('01'), 'minor')
  assert.equal(classOf('03'), 'general')
  assert.equal(classOf('08'), 'serious')
  assert.equal(classOf(''), 'general')
  assert.equal(classOf('01、03'), 'general')
  assert.equal(classOf('03,08,01'), 'serious')
})

test('shown up to the day before the end, which is the decision date plus the period', () => {
  assert.equal(end('penalty-person', '2026-03-01', { CF_CFLB: '03' }), '2027-03-01')
  assert.equal(end('penalty-person', '2024-02-29', { CF_CFLB: '03' }), '2025-02-28')
  assert.equal(end('penalty-person', '2024-02-29', { CF_CFLB: '08' }), '2027-02-28')
  assert.equal(end('penalty-person', '2025-11-30', { CF_CFLB: '01' }), '2026-02-28')
  assert.equal(end('penalty-person', '2023-11-30', { CF_CFLB: '01' }), '2024-02-29')
})

test('the end of publicity the source states only ever ends it sooner', () => {
  assert.equal(end('penalty-person', '2026-03-01', { CF_CFLB: '03', CF_GSJZQ: '2026-06-01' }), '2026-06-02')
  assert.equal(end('penalty-person', '2026-03-01', { CF_CFLB: '03', CF_GSJZQ: '2099-12-31' }), '2027-03-01')
})

test('a permit is shown while it is valid, its last day included; a penalty’s own term does not count', () => {
  assert.equal(end('permit-person', '2026-03-01', { XK_YXQZI: '2028-02-29' }), '2028-03-01')
  assert.equal(end('permit-person', '2026-03-01'), '2056-03-01')
  assert.equal(end('penalty-person', '2026-03-01', { CF_CFLB: '03', CF_YXQ: '2026-04-01' }), '2027-03-01')
})

test('no record outlives the longest term of its item (G5)', () => {
  const day = fc
    .integer({ min: 0, max: 3000 })
    .map((days) => Temporal.PlainDate.from('2021-01-01').add({ days }).toString())
  fc.assert(
    fc.property(
      fc.constantFrom(...pack.items),
      day,
      fc.option(day),
      fc.constantFrom('', '01', '03', '08', '1', '3', '03、12'),
      (of, decided, stated, code) => {
        const values = of.fields.map((field) => (field.type === 'date' ? (stated ?? '') : field.codes ? code : ''))
        const displayClass = displayClassAt(pack, displayClassOf(pack, of, values), '2026-06-01')
        assert.ok(displayClass)
        const until = displayEnd(of, displayClass, decided, values)
        assert.ok(until <= addPeriod(decided, longestDisplay(pack, of)))
        if (of.nature === 'adverse') assert.ok(until <= addPeriod(decided, 'P5Y'))
      },
    ),
  )
})

const granted = (purpose: string, id: string, date = '2026-06-01') =>
  new Map(deriveGrants(pack, purpose, unit(id), date).map((one) => [one.item, one]))

test('a unit sees what the catalogue grants for the purpose, and no more (G12)', () => {
  const approval = granted('approval', 'demo-approval').get('penalty-person')
  assert.equal(approval?.level, 'personal')
  assert.ok(approval?.fields.includes('CF_NR') && !approval.fields.includes('CF_SY'))
  assert.ok(granted('judicial', 'demo-court').get('penalty-person')?.fields.includes('CF_SY'))
  // Tianjin shows employers the category, not the content
  const employer = granted('employment', 'demo-bank').get('penalty-person')
  assert.deepEqual(employer?.fields, ['CF_XDR_MC', 'CF_WFXW', 'CF_YJ', 'CF_CFLB', 'CF_JDRQ', 'CF_GSJZQ', 'CF_CFJG'])
})

test('nothing for a purpose that is not the unit’s, not in force or does not exist', () => {
  assert.equal(granted('judicial', 'demo-market').size, 0)
  assert.equal(granted('approval', 'demo-bank').size, 0)
  assert.equal(granted('employment', 'demo-bank', '2021-10-31').size, 0)
  assert.equal(granted('curiosity', 'demo-court').size, 0)
})

test('supervision never reaches a person; grants stay inside purpose, level and item', () => {
  for (const { item: id } of granted('supervision', 'demo-market').values())
    assert.equal(item(id).subject, 'organisation')
  for (const purpose of pack.purposes) {
    for (const one of pack.units) {
      for (const { item: id, level, fields } of deriveGrants(pack, purpose.id, one, '2026-06-01')) {
        assert.ok(fields.length > 0 && new Set(fields).size === fields.length)
        if (level === 'sensitive') assert.ok(['judicial', 'review'].includes(purpose.id), `${id} ${purpose.id}`)
      }
    }
  }
})
