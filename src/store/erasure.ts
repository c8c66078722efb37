import type { Queryable } from './db.ts'
import type { RecordRow } from './ledger-records.ts'

/** The versions of a record that still have content, oldest first; reading them is itself in the log. For the eraser. */
export async function readForErasure(
  db: Queryable,
  of: { actor: number; subject: string; nk: bigint; matter: string },
): Promise<RecordRow[]> {
  const { rows } = await db.query<RecordRow>(
    `select subject, nk, mac, submission, decided, item, unit, body, sealed, kind, identity, name
     from xinheng.read_for_erasure($1::integer, $2::uuid, $3::bigint, $4::text)`,
    [of.actor, of.subject, of.nk, of.matter],
  )
  return rows
}

/** Erases them; the instant, or null where the actor may not. Throws XH002 where there are more or fewer than `versions`. */
export async function eraseRecord(
  db: Queryable,
  of: { actor: number; subject: string; nk: bigint; pack: number; versions: number; sealed: Buffer },
): Promise<string | null> {
  const { rows } = await db.query<{ at: string | null }>(
    'select xinheng.erase_record($1::integer, $2::uuid, $3::bigint, $4::smallint, $5::integer, $6::bytea) as at',
    [of.actor, of.subject, of.nk, of.pack, of.versions, of.sealed],
  )
  return rows[0]?.at ?? null
}

/** Pack by submission. */
export async function readPackNums(db: Queryable, submissions: number[]): Promise<Map<number, number>> {
  const { rows } = await db.query<{ num: number; pack: number }>(
    'select num, pack from xinheng.submission where num = any ($1::integer[])',
    [submissions],
  )
  return new Map(rows.map(({ num, pack }) => [num, pack]))
}
