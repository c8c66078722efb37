import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openLately, openLatelyTogether, openNumbering, ownText } from './text-table.ts'

const text = fc.string({ unit: fc.constantFrom('衡', '市', '0', '1', 'a', '〔', ' '), maxLength: 40 })

test('what is remembered of a text is its own, or nothing', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 200 }), (texts) => {
      const lately = openLately<string>(4)
      for (const one of texts) {
        const known = lately.find(one)
        assert.ok(known === undefined || known === `of ${one}`)
        if (known === undefined) lately.keep(ownText(one), `of ${one}`)
        assert.equal(lately.find(one), `of ${one}`)
      }
    }),
  )
})

test('several texts are remembered together, and none for another order or cut of them', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text, text), { maxLength: 200 }), (rows) => {
      const lately = openLatelyTogether(4)
      const numbers = new Map<string, number>()
      for (const row of rows) {
        const key = JSON.stringify(row.slice(1))
        const known = lately.find(row, [1, 2])
        assert.ok(known === -1 || known === numbers.get(key))
        if (known !== -1) continue
        if (!numbers.has(key)) numbers.set(key, numbers.size)
        lately.keep(row, [1, 2], numbers.get(key) ?? -1)
        assert.equal(lately.find(row, [1, 2]), numbers.get(key))
      }
    }),
  )
})

test('a numbering is exact, whatever the texts, until it has no room and is begun anew', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 3000, size: 'max' }), fc.integer(), (texts, seed) => {
      const numbering = openNumbering(500, seed)
      let numbers = new Map<string, number>()
      for (const one of texts) {
        assert.equal(numbering.find(one), numbers.get(one) ?? -1)
        if (numbers.has(one)) continue
        const number = numbering.add(one)
        if (number === -1) {
          assert.ok(numbers.size >= 500)
          numbering.clear()
          numbers = new Map()
          assert.equal(numbering.add(one), 0)
        }
        numbers.set(one, Math.max(number, 0))
      }
    }),
    { numRuns: 50 },
  )
})

test('a copy has the same characters', () => {
  fc.assert(fc.property(text, (one) => assert.equal(ownText(` ${one}`.slice(1)), one)))
})
