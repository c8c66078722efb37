import {
  SECTIONS,
  basesOf,
  citation,
  joinTexts,
  nameOf,
  periodWords,
  sectionKeys,
  unitWords,
  type Section,
} from './pack-words.ts'
import type { Pack } from './pack.ts'
import type { Text } from './refusal.ts'

export type HandbookEntry = {
  id: string
  name: Text
  lines: Text[]
  basis: Text[]
  from?: string
  until?: string
  /** the value was read nowhere in full: shown wherever it is used */
  unverified: boolean
}
export type Handbook = {
  pack: { id: string; name: Text; version: string; layers: string[] }
  sections: { key: Section; name: Text; entries: HandbookEntry[] }[]
}

/** A pack as a reader wants it: every rule with what it says, its citation, and the mark of what is unverified. Pure. */
export function handbookOf(pack: Pack): Handbook {
  const sections = sectionKeys().map((key) => {
    const rules: readonly { id: string }[] = pack[key]
    return { key, name: SECTIONS[key], entries: rules.map((rule) => entryOf(rule, pack)) }
  })
  const { id, name, version, layers } = pack
  return { pack: { id, name, version, layers }, sections: sections.filter(({ entries }) => entries.length > 0) }
}

function entryOf(rule: { id: string }, pack: Pack): HandbookEntry {
  const bases = basesOf(rule)
  const cited = [...new Map(bases.map((one) => [citation(one).zh, citation(one)])).values()]
  const entry: HandbookEntry = {
    id: rule.id,
    name: nameOf(rule),
    lines: LINES.flatMap(([key, label]) => lineOf(Reflect.get(rule, key), label, pack)),
    basis: cited,
    unverified: bases.some(({ unverified }) => unverified === true),
  }
  const [from, until]: unknown[] = [Reflect.get(rule, 'from'), Reflect.get(rule, 'until')]
  if (typeof from === 'string') entry.from = from
  if (typeof until === 'string') entry.until = until
  return entry
}

/** What a handbook says of a rule, and under which word. */
const LINES: readonly (readonly [key: string, label: Text])[] = [
  ['text', { zh: '内容', en: 'Text' }],
  ['content', { zh: '内容', en: 'Content' }],
  ['lead', { zh: '责任单位', en: 'Responsible' }],
  ['joint', { zh: '配合单位', en: 'Taking part' }],
  ['due', { zh: '完成时限', en: 'Due' }],
  ['continuing', { zh: '持续推进', en: 'Continuing' }],
  ['evidence', { zh: '完成凭据', en: 'Evidence' }],
  ['why', { zh: '为何', en: 'Why' }],
  ['instead', { zh: '代替', en: 'Instead' }],
  ['target', { zh: '目标', en: 'Target' }],
  ['chair', { zh: '召集人', en: 'Chair' }],
  ['members', { zh: '成员', en: 'Members' }],
  ['alias', { zh: '又称', en: 'Also called' }],
  ['successor', { zh: '后继单位', en: 'Successor' }],
  ['units', { zh: '单位', en: 'Units' }],
  ['sources', { zh: '报送单位', en: 'Sources' }],
  ['fields', { zh: '数据项、领域', en: 'Fields' }],
  ['period', { zh: '期限', en: 'Period' }],
  ['extend', { zh: '可延长', en: 'Extended by' }],
  ['most', { zh: '最长展示', en: 'Shown at most' }],
  ['term', { zh: '期限', en: 'Term' }],
  ['lines', { zh: '评分项', en: 'Lines' }],
  ['criteria', { zh: '认定情形', en: 'Criteria' }],
  ['conditions', { zh: '条件', en: 'Conditions' }],
  ['audience', { zh: '对象', en: 'For' }],
  ['on', { zh: '日期', en: 'Date' }],
  ['note', { zh: '说明', en: 'Note' }],
  ['remedy', { zh: '救济', en: 'Remedy' }],
  ['words', { zh: '词', en: 'Words' }],
]

function lineOf(value: unknown, label: Text, pack: Pack): Text[] {
  if (value === undefined) return []
  if (value === true) return [label]
  const { zh, en } = words(value, pack)
  return zh === '' ? [] : [{ zh: `${label.zh}：${zh}`, en: `${label.en}: ${en}` }]
}

function words(value: unknown, pack: Pack): Text {
  if (Array.isArray(value)) return joinTexts(value.map((one) => words(one, pack)))
  if (typeof value === 'string') {
    if (/^P\d+(Y|M|D|WD)$/.test(value)) return periodWords(value)
    return unitWords(pack, value)
  }
  if (typeof value !== 'object' || value === null) return { zh: String(value), en: String(value) }
  const date: unknown = Reflect.get(value, 'date')
  for (const key of ['what', 'text', 'name', 'title'] as const) {
    const inner: unknown = Reflect.get(value, key)
    if (typeof inner === 'object' && inner !== null) {
      const text = words(inner, pack)
      return typeof date === 'string' ? { zh: `${date} ${text.zh}`, en: `${date} ${text.en}` } : text
    }
  }
  if (typeof date === 'string') return { zh: date, en: date }
  const [zh, en]: unknown[] = [Reflect.get(value, 'zh'), Reflect.get(value, 'en')]
  const plain = (one: unknown) => (typeof one === 'string' ? one : '')
  return { zh: plain(zh), en: plain(en) }
}

/** The handbook as Markdown, Chinese first. */
export function handbookMarkdown({ pack, sections }: Handbook): string {
  const out = [
    `# ${pack.name.zh} · ${pack.name.en}`,
    '',
    `${pack.id} ${pack.version}（${pack.layers.join(' → ')}）`,
    '',
    '〔未核实〕的数值没有见到全文。Values marked [unverified] were read nowhere in full.',
  ]
  for (const section of sections) {
    out.push('', `## ${section.name.zh} · ${section.name.en}`)
    for (const entry of section.entries) {
      const span = entry.from === undefined ? '' : `（${entry.from} – ${entry.until ?? ''}）`
      out.push('', `### ${entry.name.zh} · ${entry.name.en} \`${entry.id}\`${span}`, '')
      for (const line of entry.lines) out.push(`- ${line.zh}`, ...(line.en === line.zh ? [] : [`  ${line.en}`]))
      if (entry.basis.length > 0) out.push(`- 依据 Basis：${entry.basis.map(({ zh }) => zh).join('；')}`)
    }
  }
  return `${out.join('\n')}\n`
}
