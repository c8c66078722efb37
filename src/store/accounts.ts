import type { Text } from '#domain/refusal.ts'
import type { Queryable } from './db.ts'

/** An account as stored. `unit` is a number of `unit`; `subject` is the person's own file. */
export type Account = {
  num: number
  name: string
  display: Text
  unit: number | null
  roles: string[]
  subject: string | null
  closed_at: string | null
}

const ACCOUNT = 'a.num, a.name, a.display, a.unit, a.roles, a.subject, a.closed_at'

export type NewAccount = {
  name: string
  display: Text
  unit: number | null
  roles: readonly string[]
  subject: string | null
  password: string
}

/** Opens an account; undefined where the actor may not. `actor` null: the owner of the installation. */
export async function openAccount(
  db: Queryable,
  actor: number | null,
  account: NewAccount,
): Promise<number | undefined> {
  const { rows } = await db.query<{ num: number | null }>(
    `select xinheng.open_account($1::integer, $2::text, $3::jsonb, $4::smallint, $5::text[], $6::uuid, $7::text) as num`,
    [
      actor,
      account.name,
      JSON.stringify(account.display),
      account.unit,
      account.roles,
      account.subject,
      account.password,
    ],
  )
  return rows[0]?.num ?? undefined
}

/** Closes an account and ends its sessions: true, false where it was closed before, undefined where the actor may not. */
export async function closeAccountRow(
  db: Queryable,
  actor: number | null,
  num: number,
  reason: string | null,
): Promise<boolean | undefined> {
  const { rows } = await db.query<{ closed: boolean | null }>(
    'select xinheng.close_account($1::integer, $2::integer, $3::text) as closed',
    [actor, num, reason],
  )
  return rows[0]?.closed ?? undefined
}

export async function findAccountByName(
  db: Queryable,
  name: string,
): Promise<(Account & { password: string }) | undefined> {
  const { rows } = await db.query<Account & { password: string }>(
    `select ${ACCOUNT}, a.password from xinheng.account a where a.name = $1::text`,
    [name],
  )
  return rows[0]
}

export async function findAccountName(db: Queryable, num: number): Promise<string | undefined> {
  const { rows } = await db.query<{ name: string }>('select a.name from xinheng.account a where a.num = $1::integer', [
    num,
  ])
  return rows[0]?.name
}

export async function readAccounts(db: Queryable): Promise<Account[]> {
  const { rows } = await db.query<Account>(`select ${ACCOUNT} from xinheng.account a order by a.num`)
  return rows
}

export type SessionRow = Account & {
  csrf: string
  expires_at: string
  seen_at: string
  ended_at: string | null
  machine: boolean
}

export async function insertSession(
  db: Queryable,
  session: { tokenHash: Buffer; account: number; csrf: string; expiresAt: string; machine: boolean },
): Promise<void> {
  await db.query(
    `insert into xinheng.session (token_hash, account, csrf, expires_at, machine)
     values ($1::bytea, $2::integer, $3::text, $4::timestamptz, $5::boolean)`,
    [session.tokenHash, session.account, session.csrf, session.expiresAt, session.machine],
  )
}

export async function findSessionRow(db: Queryable, tokenHash: Buffer): Promise<SessionRow | undefined> {
  const { rows } = await db.query<SessionRow>(
    `select ${ACCOUNT}, s.csrf, s.expires_at, s.seen_at, s.ended_at, s.machine
     from xinheng.session s join xinheng.account a on a.num = s.account where s.token_hash = $1::bytea`,
    [tokenHash],
  )
  return rows[0]
}

export async function touchSession(db: Queryable, tokenHash: Buffer): Promise<void> {
  await db.query('update xinheng.session set seen_at = clock_timestamp() where token_hash = $1::bytea', [tokenHash])
}

export async function endSession(db: Queryable, tokenHash: Buffer): Promise<boolean> {
  const { rowCount } = await db.query(
    'update xinheng.session set ended_at = clock_timestamp() where token_hash = $1::bytea and ended_at is null',
    [tokenHash],
  )
  return rowCount === 1
}

/** One attempt of a name at a time, until the transaction ends. */
export async function lockName(client: Queryable, nameHash: Buffer): Promise<void> {
  await client.query('select pg_advisory_xact_lock(7304, $1::integer)', [nameHash.readInt32BE()])
}

/** Failures since the last success within `minutes`, and seconds since the last of them. */
export type Failures = { count: number; ago: number }

/** Failed attempts lately: for this name since it last succeeded, and from this address. */
export async function readFailures(
  db: Queryable,
  nameHash: Buffer,
  addressHash: Buffer,
  minutes: number,
): Promise<{ name: Failures; address: Failures }> {
  const { rows } = await db.query<{ names: string; name_ago: number; addresses: string; address_ago: number }>(
    `with recent as (
       select name_hash, address_hash, at, ok from xinheng.sign_in_attempt
       where (name_hash = $1::bytea or address_hash = $2::bytea) and at > clock_timestamp() - make_interval(mins => $3::integer)
     ), failed as (
       select 'name' as by, at from recent where name_hash = $1::bytea and not ok
         and at > coalesce((select max(at) from recent where name_hash = $1::bytea and ok), '-infinity')
       union all
       select 'address', at from recent where address_hash = $2::bytea and not ok
     )
     select count(*) filter (where by = 'name') as names, count(*) filter (where by = 'address') as addresses,
       coalesce(extract(epoch from clock_timestamp() - max(at) filter (where by = 'name')), 0)::float8 as name_ago,
       coalesce(extract(epoch from clock_timestamp() - max(at) filter (where by = 'address')), 0)::float8 as address_ago
     from failed`,
    [nameHash, addressHash, minutes],
  )
  const row = rows[0]
  return {
    name: { count: Number(row?.names ?? 0), ago: row?.name_ago ?? 0 },
    address: { count: Number(row?.addresses ?? 0), ago: row?.address_ago ?? 0 },
  }
}

export async function insertAttempt(db: Queryable, nameHash: Buffer, addressHash: Buffer, ok: boolean): Promise<void> {
  await db.query(
    'insert into xinheng.sign_in_attempt (name_hash, address_hash, ok) values ($1::bytea, $2::bytea, $3::boolean)',
    [nameHash, addressHash, ok],
  )
}
