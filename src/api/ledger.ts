import type { FastifyInstance } from 'fastify'
import { isRefusal } from '#domain/refusal.ts'
import { parseTilePath, TILE_HASHES } from '#domain/tile.ts'
import { findLogKey } from '#operations/ledger-log.ts'
import { getCheckpoint, getTile } from '#operations/ledger-proof.ts'
import type { System } from '#operations/system.ts'
import { sendRefusal } from './answers.ts'

/** A full tile never changes; a partial one of a width neither, as far as it goes (c2sp.org/tlog-tiles). */
const FOR_EVER = 'public, max-age=31536000, immutable'
const A_LITTLE = 'public, max-age=5'

/**
 * The ledger as C2SP tlog-tiles has it, for anyone's standard tools: `/ledger/checkpoint`, `/ledger/tile/<L>/<N>[.p/<W>]`,
 * and `/ledger/key`, the key that checkpoints are verified with. Entry bundles are not published (decisions/003).
 */
export function addLedger(app: FastifyInstance, system: System): void {
  app.get('/ledger/checkpoint', async (_request, reply) => {
    const note = await getCheckpoint(system.pool)
    if (isRefusal(note)) return sendRefusal(reply, note)
    return reply.header('cache-control', A_LITTLE).type('text/plain; charset=utf-8').send(note)
  })
  app.get('/ledger/key', async (_request, reply) => {
    const key = await findLogKey(system.pool)
    return reply
      .header('cache-control', A_LITTLE)
      .type('text/plain; charset=utf-8')
      .code(key === undefined ? 404 : 200)
      .send(`${key ?? ''}\n`)
  })
  app.get('/ledger/tile/*', async (request, reply) => {
    const path = request.url.slice('/ledger/'.length).split('?', 1)[0] ?? ''
    const bytes = await getTile(system.pool, path)
    if (isRefusal(bytes)) return sendRefusal(reply, bytes)
    const full = parseTilePath(path)?.width === TILE_HASHES
    return reply
      .header('cache-control', full ? FOR_EVER : 'public, max-age=86400')
      .type('application/octet-stream')
      .send(Buffer.from(bytes))
  })
}
