import type { Text } from '#domain/refusal.ts'
import type { Queryable } from './db.ts'

export type BulletinRow = {
  num: number
  at: string
  from_day: string
  until_day: string
  note: string
  digest: Buffer
  author: Text
  mine: boolean
  state: string
  decided_at: string | null
  reason: string
  number: string | null
  /** only of the one that was asked for */
  figures: Buffer | null
  /** id of the place whose it is */
  place: string | null
}

/** Issued bulletins, and for the office those that wait or were rejected; or one with its figures. Newest first. */
export async function readBulletins(db: Queryable, of: { actor: number; num?: number }): Promise<BulletinRow[]> {
  const { rows } = await db.query<BulletinRow>(
    `select num, at, from_day::text, until_day::text, note, digest, author, mine, state, decided_at, reason, number::text, figures, place
     from xinheng.read_bulletins($1::integer, $2::integer)`,
    [of.actor, of.num ?? null],
  )
  return rows
}

/** The number of the draft, or null: not this actor's to do. */
export async function prepareBulletin(
  db: Queryable,
  of: { actor: number; from: string; until: string; note: string; figures: Uint8Array },
): Promise<number | null> {
  const { rows } = await db.query<{ num: number | null }>(
    'select xinheng.prepare_bulletin($1::integer, $2::date, $3::date, $4::text, $5::bytea) as num',
    [of.actor, of.from, of.until, of.note, of.figures],
  )
  return rows[0]?.num ?? null
}

/** Issues or rejects a draft; outcomes as in migration 0044. */
export async function decideBulletin(
  db: Queryable,
  of: { actor: number; num: number; kind: 'publish' | 'reject'; reason: string },
): Promise<number> {
  const { rows } = await db.query<{ outcome: number }>(
    'select xinheng.decide_bulletin($1::integer, $2::integer, $3::text, $4::text) as outcome',
    [of.actor, of.num, of.kind, of.reason],
  )
  return rows[0]?.outcome ?? 1
}
