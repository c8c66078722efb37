import { Type } from 'typebox'
import { BulletinShape, IssuedShape } from './bulletin.ts'
import { closed, Id, type Route } from './route.ts'
import { Cite, Day, Words } from './shapes.ts'

const Named = Type.Object({ id: Type.String(), name: Words })
const Text = Type.String({ maxLength: 4000 })
const Share = Type.Number({ minimum: 0 })
const Year = Type.Integer({ minimum: 2000, maximum: 2200 })

/** What a row of supervision says; which of it a kind needs is told by the refusal. */
const Content = Type.Object(
  {
    text: Type.Optional(Text),
    state: Type.Optional(Type.Enum(['under-way', 'done', 'blocked'])),
    by: Type.Optional(Type.Enum(['inspection', 'third-party'])),
    year: Type.Optional(Year),
    scores: Type.Optional(
      Type.Array(Type.Object({ title: Type.String({ maxLength: 200 }), points: Share, of: Share }, closed), {
        maxItems: 100,
      }),
    ),
    amount: Type.Optional(Type.Number({ minimum: 0, maximum: 1e12, description: 'yuan' })),
    stage: Type.Optional(Type.Enum(['allocated', 'spent'])),
    task: Type.Optional(Id),
    people: Type.Optional(Type.Integer({ minimum: 0 })),
    hours: Type.Optional(Type.Number({ minimum: 0 })),
    passed: Type.Optional(Type.Integer({ minimum: 0 })),
    count: Type.Optional(Type.Integer({ minimum: 0 })),
    value: Type.Optional(Type.String({ maxLength: 200 })),
    present: Type.Optional(Type.Array(Id, { maxItems: 200, description: 'units that were there' })),
    due: Type.Optional(Day),
    document: Type.Optional(Type.String({ maxLength: 100, description: 'number of a document' })),
    link: Type.Optional(Type.String({ maxLength: 500, description: 'where it can be read: https://…' })),
  },
  closed,
)

const Entry = Type.Object({
  num: Type.Integer(),
  kind: Type.String(),
  about: Type.String(),
  unit: Named,
  day: Day,
  replaces: Type.Optional(Type.Integer()),
  follows: Type.Optional(Type.Integer()),
  score: Type.Optional(Type.Number()),
  content: Content,
})

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
const Money = Type.Object({
  about: Type.String(),
  task: Type.Optional(Type.String()),
  year: Type.Integer(),
  allocated: Share,
  spent: Share,
})
const cited = { ...Named.properties, basis: Type.Array(Cite) }
const Units = Type.Array(Named)
/** The place, where the instance serves several; the own one unless said. */
const Of = { of: Type.Optional(Id) }
const Period = { from: Type.Optional(Day), until: Type.Optional(Day) }

/** The tasks of the policy documents, what is asked and answered about them, and the bulletin. */
export const SUPERVISION_ROUTES = {
  tasks: {
    method: 'GET',
    url: '/api/v1/desk/tasks',
    summary: { zh: '任务清单', en: 'Tasks of the policy documents' },
    roles: STAFF,
    query: Type.Object(Of, closed),
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
      entries: Type.Array(Entry),
      money: Type.Array(Money),
    }),
  },
  reminders: {
    method: 'GET',
    url: '/api/v1/desk/reminders',
    summary: { zh: '督办提醒：本单位即将到期和逾期的任务', en: 'What the unit has to do by when, read and not run' },
    roles: STAFF,
    query: Type.Object({ within: Type.Optional(Type.Integer({ minimum: 0, maximum: 3660 })) }, closed),
    reply: Type.Object({
      day: Day,
      within: Type.String({ description: 'the day up to which it looks, of the term of the pack' }),
      reminders: Type.Array(
        Type.Object({
          kind: Type.Enum(['task', 'decision', 'accountability']),
          about: Type.String(),
          entry: Type.Optional(Type.Integer()),
          title: Words,
          units: Units,
          due: Type.Optional(Day),
          days: Type.Optional(Type.Integer()),
          late: Type.Boolean(),
          own: Type.Boolean({ description: 'of the own unit; else it has come to the office' }),
          answered: Type.Boolean(),
        }),
      ),
    }),
  },
  supervisionPlan: {
    method: 'GET',
    url: '/api/v1/desk/supervision/plan',
    summary: {
      zh: '督导的依据：会议、经费、培训、打分表、指标、宣传日历',
      en: 'What the pack says of bodies, funds, programmes, sheets, indicators and named days',
    },
    roles: STAFF,
    reply: Type.Object({
      units: Units,
      documents: Units,
      tasks: Type.Array(
        Type.Object({ id: Type.String(), document: Type.String(), number: Type.String(), title: Words }),
      ),
      bodies: Type.Array(
        Type.Object({
          ...cited,
          chair: Type.Optional(Words),
          lead: Units,
          office: Units,
          everyUnit: Type.Boolean(),
          members: Units,
        }),
      ),
      funds: Type.Array(Type.Object({ ...cited, units: Units })),
      programmes: Type.Array(
        Type.Object({
          ...cited,
          kind: Type.Enum(['education', 'training', 'examination', 'publicity', 'project']),
          audience: Words,
          units: Units,
        }),
      ),
      campaigns: Type.Array(
        Type.Object({
          ...cited,
          on: Type.Optional(Type.String({ description: 'MM-DD' })),
          to: Type.Optional(Type.String({ description: 'MM-DD' })),
          note: Type.Optional(Words),
        }),
      ),
      indicators: Type.Array(Type.Object({ ...cited, target: Words, due: Type.Optional(Day) })),
      sheets: Type.Array(
        Type.Object({
          ...cited,
          by: Type.Enum(['inspection', 'third-party']),
          lines: Type.Array(Type.Object({ title: Words, of: Share, how: Type.Optional(Words) })),
          units: Units,
        }),
      ),
      groups: Units,
    }),
  },
  supervisionArea: {
    method: 'GET',
    url: '/api/v1/desk/supervision/areas/:area',
    summary: {
      zh: '会议、考评、经费、培训的登记和汇总',
      en: 'Rows of meetings, assessment, funds or training, and what they add up to',
    },
    roles: STAFF,
    params: Type.Object({ area: Type.Enum(['conference', 'assessment', 'funds', 'training', 'coverage']) }, closed),
    reply: Type.Object({
      day: Day,
      entries: Type.Array(Entry),
      duties: Type.Array(
        Type.Object({
          entry: Type.Integer(),
          state: Type.Enum(['open', 'answered', 'closed']),
          due: Type.Optional(Day),
          late: Type.Boolean(),
        }),
      ),
      scores: Type.Array(
        Type.Object({
          num: Type.Integer(),
          unit: Named,
          year: Type.Integer(),
          about: Type.String(),
          by: Type.Enum(['inspection', 'third-party']),
          points: Share,
          of: Share,
          score: Share,
          duties: Type.Object({ open: Count, answered: Count, closed: Count }),
        }),
      ),
      money: Type.Array(Money),
      trained: Type.Array(
        Type.Object({
          about: Type.String(),
          unit: Named,
          year: Type.Integer(),
          sessions: Count,
          people: Count,
          hours: Share,
          passed: Type.Optional(Count),
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
        follows: Type.Optional(Type.Integer({ minimum: 1 })),
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
    query: Type.Object({ ...Period, ...Of, unit: Type.Optional(Id) }, closed),
    reply: BulletinShape,
  },
  bulletins: {
    method: 'GET',
    url: '/api/v1/desk/bulletins',
    summary: { zh: '已签发的通报', en: 'Issued bulletins; for the office also those that wait' },
    roles: STAFF,
    reply: Type.Object({ bulletins: Type.Array(IssuedShape) }),
  },
  bulletinIssue: {
    method: 'GET',
    url: '/api/v1/desk/bulletins/:num',
    summary: { zh: '一期通报', en: 'One bulletin with the figures it was prepared with' },
    roles: STAFF,
    params: Type.Object({ num: Type.Integer({ minimum: 1 }) }, closed),
    reply: Type.Object({ bulletin: IssuedShape, figures: BulletinShape }),
  },
  draftBulletin: {
    method: 'POST',
    url: '/api/v1/desk/bulletins',
    summary: { zh: '编制一期通报', en: 'Prepare a bulletin with the figures of now' },
    roles: ['clerk', 'admin'],
    body: Type.Object({ from: Day, until: Day, note: Type.String({ maxLength: 2000 }) }, closed),
    reply: Type.Object({ num: Type.Integer() }),
  },
  decideBulletin: {
    method: 'POST',
    url: '/api/v1/desk/bulletins/:num/decision',
    summary: { zh: '签发或者退回一期通报', en: 'Issue or reject a bulletin that another prepared' },
    roles: ['reviewer', 'admin'],
    params: Type.Object({ num: Type.Integer({ minimum: 1 }) }, closed),
    body: Type.Object(
      { kind: Type.Enum(['publish', 'reject']), reason: Type.Optional(Type.String({ maxLength: 500 })) },
      closed,
    ),
    reply: Type.Object({ num: Type.Integer(), state: Type.Enum(['publish', 'reject']) }),
  },
} as const satisfies Record<string, Route>
