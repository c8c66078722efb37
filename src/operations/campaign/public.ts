import { suppressSmall } from '#domain/small-cells.ts'
import type { Text } from '#domain/refusal.ts'
import { readPublicCampaigns, type PublicCampaignRow } from '#store/campaign.ts'
import { nameOfUnit, type System } from '../system.ts'
import { readReport } from './report.ts'
import { ruleOf } from './rule.ts'

type Count = number | null
export type PublicCampaign = {
  num: number
  name: Text
  lead: Text
  opened: string
  until: string
  closed?: string
  /** once it is closed, as it was closed: figures of one day and the next would tell of one organisation */
  counts?: {
    drawn: Count
    inOrder: Count
    rectified: Count
    handedOver: Count
    /** not finished, or undone by an objection */
    rest: Count
  }
}

/** Of the report that two persons closed the campaign on; the small ones left out. */
function countsOf(row: Pick<PublicCampaignRow, 'figures' | 'digest'>): PublicCampaign['counts'] {
  if (row.figures === null) return undefined
  const { drawn, inOrder, rectified, handedOver } = readReport(row).sums
  const cells = suppressSmall([inOrder, rectified, handedOver, drawn - inOrder - rectified - handedOver])
  return {
    drawn: suppressSmall([drawn])[0] ?? null,
    inOrder: cells[0] ?? null,
    rectified: cells[1] ?? null,
    handedOver: cells[2] ?? null,
    rest: cells[3] ?? null,
  }
}

/** Campaigns that were opened, for everybody: of these units' or of all; in numbers, when they are closed. */
export async function listPublicCampaigns(
  system: System,
  units: ReadonlySet<string> | 'all',
): Promise<PublicCampaign[]> {
  const shown: PublicCampaign[] = []
  for (const row of await readPublicCampaigns(system.pool)) {
    const lead = nameOfUnit(system, row.unit)
    if (units !== 'all' && !units.has(lead.id)) continue
    const counts = countsOf(row)
    shown.push({
      num: row.num,
      name: (await ruleOf(system, row)).name,
      lead: lead.name,
      opened: row.opened,
      until: row.until,
      ...(row.closed === null ? {} : { closed: row.closed }),
      ...(counts ? { counts } : {}),
    })
  }
  return shown
}
