import { availableParallelism } from 'node:os'
import type pg from 'pg'
import { makeLateBefore } from '#domain/calendar.ts'
import type { Item, Pack } from '#domain/pack.ts'
import type { Text } from '#domain/refusal.ts'
import { makeCipher, makeHmac, makeSubjectKey, type Cipher } from '#store/cipher.ts'
import { openLanes, openPool, type Lanes } from '#store/db.ts'
import type { Keys } from '#store/keys.ts'
import { openLookUps, type LookUps } from '#store/look-ups.ts'
import { roleUrl } from '#store/migrate.ts'
import { bringIntoForce, readReference, type Reference } from '#store/reference.ts'
import { openWorkers, type Workers } from './intake/workers.ts'
import { populationFromEnv, type PopulationCheck } from './population.ts'

/** What every operation needs: the database as the app role, the pack in force, keys and workers. */
export type System = {
  pool: pg.Pool
  /** shared pipelined connections for single statements: look-ups */
  lanes: Lanes
  /** look-ups that come at once share a transaction */
  lookUps: LookUps
  keys: Keys
  cipher: Cipher
  subjectKey: (kind: string, number: string) => string
  hmac: (text: string) => string
  reference: Reference
  /** packs of the past, read when needed */
  pastPacks: Map<number, Pack>
  workers: Workers
  /** decided before this day (days since 1970-01-01), a report today is late; undefined where the calendar does not reach */
  lateBefore: (item: Item, today: string) => number | undefined
  /** asks the population database, where one is configured (R2) */
  population: PopulationCheck | undefined
  /** the instant of now; tests may set it */
  now: () => Temporal.Instant
  /** takes up the pack that has come into force since it was last asked; cheap, and at most once a second unless `now` */
  refresh: (when?: 'now') => Promise<void>
  close: () => Promise<void>
}

const ZONE = 'Asia/Shanghai'

let lastDay = { from: 1, until: 0, date: '' }

/** Today's civil date in Asia/Shanghai; the bounds of the last day asked for are kept: every look-up asks several times. */
export function today(system: Pick<System, 'now'>): string {
  const now = system.now()
  if (now.epochMilliseconds < lastDay.from || now.epochMilliseconds >= lastDay.until) {
    const day = now.toZonedDateTimeISO(ZONE).startOfDay()
    const { epochMilliseconds: until } = day.add({ days: 1 })
    lastDay = { from: day.epochMilliseconds, until, date: day.toPlainDate().toString() }
  }
  return lastDay.date
}

/** Opens the system on a migrated database with a pack loaded. `ownerUrl` is used only to find the app role's address. */
export async function openSystem(options: {
  ownerUrl: string
  keys: Keys
  poolSize?: number
  lanes?: number
  /** threads that read files; a long one is read by two of them */
  workers?: number
  segmentBytes?: number
  /** unless given, as the environment says */
  population?: PopulationCheck | undefined
  now?: () => Temporal.Instant
}): Promise<System> {
  const { keys, population = populationFromEnv(process.env) } = options
  const url = roleUrl(options.ownerUrl, 'xinheng_app', keys)
  const pool = openPool(url, { max: options.poolSize ?? 8 })
  const lanes = openLanes(url, options.lanes ?? 8)
  try {
    await bringIntoForce(pool)
    const reference = await readReference(pool)
    const workersFor = (pack: Pack): Workers =>
      openWorkers({
        pool,
        keys,
        pack,
        size: options.workers ?? availableParallelism(),
        segmentBytes: options.segmentBytes,
      })
    const system: System = {
      pool,
      lanes,
      lookUps: openLookUps(lanes),
      keys,
      cipher: makeCipher(keys),
      subjectKey: makeSubjectKey(keys),
      hmac: makeHmac(keys.index),
      reference,
      pastPacks: new Map(),
      workers: workersFor(reference.pack),
      lateBefore: makeLateBefore(reference.pack),
      population,
      now: options.now ?? (() => Temporal.Now.instant()),
      refresh: makeRefresh(() => system, workersFor),
      async close() {
        await system.workers.close()
        await Promise.all([pool.end(), lanes.end()])
      },
    }
    return system
  } catch (error) {
    await pool.end()
    throw error
  }
}

const REFRESH = 1000

/**
 * Which pack is in force is read from the clock (B2): asked before every request, answered from memory within a second.
 * A file that is being read goes on under the pack it began with, and its submission names that one.
 */
function makeRefresh(systemOf: () => System, workersFor: (pack: Pack) => Workers): System['refresh'] {
  let asked = 0
  let running: Promise<void> | undefined
  const take = async (system: System) => {
    const num = await bringIntoForce(system.pool)
    if (num === undefined || num === system.reference.packNum) return
    const fresh = await readReference(system.pool)
    const before = system.workers
    Object.assign(system, {
      reference: fresh,
      workers: workersFor(fresh.pack),
      lateBefore: makeLateBefore(fresh.pack),
    } satisfies Partial<System>)
    before.retire()
  }
  return async (when) => {
    const system = systemOf()
    const now = system.now().epochMilliseconds
    if (when !== 'now' && Math.abs(now - asked) < REFRESH) return
    asked = now
    running ??= take(system).finally(() => (running = undefined))
    await running
  }
}

/** The unit of a pack by id. */
export const findUnit = (pack: Pack, id: string) => pack.units.find((unit) => unit.id === id)

/** The pack that was in force at an instant: the last one loaded by then; the first, for instants before it. */
export async function packAt(system: System, instant: Temporal.Instant): Promise<Pack> {
  const { rows } = await system.pool.query<{ num: number }>('select xinheng.pack_at($1::timestamptz) as num', [
    instant.toString(),
  ])
  const num = rows[0]?.num
  if (num === undefined || num === system.reference.packNum) return system.reference.pack
  let pack = system.pastPacks.get(num)
  if (!pack) {
    pack = (
      await system.pool.query<{ content: Pack }>('select content from xinheng.pack where num = $1::smallint', [num])
    ).rows[0]?.content
    if (!pack) throw new Error(`pack ${num} is gone`)
    system.pastPacks.set(num, pack)
  }
  return pack
}

const ZERO = { zh: '', en: '' }

/** Id and name of a unit by its number in the big tables; 0 is nobody. */
export function nameOfUnit(system: System, num: number): { id: string; name: Text } {
  const id = system.reference.unitId.get(num) ?? ''
  return { id, name: findUnit(system.reference.pack, id)?.name ?? ZERO }
}

/** Id and name of a purpose by its number. */
export function nameOfPurpose(system: System, num: number): { id: string; name: Text } {
  const id = system.reference.purposeId.get(num) ?? ''
  return { id, name: system.reference.pack.purposes.find((one) => one.id === id)?.name ?? ZERO }
}

/** Civil date of an instant in Asia/Shanghai. */
export const dayOf = (instant: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDate().toString()
