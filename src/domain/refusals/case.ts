import type { Entry } from './entry.ts'

/** Of what somebody wants to do in a case: objection, repair, listing, measure. */
export const CASE_REFUSALS = {
  'step-not-possible': {
    status: 409,
    message: { zh: '此案件目前不能办理这一步', en: 'The case does not stand where this step can follow' },
    remedy: {
      zh: '请刷新页面，查看案件的当前状态和下一步',
      en: 'Load the page again and see where the case stands and what can follow',
    },
  },
  'step-taken-first': {
    status: 409,
    message: { zh: '另有人先办理了此案件', en: 'Somebody else has taken a step in this case just before' },
    remedy: { zh: '请刷新页面，查看结果后再决定', en: 'Load the page again, read what was decided, then decide' },
  },
  'case-open-already': {
    status: 409,
    message: { zh: '同一事项已有正在办理的案件', en: 'A case on the same matter is open already' },
    remedy: { zh: '请在该案件中补充材料', en: 'Add to the case that is open' },
  },
  'reason-missing': {
    status: 422,
    message: { zh: '须写明理由', en: 'A reason is needed' },
    remedy: { zh: '请用本人能看懂的话写明理由', en: 'Give the reason in words that the person understands' },
  },
  'step-says-too-little': {
    status: 422,
    message: { zh: '缺少必须填写的内容', en: 'Something that must be said is missing' },
    remedy: { zh: '请补充所列内容', en: 'Add what is named' },
  },
  'no-term': {
    status: 500,
    message: { zh: '现行规则中没有这一期限', en: 'The rules in force have no such term' },
    remedy: { zh: '请联系平台管理单位补充规则', en: 'Contact the operator of the platform to complete the rules' },
  },
} as const satisfies Record<string, Entry>
