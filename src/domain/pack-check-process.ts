import { isPatternWithin } from './pack-pattern.ts'
import type { Path, Report } from './pack-problem.ts'
import type { Item, PackLayer } from './pack.ts'
import type { List, Measure } from './pack-process.ts'
import type { Basis } from './pack-shape.ts'

type Rank = Basis['rank']
type Section = 'terms' | 'areas' | 'targets' | 'lists' | 'items' | 'display'

/**
 * What a list's criteria may rest on (国办发〔2020〕49号): nationwide, a law, administrative regulation or central policy
 * document; a list of one place alone, also a local regulation. A department's rule or a plan carries neither.
 */
const NATIONWIDE: readonly Rank[] = ['law', 'administrative-regulation', 'central-policy']
const LOCAL: readonly Rank[] = [...NATIONWIDE, 'local-regulation']
const ADVERSE: readonly Rank[] = [...LOCAL, 'judicial-interpretation', 'catalogue']
const BINDING: readonly Rank[] = [...ADVERSE, 'department-rule']
const STATUTE: readonly Rank[] = ['law', 'administrative-regulation']
const SERIOUS = 'serious'

const isFavourable = ({ kind }: List): boolean => kind === 'red' || kind === 'exemplar'
const isMemorandum = ({ document }: Basis): boolean => /备忘录|memorandum/i.test(document)

/** Lists, measures, repair, terms and incentives of one layer: what is named exists, and each has the law it needs. */
export function checkProcess(layer: PackLayer, upper: readonly PackLayer[], report: Report): void {
  const layers = [...upper, layer]
  const ids = (section: Section) => new Set(layers.flatMap((one) => (one[section] ?? []).map(({ id }) => id)))
  const units = layers.flatMap((one) => one.units ?? [])
  const known = {
    unit: new Set(units.map(({ id }) => id)),
    kind: new Set(layers.flatMap((one) => (one.kinds ?? []).map(({ id }) => id))),
    term: ids('terms'),
    area: ids('areas'),
    target: ids('targets'),
    list: ids('lists'),
    item: ids('items'),
    'display class': ids('display'),
  }
  const refer = (what: keyof typeof known, id: string | undefined, path: Path) => {
    if (id !== undefined && !known[what].has(id)) report('dangling', path, `${what} ${id}`)
  }
  const referUnits = (patterns: readonly string[], path: Path) =>
    patterns.forEach((pattern, n) =>
      pattern.startsWith('kind:')
        ? refer('kind', pattern.slice(5), [...path, n])
        : refer('unit', pattern, [...path, n]),
    )
  const rest = (basis: readonly Basis[], path: Path, id: string, ranks?: readonly Rank[]) => {
    const standing = basis.filter((one) => !isMemorandum(one))
    if (standing.length === 0) report('basis-memorandum', path, id)
    else if (ranks && !standing.some(({ rank }) => ranks.includes(rank))) report('basis-rank', path, id)
  }
  const allItems = layers.flatMap((one) => one.items ?? [])
  const allLists = layers.flatMap((one) => one.lists ?? [])

  layer.terms?.forEach((term, n) => rest(term.basis, ['terms', n, 'basis'], term.id))
  layer.areas?.forEach((area, n) => rest(area.basis, ['areas', n, 'basis'], area.id, NATIONWIDE))
  layer.targets?.forEach((target, n) => {
    rest(target.basis, ['targets', n, 'basis'], target.id)
    refer('area', target.area, ['targets', n, 'area'])
  })
  layer.problems?.forEach((problem, n) => {
    const { campaign } = problem
    const at: Path = ['problems', n, 'campaign']
    // a campaign looks at records: it needs the law that holding them against somebody would
    rest(problem.basis, ['problems', n, 'basis'], problem.id, campaign && LOCAL)
    if (!campaign) return
    referUnits(campaign.lead, [...at, 'lead'])
    // `*` is every unit
    if (!campaign.joint?.includes('*')) referUnits(campaign.joint ?? [], [...at, 'joint'])
    refer('term', campaign.check, [...at, 'check'])
    refer('term', campaign.answer, [...at, 'answer'])
    const own = layers.flatMap((one) => one.terms ?? []).filter(({ id }) => id === campaign.answer)
    if (own.some(({ least }) => !least)) report('campaign-answer', [...at, 'answer'], campaign.answer)
    campaign.items.forEach((id, m) => {
      const versions = allItems.filter((item) => item.id === id)
      refer('item', id, [...at, 'items', m])
      if (versions.some(({ subject }) => subject !== 'organisation'))
        report('campaign-person', [...at, 'items', m], `${problem.id}, ${id}`)
      const { where } = campaign
      if (where && versions.some(({ fields }) => !fields.some((field) => field.id === where.field)))
        report('dangling', [...at, 'where', 'field'], `field ${where.field} of ${id}`)
    })
  })
  layer.repair?.forEach((rule, n) => {
    rest(rule.basis, ['repair', n, 'basis'], rule.id, rule.irreparable ? NATIONWIDE : BINDING)
    rule.classes.forEach((id, m) => refer('display class', id, ['repair', n, 'classes', m]))
  })
  checkRepairable(layers, layer, report)

  layer.lists?.forEach((list, n) => {
    const at: Path = ['lists', n]
    refer('item', list.item, [...at, 'item'])
    referUnits(list.units, [...at, 'units'])
    for (const key of ['window', 'rectify', 'publicity'] as const) refer('term', list[key], [...at, key])
    rest(list.basis, [...at, 'basis'], list.id, isFavourable(list) ? undefined : BINDING)
    list.criteria.forEach((one, m) => {
      const path = [...at, 'criteria', m]
      refer('area', one.area, [...path, 'area'])
      refer('target', one.target, [...path, 'target'])
      one.flag?.items.forEach((id, k) => {
        refer('item', id, [...path, 'flag', 'items', k])
        const counted = allItems.filter((item) => item.id === id)
        if (counted.some((item) => item.nature !== 'adverse' || !list.subjects.includes(item.subject)))
          report('list-nature', [...path, 'flag', 'items', k], id)
      })
      if (list.kind === SERIOUS && one.area === undefined) report('list-area', path, one.id)
      const ranks = list.kind === SERIOUS ? (upper.length === 0 ? NATIONWIDE : LOCAL) : ADVERSE
      rest(one.basis, [...path, 'basis'], one.id, isFavourable(list) ? undefined : ranks)
    })
    if (list.publish) {
      const ranks = list.publish.persons ? [...STATUTE, 'judicial-interpretation' as const] : BINDING
      rest(list.publish.basis, [...at, 'publish', 'basis'], list.id, isFavourable(list) ? undefined : ranks)
    }
    list.officers?.forEach((one, m) => rest(one.basis, [...at, 'officers', m, 'basis'], list.id, STATUTE))
    checkEntries(list, allItems, at, report)
    const hasProcess = list.term !== undefined && (isFavourable(list) || list.window !== undefined)
    if (list.origin === 'determined' && !hasProcess) report('list-no-process', at, list.id)
  })
  checkSources(layer, upper, allLists, units, report)

  layer.measures?.forEach((measure, n) => {
    const at: Path = ['measures', n]
    measure.lists.forEach((id, m) => refer('list', id, [...at, 'lists', m]))
    referUnits(measure.units, [...at, 'units'])
    refer('term', measure.respond, [...at, 'respond'])
    refer('term', measure.carry, [...at, 'carry'])
    rest(measure.basis, [...at, 'basis'], measure.id, ranksOf(measure))
    const reached = new Set(allLists.filter(({ id }) => measure.lists.includes(id)).flatMap(({ subjects }) => subjects))
    if (reached.size > 0 && measure.subjects.some((subject) => !reached.has(subject)))
      report('list-subject', [...at, 'subjects'], measure.id)
  })
  layer.incentives?.forEach((one, n) => {
    const at: Path = ['incentives', n]
    const { lists, items, clean } = one.requires
    rest(one.basis, [...at, 'basis'], one.id)
    referUnits(one.units, [...at, 'units'])
    lists?.forEach((id, m) => refer('list', id, [...at, 'requires', 'lists', m]))
    items?.forEach((id, m) => refer('item', id, [...at, 'requires', 'items', m]))
    if (!lists && !items && clean === undefined) report('incentive-open', [...at, 'requires'], one.id)
    const isAdverse =
      allLists.some((list) => lists?.includes(list.id) && !isFavourable(list)) ||
      allItems.some((item) => items?.includes(item.id) && item.nature === 'adverse')
    if (isAdverse) report('list-nature', [...at, 'requires'], one.id)
  })
}

/** For life only where a statute says so; rights are reduced by law or regulation, never by a catalogue alone. */
function ranksOf({ kind, term }: Measure): readonly Rank[] {
  if (term === 'life') return STATUTE
  return kind === 'A' ? LOCAL : BINDING
}

/** An entry is a record of the list's item: of the same subject, and adverse or favourable as the list is. */
function checkEntries(list: List, items: readonly Item[], at: Path, report: Report): void {
  const versions = items.filter(({ id }) => id === list.item)
  if (versions.some(({ subject }) => list.subjects.some((one) => one !== subject)))
    report('list-subject', [...at, 'subjects'], list.id)
  const nature = isFavourable(list) ? 'favourable' : 'adverse'
  if (versions.some((item) => item.nature !== nature)) report('list-nature', [...at, 'item'], list.id)
}

/** Who determines a list, and nobody else, sends its entries. A received list's item has the sources it always had. */
function checkSources(
  layer: PackLayer,
  upper: readonly PackLayer[],
  lists: readonly List[],
  units: Parameters<typeof isPatternWithin>[2],
  report: Report,
): void {
  const items = [...upper, layer].flatMap((one) => one.items ?? [])
  layer.lists?.forEach((list, n) => {
    const sources = items.filter(({ id }) => id === list.item).flatMap((item) => item.sources)
    list.units.forEach((pattern, m) => {
      if (sources.length > 0 && !isPatternWithin(pattern, sources, units))
        report('list-source', ['lists', n, 'units', m], pattern)
    })
  })
  layer.items?.forEach((item, n) => {
    const own = lists.filter((list) => list.item === item.id && list.origin === 'determined')
    if (own.length === 0) return
    item.sources.forEach((pattern, m) => {
      const isUsed = own.some((list) => isPatternWithin(pattern, list.units, units))
      if (!isUsed) report('list-source', ['items', n, 'sources', m], pattern)
    })
  })
}

/** Where a pack says how things are repaired, it says so for every class that something adverse is shown by. */
function checkRepairable(layers: readonly PackLayer[], layer: PackLayer, report: Report): void {
  const rules = layers.flatMap((one) => one.repair ?? [])
  if (rules.length === 0) return
  const covered = new Set(rules.flatMap(({ classes }) => classes))
  layer.display?.forEach((one, n) => {
    if (one.for.includes('adverse') && !covered.has(one.id)) report('repair-missing', ['display', n], one.id)
  })
}
