import { diffPacks, type Difference } from '#domain/pack-diff.ts'
import { handbookOf, type Handbook } from '#domain/pack-handbook.ts'
import { tracePack, isComplete } from '#domain/pack-trace.ts'
import type { Pack } from '#domain/pack.ts'
import { refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { readLoads, readPack } from '#store/pack-draft.ts'
import type { System } from '../system.ts'
import { findPassedOver, layerIds, loadPackHere } from './layers.ts'

export type PackVersion = {
  load: number
  id: string
  version: string
  digest: string
  from: string
  draft?: number
  state: 'past' | 'in-force' | 'coming'
}

/** The pack in force with its layers, every version that was or will be, and what of it is unverified. */
export async function describePacks(system: System) {
  const { pack, packNum } = system.reference
  const now = system.now().toString()
  const loads = await readLoads(system.pool)
  const current = loads.findLast((load) => load.pack === packNum && (load.draft === null || isBy(load.from, now)))
  const versions = loads.map((load): PackVersion => ({
    load: load.num,
    id: load.id,
    version: load.version,
    digest: load.digest,
    from: load.from,
    ...(load.draft === null ? {} : { draft: load.draft }),
    state: load === current ? 'in-force' : load.draft !== null && !isBy(load.from, now) ? 'coming' : 'past',
  }))
  const layers = await Promise.all(
    layerIds(pack).map(async (id, at) => {
      const one = await handbookIn(system, id)
      return { id, name: one?.pack.name ?? pack.name, version: (pack.layers[at] ?? '').slice(id.length + 1) }
    }),
  )
  return {
    pack: { id: pack.id, name: pack.name, version: pack.version },
    layers,
    versions: versions.toReversed(),
    documents: pack.documents.map(({ id, name, superseded = [] }) => {
      const trace = tracePack(pack, id)
      return {
        id,
        name,
        paragraphs: trace?.rows.length ?? 0,
        covered: trace?.rows.filter(({ gap }) => !gap).length ?? 0,
        complete: trace !== undefined && isComplete(trace),
        superseded: superseded.map(({ what }) => what),
      }
    }),
    unverified: unverifiedOf(handbookOf(pack)),
    // what an update of the program brought and what was approved here keeps out
    passedOver: await findPassedOver(system.pool, now),
  }
}

const isBy = (instant: string, now: string): boolean =>
  Temporal.Instant.compare(Temporal.Instant.from(instant), Temporal.Instant.from(now)) <= 0

/** Every rule whose value was read nowhere in full. */
export const unverifiedOf = (handbook: Handbook): { section: Text; id: string; name: Text; basis: Text[] }[] =>
  handbook.sections.flatMap(({ name: section, entries }) =>
    entries.filter(({ unverified }) => unverified).map(({ id, name, basis }) => ({ section, id, name, basis })),
  )

/** What changed, and for whom, between two versions that were loaded here. */
export async function diffVersions(
  system: System,
  of: { from: number; until: number },
): Promise<{ differences: Difference[] } | Refusal> {
  const loads = await readLoads(system.pool)
  const packOf = async (num: number): Promise<Pack | undefined> => {
    const load = loads.find((one) => one.num === num)
    return load && readPack(system.pool, load.pack)
  }
  const [a, b] = await Promise.all([packOf(of.from), packOf(of.until)])
  return a && b ? { differences: diffPacks(a, b) } : refuse('not-found', { field: 'from' })
}

type Known = { handbooks: Map<string, Promise<Handbook | undefined>> }
const books = new WeakMap<System['reference'], Known>()

/** The handbook of a layer in force: of the pack in use, or of one above it. Undefined for any other. */
export function handbookIn(system: System, id: string): Promise<Handbook | undefined> {
  const { reference } = system
  const known = books.get(reference) ?? { handbooks: new Map() }
  books.set(reference, known)
  const made = known.handbooks.get(id) ?? makeHandbook(system, id)
  known.handbooks.set(id, made)
  return made
}

async function makeHandbook(system: System, id: string): Promise<Handbook | undefined> {
  const { pack } = system.reference
  if (id === pack.id) return handbookOf(pack)
  if (!layerIds(pack).includes(id)) return undefined
  return handbookOf(await loadPackHere(system.pool, id, system.now().toString()))
}
