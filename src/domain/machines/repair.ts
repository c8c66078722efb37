import type { Machine, Step } from '../step.ts'

/** Where the determiner has the application before them and may decide. */
const BEFORE = ['apply', 'supplement', 'accept', 'extend'] as const
const DESK = { by: 'owner', notice: true } as const satisfies Partial<Step>

/**
 * Repair (信用修复, R22; 信用修复管理办法, 国办发〔2025〕22号): the person applies with proof of performance and a commitment,
 * whoever determined it decides (谁认定、谁修复). More may be asked for once, so that asking never stops the clock for good.
 * On grant, publication, sharing, use and measures stop from that moment (G10).
 */
export const REPAIR: Machine = {
  id: 'repair',
  name: { zh: '信用修复', en: 'Credit repair' },
  steps: [
    {
      after: ['start'],
      kind: 'apply',
      name: { zh: '已申请信用修复', en: 'Repair applied for' },
      by: 'person',
      ofRecord: true,
      single: true,
      marked: true,
      due: 'repair-answer',
      // facts: how the duty was performed · statement: the commitment
      needs: ['facts', 'statement'],
      may: ['document', 'fields'],
      notice: true,
    },
    {
      ...DESK,
      after: ['apply'],
      kind: 'more',
      name: { zh: '已要求补充材料', en: 'More papers asked for' },
      act: { zh: '要求补充材料', en: 'Ask for more papers' },
      roles: ['clerk', 'reviewer'],
      marked: true,
      needs: ['reason'],
    },
    {
      after: ['more'],
      kind: 'supplement',
      name: { zh: '已补充材料', en: 'More papers brought' },
      act: { zh: '补充材料', en: 'Bring more papers' },
      by: 'person',
      marked: true,
      due: 'repair-answer',
      needs: ['facts'],
      may: ['document', 'fields'],
      notice: true,
    },
    {
      ...DESK,
      after: ['apply', 'supplement'],
      kind: 'accept',
      name: { zh: '已受理修复申请', en: 'Application accepted' },
      act: { zh: '受理申请', en: 'Accept the application' },
      roles: ['clerk', 'reviewer'],
      marked: true,
      due: 'repair-decide',
      may: ['reason'],
    },
    {
      ...DESK,
      after: ['accept'],
      kind: 'extend',
      name: { zh: '已延长办理期限', en: 'Term extended' },
      act: { zh: '延长办理期限', en: 'Extend the term' },
      roles: ['reviewer'],
      marked: true,
      extends: true,
      needs: ['reason'],
    },
    {
      ...DESK,
      after: [...BEFORE],
      kind: 'refuse',
      name: { zh: '不予修复', en: 'Repair refused' },
      act: { zh: '不予修复', en: 'Refuse repair' },
      roles: ['reviewer'],
      needs: ['reason', 'basis'],
      remedy: true,
    },
    {
      ...DESK,
      after: [...BEFORE],
      kind: 'grant',
      name: { zh: '准予修复', en: 'Repair granted' },
      act: { zh: '准予修复', en: 'Grant repair' },
      roles: ['reviewer'],
      needs: ['reason'],
      may: ['document'],
      hiding: 'now',
      ends: 'repaired',
    },
    {
      after: ['apply', 'more', 'supplement', 'accept', 'extend'],
      kind: 'retract',
      name: { zh: '本人撤回修复申请', en: 'Application withdrawn by the person' },
      act: { zh: '撤回修复申请', en: 'Withdraw the application' },
      by: 'person',
    },
  ],
}
