import { Type } from 'typebox'
import { closed, Id, type Route } from './route.ts'
import { Service } from './routes-notice.ts'
import { ArchiveRecord, Day, DisplayLegend, Instant, ItemLegend, RepairLegend, Words } from './shapes.ts'

const Text = Type.String({ maxLength: 4000 })
export const CaseId = Type.String({ pattern: '^[0-9a-f]{32}\\.[1-9]\\d{0,17}$', description: 'number of a case' })
const RecordId = Type.String({ pattern: '^\\d{1,18}$', description: 'id of a record in the archive' })
export const CaseKind = Type.String({ pattern: '^[a-z][a-z-]{0,40}$' })

/** What a step says; which of it is needed and allowed comes with the case (`next`). */
export const StepContentShape = Type.Object(
  {
    reason: Type.Optional(Text),
    statement: Type.Optional(Text),
    facts: Type.Optional(Text),
    basis: Type.Optional(Text),
    document: Type.Optional(Type.String({ maxLength: 200 })),
    outcome: Type.Optional(Type.String({ maxLength: 200 })),
    day: Type.Optional(Day),
    fields: Type.Optional(Type.Record(Type.String(), Text)),
  },
  closed,
)

const Named = Type.Object({ id: Type.String(), name: Words })
const Cites = Type.Array(Type.Object({ document: Type.String(), article: Type.Optional(Type.String()) }))
const SaidShape = Type.Object({
  ...StepContentShape.properties,
  form: Type.Optional(
    Type.String({ description: 'filed at the counter, on the form of this number that the person signed' }),
  ),
  remedies: Type.Optional(
    Type.Array(
      Type.Object({ name: Words, until: Type.Optional(Day), basis: Cites, unverified: Type.Optional(Type.Boolean()) }),
      {
        description: 'where the decision can be contested, and until when',
      },
    ),
  ),
  clock: Type.Optional(
    Type.Object(
      {
        due: Type.Optional(Day),
        from: Day,
        period: Type.Optional(Type.String()),
        term: Type.Optional(Type.String()),
        basis: Type.Optional(Cites),
        unverified: Type.Optional(Type.Boolean()),
      },
      { description: 'how the due date was computed' },
    ),
  ),
})
const State = { kind: Type.String(), name: Words }
const Dates = {
  due: Type.Optional(Type.String({ description: 'last day for the next step; absent: none, or not known yet' })),
  window: Type.Optional(Type.String({ description: 'last day for statement and defence' })),
  silence: Type.Optional(Type.String({ description: 'without an answer, display and use stop on this day' })),
}

export const CaseShape = Type.Object({
  case: CaseId,
  machine: Type.String(),
  name: Words,
  about: Type.Optional(Type.Object(Words.properties, { description: 'the list that the case of an entry is about' })),
  owner: Named,
  opened: Day,
  state: Type.Object({ ...State, ...Dates }),
  suspended: Type.Boolean(),
  overdue: Type.Boolean(),
  closed: Type.Boolean(),
  record: Type.Optional(RecordId),
  target: Type.Optional(CaseId),
  steps: Type.Array(
    Type.Object({
      step: Type.Integer(),
      ...State,
      at: Instant,
      day: Day,
      unit: Named,
      by: Type.Optional(Words),
      ...Dates,
      content: SaidShape,
    }),
  ),
  next: Type.Array(
    Type.Object({
      ...State,
      act: Type.Object(Words.properties, { description: 'the step as something to do' }),
      needs: Type.Array(Type.String()),
      may: Type.Array(Type.String()),
    }),
  ),
})

export const CaseReceipt = Type.Object({ case: CaseId, step: Type.Integer(), at: Instant, day: Day })
const NextStep = Type.Object(
  {
    kind: CaseKind,
    step: Type.Integer({ minimum: 1, description: 'the last step that was read' }),
    content: StepContentShape,
  },
  closed,
)
/** A person one stands for (representative, guardian); without it, oneself. */
const For = Type.Optional(Type.String({ pattern: '^[0-9a-f]{32}$', description: 'a person one stands for' }))
const ByCase = Type.Object({ case: CaseId }, closed)
const STAFF = ['clerk', 'reviewer', 'admin', 'review-body', 'court'] as const

/** Cases: objection, repair, listing, measures. One shape and one way for all of them. */
export const CASE_ROUTES = {
  myCases: {
    method: 'GET',
    url: '/api/v1/me/cases',
    summary: { zh: '我的案件', en: 'My cases' },
    roles: ['person'],
    query: Type.Object({ for: For }, closed),
    reply: Type.Object({ cases: Type.Array(CaseShape) }),
  },
  startMyCase: {
    method: 'POST',
    url: '/api/v1/me/cases',
    summary: { zh: '提出异议、申请修复等', en: 'Object, apply for repair and the like' },
    roles: ['person'],
    body: Type.Object(
      {
        machine: Id,
        kind: CaseKind,
        record: Type.Optional(RecordId),
        target: Type.Optional(CaseId),
        unit: Type.Optional(Id),
        for: For,
        content: StepContentShape,
      },
      closed,
    ),
    reply: CaseReceipt,
  },
  stepMyCase: {
    method: 'POST',
    url: '/api/v1/me/cases/:case/steps',
    summary: { zh: '办理我的案件的下一步', en: 'Take the next step in my case' },
    roles: ['person'],
    params: ByCase,
    body: NextStep,
    reply: CaseReceipt,
  },
  caseQueue: {
    method: 'GET',
    url: '/api/v1/desk/cases',
    summary: { zh: '待办案件', en: 'Cases of the unit' },
    roles: STAFF,
    query: Type.Object({ machine: Type.Optional(Id) }, closed),
    reply: Type.Object({
      cases: Type.Array(
        Type.Object({
          case: CaseId,
          machine: Type.String(),
          name: Words,
          state: Type.Object(State),
          owner: Named,
          opened: Day,
          ...Dates,
          overdue: Type.Boolean(),
          suspended: Type.Boolean(),
          closed: Type.Boolean(),
        }),
      ),
    }),
  },
  openCase: {
    method: 'GET',
    url: '/api/v1/desk/cases/:case',
    summary: { zh: '查看案件', en: 'Open a case' },
    roles: STAFF,
    gate: true,
    params: ByCase,
    reply: Type.Object({
      access: Type.String({ description: 'number of the access row: opening a case is a look-up' }),
      at: Instant,
      case: CaseShape,
      subject: Type.Object({
        kind: Type.Enum(['person', 'organisation']),
        name: Type.String({ description: 'masked' }),
        number: Type.String({ description: 'masked' }),
      }),
      items: Type.Record(Type.String(), ItemLegend),
      units: Type.Record(Type.String(), Words),
      displays: Type.Record(Type.String(), DisplayLegend),
      repairs: Type.Record(Type.String(), RepairLegend),
      records: Type.Array(ArchiveRecord, { description: 'every version of the record it is about' }),
      notices: Type.Array(Type.Object({ step: Type.Integer(), at: Instant, service: Service }), {
        description: 'what the person was told of which step, and how its service is proven',
      }),
    }),
  },
  stepCase: {
    method: 'POST',
    url: '/api/v1/desk/cases/:case/steps',
    summary: { zh: '办理案件的下一步', en: 'Take the next step in a case' },
    roles: STAFF,
    gate: true,
    params: ByCase,
    body: NextStep,
    reply: CaseReceipt,
  },
} as const satisfies Record<string, Route>
