import { isRefusal } from '#domain/refusal.ts'
import { measureQuality } from '#operations/quality.ts'
import type { Session } from '#operations/sign-in.ts'
import { listProblems, listSubmissions, type Reach } from '#operations/submissions.ts'
import type { Handlers } from '../handler.ts'

const LIMIT = 50
const OVERSEERS = ['auditor', 'admin']

/** The own unit's; for those who oversee, everybody's. */
const reachOf = ({ unit, roles }: Session): Reach =>
  unit === undefined || roles.some((role) => OVERSEERS.includes(role)) ? 'all' : { unit }

export const submissionRoutes: Handlers<'submissions' | 'submissionProblems' | 'quality'> = {
  async submissions({ system, session, query }) {
    const page = { before: query.before, limit: query.limit ?? LIMIT }
    return { submissions: await listSubmissions(system, reachOf(session), page) }
  },
  async submissionProblems({ system, session, params, query }) {
    const page = { after: query.after ?? 0, limit: query.limit ?? LIMIT }
    const problems = await listProblems(system, reachOf(session), params.num, page)
    return isRefusal(problems) ? problems : { problems }
  },
  quality: async ({ system, session, query }) => ({ units: await measureQuality(system, reachOf(session), query) }),
}
