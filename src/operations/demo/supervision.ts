import { isRefusal } from '#domain/refusal.ts'
import type { SupervisionContent } from '#domain/supervision.ts'
import type { Queryable } from '#store/db.ts'
import { listAccounts } from '../accounts.ts'
import { addEntry } from '../supervision/add.ts'
import { decideOnBulletin, draftBulletin } from '../supervision/issue.ts'
import { readEntries } from '../supervision/tasks.ts'
import { today, type System } from '../system.ts'

type Said = {
  by: string
  kind: string
  about: string
  /** so many days ago */
  ago: number
  of?: string
  /** the place in the list of the row it belongs to */
  after?: number
  content: SupervisionContent & { dueIn?: number }
}

const SCORES = ['归集及时', '数据准确', '异议按期办结', '宣传培训'] as const
const POINTS = [30, 25, 25, 20] as const
const sheet = (...points: number[]) =>
  SCORES.map((title, at) => ({ title, points: points[at] ?? 0, of: POINTS[at] ?? 0 }))
const office = (kind: string, about: string, ago: number, content: Said['content'], of?: string): Said => ({
  by: 'admin',
  kind,
  about,
  ago,
  content,
  ...(of === undefined ? {} : { of }),
})
const says = (unit: string, kind: string, about: string, ago: number, content: Said['content']): Said => ({
  by: `${unit}-clerk`,
  kind,
  about,
  ago,
  content,
})

/** A year of supervision in the demo city, oldest first where one row follows another. */
const YEAR: readonly Said[] = [
  office('meeting', 'hz-conference', 120, {
    text: '年中会议：通报上半年归集和异议办理情况，部署重点人群建档。',
    document: '衡信联〔2026〕1号',
    present: ['demo-development', 'demo-market', 'demo-hr', 'demo-health', 'demo-justice', 'demo-finance'],
  }),
  {
    ...office('decision', 'hz-conference', 120, { text: '清理存量重码、错码，按月报告。', dueIn: 20 }, 'demo-market'),
    after: 0,
  },
  {
    ...office(
      'decision',
      'hz-conference',
      120,
      { text: '提供医师、药师名册作为覆盖率底数。', dueIn: -40 },
      'demo-health',
    ),
    after: 0,
  },
  {
    ...says('health', 'follow-up', 'hz-conference', 50, { state: 'done', text: '名册已提供，每季度更新。' }),
    after: 2,
  },
  { ...office('closing', 'hz-conference', 45, { text: '名册核对无误，予以销号。' }), after: 2 },
  {
    ...office(
      'decision',
      'hz-conference',
      120,
      { text: '研究守信中小微企业信用贷款贴息办法。', dueIn: -10 },
      'demo-tax',
    ),
    after: 0,
  },
  office(
    'inspection',
    'hz-inspection',
    60,
    { year: 0, text: '抽查报送台账和异议卷宗，归集较及时，个别异议接近期限才办结。' },
    'demo-market',
  ),
  office(
    'evaluation',
    'hz-inspection',
    55,
    { year: 0, by: 'inspection', scores: sheet(27, 23.5, 19, 16) },
    'demo-market',
  ),
  office(
    'evaluation',
    'hz-inspection',
    55,
    { year: 0, by: 'inspection', scores: sheet(29, 24, 24, 17) },
    'demo-approval',
  ),
  office('evaluation', 'hz-inspection', 55, { year: 0, by: 'inspection', scores: sheet(28, 24, 25, 19) }, 'demo-hr'),
  office(
    'evaluation',
    'hz-inspection',
    55,
    { year: 0, by: 'inspection', scores: sheet(21, 20, 22, 12) },
    'demo-transport',
  ),
  {
    ...office(
      'accountability',
      'hz-inspection',
      50,
      { text: '报送不及时：约谈分管负责人，限期整改。', dueIn: -5 },
      'demo-transport',
    ),
    after: 10,
  },
  {
    ...says('transport', 'follow-up', 'hz-inspection', 12, {
      state: 'done',
      text: '已接入自动报送，积压数据补报完毕。',
    }),
    after: 11,
  },
  office(
    'evaluation',
    'hz-third-party',
    30,
    {
      year: 0,
      by: 'third-party',
      scores: [
        { title: '服务对象评价', points: 44, of: 50 },
        { title: '任务落实', points: 41, of: 50 },
      ],
    },
    'demo-approval',
  ),
  says('market', 'progress', 'hz-1', 40, { state: 'under-way', text: '处罚信息接入办案系统，当日自动报送。' }),
  says('market', 'progress', 'hz-2', 70, { state: 'under-way', text: '存量清理完成九成，剩余为注销企业。' }),
  says('market', 'evidence', 'hz-2', 70, { text: '上半年重错码核查报告', document: '衡市监信〔2026〕18号' }),
  says('hr', 'progress', 'hz-4', 25, {
    state: 'under-way',
    text: '导游、会计、消防工程师档案已建立，评估师名册核对中。',
  }),
  says('health', 'progress', 'hz-4', 20, { state: 'under-way', text: '医师、执业药师档案已建立。' }),
  says('hr', 'progress', 'hz-6', 15, { state: 'done', text: '全年轮训和考试已完成，合格率92.7%。' }),
  says('hr', 'progress', 'hz-3', 30, { state: 'under-way', text: '全年异议均在期限内办结。' }),
  says('market', 'progress', 'hz-3', 18, { state: 'blocked', text: '两件异议须调取外地档案，等待协查。' }),
  says('youth', 'progress', 'hz-5', 56, { state: 'under-way', text: '配合学校开展“诚信一课”。' }),
  office('progress', 'hz-8', 10, { state: 'under-way', text: '年度检查完成，第三方评估进行中。' }),
  office('fund', 'hz-fund-platform', 200, {
    year: 0,
    stage: 'allocated',
    amount: 1_860_000,
    task: 'hz-1',
    text: '平台运行维护年度预算',
  }),
  office('fund', 'hz-fund-platform', 90, {
    year: 0,
    stage: 'spent',
    amount: 1_204_500.5,
    task: 'hz-1',
    text: '平台运行维护',
  }),
  office('fund', 'hz-fund-platform', 200, {
    year: 0,
    stage: 'allocated',
    amount: 300_000,
    task: 'hz-2',
    text: '重错码核查',
  }),
  office('fund', 'hz-fund-platform', 65, {
    year: 0,
    stage: 'spent',
    amount: 276_000,
    task: 'hz-2',
    text: '重错码核查',
  }),
  office('fund', 'hz-fund-publicity', 200, {
    year: 0,
    stage: 'allocated',
    amount: 420_000,
    task: 'hz-6',
    text: '轮训和考试',
  }),
  office('fund', 'hz-fund-publicity', 20, {
    year: 0,
    stage: 'spent',
    amount: 188_320,
    task: 'hz-6',
    text: '前三期轮训',
  }),
  says('hr', 'training', 'hz-staff-training', 150, { people: 62, hours: 16, text: '第一期：目录和报送' }),
  says('hr', 'training', 'hz-staff-training', 80, { people: 58, hours: 16, text: '第二期：异议和修复' }),
  says('market', 'training', 'hz-staff-training', 33, { people: 41, hours: 8, text: '系统内专题培训' }),
  says('hr', 'training', 'hz-examination', 28, { people: 96, hours: 2, passed: 89, text: '信用管理专业考评' }),
  says('market', 'activity', 'tj-consumer-day', 250, { people: 1200, text: '消费者权益日广场宣传，发放读本800册。' }),
  says('youth', 'activity', 'tj-credit-record-day', 160, { people: 640, text: '信用记录关爱日进校园。' }),
  office('register', 'physicians', 50, { count: 46, text: '衡州市卫生健康委员会医师名册' }),
  office('register', 'pharmacists', 50, { count: 41, text: '衡州市卫生健康委员会药师名册' }),
  office('register', 'tour-guides', 40, { count: 36, text: '导游名册' }),
  office('register', 'accountants', 40, { count: 44, text: '会计人员名册' }),
  office('register', 'fire-engineers', 40, { count: 31, text: '消防工程师名册' }),
  office('register', 'lawyers', 35, { count: 58, text: '衡州市司法局律师名册' }),
  office('indicator', 'tj19-ranking', 25, { value: '第7名' }),
  office('indicator', 'tj19-publication', 25, { value: '98.6%' }),
]

/**
 * Supervision in the demo city by the ordinary operations: progress, an inspection and an evaluation with what followed, a
 * meeting with its decisions, funds, training, registers; a bulletin issued by a second person, and one that waits.
 */
export async function superviseDemo(system: System, owner: Queryable): Promise<void> {
  // a first start that was cut off: what was said is said
  if ((await readEntries(system, { owner })).length > 0) return
  const accounts = new Map((await listAccounts(system, owner)).map(({ name, num, unit }) => [name, { num, unit }]))
  const day = Temporal.PlainDate.from(today(system))
  const entries: number[] = []
  for (const { by, ago, after, content, ...said } of YEAR) {
    const account = accounts.get(by)
    if (!account?.unit) throw new Error(`no demo account ${by}`)
    const on = day.subtract({ days: ago })
    const { dueIn, ...rest } = content
    const made = await addEntry(system, {
      ...said,
      actor: account.num,
      unit: account.unit,
      day: on.toString(),
      ...(after === undefined ? {} : { follows: entries[after] ?? 0 }),
      content: {
        ...rest,
        ...(rest.year === 0 ? { year: on.year } : {}),
        ...(dueIn === undefined ? {} : { due: day.add({ days: dueIn }).toString() }),
      },
    })
    if (isRefusal(made)) throw new Error(`demo supervision: ${said.kind} ${said.about}: ${made.code}`)
    entries.push(made.entry)
  }
  await issueDemoBulletins(system, day, (name) => accounts.get(name)?.num ?? 0)
}

async function issueDemoBulletins(
  system: System,
  day: Temporal.PlainDate,
  account: (name: string) => number,
): Promise<void> {
  const [from, until] = [day.subtract({ days: 90 }).toString(), day.toString()]
  const note =
    '平台上线首期通报：历年数据一次补录，及时率因此偏低。请交通运输局核对退回的行，请市场监管局尽快办结临近期限的异议。'
  const draft = await draftBulletin(system, { actor: account('admin'), unit: 'demo-development', from, until, note })
  if (isRefusal(draft)) throw new Error(`demo bulletin: ${draft.code}`)
  await decideOnBulletin(system, { actor: account('development-reviewer'), num: draft.num, kind: 'publish' })
  await draftBulletin(system, {
    actor: account('development-clerk'),
    unit: 'demo-development',
    from,
    until,
    note: '年底前一期，待审核。',
  })
}
