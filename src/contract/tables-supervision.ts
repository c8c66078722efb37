import type { ReplyOf } from './tables.ts'
import { tableOf } from './tables.ts'

// The tables of supervision: on the screen, and as files for the yearly performance review (R53).

const words = (zh: string, en: string) => ({ zh, en })
type Words = { zh: string; en: string }

/** Names joined as each language joins them. */
export const joinNames = (names: readonly Words[]): Words =>
  words(names.map(({ zh }) => zh).join('、'), names.map(({ en }) => en).join(', '))

export const TASK_STATES = {
  'not-begun': words('未开始', 'Not begun'),
  'under-way': words('进行中', 'Under way'),
  done: words('已完成', 'Done'),
  blocked: words('受阻', 'Blocked'),
} as const

type Tasks = ReplyOf<'tasks'>
export type TaskRow = Tasks['tasks'][number] & { leadNames: Words; jointNames: Words }
/** Tasks with the names of their units. */
export const taskRows = ({ tasks, units }: Tasks): TaskRow[] => {
  const names = (ids: readonly string[]) => joinNames(ids.map((id) => units[id] ?? words(id, id)))
  return tasks.map((task) => ({ ...task, leadNames: names(task.lead), jointNames: names(task.joint) }))
}

const timing = ({ late, next, continuing, state }: TaskRow): Words =>
  late
    ? words('逾期', 'Late')
    : state === 'done'
      ? words('已完成', 'Done')
      : next !== undefined && next.days <= 30
        ? words('30天内到期', 'Due within 30 days')
        : next !== undefined && next.days <= 90
          ? words('90天内到期', 'Due within 90 days')
          : next !== undefined
            ? words('更晚', 'Later')
            : continuing
              ? words('持续推进', 'Continuing')
              : words('未定期限', 'No date')

export const TASKS_TABLE = tableOf<TaskRow>('tasks', '任务', 'Tasks', [
  { id: 'document', name: words('文件', 'Document'), kind: 'words', value: ({ document }) => document, choice: true },
  { id: 'number', name: words('序号', 'No.'), kind: 'words', value: ({ number }) => number, fileOnly: true },
  { id: 'title', name: words('任务', 'Task'), kind: 'words', value: ({ title }) => title, head: true },
  { id: 'lead', name: words('牵头单位', 'Lead'), kind: 'words', value: ({ leadNames }) => leadNames },
  {
    id: 'joint',
    name: words('配合单位', 'Taking part'),
    kind: 'words',
    value: ({ jointNames }) => jointNames,
    fileOnly: true,
  },
  { id: 'due', name: words('期限', 'Due'), kind: 'day', value: ({ next }) => next?.date },
  { id: 'timing', name: words('时限', 'When'), kind: 'words', value: timing, choice: true },
  { id: 'state', name: words('进展', 'State'), kind: 'words', value: ({ state }) => TASK_STATES[state], choice: true },
])

export const BY = {
  inspection: words('年度检查', 'Yearly inspection'),
  'third-party': words('第三方评估', 'Third party'),
} as const
type Area = ReplyOf<'supervisionArea'>
export type ScoreRow = Area['scores'][number]
export const SCORES_TABLE = tableOf<ScoreRow>('scores', '考评得分', 'Scores', [
  { id: 'unit', name: words('单位', 'Unit'), kind: 'words', value: ({ unit }) => unit.name, head: true },
  { id: 'year', name: words('年度', 'Year'), kind: 'words', value: ({ year }) => String(year), choice: true },
  { id: 'by', name: words('考评方式', 'Assessment'), kind: 'words', value: ({ by }) => BY[by], choice: true },
  { id: 'points', name: words('得分', 'Points'), kind: 'number', value: ({ points }) => points },
  { id: 'of', name: words('满分', 'Of'), kind: 'number', value: ({ of }) => of },
  { id: 'score', name: words('百分制', 'Of a hundred'), kind: 'number', value: ({ score }) => score },
  {
    id: 'open',
    name: words('问责未落实', 'Still to be put right'),
    kind: 'number',
    value: ({ duties }) => duties.open + duties.answered,
  },
  {
    id: 'closed',
    name: words('问责已销号', 'Put right'),
    kind: 'number',
    value: ({ duties }) => duties.closed,
    fileOnly: true,
  },
])

type Named = { id: string; name: Words }
export type MoneyRow = Area['money'][number] & { head: Words; taskName: Words | undefined }
export const moneyRows = (
  money: Area['money'],
  plan: { funds: readonly Named[]; tasks: readonly { id: string; title: Words }[] },
): MoneyRow[] =>
  money.map((row) => ({
    ...row,
    head: plan.funds.find(({ id }) => id === row.about)?.name ?? words(row.about, row.about),
    taskName: plan.tasks.find(({ id }) => id === row.task)?.title,
  }))
export const FUNDS_TABLE = tableOf<MoneyRow>('funds', '经费', 'Funds', [
  {
    id: 'task',
    name: words('任务', 'Task'),
    kind: 'words',
    value: ({ taskName, head }) => taskName ?? head,
    head: true,
  },
  { id: 'fund', name: words('经费科目', 'Head'), kind: 'words', value: ({ head }) => head, choice: true },
  { id: 'year', name: words('年度', 'Year'), kind: 'words', value: ({ year }) => String(year), choice: true },
  {
    id: 'allocated',
    name: words('下达（元）', 'Allocated (yuan)'),
    kind: 'number',
    value: ({ allocated }) => allocated,
  },
  { id: 'spent', name: words('支出（元）', 'Spent (yuan)'), kind: 'number', value: ({ spent }) => spent },
  {
    id: 'rate',
    name: words('执行率', 'Spent of it'),
    kind: 'share',
    value: ({ allocated, spent }) => (allocated === 0 ? null : spent / allocated),
  },
])

export type TrainedRow = Area['trained'][number] & { programme: Words }
export const trainedRows = (
  trained: Area['trained'],
  plan: { programmes: readonly Named[]; campaigns: readonly Named[] },
): TrainedRow[] =>
  trained.map((row) => ({
    ...row,
    programme:
      [...plan.programmes, ...plan.campaigns].find(({ id }) => id === row.about)?.name ?? words(row.about, row.about),
  }))
export const TRAINING_TABLE = tableOf<TrainedRow>('training', '教育培训', 'Education and training', [
  { id: 'programme', name: words('项目', 'Programme'), kind: 'words', value: ({ programme }) => programme, head: true },
  { id: 'unit', name: words('单位', 'Unit'), kind: 'words', value: ({ unit }) => unit.name, choice: true },
  { id: 'year', name: words('年度', 'Year'), kind: 'words', value: ({ year }) => String(year), choice: true },
  { id: 'sessions', name: words('次数', 'Times'), kind: 'number', value: ({ sessions }) => sessions },
  { id: 'people', name: words('人次', 'Attendances'), kind: 'number', value: ({ people }) => people },
  { id: 'hours', name: words('学时', 'Hours'), kind: 'number', value: ({ hours }) => hours || undefined },
  { id: 'passed', name: words('合格', 'Passed'), kind: 'number', value: ({ passed }) => passed },
])

type Indicator = ReplyOf<'supervisionPlan'>['indicators'][number]
export type IndicatorRow = Indicator & { value?: string | undefined; asOf?: string | undefined }
/** Indicators with the value that was recorded last; what was corrected counts no more. */
export function indicatorRows(entries: Area['entries'], plan: { indicators: readonly Indicator[] }): IndicatorRow[] {
  const replaced = new Set(entries.map(({ replaces }) => replaces))
  return plan.indicators.map((indicator) => {
    const said = entries
      .filter(({ kind, about, num }) => kind === 'indicator' && about === indicator.id && !replaced.has(num))
      .at(-1)
    return { ...indicator, value: said?.content.value, asOf: said?.day }
  })
}
export const INDICATORS_TABLE = tableOf<IndicatorRow>('indicators', '指标', 'Indicators', [
  { id: 'indicator', name: words('指标', 'Indicator'), kind: 'words', value: ({ name }) => name, head: true },
  { id: 'target', name: words('目标', 'Target'), kind: 'words', value: ({ target }) => target },
  { id: 'due', name: words('期限', 'Due'), kind: 'day', value: ({ due }) => due },
  { id: 'value', name: words('现值', 'Now'), kind: 'words', value: ({ value }) => value },
  { id: 'asOf', name: words('截至', 'As of'), kind: 'day', value: ({ asOf }) => asOf },
])
