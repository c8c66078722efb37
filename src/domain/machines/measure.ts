import type { Machine, Step } from '../step.ts'

const DESK = { by: 'owner', roles: ['clerk', 'reviewer'] } as const satisfies Partial<Step>
const SAYS = { ...DESK, needs: ['reason'], may: ['document'] } as const satisfies Partial<Step>

/**
 * A measure that follows from an entry (R38, G7, B6): a task to the responsible unit, which responds, carries it out and
 * tells the person with basis, reason and remedy, or reports why not. When its cause ends it is over at once, whatever its
 * steps say; lifting it is then the unit's report that it has stopped.
 */
export const MEASURE: Machine = {
  id: 'measure',
  name: { zh: '惩戒措施', en: 'Measure' },
  steps: [
    {
      after: ['start'],
      kind: 'task',
      name: { zh: '已交办', en: 'Task sent' },
      by: 'unit',
      roles: ['clerk', 'reviewer'],
      due: 'measure-respond',
      may: ['fields', 'basis', 'outcome'],
    },
    {
      ...DESK,
      after: ['task'],
      kind: 'respond',
      name: { zh: '已响应', en: 'Task taken up' },
      act: { zh: '响应', en: 'Take it up' },
      due: 'measure-carry',
      may: ['reason'],
    },
    {
      ...DESK,
      after: ['respond'],
      kind: 'carry',
      name: { zh: '已实施', en: 'Carried out' },
      act: { zh: '实施并告知本人', en: 'Carry out and tell the person' },
      roles: ['reviewer'],
      needs: ['reason', 'basis'],
      may: ['outcome', 'document'],
      remedy: true,
      notice: true,
    },
    {
      ...SAYS,
      after: ['respond'],
      kind: 'late',
      name: { zh: '原因消除后仍已实施，须纠正', en: 'Carried out after its cause had ended, to be undone' },
      act: { zh: '如实报告：原因消除后实施', en: 'Report: carried out after its cause had ended' },
      notice: true,
    },
    {
      ...SAYS,
      after: ['task', 'respond'],
      kind: 'not-applicable',
      name: { zh: '不适用', en: 'Not applicable' },
    },
    {
      ...SAYS,
      after: ['task', 'respond'],
      kind: 'refuse',
      name: { zh: '不予实施', en: 'Refused by the unit' },
      act: { zh: '不予实施', en: 'Refuse to carry it out' },
    },
    {
      ...SAYS,
      after: ['task', 'respond', 'carry'],
      kind: 'mistaken',
      name: { zh: '认错人，未实施或已停止', en: 'Mistaken identity, not carried out or stopped' },
      act: { zh: '报告认错人', en: 'Report mistaken identity' },
      notice: true,
    },
    {
      ...SAYS,
      after: ['task', 'respond', 'carry'],
      kind: 'harm',
      name: { zh: '会造成不当损害，未实施或已停止', en: 'Would do undue harm, not carried out or stopped' },
      act: { zh: '报告不当损害', en: 'Report undue harm' },
      notice: true,
    },
    {
      ...SAYS,
      after: ['carry', 'late'],
      kind: 'lift',
      name: { zh: '已解除', en: 'Lifted' },
      act: { zh: '解除', en: 'Lift' },
      notice: true,
    },
  ],
}
