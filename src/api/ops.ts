import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { refuse } from '#domain/refusal.ts'
import type { System } from '#operations/system.ts'
import { checkHealth } from '#operations/health.ts'
import { sendRefusal } from './answers.ts'

const isLoopback = (address: string | undefined): boolean => /^(?:::1|(?:::ffff:)?127\.)/.test(address ?? '')

/** Metrics are for this machine, or for who has the token. A proxy on this machine passes others on: it says so. */
function mayMeasure(request: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined && request.headers.authorization === `Bearer ${token}`) return true
  const forwarded = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined
  return isLoopback(request.socket.remoteAddress) && !forwarded
}

/** `/health` and `/metrics`, one line of log and one measure a request. Routes are named by pattern, never by address. */
export function addOperations(app: FastifyInstance, system: System, { metricsToken }: { metricsToken?: string }): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'xinheng_' })
  const seconds = new Histogram({
    name: 'xinheng_http_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.05, 0.2, 1, 5, 30, 120],
    registers: [registry],
  })
  app.addHook('onClose', async () => registry.clear())
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.config.name ?? request.routeOptions.url ?? 'none'
    seconds.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    request.log.debug({ route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
  })

  app.get('/health', async (_request, reply) => {
    const health = await checkHealth(system)
    void reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
    return reply.code(health.status === 'ok' ? 200 : 503).send(health)
  })
  app.get('/metrics', async (request, reply) => {
    void reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
    if (!mayMeasure(request, metricsToken)) return sendRefusal(reply, refuse('not-allowed'))
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
