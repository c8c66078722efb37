import { setTimeout as sleep } from 'node:timers/promises'
import type { Senders } from '#operations/notice/channel.ts'
import { tellAll } from '#operations/notice/send.ts'
import type { System } from '#operations/system.ts'

export type NoticesOptions = {
  senders: Senders
  /** where notices are read, in what is sent; empty: not said */
  link: string
  signal: AbortSignal
  onError: (error: unknown) => void
  /** milliseconds between two rounds */
  pause?: number
}

/** Sends notices until the signal. Stopping it takes no right from anybody: the inbox needs no job. */
export async function runNotices(system: System, options: NoticesOptions): Promise<void> {
  const { signal, onError, pause = 5000 } = options
  while (!signal.aborted) {
    try {
      await tellAll(system, options)
    } catch (error) {
      if (!signal.aborted) onError(error)
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined)
  }
}
