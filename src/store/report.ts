import type { ReportKind } from '#domain/report.ts'
import { firstRow, type Queryable } from './db.ts'

export type ReportRow = {
  num: bigint
  code: string
  kind: ReportKind
  at: string
  made_at: string
  reading: 'self' | 'look-up' | 'past' | 'presence'
  subject: string
  subject_kind: string
  access: bigint
  access_at: string
  purpose: string
  matter: string
  from_day: string | null
  to_day: string | null
  address: string
  digest: Buffer
  checks: bigint
  checked_at: string | null
}

/** The instant a report is of, and what is on file then, before it is read. `at` null: now. */
export async function openReport(
  db: Queryable,
  of: { subject: string; items: readonly number[] | null; at: string | null },
): Promise<{ at: string; state: Buffer }> {
  const { rows } = await db.query<{ at: string; state: Buffer }>(
    'select at, state from xinheng.open_report($1::uuid, $2::smallint[], $3::timestamptz)',
    [of.subject, of.items, of.at],
  )
  return firstRow(rows)
}

/** Its number; null where the look-up is not this actor's, or was no answer, or is another report already (G4). */
export async function insertReport(
  db: Queryable,
  of: Pick<ReportRow, 'code' | 'kind' | 'at' | 'reading' | 'subject' | 'purpose' | 'matter' | 'address' | 'digest'> & {
    actor: number
    subjectKind: string
    access: string
    from: string | undefined
    to: string | undefined
    items: readonly number[] | null
    state: Buffer
    ends: string | undefined
  },
): Promise<bigint | null> {
  const { rows } = await db.query<{ num: bigint | null }>(
    `select xinheng.issue_report($1::integer, $2::text, $3::text, $4::timestamptz, $5::text, $6::uuid, $7::text, $8::bigint,
       $9::text, $10::text, $11::date, $12::date, $13::smallint[], $14::text, $15::bytea, $16::bytea, $17::date) as num`,
    [
      of.actor,
      of.code,
      of.kind,
      of.at,
      of.reading,
      of.subject,
      of.subjectKind,
      of.access,
      of.purpose,
      of.matter,
      of.from ?? null,
      of.to ?? null,
      of.items,
      of.address,
      of.digest,
      of.state,
      of.ends ?? 'infinity',
    ],
  )
  return firstRow(rows).num
}

/** The reports an account has issued, newest first; with `num` that one, if it is among them. */
export async function readReports(db: Queryable, actor: number, num: bigint | null): Promise<ReportRow[]> {
  const { rows } = await db.query<ReportRow>('select * from xinheng.reports_of($1::integer, $2::bigint)', [actor, num])
  return rows
}

/** What whoever holds a report's code may know. */
export async function checkReportRow(
  db: Queryable,
  code: string,
): Promise<{ kind: ReportKind; at: string; digest: Buffer; changed: boolean } | undefined> {
  const { rows } = await db.query<{ kind: ReportKind; at: string; digest: Buffer; changed: boolean }>(
    'select kind, at, digest, changed from xinheng.check_report($1::text)',
    [code],
  )
  return rows[0]
}

/** For the sequencer: whether a report waits for one of these look-ups. */
export async function isReportWaiting(db: Queryable, accesses: readonly bigint[]): Promise<boolean> {
  const { rows } = await db.query<{ waits: boolean }>('select xinheng.report_waits($1::bigint[]) as waits', [
    accesses.map(String),
  ])
  return firstRow(rows).waits
}
