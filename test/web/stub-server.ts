import { readFileSync, existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { ROUTES, type RouteName } from '#contract/routes.ts'
import * as cases from './stub-case.ts'
import * as data from './stub-data.ts'
import * as desk from './stub-desk.ts'
import * as due from './stub-process.ts'

const DIST = join(import.meta.dirname, '../../web/dist')
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}
/** Stricter than the server's own: the pages must do without any exception. */
const POLICY = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`

const words = (zh: string, en: string) => ({ zh, en })
const no = (code: string, zh: string, en: string) => ({
  code,
  message: words(zh, en),
  remedy: words('请核对后重试', 'Check and try again'),
})

/** What a test may change of the answers: a status with a body, or nothing at all (the line is cut). */
export type Override = { status: number; body: unknown } | 'cut' | 'hang'
export type Stub = {
  url: string
  asked: { name: string; url: string; body: string }[]
  override: Map<string, Override>
  signOutAll: () => void
  close: () => Promise<void>
}

/** A server that answers as the contract shapes it, with the real pages. */
export async function startStub(): Promise<Stub> {
  let who: string | undefined
  const asked: Stub['asked'] = []
  const override = new Map<string, Override>()
  const routes = Object.entries(ROUTES).map(([name, { method, url }]) => ({
    name,
    method,
    pattern: new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}$`),
  }))

  const answers: Partial<Record<RouteName, (body: string) => unknown>> = {
    signIn(body) {
      const { name, password } = JSON.parse(body) as { name: string; password: string }
      if (password !== 'right')
        return { status: 401, body: no('wrong-password', '账号或密码不正确', 'Wrong account or password') }
      who = name
      return data.whoami(name)
    },
    signOut: () => ((who = undefined), { ended: true }),
    whoami: () => data.whoami(who ?? ''),
    catalog: () => data.catalog,
    withheldCount: () => ({ withheld: [{ ground: 'statutory', count: 2 }] }),
    checkpoint: () =>
      'xinheng.example/hengzhou\n184203\nQ3J5cHRvZ3JhcGhpYyByb290IG9mIHRoZSB0cmVlISE=\n\n— xinheng.example/hengzhou AAAA\n',
    intake: () => desk.receipt,
    intakeProgress: () => ({ bytes: 100_000, rows: 640, done: false }),
    submissions: () => ({
      submissions: [desk.receipt, { ...desk.receipt, submission: 30, status: 'refused', refused: 800 }],
    }),
    submissionProblems: () => ({ problems: desk.receipt.problems }),
    held: () => desk.held,
    decideHeld: () => ({ approved: true }),
    quality: () => desk.quality,
    lookUp: () => data.archive(false),
    pastArchive: () => data.archive(true),
    organisations: () => ({
      access: '9',
      organisations: [{ name: '衡州合成食品有限公司', number: '91990000MA99900197', records: 3 }],
    }),
    matters: () => desk.matters,
    openMatter: (body) => ({ number: (JSON.parse(body) as { number: string }).number }),
    closeMatter: () => ({ closed: true }),
    myArchive: () => data.archive(true),
    myAccesses: () => data.accesses,
    myConsents: () => data.consents,
    giveConsent: () => data.consents.consents[0],
    withdrawConsent: () => data.consents.consents[1],
    myNotices: () => data.notices,
    myCases: () => cases.myCases,
    myMeasures: () => cases.myMeasures,
    myRecalls: () => cases.myRecalls,
    myBenefits: () => cases.myBenefits,
    myEvidence: () => cases.evidence,
    caseEvidence: () => cases.evidence,
    reports: () => ({
      reports: [
        {
          report: '4',
          code: 'A2B3-C4D5-E6F7-G8H9-J2K3',
          kind: 'personal',
          at: '2026-03-02T02:00:00Z',
          madeAt: '2026-03-02T02:00:00Z',
          reading: 'self',
          matter: '',
          checks: 2,
        },
      ],
    }),
    caseQueue: () => cases.caseQueue,
    work: () => desk.work,
    exports: () => desk.exported,
    dashboard: () => desk.dashboard,
    accounts: () => desk.accounts,
    accountLosses: () => ({ losses: [] }),
    reviewUnusual: () => ({ incident: 2 }),
    addAccount: () => ({ num: 9, waits: false, code: 'A2B3-C4D5-E6F7-G8H9-J2K3' }),
    exportTable: () => '\uFEFFa\r\n',
    openCase: () => cases.openCase(),
    letters: () => due.letters,
    letter: () => due.letter,
    myContacts: () => due.contacts,
    lists: () => due.lists,
    listingBoard: () => due.board,
    measures: () => due.measures,
    recalls: () => due.recalls,
    overdueRecalls: () => ({ recalls: [] }),
    packs: () => due.packs,
    draftDryRun: () => due.dryRun,
    unusual: () => desk.unusual,
    incidents: () => desk.incidents,
    incident: () => desk.incident,
    openIncident: () => ({ incident: 2, affected: 3 }),
    addIncidentStep: () => ({ incident: 1, state: 'open', notified: 214 }),
  }

  async function api(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? ''
    const route = routes.find(({ method, pattern }) => method === request.method && pattern.test(path))
    let body = ''
    for await (const piece of request) body += String(piece)
    asked.push({ name: route?.name ?? '', url: request.url ?? '', body })
    const send = (status: number, value: unknown) => {
      const text = typeof value === 'string'
      response.writeHead(status, { 'content-type': text ? 'text/plain; charset=utf-8' : 'application/json' })
      response.end(text ? value : JSON.stringify(value))
    }
    const changed = override.get(route?.name ?? '')
    if (changed === 'cut') return void request.socket.destroy()
    if (changed === 'hang') return undefined
    if (changed) return send(changed.status, changed.body)
    const name = route?.name as RouteName | undefined
    if (!name || !answers[name]) return send(404, no('not-found', '未找到', 'Not found'))
    if (ROUTES[name].roles !== 'public' && who === undefined)
      return send(401, no('not-signed-in', '请先登录', 'Sign in first'))
    const answer = answers[name]?.(body)
    if (
      typeof answer === 'object' &&
      answer !== null &&
      'status' in answer &&
      typeof answer.status === 'number' &&
      'body' in answer
    )
      return send(answer.status, answer.body)
    send(200, answer)
  }

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (path.startsWith('/api/')) return void api(request, response)
    const page = /^\/me(?:\/|$)/.test(path)
      ? 'me.html'
      : /^\/desk(?:\/|$)/.test(path)
        ? 'desk.html'
        : path === '/'
          ? 'index.html'
          : path
    const file = join(DIST, page)
    if (!file.startsWith(DIST) || !existsSync(file)) return void response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': POLICY,
    })
    response.end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    override,
    signOutAll: () => (who = undefined),
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}
