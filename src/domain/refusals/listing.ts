import type { Entry } from './entry.ts'

/** Of lists, measures and incentives. */
export const LISTING_REFUSALS = {
  'entry-by-file': {
    status: 422,
    message: {
      zh: '在本平台认定的名单，条目只能由认定决定产生，不能报送',
      en: 'An entry of a list determined here is made by a determination and cannot be reported',
    },
    remedy: {
      zh: '请提请列入名单：书面告知、听取陈述申辩后，由他人作出认定',
      en: 'Propose it: written notice, statement and defence, and a determination by somebody else',
    },
  },
  'list-not-here': {
    status: 422,
    message: {
      zh: '现行规则中没有可由本单位为此类主体认定的这一名单或认定情形',
      en: 'The rules in force have no such list or criterion that this unit may determine for such a subject',
    },
    remedy: { zh: '请核对名单、认定情形和主体类别', en: 'Check list, criterion and kind of subject' },
  },
  'officer-not-named': {
    status: 422,
    message: {
      zh: '法律未点名此类责任人员，或者其单位的名单条目未生效',
      en: 'The law names no such office-holder, or the entry of the organisation is not in force',
    },
    remedy: {
      zh: '责任人员只能在其单位依法列入名单之后，另行告知、另行认定',
      en: 'An office-holder follows only after the organisation, with a notice and a determination of their own',
    },
  },
  'listed-already': {
    status: 409,
    message: { zh: '该主体已在此名单上，或已拟列入', en: 'Already on this list, or proposed for it' },
    remedy: { zh: '请在已有案件中办理', en: 'Go on in the case that is there' },
  },
  'refuted-before': {
    status: 409,
    message: {
      zh: '同一事实（或同一证据）的名单条目此前已被认定有误而撤销，见所列决定',
      en: 'An entry on the same facts or evidence was refuted by the earlier decision named',
    },
    remedy: {
      zh: '请勿重复提请；确有新的事实和新的证据的，写明新证据的编号另行提请',
      en: 'Do not propose it again; where there are new facts and new evidence, propose them with the number of the new evidence',
    },
  },
  'notice-not-served': {
    status: 409,
    message: { zh: '告知书尚未书面发出，不能登记送达', en: 'The written notice has not gone out, so it is not served' },
    remedy: { zh: '请先书面告知本人', en: 'Tell the person in writing first' },
  },
  'window-not-over': {
    status: 409,
    message: {
      zh: '陈述、申辩（公示）期限未满',
      en: 'The time for statement and defence, or of publicity, is not over',
    },
    remedy: { zh: '请在期满次日起作出决定', en: 'Decide from the day after its last day' },
  },
  'hearing-not-open': {
    status: 409,
    message: { zh: '此名单没有听证程序，或者期限已过', en: 'This list has no hearing, or the time for it is over' },
    remedy: { zh: '仍可书面陈述、申辩', en: 'A written statement is still possible' },
  },
  'entry-not-in-force': {
    status: 409,
    message: { zh: '名单条目未生效或已失效', en: 'The entry is not in force' },
    remedy: { zh: '请刷新页面查看条目状态', en: 'Load the page again and see where the entry stands' },
  },
  'removal-ground': {
    status: 422,
    message: { zh: '移出理由不是此名单所定的情形', en: 'Not a way out that this list has' },
    remedy: {
      zh: '请填写名单规则中的移出情形代码（term、performance、repair、review、revocation、source、request）',
      en: 'Name one of the ways out of the list: term, performance, repair, review, revocation, source, request',
    },
  },
  'measure-over': {
    status: 409,
    message: {
      zh: '措施的原因已消除、期限已满或措施已不在清单中，不得实施',
      en: 'The cause of the measure has ended, its term is over, or it is not in the list of measures any more',
    },
    remedy: {
      zh: '请报告不适用；已经实施的，如实报告并立即解除',
      en: 'Report that it does not apply; where it has been carried out, say so and lift it at once',
    },
  },
  'measure-cause-stands': {
    status: 409,
    message: { zh: '措施的原因尚在', en: 'The cause of the measure still stands' },
    remedy: { zh: '请按实施办理', en: 'Report it as carried out' },
  },
  'incentive-not-for-unit': {
    status: 409,
    message: {
      zh: '本单位的权力清单、责任清单中没有守信激励措施',
      en: 'No incentive is within the powers and duties of this unit',
    },
    remedy: { zh: '按一般程序办理', en: 'Deal with it in the ordinary way' },
  },
  'incentive-none': {
    status: 409,
    message: {
      zh: '没有适用于本事项的守信激励：没有当日可用的守信记录，也不满足规定年限内无不良记录',
      en: 'No incentive applies: no good record usable today, nor the required years without a bad one',
    },
    remedy: {
      zh: '按一般程序办理；不得据此增加条件或者拒绝',
      en: 'Deal with it in the ordinary way; it is no ground for more conditions or a refusal',
    },
  },
} as const satisfies Record<string, Entry>
