import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadPack } from '#operations/pack-load.ts'
import { describeItem, makeFold, type StoredRecord } from './archive.ts'

const pack = await loadPack('demo')
const ITEM = 'penalty-person'
const item = pack.items.findLast(({ id }) => id === ITEM)
assert.ok(item)
const fields = item.fields.map(({ id }) => id)
const valuesOf = (values: Record<string, string>) =>
  fields
    .map((id) => values[id] ?? `v-${id}`)
    .map((value, at) =>
      ['CF_YXQ', 'CF_GSJZQ', 'CF_CFLB'].includes(fields[at] ?? '') && value.startsWith('v-') ? '' : value,
    )
const record = (of: Partial<StoredRecord> & { values?: readonly string[] }): StoredRecord => ({
  id: '1',
  version: 1,
  submission: 1,
  decided: '2026-01-15',
  item: ITEM,
  unit: 'demo-market',
  fields,
  values: valuesOf({}),
  ended: undefined,
  reportedAt: undefined,
  ...of,
})
const all = { granted: 'all' as const }
const plusYear = (date: string) => Temporal.PlainDate.from(date).add({ years: 1 }).toString()
const dayBefore = (date: string) => Temporal.PlainDate.from(date).subtract({ days: 1 }).toString()
const day = fc
  .integer({ min: 0, max: 1_700 })
  .map((days) => Temporal.PlainDate.from('2021-01-02').add({ days }).toString())

test('G5: shown on every day before the end, on none from it on, for any decision date and any day', () => {
  const fold = makeFold(pack)
  fc.assert(
    fc.property(day, day, (decided, date) => {
      const shown = fold([record({ decided })], { date, ended: false, ...all }).length
      assert.equal(shown, date < plusYear(decided) ? 1 : 0)
    }),
  )
  const at = (date: string) => fold([record({})], { date, ended: true, ...all })[0]?.state
  assert.equal(at(dayBefore('2027-01-15')), 'shown')
  assert.equal(at('2027-01-15'), 'ended')
})

test('B2: of a corrected record the earliest decision date counts; the record’s own dates only shorten', () => {
  const fold = makeFold(pack)
  fc.assert(
    fc.property(day, day, (decided, since) => {
      const [folded] = fold([record({ decided, since })], { date: '2026-11-01', ended: true, ...all })
      assert.equal(folded?.until, plusYear(since < decided ? since : decided))
      assert.equal(folded?.decided, decided, 'and is said as it was decided')
    }),
  )
  const until = (end: string) =>
    fold([record({ values: valuesOf({ CF_GSJZQ: end }) })], { date: '2026-02-01', ended: true, ...all })[0]?.until
  assert.equal(until('2026-06-30'), '2026-07-01')
  assert.equal(until('2029-06-30'), '2027-01-15')
})

test('G5: what ended otherwise is never shown to staff, whatever the day, and is told apart for the person', () => {
  const fold = makeFold(pack)
  for (const ended of ['withdrawn', 'superseded', 'erased'] as const) {
    const one = record({ ended, values: ended === 'erased' ? [] : valuesOf({}) })
    assert.deepEqual(fold([one], { date: '2026-02-01', ended: false, ...all }), [])
    assert.deepEqual(
      fold([one], { date: '2026-02-01', ended: true, ...all }).map(({ state, until }) => [state, until]),
      [[ended, ended === 'erased' ? undefined : '2027-01-15']],
    )
  }
})

test('G12: for any granted fields, exactly their values in the order of the legend; nothing of items not granted', () => {
  const fold = makeFold(pack)
  fc.assert(
    fc.property(fc.subarray(fields, { minLength: 1 }), (granted) => {
      const reader = { date: '2026-02-01', ended: false, granted: new Map([[ITEM, granted]]) }
      const [folded] = fold([record({}), record({ id: '2', item: 'commitment' })], reader)
      const legend = describeItem(pack, ITEM, granted)?.fields.map(({ id }) => id)
      assert.deepEqual(
        legend,
        fields.filter((id) => granted.includes(id)),
      )
      assert.deepEqual(
        folded?.values,
        legend?.map((id) => valuesOf({})[fields.indexOf(id)]),
      )
      assert.equal(folded?.document, granted.includes('CF_WSH') ? 'v-CF_WSH' : undefined)
    }),
  )
  assert.deepEqual(fold([record({})], { date: '2026-02-01', ended: true, granted: new Map() }), [])
})

test('an item that is in no pack any more, and a class that is not in force, show nothing', () => {
  const without = { ...pack, display: pack.display.filter(({ id }) => id !== 'general') }
  assert.deepEqual(makeFold(without)([record({})], { date: '2026-02-01', ended: false, ...all }), [])
  assert.deepEqual(makeFold(pack)([record({ item: 'gone' })], { date: '2026-02-01', ended: true, ...all }), [])
})
