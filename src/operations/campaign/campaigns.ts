import {
  CAMPAIGN_STATES,
  campaignState,
  isUnfinished,
  problemsOf,
  unitsOfCampaign,
  type CampaignSums,
} from '#domain/campaign.ts'
import { nameOfStep } from '#domain/machines.ts'
import { addPeriod } from '#domain/period.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { countsSince } from '#domain/simulate.ts'
import { readActs, readCampaignCases, readCampaigns, type CampaignCaseRow, type CampaignRow } from '#store/campaign.ts'
import { caseId } from '../case-id.ts'
import { findUnit, nameOfUnit, today, type System } from '../system.ts'
import { figuresOf, headOf, ruleOf } from './rule.ts'
import { readReport, type ClosingReport } from './report.ts'

const NOWHERE: Text = { zh: '', en: '' }
/** The problems that a unit may open a campaign on, with what the rule allows (R45). */
export function listProblems(system: System, unitId: string) {
  const { pack } = system.reference
  const day = today(system)
  const unit = findUnit(pack, unitId)
  return (unit ? problemsOf(pack, unit, day) : []).map((problem) => ({
    id: problem.id,
    name: problem.name,
    basis: problem.basis.map(({ document, article, unverified }) => ({ document, article, unverified })),
    items: problem.campaign.items.map((id) => ({
      id,
      name: pack.items.findLast((item) => item.id === id)?.name ?? NOWHERE,
    })),
    words: [...(problem.campaign.where?.words ?? [])],
    units: unitsOfCampaign(pack, problem.campaign, day).map(({ id, name }) => ({ id, name })),
    /** what the rule reaches: the earliest first day of records, and the latest last day */
    since: countsSince(day, problem.campaign.since),
    until: addPeriod(day, problem.campaign.term),
  }))
}

export type CampaignView = {
  num: number
  problem: string
  name: Text
  basis: string
  scope: string
  lead: { id: string; name: Text }
  opened: string
  since: string
  until: string
  state: { kind: ReturnType<typeof campaignState>; name: Text }
  /** why it was rejected or its report sent back */
  reason: string
  /** the last act is the reader's own: a second person decides on it */
  mine: boolean
  sums: CampaignSums
}

async function view(
  system: System,
  row: CampaignRow,
  figures = figuresOf(system, row.num, system.pool),
): Promise<CampaignView> {
  const state = campaignState(row, today(system))
  return {
    num: row.num,
    problem: row.problem,
    ...headOf(system, row, await ruleOf(system, row)),
    state: { kind: state, name: CAMPAIGN_STATES[state] },
    reason: row.reason,
    mine: row.mine,
    sums: (await figures).sums,
  }
}

/** Campaigns in numbers, newest first: those opened for all who work here, others for their unit and the office; or only one's lead. */
export async function listCampaigns(system: System, actor: number, lead?: string): Promise<CampaignView[]> {
  const rows = await readCampaigns(system.pool, { actor })
  const meant = rows.filter(({ unit }) => lead === undefined || system.reference.unitId.get(unit) === lead)
  return Promise.all(meant.map((row) => view(system, row)))
}

/** The row of a campaign that this actor may read, or not-found. */
export async function findCampaign(system: System, of: { actor: number; num: number }): Promise<CampaignRow | Refusal> {
  const [row] = await readCampaigns(system.pool, of)
  return row ?? refuse('not-found', { field: 'num' })
}

export type CampaignFile = {
  campaign: CampaignView
  rule: { items: Text[]; words: string[]; units: { id: string; name: Text }[] }
  units: { unit: { id: string; name: Text }; sums: CampaignSums }[]
  acts: { step: number; kind: string; at: string; actor: Text; reason: string; digest?: string }[]
  report?: ClosingReport
}

/** One campaign: its rule, who checks how many, what was done with it, and its closing report as it was prepared. */
export async function getCampaign(system: System, of: { actor: number; num: number }): Promise<CampaignFile | Refusal> {
  const row = await findCampaign(system, of)
  if (isRefusal(row)) return row
  const rule = await ruleOf(system, row)
  const { pack } = system.reference
  const acts = await readActs(system.pool, of)
  const report = acts.findLast((act) => act.figures !== null)
  const figures = figuresOf(system, of.num, system.pool)
  return {
    campaign: await view(system, row, figures),
    rule: {
      items: rule.campaign.items.map((id) => pack.items.findLast((item) => item.id === id)?.name ?? NOWHERE),
      words: [...(rule.campaign.where?.words ?? [])],
      units: unitsOfCampaign(pack, rule.campaign, today(system)).map(({ id, name }) => ({ id, name })),
    },
    units: (await figures).units,
    acts: acts.map(({ step, kind, at, actor, reason, digest }) => ({
      step,
      kind,
      at,
      actor,
      reason,
      ...(digest === null ? {} : { digest: digest.toString('hex') }),
    })),
    ...(report ? { report: readReport(report) } : {}),
  }
}

const maybe = <value>(value: value | null): value | undefined => value ?? undefined

function viewCase(system: System, row: CampaignCaseRow) {
  const date = today(system)
  const open = row.kind !== null && isUnfinished(row.kind)
  return {
    /** the organisation, by its key: what a case is given out by */
    organisation: row.subject.replaceAll('-', ''),
    case: row.file === null ? undefined : caseId(row.subject, row.file),
    name: maybe(row.name),
    records: row.records,
    unit: row.unit === null ? undefined : nameOfUnit(system, row.unit),
    state: row.kind === null ? undefined : { kind: row.kind, name: nameOfStep('campaign', row.kind) },
    given: maybe(row.given),
    day: maybe(row.day),
    window: maybe(row.window_end),
    due: open ? maybe(row.due) : undefined,
    late: open && row.due !== null && row.due < date,
    open,
    undone: row.undone,
  }
}
export type CampaignCaseView = ReturnType<typeof viewCase>

/** The cases of a campaign: all for the unit that leads, its own for a unit that checks. */
export async function listCampaignCases(
  system: System,
  of: { actor: number; num: number },
): Promise<CampaignCaseView[] | Refusal> {
  const row = await findCampaign(system, of)
  if (isRefusal(row)) return row
  return (await readCampaignCases(system.pool, of)).map((one) => viewCase(system, one))
}
