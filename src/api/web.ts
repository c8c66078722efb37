import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '#domain/refusal.ts'
import { sendRefusal } from './answers.ts'

/** Scripts, styles and pictures only from here, nothing inline, nothing framed. */
export const POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self' data:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `manifest-src 'self'`,
  `worker-src 'self'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
].join('; ')

/** The three entrances, each a page of its own; their own routes below them are the page's business. */
const ENTRANCES = [
  { prefix: '/desk', page: 'desk.html', found: false },
  { prefix: '/me', page: 'me.html', found: false },
  { prefix: '', page: 'index.html', found: true },
] as const

/** Public pages that are no reading pages. */
const WITH_SCRIPT = /^\/verify(?:[/?]|$)/

const YEAR = 365 * 24 * 3600

/** Serves the built pages. Names with a hash are kept for a year, pages are asked for every time. */
export async function addWeb(
  app: FastifyInstance,
  root: string | undefined,
  site?: { notFound: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> },
): Promise<void> {
  const built = root !== undefined && existsSync(join(root, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root,
      wildcard: false,
      index: false,
      cacheControl: false,
      preCompressed: true,
      // pages are sent below, with their policy
      globIgnore: ['**/*.html', '**/.*'],
      setHeaders(reply, path) {
        const hashed = path.includes(`${sep}assets${sep}`)
        void reply.header('cache-control', hashed ? `public, max-age=${YEAR}, immutable` : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const page = built && findEntrance(request)
    // what the public reads is drawn by the server; only pages that work with what one gives them come as script
    if (page && site && page.prefix === '' && !WITH_SCRIPT.test(request.url)) return site.notFound(request, reply)
    if (page) return sendPage(reply, page)
    void reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
    return sendRefusal(reply, refuse('not-found'))
  })
}

/** The entrance of an address, unless it is one of the API or of a file. */
function findEntrance(request: FastifyRequest): (typeof ENTRANCES)[number] | undefined {
  const path = request.url.split('?', 1)[0] ?? ''
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  if (path.startsWith('/api/') || /\.\w+$/.test(path)) return undefined
  return ENTRANCES.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))
}

function sendPage(reply: FastifyReply, entrance: (typeof ENTRANCES)[number]): FastifyReply {
  void reply.code(200).header('content-security-policy', POLICY).header('cache-control', 'no-cache')
  if (!entrance.found) void reply.header('x-robots-tag', 'noindex, nofollow, noarchive')
  return reply.sendFile(entrance.page)
}
