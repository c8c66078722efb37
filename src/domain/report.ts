import type { Item, Pack } from './pack.ts'
import type { Text } from './refusal.ts'

/** What a report can be: of a person, of an organisation, or that nothing adverse is on file (专项信用报告). */
export const REPORT_KINDS = {
  personal: { zh: '个人公共信用信息报告', en: 'Public credit report of a person' },
  organisation: { zh: '法人和非法人组织公共信用信息报告', en: 'Public credit report of an organisation' },
  'no-violations': {
    zh: '专项信用报告（无违法违规证明）',
    en: 'Special credit report (in place of no-violation certificates)',
  },
} as const satisfies Record<string, Text>
export type ReportKind = keyof typeof REPORT_KINDS

export const isReportKind = (kind: string): kind is ReportKind => Object.hasOwn(REPORT_KINDS, kind)

/** The sections of a report, as Credit China (信用中国) has them, and the classes of the national catalogue in each. */
export const SECTIONS = [
  { id: 'administrative', name: { zh: '行政管理', en: 'Administrative acts' }, classes: ['03'] },
  { id: 'faith', name: { zh: '诚实守信', en: 'Good faith' }, classes: ['11'] },
  { id: 'lists', name: { zh: '严重失信主体名单', en: 'Lists of serious untrustworthiness' }, classes: ['06'] },
  { id: 'abnormal', name: { zh: '经营异常', en: 'Abnormal operation' }, classes: ['05'] },
  { id: 'commitments', name: { zh: '信用承诺', en: 'Commitments' }, classes: ['08'] },
  { id: 'appraisal', name: { zh: '信用评价', en: 'Credit appraisal' }, classes: ['09'] },
  { id: 'judgments', name: { zh: '司法判决', en: 'Judgments and enforcement' }, classes: ['02'] },
  { id: 'other', name: { zh: '其他', en: 'Other' }, classes: [] },
] as const satisfies readonly { id: string; name: Text; classes: readonly string[] }[]
export type SectionId = (typeof SECTIONS)[number]['id']

/** The section of a catalogue class; what Credit China has no section for is under “other”. */
export const sectionOf = (classId: string): SectionId =>
  SECTIONS.find(({ classes }) => classes.some((one) => one === classId))?.id ?? 'other'

/** The kinds of items a special report searches: the adverse ones about such subjects, in force at some time of the period. */
export function adverseItems(pack: Pack, subject: Item['subject'], from: string, to: string): Item[] {
  const found = pack.items.filter(
    (item) =>
      item.nature === 'adverse' &&
      item.subject === subject &&
      item.from <= to &&
      (item.until === undefined || item.until > from),
  )
  // versions of one id lie side by side: the last of them names it
  return [...new Map(found.map((item) => [item.id, item])).values()]
}

/** Crockford's letters: none that is read as another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const CODE_LENGTH = 20

/** A code of so many random bytes: five bits of each. */
export const codeOf = (random: Uint8Array): string => Array.from(random, (byte) => LETTERS[byte & 31]).join('')

/** In groups of four, or as many, as it is printed. */
export const groupCode = (code: string, of = 4): string => code.replace(new RegExp(`(.{${of}})(?=.)`, 'g'), '$1-')

/** A code as people type it: small letters, spaces, O for 0, I and L for 1. */
export const cleanCode = (text: string): string =>
  text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')

/** The same; undefined where it cannot be the code of a report. */
export function readCode(text: string): string | undefined {
  const clean = cleanCode(text)
  return clean.length === CODE_LENGTH && [...clean].every((letter) => LETTERS.includes(letter)) ? clean : undefined
}
