import type { Entry } from './entry.ts'

/** Of reports. */
export const REPORT_REFUSALS = {
  'report-kind': {
    status: 422,
    message: { zh: '此类报告不适用于该主体', en: 'A report of this kind is not for such a subject' },
    remedy: {
      zh: '个人用个人报告，单位用组织报告；专项报告两者均可',
      en: 'The personal report is for persons, the one of organisations for organisations, the special one for both',
    },
  },
  'report-period': {
    status: 422,
    message: { zh: '专项信用报告的查询期间不正确', en: 'The period of the special report is not right' },
    remedy: {
      zh: '填写起止日期：起不晚于止，止不晚于报告日；其他报告不填',
      en: 'Give both days, the first not after the last, the last not after the day of the report; other reports take none',
    },
  },
  'report-remade': {
    status: 409,
    message: {
      zh: '所依据的信息已有变化或者已删除，这份报告不能再原样出具',
      en: 'What the report rests on has changed or was erased: it cannot be made again as it was',
    },
    remedy: {
      zh: '手中的原件仍可核验；需要新内容的，请重新出具',
      en: 'The copy you have can still be verified; issue a new one for what is on file now',
    },
  },
} as const satisfies Record<string, Entry>
