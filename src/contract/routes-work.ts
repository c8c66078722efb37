import { Type } from 'typebox'
import { closed, Id, Limit, type Route } from './route.ts'
import { Day, InUnit, Instant, Words } from './shapes.ts'

const STAFF = ['clerk', 'reviewer', 'officer', 'counter', 'auditor', 'admin', 'review-body', 'court'] as const
const Short = Type.String({ maxLength: 200 })

/** What the whole desk shares: what is to be done, and tables that leave it as files. */
export const WORK_ROUTES = {
  work: {
    method: 'GET',
    url: '/api/v1/desk/work',
    summary: { zh: '我的待办', en: 'What waits for me: due today, late, and the rest' },
    roles: STAFF,
    reply: Type.Object({
      day: Day,
      lines: Type.Array(
        Type.Object({
          source: Type.String({ description: 'where it comes from' }),
          area: Words,
          title: Words,
          state: Type.Optional(Words),
          since: Type.Optional(Day),
          due: Type.Optional(Day),
          late: Type.Boolean(),
          path: Type.String({ description: 'page of the desk where it is done' }),
        }),
      ),
      more: Type.Array(
        Type.Object({ area: Words, path: Type.String(), count: Type.Integer({ description: 'lines left out' }) }),
      ),
    }),
  },
  exportTable: {
    method: 'POST',
    url: '/api/v1/desk/exports',
    summary: { zh: '导出表格（登记后给出）', en: 'Export a table as CSV; the export is on record before it leaves' },
    roles: STAFF,
    body: Type.Object(
      {
        table: Id,
        language: Type.Enum(['zh', 'en']),
        input: Type.Optional(
          Type.Object(
            {
              query: Type.Optional(Type.Record(Short, Type.Unknown())),
              params: Type.Optional(Type.Record(Short, Type.Unknown())),
              body: Type.Optional(Type.Record(Short, Type.Unknown())),
            },
            { ...closed, description: 'what the route of the table is asked, as its own schemas say' },
          ),
        ),
        view: Type.Optional(
          Type.Object(
            {
              filter: Type.Optional(Id),
              text: Type.Optional(Short),
              chosen: Type.Optional(Type.Record(Id, Short)),
              sort: Type.Optional(Type.Object({ column: Id, down: Type.Boolean() }, closed)),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
    reply: Type.String({ description: 'text/csv' }),
    bytesReply: true,
  },
  exports: {
    method: 'GET',
    url: '/api/v1/desk/exports',
    summary: { zh: '导出登记', en: 'Register of exports' },
    roles: ['auditor', 'admin'],
    query: Type.Object({ limit: Limit }, closed),
    reply: Type.Object({
      exports: Type.Array(
        Type.Object({
          num: Type.Integer(),
          at: Instant,
          by: Words,
          unit: InUnit,
          table: Type.String(),
          name: Words,
          rows: Type.Integer(),
        }),
      ),
    }),
  },
} as const satisfies Record<string, Route>
