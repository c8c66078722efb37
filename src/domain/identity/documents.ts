import type { IdentityContext } from './citizen.ts'
import { readNumber, type Sex } from './gb11643.ts'
import { endsLikeDamage, isDamaged, normalise } from './normalise.ts'
import { refuse, type Refusal, type RefusalCode } from '#domain/refusal.ts'

export type DocumentNumber = { number: string; birth?: string; sex?: Sex }

/** Normalised text without the hyphens and dots some forms carry, or why there is none. */
function clean(raw: string): string | Refusal {
  const text = normalise(raw)
  if (text === '') return refuse('id-empty')
  if (isDamaged(text)) return refuse('id-spreadsheet')
  return text.replace(/[-.]/g, '')
}

/**
 * A passport of any country. ICAO 9303 gives the number no check digit (the one in the machine-readable zone is not
 * part of it) and every country its own form, so only this is checked: 5 to 12 letters and digits, at least two of
 * them digits. The columns of 双公示 name no country: two countries' passports with one number cannot be told apart.
 */
export function parsePassport(raw: string): DocumentNumber | Refusal {
  const number = clean(raw)
  if (typeof number !== 'string') return number
  return /^(?=.*\d.*\d)[0-9A-Z]{5,12}$/.test(number) ? { number } : refuse('passport-format')
}

/**
 * 港澳居民来往内地通行证: H (Hong Kong) or M (Macao) and 8 digits that stay for life; older cards add 2 digits that
 * count reissues (Ministry of Public Security, March 2010). The key is the 9 characters that stay, so a renewed card
 * is the same person. Since 2024 non-Chinese permanent residents have a letter in second place (unverified).
 */
export function parseHkMacaoPermit(raw: string): DocumentNumber | Refusal {
  const text = clean(raw)
  if (typeof text !== 'string') return text
  if (/^[HM]\d{8}(\d\d)?$/.test(text)) return { number: text.slice(0, 9) }
  return /^[HM][A-Z]\d{7}$/.test(text) ? { number: text } : refuse('permit-format')
}

/**
 * 台湾居民来往大陆通行证: 8 digits for life; until September 2008 followed by 2 digits that count issues and the
 * issuer's mark in brackets. The key is the 8 digits.
 */
export function parseTaiwanPermit(raw: string): DocumentNumber | Refusal {
  const text = clean(raw)
  if (typeof text !== 'string') return text
  return /^\d{8}(\d\d(\([0-9A-Z]\))?)?$/.test(text) ? { number: text.slice(0, 8) } : refuse('permit-format')
}

/**
 * 外国人永久居留身份证: since December 2023 18 digits, 9 first, date of birth in places 7–14, check character as in
 * GB 11643; before, 3 letters and 12 digits (form only). Old and new number of one person are two keys.
 */
export function parseForeignResidence(raw: string, ctx: IdentityContext): DocumentNumber | Refusal {
  const text = clean(raw)
  if (typeof text !== 'string') return text
  if (/^[A-Z]{3}\d{12}$/.test(text)) return { number: text }
  if (text.length !== 18 || !text.startsWith('9')) return refuse('residence-format')
  const reading = readNumber(text, ctx.today)
  return typeof reading === 'string' ? refuse(sharper(reading, text)) : { number: text, birth: reading.birth }
}

/** 港澳台居民居住证 (国办发〔2018〕81号): a number as in GB 11643 under 810000, 820000 or 830000. */
export function parseHmtResidence(raw: string, ctx: IdentityContext): DocumentNumber | Refusal {
  const text = clean(raw)
  if (typeof text !== 'string') return text
  if (!/^8[123]0000.{12}$/.test(text)) return refuse('residence-format')
  const reading = readNumber(text, ctx.today)
  if (typeof reading === 'string') return refuse(sharper(reading, text))
  return { number: text, birth: reading.birth, sex: reading.sex }
}

function sharper(code: RefusalCode, text: string): RefusalCode {
  return code === 'id-check-digit' && endsLikeDamage(text) ? 'id-spreadsheet' : code
}
