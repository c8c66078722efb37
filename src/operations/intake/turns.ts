import type { System } from '../system.ts'

const AT_ONCE = 3
type Turns = { running: number; waiting: (() => void)[] }
const turnsOf = new WeakMap<System, Turns>()

/**
 * A few at a time in a process: who holds a connection here needs a worker or a second connection for the intake, and as
 * many at once as the pool has connections would wait for each other for ever.
 */
export async function inTurn<result>(system: System, use: () => Promise<result>): Promise<result> {
  const turns = turnsOf.get(system) ?? { running: 0, waiting: [] }
  turnsOf.set(system, turns)
  const most = Math.max(1, Math.min(AT_ONCE, system.pool.options.max - 1))
  if (turns.running < most) turns.running += 1
  // whoever ends hands its turn on
  else await new Promise<void>((resolve) => turns.waiting.push(resolve))
  try {
    return await use()
  } finally {
    const next = turns.waiting.shift()
    if (next) next()
    else turns.running -= 1
  }
}
