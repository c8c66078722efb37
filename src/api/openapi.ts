import type { Route } from '#contract/route.ts'
import { ROUTE_NAMES, ROUTES, type RouteName } from '#contract/routes.ts'
import { RefusalShape } from '#contract/shapes.ts'
import { FaultShape } from './answers.ts'

type Schema = { type?: string; properties?: Record<string, { description?: string }>; required?: readonly string[] }

const json = (schema: object) => ({ 'application/json': { schema } })

function parametersOf({ query, params }: Route): object[] {
  const of = (schema: Schema | undefined, place: 'query' | 'path') =>
    Object.entries(schema?.properties ?? {}).map(([name, { description, ...rest }]) => ({
      name,
      in: place,
      required: place === 'path' || schema?.required?.includes(name) === true,
      ...(description === undefined ? {} : { description }),
      schema: rest,
    }))
  return [...of(params, 'path'), ...of(query, 'query')]
}

function operationOf(name: RouteName, route: Route): object {
  const roles = typeof route.roles === 'string' ? [] : route.roles
  const refusal = { description: '按代码拒绝 a refusal, by its code', content: json(route.refusal ?? RefusalShape) }
  const content = route.rawBody
    ? { '*/*': { schema: { type: 'string', format: 'binary' } } }
    : route.body && json(route.body)
  return {
    operationId: name,
    summary: `${route.summary.zh} · ${route.summary.en}`,
    ...(roles.length > 0 ? { description: `岗位 Roles: ${roles.join(', ')}`, 'x-roles': roles } : {}),
    security:
      route.roles === 'public'
        ? []
        : route.method === 'GET'
          ? [{ cookie: [] }, { bearer: [] }]
          : [{ cookie: [], csrf: [] }, { bearer: [] }],
    ...(route.params || route.query ? { parameters: parametersOf(route) } : {}),
    ...(content ? { requestBody: { required: true, content } } : {}),
    responses: {
      200: {
        description: '成功 done',
        content: route.textReply
          ? { 'text/plain': { schema: route.reply } }
          : route.bytesReply
            ? { 'application/octet-stream': { schema: route.reply } }
            : json(route.reply),
      },
      '4XX': refusal,
      500: { description: '系统出错 a fault; quote its id', content: json(FaultShape) },
      503: { description: '暂时不可用 not available at the moment', content: json(RefusalShape) },
    },
  }
}

/** The OpenAPI 3.1 description of the API, from the contract alone. */
export function describeApi(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const name of ROUTE_NAMES) {
    const route: Route = ROUTES[name]
    const path = route.url.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '信衡 Xinheng',
      version: '1',
      description: 'Written by `xinheng generate` from src/contract; do not edit.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-xinheng',
          description: '`xinheng` over http on this machine',
        },
        csrf: { type: 'apiKey', in: 'header', name: 'x-csrf', description: 'csrf of the session, from sign-in' },
        bearer: { type: 'http', scheme: 'bearer', description: 'machine clients: `xinheng account token`' },
      },
    },
  }
}
