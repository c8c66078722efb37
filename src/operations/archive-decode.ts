import { describeDisplay, describeItem, makeFold, type FoldedRecord, type StoredRecord } from '#domain/archive.ts'
import { displayClassAt } from '#domain/catalog.ts'
import { nameOfStep } from '#domain/machines.ts'
import type { Pack } from '#domain/pack.ts'
import {
  contentOf,
  fieldsOfLayout,
  JOINER,
  partsOfTerm,
  readLayout,
  readValues,
  type Layout,
} from '#domain/record-layout.ts'
import { refuse, type Refusal } from '#domain/refusal.ts'
import type { Mark } from '#domain/step.ts'
import { dateOfDays } from '#domain/values.ts'
import { openStep } from '#store/case.ts'
import { readTermValues, unpackMarks, type Answer, type RecordRow } from '#store/archive.ts'
import { makeMac } from '#store/cipher.ts'
import { readCompact } from '#store/compact-text.ts'
import type { Legends } from './archive-shape.ts'
import type { System } from './system.ts'

export type Granted = ReadonlyMap<string, readonly string[]>

/** What reading needs beyond the system, made once a system and pack in force: decoded layouts, interned values, folds, grants. */
type Reader = {
  layouts: Map<number, { id: string; layout: Layout; fields: string[] }>
  /** interned values, split into their parts */
  terms: Map<number, readonly string[]>
  mac: (text: string) => string
  folds: Map<Pack, ReturnType<typeof makeFold>>
  grants: Map<string, Granted>
  legends: Map<string, ReturnType<typeof describeItem>>
}

const readers = new WeakMap<System['reference'], Reader>()
const TERMS_HELD = 200_000

export function readerOf(system: System): Reader {
  let reader = readers.get(system.reference)
  if (!reader) {
    reader = {
      layouts: new Map(),
      terms: new Map(),
      mac: makeMac(system.keys.ledger),
      folds: new Map(),
      grants: new Map(),
      legends: new Map(),
    }
    readers.set(system.reference, reader)
  }
  return reader
}

function layoutOf(system: System, reader: Reader, num: number) {
  let known = reader.layouts.get(num)
  if (!known) {
    const stored = system.reference.itemOf.get(num)
    if (!stored) throw new Error(`no item ${num} in the reference data: restart after loading a pack`)
    const layout = readLayout(stored.layout)
    known = { id: stored.id, layout, fields: fieldsOfLayout(layout) }
    reader.layouts.set(num, known)
  }
  return known
}

class UnknownTerm extends Error {
  readonly num: number
  constructor(num: number) {
    super('an interned value is not in memory')
    this.num = num
  }
}

export type Identity = { kind: string; number: string; name: string }

/** Decodes the rows of one subject; where everything of a record is at hand its mac is checked (G11). */
function decode(
  system: System,
  reader: Reader,
  rows: readonly RecordRow[],
  subject: string,
  identity: Identity | undefined,
): StoredRecord[] | Refusal {
  const partsOf = (num: number) => {
    const value = reader.terms.get(num)
    if (value === undefined) throw new UnknownTerm(num)
    return value
  }
  const hex = subject.replaceAll('-', '')
  const records: StoredRecord[] = []
  for (const row of rows) {
    const { id, layout, fields } = layoutOf(system, reader, row.item)
    const erased = row.ended === 'erased'
    const decided = dateOfDays(row.decided)
    const values = erased ? [] : readValues(layout, readCompact(row.body), partsOf)
    const unit = system.reference.unitId.get(row.unit) ?? ''
    if (!erased && row.sealed.length > 0) {
      const sealed = system.cipher.openSealed(row.sealed, row.mac, hex).split(JOINER)
      if (identity) {
        const content = contentOf({ subject: hex, item: id, unit, ...identity, decided, open: values, sealed })
        if (Buffer.from(reader.mac(content), 'latin1').readBigInt64BE() !== row.mac) return refuse('record-altered')
      }
      values.push(...sealed)
    }
    records.push({
      id: recordId(row.nk),
      version: Number(row.nk & 1023n) + 1,
      submission: row.submission,
      decided,
      since: row.first === undefined ? undefined : dateOfDays(row.first),
      item: id,
      unit,
      fields,
      values,
      ended: row.ended,
      reportedAt: row.reported,
    })
  }
  return records
}

/** Reads interned values that are not in memory yet: they are open values, the same for everybody. */
export async function decodeWithTerms(
  system: System,
  rows: readonly RecordRow[],
  subject: string,
  identity: Identity | undefined,
) {
  const reader = readerOf(system)
  for (;;) {
    try {
      return decode(system, reader, rows, subject, identity)
    } catch (error) {
      if (!(error instanceof UnknownTerm)) throw error
      if (reader.terms.size > TERMS_HELD) reader.terms.clear()
      // every number of these rows at once
      const nums = new Set<number>([error.num])
      for (const row of rows) {
        if (row.ended === 'erased') continue
        readValues(layoutOf(system, reader, row.item).layout, readCompact(row.body), (num) => (nums.add(num), []))
      }
      const values = await readTermValues(
        system.lanes,
        [...nums].filter((num) => !reader.terms.has(num)),
      )
      if (!values.has(error.num)) throw new Error('an interned value is missing from the database', { cause: error })
      for (const [num, value] of values) reader.terms.set(num, partsOfTerm(value))
    }
  }
}

export const recordId = (nk: bigint): string => `${BigInt.asUintN(64, nk) >> 10n}`

/** The words of a mark: the person's statement, or the answer to it. */
function textOfMark({ system, subject }: { system: System; subject: string }, nk: bigint, sealed: Buffer) {
  const { statement, reason } = openStep(system.cipher, subject, nk, sealed)
  return typeof statement === 'string' ? statement : typeof reason === 'string' ? reason : undefined
}

/** The cases that travel with the records of an answer, put on them; their words where `of` says whose they are. */
export function withMarks(
  answer: Pick<Answer, 'marks'>,
  stored: StoredRecord[],
  of?: { system: System; subject: string },
): StoredRecord[] {
  if (!answer.marks) return stored
  const marks = new Map<string, Mark[]>()
  const ids = new Set(stored.map(({ id }) => id))
  for (const { nk, machine, kind, day, due, file, sealed } of unpackMarks(answer.marks)) {
    const id = recordId(nk)
    if (!ids.has(id)) continue
    const mark = {
      machine,
      kind,
      name: nameOfStep(machine, kind),
      day: dateOfDays(day),
      due: due === undefined ? undefined : dateOfDays(due),
      file: String(file),
      text: of && sealed && textOfMark(of, nk, sealed),
    }
    marks.set(id, [...(marks.get(id) ?? []), mark])
  }
  return stored.map((record) => (marks.has(record.id) ? { ...record, marks: marks.get(record.id) } : record))
}

/** The identity that stands sealed in `subject`. */
export function openIdentity(
  system: System,
  sealed: Buffer | null,
  subject: string,
  kind: string,
): Identity | undefined {
  if (!sealed) return undefined
  const [number = '', name = ''] = system.cipher
    .open(sealed, Buffer.from(subject.replaceAll('-', ''), 'hex'))
    .split(JOINER)
  return { kind, number, name }
}

/** Answers with legends for exactly what the records use. */
export function compose(
  system: System,
  pack: Pack,
  date: string,
  granted: Granted | 'all',
  records: FoldedRecord[],
): Legends & { records: FoldedRecord[] } {
  const reader = readerOf(system)
  const items: Legends['items'] = {}
  const units: Legends['units'] = {}
  const displays: Legends['displays'] = {}
  for (const record of records) {
    if (!items[record.item]) {
      const shown = granted === 'all' ? 'all' : (granted.get(record.item) ?? [])
      const key = `${pack.id}\u001f${pack.version}\u001f${record.item}\u001f${shown === 'all' ? '*' : shown.join()}`
      let legend = reader.legends.get(key)
      if (!legend) reader.legends.set(key, (legend = describeItem(pack, record.item, shown)))
      if (legend) items[record.item] = legend
    }
    units[record.unit] ??= pack.units.find(({ id }) => id === record.unit)?.name ?? { zh: record.unit, en: record.unit }
    if (record.display !== '' && !displays[record.display]) {
      const display = displayClassAt(pack, record.display, date) ?? pack.display.find(({ id }) => id === record.display)
      if (display) displays[record.display] = describeDisplay(display, items[record.item]?.nature ?? 'neutral')
    }
  }
  return { items, units, displays, records }
}

export function foldOf(system: System, pack: Pack) {
  const { folds } = readerOf(system)
  let fold = folds.get(pack)
  if (!fold) folds.set(pack, (fold = makeFold(pack)))
  return fold
}
