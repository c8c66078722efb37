import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openDecoder } from './encoding.ts'
import { encodeGb } from '#operations/demo/gb18030.ts'
import { readFile } from './reading.fixture.ts'

const cuts = fc.array(fc.nat(2000), { maxLength: 60 })

function decode(bytes: Uint8Array, at: readonly number[]): string | undefined {
  const decoder = openDecoder()
  let text = ''
  let from = 0
  for (const cut of at.toSorted((a, b) => a - b)) {
    const pieces = decoder.push(Uint8Array.from(bytes.subarray(from, Math.max(from, cut))))
    if (!pieces) return undefined
    text += pieces.join('')
    from = Math.max(from, cut)
  }
  const last = decoder.push(bytes.subarray(from))
  const rest = last && decoder.end()
  return rest && text + last.join('') + rest.join('')
}

test('UTF-8 with and without mark, cut anywhere', () => {
  const line = fc.string({ unit: fc.constantFrom('a', ',', '王', '（', '𠮷', '\n', '\r\n'), maxLength: 300 })
  fc.assert(
    fc.property(line, cuts, (some, at) => {
      const text = some + '信'
      assert.equal(decode(Buffer.from(text), at), text)
      assert.equal(decode(Buffer.from('\ufeff' + text), at), text)
    }),
  )
})

test('GB18030 that begins after a megabyte of ASCII', () => {
  const ascii = 'CF_XDR_MC,BZ\n' + 'abc,12345678901234567890\n'.repeat(60_000)
  const bytes = Buffer.concat([Buffer.from(ascii), encodeGb('王小衡,补充\n'.repeat(3))])
  const { rows, problems } = readFile(bytes, {}, [65_536, 1_000_001, 1_500_005, 1_500_015])
  assert.deepEqual(problems, [])
  assert.deepEqual(rows.at(-1), [60_003, ['王小衡', '补充']])
})

test('a few hanzi that would pass for UTF-8 are read as GB18030', () => {
  const { rows } = readFile(encodeGb('name,n\n小,1\n'))
  assert.deepEqual(rows, [[1, ['小', '1']]])
})

test('a line in the other encoding is refused alone', () => {
  const line = (text: string) => Buffer.from(text)
  const utf8 = Buffer.concat([
    line('姓名,备注\n' + '王小衡,无\n'.repeat(5)),
    encodeGb('陈雨,无\n'),
    line('李明信,无\n'),
  ])
  const first = readFile(utf8)
  assert.equal(first.rows.length, 6)
  assert.deepEqual(first.problems, ['6:bad-encoding'])
  const cut = readFile(Buffer.concat([line('姓名,备注\n王小衡,无\n'), line('陈雨,无').subarray(0, -1)]))
  assert.deepEqual([cut.rows.length, cut.problems], [1, ['2:bad-encoding']])
})

test('a line of UTF-8 in a file of GB18030 is refused and not misread', () => {
  const { rows, problems } = readFile(
    Buffer.concat([
      encodeGb('姓名,备注\n' + '王小衡,无\n'.repeat(5)),
      Buffer.from('陈雨,补充\n'),
      encodeGb('李明信,无'),
    ]),
  )
  assert.deepEqual([rows.length, problems], [6, ['6:bad-encoding']])
})

test('bytes that are no text refuse the file', () => {
  const noise = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251 || 0x85))
  assert.equal(readFile(noise).refusal, 'bad-encoding')
})

test('broken bytes never throw and never take a line end or a comma with them', () => {
  const byte = fc.oneof(fc.integer({ min: 0x80, max: 0xff }), fc.constantFrom(0x2c, 0x0a, 0x41, 0x30, 0x39))
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(byte, { maxLength: 200 }), cuts, (any, some, at) => {
      decode(any, at)
      const text = decode(Buffer.from(some), at)
      if (text === undefined) return
      const count = (of: Iterable<string | number>, one: string | number) =>
        [...of].filter((item) => item === one).length
      if (some[0] === 0xff || some[0] === 0xfe) return
      assert.equal(count(text, '\n'), count(some, 0x0a))
      assert.equal(count(text, ','), count(some, 0x2c))
    }),
    { numRuns: 2000 },
  )
})
