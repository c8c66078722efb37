import type { FastifyRequest } from 'fastify'
import { isRefusal, refuse } from '#domain/refusal.ts'
import { checkReport } from '#operations/report/check.ts'
import { issueReport, listReports, makeReportFile } from '#operations/report/issue.ts'
import { dayOf } from '#operations/system.ts'
import type { Handlers } from '../handler.ts'

type Names = 'issueMyReport' | 'issueReport' | 'reports' | 'reportFile' | 'checkReport'

/** Where codes are checked, as it stands in the QR code: as configured, else as this request came. */
export const reportAddress = ({ protocol, host }: FastifyRequest): string =>
  process.env['XINHENG_ADDRESS'] ?? `${protocol}://${host}`

const REVIEWERS = ['review-body', 'court'] as const

/** Reports: whose they are comes from the session, who may read what from the gate (G12). */
export const reportRoutes: Handlers<Names> = {
  issueMyReport: ({ system, session: { account, subject }, body, request }) =>
    subject === undefined
      ? refuse('not-allowed')
      : issueReport(system, { actor: account, reading: 'self', subject }, { ...body, address: reportAddress(request) }),
  issueReport({ system, session, body, request }) {
    const { idKind = 'citizen', number, purpose = '', matter = '', ...of } = body
    const who = { actor: session.account, unit: session.unit ?? '', idKind, number, matter }
    const past = REVIEWERS.some((role) => session.roles.includes(role))
    // a past state is for the person, a review body, a court: each on that ground of its own (B14)
    if (!past && of.at !== undefined) return refuse('not-allowed', { field: 'at' })
    return issueReport(system, past ? { ...who, reading: 'past' } : { ...who, reading: 'look-up', purpose }, {
      ...of,
      address: reportAddress(request),
    })
  },
  reports: async ({ system, session }) => ({ reports: await listReports(system, session.account) }),
  async reportFile({ system, session: { account, subject, unit }, params, body, reply }) {
    const made = await makeReportFile(system, { actor: account, subject, unit, ...params, ...body })
    if (isRefusal(made)) return made
    // the name says the day, not whom or which
    return reply
      .type('application/pdf')
      .header('content-disposition', `attachment; filename="credit-report-${dayOf(made.at)}.pdf"`)
      .send(Buffer.from(made.file))
  },
  checkReport: ({ system, body }) => checkReport(system, body),
}
