import { isAdmitted, isFictionalDivision, isKnownDivision } from './division.ts'
import { checkCharacter, readNumber, type Sex } from './gb11643.ts'
import { endsLikeDamage, isDamaged, normalise } from './normalise.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'

/** `today`: YYYY-MM-DD in Asia/Shanghai. `allowFictional`: 99xxxx codes the pack admits (see `isAdmitted`); keep one array. */
export type IdentityContext = { today: string; allowFictional?: readonly string[] }

/** `number` is the 18-character form records are keyed by; `division` its first six digits. */
export type CitizenNumber = {
  number: string
  birth: string
  sex: Sex
  division: string
  /** sent as the 15-digit number of the old card, which has no check digit: a typing error in it may go unseen */
  legacy?: true
  fictional?: true
}

/**
 * Reads a 公民身份号码 (GB 11643-1999). Accepts full width, spaces, small x, and 15-digit numbers, which it converts.
 * Refuses: id-empty, id-spreadsheet, id-characters, id-length, id-check-digit, id-date, id-future-date, id-division,
 * id-other-kind (a residence permit's number), id-legacy-centenarian (15 digits, sequence 996–999: reserved for people
 * born before 1900, so the century is not certain).
 */
export function parseCitizenNumber(raw: string, ctx: IdentityContext): CitizenNumber | Refusal {
  if (raw.length === 18) {
    const clean = judge(raw, ctx)
    if (!isRefusal(clean) || clean.code !== 'id-characters') return clean
  }
  const text = normalise(raw)
  if (text === '') return refuse('id-empty')
  if (isDamaged(text)) return refuse('id-spreadsheet')
  if (text.length === 18) return judge(text, ctx)
  if (!/^\d*X?$/.test(text)) return refuse('id-characters')
  if (text.length === 15 && !text.endsWith('X')) return judgeLegacy(text, ctx)
  return refuse('id-length')
}

function judge(text: string, ctx: IdentityContext): CitizenNumber | Refusal {
  const reading = readNumber(text, ctx.today)
  if (typeof reading === 'string') {
    return refuse(reading === 'id-check-digit' && endsLikeDamage(text) ? 'id-spreadsheet' : reading)
  }
  const { division, birth, sex } = reading
  if (isKnownDivision(division)) return { number: text, birth, sex, division: text.slice(0, 6) }
  if (isFictionalDivision(division) && isAdmitted(division, ctx.allowFictional)) {
    return { number: text, birth, sex, division: text.slice(0, 6), fictional: true }
  }
  return refuse(division === 810_000 || division === 820_000 || division === 830_000 ? 'id-other-kind' : 'id-division')
}

/** 15 digits: division, yymmdd, sequence. GB 11643-1999 puts 19 before the year and appends the check character. */
function judgeLegacy(text: string, ctx: IdentityContext): CitizenNumber | Refusal {
  if (text.slice(12) >= '996') return refuse('id-legacy-centenarian')
  const body = `${text.slice(0, 6)}19${text.slice(6)}`
  const judged = judge(body + checkCharacter(body), ctx)
  return isRefusal(judged) ? judged : { ...judged, legacy: true }
}
