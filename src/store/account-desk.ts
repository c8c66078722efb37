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
  kind: 'roles' | 'password'
  roles: string[]
  strong: boolean
  reason: string
  decided: string | null
  decider: Words | null
  approved: boolean | null
  decision: string | null
}

export async function readAccountChanges(db: Queryable, actor: number): Promise<AccountChangeRow[]> {
  return (await db.query<AccountChangeRow>('select * from xinheng.account_changes($1::integer)', [actor])).rows
}

/** Outcomes: 0 in effect, 1 not this actor's to do, 2 waits for a second person, 6 no such account, 10 one waits already. */
export async function insertAccountChange(
  db: Queryable,
  of: { actor: number; account: number; kind: string; roles: readonly string[]; reason: string; hash: Buffer | null },
): Promise<number> {
  const { rows } = await db.query<{ outcome: number }>(
    'select outcome from xinheng.change_account($1::integer, $2::integer, $3::text, $4::text[], $5::text, $6::bytea)',
    [of.actor, of.account, of.kind, of.roles, of.reason, of.hash],
  )
  return firstRow(rows).outcome
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
  of: { name: string; hash: Buffer; password: string },
): Promise<number | undefined> {
  const { rows } = await db.query<{ account: number | null }>(
    'select xinheng.use_account_code($1::text, $2::bytea, $3::text) as account',
    [of.name, of.hash, of.password],
  )
  return rows[0]?.account ?? undefined
}
