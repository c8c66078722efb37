import {
  SECTIONS,
  citation,
  isText,
  joinTexts,
  nameOf,
  periodWords,
  sectionKeys,
  unitWords,
  type Section,
} from './pack-words.ts'
import type { Pack } from './pack.ts'
import type { Basis } from './pack-shape.ts'
import type { Text } from './refusal.ts'

/** One rule that two packs have differently: `changes` says how, `whom` it concerns. */
export type Difference = {
  section: Section
  sectionName: Text
  id: string
  name: Text
  change: 'added' | 'removed' | 'changed'
  changes: Text[]
  whom: Text
}

/**
 * What changes, and for whom, when pack `b` takes the place of pack `a`: in words, section by section. Versions of one
 * id are compared together. Pure.
 */
export function diffPacks(a: Pack, b: Pack): Difference[] {
  return sectionKeys().flatMap((section) => {
    const [before, after] = [group(a[section]), group(b[section])]
    const ids = [...new Set([...before.keys(), ...after.keys()])]
    return ids.flatMap((id): Difference[] => {
      const [was, is] = [before.get(id), after.get(id)]
      const rule = is?.at(-1) ?? was?.at(-1)
      if (!rule || written(was) === written(is)) return []
      const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'
      const changes = was && is ? properties(was, is, [a, b]) : []
      return [
        {
          section,
          sectionName: SECTIONS[section],
          id,
          name: nameOf(rule),
          change,
          changes,
          whom: concerned(section, rule, is ? b : a),
        },
      ]
    })
  })
}

/** A value as text, its keys in order: a pack that came out of the database has them in another. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )

function group(rules: readonly { id: string }[]): Map<string, { id: string }[]> {
  const byId = new Map<string, { id: string }[]>()
  for (const rule of rules) byId.set(rule.id, [...(byId.get(rule.id) ?? []), rule])
  return byId
}

const LABELS: Record<string, Text> = {
  name: { zh: '名称', en: 'name' },
  period: { zh: '期限', en: 'period' },
  extend: { zh: '延长', en: 'extension' },
  most: { zh: '最长展示', en: 'shown at most' },
  least: { zh: '最短期限', en: 'least time' },
  term: { zh: '期限', en: 'term' },
  units: { zh: '单位', en: 'units' },
  sources: { zh: '报送单位', en: 'sources' },
  lead: { zh: '责任单位', en: 'responsible' },
  joint: { zh: '配合单位', en: 'taking part' },
  members: { zh: '成员', en: 'members' },
  subjects: { zh: '主体', en: 'subjects' },
  lists: { zh: '名单', en: 'lists' },
  criteria: { zh: '认定情形', en: 'criteria' },
  conditions: { zh: '条件', en: 'conditions' },
  removal: { zh: '移出途径', en: 'ways out' },
  see: { zh: '谁可以查看', en: 'who may see it' },
  fields: { zh: '数据项', en: 'fields' },
  groups: { zh: '重点人群', en: 'key groups' },
  display: { zh: '展示类别', en: 'display class' },
  layer: { zh: '所属地区', en: 'place' },
  namedIn: { zh: '由哪一层列出', en: 'named by' },
  refuseAbove: { zh: '拒收阈值', en: 'refusal threshold' },
  report: { zh: '报送期限', en: 'reporting period' },
  due: { zh: '完成时限', en: 'due' },
  from: { zh: '生效日', en: 'from' },
  until: { zh: '失效日', en: 'until' },
  basis: { zh: '依据', en: 'basis' },
}

/** The properties in which the versions of a rule differ, old → new. */
function properties(was: readonly object[], is: readonly object[], packs: readonly [Pack, Pack]): Text[] {
  const found: Text[] = []
  if (was.length !== is.length)
    found.push({ zh: `版本 ${was.length} → ${is.length}`, en: `versions ${was.length} → ${is.length}` })
  const [old, now] = [was.at(-1), is.at(-1)]
  if (!old || !now) return found
  for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const [one, other]: unknown[] = [Reflect.get(old, key), Reflect.get(now, key)]
    if (written(one) === written(other)) continue
    const label = LABELS[key] ?? { zh: key, en: key }
    if (Array.isArray(one) && Array.isArray(other)) {
      const parts = lists(one, other, packs)
      found.push({
        zh: `${label.zh}：${parts.map(({ zh }) => zh).join('；')}`,
        en: `${label.en}: ${parts.map(({ en }) => en).join('; ')}`,
      })
      continue
    }
    const [a, b] = [say(one, packs[0]), say(other, packs[1])]
    found.push({ zh: `${label.zh}：${a.zh} → ${b.zh}`, en: `${label.en}: ${a.en} → ${b.en}` })
  }
  return found
}

/** Of two lists only what went and what came; the same in another order is said to be that. */
function lists(one: readonly unknown[], other: readonly unknown[], packs: readonly [Pack, Pack]): Text[] {
  const [olds, news] = [new Set(one.map(written)), new Set(other.map(written))]
  const gone = one.filter((x) => !news.has(written(x))).map((x) => say(x, packs[0]))
  const come = other.filter((x) => !olds.has(written(x))).map((x) => say(x, packs[1]))
  const parts = [
    ...(gone.length > 0 ? [{ words: joinTexts(gone), zh: '去掉', en: 'without' }] : []),
    ...(come.length > 0 ? [{ words: joinTexts(come), zh: '增加', en: 'with' }] : []),
  ].map(({ words, zh, en }) => ({ zh: `${zh} ${words.zh}`, en: `${en} ${words.en}` }))
  return parts.length > 0 ? parts : [{ zh: '次序不同', en: 'in another order' }]
}

function say(value: unknown, pack: Pack): Text {
  if (value === undefined) return { zh: '无', en: 'none' }
  if (typeof value === 'string') {
    if (/^P\d+(Y|M|D|WD)$/.test(value)) return periodWords(value)
    if (value === '*' || value.startsWith('kind:') || pack.units.some(({ id }) => id === value))
      return unitWords(pack, value)
    return { zh: value, en: value }
  }
  if (isText(value)) return value
  if (Array.isArray(value))
    return value.length === 0 ? say(undefined, pack) : joinTexts(value.map((one) => say(one, pack)))
  if (typeof value === 'object' && value !== null) {
    if (isBasisLike(value)) return citation(value)
    for (const key of ['text', 'name', 'office'] as const) {
      const named: unknown = Reflect.get(value, key)
      if (isText(named)) return named
    }
    const parts = Object.values(value).map((one) => say(one, pack))
    return { zh: parts.map(({ zh }) => zh).join(' '), en: parts.map(({ en }) => en).join(' ') }
  }
  const plain = JSON.stringify(value)
  return { zh: plain, en: plain }
}

const isBasisLike = (value: object): value is Basis => 'document' in value && 'rank' in value

/** Whom a rule concerns: the units it names and the kinds of subject it reaches. */
function concerned(section: Section, rule: object, pack: Pack): Text {
  if (section === 'terms')
    return 'least' in rule ? { zh: '本人', en: 'the person' } : { zh: '办理机关', en: 'the office that acts' }
  const texts: Text[] = []
  for (const key of ['lead', 'joint', 'units', 'sources', 'members'] as const) {
    const patterns: unknown = Reflect.get(rule, key)
    if (Array.isArray(patterns)) texts.push(...patterns.map((one) => unitWords(pack, String(one))))
  }
  const subjects: unknown = Reflect.get(rule, 'subjects') ?? Reflect.get(rule, 'subject')
  const reached = Array.isArray(subjects) ? subjects : [subjects]
  if (reached.includes('person')) texts.push({ zh: '自然人', en: 'persons' })
  if (reached.includes('organisation')) texts.push({ zh: '组织', en: 'organisations' })
  const unique = [...new Map(texts.map((text) => [text.zh, text])).values()]
  if (unique.length === 0) return { zh: '所有人', en: 'everyone' }
  const shown = joinTexts(unique.slice(0, 6))
  return unique.length > 6 ? { zh: `${shown.zh}等`, en: `${shown.en} and others` } : shown
}
