import { Type } from 'typebox'
import { closed, type Route } from './route.ts'
import { Day, Instant, Words } from './shapes.ts'

const RecallId = Type.String({ pattern: '^[0-9a-f]{32}\\.e?[1-9]\\d{0,17}$', description: 'number of a recall' })
const Month = Type.Optional(
  Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'of the look-ups; this month unless given' }),
)
const STAFF = ['officer', 'counter', 'clerk', 'reviewer', 'admin', 'review-body', 'court'] as const
const Did = Type.Enum(['destroyed', 'replaced', 'no-copy', 'kept-by-law'])
const Named = Type.Object({ id: Type.String(), name: Words })
const What = {
  recall: RecallId,
  kind: Type.String({ description: 'what ended it: a state of a record' }),
  name: Words,
  day: Day,
  due: Type.Optional(Day),
  version: Type.Optional(Type.Integer({ description: 'of a correction: the version that takes its place' })),
}
const Given = {
  record: Type.String(),
  given: Instant,
  access: Type.Optional(Type.String({ description: 'the look-up it was last given in' })),
  matter: Type.String(),
}

/** Recalls (G10, B4): what ended early goes back to everyone who was given it, and they acknowledge. */
export const RECALL_ROUTES = {
  recalls: {
    method: 'GET',
    url: '/api/v1/desk/recalls',
    summary: { zh: '停止使用通知', en: 'Recall notices to the unit' },
    roles: STAFF,
    query: Type.Object({ month: Month }, closed),
    reply: Type.Object({
      recalls: Type.Array(
        Type.Object({
          ...What,
          ...Given,
          case: Type.Optional(Type.String()),
          via: Type.String(),
          overdue: Type.Boolean(),
          received: Type.Optional(Type.Object({ at: Instant, by: Words, did: Type.String() })),
          note: Type.Optional(Type.String({ description: "signed note; verify with the ledger's key" })),
        }),
      ),
      ended: Type.Array(Type.Object({ ...What, ...Given }), {
        description: 'given in the look-ups of the month, and at the end of their term since',
      }),
    }),
  },
  acknowledgeRecall: {
    method: 'POST',
    url: '/api/v1/desk/recalls/:recall/receipt',
    summary: { zh: '停止使用回执', en: 'Acknowledge a recall' },
    roles: STAFF,
    params: Type.Object({ recall: RecallId }, closed),
    body: Type.Object({ did: Did, month: Month }, closed),
    reply: Type.Object({ acknowledged: Type.Literal(true) }),
  },
  overdueRecalls: {
    method: 'GET',
    url: '/api/v1/desk/recalls-overdue',
    summary: { zh: '逾期未回执', en: 'Recalls not acknowledged in time' },
    roles: ['admin'],
    reply: Type.Object({ recalls: Type.Array(Type.Object({ ...What, unit: Named, via: Type.String() })) }),
  },
  myRecalls: {
    method: 'GET',
    url: '/api/v1/me/recalls',
    summary: { zh: '谁已停止使用', en: 'Who has stopped using my records' },
    roles: ['person'],
    reply: Type.Object({
      recalls: Type.Array(
        Type.Object({
          ...What,
          record: Type.String(),
          case: Type.Optional(Type.String()),
          recipients: Type.Array(
            Type.Object({
              via: Type.String({ description: 'unit, peer, report or public' }),
              unit: Named,
              given: Instant,
              acknowledged: Type.Optional(Instant),
              did: Type.Optional(Type.String()),
            }),
          ),
        }),
      ),
    }),
  },
} as const satisfies Record<string, Route>
