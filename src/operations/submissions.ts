import { REFUSALS, refuse, type Refusal, type RefusalCode, type Text } from '#domain/refusal.ts'
import { findProblems, readSubmissions, type Problem } from '#store/submissions.ts'
import type { System } from './system.ts'

/** Whose submissions someone may see: their unit's, or everybody's for an auditor and an administrator. */
export type Reach = { unit: string } | 'all'

export function unitOfReach(system: System, reach: Reach): number | null {
  if (reach === 'all') return null
  const num = system.reference.unitNum.get(reach.unit)
  if (num === undefined) throw new Error('a session names a unit that is not in the database')
  return num
}

export type ProblemText = Problem & { message: Text; remedy: Text }

const isCode = (code: string): code is RefusalCode => Object.hasOwn(REFUSALS, code)

/** Adds to row, field and code what they mean and what to do (B8). */
export function explain(problem: Problem): ProblemText {
  const { message, remedy } = REFUSALS[isCode(problem.code) ? problem.code : 'bad-request']
  return { ...problem, message, remedy }
}

/** Receipts of what was sent, newest first. */
export async function listSubmissions(system: System, reach: Reach, page: { before?: number; limit: number }) {
  const rows = await readSubmissions(system.pool, { unit: unitOfReach(system, reach), ...page })
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
  const problems = await findProblems(system.pool, num, { unit: unitOfReach(system, reach), ...page })
  return problems ? problems.map(explain) : refuse('not-found', { field: 'num' })
}
