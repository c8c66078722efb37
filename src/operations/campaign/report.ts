import { createHash } from 'node:crypto'
import type { CampaignSums } from '#domain/campaign.ts'
import type { Text } from '#domain/refusal.ts'
import type { ActRow, CampaignRow } from '#store/campaign.ts'
import type { Queryable } from '#store/db.ts'
import { today, type System } from '../system.ts'
import { figuresOf, headOf, ruleOf } from './rule.ts'

type Named = { id: string; name: Text }

/** The closing report as it is kept: numbers, units and days. No organisation is named in it, and nothing changes it. */
export type ClosingReport = {
  campaign: number
  name: Text
  basis: string
  scope: string
  lead: Named
  opened: string
  since: string
  until: string
  day: string
  sums: CampaignSums
  units: { unit: Named; sums: CampaignSums }[]
  note: string
}

/** Adds a campaign up as it stands within the transaction of `db`, which holds it. */
export async function makeReport(
  system: System,
  db: Queryable,
  row: CampaignRow,
  note: string,
): Promise<ClosingReport> {
  return {
    campaign: row.num,
    ...headOf(system, row, await ruleOf(system, row)),
    day: today(system),
    ...(await figuresOf(system, row.num, db)),
    note,
  }
}

/** The bytes that were kept, typed again; their digest says that nobody changed them. */
export function readReport({ figures, digest }: Pick<ActRow, 'figures' | 'digest'>): ClosingReport {
  if (!figures || !digest || !createHash('sha256').update(figures).digest().equals(digest))
    throw new Error('a closing report is not what it was')
  return typed(figures)
}

// oxlint-disable-next-line typescript/no-explicit-any -- we wrote these bytes ourselves
const typed = (bytes: Buffer): any => JSON.parse(bytes.toString('utf8'))
