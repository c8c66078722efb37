import type { Machine } from '../step.ts'

const OPEN = ['open', 'forward', 'extend'] as const

/**
 * Objection (异议, R21): to a record, a list entry, a measure or an identity match. The unit that determined it answers;
 * the mark travels with the record until it is decided, and silence past the term suspends it (G9, B3).
 */
export const OBJECTION: Machine = {
  id: 'objection',
  name: { zh: '异议', en: 'Objection' },
  steps: [
    {
      after: ['start'],
      kind: 'open',
      name: { zh: '已提出异议', en: 'Objection made' },
      by: 'person',
      ofRecord: true,
      marked: true,
      hiding: 'later',
      ends: 'suspended',
      due: 'objection-own',
      silence: 'objection-silence',
      needs: ['statement'],
      may: ['facts', 'fields'],
      notice: true,
    },
    {
      after: ['open'],
      kind: 'forward',
      name: { zh: '已转核查', en: 'Forwarded for verification' },
      by: 'owner',
      roles: ['clerk', 'reviewer'],
      marked: true,
      hiding: 'later',
      ends: 'suspended',
      due: 'objection-provider',
      silence: 'objection-silence',
      needs: ['reason'],
      notice: true,
    },
    {
      after: ['open', 'forward'],
      kind: 'extend',
      name: { zh: '已延长办理期限', en: 'Term extended' },
      by: 'owner',
      roles: ['reviewer'],
      marked: true,
      hiding: 'later',
      ends: 'suspended',
      due: 'objection-extend',
      silence: 'objection-silence',
      needs: ['reason'],
      notice: true,
    },
    {
      after: [...OPEN],
      kind: 'retract',
      name: { zh: '本人撤回异议', en: 'Objection withdrawn by the person' },
      by: 'person',
    },
    {
      after: [...OPEN],
      kind: 'reject',
      name: { zh: '异议不成立', en: 'Objection not upheld' },
      by: 'owner',
      roles: ['reviewer'],
      needs: ['reason', 'basis'],
      remedy: true,
      notice: true,
    },
    {
      after: [...OPEN],
      kind: 'uphold-withdraw',
      name: { zh: '异议成立，记录撤销', en: 'Objection upheld, record withdrawn' },
      by: 'owner',
      roles: ['reviewer'],
      needs: ['reason'],
      hiding: 'now',
      ends: 'refuted',
      remedy: true,
      notice: true,
    },
  ],
}
