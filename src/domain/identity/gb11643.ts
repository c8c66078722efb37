import type { RefusalCode } from '#domain/refusal.ts'

export type Sex = 'male' | 'female'

/** What stands in 18 digits: `division` as a number, `birth` YYYY-MM-DD, `sex` from the parity of the sequence. */
export type Reading = { division: number; birth: string; sex: Sex }

// GB 11643-1999 with ISO 7064 MOD 11-2: the sum of digit × weight over 17 digits, mod 11, names the 18th character.
const WEIGHTS = Uint8Array.of(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
const CHECKS = '10X98765432'
const DAYS = Uint8Array.of(0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

/** Nobody born before this is in a file of today: an earlier year is a mistake. */
const OLDEST_YEAR = 1880

/** The check character for 17 digits (the caller has made sure that they are digits). */
export function checkCharacter(body: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (body.charCodeAt(i) - 48) * WEIGHTS[i]!
  return CHECKS[sum % 11]!
}

/**
 * Reads an 18-character number built as in GB 11643 (citizens, residence permits of Hong Kong, Macao and Taiwan
 * residents, the foreigner's card of 2023), without looking at the division. Refuses, in this order: id-characters,
 * id-check-digit, id-date, id-future-date. `today` is YYYY-MM-DD. On the hot path: one pass, no regular expressions.
 */
export function readNumber(text: string, today: string): Reading | RefusalCode {
  let sum = 0
  let division = 0
  let date = 0
  for (let i = 0; i < 17; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return 'id-characters'
    sum += digit * WEIGHTS[i]!
    if (i < 6) division = division * 10 + digit
    else if (i < 14) date = date * 10 + digit
  }
  const last = text.charCodeAt(17)
  if (!((last >= 48 && last <= 57) || last === 88)) return 'id-characters'
  if (last !== CHECKS.charCodeAt(sum % 11)) return 'id-check-digit'
  const year = Math.trunc(date / 10_000)
  const month = Math.trunc(date / 100) % 100
  const day = date % 100
  if (!isDate(year, month, day)) return 'id-date'
  if (date > asNumber(today)) return 'id-future-date'
  const birth = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`
  return { division, birth, sex: (text.charCodeAt(16) & 1) === 1 ? 'male' : 'female' }
}

function isDate(year: number, month: number, day: number): boolean {
  if (year < OLDEST_YEAR || month < 1 || month > 12 || day < 1 || day > DAYS[month]!) return false
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
}

let lastToday = ''
let lastNumber = 0

/** '2026-03-01' → 20260301; the last answer is kept, since a whole file is judged on one day. */
function asNumber(today: string): number {
  if (today !== lastToday) {
    lastNumber = Number(today.slice(0, 4) + today.slice(5, 7) + today.slice(8, 10))
    lastToday = today
  }
  return lastNumber
}
