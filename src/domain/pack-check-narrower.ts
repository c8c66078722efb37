import { isPatternWithin } from './pack-pattern.ts'
import type { Path, Report } from './pack-problem.ts'
import type { PackLayer, Unit } from './pack.ts'
import type { List, Measure, Problem, RepairRule, Term } from './pack-process.ts'
import { isNotLonger } from './period.ts'

/**
 * A lower layer may say a term, repair rule, list or measure of an upper one again, by the same id, to tighten it: an
 * office gets less time, a person more, a list fewer criteria and more process, a measure fewer lists, a campaign fewer
 * records and units. Areas, targets and incentives are only added to; areas not even that.
 */
export function checkNarrower(layer: PackLayer, upper: readonly PackLayer[], report: Report): void {
  const units = [...upper, layer].flatMap((one) => one.units ?? [])
  const periods = (layers: readonly PackLayer[]) =>
    new Map(layers.flatMap((one) => (one.terms ?? []).map((term) => [term.id, term.period] as const)))
  const frame: Frame = { units, above: periods(upper), here: periods([...upper, layer]) }
  layer.areas?.forEach(({ id }, n) => report('area-added', ['areas', n], id))
  for (const key of ['targets', 'incentives'] as const) {
    const taken = new Set(upper.flatMap((one) => (one[key] ?? []).map(({ id }) => id)))
    layer[key]?.forEach(({ id }, n) => {
      if (taken.has(id)) report('redefined', [key, n, 'id'], id)
    })
  }
  const pairs = <T extends { id: string }>(own: readonly T[] = [], all: readonly (readonly T[] | undefined)[]) =>
    own.flatMap((rule, n) =>
      all.flatMap((rules) => (rules ?? []).filter(({ id }) => id === rule.id)).map((old) => ({ rule, old, n })),
    )
  for (const { rule, old, n } of pairs(
    layer.terms,
    upper.map(({ terms }) => terms),
  ))
    compareTerm(rule, old, ['terms', n], report)
  for (const { rule, old, n } of pairs(
    layer.repair,
    upper.map(({ repair }) => repair),
  ))
    compareRepair(rule, old, ['repair', n], report)
  for (const { rule, old, n } of pairs(
    layer.lists,
    upper.map(({ lists }) => lists),
  ))
    for (const what of widenedList(rule, old, frame)) report('list-widened', ['lists', n], `${rule.id}, ${what}`)
  for (const { rule, old, n } of pairs(
    layer.measures,
    upper.map(({ measures }) => measures),
  ))
    for (const what of widenedMeasure(rule, old, frame))
      report('measure-widened', ['measures', n], `${rule.id}, ${what}`)
  for (const { rule, old, n } of pairs(
    layer.problems,
    upper.map(({ problems }) => problems),
  ))
    for (const what of widenedProblem(rule, old, frame))
      report('campaign-widened', ['problems', n], `${rule.id}, ${what}`)
}

type Frame = { units: readonly Unit[]; above: ReadonlyMap<string, string>; here: ReadonlyMap<string, string> }

function compareTerm(rule: Term, old: Term, at: Path, report: Report): void {
  const [one, other] = [rule.period, old.period]
  if (rule.least !== old.least) return report('term-widened', at, rule.id)
  if (old.least) {
    const isShorter = !isNotLonger(other, one) || (old.extend !== undefined && !isAtLeast(rule.extend, old.extend))
    if (isShorter) report('window-shortened', at, `${rule.id}: ${one} < ${other}`)
    return
  }
  if (!isNotLonger(one, other)) report('term-widened', at, `${rule.id}: ${one} > ${other}`)
  if (rule.extend !== undefined && !isAtLeast(old.extend, rule.extend))
    report('term-widened', [...at, 'extend'], `${rule.id}: ${rule.extend} > ${old.extend ?? '–'}`)
}

const isAtLeast = (one: string | undefined, other: string): boolean => one !== undefined && isNotLonger(other, one)
const isSubset = <T>(some: readonly T[], all: readonly T[]): boolean => some.every((one) => all.includes(one))

function compareRepair(rule: RepairRule, old: RepairRule, at: Path, report: Report): void {
  const texts = ({ conditions }: RepairRule) => conditions.map(({ zh }) => zh)
  const isKept =
    rule.grade === old.grade &&
    isSubset(texts(old), texts(rule)) &&
    isSubset(old.classes, rule.classes) &&
    (!old.automatic || rule.automatic === true) &&
    (old.irreparable === true || !rule.irreparable)
  if (!isKept) report('repair-widened', at, rule.id)
}

type Flag = List['criteria'][number]['flag']

/** A count that makes candidates may only become stricter: more records, in less time, of fewer items. */
const isFlagWithin = (flag: Flag, old: Flag): boolean =>
  flag === undefined ||
  (old !== undefined &&
    flag.count >= old.count &&
    isNotLonger(flag.within, old.within) &&
    isSubset(flag.items, old.items))

/** Where a list said again goes beyond the upper one: the names of the properties. */
function widenedList(rule: List, old: List, { units, above, here }: Frame): string[] {
  const atLeast = (key: 'window' | 'rectify' | 'publicity') => {
    const [was, is] = [old[key], rule[key]]
    if (was === undefined) return true
    const [wasLong, isLong] = [above.get(was), is === undefined ? undefined : here.get(is)]
    return is === was || (wasLong !== undefined && isAtLeast(isLong, wasLong))
  }
  const text = new Map(old.criteria.map((one) => [one.id, one]))
  const checks: [string, boolean][] = [
    ['kind', rule.kind === old.kind && rule.origin === old.origin && rule.item === old.item],
    ['units', rule.units.every((pattern) => isPatternWithin(pattern, old.units, units))],
    ['subjects', isSubset(rule.subjects, old.subjects)],
    [
      'criteria',
      rule.criteria.every((one) => text.get(one.id)?.text.zh === one.text.zh && text.get(one.id)?.area === one.area),
    ],
    ['flag', rule.criteria.every((one) => isFlagWithin(one.flag, text.get(one.id)?.flag))],
    ['window', atLeast('window')],
    ['rectify', atLeast('rectify')],
    ['publicity', atLeast('publicity')],
    ['hearing', !old.hearing || rule.hearing === true],
    ['term', old.term === undefined || (rule.term !== undefined && isNotLonger(rule.term, old.term))],
    ['renew', rule.renew === undefined || isAtLeast(old.renew, rule.renew)],
    ['removal', isSubset(old.removal, rule.removal)],
    [
      'publish',
      rule.publish === undefined || (old.publish !== undefined && (old.publish.persons || !rule.publish.persons)),
    ],
    [
      'officers',
      isSubset(
        (rule.officers ?? []).map(({ office }) => office.zh),
        (old.officers ?? []).map(({ office }) => office.zh),
      ),
    ],
  ]
  return checks.filter(([, isWithin]) => !isWithin).map(([what]) => what)
}

function widenedMeasure(rule: Measure, old: Measure, { units }: Frame): string[] {
  const isTerm =
    old.term === 'life' ||
    rule.term === old.term ||
    (rule.term !== 'life' && rule.term !== 'cause' && old.term !== 'cause' && isNotLonger(rule.term, old.term))
  const checks: [string, boolean][] = [
    ['kind', rule.kind === old.kind],
    ['lists', isSubset(rule.lists, old.lists)],
    ['units', rule.units.every((pattern) => isPatternWithin(pattern, old.units, units))],
    ['subjects', isSubset(rule.subjects, old.subjects)],
    ['term', isTerm],
    ['respond', rule.respond === old.respond && rule.carry === old.carry],
    ['content', rule.content.zh === old.content.zh],
  ]
  return checks.filter(([, isWithin]) => !isWithin).map(([what]) => what)
}

/** Where a campaign said again would look at more, for longer, or by others: the names of the properties. */
function widenedProblem(rule: Problem, old: Problem, { units, above, here }: Frame): string[] {
  const [now, was] = [rule.campaign, old.campaign]
  if (!now) return rule.name.zh === old.name.zh ? [] : ['name']
  if (!was) return ['campaign']
  const within = (patterns: readonly string[] = [], upper: readonly string[] = []) =>
    patterns.every((pattern) => isPatternWithin(pattern, upper, units))
  const [answerWas, answerIs] = [above.get(was.answer), here.get(now.answer)]
  const checks: [string, boolean][] = [
    ['name', rule.name.zh === old.name.zh],
    ['lead', within(now.lead, was.lead)],
    ['joint', within(now.joint, [...(was.joint ?? []), ...was.lead])],
    ['items', isSubset(now.items, was.items)],
    [
      'where',
      was.where === undefined || (now.where?.field === was.where.field && isSubset(now.where.words, was.where.words)),
    ],
    ['since', isNotLonger(now.since, was.since)],
    ['term', isNotLonger(now.term, was.term)],
    ['answer', now.answer === was.answer || (answerWas !== undefined && isAtLeast(answerIs, answerWas))],
  ]
  return checks.filter(([, isWithin]) => !isWithin).map(([what]) => what)
}
