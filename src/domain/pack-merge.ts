import { longestOf } from './catalog.ts'
import { confineRules, jurisdictionsOfLayers, layersOfUnit } from './jurisdiction.ts'
import type { DisplayClass, Item, Narrowing, Pack, PackLayer } from './pack.ts'
import { isNotLonger } from './period.ts'

/**
 * Layers → the pack the system judges by, upper layer first. Pure; the layers must have passed `pack-check.ts`, which
 * proves that nothing here can widen. Narrowings split an item into versions: before, while and after they hold.
 */
export function mergePack(written: readonly PackLayer[]): Pack {
  const layers = written.map((layer, at) => ({
    ...layer,
    ...confineRules(layer, written.slice(0, at), written.slice(at + 1)),
  }))
  const lowest = layers.at(-1)
  if (!lowest) throw new Error('a pack has at least one layer')
  const pack: Pack = {
    id: lowest.pack.id,
    name: lowest.pack.name,
    version: lowest.pack.version,
    layers: layers.map((layer) => `${layer.pack.id}@${layer.pack.version}`),
    jurisdictions: jurisdictionsOfLayers(layers),
    fictionalDivisions: layers.flatMap((layer) => layer.pack.fictionalDivisions ?? []),
    classes: layers.flatMap((layer) => layer.classes ?? []),
    display: [],
    keyFields: layers.flatMap((layer) => layer.keyFields ?? []),
    keyGroups: layers.flatMap((layer) => layer.keyGroups ?? []),
    codes: layers.flatMap((layer) => layer.codes ?? []),
    purposes: layers.flatMap((layer) => layer.purposes ?? []),
    calendar: layers.flatMap((layer) => layer.calendar ?? []),
    kinds: layers.flatMap((layer) => layer.kinds ?? []),
    units: layers.flatMap((layer) =>
      (layer.units ?? []).map((unit) => ({ ...unit, ...layersOfUnit(layers, layer, unit) })),
    ),
    items: [],
    forbidden: layers.flatMap((layer) => layer.forbidden ?? []),
    terms: layers.reduce<Pack['terms']>((all, layer) => restate(all, layer.terms), []),
    repair: layers.reduce<Pack['repair']>((all, layer) => restate(all, layer.repair), []),
    areas: layers.flatMap((layer) => layer.areas ?? []),
    targets: layers.flatMap((layer) => layer.targets ?? []),
    lists: layers.reduce<Pack['lists']>((all, layer) => restate(all, layer.lists), []),
    measures: layers.reduce<Pack['measures']>((all, layer) => restate(all, layer.measures), []),
    incentives: layers.flatMap((layer) => layer.incentives ?? []),
    problems: layers.reduce<Pack['problems']>((all, layer) => restate(all, layer.problems), []),
    documents: layers.flatMap((layer) => (layer.documents ?? []).map((one) => ({ ...one, layer: layer.pack.id }))),
    tasks: layers.flatMap((layer) => layer.tasks ?? []),
    campaigns: layers.flatMap((layer) => layer.campaigns ?? []),
    programmes: layers.flatMap((layer) => layer.programmes ?? []),
    benefits: layers.flatMap((layer) => layer.benefits ?? []),
    bodies: layers.flatMap((layer) => layer.bodies ?? []),
    indicators: layers.flatMap((layer) => layer.indicators ?? []),
    industries: layers.flatMap((layer) => layer.industries ?? []),
    funds: layers.flatMap((layer) => layer.funds ?? []),
    sheets: layers.flatMap((layer) => layer.sheets ?? []),
    conducts: layers.flatMap((layer) => layer.conducts ?? []),
    applications: layers.flatMap((layer) => layer.applications ?? []),
    boundaries: layers.flatMap((layer) => layer.boundaries ?? []),
  }
  for (const layer of layers) {
    pack.display = [...pack.display, ...(layer.display ?? []).map((one) => inheritLeast(one, pack.display))]
    // a layer narrows what came from above; its own items it writes as it wants them
    pack.items = (layer.narrow ?? []).reduce((items, rule) => narrowItems(items, rule, pack.display), pack.items)
    pack.items = [...pack.items, ...(layer.items ?? [])]
  }
  return pack
}

/** What a lower layer says again, by the same id, takes the place of the upper rule while it is in force. */
function restate<T extends { id: string; from: string; until?: string }>(
  upper: readonly T[],
  own: readonly T[] = [],
): T[] {
  const rest = own.reduce<T[]>(
    (rules, one) =>
      rules.flatMap((rule) => {
        if (rule.id !== one.id) return [rule]
        const until = earlier(rule.until, one.from)
        const before = until === undefined || rule.from >= until ? [] : [{ ...rule, until }]
        const isAfter = one.until !== undefined && (rule.until === undefined || one.until < rule.until)
        return isAfter ? [...before, { ...rule, from: later(rule.from, one.until) }] : before
      }),
    [...upper],
  )
  return [...rest, ...own]
}

/** A class `within` an upper one keeps its shortest time before repair and its end with the licence. */
function inheritLeast(one: DisplayClass, upper: readonly DisplayClass[]): DisplayClass {
  const above = upper.find((other) => other.id === one.within)
  if (!above) return one
  const inherited: DisplayClass = { ...one }
  if (above.least !== undefined && inherited.least === undefined) inherited.least = above.least
  if (above.ends !== undefined) inherited.ends = above.ends
  return inherited
}

function narrowItems(items: readonly Item[], rule: Narrowing, display: readonly DisplayClass[]): Item[] {
  return items.flatMap((item) => {
    if (item.id !== rule.item) return [item]
    const from = rule.from > item.from ? rule.from : item.from
    const until = earlier(rule.until, item.until)
    if (until !== undefined && from >= until) return [item]
    const pieces: Item[] = []
    if (item.from < from) pieces.push({ ...item, until: from })
    pieces.push(withValidity(narrowItem(item, rule, display), from, until))
    if (until !== undefined && until !== item.until) pieces.push({ ...item, from: until })
    return pieces
  })
}

const later = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a)

const earlier = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined ? b : b === undefined ? a : a < b ? a : b

function withValidity(item: Item, from: string, until: string | undefined): Item {
  const { until: _, ...rest } = item
  return until === undefined ? { ...rest, from } : { ...rest, from, until }
}

function narrowItem(item: Item, rule: Narrowing, display: readonly DisplayClass[]): Item {
  const narrowed: Item = { ...item, basis: [...item.basis, ...rule.basis] }
  if (rule.sources) narrowed.sources = rule.sources
  if (rule.see) narrowed.see = rule.see
  if (rule.review) narrowed.review = true
  if (rule.refuseAbove !== undefined) narrowed.refuseAbove = rule.refuseAbove
  if (rule.within) narrowed.report = { ...item.report, within: rule.within }
  if (rule.keyField) narrowed.keyField = rule.keyField
  if (rule.groups) narrowed.groups = [...new Set([...(item.groups ?? []), ...rule.groups])]
  const required = new Set(rule.require)
  if (required.size > 0) {
    narrowed.fields = item.fields.map((field) => (required.has(field.id) ? { ...field, required: true } : field))
  }
  if (rule.display) {
    const cap = rule.display.class
    const shorter = (id: string) => (isCapped(display, id, cap) ? cap : id)
    narrowed.display = { class: shorter(item.display.class) }
    const when = item.display.when?.map((one) => ({ ...one, class: shorter(one.class) }))
    if (when) narrowed.display.when = when
  }
  return narrowed
}

/** Does the cap take the place of a class? Where it is for certain not longer, and ends with the licence if the class does. */
export function isCapped(display: readonly DisplayClass[], id: string, cap: string): boolean {
  const [one, limit] = [longestOf(display, id), longestOf(display, cap)]
  if (one === undefined || limit === undefined || !isNotLonger(limit, one)) return false
  const ends = (name: string) => display.filter((other) => other.id === name).map((other) => other.ends)
  return ends(id).every((end) => end === undefined) || ends(cap).every((end) => end !== undefined)
}
