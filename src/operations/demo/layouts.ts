/** A column of an item by its official and its Chinese name, as in `policy/national/catalog-*.yaml`. */
type Column = readonly [id: string, zh: string]

/** Which columns play a part in what the generator spoils on purpose. */
export type Layout = {
  columns: readonly Column[]
  name: string
  number: string
  decided: string
  document?: string
  code?: string
}

const IDENTITY = [
  ['XM', '姓名'],
  ['ZJLX', '证件类型'],
  ['ZJHM', '证件号码'],
] as const

const SUBJECT_ORGANISATION = (prefix: string): Column[] => [
  [`${prefix}_XDR_MC`, '行政相对人名称'],
  [`${prefix}_XDR_LB`, '行政相对人类别'],
  [`${prefix}_XDR_SHXYM`, '统一社会信用代码'],
  [`${prefix}_XDR_FRDB`, '法定代表人'],
]

const SUBJECT_PERSON = (prefix: string): Column[] => [
  [`${prefix}_XDR_MC`, '行政相对人名称'],
  [`${prefix}_XDR_LB`, '行政相对人类别'],
  [`${prefix}_XDR_ZJLX`, '证件类型'],
  [`${prefix}_XDR_ZJHM`, '证件号码'],
]

const PENALTY: readonly Column[] = [
  ['CF_WSH', '行政处罚决定书文号'],
  ['CF_WFXW', '违法行为类型'],
  ['CF_SY', '违法事实'],
  ['CF_YJ', '处罚依据'],
  ['CF_CFLB', '处罚类别'],
  ['CF_NR', '处罚内容'],
  ['CF_NR_FK', '罚款金额'],
  ['CF_NR_WFFF', '没收违法所得、没收非法财物的金额'],
  ['CF_NR_ZKDX', '暂扣或吊销证照名称及编号'],
  ['CF_JDRQ', '处罚决定日期'],
  ['CF_YXQ', '处罚有效期'],
  ['CF_GSJZQ', '公示截止期'],
  ['CF_CFJG', '处罚机关'],
  ['CF_CFJGDM', '处罚机关统一社会信用代码'],
  ['CF_SJLY', '数据来源单位'],
  ['CF_SJLYDM', '数据来源单位统一社会信用代码'],
  ['BZ', '备注'],
]

const PERMIT: readonly Column[] = [
  ['XK_XKWS', '行政许可决定文书名称'],
  ['XK_WSH', '行政许可决定文书号'],
  ['XK_XKLB', '许可类别'],
  ['XK_XKZS', '许可证书名称'],
  ['XK_XKBH', '许可编号'],
  ['XK_NR', '许可内容'],
  ['XK_JDRQ', '许可决定日期'],
  ['XK_YXQZ', '有效期自'],
  ['XK_YXQZI', '有效期至'],
  ['XK_XKJG', '许可机关'],
  ['XK_XKJGDM', '许可机关统一社会信用代码'],
  ['XK_ZT', '当前状态'],
  ['XK_LYDW', '数据来源单位'],
  ['XK_LYDWDM', '数据来源单位统一社会信用代码'],
  ['BZ', '备注'],
]

/** The seven other kinds of administrative act (R47): one layout. */
const ACT = {
  columns: [
    ['DWMC', '行政相对人名称'],
    ['TYSHXYDM', '统一社会信用代码'],
    ['WSMC', '文书名称'],
    ['WSH', '文书号'],
    ['SX', '事项'],
    ['NR', '内容或结果'],
    ['YJ', '依据'],
    ['JDRQ', '作出日期'],
    ['ZCJG', '作出机关'],
    ['ZCJGDM', '作出机关统一社会信用代码'],
  ],
  name: 'DWMC',
  number: 'TYSHXYDM',
  decided: 'JDRQ',
  document: 'WSH',
} as const

/** The columns departments send for each item of the catalogue. */
export const LAYOUTS = {
  'penalty-person': {
    columns: [...SUBJECT_PERSON('CF'), ...PENALTY],
    name: 'CF_XDR_MC',
    number: 'CF_XDR_ZJHM',
    decided: 'CF_JDRQ',
    document: 'CF_WSH',
    code: 'CF_CFLB',
  },
  'penalty-organisation': {
    columns: [...SUBJECT_ORGANISATION('CF'), ...PENALTY],
    name: 'CF_XDR_MC',
    number: 'CF_XDR_SHXYM',
    decided: 'CF_JDRQ',
    document: 'CF_WSH',
    code: 'CF_CFLB',
  },
  'permit-person': {
    columns: [...SUBJECT_PERSON('XK'), ...PERMIT],
    name: 'XK_XDR_MC',
    number: 'XK_XDR_ZJHM',
    decided: 'XK_JDRQ',
    document: 'XK_WSH',
    code: 'XK_XKLB',
  },
  'permit-organisation': {
    columns: [...SUBJECT_ORGANISATION('XK'), ...PERMIT],
    name: 'XK_XDR_MC',
    number: 'XK_XDR_SHXYM',
    decided: 'XK_JDRQ',
    document: 'XK_WSH',
    code: 'XK_XKLB',
  },
  qualification: {
    columns: [
      ...IDENTITY,
      ['ZYLB', '职业资格类别'],
      ['ZSMC', '资格证书名称'],
      ['ZSBH', '资格证书编号'],
      ['ZSDJ', '资格等级'],
      ['FZRQ', '发证日期'],
      ['YXQZ', '有效期至'],
      ['FZJG', '发证机关'],
      ['FZJGDM', '发证机关统一社会信用代码'],
      ['ZT', '资格状态'],
    ],
    name: 'XM',
    number: 'ZJHM',
    decided: 'FZRQ',
    document: 'ZSBH',
    code: 'ZYLB',
  },
  honour: {
    columns: [
      ...IDENTITY,
      ['RYMC', '荣誉名称'],
      ['RYJB', '荣誉级别'],
      ['RDWH', '认定文号'],
      ['RDRQ', '认定日期'],
      ['YXQZ', '有效期至'],
      ['RDJG', '认定机关'],
    ],
    name: 'XM',
    number: 'ZJHM',
    decided: 'RDRQ',
    code: 'RYJB',
  },
  enforcement: {
    columns: [
      ...IDENTITY,
      ['AH', '执行案号'],
      ['ZXFY', '执行法院'],
      ['ZXFYDM', '执行法院统一社会信用代码'],
      ['LARQ', '立案日期'],
      ['YJWH', '执行依据文号'],
      ['YJDW', '作出执行依据单位'],
      ['YW', '生效法律文书确定的义务'],
      ['LXQK', '履行情况'],
      ['SXQX', '失信情形'],
      ['JDRQ', '决定日期'],
      ['JZRQ', '公布截止日期'],
    ],
    name: 'XM',
    number: 'ZJHM',
    decided: 'JDRQ',
    document: 'AH',
    code: 'SXQX',
  },
  contract: {
    columns: [
      ['DWMC', '单位名称'],
      ['TYSHXYDM', '统一社会信用代码'],
      ['HTMC', '合同名称'],
      ['HTBH', '合同编号'],
      ['HTLB', '合同类别'],
      ['HTJE', '合同金额'],
      ['QDRQ', '签订日期'],
      ['LXZT', '履行状态'],
      ['WCRQ', '完成日期'],
      ['JGDW', '监管单位'],
    ],
    name: 'DWMC',
    number: 'TYSHXYDM',
    decided: 'QDRQ',
    document: 'HTBH',
    code: 'LXZT',
  },
  commitment: {
    columns: [
      ...IDENTITY,
      ['CNLX', '承诺类型'],
      ['CNSX', '承诺事项'],
      ['CNBH', '承诺书编号'],
      ['CNRQ', '承诺日期'],
      ['YXQZ', '有效期至'],
      ['LXZT', '履行状态'],
      ['SLDW', '受理单位'],
      ['SLDWDM', '受理单位统一社会信用代码'],
    ],
    name: 'XM',
    number: 'ZJHM',
    decided: 'CNRQ',
    document: 'CNBH',
    code: 'CNLX',
  },
  volunteer: {
    columns: [
      ...IDENTITY,
      ['XMMC', '志愿服务项目'],
      ['ZZMC', '志愿服务组织'],
      ['ZMBH', '服务记录证明编号'],
      ['FWSC', '服务时长'],
      ['FWRQ', '服务日期'],
    ],
    name: 'XM',
    number: 'ZJHM',
    decided: 'FWRQ',
  },
  tax: {
    columns: [
      ['NSRMC', '纳税人名称'],
      ['NSRSBH', '纳税人识别号（统一社会信用代码）'],
      ['PJND', '评价年度'],
      ['PJRQ', '评价日期'],
      ['PJJG', '主管税务机关'],
    ],
    name: 'NSRMC',
    number: 'NSRSBH',
    decided: 'PJRQ',
  },
  'coercion-organisation': ACT,
  'confirmation-organisation': ACT,
  'levy-organisation': ACT,
  'payment-organisation': ACT,
  'adjudication-organisation': ACT,
  'reward-organisation': ACT,
  'inspection-organisation': ACT,
  'commitment-organisation': {
    columns: [
      ['DWMC', '单位名称'],
      ['TYSHXYDM', '统一社会信用代码'],
      ['CNLX', '承诺类型'],
      ['CNSX', '承诺事项'],
      ['CNBH', '承诺书编号'],
      ['CNRQ', '承诺日期'],
      ['LXZT', '履行状态'],
      ['SLDW', '受理单位'],
    ],
    name: 'DWMC',
    number: 'TYSHXYDM',
    decided: 'CNRQ',
    document: 'CNBH',
    code: 'CNLX',
  },
} as const satisfies Record<string, Layout>

export type DemoItem = keyof typeof LAYOUTS
