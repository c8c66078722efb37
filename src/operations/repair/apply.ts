import { decideRepair, tooEarly } from '#domain/repair.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { enterRepair } from '#store/repair.ts'
import { readOwnArchive } from '../archive.ts'
import { recordId } from '../archive-decode.ts'
import type { Taken } from '../case.ts'
import { today } from '../system.ts'
import { repairable } from './ways.ts'

const WALL = [undefined, 'repair-irreparable', 'repair-too-early', 'repair-not-needed'] as const

/**
 * Judges an application for repair by the rules in force (R22), in the transaction of its first step: too early (and from
 * when), irreparable by statute, or nothing to repair. The database counts the day again.
 */
export async function enterApplication({
  system,
  client,
  actor,
  subject,
  nk,
  taken,
}: Taken): Promise<Refusal | undefined> {
  const { pack } = system.reference
  const archive = await readOwnArchive(system, { actor, subject })
  if (isRefusal(archive)) return archive
  const record = archive.records.find(({ id, state }) => id === recordId(nk) && state !== 'superseded')
  if (!record) return refuse('not-found', { field: 'record' })
  const way = decideRepair(pack, repairable(pack, record), today(system))
  if (isRefusal(way)) return way
  const { outcome, possible } = await enterRepair(client, { subject, file: taken.num, display: record.display })
  const code = WALL[outcome]
  if (code === undefined) return undefined
  return code === 'repair-too-early' && possible !== null ? tooEarly(way.rule.id, possible) : refuse(code)
}
