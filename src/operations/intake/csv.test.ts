import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import papaparse from 'papaparse'
import { encodeGb } from '#operations/demo/gb18030.ts'
import { readFile } from './reading.fixture.ts'

const text = (value: string) => Buffer.from(value)
const fieldsOf = (value: string) => readFile(text(value)).rows.map(([, row]) => row)
const cuts = fc.array(fc.nat(400), { maxLength: 40 })

const content = fc.string({
  unit: fc.constantFrom('a', '1', ' ', ',', ';', '\t', '"', '\n', '\r\n', '王', '（', '𠮷', "'"),
  maxLength: 8,
})
const quoteIfNeeded = (field: string, always: boolean, separator: string) =>
  always || /["\r\n,;\t]/.test(field) || field.includes(separator) ? `"${field.replaceAll('"', '""')}"` : field

const csvFile = fc
  .record({
    width: fc.integer({ min: 2, max: 6 }),
    separator: fc.constantFrom(',', '\t', ';'),
    newline: fc.constantFrom('\n', '\r\n', '\r'),
    bom: fc.boolean(),
    lastNewline: fc.boolean(),
    rows: fc.array(fc.array(fc.tuple(content, fc.boolean()), { minLength: 6, maxLength: 6 }), { maxLength: 12 }),
  })
  .map(({ width, separator, newline, bom, lastNewline, rows }) => {
    const names = Array.from({ length: width }, (_, index) => `栏${index}`)
    const wanted = rows.map((row) => row.slice(0, width).map(([field]) => field))
    const lines = rows.map((row) =>
      row
        .slice(0, width)
        .map(([field, always]) => quoteIfNeeded(field, always, separator))
        .join(separator),
    )
    return {
      separator,
      newline,
      names,
      wanted,
      body: (bom ? '\ufeff' : '') + [names.join(separator), ...lines].join(newline) + (lastNewline ? newline : ''),
    }
  })

test('every valid CSV gives the rows of papaparse, cut anywhere', () => {
  fc.assert(
    fc.property(csvFile, cuts, ({ body, separator, newline, names, wanted }, at) => {
      const reading = readFile(text(body), {}, at)
      assert.deepEqual(reading.header, names)
      assert.deepEqual(reading.problems, [])
      const filled = (row: string[]) => row.some((field) => field.trim() !== '')
      const rows = reading.rows.map(([, row]) => row)
      assert.deepEqual(rows, wanted.filter(filled))
      const theirs = papaparse.parse<string[]>(body.replace(/^\ufeff/, ''), {
        delimiter: separator,
        newline: newline as '\n',
      })
      assert.deepEqual(rows, theirs.data.slice(1).filter(filled))
    }),
    { numRuns: 1000 },
  )
})

test('the same file in UTF-16 and GB18030 gives the same rows, cut anywhere', () => {
  fc.assert(
    fc.property(csvFile, cuts, ({ body }, at) => {
      const plain = body.replace(/^\ufeff/, '').replaceAll('𠮷', '吉')
      const expected = readFile(text(plain))
      const le = Buffer.from('\ufeff' + plain, 'utf16le')
      assert.deepEqual(readFile(le, {}, at), expected)
      assert.deepEqual(readFile(Buffer.from(le).swap16(), {}, at), expected)
      assert.deepEqual(readFile(encodeGb(plain), {}, at), expected)
    }),
    { numRuns: 300 },
  )
})

test('a short or a long row is refused alone', () => {
  const { rows, problems } = readFile(text('a,b,c\n1,2,3\n4,5\n6,7,8\n9,9,9,9\n1,1,1\n'))
  assert.deepEqual(rows, [
    [1, ['1', '2', '3']],
    [3, ['6', '7', '8']],
    [5, ['1', '1', '1']],
  ])
  assert.deepEqual(problems, ['2:csv-columns', '4:csv-columns'])
})

test('a stray quote is refused with its row, the next ones are read', () => {
  for (const [bad, code] of [
    ['x"y,2', 'csv-quote'],
    ['"x"y,2', 'csv-quote'],
    ['"x,2', 'csv-open-quote'],
    ['x,"2', 'csv-open-quote'],
  ] as const) {
    const { rows, problems } = readFile(text(`a,b\n1,2\n${bad}\n3,4\n5,6\n`))
    assert.deepEqual(
      rows.map(([, row]) => row),
      [
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
      bad,
    )
    assert.deepEqual(problems, [`2:${code}`])
  }
})

test('a quote that opens in one row and meets one in a later row takes nobody with it', () => {
  const { rows, problems } = readFile(text('a,b\n1,"2\n3,4\n5,"six"\n7,8\n'))
  assert.deepEqual(rows, [
    [2, ['3', '4']],
    [3, ['5', 'six']],
    [4, ['7', '8']],
  ])
  assert.deepEqual(problems, ['1:csv-quote'])
})

test('an unclosed quote in a large file is found within its bounds', () => {
  const many = Array.from({ length: 60_000 }, (_, index) => `${index},王小衡\n`).join('')
  const { rows, problems, refusal } = readFile(
    text(`a,b\n${many}x,"y\n${many}`),
    {},
    [100_000, 200_000, 900_000, 1_200_000],
  )
  assert.equal(refusal, undefined)
  assert.equal(rows.length, 120_000)
  assert.deepEqual(problems, ['60001:csv-open-quote'])
})

test('quotes broken on purpose in every line cannot make the reader slow: the file is refused', () => {
  // every line opens a quote whose end is a thousand lines away
  const block = 'x,"' + '\n""'.repeat(900) + '\n'
  const started = performance.now()
  const reading = readFile(text('a,b\n' + block.repeat(200)))
  assert.ok(performance.now() - started < 10_000)
  assert.ok(reading.refusal === 'csv-open-quote' || reading.problems.length > 0)
})

test('a line without end is refused and dropped while it comes', () => {
  const { rows, problems } = readFile(text(`a,b\n1,2\n${'长'.repeat(2 << 20)}\n3,4\n`), {}, [
    1 << 20,
    2 << 20,
    3 << 20,
    5 << 20,
  ])
  assert.deepEqual(rows, [
    [1, ['1', '2']],
    [3, ['3', '4']],
  ])
  assert.deepEqual(problems, ['2:csv-too-long'])
})

test('blank lines are counted and passed over, wherever they stand', () => {
  const { rows, problems } = readFile(text('a,b\r\n\r\n1,2\r\n,\r\n3,4\r\n\r\n\r\n'))
  assert.deepEqual(rows, [
    [2, ['1', '2']],
    [4, ['3', '4']],
  ])
  assert.deepEqual(problems, [])
})

test('a title above the header is passed over', () => {
  assert.deepEqual(fieldsOf('行政处罚信息表,,\n姓名,证件,日期\n1,2,3\n'), [['1', '2', '3']])
})

test('one column, and a header in quotes with a line break', () => {
  assert.deepEqual(fieldsOf('a\n1\n2\n'), [['1'], ['2']])
  const { header } = readFile(text('"a\nb",c\n1,2\n'))
  assert.deepEqual(header, ['a\nb', 'c'])
})

test('the separator is that of the header, outside its quotes', () => {
  assert.deepEqual(fieldsOf('"a,b,c"\td\n1,2\t3\n'), [['1,2', '3']])
  assert.deepEqual(fieldsOf('a;b\n1,5;2\n'), [['1,5', '2']])
})

test('NUL refuses its row, and the file when it begins with it', () => {
  const late = readFile(text('name,b\n1,\u00002\n3,4\n'))
  assert.deepEqual([late.rows, late.problems], [[[2, ['3', '4']]], ['1:bad-encoding']])
  assert.equal(readFile(Buffer.from('姓名,b\n1,2\n', 'utf16le')).refusal, 'bad-encoding')
})
