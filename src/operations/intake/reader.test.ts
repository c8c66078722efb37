import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import writeXlsx from 'write-excel-file/node'
import { encodeGb } from '#operations/demo/gb18030.ts'
import { readFile } from './reading.fixture.ts'

const table = [
  ['CF_XDR_MC', 'CF_WSH', 'CF_NR_FK', 'BZ'],
  ['王小衡', '衡市监罚〔2025〕1号', '0.2', '含,逗号'],
  ['李明信', '衡市监罚〔2025〕2号', '10', '含"引号"\n和换行'],
  ['陈雨', '衡市监罚〔2025〕3号', '0', ''],
]
const quote = (field: string) => (/[,"\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)
const csv = table.map((row) => row.map(quote).join(',')).join('\r\n')
const [names = [], ...records] = table
const fields = names.map((id) => ({ id, name: { zh: `${id}名`, en: id } }))
const ndjson = records
  .map((row) => JSON.stringify(Object.fromEntries(row.map((field, index) => [names[index], field]))))
  .join('\n')
const xlsx = await writeXlsx(table.map((row) => row.map((value) => ({ value })))).toBuffer()

const FILES: Record<string, Uint8Array> = {
  csv: Buffer.from(csv),
  'csv with mark': Buffer.from('\ufeff' + csv),
  'csv in GB18030': encodeGb(csv),
  'csv in UTF-16': Buffer.from('\ufeff' + csv, 'utf16le'),
  tabs: Buffer.from(
    table
      .slice(0, 2)
      .concat([table[3] ?? []])
      .map((row) => row.join('\t'))
      .join('\n'),
  ),
  ndjson: Buffer.from(ndjson),
  xlsx,
}

test('one table in every form gives the same rows, whatever the file is called', () => {
  for (const [name, bytes] of Object.entries(FILES)) {
    if (name === 'tabs') continue
    for (const fileName of ['a.csv', 'a.xlsx', 'a.xls', undefined]) {
      const { header, rows, problems, refusal } = readFile(bytes, { fileName, fields })
      assert.deepEqual([header, problems, refusal], [names, [], undefined], name)
      assert.deepEqual(
        rows.map(([, row]) => row),
        records,
        name,
      )
    }
  }
})

test('a file that is no table is refused with its reason', () => {
  const of = (bytes: Uint8Array | string) => readFile(Buffer.from(bytes as string)).refusal
  assert.equal(of(''), 'empty-file')
  assert.equal(of('\ufeff'), 'empty-file')
  assert.equal(of('\n\r\n  \n'), 'empty-file')
  assert.equal(of('a,b\n'), 'no-rows')
  assert.equal(of('a,b'), 'no-rows')
  assert.equal(of('a,b\n,\n\n'), 'no-rows')
  assert.equal(of('<html><table><tr><td>a</td></tr></table>'), 'unknown-format')
  assert.equal(of('<?xml version="1.0"?><Workbook/>'), 'unknown-format')
  assert.equal(of('%PDF-1.7 ....'), 'unknown-format')
  assert.equal(of(Buffer.from('1f8b0800000000', 'hex')), 'unknown-format')
  assert.equal(of('PK\u0003\u0004'), 'xlsx-unreadable')
})

type Mutation = { at: number; kind: 'set' | 'cut' | 'insert' | 'repeat'; byte: number; length: number }
const mutation = fc.record<Mutation>({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('set', 'cut', 'insert', 'repeat'),
  byte: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0, 0x7b)),
  length: fc.integer({ min: 1, max: 40 }),
})

function mutate(bytes: Buffer, { at, kind, byte, length }: Mutation): Buffer {
  const place = Math.floor(at * bytes.length)
  const before = bytes.subarray(0, place)
  if (kind === 'cut') return Buffer.concat([before, bytes.subarray(place + length)])
  if (kind === 'insert') return Buffer.concat([before, Buffer.alloc(length, byte), bytes.subarray(place)])
  if (kind === 'repeat') return Buffer.concat([before, bytes.subarray(place, place + length), bytes.subarray(place)])
  const copy = Buffer.from(bytes)
  if (place < copy.length) copy[place] = byte
  return copy
}

for (const [name, bytes] of Object.entries(FILES)) {
  test(`${name}, changed at random, never throws and reads the same however it is cut`, () => {
    const cuts = fc.array(fc.nat(bytes.length + 100), { maxLength: 12 })
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), cuts, (mutations, at) => {
        const changed = mutations.reduce(mutate, Buffer.from(bytes))
        const whole = readFile(changed, { fields })
        const cut = readFile(changed, { fields }, at)
        // a file that is refused may have given rows before, as many as its pieces held
        if (whole.refusal) assert.ok(cut.refusal)
        else assert.deepEqual(cut, whole)
      }),
      { numRuns: name === 'xlsx' ? 600 : 1000 },
    )
  })
}
