import type { Pack } from './pack.ts'
import type { Basis } from './pack-shape.ts'
import { parsePeriod } from './period.ts'
import type { Text } from './refusal.ts'

/** Words for the parts of a pack: what people read of it in the handbook, in a trace and in a comparison. */

/** Every section that rules stand in, in the order a reader meets them. */
export const SECTIONS = {
  documents: { zh: '文件', en: 'Documents' },
  tasks: { zh: '任务', en: 'Tasks' },
  boundaries: { zh: '边界：不做的和代替的', en: 'What is not done, and what stands in its place' },
  indicators: { zh: '目标', en: 'Indicators' },
  bodies: { zh: '领导小组和联席会', en: 'Leading groups and conferences' },
  units: { zh: '单位', en: 'Units' },
  keyGroups: { zh: '重点人群', en: 'Key groups' },
  keyFields: { zh: '重点领域', en: 'Key fields' },
  industries: { zh: '行业', en: 'Industries' },
  classes: { zh: '目录类别', en: 'Classes of the catalogue' },
  items: { zh: '目录事项', en: 'Catalogue items' },
  display: { zh: '展示期限', en: 'Display periods' },
  purposes: { zh: '查询目的', en: 'Purposes of look-ups' },
  terms: { zh: '办理期限', en: 'Terms of procedure' },
  repair: { zh: '信用修复', en: 'Repair' },
  areas: { zh: '严重失信领域', en: 'Areas of serious conduct' },
  targets: { zh: '重点监管对象', en: 'Key targets' },
  lists: { zh: '名单', en: 'Lists' },
  measures: { zh: '惩戒措施', en: 'Measures' },
  incentives: { zh: '激励', en: 'Incentives' },
  benefits: { zh: '惠民应用', en: 'Benefits' },
  problems: { zh: '专项治理', en: 'Problem areas' },
  conducts: { zh: '信用行为', en: 'Conduct' },
  applications: { zh: '信息应用', en: 'Uses' },
  campaigns: { zh: '宣传日历', en: 'Campaign calendar' },
  programmes: { zh: '教育培训', en: 'Education and training' },
  funds: { zh: '经费', en: 'Funding' },
  sheets: { zh: '考评打分表', en: 'Scoring sheets' },
  codes: { zh: '代码表', en: 'Code lists' },
  forbidden: { zh: '禁止归集', en: 'What is never gathered' },
} as const satisfies Partial<Record<keyof Pack, Text>>

export type Section = keyof typeof SECTIONS
export const sectionKeys = (): Section[] => Object.keys(SECTIONS).filter((key): key is Section => key in SECTIONS)

const UNITS = {
  Y: { zh: '年', en: 'year' },
  M: { zh: '个月', en: 'month' },
  D: { zh: '日', en: 'day' },
  WD: { zh: '个工作日', en: 'working day' },
} as const

/** P3WD → 3个工作日, 3 working days. */
export function periodWords(period: string): Text {
  const { count, unit } = parsePeriod(period)
  const { zh, en } = UNITS[unit]
  return { zh: `${count}${zh}`, en: `${count} ${en}${count === 1 ? '' : 's'}` }
}

/** Every basis anywhere in a rule. */
export function basesOf(value: unknown): Basis[] {
  if (Array.isArray(value)) return value.flatMap(basesOf)
  if (typeof value !== 'object' || value === null) return []
  if (isBasis(value)) return [value]
  return Object.values(value).flatMap(basesOf)
}

const isBasis = (value: object): value is Basis =>
  'document' in value && 'rank' in value && typeof value.document === 'string' && typeof value.rank === 'string'

/** 文件 条款, with the mark of what nobody has read in full. */
/** The mark of a value that was read nowhere in full; it stands wherever the value is used. */
export const UNVERIFIED: Text = { zh: '〔未核实〕', en: ' [unverified]' }
/** The mark, where a rule rests on something unverified. */
export const markOf = (basis: readonly { unverified?: boolean | undefined }[]): Text =>
  basis.some(({ unverified }) => unverified) ? UNVERIFIED : { zh: '', en: '' }

/** A name with the mark of its rule. */
export const markedName = (name: Text, basis: readonly { unverified?: boolean | undefined }[]): Text => ({
  zh: name.zh + markOf(basis).zh,
  en: name.en + markOf(basis).en,
})

export const citation = ({ document, article, unverified }: Basis): Text => {
  const where = article === undefined ? document : `${document} ${article}`
  return unverified ? { zh: where + UNVERIFIED.zh, en: where + UNVERIFIED.en } : { zh: where, en: where }
}

/** The name of a rule, whatever its section calls it. */
export function nameOf(rule: object): Text {
  for (const key of ['name', 'title', 'asked'] as const) {
    const found: unknown = Reflect.get(rule, key)
    if (isText(found)) return found
  }
  const id: unknown = Reflect.get(rule, 'id')
  return { zh: String(id), en: String(id) }
}

export const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value && typeof value.zh === 'string'

/** Units and kinds as people name them: '*' is every unit, 'kind:…' every unit of the kind. */
export function unitWords(pack: Pick<Pack, 'units' | 'kinds'>, pattern: string): Text {
  if (pattern === '*') return { zh: '各单位', en: 'every unit' }
  if (!pattern.startsWith('kind:')) return pack.units.find(({ id }) => id === pattern)?.name ?? same(pattern)
  const kind = pack.kinds.find(({ id }) => id === pattern.slice(5))?.name ?? same(pattern)
  return { zh: `各${kind.zh}部门`, en: `every unit of ${kind.en.toLowerCase()}` }
}

const same = (text: string): Text => ({ zh: text, en: text })

export const joinTexts = (texts: readonly Text[]): Text => ({
  zh: texts.map(({ zh }) => zh).join('、'),
  en: texts.map(({ en }) => en).join(', '),
})
