import { deriveGrants } from '#domain/catalog.ts'
import type { Text } from '#domain/refusal.ts'
import { accessesSelf, GROUNDS, refusalOf, withheldCount, type AccessRow } from '#store/archive.ts'
import { dayOf, nameOfPurpose, nameOfUnit, packAt, type System } from './system.ts'

const SELF = { zh: '本人', en: 'Myself' }
const REPRESENTATIVE: Text = { zh: '代您办理的人', en: 'Whoever stands for you' }
const OWN_READING = { id: '', name: { zh: '本人查阅', en: 'My own reading' } }
const AT_COUNTER = { id: '', name: { zh: '服务窗口，本人在场', en: 'At the counter, with me present' } }
const NOBODY = { zh: '', en: '' }

/** Item numbers as the access row keeps them: two bytes each. */
function itemsIn(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 2 }, (_, at) => bytes.readInt16BE(at * 2))
}

/** One look-up as the person sees it (G4, B1). */
export type AccessSeen = {
  access: string
  at: string
  unit: Named
  actor: Text
  purpose: Named
  ground: Exclude<(typeof GROUNDS)[number], ''>
  matter: string
  outcome: 'answered' | 'refused'
  reason: Text | undefined
  shown: number
  items: { item: string; name: Text; fields: Text[] }[]
}
type Named = { id: string; name: Text }

async function shape(system: System, row: AccessRow): Promise<AccessSeen> {
  const own = row.ground === 3
  const unit = nameOfUnit(system, row.unit)
  const purpose = nameOfPurpose(system, row.purpose)
  const pack = await packAt(system, Temporal.Instant.from(row.at))
  const reader = pack.units.find(({ id }) => id === unit.id)
  const granted = reader ? deriveGrants(pack, purpose.id, reader, dayOf(row.at)) : []
  const all = row.ground === 3 || row.ground === 4 || row.ground === 5 || row.ground === 7
  return {
    access: String(row.num),
    at: row.at,
    unit: own ? { id: '', name: row.self ? SELF : row.actor ? REPRESENTATIVE : NOBODY } : unit,
    actor: own && row.self ? SELF : (row.actor ?? NOBODY),
    purpose: own ? OWN_READING : row.ground === 7 ? AT_COUNTER : purpose,
    ground: GROUNDS[row.ground] || 'statutory',
    matter: row.matter,
    outcome: row.outcome === 0 ? 'answered' : 'refused',
    reason: refusalOf(row.outcome)?.message,
    shown: row.shown,
    items: itemsIn(row.items).map((num) => {
      const id = system.reference.itemOf.get(num)?.id ?? ''
      const item = pack.items.findLast((one) => one.id === id)
      const fields = all ? item?.fields.map((field) => field.id) : granted.find((one) => one.item === id)?.fields
      return {
        item: id,
        name: item?.name ?? { zh: id, en: id },
        fields: (item?.fields ?? []).filter((field) => fields?.includes(field.id)).map((field) => field.name),
      }
    }),
  }
}

/** Who looked at the person, newest first: who, when, why, which fields, refused ones too (G4, B1). */
export async function listOwnAccesses(
  system: System,
  of: { actor: number; before?: string; limit: number },
): Promise<{ accesses: AccessSeen[]; more: boolean }> {
  const rows = await accessesSelf(
    system.lanes,
    of.actor,
    of.before === undefined ? null : BigInt(of.before),
    of.limit + 1,
  )
  const accesses: AccessSeen[] = []
  for (const row of rows.slice(0, of.limit)) accesses.push(await shape(system, row))
  return { accesses, more: rows.length > of.limit }
}

/** How many look-ups are withheld from the persons for a time, by statute: a public count (G4). */
export async function countWithheld(system: System) {
  return (await withheldCount(system.lanes)).map(({ ground, count }) => ({ ground, count: Number(count) }))
}
