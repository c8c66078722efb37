import type { Machine } from '../step.ts'

const START = { after: ['start'], by: 'person', ofRecord: true, single: true, marked: true } as const
const ANSWER = { after: ['apply'], by: 'owner', roles: ['reviewer'], marked: true, notice: true } as const

/**
 * What the person says beside a record (自主解释) and their application for more time to perform (延期申请), with its
 * answer (R21). The words of the last step stand with the record for everyone who sees the record.
 */
export const STATEMENT: Machine = {
  id: 'statement',
  name: { zh: '本人说明', en: 'Own statement' },
  steps: [
    { ...START, kind: 'state', name: { zh: '本人说明', en: 'The person says' }, needs: ['statement'] },
    {
      ...START,
      kind: 'apply',
      name: { zh: '已申请延期履行', en: 'More time to perform applied for' },
      needs: ['statement', 'day'],
      notice: true,
    },
    {
      after: ['state', 'revise'],
      kind: 'revise',
      name: { zh: '本人说明', en: 'The person says' },
      act: { zh: '修改说明', en: 'Change the statement' },
      by: 'person',
      marked: true,
      needs: ['statement'],
    },
    {
      after: ['state', 'revise', 'apply', 'grant', 'refuse'],
      kind: 'retract',
      name: { zh: '本人撤回说明', en: 'Statement withdrawn by the person' },
      act: { zh: '撤回说明', en: 'Take the statement back' },
      by: 'person',
    },
    {
      ...ANSWER,
      kind: 'grant',
      name: { zh: '同意延期履行', en: 'More time to perform granted' },
      act: { zh: '同意延期履行', en: 'Grant more time' },
      needs: ['reason', 'day'],
    },
    {
      ...ANSWER,
      kind: 'refuse',
      name: { zh: '不同意延期履行', en: 'More time to perform refused' },
      act: { zh: '不同意延期履行', en: 'Refuse more time' },
      needs: ['reason', 'basis'],
      remedy: true,
    },
  ],
}
