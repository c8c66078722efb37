import { createHash } from 'node:crypto'
import { refuse, isRefusal, type Refusal } from '#domain/refusal.ts'
import type { Queryable } from '#store/db.ts'
import { heldBound } from '#store/held-seal.ts'
import { findAccepted } from '#store/intake.ts'
import {
  findHeld,
  insertHeld,
  insertHeldChunk,
  insertHeldDecision,
  nextHeld,
  lockHeld,
  readHeld,
  readHeldChunk,
  withActing,
  type HeldRow,
} from '#store/rights.ts'
import type { System } from '../system.ts'
import { takeIn, type IntakeRequest, type Receipt, type Refused } from './intake.ts'
import { inTurn } from './turns.ts'

/** A file that waits for a second named person of the unit: checked, counted, sealed, and not a row of it in effect. */
export type Held = Omit<Receipt, 'status'> & { status: 'held'; held: number }

const withActingInTurn = <result>(system: System, unit: number, use: (client: Queryable) => Promise<result>) =>
  inTurn(system, () => withActing(system.pool, { unit }, use))

/**
 * Takes in a file, or holds it where the catalogue item needs a second person (R6). The one operation behind the
 * command line, the upload page and the API, for files and single records alike (B11).
 */
export async function submit(system: System, request: IntakeRequest): Promise<Receipt | Held | Refused> {
  const item = system.reference.pack.items.findLast(({ id }) => id === request.item)
  const unit = system.reference.unitNum.get(request.unit)
  const itemNum = [...system.reference.itemOf].findLast(([, { id }]) => id === request.item)?.[0]
  if (!item?.review || request.dryRun || unit === undefined || itemNum === undefined) return takeIn(system, request)

  class NotHeld extends Error {
    readonly outcome: Receipt | Held | Refused
    constructor(outcome: Receipt | Held | Refused) {
      super('not held')
      this.outcome = outcome
    }
  }
  try {
    return await withActingInTurn(system, unit, async (client) => {
      const digest = createHash('sha256')
      const num = await nextHeld(client)
      const of = unit
      let seq = 0
      // sealed and stored piece by piece: a file of any size waits without being in memory
      async function* tee() {
        for await (const piece of request.source) {
          digest.update(piece)
          await insertHeldChunk(client, {
            file: num,
            seq,
            unit: of,
            sealed: system.cipher.sealBytes(piece, heldBound(num, seq)),
          })
          seq += 1
          yield piece
        }
      }
      const checked = await takeIn(system, { ...request, source: tee(), dryRun: true })
      if (isRefusal(checked) || checked.status !== 'dry-run') throw new NotHeld(checked)
      const content = digest.digest()
      const earlier = await findHeld(client, { unit, item: itemNum, key: checked.key })
      if (earlier && !earlier.digest.equals(content)) throw new NotHeld(refuse('key-reused'))
      if (earlier?.approved === false) throw new NotHeld(refuse('held-rejected'))
      if (earlier) throw new NotHeld({ ...checked, status: 'held', held: earlier.num })
      const { rows, refused } = checked
      await insertHeld(client, {
        num,
        unit,
        item: itemNum,
        actor: request.actor,
        key: checked.key,
        digest: content,
        format: checked.format,
        counts: { rows, refused },
      })
      return { ...checked, status: 'held' as const, held: num }
    })
  } catch (error) {
    if (error instanceof NotHeld) return error.outcome
    throw error
  }
}

/** Files of the unit that wait for a second person. */
export const listHeld = (system: System, of: { unit: string; actor: number }) =>
  withActing(system.pool, { unit: system.reference.unitNum.get(of.unit) }, async (client) =>
    (await readHeld(client, null)).map((row) => ({
      held: row.num,
      item: row.item,
      at: row.at,
      by: row.display,
      mine: row.actor === of.actor,
      rows: row.counts.rows,
      refused: row.counts.refused,
    })),
  )

async function* heldSource(system: System, client: Queryable, file: number): AsyncGenerator<Uint8Array> {
  for (let seq = 0; ; seq += 1) {
    const sealed = await readHeldChunk(client, file, seq)
    if (!sealed) return
    yield system.cipher.openBytes(sealed, heldBound(file, seq))
  }
}

/**
 * A second named person of the unit approves a held file, which is then taken in like any other, or rejects it. One
 * decision at a time. Deciding again after a crash half-way comes to the same end: the file's key makes the intake happen
 * once, and what has been taken in cannot be rejected any more, only withdrawn.
 */
export async function decideHeld(
  system: System,
  of: { actor: number; unit: string; num: number; approve: boolean; reason: string },
): Promise<{ approved: boolean; receipt?: Receipt | Refused } | Refusal> {
  const unit = system.reference.unitNum.get(of.unit)
  if (unit === undefined) return refuse('unknown-unit')
  return withActingInTurn(system, unit, async (client) => {
    await lockHeld(client, of.num)
    const [held]: (HeldRow | undefined)[] = await readHeld(client, of.num)
    if (!held) return refuse('not-found')
    if (held.decided) return refuse('already-decided')
    if (held.actor === of.actor) return refuse('own-submission')
    let receipt: Receipt | Refused | undefined
    if (of.approve) {
      receipt = await takeIn(system, {
        item: held.item,
        unit: of.unit,
        actor: held.actor,
        reviewer: of.actor,
        key: held.key,
        source: heldSource(system, client, held.num),
      })
      if (isRefusal(receipt)) return receipt
    } else if (await findAccepted(client, unit, held.item_num, held.key)) return refuse('already-decided')
    const submission = receipt && !isRefusal(receipt) ? receipt.submission : null
    await insertHeldDecision(client, {
      file: held.num,
      unit,
      actor: of.actor,
      uploader: held.actor,
      approved: of.approve,
      reason: of.reason,
      submission,
    })
    return { approved: of.approve, receipt }
  })
}
