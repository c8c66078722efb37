import { firstRow, type Queryable } from './db.ts'

type Words = { zh: string; en: string }

/** What an address is sealed to: its person. */
export function contactBound(subject: string): Buffer {
  const bound = Buffer.alloc(23)
  bound.write('contact')
  bound.write(subject.replaceAll('-', ''), 7, 'hex')
  return bound
}

/** What is proven of a notice's service. */
export type Served = { channel: string; at: string; ok: boolean; by: string; reference: string; day: string }
export type InboxRow = {
  num: bigint
  at: string
  title: Words | null
  text: Words | null
  nk: bigint | null
  machine: string | null
  kind: string | null
  file: bigint | null
  opened_at: string | null
  service: Served[]
}

/** The person's inbox; reading it serves what it shows. Empty to whoever does not stand for them. */
export async function readInbox(db: Queryable, actor: number, subject: string): Promise<InboxRow[]> {
  const { rows } = await db.query<InboxRow>(
    `select num, at, title, text, nk, machine, kind, file, opened_at, service from xinheng.notices_self($1::integer, $2::uuid)`,
    [actor, subject],
  )
  return rows
}

/** Makes the rows of what is told otherwise than in the inbox, and the letters; older than `unread` goes on paper. */
export async function drawNotices(db: Queryable, unread: string): Promise<{ submissions: number; letters: number }> {
  const { rows } = await db.query<{ submissions: number; letters: number }>(
    'select submissions, letters from xinheng.draw_notices($1::timestamptz)',
    [unread],
  )
  return firstRow(rows)
}

export type DueRow = {
  subject: string
  notice: bigint
  channel: string
  try: number
  at: string
  title: Words | null
  text: Words | null
  item: number | null
  unit: number | null
  contact: bigint
  sealed: Buffer
}

/** Takes what is to be sent on some channels; each row is a lease. */
export async function takeNotices(db: Queryable, channels: string[], limit: number): Promise<DueRow[]> {
  const { rows } = await db.query<DueRow>(
    `select subject, notice, channel, try, at, title, text, item, unit, contact, sealed
     from xinheng.take_notices($1::text[], $2::integer)`,
    [channels, limit],
  )
  return rows
}

export type ServiceState = 'delivered' | 'accepted' | 'failed' | 'refused'
type Tried = { subject: string; notice: bigint; channel: string; try: number }

export async function noteService(
  db: Queryable,
  of: Tried & { state: ServiceState; by: string; reference: string },
): Promise<void> {
  await db.query(
    'select xinheng.note_service($1::uuid, $2::bigint, $3::text, $4::smallint, $5::text, $6::text, $7::text)',
    [of.subject, of.notice, of.channel, of.try, of.state, of.by, of.reference],
  )
}

/** What a channel says later. False: it had taken no such thing. */
export async function noteReceipt(
  db: Queryable,
  of: Tried & { delivered: boolean; reference: string },
): Promise<boolean> {
  const { rows } = await db.query<{ known: boolean }>(
    'select xinheng.note_receipt($1::uuid, $2::bigint, $3::text, $4::smallint, $5::boolean, $6::text) as known',
    [of.subject, of.notice, of.channel, of.try, of.delivered, of.reference],
  )
  return firstRow(rows).known
}

export type ContactRow = { num: bigint; channel: string; at: string; sealed: Buffer }

/** At the counter, while the person is present; the reading is in their log. */
export async function readPresentContacts(db: Queryable, actor: number, subject: string): Promise<ContactRow[]> {
  const { rows } = await db.query<ContactRow>(
    'select num, channel, at, sealed from xinheng.contacts_present($1::integer, $2::uuid)',
    [actor, subject],
  )
  return rows
}

/** Sets one at the counter and tells the person. False: they are not present. */
export async function setPresentContact(
  db: Queryable,
  of: { actor: number; subject: string; channel: string; sealed: Buffer; notice: { title: Words; text: Words } },
): Promise<boolean> {
  const { rows } = await db.query<{ done: boolean }>(
    'select xinheng.set_contact_present($1::integer, $2::uuid, $3::text, $4::bytea, $5::jsonb, $6::jsonb) as done',
    [of.actor, of.subject, of.channel, of.sealed, JSON.stringify(of.notice.title), JSON.stringify(of.notice.text)],
  )
  return firstRow(rows).done
}

/** In a transaction that acts for the person; the last row of a channel counts. */
export async function readContacts(client: Queryable): Promise<ContactRow[]> {
  const { rows } = await client.query<ContactRow>(
    'select distinct on (channel) num, channel, at, sealed from xinheng.contact order by channel, num desc',
  )
  return rows
}

export async function insertContact(
  client: Queryable,
  of: { subject: string; channel: string; sealed: Buffer },
): Promise<void> {
  await client.query('insert into xinheng.contact (subject, channel, sealed) values ($1::uuid, $2::text, $3::bytea)', [
    of.subject,
    of.channel,
    of.sealed,
  ])
}

export type LetterRow = {
  subject: string
  num: bigint
  why: string
  at: string
  told_at: string
  machine: string | null
  kind: string | null
  file: bigint | null
  of_record: boolean
  printed_at: string | null
  failed: bigint
  waiting: bigint
}

/** The print queue of the actor's unit, oldest first. */
export async function readLetters(db: Queryable, actor: number): Promise<LetterRow[]> {
  const { rows } = await db.query<LetterRow>(
    `select subject, num, why, at, told_at, machine, kind, file, of_record, printed_at, failed, waiting
     from xinheng.letters($1::integer)`,
    [actor],
  )
  return rows
}

export type PrintedLetter = {
  outcome: number
  at: string
  told_at: string
  unit: number
  kind: number | null
  identity: Buffer | null
  title: Words | null
  text: Words | null
  nk: bigint | null
  records: Buffer | null
  address: Buffer | null
}

/** A letter that need not go out any more: how it was served, without what a receipt says. */
export type ServedLetterRow = Omit<LetterRow, 'printed_at' | 'failed' | 'waiting'> & {
  opened: bigint
  opened_at: string | null
  service: Omit<Served, 'reference'>[]
}

/** Letters of the actor's unit that are served, of a year, newest first. */
export async function readServedLetters(db: Queryable, actor: number): Promise<ServedLetterRow[]> {
  const { rows } = await db.query<ServedLetterRow>(
    `select subject, num, why, at, told_at, machine, kind, file, of_record, opened, opened_at, service
     from xinheng.letters_served($1::integer)`,
    [actor],
  )
  return rows
}

export type LetterHistory = { access: bigint; opened: { at: string; by: Words }[]; service: Served[] }

/** Who opened a letter, and how it was served: in the transaction that opened it; undefined in any other. */
export async function readLetterHistory(
  client: Queryable,
  of: { actor: number; subject: string; num: bigint },
): Promise<LetterHistory | undefined> {
  const { rows } = await client.query<LetterHistory>(
    'select access, opened, service from xinheng.letter_history($1::integer, $2::uuid, $3::bigint)',
    [of.actor, of.subject, of.num],
  )
  return rows[0]
}

/** How the notices of a case were served, by the step they tell of; in the transaction that opened the case. */
export async function readCaseService(
  client: Queryable,
  of: { actor: number; subject: string; file: bigint },
): Promise<{ step: number; at: string; service: Served[] }[]> {
  const { rows } = await client.query<{ step: number; at: string; service: Served[] }>(
    'select step, at, service from xinheng.case_service($1::integer, $2::uuid, $3::bigint)',
    [of.actor, of.subject, of.file],
  )
  return rows
}

/** Prints one; the look-up is logged. */
export async function printLetter(
  db: Queryable,
  of: { actor: number; subject: string; num: bigint },
): Promise<PrintedLetter> {
  const { rows } = await db.query<PrintedLetter>(
    `select outcome, at, told_at, unit, kind, identity, title, text, nk, records, address
     from xinheng.print_letter($1::integer, $2::uuid, $3::bigint)`,
    [of.actor, of.subject, of.num],
  )
  return firstRow(rows)
}

/** Outcomes: 0 done, 6 not this unit's, 8 a day that cannot be, 9 delivered before. */
export async function noteLetter(
  db: Queryable,
  of: { actor: number; subject: string; num: bigint; day: string; how: string; receipt: string; ok: boolean },
): Promise<number> {
  const { rows } = await db.query<{ outcome: number }>(
    `select xinheng.note_letter($1::integer, $2::uuid, $3::bigint, $4::date, $5::text, $6::text, $7::boolean) as outcome`,
    [of.actor, of.subject, of.num, of.day, of.how, of.receipt, of.ok],
  )
  return firstRow(rows).outcome
}

/** The unit's own proof of service, named by a step: a letter delivered. */
export async function noteOwnService(
  db: Queryable,
  of: { subject: string; num: bigint; receipt: string },
): Promise<void> {
  await db.query('select xinheng.note_own_service($1::uuid, $2::bigint, $3::text)', [of.subject, of.num, of.receipt])
}
