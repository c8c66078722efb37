import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import writeXlsx from 'write-excel-file/node'
import { columnOf, isDateFormat, numberText, serialText } from './cells.ts'
import { readFile } from './reading.fixture.ts'

type Parts = { sheet: string; workbook?: string; styles?: string; shared?: string; name?: string }

/** A workbook from the XML of its sheet data, as strange as a test needs it. */
function workbook({ sheet, workbook: pr = '', styles = '', shared = '', name = '数据' }: Parts): Uint8Array {
  return zipSync({
    'xl/workbook.xml': strToU8(
      `<?xml version="1.0"?><workbook xmlns:r="r">${pr}<sheets><sheet name="${name}" sheetId="1" r:id="rId1"/><sheet name="第二" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
    ),
    'xl/styles.xml': strToU8(`<styleSheet>${styles}</styleSheet>`),
    'xl/sharedStrings.xml': strToU8(`<sst>${shared}</sst>`),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet>${sheet}</worksheet>`),
    'xl/worksheets/sheet2.xml': strToU8(
      '<worksheet><sheetData><row><c t="str"><v>x</v></c></row><row><c><v>1</v></c></row></sheetData></worksheet>',
    ),
  })
}

const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
const rowsOf = (...rows: string[]) => `<sheetData>${rows.map((row) => `<row>${row}</row>`).join('')}</sheetData>`
const head = text('甲') + text('乙')

test('what write-excel-file writes is read: texts, numbers, dates, booleans', async () => {
  const bytes = await writeXlsx(
    [
      [{ value: 'CF_XDR_MC' }, { value: 'CF_NR_FK' }, { value: 'CF_JDRQ' }, { value: 'BZ' }],
      [
        { value: ' 王<小>&衡 ' },
        { value: 0.2 },
        { value: new Date('2026-03-01T00:00:00Z'), type: Date, format: 'yyyy/m/d' },
        { value: true },
      ],
      [{ value: '第一行\n第二行' }, { value: 12_345.6 }, null, null],
    ],
    { sheet: '处罚' },
  ).toBuffer()
  const { header, rows, problems, refusal } = readFile(bytes, { fileName: 'x.csv' }, [10, 1000])
  assert.deepEqual([refusal, problems], [undefined, []])
  assert.deepEqual(header, ['CF_XDR_MC', 'CF_NR_FK', 'CF_JDRQ', 'BZ'])
  assert.deepEqual(rows, [
    [1, [' 王<小>&衡 ', '0.2', '2026-03-01', 'TRUE']],
    [2, ['第一行\n第二行', '12345.6', '', '']],
  ])
})

test('numbers: plain text; whole ones past fifteen digits have lost their end and say so', () => {
  const cases: [string, string][] = [
    ['0.20000000000000001', '0.2'],
    ['0.30000000000000004', '0.3'],
    ['1E-3', '0.001'],
    ['1.0000000000000001E-7', '0.0000001'],
    ['2000', '2000'],
    ['1234567.891', '1234567.891'],
    ['-5', '-5'],
    ['20260301', '20260301'],
    ['999999999999999', '999999999999999'],
    ['1000000000000000', '1E+15'],
    ['990101199001011234', '9.90101199001011E+17'],
    ['9.9010119900101094E+17', '9.90101199001011E+17'],
    ['1E+21', '1E+21'],
    ['abc', 'abc'],
    ['', ''],
  ]
  for (const [raw, wanted] of cases) assert.equal(numberText(raw), wanted, raw)
})

test('date serials of both systems; 29 February 1900 stays what it never was', () => {
  const cases: [string, boolean, string][] = [
    ['46082', false, '2026-03-01'],
    ['44620', true, '2026-03-01'],
    ['0', true, '1904-01-01'],
    ['1', false, '1900-01-01'],
    ['59', false, '1900-02-28'],
    ['60', false, '1900-02-29'],
    ['61', false, '1900-03-01'],
    ['2958465', false, '9999-12-31'],
    ['46082.354166666664', false, '2026-03-01 08:30:00'],
    ['46081.999999999', false, '2026-03-01'],
    ['20260301', false, '20260301'],
    ['-1', false, '-1'],
  ]
  for (const [raw, from1904, wanted] of cases) assert.equal(serialText(raw, from1904), wanted, raw)
})

test('which formats show a date', () => {
  for (const code of ['yyyy-mm-dd', 'yyyy"年"m"月"d"日"', '[$-804]yyyy/m/d;@', 'd-mmm-yy', 'yyyy\\-mm\\-dd hh:mm'])
    assert.ok(isDateFormat(200, code), code)
  for (const code of [
    '0.00',
    'General',
    '#,##0.00_);[Red]\\(#,##0.00\\)',
    '0.00E+00',
    '@',
    '"day "0',
    '[h]:mm',
    'h:mm:ss',
  ])
    assert.ok(!isDateFormat(200, code), code)
  assert.ok(isDateFormat(14, undefined) && isDateFormat(31, undefined) && isDateFormat(57, undefined))
  assert.ok(!isDateFormat(0, undefined) && !isDateFormat(20, undefined) && !isDateFormat(49, undefined))
  assert.deepEqual(['A1', 'Z9', 'AA1', 'AB7', 'XFD1', '7', 'XFE1'].map(columnOf), [0, 25, 26, 27, 16_383, -1, -1])
})

test('styles, the 1904 system, shared and rich texts, phonetics, formulas, prefixes of elements', () => {
  const bytes = workbook({
    workbook: '<workbookPr date1904="1"/>',
    styles:
      '<numFmts><numFmt numFmtId="180" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="180"/></cellXfs>',
    shared:
      '<si><t>甲</t></si><si><r><t>乙</t></r><r><t xml:space="preserve"> 二</t></r><rPh><t>yi</t></rPh></si><si><t>a_x000D_b</t></si>',
    sheet:
      '<x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1" t="s"><x:v>1</x:v></x:c><x:c r="C1" t="str"><x:v>丙</x:v></x:c></x:row><x:row r="3"><x:c r="A3" s="1"><x:v>44620</x:v></x:c><x:c r="C3"><x:f>A1+1</x:f><x:v>7</x:v></x:c></x:row><x:row r="4"><x:c r="B4" t="s"><x:v>2</x:v></x:c></x:row></x:sheetData>',
  })
  const { header, rows, refusal } = readFile(bytes)
  assert.equal(refusal, undefined)
  assert.deepEqual(header, ['甲', '乙 二', '丙'])
  assert.deepEqual(rows, [
    [2, ['2026-03-01', '', '7']],
    [3, ['', 'a\rb', '']],
  ])
})

test('titles above the header, blank rows and rows far below', () => {
  const bytes = workbook({
    sheet: `<sheetData><row r="1">${text('信息表')}</row><row r="2">${head}</row><row r="3">${text('1')}${text('2')}</row><row r="5"/><row r="900">${text('3')}${text('')}</row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>`,
  })
  assert.deepEqual(readFile(bytes).rows, [
    [1, ['1', '2']],
    [898, ['3', '']],
  ])
})

test('a row that is refused: an error, a cell beside the header', () => {
  const bytes = workbook({
    sheet: rowsOf(
      head,
      text('1') + '<c t="e"><v>#N/A</v></c>',
      text('1') + text('2') + text('3'),
      text('1') + text('2') + text(' '),
    ),
  })
  const { rows, problems } = readFile(bytes)
  assert.deepEqual([rows, problems], [[[3, ['1', '2']]], ['1:xlsx-error-cell', '2:csv-columns']])
})

test('files that are refused, each with its reason', () => {
  const good = workbook({ sheet: rowsOf(head, text('1') + text('2')) })
  const refusalOf = (bytes: Uint8Array, sheet?: string) => readFile(bytes, { sheet }).refusal
  assert.equal(refusalOf(good), undefined)
  assert.equal(refusalOf(good, '第二'), undefined)
  assert.equal(refusalOf(good, '第三'), 'no-sheet')
  assert.equal(refusalOf(good.subarray(0, good.length - 30)), 'xlsx-unreadable')
  assert.equal(refusalOf(zipSync({ 'a.txt': strToU8('a') })), 'xlsx-unreadable')
  assert.equal(refusalOf(workbook({ sheet: rowsOf(head).replace('</row>', '') })), 'xlsx-unreadable')
  assert.equal(refusalOf(workbook({ sheet: rowsOf(head) })), 'no-rows')
  assert.equal(refusalOf(workbook({ sheet: '<sheetData/>' })), 'empty-file')
  const merged = rowsOf(head, text('1') + text('2'), text('1')) + '<mergeCells><mergeCell ref="B2:B3"/></mergeCells>'
  assert.equal(refusalOf(workbook({ sheet: merged })), 'xlsx-merged')
  assert.equal(refusalOf(Buffer.from('d0cf11e0a1b11ae1', 'hex')), 'old-xls')
  assert.equal(
    refusalOf(workbook({ sheet: `<sheetData><row r="2">${head}</row><row r="1">${head}</row></sheetData>` })),
    'xlsx-unreadable',
  )
  assert.equal(refusalOf(workbook({ sheet: `<sheetData><row r="9999999">${head}</row></sheetData>` })), 'xlsx-too-big')
})

test('bombs: a table of texts and one text without end stop at their bounds', () => {
  const started = performance.now()
  const texts = workbook({ sheet: rowsOf(head), shared: `<si><t>${'a'.repeat(1 << 20)}</t></si>`.repeat(80) })
  assert.equal(readFile(texts).refusal, 'xlsx-too-big')
  const endless = workbook({ sheet: rowsOf(head, text('a'.repeat(60 << 20))) })
  assert.equal(readFile(endless).refusal, 'xlsx-unreadable')
  assert.ok(performance.now() - started < 30_000)
})
