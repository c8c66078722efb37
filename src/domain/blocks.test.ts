import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bucketsFor, openBlocks } from './blocks.ts'

type Row = { mac: Uint8Array; top: number }
const row = fc.record({ mac: fc.uint8Array({ minLength: 32, maxLength: 32 }), top: fc.nat(0xffffffff) })

/** The sums by definition: for each of so many equal ranges of natural keys, eight sums modulo 2³². */
function sumDirectly(rows: readonly Row[], buckets: number): Buffer {
  const bytes = Buffer.alloc(buckets * 32)
  for (const { mac, top } of rows) {
    const bucket = Math.floor(top / (2 ** 32 / buckets))
    for (let lane = 0; lane < 8; lane += 1) {
      const at = bucket * 32 + lane * 4
      bytes.writeUInt32BE((bytes.readUInt32BE(at) + Buffer.from(mac).readUInt32BE(lane * 4)) % 2 ** 32, at)
    }
  }
  return bytes
}

function sum(rows: readonly Row[]): Buffer {
  const blocks = openBlocks()
  for (const { mac, top } of rows) blocks.add(new DataView(mac.buffer, mac.byteOffset, 32), 0, top)
  return Buffer.from(blocks.finish())
}

test('what is folded at the end is what was summed by bucket, for any rows, in any order', () => {
  const sizes = fc.constantFrom(0, 1, 2, 255, 256, 257, 700, 3_000)
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 200 }), sizes, (some, size) => {
      const rows = Array.from({ length: size }, (_, at) => {
        const { mac, top } = some[at % some.length] as Row
        return { mac, top: (top + Math.imul(at, 0x9e3779b1)) >>> 0 }
      })
      const bytes = sum(rows)
      assert.equal(bytes.length, bucketsFor(size) * 32)
      assert.deepEqual(bytes, sumDirectly(rows, bucketsFor(size)))
      assert.deepEqual(sum(rows.toReversed()), bytes)
    }),
    { numRuns: 60 },
  )
})

test('a removed, added or changed row changes its own bucket and no other', () => {
  const rows = Array.from({ length: 2_000 }, (_, at) => ({
    mac: Uint8Array.from({ length: 32 }, (_unused, byte) => (at * 31 + byte * 7 + 1) % 256),
    top: Math.imul(at, 0x9e3779b1) >>> 0,
  }))
  const whole = sum(rows)
  assert.equal(whole.length / 32, 8)
  const bucket = Math.floor((rows[77]?.top ?? 0) / (2 ** 32 / 8))
  const without = sumDirectly(rows.toSpliced(77, 1), 8)
  for (let at = 0; at < 8; at += 1) {
    assert.equal(whole.subarray(at * 32, at * 32 + 32).equals(without.subarray(at * 32, at * 32 + 32)), at !== bucket)
  }
})

test('sums are exact up to two million rows in one bucket, which is beyond any file', () => {
  const blocks = openBlocks()
  const mac = new DataView(new Uint8Array(32).fill(0xff).buffer)
  const count = 2 ** 21
  for (let at = 0; at < count; at += 1) blocks.add(mac, 0, 5)
  const first = Buffer.from(blocks.finish()).readUInt32BE(0)
  assert.equal(first, Number((BigInt(count) * 0xffffffffn) % 2n ** 32n))
})

test('buckets: a power of two, 1 to 4096, about 256 rows each', () => {
  assert.deepEqual(
    [0, 1, 256, 257, 512, 513, 100_000, 2 ** 20, 2 ** 20 + 1, 2 ** 31].map(bucketsFor),
    [1, 1, 1, 2, 2, 4, 512, 4096, 4096, 4096],
  )
})
