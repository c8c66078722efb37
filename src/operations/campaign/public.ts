import { suppressSmall } from '#domain/small-cells.ts'
import type { Text } from '#domain/refusal.ts'
import { readPublicCampaigns } from '#store/campaign.ts'
import { nameOfUnit, type System } from '../system.ts'
import { figuresOf, ruleOf } from './rule.ts'

type Count = number | null
export type PublicCampaign = {
  num: number
  name: Text
  lead: Text
  opened: string
  until: string
  closed?: string
  drawn: Count
  inOrder: Count
  rectified: Count
  handedOver: Count
  /** under way, unfinished or undone */
  rest: Count
}

/** Campaigns that were opened, for everybody: numbers alone, the small ones left out; of these units' or of all. */
export async function listPublicCampaigns(
  system: System,
  units: ReadonlySet<string> | 'all',
): Promise<PublicCampaign[]> {
  const shown: PublicCampaign[] = []
  for (const row of await readPublicCampaigns(system.pool)) {
    const lead = nameOfUnit(system, row.unit)
    if (units !== 'all' && !units.has(lead.id)) continue
    const { sums } = await figuresOf(system, row.num, system.pool)
    const { drawn, inOrder, rectified, handedOver } = sums
    const cells = suppressSmall([inOrder, rectified, handedOver, drawn - inOrder - rectified - handedOver])
    shown.push({
      num: row.num,
      name: (await ruleOf(system, row)).name,
      lead: lead.name,
      opened: row.opened,
      until: row.until,
      ...(row.closed === null ? {} : { closed: row.closed }),
      drawn: suppressSmall([drawn])[0] ?? null,
      inOrder: cells[0] ?? null,
      rectified: cells[1] ?? null,
      handedOver: cells[2] ?? null,
      rest: cells[3] ?? null,
    })
  }
  return shown
}
