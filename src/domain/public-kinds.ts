// Without schemas, so that pages may carry it.

/** Kinds of text on the public site. */
export const CONTENT_KINDS = {
  policy: { zh: '政策法规', en: 'Laws and policies' },
  knowledge: { zh: '信用知识', en: 'Knowledge' },
  exemplar: { zh: '诚信典型', en: 'Exemplars' },
  case: { zh: '典型案例', en: 'Typical cases' },
  campaign: { zh: '活动日历', en: 'Campaign calendar' },
  answer: { zh: '问答', en: 'Questions and answers' },
} as const
export type ContentKind = keyof typeof CONTENT_KINDS
export const isContentKind = (kind: string): kind is ContentKind => Object.hasOwn(CONTENT_KINDS, kind)
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant
export const CONTENT_KIND_NAMES = Object.keys(CONTENT_KINDS) as ContentKind[]

/** What somebody may write to us. */
export const TIP_KINDS = {
  tip: { zh: '举报失信行为', en: 'Report a breach of trust' },
  complaint: { zh: '投诉', en: 'Complaint' },
  question: { zh: '提问', en: 'Question' },
  suggestion: { zh: '建议', en: 'Suggestion' },
} as const
export type TipKind = keyof typeof TIP_KINDS
export const isTipKind = (kind: string): kind is TipKind => Object.hasOwn(TIP_KINDS, kind)
