import { COURT, HR, MARKET, words, type Answer } from './stub-data.ts'

// Boards of due process, in the states that a real server reaches only over weeks.

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const named = ({ id, name }: typeof MARKET) => ({ id, name })
const ID = (file: number) => `${'0c'.repeat(16)}.${file}`
const BASIS = [{ document: '保障农民工工资支付条例', article: '第四十八条' }]
const LIST = { id: 'serious-wages-person', name: words('拖欠农民工工资名单', 'Wage arrears') }

const list: Answer<'lists'>['lists'][number] = {
  ...LIST,
  kind: 'serious',
  item: 'list-entry-person',
  key: [],
  machine: 'listing',
  subjects: ['person'],
  hearing: true,
  term: 'P3Y',
  removal: ['term', 'repair', 'revocation'],
  published: false,
  basis: BASIS,
  criteria: [
    {
      id: 'wages',
      text: words('拖欠工资，情节严重', 'Owes wages, gravely'),
      grade: words('严重', 'Serious'),
      flagged: true,
      beside: false,
      basis: BASIS,
    },
    {
      id: 'wages-2',
      text: words('其他情形', 'Another'),
      flagged: false,
      beside: true,
      basis: [{ document: '暂行办法', unverified: true }],
    },
  ],
}
const received = {
  ...list,
  id: 'court-default-person',
  name: words('失信被执行人名单', 'Judgment defaulters'),
  machine: 'received' as const,
  key: [{ id: 'AH', name: words('执行案号', 'Case number') }],
}
export const lists: Answer<'lists'> = {
  lists: [
    list,
    received,
    { ...list, id: 'red-youth', name: words('守信青年红名单', 'Youth in good faith'), machine: 'exemplar' },
  ],
}

type Entry = Answer<'listingBoard'>['entries'][number]
const entry = (file: number, of: Partial<Entry>): Entry => ({
  case: ID(file),
  machine: 'listing',
  list: LIST,
  entry: `2026-00000${file}`,
  subject: 'person',
  stage: 'examined',
  state: { kind: 'propose', name: words('已拟列入名单', 'Proposed for a list') },
  opened: day(-9),
  day: day(-9),
  overdue: false,
  hearing: false,
  mine: false,
  ...of,
})
export const board: Answer<'listingBoard'> = {
  entries: [
    entry(1, { due: day(-2), overdue: true, mine: true }),
    entry(2, { stage: 'told', due: day(3) }),
    entry(3, { stage: 'heard', window: day(4), hearing: true }),
    entry(4, { stage: 'decidable', window: day(-1) }),
    entry(5, { stage: 'in-force', until: day(700), machine: 'received' }),
    entry(6, { stage: 'ended' }),
    entry(7, { stage: 'heard', window: day(2), machine: 'exemplar' }),
  ],
}

type Measure = Answer<'measures'>['measures'][number]
const measure = (file: number, of: Partial<Measure>): Measure => ({
  case: ID(file),
  cause: ID(5),
  measure: 'limit-conveniences',
  name: words('限制享受便利措施', 'No conveniences'),
  content: words('不适用容缺受理', 'No papers to follow'),
  remedy: words('可提出异议', 'Object'),
  basis: '《清单》',
  unit: named(MARKET),
  by: named(COURT),
  list: words('失信被执行人名单', 'Judgment defaulters'),
  state: { kind: 'waiting', name: words('待实施', 'Waiting') },
  step: { kind: 'task', name: words('已交办', 'Task sent') },
  inForce: false,
  task: day(-9),
  due: day(-3),
  flags: ['late'],
  ...of,
})
const rates = {
  tasks: 4,
  responded: 3,
  carried: 2,
  notApplicable: 1,
  refused: 0,
  mistaken: 0,
  harm: 0,
  lifted: 1,
  liftedLate: 1,
  late: 1,
  contradictions: 1,
}
export const measures: Answer<'measures'> = {
  measures: [
    measure(11, {}),
    measure(12, {
      state: { kind: 'over', name: words('已终止', 'Over') },
      step: { kind: 'carry', name: words('已实施', 'Carried out') },
      over: 'cause',
      flags: ['not-lifted', 'contradiction'],
    }),
  ],
  units: [
    { unit: named(MARKET), rates },
    { unit: named(HR), rates: { ...rates, late: 0, liftedLate: 0, contradictions: 0 } },
  ],
}

const recall = {
  recall: `${'0c'.repeat(16)}.3`,
  kind: 'repaired',
  name: words('已修复', 'Repaired'),
  day: day(-8),
  due: day(-3),
  record: '7726949264992644',
  given: '2026-03-02T02:00:00Z',
  access: '41',
  matter: '衡人社受〔2026〕17号',
}
export const recalls: Answer<'recalls'> = {
  recalls: [
    { ...recall, via: 'unit', overdue: true },
    {
      ...recall,
      recall: `${'0c'.repeat(16)}.4`,
      via: 'unit',
      overdue: false,
      received: { at: '2026-03-03T02:00:00Z', by: words('王经办', 'Officer Wang'), did: 'kept-by-law' },
      note: 'recall 4\n— demo AAAA\n',
    },
  ],
  ended: [
    { ...recall, recall: `${'0c'.repeat(16)}.e3`, kind: 'ended', name: words('已到期', 'Term ended'), due: day(2) },
  ],
}

const cells = [
  { of: '990101', count: 28 },
  { of: '990102', count: null },
]
export const packs: Partial<Answer<'packs'>> = {
  drafts: [
    {
      draft: 1,
      layer: 'demo',
      title: '多次受处罚人员重点关注（草案）',
      author: words('管理员', 'Administrator'),
      mine: false,
      state: 'save',
      step: 2,
      at: '2026-03-02T02:00:00Z',
    },
  ],
}
export const dryRun: Answer<'draftDryRun'> = {
  pack: { id: 'demo', version: '2026.2' },
  day: day(0),
  groups: { teachers: words('教师', 'Teachers') },
  districts: { 990101: words('望衡区', 'Wangheng'), 990102: words('平川区', 'Pingchuan') },
  changes: [
    {
      list: 'x',
      criterion: 'y',
      name: words('三年内两次以上处罚', 'Two penalties within three years'),
      subject: 'person',
      now: { count: 2, within: 'P3Y' },
      newly: { count: 33, district: cells, age: [{ of: '25–34', count: 12 }], group: [{ of: 'teachers', count: 21 }] },
      noLonger: { count: null, district: [], age: [], group: [] },
      draft: words('经检索……尚未作出任何认定。', 'Nothing has been determined.'),
    },
  ],
}

const LETTER = {
  letter: ID(21),
  about: words('记录列入档案的通知', 'Notice that a record is on file'),
  why: words('本人没有账户', 'the person has no account'),
  at: '2026-03-02T02:00:00.000Z',
  told: '2026-03-02T01:00:00.000Z',
}
const service = [
  { channel: 'paper', name: words('邮寄送达', 'by post'), at: LETTER.at, ok: false, reference: '' },
  { channel: 'paper', name: words('直接送达', 'handed over'), at: LETTER.at, ok: true, reference: 'EMS 1234' },
]
export const letters: Answer<'letters'> = {
  letters: [
    { ...LETTER, failed: 0 },
    { ...LETTER, letter: ID(22), case: ID(3), printed: LETTER.at, failed: 1 },
  ],
  waiting: 240,
  served: [{ ...LETTER, letter: ID(20), opened: 3, openedAt: LETTER.at, service }],
}
export const letter: Answer<'letter'> = {
  letter: ID(21),
  at: LETTER.at,
  told: LETTER.told,
  unit: MARKET.name,
  to: { name: '测试人', number: '9901****0011', address: '衡州市演示路1号' },
  title: words('记录已列入档案', 'A record was put in your file'),
  text: words('列入依据：《行政处罚法》。', 'Its basis: the law.'),
  access: '41',
  opened: [{ at: LETTER.at, by: words('王经办', 'Officer Wang') }],
  service: service.slice(0, 1),
}
export const contacts: Answer<'myContacts'> = {
  contacts: [
    { channel: 'sms', name: words('短信', 'text message'), address: '138****8000', since: LETTER.at },
    { channel: 'mail', name: words('电子邮件', 'e-mail') },
    { channel: 'paper', name: words('书面', 'on paper') },
  ],
}
