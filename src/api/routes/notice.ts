import { isRefusal, refuse } from '#domain/refusal.ts'
import { parsePersonId } from '#operations/case-id.ts'
import { listContacts, listNotices, setContact } from '#operations/notice/inbox.ts'
import { drawLetter } from '#operations/notice/letter-paper.ts'
import { listLetters, openLetter, recordDelivery } from '#operations/notice/letters.ts'
import { takeReceipt } from '#operations/notice/send.ts'
import type { Handlers } from '../handler.ts'

type Names =
  | 'myNotices'
  | 'myContacts'
  | 'setMyContact'
  | 'letters'
  | 'letter'
  | 'letterFile'
  | 'recordDelivery'
  | 'channelReceipt'

/** Notices: the person's inbox and channels, the desk's letters, what gateways say. */
export const noticeRoutes: Handlers<Names> = {
  async myNotices({ system, session, query }) {
    if (session.subject === undefined) return refuse('not-allowed')
    const subject = query.for === undefined ? session.subject : parsePersonId(query.for)
    const notices = await listNotices(system, { actor: session.account, subject })
    return isRefusal(notices) ? notices : { notices }
  },
  myContacts: async ({ system, session: { subject } }) =>
    subject === undefined ? refuse('not-allowed') : { contacts: await listContacts(system, subject) },
  setMyContact: ({ system, session: { subject }, body }) =>
    subject === undefined ? refuse('not-allowed') : setContact(system, { ...body, subject }),
  letters: ({ system, session }) => listLetters(system, session.account),
  letter: ({ system, session, params }) => openLetter(system, { actor: session.account, ...params }),
  async letterFile({ system, session, params, reply }) {
    const letter = await openLetter(system, { actor: session.account, ...params })
    if (isRefusal(letter)) return letter
    return reply
      .type('application/pdf')
      .header('content-disposition', 'attachment; filename="letter.pdf"')
      .send(await drawLetter(letter, system.reference.pack.name))
  },
  recordDelivery: ({ system, session, params, body }) =>
    recordDelivery(system, { actor: session.account, ...params, ...body }),
  channelReceipt: ({ system, body }) =>
    takeReceipt(system, { ...body, secret: process.env['XINHENG_GATEWAY_SECRET'] ?? '' }),
}
