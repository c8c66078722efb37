import type { ReceiptBody } from '#contract/shapes.ts'
import { COURT, HR, later, MARKET, words, type Answer } from './stub-data.ts'

// The desk's share of the stub's answers.

const problem = (row: number, field: string, id: string, zh: string, en: string, fix: string, fixEn: string) => ({
  row,
  field,
  code: id,
  message: words(zh, en),
  remedy: words(fix, fixEn),
})
export const receipt: ReceiptBody = {
  submission: 31,
  status: 'accepted',
  item: 'penalty-person',
  unit: 'demo-market',
  key: 'k',
  at: new Date().toISOString(),
  rows: 1204,
  new: 1180,
  versions: 6,
  duplicates: 11,
  refused: 7,
  late: 3,
  format: 'CSV · GB18030',
  ignored: ['序号', '填表人'],
  problems: [
    problem(
      17,
      'CF_XDR_ZJHM',
      'id-check-digit',
      '公民身份号码的校验码不符，有一位或几位写错',
      'The check digit does not fit: one or more digits are wrong',
      '请对照证件更正',
      'Compare with the document and correct it',
    ),
    problem(
      88,
      'CF_XDR_ZJHM',
      'id-spreadsheet',
      '号码已被电子表格改成数字，末几位丢失',
      'A spreadsheet turned the number into a figure and its last digits are lost',
      '请先把该列设为“文本”格式，再重新填写号码',
      'Set the column to text in the spreadsheet, then enter the numbers again',
    ),
    problem(
      412,
      'CF_JDRQ',
      'date-unreadable',
      '日期无法识别',
      'The date cannot be read',
      '请写成 2026-03-05 的形式',
      'Write it as 2026-03-05',
    ),
    problem(
      413,
      'CF_JDRQ',
      'date-unreadable',
      '日期无法识别',
      'The date cannot be read',
      '请写成 2026-03-05 的形式',
      'Write it as 2026-03-05',
    ),
  ],
}

export const matters: Answer<'matters'> = {
  matters: [
    { number: '衡人社受〔2026〕17号', title: '职业资格许可申请', purpose: 'approval', openedAt: later(-2) },
    {
      number: '衡人社受〔2026〕9号',
      title: '劳务派遣许可',
      purpose: 'approval',
      openedAt: later(-30),
      closedAt: later(-10),
    },
  ],
}

const rate = (unit: typeof MARKET, rows: number, refusedRate: number, lateRate: number) => ({
  unit,
  submissions: 12,
  rows,
  accepted: Math.round(rows * (1 - refusedRate)),
  refusedRate,
  wrongCodeRate: refusedRate / 3,
  duplicateRate: 0.012,
  completeness: 1 - refusedRate,
  lateRate,
})
export const quality: Answer<'quality'> = {
  units: [rate(MARKET, 120_431, 0.006, 0.02), rate(HR, 8_120, 0.112, 0.31), rate(COURT, 990, 0, 0)],
}

export const unusual: Answer<'unusual'> = {
  flags: [
    {
      flag: 'volume',
      key: 'volume.1.880',
      last: later(-1),
      actor: words('经办人 王*', 'Officer W.'),
      unit: HR,
      at: later(-1),
      count: 214,
      accesses: ['880', '881', '882'],
      why: words(
        '一小时内查询 214 次，超过本岗位平常的 12 倍',
        '214 look-ups in an hour, 12 times the usual of this role',
      ),
    },
    {
      flag: 'own-name',
      key: 'own-name.2.790',
      last: later(-2),
      review: {
        outcome: 'explained',
        reason: '亲属回避已登记，系同姓。',
        at: later(0),
        by: words('审计员', 'Auditor'),
      },
      actor: words('经办人 李*', 'Officer L.'),
      unit: MARKET,
      at: later(-2),
      count: 1,
      accesses: ['790'],
      why: words('被查询人与经办人同姓', 'The person looked up has the family name of the officer'),
    },
  ],
}

export const incidents: Answer<'incidents'> = {
  incidents: [{ incident: 1, openedAt: later(-1), title: '查询量异常', state: 'open', affected: 214, notified: 0 }],
}
export const incident: Answer<'incident'> = {
  incident: 1,
  title: '查询量异常',
  suspicion: '复核异常查询时发现，一小时内查询 214 人，没有对应的在办事项。',
  state: 'open',
  from: later(-2),
  until: later(-1),
  affected: 214,
  steps: [{ at: later(-1), kind: 'finding', text: '已暂停该账号的查询权限。', by: words('审计员', 'Auditor') }],
}

export const held: Answer<'held'> = {
  held: [
    { held: 5, item: 'honour', at: later(0), by: words('报送员 赵*', 'Clerk Z.'), mine: false, rows: 240, refused: 2 },
    { held: 6, item: 'honour', at: later(0), by: words('本人', 'You'), mine: true, rows: 12, refused: 0 },
  ],
}

const day = (days: number): string => later(days).slice(0, 10)
export const work: Answer<'work'> = {
  day: day(0),
  lines: [
    {
      source: 'case',
      area: words('案件', 'Cases'),
      title: words('异议 · 7', 'Objection · 7'),
      state: words('已提出异议，已暂停展示', 'Objection made, suspended'),
      since: day(-9),
      due: day(-2),
      late: true,
      path: '/desk/cases',
    },
    {
      source: 'recall',
      area: words('停止使用通知', 'Recalls to acknowledge'),
      title: words('已修复 · 12', 'Repaired · 12'),
      since: day(-4),
      due: day(0),
      late: false,
      path: '/desk/recalls',
    },
    {
      source: 'held',
      area: words('待复核的文件', 'Files to review'),
      title: words('荣誉信息 · 5', 'Honours · 5'),
      state: words('240 行待复核', '240 rows to review'),
      since: day(-1),
      late: false,
      path: '/desk/held',
    },
  ],
  more: [{ area: words('案件', 'Cases'), path: '/desk/cases', count: 212 }],
}
export const exported: Answer<'exports'> = {
  exports: [
    {
      num: 4,
      at: later(0),
      by: words('经办人 王*', 'Officer W.'),
      unit: MARKET,
      table: 'submissions',
      name: words('报送记录', 'Submissions'),
      rows: 1204,
    },
  ],
}

const account = (num: number, name: string, zh: string, roles: string[]) => ({
  num,
  name,
  display: words(zh, name),
  unit: MARKET,
  roles,
  closed: num === 3,
  own: num === 1,
})
const change = (num: number, of: Partial<Answer<'accounts'>['changes'][number]>) => ({
  num,
  name: 'zhou',
  display: words('周*', 'Zhou'),
  unit: MARKET,
  at: later(-1),
  by: words('管理员', 'Administrator'),
  mine: false,
  kind: 'roles' as const,
  roles: ['auditor'],
  reason: '任命文件衡市监〔2026〕9号',
  ...of,
})
export const accounts: Answer<'accounts'> = {
  all: true,
  units: [],
  accounts: [
    account(1, 'admin', '管理员', ['admin']),
    account(2, 'zhou', '周*', ['clerk', 'officer']),
    account(3, 'former', '前任', []),
  ],
  changes: [
    change(7, {}),
    change(8, { mine: true, kind: 'password', roles: [] }),
    change(5, {
      decided: { at: later(0), by: words('管理员乙', 'Administrator B'), approved: true, reason: '已核对' },
    }),
  ],
}

const cell = (zh: string, en: string, count: number | null) => ({ name: words(zh, en), count })
export const dashboard: Answer<'dashboard'> = {
  from: day(-365),
  until: day(0),
  scope: 'all',
  items: [cell('行政处罚（自然人）', 'Penalties (persons)', 1204), cell('信用承诺', 'Commitments', null)],
  classes: [cell('行政管理信息', 'Administration', 1204), cell('信用承诺信息', 'Commitments', null)],
  months: [
    { month: '2026-01', count: 400 },
    { month: '2026-02', count: 804 },
  ],
  units: [{ unit: MARKET, accepted: 1204, refusedRate: 0.02, lateRate: null }],
  cases: [{ name: words('异议', 'Objection'), opened: 31, closed: 22, inTime: 20, late: 6, silent: null }],
  recalls: [],
  measures: [cell('执行中', 'In force', 12)],
}
