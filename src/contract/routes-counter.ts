import { Type } from 'typebox'
import { closed, Id, type Route } from './route.ts'
import { CaseKind, CaseReceipt, CASE_ROUTES, StepContentShape } from './routes-case.ts'
import { ContactChannel, Contacts } from './routes-notice.ts'
import { REPORT_ROUTES } from './routes-report.ts'
import { Archive, Day, Instant } from './shapes.ts'

const ByPresence = Type.Object({ presence: Type.String({ pattern: '^[1-9]\\d{0,17}$' }) }, closed)
const Form = Type.String({ minLength: 1, maxLength: 48, description: 'the number of the form that the person signed' })

/** The counter of the service hall: for a person who is present, on a ground of its own (R25). */
export const COUNTER_ROUTES = {
  openCounter: {
    method: 'POST',
    url: '/api/v1/counter/presences',
    summary: { zh: '窗口：登记本人到场', en: 'Counter: a person is present' },
    roles: ['counter'],
    body: Type.Object(
      {
        number: Type.String({ minLength: 1, maxLength: 64 }),
        idKind: Type.Optional(Id),
        document: Type.Enum(['identity-card', 'passport', 'permit', 'electronic'], {
          description: 'the document that was checked',
        }),
        form: Form,
      },
      closed,
    ),
    reply: Type.Object({ presence: Type.String(), until: Instant }, closed),
  },
  counterArchive: {
    method: 'POST',
    url: '/api/v1/counter/presences/:presence/archive',
    summary: { zh: '窗口：为到场的本人查看档案', en: 'Counter: read the file to the person' },
    roles: ['counter'],
    params: ByPresence,
    reply: Archive,
  },
  counterCases: {
    method: 'GET',
    url: '/api/v1/counter/presences/:presence/cases',
    summary: { zh: '窗口：到场本人的案件', en: 'Counter: the cases of the person' },
    roles: ['counter'],
    params: ByPresence,
    reply: CASE_ROUTES.myCases.reply,
  },
  counterStart: {
    method: 'POST',
    url: '/api/v1/counter/presences/:presence/cases',
    summary: { zh: '窗口：代为提出异议、修复、说明', en: 'Counter: file an objection, a repair or a statement' },
    roles: ['counter'],
    params: ByPresence,
    body: Type.Object(
      {
        machine: Type.Enum(['objection', 'repair', 'statement']),
        kind: CaseKind,
        record: Type.String({ pattern: '^\\d{1,20}$' }),
        form: Form,
        content: StepContentShape,
      },
      closed,
    ),
    reply: CaseReceipt,
  },
  counterReport: {
    method: 'POST',
    url: '/api/v1/counter/presences/:presence/reports',
    summary: { zh: '窗口：为到场的本人出具报告', en: 'Counter: a report for the person' },
    roles: ['counter'],
    params: ByPresence,
    body: Type.Object(
      { kind: Type.Enum(['personal', 'no-violations']), from: Type.Optional(Day), to: Type.Optional(Day) },
      closed,
    ),
    reply: REPORT_ROUTES.issueReport.reply,
  },
  counterContacts: {
    method: 'GET',
    url: '/api/v1/counter/presences/:presence/contacts',
    summary: { zh: '窗口：到场本人的通知送达方式', en: 'Counter: where notices are sent to the person' },
    roles: ['counter'],
    params: ByPresence,
    reply: Contacts,
  },
  setCounterContact: {
    method: 'POST',
    url: '/api/v1/counter/presences/:presence/contacts',
    summary: { zh: '窗口：登记到场本人的送达地址', en: 'Counter: say where notices are sent to the person' },
    roles: ['counter'],
    params: ByPresence,
    body: Type.Object(
      {
        channel: ContactChannel,
        address: Type.String({ maxLength: 200, description: 'empty: not on this channel any more' }),
        form: Form,
      },
      closed,
    ),
    reply: Contacts,
  },
  closeCounter: {
    method: 'DELETE',
    url: '/api/v1/counter/presences/:presence',
    summary: { zh: '窗口：本人离开', en: 'Counter: the person leaves' },
    roles: ['counter'],
    params: ByPresence,
    reply: Type.Object({ ended: Type.Boolean(), at: Instant }, closed),
  },
} as const satisfies Record<string, Route>
