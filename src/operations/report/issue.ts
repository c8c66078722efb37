import { createHash, randomBytes } from 'node:crypto'
import { signNote, type NoteSigner } from '#domain/note.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { codeOf, CODE_LENGTH, groupCode, type ReportKind } from '#domain/report.ts'
import { attachSeal, formatFacts } from '#domain/report-seal.ts'
import { uuidOf } from '#store/cipher.ts'
import { findLog } from '#store/ledger.ts'
import { getLedgerSigner } from '#store/ledger-leaf.ts'
import { insertReport, openReport, readReports, type ReportRow } from '#store/report.ts'
import { readIdentifier } from '../archive.ts'
import { dayOf, type System } from '../system.ts'
import { scopeOf } from './content.ts'
import { proveAccess } from './proof.ts'
import { makeReport, packOf, readingOf, type ReportPeriod, type ReportReader } from './read.ts'

/** A report as its issuer sees it in a list. */
export type ReportSeen = {
  report: string
  code: string
  kind: ReportKind
  at: string
  madeAt: string
  reading: ReportRow['reading']
  matter: string
  period?: ReportPeriod
  /** how often somebody asked about it by its code, to the minute, and when last */
  checks: number
  checkedAt?: string
}

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

const periodOf = ({ from_day: from, to_day: to }: ReportRow): ReportPeriod | undefined =>
  from !== null && to !== null ? { from, to } : undefined

const see = (row: ReportRow): ReportSeen => {
  const period = periodOf(row)
  return {
    report: String(row.num),
    code: groupCode(row.code),
    kind: row.kind,
    at: row.at,
    madeAt: row.made_at,
    reading: row.reading,
    matter: row.matter,
    ...(period && { period }),
    checks: Number(row.checks),
    ...(row.checked_at !== null && { checkedAt: row.checked_at }),
  }
}

/** Reports are signed as checkpoints are, by the one key of this installation; undefined before its first start. */
async function findSigner(system: System): Promise<NoteSigner | undefined> {
  const log = await findLog(system.pool)
  return log && getLedgerSigner(system.keys, log.origin)
}

/** A special report has a period that is over by the day it is of; the others have none. */
function readPeriod(
  of: { kind: ReportKind; from?: string; to?: string },
  at: string,
): ReportPeriod | undefined | Refusal {
  const { kind, from, to } = of
  if (kind !== 'no-violations') return from === undefined && to === undefined ? undefined : refuse('report-period')
  if (from === undefined || to === undefined || from > to || to > dayOf(at)) return refuse('report-period')
  const real = [from, to].every((day) => {
    try {
      return Temporal.PlainDate.from(day).toString() === day
    } catch {
      return false
    }
  })
  return real ? { from, to } : refuse('report-period')
}

/** Numbers of the items a report speaks of, in every layout they have had; null: all. */
async function itemsOf(system: System, reader: ReportReader, at: string, period: ReportPeriod | undefined) {
  const pack = await packOf(system, reader.reading, at)
  const reading = readingOf(system, pack, reader)
  const scopes = (['person', 'organisation'] as const).map((subject) => scopeOf(pack, subject, reading, period))
  if (scopes.includes(undefined)) return null
  const ids = new Set(scopes.flatMap((scope) => scope ?? []))
  return [...system.reference.itemOf].filter(([, { id }]) => ids.has(id)).map(([num]) => num)
}

/**
 * Issues a report: what is on file is noted, the archive is read (a logged look-up, G4), the report drawn, and its code,
 * instant and digest kept; not the report. Refuses what the reading refuses, a period or kind that does not fit, and an
 * instant that is not over yet.
 */
export async function issueReport(
  system: System,
  reader: ReportReader,
  of: { kind: ReportKind; at?: string; from?: string; to?: string; address: string },
): Promise<ReportSeen | Refusal> {
  const identifier = 'subject' in reader ? undefined : readIdentifier(system, reader.idKind, reader.number)
  if (isRefusal(identifier)) return identifier
  const now = system.now().toString()
  if (of.at !== undefined && Temporal.Instant.compare(of.at, now) > 0) return refuse('date-in-future', { field: 'at' })
  const period = readPeriod(of, of.at ?? now)
  if (isRefusal(period)) return period
  const signer = await findSigner(system)
  const subject = 'subject' in reader ? reader.subject : subjectOf(system, identifier)
  const items = await itemsOf(system, reader, of.at ?? now, period)
  const { at, state } = await openReport(system.pool, { subject, items, at: of.at ?? now })
  const code = codeOf(randomBytes(CODE_LENGTH))
  const made = await makeReport(system, reader, { ...of, code, at, period, access: undefined }, signer)
  if (isRefusal(made)) return made
  const num = await insertReport(system.pool, {
    actor: reader.actor,
    reading: reader.reading,
    kind: of.kind,
    address: of.address,
    code,
    at,
    subject,
    state,
    items,
    purpose: reader.reading === 'look-up' ? reader.purpose : '',
    matter: reader.reading === 'self' ? '' : reader.matter,
    subjectKind: identifier?.kind ?? '',
    access: made.access,
    from: period?.from,
    to: period?.to,
    digest: digest(made.pdf),
    ends: made.ends,
  })
  const [row] = num === null ? [] : await readReports(system.pool, reader.actor, num)
  return row ? see(row) : refuse('not-found')
}

const subjectOf = (system: System, identifier: { kind: string; number: string } | undefined): string =>
  uuidOf(system.subjectKey(identifier?.kind ?? '', identifier?.number ?? ''))

/** The reports of an account, newest first. */
export const listReports = async (system: System, actor: number): Promise<ReportSeen[]> =>
  (await readReports(system.pool, actor, null)).map(see)

/** Whoever asks for a report again: their account, and for staff their unit and whom it is about, which is not kept. */
export type ReportAsker = {
  actor: number
  subject?: string | undefined
  unit?: string | undefined
  number?: string | undefined
}

function readerOf(system: System, row: ReportRow, asker: ReportAsker): ReportReader | Refusal {
  const { actor, subject, unit = '', number = '' } = asker
  if (row.reading === 'self') return subject === row.subject ? { actor, reading: 'self', subject } : refuse('not-found')
  // whether they are still at the counter is for the gate to say
  if (row.reading === 'presence') return { actor, reading: 'presence', subject: row.subject, unit, matter: row.matter }
  const identifier = readIdentifier(system, row.subject_kind, number)
  if (isRefusal(identifier)) return identifier
  if (subjectOf(system, identifier) !== row.subject) return refuse('not-found', { field: 'number' })
  const of = { actor, unit, idKind: row.subject_kind, number, matter: row.matter }
  return row.reading === 'look-up' ? { ...of, reading: 'look-up', purpose: row.purpose } : { ...of, reading: 'past' }
}

/**
 * The file of a report, made again from the archive as it stood: the same bytes each time. Reading it is a look-up.
 * Refuses with proof-pending until its look-up is in the ledger, with report-remade where what it rests on was erased or,
 * for an officer, who may not read the past, has changed; another's report is not there.
 */
export async function makeReportFile(
  system: System,
  asker: ReportAsker & { report: string },
): Promise<{ file: Uint8Array; at: string } | Refusal> {
  const [row] = await readReports(system.pool, asker.actor, BigInt(asker.report))
  if (!row) return refuse('not-found')
  const reader = readerOf(system, row, asker)
  if (isRefusal(reader)) return reader
  const signer = await findSigner(system)
  const proof = await proveAccess(system.pool, { num: row.access, at: row.access_at })
  if (!signer || !proof) return refuse('proof-pending')
  const period = periodOf(row)
  const { kind, code, at, address } = row
  const made = await makeReport(system, reader, { kind, code, at, address, period, access: String(row.access) }, signer)
  if (isRefusal(made)) return made
  const same = digest(made.pdf)
  if (!same.equals(row.digest)) return refuse('report-remade')
  const facts = formatFacts({
    origin: signer.name,
    code: groupCode(code),
    kind,
    at,
    pack: `${made.pack.id} ${made.pack.version}`,
    size: made.pdf.length,
    digest: same.toString('hex'),
    access: String(row.access),
    proof,
  })
  return { file: attachSeal(made.pdf, await signNote(facts, signer)), at }
}
