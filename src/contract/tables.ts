import type { Static } from 'typebox'
import type { Column, DataTable, Filter } from '#domain/data-table.ts'
import { nameRoles } from '#domain/roles.ts'
import type { RouteName, ROUTES } from './routes.ts'

// The tables of the desk: what stands on the screen and what stands in the exported file are the same columns, filtered
// and ordered by the same rules (domain/data-table.ts). A new table is a constant here or in the file of its area, and one
// entry in api/routes/export.ts that says which route it reads.

export type ReplyOf<name extends RouteName> = Static<(typeof ROUTES)[name]['reply']>
type RowOf<name extends RouteName, key extends string> =
  ReplyOf<name> extends Record<key, readonly (infer row)[]> ? row : never

const words = (zh: string, en: string) => ({ zh, en })

/** A table of rows of a route's reply. */
export const tableOf = <row>(
  id: string,
  zh: string,
  en: string,
  columns: readonly Column<row>[],
  filters: readonly Filter<row>[] = [],
): DataTable<row> => ({ id, name: words(zh, en), columns, filters })

export const filter = <row>(id: string, zh: string, en: string, fits: (row: row) => boolean): Filter<row> => ({
  id,
  name: words(zh, en),
  fits,
})

const yesNo = (value: boolean) => (value ? words('是', 'yes') : words('否', 'no'))

export type WorkRow = RowOf<'work', 'lines'>
export const WORK_TABLE = tableOf<WorkRow>('work', '待办', 'To do', [
  { id: 'title', name: words('事项', 'What'), kind: 'words', value: ({ title }) => title, head: true },
  { id: 'area', name: words('类别', 'Area'), kind: 'words', value: ({ area }) => area, choice: true },
  { id: 'state', name: words('状态', 'State'), kind: 'words', value: ({ state }) => state },
  { id: 'since', name: words('自', 'Since'), kind: 'day', value: ({ since }) => since },
  { id: 'due', name: words('期限', 'Due'), kind: 'day', value: ({ due }) => due },
  {
    id: 'late',
    name: words('逾期', 'Late'),
    kind: 'words',
    value: ({ late }) => yesNo(late),
    fileOnly: true,
  },
])

export type CaseRow = RowOf<'caseQueue', 'cases'>
export const CASES_TABLE = tableOf<CaseRow>(
  'cases',
  '案件',
  'Cases',
  [
    {
      id: 'number',
      name: words('案号', 'Number'),
      kind: 'number',
      value: (line) => Number(line.case.split('.')[1]),
      head: true,
    },
    { id: 'kind', name: words('案件', 'Case'), kind: 'words', value: ({ name }) => name, choice: true },
    { id: 'state', name: words('状态', 'State'), kind: 'words', value: ({ state }) => state.name, choice: true },
    { id: 'owner', name: words('承办单位', 'Unit'), kind: 'words', value: ({ owner }) => owner.name, choice: true },
    { id: 'opened', name: words('收到', 'Received'), kind: 'day', value: ({ opened }) => opened },
    { id: 'due', name: words('办结期限', 'Due'), kind: 'day', value: ({ due }) => due },
    { id: 'late', name: words('逾期', 'Late'), kind: 'words', value: ({ overdue }) => yesNo(overdue), fileOnly: true },
    {
      id: 'suspended',
      name: words('已暂停展示', 'Suspended'),
      kind: 'words',
      value: ({ suspended }) => yesNo(suspended),
      fileOnly: true,
    },
  ],
  [
    filter('open', '在办', 'Open', ({ closed }) => !closed),
    filter('late', '逾期或暂停', 'Late or suspended', ({ overdue, suspended }) => overdue || suspended),
    filter('closed', '已办结', 'Closed', ({ closed }) => closed),
  ],
)

export type LetterRow = RowOf<'letters', 'letters'>
export const LETTERS_TABLE = tableOf<LetterRow>('letters', '待送达的通知书', 'Letters to deliver', [
  {
    id: 'number',
    name: words('编号', 'Number'),
    kind: 'number',
    value: ({ letter }) => Number(letter.split('.')[1]),
    head: true,
  },
  { id: 'about', name: words('内容', 'About'), kind: 'words', value: ({ about }) => about, choice: true },
  { id: 'why', name: words('为何书面送达', 'Why on paper'), kind: 'words', value: ({ why }) => why, choice: true },
  { id: 'told', name: words('通知日期', 'Notice of'), kind: 'instant', value: ({ told }) => told },
  { id: 'printed', name: words('最近打印', 'Last printed'), kind: 'instant', value: ({ printed }) => printed },
  { id: 'failed', name: words('退回次数', 'Came back'), kind: 'number', value: ({ failed }) => failed },
])
export type ServedLetterRow = RowOf<'letters', 'served'>
export const SERVED_LETTERS_TABLE = tableOf<ServedLetterRow>('served-letters', '已送达的通知书', 'Letters served', [
  {
    id: 'number',
    name: words('编号', 'Number'),
    kind: 'number',
    value: ({ letter }) => Number(letter.split('.')[1]),
    head: true,
  },
  { id: 'about', name: words('内容', 'About'), kind: 'words', value: ({ about }) => about, choice: true },
  {
    id: 'way',
    name: words('送达方式', 'Served'),
    kind: 'words',
    value: ({ service }) => service.filter(({ ok }) => ok).at(-1)?.name,
    choice: true,
  },
  {
    id: 'served',
    name: words('送达登记', 'Recorded'),
    kind: 'instant',
    value: ({ service }) => service.filter(({ ok }) => ok).at(-1)?.at,
  },
  { id: 'opened', name: words('打开次数', 'Opened'), kind: 'number', value: ({ opened }) => opened },
  { id: 'openedAt', name: words('最近打开', 'Last opened'), kind: 'instant', value: ({ openedAt }) => openedAt },
])

export type SubmissionRow = RowOf<'submissions', 'submissions'> & { itemName?: { zh: string; en: string } }
export const SUBMISSION_STATUS = {
  accepted: words('已入库', 'Accepted'),
  'dry-run': words('检查', 'Check'),
  again: words('重复报送', 'Sent before'),
  held: words('待复核', 'Waits for review'),
  refused: words('未接收', 'Refused'),
} as const
const count = <row>(
  id: string,
  zh: string,
  en: string,
  value: (row: row) => number | null | undefined,
): Column<row> => ({
  id,
  name: words(zh, en),
  kind: 'number',
  value,
})
export const SUBMISSIONS_TABLE = tableOf<SubmissionRow>('submissions', '报送记录', 'Submissions', [
  { id: 'number', name: words('编号', 'Number'), kind: 'number', value: ({ submission }) => submission, head: true },
  {
    id: 'item',
    name: words('事项', 'Item'),
    kind: 'words',
    value: ({ itemName, item }) => itemName ?? item,
    choice: true,
  },
  {
    id: 'status',
    name: words('结果', 'Outcome'),
    kind: 'words',
    value: ({ status }) => SUBMISSION_STATUS[status],
    choice: true,
  },
  { id: 'at', name: words('时间', 'Time'), kind: 'instant', value: ({ at }) => at },
  count('rows', '总行数', 'Rows', ({ rows }) => rows),
  count('new', '新记录', 'New', (row) => row.new),
  { ...count('versions', '更正', 'Corrections', ({ versions }: SubmissionRow) => versions), fileOnly: true },
  { ...count('duplicates', '重复', 'Duplicates', ({ duplicates }: SubmissionRow) => duplicates), fileOnly: true },
  count('refused', '未接收', 'Refused', ({ refused }) => refused),
  count('late', '迟报', 'Late', ({ late }) => late),
])

export type ProblemRow = RowOf<'submissionProblems', 'problems'> & { fieldName?: { zh: string; en: string } | string }
export const PROBLEMS_TABLE = tableOf<ProblemRow>('problems', '错误清单', 'Refused rows', [
  count('row', '行', 'Row', ({ row }) => row),
  { id: 'field', name: words('字段', 'Field'), kind: 'words', value: ({ fieldName, field }) => fieldName ?? field },
  { id: 'reason', name: words('原因', 'Reason'), kind: 'words', value: ({ message }) => message, choice: true },
  { id: 'remedy', name: words('怎么改', 'How to mend it'), kind: 'words', value: ({ remedy }) => remedy },
])

export type QualityRow = RowOf<'quality', 'units'>
const share = <row>(id: string, zh: string, en: string, value: (row: row) => number | null): Column<row> => ({
  id,
  name: words(zh, en),
  kind: 'share',
  value,
})
export const QUALITY_TABLE = tableOf<QualityRow>('quality', '数据质量', 'Data quality', [
  { id: 'unit', name: words('单位', 'Unit'), kind: 'words', value: ({ unit }) => unit.name, head: true },
  count('submissions', '报送次数', 'Submissions', ({ submissions }) => submissions),
  count('rows', '行数', 'Rows', ({ rows }) => rows),
  count('accepted', '接收', 'Accepted', ({ accepted }) => accepted),
  share('refusedRate', '未接收率', 'Refused', ({ refusedRate }) => refusedRate),
  share('wrongCodeRate', '代码错误率', 'Wrong codes', ({ wrongCodeRate }) => wrongCodeRate),
  share('duplicateRate', '重复率', 'Duplicates', ({ duplicateRate }) => duplicateRate),
  share('lateRate', '迟报率', 'Late', ({ lateRate }) => lateRate),
  share('completeness', '完整率', 'Complete', ({ completeness }) => completeness),
])

export type MatterRow = RowOf<'matters', 'matters'> & { purposeName?: { zh: string; en: string } }
export const MATTERS_TABLE = tableOf<MatterRow>('matters', '办理事项', 'Matters', [
  { id: 'number', name: words('事项编号', 'Number'), kind: 'words', value: ({ number }) => number, head: true },
  { id: 'title', name: words('事项名称', 'Title'), kind: 'words', value: ({ title }) => title },
  {
    id: 'purpose',
    name: words('用途', 'Purpose'),
    kind: 'words',
    value: ({ purposeName, purpose }) => purposeName ?? purpose,
    choice: true,
  },
  { id: 'opened', name: words('登记时间', 'Opened'), kind: 'instant', value: ({ openedAt }) => openedAt },
  { id: 'closed', name: words('办结时间', 'Closed'), kind: 'instant', value: ({ closedAt }) => closedAt },
])

export type PublicityRow = RowOf<'publicity', 'units'>
export const PUBLICITY_TABLE = tableOf<PublicityRow>('publicity', '公示时限', 'Publicity clock', [
  { id: 'unit', name: words('单位', 'Unit'), kind: 'words', value: ({ unit }) => unit.name, head: true },
  { id: 'item', name: words('事项', 'Item'), kind: 'words', value: ({ item }) => item.name, choice: true },
  count('inTime', '按时', 'In time', ({ inTime }) => inTime),
  count('late', '逾期', 'Late', ({ late }) => late),
  count('unknown', '无法判断', 'Unknown', ({ unknown }) => unknown),
])

export type PublicityLateRow = RowOf<'publicity', 'late'>
export const PUBLICITY_LATE_TABLE = tableOf<PublicityLateRow>('publicity-late', '逾期公示', 'Published late', [
  {
    id: 'document',
    name: words('文号', 'Document'),
    kind: 'words',
    value: ({ record }) => record.document ?? record.id,
    head: true,
  },
  {
    id: 'organisation',
    name: words('组织', 'Organisation'),
    kind: 'words',
    value: ({ record }) => record.organisation.name,
  },
  { id: 'unit', name: words('单位', 'Unit'), kind: 'words', value: ({ unit }) => unit, choice: true },
  { id: 'decided', name: words('决定日期', 'Decided'), kind: 'day', value: ({ record }) => record.decided },
  { id: 'due', name: words('应公示至', 'Due'), kind: 'day', value: ({ due }) => due },
  count('days', '逾期天数', 'Days late', ({ days }) => days),
])

export type ExportRow = RowOf<'exports', 'exports'>
export const EXPORTS_TABLE = tableOf<ExportRow>('exports', '导出登记', 'Exports', [
  { id: 'at', name: words('时间', 'Time'), kind: 'instant', value: ({ at }) => at },
  { id: 'by', name: words('导出人', 'By'), kind: 'words', value: ({ by }) => by, head: true },
  { id: 'unit', name: words('单位', 'Unit'), kind: 'words', value: ({ unit }) => unit.name, choice: true },
  { id: 'table', name: words('表', 'Table'), kind: 'words', value: ({ name }) => name, choice: true },
  count('rows', '行数', 'Rows', ({ rows }) => rows),
])

type Archive = ReplyOf<'lookUp'>
export type ArchiveExportRow = Archive['records'][number] & {
  itemLegend: Archive['items'][string] | undefined
  unitName: { zh: string; en: string } | string
}
/** The records of a look-up with the words of their legends. */
export const archiveRows = ({ records, items, units }: Archive): ArchiveExportRow[] =>
  records.map((record) => ({
    ...record,
    itemLegend: items[record.item],
    unitName: units[record.unit] ?? record.unit,
  }))
/** What a record says, field by field; sensitive fields stay on the screen and do not leave as a file. */
const said = ({ itemLegend, values }: ArchiveExportRow, language: 'zh' | 'en'): string =>
  (itemLegend?.fields ?? [])
    .flatMap(({ name, sensitive, codes }, at) => {
      const value = values[at] ?? ''
      return sensitive || value === '' ? [] : [`${name[language]}: ${codes?.[value]?.[language] ?? value}`]
    })
    .join(' · ')
export const ARCHIVE_TABLE = tableOf<ArchiveExportRow>('archive', '查询到的记录', 'Records of a look-up', [
  {
    id: 'item',
    name: words('事项', 'Item'),
    kind: 'words',
    value: ({ itemLegend, item }) => itemLegend?.name ?? item,
    head: true,
  },
  { id: 'unit', name: words('来源单位', 'Source'), kind: 'words', value: ({ unitName }) => unitName },
  { id: 'document', name: words('文号', 'Document'), kind: 'words', value: ({ document }) => document },
  { id: 'decided', name: words('决定日期', 'Decided'), kind: 'day', value: ({ decided }) => decided },
  { id: 'until', name: words('展示至', 'Shown until'), kind: 'day', value: ({ until }) => until },
  {
    id: 'marks',
    name: words('标注', 'Marks'),
    kind: 'words',
    value: ({ marks = [] }) =>
      words(marks.map(({ name }) => name.zh).join('、'), marks.map(({ name }) => name.en).join(', ')),
  },
  {
    id: 'content',
    name: words('内容', 'Content'),
    kind: 'words',
    value: (row) => words(said(row, 'zh'), said(row, 'en')),
  },
])

export type AccountRow = RowOf<'accounts', 'accounts'>
export const ACCOUNTS_TABLE = tableOf<AccountRow>('accounts', '账号', 'Accounts', [
  { id: 'name', name: words('账号', 'Account'), kind: 'words', value: ({ name }) => name, head: true },
  { id: 'display', name: words('姓名', 'Name'), kind: 'words', value: ({ display }) => display },
  { id: 'unit', name: words('单位', 'Unit'), kind: 'words', value: ({ unit }) => unit.name, choice: true },
  { id: 'roles', name: words('岗位', 'Roles'), kind: 'words', value: ({ roles }) => nameRoles(roles), choice: true },
  {
    id: 'state',
    name: words('状态', 'State'),
    kind: 'words',
    value: (row) => (row.closed ? words('已关闭', 'closed') : words('使用中', 'open')),
    choice: true,
  },
])

export type UnusualRow = RowOf<'unusual', 'flags'>
export const FLAG_NAMES = {
  volume: words('数量异常', 'Many at once'),
  hours: words('非工作时间', 'Out of hours'),
  'no-matter': words('没有在办事项', 'No live matter'),
  'own-name': words('同姓查询', 'Own family name'),
  export: words('查询对象过多', 'Very many people'),
  'mass-export': words('大量导出', 'Mass export'),
} as const
export const REVIEW_NAMES = {
  'in-order': words('核实无误', 'In order'),
  explained: words('已作说明', 'Explained'),
  incident: words('已立事件', 'Incident opened'),
} as const
export const UNUSUAL_TABLE = tableOf<UnusualRow>('unusual', '异常查询', 'Unusual look-ups', [
  { id: 'actor', name: words('查询人', 'By'), kind: 'words', value: ({ actor }) => actor, head: true },
  { id: 'flag', name: words('类型', 'Kind'), kind: 'words', value: ({ flag }) => FLAG_NAMES[flag], choice: true },
  { id: 'unit', name: words('单位', 'Unit'), kind: 'words', value: ({ unit }) => unit.name, choice: true },
  { id: 'at', name: words('时间', 'Time'), kind: 'instant', value: ({ at }) => at },
  count('count', '次数', 'Count', (row) => row.count),
  {
    id: 'review',
    name: words('复核', 'Review'),
    kind: 'words',
    value: ({ review }) => (review ? REVIEW_NAMES[review.outcome] : words('待复核', 'To review')),
    choice: true,
  },
])

export type RecallRow = RowOf<'recalls', 'recalls'>
const DID = {
  destroyed: words('已销毁', 'destroyed'),
  replaced: words('已更换', 'replaced'),
  'no-copy': words('没有留存', 'no copy kept'),
  'kept-by-law': words('依法留存', 'kept by law'),
} as const
const didName = (did: string) => Object.entries(DID).find(([id]) => id === did)?.[1] ?? did
const numberOf = (recall: string): string => recall.split('.')[1] ?? recall
export const RECALLS_TABLE = tableOf<RecallRow>('recalls', '停止使用通知', 'Recalls', [
  { id: 'number', name: words('编号', 'Number'), kind: 'words', value: ({ recall }) => numberOf(recall), head: true },
  { id: 'name', name: words('原因', 'Why'), kind: 'words', value: ({ name }) => name, choice: true },
  { id: 'day', name: words('自', 'Since'), kind: 'day', value: ({ day }) => day },
  { id: 'due', name: words('回执期限', 'Answer due'), kind: 'day', value: ({ due }) => due },
  { id: 'matter', name: words('查询时的事项', 'Matter of the look-up'), kind: 'words', value: ({ matter }) => matter },
  { id: 'given', name: words('提供时间', 'Given'), kind: 'instant', value: ({ given }) => given },
  {
    id: 'received',
    name: words('回执', 'Receipt'),
    kind: 'words',
    value: ({ received }) => (received ? didName(received.did) : words('待回执', 'owed')),
    choice: true,
  },
])
export type OverdueRecallRow = RowOf<'overdueRecalls', 'recalls'>
export const OVERDUE_RECALLS_TABLE = tableOf<OverdueRecallRow>('recalls-overdue', '逾期未回执', 'Receipts owed', [
  { id: 'unit', name: words('单位', 'Unit'), kind: 'words', value: ({ unit }) => unit.name, head: true, choice: true },
  { id: 'number', name: words('编号', 'Number'), kind: 'words', value: ({ recall }) => numberOf(recall) },
  { id: 'name', name: words('原因', 'Why'), kind: 'words', value: ({ name }) => name, choice: true },
  { id: 'day', name: words('自', 'Since'), kind: 'day', value: ({ day }) => day },
  { id: 'due', name: words('回执期限', 'Answer due'), kind: 'day', value: ({ due }) => due },
])
