import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Page, RenderPage, Site } from '#contract/pages.ts'
import { ROUTES } from '#contract/routes.ts'
import { isNamedAfterPerson } from '#domain/identity/organisation.ts'
import { isContentKind, isTipKind } from '#domain/public-kinds.ts'
import { chapterOf, publishedItems } from '#domain/publication.ts'
import { isRefusal, refuse, REFUSALS, type Refusal } from '#domain/refusal.ts'
import { describeCatalog } from '#operations/catalog.ts'
import { getCheckpoint } from '#operations/ledger-proof.ts'
import { countWithheld } from '#operations/own-accesses.ts'
import { layerIds } from '#operations/packs/layers.ts'
import { handbookIn, unverifiedOf } from '#operations/packs/overview.ts'
import { findPublicContent, listPublicContents } from '#operations/public/content.ts'
import { EVERYWHERE, scopeOfPlace, type Scope } from '#operations/places.ts'
import { listPublicLists, readPublicList } from '#operations/public/lists.ts'
import { getPublicOrganisation, listPublicRecords, readCode, searchPublic } from '#operations/public/records.ts'
import { readStatistics } from '#operations/public/statistics.ts'
import { followTip, sendTip, tipUnits } from '#operations/public/tips.ts'
import { today, type System } from '#operations/system.ts'
import { describeError } from '../answers.ts'
import { admit } from '../auth.ts'
import { POLICY } from '../web.ts'
import { robotsOf } from './public-robots.ts'

const FORM_LIMIT = 64 * 1024
const NEWEST = 6

type Asked = { scope: Scope; query: URLSearchParams; params: Record<string, string | undefined>; form: URLSearchParams }
type Answer = Page | Refusal | { see: string }
type Open = { url: string; method?: 'POST'; index?: true; answer: (system: System, asked: Asked) => Promise<Answer> }

const one = (values: URLSearchParams, key: string): string | undefined => values.get(key)?.trim() || undefined

/** The items in the column of decisions: the acts of offices (R47). */
const decisions = ({ reference: { pack } }: System, date: string) =>
  publishedItems(pack, date).filter((item) => chapterOf(pack, item) === 'decisions')

async function front(system: System, { scope }: Asked): Promise<Page> {
  const items = decisions(system, today(system))
  const [statistics, contents, withheld, checkpoint, ...lists] = await Promise.all([
    readStatistics(system, scope),
    listPublicContents(system),
    countWithheld(system),
    getCheckpoint(system.pool),
    ...items.map(({ id }) => listPublicRecords(system, { item: id, limit: NEWEST, scope })),
  ])
  return {
    page: 'front',
    statistics,
    newest: items.flatMap(({ id, name }, at) => {
      const list = lists[at]
      if (!list || isRefusal(list)) return []
      // search engines may keep the first page: whose name may be a person's does not stand there
      const shown = list.records.filter(({ organisation: { code } }) => !isNamedAfterPerson(code))
      return shown.length > 0 ? [{ item: { id, name }, list: { ...list, records: shown } }] : []
    }),
    contents: contents.filter(({ person }) => !person),
    withheld: withheld.reduce((sum, { count }) => sum + count, 0),
    ledger: isRefusal(checkpoint) ? undefined : Number(checkpoint.split('\n')[1]),
  }
}

/** What an address says of how the site is read: its language, and the place that was chosen. */
function keptOf(query: URLSearchParams): string {
  const kept = new URLSearchParams([...query].filter(([key]) => key === 'lang' || key === 'of')).toString()
  return kept === '' ? '' : `?${kept}`
}

const filterOf = (query: URLSearchParams) => ({
  item: one(query, 'item'),
  unit: one(query, 'unit'),
  oldest: query.get('sort') === 'oldest',
  after: one(query, 'after'),
})

/** The units of which something is published. */
async function sendingUnits(system: System, scope: Scope) {
  const sends = new Set((await readStatistics(system, scope)).byUnit.map(({ id }) => id))
  return system.reference.pack.units.filter(({ id }) => sends.has(id)).map(({ id, name }) => ({ id, name }))
}

async function records(system: System, { query, scope }: Asked): Promise<Answer> {
  const filter = filterOf(query)
  const list = await listPublicRecords(system, { ...filter, scope, chapter: 'decisions', limit: 20 })
  if (isRefusal(list)) return list
  const items = decisions(system, today(system)).map(({ id, name }) => ({ id, name }))
  return { page: 'records', filter, list, items, units: await sendingUnits(system, scope) }
}

async function commitments(system: System, { query, scope }: Asked): Promise<Answer> {
  const filter = { ...filterOf(query), item: undefined }
  const list = await listPublicRecords(system, { ...filter, scope, chapter: 'commitments', limit: 20 })
  return isRefusal(list) ? list : { page: 'commitments', filter, list, units: await sendingUnits(system, scope) }
}

async function listed(system: System, { query, scope, params: { list } }: Asked): Promise<Answer> {
  if (list === undefined) return { page: 'lists', lists: await listPublicLists(system, scope) }
  const asked = query.get('page') ?? '1'
  const page = /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : undefined
  const found = page === undefined ? refuse('not-found') : await readPublicList(system, list, page, scope)
  return isRefusal(found) ? found : { page: 'list', list: found }
}

async function search(system: System, { form }: Asked): Promise<Answer> {
  const text = (one(form, 'text') ?? '').slice(0, 100)
  const found = text.length < 2 ? [] : await searchPublic(system, text)
  const [only] = found
  // an organisation has an address of its own; what was typed is in none
  if (only && readCode(system, text) !== undefined) return { see: `/organisations/${only.code}` }
  return { page: 'search', text, found }
}

async function organisation(system: System, { params }: Asked): Promise<Answer> {
  const found = await getPublicOrganisation(system, params['code'] ?? '')
  if (isRefusal(found)) return found
  const { record } = params
  if (record === undefined) return { page: 'organisation', organisation: found }
  return found.records.some(({ id }) => id === record)
    ? { page: 'record', organisation: found, record }
    : refuse('not-found')
}

async function library(system: System, { params: { kind, num }, scope }: Asked): Promise<Answer> {
  if (kind !== undefined && !isContentKind(kind)) return refuse('not-found')
  if (num === undefined) {
    const campaigns = kind === 'campaign' ? (await readStatistics(system, scope)).campaigns : []
    return { page: 'library', kind, contents: await listPublicContents(system, kind), campaigns }
  }
  const content = /^[1-9]\d{0,8}$/.test(num) ? await findPublicContent(system, Number(num)) : undefined
  return content && content.kind === kind ? { page: 'content', content } : refuse('not-found')
}

async function rights(system: System): Promise<Page> {
  const [withheld, checkpoint] = await Promise.all([countWithheld(system), getCheckpoint(system.pool)])
  return {
    page: 'rights',
    catalogue: describeCatalog(system.reference.pack, today(system)),
    withheld,
    checkpoint: isRefusal(checkpoint) ? undefined : checkpoint,
  }
}

async function fileTip(system: System, { form, scope }: Asked): Promise<Answer> {
  const entered = {
    kind: form.get('kind') ?? '',
    unit: form.get('unit') ?? '',
    text: (form.get('text') ?? '').trim(),
    contact: (form.get('contact') ?? '').trim(),
  }
  const { kind, text, contact } = entered
  const again = async (problem: Refusal): Promise<Page> => ({
    page: 'tips',
    units: await tipUnits(system, scope),
    entered,
    problem,
  })
  if (!isTipKind(kind)) return again(refuse('tip-kind'))
  if (text.length < 10 || text.length > 4000 || contact.length > 200) return again(refuse('tip-length'))
  const filed = await sendTip(system, { kind, unit: entered.unit || undefined, text, contact })
  return isRefusal(filed) ? again(filed) : { page: 'tip-filed', kind, ...filed }
}

async function tipStatus(system: System, { form, scope }: Asked): Promise<Answer> {
  const status = await followTip(system, (form.get('code') ?? '').slice(0, 60))
  return isRefusal(status)
    ? { page: 'tips', units: await tipUnits(system, scope), problem: refuse('tip-code') }
    : { page: 'tip-status', status }
}

async function handbooks(system: System): Promise<Answer> {
  const found = await Promise.all(layerIds(system.reference.pack).map((id) => handbookIn(system, id)))
  return {
    page: 'handbooks',
    handbooks: found.flatMap((book) => {
      if (!book) return []
      const { id, name, version } = book.pack
      const entries = book.sections.reduce((sum, section) => sum + section.entries.length, 0)
      return [{ id, name, version, entries, unverified: unverifiedOf(book).length }]
    }),
  }
}

async function handbook(system: System, { params }: Asked): Promise<Answer> {
  const found = await handbookIn(system, params['pack'] ?? '')
  return found ? { page: 'handbook', handbook: found } : refuse('not-found')
}

/** The public pages: address, whether search engines may keep it, and what it says. */
const PAGES: readonly Open[] = [
  { url: '/', index: true, answer: front },
  { url: '/records', index: true, answer: records },
  { url: '/commitments', index: true, answer: commitments },
  { url: '/lists', index: true, answer: listed },
  { url: '/lists/:list', index: true, answer: listed },
  { url: '/search', answer: async () => ({ page: 'search', text: '', found: [] }) },
  { url: '/search', method: 'POST', answer: search },
  { url: '/organisations/:code', index: true, answer: organisation },
  { url: '/organisations/:code/:record', index: true, answer: organisation },
  { url: '/library', index: true, answer: library },
  { url: '/library/:kind', index: true, answer: library },
  { url: '/library/:kind/:num', index: true, answer: library },
  { url: '/handbook', index: true, answer: handbooks },
  { url: '/handbook/:pack', index: true, answer: handbook },
  {
    url: '/statistics',
    index: true,
    answer: async (system, { scope }) => ({ page: 'statistics', statistics: await readStatistics(system, scope) }),
  },
  { url: '/rights', index: true, answer: rights },
  {
    url: '/tips',
    index: true,
    answer: async (system, { scope }) => ({ page: 'tips', units: await tipUnits(system, scope) }),
  },
  { url: '/tips', method: 'POST', answer: fileTip },
  { url: '/tips/status', method: 'POST', answer: tipStatus },
]

/** The addresses that anybody may ask for, with the parts that vary. */
export const PUBLIC_ADDRESSES: readonly string[] = PAGES.filter(({ method }) => method !== 'POST').map(({ url }) => url)

/** The parts of an address that a route names. */
const paramsOf = (params: unknown): Record<string, string | undefined> =>
  typeof params === 'object' && params !== null
    ? Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
      )
    : {}

const STYLES = /<link rel="stylesheet"[^>]*href="([^"]+)"/g

/** The built renderer and the style sheets of the build; undefined where only the API is served. */
function openRenderer(root: string | undefined): { render: () => Promise<RenderPage>; styles: string[] } | undefined {
  if (root === undefined) return undefined
  const bundle = join(root, '.server/pages.js')
  if (!existsSync(bundle)) return undefined
  let loaded: Promise<RenderPage> | undefined
  return {
    styles: [...readFileSync(join(root, 'index.html'), 'utf8').matchAll(STYLES)].map(([, href]) => href ?? ''),
    render: () =>
      (loaded ??= import(pathToFileURL(bundle).href).then(
        // our own build: what it exports is checked with the pages
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unsafe-member-access -- bytes become typed here
        (built) => built.renderPage as RenderPage,
      )),
  }
}

export type PublicPages = { notFound: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> }

/**
 * The site that everybody reads: HTML drawn by the server from the same components as the rest (decisions/021), without
 * script. Undefined where it was not built.
 */
export async function addPublicPages(
  app: FastifyInstance,
  {
    system,
    web,
    limits = {},
  }: { system: System; web?: string | undefined; limits?: { address?: number; tip?: number } },
): Promise<PublicPages | undefined> {
  const renderer = openRenderer(web)
  if (!renderer) return undefined
  const send = async (request: FastifyRequest, reply: FastifyReply, page: Page, status: number, index: boolean) => {
    const { pack } = system.reference
    const url = new URL(request.url, 'http://site')
    const language = url.searchParams.get('lang') === 'en' ? 'en' : 'zh'
    url.searchParams.delete('lang')
    const { jurisdictions = [] } = pack
    const places = jurisdictions.length > 1 ? jurisdictions.map(({ id, name }) => ({ id, name })) : []
    const of = places.find(({ id }) => id === url.searchParams.get('of'))
    const robots = robotsOf(page, index)
    const site: Site = {
      language,
      // what was posted stays out of addresses: its page has the address of its form
      path: request.method === 'POST' ? url.pathname.replace(/\/status$/, '') : url.pathname + url.search,
      pack: { name: pack.name, version: pack.version },
      places,
      of: of?.id,
      today: today(system),
      styles: renderer.styles,
      robots,
    }
    const html = (await renderer.render())(page, site)
    if (robots !== undefined) void reply.header('x-robots-tag', robots)
    return (
      reply
        .code(status)
        .header('content-security-policy', POLICY)
        .header('cache-control', 'no-store')
        .header('content-language', language === 'en' ? 'en' : 'zh-CN')
        // forms of the site say where they come from, and nobody else learns it
        .header('referrer-policy', 'same-origin')
        .type('text/html; charset=utf-8')
        .send(html)
    )
  }
  const refused = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) => {
    const { status } = REFUSALS[refusal.code]
    return send(
      request,
      reply,
      { page: 'refused', status, message: refusal.message, remedy: refusal.remedy },
      status,
      false,
    )
  }

  const window = { timeWindow: 60_000, keyGenerator: (request: FastifyRequest) => request.ip }
  await app.register(async (scope) => {
    const within = scope.createRateLimit({ max: limits.address ?? 6_000, ...window })
    const tips = scope.createRateLimit({ max: limits.tip ?? 6, ...window })
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_LIMIT },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    )
    scope.setErrorHandler((error, request, reply) => {
      const theirs =
        error instanceof Error &&
        'statusCode' in error &&
        typeof error.statusCode === 'number' &&
        error.statusCode < 500
      if (!theirs) request.log.error({ route: request.routeOptions.url, error: describeError(error) }, 'fault')
      return refused(request, reply, refuse(theirs ? 'bad-request' : 'unavailable'))
    })
    for (const { url, method, index = false, answer } of PAGES) {
      scope.route({
        method: method ?? ['GET', 'HEAD'],
        url,
        async handler(request, reply) {
          const limit = await (url === '/tips' && method === 'POST' ? tips : within)(request)
          if (!limit.isAllowed && limit.isExceeded) {
            void reply.header('retry-after', String(limit.ttlInSeconds))
            return refused(request, reply, refuse('too-many-requests'))
          }
          const forged = method === 'POST' && (await admit(request, ROUTES.fileTip, app.sessions))
          if (forged) return refused(request, reply, forged)
          await system.refresh()
          const query = new URL(request.url, 'http://site').searchParams
          const of = one(query, 'of')
          const chosen = of === undefined ? EVERYWHERE : scopeOfPlace(system, of)
          if (isRefusal(chosen)) return refused(request, reply, chosen)
          const asked = {
            scope: chosen,
            query,
            params: paramsOf(request.params),
            form: request.body instanceof URLSearchParams ? request.body : new URLSearchParams(),
          }
          const said = await answer(system, asked)
          if (isRefusal(said)) return refused(request, reply, said)
          if ('see' in said) return reply.redirect(said.see + keptOf(asked.query), 303)
          return send(request, reply, said, said.page === 'tips' && said.problem ? 422 : 200, index)
        },
      })
    }
    addFiles(scope, system)
  })
  return { notFound: (request, reply) => refused(request, reply, refuse('not-found')) }
}

/** robots.txt and the sitemap: pages of the site and its texts, none that names a natural person. */
function addFiles(scope: FastifyInstance, system: System): void {
  const originOf = (request: FastifyRequest) => `${request.protocol}://${request.host}`
  scope.get('/robots.txt', async (request, reply) => {
    const closed = (await listPublicLists(system))
      .filter(({ persons }) => persons)
      .map(({ id }) => `Disallow: /lists/${id}\n`)
      .join('')
    return reply
      .type('text/plain; charset=utf-8')
      .send(
        `User-agent: *\nDisallow: /me\nDisallow: /desk\nDisallow: /api/\nDisallow: /search\nDisallow: /verify\n${closed}Sitemap: ${originOf(request)}/sitemap.xml\n`,
      )
  })
  scope.get('/sitemap.xml', async (request, reply) => {
    const texts = (await listPublicContents(system)).filter(({ person }) => !person)
    const paths = [
      ...PAGES.filter(({ url, index }) => index && !url.includes(':')).map(({ url }) => url),
      ...texts.map(({ kind, num }) => `/library/${kind}/${num}`),
    ]
    const lines = paths.map((path) => `<url><loc>${originOf(request)}${path}</loc></url>`)
    return reply
      .type('application/xml; charset=utf-8')
      .send(
        `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join('\n')}\n</urlset>\n`,
      )
  })
}
