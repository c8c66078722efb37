import { firstRow, type Queryable } from './db.ts'

/** Lists in the database (migration 0014). Outcomes: 0 done; 8, 10, 12 why not, as the function says. */
const outcomeOf = async (db: Queryable, call: string, values: unknown[]): Promise<number> =>
  firstRow((await db.query<{ outcome: number }>(`select xinheng.${call} as outcome`, values)).rows).outcome

/** The next entry number: the natural key of the record, from the first step on. */
export async function nextEntry(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ num: bigint }>(`select nextval('xinheng.entry_num') as num`)
  return Number(firstRow(rows).num)
}

/** Enters what a first step proposes; without this row no step of the case commits. */
export const enterListing = (
  db: Queryable,
  of: {
    subject: string
    file: bigint
    list: string
    criterion: string
    entry: string
    person: boolean
    beside?: { subject: string; file: bigint } | undefined
  },
): Promise<number> =>
  outcomeOf(
    db,
    'enter_listing($1::uuid, $2::bigint, $3::text, $4::text, $5::text, $6::boolean, $7::uuid, $8::bigint)',
    [
      of.subject,
      of.file,
      of.list,
      of.criterion,
      of.entry,
      of.person,
      of.beside?.subject ?? null,
      of.beside?.file ?? null,
    ],
  )

/** Fingerprints of what a proposal or a notice rests on: 16 bytes each. */
export type Grounds = { facts: Buffer; document: Buffer | null }

/** The refuted entry that these grounds repeat; `file` absent: of a new proposal. The person sees that it was found. */
export async function findRefuted(
  db: Queryable,
  of: { actor: number; subject: string; file?: bigint; list: string; grounds: Grounds },
): Promise<{ entry: string; decision: bigint; day: string } | undefined> {
  const { rows } = await db.query<{ entry: string; decision: bigint; day: string }>(
    `select entry, decision, day::text from xinheng.find_refuted($1::integer, $2::uuid, $3::bigint, $4::text, $5::bytea, $6::bytea)`,
    [of.actor, of.subject, of.file ?? null, of.list, of.grounds.facts, of.grounds.document],
  )
  return rows[0]
}

/** The refuted entry whose facts or evidence a case rests on, or the case itself where it was refuted. */
export async function findRefutedOf(
  db: Queryable,
  of: { actor: number; subject: string; file: bigint },
): Promise<{ entry: string; decision: bigint; day: string } | undefined> {
  const { rows } = await db.query<{ entry: string; decision: bigint; day: string }>(
    'select entry, decision, day::text from xinheng.find_refuted_of($1::integer, $2::uuid, $3::bigint)',
    [of.actor, of.subject, of.file],
  )
  return rows[0]
}

/** Enters what a proposal or a notice rests on: the step does not commit without this. 14: it repeats what was refuted. */
export const enterGround = (db: Queryable, { subject, num, grounds }: Row & { grounds: Grounds }): Promise<number> =>
  outcomeOf(db, 'enter_ground($1::uuid, $2::bigint, $3::bytea, $4::bytea)', [
    subject,
    num,
    grounds.facts,
    grounds.document,
  ])

type Row = { subject: string; num: bigint }

/** Opens the window: the step that sets it does not commit without this. */
export const enterWindow = (db: Queryable, { subject, num }: Row): Promise<number> =>
  outcomeOf(db, 'enter_window($1::uuid, $2::bigint)', [subject, num])

/** The entry takes effect or is renewed: its record must be on file by now. 14: what it rests on was refuted meanwhile. */
export const enterEntry = (db: Queryable, { subject, num }: Row): Promise<number> =>
  outcomeOf(db, 'enter_entry($1::uuid, $2::bigint)', [subject, num])

/** A received entry is taken up as the cause of measures; its list, or undefined where it is none in force. */
export async function enterReceived(db: Queryable, of: { subject: string; file: bigint }): Promise<string | undefined> {
  const { rows } = await db.query<{ list: string | null }>(
    'select xinheng.enter_received($1::uuid, $2::bigint) as list',
    [of.subject, of.file],
  )
  return firstRow(rows).list ?? undefined
}

/** What a case of a list is about; `over`: null while its entry is in force, 'none' before it took effect. */
export type ListingRow = {
  list: string
  criterion: string
  entry: string
  person: boolean
  published: boolean
  nk: bigint
  unit: number
  day: string | null
  until: string | null
  over: 'none' | 'ended' | 'term' | null
}

/** Undefined where there is none, or it is not for this reader. */
export async function findListing(
  db: Queryable,
  of: { actor: number; subject: string; file: bigint },
): Promise<ListingRow | undefined> {
  const { rows } = await db.query<ListingRow>(
    `select list, criterion, entry, person, published, nk, unit, day::text, until::text, over
     from xinheng.read_listing($1::integer, $2::uuid, $3::bigint)`,
    [of.actor, of.subject, of.file],
  )
  return rows[0]
}

/** The list of a received entry; undefined where there is none, or it is not for this reader. */
export async function findReceivedList(
  db: Queryable,
  of: { actor: number; subject: string; file: bigint },
): Promise<string | undefined> {
  const { rows } = await db.query<{ list: string | null }>(
    'select xinheng.received_list($1::integer, $2::uuid, $3::bigint) as list',
    [of.actor, of.subject, of.file],
  )
  return rows[0]?.list ?? undefined
}

/** By which channel the notice of a step was served, where the inbox or a sender proves it. */
export async function findServed(
  db: Queryable,
  of: { actor: number; subject: string; file: bigint; kind: string },
): Promise<string | undefined> {
  const { rows } = await db.query<{ channel: string | null }>(
    'select xinheng.notice_served($1::integer, $2::uuid, $3::bigint, $4::text) as channel',
    [of.actor, of.subject, of.file, of.kind],
  )
  return rows[0]?.channel ?? undefined
}

export type CandidateRow = { subject: string; kind: number; sealed: Buffer; records: Buffer | null }

/** Whom a rule flags; everybody named is told by an access row. Empty for a unit that does not determine the list. */
export async function listCandidateRows(
  db: Queryable,
  of: { actor: number; person: boolean; list: string; items: number[]; since: string; count: number },
): Promise<CandidateRow[]> {
  const { rows } = await db.query<CandidateRow>(
    `select subject, kind, sealed, records from xinheng.list_candidates($1::integer, $2::boolean, $3::text, $4::smallint[],
       $5::date, $6::integer)`,
    [of.actor, of.person, of.list, of.items, of.since, of.count],
  )
  return rows
}

/** A line of the board of a unit's lists: ids of the pack, kinds and days, nothing of the person. */
export type BoardRow = {
  subject: string
  file: bigint
  machine: string
  kind: string
  list: string
  criterion: string
  entry: string
  person: boolean
  opened: string
  day: string
  window_end: string | null
  due: string | null
  until: string | null
  over: 'none' | 'ended' | 'term' | null
  asked: boolean
  mine: boolean
}

/** Every proposal, nomination and received entry of a clerk's or second person's unit, newest first. */
export async function readBoard(db: Queryable, actor: number): Promise<BoardRow[]> {
  const { rows } = await db.query<BoardRow>(
    `select subject, file, machine, kind, list, criterion, entry, person, opened::text, day::text, window_end::text, due::text, until::text,
       over, asked, mine
     from xinheng.listing_board($1::integer)`,
    [actor],
  )
  return rows
}
