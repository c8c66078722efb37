import type { Machine, Step } from '../step.ts'

const DESK = {
  by: 'owner',
  roles: ['clerk', 'reviewer'],
  ends: 'removed',
  notice: true,
} as const satisfies Partial<Step>

/**
 * An entry of another authority's list, the court's above all (R58): shown as theirs, determined by them. Taken up so that
 * the measures of the list of measures can follow. On the court's word it ends within three working days (法释〔2017〕7号
 * art 10): removed by the unit of the court, and where that is late, by itself.
 */
export const RECEIVED: Machine = {
  id: 'received',
  name: { zh: '接收的名单', en: 'Received list' },
  steps: [
    {
      after: ['start'],
      kind: 'receive',
      name: { zh: '已接收，依清单启动措施', en: 'Received, measures of the list begun' },
      act: { zh: '启动联合措施', en: 'Begin the measures of the list' },
      by: 'owner',
      roles: ['clerk'],
      ofRecord: true,
      single: true,
      may: ['document'],
      remedy: true,
      notice: true,
    },
    {
      ...DESK,
      after: ['receive'],
      kind: 'word',
      name: { zh: '法院已通知移出', en: 'The court has said that it ends' },
      act: { zh: '登记法院的移出通知', en: 'Record the court’s word' },
      due: 'list-remove',
      // day: of the court's word, from which the three working days count
      needs: ['document', 'day'],
      hiding: 'later',
      marked: true,
    },
    {
      ...DESK,
      after: ['receive', 'word'],
      kind: 'remove',
      name: { zh: '已移出', en: 'Removed' },
      act: { zh: '移出', en: 'Remove' },
      needs: ['document'],
      may: ['reason'],
      hiding: 'now',
    },
  ],
}
