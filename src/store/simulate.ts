import type { Queryable } from './db.ts'

/** A rule as the database counts it: item numbers, first day that counts, how many. */
export type CountRule = { items: number[]; since: string; count: number }
export type FlaggedRow = { subject: string; kind: number; sealed: Buffer; was: boolean; now: boolean; items: number[] }

/** Whose flag differs under two rules. A rule that is not there flags nobody. Empty where the actor may not ask. */
export async function simulateFlag(
  db: Queryable,
  of: { actor: number; person: boolean; was: CountRule | undefined; now: CountRule | undefined },
): Promise<FlaggedRow[]> {
  const NONE: CountRule = { items: [], since: 'infinity', count: 2_147_483_647 }
  const [was, now] = [of.was ?? NONE, of.now ?? NONE]
  const { rows } = await db.query<FlaggedRow>(
    `select subject, kind, sealed, was, now, items from xinheng.simulate_flag($1::integer, $2::boolean, $3::smallint[],
       $4::date, $5::integer, $6::smallint[], $7::date, $8::integer)`,
    [of.actor, of.person, was.items, was.since, was.count, now.items, now.since, now.count],
  )
  return rows
}
