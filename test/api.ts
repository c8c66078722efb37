import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { buildApp, type AppOptions } from '#api/app.ts'
import type { RoleName, Route } from '#contract/route.ts'
import { ROUTES, type RouteName } from '#contract/routes.ts'
import { isRefusal } from '#domain/refusal.ts'
import { citizenNumber } from './people.ts'
import { createAccount, type AccountRequest } from '#operations/accounts.ts'
import { withDatabase, type TestDatabase, type TestDatabaseOptions } from './db.ts'

export type Answer = { status: number; headers: Headers; text: string; body: any } // oxlint-disable-line typescript/no-explicit-any -- tests read what came
export type Input = {
  params?: Record<string, string | number>
  query?: Record<string, string | number | boolean>
  body?: unknown
  headers?: Record<string, string>
}

/** Someone at the API: signed in, or not. */
export type Client = {
  name: string
  account: number
  csrf: string
  cookie: string
  /** the path of a route, with its params and query */
  call: (name: RouteName, input?: Input) => Promise<Answer>
  fetch: (path: string, init?: RequestInit) => Promise<Response>
}

export type TestApi = TestDatabase & {
  base: string
  app: Awaited<ReturnType<typeof buildApp>>
  /** nobody: no cookie */
  nobody: Client
  /** a new account with these roles, signed in; staff are of `unit` (demo-market), a person has a number of the demo division */
  as: (roles: RoleName | RoleName[], unit?: string) => Promise<Client>
  person: (number?: string, kind?: 'citizen' | 'organisation') => Promise<Client>
  signIn: (name: string, password: string, headers?: Record<string, string>) => Promise<Answer>
}

export const PASSWORD = 'demo-password'

export function pathOf(name: RouteName, { params = {}, query = {} }: Input): string {
  const { url }: Route = ROUTES[name]
  const path = url.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key] ?? '')))
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])).toString()
  return search === '' ? path : `${path}?${search}`
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const json = response.headers.get('content-type')?.includes('json') === true
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: json && text !== '' ? JSON.parse(text) : undefined,
  }
}

/** A client of the API at an address, as somebody who has signed in there (a cookie), or as nobody. */
export function makeClient(base: string, who: { name: string; account: number; csrf: string; cookie: string }): Client {
  const send = (path: string, init: RequestInit = {}) =>
    fetch(base + path, {
      ...init,
      headers: {
        ...(who.cookie === '' ? {} : { cookie: who.cookie, 'x-csrf': who.csrf }),
        ...(init.headers as Record<string, string>),
      },
    })
  return {
    ...who,
    fetch: send,
    async call(name, input = {}) {
      const { method }: Route = ROUTES[name]
      const headers = { ...(input.body === undefined ? {} : { 'content-type': 'application/json' }), ...input.headers }
      const body =
        input.body === undefined ? undefined : typeof input.body === 'string' ? input.body : JSON.stringify(input.body)
      return answerOf(await send(pathOf(name, input), { method, headers, body }))
    },
  }
}

/** The API of a database of its own, listening, with real accounts made by the ordinary operation. */
export async function withApi(
  t: TestContext,
  options: TestDatabaseOptions & Omit<AppOptions, 'system'> = {},
): Promise<TestApi> {
  const database = await withDatabase(t, options)
  const { system, owner } = database
  const app = await buildApp({ system, log: 'silent', ...options, limits: { signIn: 1_000, ...options.limits } })
  const base = await app.listen({ port: 0, host: '127.0.0.1' })
  t.after(async () => {
    app.server.closeAllConnections()
    await app.close()
  })
  const signIn = async (name: string, password: string, headers: Record<string, string> = {}) =>
    answerOf(
      await fetch(`${base}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ name, password }),
      }),
    )
  const open = async (request: AccountRequest): Promise<Client> => {
    const made = await createAccount(system, { actor: null, db: owner }, request)
    if (isRefusal(made)) throw new Error(`no test account: ${made.code}`)
    const answer = await signIn(request.name, PASSWORD)
    if (answer.status !== 200) throw new Error(`cannot sign in: ${answer.text}`)
    const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';', 1)[0] as string
    return makeClient(base, { name: request.name, account: made.num, csrf: answer.body.csrf, cookie })
  }
  const named = () => ({
    name: `t-${randomBytes(4).toString('hex')}`,
    display: { zh: '测试账号', en: 'Test account' },
    password: PASSWORD,
  })
  return {
    ...database,
    app,
    base,
    nobody: makeClient(base, { name: '', account: 0, csrf: '', cookie: '' }),
    signIn,
    as: (roles, unit = 'demo-market') => {
      const list = Array.isArray(roles) ? roles : [roles]
      if (list.includes('person')) return open({ ...named(), kind: 'citizen', number: citizenNumber() })
      // roles that belong to units of a kind
      const demo = list.includes('court') ? 'demo-court' : list.includes('review-body') ? 'demo-justice' : unit
      return open({ ...named(), unit: unit.startsWith('demo-') ? demo : unit, roles: list })
    },
    person: (number = citizenNumber(), kind = 'citizen') => open({ ...named(), kind, number }),
  }
}

let forms = 0
/** A counter records who stands for somebody, with the one who says so present, on a form of its own. */
export async function authorise(
  counter: Client,
  body: {
    person: { number: string; name: string }
    representative: { number: string; name: string }
    kind: 'agent' | 'guardian'
    document: string
    from: string
    until: string
  },
): Promise<Answer> {
  const { number } = body.kind === 'guardian' ? body.representative : body.person
  const form = `窗〔${process.pid}〕${(forms += 1)}号`
  const opened = await counter.call('openCounter', { body: { number, document: 'identity-card', form } })
  if (opened.status !== 200) throw new Error(`nobody is present: ${opened.text}`)
  return counter.call('recordAuthority', { body })
}
