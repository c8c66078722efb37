import { Type } from 'typebox'
import { closed, Id, Limit, type Route } from './route.ts'
import { CaseShape } from './routes-case.ts'
import { NOTICE_ROUTES } from './routes-notice.ts'
import { OBJECTION_ROUTES, PersonId } from './routes-objection.ts'
import { Report } from './routes-report.ts'
import { AccessSeen, Archive, ConsentShape, Day, Instant } from './shapes.ts'

/** Whose consent, where one is their guardian. */
const OfWard = Type.Object({ for: Type.Optional(PersonId) }, closed)

/** What a person sees and decides of their own. */
export const ME_ROUTES = {
  myArchive: {
    method: 'GET',
    url: '/api/v1/me/archive',
    summary: { zh: '我的档案', en: 'My archive' },
    roles: ['person'],
    query: Type.Object({ at: Type.Optional(Instant) }, closed),
    reply: Archive,
  },
  myAccesses: {
    method: 'GET',
    url: '/api/v1/me/accesses',
    summary: { zh: '谁查过我', en: 'Who looked at me' },
    roles: ['person'],
    query: Type.Object({ limit: Limit, before: Type.Optional(Type.String({ pattern: '^\\d{1,18}$' })) }, closed),
    reply: Type.Object({ accesses: Type.Array(AccessSeen), more: Type.Boolean() }),
  },
  myProof: {
    method: 'GET',
    url: '/api/v1/me/accesses/:access/proof',
    summary: { zh: '查询记录的存证', en: 'Ledger proof of a look-up of me' },
    roles: ['person'],
    params: Type.Object({ access: Type.String({ pattern: '^\\d{1,18}$' }) }, closed),
    reply: Type.Object({
      checkpoint: Type.String({ description: 'signed note' }),
      index: Type.Integer(),
      leaf: Type.String({ description: 'leaf hash, hexadecimal' }),
      salt: Type.String(),
      row: Type.String({ description: 'canonical bytes of the row, hexadecimal' }),
      proof: Type.Array(Type.String()),
    }),
  },
  myConsents: {
    method: 'GET',
    url: '/api/v1/me/consents',
    summary: { zh: '我的授权', en: 'My consents, or those of a ward' },
    roles: ['person'],
    query: OfWard,
    reply: Type.Object({ consents: Type.Array(ConsentShape) }),
  },
  giveConsent: {
    method: 'POST',
    url: '/api/v1/me/consents',
    summary: { zh: '授权查询', en: 'Give consent' },
    roles: ['person'],
    body: Type.Object({ unit: Id, purpose: Id, expires: Day, for: Type.Optional(PersonId) }, closed),
    reply: ConsentShape,
  },
  withdrawConsent: {
    method: 'DELETE',
    url: '/api/v1/me/consents/:consent',
    summary: { zh: '撤回授权', en: 'Withdraw consent' },
    roles: ['person'],
    params: Type.Object({ consent: Type.String({ pattern: '^\\d{1,18}$' }) }, closed),
    query: OfWard,
    reply: ConsentShape,
  },
  myData: {
    method: 'GET',
    url: '/api/v1/me/data',
    summary: { zh: '我的数据（全部信息的文件）', en: 'My data: everything about me in one file' },
    roles: ['person'],
    reply: Type.Object(
      {
        schema: Type.Literal('xinheng-my-data/1', { description: 'name and version of this shape' }),
        archive: Archive,
        looks: Type.Array(AccessSeen, { description: 'newest first, the one that this file is among them' }),
        more: Type.Boolean({ description: 'there are more look-ups than the file holds' }),
        consents: Type.Array(ConsentShape),
        authorities: OBJECTION_ROUTES.myAuthorities.reply,
        cases: Type.Array(CaseShape),
        notices: NOTICE_ROUTES.myNotices.reply.properties.notices,
        reports: Type.Array(Report),
      },
      closed,
    ),
  },
} as const satisfies Record<string, Route>
