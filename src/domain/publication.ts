import { addTerm, type Calendar, type DayOrUnknown } from './calendar.ts'
import { itemAt } from './catalog.ts'
import type { Item, Pack } from './pack.ts'

type Published = Item & { publish: NonNullable<Item['publish']> }

/** The items the law publishes, as they read today: of organisations only, whatever an item says (G12). */
export function publishedItems(pack: Pick<Pack, 'items'>, date: string): Published[] {
  const ids = [...new Set(pack.items.map(({ id }) => id))]
  return ids.flatMap((id) => {
    const item = itemAt(pack, id, date) ?? pack.items.findLast((one) => one.id === id)
    return item?.publish && item.subject === 'organisation' ? [{ ...item, publish: item.publish }] : []
  })
}

/** What the public sees of each published item: its open fields. In the shape of a reader's grants. */
export const publicGrants = (pack: Pick<Pack, 'items'>, date: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    publishedItems(pack, date).map((item) => [
      item.id,
      item.fields.filter(({ sensitivity }) => sensitivity === 'open').map(({ id }) => id),
    ]),
  )

/** Is a record of this display class published? Minor ones in principle are not (信用修复管理办法). */
export const isClassPublished = (item: Pick<Published, 'publish'>, display: string): boolean =>
  !item.publish.except?.includes(display)

/** Where a published decision stands with its clock; 'unknown' where the official calendar does not reach. */
export type Timeliness = 'in-time' | 'late' | 'unknown'

/** The last day on which a decision is published in time (发改办财金〔2018〕424号: 7 working days). */
export const publicityDue = (calendar: Calendar, item: Pick<Published, 'publish'>, decided: string): DayOrUnknown =>
  addTerm(calendar, decided, item.publish.within)

export const judgeTimeliness = (due: DayOrUnknown, published: string): Timeliness =>
  due === 'unknown' ? 'unknown' : published <= due ? 'in-time' : 'late'
