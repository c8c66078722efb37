import { Type } from 'typebox'
import { closed, Id, type Route } from './route.ts'
import { Day, Words } from './shapes.ts'

const Count = Type.Union([Type.Integer(), Type.Null()], { description: 'null: too few to show' })
const Series = Type.Array(Type.Object({ name: Words, count: Count }))

/** The figures of the desk, counts only. */
export const DASHBOARD_ROUTES = {
  dashboard: {
    method: 'GET',
    url: '/api/v1/desk/dashboard',
    summary: { zh: '统计看板', en: 'Figures: records, units, cases, terms kept, recalls, measures' },
    roles: ['clerk', 'reviewer', 'auditor', 'admin'],
    query: Type.Object(
      {
        from: Type.Optional(Day),
        until: Type.Optional(Day),
        of: Type.Optional(Id),
      },
      closed,
    ),
    reply: Type.Object({
      from: Day,
      until: Day,
      scope: Type.Enum(['unit', 'all']),
      items: Series,
      classes: Series,
      months: Type.Array(Type.Object({ month: Type.String(), count: Count })),
      units: Type.Array(
        Type.Object({
          unit: Type.Object({ id: Type.String(), name: Words }),
          accepted: Type.Integer(),
          refusedRate: Type.Number(),
          lateRate: Type.Union([Type.Number(), Type.Null()]),
        }),
      ),
      cases: Type.Array(
        Type.Object({
          name: Words,
          opened: Count,
          closed: Count,
          inTime: Count,
          late: Count,
          silent: Count,
        }),
      ),
      recalls: Series,
      measures: Series,
    }),
  },
} as const satisfies Record<string, Route>
