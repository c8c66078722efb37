import { isRefusal } from '#domain/refusal.ts'
import { measureQuality } from '#operations/quality.ts'
import { listProblems, listSubmissions, reachOf } from '#operations/submissions.ts'
import type { Handlers } from '../handler.ts'

const LIMIT = 50

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
