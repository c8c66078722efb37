import { archive, COURT, HR, MARKET, words, type Answer } from './stub-data.ts'

// Cases in the states that a real server reaches only over weeks: late, suspended, decided, extended.

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const ID = `${'0a'.repeat(16)}.7`
const step = (of: Partial<Answer<'myCases'>['cases'][number]['steps'][number]>) => ({
  step: 1,
  kind: 'open',
  name: words('已提出异议', 'Objection made'),
  at: '2026-03-02T02:00:00Z',
  day: '2026-03-02',
  unit: { id: '', name: words('', '') },
  content: {
    statement: '承诺已按期履行，有验收单为证。',
    clock: {
      due: '2026-03-05',
      from: '2026-03-02',
      period: 'P3WD',
      term: 'objection-own',
      basis: [{ document: '山东省社会信用条例', article: '第三十九条' }],
      unverified: true,
    },
  },
  due: '2026-03-05',
  silence: '2026-03-11',
  ...of,
})
const decided = step({
  step: 2,
  kind: 'reject',
  name: words('异议不成立', 'Objection not upheld'),
  unit: { id: MARKET.id, name: MARKET.name },
  by: words('周岚', 'Zhou Lan'),
  content: {
    reason: '经核查，逾期两日履行。',
    basis: '《信用承诺管理办法》第八条',
    remedies: [
      { name: words('申请行政复议', 'Apply for administrative review'), until: '2026-05-06', basis: [] },
      { name: words('提起行政诉讼', 'Sue'), until: '2026-09-02', basis: [] },
    ],
  },
})
const next = ['forward', 'reject'].map((kind) => ({
  kind,
  name: words(kind === 'forward' ? '已转核查' : '异议不成立', kind),
  act: words(kind === 'forward' ? '转送核查' : '认定异议不成立', `To ${kind}`),
  needs: kind === 'forward' ? ['reason'] : ['reason', 'basis'],
  may: ['day'],
}))
const body = {
  case: ID,
  machine: 'objection',
  name: words('异议', 'Objection'),
  owner: { id: MARKET.id, name: MARKET.name },
  opened: '2026-03-02',
  state: {
    kind: 'open',
    name: words('已提出异议', 'Objection made'),
    due: '2026-03-05',
    window: '2026-03-09',
    silence: '2026-03-11',
  },
  suspended: true,
  overdue: true,
  closed: false,
  record: '1',
  steps: [step({})],
  next,
}

export const myCases: Answer<'myCases'> = {
  cases: [
    body,
    {
      ...body,
      case: `${'0a'.repeat(16)}.3`,
      state: { kind: 'reject', name: words('异议不成立', 'Objection not upheld') },
      suspended: false,
      overdue: false,
      closed: true,
      steps: [step({}), decided],
      next: [],
    },
    {
      ...body,
      case: `${'0a'.repeat(16)}.11`,
      machine: 'listing',
      name: words('列入名单', 'Listing'),
      owner: { id: HR.id, name: HR.name },
      record: undefined,
      suspended: false,
      overdue: false,
      state: {
        kind: 'serve',
        name: words('告知书已送达，可以陈述、申辩', 'Notice served'),
        window: day(8),
        due: undefined,
        silence: undefined,
      },
      steps: [
        step({
          kind: 'propose',
          name: words('已拟列入名单', 'Proposed for a list'),
          unit: { id: HR.id, name: HR.name },
          content: { facts: '拖欠工资', outcome: '拖欠农民工工资名单：责任人员', fields: { entry: '2026-000001' } },
        }),
        step({
          step: 2,
          kind: 'notify',
          name: words('已书面告知', 'Told in writing'),
          unit: { id: HR.id, name: HR.name },
          content: {
            facts: '拖欠三十二名农民工工资',
            basis: '《保障农民工工资支付条例》第四十八条',
            outcome: '您有权陈述、申辩。',
          },
        }),
        step({
          step: 3,
          kind: 'serve',
          name: words('告知书已送达', 'Served'),
          unit: { id: HR.id, name: HR.name },
          content: { document: '送达回证1号' },
          window: day(8),
        }),
      ],
      next: [
        {
          kind: 'state',
          name: words('本人已陈述', 'Stated'),
          act: words('陈述、申辩', 'State my case'),
          needs: ['statement'],
          may: [],
        },
        {
          kind: 'ask-hearing',
          name: words('已要求听证', 'Hearing asked for'),
          act: words('要求听证', 'Ask for a hearing'),
          needs: [],
          may: ['statement'],
        },
      ],
    },
  ],
}

const measure = (of: Partial<Answer<'myMeasures'>['measures'][number]>): Answer<'myMeasures'>['measures'][number] => ({
  case: `${'0a'.repeat(16)}.15`,
  cause: ID,
  measure: 'limit-conveniences',
  name: words('限制享受优惠政策和便利措施', 'No preferences or conveniences'),
  content: words('不适用告知承诺、容缺受理', 'No notification-and-commitment, no papers to follow'),
  remedy: words('可向实施单位提出异议', 'Object with the unit that carries it out'),
  basis: '《全国失信惩戒措施基础清单（2024年版）》',
  unit: { id: MARKET.id, name: MARKET.name },
  by: { id: COURT.id, name: COURT.name },
  list: words('失信被执行人名单', 'Judgment defaulters'),
  state: { kind: 'running', name: words('实施中', 'In force') },
  step: { kind: 'carry', name: words('已实施', 'Carried out') },
  inForce: true,
  task: '2026-03-02',
  carried: '2026-03-09',
  until: day(300),
  flags: [],
  ...of,
})
export const myMeasures: Answer<'myMeasures'> = {
  measures: [
    measure({}),
    measure({
      case: `${'0a'.repeat(16)}.16`,
      state: { kind: 'over', name: words('已终止', 'Over') },
      inForce: false,
      over: 'cause',
    }),
    measure({
      case: `${'0a'.repeat(16)}.17`,
      state: { kind: 'waiting', name: words('待实施', 'Waiting') },
      inForce: false,
    }),
  ],
}
export const myRecalls: Answer<'myRecalls'> = {
  recalls: [
    {
      recall: `${'0a'.repeat(16)}.1`,
      kind: 'repaired',
      name: words('已修复', 'Repaired'),
      day: '2026-03-02',
      due: '2026-03-05',
      record: '3',
      recipients: [
        {
          via: 'unit',
          unit: { id: COURT.id, name: COURT.name },
          given: '2026-02-02T02:00:00Z',
          acknowledged: '2026-03-03T02:00:00Z',
          did: 'destroyed',
        },
        { via: 'unit', unit: { id: HR.id, name: HR.name }, given: '2026-02-03T02:00:00Z' },
      ],
    },
  ],
}
export const myBenefits: Answer<'myBenefits'> = {
  benefits: [
    {
      id: 'papers-follow',
      kind: 'papers-follow',
      name: words('容缺受理', 'Papers may follow'),
      content: words('主要材料齐备的先行受理', 'Accepted with the main papers'),
      fields: ['就业创业服务', '社会保障服务'],
      reason: words('3年内没有当日可用的不良记录', 'No adverse record usable today in the last 3 years'),
      records: [],
      basis: [{ document: '国发〔2016〕33号', unverified: true }],
      units: [MARKET, HR].map(({ id, name }) => ({ id, name })),
    },
  ],
}
export const evidence: Answer<'myEvidence'> = {
  evidence: [
    {
      evidence: '1',
      at: '2026-03-02T02:00:00Z',
      by: 'person',
      about: 'performance',
      type: 'application/pdf',
      size: 120_000,
    },
  ],
}
const line = { ...body, due: '2026-03-05', state: { kind: 'open', name: body.state.name } }
export const caseQueue: Answer<'caseQueue'> = {
  cases: [
    line,
    {
      ...line,
      case: `${'0b'.repeat(16)}.9`,
      owner: { id: COURT.id, name: COURT.name },
      due: undefined,
      overdue: false,
      suspended: false,
    },
  ],
}

export function openCase(): Answer<'openCase'> {
  const { access, at, items, units, displays, records, subject } = archive(true)
  return {
    access,
    at,
    case: body,
    subject: { kind: subject.kind, name: subject.name, number: subject.number },
    items,
    units,
    displays,
    repairs: {},
    records: records.slice(0, 1),
    notices: [],
  }
}
