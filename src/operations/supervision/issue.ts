import { createHash } from 'node:crypto'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { decideBulletin, prepareBulletin, readBulletins, type BulletinRow } from '#store/bulletin.ts'
import { scopeOf } from '../places.ts'
import { today, type System } from '../system.ts'
import { makeBulletin, type Bulletin } from './bulletin.ts'

export type IssuedBulletin = {
  num: number
  at: string
  from: string
  until: string
  note: string
  /** SHA-256 of the figures as they are kept */
  digest: string
  author: Text
  mine: boolean
  state: 'draft' | 'publish' | 'reject'
  decidedAt?: string
  reason: string
  /** which one of its year and place, once issued */
  number?: number
  /** whose it is: a place of the instance */
  place?: { id: string; name: Text }
}

const STATES = ['draft', 'publish', 'reject'] as const

const show = (system: System, row: BulletinRow): IssuedBulletin => ({
  num: row.num,
  at: row.at,
  from: row.from_day,
  until: row.until_day,
  note: row.note,
  digest: row.digest.toString('hex'),
  author: row.author,
  mine: row.mine,
  state: STATES.find((state) => state === row.state) ?? 'draft',
  reason: row.reason,
  ...(row.decided_at === null ? {} : { decidedAt: row.decided_at }),
  ...(row.number === null ? {} : { number: Number(row.number) }),
  ...placeOf(system, row.place),
})

/** Named where the instance serves more than one place. */
function placeOf({ reference: { pack } }: System, id: string | null): Pick<IssuedBulletin, 'place'> {
  const { jurisdictions = [] } = pack
  const place = jurisdictions.find((one) => one.id === id)
  return place && jurisdictions.length > 1 ? { place: { id: place.id, name: place.name } } : {}
}

/** Bulletins that were issued, of the places that somebody sees; for the office of a place also those that wait for a second person, and those rejected. */
export const listBulletins = async (system: System, actor: number): Promise<IssuedBulletin[]> =>
  (await readBulletins(system.pool, { actor })).map((row) => show(system, row))

/** One bulletin with the figures it was prepared with, as bytes: what is known since does not change them. */
export async function getBulletin(
  system: System,
  of: { actor: number; num: number },
): Promise<{ bulletin: IssuedBulletin; figures: Bulletin } | Refusal> {
  const [row] = await readBulletins(system.pool, of)
  if (!row?.figures) return refuse('not-found', { field: 'num' })
  if (!createHash('sha256').update(row.figures).digest().equals(row.digest))
    throw new Error('a bulletin is not what it was')
  return { bulletin: show(system, row), figures: readFigures(row.figures) }
}

/** We wrote these bytes ourselves, and their digest says that nobody changed them. */
// oxlint-disable-next-line typescript/no-explicit-any -- the one place where kept bytes become typed
const readFigures = (bytes: Buffer): any => JSON.parse(bytes.toString('utf8'))

/** Prepares a bulletin of a time with the figures of now; nothing is issued by it. Only the office of a place, of its place. */
export async function draftBulletin(
  system: System,
  of: { actor: number; unit: string | undefined; from: string; until: string; note: string },
): Promise<{ num: number } | Refusal> {
  if (of.from > of.until || of.until > today(system)) return refuse('bulletin-period', { field: 'from' })
  const scope = scopeOf(system, of)
  if (isRefusal(scope)) return scope
  const figures = await makeBulletin(system, { reader: of, scope, from: of.from, until: of.until })
  const num = await prepareBulletin(system.pool, {
    ...of,
    note: of.note.trim(),
    figures: Buffer.from(JSON.stringify(figures)),
  })
  return num === null ? refuse('office-only') : { num }
}

/** Issues or rejects a draft; whoever prepared it does not decide on it. */
export async function decideOnBulletin(
  system: System,
  of: { actor: number; num: number; kind: 'publish' | 'reject'; reason?: string },
): Promise<{ num: number; state: 'publish' | 'reject' } | Refusal> {
  const reason = of.reason?.trim() ?? ''
  if (of.kind === 'reject' && reason === '') return refuse('reason-missing', { field: 'reason' })
  switch (await decideBulletin(system.pool, { ...of, reason })) {
    case 0:
      return { num: of.num, state: of.kind }
    case 6:
      return refuse('not-found', { field: 'num' })
    case 8:
      return refuse('bulletin-decided')
    case 9:
      return refuse('own-bulletin')
    default:
      return refuse('office-only')
  }
}
