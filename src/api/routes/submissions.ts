import { isRefusal } from '#domain/refusal.ts'
import { measureQuality } from '#operations/quality.ts'
import { listProblems, listSubmissions, reachOf } from '#operations/submissions.ts'
import type { Handlers } from '../handler.ts'

const LIMIT = 50
const OVERSEERS = ['auditor', 'admin']

/** The own unit's; for those who oversee, everybody's. */
export const reachOf = ({ unit, roles }: Session): Reach =>
  unit === undefined || roles.some((role) => OVERSEERS.includes(role)) ? 'all' : { unit }

export const submissionRoutes: Handlers<'submissions' | 'submissionProblems' | 'quality'> = {
  async submissions({ system, session, query }) {
    const page = { before: query.before, limit: query.limit ?? LIMIT }
    return { submissions: await listSubmissions(system, reachOf(system, session), page) }
  },
  async submissionProblems({ system, session, params, query }) {
    const page = { after: query.after ?? 0, limit: query.limit ?? LIMIT }
    const problems = await listProblems(system, reachOf(system, session), params.num, page)
    return isRefusal(problems) ? problems : { problems }
  },
  quality: async ({ system, session, query }) => ({
    units: await measureQuality(system, reachOf(system, session), query),
  }),
}
