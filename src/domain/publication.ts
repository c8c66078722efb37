import { addTerm, type Calendar, type DayOrUnknown } from './calendar.ts'
import { inForce, itemAt } from './catalog.ts'
import type { Item, Pack } from './pack.ts'
import type { List } from './pack-process.ts'

type Published = Item & { publish: NonNullable<Item['publish']> }

/** The items the law publishes, as they read today: of organisations only, whatever an item says (G12). */
export function publishedItems(pack: Pick<Pack, 'items'>, date: string): Published[] {
  const ids = [...new Set(pack.items.map(({ id }) => id))]
  return ids.flatMap((id) => {
    const item = itemAt(pack, id, date) ?? pack.items.findLast((one) => one.id === id)
    return item?.publish && item.subject === 'organisation' ? [{ ...item, publish: item.publish }] : []
  })
}

const openFields = ({ fields }: Pick<Item, 'fields'>): string[] =>
  fields.filter(({ sensitivity }) => sensitivity === 'open').map(({ id }) => id)

/** What the public sees of each published item: its open fields. In the shape of a reader's grants. */
export const publicGrants = (pack: Pick<Pack, 'items'>, date: string): ReadonlyMap<string, readonly string[]> =>
  new Map(publishedItems(pack, date).map((item) => [item.id, openFields(item)]))

export type PublicList = List & { publish: NonNullable<List['publish']> }

/**
 * The lists that the law publishes, as they read on a day (R34, R47): the rule of each id in force last. Natural persons are
 * in them only where the basis of the list itself says so.
 */
export const publishedLists = (pack: Pick<Pack, 'lists'>, date: string): PublicList[] =>
  [...new Set(pack.lists.map(({ id }) => id))].flatMap((id) => {
    const list = pack.lists.findLast((one) => one.id === id && inForce(one, date))
    return list?.publish ? [{ ...list, publish: list.publish }] : []
  })

/** What the public sees of the entries of a list: the open fields of its item, whoever they are about. */
export function entryGrants(pack: Pick<Pack, 'items'>, list: Pick<List, 'item'>, date: string) {
  const item = itemAt(pack, list.item, date) ?? pack.items.findLast(({ id }) => id === list.item)
  return new Map<string, readonly string[]>(item ? [[item.id, openFields(item)]] : [])
}

/** In which column of the site a published item stands: commitments in their own (R15), entries of lists under their list. */
export type Chapter = 'decisions' | 'commitments' | 'lists'
export const chapterOf = (pack: Pick<Pack, 'lists'>, item: Pick<Item, 'id' | 'class'>): Chapter =>
  pack.lists.some((list) => list.item === item.id) ? 'lists' : item.class === '08' ? 'commitments' : 'decisions'

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
