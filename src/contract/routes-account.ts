import { Type } from 'typebox'
import { closed, Id, type Route } from './route.ts'
import { Instant, Words } from './shapes.ts'

const Named = Type.Object({ id: Type.String(), name: Words })
const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })
const Roles = Type.Array(Type.String({ maxLength: 20 }), { maxItems: 8 })
const Num = Type.Object({ num: Type.Integer({ minimum: 1, maximum: 2147483647 }) }, closed)
const Code = Type.Optional(
  Type.String({
    description:
      'shown once; whoever the account is for sets a password with it, or with this half and the other administrator’s',
  }),
)
const Changed = Type.Object({
  waits: Type.Boolean({ description: 'a second administrator has to decide' }),
  code: Code,
})
const Named100 = Type.String({ minLength: 1, maxLength: 100 })

/** Accounts at the desk: opened, changed, closed by administrators; strong roles by two of them. */
export const ACCOUNT_ROUTES = {
  accounts: {
    method: 'GET',
    url: '/api/v1/desk/accounts',
    summary: { zh: '账号', en: 'Staff accounts and what waits for a second person' },
    roles: ['admin'],
    reply: Type.Object({
      all: Type.Boolean({ description: 'whether those of every unit are kept here' }),
      units: Type.Array(Type.String(), { description: 'else the units whose accounts are kept here' }),
      accounts: Type.Array(
        Type.Object({
          num: Type.Integer(),
          name: Type.String(),
          display: Words,
          unit: Named,
          roles: Type.Array(Type.String()),
          closed: Type.Boolean(),
          own: Type.Boolean(),
        }),
      ),
      changes: Type.Array(
        Type.Object({
          num: Type.Integer(),
          name: Type.String(),
          display: Words,
          unit: Named,
          at: Instant,
          by: Words,
          mine: Type.Boolean({ description: 'asked for by, or about, whoever asks' }),
          kind: Type.Enum(['roles', 'password', 'close']),
          roles: Type.Array(Type.String()),
          reason: Type.String(),
          decided: Type.Optional(
            Type.Object({ at: Instant, by: Words, approved: Type.Boolean(), reason: Type.String() }),
          ),
        }),
      ),
    }),
  },
  addAccount: {
    method: 'POST',
    url: '/api/v1/desk/accounts',
    summary: { zh: '开通账号', en: 'Open a staff account' },
    roles: ['admin'],
    body: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 64 }),
        display: Type.Object({ zh: Named100, en: Named100 }, closed),
        unit: Id,
        roles: Roles,
        reason: Reason,
      },
      closed,
    ),
    reply: Type.Object({ num: Type.Integer(), ...Changed.properties }),
  },
  changeRoles: {
    method: 'POST',
    url: '/api/v1/desk/accounts/:num/roles',
    summary: { zh: '调整岗位', en: 'Change the roles of an account' },
    roles: ['admin'],
    params: Num,
    body: Type.Object({ roles: Roles, reason: Reason }, closed),
    reply: Changed,
  },
  issueCode: {
    method: 'POST',
    url: '/api/v1/desk/accounts/:num/code',
    summary: { zh: '重置密码（一次性口令）', en: 'Reset a password by a one-time code' },
    roles: ['admin'],
    params: Num,
    body: Type.Object({ reason: Reason }, closed),
    reply: Changed,
  },
  closeAccount: {
    method: 'DELETE',
    url: '/api/v1/desk/accounts/:num',
    summary: { zh: '关闭账号', en: 'Close an account for good' },
    roles: ['admin'],
    params: Num,
    body: Type.Object({ reason: Reason }, closed),
    reply: Type.Object({ closed: Type.Boolean() }),
  },
  accountLosses: {
    method: 'GET',
    url: '/api/v1/desk/account-losses',
    summary: { zh: '由一人撤销的重要岗位', en: 'Strong roles that one administrator took away' },
    roles: ['admin', 'auditor'],
    reply: Type.Object({
      losses: Type.Array(
        Type.Object({
          num: Type.Integer(),
          name: Type.String(),
          display: Words,
          unit: Named,
          at: Instant,
          by: Words,
          mine: Type.Boolean({ description: 'done by whoever asks' }),
          closed: Type.Boolean({ description: 'the account was closed' }),
          roles: Type.Array(Type.String()),
          reason: Type.String(),
          seen: Type.Optional(Type.Object({ at: Instant, by: Words })),
        }),
      ),
    }),
  },
  seeAccountLoss: {
    method: 'POST',
    url: '/api/v1/desk/account-losses/:num',
    summary: { zh: '第二人已知悉', en: 'A second person has seen it' },
    roles: ['admin', 'auditor'],
    params: Num,
    reply: Type.Object({ seen: Type.Literal(true) }),
  },
  decideAccount: {
    method: 'POST',
    url: '/api/v1/desk/account-changes/:num',
    summary: { zh: '第二人决定', en: 'The second administrator decides' },
    roles: ['admin'],
    params: Num,
    body: Type.Object({ approve: Type.Boolean(), reason: Reason }, closed),
    reply: Type.Object({ approved: Type.Boolean(), code: Code }),
  },
  useCode: {
    method: 'POST',
    url: '/api/v1/session/code',
    summary: { zh: '用一次性口令设置密码', en: 'Set a password with a one-time code' },
    roles: 'public',
    body: Type.Object(
      {
        name: Named100,
        code: Type.String({ minLength: 1, maxLength: 40 }),
        password: Type.String({ minLength: 1, maxLength: 200 }),
      },
      closed,
    ),
    reply: Type.Object({ set: Type.Literal(true) }),
  },
} as const satisfies Record<string, Route>
