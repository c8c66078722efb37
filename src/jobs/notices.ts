import { setTimeout as sleep } from 'node:timers/promises'
import type { Senders } from '#operations/notice/channel.ts'
import { tellAll } from '#operations/notice/send.ts'
import type { System } from '#operations/system.ts'
import { tellUntold } from '#store/recall.ts'

export type NoticesOptions = {
  senders: Senders
  /** where notices are read, in what is sent; empty: not said */
  link: string
  signal: AbortSignal
  onError: (error: unknown) => void
  /** milliseconds between two rounds */
  pause?: number
}

/** Corrections that were cut off are looked for at the start, when there may be some, and then now and again. */
const UNTOLD_EVERY = 600_000

/**
 * Sends notices until the signal. Stopping it takes no right from anybody: the inbox needs no job. Tells of corrections where
 * whoever took their file in was cut off (G10).
 */
export async function runNotices(system: System, options: NoticesOptions): Promise<void> {
  const { signal, onError, pause = 5000 } = options
  let next = 0
  while (!signal.aborted) {
    try {
      if (performance.now() >= next) {
        await tellUntold(system.pool)
        next = performance.now() + UNTOLD_EVERY
      }
      await tellAll(system, options)
    } catch (error) {
      if (!signal.aborted) onError(error)
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined)
  }
}
