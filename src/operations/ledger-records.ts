import { inForce } from '#domain/catalog.ts'
import type { Item, Pack } from '#domain/pack.ts'
import { contentOf, JOINER, type Layout, naturalKeyHash, readBody, readLayout } from '#domain/record-layout.ts'
import { type Cipher, KIND_NUMBERS, makeCipher, makeHmac, makeSubjectKey } from '#store/cipher.ts'
import { openAction } from '#store/action-seal.ts'
import { readCompact } from '#store/compact-text.ts'
import type { Queryable } from '#store/db.ts'
import type { Keys } from '#store/keys.ts'
import {
  readAllTerms,
  readErasures,
  readItems,
  readPacks,
  readRecords,
  readSubmissionSums,
  readUnitIds,
  type RecordRow,
} from '#store/ledger-records.ts'
import type { Finding } from './ledger-finding.ts'

const LANES = 8
const TOP = 2 ** 32

/** What a record is read with. `terms` may hold no more than what the records at hand use. */
export type Books = {
  packs: Map<number, Pack>
  terms: Map<number, string>
  units: Map<number, string>
  items: Map<number, { id: string; layout: string[] }>
  cipher: Cipher
  mac: (text: string) => string
  subjectKey: (kind: string, number: string) => string
  plans: Map<Item, Plan>
}

/** Everything that any record is read with, all interned values too. */
export const openBooks = async (db: Queryable, keys: Keys): Promise<Books> => ({
  packs: await readPacks(db),
  terms: await readAllTerms(db),
  units: await readUnitIds(db),
  items: await readItems(db),
  cipher: makeCipher(keys),
  mac: makeHmac(keys.ledger),
  subjectKey: makeSubjectKey(keys),
  plans: new Map(),
})

/** The sums of one submission: as stored, and as they come out; `open` blocks cannot be told or are told already. */
type Sums = { pack: number; stored: Buffer; lanes: Float64Array; blocks: number; open: Set<number> }

/**
 * Every record against its mac (is it what was reported?) and every submission against its sums (is a row gone, or
 * one too many?). Submissions in `distrusted` were found altered themselves. Returns how many records it read.
 */
export async function verifyRecords(
  db: Queryable,
  keys: Keys,
  distrusted: ReadonlySet<number>,
  found: (finding: Finding) => boolean,
  onProgress: (records: number) => void = () => {},
): Promise<number> {
  const books = await openBooks(db, keys)
  const erased = await openErasures(db, books.cipher)
  const submissions = new Map<number, Sums>()
  for (const { num, pack, blocks: stored } of await readSubmissionSums(db)) {
    const blocks = Math.max(1, stored.length / 32)
    submissions.set(num, { pack, stored, blocks, lanes: new Float64Array(blocks * LANES), open: new Set() })
  }

  let count = 0
  for await (const rows of readRecords(db)) {
    for (const row of rows) {
      const sums = submissions.get(row.submission)
      const name = { kind: 'record' as const, subject: row.subject, nk: String(row.nk), submission: row.submission }
      if (!sums) {
        if (found({ ...name, why: 'its submission was never accepted' })) return count
        continue
      }
      const block = Math.floor(Number(BigInt.asUintN(64, row.nk) >> 32n) / (TOP / sums.blocks))
      const checked = checkErased(row, erased) ?? checkRecord(row, sums.pack, books)
      if ('why' in checked) {
        sums.open.add(block)
        if (found({ ...name, why: checked.why })) return count
      } else {
        for (let lane = 0; lane < LANES; lane++) {
          const at = block * LANES + lane
          sums.lanes[at] = ((sums.lanes[at] ?? 0) + checked.mac.readUInt32BE(lane * 4)) % TOP
        }
      }
    }
    count += rows.length
    onProgress(count)
  }

  for (const [submission, { stored, lanes, blocks, open }] of submissions) {
    if (distrusted.has(submission)) continue
    for (let block = 0; block < blocks; block++) {
      if (open.has(block)) continue
      const same = Array.from({ length: LANES }, (_, lane) => block * LANES + lane).every(
        (at) => lanes[at] === (stored.length === 0 ? 0 : stored.readUInt32BE(at * 4)),
      )
      if (same) continue
      if (found({ kind: 'block', submission, block, of: blocks, why: 'a record of it is gone, or one too many' }))
        return count
    }
  }
  return count
}

type Erased = Map<string, Record<string, string>>

/** The content macs that erasures kept, by subject and natural key, then by version. */
async function openErasures(db: Queryable, cipher: Cipher): Promise<Erased> {
  const erased: Erased = new Map()
  for (const { subject, nk, sealed } of await readErasures(db)) {
    const key = `${subject}/${nk >> 10n}`
    try {
      erased.set(key, { ...erased.get(key), ...openAction(cipher, subject, nk, sealed).macs })
    } catch {
      // an altered action has another leaf than the one in the tree: it is named there, and its records below
    }
  }
  return erased
}

/** An erased version counts with the mac its erasure kept; undefined where this version was not erased. */
function checkErased(row: RecordRow, erased: Erased): { mac: Buffer } | { why: string } | undefined {
  const kept = erased.get(`${row.subject}/${row.nk >> 10n}`)?.[String(row.nk & 1023n)]
  if (kept === undefined) return undefined
  if (row.body.length + row.sealed.length > 0) return { why: 'it was erased, and holds content again' }
  const mac = Buffer.from(kept, 'base64')
  return mac.length === 32 && mac.readBigInt64BE() === row.mac
    ? { mac }
    : { why: 'it was erased, and is another record' }
}

/** The record's whole mac, or what is wrong with it. */
export function checkRecord(row: RecordRow, packNum: number, books: Books): { mac: Buffer } | { why: string } {
  const plan = findPlan(row, packNum, books)
  const unit = books.units.get(row.unit)
  if (!plan || unit === undefined) return { why: 'no item in force had that decision date' }
  let read: { content: string; values: Map<string, string> }
  try {
    read = readContent(row, plan, unit, books)
  } catch {
    // never the error itself: it may quote what it could not read
    return { why: 'it cannot be read: its body, sealed part or subject was altered' }
  }
  const mac = Buffer.from(books.mac(read.content), 'hex')
  if (mac.readBigInt64BE() !== row.mac) return { why: 'its content is not what was reported' }
  const key = [plan.item.id, unit, ...plan.item.naturalKey.map((id) => read.values.get(id) ?? '')].join(JOINER)
  const [high, low] = naturalKeyHash(key)
  if (((BigInt(high) << 32n) | BigInt(low)) >> 10n !== BigInt.asUintN(64, row.nk) >> 10n)
    return { why: 'its natural key is another' }
  return { mac }
}

export type Plan = { item: Item; layout: Layout }

/** The version of the item that was in force on the record's decision date, in the pack that judged it, and its layout. */
export function findPlan(row: RecordRow, packNum: number, { packs, items, plans }: Books): Plan | undefined {
  const stored = items.get(row.item)
  const item = packs.get(packNum)?.items.find((one) => one.id === stored?.id && inForce(one, row.decided))
  if (!stored || !item) return undefined
  const plan = plans.get(item) ?? { item, layout: readLayout(stored.layout) }
  plans.set(item, plan)
  return plan
}

/** What the mac is over, and the values by field, as intake had them. Throws when anything cannot be read. */
export function readContent(
  row: RecordRow,
  { item, layout }: Plan,
  unit: string,
  { cipher, terms, subjectKey }: Books,
) {
  const kind = KIND_NUMBERS[row.kind ?? -1]
  if (kind === undefined || row.identity === null) throw new Error('no subject')
  const subject = row.subject.replaceAll('-', '')
  const [number = '', name = ''] = cipher.open(row.identity, Buffer.from(subject, 'hex')).split(JOINER)
  if (subjectKey(kind, number) !== subject) throw new Error('another subject')
  if (row.name !== null && row.name !== name) throw new Error('another name')
  const values = readBody(layout, readCompact(row.body), (num) => {
    const term = terms.get(num)
    if (term === undefined) throw new Error('no such term')
    return term
  })
  const hidden = row.sealed.length === 0 ? [] : cipher.openSealed(row.sealed, row.mac, subject).split(JOINER)
  const open = [...values.values()]
  const sealed = layout.sealed.map((_, at) => hidden[at] ?? '')
  for (const [at, id] of layout.sealed.entries()) values.set(id, hidden[at] ?? '')
  for (const field of item.fields) {
    if (field.role === 'subject-name') values.set(field.id, name)
    else if (field.role === 'subject-number') values.set(field.id, number)
    else if (field.role === 'decision-date') values.set(field.id, row.decided)
  }
  return {
    content: contentOf({ subject, item: item.id, unit, kind, number, name, decided: row.decided, open, sealed }),
    values,
  }
}
