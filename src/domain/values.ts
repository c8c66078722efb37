/** Why a text is not a date: it cannot be read, no such day exists, or it is the serial number of a spreadsheet. */
export type DateProblem = 'date-unreadable' | 'date-unreal' | 'date-serial'

/** Units of money that a field may be kept in (`unit.zh` of the catalogue). */
export type MoneyUnit = '元' | '万元'

const FIRST_YEAR = 1900
const LAST_YEAR = 9999

/**
 * Days since 1970-01-01 of a civil date as departments write it: 2026-03-01, 2026/3/1, 2026.3.1, 20260301,
 * 2026年3月1日, full width or not, with a time of day (dropped) or without. Years 1900 to 9999 (9999-12-31 is how
 * "without end" is written). A time with a zone is an instant and not a date, and is refused.
 */
export function parseDateText(text: string): number | DateProblem {
  if (text.length === 10 && text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45) {
    const year = digits(text, 0, 4)
    const month = digits(text, 5, 7)
    const day = digits(text, 8, 10)
    if (year >= 0 && month >= 0 && day >= 0) return daysOf(year, month, day)
  }
  return parseLooseDate(text)
}

const SEPARATED = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/
const CHINESE = /^(\d{4})年(\d{1,2})月(\d{1,2})日?(?:\d{1,2}[:时]\d{2}(?:[:分]\d{2}秒?|分)?)?$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:\d{6})?$/

function parseLooseDate(text: string): number | DateProblem {
  const plain = text.normalize('NFKC').trim()
  const separated = SEPARATED.exec(plain)
  if (separated) return daysOf(Number(separated[1]), Number(separated[3]), Number(separated[4]))
  const other = COMPACT.exec(plain) ?? CHINESE.exec(plain.replace(/\s*([年月日])\s*/g, '$1'))
  if (other) return daysOf(Number(other[1]), Number(other[2]), Number(other[3]))
  return /^[1-9]\d{4}(\.\d+)?$/.test(plain) ? 'date-serial' : 'date-unreadable'
}

/** The number that stands in text[from…to), or -1 where a character is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

const LENGTHS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

function daysOf(year: number, month: number, day: number): number | DateProblem {
  if (year < FIRST_YEAR || year > LAST_YEAR || day < 1) return 'date-unreal'
  const length = LENGTHS[month] ?? 0
  if (day > length && !(month === 2 && day === 29 && isLeap(year))) return 'date-unreal'
  // years that begin in March put the leap day last (H. Hinnant, days_from_civil)
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.trunc(shifted / 400)
  const ofEra = shifted - era * 400
  const ofYear = Math.trunc((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * 146_097 + ofEra * 365 + Math.trunc(ofEra / 4) - Math.trunc(ofEra / 100) + ofYear - 719_468
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** YYYY-MM-DD of days since 1970-01-01, for the years that `parseDateText` takes. */
export function dateOfDays(days: number): string {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.trunc(
    (ofEra - Math.trunc(ofEra / 1460) + Math.trunc(ofEra / 36_524) - Math.trunc(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.trunc(yearOfEra / 4) - Math.trunc(yearOfEra / 100))
  const shiftedMonth = Math.trunc((5 * ofYear + 2) / 153)
  const day = ofYear - Math.trunc((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}

/** Digits before and after the point: N(18,6) of the official layout. */
const WHOLE_DIGITS = 12
const DECIMALS = 6

/**
 * A quantity in canonical decimal text (0.2, 2000, 0): no sign, no leading or trailing zeros, at most twelve digits
 * before the point and six after. Takes thousands separators, full width, ¥ and a unit at the end; the unit is
 * converted into `unit`, that of the field, without rounding. A unit is refused where the field has none, since
 * 2000 元 in a column of 万元 is a mistake by four digits. Undefined when it cannot be read or does not fit.
 */
export function parseMoneyText(text: string, unit?: MoneyUnit): string | undefined {
  return canonical(text) ?? parseLooseMoney(text, unit)
}

/** The text itself if it is plain: the fast path. */
function canonical(text: string): string | undefined {
  const length = text.length
  if (length === 0 || length > WHOLE_DIGITS + 1 + DECIMALS) return undefined
  let point = length
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code === 46 && point === length && at > 0) point = at
    else if (code < 48 || code > 57) return undefined
  }
  if (point > WHOLE_DIGITS || (point > 1 && text.charCodeAt(0) === 48)) return undefined
  if (point === length) return text
  if (length - point - 1 > DECIMALS || text.charCodeAt(length - 1) === 48 || point === length - 1) return undefined
  return text
}

const LOOSE = /^[¥]?\s*(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?\s*(元|万元|圆)?整?$/

function parseLooseMoney(text: string, unit: MoneyUnit | undefined): string | undefined {
  const match = LOOSE.exec(
    text
      .normalize('NFKC')
      .trim()
      .replace(/^(人民币|rmb)/i, ''),
  )
  if (!match) return undefined
  const given = match[3] === '圆' ? '元' : match[3]
  if (given !== undefined && unit === undefined) return undefined
  const shift = given === undefined || given === unit ? 0 : given === '万元' ? 4 : -4
  const whole = (match[1] ?? '').replaceAll(',', '')
  return shiftDecimal(whole, match[2] ?? '', shift)
}

/** whole.fraction times ten to the power of `shift`, or undefined where it does not fit. */
function shiftDecimal(whole: string, fraction: string, shift: number): string | undefined {
  const padded = shift < 0 ? whole.padStart(1 - shift, '0') : whole
  const figures = padded + fraction.padEnd(Math.max(shift, 0), '0')
  const point = padded.length + shift
  const left = figures.slice(0, point).replace(/^0+(?=\d)/, '')
  const right = figures.slice(point).replace(/0+$/, '')
  if (left.length > WHOLE_DIGITS || right.length > DECIMALS) return undefined
  return right === '' ? left : `${left}.${right}`
}
