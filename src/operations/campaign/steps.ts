import { isRealDate } from '#domain/pack-check-time.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { enterCampaignCase, enterCampaignStep, findCampaignOf, readCampaigns } from '#store/campaign.ts'
import type { StepRequest, Taken } from '../case.ts'
import type { Prepared } from '../case-prepare.ts'
import { today, type System } from '../system.ts'
import { ruleOf } from './rule.ts'

/** Effect of the first step: the wall judges again that the organisation was drawn, and by whom it is given to whom. */
export async function enterCase({ client, subject, taken, content }: Taken): Promise<Refusal | undefined> {
  const campaign = Number(content.fields?.['campaign'])
  if (!Number.isSafeInteger(campaign)) return refuse('step-not-possible')
  switch (await enterCampaignCase(client, { subject, file: taken.num, campaign })) {
    case 0:
      return undefined
    case 10:
      return refuse('campaign-given-out')
    default:
      return refuse('campaign-not-running')
  }
}

/** Effect of every later step of an office: while the campaign runs, the organisation is told, and no objection has undone it. */
export async function enterStep({ client, subject, taken }: Taken): Promise<Refusal | undefined> {
  switch (await enterCampaignStep(client, { subject, num: taken.num })) {
    case 0:
      return undefined
    case 9:
      return refuse('step-not-possible')
    default:
      return refuse('campaign-not-running')
  }
}

async function rowOf(system: System, { actor, subject, place }: StepRequest) {
  const num = place.last && (await findCampaignOf(system.pool, { actor, subject, file: place.last.file }))
  const [row] = num === undefined ? [] : await readCampaigns(system.pool, { actor, num })
  return row ?? refuse('not-found')
}

/** Terms of the campaign's own rule: by when it is checked, and how long the organisation has to answer. */
export async function prepareAsk(system: System, request: StepRequest): Promise<Prepared | Refusal> {
  const row = await rowOf(system, request)
  if (isRefusal(row)) return row
  const { check, answer } = (await ruleOf(system, row)).campaign
  return { terms: { due: check, window: answer } }
}

/** Put right by a day that lies ahead and within the campaign. */
export async function prepareOrder(system: System, request: StepRequest): Promise<Prepared | Refusal> {
  const row = await rowOf(system, request)
  if (isRefusal(row)) return row
  const { day } = request.content
  if (day === undefined || !isRealDate(day) || day <= today(system) || day > row.until)
    return refuse('campaign-rectify-by', { field: 'day' })
  return { dates: { due: day } }
}
