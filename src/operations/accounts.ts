import type { IdentifierKind } from '#domain/identity/identifier.ts'
import { isAdult, parseIdentifier } from '#domain/identity/identifier.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { closeAccountRow, findAccountByName, openAccount, readAccounts } from '#store/accounts.ts'
import { uuidOf } from '#store/cipher.ts'
import { sqlState, SQLSTATE, type Queryable } from '#store/db.ts'
import { hashPassword } from './password.ts'
import { findUnit, today, type System } from './system.ts'

/** Roles of staff; `person` is the only role of a person's account. */
export const STAFF_ROLES = [
  'clerk',
  'reviewer',
  'officer',
  'counter',
  'auditor',
  'admin',
  'review-body',
  'court',
] as const

/** Who does it, over which connection: null for the owner of the installation, who runs the command line. */
export type Keeper = { actor: number | null; db: Queryable }

export type AccountRequest = {
  /** sign-in name: 2 to 64 letters, digits, `.`, `_`, `-`; never an identifier */
  name: string
  /** what others see; of a person, `zh` is the name that stands in the population register */
  display: Text
  password: string
} & ({ unit: string; roles: readonly string[]; rolesLater?: boolean } | { kind: IdentifierKind; number: string })

const NAME = /^[\p{L}\p{N}._-]{2,64}$/u
/** Fifteen digits in a row are a citizen number, a registration number or a bank card. */
const LIKE_AN_IDENTIFIER = /\d{15}/
const LEAST_PASSWORD = 12
const LEAST_DEMO_PASSWORD = 4

/** So many characters a password has at least; fewer where everybody is fictional. */
export const leastPassword = (system: System): number =>
  system.reference.pack.fictionalDivisions.length > 0 ? LEAST_DEMO_PASSWORD : LEAST_PASSWORD

/**
 * Opens an account for a member of staff of a unit, or for a person, whose file it then opens (and no other). Refuses
 * names that may be identifiers, short passwords, unknown and abolished units, unknown roles, a name in use, a second account of a person,
 * and, where the population database is connected (R2), a person whom it does not confirm.
 */
export async function createAccount(
  system: System,
  { actor, db }: Keeper,
  request: AccountRequest,
): Promise<{ num: number } | Refusal> {
  if (!NAME.test(request.name) || LIKE_AN_IDENTIFIER.test(request.name))
    return refuse('account-name', { field: 'name' })
  if ([...request.password].length < leastPassword(system)) return refuse('password-short', { field: 'password' })
  const of = 'unit' in request ? staffOf(system, request) : await personOf(system, request)
  if (isRefusal(of)) return of
  const password = await hashPassword(request.password)
  try {
    const num = await openAccount(db, actor, { name: request.name, display: request.display, password, ...of })
    return num === undefined ? refuse('not-allowed') : { num }
  } catch (error) {
    const state = sqlState(error)
    if (state === SQLSTATE.uniqueViolation) return refuse('account-exists', { field: 'name' })
    if (state === SQLSTATE.checkViolation) return refuse('roles-together', { field: 'roles' })
    throw error
  }
}

function staffOf(
  system: System,
  { unit, roles, rolesLater = false }: { unit: string; roles: readonly string[]; rolesLater?: boolean },
) {
  const num = system.reference.unitNum.get(unit)
  if (num === undefined) return refuse('unknown-unit', { field: 'unit' })
  const { until } = findUnit(system.reference.pack, unit) ?? {}
  if (until !== undefined && until <= today(system)) return refuse('unit-abolished', { field: 'unit', rule: unit })
  const known: readonly string[] = STAFF_ROLES
  if ((roles.length === 0 && !rolesLater) || !roles.every((role) => known.includes(role)))
    return refuse('unknown-role', { field: 'roles' })
  return { unit: num, roles: [...new Set(roles)], subject: null }
}

async function personOf(
  system: System,
  { kind, number, display }: { kind: IdentifierKind; number: string; display: Text },
) {
  const allowFictional = system.reference.pack.fictionalDivisions
  const identifier = parseIdentifier(kind, number, { today: today(system), allowFictional })
  if (isRefusal(identifier)) return identifier
  // of a minor nothing is held, nor an account (G2)
  if (identifier.birth !== undefined && !isAdult(identifier.birth, today(system)))
    return refuse('nothing-of-minors', { field: 'number' })
  // no answer is no permission: the account opens a file, and must not open somebody else's
  const answer = await system.population?.({ kind: identifier.kind, number: identifier.number, name: display.zh })
  if (answer === 'no-match') return refuse('identity-no-match', { field: 'number' })
  if (answer === 'unavailable') return refuse('identity-unavailable')
  return { unit: null, roles: ['person'], subject: uuidOf(system.subjectKey(identifier.kind, identifier.number)) }
}

/** Closes an account for good; its sessions end with it, in every process within seconds. An administrator says why. */
export async function closeAccount(
  { actor, db }: Keeper,
  name: string,
  reason: string | null = null,
): Promise<{ num: number; closed: boolean } | Refusal> {
  const account = await findAccountByName(db, name)
  if (!account) return refuse('not-found', { field: 'name' })
  const closed = await closeAccountRow(db, actor, account.num, reason)
  return closed === undefined ? refuse('not-allowed') : { num: account.num, closed }
}

export type AccountListed = {
  num: number
  name: string
  display: Text
  unit?: string
  roles: string[]
  closed: boolean
}

/** Every account, without whose file it is. */
export async function listAccounts(system: System, db: Queryable): Promise<AccountListed[]> {
  const accounts = await readAccounts(db)
  return accounts.map(({ num, name, display, unit, roles, closed_at }) => ({
    num,
    name,
    display,
    ...(unit === null ? {} : { unit: system.reference.unitId.get(unit) ?? '' }),
    roles,
    closed: closed_at !== null,
  }))
}
