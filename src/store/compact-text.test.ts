import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compactRoom, readCompact, writeCompact } from './compact-text.ts'

function write(text: string): Buffer {
  const target = Buffer.alloc(compactRoom(text.length) + 3)
  const length = writeCompact(target, 3, text)
  assert.ok(length <= compactRoom(text.length))
  return target.subarray(3, 3 + length)
}

test('every well-formed text comes back, astral characters, NUL and byte order marks included', () => {
  const any = fc.string({ unit: 'binary', maxLength: 100 })
  const mixed = fc.string({
    unit: fc.constantFrom('衡', '州', 'A', '，', '𠮷', '\0', '\ufeff', '\ue000', '︐', '龴', 'é', '€', '\u0080'),
    maxLength: 60,
  })
  fc.assert(
    fc.property(fc.oneof(any, mixed), (text) => assert.equal(readCompact(write(text)), text)),
    { numRuns: 1000 },
  )
})

test('every character of the basic plane comes back alone and among Chinese', () => {
  for (let unit = 0; unit < 0x10000; unit += 1) {
    if (unit >= 0xd800 && unit < 0xe000) continue
    const text = String.fromCharCode(unit)
    assert.equal(readCompact(write(text)), text, unit.toString(16))
    assert.equal(readCompact(write(`信${text}用`)), `信${text}用`, unit.toString(16))
  }
})

test('half a surrogate pair, which no reader lets through, becomes U+FFFD as in every UTF-8', () => {
  assert.equal(readCompact(write('张\ud800三')), '张\ufffd三')
})

test('common Chinese takes two bytes, ASCII one', () => {
  assert.equal(write('衡州市市场监督管理局').length, 20)
  assert.equal(write('["2026",12]').length, 11)
})

test('what editions of GB 18030 place differently is never written in two bytes', () => {
  // 2000 and 2005 read these pairs as private use, 2022 as the characters below: neither is in the table
  for (const text of ['︐', '︗', '龴', '龻', 'ḿ', '\ue78d', '\ue7c7', '\ue81e']) assert.equal(write(text)[0], 0, text)
})
