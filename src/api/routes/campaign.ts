import { isRefusal, refuse } from '#domain/refusal.ts'
import { decideOnClosing, decideOnOpening, prepareClosing, propose } from '#operations/campaign/acts.ts'
import { getCampaign, listCampaignCases, listCampaigns, listProblems } from '#operations/campaign/campaigns.ts'
import { giveOut, readRecordsOfCase } from '#operations/campaign/cases.ts'
import { draw } from '#operations/campaign/draw.ts'
import type { Handlers } from '../handler.ts'

type Names =
  | 'campaigns'
  | 'campaign'
  | 'campaignCases'
  | 'campaignRecords'
  | 'proposeCampaign'
  | 'decideCampaign'
  | 'drawCampaign'
  | 'giveOutCase'
  | 'prepareClosing'
  | 'closeCampaign'

/** Special campaigns over organisations (R45). */
export const campaignRoutes: Handlers<Names> = {
  campaigns: async ({ system, session }) => ({
    campaigns: await listCampaigns(system, session.account),
    problems: session.unit === undefined ? [] : listProblems(system, session.unit),
  }),
  campaign: ({ system, session, params }) => getCampaign(system, { actor: session.account, num: params.num }),
  campaignCases: async ({ system, session, params }) => {
    const cases = await listCampaignCases(system, { actor: session.account, num: params.num })
    return isRefusal(cases) ? cases : { cases }
  },
  campaignRecords: ({ system, session: { account, unit, roles }, params }) =>
    readRecordsOfCase(system, { account, unit, roles }, params.case),
  proposeCampaign: ({ system, session, body }) =>
    session.unit === undefined
      ? refuse('not-allowed')
      : propose(system, { actor: session.account, unit: session.unit, ...body }),
  decideCampaign: ({ system, session, params, body }) =>
    decideOnOpening(system, { actor: session.account, ...params, ...body }),
  drawCampaign: ({ system, session, params }) => draw(system, { actor: session.account, num: params.num }),
  giveOutCase: ({ system, session: { account, unit, roles }, params, body }) =>
    unit === undefined ? refuse('not-allowed') : giveOut(system, { account, unit, roles }, { ...params, ...body }),
  prepareClosing: ({ system, session, params, body }) =>
    prepareClosing(system, { actor: session.account, ...params, ...body }),
  closeCampaign: ({ system, session, params, body }) =>
    decideOnClosing(system, { actor: session.account, ...params, ...body }),
}
