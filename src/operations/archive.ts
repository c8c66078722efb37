import { deriveGrants } from '#domain/catalog.ts'
import {
  identifierKindOf,
  isIdentifierKind,
  maskName,
  maskNumber,
  parseIdentifier,
  type Identifier,
} from '#domain/identity/identifier.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { archiveFor } from '#store/authority.ts'
import { archivePast, archiveSelf, logFailed, refusalOf, unpackRecords, type Answer } from '#store/archive.ts'
import { KIND_NUMBERS, uuidOf } from '#store/cipher.ts'
import {
  compose,
  decodeWithTerms,
  foldOf,
  openIdentity,
  readerOf,
  withMarks,
  type Granted,
  type Identity,
} from './archive-decode.ts'
import type { Archive } from './archive-shape.ts'
import { withWays } from './repair/ways.ts'
import { packAt, today, type System } from './system.ts'

const NONE = Buffer.alloc(0)

/** What a unit may see for a purpose today. */
function grantsOf(system: System, purpose: string, unitId: string, date: string): Granted {
  const { grants } = readerOf(system)
  const key = `${purpose}\u001f${unitId}\u001f${date}`
  let granted = grants.get(key)
  if (!granted) {
    const unit = system.reference.pack.units.find(({ id }) => id === unitId)
    granted = new Map(
      (unit ? deriveGrants(system.reference.pack, purpose, unit, date) : []).map(({ item, fields }) => [item, fields]),
    )
    if (grants.size > 1000) grants.clear()
    grants.set(key, granted)
  }
  return granted
}

/** Reads an identifier as a person types it; `kind` defaults to the resident identity card. */
export function readIdentifier(system: System, kind: string | undefined, number: string): Identifier | Refusal {
  const known = kind === undefined ? 'citizen' : isIdentifierKind(kind) ? kind : identifierKindOf(kind)
  if (known === undefined) return refuse('id-kind-unknown', { field: 'kind' })
  return parseIdentifier(known, number, {
    today: today(system),
    allowFictional: system.reference.pack.fictionalDivisions,
  })
}

const masked = (identity: Identity | undefined, found: boolean, kind: string, number: string) => ({
  kind: kind === 'organisation' ? ('organisation' as const) : ('person' as const),
  name: identity === undefined ? '' : kind === 'organisation' ? identity.name : maskName(identity.name),
  number: kind === 'organisation' ? number : maskNumber(number),
  found,
})

/** A look-up that fails leaves a row like one that is refused (G4); where not even that can be written, the failure stands. */
async function orLogFailed<result>(
  system: System,
  of: Parameters<typeof logFailed>[1],
  ask: () => Promise<result>,
): Promise<result> {
  try {
    return await ask()
  } catch (error) {
    // what could not be written may be the matter itself: then without it
    await logFailed(system.lanes, of).catch(() => logFailed(system.lanes, { ...of, matter: '' }).catch(() => undefined))
    throw error
  }
}

/** The statute on which a look-up is withheld, as the public count names it; '' where the purpose has none, then refused. */
function groundToWithhold(system: System, purpose: string): string {
  const basis = system.reference.pack.purposes.find(({ id }) => id === purpose)?.withhold?.basis ?? []
  const law = basis.find(({ rank }) => rank === 'law') ?? basis[0]
  return law === undefined ? '' : `${law.document}${law.article ?? ''}`
}

/** How many records of a subject a unit would be shown for a purpose today (B12: what is counted is what is shown). */
export async function countShown(
  system: System,
  of: { purpose: string; unit: string; subject: string; records: Buffer | null },
): Promise<number> {
  const stored = await decodeWithTerms(system, unpackRecords(of.records ?? NONE), of.subject, undefined)
  if (isRefusal(stored)) return 0
  const date = today(system)
  return foldOf(system, system.reference.pack)(stored, {
    date,
    granted: grantsOf(system, of.purpose, of.unit, date),
    ended: false,
  }).length
}

/**
 * A member of staff looks up one archive (G3, G4, G12): for a purpose of their unit, on a statutory matter with its
 * number or the person's live consent. The access row is committed before this returns, refused or not.
 */
export async function lookUpArchive(
  system: System,
  request: {
    actor: number
    unit: string
    kind?: string
    number: string
    purpose: string
    matter?: string
    withhold?: { until: string }
  },
): Promise<Archive | Refusal> {
  const identifier = readIdentifier(system, request.kind, request.number)
  if (isRefusal(identifier)) return identifier
  const subject = uuidOf(system.subjectKey(identifier.kind, identifier.number))
  // a purpose nobody knows is refused by the gate too, so that its row is there
  const known = system.reference.purposeNum.get(request.purpose)
  const asked = { actor: request.actor, purpose: known ?? 0, matter: request.matter ?? '', subject }
  const answer = await orLogFailed(system, { ...asked, ground: 0 }, () =>
    system.lookUps({
      ...asked,
      withhold: request.withhold && groundToWithhold(system, request.purpose),
      until: request.withhold?.until,
    }),
  )
  if (known === undefined) return refuse('unknown-purpose')
  const refusal = refusalOf(answer.outcome)
  if (refusal) return refusal
  const identity = openIdentity(system, answer.identity, subject, identifier.kind)
  const stored = await decodeWithTerms(system, unpackRecords(answer.records ?? NONE), subject, identity)
  if (isRefusal(stored)) return stored
  const date = today(system)
  const granted = grantsOf(system, request.purpose, request.unit, date)
  const records = foldOf(system, system.reference.pack)(withMarks(answer, stored, { system, subject }), {
    date,
    granted,
    ended: false,
  })
  return {
    access: String(answer.access),
    at: answer.at,
    subject: masked(identity, identity !== undefined, identifier.kind, identifier.number),
    ...compose(system, system.reference.pack, date, granted, records),
  }
}

/** The whole of an archive, as of an instant, under the pack in force then. */
async function wholeArchive(
  system: System,
  answer: Answer,
  subject: string,
  kind: string,
  at: string | undefined,
  whole: boolean,
): Promise<Archive | Refusal> {
  const refusal = refusalOf(answer.outcome)
  if (refusal) return refusal
  const identity = openIdentity(system, answer.identity, subject, kind)
  const stored = await decodeWithTerms(system, unpackRecords(answer.records ?? NONE), subject, identity)
  if (isRefusal(stored)) return stored
  const instant = at === undefined ? system.now() : Temporal.Instant.from(at)
  const date = instant.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  const pack = await packAt(system, instant)
  const records = foldOf(system, pack)(withMarks(answer, stored, { system, subject }), {
    date,
    granted: 'all',
    ended: true,
  })
  const mask = masked(identity, identity !== undefined, kind, identity?.number ?? '')
  return {
    access: String(answer.access),
    at: answer.at,
    asOf: at,
    subject: { ...mask, name: whole ? (identity?.name ?? '') : mask.name },
    ...compose(system, pack, date, 'all', records),
    // the ways out are the person's alone, and of today
    ...(whole && at === undefined ? withWays(pack, records, date) : {}),
  }
}

/** What has not happened yet cannot be read. */
const isAhead = (system: System, at: string | undefined): boolean =>
  at !== undefined && Temporal.Instant.compare(Temporal.Instant.from(at), system.now()) > 0

/** The person reads their own archive, as it stands or as it stood at a past instant (B14). */
export async function readOwnArchive(
  system: System,
  request: { actor: number; subject: string; at?: string },
): Promise<Archive | Refusal> {
  if (isAhead(system, request.at)) return refuse('date-in-future', { field: 'at' })
  const answer = await archiveSelf(system.lanes, request.actor, request.at ?? null)
  const kind = KIND_NUMBERS[answer.kind ?? 0] ?? 'citizen'
  return wholeArchive(system, answer, request.subject, kind, request.at, true)
}

/** Whoever stands for a person reads that person's archive as the person would; not-found to everybody else. */
export async function readArchiveFor(
  system: System,
  request: { actor: number; subject: string; at?: string },
): Promise<Archive | Refusal> {
  if (isAhead(system, request.at)) return refuse('date-in-future', { field: 'at' })
  const { actor, subject, at } = request
  const answer = await archiveFor(system.lanes, { actor, subject, at: at ?? null })
  return wholeArchive(system, answer, subject, KIND_NUMBERS[answer.kind ?? 0] ?? 'citizen', at, true)
}

/** A review body or a court reads a past state within a matter, on that ground of its own (G5, B14). */
export async function readPastArchive(
  system: System,
  request: { actor: number; kind?: string; number: string; matter: string; at?: string },
): Promise<Archive | Refusal> {
  const identifier = readIdentifier(system, request.kind, request.number)
  if (isRefusal(identifier)) return identifier
  if (isAhead(system, request.at)) return refuse('date-in-future', { field: 'at' })
  const subject = uuidOf(system.subjectKey(identifier.kind, identifier.number))
  const answer = await orLogFailed(
    system,
    { actor: request.actor, purpose: 0, ground: 4, matter: request.matter, subject },
    () => archivePast(system.lanes, { actor: request.actor, subject, matter: request.matter, at: request.at ?? null }),
  )
  return wholeArchive(system, answer, subject, identifier.kind, request.at, false)
}
