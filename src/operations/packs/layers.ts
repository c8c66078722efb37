import { hash } from 'node:crypto'
import { readApprovedFrom, readApprovedLayers, type Texts } from '#store/pack-draft.ts'
import type { Queryable } from '#store/db.ts'
import type { Pack } from '#domain/pack.ts'
import { loadPack, readStoredLayer, tryPack } from '../pack-load.ts'
import type { System } from '../system.ts'

/** Ids of the layers a pack is made of, upper first. */
export const layerIds = (pack: Pick<Pack, 'layers'>): string[] =>
  pack.layers.map((layer) => layer.slice(0, layer.lastIndexOf('@')))

/**
 * The pack of the project's folder, with the layers that were approved at the desk in the place of the folder's: what was
 * approved here stays until another draft of that layer is approved. Throws where it does not pass its check.
 */
export async function loadPackHere(db: Queryable, id: string, now: string): Promise<Pack> {
  return loadPack(id, { layers: await readApprovedLayers(db, now) })
}

/** The texts of a layer as the next draft of it begins: as last approved, else as the folder has them. */
export async function readLayerHere(system: System, id: string): Promise<Texts | undefined> {
  const approved = await readApprovedLayers(system.pool, 'all')
  return approved.get(id) ?? (await readStoredLayer(id))
}

/** A digest of the texts of a layer, whatever the order of its files. */
export const digestOfTexts = (texts: Texts): Buffer =>
  Buffer.from(
    hash('sha256', JSON.stringify(Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1))), 'hex'),
    'hex',
  )

/** A layer in force as it was approved at the desk, though the program has come with another text of it since. */
export type PassedOver = { layer: string; draft: number; title: string }

/**
 * The layers that an update of the program changed after they were edited at the desk: what it brought is not in force.
 * Empty where nothing was passed over. It ends when a draft that was begun after the update is approved.
 */
export async function findPassedOver(db: Queryable, now: string): Promise<PassedOver[]> {
  const approved = await readApprovedFrom(db, now)
  const judged = await Promise.all(
    approved.map(async ({ layer, draft, title, folder, files }) => {
      const stored = await readStoredLayer(layer)
      const from = folder ?? (files && digestOfTexts(files))
      return stored && from && !digestOfTexts(stored).equals(from) ? [{ layer, draft, title }] : []
    }),
  )
  return judged.flat()
}

type Composed = ReturnType<typeof tryPack>
const KEPT = 4
const composed = new Map<string, Composed>()

/** The pack in use with one layer's texts changed, and what is wrong with it. */
export async function composeWith(system: System, layer: string, texts: Texts): Composed {
  const layers = await readApprovedLayers(system.pool, 'all')
  layers.set(layer, texts)
  const { id } = system.reference.pack
  // asked again for every step and comparison of the same texts
  const key = hash('sha256', JSON.stringify([id, ...layers]))
  const made = composed.get(key) ?? tryPack(id, { layers })
  composed.set(key, made)
  for (const oldest of [...composed.keys()].slice(0, -KEPT)) composed.delete(oldest)
  return made
}
