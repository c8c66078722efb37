import type { FoldedRecord } from '#domain/archive.ts'
import { parseIdentifier } from '#domain/identity/identifier.ts'
import { chapterOf, isClassPublished, publicGrants, publishedItems, type Chapter } from '#domain/publication.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { uuidOf } from '#store/cipher.ts'
import { listPublished, publishedOf, searchPublished, type Place, type PublishedRow } from '#store/public.ts'
import { compose, decodeWithTerms, foldOf, openIdentity, recordId, withMarks, type Granted } from '../archive-decode.ts'
import type { Legends } from '../archive-shape.ts'
import { EVERYWHERE, isIn, unitNumsIn, type Scope } from '../places.ts'
import { dayOf, today, type System } from '../system.ts'

/** One record as published: whose it is, and since when it is to be read here. */
export type Published = FoldedRecord & { organisation: { name: string; code: string }; published?: string }
export type PublishedList = Legends & { records: Published[] }

const KIND = 'organisation'

type Reading = { date: string; granted: Granted; items: Map<string, ReturnType<typeof publishedItems>[number]> }

export type Whose = { name: string; number: string }

function readingOf(system: System): Reading {
  const date = today(system)
  const { pack } = system.reference
  const items = new Map(publishedItems(pack, date).map((item) => [item.id, item]))
  return { date, granted: publicGrants(pack, date), items }
}

const keyOf = (subject: string, id: string): string => `${subject} ${id}`

/** Rows as any public page reads them, by subject and record: folded for the day and the fields granted, with whose they are. */
export async function foldRows(
  system: System,
  reading: Pick<Reading, 'date' | 'granted'>,
  rows: readonly PublishedRow[],
): Promise<(row: PublishedRow) => { record: FoldedRecord; whose: Whose } | undefined> {
  const shown = new Map<string, { record: FoldedRecord; whose: Whose }>()
  for (const [subject, own] of Map.groupBy(rows, (row) => row.subject)) {
    const whose = openIdentity(system, own[0]?.identity ?? null, subject, KIND)
    if (!whose) continue
    const stored = await decodeWithTerms(
      system,
      own.map(({ record }) => record),
      subject,
      undefined,
    )
    if (isRefusal(stored)) continue
    const marks = own[0]?.marks ?? null
    const answer = { outcome: 0, access: null, at: '', kind: null, identity: null, records: null, marks }
    const fold = foldOf(system, system.reference.pack)
    for (const record of fold(withMarks(answer, stored), { ...reading, ended: false }))
      shown.set(keyOf(subject, record.id), { record, whose })
  }
  return ({ subject, nk }) => shown.get(keyOf(subject, recordId(nk)))
}

/**
 * What of these rows the public sees today, in their order: open fields, within the display term of each (G5), without
 * the classes that are not published. Rows of one organisation are folded together.
 */
async function foldPublished(system: System, reading: Reading, rows: readonly PublishedRow[]): Promise<Published[]> {
  const shown = await foldRows(system, reading, rows)
  return rows.flatMap((row) => {
    const found = shown(row)
    const item = found && reading.items.get(found.record.item)
    if (!found || !item || !isClassPublished(item, found.record.display)) return []
    const { reportedAt, ...rest } = found.record
    return {
      ...rest,
      organisation: { name: found.whose.name, code: found.whose.number },
      published: reportedAt === undefined ? undefined : dayOf(reportedAt),
    }
  })
}

const withLegends = (system: System, { date, granted }: Reading, records: Published[]): PublishedList => ({
  ...compose(system, system.reference.pack, date, granted, records),
  records,
})

function itemNumsOf(
  system: System,
  reading: Reading,
  of: { item?: string | undefined; chapter?: Chapter | undefined },
) {
  const ids = new Set(
    [...reading.items.values()]
      .filter(({ id }) => of.item === undefined || id === of.item)
      .filter((item) => of.chapter === undefined || chapterOf(system.reference.pack, item) === of.chapter)
      .map(({ id }) => id),
  )
  return [...system.reference.itemOf].filter(([, { id }]) => ids.has(id)).map(([num]) => num)
}

/** A place in a list as it stands in an address: opaque, 38 characters. */
export function writePlace({ decided, nk, subject }: Place): string {
  const bytes = Buffer.alloc(28)
  bytes.writeInt32BE(Math.round(Date.parse(`${decided}T00:00:00Z`) / 86_400_000), 0)
  bytes.writeBigInt64BE(nk, 4)
  bytes.write(subject.replaceAll('-', ''), 12, 'hex')
  return bytes.toString('base64url')
}

export function readPlace(text: string): Place | undefined {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length !== 28) return undefined
  const days = bytes.readInt32BE(0)
  if (Math.abs(days) > 100_000) return undefined
  return {
    decided: new Date(days * 86_400_000).toISOString().slice(0, 10),
    nk: bytes.readBigInt64BE(4),
    subject: uuidOf(bytes.toString('hex', 12)),
  }
}

/** How many rows a page may cost where most are no longer shown. */
const MOST_ROUNDS = 8

export type ListRequest = {
  chapter?: Chapter | undefined
  item?: string | undefined
  unit?: string | undefined
  /** of one place of the instance */
  scope?: Scope
  from?: string | undefined
  until?: string | undefined
  oldest?: boolean | undefined
  after?: string | undefined
  limit?: number | undefined
}

/**
 * Published permits and penalties of organisations, a page of them, newest decision first. `next` is where the page
 * after begins. Refuses: not-found for an item or unit that publishes nothing.
 */
export async function listPublicRecords(
  system: System,
  request: ListRequest,
): Promise<(PublishedList & { next?: string }) | Refusal> {
  const reading = readingOf(system)
  const { unitNum } = system.reference
  const { item, unit, scope = EVERYWHERE, limit = 20, oldest = false, from, until } = request
  if (item !== undefined && !reading.items.has(item)) return refuse('not-found', { field: 'item' })
  if (unit !== undefined && !unitNum.has(unit)) return refuse('not-found', { field: 'unit' })
  let after = request.after === undefined ? undefined : readPlace(request.after)
  if (request.after !== undefined && !after) return refuse('bad-request', { field: 'after' })
  const of = {
    items: itemNumsOf(system, reading, request),
    units: unit === undefined ? unitNumsIn(system, scope) : isIn(scope, unit) ? [unitNum.get(unit) ?? 0] : [],
  }
  const found: { record: Published; place: Place }[] = []
  let more = true
  for (let round = 0; more && found.length <= limit && round < MOST_ROUNDS; round += 1) {
    const batch = limit + 1 + round * 100
    const rows = await listPublished(system.lanes, { ...of, from, until, oldest, after, limit: batch })
    more = rows.length === batch
    after = rows.at(-1) ?? after
    for (const row of rows) {
      const [record] = await foldPublished(system, reading, [row])
      if (record) found.push({ record, place: row })
    }
  }
  const page = found.slice(0, limit)
  // the page ends with its last record; where it could not be filled, with the last row that was read
  const last = found.length > limit ? page.at(-1)?.place : more ? after : undefined
  return {
    ...withLegends(
      system,
      reading,
      page.map(({ record }) => record),
    ),
    ...(last ? { next: writePlace(last) } : {}),
  }
}

/** Every published record, in batches: what statistics count. */
export async function* everyPublished(system: System, scope: Scope): AsyncGenerator<Published[]> {
  const reading = readingOf(system)
  const items = itemNumsOf(system, reading, {})
  const units = unitNumsIn(system, scope)
  let after: Place | undefined
  for (;;) {
    const rows = await listPublished(system.lanes, { items, units, oldest: false, limit: 2000, after })
    if (rows.length > 0) yield await foldPublished(system, reading, rows)
    after = rows.at(-1)
    if (rows.length < 2000) return
  }
}

export type FoundOrganisation = { name: string; code: string; records: number; adverse: number }

/** The 统一社会信用代码 in a text, in the form records are keyed by; undefined where it is none. */
export function readCode(system: System, text: string): string | undefined {
  const read = parseIdentifier(KIND, text, {
    today: today(system),
    allowFictional: system.reference.pack.fictionalDivisions,
  })
  return isRefusal(read) ? undefined : read.number
}

const subjectOf = (system: System, code: string): string => uuidOf(system.subjectKey(KIND, code))

/** Organisations by name or code of which something is published today; never more than that they are in the list. */
export async function searchPublic(system: System, text: string): Promise<FoundOrganisation[]> {
  const reading = readingOf(system)
  const code = readCode(system, text)
  const subjects = code === undefined ? await searchPublished(system.lanes, text.trim(), 50) : [subjectOf(system, code)]
  const records = await foldPublished(system, reading, await publishedOf(system.lanes, subjects))
  const found = new Map<string, FoundOrganisation>()
  for (const { organisation, item } of records) {
    const known = found.get(organisation.code) ?? { ...organisation, records: 0, adverse: 0 }
    known.records += 1
    if (reading.items.get(item)?.nature === 'adverse') known.adverse += 1
    found.set(organisation.code, known)
  }
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'zh'))
}

/** What is published of one organisation; not found where nothing is. */
export async function getPublicOrganisation(
  system: System,
  text: string,
): Promise<(PublishedList & { name: string; code: string }) | Refusal> {
  const code = readCode(system, text)
  if (code === undefined) return refuse('not-found', { field: 'code' })
  const reading = readingOf(system)
  const records = await foldPublished(system, reading, await publishedOf(system.lanes, [subjectOf(system, code)]))
  const [first] = records
  if (!first) return refuse('not-found', { field: 'code' })
  return { ...first.organisation, ...withLegends(system, reading, records) }
}

/** Folded rows for those who run the clock: the desk reads exactly what the public does. */
export const foldForDesk = (system: System, rows: readonly PublishedRow[]): Promise<Published[]> =>
  foldPublished(system, readingOf(system), rows)
