import { firstRow, type Queryable } from './db.ts'

type Words = { zh: string; en: string }
export type AccessReviewRow = {
  flag: string
  account: number
  first: bigint
  count: number
  outcome: 'in-order' | 'explained' | 'incident'
  reason: string
  incident: number | null
  at: string
  display: Words
}

/** The last review of each flagged group (migration 0036); nothing for others than auditors. */
export async function readAccessReviews(db: Queryable, actor: number): Promise<AccessReviewRow[]> {
  return (await db.query<AccessReviewRow>('select * from xinheng.read_access_reviews($1::integer)', [actor])).rows
}

/** Outcomes: 0 done, 1 not this actor's to do, 6 no such look-up or export. */
export async function insertAccessReview(
  db: Queryable,
  of: {
    actor: number
    flag: string
    account: number
    first: string
    at: string
    count: number
    outcome: string
    reason: string
    incident: number | null
  },
): Promise<number> {
  const { rows } = await db.query<{ outcome: number }>(
    `select xinheng.review_access($1::integer, $2::text, $3::integer, $4::bigint, $5::timestamptz, $6::integer, $7::text, $8::text,
       $9::integer) as outcome`,
    [of.actor, of.flag, of.account, of.first, of.at, of.count, of.outcome, of.reason, of.incident],
  )
  return firstRow(rows).outcome
}
