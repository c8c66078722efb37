import { setTimeout as sleep } from 'node:timers/promises'
import { withClient } from '#store/db.ts'
import { findLatest, findUnheard, getSecondsSince } from '#store/ledger.ts'
import { sequence, sequenceAll, type SequenceContext } from '#operations/ledger-sequence.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

/**
 * How far back to look, how often, in seconds. A row's time is that of its insertion, and it appears when its
 * transaction commits: look-ups at once, most actions within seconds, an hour-long intake with its actions much later.
 */
const LOOK_BACKS = [
  { every: 0, since: 2 * MINUTE },
  { every: MINUTE, since: 15 * MINUTE },
  { every: HOUR, since: 48 * HOUR },
] as const

export type SequencerOptions = SequenceContext & {
  signal: AbortSignal
  /** called with whatever goes wrong; the sequencer goes on trying */
  onError: (error: unknown) => void
  /** seconds a row may wait for company, at most 90; and how much company is enough */
  patience?: number
  company?: number
  /** milliseconds between two looks */
  pause?: number
}

/** Sequences until the signal: first what came in while it was away, then batch by batch. */
export async function runSequencer(options: SequencerOptions): Promise<void> {
  const { signal, onError, patience = MINUTE, company = 256, pause = 1000 } = options
  const due = LOOK_BACKS.map(() => 0)
  let caughtUp = false
  while (!signal.aborted) {
    try {
      if (!caughtUp) {
        await sequenceAll(options, await findAbsence(options))
        // what an older version did not take in: all of it
        const unheard = await withClient(options.pool, findUnheard)
        if (unheard.length > 0) await sequenceAll(options, '-infinity', unheard)
        caughtUp = true
      }
      const now = performance.now() / 1000
      // the widest look that is due includes the others
      const widest = LOOK_BACKS.findLastIndex((_, i) => (due[i] ?? 0) <= now)
      LOOK_BACKS.slice(0, widest + 1).forEach(({ every }, i) => (due[i] = now + every))
      const { since } = LOOK_BACKS[widest] ?? LOOK_BACKS[0]
      const count = await sequence(options, { since, atLeast: company, patience })
      if (typeof count === 'number' && count >= company) continue
    } catch (error) {
      if (!signal.aborted) onError(error)
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined)
  }
}

/** Seconds from now back to the newest row in the ledger, and the widest look-back before that. */
async function findAbsence({ pool }: SequenceContext): Promise<number | '-infinity'> {
  return withClient(pool, async (db) => {
    const latest = await findLatest(db)
    if (latest === '-infinity') return latest
    return Math.max(0, await getSecondsSince(db, latest)) + 48 * HOUR
  })
}
