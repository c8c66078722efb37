import { Type } from 'typebox'
import { closed, Id, type Route } from './route.ts'
import { Day, Instant, Words } from './shapes.ts'

const Cells = Type.Array(
  Type.Object({
    of: Type.String(),
    count: Type.Union([Type.Integer(), Type.Null()], { description: 'null: too few to show' }),
  }),
)
const Side = Type.Object({
  count: Type.Union([Type.Integer(), Type.Null()]),
  district: Cells,
  age: Cells,
  group: Cells,
})
const Outcome = Type.Enum(['in-order', 'explained', 'incident'])
const Rule = Type.Object({ count: Type.Integer(), within: Type.String() })

/** What those do who watch over look-ups. */
export const REVIEW_ROUTES = {
  simulate: {
    method: 'POST',
    url: '/api/v1/review/simulate',
    summary: { zh: '规则试算：谁会被新标记', en: 'Dry run of a pack: who would be newly flagged' },
    roles: ['admin', 'auditor'],
    body: Type.Object({ pack: Id }, closed),
    reply: Type.Object({
      pack: Type.Object({ id: Type.String(), version: Type.String() }),
      day: Day,
      groups: Type.Record(Type.String(), Words, { description: 'names of the key groups' }),
      districts: Type.Record(Type.String(), Words, { description: 'names of the districts' }),
      changes: Type.Array(
        Type.Object({
          list: Type.String(),
          criterion: Type.String(),
          name: Words,
          subject: Type.Enum(['person', 'organisation']),
          was: Type.Optional(Rule),
          now: Type.Optional(Rule),
          newly: Side,
          noLonger: Side,
          draft: Words,
        }),
      ),
    }),
  },
  unusual: {
    method: 'GET',
    url: '/api/v1/review/unusual',
    summary: { zh: '异常查询', en: 'Unusual look-ups' },
    roles: ['auditor'],
    query: Type.Object({ from: Type.Optional(Day), until: Type.Optional(Day) }, closed),
    reply: Type.Object({
      flags: Type.Array(
        Type.Object({
          key: Type.String({ description: 'names the group when it is reviewed' }),
          flag: Type.Enum(['volume', 'hours', 'no-matter', 'own-name', 'export', 'mass-export']),
          actor: Words,
          unit: Type.Object({ id: Type.String(), name: Words }),
          at: Instant,
          count: Type.Integer(),
          accesses: Type.Array(Type.String({ description: 'numbers of look-ups; of exports, for mass-export' })),
          why: Words,
          last: Instant,
          review: Type.Optional(
            Type.Object({
              outcome: Outcome,
              reason: Type.String(),
              at: Instant,
              by: Words,
              incident: Type.Optional(Type.Integer()),
            }),
          ),
        }),
      ),
    }),
  },
  reviewUnusual: {
    method: 'POST',
    url: '/api/v1/review/unusual',
    summary: { zh: '复核异常查询', en: 'Say what flagged look-ups came to' },
    roles: ['auditor'],
    body: Type.Object(
      {
        key: Type.String({ pattern: '^[a-z-]{1,20}\\.\\d{1,10}\\.\\d{1,18}$' }),
        from: Type.Optional(Day),
        until: Type.Optional(Day),
        outcome: Outcome,
        reason: Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' }),
      },
      closed,
    ),
    reply: Type.Object({ incident: Type.Optional(Type.Integer({ description: 'that was opened with it' })) }),
  },
  incidents: {
    method: 'GET',
    url: '/api/v1/incidents',
    summary: { zh: '信息安全事件', en: 'Incidents' },
    roles: ['auditor'],
    reply: Type.Object({
      incidents: Type.Array(
        Type.Object({
          incident: Type.Integer(),
          openedAt: Instant,
          title: Type.String(),
          state: Type.String(),
          affected: Type.Integer(),
          notified: Type.Integer(),
        }),
      ),
    }),
  },
  openIncident: {
    method: 'POST',
    url: '/api/v1/incidents',
    summary: { zh: '登记事件', en: 'Open an incident' },
    roles: ['auditor'],
    body: Type.Object(
      {
        title: Type.String({ minLength: 1, maxLength: 200 }),
        suspicion: Type.String({ minLength: 1, maxLength: 4000 }),
        actor: Type.Optional(Type.String()),
        from: Instant,
        until: Instant,
      },
      closed,
    ),
    reply: Type.Object({ incident: Type.Integer(), affected: Type.Integer() }),
  },
  addIncidentStep: {
    method: 'POST',
    url: '/api/v1/incidents/:num/steps',
    summary: { zh: '记录处置', en: 'Record a step: notice to persons, to the authority, finding, closing' },
    roles: ['auditor'],
    params: Type.Object({ num: Type.Integer({ minimum: 1, maximum: 2147483647 }) }, closed),
    body: Type.Object(
      {
        kind: Type.Enum(['notify-persons', 'notify-authority', 'finding', 'close']),
        text: Type.String({ minLength: 1, maxLength: 4000 }),
      },
      closed,
    ),
    reply: Type.Object({ incident: Type.Integer(), state: Type.String(), notified: Type.Integer() }),
  },
  incident: {
    method: 'GET',
    url: '/api/v1/incidents/:num',
    summary: { zh: '事件档案', en: 'Incident file' },
    roles: ['auditor'],
    params: Type.Object({ num: Type.Integer({ minimum: 1, maximum: 2147483647 }) }, closed),
    reply: Type.Object({
      incident: Type.Integer(),
      title: Type.String(),
      suspicion: Type.String(),
      state: Type.String(),
      from: Instant,
      until: Instant,
      affected: Type.Integer(),
      steps: Type.Array(Type.Object({ at: Instant, kind: Type.String(), text: Type.String(), by: Words })),
    }),
  },
} as const satisfies Record<string, Route>
