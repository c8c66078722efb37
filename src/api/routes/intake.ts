import { Readable } from 'node:stream'
import { refuse } from '#domain/refusal.ts'
import { submitRecord } from '#operations/intake/record.ts'
import { submit } from '#operations/intake/submit.ts'
import type { Session } from '#operations/sign-in.ts'
import type { System } from '#operations/system.ts'
import type { Handlers } from '../handler.ts'
import { receiptAnswer } from './receipt.ts'

type Progress = { account: number; bytes: number; rows: number; done: boolean; at: number }

/** Uploads under way in this process, by account and the id the client chose; finished ones stay for ten minutes. */
const uploads = new WeakMap<System, Map<string, Progress>>()
const KEPT = 10 * 60_000
const KEPT_AT_MOST = 10_000

const progressKey = (account: number, id: string) => `${account}:${id}`

function openProgress(system: System, { account }: Session, id: string | undefined): Progress {
  const progress: Progress = { account, bytes: 0, rows: 0, done: false, at: Date.now() }
  if (id === undefined) return progress
  const map = uploads.get(system) ?? new Map<string, Progress>()
  uploads.set(system, map)
  for (const [key, old] of map)
    if ((old.done && old.at < Date.now() - KEPT) || map.size >= KEPT_AT_MOST) map.delete(key)
  map.set(progressKey(account, id), progress)
  return progress
}

/** The bytes of a request as they come. Leaving early does not cut the line: the answer still has to go out on it. */
export async function* piecesOf(body: Readable, onBytes?: (count: number) => void): AsyncGenerator<Uint8Array> {
  const pieces: AsyncIterable<Uint8Array> = body.iterator({ destroyOnReturn: false })
  for await (const piece of pieces) {
    onBytes?.(piece.length)
    yield piece
  }
}

export const intakeRoutes: Handlers<'intake' | 'intakeProgress' | 'record'> = {
  async intake({ system, session, query, request }) {
    if (session.unit === undefined) return refuse('not-allowed')
    const { body } = request
    if (!(body instanceof Readable)) return refuse('empty-file')
    const progress = openProgress(system, session, query.progress)
    try {
      const outcome = await submit(system, {
        item: query.item,
        unit: session.unit,
        actor: session.account,
        key: query.key,
        dryRun: query.dryRun,
        fileName: query.fileName,
        contentType: request.headers['content-type'],
        source: piecesOf(body, (count) => (progress.bytes += count)),
        onProgress: ({ rows }) => (progress.rows = rows),
      })
      return receiptAnswer(outcome)
    } finally {
      progress.done = true
      progress.at = Date.now()
      // what is still coming of a refused file is let through to nowhere
      body.resume()
    }
  },
  intakeProgress({ system, session, params }) {
    const progress = uploads.get(system)?.get(progressKey(session.account, params.id))
    return progress
      ? { bytes: progress.bytes, rows: progress.rows, done: progress.done }
      : refuse('not-found', { field: 'id' })
  },
  async record({ system, session, body }) {
    if (session.unit === undefined) return refuse('not-allowed')
    return receiptAnswer(await submitRecord(system, { ...body, unit: session.unit, actor: session.account }))
  },
}
