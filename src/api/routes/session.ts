import type { FastifyRequest } from 'fastify'
import type { WhoamiBody } from '#contract/shapes.ts'
import { isOffice, isOperator } from '#domain/jurisdiction.ts'
import { isRefusal, refuse } from '#domain/refusal.ts'
import { placesFor } from '#operations/places.ts'
import { signIn, type Session } from '#operations/sign-in.ts'
import { findUnit, type System } from '#operations/system.ts'
import { setSessionCookie, tokenOf } from '../auth.ts'
import type { Handlers } from '../handler.ts'

function whoIs(system: System, session: Session): WhoamiBody {
  const { pack } = system.reference
  const unit = session.unit === undefined ? undefined : findUnit(pack, session.unit)
  return {
    name: session.name,
    display: session.display,
    kind: session.subject === undefined ? 'staff' : 'person',
    ...(unit ? { unit: { id: unit.id, name: unit.name } } : {}),
    ...(isOffice(pack, session.unit) ? { office: isOperator(pack, session.unit) ? 'platform' : 'place' } : {}),
    places: placesFor(system, session.unit),
    roles: [...session.roles],
    csrf: session.csrf,
    expires: new Date(session.expires).toISOString(),
  }
}

const tokenIn = (request: FastifyRequest) => tokenOf(request)?.token

export const sessionRoutes: Handlers<'signIn' | 'whoami' | 'signOut'> = {
  async signIn({ system, sessions, body, request, reply }) {
    const answer = await signIn(system, { ...body, address: request.ip })
    if (isRefusal(answer)) return answer
    // a session never survives a sign-in: what a browser had before ends
    const before = tokenIn(request)
    if (before !== undefined) await sessions.end(before)
    setSessionCookie(request, reply, answer.token)
    return whoIs(system, answer.session)
  },
  whoami: ({ system, session }) => whoIs(system, session),
  async signOut({ sessions, request, reply }) {
    if (request.token === undefined) return refuse('not-signed-in')
    const ended = await sessions.end(request.token)
    setSessionCookie(request, reply, undefined)
    return { ended }
  },
}
