import type { Entry } from './entry.ts'

/** Of special campaigns (R45). */
export const CAMPAIGN_REFUSALS = {
  'campaign-not-here': {
    status: 422,
    message: {
      zh: '现行规则中没有可由本单位牵头的这一专项治理',
      en: 'The rules in force have no such campaign that this unit leads',
    },
    remedy: { zh: '请核对问题；牵头单位由政策包写明', en: 'Check the problem; the pack says who leads' },
  },
  'campaign-persons': {
    status: 422,
    message: {
      zh: '专项治理只查单位，不能筛选自然人',
      en: 'A campaign looks at organisations alone and never selects people',
    },
    remedy: {
      zh: '请在政策包中只写以单位为主体的事项',
      en: 'Name items about organisations alone in the pack',
    },
  },
  'campaign-dates': {
    status: 422,
    message: {
      zh: '追溯或者持续时间超出规则',
      en: 'Further back, or for longer, than the rule allows',
    },
    remedy: {
      zh: '请按规则填写起算日和最后一日',
      en: 'Choose a first day of records and a last day within the rule',
    },
  },
  'campaign-own': {
    status: 403,
    message: { zh: '须由另一人审核', en: 'Somebody else has to decide on this' },
    remedy: { zh: '请由本单位另一名审核人员办理', en: 'Have another reviewer of the unit decide' },
  },
  'campaign-lead-only': {
    status: 403,
    message: { zh: '此事由牵头单位办理', en: 'This is for the unit that leads the campaign' },
    remedy: { zh: '请与牵头单位联系', en: 'Ask the unit that leads' },
  },
  'campaign-not-running': {
    status: 409,
    message: {
      zh: '专项治理不在进行中，或者此步已由他人先办',
      en: 'The campaign is not running, or somebody did this first',
    },
    remedy: {
      zh: '请刷新页面：到期、总结或者结束后不再抽取、交办和核查',
      en: 'Load the page again: past its term, in its closing or closed, nothing is drawn, given out or checked',
    },
  },
  'campaign-rectify-by': {
    status: 422,
    message: {
      zh: '整改期限须在今天之后、专项治理最后一日之前',
      en: 'The day to put it right by lies after today and within the campaign',
    },
    remedy: { zh: '请另选日期，或者移交有权单位', en: 'Choose another day, or hand it to the competent unit' },
  },
  'campaign-given-out': {
    status: 409,
    message: { zh: '此单位的个案已经交办', en: 'The case of this organisation is given out already' },
    remedy: { zh: '请刷新页面，在已有个案中办理', en: 'Load the page again and go on in the case that is there' },
  },
} as const satisfies Record<string, Entry>
