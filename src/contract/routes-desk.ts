import { Type } from 'typebox'
import { closed, Id, Limit, type Route } from './route.ts'
import { Archive, Day, InUnit, Instant, ProblemShape, ReceiptShape, RefusedFileShape, Words } from './shapes.ts'

/** What the desk sends and looks up. */
export const DESK_ROUTES = {
  intake: {
    method: 'POST',
    url: '/api/v1/intake',
    summary: { zh: '报送文件', en: 'Send a file' },
    roles: ['clerk'],
    query: Type.Object(
      {
        item: Id,
        key: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
        dryRun: Type.Optional(Type.Boolean()),
        fileName: Type.Optional(Type.String({ maxLength: 200, description: 'used for its ending only; not stored' })),
        progress: Type.Optional(
          Type.String({ minLength: 8, maxLength: 64, description: 'client-chosen id to poll progress by' }),
        ),
      },
      closed,
    ),
    rawBody: true,
    reply: ReceiptShape,
    refusal: RefusedFileShape,
  },
  intakeProgress: {
    method: 'GET',
    url: '/api/v1/intake/progress/:id',
    summary: { zh: '报送进度', en: 'Progress of an upload' },
    roles: ['clerk'],
    params: Type.Object({ id: Id }, closed),
    reply: Type.Object({ bytes: Type.Integer(), rows: Type.Integer(), done: Type.Boolean() }),
  },
  record: {
    method: 'POST',
    url: '/api/v1/records',
    summary: { zh: '报送一条记录', en: 'Send one record' },
    roles: ['clerk'],
    body: Type.Object(
      {
        item: Id,
        key: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
        values: Type.Record(Type.String(), Type.String()),
      },
      closed,
    ),
    reply: ReceiptShape,
    refusal: RefusedFileShape,
  },
  withdraw: {
    method: 'POST',
    url: '/api/v1/withdrawals',
    summary: { zh: '撤回本单位报送的记录', en: 'Withdraw a record of the own unit' },
    roles: ['clerk'],
    body: Type.Object(
      {
        item: Id,
        number: Type.String({ minLength: 1, maxLength: 64 }),
        kind: Type.Optional(Type.String()),
        naturalKey: Type.Array(Type.String(), {
          minItems: 1,
          description: 'the fields of the natural key, in its order',
        }),
        reason: Type.String({ minLength: 1, maxLength: 500 }),
      },
      closed,
    ),
    reply: Type.Object({ withdrawn: Type.Boolean(), at: Instant }),
  },
  submissions: {
    method: 'GET',
    url: '/api/v1/submissions',
    summary: { zh: '本单位报送记录', en: 'Submissions of the own unit' },
    roles: ['clerk', 'reviewer', 'auditor'],
    query: Type.Object({ limit: Limit, before: Type.Optional(Type.Integer()) }, closed),
    reply: Type.Object({ submissions: Type.Array(Type.Omit(ReceiptShape, ['problems', 'ignored', 'format'])) }),
  },
  submissionProblems: {
    method: 'GET',
    url: '/api/v1/submissions/:num/problems',
    summary: { zh: '错误清单', en: 'Refused rows of a submission' },
    roles: ['clerk', 'reviewer', 'auditor'],
    params: Type.Object({ num: Type.Integer({ minimum: 1, maximum: 2147483647 }) }, closed),
    query: Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0 })), limit: Limit }, closed),
    reply: Type.Object({
      problems: Type.Array(ProblemShape),
    }),
  },
  held: {
    method: 'GET',
    url: '/api/v1/held',
    summary: { zh: '待复核的文件', en: 'Files waiting for a second person' },
    roles: ['clerk', 'reviewer'],
    reply: Type.Object({
      held: Type.Array(
        Type.Object({
          held: Type.Integer(),
          item: Type.String(),
          at: Instant,
          by: Words,
          mine: Type.Boolean(),
          rows: Type.Integer(),
          refused: Type.Integer(),
        }),
      ),
    }),
  },
  decideHeld: {
    method: 'POST',
    url: '/api/v1/held/:num',
    summary: { zh: '复核', en: 'Approve or reject a held file' },
    roles: ['reviewer'],
    params: Type.Object({ num: Type.Integer({ minimum: 1, maximum: 2147483647 }) }, closed),
    body: Type.Object({ approve: Type.Boolean(), reason: Type.String({ minLength: 1, maxLength: 500 }) }, closed),
    reply: Type.Object({ approved: Type.Boolean(), receipt: Type.Optional(ReceiptShape) }),
  },
  quality: {
    method: 'GET',
    url: '/api/v1/quality',
    summary: { zh: '数据质量', en: 'Data quality by unit' },
    roles: ['clerk', 'reviewer', 'auditor', 'admin'],
    query: Type.Object({ from: Type.Optional(Day), until: Type.Optional(Day) }, closed),
    reply: Type.Object({
      units: Type.Array(
        Type.Object({
          unit: InUnit,
          submissions: Type.Integer(),
          rows: Type.Integer(),
          accepted: Type.Integer(),
          refusedRate: Type.Number(),
          wrongCodeRate: Type.Number(),
          duplicateRate: Type.Number(),
          completeness: Type.Number(),
          lateRate: Type.Union([Type.Number(), Type.Null()], { description: 'null: unknown' }),
        }),
      ),
    }),
  },
  lookUp: {
    method: 'POST',
    url: '/api/v1/look-ups',
    summary: { zh: '查询档案', en: 'Look up an archive' },
    roles: ['officer', 'counter'],
    gate: true,
    body: Type.Object(
      {
        kind: Type.Optional(Type.String({ description: 'identifier kind; default citizen' })),
        number: Type.String({ minLength: 1, maxLength: 64 }),
        purpose: Id,
        matter: Type.Optional(Type.String({ maxLength: 64 })),
        withhold: Type.Optional(
          Type.Object(
            { until: Day },
            {
              ...closed,
              description:
                'do not show it to the person until this day; only where the statute of the purpose lets it (PIPL 35)',
            },
          ),
        ),
      },
      closed,
    ),
    reply: Archive,
  },
  organisations: {
    method: 'POST',
    url: '/api/v1/organisations/search',
    summary: { zh: '按名称查找组织', en: 'Find organisations by name' },
    roles: ['officer', 'counter'],
    gate: true,
    body: Type.Object(
      {
        name: Type.String({ minLength: 2, maxLength: 100 }),
        purpose: Id,
        matter: Type.Optional(Type.String({ maxLength: 64 })),
      },
      closed,
    ),
    reply: Type.Object({
      access: Type.String(),
      organisations: Type.Array(Type.Object({ name: Type.String(), number: Type.String(), records: Type.Integer() })),
    }),
  },
  matters: {
    method: 'GET',
    url: '/api/v1/matters',
    summary: { zh: '本单位在办事项', en: 'Matters of the own unit' },
    roles: ['officer', 'counter', 'auditor'],
    reply: Type.Object({
      matters: Type.Array(
        Type.Object({
          number: Type.String(),
          title: Type.String(),
          purpose: Type.String(),
          openedAt: Instant,
          closedAt: Type.Optional(Instant),
        }),
      ),
    }),
  },
  openMatter: {
    method: 'POST',
    url: '/api/v1/matters',
    summary: { zh: '登记在办事项', en: 'Open a matter' },
    roles: ['officer', 'counter'],
    body: Type.Object(
      {
        number: Type.String({ minLength: 1, maxLength: 64 }),
        title: Type.String({ minLength: 1, maxLength: 200 }),
        purpose: Id,
      },
      closed,
    ),
    reply: Type.Object({ number: Type.String() }),
  },
  closeMatter: {
    method: 'DELETE',
    url: '/api/v1/matters/:number',
    summary: { zh: '办结事项', en: 'Close a matter' },
    roles: ['officer', 'counter'],
    params: Type.Object({ number: Type.String({ minLength: 1, maxLength: 64 }) }, closed),
    reply: Type.Object({ closed: Type.Boolean() }),
  },
  pastArchive: {
    method: 'POST',
    url: '/api/v1/past-archives',
    summary: { zh: '复核机关或法院调阅历史档案', en: 'A review body or a court reads a past archive' },
    roles: ['review-body', 'court'],
    gate: true,
    body: Type.Object(
      {
        kind: Type.Optional(Type.String()),
        number: Type.String({ minLength: 1, maxLength: 64 }),
        matter: Type.String({ minLength: 1, maxLength: 64 }),
        at: Type.Optional(Instant),
      },
      closed,
    ),
    reply: Archive,
  },
} as const satisfies Record<string, Route>
