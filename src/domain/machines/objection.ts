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
      by: 'owner',
      roles: ['reviewer'],
      due: 'objection-extend',
      needs: ['reason'],
      ...PENDING,
    },
    {
      after: OPEN,
      kind: 'retract',
      name: { zh: '本人撤回异议', en: 'Objection withdrawn by the person' },
      by: 'person',
    },
    {
      ...DECISION,
      kind: 'reject',
      name: { zh: '异议不成立', en: 'Objection not upheld' },
      needs: ['reason', 'basis'],
    },
    {
      ...DECISION,
      kind: 'uphold-correct',
      name: { zh: '异议成立，记录已更正', en: 'Objection upheld, record corrected' },
      needs: ['reason', 'fields'],
    },
    {
      ...DECISION,
      kind: 'uphold-withdraw',
      name: { zh: '异议成立，记录撤销', en: 'Objection upheld, record withdrawn' },
      needs: ['reason'],
      hiding: 'now',
      ends: 'refuted',
    },
  ],
}
