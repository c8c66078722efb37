import { randomBytes } from 'node:crypto'
import { isOperator, unitsOfPlace } from '#domain/jurisdiction.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { CODE_LENGTH, cleanCode, codeOf, groupCode } from '#domain/report.ts'
import { isStaffRole, isStrong, mayHold } from '#domain/roles.ts'
import {
  applyAccountCode,
  decideAccountChange,
  insertAccountChange,
  insertAccountSeen,
  readAccountChanges,
  readAccountLosses,
  type AccountChangeRow,
} from '#store/account-desk.ts'
import { readAccounts } from '#store/accounts.ts'
import { sqlState, SQLSTATE } from '#store/db.ts'
import { closeAccount, createAccount, leastPassword } from './accounts.ts'
import { hashPassword } from './password.ts'
import { findUnit, nameOfUnit, type System } from './system.ts'

const HALF = CODE_LENGTH / 2

/** A code of 100 random bits for one use within a day, in groups of four; of 50, in groups of five, for each of its halves. */
const makeCode = (length = CODE_LENGTH): string => groupCode(codeOf(randomBytes(length)), length === HALF ? 5 : 4)

/** Whatever cannot be a code has a digest that nothing has. */
const hashOf = (system: System, code: string): Buffer =>
  Buffer.from(system.hmac(`account-code:${cleanCode(code)}`), 'hex')

export type AccountKeeper = { account: number; unit?: string | undefined }

/** Whose accounts an administrator keeps: those of the own unit; the office of a place those of the place; the operator all. */
export function unitsKept({ reference: { pack } }: System, { unit }: AccountKeeper): ReadonlySet<string> | 'all' {
  if (unit === undefined) return new Set()
  if (isOperator(pack, unit)) return 'all'
  const place = pack.jurisdictions?.find(({ office }) => office === unit)
  return new Set(place ? unitsOfPlace(pack, place.id) : [unit])
}

/** Whose account, and who changes it why. */
const headOf = (
  system: System,
  row: Pick<AccountChangeRow, 'num' | 'name' | 'display' | 'unit' | 'at' | 'proposer' | 'mine' | 'reason'>,
) => ({
  num: row.num,
  name: row.name,
  display: row.display,
  unit: nameOfUnit(system, row.unit ?? 0),
  at: row.at,
  by: row.proposer,
  mine: row.mine,
  reason: row.reason,
})

const viewChange = (system: System, row: AccountChangeRow) => ({
  ...headOf(system, row),
  kind: row.kind,
  roles: row.roles,
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
  const kept = unitsKept(system, keeper)
  const accounts = (await readAccounts(system.pool)).flatMap(({ num, name, display, unit, roles, closed_at }) => {
    if (unit === null) return []
    const named = nameOfUnit(system, unit)
    if (kept !== 'all' && !kept.has(named.id)) return []
    return [{ num, name, display, unit: named, roles, closed: closed_at !== null, own: num === keeper.account }]
  })
  const changes = (await readAccountChanges(system.pool, keeper.account)).map((row) => viewChange(system, row))
  return { all: kept === 'all', units: kept === 'all' ? [] : [...kept], accounts, changes }
}

type Changed = { waits: boolean; code?: string }

async function change(
  system: System,
  of: { actor: number; account: number; kind: 'roles' | 'password'; roles: readonly string[]; reason: string },
): Promise<Changed | Refusal> {
  const code = of.kind === 'password' ? makeCode() : undefined
  const half = makeCode(HALF)
  try {
    const { outcome, halved } = await insertAccountChange(system.pool, {
      ...of,
      hash: code === undefined ? null : hashOf(system, code),
      half: hashOf(system, half),
    })
    if (outcome === 0) return { waits: false, ...(code === undefined ? {} : { code }) }
    if (outcome === 2) return { waits: true, ...(halved ? { code: half } : {}) }
    return refuse(outcome === 6 ? 'not-found' : outcome === 10 ? 'change-waits' : 'not-allowed')
  } catch (error) {
    if (sqlState(error) === SQLSTATE.checkViolation) return refuse('roles-together', { field: 'roles' })
    throw error
  }
}

/** The auditor holds no other role, and a court's and a review body's belong to such: said before anybody is asked to decide on it. */
function rolesProblem(system: System, roles: readonly string[], unit: string | undefined): Refusal | undefined {
  if (!roles.every(isStaffRole)) return refuse('unknown-role', { field: 'roles' })
  if (roles.includes('auditor') && roles.length > 1) return refuse('roles-together', { field: 'roles' })
  const kind = unit === undefined ? undefined : findUnit(system.reference.pack, unit)?.kind
  return mayHold(roles, kind) ? undefined : refuse('role-not-of-unit', { field: 'roles' })
}

/**
 * Opens an account for a member of staff, without a password: whoever it is for sets one with the code that is given once.
 * A strong role is asked for and waits for a second administrator; nobody enters the account before, and then only with the
 * halves of both.
 */
export async function addDeskAccount(
  system: System,
  of: { actor: number; name: string; display: Text; unit: string; roles: readonly string[]; reason: string },
): Promise<(Changed & { num: number }) | Refusal> {
  const problem =
    of.roles.length === 0 ? refuse('unknown-role', { field: 'roles' }) : rolesProblem(system, of.roles, of.unit)
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
  const done = strong
    ? await change(system, { ...account, kind: 'roles', roles: [...new Set(of.roles)] })
    : await change(system, { ...account, kind: 'password', roles: [] })
  return isRefusal(done) ? done : { ...done, num: made.num }
}

/**
 * Changes what an account may do. Where that gives a strong role, it waits for a second administrator, and the password of
 * before opens nothing any more; where it takes one away it holds at once, and waits to be seen by a second person.
 */
export async function changeRoles(
  system: System,
  of: { actor: number; account: number; roles: readonly string[]; reason: string },
): Promise<Changed | Refusal> {
  const unit = (await readAccounts(system.pool)).find(({ num }) => num === of.account)?.unit
  const id = system.reference.unitId.get(unit ?? 0)
  return rolesProblem(system, of.roles, id) ?? change(system, { ...of, roles: [...new Set(of.roles)], kind: 'roles' })
}

/** A code to set a new password with, given once; for an account with a strong role, half of it now, half by a second administrator. */
export const issueAccountCode = (
  system: System,
  of: { actor: number; account: number; reason: string },
): Promise<Changed | Refusal> => change(system, { ...of, kind: 'password', roles: [] })

/** Closes an account of the units one keeps, for good; its sessions end with it. Of a strong role, a second person is to see it. */
export async function closeDeskAccount(
  system: System,
  of: { actor: number; account: number; reason: string },
): Promise<{ closed: boolean } | Refusal> {
  const account = (await readAccounts(system.pool)).find(({ num }) => num === of.account)
  if (!account) return refuse('not-found')
  const done = await closeAccount({ actor: of.actor, db: system.pool }, account.name, of.reason)
  return isRefusal(done) ? done : { closed: done.closed }
}

/** Strong roles that are gone by the word of one administrator: for the others of the unit, and for the auditors. */
export async function listAccountLosses(system: System, actor: number) {
  return (await readAccountLosses(system.pool, actor)).map((row) => ({
    ...headOf(system, row),
    closed: row.kind === 'close',
    roles: row.lost,
    ...(row.seen_at === null ? {} : { seen: { at: row.seen_at, by: row.seen_by ?? { zh: '', en: '' } } }),
  }))
}

/** A second person has seen it; whoever did it does not see it for themself. */
export async function seeAccountLoss(
  system: System,
  of: { actor: number; change: number },
): Promise<{ seen: true } | Refusal> {
  const outcome = await insertAccountSeen(system.pool, of.actor, of.change)
  if (outcome === 0) return { seen: true }
  return refuse(outcome === 1 ? 'own-change' : outcome === 9 ? 'step-taken-first' : 'not-found')
}

/** The second administrator decides; where it leads into an account, they are given their half of the code to hand over. */
export async function decideAccount(
  system: System,
  of: { actor: number; change: number; approve: boolean; reason: string },
): Promise<{ approved: boolean; code?: string } | Refusal> {
  const found = (await readAccountChanges(system.pool, of.actor)).find(({ num }) => num === of.change)
  if (!found) return refuse('not-found')
  // one that was asked for before migration 0122 has no first half
  const code = !of.approve
    ? undefined
    : found.halved
      ? makeCode(HALF)
      : found.kind === 'password'
        ? makeCode()
        : undefined
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
    first: hashOf(system, cleanCode(of.code).slice(0, HALF)),
    second: hashOf(system, cleanCode(of.code).slice(HALF)),
    password: await hashPassword(of.password),
  })
  return account === undefined ? refuse('code-not-valid', { field: 'code' }) : { account }
}
