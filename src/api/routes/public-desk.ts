import { listContents, stepText, writeText } from '#operations/public/content.ts'
import { readPublicityBoard } from '#operations/public/publicity.ts'
import { actOnTip, listTips, openTip, tipUnits } from '#operations/public/tips.ts'
import type { Session } from '#operations/sign-in.ts'
import type { Handlers } from '../handler.ts'

type Names = 'publicity' | 'contents' | 'writeContent' | 'stepContent' | 'tips' | 'tip' | 'stepTip'

const editorOf = ({ account, unit }: Session) => ({ actor: account, unit })

/** The desks behind the public site. */
export const publicDeskRoutes: Handlers<Names> = {
  publicity: ({ system, session, query }) => readPublicityBoard(system, { actor: session.account, ...query }),
  contents: ({ system, session }) => listContents(system, editorOf(session)),
  writeContent: ({ system, session, body }) => writeText(system, editorOf(session), body),
  stepContent: ({ system, session, params, body }) => stepText(system, editorOf(session), { ...body, ...params }),
  tips: async ({ system, session }) => ({
    tips: await listTips(system, session.account),
    units: (await tipUnits(system)).filter(({ id }) => id !== session.unit),
  }),
  tip: ({ system, session, params }) => openTip(system, { actor: session.account, num: params.num }),
  stepTip: ({ system, session, params, body }) => actOnTip(system, { actor: session.account, ...params, ...body }),
}
