import { Type, type TSchema } from 'typebox'

/** Who may call a route. `person` is the signed-in subject; the others are roles of staff. */
export const ROLES = [
  'clerk',
  'reviewer',
  'officer',
  'counter',
  'auditor',
  'admin',
  'review-body',
  'court',
  'person',
] as const
export type RoleName = (typeof ROLES)[number]

export type Route = {
  method: 'GET' | 'POST' | 'DELETE'
  url: string
  summary: { zh: string; en: string }
  /** 'public': no sign-in; 'signed-in': any account; else any of these roles */
  roles: 'public' | 'signed-in' | readonly RoleName[]
  /** the gate in the database judges the role, so that a look-up refused for it leaves its row too (G4) */
  gate?: true
  query?: TSchema
  params?: TSchema
  body?: TSchema
  /** a stream of bytes, not JSON */
  rawBody?: true
  reply: TSchema
  /** what a refusal looks like where it is more than RefusalShape */
  refusal?: TSchema
  /** the reply is text, not JSON */
  textReply?: true
  /** the reply is a file */
  bytesReply?: true
}

export const closed = { additionalProperties: false }
export const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 }))
export const Id = Type.String({ minLength: 1, maxLength: 64 })
