import { overseen } from '#domain/jurisdiction.ts'
import { REFUSALS, refuse, type Refusal, type RefusalCode, type Text } from '#domain/refusal.ts'
import { findProblems, readSubmissions, type Problem } from '#store/submissions.ts'
import type { System } from './system.ts'

/** Whose submissions someone may see: their unit's; for an auditor and an administrator those of their jurisdiction. */
export type Reach = { units: readonly string[] } | 'all'

const OVERSEERS = ['auditor', 'admin']

/** The own unit; for those who oversee, every unit of their layer and of the layers below. */
export function reachOf(
  system: System,
  { unit, roles }: { unit?: string | undefined; roles: readonly string[] },
): Reach {
  if (unit === undefined) return 'all'
  if (!roles.some((role) => OVERSEERS.includes(role))) return { units: [unit] }
  const units = overseen(system.reference.pack, unit)
  return units === 'all' ? 'all' : { units }
}

/** Numbers of the units within reach; null for all. */
export const unitsOfReach = (system: System, reach: Reach): number[] | null =>
  reach === 'all' ? null : reach.units.flatMap((id) => system.reference.unitNum.get(id) ?? [])

export type ProblemText = Problem & { message: Text; remedy: Text }

const isCode = (code: string): code is RefusalCode => Object.hasOwn(REFUSALS, code)

/** Adds to row, field and code what they mean and what to do (B8). */
export function explain(problem: Problem): ProblemText {
  const { message, remedy } = REFUSALS[isCode(problem.code) ? problem.code : 'bad-request']
  return { ...problem, message, remedy }
}

/** Receipts of what was sent, newest first. */
export async function listSubmissions(system: System, reach: Reach, page: { before?: number; limit: number }) {
  const rows = await readSubmissions(system.pool, { units: unitsOfReach(system, reach), ...page })
  const { unitId, itemOf } = system.reference
  return rows.map((row) => ({
    submission: row.num,
    status: row.accepted ? ('accepted' as const) : ('refused' as const),
    item: itemOf.get(row.item)?.id ?? '',
    unit: unitId.get(row.unit) ?? '',
    key: row.key,
    at: row.at,
    rows: row.read_rows,
    new: row.new_rows,
    versions: row.version_rows,
    duplicates: row.duplicate_rows,
    refused: row.refused_rows,
    late: row.late_rows,
    ...(row.refusal !== null && isCode(row.refusal) ? { refusal: refuse(row.refusal) } : {}),
  }))
}

/** Refused rows of one submission. Another unit's is not found. */
export async function listProblems(
  system: System,
  reach: Reach,
  num: number,
  page: { after: number; limit: number },
): Promise<ProblemText[] | Refusal> {
  const problems = await findProblems(system.pool, num, { units: unitsOfReach(system, reach), ...page })
  return problems ? problems.map(explain) : refuse('not-found', { field: 'num' })
}
