import { isRefusal, refuse } from '#domain/refusal.ts'
import { decideHeld, listHeld } from '#operations/intake/submit.ts'
import { withdraw } from '#operations/withdraw.ts'
import type { Handlers } from '../handler.ts'
import { receiptBody } from './receipt.ts'

export const heldRoutes: Handlers<'held' | 'decideHeld' | 'withdraw'> = {
  async held({ system, session }) {
    if (session.unit === undefined) return refuse('not-allowed')
    return { held: await listHeld(system, { unit: session.unit, actor: session.account }) }
  },
  async decideHeld({ system, session, params, body }) {
    if (session.unit === undefined) return refuse('not-allowed')
    const decided = await decideHeld(system, { actor: session.account, unit: session.unit, num: params.num, ...body })
    if (isRefusal(decided)) return decided
    const { receipt, approved } = decided
    return receipt && !isRefusal(receipt) ? { approved, receipt: receiptBody(receipt) } : { approved }
  },
  async withdraw({ system, session, body }) {
    if (session.unit === undefined) return refuse('not-allowed')
    return withdraw(system, { actor: session.account, unit: session.unit, ...body })
  },
}
