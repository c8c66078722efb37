import { Type } from 'typebox'
import {
  DeskContent,
  FoundOrganisations,
  Kind,
  ListPageShape,
  ListViewShape,
  PublicContent,
  PublishedOrganisation,
  PublishedRecord,
  PublishedRecords,
  Statistics,
  TipKindShape,
  TipStatus,
} from './public.ts'
import { closed, Id, type Route } from './route.ts'
import { Day, Instant, Words } from './shapes.ts'

/** Of this place alone, where an instance serves a city and a district. */
const of = Type.Optional(Id)
const Num = Type.Object({ num: Type.Integer({ minimum: 1, maximum: 2147483647 }) }, closed)
const Period = Type.Object({ from: Type.Optional(Day), until: Type.Optional(Day) }, closed)
const Texts = (most: number) =>
  Type.Object(
    { zh: Type.String({ minLength: 1, maxLength: most }), en: Type.String({ minLength: 1, maxLength: most * 2 }) },
    closed,
  )
const Unit = Type.Object({ id: Type.String(), name: Words }, closed)
const Share = { inTime: Type.Integer(), late: Type.Integer(), unknown: Type.Integer() }

/** What the law publishes, the texts of the site, tips; and the desks behind them. */
export const PUBLIC_ROUTES = {
  publicRecords: {
    method: 'GET',
    url: '/api/v1/public/records',
    summary: { zh: '公示的组织信息', en: 'Published decisions, commitments and list entries of organisations' },
    roles: 'public',
    query: Type.Object(
      {
        chapter: Type.Optional(Type.Enum(['decisions', 'commitments', 'lists'])),
        item: Type.Optional(Id),
        unit: Type.Optional(Id),
        of,
        from: Type.Optional(Day),
        until: Type.Optional(Day),
        oldest: Type.Optional(Type.Boolean({ description: 'the oldest decision first' })),
        after: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{38}$', description: '`next` of the page before' })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
      },
      closed,
    ),
    reply: PublishedRecords,
  },
  publicOrganisations: {
    method: 'POST',
    url: '/api/v1/public/organisations',
    summary: {
      zh: '按名称或统一社会信用代码查找有公示信息的组织',
      en: 'Find organisations with published records by name or unified social credit code',
    },
    roles: 'public',
    body: Type.Object({ text: Type.String({ minLength: 2, maxLength: 100 }) }, closed),
    reply: FoundOrganisations,
  },
  publicOrganisation: {
    method: 'GET',
    url: '/api/v1/public/organisations/:code',
    summary: { zh: '一个组织的公示信息', en: 'What is published of one organisation' },
    roles: 'public',
    params: Type.Object({ code: Type.String({ minLength: 18, maxLength: 18 }) }, closed),
    reply: PublishedOrganisation,
  },
  publicLists: {
    method: 'GET',
    url: '/api/v1/public/lists',
    summary: { zh: '依法公布的名单', en: 'The lists that the law publishes' },
    roles: 'public',
    query: Type.Object({ of }, closed),
    reply: Type.Object({ lists: Type.Array(ListViewShape) }, closed),
  },
  publicList: {
    method: 'GET',
    url: '/api/v1/public/lists/:list',
    summary: { zh: '一份名单中现行有效的条目', en: 'The entries of a published list that are in force' },
    roles: 'public',
    params: Type.Object({ list: Id }, closed),
    query: Type.Object({ of, page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }, closed),
    reply: ListPageShape,
  },
  publicStatistics: {
    method: 'GET',
    url: '/api/v1/public/statistics',
    summary: { zh: '公示统计', en: 'Statistics of what is published' },
    roles: 'public',
    query: Type.Object({ of }, closed),
    reply: Statistics,
  },
  publicContents: {
    method: 'GET',
    url: '/api/v1/public/contents',
    summary: { zh: '网站内容', en: 'Texts of the site' },
    roles: 'public',
    query: Type.Object({ kind: Type.Optional(Kind) }, closed),
    reply: Type.Object({ contents: Type.Array(PublicContent) }, closed),
  },
  fileTip: {
    method: 'POST',
    url: '/api/v1/public/tips',
    summary: { zh: '举报、投诉、提问、建议', en: 'File a tip, a complaint, a question or a suggestion' },
    roles: 'public',
    body: Type.Object(
      {
        kind: TipKindShape,
        unit: Type.Optional(Id),
        text: Type.String({ minLength: 10, maxLength: 4000 }),
        contact: Type.Optional(Type.String({ maxLength: 200 })),
      },
      closed,
    ),
    reply: Type.Object({ code: Type.String(), at: Instant, unit: Words }, closed),
  },
  tipStatus: {
    method: 'POST',
    url: '/api/v1/public/tips/status',
    summary: { zh: '凭受理码查询办理情况', en: 'Where a tip stands, by its follow-up code' },
    roles: 'public',
    body: Type.Object({ code: Type.String({ minLength: 20, maxLength: 40 }) }, closed),
    reply: TipStatus,
  },
  publicity: {
    method: 'GET',
    url: '/api/v1/publicity',
    summary: { zh: '公示时限看板', en: 'How long decisions took to be published, by unit, and those that were late' },
    roles: ['clerk', 'reviewer', 'auditor', 'admin'],
    query: Period,
    reply: Type.Object(
      {
        from: Day,
        until: Day,
        units: Type.Array(
          Type.Object({ unit: Unit, item: Type.Object({ id: Type.String(), name: Words }, closed), ...Share }, closed),
        ),
        late: Type.Array(
          Type.Object({ record: PublishedRecord, item: Words, unit: Words, due: Day, days: Type.Integer() }, closed),
        ),
        today: Type.Object({ lastInTime: Type.Optional(Day), within: Type.String() }, closed),
      },
      closed,
    ),
  },
  contents: {
    method: 'GET',
    url: '/api/v1/contents',
    summary: { zh: '内容编辑列表', en: 'Texts of the site as the desk sees them' },
    roles: ['clerk', 'reviewer'],
    reply: Type.Object({ editor: Type.Boolean(), contents: Type.Array(DeskContent) }, closed),
  },
  writeContent: {
    method: 'POST',
    url: '/api/v1/contents',
    summary: { zh: '写稿或改稿', en: 'Write a draft, or the next version of a text' },
    roles: ['clerk'],
    body: Type.Object(
      {
        num: Type.Optional(Type.Integer({ minimum: 1, maximum: 2147483647 })),
        kind: Kind,
        title: Texts(120),
        body: Texts(20000),
        day: Type.Optional(Day),
        until: Type.Optional(Day),
        consent: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      },
      closed,
    ),
    reply: Type.Object({ num: Type.Integer(), version: Type.Integer() }, closed),
  },
  stepContent: {
    method: 'POST',
    url: '/api/v1/contents/:num/steps',
    summary: { zh: '送审、发布、退回、撤下', en: 'Submit, publish, reject or withdraw a text' },
    roles: ['clerk', 'reviewer'],
    params: Num,
    body: Type.Object(
      {
        kind: Type.Enum(['submit', 'publish', 'reject', 'withdraw']),
        version: Type.Integer({ minimum: 1, maximum: 999 }),
        reason: Type.Optional(Type.String({ maxLength: 500 })),
        checked: Type.Optional(
          Type.Enum(['anonymous', 'agreed'], {
            description: 'needed to publish: nobody is named in it, or whoever is agreed in writing',
          }),
        ),
      },
      closed,
    ),
    reply: Type.Object({ num: Type.Integer(), state: Type.String() }, closed),
  },
  tips: {
    method: 'GET',
    url: '/api/v1/tips',
    summary: { zh: '本单位待办的举报投诉', en: 'Tips and complaints of the own unit' },
    roles: ['clerk', 'reviewer'],
    reply: Type.Object(
      {
        tips: Type.Array(
          Type.Object(
            { num: Type.Integer(), kind: TipKindShape, at: Instant, since: Instant, answered: Type.Boolean() },
            closed,
          ),
        ),
        units: Type.Array(Type.Object({ id: Id, name: Words }, closed), {
          description: 'whom a tip may be passed on to',
        }),
      },
      closed,
    ),
  },
  tip: {
    method: 'GET',
    url: '/api/v1/tips/:num',
    summary: { zh: '查看一件举报投诉', en: 'Read a tip' },
    roles: ['clerk', 'reviewer'],
    params: Num,
    reply: Type.Object(
      {
        num: Type.Integer(),
        kind: TipKindShape,
        text: Type.String(),
        contact: Type.String(),
        steps: TipStatus.properties.steps,
      },
      closed,
    ),
  },
  stepTip: {
    method: 'POST',
    url: '/api/v1/tips/:num/steps',
    summary: { zh: '转办或答复', en: 'Pass a tip on, or answer it' },
    roles: ['clerk', 'reviewer'],
    params: Num,
    body: Type.Object(
      {
        kind: Type.Enum(['route', 'answer']),
        step: Type.Integer({ minimum: 2, maximum: 50 }),
        unit: Type.Optional(Id),
        text: Type.String({ minLength: 2, maxLength: 4000 }),
      },
      closed,
    ),
    reply: Type.Object({ num: Type.Integer(), kind: Type.String() }, closed),
  },
} as const satisfies Record<string, Route>
