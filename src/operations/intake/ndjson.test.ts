import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readFile } from './reading.fixture.ts'

const fields = [
  { id: 'CF_XDR_MC', name: { zh: '行政相对人名称', en: 'Name' } },
  { id: 'CF_NR_FK', name: { zh: '罚款金额', en: 'Fine' }, aliases: ['fine'] },
  { id: 'BZ', name: { zh: '备注', en: 'Remark' } },
]
const read = (lines: string[], cuts: number[] = []) => readFile(Buffer.from(lines.join('\n')), { fields }, cuts)

test('keys by any name of a field, values as text, unknown keys reported', () => {
  const { header, rows, problems, unknown } = read([
    '{"CF_XDR_MC":"王小衡","CF_NR_FK":0.20,"BZ":null}',
    '',
    '{"备注":true,"行政相对人名称":"陈雨","内部编号":7}',
    '{"cf_xdr_mc":"李明信","FINE":1e3,"内部编号":8,"SERIAL_NO":1,"张伟":1,"990101199003070016":1}',
  ])
  assert.deepEqual(header, ['CF_XDR_MC', 'CF_NR_FK', 'BZ'])
  assert.deepEqual(rows, [
    [1, ['王小衡', '0.20', '']],
    [3, ['陈雨', '', 'true']],
    [4, ['李明信', '1000', '']],
  ])
  assert.deepEqual(problems, [])
  // what comes once may be somebody's data in a broken line, unless it is written like an official column name
  assert.deepEqual(unknown, ['内部编号', 'SERIAL_NO'])
})

test('a number keeps every digit it was written with', () => {
  const { rows } = read(['{"BZ":990101199001011234,"CF_NR_FK":123456789012.123456}'])
  assert.deepEqual(rows, [[1, ['', '123456789012.123456', '990101199001011234']]])
})

test('what is wrong refuses its row alone', () => {
  const { rows, problems } = read([
    '{"BZ":"1"}',
    '{"BZ":',
    '[1]',
    '7',
    '{"BZ":{"a":1}}',
    '{"BZ":[1]}',
    '{"BZ":"1","备注":"2"}',
    '{"BZ":"\\u0000"}',
    '{"BZ":"2"}',
  ])
  assert.deepEqual(
    rows.map(([row]) => row),
    [1, 9],
  )
  assert.deepEqual(problems, [
    '2:bad-json',
    '3:bad-json',
    '4:bad-json',
    '5:nested-json',
    '6:nested-json',
    '7:duplicate-column',
    '8:bad-encoding',
  ])
})

test('without known fields the first object is the header', () => {
  const { header, rows, problems } = readFile(Buffer.from('{"a":"1","b":2}\n{"b":"3"}\n{"c":1}'))
  assert.deepEqual(
    [header, rows, problems],
    [
      ['a', 'b'],
      [
        [1, ['1', '2']],
        [2, ['', '3']],
      ],
      ['3:csv-columns'],
    ],
  )
})

test('a JSON array, an empty file and a line without end are refused', () => {
  assert.equal(readFile(Buffer.from('[{"a":1}]')).refusal, 'bad-json')
  assert.equal(readFile(Buffer.from('[\n{"a":1}\n]')).refusal, 'bad-json')
  assert.equal(readFile(Buffer.from(''), { fileName: 'a.ndjson' }).refusal, 'empty-file')
  const long = readFile(Buffer.from(`{"a":"1"}\n{"a":"${'长'.repeat(2 << 20)}"}\n{"a":"2"}`), {}, [
    1 << 20,
    2 << 20,
    3 << 20,
  ])
  assert.deepEqual(
    [long.rows, long.problems],
    [
      [
        [1, ['1']],
        [3, ['2']],
      ],
      ['2:csv-too-long'],
    ],
  )
})

test('cut anywhere, it reads the same', () => {
  const value = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '王', '𠮷', '"', '\\', '\n', '{') }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  )
  const object = fc.record({ CF_XDR_MC: value, CF_NR_FK: value, BZ: value }, { requiredKeys: [] })
  fc.assert(
    fc.property(fc.array(object, { minLength: 1, maxLength: 20 }), fc.array(fc.nat(900)), (objects, cuts) => {
      const lines = objects.map((one) => JSON.stringify(one))
      assert.deepEqual(read(lines, cuts), read(lines))
    }),
  )
})
