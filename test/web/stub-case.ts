import { archive, COURT, MARKET, words, type Answer } from './stub-data.ts'

// Cases in the states that a real server reaches only over weeks: late, suspended, decided, extended.

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
    records: records.slice(0, 1),
  }
}
