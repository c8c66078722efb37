import { unitMatches } from '#domain/catalog.ts'
import { addPeriod } from '#domain/period.ts'
import { refuse, type Refusal, type Text } from '#domain/refusal.ts'
import {
  endConsent,
  findConsent,
  insertConsent,
  mayConsent,
  readConsents,
  readConsentsFor,
  withActing,
  type ConsentRow,
} from '#store/rights.ts'
import { nameOfPurpose, nameOfUnit, today, type System } from './system.ts'

/** A consent as the person sees it. */
export type Consent = {
  consent: string
  unit: Named
  purpose: Named
  givenAt: string
  expiresAt: string
  withdrawnAt: string | undefined
  live: boolean
  /** given by the guardian, not by the person */
  byGuardian: boolean
}
type Named = { id: string; name: Text }

function shape(system: System, row: ConsentRow | undefined): Consent {
  if (!row) throw new Error('a consent that was just written is gone')
  const ended = row.ended_at ?? undefined
  const live = ended === undefined && Temporal.Instant.compare(Temporal.Instant.from(row.expires_at), system.now()) > 0
  return {
    consent: String(row.num),
    unit: nameOfUnit(system, row.unit),
    purpose: nameOfPurpose(system, row.purpose),
    givenAt: row.given_at,
    expiresAt: row.expires_at,
    withdrawnAt: ended,
    live,
    byGuardian: row.given_by !== null,
  }
}

/** Whose consents: the person's own, or those of a ward, by the account of their guardian. */
export type Consenting = { subject: string; guardian?: number | undefined }

/** The consents of a ward, read by their guardian; not-found where this account is not. */
export async function listWardConsents(
  system: System,
  of: { guardian: number; subject: string },
): Promise<Consent[] | Refusal> {
  if (!(await mayConsent(system.pool, of.subject, of.guardian))) return refuse('not-found', { field: 'for' })
  return (await readConsentsFor(system.pool, of.guardian, of.subject)).map((row) => shape(system, row))
}

/** All consents of the person, newest first. */
export const listConsents = (system: System, subject: string): Promise<Consent[]> =>
  withActing(system.pool, { subject }, async (client) => (await readConsents(client)).map((row) => shape(system, row)))

/**
 * The person lets one unit look for one purpose until the end of a day: never without end, never for everything
 * (国办发〔2020〕49号: no forced, blanket or one-time-for-life consent; PIPL 14–16). Who has no full civil capacity does not
 * give one alone: their guardian does (民法典 arts 22, 23; G2).
 */
export async function giveConsent(
  system: System,
  of: Consenting & { unit: string; purpose: string; expires: string },
): Promise<Consent | Refusal> {
  const { pack, unitNum, purposeNum } = system.reference
  const by = of.guardian ?? null
  if (!(await mayConsent(system.pool, of.subject, by)))
    return by === null ? refuse('guardian-consents') : refuse('not-found', { field: 'for' })
  const purpose = pack.purposes.find(({ id }) => id === of.purpose)
  const unit = pack.units.find(({ id }) => id === of.unit)
  const [at, why] = [unitNum.get(of.unit), purposeNum.get(of.purpose)]
  if (!purpose || why === undefined) return refuse('unknown-purpose', { field: 'purpose' })
  if (!unit || at === undefined) return refuse('unknown-unit', { field: 'unit' })
  if (purpose.ground !== 'consent') return refuse('consent-not-needed', { field: 'purpose', rule: purpose.id })
  if (!purpose.units.some((pattern) => unitMatches(pattern, unit)))
    return refuse('purpose-not-for-unit', { field: 'unit', rule: purpose.id })
  const date = today(system)
  if (of.expires < date) return refuse('consent-expired', { field: 'expires' })
  if (purpose.longestConsent !== undefined && of.expires > addPeriod(date, purpose.longestConsent)) {
    return refuse('consent-too-long', { field: 'expires', rule: purpose.id })
  }
  // the last day counts whole
  const expires = Temporal.PlainDate.from(of.expires)
    .add({ days: 1 })
    .toZonedDateTime('Asia/Shanghai')
    .toInstant()
    .toString()
  return withActing(system.pool, { subject: of.subject }, async (client) => {
    const num = await insertConsent(client, { subject: of.subject, unit: at, purpose: why, expires, by })
    return shape(system, await findConsent(client, num))
  })
}

/** Withdraws a consent at once, as the person or their guardian; withdrawing it again changes nothing. */
export async function withdrawConsent(
  system: System,
  of: Consenting & { consent: string },
): Promise<Consent | Refusal> {
  if (of.guardian !== undefined && !(await mayConsent(system.pool, of.subject, of.guardian)))
    return refuse('not-found', { field: 'for' })
  return withActing(system.pool, { subject: of.subject }, async (client) => {
    const num = BigInt(of.consent)
    if (!(await findConsent(client, num))) return refuse('not-found')
    await endConsent(client, of.subject, num)
    return shape(system, await findConsent(client, num))
  })
}
