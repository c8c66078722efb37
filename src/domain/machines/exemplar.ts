import type { Machine, Step } from '../step.ts'

const DESK = { by: 'owner', roles: ['clerk', 'reviewer'], notice: true } as const satisfies Partial<Step>
const REVIEWER = { ...DESK, roles: ['reviewer'], other: true } as const satisfies Partial<Step>
const NAMED = ['nominate', 'check', 'publicise'] as const

/**
 * Exemplars and red lists, the youth's among them (R34, R36): nominated, checked by somebody else, publicised for the term of
 * the list, determined after it. It ends by itself when it is not renewed; whoever does not want it says so, at any time.
 */
export const EXEMPLAR: Machine = {
  id: 'exemplar',
  name: { zh: '守信名单', en: 'List of good faith' },
  steps: [
    {
      ...DESK,
      after: ['start'],
      kind: 'nominate',
      name: { zh: '已推荐', en: 'Nominated' },
      act: { zh: '推荐', en: 'Nominate' },
      roles: ['clerk'],
      needs: ['facts'],
      may: ['document', 'basis', 'outcome', 'fields'],
    },
    {
      ...REVIEWER,
      after: ['nominate'],
      kind: 'check',
      name: { zh: '已核实', en: 'Checked' },
      act: { zh: '核实', en: 'Check' },
      needs: ['reason'],
      may: ['document'],
    },
    {
      ...DESK,
      after: ['check'],
      kind: 'publicise',
      name: { zh: '公示中', en: 'Proposed in public' },
      act: { zh: '公示', en: 'Publicise' },
      opens: true,
      window: 'list-publicity',
      may: ['document', 'facts'],
    },
    {
      ...REVIEWER,
      after: ['publicise'],
      kind: 'determine',
      name: { zh: '已列入守信名单', en: 'On the list of good faith' },
      act: { zh: '列入守信名单', en: 'Enter on the list' },
      waits: true,
      needs: ['reason', 'document'],
      may: ['basis', 'outcome'],
    },
    {
      ...DESK,
      after: [...NAMED],
      kind: 'drop',
      name: { zh: '不予列入', en: 'Not entered' },
      needs: ['reason'],
    },
    {
      after: [...NAMED],
      kind: 'decline',
      name: { zh: '本人不愿列入', en: 'Declined by the person' },
      act: { zh: '不愿列入', en: 'Decline' },
      by: 'person',
    },
    {
      ...REVIEWER,
      after: ['determine', 'renew'],
      kind: 'renew',
      name: { zh: '已续期', en: 'Renewed' },
      act: { zh: '续期', en: 'Renew' },
      needs: ['reason'],
      may: ['document'],
    },
    {
      after: ['determine', 'renew'],
      kind: 'resign',
      name: { zh: '本人申请移出', en: 'Left at the person’s request' },
      act: { zh: '申请移出', en: 'Leave the list' },
      by: 'person',
      hiding: 'now',
      ends: 'removed',
    },
    {
      ...DESK,
      after: ['determine', 'renew'],
      kind: 'remove',
      name: { zh: '已移出守信名单', en: 'Removed from the list' },
      act: { zh: '移出', en: 'Remove' },
      roles: ['reviewer'],
      needs: ['reason', 'outcome'],
      remedy: true,
      hiding: 'now',
      ends: 'removed',
    },
  ],
}
