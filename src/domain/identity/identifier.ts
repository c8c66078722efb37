import { parseCitizenNumber, type IdentityContext } from './citizen.ts'
import {
  parseForeignResidence,
  parseHkMacaoPermit,
  parseHmtResidence,
  parsePassport,
  parseTaiwanPermit,
} from './documents.ts'
import type { Sex } from './gb11643.ts'
import { normalise } from './normalise.ts'
import { parseOrganisationCode } from './organisation.ts'
import { isRefusal, type Refusal, type Text } from '#domain/refusal.ts'
import { dateOfDays, parseDateText } from '#domain/values.ts'

/** An identifier in the form subjects are keyed by. `birth` and `sex` where the number carries them. */
export type Identifier = {
  kind: IdentifierKind
  number: string
  birth?: string
  sex?: Sex
  legacy?: true
  fictional?: true
}

type Kind = { code: string; name: Text; subject: 'person' | 'organisation'; also: readonly string[] }

/** `code`: ID-type code of the official columns (01–05 seen in use; 06 is ours, unverified; organisations have none). */
export const IDENTIFIER_KINDS = {
  citizen: {
    code: '01',
    name: { zh: '居民身份证', en: 'Resident identity card' },
    subject: 'person',
    also: [
      '身份证',
      '中华人民共和国居民身份证',
      '二代身份证',
      '临时居民身份证',
      '公民身份号码',
      '身份证号码',
      '身份证号',
    ],
  },
  passport: {
    code: '02',
    name: { zh: '护照', en: 'Passport' },
    subject: 'person',
    also: ['护照号', '普通护照', '中国护照', '中华人民共和国护照', '外国护照', '外国人护照'],
  },
  'hk-macao-permit': {
    code: '03',
    name: { zh: '港澳居民来往内地通行证', en: 'Mainland travel permit for Hong Kong and Macao residents' },
    subject: 'person',
    also: ['港澳通行证', '港澳居民通行证', '回乡证'],
  },
  'taiwan-permit': {
    code: '04',
    name: { zh: '台湾居民来往大陆通行证', en: 'Mainland travel permit for Taiwan residents' },
    subject: 'person',
    also: ['台湾通行证', '台湾居民通行证', '台湾居民来往内地通行证', '台胞证'],
  },
  'foreign-residence': {
    code: '05',
    name: { zh: '外国人永久居留身份证', en: "Foreigner's permanent residence card" },
    subject: 'person',
    also: ['外国人永久居留证', '永久居留身份证'],
  },
  'hmt-residence': {
    code: '06',
    name: { zh: '港澳台居民居住证', en: 'Residence permit for Hong Kong, Macao and Taiwan residents' },
    subject: 'person',
    also: ['港澳居民居住证', '台湾居民居住证'],
  },
  organisation: {
    code: '',
    name: { zh: '统一社会信用代码', en: 'Unified social credit code' },
    subject: 'organisation',
    also: ['社会信用代码', '统一信用代码'],
  },
} as const satisfies Record<string, Kind>

export type IdentifierKind = keyof typeof IDENTIFIER_KINDS

/** Tells an identifier kind from any other text (a column of the database, a request). */
export function isIdentifierKind(text: string): text is IdentifierKind {
  return Object.hasOwn(IDENTIFIER_KINDS, text)
}

/**
 * Reads an identifier of a known kind; the one entry intake, look-up and sign-in use. Refuses as the parser of the
 * kind says (`citizen.ts`, `organisation.ts`, `documents.ts`).
 */
export function parseIdentifier(kind: IdentifierKind, raw: string, ctx: IdentityContext): Identifier | Refusal {
  switch (kind) {
    case 'citizen': {
      const parsed = parseCitizenNumber(raw, ctx)
      if (isRefusal(parsed)) return parsed
      const { number, birth, sex, legacy, fictional } = parsed
      const identifier: Identifier = { kind, number, birth, sex }
      if (legacy) identifier.legacy = legacy
      if (fictional) identifier.fictional = fictional
      return identifier
    }
    case 'organisation': {
      const parsed = parseOrganisationCode(raw, ctx)
      if (isRefusal(parsed)) return parsed
      return parsed.fictional ? { kind, number: parsed.number, fictional: true } : { kind, number: parsed.number }
    }
    case 'passport':
      return withKind(kind, parsePassport(raw))
    case 'hk-macao-permit':
      return withKind(kind, parseHkMacaoPermit(raw))
    case 'taiwan-permit':
      return withKind(kind, parseTaiwanPermit(raw))
    case 'foreign-residence':
      return withKind(kind, parseForeignResidence(raw, ctx))
    case 'hmt-residence':
      return withKind(kind, parseHmtResidence(raw, ctx))
  }
}

function withKind(kind: IdentifierKind, parsed: Omit<Identifier, 'kind'> | Refusal): Identifier | Refusal {
  return isRefusal(parsed) ? parsed : { kind, ...parsed }
}

const KIND_BY_WORD = new Map<string, IdentifierKind>()
for (const kind of Object.keys(IDENTIFIER_KINDS).filter(isIdentifierKind)) {
  const { code, name, also } = IDENTIFIER_KINDS[kind]
  for (const word of [kind, code, code.replace(/^0/, ''), name.zh, ...also]) {
    if (word !== '') KIND_BY_WORD.set(normalise(word), kind)
  }
}

/**
 * The kind for what departments write in the ID-type column: a code ('01', '1'), a Chinese name ('身份证') or our own
 * id. Undefined for anything else, also for 往来港澳通行证: its holder is a citizen and is reported by citizen number.
 */
export function identifierKindOf(codeOrName: string): IdentifierKind | undefined {
  return KIND_BY_WORD.get(codeOrName) ?? KIND_BY_WORD.get(normalise(codeOrName))
}

/**
 * The 18th birthday; for 29 February, 28 February (Civil Code 202: where the last month lacks the day, its last day).
 * Dates are YYYY-MM-DD. PostgreSQL's `birth + interval '18 years'` gives the same day.
 */
function eighteenthBirthday(birth: string): string {
  const year = Number(birth.slice(0, 4)) + 18
  const monthDay = birth.slice(4)
  // 18 years after a leap year is never one, as 18 is not a multiple of 4 (and 1882 → 1900 lands on none).
  return `${year}${monthDay === '-02-29' ? '-02-28' : monthDay}`
}

/**
 * The day on which somebody comes of age (Civil Code 17): the day after the 18th birthday. 周岁 are counted by the
 * civil calendar 从周岁生日的第二天起算 (最高人民法院关于审理未成年人刑事案件具体应用法律若干问题的解释, 法释〔2006〕1号 art 2).
 * The Civil Code does not say so itself; of two readings the one that protects the minor is taken here.
 */
export function turnsAdultOn(birth: string): string {
  const days = parseDateText(eighteenthBirthday(birth))
  if (typeof days !== 'number') throw new Error('not a date of birth')
  return dateOfDays(days + 1)
}

/** True if a person born on `birth` is of age on `today`: from the day after the 18th birthday on. */
export function isAdult(birth: string, today: string): boolean {
  // not through turnsAdultOn(): every row that is taken in is asked this
  return today > eighteenthBirthday(birth)
}

/** G2: true if a person born on `birth` was a minor on `date`; what they did then is refused for ever. */
export function wasMinorOn(birth: string, date: string): boolean {
  return !isAdult(birth, date)
}

/** A person's identifier for display: first and last character, the rest as stars; up to four characters, stars only. */
export function maskNumber(number: string): string {
  if (number.length <= 4) return '*'.repeat(number.length)
  return `${number[0]}${'*'.repeat(number.length - 2)}${number.at(-1)}`
}

/** A person's name for display: the first character and one star, so that not even its length shows: 张*. */
export function maskName(name: string): string {
  const [first = ''] = name.trim()
  return `${first}*`
}
