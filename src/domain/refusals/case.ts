import type { Entry } from './entry.ts'

/** Of what somebody wants to do in a case: objection, repair, listing, measure. */
export const CASE_REFUSALS = {
  'capacity-of-person': {
    status: 422,
    message: {
      zh: '民事行为能力只能就自然人本人登记，不针对某条记录',
      en: 'Civil capacity is recorded of a natural person, not of an organisation or of one record',
    },
    remedy: { zh: '请填写本人的证件号码', en: 'Give the number of the person' },
  },
  'capacity-day': {
    status: 422,
    message: {
      zh: '判决日期有误：不能晚于今天；恢复的日期应在认定的日期之后',
      en: 'The day of the judgment is not right: not later than today, and a restoration is later than its finding',
    },
    remedy: { zh: '请按生效判决书填写日期', en: 'Give the day that the judgment in force states' },
  },
  'guardian-consents': {
    status: 403,
    message: {
      zh: '法院已认定本人不具有完全民事行为能力，不能独自授权',
      en: 'A court has found that the person has no full civil capacity: they do not give consent alone',
    },
    remedy: {
      zh: '请由监护人代为授权，已登记的监护人可在本人账号中办理',
      en: 'Their guardian gives it, from the account of the guardian on record',
    },
  },
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
  'presence-over': {
    status: 403,
    message: { zh: '本人到场的登记已结束', en: 'The presence at the counter is over' },
    remedy: {
      zh: '如本人仍在场，请核对证件，由本人再签一份表单后重新登记',
      en: 'If the person is still here, check their document and have them sign another form',
    },
  },
  'nothing-of-minors': {
    status: 422,
    message: {
      zh: '此人未满18周岁：平台不保存未成年人的任何信息',
      en: 'The person is under 18: the platform holds nothing about minors',
    },
    remedy: { zh: '没有需要办理的事项；年满18周岁后可以办理', en: 'There is nothing to do here; come back at 18' },
  },
  'guardian-over': {
    status: 409,
    message: {
      zh: '法院已认定本人恢复完全民事行为能力，监护已经终止',
      en: 'A court has found that the person has full civil capacity again: the guardianship is over',
    },
    remedy: {
      zh: '请由本人办理，或者由本人到场委托代理人',
      en: 'The person acts for themself, or comes and appoints a representative',
    },
  },
  'presence-needed': {
    status: 409,
    message: {
      zh: '委托须由委托人本人到场，监护须由监护人到场',
      en: 'The person who gives an authority, or the guardian who has one, is not registered as present',
    },
    remedy: {
      zh: '请先核对到场人的证件，由其签字登记到场，再登记代理或监护',
      en: 'Check the document of who is here, register their presence on a form they sign, then record the authority',
    },
  },
  'form-missing': {
    status: 422,
    message: { zh: '没有填写签字表单的编号', en: 'The number of the signed form is missing' },
    remedy: { zh: '请由本人签字，并填写表单编号', en: 'Have the person sign a form and give its number' },
  },
  'form-used': {
    status: 409,
    message: { zh: '这份表单已经用过', en: 'This form has served already' },
    remedy: { zh: '每次到场、每件提交各签一份表单', en: 'Each presence takes a form of its own' },
  },
  'authority-dates': {
    status: 422,
    message: { zh: '代理期限的起止日期有误', en: 'The dates of the authority are not right' },
    remedy: { zh: '止期应在今天和起期之后', en: 'It ends after today and after its first day' },
  },
  'authority-own': {
    status: 422,
    message: { zh: '本人不能是自己的代理人', en: 'Nobody stands for themself' },
    remedy: { zh: '请核对两个证件号码', en: 'Check both numbers' },
  },
  'evidence-full': {
    status: 409,
    message: { zh: '此案件的证据材料已达上限', en: 'This case holds as much evidence as one case may' },
    remedy: { zh: '请合并材料，或向受理单位当面提交', en: 'Combine the papers, or hand them in at the unit' },
  },
  'evidence-type': {
    status: 415,
    message: {
      zh: '只接收 PDF、JPEG、PNG 和纯文本，且内容须与类型相符',
      en: 'PDF, JPEG, PNG and plain text are accepted, and the content must be what the type says',
    },
    remedy: { zh: '请另存为上述格式后重新上传', en: 'Save it in one of these formats and send it again' },
  },
  'evidence-size': {
    status: 413,
    message: { zh: '单个文件须在 10 MB 以内，且不能是空的', en: 'A file is up to 10 MB and not empty' },
    remedy: { zh: '请压缩或拆分后重新上传', en: 'Compress or split it and send it again' },
  },
  'correction-field': {
    status: 422,
    message: { zh: '此栏目不能在更正中填写', en: 'This field cannot be set by a correction' },
    remedy: {
      zh: '请只填写该记录自身的栏目；姓名、证件号码和确定记录的栏目有误的，撤销后重新报送',
      en: 'Name fields of the record itself; where the name, the number or the key of the record is wrong, withdraw it and report anew',
    },
  },
  'correction-changes-nothing': {
    status: 422,
    message: { zh: '更正后的内容与现有内容相同', en: 'The corrected content is what the record says already' },
    remedy: {
      zh: '请填写更正后的内容，或作不成立的决定',
      en: 'Give what is right, or decide that the objection is not upheld',
    },
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
  'no-extension': {
    status: 409,
    message: { zh: '现行规定没有延长办理期限的依据', en: 'The rules in force know no extension of this term' },
    remedy: { zh: '请在原期限内办结', en: 'Decide within the term' },
  },
  'no-term': {
    status: 500,
    message: { zh: '现行规则中没有这一期限', en: 'The rules in force have no such term' },
    remedy: { zh: '请联系平台管理单位补充规则', en: 'Contact the operator of the platform to complete the rules' },
  },
} as const satisfies Record<string, Entry>
