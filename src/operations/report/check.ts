import { refuse, type Refusal } from '#domain/refusal.ts'
import { readCode, type ReportKind } from '#domain/report.ts'
import { checkReportRow } from '#store/report.ts'
import type { System } from '../system.ts'

/** What is said about a report to whoever holds it. `same`: whether the digest they bring is its own. */
export type ReportChecked = { kind: ReportKind; at: string; changed: boolean; digest: string; same?: boolean }

/**
 * Whether a code is that of a report, and whether anything has changed since: nothing else, and nothing about whom
 * (B13). That somebody asked is kept for the issuer to see. Refuses with not-found for every code that is none.
 */
export async function checkReport(
  system: System,
  of: { code: string; digest?: string },
): Promise<ReportChecked | Refusal> {
  const code = readCode(of.code)
  const row = code === undefined ? undefined : await checkReportRow(system.pool, code)
  if (!row) return refuse('not-found', { field: 'code' })
  const { kind, at, changed } = row
  const digest = row.digest.toString('hex')
  return { kind, at, changed, digest, ...(of.digest !== undefined && { same: of.digest.toLowerCase() === digest }) }
}
