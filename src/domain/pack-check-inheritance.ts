import { jurisdictionsOfLayers } from './jurisdiction.ts'
import { fieldsOfGrant, isWithinLevel } from './catalog.ts'
import { checkNarrower } from './pack-check-narrower.ts'
import type { Path, Report } from './pack-problem.ts'
import { isCapped, mergePack } from './pack-merge.ts'
import { isPatternWithin } from './pack-pattern.ts'
import type { DisplayClass, Grant, Item, Narrowing, Pack, PackLayer, Unit } from './pack.ts'
import { isNotLonger } from './period.ts'

/** A lower layer may add and narrow; what an upper one limits it never widens. */
export function checkInheritance(layer: PackLayer, upper: readonly PackLayer[], report: Report): void {
  const above = mergePack(upper)
  checkIds(layer, above, report)
  checkDisplay(layer, above, report)
  checkNarrower(layer, upper, report)
  checkPlaces(layer, upper, report)
  // to keep a look-up from the person limits a right: only the uppermost layer, with its statute, may
  layer.purposes?.forEach((purpose, index) => {
    if (purpose.withhold) report('withhold-added', ['purposes', index, 'withhold'], purpose.id)
  })
  // a narrowing may name this layer's own display classes and units
  const display = mergePack([...upper, { pack: layer.pack, display: layer.display ?? [] }]).display
  const units = [...above.units, ...(layer.units ?? [])]
  layer.narrow?.forEach((rule, index) => checkNarrowing(rule, { above, display, units }, ['narrow', index], report))
}

const RESTATED = ['terms', 'repair', 'lists', 'measures'] as const

/**
 * A district below the place that runs the instance adds rules for its own units. To narrow one of above it would narrow it for
 * the city's units and records too, for a rule in force is one for the whole instance: that is refused, and never done silently.
 */
function checkPlaces(layer: PackLayer, upper: readonly PackLayer[], report: Report): void {
  const isSaid = upper.some(({ pack }) => pack.operator !== undefined) && layer.pack.operator === undefined
  const [first] = jurisdictionsOfLayers([...upper, layer])
  if (!isSaid || first?.id === layer.pack.id) return
  layer.narrow?.forEach(({ item }, n) => report('narrows-the-city', ['narrow', n], item))
  for (const key of RESTATED) {
    const above = new Set(upper.flatMap((one) => (one[key] ?? []).map(({ id }) => id)))
    layer[key]?.forEach(({ id }, n) => {
      if (above.has(id)) report('narrows-the-city', [key, n], id)
    })
  }
}

function checkIds(layer: PackLayer, above: Pack, report: Report): void {
  const lists = [
    'display',
    'keyFields',
    'keyGroups',
    'codes',
    'purposes',
    'kinds',
    'units',
    'items',
    'forbidden',
  ] as const
  for (const key of lists) {
    const taken = new Set(above[key].map(({ id }) => id))
    layer[key]?.forEach(({ id }, index) => {
      if (taken.has(id)) report('redefined', [key, index, 'id'], id)
    })
  }
  layer.classes?.forEach(({ id }, index) => report('class-added', ['classes', index], id))
  layer.items?.forEach((item, index) => {
    const same = above.items.find(
      (one) => one.id !== item.id && one.name.zh === item.name.zh && one.subject === item.subject,
    )
    if (same) report('duplicate-item', ['items', index, 'name'], same.id)
  })
  checkTold(layer, above, report)
}

/** Where the upper pack has people told of what is put on file against them, so does a lower one; a list tells by its process. */
function checkTold(layer: PackLayer, above: Pack, report: Report): void {
  if (!above.items.some(({ nature, notify }) => nature === 'adverse' && notify)) return
  const lists = [...above.lists, ...(layer.lists ?? [])]
  layer.items?.forEach((item, index) => {
    const isEntry = lists.some((list) => list.origin === 'determined' && list.item === item.id)
    if (item.nature === 'adverse' && !item.notify && !isEntry) report('not-told', ['items', index], item.id)
  })
}

function checkDisplay(layer: PackLayer, above: Pack, report: Report): void {
  layer.display?.forEach((one, index) => {
    const at: Path = ['display', index]
    if (one.within === undefined) return report('display-without-upper', at, one.id)
    const versions = above.display.filter((other) => other.id === one.within)
    for (const other of versions) {
      if (!isNotLonger(one.most, other.most)) report('display-widened', [...at, 'most'], `${one.most} > ${other.most}`)
      if (one.least !== undefined && one.least !== other.least)
        report('display-least-changed', [...at, 'least'], one.id)
      if (one.least === undefined && other.least !== undefined && !isNotLonger(other.least, one.most)) {
        report('display-least', [...at, 'most'], one.id)
      }
      if (one.for.some((nature) => !other.for.includes(nature)))
        report('display-widened', [...at, 'for'], one.for.join(', '))
    }
  })
}

type Frame = { above: Pack; display: DisplayClass[]; units: Unit[] }

function checkNarrowing(rule: Narrowing, frame: Frame, at: Path, report: Report): void {
  const versions = frame.above.items.filter((item) => item.id === rule.item)
  if (versions.length === 0) return report('narrow-unknown', [...at, 'item'], rule.item)
  if (!isCovered(rule, versions)) report('validity-widened', at, rule.item)
  const touched = versions.filter(
    (item) =>
      (rule.until === undefined || item.from < rule.until) && (item.until === undefined || rule.from < item.until),
  )
  for (const item of touched) {
    rule.sources?.forEach((pattern, n) => {
      if (!isPatternWithin(pattern, item.sources, frame.units))
        report('sources-widened', [...at, 'sources', n], pattern)
    })
    rule.see?.forEach((grant, n) => {
      const beyond = findBeyond(grant, item, frame.units)
      if (beyond) report('grant-widened', [...at, 'see', n], beyond)
    })
    if (rule.within !== undefined && !isNotLonger(rule.within, item.report.within)) {
      report('report-widened', [...at, 'within'], `${rule.within} > ${item.report.within}`)
    }
    if (rule.refuseAbove !== undefined && rule.refuseAbove > item.refuseAbove) {
      report('refusal-widened', [...at, 'refuseAbove'], `${rule.refuseAbove} > ${item.refuseAbove}`)
    }
    if (rule.display && !isCapped(frame.display, item.display.class, rule.display.class)) {
      report('display-widened', [...at, 'display'], `${rule.display.class} > ${item.display.class}`)
    }
    const natures = frame.display.filter((one) => one.id === rule.display?.class)
    if (natures.some((one) => !one.for.includes(item.nature)))
      report('display-nature', [...at, 'display'], rule.display?.class ?? '')
  }
}

/** Is the whole time of the narrowing time in which the item is in force? */
function isCovered(rule: Narrowing, versions: readonly Item[]): boolean {
  let day: string | undefined = rule.from
  while (day !== undefined && (rule.until === undefined || day < rule.until)) {
    const at: string = day
    const standing = versions.find((item) => item.from <= at && (item.until === undefined || at < item.until))
    if (!standing) return false
    day = standing.until
  }
  return true
}

/** The first purpose and unit pattern of a grant that no single grant of the upper item covers; undefined if all are. */
function findBeyond(grant: Grant, item: Item, units: readonly Unit[]): string | undefined {
  const shown = fieldsOfGrant(item, grant)
  for (const purpose of grant.purposes) {
    for (const pattern of grant.units) {
      const covered = item.see.some(
        (one) =>
          one.purposes.includes(purpose) &&
          isPatternWithin(pattern, one.units, units) &&
          isWithinLevel(grant.level, one.level) &&
          isSubset(shown, fieldsOfGrant(item, one)),
      )
      if (!covered) return `${purpose}, ${pattern}`
    }
  }
  return undefined
}

const isSubset = <T>(some: readonly T[], all: readonly T[]): boolean => some.every((one) => all.includes(one))
