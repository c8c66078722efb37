import { routes } from 'virtual:routes'
import type { Static, TSchema } from 'typebox'
import type { ROUTES, RouteName } from '#contract/routes.ts'
import type { RefusalBody } from '#contract/shapes.ts'

type Routes = typeof ROUTES
type Part<name extends RouteName, part extends string> =
  Routes[name] extends Record<part, infer schema extends TSchema> ? Record<part, Static<schema>> : unknown

/** What a route takes: params, query and body as its schemas say. */
export type Input<name extends RouteName> = Part<name, 'params'> & Part<name, 'query'> & Part<name, 'body'>
/** What a route answers. */
export type Reply<name extends RouteName> = Static<Routes[name]['reply']>

/** Why a call gave no answer: no network, an expected "no" of the server, or a fault. */
export class ApiError extends Error {
  readonly kind: 'offline' | 'refused' | 'fault'
  readonly status: number
  readonly refusal: RefusalBody | undefined

  constructor(kind: ApiError['kind'], status = 0, refusal?: RefusalBody) {
    super(refusal?.code ?? kind)
    this.kind = kind
    this.status = status
    this.refusal = refusal
  }
}

let csrf = ''

/** Keeps the session's token against forged requests, in memory only. */
export function setCsrf(token: string): void {
  csrf = token
}

type Loose = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }

/** Address of a route with its params and query filled in. Nothing personal may stand in either. */
export function addressOf(name: RouteName, { params = {}, query = {} }: Loose): string {
  const path = routes[name].url.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(text(params[key])))
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(pairs.map(([key, value]) => [key, text(value)])).toString()
  return search ? `${path}?${search}` : path
}

/** Headers that every call carries. */
export function callHeaders(): Record<string, string> {
  return csrf ? { 'x-csrf': csrf, accept: 'application/json' } : { accept: 'application/json' }
}

/** Calls a route of the contract. Throws ApiError. */
export async function call<name extends RouteName>(
  name: name,
  input: Input<name> & Loose,
  signal?: AbortSignal,
): Promise<Reply<name>> {
  const hasBody = input.body !== undefined
  let response: Response
  try {
    response = await fetch(addressOf(name, input), {
      method: routes[name].method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: hasBody ? { ...callHeaders(), 'content-type': 'application/json' } : callHeaders(),
      ...(hasBody ? { body: JSON.stringify(input.body) } : {}),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError('offline')
  }
  return readAnswer(response.status, response.headers.get('content-type') ?? '', await response.text())
}

/** Reads an answer's text: the reply, or throws what it says instead. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows the route
export function readAnswer<reply>(status: number, type: string, body: string): reply {
  const value = parse(type, body)
  if (status >= 200 && status < 300) return value
  throw new ApiError(findRefusal(value) ? 'refused' : 'fault', status, findRefusal(value))
}

/** The server is ours and checks its replies against the same schemas: what it sends is what the contract says. */
// oxlint-disable-next-line typescript/no-explicit-any -- the one place where bytes become typed
function parse(type: string, body: string): any {
  if (!type.includes('json')) return body
  try {
    return JSON.parse(body)
  } catch {
    throw new ApiError('fault')
  }
}

function findRefusal(value: unknown): RefusalBody | undefined {
  if (isRefusal(value)) return value
  if (typeof value === 'object' && value !== null && 'refusal' in value && isRefusal(value.refusal))
    return value.refusal
  return undefined
}

function isRefusal(value: unknown): value is RefusalBody {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'message' in value &&
    typeof value.message === 'object' &&
    'remedy' in value
  )
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '')
}

/** Calls a route that answers with a file, and saves it under a name; gives what the answer's header says, if asked. */
export async function saveFile<name extends RouteName>(
  name: name,
  input: Input<name> & Loose,
  as: { file: string; header?: string },
): Promise<string> {
  let response: Response
  try {
    response = await fetch(addressOf(name, input), {
      method: routes[name].method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { ...callHeaders(), accept: '*/*', 'content-type': 'application/json' },
      ...(routes[name].method === 'GET' ? {} : { body: JSON.stringify(input.body ?? {}) }),
    })
  } catch {
    throw new ApiError('offline')
  }
  if (!response.ok) readAnswer(response.status, response.headers.get('content-type') ?? '', await response.text())
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = as.file
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  return as.header === undefined ? '' : (response.headers.get(as.header) ?? '')
}
