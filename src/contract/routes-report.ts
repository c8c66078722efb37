import { Type } from 'typebox'
import { closed, Id, type Route } from './route.ts'
import { Day, Instant } from './shapes.ts'

const Kind = Type.Enum(['personal', 'organisation', 'no-violations'], {
  description: 'of a person, of an organisation, or special: in place of certificates that nothing adverse is on file',
})
const period = { from: Type.Optional(Day), to: Type.Optional(Day) }
const Period = Type.Object({ from: Day, to: Day }, closed)

export const Report = Type.Object(
  {
    report: Type.String(),
    code: Type.String({ description: '20 characters in groups of four; stands on the report' }),
    kind: Kind,
    at: Instant,
    madeAt: Instant,
    reading: Type.Enum(['self', 'look-up', 'past', 'presence']),
    matter: Type.String(),
    period: Type.Optional(Period),
    checks: Type.Integer({ description: 'in how many minutes somebody asked about it by its code' }),
    checkedAt: Type.Optional(Instant),
  },
  closed,
)

/** Reports: issued by the person or within a matter, made again from the archive, checked by anybody who holds one. */
export const REPORT_ROUTES = {
  issueMyReport: {
    method: 'POST',
    url: '/api/v1/me/reports',
    summary: { zh: '出具本人信用报告', en: 'Issue a report of myself' },
    roles: ['person'],
    body: Type.Object({ kind: Kind, at: Type.Optional(Instant), ...period }, closed),
    reply: Report,
  },
  issueReport: {
    method: 'POST',
    url: '/api/v1/reports',
    summary: { zh: '事项内出具信用报告', en: 'Issue a report within a matter' },
    roles: ['officer', 'counter', 'review-body', 'court'],
    gate: true,
    body: Type.Object(
      {
        kind: Kind,
        idKind: Type.Optional(Id),
        number: Type.String({ minLength: 1, maxLength: 64 }),
        purpose: Type.Optional(Id),
        matter: Type.Optional(Type.String({ maxLength: 64 })),
        at: Type.Optional(Instant),
        ...period,
      },
      closed,
    ),
    reply: Report,
  },
  reports: {
    method: 'GET',
    url: '/api/v1/reports',
    summary: { zh: '我出具的报告', en: 'Reports I issued' },
    roles: 'signed-in',
    reply: Type.Object({ reports: Type.Array(Report) }),
  },
  reportFile: {
    method: 'POST',
    url: '/api/v1/reports/:report/file',
    summary: { zh: '报告文件（PDF）', en: 'File of a report (PDF)' },
    roles: 'signed-in',
    params: Type.Object({ report: Type.String({ pattern: '^\\d{1,18}$' }) }, closed),
    body: Type.Object(
      {
        number: Type.Optional(
          Type.String({ minLength: 1, maxLength: 64, description: 'for staff: of whom; it is not kept' }),
        ),
      },
      closed,
    ),
    reply: Type.String({ description: 'application/pdf' }),
    bytesReply: true,
  },
  checkReport: {
    method: 'POST',
    url: '/api/v1/public/report-checks',
    summary: { zh: '核验信用报告', en: 'Check a report by its code' },
    roles: 'public',
    body: Type.Object(
      {
        code: Type.String({ minLength: 1, maxLength: 40 }),
        digest: Type.Optional(
          Type.String({ pattern: '^[0-9a-fA-F]{64}$', description: 'SHA-256 the file states in its seal' }),
        ),
      },
      closed,
    ),
    reply: Type.Object(
      {
        kind: Kind,
        at: Instant,
        changed: Type.Boolean({ description: 'whether anything on file has changed since' }),
        digest: Type.String({ description: 'SHA-256 of the report before its seal, hexadecimal' }),
        same: Type.Optional(Type.Boolean({ description: 'whether the digest given is that one' })),
      },
      closed,
    ),
  },
} as const satisfies Record<string, Route>
