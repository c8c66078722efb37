import type { Machine, Step } from '../step.ts'

const OPEN = ['open', 'contest', 'forward', 'extend'] as const

/** While it is not decided: marked, with a date, and silence past it suspends. */
const PENDING = {
  marked: true,
  hiding: 'later',
  ends: 'suspended',
  silence: 'objection-silence',
  notice: true,
} as const
/** By the second person of the unit that determined it, with reasons and remedies (G9). */
const DECISION = { after: OPEN, by: 'owner', roles: ['reviewer'], remedy: true, notice: true } as const

const START = {
  after: ['start'],
  by: 'person',
  single: true,
  due: 'objection-own',
  needs: ['statement'],
  // `outcome`: what it is about (content, term, identity, measure); `fields`: what would be right
  may: ['facts', 'outcome', 'fields'],
  ...PENDING,
} as const satisfies Partial<Step>

/**
 * Objection (异议, R21): to a record, a list entry, a measure or an identity match. The unit that determined it answers;
 * the mark travels with the record until it is decided, and silence past the term suspends it (G9, B3).
 */
export const OBJECTION: Machine = {
  id: 'objection',
  name: { zh: '异议', en: 'Objection' },
  steps: [
    { ...START, kind: 'open', name: { zh: '已提出异议', en: 'Objection made' }, ofRecord: true },
    { ...START, kind: 'contest', name: { zh: '已对决定提出异议', en: 'Objection to a decision made' } },
    {
      after: ['open', 'contest'],
      kind: 'forward',
      name: { zh: '已转核查', en: 'Forwarded for verification' },
      act: { zh: '转送核查', en: 'Forward for verification' },
      by: 'owner',
      roles: ['clerk', 'reviewer'],
      due: 'objection-provider',
      needs: ['reason'],
      may: ['document'],
      ...PENDING,
    },
    {
      after: ['open', 'contest', 'forward'],
      kind: 'extend',
      name: { zh: '已延长办理期限', en: 'Term extended' },
      act: { zh: '延长办理期限', en: 'Extend the term' },
      by: 'owner',
      roles: ['reviewer'],
      extends: true,
      needs: ['reason'],
      ...PENDING,
    },
    {
      after: OPEN,
      kind: 'retract',
      name: { zh: '本人撤回异议', en: 'Objection withdrawn by the person' },
      act: { zh: '撤回异议', en: 'Withdraw the objection' },
      by: 'person',
    },
    {
      ...DECISION,
      kind: 'reject',
      name: { zh: '异议不成立', en: 'Objection not upheld' },
      act: { zh: '认定异议不成立', en: 'Do not uphold it' },
      needs: ['reason', 'basis'],
    },
    {
      ...DECISION,
      kind: 'uphold-correct',
      name: { zh: '异议成立，记录已更正', en: 'Objection upheld, record corrected' },
      act: { zh: '认定成立，更正记录', en: 'Uphold it, correct the record' },
      needs: ['reason', 'fields'],
    },
    {
      ...DECISION,
      kind: 'uphold-withdraw',
      name: { zh: '异议成立，记录撤销', en: 'Objection upheld, record withdrawn' },
      act: { zh: '认定成立，撤销记录', en: 'Uphold it, withdraw the record' },
      needs: ['reason'],
      hiding: 'now',
      ends: 'refuted',
    },
  ],
}
