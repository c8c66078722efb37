import { splitCodes } from './code-values.ts'
import type { DisplayClass, Field, Grant, Item, Pack, Sensitivity, Unit } from './pack.ts'
import { SENSITIVITIES } from './pack.ts'
import { addPeriod, longerOf } from './period.ts'

type Dated = { from: string; until?: string }

/** In force on a civil date: `until` is the first day no longer in force. */
export const inForce = (rule: Dated, date: string): boolean =>
  rule.from <= date && (rule.until === undefined || date < rule.until)

/** The version of a catalogue item in force on a civil date, or undefined: then nothing may be collected (G1). */
export const itemAt = (pack: Pick<Pack, 'items'>, id: string, date: string): Item | undefined =>
  pack.items.find((item) => item.id === id && inForce(item, date))

/** The version of a display class in force on a civil date. For what is shown today, ask with today (the rule in force when read, B2). */
export const displayClassAt = (pack: Pack, id: string, date: string): DisplayClass | undefined =>
  pack.display.find((one) => one.id === id && inForce(one, date))

/** Does a pattern of the catalogue ('*', 'kind:…' or a unit id) mean this unit? */
export function unitMatches(pattern: string, unit: Pick<Unit, 'id' | 'kind'>): boolean {
  if (pattern === '*') return true
  return pattern.startsWith('kind:') ? pattern.slice(5) === unit.kind : pattern === unit.id
}

/** May the unit report this item? (G1: only an entitled unit.) */
export const maySend = (item: Item, unit: Pick<Unit, 'id' | 'kind'>): boolean =>
  item.sources.some((pattern) => unitMatches(pattern, unit))

const rankOf = (level: Sensitivity): number => SENSITIVITIES.indexOf(level)

/** Is `level` at most as sensitive as `limit`? open < internal < personal < sensitive. */
export const isWithinLevel = (level: Sensitivity, limit: Sensitivity): boolean => rankOf(level) <= rankOf(limit)

/** The fields one grant shows: not more sensitive than its level, and only the named ones where it names any. */
export const fieldsOfGrant = (item: Item, grant: Grant): Field[] =>
  item.fields.filter(
    (field) => isWithinLevel(field.sensitivity, grant.level) && (!grant.fields || grant.fields.includes(field.id)),
  )

export type Granted = { item: string; level: Sensitivity; fields: string[] }

/**
 * What a unit may see for a purpose on a civil date: per item the union of its matching grants, fields in the item's
 * order. Empty if the purpose is not in force, not open to the unit, or nothing is granted (G12).
 * An item whose last version has ended grants nothing.
 */
export function deriveGrants(pack: Pack, purposeId: string, unit: Pick<Unit, 'id' | 'kind'>, date: string): Granted[] {
  const purpose = pack.purposes.find((one) => one.id === purposeId && inForce(one, date))
  if (!purpose?.units.some((pattern) => unitMatches(pattern, unit))) return []
  const granted: Granted[] = []
  for (const item of pack.items) {
    if (!inForce(item, date) || !purpose.subjects.includes(item.subject)) continue
    const grants = item.see.filter(
      (grant) => grant.purposes.includes(purposeId) && grant.units.some((pattern) => unitMatches(pattern, unit)),
    )
    const shown = new Set(grants.flatMap((grant) => fieldsOfGrant(item, grant)))
    if (shown.size === 0) continue
    const fields = item.fields.filter((field) => shown.has(field))
    const level = fields.reduce<Sensitivity>(
      (top, field) => (isWithinLevel(field.sensitivity, top) ? top : field.sensitivity),
      'open',
    )
    granted.push({ item: item.id, level, fields: fields.map((field) => field.id) })
  }
  return granted
}

/**
 * The display class of one record: by `display.when`, first rule first, else the item's class. A value that joins
 * several codes (警告、罚款) is classed part by part, and the longest class wins. `values` in the order of `item.fields`.
 */
export function displayClassOf(pack: Pack, item: Item, values: readonly (string | null | undefined)[]): string {
  const rules = item.display.when ?? []
  for (const id of new Set(rules.map((rule) => rule.field))) {
    const value = values[item.fields.findIndex((field) => field.id === id)] ?? ''
    const found = splitCodes(value).map(
      (part) => rules.find((rule) => rule.field === id && rule.in.includes(part))?.class,
    )
    if (found.some((one) => one !== undefined)) {
      return found.map((one) => one ?? item.display.class).reduce((a, b) => longerClass(pack, a, b))
    }
  }
  return item.display.class
}

/** The longest time a display class has ever stood for, over its versions; undefined if there is no such class. */
export function longestOf(display: readonly DisplayClass[], id: string): string | undefined {
  const periods = display.filter((one) => one.id === id).map((one) => one.most)
  return periods.length === 0 ? undefined : periods.reduce((a, b) => longerOf(a, b))
}

function mustLast(pack: Pack, id: string): string {
  const longest = longestOf(pack.display, id)
  if (longest === undefined) throw new Error(`no display class ${id} in the pack`)
  return longest
}

const longerClass = (pack: Pack, a: string, b: string): string => {
  const [one, other] = [mustLast(pack, a), mustLast(pack, b)]
  return longerOf(one, other) === one ? a : b
}

/** Every display class a record of the item can get. */
export const displayClassesOf = (item: Item): string[] => [
  ...new Set([item.display.class, ...(item.display.when ?? []).map((rule) => rule.class)]),
]

/** The longest time any record of the item can be shown, over all its classes and their versions: G5's outermost wall. */
export const longestDisplay = (pack: Pack, item: Item): string =>
  displayClassesOf(item)
    .map((id) => mustLast(pack, id))
    .reduce((a, b) => longerOf(a, b))

/**
 * First civil day on which a record is no longer shown or used: from the first instant of that day (G5).
 *
 * The clock starts at the date of the document (信用修复管理办法: 自文书作出之日起) and the end is that date plus the
 * period: a general record of 2026-03-01 is shown on 2027-02-28 for the last time. Where the month has no such day, its
 * last day. Two dates of the record itself can only end it sooner: the end of publicity the source states (last day
 * shown), and, in classes that end with the licence, its validity. `values` in the order of `item.fields`.
 */
export function displayEnd(
  item: Item,
  displayClass: Pick<DisplayClass, 'most' | 'ends'>,
  decisionDate: string,
  values: readonly (string | null | undefined)[],
): string {
  const ends = [addPeriod(decisionDate, displayClass.most)]
  const lastDay = (role: Field['role']) => {
    const value = values[item.fields.findIndex((field) => field.role === role)]
    if (value) ends.push(addPeriod(value, 'P1D'))
  }
  lastDay('display-until')
  if (displayClass.ends === 'valid-until') lastDay('valid-until')
  return ends.reduce((a, b) => (a < b ? a : b))
}
