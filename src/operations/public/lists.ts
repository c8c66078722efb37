import { maskName, maskNumber } from '#domain/identity/identifier.ts'
import { citationOf } from '#domain/listing.ts'
import { entryGrants, publishedLists, type PublicList } from '#domain/publication.ts'
import { refuse, type Refusal, type Text } from '#domain/refusal.ts'
import type { FoldedRecord } from '#domain/archive.ts'
import { listEntries } from '#store/public.ts'
import { compose } from '../archive-decode.ts'
import type { Legends } from '../archive-shape.ts'
import { unitMatches } from '#domain/catalog.ts'
import { EVERYWHERE, unitNumsIn, type Scope } from '../places.ts'
import { dayOf, today, type System } from '../system.ts'
import { foldRows, type Whose } from './records.ts'

/** A published list as its page introduces it. */
export type ListView = {
  id: string
  name: Text
  kind: PublicList['kind']
  origin: PublicList['origin']
  /** natural persons stand in it, masked */
  persons: boolean
  units: Text[]
  criteria: { text: Text; basis: string }[]
  basis: string
  publish: string
  removal: PublicList['removal']
  term?: string | undefined
  /** entries in force today */
  count: number
}

/** An entry: of an organisation with its public code, of a natural person masked and with no number of any document. */
export type ListEntry = Omit<FoldedRecord, 'document' | 'reportedAt'> & {
  document?: string | undefined
  who: { name: string; number: string; code?: string }
  published?: string | undefined
}

const PAGE = 50
const BATCH = 1000

const isOfPersons = (list: PublicList): boolean => list.subjects.includes('person')

/** Who stands in an entry, as everybody may read it: nobody learns whole names or numbers of natural persons here. */
const whoOf = (persons: boolean, { name, number }: Whose): ListEntry['who'] =>
  persons ? { name: maskName(name), number: maskNumber(number) } : { name, number, code: number }

function viewEntry(list: PublicList, { record, whose }: { record: FoldedRecord; whose: Whose }): ListEntry {
  const { document, reportedAt, ...rest } = record
  const persons = isOfPersons(list)
  const published = reportedAt === undefined ? undefined : dayOf(reportedAt)
  const who = whoOf(persons, whose)
  if (!persons) return { ...rest, document, who, published }
  // nothing by which the record of a natural person could be followed from day to day
  const marks = rest.marks?.map(({ machine, kind, name, day }) => ({ machine, kind, name, day, file: '' }))
  return { ...rest, id: '', submission: 0, marks, who, published }
}

async function readEntries(system: System, list: PublicList, scope: Scope, offset: number, limit: number) {
  const date = today(system)
  const granted = entryGrants(system.reference.pack, list, date)
  const rows = await listEntries(system.lanes, list.id, offset, limit, unitNumsIn(system, scope))
  const shown = await foldRows(system, { date, granted }, rows)
  return { rows: rows.length, date, granted, found: rows.flatMap((row) => shown(row) ?? []) }
}

/** How many entries of a list are in force; counted as they are read, so that an end counts from its first instant (G5). */
async function countEntries(system: System, list: PublicList, scope: Scope): Promise<number> {
  let count = 0
  for (let offset = 0; ; offset += BATCH) {
    const { rows, found } = await readEntries(system, list, scope, offset, BATCH)
    count += found.length
    if (rows < BATCH) return count
  }
}

function view(system: System, list: PublicList, count: number): ListView {
  const { id, name, kind, origin, removal, term } = list
  return {
    id,
    name,
    kind,
    origin,
    persons: isOfPersons(list),
    units: system.reference.pack.units
      .filter((unit) => list.units.some((pattern) => unitMatches(pattern, unit)))
      .map((unit) => unit.name),
    criteria: list.criteria.map(({ text, basis }) => ({ text, basis: citationOf(basis) })),
    basis: citationOf(list.basis),
    publish: citationOf(list.publish.basis),
    removal,
    term,
    count,
  }
}

/** Lists whose entries may be read here: of natural persons only where the basis of the list says so. */
const readable = (system: System): PublicList[] =>
  publishedLists(system.reference.pack, today(system)).filter((list) => !isOfPersons(list) || list.publish.persons)

const FRESH = 60_000
type Known = Map<string, { date: string; from: number; lists: Promise<ListView[]> }>
const counted = new WeakMap<System['reference'], Known>()

/** The lists that the law publishes, with how many entries of each are in force; counted at most once a minute, anew every day. */
export function listPublicLists(system: System, scope: Scope = EVERYWHERE): Promise<ListView[]> {
  const [now, date] = [system.now().epochMilliseconds, today(system)]
  const all: Known = counted.get(system.reference) ?? new Map()
  counted.set(system.reference, all)
  const key = scope.units === 'all' ? '' : (scope.place?.id ?? '')
  const known = all.get(key)
  if (known && known.date === date && now >= known.from && now - known.from < FRESH) return known.lists
  const lists = Promise.all(
    readable(system).map(async (list) => view(system, list, await countEntries(system, list, scope))),
  )
  all.set(key, { date, from: now, lists })
  lists.catch(() => all.delete(key))
  return lists
}

export type ListPage = Legends & { list: ListView; entries: ListEntry[]; page: number; next?: number }

/**
 * A page of the entries in force of a published list, newest first. Natural persons are masked, and only in lists whose
 * basis publishes them; there is no search and no address of an entry. Refuses: not-found for any other list.
 */
export async function readPublicList(
  system: System,
  id: string,
  page = 1,
  scope: Scope = EVERYWHERE,
): Promise<ListPage | Refusal> {
  const list = readable(system).find((one) => one.id === id)
  if (!list) return refuse('not-found', { field: 'list' })
  const { rows, date, granted, found } = await readEntries(system, list, scope, (page - 1) * PAGE, PAGE + 1)
  const entries = found.slice(0, PAGE).map((one) => viewEntry(list, one))
  const records = found.slice(0, PAGE).map(({ record }) => record)
  const { items, units, displays } = compose(system, system.reference.pack, date, granted, records)
  const views = await listPublicLists(system, scope)
  return {
    items,
    units,
    displays,
    list: views.find((one) => one.id === id) ?? view(system, list, entries.length),
    entries,
    page,
    ...(rows > PAGE ? { next: page + 1 } : {}),
  }
}
