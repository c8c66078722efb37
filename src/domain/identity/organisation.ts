import type { IdentityContext } from './citizen.ts'
import { isAdmitted, isFictionalDivision } from './division.ts'
import { endsLikeDamage, isDamaged, normalise } from './normalise.ts'
import { refuse, type Refusal, type RefusalCode, type Text } from '#domain/refusal.ts'

/** `department` and `category` are the first two characters; `body` is the nine-character organisation code in it. */
export type OrganisationCode = {
  number: string
  department: string
  category: string
  division: string
  body: string
  fictional?: true
}

/**
 * First character: who registers. GB 32100-2015 with amendment 1 of 2016. The second character (category) is not
 * checked against a list: departments add categories (54, 55: residents' and villagers' committees), and the check
 * character already catches an error there.
 */
export const DEPARTMENTS: Readonly<Record<string, Text>> = {
  '1': { zh: '机构编制', en: 'Public-sector staffing' },
  '2': { zh: '外交', en: 'Foreign affairs' },
  '3': { zh: '司法行政', en: 'Judicial administration' },
  '4': { zh: '文化', en: 'Culture' },
  '5': { zh: '民政', en: 'Civil affairs' },
  '6': { zh: '旅游', en: 'Tourism' },
  '7': { zh: '宗教', en: 'Religious affairs' },
  '8': { zh: '工会', en: 'Trade unions' },
  '9': { zh: '市场监管（工商）', en: 'Market regulation' },
  A: { zh: '中央军委改革和编制办公室', en: 'Military reform and staffing' },
  N: { zh: '农业农村', en: 'Agriculture and rural affairs' },
  Y: { zh: '其他', en: 'Other' },
}

export const CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
// Powers of 3 mod 31. 31 is prime and the weights differ, so every single error is caught and every swap of two but
// that of the first with the last (both weigh 1); swapped neighbours always.
const WEIGHTS = Uint8Array.of(1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
const BODY_WEIGHTS = Uint8Array.of(3, 7, 9, 10, 5, 8, 4, 2)
const BODY_CHECKS = '0X987654321'
const VALUES = new Int8Array(128).fill(-1)
for (let i = 0; i < CODE_CHARACTERS.length; i++) VALUES[CODE_CHARACTERS.charCodeAt(i)] = i
const DEPARTMENT = new Uint8Array(128)
for (const letter of Object.keys(DEPARTMENTS)) DEPARTMENT[letter.charCodeAt(0)] = 1

/**
 * Reads a 统一社会信用代码 (GB 32100-2015). Accepts full width, spaces, hyphens, small letters. Refuses: id-empty,
 * id-spreadsheet, org-legacy-code (9 characters), org-legacy-registration (13 or 15 digits), org-length,
 * org-characters, org-check-digit, org-body-check-digit, org-department, org-division (fictional, not admitted).
 *
 * The body (places 9–17) must satisfy its own check digit (GB 11714-1997, letters A–Z as 10–35): every published code
 * tried that satisfies the whole code's check satisfies it too, old numeric bodies included. The division is checked
 * only for being digits: registrars of development zones have codes outside GB/T 2260.
 */
export function parseOrganisationCode(raw: string, ctx: IdentityContext): OrganisationCode | Refusal {
  if (raw.length === 18) {
    const judged = judge(raw, ctx)
    if (typeof judged !== 'string') return judged
    if (judged !== 'org-characters') return refuse(judged)
  }
  const text = normalise(raw).replaceAll('-', '')
  if (text === '') return refuse('id-empty')
  if (isDamaged(text)) return refuse('id-spreadsheet')
  if (/^[0-9A-Z]{8}[0-9X]$/.test(text)) return refuse('org-legacy-code')
  if (/^(\d{13}|\d{15})$/.test(text)) return refuse('org-legacy-registration')
  if (!/^[0-9A-Z]*$/.test(text)) return refuse('org-characters')
  if (text.length !== 18) return refuse('org-length')
  const judged = judge(text, ctx)
  return typeof judged === 'string' ? refuse(judged) : judged
}

function judge(text: string, ctx: IdentityContext): OrganisationCode | RefusalCode {
  let sum = 0
  let division = 0
  for (let i = 0; i < 17; i++) {
    const value = VALUES[text.charCodeAt(i)] ?? -1
    if (value < 0) return 'org-characters'
    sum += value * WEIGHTS[i]!
    if (i < 2 || i > 7) continue
    if (value > 9) return 'org-characters'
    division = division * 10 + value
  }
  const check = VALUES[text.charCodeAt(17)] ?? -1
  if (check < 0) return 'org-characters'
  if ((sum + check) % 31 !== 0) return endsLikeDamage(text) ? 'id-spreadsheet' : 'org-check-digit'
  let body = 0
  for (let i = 0; i < 8; i++) body += bodyValue(text.charCodeAt(8 + i)) * BODY_WEIGHTS[i]!
  if (text.charCodeAt(16) !== BODY_CHECKS.charCodeAt(body % 11)) return 'org-body-check-digit'
  if (DEPARTMENT[text.charCodeAt(0)] !== 1) return 'org-department'
  const fictional = isFictionalDivision(division)
  if (fictional && !isAdmitted(division, ctx.allowFictional)) return 'org-division'
  const code: OrganisationCode = {
    number: text,
    department: text[0]!,
    category: text[1]!,
    division: text.slice(2, 8),
    body: text.slice(8, 17),
  }
  if (fictional) code.fictional = true
  return code
}

const bodyValue = (c: number) => (c <= 57 ? c - 48 : c - 55)

/** The check character of an organisation code (GB 11714) for its eight characters. */
export function bodyCheckCharacter(eight: string): string {
  let sum = 0
  for (let i = 0; i < 8; i++) sum += bodyValue(eight.charCodeAt(i)) * BODY_WEIGHTS[i]!
  return BODY_CHECKS[sum % 11]!
}

/** The last character of a code (31 → 0) for its first seventeen. */
export function codeCheckCharacter(seventeen: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += VALUES[seventeen.charCodeAt(i)]! * WEIGHTS[i]!
  return CODE_CHARACTERS[(31 - (sum % 31)) % 31]!
}

/** A natural person who trades (个体工商户): registered under department 9, category 2, often in their own name. */
const INDIVIDUAL_BUSINESS = /^92/
export const isNamedAfterPerson = (code: string): boolean => INDIVIDUAL_BUSINESS.test(code)
