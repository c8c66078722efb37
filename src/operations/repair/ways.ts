import type { FoldedRecord } from '#domain/archive.ts'
import { itemAt } from '#domain/catalog.ts'
import type { Pack } from '#domain/pack.ts'
import { describeRepair, waysOf, type Repairable } from '#domain/repair.ts'

const isAdverse = (pack: Pack, record: FoldedRecord): boolean =>
  (itemAt(pack, record.item, record.decided) ?? pack.items.findLast(({ id }) => id === record.item))?.nature ===
  'adverse'

/** A record as repair looks at it. */
export const repairable = (pack: Pack, record: FoldedRecord): Repairable => ({
  ...record,
  adverse: isAdverse(pack, record),
})

/** The person's records with their ways out, and the repair rules these name, said once (B16). */
export function withWays(pack: Pack, records: FoldedRecord[], date: string) {
  const repairs: Record<string, ReturnType<typeof describeRepair>> = {}
  const led = records.map((record) => {
    const ways = waysOf(pack, repairable(pack, record), date)
    const rule = pack.repair.findLast(({ id }) => id === ways?.rule)
    if (rule) repairs[rule.id] ??= describeRepair(rule)
    return ways ? { ...record, ways } : record
  })
  return { records: led, repairs }
}
