import { describeDisplay, describeItem, makeFold, type FoldedRecord, type StoredRecord } from '#domain/archive.ts'
import { displayClassAt, deriveGrants } from '#domain/catalog.ts'
import {
  identifierKindOf,
  isIdentifierKind,
  maskName,
  maskNumber,
  parseIdentifier,
  type Identifier,
} from '#domain/identity/identifier.ts'
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
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import {
  archivePast,
  archiveSelf,
  logFailed,
  lookUp,
  readTermValues,
  refusalOf,
  unpackRecords,
  type Answer,
  type RecordRow,
} from '#store/archive.ts'
import { KIND_NUMBERS, makeMac, uuidOf } from '#store/cipher.ts'
import { dateOfDays } from '#domain/values.ts'
import { readCompact } from '#store/compact-text.ts'
import type { Archive, Legends } from './archive-shape.ts'
import { packAt, today, type System } from './system.ts'

type Granted = ReadonlyMap<string, readonly string[]>

/** What reading needs beyond the system, made once a system: decoded layouts, interned values, folds, grants. */
type Reader = {
  layouts: Map<number, { id: string; layout: Layout; fields: string[] }>
  /** interned values, split into their parts */
  terms: Map<number, readonly string[]>
  mac: (text: string) => string
  folds: Map<Pack, ReturnType<typeof makeFold>>
  grants: Map<string, Granted>
  legends: Map<string, ReturnType<typeof describeItem>>
}

const readers = new WeakMap<System, Reader>()
const TERMS_HELD = 200_000
const NONE = Buffer.alloc(0)

function readerOf(system: System): Reader {
  let reader = readers.get(system)
  if (!reader) {
    reader = {
      layouts: new Map(),
      terms: new Map(),
      mac: makeMac(system.keys.ledger),
      folds: new Map(),
      grants: new Map(),
      legends: new Map(),
    }
    readers.set(system, reader)
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

type Identity = { kind: string; number: string; name: string }

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
      id: `${BigInt.asUintN(64, row.nk) >> 10n}`,
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
async function decodeWithTerms(
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

/** The identity that stands sealed in `subject`. */
function openIdentity(system: System, sealed: Buffer | null, subject: string, kind: string): Identity | undefined {
  if (!sealed) return undefined
  const [number = '', name = ''] = system.cipher
    .open(sealed, Buffer.from(subject.replaceAll('-', ''), 'hex'))
    .split(JOINER)
  return { kind, number, name }
}

/** Answers with legends for exactly what the records use. */
function compose(
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

function foldOf(system: System, pack: Pack) {
  const { folds } = readerOf(system)
  let fold = folds.get(pack)
  if (!fold) folds.set(pack, (fold = makeFold(pack)))
  return fold
}

/** What a unit may see for a purpose today. */
function grantsOf(system: System, purpose: string, unitId: string, date: string): Granted {
  const { grants } = readerOf(system)
  const key = `${purpose}\u001f${unitId}\u001f${date}`
  let granted = grants.get(key)
  if (!granted) {
    const unit = system.reference.pack.units.find(({ id }) => id === unitId)
    granted = new Map(
      (unit ? deriveGrants(system.reference.pack, purpose, unit, date) : []).map(({ item, fields }) => [item, fields]),
    )
    if (grants.size > 1000) grants.clear()
    grants.set(key, granted)
  }
  return granted
}

/** Reads an identifier as a person types it; `kind` defaults to the resident identity card. */
export function readIdentifier(system: System, kind: string | undefined, number: string): Identifier | Refusal {
  const known = kind === undefined ? 'citizen' : isIdentifierKind(kind) ? kind : identifierKindOf(kind)
  if (known === undefined) return refuse('id-kind-unknown', { field: 'kind' })
  return parseIdentifier(known, number, {
    today: today(system),
    allowFictional: system.reference.pack.fictionalDivisions,
  })
}

const masked = (identity: Identity | undefined, found: boolean, kind: string, number: string) => ({
  kind: kind === 'organisation' ? ('organisation' as const) : ('person' as const),
  name: identity === undefined ? '' : kind === 'organisation' ? identity.name : maskName(identity.name),
  number: kind === 'organisation' ? number : maskNumber(number),
  found,
})

/** A look-up that fails leaves a row like one that is refused (G4); where not even that can be written, the failure stands. */
async function orLogFailed<result>(
  system: System,
  of: Parameters<typeof logFailed>[1],
  ask: () => Promise<result>,
): Promise<result> {
  try {
    return await ask()
  } catch (error) {
    // what could not be written may be the matter itself: then without it
    await logFailed(system.lanes, of).catch(() => logFailed(system.lanes, { ...of, matter: '' }).catch(() => undefined))
    throw error
  }
}

/** The statute on which a look-up is withheld, as the public count names it; '' where the purpose has none, then refused. */
function groundToWithhold(system: System, purpose: string): string {
  const basis = system.reference.pack.purposes.find(({ id }) => id === purpose)?.withhold?.basis ?? []
  const law = basis.find(({ rank }) => rank === 'law') ?? basis[0]
  return law === undefined ? '' : `${law.document}${law.article ?? ''}`
}

/** How many records of a subject a unit would be shown for a purpose today (B12: what is counted is what is shown). */
export async function countShown(
  system: System,
  of: { purpose: string; unit: string; subject: string; records: Buffer | null },
): Promise<number> {
  const stored = await decodeWithTerms(system, unpackRecords(of.records ?? NONE), of.subject, undefined)
  if (isRefusal(stored)) return 0
  const date = today(system)
  return foldOf(system, system.reference.pack)(stored, {
    date,
    granted: grantsOf(system, of.purpose, of.unit, date),
    ended: false,
  }).length
}

/**
 * A member of staff looks up one archive (G3, G4, G12): for a purpose of their unit, on a statutory matter with its
 * number or the person's live consent. The access row is committed before this returns, refused or not.
 */
export async function lookUpArchive(
  system: System,
  request: {
    actor: number
    unit: string
    kind?: string
    number: string
    purpose: string
    matter?: string
    withhold?: { until: string }
  },
): Promise<Archive | Refusal> {
  const identifier = readIdentifier(system, request.kind, request.number)
  if (isRefusal(identifier)) return identifier
  const subject = uuidOf(system.subjectKey(identifier.kind, identifier.number))
  // a purpose nobody knows is refused by the gate too, so that its row is there
  const known = system.reference.purposeNum.get(request.purpose)
  const asked = { actor: request.actor, purpose: known ?? 0, matter: request.matter ?? '', subject }
  const answer = await orLogFailed(system, { ...asked, ground: 0 }, () =>
    lookUp(system.lanes, {
      ...asked,
      withhold: request.withhold && groundToWithhold(system, request.purpose),
      until: request.withhold?.until,
    }),
  )
  if (known === undefined) return refuse('unknown-purpose')
  const refusal = refusalOf(answer.outcome)
  if (refusal) return refusal
  const identity = openIdentity(system, answer.identity, subject, identifier.kind)
  const stored = await decodeWithTerms(system, unpackRecords(answer.records ?? NONE), subject, identity)
  if (isRefusal(stored)) return stored
  const date = today(system)
  const granted = grantsOf(system, request.purpose, request.unit, date)
  const records = foldOf(system, system.reference.pack)(stored, { date, granted, ended: false })
  return {
    access: String(answer.access),
    at: answer.at,
    subject: masked(identity, identity !== undefined, identifier.kind, identifier.number),
    ...compose(system, system.reference.pack, date, granted, records),
  }
}

/** The whole of an archive, as of an instant, under the pack in force then. */
async function wholeArchive(
  system: System,
  answer: Answer,
  subject: string,
  kind: string,
  at: string | undefined,
  whole: boolean,
): Promise<Archive | Refusal> {
  const refusal = refusalOf(answer.outcome)
  if (refusal) return refusal
  const identity = openIdentity(system, answer.identity, subject, kind)
  const stored = await decodeWithTerms(system, unpackRecords(answer.records ?? NONE), subject, identity)
  if (isRefusal(stored)) return stored
  const instant = at === undefined ? system.now() : Temporal.Instant.from(at)
  const date = instant.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  const pack = await packAt(system, instant)
  const records = foldOf(system, pack)(stored, { date, granted: 'all', ended: true })
  const mask = masked(identity, identity !== undefined, kind, identity?.number ?? '')
  return {
    access: String(answer.access),
    at: answer.at,
    asOf: at,
    subject: { ...mask, name: whole ? (identity?.name ?? '') : mask.name },
    ...compose(system, pack, date, 'all', records),
  }
}

/** What has not happened yet cannot be read. */
const isAhead = (system: System, at: string | undefined): boolean =>
  at !== undefined && Temporal.Instant.compare(Temporal.Instant.from(at), system.now()) > 0

/** The person reads their own archive, as it stands or as it stood at a past instant (B14). */
export async function readOwnArchive(
  system: System,
  request: { actor: number; subject: string; at?: string },
): Promise<Archive | Refusal> {
  if (isAhead(system, request.at)) return refuse('date-in-future', { field: 'at' })
  const answer = await archiveSelf(system.lanes, request.actor, request.at ?? null)
  const kind = KIND_NUMBERS[answer.kind ?? 0] ?? 'citizen'
  return wholeArchive(system, answer, request.subject, kind, request.at, true)
}

/** A review body or a court reads a past state within a matter, on that ground of its own (G5, B14). */
export async function readPastArchive(
  system: System,
  request: { actor: number; kind?: string; number: string; matter: string; at?: string },
): Promise<Archive | Refusal> {
  const identifier = readIdentifier(system, request.kind, request.number)
  if (isRefusal(identifier)) return identifier
  if (isAhead(system, request.at)) return refuse('date-in-future', { field: 'at' })
  const subject = uuidOf(system.subjectKey(identifier.kind, identifier.number))
  const answer = await orLogFailed(
    system,
    { actor: request.actor, purpose: 0, ground: 4, matter: request.matter, subject },
    () => archivePast(system.lanes, { actor: request.actor, subject, matter: request.matter, at: request.at ?? null }),
  )
  return wholeArchive(system, answer, subject, identifier.kind, request.at, false)
}
