import { inForce, unitMatches } from './catalog.ts'
import { isNamedAfterPerson } from './identity/organisation.ts'
import { nextKinds } from './step.ts'
import { CAMPAIGN } from './machines/campaign.ts'
import type { Pack, Unit } from './pack.ts'
import type { CampaignRule, Problem } from './pack-process.ts'
import { isRealDate } from './pack-check-time.ts'
import { addPeriod } from './period.ts'
import { refuse, type Refusal, type Text } from './refusal.ts'
import { countsSince } from './simulate.ts'

/** Special campaigns (R45, decisions/108): who may open one, whom it may draw, how it stands, what its figures are. */

type Problems = Pick<Pack, 'problems'>
export type Remedied = Problem & { campaign: CampaignRule }

const isRemedied = (problem: Problem | undefined): problem is Remedied => problem?.campaign !== undefined

/** The problem of an id that is remedied in campaigns, by the rule in force on a day. */
export function campaignAt(pack: Problems, id: string, day: string): Remedied | undefined {
  const found = pack.problems.findLast((problem) => problem.id === id && inForce(problem, day))
  return isRemedied(found) ? found : undefined
}

/** The problems that a unit may open a campaign on. */
export const problemsOf = (pack: Problems, unit: Unit, day: string): Remedied[] =>
  [...new Set(pack.problems.map(({ id }) => id))].flatMap((id) => {
    const found = campaignAt(pack, id, day)
    return found?.campaign.lead.some((pattern) => unitMatches(pattern, unit)) ? [found] : []
  })

/** The units that may be given cases: those of the lead and those that take part. */
export const unitsOfCampaign = (pack: Pick<Pack, 'units'>, { lead, joint = [] }: CampaignRule, day: string): Unit[] =>
  pack.units.filter((unit) => inForce(unit, day) && [...lead, ...joint].some((pattern) => unitMatches(pattern, unit)))

/**
 * May a unit open a campaign on a problem, from and until these days? Refuses with campaign-not-here (no such problem of
 * this unit), campaign-persons (its rule is over what people did), campaign-dates (further back or longer than the rule).
 */
export function decideOpening(
  pack: Pick<Pack, 'problems' | 'items'>,
  of: { problem: string; unit: Unit; since: string; until: string; day: string },
): Remedied | Refusal {
  const problem = problemsOf(pack, of.unit, of.day).find(({ id }) => id === of.problem)
  if (!problem) return refuse('campaign-not-here', { field: 'problem' })
  const { items, since, term } = problem.campaign
  const meant = pack.items.filter(({ id }) => items.includes(id))
  if (meant.length === 0 || meant.some(({ subject }) => subject !== 'organisation'))
    return refuse('campaign-persons', { rule: problem.id })
  if (!isRealDate(of.since) || of.since > of.day || of.since < countsSince(of.day, since))
    return refuse('campaign-dates', { field: 'since', rule: problem.id })
  if (!isRealDate(of.until) || of.until < of.day || of.until > addPeriod(of.day, term))
    return refuse('campaign-dates', { field: 'until', rule: problem.id })
  return problem
}

/** Whom a campaign may draw: an organisation, and not a natural person who trades under a code (个体工商户). */
export const isDrawable = (of: { kind: string; number: string }): boolean =>
  of.kind === 'organisation' && of.number !== '' && !isNamedAfterPerson(of.number)

/** Does a record say what the rule looks for? `fields` and `values` lie side by side. */
export function isMeant(
  { where }: Pick<CampaignRule, 'where'>,
  { fields, values }: { fields: readonly string[]; values: readonly string[] },
): boolean {
  if (!where) return true
  const value = values[fields.indexOf(where.field)] ?? ''
  return where.words.some((word) => value.includes(word))
}

export const CAMPAIGN_STATES = {
  proposed: { zh: '待审核', en: 'Waits for a second person' },
  rejected: { zh: '未开展', en: 'Not opened' },
  running: { zh: '进行中', en: 'Running' },
  ended: { zh: '已到期，待总结', en: 'Its term is over, to be closed' },
  reporting: { zh: '总结报告待审核', en: 'Closing report waits for a second person' },
  closed: { zh: '已结束', en: 'Closed' },
} as const satisfies Record<string, Text>
export type CampaignState = keyof typeof CAMPAIGN_STATES

/** How a campaign stands on a day: by its last act and its last day; clocks are read, not run. */
export function campaignState(of: { kind: string; until: string }, today: string): CampaignState {
  switch (of.kind) {
    case 'propose':
      return 'proposed'
    case 'reject':
      return 'rejected'
    case 'report':
      return 'reporting'
    case 'close':
      return 'closed'
    default:
      return of.until < today ? 'ended' : 'running'
  }
}

/** Nobody decides on a case that is closed: its last step has none after it. */
export const isUnfinished = (kind: string): boolean => nextKinds(CAMPAIGN, kind).length > 0

/** Cases in counts. Those an objection has undone are counted as that and as nothing else. */
export type CampaignSums = {
  drawn: number
  /** not given out yet */
  waiting: number
  /** being checked: given out, asked, answered */
  checking: number
  /** to be put right by a date */
  toRectify: number
  inOrder: number
  rectified: number
  handedOver: number
  lapsed: number
  undone: number
  /** unfinished past the day it was due */
  late: number
}

const COLUMN: Readonly<Record<string, keyof CampaignSums>> = {
  assign: 'checking',
  ask: 'checking',
  answer: 'checking',
  order: 'toRectify',
  report: 'toRectify',
  'in-order': 'inOrder',
  rectified: 'rectified',
  'hand-over': 'handedOver',
  lapse: 'lapsed',
}
export const noSums = (): CampaignSums => ({
  drawn: 0,
  waiting: 0,
  checking: 0,
  toRectify: 0,
  inOrder: 0,
  rectified: 0,
  handedOver: 0,
  lapsed: 0,
  undone: 0,
  late: 0,
})

/** Adds up counts by last step (null: not given out). */
export function sumCases(
  rows: readonly { kind: string | null; undone: boolean; late: boolean; n: number }[],
): CampaignSums {
  const sums = noSums()
  for (const { kind, undone, late, n } of rows) {
    sums.drawn += n
    sums[kind === null ? 'waiting' : undone ? 'undone' : (COLUMN[kind] ?? 'checking')] += n
    if (kind !== null && late && isUnfinished(kind)) sums.late += n
  }
  return sums
}

/** Finished: found one way or the other by a person. */
export const finishedOf = ({ inOrder, rectified, handedOver }: CampaignSums): number => inOrder + rectified + handedOver
