import type { Item } from './pack.ts'
import { codeAt, openLatelyTogether, type LatelyTogether } from './text-table.ts'
import { dateOfDays, parseDateText } from './values.ts'

/** How one slot of a stored body is written: plain text, a civil date as days since 1970, or an interned term. */
export type Slot = { fields: string[]; form: 'text' | 'date' | 'term' }

/**
 * How records of one item are stored. `open` slots stand in `record.body` in this order, `sealed` fields in
 * `record.sealed`. What the subject and the decision date column hold already stands in neither.
 */
export type Layout = { open: Slot[]; sealed: string[] }

/** Joins slots, values and what a mac is over; control characters never pass the judge. */
export const JOINER = '\u001f'

const ELSEWHERE = new Set(['subject-name', 'subject-number', 'subject-number-kind', 'decision-date'])

/** Fields of a repeating group come one after another in one interned term: they repeat together. */
export function deriveLayout(item: Item): Layout {
  const open: Slot[] = []
  const sealed: string[] = []
  const groups = new Map<string, Slot>()
  for (const field of item.fields) {
    if (ELSEWHERE.has(field.role ?? '')) continue
    if (field.sensitivity === 'personal' || field.sensitivity === 'sensitive') {
      sealed.push(field.id)
      continue
    }
    const group = typeof field.repeats === 'string' ? field.repeats : undefined
    const known = group === undefined ? undefined : groups.get(group)
    if (known) {
      known.fields.push(field.id)
      continue
    }
    const slot: Slot = { fields: [field.id], form: field.type === 'date' ? 'date' : field.repeats ? 'term' : 'text' }
    if (group !== undefined) groups.set(group, slot)
    open.push(slot)
  }
  return { open, sealed }
}

/** The layout as `item.layout` stores it; a stored body can be read by it without the pack. */
export const writeLayout = ({ open, sealed }: Layout): string[] => [
  ...open.map(({ fields, form }) => `${form}:${fields.join('+')}`),
  ...sealed.map((field) => `sealed:${field}`),
]

export function readLayout(stored: readonly string[]): Layout {
  const layout: Layout = { open: [], sealed: [] }
  for (const entry of stored) {
    const [form, fields = ''] = entry.split(':')
    if (form === 'sealed') layout.sealed.push(fields)
    else if (form === 'text' || form === 'date' || form === 'term')
      layout.open.push({ fields: fields.split('+'), form })
    else throw new Error(`not a layout entry: ${entry}`)
  }
  return layout
}

/** Joins the values of a repeating group in one term. */
const GROUP = '\u001e'
/** Before a value of a term slot that stands in the body itself, so that it is not taken for a number. */
const LITERAL = '='

/** A slot as rows are written by it: places of its fields in a row's values, and the terms met lately. */
export type WritingSlot = { at: number[]; form: Slot['form']; lately: LatelyTogether }
const LATELY_BITS = 12

/** The slots of a layout, for the rows of one file: what they remember belongs to its own terms. */
export const writingSlots = ({ open }: Layout, placeOf: (field: string) => number): WritingSlot[] =>
  open.map(({ fields, form }) => ({ at: fields.map(placeOf), form, lately: openLatelyTogether(LATELY_BITS) }))

/** The interned value of a slot. Most rows repeat one met lately: found by its parts, without joining them. */
function findTerm(
  { at, lately }: WritingSlot,
  values: readonly string[],
  termOf: (value: string) => number | string,
): number | string {
  const met = lately.find(values, at)
  if (met !== -1) return met
  const term = termOf(at.map((place) => values[place] as string).join(GROUP))
  if (typeof term === 'number') lately.keep(values, at, term)
  return term
}

/**
 * `body` of a record: its slots one after another, joined. Dates as days since 1970, interned values as numbers; what is
 * empty is an empty slot. No quotes, brackets or escapes: that is twelve bytes a record, half a billion times.
 */
export function writeBody(
  slots: readonly WritingSlot[],
  values: readonly string[],
  termOf: (value: string) => number | string,
): string {
  let body = ''
  for (let index = 0; index < slots.length; index += 1) {
    const slot = slots[index] as WritingSlot
    const { at, form } = slot
    if (index > 0) body += JOINER
    let empty = true
    for (let part = 0; part < at.length; part += 1) empty &&= values[at[part] as number] === ''
    if (empty) continue
    if (form === 'text') body += values[at[0] as number] as string
    else if (form === 'date') body += parseDateText(values[at[0] as number] as string) as number
    else {
      const term = findTerm(slot, values, termOf)
      body += typeof term === 'number' ? term : LITERAL + term
    }
  }
  return body
}

/** The parts of an interned value: one for each field of its slot. */
export const partsOfTerm = (value: string): string[] => value.split(GROUP)

/** The fields of a layout in the order their values come in: open slots, then sealed fields. */
export const fieldsOfLayout = ({ open, sealed }: Layout): string[] => [
  ...open.flatMap(({ fields }) => fields),
  ...sealed,
]

/**
 * Values of a stored body, in the order of the open slots' fields. `partsOf` gives an interned value by number, split
 * into its parts, and throws for an unknown one.
 */
export function readValues(layout: Layout, body: string, partsOf: (num: number) => readonly string[]): string[] {
  const cells = body.split(JOINER)
  const slots = layout.open
  if (cells.length !== slots.length) throw new Error('the body is not of this layout')
  const values: string[] = []
  for (let index = 0; index < slots.length; index += 1) {
    const { fields, form } = slots[index] as Slot
    const cell = cells[index] as string
    if (form === 'text' || cell === '') {
      values.push(cell)
      for (let part = 1; part < fields.length; part += 1) values.push('')
    } else if (form === 'date') values.push(dateOfDays(readNumber(cell)))
    else {
      const parts = cell.startsWith(LITERAL) ? partsOfTerm(cell.slice(1)) : partsOf(readNumber(cell))
      for (let part = 0; part < fields.length; part += 1) values.push(parts[part] ?? '')
    }
  }
  return values
}

function readNumber(cell: string): number {
  const number = Number(cell)
  if (!Number.isSafeInteger(number)) throw new Error('neither a number nor text')
  return number
}

/** The same by field. `termOf` gives an interned value whole. */
export function readBody(layout: Layout, body: string, termOf: (num: number) => string): Map<string, string> {
  const values = readValues(layout, body, (num) => partsOfTerm(termOf(num)))
  return new Map(layout.open.flatMap(({ fields }) => fields).map((field, at) => [field, values[at] as string]))
}

/**
 * The layout that a body of one of these versions of an item has. Fields are only ever appended, so that versions whose
 * bodies are equally long have the same slots, but for terms that join more fields.
 */
export function layoutOfBody(versions: readonly Item[], body: string): Layout {
  const size = body.split(JOINER).length
  const layout = versions.map(deriveLayout).find(({ open }) => open.length === size)
  if (!layout) throw new Error('the body is of no version of the item')
  return layout
}

/** What a record's mac is computed over: everything reported, in an order that the stored row gives back. */
export function contentOf(of: {
  subject: string
  item: string
  unit: string
  kind: string
  number: string
  name: string
  decided: string
  open: readonly string[]
  sealed: readonly string[]
}): string {
  return [of.subject, of.item, of.unit, of.kind, of.number, of.name, of.decided, ...of.open, ...of.sealed].join(JOINER)
}

const BRACKETS = new Map([
  [0x3014, 0x28],
  [0x3015, 0x29],
  [0x3010, 0x28],
  [0x3011, 0x29],
  [0x5b, 0x28],
  [0x5d, 0x29],
])

/**
 * One unit of a key as it counts: spaces and invisible characters not at all (0), full width as half, brackets of every
 * kind as round ones, letters as capitals. Another spelling of a document number is the same document: it must not
 * become a new record whose clock starts again (B2).
 */
function foldUnit(unit: number): number {
  if (unit >= 0x4e00 && unit <= 0x9fff) return unit
  if (unit === 0x20 || unit === 0xa0 || unit === 0x3000 || unit === 0xfeff || unit === 0xad) return 0
  if ((unit >= 0x2000 && unit <= 0x200f) || (unit >= 0x2028 && unit <= 0x202f) || (unit >= 0x205f && unit <= 0x206f))
    return 0
  const half = unit >= 0xff01 && unit <= 0xff5e ? unit - 0xfee0 : unit
  if (half >= 0x61 && half <= 0x7a) return half - 0x20
  return half < 0x5b ? half : (BRACKETS.get(half) ?? half)
}

/** A key field as it counts, for comparing. */
export function foldKey(text: string): string {
  let folded = ''
  for (let at = 0; at < text.length; at += 1) {
    const unit = foldUnit(text.charCodeAt(at))
    if (unit !== 0) folded += String.fromCharCode(unit)
  }
  return folded
}

/**
 * 54 bits that stand for a natural key within one subject, as the upper and lower half of a 64-bit number whose last
 * 10 bits (the version) are zero. Two multiplicative hashes with a final mix (as in MurmurHash3): not cryptographic, and
 * need not be: a match is confirmed on the key fields before a record becomes a version of another.
 */
export function naturalKeyHash(text: string): [high: number, low: number] {
  const state = new Int32Array(2)
  const hasher = openNaturalKey(text)
  hasher.hash([], [], state)
  return [(state[0] as number) >>> 0, (state[1] as number) >>> 0]
}

/** Hashes natural keys that begin with the same text: what of them comes before the key fields is hashed once. */
export function openNaturalKey(prefix: string) {
  const mixed = new Int32Array([0xdeadbeef, 0x41c6ce57])
  mix(mixed, prefix)
  const [a0 = 0, b0 = 0] = mixed
  return {
    /** The hash of the prefix and, each after a joiner, the values at `places`: into the two numbers of `into`. */
    hash(values: readonly string[], places: readonly number[], into: Int32Array): void {
      into[0] = a0
      into[1] = b0
      for (let part = 0; part < places.length; part += 1) {
        mix(into, JOINER)
        mix(into, values[places[part] as number] as string)
      }
      finish(into)
    },
  }
}

function mix(state: Int32Array, text: string): void {
  let a = state[0] as number
  let b = state[1] as number
  for (let at = 0; at < text.length; at += 1) {
    const unit = foldUnit(codeAt(text, at))
    if (unit === 0) continue
    a = Math.imul(a ^ unit, 0x9e3779b1)
    b = Math.imul(b ^ unit, 0x5f356495)
  }
  state[0] = a
  state[1] = b
}

function finish(state: Int32Array): void {
  let a = state[0] as number
  let b = state[1] as number
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35)
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  state[0] = a
  state[1] = b & 0xfffffc00
}
