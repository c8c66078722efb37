import { filter, tableOf, type ReplyOf } from './tables.ts'

// The tables of measures: each as a task of a unit, and how units account for theirs.

const words = (zh: string, en: string) => ({ zh, en })
type Reply = ReplyOf<'measures'>

export const OVER_NAMES = {
  cause: words('原因已消除', 'cause has ended'),
  term: words('期限已满', 'term is over'),
  refuted: words('异议成立', 'objection upheld'),
  contested: words('异议逾期未答复，暂停', 'suspended, objection unanswered'),
} as const
const FLAG_NAMES: Readonly<Record<string, { zh: string; en: string }>> = {
  'to-lift': words('须解除', 'to be lifted'),
  late: words('逾期未反馈', 'report is late'),
  'after-cause': words('原因消除后仍实施', 'carried out after its cause had ended'),
  'not-lifted': words('应解除未解除', 'not lifted'),
  'lifted-late': words('逾期解除', 'lifted late'),
  contradiction: words('反馈相互矛盾', 'reports contradict each other'),
}
/** What is wrong with a measure, in words. */
export const namesOfFlags = (flags: readonly string[]) => flags.flatMap((flag) => FLAG_NAMES[flag] ?? [])

export type MeasureRow = Reply['measures'][number]
export const MEASURES_TABLE = tableOf<MeasureRow>(
  'measures',
  '惩戒措施',
  'Measures',
  [
    { id: 'measure', name: words('措施', 'Measure'), kind: 'words', value: ({ name }) => name, head: true },
    { id: 'unit', name: words('单位', 'Unit'), kind: 'words', value: ({ unit }) => unit.name, choice: true },
    { id: 'list', name: words('名单', 'List'), kind: 'words', value: ({ list }) => list, choice: true },
    { id: 'by', name: words('列入单位', 'Listed by'), kind: 'words', value: ({ by }) => by.name, fileOnly: true },
    { id: 'state', name: words('进展', 'State'), kind: 'words', value: ({ step }) => step.name, choice: true },
    {
      id: 'over',
      name: words('已终止', 'Over'),
      kind: 'words',
      value: ({ over }) => (over ? OVER_NAMES[over] : undefined),
      fileOnly: true,
    },
    {
      id: 'flags',
      name: words('问题', 'What is wrong'),
      kind: 'words',
      value: ({ flags }) => {
        const names = namesOfFlags(flags)
        return words(names.map(({ zh }) => zh).join('、'), names.map(({ en }) => en).join(', '))
      },
      fileOnly: true,
    },
    { id: 'due', name: words('期限', 'Due'), kind: 'day', value: ({ due }) => due },
  ],
  [
    // what has been carried out and whose cause has ended waits to be lifted
    filter(
      'to-do',
      '待办',
      'To do',
      ({ state, step, over }) => state.kind === 'waiting' || (step.kind === 'carry' && over !== undefined),
    ),
    filter('flagged', '逾期或有矛盾', 'Late or contradictory', ({ flags }) => flags.length > 0),
    filter('running', '实施中', 'In force', ({ state }) => state.kind === 'running'),
    filter(
      'done',
      '已了结',
      'Done',
      ({ state, step }) => state.kind === 'closed' || (state.kind === 'over' && step.kind !== 'carry'),
    ),
  ],
)

export type RateRow = Reply['units'][number]
const count = (id: keyof RateRow['rates'], zh: string, en: string, more: { fileOnly?: true } = {}) => ({
  id,
  name: words(zh, en),
  kind: 'number' as const,
  value: ({ rates }: RateRow) => rates[id],
  ...more,
})
/** Counts that should be none. */
export const WRONG_RATES: readonly string[] = [
  'late',
  'liftedLate',
  'contradictions',
] satisfies (keyof RateRow['rates'])[]
export const RATES_TABLE = tableOf<RateRow>('measure-rates', '各单位反馈情况', 'How units account for their measures', [
  { id: 'unit', name: words('单位', 'Unit'), kind: 'words', value: ({ unit }) => unit.name, head: true },
  count('tasks', '任务', 'Tasks'),
  count('responded', '响应', 'Taken up', { fileOnly: true }),
  {
    id: 'share',
    name: words('响应率', 'Share taken up'),
    kind: 'share',
    value: ({ rates }) => (rates.tasks > 0 ? rates.responded / rates.tasks : undefined),
  },
  count('carried', '实施', 'Carried out'),
  count('notApplicable', '不适用', 'Not applicable', { fileOnly: true }),
  count('refused', '不予实施', 'Refused'),
  count('mistaken', '认错人', 'Mistaken identity', { fileOnly: true }),
  count('harm', '不当损害', 'Undue harm', { fileOnly: true }),
  count('lifted', '解除', 'Lifted'),
  count('late', '逾期', 'Late'),
  count('liftedLate', '逾期解除', 'Lifted late'),
  count('contradictions', '矛盾', 'Contradictions'),
])
