import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Route } from '#contract/route.ts'
import type { RouteName, ROUTES } from '#contract/routes.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Session, Sessions } from '#operations/sign-in.ts'
import type { System } from '#operations/system.ts'

type Routes = typeof ROUTES
type Part<name extends RouteName, part extends string> =
  Routes[name] extends Record<part, infer schema extends TSchema> ? Static<schema> : undefined

/** What a handler is called with: the parts of the request as the contract types them, checked. */
export type Call<name extends RouteName> = {
  system: System
  sessions: Sessions
  session: Routes[name]['roles'] extends 'public' ? Session | undefined : Session
  query: Part<name, 'query'>
  params: Part<name, 'params'>
  body: Part<name, 'body'>
  request: FastifyRequest
  reply: FastifyReply
}

export type Reply<name extends RouteName> = Static<Routes[name]['reply']>

export type Answer<name extends RouteName> = Reply<name> | Refusal | FastifyReply

/** Parses, calls one operation, answers. A refusal is returned like any answer. */
export type Handler<name extends RouteName> = (call: Call<name>) => Promise<Answer<name>> | Answer<name>

/** Handlers of some routes, typed by the contract. */
export type Handlers<name extends RouteName> = { [one in name]: Handler<one> }

declare module 'fastify' {
  interface FastifyContextConfig {
    route?: Route
    name?: RouteName
  }
  interface FastifyInstance {
    sessions: Sessions
  }
  interface FastifyRequest {
    session?: Session
    token?: string
  }
}
