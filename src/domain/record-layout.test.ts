import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Field, Item } from './pack.ts'
import {
  contentOf,
  deriveLayout,
  layoutOfBody,
  JOINER,
  naturalKeyHash,
  readBody,
  readLayout,
  writeBody,
  writingSlots,
  writeLayout,
} from './record-layout.ts'
import { dateOfDays, parseDateText } from './values.ts'

const named = (id: string, more: Partial<Field>): Field => ({
  id,
  name: { zh: id, en: id },
  type: 'text',
  sensitivity: 'open',
  ...more,
})
const fields: Field[] = [
  named('NAME', { role: 'subject-name', sensitivity: 'personal' }),
  named('KIND', { role: 'subject-number-kind', type: 'identifier-kind' }),
  named('NUMBER', { role: 'subject-number', type: 'identifier', sensitivity: 'personal' }),
  named('DOC', {}),
  named('FACTS', { sensitivity: 'sensitive' }),
  named('ORGAN', { repeats: 'organ' }),
  named('DECIDED', { role: 'decision-date', type: 'date' }),
  named('UNTIL', { type: 'date' }),
  named('WORD', { repeats: true }),
  named('ORGAN_CODE', { repeats: 'organ' }),
  named('NOTE', { sensitivity: 'internal' }),
  named('HOME', { sensitivity: 'personal' }),
]
const item = { id: 'thing', fields } as unknown as Item // only what the layout looks at

test('open fields stand in the body, sensitive ones are sealed, the subject and the date stand elsewhere', () => {
  const layout = deriveLayout(item)
  assert.deepEqual(writeLayout(layout), [
    'text:DOC',
    'term:ORGAN+ORGAN_CODE',
    'date:UNTIL',
    'term:WORD',
    'text:NOTE',
    'sealed:FACTS',
    'sealed:HOME',
  ])
  assert.deepEqual(readLayout(writeLayout(layout)), layout)
  assert.throws(() => readLayout(['blob:DOC']))
})

const value = fc.oneof(
  fc.constant(''),
  fc.string({ unit: fc.constantFrom('衡', '0', '1', '𠮷', '"', '\\', '\n', '\t', ' ', ',', '[', '}'), maxLength: 20 }),
)
const date = fc.oneof(
  fc.constant(''),
  fc
    .integer({ min: parseDateText('1900-01-01') as number, max: parseDateText('9999-12-31') as number })
    .map(dateOfDays),
)

test('what is written is read again, for any values without control characters, interned or not', () => {
  const layout = deriveLayout(item)
  // of one file: what it has met lately belongs to its own terms
  const makeSlots = () => writingSlots(layout, (id) => fields.findIndex((field) => field.id === id))
  const rows = fc.tuple(...fields.map((field) => (field.type === 'date' ? date : value)))
  fc.assert(
    fc.property(rows, fc.boolean(), (values, interned) => {
      const terms: string[] = ['unused']
      const slots = makeSlots()
      writeBody(slots, values, (term) => (interned ? terms.push(term) - 1 : term))
      const body = writeBody(slots, values, (term) => (interned ? terms.push(term) - 1 : term))
      const read = readBody(layout, body, (num) => {
        const term = terms[num]
        if (num === 0 || term === undefined) throw new Error('unknown term')
        return term
      })
      for (const { fields: ids } of layout.open) {
        for (const id of ids) assert.equal(read.get(id), values[fields.findIndex((field) => field.id === id)], id)
      }
      assert.deepEqual(
        [...read.keys()],
        layout.open.flatMap((slot) => slot.fields),
      )
    }),
    { numRuns: 500 },
  )
})

test('a body of another layout, or with what is neither text nor number, is not read', () => {
  const layout = deriveLayout(item)
  assert.throws(() => readBody(layout, 'a', () => ''))
  assert.throws(() => readBody(layout, '', () => ''))
  const dates = layout.open.map(({ form }) => (form === 'date' ? 'tomorrow' : '')).join(JOINER)
  assert.throws(() => readBody(layout, dates, () => ''))
})

test('two different contents never give the same text', () => {
  const of = {
    subject: 's',
    item: 'i',
    unit: 'u',
    kind: 'k',
    number: '1',
    name: 'n',
    decided: 'd',
    open: ['a', ''],
    sealed: ['b'],
  }
  assert.equal(contentOf(of).split(JOINER).length, 10)
  for (const other of [
    { ...of, open: ['', 'a'] },
    { ...of, number: '', name: '1n' },
    { ...of, sealed: [''] },
    { ...of, open: ['a', 'b'], sealed: [''] },
  ]) {
    assert.notEqual(contentOf(other), contentOf(of))
  }
})

test('natural key hashes: 54 bits, spread over every bucket and without collisions among a million like keys', () => {
  const count = 1_000_000
  const seen = new Set<number>()
  const buckets = new Uint32Array(4096)
  let low10 = 0
  for (let at = 0; at < count; at += 1) {
    const [high, low] = naturalKeyHash(
      `penalty-person${JOINER}demo-market${JOINER}衡市监罚〔2026〕${at}号${JOINER}11990000009900021H`,
    )
    assert.ok(high >= 0 && high <= 0xffffffff && low >= 0 && low <= 0xffffffff)
    low10 |= low & 1023
    buckets[high >>> 20] = (buckets[high >>> 20] ?? 0) + 1
    seen.add(high * 2 ** 21 + (low >>> 11))
  }
  assert.equal(low10, 0, 'the version bits are zero')
  assert.equal(seen.size, count)
  // 244 a bucket on average; six standard deviations
  assert.ok(
    Math.min(...buckets) > 244 - 6 * 16 && Math.max(...buckets) < 244 + 6 * 16,
    `${Math.min(...buckets)}–${Math.max(...buckets)}`,
  )
})

test('one changed character, or two exchanged, changes the natural key', () => {
  const key = '衡市监罚〔2026〕12345号'
  const seen = new Set([naturalKeyHash(key).join()])
  for (let at = 0; at + 1 < key.length; at += 1) {
    const swapped = key.slice(0, at) + (key[at + 1] ?? '') + (key[at] ?? '') + key.slice(at + 2)
    if (swapped !== key) seen.add(naturalKeyHash(swapped).join())
    seen.add(naturalKeyHash(`${key.slice(0, at)}甲${key.slice(at + 1)}`).join())
  }
  assert.ok(seen.size > key.length * 1.8)
})

test('a body is read by the version of the item that is as long as it', () => {
  const field = (id: string, more: object = {}) => ({ id, type: 'text', sensitivity: 'open', ...more })
  const version = (...own: object[]) => ({ id: 'x', fields: own }) as unknown as Item
  const older = version(field('A'), field('B', { repeats: 'g' }))
  const newer = version(field('A'), field('B', { repeats: 'g' }), field('C'), field('D', { repeats: 'g' }))
  for (const versions of [
    [older, newer],
    [newer, older],
  ]) {
    assert.deepEqual(layoutOfBody(versions, ['a', ''].join(JOINER)), deriveLayout(older))
    assert.deepEqual(layoutOfBody(versions, ['a', '', 'c'].join(JOINER)), deriveLayout(newer))
    assert.throws(() => layoutOfBody(versions, 'a'), /no version/)
  }
})
