import type { ArchiveBody, ArchiveRow } from '#contract/shapes.ts'

export type ItemLegend = ArchiveBody['items'][string]
export type FieldLegend = ItemLegend['fields'][number]
export type DisplayLegend = ArchiveBody['displays'][string]

/** A record with what the archive's legends say about it. */
export type ShownRecord = ArchiveRow & {
  legend: ItemLegend
  displayLegend: DisplayLegend
  unitName: { zh: string; en: string }
  /** what is filled in and may be seen, in the order of the item */
  facts: { field: FieldLegend; value: string }[]
}

/** Joins each record with its legends, newest decision first. The server sends a legend for every key. */
export function joinLegends({ records, items, displays, units }: ArchiveBody): ShownRecord[] {
  return (
    records
      .flatMap((record) => {
        const legend = items[record.item]
        const displayLegend = displays[record.display]
        const unitName = units[record.unit] ?? { zh: record.unit, en: record.unit }
        if (!legend || !displayLegend) return []
        const facts = legend.fields.flatMap((field, place) => {
          const value = record.values[place]
          return value ? [{ field, value }] : []
        })
        return [{ ...record, legend, displayLegend, unitName, facts }]
      })
      // oxlint-disable-next-line unicorn/no-array-sort -- a list of our own; toSorted is too new for older phones
      .sort((a, b) => b.decided.localeCompare(a.decided))
  )
}

/** Lists by what a function says of each element, in order of first appearance. */
export function groupBy<element>(list: readonly element[], keyOf: (one: element) => string): [string, element[]][] {
  const groups = new Map<string, element[]>()
  for (const one of list) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return [...groups]
}
