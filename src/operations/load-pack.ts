import pg from 'pg'
import { deriveGrants, inForce, longestDisplay } from '#domain/catalog.ts'
import { isEntryItem } from '#domain/listing.ts'
import { longerOf } from '#domain/period.ts'
import type { Item, Pack } from '#domain/pack.ts'
import { deriveLayout, writeLayout } from '#domain/record-layout.ts'
import { writeReference, type ItemRow, type Visible } from '#store/reference.ts'

/** The items of a pack with their layouts, natures and longest terms. */
export function deriveItems(pack: Pack): ItemRow[] {
  const longest = new Map<string, string>()
  for (const item of pack.items) {
    const known = longest.get(item.id)
    const own = longestDisplay(pack, item)
    longest.set(item.id, known === undefined ? own : longerOf(known, own))
  }
  const published = new Set(pack.items.filter(({ publish }) => publish).map(({ id }) => id))
  return pack.items.map((item: Item) => ({
    id: item.id,
    layout: writeLayout(deriveLayout(item)),
    adverse: item.nature === 'adverse',
    person: item.subject === 'person',
    published: published.has(item.id),
    // of all the versions of an item the longest: an older record is shown by the rule of its own date
    longest: longest.get(item.id) ?? longestDisplay(pack, item),
    entry: isEntryItem(pack, item.id),
  }))
}

/** The reference rows of a pack on a civil date: its items, and who may see what. */
export function deriveReference(pack: Pack, date: string): { items: ItemRow[]; visible: Visible[] } {
  const sealedFields = new Map(pack.items.map((item) => [item.id, new Set(deriveLayout(item).sealed)]))
  const visible = pack.purposes.flatMap((purpose) =>
    // an abolished unit looks at nothing any more
    pack.units.flatMap((unit) => {
      if (!inForce(unit, date)) return []
      const granted = deriveGrants(pack, purpose.id, unit, date)
      if (granted.length === 0) return []
      return [
        {
          purpose: purpose.id,
          unit: unit.id,
          items: granted.map(({ item }) => item),
          // sealed bytes leave the database only where a field in them may be seen
          sealed: granted
            .filter(({ item, fields }) => fields.some((id) => sealedFields.get(item)?.has(id)))
            .map(({ item }) => item),
        },
      ]
    }),
  )
  return { items: deriveItems(pack), visible }
}

/** Loads a pack into a migrated database, as owner. Loading the same pack again changes nothing. */
export async function loadIntoDatabase(ownerUrl: string, pack: Pack, date: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'xinheng load pack' })
  await client.connect()
  try {
    const { items, visible } = deriveReference(pack, date)
    await writeReference(client, pack, items, visible)
  } finally {
    await client.end()
  }
}
