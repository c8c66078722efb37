import { randomBytes } from 'node:crypto'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { isStaffRole, isStrong } from '#domain/roles.ts'
import {
  applyAccountCode,
  decideAccountChange,
  insertAccountChange,
  readAccountChanges,
  type AccountChangeRow,
} from '#store/account-desk.ts'
import { readAccounts } from '#store/accounts.ts'
import { sqlState, SQLSTATE } from '#store/db.ts'
import { closeAccount, createAccount, leastPassword } from './accounts.ts'
import { hashPassword } from './password.ts'
import { findUnit, nameOfUnit, type System } from './system.ts'

/** Crockford's letters: none that is read as another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 20

/** A code of 100 random bits, in groups of four, for one use within a day. */
const makeCode = (): string =>
  Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte & 31])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-')

/** A code as people type it; whatever cannot be one has a digest that nothing has. */
function hashOf(system: System, code: string): Buffer {
  const clean = code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return Buffer.from(system.hmac(`account-code:${clean}`), 'hex')
}

export type AccountKeeper = { account: number; unit?: string | undefined }

/** Whose accounts an administrator keeps: those of the own unit; of the unit that leads the platform, all. */
export const keepsAll = (system: System, { unit }: AccountKeeper): boolean =>
  unit !== undefined && findUnit(system.reference.pack, unit)?.kind === 'development'

const viewChange = (system: System, row: AccountChangeRow) => ({
  num: row.num,
  name: row.name,
  display: row.display,
  unit: nameOfUnit(system, row.unit ?? 0),
  at: row.at,
  by: row.proposer,
  mine: row.mine,
  kind: row.kind,
  roles: row.roles,
  reason: row.reason,
  ...(row.decided === null
    ? {}
    : {
        decided: {
          at: row.decided,
          by: row.decider ?? { zh: '', en: '' },
          approved: row.approved ?? false,
          reason: row.decision ?? '',
        },
      }),
})

/** The staff accounts an administrator keeps, what waits for a second person, and what was decided lately. */
export async function listDeskAccounts(system: System, keeper: AccountKeeper) {
  const all = keepsAll(system, keeper)
  const accounts = (await readAccounts(system.pool)).flatMap(({ num, name, display, unit, roles, closed_at }) => {
    if (unit === null) return []
    const named = nameOfUnit(system, unit)
    if (!all && named.id !== keeper.unit) return []
    return [{ num, name, display, unit: named, roles, closed: closed_at !== null, own: num === keeper.account }]
  })
  const changes = (await readAccountChanges(system.pool, keeper.account)).map((row) => viewChange(system, row))
  return { all, accounts, changes }
}

type Changed = { waits: boolean; code?: string }

async function change(
  system: System,
  of: { actor: number; account: number; kind: 'roles' | 'password'; roles: readonly string[]; reason: string },
): Promise<Changed | Refusal> {
  const code = of.kind === 'password' ? makeCode() : undefined
  try {
    const outcome = await insertAccountChange(system.pool, {
      ...of,
      hash: code === undefined ? null : hashOf(system, code),
    })
    if (outcome === 0) return { waits: false, ...(code === undefined ? {} : { code }) }
    if (outcome === 2) return { waits: true }
    return refuse(outcome === 6 ? 'not-found' : outcome === 10 ? 'change-waits' : 'not-allowed')
  } catch (error) {
    if (sqlState(error) === SQLSTATE.checkViolation) return refuse('roles-together', { field: 'roles' })
    throw error
  }
}

/** The auditor holds no other role: said before anybody is asked to decide on it. */
function rolesProblem(roles: readonly string[]): Refusal | undefined {
  if (!roles.every(isStaffRole)) return refuse('unknown-role', { field: 'roles' })
  if (roles.includes('auditor') && roles.length > 1) return refuse('roles-together', { field: 'roles' })
  return undefined
}

/**
 * Opens an account for a member of staff, without a password: whoever it is for sets one with the code that is given once.
 * A strong role is asked for and waits for a second administrator; until then the account has the others.
 */
export async function addDeskAccount(
  system: System,
  of: { actor: number; name: string; display: Text; unit: string; roles: readonly string[]; reason: string },
): Promise<(Changed & { num: number }) | Refusal> {
  const problem = of.roles.length === 0 ? refuse('unknown-role', { field: 'roles' }) : rolesProblem(of.roles)
  if (problem) return problem
  const strong = isStrong(of.roles)
  const made = await createAccount(
    system,
    { actor: of.actor, db: system.pool },
    {
      name: of.name,
      display: of.display,
      // nobody knows it: the account is opened by its code
      password: randomBytes(32).toString('base64url'),
      unit: of.unit,
      roles: of.roles.filter((role) => !isStrong([role])),
      rolesLater: strong,
    },
  )
  if (isRefusal(made)) return made
  const account = { actor: of.actor, account: made.num, reason: of.reason }
  const issued = await change(system, { ...account, kind: 'password', roles: [] })
  if (isRefusal(issued)) return issued
  if (!strong) return { ...issued, num: made.num }
  const asked = await change(system, { ...account, kind: 'roles', roles: [...new Set(of.roles)] })
  return isRefusal(asked) ? asked : { ...issued, waits: true, num: made.num }
}

/** Changes what an account may do. Where that gives a strong role, it waits for a second administrator. */
export async function changeRoles(
  system: System,
  of: { actor: number; account: number; roles: readonly string[]; reason: string },
): Promise<Changed | Refusal> {
  return rolesProblem(of.roles) ?? change(system, { ...of, roles: [...new Set(of.roles)], kind: 'roles' })
}

/** A code to set a new password with, given once; for an account with a strong role, a second administrator gives it. */
export const issueAccountCode = (
  system: System,
  of: { actor: number; account: number; reason: string },
): Promise<Changed | Refusal> => change(system, { ...of, kind: 'password', roles: [] })

/** Closes an account of the units one keeps; its sessions end with it. */
export async function closeDeskAccount(
  system: System,
  of: { actor: number; account: number },
): Promise<{ closed: boolean } | Refusal> {
  const account = (await readAccounts(system.pool)).find(({ num }) => num === of.account)
  if (!account) return refuse('not-found')
  const done = await closeAccount({ actor: of.actor, db: system.pool }, account.name)
  return isRefusal(done) ? done : { closed: done.closed }
}

/** The second administrator decides; where a new password was asked for, they are given the code to hand over. */
export async function decideAccount(
  system: System,
  of: { actor: number; change: number; approve: boolean; reason: string },
): Promise<{ approved: boolean; code?: string } | Refusal> {
  const found = (await readAccountChanges(system.pool, of.actor)).find(({ num }) => num === of.change)
  if (!found) return refuse('not-found')
  const code = of.approve && found.kind === 'password' ? makeCode() : undefined
  try {
    const outcome = await decideAccountChange(system.pool, {
      ...of,
      hash: code === undefined ? null : hashOf(system, code),
    })
    switch (outcome) {
      case 0:
        return { approved: of.approve, ...(code === undefined ? {} : { code }) }
      case 1:
        return refuse('own-change')
      case 8:
        return refuse('not-found', { field: 'num' })
      case 9:
        return refuse('step-taken-first')
      default:
        return refuse('not-found')
    }
  } catch (error) {
    if (sqlState(error) === SQLSTATE.checkViolation) return refuse('roles-together')
    throw error
  }
}

/** Sets a password with a code that an administrator handed over: once, within a day. Every session of the account ends. */
export async function applyCode(
  system: System,
  of: { name: string; code: string; password: string },
): Promise<{ account: number } | Refusal> {
  if ([...of.password].length < leastPassword(system)) return refuse('password-short', { field: 'password' })
  const account = await applyAccountCode(system.pool, {
    name: of.name,
    hash: hashOf(system, of.code),
    password: await hashPassword(of.password),
  })
  return account === undefined ? refuse('code-not-valid', { field: 'code' }) : { account }
}
