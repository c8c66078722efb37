import { unitMatches } from './catalog.ts'
import type { Pack, PackLayer, Unit } from './pack.ts'

/** A city and its districts on one instance: whose rule is whose, and who oversees whom. Layers stand for jurisdictions. */

type Patterns = string[]
type Ruled = Pick<
  PackLayer,
  | 'items'
  | 'purposes'
  | 'lists'
  | 'measures'
  | 'incentives'
  | 'tasks'
  | 'bodies'
  | 'sheets'
  | 'funds'
  | 'programmes'
  | 'benefits'
  | 'applications'
>

/**
 * The rules of a layer with `*` and `kind:…` as the units of the layer itself and of those below: what a district adds is
 * not offered to its city's units, or to another's. A layer above which no unit is named keeps its words; so does a rule
 * that is said again to tighten an upper one, for it holds where the upper one does.
 */
export function confineRules(layer: PackLayer, upper: readonly PackLayer[], lower: readonly PackLayer[]): Ruled {
  const { items, purposes, lists, measures, incentives, tasks, bodies } = layer
  const { sheets, funds, programmes, benefits, applications } = layer
  const above = upper.flatMap((one) => one.units ?? [])
  if (above.length === 0) {
    const supervised = { tasks, bodies, sheets, funds, programmes, benefits, applications }
    return { items, purposes, lists, measures, incentives, ...supervised }
  }
  const own = [layer, ...lower].flatMap((one) => one.units ?? [])
  const confine = (patterns: readonly string[]): Patterns => [
    ...new Set(patterns.flatMap((pattern) => expand(pattern, own))),
  ]
  const said = new Set(upper.flatMap((one) => [...(one.lists ?? []), ...(one.measures ?? [])].map(({ id }) => id)))
  const ofUnits = <T extends { id: string; units: Patterns }>(rules: readonly T[] | undefined): T[] | undefined =>
    rules?.map((rule) => (said.has(rule.id) ? rule : { ...rule, units: confine(rule.units) }))
  return {
    items: items?.map((item) => ({
      ...item,
      sources: confine(item.sources),
      see: item.see.map((grant) => ({ ...grant, units: confine(grant.units) })),
    })),
    purposes: ofUnits(purposes),
    lists: ofUnits(lists),
    measures: ofUnits(measures),
    incentives: ofUnits(incentives),
    tasks: tasks?.map((task) => ({
      ...task,
      lead: confine(task.lead),
      ...(task.joint ? { joint: confine(task.joint) } : {}),
    })),
    sheets: ofUnits(sheets),
    funds: ofUnits(funds),
    programmes: ofUnits(programmes),
    benefits: ofUnits(benefits),
    applications: ofUnits(applications),
    bodies: bodies?.map((body) => ({ ...body, members: confine(body.members) })),
  }
}

/** A unit named by its id is that unit, wherever it is. */
const expand = (pattern: string, own: readonly Unit[]): string[] =>
  pattern === '*' || pattern.startsWith('kind:')
    ? own.filter((unit) => unitMatches(pattern, unit)).map(({ id }) => id)
    : [pattern]

/**
 * The units that an overseer of this unit oversees: those of its own layer and of the layers below. 'all' for the
 * uppermost layer that names units, which oversees what earlier packs named, too.
 */
export function overseen(pack: Pick<Pack, 'units' | 'layers'>, unitId: string): string[] | 'all' {
  const order = pack.layers.map((layer) => layer.slice(0, layer.lastIndexOf('@')))
  const rank = (unit: { layer?: string }): number => order.indexOf(unit.layer ?? '')
  const unit = pack.units.find(({ id }) => id === unitId)
  const top = Math.min(...pack.units.map(rank))
  if (!unit || rank(unit) <= top) return 'all'
  return pack.units.filter((one) => rank(one) >= rank(unit)).map(({ id }) => id)
}
