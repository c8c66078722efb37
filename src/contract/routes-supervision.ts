import { Type } from 'typebox'
import { closed, Id, type Route } from './route.ts'
import { Cite, Day, Words } from './shapes.ts'

const Named = Type.Object({ id: Type.String(), name: Words })
const Text = Type.String({ maxLength: 4000 })
const Share = Type.Number({ minimum: 0 })

/** What a row of supervision says; which of it a kind needs is told by the refusal. */
const Content = Type.Object(
  {
    text: Type.Optional(Text),
    state: Type.Optional(Type.Enum(['under-way', 'done', 'blocked'])),
    by: Type.Optional(Type.Enum(['inspection', 'third-party'])),
    year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2200 })),
    scores: Type.Optional(
      Type.Array(Type.Object({ title: Type.String({ maxLength: 200 }), points: Share, of: Share }, closed), {
        maxItems: 100,
      }),
    ),
    amount: Type.Optional(Type.Number({ minimum: 0, description: 'yuan' })),
    people: Type.Optional(Type.Integer({ minimum: 0 })),
    hours: Type.Optional(Type.Number({ minimum: 0 })),
    count: Type.Optional(Type.Integer({ minimum: 0 })),
    value: Type.Optional(Type.String({ maxLength: 200 })),
    present: Type.Optional(Type.Array(Id, { maxItems: 200, description: 'units that were there' })),
  },
  closed,
)

const TaskShape = Type.Object({
  id: Type.String(),
  document: Type.String(),
  number: Type.String(),
  title: Words,
  due: Type.Array(Type.Object({ date: Day, what: Type.Optional(Words) })),
  continuing: Type.Boolean(),
  lead: Type.Array(Type.String()),
  joint: Type.Array(Type.String()),
  state: Type.Enum(['done', 'under-way', 'blocked', 'not-begun']),
  next: Type.Optional(Type.Object({ date: Day, days: Type.Integer({ description: 'days left; negative: late' }) })),
  late: Type.Boolean(),
})
const STAFF = ['clerk', 'reviewer', 'admin', 'auditor'] as const
const Count = Type.Integer({ minimum: 0 })

/** The tasks of the policy documents, and the bulletin. */
export const SUPERVISION_ROUTES = {
  tasks: {
    method: 'GET',
    url: '/api/v1/desk/tasks',
    summary: { zh: '任务清单', en: 'Tasks of the policy documents' },
    roles: STAFF,
    reply: Type.Object({ tasks: Type.Array(TaskShape), units: Type.Record(Type.String(), Words) }),
  },
  task: {
    method: 'GET',
    url: '/api/v1/desk/tasks/:task',
    summary: { zh: '任务', en: 'One task, and what was said about it' },
    roles: STAFF,
    params: Type.Object({ task: Id }, closed),
    reply: Type.Object({
      task: TaskShape,
      text: Words,
      evidence: Type.Array(Words),
      basis: Type.Array(Cite),
      entries: Type.Array(
        Type.Object({
          num: Type.Integer(),
          kind: Type.String(),
          unit: Named,
          day: Day,
          replaces: Type.Optional(Type.Integer()),
          score: Type.Optional(Type.Number()),
          content: Content,
        }),
      ),
    }),
  },
  addEntry: {
    method: 'POST',
    url: '/api/v1/desk/supervision',
    summary: { zh: '登记进展、考评、会议、资金或培训', en: 'Record progress, evaluation, meetings, funds or training' },
    roles: ['clerk', 'reviewer', 'admin'],
    body: Type.Object(
      {
        kind: Id,
        about: Id,
        day: Type.Optional(Day),
        of: Type.Optional(Id),
        replaces: Type.Optional(Type.Integer({ minimum: 1 })),
        content: Content,
      },
      closed,
    ),
    reply: Type.Object({ entry: Type.Integer() }),
  },
  bulletin: {
    method: 'GET',
    url: '/api/v1/desk/bulletin',
    summary: { zh: '通报', en: 'Bulletin by unit, from live data' },
    roles: STAFF,
    query: Type.Object({ from: Type.Optional(Day), until: Type.Optional(Day) }, closed),
    reply: Type.Object({
      day: Day,
      from: Type.Optional(Day),
      until: Type.Optional(Day),
      quality: Type.Array(
        Type.Object({
          unit: Named,
          submissions: Count,
          rows: Count,
          accepted: Count,
          refusedRate: Share,
          completeness: Share,
          lateRate: Type.Union([Share, Type.Null()]),
        }),
      ),
      cases: Type.Array(
        Type.Object({
          unit: Named,
          machine: Words,
          opened: Count,
          closed: Count,
          inTime: Count,
          late: Count,
          silent: Count,
        }),
      ),
      coverage: Type.Array(
        Type.Object({
          group: Named,
          people: Count,
          register: Type.Optional(Count),
          share: Type.Optional(Share),
        }),
      ),
      tasks: Type.Array(
        Type.Object({ unit: Named, done: Count, underWay: Count, blocked: Count, notBegun: Count, late: Count }),
      ),
      indicators: Type.Array(
        Type.Object({ indicator: Named, target: Words, value: Type.Optional(Type.String()), day: Type.Optional(Day) }),
      ),
    }),
  },
} as const satisfies Record<string, Route>
