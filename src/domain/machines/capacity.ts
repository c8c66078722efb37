import type { Machine, Step } from '../step.ts'

const COURT = {
  by: 'kind:court',
  roles: ['court'],
  needs: ['document', 'day'],
  may: ['reason'],
  notice: true,
} as const satisfies Partial<Step>

/**
 * A court finds that an adult has no full civil capacity, and later that they have it again (民法典 art 24; G2). While it
 * stands nothing adverse about them is held against them or taken in; a guardian may act for them.
 */
export const CAPACITY: Machine = {
  id: 'capacity',
  name: { zh: '民事行为能力', en: 'Civil capacity' },
  steps: [
    {
      ...COURT,
      after: ['start'],
      kind: 'determine',
      name: { zh: '法院认定不具有完全民事行为能力', en: 'Found by the court to be without full civil capacity' },
      act: { zh: '登记认定判决', en: 'Record the judgment' },
      single: true,
    },
    {
      ...COURT,
      after: ['determine'],
      kind: 'restore',
      name: { zh: '法院认定恢复完全民事行为能力', en: 'Found by the court to have full civil capacity again' },
      act: { zh: '登记恢复判决', en: 'Record the judgment of restoration' },
    },
  ],
}

/** What a determination does to each adverse record on file: steps that follow from it, which nobody takes. */
export const INCAPACITY: Machine = {
  id: 'incapacity',
  name: { zh: '因民事行为能力暂停', en: 'Suspended for want of capacity' },
  steps: [
    {
      after: ['start'],
      kind: 'suspend',
      name: { zh: '不良信息停止展示和使用', en: 'Adverse record no longer shown or used' },
      by: 'unit',
      hiding: 'now',
      ends: 'suspended',
    },
    {
      after: ['suspend'],
      kind: 'resume',
      name: { zh: '恢复民事行为能力，剩余期限内恢复展示', en: 'Capacity restored: shown for what is left of its term' },
      by: 'unit',
    },
  ],
}
