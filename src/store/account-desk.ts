import type { Queryable } from './db.ts'
import { firstRow } from './db.ts'

type Words = { zh: string; en: string }

/** A change of an account that somebody asked for, and what became of it (migration 0035). */
export type AccountChangeRow = {
  num: number
  account: number
  name: string
  display: Words
  unit: number | null
  at: string
  proposer: Words
  mine: boolean
  kind: 'roles' | 'password' | 'close'
  roles: string[]
  strong: boolean
  reason: string
  decided: string | null
  decider: Words | null
  approved: boolean | null
  decision: string | null
  /** its code comes in two halves */
  halved: boolean
}

export async function readAccountChanges(db: Queryable, actor: number): Promise<AccountChangeRow[]> {
  return (await db.query<AccountChangeRow>('select * from xinheng.account_changes($1::integer)', [actor])).rows
}

/**
 * Outcomes: 0 in effect, 1 not this actor's to do, 2 waits for a second person, 6 no such account, 10 one waits already.
 * `halved`: the half of the code whose digest this is was kept, and the other comes with the decision.
 */
export async function insertAccountChange(
  db: Queryable,
  of: {
    actor: number
    account: number
    kind: string
    roles: readonly string[]
    reason: string
    hash: Buffer | null
    half: Buffer
  },
): Promise<{ outcome: number; halved: boolean }> {
  const { rows } = await db.query<{ outcome: number; halved: boolean }>(
    `select outcome, halved from xinheng.change_account($1::integer, $2::integer, $3::text, $4::text[], $5::text, $6::bytea,
       $7::bytea)`,
    [of.actor, of.account, of.kind, of.roles, of.reason, of.hash, of.half],
  )
  return firstRow(rows)
}

/** Outcomes: 0 done, 1 not this actor's to do, 6 no such change, 8 the account is closed, 9 decided already. */
export async function decideAccountChange(
  db: Queryable,
  of: { actor: number; change: number; approve: boolean; reason: string; hash: Buffer | null },
): Promise<number> {
  const { rows } = await db.query<{ outcome: number }>(
    'select xinheng.decide_account($1::integer, $2::integer, $3::boolean, $4::text, $5::bytea) as outcome',
    [of.actor, of.change, of.approve, of.reason, of.hash],
  )
  return firstRow(rows).outcome
}

/** The account whose password is set now; undefined where the code is not (or not any more) one of it. */
export async function applyAccountCode(
  db: Queryable,
  of: { name: string; hash: Buffer; first: Buffer; second: Buffer; password: string },
): Promise<number | undefined> {
  const { rows } = await db.query<{ account: number | null }>(
    'select xinheng.use_account_code($1::text, $2::bytea, $3::bytea, $4::bytea, $5::text) as account',
    [of.name, of.hash, of.first, of.second, of.password],
  )
  return rows[0]?.account ?? undefined
}

/** A strong role that is gone by the word of one administrator (migration 0122), and whether a second person has seen it. */
export type AccountLossRow = {
  num: number
  name: string
  display: Words
  unit: number | null
  at: string
  proposer: Words
  mine: boolean
  kind: 'roles' | 'close'
  lost: string[]
  reason: string
  seen_at: string | null
  seen_by: Words | null
}

export async function readAccountLosses(db: Queryable, actor: number): Promise<AccountLossRow[]> {
  return (await db.query<AccountLossRow>('select * from xinheng.account_losses($1::integer)', [actor])).rows
}

/** Outcomes: 0 done, 1 whoever did it does not see it for themself, 6 none of theirs to see, 9 seen already. */
export async function insertAccountSeen(db: Queryable, actor: number, change: number): Promise<number> {
  const { rows } = await db.query<{ outcome: number }>(
    'select xinheng.see_account_loss($1::integer, $2::integer) as outcome',
    [actor, change],
  )
  return firstRow(rows).outcome
}
