import { isDrawable, isMeant } from '#domain/campaign.ts'
import { uuidOf } from '#store/cipher.ts'
import { isRefusal, type Refusal } from '#domain/refusal.ts'
import { unpackRecords } from '#store/archive.ts'
import { actOnCampaign, campaignCandidates, drawInto, type CandidateRow } from '#store/campaign.ts'
import { decodeWithTerms, foldOf, openIdentity } from '../archive-decode.ts'
import { today, type System } from '../system.ts'
import { refusalOfAct, withCampaign } from './acts.ts'
import { ruleOf } from './rule.ts'

/**
 * Draws the organisations that the rule of a campaign means today, by the gate: each that is looked at has an access row of the
 * same transaction, drawn or not. Nothing follows from it but that a person may give each to a unit (B7). Only organisations,
 * no natural person who trades, and only by records that can be used today and say what the rule looks for (G5).
 */
export async function draw(
  system: System,
  of: { actor: number; num: number },
): Promise<{ num: number; looked: number; drawn: number } | Refusal> {
  return withCampaign(system, of, async (client, row) => {
    const { outcome, step } = await actOnCampaign(client, { ...of, kind: 'draw', reason: '' })
    const refusal = refusalOfAct(outcome)
    if (refusal) return refusal
    const { campaign: rule } = await ruleOf(system, row)
    const [subjects, records]: [string[], number[]] = [[], []]
    let looked = 0
    for (let after: string | undefined; ;) {
      const batch = await campaignCandidates(client, { ...of, after })
      if (batch.length === 0) break
      for (const one of batch) {
        const count = await countMeant(system, rule, one)
        if (count === 0) continue
        subjects.push(one.subject)
        records.push(Math.min(count, 32_767))
      }
      looked += batch.length
      after = batch.at(-1)?.subject
    }
    const drawn = await drawInto(client, { ...of, step, subjects, records })
    if (drawn !== subjects.length) throw new Error('an organisation was drawn that nobody looked at')
    return { num: of.num, looked, drawn }
  })
}

/** How many records of an organisation count today and say what the rule looks for; none of a person's. */
async function countMeant(
  system: System,
  rule: Awaited<ReturnType<typeof ruleOf>>['campaign'],
  row: CandidateRow,
): Promise<number> {
  const identity = openIdentity(system, row.sealed, row.subject, 'organisation')
  // the number is what makes a subject an organisation, and not the row that says so
  const own = identity && uuidOf(system.subjectKey('organisation', identity.number)) === row.subject
  if (!own || !isDrawable(identity)) return 0
  const stored = await decodeWithTerms(system, unpackRecords(row.records ?? Buffer.alloc(0)), row.subject, undefined)
  if (isRefusal(stored)) return 0
  const meant = stored.filter((record) => isMeant(rule, record))
  return foldOf(system, system.reference.pack)(meant, { date: today(system), granted: 'all', ended: false }).length
}
