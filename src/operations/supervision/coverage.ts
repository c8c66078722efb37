import { maySend } from '#domain/catalog.ts'
import { markedName } from '#domain/pack-words.ts'
import type { Item, Pack } from '#domain/pack.ts'
import { readLayout } from '#domain/record-layout.ts'
import type { Text } from '#domain/refusal.ts'
import { inEffect, type SupervisionEntry } from '#domain/supervision.ts'
import { countByValue, countSubjects } from '#store/supervision.ts'
import { isIn, unitNumsIn, type Scope } from '../places.ts'
import type { System } from '../system.ts'

export type Coverage = {
  group: { id: string; name: Text }
  /** with at least one record; absent where the catalogue does not tell the group apart from others */
  people?: number
  /** how many the group's own register has: the denominator */
  register?: number
  registerDay?: string
  share?: number
  /** units that report about the group */
  units: string[]
}

/** The newest row in force of a kind about something. */
export const newestOf = (entries: readonly SupervisionEntry[], kind: string, about: string) =>
  inEffect(entries)
    .filter((entry) => entry.kind === kind && entry.about === about)
    .toSorted((a, b) => (a.day === b.day ? a.num - b.num : a.day < b.day ? -1 : 1))
    .at(-1)

type Meant = {
  field: string
  values: string[]
  /** every value of the field's codes: what a count of it asks for */
  every: string[]
}

/** How an item that is about several groups tells one of them: the field, and the values that mean it by their name. */
function valuesOf(pack: Pack, item: Item, group: string): Meant | undefined {
  type Value = Pack['codes'][number]['values'][number]
  const written = ({ code, name, alias = [] }: Value) => [code, name.zh, ...alias]
  for (const field of item.fields) {
    const codes = pack.codes.find(({ id }) => id === field.codes)
    const meant = codes?.values.filter(({ name, alias }) => name.zh === group || alias?.includes(group)) ?? []
    if (meant.length > 0)
      return { field: field.id, values: meant.flatMap(written), every: codes?.values.flatMap(written) ?? [] }
  }
  return undefined
}

/**
 * Key groups (R4): people with at least one record of a group's items, of the number that the group's register gives. An
 * item that is about several groups is counted by the field that says which; where none does, nothing is claimed.
 */
export async function coverageOf(
  system: System,
  entries: readonly SupervisionEntry[],
  scope: Scope,
): Promise<Coverage[]> {
  const { pack } = system.reference
  const counts = new Map<string, Promise<Map<string, number>>>()
  return Promise.all(
    pack.keyGroups.map(async ({ id, name, basis }) => {
      const items = pack.items.filter(({ groups }) => groups?.includes(id))
      const people = await countGroup(system, { id, name: name.zh, items, units: unitNumsIn(system, scope) }, counts)
      const register = newestOf(
        entries.filter(({ unit }) => isIn(scope, unit)),
        'register',
        id,
      )
      const count = register?.content.count
      return {
        group: { id, name: markedName(name, basis) },
        people,
        register: count,
        registerDay: register?.day,
        share: count && people !== undefined ? Math.min(1, Math.round((people / count) * 10_000) / 10_000) : undefined,
        units: pack.units
          .filter((unit) => isIn(scope, unit.id) && items.some((item) => maySend(item, unit)))
          .map((unit) => unit.id),
      }
    }),
  )
}

async function countGroup(
  { pool, reference: { pack, itemOf } }: System,
  group: { id: string; name: string; items: readonly Item[]; units: number[] | null },
  counts: Map<string, Promise<Map<string, number>>>,
): Promise<number | undefined> {
  const numsOf = (item: string) => [...itemOf].filter(([, { id }]) => id === item)
  const ids = new Set(group.items.map(({ id }) => id))
  const alone = group.items.every(({ groups }) => groups?.length === 1)
  if (alone) {
    const nums = [...ids].flatMap(numsOf).map(([num]) => num)
    return nums.length === 0 ? 0 : countSubjects(pool, nums, group.units)
  }
  let people = 0
  for (const id of ids) {
    const item = group.items.findLast((one) => one.id === id)
    const meant = item && valuesOf(pack, item, group.name)
    if (!meant) return undefined
    const places = numsOf(id).flatMap(([num, { layout }]) => {
      const slot = readLayout(layout).open.findIndex(({ fields }) => fields.length === 1 && fields[0] === meant.field)
      return slot < 0 ? [] : [{ item: num, slot: slot + 1 }]
    })
    const key = `${id} ${meant.field}`
    const counting = counts.get(key) ?? countByValue(pool, places, meant.every, group.units)
    counts.set(key, counting)
    const counted = await counting
    people += meant.values.reduce((sum, value) => sum + (counted.get(value) ?? 0), 0)
  }
  return people
}
