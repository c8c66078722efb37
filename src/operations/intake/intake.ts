import { createHash } from 'node:crypto'
import type pg from 'pg'
import { maySend } from '#domain/catalog.ts'
import { openBlocks } from '#domain/blocks.ts'
import { isEntryItem } from '#domain/listing.ts'
import type { Item, Unit } from '#domain/pack.ts'
import { deriveLayout, JOINER, writeLayout } from '#domain/record-layout.ts'
import { refuse, isRefusal, type Refusal } from '#domain/refusal.ts'
import { parseDateText } from '#domain/values.ts'
import { forgetBare, watchCapacity } from '#store/capacity.ts'
import { withTransaction } from '#store/db.ts'
import {
  findAccepted,
  insertProblems,
  insertSubmission,
  nextSubmission,
  tryIntakeLock,
  type ProblemRow,
  type SubmissionRow,
} from '#store/intake.ts'
import { tellCorrected } from '#store/recall.ts'
import { findUnit, today, type System } from '../system.ts'
import type { Lent } from './workers.ts'
import type { Chunk } from './encode.ts'
import { openNames } from './names.ts'
import { spread } from './spread.ts'
import { storeChunk, type Stored } from './store-chunk.ts'
import type { Start, Tally } from './worker.ts'

export type IntakeRequest = {
  item: string
  unit: string
  actor: number
  reviewer?: number
  /** client key: the same key twice is the same submission. Without one, the content's digest is the key */
  key?: string
  /** the bytes; a piece is done with when the next is asked for, so one buffer may be filled again and again */
  source: AsyncIterable<Uint8Array>
  fileName?: string
  contentType?: string
  /** by a decision in a case, in its transaction: both happen or neither, and what was refuted does not stand against it */
  within?: pg.PoolClient
  /** do everything, keep nothing */
  dryRun?: boolean
  onProgress?: (progress: { bytes: number; rows: number }) => void
}

/** What became of a submission, in counts. `again`: it had been taken in before and nothing was changed. */
export type Receipt = {
  submission: number | null
  status: 'accepted' | 'dry-run' | 'again'
  item: string
  unit: string
  key: string
  at: string
  rows: number
  new: number
  versions: number
  duplicates: number
  refused: number
  /** of the new rows and versions; null: unknown, where the official calendar does not reach */
  late: number | null
  format: string
  /** columns of the file that the item does not have */
  ignored: string[]
  /** the first refused rows; all of them are kept with the submission */
  problems: ProblemRow[]
}

/** A whole file refused: why, with what was found in it. */
export type Refused = Refusal & { receipt?: Omit<Receipt, 'status'> }

const PROBLEMS_SHOWN = 1_000
const PROBLEMS_KEPT_OF_REFUSED = 10_000
/** Below this many rows the share of refused ones says nothing about the file. */
const JUDGED_BY_SHARE_FROM = 20

class Rollback extends Error {
  readonly outcome: Receipt | Refused
  readonly row: SubmissionRow
  readonly problems: ProblemRow[]
  constructor(outcome: Receipt | Refused, row: SubmissionRow, problems: ProblemRow[] = []) {
    super('rolled back')
    this.outcome = outcome
    this.row = row
    this.problems = problems
  }
}

type State = Stored & {
  refusedRows: number
  problems: ProblemRow[]
  lateKnown: boolean
  tally: Tally
  format: string
  ignored: string[]
}

/** One more chunk may come; the buffers of this one go back to be filled again. */
function giveBack(worker: Lent, chunk: Chunk | undefined): void {
  if (!chunk) return worker.post({ type: 'credit' })
  const spare = { records: chunk.records.buffer, subjects: chunk.subjects.buffer, marks: chunk.marks }
  return worker.post({ type: 'credit', spare }, Object.values(spare))
}

/**
 * Takes in one file, upload or single record: all three are this operation (B11). Everything happens in one
 * transaction: visible at once, or never. Rows that are refused come back as row, field, code (B8); above the item's
 * threshold the whole file is refused. The same key or the same bytes twice change nothing (B9).
 */
export async function takeIn(system: System, request: IntakeRequest): Promise<Receipt | Refused> {
  // taken together: the workers hold the pack that the submission names
  const { reference, workers } = system
  const { pack, packNum, unitNum, itemNums } = reference
  const versions = pack.items.filter(({ id }) => id === request.item)
  const item = versions.toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]
  const unit = findUnit(pack, request.unit)
  if (!item) return refuse('unknown-item')
  if (!unit) return refuse('unknown-unit')
  // an entry of a list determined here is made by a determination and by nothing else (G6)
  if (!request.within && isEntryItem(pack, item.id)) return refuse('entry-by-file', { rule: item.id })
  if (!versions.some((version) => maySend(version, unit))) return refuse('unit-not-entitled', { rule: item.id })
  const nums = versions.map((version): [string, number] => {
    const key = layoutKey(version)
    return [key, numberIn(itemNums, key)]
  })
  const num = { unit: numberIn(unitNum, unit.id), item: numberIn(itemNums, layoutKey(item)) }

  try {
    return await workers.withWorkers(async (worker, another, all) => {
      const lent = { worker, another }
      const target = { item, unit, num, nums, packNum }
      // its interned values are on file when the decision is: the worker does not count on them
      if (request.within) {
        const outcome = await run(request.within, system, request, lent, target)
        if (isCorrection(outcome)) await tellCorrected(request.within, outcome.submission)
        return outcome
      }
      const outcome = await withTransaction(system.pool, (client) => run(client, system, request, lent, target))
      // only now are the interned values of this file on file
      for (const one of all) one.post({ type: 'keep' })
      // the file is in, whatever becomes of this; what is not done here is done by the next round (jobs/notices.ts)
      if (isCorrection(outcome)) await tellCorrected(system.pool, outcome.submission).catch(() => undefined)
      return outcome
    })
  } catch (error) {
    if (!(error instanceof Rollback)) throw error
    const { outcome, row, problems } = error
    if (!isRefusal(outcome) || !('receipt' in outcome) || request.dryRun || request.within) return outcome
    await keepRefused(system, row, problems, outcome)
    return { ...outcome, receipt: outcome.receipt && { ...outcome.receipt, submission: row.num } }
  }
}

const isCorrection = (outcome: Receipt | Refused): outcome is Receipt & { submission: number } =>
  !isRefusal(outcome) && outcome.versions > 0 && outcome.submission !== null

const layoutKey = (item: Item): string => [item.id, ...writeLayout(deriveLayout(item))].join(JOINER)

function numberIn(nums: ReadonlyMap<string, number>, key: string): number {
  const num = nums.get(key)
  if (num === undefined) throw new Error('the pack in use is not the one in the database')
  return num
}

type Target = { item: Item; unit: Unit; num: { unit: number; item: number }; nums: [string, number][]; packNum: number }

async function run(
  client: pg.PoolClient,
  system: System,
  request: IntakeRequest,
  { worker, another }: { worker: Lent; another: () => Promise<Lent | undefined> },
  of: Target,
): Promise<Receipt | Refused> {
  const { item, num } = of
  if (!(await tryIntakeLock(client, num.item, num.unit))) return refuse('intake-busy')
  const submission = await nextSubmission(client)
  const day = parseDateText(today(system))
  if (typeof day !== 'number') throw new Error('today is no date')
  const start: Start = {
    item: item.id,
    unit: of.unit,
    unitNum: num.unit,
    submission,
    itemNums: of.nums,
    today: day,
    lateBefore: system.lateBefore(item, today(system)),
    fileName: request.fileName,
    contentType: request.contentType,
  }
  const state: State = {
    blocks: openBlocks(),
    inserted: 0,
    versions: 0,
    duplicates: 0,
    late: 0,
    names: openNames(),
    refusedRows: 0,
    problems: [],
    misnamed: new Set(),
    watched: item.subject === 'person' && item.nature === 'adverse' && (await watchCapacity(client)),
    incapable: new Set(),
    subjectsKnown: false,
    recordsKnown: false,
    lateKnown: start.lateBefore !== undefined,
    tally: { rows: 0, wrongCode: 0, cells: 0, filled: 0 },
    format: '',
    ignored: [],
  }
  const digest = createHash('sha256')
  let bytes = 0

  const note = async (rows: ProblemRow[]) => {
    const byRow = new Set(rows.map(({ row }) => row))
    state.refusedRows += byRow.size
    if (state.problems.length < PROBLEMS_KEPT_OF_REFUSED)
      state.problems.push(...rows.slice(0, PROBLEMS_KEPT_OF_REFUSED))
    await insertProblems(client, submission, rows)
  }

  const { refusal, ...read } = await spread({
    source: request.source,
    first: worker,
    another,
    start,
    segmentBytes: system.workers.segmentBytes,
    onBytes(piece) {
      digest.update(piece)
      bytes += piece.length
    },
    async onChunk({ chunk, problems: found }, rowsBefore, tally, from) {
      const problems: ProblemRow[] = found.map((problem) => ({ ...problem, row: problem.row + rowsBefore }))
      if (chunk) {
        const more = await storeChunk(client, system, state, chunk, {
          submission,
          item,
          rowsBefore,
          decided: request.within !== undefined,
        })
        if (more.length > 0) problems.push(...more)
        if (more.length > 0) problems.sort((one, other) => one.row - other.row)
      }
      await note(problems)
      giveBack(from, chunk)
      request.onProgress?.({ bytes, rows: tally.rows })
    },
  })
  Object.assign(state, read)
  return conclude(client, system, request, of, submission, state, digest.digest(), refusal)
}

function receiptOf(request: IntakeRequest, state: State, key: string) {
  return {
    submission: null as number | null,
    item: request.item,
    unit: request.unit,
    key,
    at: '',
    rows: state.tally.rows,
    new: state.inserted - state.versions,
    versions: state.versions,
    duplicates: state.duplicates,
    refused: state.refusedRows,
    late: state.lateKnown ? state.late : null,
    format: state.format,
    // without an accepted row nothing says that what stood in the place of the names were names, and not somebody's data
    ignored: state.inserted + state.duplicates > 0 ? state.ignored : [],
    problems: state.problems.slice(0, PROBLEMS_SHOWN),
  }
}

function submissionRow(
  request: IntakeRequest,
  state: State,
  of: Pick<Target, 'num' | 'packNum'>,
  num: number,
  key: string,
  digest: Buffer,
): SubmissionRow {
  return {
    num,
    unit: of.num.unit,
    item: of.num.item,
    pack: of.packNum,
    actor: request.actor,
    reviewer: request.reviewer ?? null,
    key,
    digest,
    accepted: true,
    read_rows: state.tally.rows,
    new_rows: state.inserted - state.versions,
    version_rows: state.versions,
    duplicate_rows: state.duplicates,
    refused_rows: state.refusedRows,
    late_rows: state.lateKnown ? state.late : null,
    wrong_code_rows: state.tally.wrongCode,
    cells: state.tally.cells,
    filled_cells: state.tally.filled,
    blocks: Buffer.from(state.blocks.finish()),
    refusal: null,
  }
}

/** Decides on the whole: taken in before, too many refused rows, dry run, or accepted with a receipt. */
async function conclude(
  client: pg.PoolClient,
  system: System,
  request: IntakeRequest,
  of: Target,
  submission: number,
  state: State,
  digest: Buffer,
  refusal: Refusal | undefined,
): Promise<Receipt> {
  const key = request.key ?? `sha256:${digest.toString('hex')}`
  const receipt = receiptOf(request, state, key)
  const row = submissionRow(request, state, of, submission, key, digest)
  const earlier = await findAccepted(client, of.num.unit, of.num.item, key)
  if (earlier) {
    if (!earlier.digest.equals(digest)) throw new Rollback(refuse('key-reused'), row)
    throw new Rollback(
      {
        ...receipt,
        status: 'again',
        submission: earlier.num,
        at: earlier.at,
        rows: earlier.read_rows,
        new: earlier.new_rows,
        versions: earlier.version_rows,
        duplicates: earlier.duplicate_rows,
        refused: earlier.refused_rows,
        late: earlier.late_rows,
      },
      row,
    )
  }
  // nothing of a refused file is taken in, however much of it was sound
  const none = { ...receipt, new: 0, versions: 0, duplicates: 0, late: receipt.late === null ? null : 0 }
  if (refusal) throw new Rollback({ ...refusal, receipt: none }, row, state.problems)
  const tooMany =
    state.tally.rows > 0 &&
    (state.names.isHopeless() ||
      state.refusedRows === state.tally.rows ||
      (state.tally.rows >= JUDGED_BY_SHARE_FROM && state.refusedRows > state.tally.rows * of.item.refuseAbove))
  if (tooMany)
    throw new Rollback({ ...refuse('too-many-refused', { rule: of.item.id }), receipt: none }, row, state.problems)
  if (request.dryRun) throw new Rollback({ ...receipt, status: 'dry-run' }, row)
  if (state.incapable.size > 0) await forgetBare(client, [...state.incapable])
  const at = await insertSubmission(client, row)
  return { ...receipt, status: 'accepted', submission, at }
}

/** A refused file leaves a receipt and its error list, and nothing else. */
async function keepRefused(
  system: System,
  row: SubmissionRow,
  problems: ProblemRow[],
  refusal: Refused,
): Promise<void> {
  await withTransaction(system.pool, async (client) => {
    await insertSubmission(client, {
      ...row,
      accepted: false,
      new_rows: 0,
      version_rows: 0,
      duplicate_rows: 0,
      late_rows: row.late_rows === null ? null : 0,
      blocks: Buffer.alloc(0),
      refusal: refusal.code,
    })
    await insertProblems(client, row.num, problems)
  })
}
