import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastify, { LogController, type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Route } from '#contract/route.ts'
import { ROUTE_NAMES, ROUTES, type RouteName } from '#contract/routes.ts'
import { RefusalShape } from '#contract/shapes.ts'
import { isRefusal, refuse } from '#domain/refusal.ts'
import { openSessions, type Sessions } from '#operations/sign-in.ts'
import type { System } from '#operations/system.ts'
import { FaultShape, handleError, sendRefusal } from './answers.ts'
import { admit } from './auth.ts'
import { coerce, hasNul } from './coerce.ts'
import { HANDLERS } from './routes/handlers.ts'
import { addPublicPages } from './routes/public-pages.ts'
import { addLedger } from './ledger.ts'
import { openLog } from './log.ts'
import { addOperations } from './ops.ts'
import { addWeb } from './web.ts'

export type AppOptions = {
  system: System
  /** folder of the built web pages; without it the API alone is served */
  web?: string
  /** requests a minute; what is over it gets 429 */
  limits?: { address?: number; account?: number; signIn?: number; tip?: number }
  /** largest file an upload may be, bytes; unlimited if not given */
  largestUpload?: number
  /** addresses of the proxies in front whose X-Forwarded-* is believed (Fastify's trustProxy) */
  trustProxy?: string
  /** lets /metrics be read from elsewhere than this machine */
  metricsToken?: string
  /** nothing, standard error, or whatever takes its lines */
  log?: 'silent' | 'info' | { write: (line: string) => void }
}

const BODY_LIMIT = 256 * 1024
const LIMITS = { address: 6_000, account: 3_000, signIn: 30, tip: 6 }
const IDLE_SOCKET = 10 * 60_000

/**
 * The HTTP server of one system: every route of the contract, the web pages, health and metrics. A route of the
 * contract without a handler ends it here, at the start.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { system } = options
  const app = fastify({
    loggerInstance: openLog(options.log ?? 'info'),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    trustProxy: options.trustProxy ?? false,
    connectionTimeout: IDLE_SOCKET,
    // nothing is dropped or bent silently: a request is as the contract says, or refused
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 64 },
  })
  const sessions = openSessions(system)
  app.decorate('sessions', sessions)
  app.decorateRequest('session')
  app.decorateRequest('token')
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  })
  await app.register(rateLimit, { global: false, cache: 20_000 })
  app.setErrorHandler(handleError)

  // GET with HEAD beside it would be a route that the contract does not name
  await app.register(async (api) => {
    const limits = makeLimits(api, { ...LIMITS, ...options.limits })
    for (const name of ROUTE_NAMES) await addRoute(api, name, { system, sessions, limits, options })
  })
  addOperations(app, system, options)
  addLedger(app, system)
  await addWeb(app, options.web, await addPublicPages(app, options))
  return app
}

type Limiter = (request: FastifyRequest) => Promise<{ isAllowed: boolean; isExceeded?: boolean; ttlInSeconds?: number }>
type Limits = { address: Limiter; account: Limiter; signIn: Limiter; tip: Limiter }

function makeLimits(
  api: FastifyInstance,
  most: { address: number; account: number; signIn: number; tip: number },
): Limits {
  const timeWindow = 60_000
  return {
    address: api.createRateLimit({ max: most.address, timeWindow, keyGenerator: (request) => request.ip }),
    tip: api.createRateLimit({ max: most.tip, timeWindow, keyGenerator: (request) => request.ip }),
    signIn: api.createRateLimit({ max: most.signIn, timeWindow, keyGenerator: (request) => request.ip }),
    account: api.createRateLimit({
      max: most.account,
      timeWindow,
      keyGenerator: (request) => request.session?.account ?? request.ip,
    }),
  }
}

type Registering = { system: System; sessions: Sessions; limits: Limits; options: AppOptions }

async function addRoute(
  api: FastifyInstance,
  name: RouteName,
  { system, sessions, limits, options }: Registering,
): Promise<void> {
  const route: Route = ROUTES[name]
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it is called with was checked by the route's schemas
  const handler = HANDLERS[name] as ((call: object) => unknown) | undefined
  if (handler === undefined) throw new Error(`route ${name} of the contract has no handler`)
  await api.register(async (scope) => {
    if (route.rawBody) {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    }
    scope.route({
      method: route.method,
      url: route.url,
      config: { route, name },
      ...(route.rawBody ? { bodyLimit: options.largestUpload ?? Number.MAX_SAFE_INTEGER } : {}),
      schema: {
        ...(route.query ? { querystring: route.query } : {}),
        ...(route.params ? { params: route.params } : {}),
        ...(route.body ? { body: route.body } : {}),
        // 304 and the like have no body; whatever the schemas do not name is not sent
        response: {
          200: route.reply,
          '4xx': route.refusal ?? RefusalShape,
          500: FaultShape,
          501: RefusalShape,
          503: RefusalShape,
        },
      },
      async onRequest(request, reply) {
        void reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex, nofollow, noarchive')
        const within = async (limit: Limiter) => {
          const answer = await limit(request)
          if (answer.isAllowed || !answer.isExceeded) return true
          sendRefusal(reply.header('retry-after', String(answer.ttlInSeconds ?? 60)), refuse('too-many-requests'))
          return false
        }
        if (
          !(await within(
            name === 'signIn' || name === 'useCode' ? limits.signIn : name === 'fileTip' ? limits.tip : limits.address,
          ))
        )
          return reply
        await system.refresh()
        const refusal = await admit(request, route, sessions)
        if (refusal) return sendRefusal(reply, refusal)
        if (request.session && !(await within(limits.account))) return reply
        return undefined
      },
      async preValidation(request, reply) {
        request.query = coerce(route.query, request.query)
        request.params = coerce(route.params, request.params)
        const parts = route.rawBody ? [request.query, request.params] : [request.query, request.params, request.body]
        if (parts.some(hasNul)) return sendRefusal(reply, refuse('bad-request'))
        return undefined
      },
      async handler(request, reply) {
        const { query, params, body, session } = request
        const answer = await handler({ system, sessions, session, query, params, body, request, reply })
        if (isRefusal(answer)) return sendRefusal(reply, answer)
        if (route.textReply) void reply.type('text/plain; charset=utf-8').serializer(String)
        return answer
      },
    })
  })
}
