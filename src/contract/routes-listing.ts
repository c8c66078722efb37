import { Type } from 'typebox'
import { closed, Id, type Route } from './route.ts'
import { CaseId, CaseReceipt } from './routes-case.ts'
import { Day, Instant, Words } from './shapes.ts'

const Named = Type.Object({ id: Type.String(), name: Words })
const Basis = Type.Array(
  Type.Object({
    document: Type.String(),
    article: Type.Optional(Type.String()),
    unverified: Type.Optional(Type.Boolean()),
  }),
)
const Who = {
  number: Type.String({ minLength: 1, maxLength: 64 }),
  kind: Type.Optional(Type.String({ description: 'kind of identifier; citizen if not given' })),
}
const Incentive = {
  id: Id,
  kind: Type.Enum(['green-channel', 'papers-follow', 'priority', 'convenience']),
  name: Words,
  content: Words,
  fields: Type.Optional(Type.Array(Type.String())),
  reason: Words,
  records: Type.Array(Type.String(), { description: 'the records it rests on' }),
  basis: Basis,
}
const CaseLink = Type.String({ description: 'number of a case' })

const MeasureShape = Type.Object({
  case: CaseLink,
  cause: Type.String({ description: 'case of the entry on which it rests' }),
  measure: Id,
  name: Words,
  content: Words,
  remedy: Words,
  basis: Type.String(),
  unit: Named,
  by: Named,
  list: Words,
  state: Type.Object({ kind: Type.Enum(['waiting', 'running', 'over', 'closed']), name: Words }),
  step: Type.Object({ kind: Type.String(), name: Words }),
  inForce: Type.Boolean({ description: 'today: carried out, its cause stands, its term runs' }),
  task: Day,
  due: Type.Optional(Day),
  carried: Type.Optional(Day),
  lifted: Type.Optional(Day),
  until: Type.Optional(Type.String({ description: 'first day on which it is over by itself; absent: for life' })),
  over: Type.Optional(Type.Enum(['cause', 'term', 'refuted', 'contested'])),
  flags: Type.Array(Type.String()),
})
const count = Type.Integer()
const Rates = Type.Object({
  tasks: count,
  responded: count,
  carried: count,
  notApplicable: count,
  refused: count,
  mistaken: count,
  harm: count,
  lifted: count,
  liftedLate: count,
  late: count,
  contradictions: count,
})

/** Lists, measures and incentives (R34–R41, R58). Their steps go through the cases; here is what they need besides. */
export const LISTING_ROUTES = {
  lists: {
    method: 'GET',
    url: '/api/v1/desk/lists',
    summary: { zh: '本单位认定或接收的名单', en: 'Lists the unit determines or receives' },
    roles: ['clerk', 'reviewer'],
    reply: Type.Object({
      lists: Type.Array(
        Type.Object({
          ...Named.properties,
          kind: Type.String(),
          item: Id,
          key: Type.Array(Type.Object({ id: Type.String(), name: Words }), {
            description: 'fields that name one record of the item',
          }),
          machine: Type.Enum(['listing', 'exemplar', 'received']),
          subjects: Type.Array(Type.Enum(['person', 'organisation'])),
          hearing: Type.Boolean(),
          term: Type.Optional(Type.String()),
          renew: Type.Optional(Type.String()),
          removal: Type.Array(Type.String()),
          published: Type.Boolean(),
          basis: Basis,
          criteria: Type.Array(
            Type.Object({
              id: Id,
              text: Words,
              grade: Type.Optional(Words),
              area: Type.Optional(Words),
              target: Type.Optional(Words),
              flagged: Type.Boolean({ description: 'a rule finds candidates to examine' }),
              beside: Type.Boolean({ description: 'persons only beside the entry of their organisation' }),
              basis: Basis,
            }),
          ),
        }),
      ),
    }),
  },
  candidates: {
    method: 'GET',
    url: '/api/v1/desk/lists/:list/candidates',
    summary: { zh: '待核查线索（不等于认定）', en: 'Candidates to examine: nothing follows by itself' },
    roles: ['clerk', 'reviewer'],
    params: Type.Object({ list: Id }, closed),
    query: Type.Object({ criterion: Id }, closed),
    reply: Type.Object({
      candidates: Type.Array(
        Type.Object({ name: Type.String(), number: Type.String({ description: 'masked' }), records: count }),
      ),
    }),
  },
  listingBoard: {
    method: 'GET',
    url: '/api/v1/desk/listings',
    summary: { zh: '名单看板', en: 'Where each entry of the unit’s lists stands' },
    roles: ['clerk', 'reviewer'],
    reply: Type.Object({
      entries: Type.Array(
        Type.Object({
          case: CaseLink,
          machine: Type.String(),
          list: Named,
          criterion: Type.Optional(Words),
          entry: Type.String({ description: 'number of the entry; empty for a received one' }),
          subject: Type.Enum(['person', 'organisation']),
          stage: Type.Enum(['examined', 'told', 'heard', 'decidable', 'in-force', 'ended']),
          state: Type.Object({ kind: Type.String(), name: Words }),
          opened: Day,
          day: Day,
          window: Type.Optional(Day),
          due: Type.Optional(Day),
          until: Type.Optional(Day),
          overdue: Type.Boolean(),
          hearing: Type.Boolean({ description: 'the person asked for a hearing' }),
          mine: Type.Boolean({ description: 'proposed by the reader, who does not determine it' }),
        }),
      ),
    }),
  },
  propose: {
    method: 'POST',
    url: '/api/v1/desk/listings',
    summary: { zh: '提请列入名单、推荐诚信典型', en: 'Propose for a list, nominate for one of good faith' },
    roles: ['clerk'],
    body: Type.Object(
      {
        list: Id,
        criterion: Id,
        ...Who,
        name: Type.String({ minLength: 1, maxLength: 200 }),
        facts: Type.String({ minLength: 1, maxLength: 4000 }),
        document: Type.Optional(Type.String({ maxLength: 200, description: 'the evidence' })),
        of: Type.Optional(CaseId),
      },
      closed,
    ),
    reply: Type.Object({
      ...CaseReceipt.properties,
      entry: Type.String({ description: 'number of the entry, from now on' }),
    }),
  },
  measures: {
    method: 'GET',
    url: '/api/v1/desk/measures',
    summary: { zh: '惩戒措施与反馈率', en: 'Measures of the unit, and how they were accounted for' },
    roles: ['clerk', 'reviewer', 'admin', 'auditor'],
    reply: Type.Object({
      measures: Type.Array(MeasureShape, { description: 'what is flagged first; 500 at most' }),
      units: Type.Array(Type.Object({ unit: Named, rates: Rates })),
    }),
  },
  myMeasures: {
    method: 'GET',
    url: '/api/v1/me/measures',
    summary: { zh: '对我的措施', en: 'Measures against me' },
    roles: ['person'],
    reply: Type.Object({ measures: Type.Array(MeasureShape) }),
  },
  myBenefits: {
    method: 'GET',
    url: '/api/v1/me/benefits',
    summary: { zh: '我可享受的便利', en: 'What my good record brings, and where' },
    roles: ['person'],
    reply: Type.Object({ benefits: Type.Array(Type.Object({ ...Incentive, units: Type.Array(Named) })) }),
  },
  aid: {
    method: 'POST',
    url: '/api/v1/desk/matters/:number/aid',
    summary: { zh: '在办事项可适用的守信激励', en: 'What a good record brings in the matter at hand' },
    roles: ['officer', 'counter'],
    params: Type.Object({ number: Type.String({ minLength: 1, maxLength: 64 }) }, closed),
    body: Type.Object(Who, closed),
    reply: Type.Object({
      access: Type.String({ description: 'number of the access row: it is a look-up' }),
      at: Instant,
      incentives: Type.Array(Type.Object(Incentive)),
    }),
  },
} as const satisfies Record<string, Route>
