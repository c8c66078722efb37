import { campaignAt, noSums, sumCases, type Remedied } from '#domain/campaign.ts'
import { citationOf } from '#domain/listing.ts'
import { readCampaignFigures, type CampaignRow, type FigureRow } from '#store/campaign.ts'
import type { Queryable } from '#store/db.ts'
import { dayOf, nameOfUnit, packAt, type System } from '../system.ts'

/** The rule a campaign was opened by: of the pack in force on its day. */
export async function ruleOf(system: System, row: Pick<CampaignRow, 'problem' | 'at'>): Promise<Remedied> {
  const rule = campaignAt(await packAt(system, Temporal.Instant.from(row.at)), row.problem, dayOf(row.at))
  if (!rule) throw new Error(`no rule for campaign ${row.problem}`)
  return rule
}

/** What a campaign is, in words: the same on its board and in its closing report. */
export const headOf = (system: System, row: CampaignRow, { name, basis }: Remedied) => ({
  name,
  basis: citationOf(basis),
  scope: row.scope,
  lead: nameOfUnit(system, row.unit),
  opened: dayOf(row.at),
  since: row.since,
  until: row.until,
})

const counted = (rows: readonly FigureRow[]) => rows.map(({ n, ...row }) => ({ ...row, n: Number(n) }))

/** What a campaign comes to, in all and by unit. */
export async function figuresOf(system: System, num: number, db: Queryable) {
  const rows = await readCampaignFigures(db, num)
  const byUnit = Map.groupBy(
    rows.filter(({ unit }) => unit !== null),
    ({ unit }) => unit ?? 0,
  )
  return {
    sums: rows.length === 0 ? noSums() : sumCases(counted(rows)),
    units: [...byUnit].map(([unit, own]) => ({ unit: nameOfUnit(system, unit), sums: sumCases(counted(own)) })),
  }
}
