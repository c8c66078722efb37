import { Type } from 'typebox'
import { closed, type Route } from './route.ts'
import { Catalogue, Whoami } from './shapes.ts'

/** Sign-in, and what is open to everybody. */
export const OPEN_ROUTES = {
  signIn: {
    method: 'POST',
    url: '/api/v1/session',
    summary: { zh: '登录', en: 'Sign in' },
    roles: 'public',
    body: Type.Object(
      { name: Type.String({ minLength: 1, maxLength: 100 }), password: Type.String({ minLength: 1, maxLength: 200 }) },
      closed,
    ),
    reply: Whoami,
  },
  whoami: {
    method: 'GET',
    url: '/api/v1/session',
    summary: { zh: '当前登录', en: 'Who is signed in' },
    roles: 'signed-in',
    reply: Whoami,
  },
  signOut: {
    method: 'DELETE',
    url: '/api/v1/session',
    summary: { zh: '退出', en: 'Sign out' },
    roles: 'signed-in',
    reply: Type.Object({ ended: Type.Boolean() }),
  },
  catalog: {
    method: 'GET',
    url: '/api/v1/catalog',
    summary: { zh: '目录、单位、用途', en: 'Catalogue, units, purposes' },
    roles: 'public',
    reply: Catalogue,
  },
  withheldCount: {
    method: 'GET',
    url: '/api/v1/public/withheld',
    summary: { zh: '依法暂缓告知的查询数', en: 'Number of look-ups withheld for a time by statute' },
    roles: 'public',
    reply: Type.Object({ withheld: Type.Array(Type.Object({ ground: Type.String(), count: Type.Integer() })) }),
  },
  checkpoint: {
    method: 'GET',
    url: '/api/v1/ledger/checkpoint',
    summary: { zh: '账本检查点', en: 'Signed checkpoint of the ledger' },
    roles: 'public',
    reply: Type.String(),
    textReply: true,
  },
  ledgerKey: {
    method: 'GET',
    url: '/api/v1/ledger/key',
    summary: { zh: '账本公钥', en: 'Key that checkpoints of the ledger are verified with' },
    roles: 'public',
    reply: Type.String(),
    textReply: true,
  },
  consistency: {
    method: 'GET',
    url: '/api/v1/ledger/consistency',
    summary: { zh: '账本一致性证明', en: 'Proof that the ledger only grew between two checkpoints' },
    roles: 'public',
    query: Type.Object(
      {
        from: Type.Integer({ minimum: 1, maximum: 2147483647 }),
        to: Type.Optional(Type.Integer({ minimum: 1, maximum: 2147483647 })),
      },
      closed,
    ),
    reply: Type.Object({
      from: Type.Integer({ description: 'leaves of the older checkpoint' }),
      to: Type.Integer(),
      hashes: Type.Array(Type.String({ description: 'base64, RFC 9162 §2.1.4' })),
      checkpoints: Type.Array(Type.String({ description: 'signed notes, older first' })),
    }),
  },
} as const satisfies Record<string, Route>
