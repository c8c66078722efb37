import type pg from 'pg'
import { decideOpening } from '#domain/campaign.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import {
  actOnCampaign,
  holdCampaign,
  proposeCampaign,
  readCampaignCases,
  readCampaigns,
  type CampaignRow,
} from '#store/campaign.ts'
import { withDecision } from '#store/db.ts'
import { findUnit, today, type System } from '../system.ts'
import { lapse } from './lapse.ts'
import { makeReport } from './report.ts'

/** Why an act did not follow, by the outcome of the wall. */
export const refusalOfAct = (outcome: number): Refusal | undefined => {
  switch (outcome) {
    case 0:
      return undefined
    case 6:
      return refuse('not-found', { field: 'num' })
    case 8:
      return refuse('campaign-not-running')
    case 9:
      return refuse('campaign-own')
    default:
      return refuse('campaign-lead-only')
  }
}

/**
 * A unit that the pack names proposes a campaign: what is looked at from which day, until when, in which scope. It is opened by
 * a second person, and nobody is drawn before. Refuses with campaign-not-here, campaign-persons, campaign-dates.
 */
export async function propose(
  system: System,
  of: { actor: number; unit: string; problem: string; since: string; until: string; scope: string },
): Promise<{ num: number } | Refusal> {
  const unit = findUnit(system.reference.pack, of.unit)
  if (!unit) return refuse('unknown-unit')
  const scope = of.scope.trim()
  if (scope === '') return refuse('step-says-too-little', { field: 'scope' })
  const problem = decideOpening(system.reference.pack, { ...of, unit, day: today(system) })
  if (isRefusal(problem)) return problem
  const num = await proposeCampaign(system.pool, { ...of, scope })
  return num === null ? refuse('campaign-lead-only') : { num }
}

/** A second person of the unit that leads opens it, or says why not. */
export async function decideOnOpening(
  system: System,
  of: { actor: number; num: number; kind: 'open' | 'reject'; reason?: string },
): Promise<{ num: number } | Refusal> {
  const reason = of.reason?.trim() ?? ''
  if (of.kind === 'reject' && reason === '') return refuse('reason-missing', { field: 'reason' })
  const { outcome } = await actOnCampaign(system.pool, { ...of, reason })
  return refusalOfAct(outcome) ?? { num: of.num }
}

/** Holds a campaign that the actor reads for one transaction and works on it; a refusal takes everything back. */
export const withCampaign = <result>(
  system: System,
  of: { actor: number; num: number },
  work: (client: pg.PoolClient, row: CampaignRow) => Promise<result | Refusal>,
): Promise<result | Refusal> =>
  withDecision(system.pool, async (client) => {
    await holdCampaign(client, of.num)
    const [row] = await readCampaigns(client, of)
    return row ? work(client, row) : refuse('not-found', { field: 'num' })
  })

/** Prepares the closing report with the figures of now; until it is decided on, no case goes on. */
export function prepareClosing(
  system: System,
  of: { actor: number; num: number; note: string },
): Promise<{ num: number } | Refusal> {
  const note = of.note.trim()
  if (note === '') return Promise.resolve(refuse('step-says-too-little', { field: 'note' }))
  return withCampaign(system, of, async (client, row) => {
    const figures = Buffer.from(JSON.stringify(await makeReport(system, client, row, note)))
    const { outcome } = await actOnCampaign(client, { ...of, kind: 'report', reason: note, figures })
    return refusalOfAct(outcome) ?? { num: of.num }
  })
}

/**
 * A second person closes the campaign on its report, or sends the report back. With the closing every unfinished case ends
 * without a finding, and its organisation is told so.
 */
export function decideOnClosing(
  system: System,
  of: { actor: number; num: number; kind: 'close' | 'return'; reason?: string },
): Promise<{ num: number; told: number } | Refusal> {
  const reason = of.reason?.trim() ?? ''
  if (of.kind === 'return' && reason === '') return Promise.resolve(refuse('reason-missing', { field: 'reason' }))
  return withCampaign(system, of, async (client) => {
    const { outcome } = await actOnCampaign(client, { ...of, reason })
    const refusal = refusalOfAct(outcome)
    if (refusal) return refusal
    if (of.kind === 'return') return { num: of.num, told: 0 }
    const told = await lapse(system, client, of.actor, await readCampaignCases(client, of))
    return isRefusal(told) ? told : { num: of.num, told }
  })
}
