import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Route } from '#contract/route.ts'
import { refuse, type Refusal } from '#domain/refusal.ts'
import type { Sessions } from '#operations/sign-in.ts'

/** `__Host-` binds the cookie to the host and to https; over plain http (loopback) it cannot be used. */
const cookieName = (request: FastifyRequest) => (request.protocol === 'https' ? '__Host-xinheng' : 'xinheng')

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string | undefined): void {
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' } as const
  if (token === undefined) void reply.clearCookie(cookieName(request), options)
  else void reply.setCookie(cookieName(request), token, options)
}

/** The token a request came with, and whether by cookie (a browser) or as a bearer (a machine). */
export function tokenOf(request: FastifyRequest): { token: string; machine: boolean } | undefined {
  const bearer = /^Bearer ([\w-]{43})$/.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return { token: bearer, machine: true }
  const cookie = request.cookies[cookieName(request)]
  return cookie !== undefined && /^[\w-]{43}$/.test(cookie) ? { token: cookie, machine: false } : undefined
}

const isRead = (method: string) => method === 'GET' || method === 'HEAD'

/** Whether a request that changes something comes from our own pages, as far as the browser says. */
function isSameSite(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin } = request.headers
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === request.host
}

function isSame(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/**
 * Who asks, and whether they may: signs the request in, then judges by the route's roles and, for whatever changes
 * something on behalf of a browser, by origin and the session's token against forged requests.
 */
export async function admit(request: FastifyRequest, route: Route, sessions: Sessions): Promise<Refusal | undefined> {
  const changes = !isRead(request.method)
  const came = tokenOf(request)
  if (changes && came?.machine !== true && !isSameSite(request)) return refuse('csrf')
  const session = came && (await sessions.find(came.token))
  if (session && session.machine === came.machine) {
    request.session = session
    request.token = came.token
  }
  if (route.roles === 'public') return undefined
  if (!request.session) return refuse('not-signed-in')
  const { roles } = request.session
  if (!route.gate && route.roles !== 'signed-in' && !route.roles.some((role) => roles.includes(role)))
    return refuse('not-allowed')
  if (changes && !request.session.machine && !isSame(request.headers['x-csrf'], request.session.csrf))
    return refuse('csrf')
  return undefined
}
