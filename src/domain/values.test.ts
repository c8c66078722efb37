import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dateOfDays, parseDateText, parseMoneyText } from './values.ts'

const day = Temporal.PlainDate.from('1970-01-01')
const civil = fc.integer({ min: -25_567, max: 2_932_896 }).map((days) => ({ days, date: day.add({ days }) }))

test('every day of 1900 to 9999 is read from each way to write it, as Temporal counts it', () => {
  fc.assert(
    fc.property(civil, ({ days, date }) => {
      const { year, month, day: of } = date
      const two = (value: number) => String(value).padStart(2, '0')
      assert.equal(dateOfDays(days), date.toString())
      for (const text of [
        `${date}`,
        `${year}/${month}/${of}`,
        `${year}.${two(month)}.${of}`,
        `${year}${two(month)}${two(of)}`,
        `${year}年${month}月${of}日`,
        `${year} 年 ${month} 月 ${two(of)} 日`,
        `${date} 00:00:00`,
        `${date}T08:30:00`,
        `${date}`.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
      ]) {
        assert.equal(parseDateText(text), days, text)
      }
    }),
  )
})

test('days that are not', () => {
  for (const text of [
    '2023-02-29',
    '1900-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
  ]) {
    assert.equal(parseDateText(text), 'date-unreal', text)
  }
  assert.equal(typeof parseDateText('2024-02-29'), 'number')
  assert.equal(typeof parseDateText('2000-02-29'), 'number')
  assert.equal(parseDateText('1899-12-31'), 'date-unreal')
})

test('what is no date says so; a spreadsheet serial has a name of its own', () => {
  for (const text of [
    '',
    ' ',
    '长期',
    '2026',
    '2026-3',
    '26-03-01',
    '2026-03/01',
    '2026-03-01Z',
    '2026-03-01T00:00:00Z',
    'abcd-ef-gh',
    '20260',
    '2026-03-01x',
    '-026-03-01',
  ].slice(0)) {
    const value = parseDateText(text)
    assert.ok(typeof value === 'string', text)
  }
  assert.equal(parseDateText('46082'), 'date-serial')
  assert.equal(parseDateText('46082.5'), 'date-serial')
})

test('any text is either a date that comes back or a reason', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-/.年月日 :T０９') }), (text) => {
      const value = parseDateText(text)
      if (typeof value === 'number') assert.equal(parseDateText(dateOfDays(value)), value)
    }),
  )
})

test('money: canonical text of the same value', () => {
  const cases: [string, string | undefined][] = [
    ['0.2', '0.2'],
    ['2000', '2000'],
    ['0', '0'],
    ['0.00', '0'],
    ['007', '7'],
    ['1,234,567.50', '1234567.5'],
    ['１２，３４５．６', '12345.6'],
    ['￥300', '300'],
    ['5.', '5'],
    ['0.123456', '0.123456'],
    ['0.1234560', '0.123456'],
    ['0.1234567', undefined],
    ['123456789012', '123456789012'],
    ['1234567890123', undefined],
    ['12,34', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['1.2.3', undefined],
    ['.5', undefined],
    ['', undefined],
    ['2000元', undefined],
  ]
  for (const [text, expected] of cases) assert.equal(parseMoneyText(text), expected, text)
})

test('money: a unit in the cell is converted into that of the field, exactly', () => {
  assert.equal(parseMoneyText('2000元', '万元'), '0.2')
  assert.equal(parseMoneyText('人民币2000元整', '元'), '2000')
  assert.equal(parseMoneyText('0.2万元', '元'), '2000')
  assert.equal(parseMoneyText('0.2万元', '万元'), '0.2')
  assert.equal(parseMoneyText('0.01元', '万元'), '0.000001')
  assert.equal(parseMoneyText('0.001元', '万元'), undefined)
  assert.equal(parseMoneyText('123456789万元', '元'), undefined)
})

test('money: the value survives, whatever the form', () => {
  const whole = fc.bigInt({ min: 0n, max: 999_999_999_999n })
  fc.assert(
    fc.property(whole, fc.integer({ min: 0, max: 999_999 }), fc.nat(3), (left, right, zeros) => {
      const plain = `${left}.${String(right).padStart(6, '0')}`
      const expected = plain.replace(/\.?0+$/, '') || '0'
      const grouped = String(left).replace(/\B(?=(\d{3})+$)/g, ',')
      const canonicalText = right === 0 ? String(left) : expected
      assert.equal(parseMoneyText(plain), canonicalText)
      assert.equal(parseMoneyText('0'.repeat(zeros) + plain), canonicalText)
      assert.equal(parseMoneyText(plain.replace(String(left), grouped)), canonicalText)
      assert.equal(parseMoneyText(canonicalText), canonicalText)
      // 元 to 万元 and back, where it fits
      const inWan = parseMoneyText(`${canonicalText}元`, '万元')
      if (inWan !== undefined) assert.equal(parseMoneyText(`${inWan}万元`, '元'), canonicalText)
    }),
  )
})
