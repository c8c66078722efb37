import type { Pack } from '#domain/pack.ts'
import type { Queryable } from './db.ts'

/** A record with its subject, as `ledger verify` reads them. `decided` is a civil date. */
export type RecordRow = {
  subject: string
  nk: bigint
  mac: bigint
  submission: number
  decided: string
  item: number
  unit: number
  body: Buffer
  sealed: Buffer
  kind: number | null
  identity: Buffer | null
  name: string | null
  nameMac: bigint | null
}

/** An accepted submission: which pack judged it, and its sums of row hashes (32 bytes a block). */
export type SubmissionSums = { num: number; pack: number; blocks: Buffer }

/** Every record, in the order of the disk, in pieces. Within a transaction; the caller reads it to the end. */
export async function* readRecords(db: Queryable, piece = 5000): AsyncGenerator<RecordRow[]> {
  await db.query(
    `declare all_records no scroll cursor for
     select r.subject, r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, r.sealed,
       s.kind, s.sealed as identity, s.name, s.name_mac as "nameMac"
     from xinheng.record r left join xinheng.subject s using (subject)`,
  )
  for (;;) {
    const { rows } = await db.query<RecordRow>(`fetch ${Math.trunc(piece)} from all_records`)
    if (rows.length === 0) break
    yield rows
  }
  await db.query('close all_records')
}

export async function readSubmissionSums(db: Queryable): Promise<SubmissionSums[]> {
  const { rows } = await db.query<SubmissionSums>('select num, pack, blocks from xinheng.submission where accepted')
  return rows
}

/** Erasures: whose record (natural key without version), and what the action says, sealed. */
export async function readErasures(db: Queryable): Promise<{ subject: string; nk: bigint; sealed: Buffer }[]> {
  const { rows } = await db.query<{ subject: string; nk: bigint; sealed: Buffer }>(
    `select subject, nk, sealed from xinheng.action where kind = 'erase'`,
  )
  return rows
}

export async function readPacks(db: Queryable): Promise<Map<number, Pack>> {
  const { rows } = await db.query<{ num: number; content: Pack }>('select num, content from xinheng.pack')
  return new Map(rows.map(({ num, content }) => [num, content]))
}

export async function readAllTerms(db: Queryable): Promise<Map<number, string>> {
  const { rows } = await db.query<{ num: number; value: string }>('select num, value from xinheng.term')
  return new Map(rows.map(({ num, value }) => [num, value]))
}

export async function readUnitIds(db: Queryable): Promise<Map<number, string>> {
  const { rows } = await db.query<{ num: number; id: string }>('select num, id from xinheng.unit')
  return new Map(rows.map(({ num, id }) => [num, id]))
}

export type StoredItem = { id: string; layout: string[] }

export async function readItems(db: Queryable): Promise<Map<number, StoredItem>> {
  const { rows } = await db.query<StoredItem & { num: number }>('select num, id, layout from xinheng.item')
  return new Map(rows.map(({ num, id, layout }) => [num, { id, layout }]))
}
