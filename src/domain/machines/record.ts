import type { Machine } from '../step.ts'

/** What the source or the platform does to a record in one step: withdraw (R6), erase (PIPL 47). */
export const RECORD: Machine = {
  id: 'record',
  name: { zh: '记录', en: 'Record' },
  steps: [
    {
      after: ['start'],
      kind: 'withdraw',
      name: { zh: '报送单位撤回', en: 'Withdrawn by its source' },
      by: 'owner',
      roles: ['clerk'],
      ends: 'withdrawn',
      hiding: 'now',
    },
    {
      after: ['start'],
      kind: 'erase',
      name: { zh: '删除内容', en: 'Content erased' },
      by: 'unit',
      roles: ['admin'],
      ends: 'erased',
      hiding: 'now',
    },
  ],
}
