import { isMeant, unitsOfCampaign } from '#domain/campaign.ts'
import { isWithinLevel } from '#domain/catalog.ts'
import { citationOf } from '#domain/listing.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { refusalOf, unpackRecords } from '#store/archive.ts'
import { readCampaigns, readCaseRecords } from '#store/campaign.ts'
import { withTransaction } from '#store/db.ts'
import { compose, decodeWithTerms, foldOf, openIdentity, withMarks } from '../archive-decode.ts'
import { takeCaseStep } from '../case.ts'
import { caseId, parseCaseId, parsePersonId } from '../case-id.ts'
import type { Reader } from '../case-view.ts'
import { today, type System } from '../system.ts'
import { findCampaign } from './campaigns.ts'
import { ruleOf } from './rule.ts'

/**
 * The unit that leads gives a drawn organisation to a unit to check: a case begins. Refuses with campaign-lead-only,
 * campaign-given-out, campaign-not-running, unknown-unit (not one that the pack names for this campaign).
 */
export async function giveOut(
  system: System,
  reader: Reader & { unit: string },
  of: { num: number; organisation: string; unit: string },
): Promise<{ case: string; step: number; day: string } | Refusal> {
  const row = await findCampaign(system, { actor: reader.account, num: of.num })
  if (isRefusal(row)) return row
  if (system.reference.unitId.get(row.unit) !== reader.unit) return refuse('campaign-lead-only')
  const rule = await ruleOf(system, row)
  const owner = system.reference.unitNum.get(of.unit)
  const may = unitsOfCampaign(system.reference.pack, rule.campaign, today(system)).some(({ id }) => id === of.unit)
  if (owner === undefined || !may) return refuse('unknown-unit', { field: 'unit' })
  if (row.until < today(system)) return refuse('campaign-not-running')
  const subject = parsePersonId(of.organisation)
  const taken = await takeCaseStep(system, {
    actor: reader.account,
    subject,
    machine: 'campaign',
    kind: 'assign',
    place: { nk: 0n, owner },
    content: {
      fields: { campaign: String(of.num) },
      basis: citationOf(rule.basis),
      outcome: `专项治理：${rule.name.zh}`,
    },
  })
  if (isRefusal(taken)) return taken
  return { case: caseId(subject, taken.num), step: taken.step, day: taken.day }
}

/** The records a case was drawn from, as they can be used today: a look-up that the organisation sees (G4). */
export async function readRecordsOfCase(system: System, reader: Reader, id: string) {
  const named = parseCaseId(id)
  if (!named) return refuse('not-found')
  const found = await withTransaction(system.pool, (client) =>
    readCaseRecords(client, { actor: reader.account, ...named }),
  )
  // 8: the campaign is over, and the reason to read with it
  const refusal = found.outcome === 8 ? refuse('campaign-not-running') : refusalOf(found.outcome)
  if (refusal) return refusal
  const { pack } = system.reference
  const date = today(system)
  const identity = openIdentity(system, found.sealed, named.subject, 'organisation')
  const stored = await decodeWithTerms(
    system,
    unpackRecords(found.records ?? Buffer.alloc(0)),
    named.subject,
    undefined,
  )
  if (isRefusal(stored)) return stored
  const [row] = await readCampaigns(system.pool, { actor: reader.account, num: found.campaign ?? 0 })
  const rule = row && (await ruleOf(system, row))
  // open and internal fields, of the items that the rule names
  const granted = new Map(
    (rule?.campaign.items ?? []).map((item) => [
      item,
      (pack.items.findLast(({ id: one }) => one === item)?.fields ?? [])
        .filter((field) => isWithinLevel(field.sensitivity, 'internal'))
        .map((field) => field.id),
    ]),
  )
  const meant = rule ? stored.filter((record) => isMeant(rule.campaign, record)) : []
  const marked = withMarks(found, meant, { system, subject: named.subject })
  const records = foldOf(system, pack)(marked, { date, granted, ended: false })
  return {
    access: String(found.access),
    at: found.at,
    campaign: found.campaign ?? 0,
    organisation: { name: identity?.name ?? '', number: identity?.number ?? '' },
    ...compose(system, pack, date, granted, records),
  }
}
