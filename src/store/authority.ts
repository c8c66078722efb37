import type { Answer } from './archive.ts'
import { firstRow, type Queryable } from './db.ts'

type Words = { zh: string; en: string }
export type AuthorityKind = 'agent' | 'guardian'

/** What an authority says is sealed to the person it is about. */
export function authorityBound(subject: string): Buffer {
  const bound = Buffer.alloc(25)
  bound.write('authority')
  bound.write(subject.replaceAll('-', ''), 9, 'hex')
  return bound
}

/** Outcomes: 0 recorded and both told, 1 not this actor's to do, 12 nobody is present who may say so, 13 a court has found that they have full capacity again. */
export async function grantAuthority(
  db: Queryable,
  of: {
    actor: number
    subject: string
    representative: string
    kind: AuthorityKind
    from: string
    until: string
    sealed: Buffer
    notice: { title: Words; text: Words }
  },
): Promise<{ outcome: number; num: bigint; at: string }> {
  const { rows } = await db.query<{ outcome: number; num: bigint; at: string }>(
    `select outcome, num, at from xinheng.grant_authority($1::integer, $2::uuid, $3::uuid, $4::text, $5::date, $6::date, $7::bytea, $8::jsonb, $9::jsonb)`,
    [
      of.actor,
      of.subject,
      of.representative,
      of.kind,
      of.from,
      of.until,
      of.sealed,
      JSON.stringify(of.notice.title),
      JSON.stringify(of.notice.text),
    ],
  )
  return firstRow(rows)
}

/** The instant, or null where there is none that this actor may end. `subject` is needed of the counter only. */
export async function endAuthority(
  db: Queryable,
  of: { actor: number; subject: string | null; num: bigint; notice: { title: Words; text: Words } },
): Promise<string | null> {
  const { rows } = await db.query<{ at: string | null }>(
    'select xinheng.end_authority($1::integer, $2::uuid, $3::bigint, $4::jsonb, $5::jsonb) as at',
    [of.actor, of.subject, of.num, JSON.stringify(of.notice.title), JSON.stringify(of.notice.text)],
  )
  return firstRow(rows).at
}

export type AuthorityRow = {
  subject: string
  num: bigint
  /** held by the reader, for somebody else */
  held: boolean
  kind: AuthorityKind
  from_day: string
  until_day: string
  unit: number
  at: string
  ended_at: string | null
  live: boolean
  sealed: Buffer
}

/** Who stands for the person of this account, and for whom they stand. */
export async function readAuthorities(db: Queryable, actor: number): Promise<AuthorityRow[]> {
  const { rows } = await db.query<AuthorityRow>(
    `select subject, num, held, kind, from_day::text, until_day::text, unit, at, ended_at, live, sealed
     from xinheng.authorities_self($1::integer)`,
    [actor],
  )
  return rows
}

/** The whole file of somebody this account stands for; not-found where it does not. */
export async function archiveFor(
  db: Queryable,
  of: { actor: number; subject: string; at: string | null },
): Promise<Answer> {
  const { rows } = await db.query<Answer>(
    `select outcome, access, at, kind, identity, records, marks
     from xinheng.archive_for($1::integer, $2::uuid, $3::timestamptz)`,
    [of.actor, of.subject, of.at],
  )
  return firstRow(rows)
}
