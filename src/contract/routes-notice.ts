import { Type } from 'typebox'
import { closed, type Route } from './route.ts'
import { Day, Instant, Words } from './shapes.ts'

const For = Type.Optional(Type.String({ pattern: '^[0-9a-f]{32}$', description: 'a person one stands for' }))
const LetterId = Type.String({ pattern: '^[0-9a-f]{32}\\.[1-9]\\d{0,17}$', description: 'number of a letter' })
const ByLetter = Type.Object({ letter: LetterId }, closed)
export const ContactChannel = Type.Enum(['sms', 'mail', 'paper'])
export const Service = Type.Array(
  Type.Object({
    channel: Type.String(),
    name: Words,
    at: Instant,
    ok: Type.Boolean({ description: 'it got there; false: a try that failed' }),
    reference: Type.String({ description: 'number of the receipt' }),
  }),
  { description: 'how service is proven' },
)
export const Contacts = Type.Object({
  contacts: Type.Array(
    Type.Object({
      channel: ContactChannel,
      name: Words,
      since: Type.Optional(Instant),
      address: Type.Optional(Type.String({ description: 'masked' })),
    }),
  ),
})
const Line = {
  letter: LetterId,
  about: Words,
  case: Type.Optional(Type.String()),
  why: Words,
  at: Instant,
  told: Instant,
}
const DESK = ['clerk', 'reviewer', 'counter', 'admin'] as const

/** Notices and their service: the inbox, the channels a person wants, letters of the desk. */
export const NOTICE_ROUTES = {
  myNotices: {
    method: 'GET',
    url: '/api/v1/me/notices',
    summary: { zh: '我的通知', en: 'Notices to me' },
    roles: ['person'],
    query: Type.Object({ for: For }, closed),
    reply: Type.Object({
      notices: Type.Array(
        Type.Object({
          notice: Type.String(),
          at: Instant,
          title: Words,
          text: Words,
          record: Type.Optional(Type.String({ description: 'the record it is about' })),
          case: Type.Optional(Type.String({ description: 'the case it is about' })),
          service: Service,
        }),
      ),
    }),
  },
  myContacts: {
    method: 'GET',
    url: '/api/v1/me/contacts',
    summary: { zh: '通知送达方式', en: 'Where notices are sent to me' },
    roles: ['person'],
    reply: Contacts,
  },
  setMyContact: {
    method: 'POST',
    url: '/api/v1/me/contacts',
    summary: { zh: '设置通知送达方式', en: 'Say where notices are sent to me' },
    roles: ['person'],
    body: Type.Object(
      {
        channel: ContactChannel,
        address: Type.String({ maxLength: 200, description: 'empty: not on this channel any more' }),
      },
      closed,
    ),
    reply: Contacts,
  },
  letters: {
    method: 'GET',
    url: '/api/v1/desk/letters',
    summary: { zh: '待打印送达的通知书', en: 'Letters to print and deliver' },
    roles: DESK,
    reply: Type.Object({
      letters: Type.Array(
        Type.Object({
          ...Line,
          printed: Type.Optional(Instant),
          failed: Type.Integer({ description: 'tries to deliver it that failed' }),
        }),
        { description: 'oldest first; 200 at most' },
      ),
      waiting: Type.Integer({ description: 'all that wait' }),
      served: Type.Array(
        Type.Object({
          ...Line,
          opened: Type.Integer({ description: 'how often it was opened; each opening is a look-up' }),
          openedAt: Type.Optional(Instant),
          service: Service,
        }),
        { description: 'of a year, newest first; 200 at most' },
      ),
    }),
  },
  letter: {
    method: 'GET',
    url: '/api/v1/desk/letters/:letter',
    summary: { zh: '查看通知书', en: 'Read a letter' },
    roles: DESK,
    params: ByLetter,
    reply: Type.Object({
      letter: LetterId,
      at: Instant,
      told: Instant,
      unit: Words,
      to: Type.Object({
        name: Type.String(),
        number: Type.String({ description: 'masked' }),
        address: Type.Optional(Type.String()),
      }),
      title: Words,
      text: Words,
      access: Type.String({ description: 'number of the access row: opening a letter is a look-up' }),
      opened: Type.Array(Type.Object({ at: Instant, by: Words }), { description: 'every opening, this one the last' }),
      service: Service,
    }),
  },
  letterFile: {
    method: 'GET',
    url: '/api/v1/desk/letters/:letter/file',
    summary: { zh: '打印通知书', en: 'A letter to print' },
    roles: DESK,
    params: ByLetter,
    bytesReply: true,
    reply: Type.String({ description: 'PDF' }),
  },
  recordDelivery: {
    method: 'POST',
    url: '/api/v1/desk/letters/:letter/deliveries',
    summary: { zh: '登记通知书的送达', en: 'Record the delivery of a letter' },
    roles: DESK,
    params: ByLetter,
    body: Type.Object(
      {
        day: Day,
        how: Type.Enum(['handed', 'post', 'left', 'public']),
        receipt: Type.String({ minLength: 1, maxLength: 200, description: 'number of the receipt, or who signed' }),
        delivered: Type.Boolean(),
      },
      closed,
    ),
    reply: Type.Object({ recorded: Type.Literal(true) }),
  },
  channelReceipt: {
    method: 'POST',
    url: '/api/v1/notices/receipts',
    summary: { zh: '短信、邮件网关回执', en: 'A gateway’s receipt of a message' },
    roles: 'public',
    body: Type.Object(
      {
        message: Type.String({ maxLength: 120 }),
        delivered: Type.Boolean(),
        reference: Type.String({ maxLength: 200 }),
        signature: Type.String({
          pattern: '^[0-9a-f]{64}$',
          description: 'HMAC-SHA-256 of message, delivered and reference, a line each, under the shared secret',
        }),
      },
      closed,
    ),
    reply: Type.Object({ noted: Type.Literal(true) }),
  },
} as const satisfies Record<string, Route>
