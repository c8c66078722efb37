import { unitMatches } from './catalog.ts'
import type { Jurisdiction, Pack, PackLayer, Unit } from './pack.ts'

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
    tasks: tasks?.map(({ joint, ...task }) => {
      const lead = confine(task.lead)
      // who leads is not named again among those that take part
      const others = confine(joint ?? []).filter((unit) => !lead.includes(unit))
      return { ...task, lead, ...(others.length > 0 ? { joint: others } : {}) }
    }),
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

/** The layer whose place a unit belongs to: the one that names it, unless a place below says that it is this unit. */
export function layersOfUnit(
  layers: readonly PackLayer[],
  named: PackLayer,
  unit: Unit,
): { layer: string; namedIn?: string } {
  const own = layers.find(({ pack }) => pack.is === unit.id)
  return own ? { layer: own.pack.id, namedIn: named.pack.id } : { layer: named.pack.id }
}

/**
 * The places that an instance of these layers serves, upper first: that of whoever runs it, and those below. Layers above it
 * say rules and name units, and nobody of them is at work here. Where no layer names an operator, it is the lead department
 * (`kind: development`) of the lowest layer that has one.
 */
export function jurisdictionsOfLayers(layers: readonly PackLayer[]): Jurisdiction[] {
  const naming = layers.filter(({ units = [] }) => units.length > 0)
  const leads = naming.flatMap(({ units = [] }) => units).filter(({ kind }) => kind === 'development')
  const operator = layers.findLast(({ pack }) => pack.operator !== undefined)?.pack.operator ?? leads.at(-1)?.id
  const at = naming.findIndex(({ units = [] }) => units.some(({ id }) => id === operator))
  return naming.slice(Math.max(at, 0)).map(({ pack }, rank) => {
    const office = rank === 0 ? operator : pack.office
    return {
      id: pack.id,
      name: pack.place ?? pack.name,
      ...(office === undefined ? {} : { office }),
      ...(pack.oversees ? { oversees: pack.oversees } : {}),
    }
  })
}

type Places = Pick<Pack, 'units' | 'jurisdictions'>

/** How far down the place of a unit is: 0 for that of whoever runs the instance, and for units that no place here names. */
export function rankOf({ units, jurisdictions = [] }: Places, unitId: string): number {
  const layer = units.find(({ id }) => id === unitId)?.layer
  return Math.max(
    jurisdictions.findIndex(({ id }) => id === layer),
    0,
  )
}

/** The places that a unit may look at: its own, and those below where the law of its own says that it oversees them. */
export function placesSeen(pack: Places, unitId: string): Jurisdiction[] {
  const { jurisdictions = [] } = pack
  const rank = rankOf(pack, unitId)
  return jurisdictions.slice(rank, jurisdictions[rank]?.oversees ? undefined : rank + 1)
}

/** The units of a place. */
export const unitsOfPlace = (pack: Places, place: string): string[] =>
  pack.units.filter(({ id }) => pack.jurisdictions?.[rankOf(pack, id)]?.id === place).map(({ id }) => id)

/** The units that an overseer of this unit oversees; 'all' where the instance serves no place beyond those it sees. */
export function overseen(pack: Places, unitId: string): string[] | 'all' {
  const seen = placesSeen(pack, unitId)
  if (seen.length >= (pack.jurisdictions?.length ?? 0)) return 'all'
  return seen.flatMap(({ id }) => unitsOfPlace(pack, id))
}

/** Is a rule of this place, by the document it cites first? What cites the documents of no place here is everybody's. */
export function isRuleOf(
  { documents, jurisdictions = [] }: Pick<Pack, 'documents' | 'jurisdictions'>,
  { basis }: { basis: readonly { document: string }[] },
  place: string | undefined,
): boolean {
  const layer = documents.find(({ cite }) => cite === basis[0]?.document)?.layer
  return place === undefined || layer === place || !jurisdictions.some(({ id }) => id === layer)
}

/** Is this the unit that runs the instance? */
export const isOperator = ({ jurisdictions = [] }: Pick<Pack, 'jurisdictions'>, unitId: string | undefined): boolean =>
  unitId !== undefined && jurisdictions[0]?.office === unitId

/** The unit that runs the instance: what names no unit goes to it. */
export const operatorOf = ({ jurisdictions = [] }: Pick<Pack, 'jurisdictions'>): string | undefined =>
  jurisdictions[0]?.office

/** Is this the unit that leads in its place: the operator in the first one? */
export const isOffice = ({ jurisdictions = [] }: Pick<Pack, 'jurisdictions'>, unitId: string | undefined): boolean =>
  unitId !== undefined && jurisdictions.some(({ office }) => office === unitId)

/** Does this unit lead for that one: the office of its place, or of one above that oversees it? */
export function leadsFor(pack: Places, office: string, unit: string): boolean {
  if (!isOffice(pack, office)) return false
  const [own, other] = [rankOf(pack, office), rankOf(pack, unit)]
  return other === own || (other > own && pack.jurisdictions?.[own]?.oversees !== undefined)
}
