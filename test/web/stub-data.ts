import type { Static, TSchema } from 'typebox'
import type { ROUTES, RouteName } from '#contract/routes.ts'
import type { ArchiveBody, WhoamiBody } from '#contract/shapes.ts'

// Answers as the contract shapes them, for what a real server cannot be brought to on demand: every state of a page.
// Synthetic people only.

export type Answer<name extends RouteName> = Static<(typeof ROUTES)[name]['reply'] & TSchema>

export const words = (zh: string, en: string) => ({ zh, en })
export const MARKET = {
  id: 'demo-market',
  name: words('衡州市市场监督管理局', 'Hengzhou Market Regulation Bureau'),
  kind: 'market',
}
export const HR = {
  id: 'demo-hr',
  name: words('衡州市人力资源和社会保障局', 'Hengzhou Human Resources Bureau'),
  kind: 'hr',
}
const BANK = { id: 'demo-bank', name: words('衡州银行', 'Bank of Hengzhou'), kind: 'bank' }
export const COURT = {
  id: 'demo-court',
  name: words('衡州市中级人民法院', "Hengzhou Intermediate People's Court"),
  kind: 'court',
}

export const catalog: Answer<'catalog'> = {
  pack: { id: 'demo', name: words('衡州市（演示）政策包', 'Hengzhou (demonstration city) pack'), version: '2026.1' },
  units: [MARKET, HR, BANK, COURT],
  purposes: [
    {
      id: 'approval',
      name: words('行政许可审批', 'Administrative approval'),
      ground: 'statutory',
      subjects: ['person', 'organisation'],
      units: ['demo-market', 'demo-hr'],
    },
    {
      id: 'judicial',
      name: words('司法执行和审理', 'Trial and enforcement'),
      ground: 'statutory',
      subjects: ['person', 'organisation'],
      units: ['demo-court'],
    },
    {
      id: 'employment',
      name: words('求职录用（本人授权）', 'Employment, by consent'),
      ground: 'consent',
      subjects: ['person'],
      longestConsent: 'P30D',
      units: ['demo-market', 'demo-hr', 'demo-bank'],
    },
    {
      id: 'lending',
      name: words('信贷融资（本人授权）', 'Lending, by consent'),
      ground: 'consent',
      subjects: ['person', 'organisation'],
      longestConsent: 'P90D',
      units: ['demo-bank'],
    },
  ],
  items: [
    {
      id: 'penalty-person',
      name: words('行政处罚（自然人）', 'Administrative penalty of a person'),
      class: '03',
      subject: 'person',
      nature: 'adverse',
      sources: ['demo-market'],
      review: false,
      fields: [
        {
          id: 'CF_XDR_MC',
          name: words('行政相对人名称', 'Name'),
          type: 'text',
          required: true,
          sensitivity: 'personal',
        },
        {
          id: 'CF_XDR_ZJHM',
          name: words('证件号码', 'Identity number'),
          type: 'identifier',
          required: true,
          sensitivity: 'personal',
        },
        {
          id: 'CF_WSH',
          name: words('行政处罚决定书文号', 'Number of the decision'),
          type: 'text',
          required: true,
          sensitivity: 'internal',
        },
        {
          id: 'CF_CFLB',
          name: words('处罚类别', 'Category of penalty'),
          type: 'code',
          required: false,
          sensitivity: 'open',
        },
        {
          id: 'CF_JDRQ',
          name: words('处罚决定日期', 'Date of the decision'),
          type: 'date',
          required: true,
          sensitivity: 'open',
        },
      ],
      basis: [{ document: '中华人民共和国行政处罚法', article: '第四十八条' }],
      display: words('一般失信，至多一年', 'General, one year at most'),
    },
    {
      id: 'honour',
      name: words('荣誉表彰', 'Honour'),
      class: '11',
      subject: 'person',
      nature: 'favourable',
      sources: ['demo-hr'],
      review: true,
      fields: [],
      basis: [{ document: '全国公共信用信息基础目录（2024年版）', unverified: true }],
      display: words('守信信息，至多五年', 'Favourable, five years at most'),
    },
  ],
}

const display = (name: string, en: string, most: string, why: string, whyEn: string) => ({
  name: words(name, en),
  most,
  basis: [{ document: '信用修复管理办法（国家发展改革委令第36号）' }],
  why: words(why, whyEn),
})

const code = (id: string, zh: string, en: string) => ({ id, name: words(zh, en), type: 'text' })

/** A file with one record of each kind; the person's own has those no longer shown too. */
export function archive(own: boolean): ArchiveBody {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const all: ArchiveBody['records'] = [
    {
      id: '1',
      version: 1,
      state: 'shown',
      item: 'penalty-person',
      unit: 'demo-market',
      decided: day(-120),
      document: '衡市监处罚〔2026〕第0042号',
      display: 'general',
      until: day(245),
      reportedAt: new Date(Date.now() - 115 * 86_400_000).toISOString(),
      submission: 12,
      ways: {
        rule: 'repair-general',
        from: day(-30),
        start: [
          { machine: 'repair', kind: 'apply' },
          { machine: 'objection', kind: 'open' },
          { machine: 'statement', kind: 'state' },
          { machine: 'review', kind: 'lodge' },
        ],
      },
      values: ['销售超过保质期的食品', '02', '0.5', day(-120), own ? '在货架上摆放并销售超过保质期的食品三件' : ''],
    },
    {
      id: '2',
      version: 2,
      state: 'shown',
      item: 'honour',
      unit: 'demo-hr',
      decided: day(-400),
      document: '衡人社发〔2025〕8号',
      display: 'favourable',
      until: day(1425),
      submission: 9,
      values: ['衡州市技术能手', '市级'],
    },
    {
      id: '3',
      version: 1,
      state: 'ended',
      item: 'penalty-person',
      unit: 'demo-market',
      decided: day(-900),
      document: '衡市监处罚〔2024〕第0311号',
      display: 'general',
      until: day(-535),
      submission: 3,
      values: ['未按规定公示营业执照', '01', '', day(-900), ''],
    },
  ]
  return {
    access: '1024',
    at: new Date().toISOString(),
    subject: { kind: 'person', name: own ? '安宁' : '安*', number: '990000********001X', found: true },
    items: {
      'penalty-person': {
        name: words('行政处罚（自然人）', 'Administrative penalty of a person'),
        class: words('行政管理信息', 'Administrative acts'),
        nature: 'adverse',
        basis: [
          { document: '全国公共信用信息基础目录（2024年版）', article: '行政管理信息' },
          { document: '中华人民共和国行政处罚法', article: '第四十八条' },
        ],
        remedy: words(
          '可向作出处罚的机关提出异议、申请信用修复；不服处罚决定的，可依法申请行政复议或者提起行政诉讼。',
          'Object to, or apply for repair with, the organ that decided; against the decision itself, apply for reconsideration or sue.',
        ),
        fields: [
          code('CF_WFXW', '违法行为类型', 'Kind of violation'),
          {
            ...code('CF_CFLB', '处罚类别', 'Category of penalty'),
            type: 'code',
            codes: { '01': words('警告', 'Warning'), '02': words('罚款', 'Fine') },
          },
          { ...code('CF_NR_FK', '罚款金额', 'Fine'), type: 'money', unit: words('万元', 'ten thousand yuan') },
          { ...code('CF_JDRQ', '处罚决定日期', 'Date of the decision'), type: 'date' },
          { ...code('CF_SY', '违法事实', 'Facts'), sensitive: true },
        ],
      },
      honour: {
        name: words('荣誉表彰', 'Honour'),
        class: words('诚实守信相关荣誉信息', 'Honours for good faith'),
        nature: 'favourable',
        basis: [{ document: '全国公共信用信息基础目录（2024年版）', unverified: true }],
        fields: [code('MC', '荣誉名称', 'Honour'), code('DJ', '等级', 'Level')],
      },
    },
    units: { 'demo-market': MARKET.name, 'demo-hr': HR.name },
    displays: {
      general: display(
        '一般失信',
        'General',
        'P1Y',
        '一般失信信息自决定之日起至多展示一年；满三个月可以申请修复。',
        'General adverse information is shown for one year at most from the decision; repair may be asked for after three months.',
      ),
      favourable: display(
        '守信信息',
        'Favourable',
        'P5Y',
        '守信信息自认定之日起至多展示五年。',
        'Favourable information is shown for five years at most.',
      ),
    },
    repairs: {
      'repair-general': {
        name: words('一般失信信息', 'General'),
        conditions: [
          words('达到最短公示期', 'The shortest time of display has passed'),
          words('纠正违法行为并履行全部义务', 'The conduct is corrected and every duty performed'),
        ],
        documents: [words('履行义务的证明', 'Proof of performance')],
        basis: [{ document: '信用修复管理办法（国家发展改革委令第36号）' }],
      },
    },
    records: own ? all : all.filter(({ state }) => state === 'shown'),
  }
}

const seen = (access: string, hours: number) => ({ access, at: new Date(Date.now() - hours * 3_600_000).toISOString() })
const PENALTY = {
  item: 'penalty-person',
  name: words('行政处罚（自然人）', 'Administrative penalty of a person'),
  fields: [words('违法行为类型', 'Kind of violation'), words('处罚类别', 'Category of penalty')],
}

export const accesses: Answer<'myAccesses'> = {
  more: false,
  accesses: [
    {
      ...seen('1024', 2),
      unit: HR,
      actor: words('经办人 王*', 'Officer W.'),
      purpose: { id: 'approval', name: words('行政许可审批', 'Administrative approval') },
      ground: 'statutory',
      matter: '衡人社受〔2026〕17号',
      outcome: 'answered',
      shown: 2,
      items: [PENALTY],
      proof: true,
    },
    {
      ...seen('1021', 5),
      unit: BANK,
      actor: words('经办人 李*', 'Officer L.'),
      purpose: { id: 'lending', name: words('信贷融资（本人授权）', 'Lending, by consent') },
      ground: 'consent',
      matter: '',
      outcome: 'refused',
      reason: words('没有有效授权', 'No live consent'),
      shown: 0,
      items: [],
      proof: false,
    },
    {
      ...seen('1003', 60),
      unit: MARKET,
      actor: words('本人', 'Yourself'),
      purpose: { id: 'self', name: words('本人查看', 'Own view') },
      ground: 'self',
      matter: '',
      outcome: 'answered',
      shown: 3,
      items: [PENALTY],
      proof: true,
    },
  ],
}

export const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
export const consents: Answer<'myConsents'> = {
  consents: [
    {
      consent: '7',
      unit: BANK,
      purpose: { id: 'lending', name: words('信贷融资（本人授权）', 'Lending, by consent') },
      givenAt: later(-3),
      expiresAt: later(27),
      live: true,
      byGuardian: false,
    },
    {
      consent: '4',
      unit: HR,
      purpose: { id: 'employment', name: words('求职录用（本人授权）', 'Employment, by consent') },
      givenAt: later(-90),
      expiresAt: later(-60),
      withdrawnAt: later(-80),
      live: false,
      byGuardian: false,
    },
  ],
}

export const notices: Answer<'myNotices'> = {
  notices: [
    {
      notice: '1',
      at: later(-1),
      title: words('有新的记录写入您的档案', 'A new record is in your file'),
      text: words(
        '衡州市市场监督管理局报送了一条行政处罚记录。您可以在“我的档案”中查看内容、依据和期限，也可以提出异议。',
        'The Market Regulation Bureau reported a penalty. See its content, basis and term under “My file”; you may object.',
      ),
      service: [],
    },
  ],
}

export function whoami(name: string): WhoamiBody {
  const person = name === 'person'
  return {
    name,
    display: person ? words('安宁', 'An Ning') : words('王经办', 'Officer Wang'),
    kind: person ? 'person' : 'staff',
    ...(person ? {} : { unit: name === 'clerk' || name === 'reviewer' ? MARKET : HR }),
    roles: person
      ? ['person']
      : name === 'all'
        ? ['clerk', 'reviewer', 'officer', 'auditor', 'admin', 'court']
        : [name],
    csrf: 'stub',
    expires: later(1),
  }
}
