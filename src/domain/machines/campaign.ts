import type { Machine, Step } from '../step.ts'

const DESK = { by: 'owner', roles: ['clerk', 'reviewer'] } as const satisfies Partial<Step>
const TOLD = { ...DESK, other: true, notice: true } as const satisfies Partial<Step>
const HEARD = ['ask', 'answer', 'order', 'report'] as const

/**
 * One case of a campaign (R45): an organisation that was drawn is given to a unit, which checks it by hand. Being drawn is a
 * question to an office and has no effect (B7). What is found is told to the organisation, which has its time to answer before
 * anything is decided against it; whoever gave the case out does not decide it. Nothing here touches a record, a list or a
 * measure: what needs more is handed to the unit whom the law names, with that unit's own process.
 */
export const CAMPAIGN: Machine = {
  id: 'campaign',
  name: { zh: '专项核查', en: 'Check in a campaign' },
  steps: [
    {
      after: ['start'],
      kind: 'assign',
      name: { zh: '已交办核查', en: 'Given out to be checked' },
      act: { zh: '交办核查', en: 'Give out to be checked' },
      by: 'unit',
      roles: ['clerk', 'reviewer'],
      due: 'campaign-check',
      may: ['fields', 'basis', 'outcome'],
    },
    {
      ...DESK,
      after: ['assign'],
      kind: 'ask',
      name: { zh: '已告知核查发现，可以说明', en: 'Told what was found, open to answer' },
      act: { zh: '告知核查发现', en: 'Tell the organisation what was found' },
      opens: true,
      window: 'campaign-answer',
      due: 'campaign-check',
      needs: ['facts'],
      may: ['document'],
      notice: true,
    },
    {
      after: ['ask', 'answer'],
      kind: 'answer',
      name: { zh: '单位已说明', en: 'The organisation has answered' },
      act: { zh: '说明情况', en: 'Answer' },
      by: 'person',
      needs: ['statement'],
    },
    {
      ...TOLD,
      after: ['assign', ...HEARD],
      kind: 'in-order',
      name: { zh: '核查结果：没有问题', en: 'Checked: in order' },
      act: { zh: '认定没有问题', en: 'Find it in order' },
      needs: ['reason'],
      may: ['document'],
    },
    {
      ...TOLD,
      after: [...HEARD],
      kind: 'rectified',
      name: { zh: '核查结果：已整改', en: 'Checked: put right' },
      act: { zh: '认定已整改', en: 'Find it put right' },
      needs: ['reason'],
      may: ['document'],
    },
    {
      ...TOLD,
      after: [...HEARD],
      kind: 'order',
      name: { zh: '须限期整改', en: 'To be put right by a date' },
      act: { zh: '要求限期整改', en: 'Ask for it to be put right by a date' },
      waits: true,
      // day: by when
      needs: ['reason', 'day'],
      may: ['document'],
      remedy: true,
    },
    {
      after: ['order', 'report'],
      kind: 'report',
      name: { zh: '单位已报告整改情况', en: 'The organisation reports what it has put right' },
      act: { zh: '报告整改情况', en: 'Report what was put right' },
      by: 'person',
      needs: ['statement'],
    },
    {
      ...TOLD,
      after: [...HEARD],
      kind: 'hand-over',
      name: { zh: '已移交有权单位依法处理', en: 'Handed to the competent unit' },
      act: { zh: '移交有权单位', en: 'Hand to the competent unit' },
      waits: true,
      // outcome: which unit, for what
      needs: ['reason', 'outcome'],
      may: ['document'],
      remedy: true,
    },
    {
      after: ['assign', ...HEARD],
      kind: 'lapse',
      name: { zh: '专项治理结束，未办完，不作认定', en: 'Ended with the campaign, unfinished, nothing found' },
      by: 'unit',
      roles: ['reviewer'],
      needs: ['reason'],
      notice: true,
      // only with the closing of the campaign
      follows: true,
    },
  ],
}
