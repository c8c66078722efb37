import { Type } from 'typebox'
import { closed, Id, type Route } from './route.ts'
import { CaseId } from './routes-case.ts'
import { ArchiveRecord, Cite, Day, DisplayLegend, Instant, ItemLegend, Words } from './shapes.ts'

const STAFF = ['clerk', 'reviewer', 'admin', 'auditor'] as const
const Named = Type.Object({ id: Type.String(), name: Words })
const Count = Type.Integer({ minimum: 0 })
const Sums = Type.Object({
  drawn: Count,
  waiting: Type.Integer({ minimum: 0, description: 'drawn and not given out yet' }),
  checking: Count,
  toRectify: Count,
  inOrder: Count,
  rectified: Count,
  handedOver: Count,
  lapsed: Type.Integer({ minimum: 0, description: 'ended with the campaign, nothing found' }),
  undone: Type.Integer({ minimum: 0, description: 'taken back after an objection, or suspended by silence' }),
  late: Type.Integer({ minimum: 0, description: 'unfinished past the day due' }),
})
const ByUnit = Type.Array(Type.Object({ unit: Named, sums: Sums }))
const Num = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Params = Type.Object({ num: Num }, closed)

export const CampaignShape = Type.Object({
  num: Num,
  problem: Id,
  name: Words,
  basis: Type.String(),
  scope: Type.String(),
  lead: Named,
  opened: Day,
  since: Type.String({ description: 'records decided from this day on' }),
  until: Type.String({ description: 'last day of the campaign' }),
  state: Type.Object({
    kind: Type.Enum(['proposed', 'rejected', 'running', 'ended', 'reporting', 'closed']),
    name: Words,
  }),
  reason: Type.String(),
  mine: Type.Boolean({ description: 'the last act is the reader’s own; another person decides on it' }),
  sums: Sums,
})

export const ReportShape = Type.Object({
  campaign: Num,
  name: Words,
  basis: Type.String(),
  scope: Type.String(),
  lead: Named,
  opened: Day,
  since: Day,
  until: Day,
  day: Day,
  sums: Sums,
  units: ByUnit,
  note: Type.String(),
})

/** Special campaigns (R45): over organisations alone. The steps of a case go through the cases. */
export const CAMPAIGN_ROUTES = {
  campaigns: {
    method: 'GET',
    url: '/api/v1/desk/campaigns',
    summary: { zh: '专项治理', en: 'Campaigns, in numbers, and the problems the unit may open one on' },
    roles: STAFF,
    reply: Type.Object({
      campaigns: Type.Array(CampaignShape),
      problems: Type.Array(
        Type.Object({
          ...Named.properties,
          basis: Type.Array(Cite),
          items: Type.Array(Named),
          words: Type.Array(Type.String()),
          units: Type.Array(Named),
          since: Type.String({ description: 'the earliest first day of records' }),
          until: Type.String({ description: 'the latest last day' }),
        }),
      ),
    }),
  },
  campaign: {
    method: 'GET',
    url: '/api/v1/desk/campaigns/:num',
    summary: { zh: '一项专项治理', en: 'One campaign: rule, progress by unit, acts and closing report' },
    roles: STAFF,
    params: Params,
    reply: Type.Object({
      campaign: CampaignShape,
      rule: Type.Object({ items: Type.Array(Words), words: Type.Array(Type.String()), units: Type.Array(Named) }),
      units: ByUnit,
      acts: Type.Array(
        Type.Object({
          step: Type.Integer(),
          kind: Type.String(),
          at: Instant,
          actor: Words,
          reason: Type.String(),
          digest: Type.Optional(Type.String({ description: 'SHA-256 of the report as it is kept' })),
        }),
      ),
      report: Type.Optional(ReportShape),
    }),
  },
  campaignCases: {
    method: 'GET',
    url: '/api/v1/desk/campaigns/:num/cases',
    summary: { zh: '专项治理个案', en: 'Cases of a campaign: all for its lead, its own for a unit that checks' },
    roles: ['clerk', 'reviewer'],
    params: Params,
    reply: Type.Object({
      cases: Type.Array(
        Type.Object({
          organisation: Type.String({ description: 'key of the organisation, by which it is given out' }),
          case: Type.Optional(CaseId),
          name: Type.Optional(Type.String({ description: 'for the unit that leads' })),
          records: Type.Integer({ minimum: 1 }),
          unit: Type.Optional(Named),
          state: Type.Optional(Type.Object({ kind: Type.String(), name: Words })),
          given: Type.Optional(Day),
          day: Type.Optional(Day),
          window: Type.Optional(Day),
          due: Type.Optional(Day),
          late: Type.Boolean(),
          open: Type.Boolean(),
          undone: Type.Boolean(),
        }),
      ),
    }),
  },
  campaignRecords: {
    method: 'GET',
    url: '/api/v1/desk/campaign-cases/:case/records',
    summary: {
      zh: '个案所依据的记录',
      en: 'The records a case was drawn from; the organisation sees that they were read',
    },
    roles: ['clerk', 'reviewer'],
    gate: true,
    params: Type.Object({ case: CaseId }, closed),
    reply: Type.Object({
      access: Type.String(),
      at: Instant,
      campaign: Type.Integer(),
      organisation: Type.Object({ name: Type.String(), number: Type.String() }),
      items: Type.Record(Type.String(), ItemLegend),
      units: Type.Record(Type.String(), Words),
      displays: Type.Record(Type.String(), DisplayLegend),
      records: Type.Array(ArchiveRecord),
    }),
  },
  proposeCampaign: {
    method: 'POST',
    url: '/api/v1/desk/campaigns',
    summary: { zh: '提请开展专项治理', en: 'Propose a campaign; a second person opens it' },
    roles: ['clerk', 'reviewer'],
    body: Type.Object(
      { problem: Id, since: Day, until: Day, scope: Type.String({ minLength: 1, maxLength: 2000 }) },
      closed,
    ),
    reply: Type.Object({ num: Num }),
  },
  decideCampaign: {
    method: 'POST',
    url: '/api/v1/desk/campaigns/:num/opening',
    summary: { zh: '审核开展', en: 'Open a campaign that another proposed, or say why not' },
    roles: ['reviewer'],
    params: Params,
    body: Type.Object(
      { kind: Type.Enum(['open', 'reject']), reason: Type.Optional(Type.String({ maxLength: 500 })) },
      closed,
    ),
    reply: Type.Object({ num: Num }),
  },
  drawCampaign: {
    method: 'POST',
    url: '/api/v1/desk/campaigns/:num/draw',
    summary: { zh: '抽取单位', en: 'Draw the organisations the rule means; each sees that it was looked at' },
    roles: ['clerk', 'reviewer'],
    params: Params,
    reply: Type.Object({ num: Num, looked: Count, drawn: Count }),
  },
  giveOutCase: {
    method: 'POST',
    url: '/api/v1/desk/campaigns/:num/cases',
    summary: { zh: '交办个案', en: 'Give a drawn organisation to a unit to check' },
    roles: ['clerk', 'reviewer'],
    params: Params,
    body: Type.Object({ organisation: Type.String({ pattern: '^[0-9a-f]{32}$' }), unit: Id }, closed),
    reply: Type.Object({ case: CaseId, step: Type.Integer(), day: Day }),
  },
  prepareClosing: {
    method: 'POST',
    url: '/api/v1/desk/campaigns/:num/report',
    summary: { zh: '编制总结报告', en: 'Prepare the closing report with the figures of now' },
    roles: ['clerk', 'reviewer'],
    params: Params,
    body: Type.Object({ note: Type.String({ minLength: 1, maxLength: 2000 }) }, closed),
    reply: Type.Object({ num: Num }),
  },
  closeCampaign: {
    method: 'POST',
    url: '/api/v1/desk/campaigns/:num/closing',
    summary: { zh: '审核结束', en: 'Close a campaign on the report another prepared, or send the report back' },
    roles: ['reviewer'],
    params: Params,
    body: Type.Object(
      { kind: Type.Enum(['close', 'return']), reason: Type.Optional(Type.String({ maxLength: 500 })) },
      closed,
    ),
    reply: Type.Object({ num: Num, told: Count }),
  },
} as const satisfies Record<string, Route>
