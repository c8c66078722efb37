import { displayClassAt, displayClassOf, displayEnd, inForce, itemAt } from './catalog.ts'
import type { DisplayClass, Item, Pack } from './pack.ts'
import type { Text } from './refusal.ts'
import type { Ways } from './repair.ts'
import type { Ended, Mark, RecordState } from './step.ts'

/** One stored record, decoded. `ended` is what an action or a newer version made of it. */
export type StoredRecord = {
  id: string
  version: number
  submission: number
  decided: string
  /** where a correction changed the decision date, the earliest: the clock runs from it (B2) */
  since?: string | undefined
  item: string
  unit: string
  /** ids of the fields `values` are of, the same array for every record of a layout */
  fields: readonly string[]
  values: readonly string[]
  ended: Ended | undefined
  /** cases that travel with it */
  marks?: Mark[] | undefined
  reportedAt: string | undefined
}

export type FoldedRecord = {
  id: string
  version: number
  state: RecordState
  item: string
  unit: string
  decided: string
  document?: string
  display: string
  until?: string
  reportedAt?: string
  submission: number
  /** objected to, under repair: the mark goes wherever the record goes (G9) */
  marks?: Mark[]
  /** of a corrected record, the earlier day its clock runs from (B2) */
  since?: string
  /** for the person: what ends it sooner, and what they can start (B16) */
  ways?: Ways
  /** in the order of the item's legend */
  values: string[]
}

/** How records of one layout and item version look to one reader: places in `values`. Made once, used for every record. */
type View = {
  item: Item
  /** places of the shown fields, in the order of the legend; -1 where the layout does not have one */
  shown: number[]
  /** places of all the item's fields */
  all: number[]
  /** places of what decides the end: severity, end of publicity, validity */
  decisive: number[]
  document: number
  ends: Map<string, { display: string; until: string } | undefined>
}

const ENDS_HELD = 20_000

/** The fields of an item that a reader sees, in the order of its legend. */
function shownFields(pack: Pack, id: string, shown: readonly string[] | 'all'): string[] {
  const item = pack.items.findLast((one) => one.id === id)
  return (item?.fields ?? []).map((field) => field.id).filter((field) => shown === 'all' || shown.includes(field))
}

/**
 * Folds the records of one subject into an archive, as of a civil date and under the pack in force then.
 *
 * `granted` says which fields of which items the reader may see (G12); records of other items are not there at all.
 * Without `ended`, only what is shown that day comes out (G5: from the first instant of the day it ends, nothing);
 * with it, everything, each with its state: for the person, a review body, a court (B14).
 */
export function makeFold(pack: Pack) {
  const views = new Map<readonly string[] | 'all', Map<readonly string[], View[]>>()

  const makeView = (item: Item, fields: readonly string[], shown: readonly string[] | 'all'): View => {
    const place = (id: string) => fields.indexOf(id)
    const decides = (field: Item['fields'][number]) =>
      field.role === 'display-until' ||
      field.role === 'valid-until' ||
      item.display.when?.some((rule) => rule.field === field.id)
    return {
      item,
      shown: shownFields(pack, item.id, shown).map(place),
      all: item.fields.map((field) => place(field.id)),
      decisive: item.fields.filter(decides).map((field) => place(field.id)),
      document: place(item.fields.find((field) => field.role === 'document-number')?.id ?? ''),
      ends: new Map(),
    }
  }

  const viewOf = (record: StoredRecord, shown: readonly string[] | 'all'): View | undefined => {
    let byLayout = views.get(shown)
    if (!byLayout) {
      if (views.size > 1000) views.clear()
      views.set(shown, (byLayout = new Map()))
    }
    let versions = byLayout.get(record.fields)
    if (!versions) byLayout.set(record.fields, (versions = []))
    const known = versions.find(({ item }) => inForce(item, record.decided))
    if (known) return known
    const item = itemAt(pack, record.item, record.decided) ?? pack.items.findLast((one) => one.id === record.item)
    if (!item) return undefined
    const view = versions.find((one) => one.item === item) ?? makeView(item, record.fields, shown)
    if (!versions.includes(view)) versions.push(view)
    return view
  }

  /** Display class and first day not shown. Calendar arithmetic is slow and dates repeat: remembered. */
  const endOf = (
    view: View,
    { decided, since = decided, values }: StoredRecord,
    date: string,
  ): { display: string; until: string } | undefined => {
    const clock = since < decided ? since : decided
    let key = date + clock
    for (const at of view.decisive) key += `\u001f${values[at] ?? ''}`
    if (view.ends.has(key)) return view.ends.get(key)
    const { item } = view
    const whole = view.all.map((at) => values[at] ?? '')
    const display = displayClassOf(pack, item, whole)
    const displayClass = displayClassAt(pack, display, date) ?? displayClassAt(pack, display, clock)
    const end = displayClass && { display, until: displayEnd(item, displayClass, clock, whole) }
    if (view.ends.size > ENDS_HELD) view.ends.clear()
    view.ends.set(key, end)
    return end
  }

  return (
    records: readonly StoredRecord[],
    reader: { date: string; granted: ReadonlyMap<string, readonly string[]> | 'all'; ended: boolean },
  ): FoldedRecord[] => {
    const folded: FoldedRecord[] = []
    for (const record of records) {
      const shown = reader.granted === 'all' ? 'all' : reader.granted.get(record.item)
      if (!shown) continue
      const view = viewOf(record, shown)
      if (!view) continue
      const end = record.ended === 'erased' ? undefined : endOf(view, record, reader.date)
      // without a display class in force there is no ground to show it
      const state: RecordState = record.ended ?? (end && reader.date < end.until ? 'shown' : 'ended')
      if (state !== 'shown' && !reader.ended) continue
      const { values } = record
      folded.push({
        id: record.id,
        version: record.version,
        state,
        item: record.item,
        unit: record.unit,
        decided: record.decided,
        document: view.shown.includes(view.document) ? values[view.document] : undefined,
        display: end?.display ?? '',
        until: end?.until,
        reportedAt: record.reportedAt,
        submission: record.submission,
        marks: record.marks,
        since: record.since !== undefined && record.since < record.decided ? record.since : undefined,
        values: view.shown.map((at) => values[at] ?? ''),
      })
    }
    return folded.toSorted((a, b) =>
      a.decided === b.decided ? (a.id < b.id ? -1 : 1) : a.decided < b.decided ? 1 : -1,
    )
  }
}

const cite = ({ document, article, unverified }: { document: string; article?: string; unverified?: boolean }) => ({
  document,
  article,
  unverified,
})

const NATURES: Record<Item['nature'], Text> = {
  adverse: {
    zh: '作出决定的机关依法报送；在期限内供依法查询，到期自动不再展示和使用',
    en: 'reported by the deciding organ as the law requires; open to lawful look-ups for its term, then neither shown nor used',
  },
  favourable: { zh: '守信记录，供依法查询和享受便利', en: 'a good record, shown so that it brings its benefits' },
  neutral: {
    zh: '依法登记的资格或状态，在有效期内展示',
    en: 'a qualification or status on register, shown while it holds',
  },
}

/** The legend of an item: what its records have in common. `shown` are the fields the reader may see. */
export function describeItem(pack: Pack, id: string, shown: readonly string[] | 'all') {
  const item = pack.items.findLast((one) => one.id === id)
  if (!item) return undefined
  const fields = new Set(shownFields(pack, id, shown))
  return {
    name: item.name,
    class: pack.classes.find((one) => one.id === item.class)?.name ?? { zh: item.class, en: item.class },
    nature: item.nature,
    basis: item.basis.map(cite),
    remedy: item.remedy,
    fields: item.fields
      .filter((field) => fields.has(field.id))
      .map((field) => ({
        id: field.id,
        name: field.name,
        type: field.type,
        unit: field.unit,
        sensitive: field.sensitivity === 'sensitive' ? true : undefined,
        codes: codesOf(pack, field.codes),
      })),
  }
}

function codesOf(pack: Pack, id: string | undefined): Record<string, Text> | undefined {
  const list = pack.codes.find((codes) => codes.id === id)
  return list && Object.fromEntries(list.values.map(({ code, name }) => [code, name]))
}

/** The legend of a display class for records of one nature: its length, and why such records are shown at all. */
export function describeDisplay(display: DisplayClass, nature: Item['nature']) {
  return { name: display.name, most: display.most, basis: display.basis.map(cite), why: NATURES[nature] }
}
