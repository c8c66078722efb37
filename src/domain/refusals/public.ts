import type { Entry } from './entry.ts'

/** Of the texts of the public site, and of tips. */
export const PUBLIC_REFUSALS = {
  'lead-unit-only': {
    status: 403,
    message: { zh: '网站内容由信用牵头部门编辑', en: 'The texts of the site are edited by the lead department' },
    remedy: { zh: '请把稿件交信用牵头部门', en: 'Give your text to the lead department' },
  },
  'own-text': {
    status: 403,
    message: { zh: '不能审核自己写的稿件', en: 'Nobody may review a text they wrote' },
    remedy: { zh: '请由另一名审核员审核', en: 'Let another reviewer decide' },
  },
  'text-identity': {
    status: 422,
    message: { zh: '文中有证件号码或手机号码', en: 'The text has an identity or phone number in it' },
    remedy: { zh: '删去号码；案例不写当事人身份', en: 'Take the number out: cases are told without identities' },
  },
  'text-day': {
    status: 422,
    message: { zh: '此类内容须写明日期', en: 'A text of this kind needs its day' },
    remedy: {
      zh: '活动填写日期；典型填写展示截止日',
      en: 'Give a campaign its day, an exemplar the day its display ends',
    },
  },
  'text-consent': {
    status: 422,
    message: { zh: '典型案例不得写明个人身份', en: 'A typical case names no person' },
    remedy: { zh: '隐去身份，不填写同意书编号', en: 'Leave identities out, and the number of a consent with them' },
  },
  'text-name': {
    status: 422,
    message: { zh: '案例中写有自然人姓名', en: 'The case names a person' },
    remedy: {
      zh: '隐去姓名，写作“张某”“李某甲”；机构名称可以保留',
      en: 'Leave names out: “a Mr Z.”, “the owner”; organisations may be named',
    },
  },
  'text-unchecked': {
    status: 422,
    message: {
      zh: '发布前须确认：文中没有指名任何自然人；或者所指名的人已书面同意，并填有同意书编号',
      en: 'Before it is published, confirm that no person is named in it, or that whoever is agreed in writing, with the number of the consent',
    },
    remedy: {
      zh: '逐段核对后选择其一；没有同意书编号的，只能确认“未指名”',
      en: 'Read it through and choose; without the number of a consent only “nobody is named” can be confirmed',
    },
  },
  'tip-kind': {
    status: 422,
    message: { zh: '请选择事项类别', en: 'Choose what it is about' },
    remedy: { zh: '在四类中选择一类', en: 'Choose one of the four' },
  },
  'tip-length': {
    status: 422,
    message: { zh: '内容太短或太长', en: 'The text is too short or too long' },
    remedy: {
      zh: '请写10至4000字；联系方式不超过200字',
      en: 'Write 10 to 4000 characters, and at most 200 for how to reach you',
    },
  },
  'tip-code': {
    status: 404,
    message: { zh: '没有这个受理码', en: 'There is no such follow-up code' },
    remedy: { zh: '请核对回执上的20位受理码', en: 'Check the twenty characters on your receipt' },
  },
} as const satisfies Record<string, Entry>
