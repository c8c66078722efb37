import { Worker } from 'node:worker_threads'
import type pg from 'pg'
import type { Pack } from '#domain/pack.ts'
import type { Keys } from '#store/keys.ts'
import { readTerms, reserveTerms, TERM_BLOCK } from '#store/intake.ts'
import type { FromWorker, ToWorker } from './worker.ts'

/** One worker lent for one file. */
export type Lent = {
  post: (message: ToWorker, transfer?: ArrayBuffer[]) => void
  /** the next message; rejects when the worker dies */
  next: () => Promise<FromWorker>
}

export type Workers = {
  /**
   * Lends a worker, waiting for a free one. `another` lends a second one for as long, if one is free or may be started
   * and nobody waits for it; `all` are those that were lent.
   */
  withWorkers: <result>(
    use: (worker: Lent, another: () => Promise<Lent | undefined>, all: readonly Lent[]) => Promise<result>,
  ) => Promise<result>
  /** how much of a long file a worker gets at a time where there are several */
  segmentBytes: number
  /** another pack is in force: whoever has a worker keeps it to the end, and it ends with that */
  retire: () => void
  close: () => Promise<void>
}

type Slot = { worker: Worker; lent: Lent; termsLeft: number; dead: boolean }

/** Blocks of numbers for interned values that a worker gets when it has less than this left, also within a file. */
const TERM_BLOCKS = 20
const TERMS_LOW = (TERM_BLOCKS * TERM_BLOCK) / 2
const TERMS_READ = 100_000
/** Some nine thousand rows of the official layout: about one COPY. */
const SEGMENT = 4 << 20

/**
 * Worker threads that judge and encode files, started when first needed and kept: they hold the pack and the interned
 * values. A file waits for a free one; a worker that dies is replaced.
 */
export function openWorkers(options: {
  pool: pg.Pool
  keys: Keys
  pack: Pack
  size: number
  segmentBytes?: number | undefined
}): Workers {
  const free: Slot[] = []
  const waiting: ((slot: Slot | undefined) => void)[] = []
  const all = new Set<Slot>()
  let open = 0
  let closed = false
  let retired = false

  const topUp = async (slot: Slot) => {
    slot.termsLeft += TERM_BLOCKS * TERM_BLOCK
    const blocks = await reserveTerms(options.pool, TERM_BLOCKS)
    slot.lent.post({ type: 'terms', blocks })
  }

  const start = async (): Promise<Slot> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { pack: options.pack, keys: options.keys, knownTerms: await readTerms(options.pool, TERMS_READ) },
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 24 },
    })
    const inbox: FromWorker[] = []
    const takers: { resolve: (message: FromWorker) => void; reject: (error: Error) => void }[] = []
    let death: Error | undefined
    const slot: Slot = {
      worker,
      termsLeft: 0,
      dead: false,
      lent: {
        post: (message, transfer = []) => worker.postMessage(message, transfer),
        next: () =>
          new Promise((resolve, reject) => {
            const message = inbox.shift()
            if (message) resolve(message)
            else if (death) reject(death)
            else takers.push({ resolve, reject })
          }),
      },
    }
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'chunk') {
        slot.termsLeft = message.termsLeft
        // without numbers the worker writes values out: nothing is wrong then, only larger
        if (slot.termsLeft < TERMS_LOW) void topUp(slot).catch(() => undefined)
      }
      const taker = takers.shift()
      if (taker) taker.resolve(message)
      else inbox.push(message)
    })
    const die = (cause: unknown) => {
      death = new Error('an intake worker stopped', { cause })
      slot.dead = true
      for (const taker of takers.splice(0)) taker.reject(death)
    }
    worker.on('error', die)
    worker.on('exit', (code) => die(`exit code ${code}`))
    const ready = await slot.lent.next()
    if (ready.type !== 'ready') throw new Error(`an intake worker began with ${ready.type}`)
    // an idle worker must not keep a command-line run alive
    worker.unref()
    all.add(slot)
    return slot
  }

  const lend = async (): Promise<Slot> => {
    if (closed) throw new Error('the system is closing')
    const slot = free.pop()
    if (slot && !slot.dead) return slot
    if (slot?.dead) {
      open -= 1
      all.delete(slot)
    }
    if (open < options.size) {
      open += 1
      return start().catch((error: unknown) => {
        open -= 1
        // whoever waits for this worker tries for itself
        waiting.shift()?.(undefined)
        throw error
      })
    }
    const given = await new Promise<Slot | undefined>((resolve) => waiting.push(resolve))
    return given ?? lend()
  }

  const giveBack = (slot: Slot) => {
    if (slot.dead) {
      open -= 1
      all.delete(slot)
      waiting.shift()?.(undefined)
      return
    }
    const waiter = waiting.shift()
    if (waiter) waiter(slot)
    else if (retired) end(slot)
    else free.push(slot)
  }
  const end = (slot: Slot) => {
    open -= 1
    all.delete(slot)
    void slot.worker.terminate()
  }

  return {
    segmentBytes: options.segmentBytes ?? SEGMENT,
    async withWorkers(use) {
      const slots: Promise<Slot>[] = []
      const lent: Lent[] = []
      const borrow = async (): Promise<Lent> => {
        const borrowed = lend()
        slots.push(borrowed)
        const slot = await borrowed
        slot.worker.ref()
        if (slot.termsLeft < TERMS_LOW) await topUp(slot)
        lent.push(slot.lent)
        return slot.lent
      }
      const another = async () =>
        waiting.length === 0 && (free.length > 0 || open < options.size) ? borrow() : undefined
      try {
        return await use(await borrow(), another, lent)
      } finally {
        for (const borrowed of await Promise.allSettled(slots)) {
          if (borrowed.status !== 'fulfilled') continue
          borrowed.value.worker.unref()
          giveBack(borrowed.value)
        }
      }
    },
    retire() {
      retired = true
      for (const slot of free.splice(0)) end(slot)
    },
    async close() {
      closed = true
      await Promise.all([...all].map((slot) => slot.worker.terminate()))
    },
  }
}
