import { randomUUID } from 'node:crypto'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Type, type TSchema } from 'typebox'
import { RefusalShape } from '#contract/shapes.ts'
import { REFUSALS, refuse, type Refusal } from '#domain/refusal.ts'
import { sqlState } from '#store/db.ts'

/** A fault of ours: nothing about it but a number to ask by. */
export const FaultShape = Type.Object({ ...RefusalShape.properties, id: Type.String() })

const FAULT = {
  code: 'fault',
  message: { zh: '系统出错', en: 'Something went wrong in the system' },
  remedy: {
    zh: '请稍后再试；仍不行的，请把编号告诉平台管理单位',
    en: 'Try again later; if it stays so, give the operator this id',
  },
}

/** Sends a refusal with its status. Fields beyond the refusal's own go through the route's schema. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.code(REFUSALS[refusal.code].status).send(refusal)
}

/** What went wrong as far as a log may know it: kinds, codes and places. Messages may quote personal data. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) }
  return { kind: error.name, code: sqlState(error), at: frames.slice(0, 8).map((line) => line.trim()), ...cause }
}

/** The database is away, going or full up: an outage, not a fault. Administrator shutdown, connection failures, no resources. */
const isOutage = (error: unknown): boolean =>
  /^(?:08|53|57P|ECONN|ENOENT|EPIPE|ETIMEDOUT)/.test(sqlState(error) ?? '') ||
  (error instanceof Error &&
    /Connection terminated|not queryable|timeout exceeded when trying to connect/.test(error.message))

const propertiesOf = (schema: { properties?: object } | undefined): object => schema?.properties ?? {}

/** The field a request failed on: only if the contract names it, for what a client invents may be anything. */
function fieldOf(error: FastifyError, schemas: (TSchema | undefined)[]): string | undefined {
  const first = error.validation?.[0]
  if (!first) return undefined
  const { missingProperty } = first.params
  const named =
    typeof missingProperty === 'string' && first.instancePath === ''
      ? missingProperty
      : first.instancePath.split('/')[1]
  const known = schemas.some((schema) => named !== undefined && Object.hasOwn(propertiesOf(schema), named))
  return known ? named : undefined
}

export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { route } = request.routeOptions.config
  if (error.validation)
    return sendRefusal(
      reply,
      refuse('bad-request', { field: fieldOf(error, [route?.params, route?.query, route?.body]) }),
    )
  if (error.statusCode === 413) return sendRefusal(reply, refuse('too-large'))
  // broken JSON, a wrong content type, a body that breaks off: theirs
  if (
    error.code?.startsWith('FST_ERR_CTP') ||
    (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
  ) {
    return sendRefusal(reply, refuse('bad-request'))
  }
  const id = randomUUID()
  request.log.error({ id, route: request.routeOptions.url, error: describeError(error) }, 'fault')
  if (isOutage(error)) return sendRefusal(reply.header('retry-after', '5'), refuse('unavailable'))
  return reply.code(500).send({ ...FAULT, id })
}
