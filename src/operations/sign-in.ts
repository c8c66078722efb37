import { hash, randomBytes } from 'node:crypto'
import type { Text, Refusal } from '#domain/refusal.ts'
import { refuse } from '#domain/refusal.ts'
import {
  endSession,
  findAccountByName,
  findSessionRow,
  insertAttempt,
  insertSession,
  lockName,
  readFailures,
  touchSession,
  type Account,
} from '#store/accounts.ts'
import { withTransaction } from '#store/db.ts'
import { verifyPassword } from './password.ts'
import type { System } from './system.ts'

/** Who is signed in. `unit` is a unit id; `subject` the person's own file. */
export type Session = {
  account: number
  name: string
  display: Text
  unit?: string
  roles: readonly string[]
  subject?: string
  csrf: string
  machine: boolean
  /** the last instant at which it still holds if nothing more is done, milliseconds */
  expires: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** A session ends after this at the latest, and sooner when nothing is done with it. Machines' tokens end only by date. */
const LONGEST = 12 * HOUR
const IDLE = { staff: 30 * MINUTE, person: 60 * MINUTE }
/** How long a session is believed without asking the database: what a look-up costs is measured. */
const BELIEVED = 5_000
const TOUCH_EVERY = MINUTE
const BELIEVED_AT_MOST = 50_000

/** Failures within this time count; from the fifth on a name waits 30 s, doubling, up to a quarter of an hour. */
const WINDOW_MINUTES = 60
const FREE_FAILURES = { name: 4, address: 49 }
const FIRST_WAIT = 30
const LONGEST_WAIT = 15 * 60

const tokenHash = (token: string): Buffer => Buffer.from(hash('sha256', token, 'hex'), 'hex')
const makeToken = (): string => randomBytes(32).toString('base64url')

function waitAfter({ count, ago }: { count: number; ago: number }, free: number): number {
  if (count <= free) return 0
  return Math.min(FIRST_WAIT * 2 ** Math.min(count - free - 1, 20), LONGEST_WAIT) - ago
}

export type SignedIn = { token: string; session: Session }

/**
 * Signs in by name and password. An unknown name and a wrong password get the same answer after the same time;
 * failures lock the name, and the address, for a growing time. The names that were tried are kept as keyed hashes only.
 */
export async function signIn(
  system: System,
  { name, password, address }: { name: string; password: string; address: string },
): Promise<SignedIn | Refusal> {
  const nameHash = Buffer.from(system.hmac(`sign-in:${name}`), 'hex')
  const addressHash = Buffer.from(system.hmac(`address:${address}`), 'hex')
  // counted before it is judged, one of a name at a time: many at once do not get past the count
  const wait = await withTransaction(system.pool, async (client) => {
    await lockName(client, nameHash)
    const failures = await readFailures(client, nameHash, addressHash, WINDOW_MINUTES)
    const longest = Math.max(
      waitAfter(failures.name, FREE_FAILURES.name),
      waitAfter(failures.address, FREE_FAILURES.address),
    )
    // what comes while locked is neither judged nor counted: nobody can be locked out for ever
    if (longest <= 0) await insertAttempt(client, nameHash, addressHash, false)
    return longest
  })
  if (wait > 0) return refuse('sign-in-locked')
  const account = await findAccountByName(system.pool, name)
  const right = await verifyPassword(password, account?.password)
  if (!account || !right || account.closed_at !== null) return refuse('sign-in-failed')
  await insertAttempt(system.pool, nameHash, addressHash, true)
  return openSession(system, account, { machine: false, lasts: LONGEST })
}

async function openSession(
  system: System,
  account: Account,
  { machine, lasts }: { machine: boolean; lasts: number },
): Promise<SignedIn> {
  const token = makeToken()
  const csrf = makeToken()
  const now = system.now().epochMilliseconds
  const expiresAt = new Date(now + lasts).toISOString()
  await insertSession(system.pool, { tokenHash: tokenHash(token), account: account.num, csrf, expiresAt, machine })
  return {
    token,
    session: sessionOf(system, {
      ...account,
      csrf,
      machine,
      expires_at: expiresAt,
      seen_at: new Date(now).toISOString(),
    }),
  }
}

/** A token for a machine client: sent as `Authorization: Bearer`, no cookie, ends by date or with the account. */
export async function issueToken(system: System, name: string, days: number): Promise<SignedIn | Refusal> {
  const account = await findAccountByName(system.pool, name)
  if (!account || account.closed_at !== null) return refuse('not-found', { field: 'name' })
  return openSession(system, account, { machine: true, lasts: days * 24 * HOUR })
}

function sessionOf(
  system: System,
  row: Account & { csrf: string; machine: boolean; expires_at: string; seen_at: string },
): Session {
  const unit = row.unit === null ? undefined : system.reference.unitId.get(row.unit)
  const idle = row.subject === null ? IDLE.staff : IDLE.person
  const latest = Date.parse(row.expires_at)
  return {
    account: row.num,
    name: row.name,
    display: row.display,
    ...(unit === undefined ? {} : { unit }),
    roles: row.roles,
    ...(row.subject === null ? {} : { subject: row.subject }),
    csrf: row.csrf,
    machine: row.machine,
    expires: row.machine ? latest : Math.min(latest, Date.parse(row.seen_at) + idle),
  }
}

/** Sessions of one process: asks the database once in a few seconds per session, and forgets what ends here at once. */
export type Sessions = {
  find: (token: string) => Promise<Session | undefined>
  end: (token: string) => Promise<boolean>
  /** call when an account is closed in this process */
  forget: (account: number) => void
}

export function openSessions(system: System): Sessions {
  type Believed = { session: Session | undefined; until: number }
  const believed = new Map<string, Believed>()
  const asking = new Map<string, Promise<Session | undefined>>()

  const ask = async (token: string): Promise<Session | undefined> => {
    const key = tokenHash(token)
    const row = await findSessionRow(system.pool, key)
    const now = system.now().epochMilliseconds
    let session: Session | undefined
    if (row && row.ended_at === null && row.closed_at === null) {
      session = sessionOf(system, row)
      if (session.expires <= now) session = undefined
      else if (!row.machine && now - Date.parse(row.seen_at) > TOUCH_EVERY) {
        await touchSession(system.pool, key)
        session = sessionOf(system, { ...row, seen_at: new Date(now).toISOString() })
      }
    }
    if (believed.size >= BELIEVED_AT_MOST) believed.clear()
    // only what exists is remembered: guessed tokens must not fill the memory
    if (session) believed.set(token, { session, until: now + BELIEVED })
    else believed.delete(token)
    return session
  }

  return {
    async find(token) {
      const now = system.now().epochMilliseconds
      const known = believed.get(token)
      if (known && known.until > now && known.session && known.session.expires > now) return known.session
      let answer = asking.get(token)
      if (!answer) {
        answer = ask(token).finally(() => asking.delete(token))
        asking.set(token, answer)
      }
      return answer
    },
    async end(token) {
      believed.delete(token)
      const ended = await endSession(system.pool, tokenHash(token))
      await asking.get(token)?.catch(() => undefined)
      believed.delete(token)
      return ended
    },
    forget(account) {
      for (const [token, { session }] of believed) if (session?.account === account) believed.delete(token)
    },
  }
}
