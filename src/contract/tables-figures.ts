import { tableOf, type ReplyOf } from './tables.ts'

// The tables behind the charts of the dashboard.

type Figures = ReplyOf<'dashboard'>
const words = (zh: string, en: string) => ({ zh, en })

export type SeriesRow = { name: { zh: string; en: string }; count: number | null }
const series = (id: string, zh: string, en: string) =>
  tableOf<SeriesRow>(`figures-${id}`, zh, en, [
    { id: 'name', name: words('名称', 'Name'), kind: 'words', value: ({ name }) => name, head: true },
    { id: 'count', name: words('数量', 'Count'), kind: 'number', value: ({ count }) => count },
  ])
export const SERIES_TABLES = {
  items: series('items', '按事项统计的记录', 'Records by item'),
  classes: series('classes', '按类别统计的记录', 'Records by class'),
  months: series('months', '按月统计的记录', 'Records by month'),
  recalls: series('recalls', '未回执的停止使用通知', 'Recalls not acknowledged'),
  measures: series('measures', '惩戒措施的结果', 'What measures came to'),
} as const

export type UnitFigures = Figures['units'][number]
export const UNIT_FIGURES_TABLE = tableOf<UnitFigures>('figures-units', '各单位报送', 'Reporting by unit', [
  { id: 'unit', name: words('单位', 'Unit'), kind: 'words', value: ({ unit }) => unit.name, head: true },
  { id: 'accepted', name: words('接收', 'Accepted'), kind: 'number', value: ({ accepted }) => accepted },
  { id: 'refused', name: words('未接收率', 'Refused'), kind: 'share', value: ({ refusedRate }) => refusedRate },
  { id: 'late', name: words('迟报率', 'Late'), kind: 'share', value: ({ lateRate }) => lateRate },
])

export type CaseFigures = Figures['cases'][number]
export const CASE_FIGURES_TABLE = tableOf<CaseFigures>('figures-cases', '案件时限', 'Terms of cases', [
  { id: 'name', name: words('案件', 'Case'), kind: 'words', value: ({ name }) => name, head: true },
  { id: 'opened', name: words('收到', 'Opened'), kind: 'number', value: ({ opened }) => opened },
  { id: 'closed', name: words('办结', 'Closed'), kind: 'number', value: (row) => row.closed },
  { id: 'inTime', name: words('按期', 'In time'), kind: 'number', value: ({ inTime }) => inTime },
  { id: 'late', name: words('逾期', 'Late'), kind: 'number', value: ({ late }) => late },
  {
    id: 'silent',
    name: words('逾期未答复而暂停', 'Suspended by silence'),
    kind: 'number',
    value: ({ silent }) => silent,
  },
])
