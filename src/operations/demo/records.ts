import { dateOfDays } from '#domain/values.ts'
import type { Chance } from './chance.ts'
import type { Cell } from './formats.ts'
import type { DemoItem } from './layouts.ts'
import type { DemoOrganisation, DemoPerson } from './people.ts'
import { DEMO_UNITS } from './units.ts'
import type { DemoUnit } from './units.ts'

/** What one record is made of: whose it is, who sends it, its number in the file and its day (since 1970-01-01). */
export type Making = {
  person: DemoPerson
  firm: DemoOrganisation
  unit: DemoUnit
  serial: number
  day: number
  today: number
  chance: Chance
}

type Values = Record<string, Cell>

const VIOLATIONS: Partial<Record<DemoUnit, readonly (readonly [string, string])[]>> = {
  'demo-market': [
    ['未按规定明码标价', '《中华人民共和国价格法》第四十二条'],
    ['发布虚假广告', '《中华人民共和国广告法》第五十五条第一款'],
    ['销售超过保质期的食品', '《中华人民共和国食品安全法》第一百二十四条第一款第五项'],
    ['使用未经检定的计量器具', '《中华人民共和国计量法》第二十五条'],
  ],
  'demo-transport': [
    ['未取得道路货物运输经营许可擅自从事经营', '《中华人民共和国道路运输条例》第六十三条'],
    ['未按规定携带车辆营运证', '《中华人民共和国道路运输条例》第六十八条'],
    ['出租汽车驾驶员途中甩客', '《出租汽车驾驶员从业资格管理规定》第四十二条'],
  ],
  'demo-housing': [
    ['房地产经纪人员违规收取费用', '《房地产经纪管理办法》第三十三条'],
    ['擅自变动房屋承重结构', '《住宅室内装饰装修管理办法》第三十八条'],
  ],
  'demo-health': [
    ['未取得医师资格从事诊疗活动', '《中华人民共和国医师法》第五十九条'],
    ['公共场所未按规定消毒', '《公共场所卫生管理条例》第十四条'],
  ],
}

const CATEGORIES = ['罚款', '罚款', '罚款', '警告', '没收违法所得', '吊销许可证件'] as const
const PLACES = ['东衡区衡兴路', '西衡区信义街', '南衡区长宁道', '北衡区平川路'] as const
const LICENCES = [
  ['食品经营许可证', '预包装食品销售'],
  ['道路运输从业资格证', '道路货物运输驾驶'],
  ['医疗机构执业许可证', '口腔诊所执业'],
  ['建筑工程施工许可证', '房屋建筑工程施工'],
] as const
const PROFESSIONS: Partial<Record<DemoUnit, readonly (readonly [string, string, string])[]>> = {
  'demo-hr': [
    ['导游', '导游资格证书', '初级'],
    ['会计审计人员', '会计专业技术资格证书', '中级'],
    ['注册消防工程师', '一级注册消防工程师资格证书', '一级'],
    ['评估师', '资产评估师职业资格证书', ''],
  ],
  'demo-health': [
    ['医师', '医师资格证书', '执业医师'],
    ['执业药师', '执业药师职业资格证书', ''],
  ],
}
const HONOURS = ['诚信之星', '优秀志愿者', '文明市民', '守信青年'] as const
const PROJECTS = ['社区助老服务', '交通文明引导', '河道清洁行动', '图书馆导读', '应急救护宣传'] as const
const CONTRACTS = ['道路养护工程', '老旧小区改造', '办公用品采购', '保洁服务', '信息系统运维'] as const
const MATTERS = ['食品经营许可告知承诺', '住房公积金提取证明承诺', '失业登记证明承诺', '施工现场扬尘防治承诺'] as const
const PROMISES = ['食品经营许可告知承诺', '施工现场扬尘防治承诺', '按期支付工资承诺', '产品质量承诺'] as const
const DEFAULTS = [
  '违反财产报告制度',
  '违反限制消费令',
  '无正当理由拒不履行执行和解协议',
  '有履行能力而拒不履行生效法律文书确定义务',
] as const

const after = (day: number, days: number): string => dateOfDays(day + days)
const year = (day: number): string => dateOfDays(day).slice(0, 4)
const identity = ({ person }: Making): Values => ({ XM: person.name, ZJLX: '身份证', ZJHM: person.number })

function penalty(of: Making): Values {
  const { unit, serial, day, chance } = of
  const [violation, basis] = chance.pick(VIOLATIONS[unit] ?? [['未按规定报告', '《中华人民共和国行政处罚法》第九条']])
  const category = chance.pick(CATEGORIES)
  const { name, code, short } = DEMO_UNITS[unit]
  return {
    CF_WSH: `${short}罚〔${year(day)}〕${serial}号`,
    CF_WFXW: violation,
    CF_SY: `经查，当事人于${after(day, -20 - chance.number(40))}在${chance.pick(PLACES)}${1 + chance.number(200)}号${violation}。`,
    CF_YJ: basis,
    CF_CFLB: category,
    CF_NR: `责令改正，给予${category}处罚。`,
    CF_NR_FK: category === '罚款' ? chance.pick(['0.02', '0.05', '0.1', '0.2', '0.5', '1']) : '0',
    CF_NR_WFFF: category === '没收违法所得' ? '0.35' : '0',
    CF_NR_ZKDX: category === '吊销许可证件' ? `经营许可证${serial}号` : '',
    CF_JDRQ: dateOfDays(day),
    CF_YXQ: '',
    CF_GSJZQ: after(day, category === '吊销许可证件' ? 1095 : category === '警告' ? 90 : 365),
    CF_CFJG: name,
    CF_CFJGDM: code,
    CF_SJLY: name,
    CF_SJLYDM: code,
    BZ: '',
  }
}

function permit(of: Making): Values {
  const { unit, serial, day, today, chance } = of
  const [licence, content] = chance.pick(LICENCES)
  const { name, code, short } = DEMO_UNITS[unit]
  const years = 3 + chance.number(3)
  return {
    XK_XKWS: `${licence}准予行政许可决定书`,
    XK_WSH: `${short}许〔${year(day)}〕${serial}号`,
    XK_XKLB: '普通',
    XK_XKZS: licence,
    XK_XKBH: `XK99${String(serial).padStart(8, '0')}`,
    XK_NR: content,
    XK_JDRQ: dateOfDays(day),
    XK_YXQZ: dateOfDays(day),
    XK_YXQZI: after(day, years * 365),
    XK_XKJG: name,
    XK_XKJGDM: code,
    XK_ZT: day + years * 365 > today ? '有效' : '无效',
    XK_LYDW: name,
    XK_LYDWDM: code,
    BZ: '',
  }
}

const person = (prefix: string, { person: one }: Making): Values => ({
  [`${prefix}_XDR_MC`]: one.name,
  [`${prefix}_XDR_LB`]: '自然人',
  [`${prefix}_XDR_ZJLX`]: '身份证',
  [`${prefix}_XDR_ZJHM`]: one.number,
})

const firm = (prefix: string, { firm: one, person: head }: Making): Values => ({
  [`${prefix}_XDR_MC`]: one.name,
  [`${prefix}_XDR_LB`]: '法人及非法人组织',
  [`${prefix}_XDR_SHXYM`]: one.code,
  [`${prefix}_XDR_FRDB`]: head.name,
})

/** What each of the other kinds of act is about: document, short word of its number, matter, result, basis. */
const ACTS = {
  coercion: [
    '查封扣押决定书',
    '强',
    '查封、扣押涉嫌不合格产品',
    '查封三十日，期满解除',
    '《中华人民共和国产品质量法》第十八条',
  ],
  confirmation: ['行政确认决定书', '确', '工伤保险责任认定', '予以确认', '《工伤保险条例》第十八条'],
  levy: ['征收决定书', '征', '污水处理费征收', '按核定用水量征收', '《城镇排水与污水处理条例》第三十二条'],
  payment: ['给付决定书', '给', '稳岗返还', '予以给付', '《失业保险条例》第十条'],
  adjudication: ['行政裁决书', '裁', '专利侵权纠纷行政裁决', '责令停止侵权行为', '《中华人民共和国专利法》第六十五条'],
  reward: ['表彰决定', '奖', '质量奖', '授予质量管理优秀单位', '《中华人民共和国产品质量法》第六条'],
  inspection: ['检查结果告知书', '检', '双随机抽查', '未发现问题', '《中华人民共和国行政处罚法》第五十四条'],
} as const

const act =
  (kind: keyof typeof ACTS) =>
  (of: Making): Values => {
    const { unit, serial, day, firm: one } = of
    const { name, code, short } = DEMO_UNITS[unit]
    const [document, word, matter, result, basis] = ACTS[kind]
    return {
      DWMC: one.name,
      TYSHXYDM: one.code,
      WSMC: document,
      WSH: `${short}${word}〔${year(day)}〕${serial}号`,
      SX: matter,
      NR: result,
      YJ: basis,
      JDRQ: dateOfDays(day),
      ZCJG: name,
      ZCJGDM: code,
    }
  }

/** How a record of each item is made. Every one is acceptable to the catalogue in force. */
export const MAKERS: Record<DemoItem, (of: Making) => Values> = {
  'penalty-person': (of) => ({ ...person('CF', of), ...penalty(of) }),
  'penalty-organisation': (of) => ({ ...firm('CF', of), ...penalty(of) }),
  'permit-person': (of) => ({ ...person('XK', of), ...permit(of) }),
  'permit-organisation': (of) => ({ ...firm('XK', of), ...permit(of) }),
  qualification(of) {
    const { unit, serial, day, chance } = of
    const [profession, certificate, grade] = chance.pick(PROFESSIONS[unit] ?? [['其他', '职业资格证书', '']])
    const { name, code } = DEMO_UNITS[unit]
    return {
      ...identity(of),
      ZYLB: profession,
      ZSMC: certificate,
      ZSBH: `ZG99${year(day)}${String(serial).padStart(6, '0')}`,
      ZSDJ: grade,
      FZRQ: dateOfDays(day),
      YXQZ: after(day, 5 * 365),
      FZJG: name,
      FZJGDM: code,
      ZT: '有效',
    }
  },
  honour(of) {
    const { unit, serial, day, chance } = of
    const { name, short } = DEMO_UNITS[unit]
    return {
      ...identity(of),
      RYMC: `衡州市${year(day)}年度${chance.pick(HONOURS)}`,
      RYJB: '市级',
      RDWH: `${short}〔${year(day)}〕${serial}号`,
      RDRQ: dateOfDays(day),
      YXQZ: after(day, 3 * 365),
      RDJG: name,
    }
  },
  enforcement(of) {
    const { serial, day, chance } = of
    const { name, code } = DEMO_UNITS['demo-court']
    const ground = chance.pick(DEFAULTS)
    return {
      ...identity(of),
      AH: `（${year(day)}）衡01执${serial}号`,
      ZXFY: name,
      ZXFYDM: code,
      LARQ: after(day, -60),
      YJWH: `（${year(day - 200)}）衡01民终${serial}号`,
      YJDW: name,
      YW: `向申请执行人支付货款人民币${(1 + chance.number(40)) * 5000}元及利息`,
      LXQK: chance.pick(['全部未履行', '部分未履行']),
      SXQX: ground,
      JDRQ: dateOfDays(day),
      JZRQ: after(day, 2 * 365),
    }
  },
  contract(of) {
    const { unit, serial, day, today, firm: one, chance } = of
    const what = chance.pick(CONTRACTS)
    const done = day + 180 < today
    return {
      DWMC: one.name,
      TYSHXYDM: one.code,
      HTMC: `衡州市${year(day)}年${what}合同`,
      HTBH: `HZ${unit.slice(5, 7).toUpperCase()}-${year(day)}-${String(serial).padStart(4, '0')}`,
      HTLB: what.endsWith('采购') ? '采购' : '服务',
      HTJE: String(5 + chance.number(900) / 2),
      QDRQ: dateOfDays(day),
      LXZT: done ? '已履行' : '履行中',
      WCRQ: done ? after(day, 170) : '',
      JGDW: DEMO_UNITS[unit].name,
    }
  },
  commitment(of) {
    const { unit, serial, day, chance } = of
    const { name, code, short } = DEMO_UNITS[unit]
    return {
      ...identity(of),
      CNLX: chance.pick(['审批替代型', '证明事项型', '主动型']),
      CNSX: chance.pick(MATTERS),
      CNBH: `${short}承〔${year(day)}〕${serial}号`,
      CNRQ: dateOfDays(day),
      YXQZ: after(day, 365),
      LXZT: chance.pick(['履行中', '已履行', '已履行']),
      SLDW: name,
      SLDWDM: code,
    }
  },
  'coercion-organisation': act('coercion'),
  'confirmation-organisation': act('confirmation'),
  'levy-organisation': act('levy'),
  'payment-organisation': act('payment'),
  'adjudication-organisation': act('adjudication'),
  'reward-organisation': act('reward'),
  'inspection-organisation': act('inspection'),
  'commitment-organisation'(of) {
    const { unit, serial, day, firm: one, chance } = of
    const { name, short } = DEMO_UNITS[unit]
    return {
      DWMC: one.name,
      TYSHXYDM: one.code,
      CNLX: chance.pick(['审批替代型', '行业自律型', '主动型']),
      CNSX: chance.pick(PROMISES),
      CNBH: `${short}承组〔${year(day)}〕${serial}号`,
      CNRQ: dateOfDays(day),
      LXZT: chance.pick(['履行中', '已履行', '已履行']),
      SLDW: name,
    }
  },
  volunteer(of) {
    const { serial, day, chance } = of
    return {
      ...identity(of),
      XMMC: chance.pick(PROJECTS),
      ZZMC: '衡州市青年志愿者协会',
      ZMBH: `ZY99${String(serial).padStart(8, '0')}`,
      FWSC: String(1 + chance.number(16) / 2),
      FWRQ: dateOfDays(day),
    }
  },
  tax(of) {
    const { day, firm: one } = of
    return {
      NSRMC: one.name,
      NSRSBH: one.code,
      PJND: String(Number(year(day)) - 1),
      PJRQ: dateOfDays(day),
      PJJG: DEMO_UNITS['demo-tax'].name,
    }
  },
}
