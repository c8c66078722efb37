import { firstRow, type Queryable } from './db.ts'

type Words = { zh: string; en: string }
export type Presence = { subject: string; form: string; unit: number; until: string }

/** Opens a presence at the counter. Outcomes: 0 opened, 1 not this actor's to do, 10 the form has served before. */
export async function openPresence(
  db: Queryable,
  of: { actor: number; subject: string; form: string; document: string; notice: { title: Words; text: Words } },
): Promise<{ outcome: number; num: bigint | null; until: string | null }> {
  const { rows } = await db.query<{ outcome: number; num: bigint | null; until: string | null }>(
    'select outcome, num, until from xinheng.open_presence($1::integer, $2::uuid, $3::text, $4::text, $5::jsonb, $6::jsonb)',
    [of.actor, of.subject, of.form, of.document, JSON.stringify(of.notice.title), JSON.stringify(of.notice.text)],
  )
  return firstRow(rows)
}

/** A presence of this actor while it lasts; undefined for any other. */
export async function findPresence(db: Queryable, actor: number, num: bigint): Promise<Presence | undefined> {
  const { rows } = await db.query<Presence>(
    'select subject, form, unit, until from xinheng.find_presence($1::integer, $2::bigint)',
    [actor, num],
  )
  return rows[0]
}

/** Ends a presence: the instant, or null where it is not this actor's or over. */
export async function endPresence(db: Queryable, actor: number, num: bigint): Promise<string | null> {
  const { rows } = await db.query<{ at: string | null }>('select xinheng.end_presence($1::integer, $2::bigint) as at', [
    actor,
    num,
  ])
  return firstRow(rows).at
}
