import { isRefusal } from '#domain/refusal.ts'
import {
  addDeskAccount,
  applyCode,
  changeRoles,
  closeDeskAccount,
  decideAccount,
  issueAccountCode,
  listAccountLosses,
  listDeskAccounts,
  seeAccountLoss,
} from '#operations/account-desk.ts'
import type { Handlers } from '../handler.ts'

type Names =
  | 'accounts'
  | 'addAccount'
  | 'changeRoles'
  | 'issueCode'
  | 'closeAccount'
  | 'accountLosses'
  | 'seeAccountLoss'
  | 'decideAccount'
  | 'useCode'

/** Accounts at the desk. What an account may do is asked of the database anew once it has changed. */
export const accountRoutes: Handlers<Names> = {
  accounts: ({ system, session }) => listDeskAccounts(system, session),
  addAccount: ({ system, session, body }) => addDeskAccount(system, { actor: session.account, ...body }),
  async changeRoles({ system, session, sessions, params, body }) {
    const done = await changeRoles(system, { actor: session.account, account: params.num, ...body })
    sessions.forget(params.num)
    return done
  },
  issueCode: ({ system, session, params, body }) =>
    issueAccountCode(system, { actor: session.account, account: params.num, ...body }),
  async closeAccount({ system, session, sessions, params, body }) {
    const done = await closeDeskAccount(system, { actor: session.account, account: params.num, ...body })
    sessions.forget(params.num)
    return done
  },
  accountLosses: async ({ system, session }) => ({ losses: await listAccountLosses(system, session.account) }),
  seeAccountLoss: ({ system, session, params }) =>
    seeAccountLoss(system, { actor: session.account, change: params.num }),
  decideAccount: ({ system, session, params, body }) =>
    decideAccount(system, { actor: session.account, change: params.num, ...body }),
  async useCode({ system, sessions, body }) {
    const done = await applyCode(system, body)
    if (isRefusal(done)) return done
    sessions.forget(done.account)
    return { set: true as const }
  },
}
