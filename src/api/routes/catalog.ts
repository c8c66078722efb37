import { createHash } from 'node:crypto'
import { describeCatalog } from '#operations/catalog.ts'
import { today, type System } from '#operations/system.ts'
import type { Handlers } from '../handler.ts'

type Described = { date: string; pack: number; etag: string; body: ReturnType<typeof describeCatalog> }
const described = new WeakMap<System, Described>()

/** The catalogue changes with the pack and with the day. */
function getDescribed(system: System): Described {
  const date = today(system)
  const known = described.get(system)
  const { pack, packNum } = system.reference
  if (known?.date === date && known.pack === packNum) return known
  const body = describeCatalog(pack, date)
  const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`
  const fresh = { date, pack: packNum, etag, body }
  described.set(system, fresh)
  return fresh
}

export const catalogRoutes: Handlers<'catalog'> = {
  catalog({ system, request, reply }) {
    const { etag, body } = getDescribed(system)
    void reply.header('etag', etag).header('cache-control', 'public, no-cache')
    const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
    if (known?.includes(etag)) return reply.code(304).send()
    return body
  },
}
