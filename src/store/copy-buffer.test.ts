import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readCompact } from './compact-text.ts'
import { CopyBuffer } from './copy-buffer.ts'

const filled = (writer: CopyBuffer): ArrayBuffer => {
  const { buffer, length } = writer.finish()
  return buffer.slice(0, length)
}

const HEADER = 19

/** Rows of a binary COPY, as PostgreSQL reads them. */
function parse(whole: ArrayBuffer): (Buffer | null)[][] {
  const bytes = Buffer.from(whole)
  assert.equal(bytes.toString('latin1', 0, 11), 'PGCOPY\n\xff\r\n\0')
  assert.equal(bytes.readInt32BE(11), 0)
  assert.equal(bytes.readInt32BE(15), 0)
  const rows: (Buffer | null)[][] = []
  let at = HEADER
  for (;;) {
    const columns = bytes.readInt16BE(at)
    at += 2
    if (columns === -1) break
    rows.push(
      Array.from({ length: columns }, () => {
        const length = bytes.readInt32BE(at)
        at += 4
        if (length === -1) return null
        at += length
        return bytes.subarray(at - length, at)
      }),
    )
  }
  assert.equal(at, bytes.length)
  return rows
}

test('rows of every kind of column come out as written, and the buffer is used again', () => {
  const buffer = new CopyBuffer()
  const value = fc.string({ unit: 'grapheme', maxLength: 300 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, fc.uint8Array({ maxLength: 50 }), fc.integer({ min: -32768, max: 32767 }), fc.nat()), {
        maxLength: 20,
      }),
      (rows) => {
        for (const [text, bytes, small, large] of rows) {
          buffer.row(8)
          buffer.binary('\u00ff\u0001ab', 4)
          buffer.naturalKey(Int32Array.of(0xfedcba98, 0x76543000))
          buffer.int4(large)
          buffer.int2(small)
          buffer.compact(text)
          buffer.text(text)
          buffer.bytes(bytes)
          buffer.null()
        }
        const read = parse(filled(buffer))
        assert.equal(read.length, rows.length)
        for (const [index, [text, bytes, small, large]] of rows.entries()) {
          const row = read[index] ?? []
          assert.equal(row[0]?.toString('hex'), 'ff016162')
          assert.equal(row[1]?.toString('hex'), 'fedcba9876543000')
          assert.equal(row[2]?.readInt32BE(), large)
          assert.equal(row[3]?.readInt16BE(), small)
          assert.equal(readCompact(row[4] ?? Buffer.alloc(0)), text)
          assert.equal(row[5]?.toString(), text)
          assert.deepEqual(row[6], Buffer.from(bytes))
          assert.equal(row[7], null)
        }
      },
    ),
  )
})

test('a buffer that outgrows its first four megabytes keeps what it holds', () => {
  const buffer = new CopyBuffer()
  for (let index = 0; index < 3_000; index += 1) {
    buffer.row(2)
    buffer.int4(index)
    buffer.compact('衡'.repeat(1_000))
  }
  const rows = parse(filled(buffer))
  assert.equal(rows.length, 3_000)
  assert.ok(rows.every(([num, text], index) => num?.readInt32BE() === index && text?.length === 2_000))
})

test('one value larger than everything before it finds room', () => {
  const buffer = new CopyBuffer()
  buffer.row(3)
  buffer.compact('大'.repeat(3_000_000))
  const { at, length } = buffer.toSeal(7, 'x'.repeat(9_000_000))
  buffer.empty()
  const [row = []] = parse(filled(buffer))
  assert.equal(row[0]?.length, 6_000_000)
  assert.equal(row[1]?.length, length + 1)
  assert.equal(row[1]?.[0], 7)
  assert.ok(at > 6_000_000)
  assert.equal(row[2]?.length, 0)
})

test('a buffer that came back is filled from its beginning', () => {
  const writer = new CopyBuffer(256)
  writer.row(1)
  writer.text('一'.repeat(100))
  const first = writer.finish()
  writer.reuse(first.buffer)
  writer.row(1)
  writer.int4(1)
  writer.finish()
  writer.row(1)
  writer.int4(2)
  const again = writer.finish()
  assert.equal(again.buffer, first.buffer)
  assert.equal(parse(again.buffer.slice(0, again.length))[0]?.[0]?.readInt32BE(), 2)
})
