import type { Path, Report } from './pack-problem.ts'
import type { Grant, Item, PackLayer } from './pack.ts'

type List = 'classes' | 'display' | 'keyFields' | 'keyGroups' | 'codes' | 'purposes' | 'kinds' | 'units' | 'items'

/** Everything that is named exists, in this layer or above. */
export function checkReferences(layer: PackLayer, upper: readonly PackLayer[], report: Report): void {
  const known = (list: List) => new Set([...upper, layer].flatMap((one) => (one[list] ?? []).map(({ id }) => id)))
  const ids = {
    class: known('classes'),
    display: known('display'),
    'key field': known('keyFields'),
    'key group': known('keyGroups'),
    'code list': known('codes'),
    purpose: known('purposes'),
    kind: known('kinds'),
    unit: known('units'),
  }
  const refer = (what: keyof typeof ids, id: string | undefined, path: Path) => {
    if (id !== undefined && !ids[what].has(id)) report('dangling', path, `${what} ${id}`)
  }
  const referPattern = (pattern: string, path: Path) => {
    if (pattern.startsWith('kind:')) refer('kind', pattern.slice(5), path)
    else if (pattern !== '*') refer('unit', pattern, path)
  }
  const referGrants = (grants: readonly Grant[], items: readonly Item[], path: Path) => {
    grants.forEach((grant, index) => {
      const at = [...path, index]
      grant.purposes.forEach((id, n) => refer('purpose', id, [...at, 'purposes', n]))
      grant.units.forEach((pattern, n) => referPattern(pattern, [...at, 'units', n]))
      grant.fields?.forEach((id, n) => referField(id, items, [...at, 'fields', n]))
    })
  }
  const referField = (id: string, items: readonly Item[], path: Path) => {
    if (!items.every((item) => item.fields.some((field) => field.id === id))) report('dangling', path, `field ${id}`)
  }
  const codesOf = (id: string | undefined) =>
    [...upper, layer].flatMap((one) => one.codes ?? []).find((list) => list.id === id)

  const successors = new Map(
    [...upper, layer].flatMap((one) => (one.units ?? []).map((u) => [u.id, u.successor] as const)),
  )
  const above = new Set(upper.flatMap((one) => (one.display ?? []).map(({ id }) => id)))
  layer.display?.forEach((one, index) => {
    if (one.within !== undefined && !above.has(one.within)) {
      report('dangling', ['display', index, 'within'], `upper display class ${one.within}`)
    }
  })
  layer.units?.forEach((unit, index) => {
    refer('kind', unit.kind, ['units', index, 'kind'])
    refer('unit', unit.successor, ['units', index, 'successor'])
    if (isOwnHeir(unit.id, successors)) report('successor-circle', ['units', index, 'successor'], unit.id)
  })
  const { operator, office, is } = layer.pack
  const own = new Set((layer.units ?? []).map(({ id }) => id))
  refer('unit', operator, ['pack', 'operator'])
  if (office !== undefined && !own.has(office)) report('dangling', ['pack', 'office'], `unit of this layer ${office}`)
  if (is !== undefined && (own.has(is) || !ids.unit.has(is))) report('dangling', ['pack', 'is'], `upper unit ${is}`)
  layer.purposes?.forEach((purpose, index) =>
    purpose.units.forEach((pattern, n) => referPattern(pattern, ['purposes', index, 'units', n])),
  )
  layer.items?.forEach((item, index) => {
    const at: Path = ['items', index]
    refer('class', item.class, [...at, 'class'])
    refer('key field', item.keyField, [...at, 'keyField'])
    item.groups?.forEach((id, n) => refer('key group', id, [...at, 'groups', n]))
    item.sources.forEach((pattern, n) => referPattern(pattern, [...at, 'sources', n]))
    item.fields.forEach((field, n) => refer('code list', field.codes, [...at, 'fields', n, 'codes']))
    item.naturalKey.forEach((id, n) => referField(id, [item], [...at, 'naturalKey', n]))
    refer('display', item.display.class, [...at, 'display', 'class'])
    item.publish?.except?.forEach((id, n) => refer('display', id, [...at, 'publish', 'except', n]))
    item.display.when?.forEach((rule, n) => {
      const when = [...at, 'display', 'when', n]
      refer('display', rule.class, [...when, 'class'])
      referField(rule.field, [item], [...when, 'field'])
      const field = item.fields.find(({ id }) => id === rule.field)
      if (!field) return
      const list = codesOf(field.codes)
      if (field.codes === undefined) report('code-without-list', [...when, 'field'], field.id)
      for (const [m, code] of rule.in.entries()) {
        if (list && !list.values.some((value) => value.code === code)) {
          report('dangling', [...when, 'in', m], `code ${code} of ${list.id}`)
        }
      }
    })
    referGrants(item.see, [item], [...at, 'see'])
  })
  layer.narrow?.forEach((rule, index) => {
    const at: Path = ['narrow', index]
    const items = upper.flatMap((one) => one.items ?? []).filter((item) => item.id === rule.item)
    rule.sources?.forEach((pattern, n) => referPattern(pattern, [...at, 'sources', n]))
    refer('display', rule.display?.class, [...at, 'display', 'class'])
    refer('key field', rule.keyField, [...at, 'keyField'])
    rule.groups?.forEach((id, n) => refer('key group', id, [...at, 'groups', n]))
    rule.require?.forEach((id, n) => referField(id, items, [...at, 'require', n]))
    referGrants(rule.see ?? [], items, [...at, 'see'])
  })
}

/** Does a unit come back to itself by its successors? */
function isOwnHeir(id: string, successors: ReadonlyMap<string, string | undefined>): boolean {
  const seen = new Set<string>()
  for (let at = successors.get(id); at !== undefined && !seen.has(at); at = successors.get(at)) {
    if (at === id) return true
    seen.add(at)
  }
  return false
}
