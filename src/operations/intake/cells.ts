/** Formats that Excel numbers itself and that show a date; 27–36 and 50–58 are the Chinese ones. */
function isDateId(id: number): boolean {
  return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)
}

/** Whether a number format shows a date: it has a year or a day outside of quotes, escapes and brackets. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isDateId(id)
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').split(';')[0] ?? ''
  return /[yde]/i.test(bare) && !/general|[0#?]e[+-]/i.test(bare)
}

/** Longest whole number that Excel keeps: fifteen digits. What is longer has lost its last ones. */
const EXACT = 1e15

/**
 * A number cell as text: plain, without exponent, rounded to the fifteen digits that Excel shows. A whole number
 * of more digits is damaged and comes out as 1.20115199001011E+17, which no check of an identifier accepts.
 */
export function numberText(raw: string): string {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return raw
  if (Math.abs(value) >= EXACT) {
    const [mantissa = '', exponent = ''] = value.toExponential(14).split('e')
    return `${mantissa.replace(/\.?0+$/, '')}E${exponent}`
  }
  const rounded = Number(value.toPrecision(15))
  const text = String(rounded)
  if (!text.includes('e')) return text
  return rounded.toFixed(20).replace(/\.?0+$/, '')
}

/**
 * A date serial as YYYY-MM-DD, with the time of day if it has one. In the 1900 system day 60 is 29 February 1900,
 * which never was: it comes out as such and is refused as a date. A number that is no date comes out as a number.
 */
export function serialText(raw: string, from1904: boolean): string {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value) || value < 0 || value >= 2_958_466) return numberText(raw)
  let day = Math.floor(value)
  let second = Math.round((value - day) * 86_400)
  if (second === 86_400) {
    day++
    second = 0
  }
  if (!from1904 && day === 60) return '1900-02-29'
  // days from 1970-01-01 to day 0: 1904-01-01, or 1899-12-31 (before the day that never was) and 1899-12-30
  const days = day - (from1904 ? 24_107 : day < 60 ? 25_568 : 25_569)
  const date = new Date(days * 86_400_000).toISOString().slice(0, 10)
  if (second === 0) return date
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0')
  return `${date} ${two(second / 3600)}:${two((second / 60) % 60)}:${two(second % 60)}`
}

/** Undoes _x000D_, the way .xlsx writes characters that XML forbids. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Column of a cell reference from 0: A1 is 0, AB7 is 27. -1 when it is none. */
export function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at) & ~32
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
    if (column > 16_384) return -1
  }
  return column - 1
}
