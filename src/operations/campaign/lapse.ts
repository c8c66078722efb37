import { isUnfinished } from '#domain/campaign.ts'
import { MACHINES } from '#domain/machines.ts'
import { refuse, type Refusal } from '#domain/refusal.ts'
import { findStep } from '#domain/step.ts'
import { enterCampaignStep, type CampaignCaseRow } from '#store/campaign.ts'
import { sealStep, takeStep } from '#store/case.ts'
import type { Queryable } from '#store/db.ts'
import { noticeOf } from '../case-notice.ts'
import { nameOfUnit, today, type System } from '../system.ts'

const REASON =
  '专项治理已经结束，本案未办完，不作任何认定，也不产生任何影响。The campaign is closed; this case was not finished, nothing was found in it, and nothing follows from it.'

/** Ends every unfinished case with the campaign, in the transaction of its closing; how many were told. */
export async function lapse(
  system: System,
  client: Queryable,
  actor: number,
  cases: readonly CampaignCaseRow[],
): Promise<number | Refusal> {
  const machine = MACHINES['campaign']
  const day = today(system)
  let told = 0
  for (const { subject, file, kind, unit, step: last } of cases) {
    if (file === null || kind === null || unit === null || last === null || !isUnfinished(kind)) continue
    const step = machine && findStep(machine, kind, 'lapse')
    if (!machine || !step) throw new Error(`no end of a case after ${kind}`)
    const content = { reason: REASON }
    const taken = await takeStep(client, {
      actor,
      subject,
      machine: machine.id,
      kind: 'lapse',
      file,
      step: last + 1,
      pack: system.reference.packNum,
      sealed: sealStep(system.cipher, subject, 0n, content),
      notice: noticeOf({ machine, step, owner: nameOfUnit(system, unit).name, day, dates: {}, content }),
    })
    if (taken.outcome !== 0) return refuse('step-taken-first')
    if ((await enterCampaignStep(client, { subject, num: taken.num })) !== 0) return refuse('campaign-not-running')
    told += 1
  }
  return told
}
