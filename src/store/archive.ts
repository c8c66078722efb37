import { isEnded, type Ended } from '#domain/step.ts'
import { refuse, type Refusal } from '#domain/refusal.ts'
import type { Queryable } from './db.ts'

/** An answer of the gate: xinheng.archive. `records` is packed; see `unpackRecords`. */
export type Answer = {
  outcome: number
  access: bigint | null
  at: string
  kind: number | null
  identity: Buffer | null
  records: Buffer | null
  marks: Buffer | null
}

/** One stored record as the gate gives it. `decided` in days since 1970-01-01. */
export type RecordRow = {
  nk: bigint
  mac: bigint
  submission: number
  decided: number
  item: number
  unit: number
  body: Buffer
  sealed: Buffer
  ended: Ended | undefined
  reported: string | undefined
  /** of a corrected record, the earliest decision date of its versions: its clock (B2) */
  first: number | undefined
}

const EPOCH_DAYS = 10_957
const EPOCH_MICROSECONDS = 946_684_800_000_000n

function endedOf(text: string | undefined): RecordRow['ended'] {
  if (text === undefined || isEnded(text)) return text
  // never shown as if it were live
  throw new Error('a record has ended in a way this version does not know')
}

/** Reads what record_send() wrote: a count of columns, then type, length and bytes of each. */
export function unpackRecords(bytes: Buffer): RecordRow[] {
  const rows: RecordRow[] = []
  let at = 0
  const next = (): Buffer | undefined => {
    const length = bytes.readInt32BE(at + 4)
    at += 8
    if (length < 0) return undefined
    at += length
    return bytes.subarray(at - length, at)
  }
  // fixed widths, read in place: no buffer for each number
  const skip = (width: number): number => {
    at += 8 + width
    return at - width
  }
  while (at < bytes.length) {
    at += 4
    const nk = bytes.readBigInt64BE(skip(8))
    const mac = bytes.readBigInt64BE(skip(8))
    const submission = bytes.readInt32BE(skip(4))
    const decided = bytes.readInt32BE(skip(4)) + EPOCH_DAYS
    const item = bytes.readInt16BE(skip(2))
    const unit = bytes.readInt16BE(skip(2))
    const body = next() ?? Buffer.alloc(0)
    const sealed = next() ?? Buffer.alloc(0)
    const ended = endedOf(next()?.toString('latin1'))
    const reported = next()?.readBigInt64BE(0)
    const first = next()?.readInt32BE(0)
    rows.push({
      nk,
      mac,
      submission,
      decided,
      item,
      unit,
      body,
      sealed,
      ended,
      reported:
        reported === undefined ? undefined : new Date(Number((reported + EPOCH_MICROSECONDS) / 1000n)).toISOString(),
      first: first === undefined ? undefined : first + EPOCH_DAYS,
    })
  }
  return rows
}

/** A case that travels with a record: objected to, under repair. Days since 1970-01-01. */
export type MarkRow = {
  nk: bigint
  machine: string
  kind: string
  day: number
  due: number | undefined
  file: bigint
  /** what the step says (store/case openStep), where it is shown with the record */
  sealed: Buffer | undefined
}

/** Reads the marks of an answer, packed like its records. */
export function unpackMarks(bytes: Buffer): MarkRow[] {
  const marks: MarkRow[] = []
  let at = 0
  const next = (): Buffer | undefined => {
    const length = bytes.readInt32BE(at + 4)
    at += 8
    if (length < 0) return undefined
    at += length
    return bytes.subarray(at - length, at)
  }
  const day = (value: Buffer | undefined) => (value === undefined ? undefined : value.readInt32BE(0) + EPOCH_DAYS)
  while (at < bytes.length) {
    at += 4
    const nk = next()?.readBigInt64BE(0) ?? 0n
    const machine = next()?.toString('utf8') ?? ''
    const kind = next()?.toString('utf8') ?? ''
    const since = day(next()) ?? 0
    const due = day(next())
    const file = next()?.readBigInt64BE(0) ?? 0n
    const sealed = next()
    marks.push({ nk, machine, kind, day: since, due, file, sealed })
  }
  return marks
}

/** What the gate's outcome numbers mean (migration 0002). */
const OUTCOMES = [
  undefined,
  'not-allowed',
  'purpose-not-for-unit',
  'no-matter',
  'no-consent',
  'withholding-not-allowed',
  'not-found',
  'unavailable',
  'step-not-possible',
  'step-taken-first',
  'case-open-already',
  'evidence-full',
] as const

/** The refusal an outcome stands for; the refused look-up is in the log already. */
export function refusalOf(outcome: number): Refusal | undefined {
  const code = OUTCOMES[outcome]
  return code === undefined ? undefined : refuse(code)
}

export const GROUNDS = ['', 'statutory', 'consent', 'self', 'review', 'court', 'search', 'presence'] as const

export const COLUMNS = 'outcome, access, at, kind, identity, records, marks'

async function ask(db: Queryable, name: string, call: string, values: unknown[]): Promise<Answer> {
  const { rows } = await db.query<Answer>({ name, text: `select ${COLUMNS} from xinheng.${call}`, values })
  const [answer] = rows
  if (!answer) throw new Error('the gate gave no answer')
  return answer
}

/** What a member of staff asks; `withhold` and `until` only where the purpose's statute lets it. */
export type LookUp = {
  actor: number
  purpose: number
  matter: string
  subject: string
  withhold?: string
  until?: string
}

/** A member of staff looks at one subject. */
export const lookUp = (db: Queryable, of: LookUp): Promise<Answer> =>
  ask(db, 'look_up', 'look_up($1::integer, $2::smallint, $3::text, $4::uuid, $5::text, $6::date)', [
    of.actor,
    of.purpose,
    of.matter,
    of.subject,
    of.withhold ?? null,
    of.until ?? null,
  ])

/** Records in a transaction of its own that a look-up was tried and failed (G4). */
export async function logFailed(
  db: Queryable,
  of: { actor: number; purpose: number; ground: number; matter: string; subject: string },
): Promise<void> {
  await db.query('select xinheng.log_failed($1::integer, $2::smallint, $3::smallint, $4::text, $5::uuid)', [
    of.actor,
    of.purpose,
    of.ground,
    of.matter,
    of.subject,
  ])
}

/** The person reads their own file; the answer's `kind` is that of their identifier. */
export const archiveSelf = (db: Queryable, actor: number, at: string | null): Promise<Answer> =>
  ask(db, 'archive_self', 'archive_self($1::integer, $2::timestamptz)', [actor, at])

export const archivePast = (
  db: Queryable,
  of: { actor: number; subject: string; matter: string; at: string | null },
): Promise<Answer> =>
  ask(db, 'archive_past', 'archive_past($1::integer, $2::uuid, $3::text, $4::timestamptz)', [
    of.actor,
    of.subject,
    of.matter,
    of.at,
  ])

export type AccessRow = {
  num: bigint
  at: string
  /** by the person */
  self: boolean
  actor: { zh: string; en: string } | null
  unit: number
  purpose: number
  ground: number
  outcome: number
  shown: number
  matter: string
  items: Buffer
}

/** Who looked at the person of this account, newest first. */
export async function accessesSelf(
  db: Queryable,
  actor: number,
  before: bigint | null,
  limit: number,
): Promise<AccessRow[]> {
  const { rows } = await db.query<AccessRow>({
    name: 'accesses_self',
    text: 'select * from xinheng.accesses_self($1::integer, $2::bigint, $3::integer)',
    values: [actor, before, limit],
  })
  return rows
}

export type FoundOrganisation = {
  outcome: number
  access: bigint
  subject: string | null
  sealed: Buffer | null
  records: Buffer | null
}

export async function searchOrganisations(
  db: Queryable,
  of: { actor: number; purpose: number; matter: string; name: string },
): Promise<FoundOrganisation[]> {
  const { rows } = await db.query<FoundOrganisation>({
    name: 'search_organisations',
    text: 'select * from xinheng.search_organisations($1::integer, $2::smallint, $3::text, $4::text)',
    values: [of.actor, of.purpose, of.matter, of.name],
  })
  return rows
}

export async function withheldCount(db: Queryable): Promise<{ ground: string; count: bigint }[]> {
  return (await db.query<{ ground: string; count: bigint }>('select ground, count from xinheng.withheld_count()')).rows
}

/** The instant of the withdrawal, or null: the unit has reported no such record. */
export async function withdrawRecord(
  db: Queryable,
  of: { actor: number; subject: string; nk: bigint; pack: number; sealed: Buffer },
): Promise<string | null> {
  const { rows } = await db.query<{ at: string | null }>(
    'select xinheng.withdraw_record($1::integer, $2::uuid, $3::bigint, $4::smallint, $5::bytea) as at',
    [of.actor, of.subject, of.nk, of.pack, of.sealed],
  )
  return rows[0]?.at ?? null
}

/** Interned values by number. */
export async function readTermValues(db: Queryable, nums: number[]): Promise<Map<number, string>> {
  const { rows } = await db.query<{ num: number; value: string }>({
    name: 'terms',
    text: 'select num, value from xinheng.term where num = any ($1::integer[])',
    values: [nums],
  })
  return new Map(rows.map(({ num, value }) => [num, value]))
}
