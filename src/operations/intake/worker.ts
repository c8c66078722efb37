import { makeJudge, type FieldProblem } from '#domain/judge.ts'
import type { Item, Pack, Unit } from '#domain/pack.ts'
import { deriveLayout, JOINER, writeLayout } from '#domain/record-layout.ts'
import { isRefusal, type Refusal } from '#domain/refusal.ts'
import { TERM_BLOCK } from '#store/intake.ts'
import type { Keys } from '#store/keys.ts'
import { parentPort, workerData } from 'node:worker_threads'
import { mapHeader } from './columns.ts'
import { makeEncoder, type Chunk, type Spare } from './encode.ts'
import { openReader, type Continuation, type Reader } from './reader.ts'
import type { RowBatch } from './rows.ts'

/** What one file needs to be judged. The pack itself and the keys came when the worker started. */
export type Start = {
  item: string
  unit: Unit
  unitNum: number
  submission: number
  itemNums: [layout: string, num: number][]
  today: number
  lateBefore: number | undefined
  fileName?: string
  contentType?: string
  /** the file is gone on with in its middle, at the beginning of a row */
  from?: Continuation
}

export type Problem = { row: number } & FieldProblem
export type Tally = { rows: number; wrongCode: number; cells: number; filled: number }

export type ToWorker =
  | { type: 'start'; start: Start }
  | { type: 'data'; bytes: Uint8Array }
  /** the end of a segment: all of it is handed over, and how far the worker has come */
  | { type: 'cut' }
  | { type: 'end' }
  | { type: 'abort' }
  /** the file was accepted: its new interned values are on file */
  | { type: 'keep' }
  | { type: 'credit'; spare?: Spare }
  | { type: 'terms'; blocks: number[] }

export type FromWorker =
  | { type: 'ready' }
  | { type: 'taken'; bytes: number }
  | { type: 'chunk'; chunk: Chunk | undefined; problems: Problem[]; tally: Tally; termsLeft: number }
  | { type: 'segment'; rows: number; tally: Tally; from: Continuation | undefined }
  | { type: 'refused'; refusal: Refusal }
  | { type: 'done'; format: string; ignored: string[]; tally: Tally }
  | { type: 'aborted' }
  | { type: 'crashed'; message: string }

/** Chunks handed over and not yet stored: beyond, the worker waits, so that memory stays bounded. */
const CREDITS = 2
/** Interned values a worker keeps in memory. */
export const KNOWN_TERMS = 200_000
const PROBLEMS_PER_MESSAGE = 5_000

const layoutKey = (item: Item): string => [item.id, ...writeLayout(deriveLayout(item))].join(JOINER)

type Port = { post: (message: FromWorker, transfer?: ArrayBuffer[]) => void }
/** `fresh`: values of this file, not on file before it is accepted. `next` and `left`: numbers of the block in use. */
type Terms = { known: Map<string, number>; fresh: string[]; blocks: number[]; next: number; left: number }

/** Judges and encodes one file. `credit` resolves when main has stored a chunk. */
function openFile(start: Start, pack: Pack, keys: Keys, terms: Terms, port: Port, credit: () => Promise<void>) {
  const versions = pack.items.filter((item) => item.id === start.item)
  const item = versions.toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]
  if (!item) throw new Error(`no catalogue item ${start.item}`)
  const nums = new Map(start.itemNums)
  const reader: Reader = openReader({
    fileName: start.fileName,
    contentType: start.contentType,
    fields: item.fields,
    from: start.from,
  })
  const encoder = makeEncoder({
    keys,
    unitId: start.unit.id,
    unit: start.unitNum,
    submission: start.submission,
    item: (of) => {
      const num = nums.get(layoutKey(of))
      if (num === undefined) throw new Error(`item ${of.id} has no number in the database`)
      return num
    },
    terms: terms.known,
    nextTerm: (value) => {
      if (terms.left === 0) {
        const block = terms.blocks.shift()
        if (block === undefined) return undefined
        terms.next = block
        terms.left = TERM_BLOCK
      }
      terms.left -= 1
      terms.fresh.push(value)
      return terms.next++
    },
  })
  let judge: ReturnType<typeof makeJudge> | undefined
  let ignored: string[] = []
  let problems: Problem[] = []
  const tally: Tally = { rows: 0, wrongCode: 0, cells: 0, filled: 0 }

  const flush = async () => {
    const chunk = encoder.take()
    if (!chunk && problems.length === 0) return
    const transfer = chunk ? [chunk.subjects.buffer, chunk.records.buffer, chunk.marks] : []
    port.post(
      { type: 'chunk', chunk, problems, tally: { ...tally }, termsLeft: terms.left + terms.blocks.length * TERM_BLOCK },
      transfer,
    )
    problems = []
    await credit()
  }

  const take = async (batch: RowBatch): Promise<Refusal | undefined> => {
    if (!judge) {
      const columns = mapHeader(reader.header ?? [], item.fields)
      if (isRefusal(columns)) return columns
      ;({ ignored } = columns)
      judge = makeJudge({ ...start, pack }, columns.fieldOf)
    }
    for (const { row, refusal } of batch.problems) {
      tally.rows += 1
      problems.push({ row, field: refusal.field ?? '', code: refusal.code })
    }
    for (let at = 0; at < batch.rows.length; at += 1) {
      const row = batch.rows[at]
      if (row === undefined || row.length === 0) continue
      tally.rows += 1
      const rowNumber = batch.firstRow + at
      const judged = judge(row)
      if (Array.isArray(judged)) {
        for (const problem of judged) problems.push({ row: rowNumber, ...problem })
        // R1: the rate of wrong numbers and codes
        if (judged.some(({ field }) => field === numberField)) tally.wrongCode += 1
        if (problems.length >= PROBLEMS_PER_MESSAGE) await flush()
        continue
      }
      tally.cells += judged.values.length
      tally.filled += judged.filled
      if (encoder.add(judged, rowNumber) === 'full') await flush()
    }
    return undefined
  }
  const numberField = item.fields.find((field) => field.role === 'subject-number')?.id

  const run = async (batches: Iterable<RowBatch>): Promise<Refusal | undefined> => {
    for (const batch of batches) {
      const refusal = await take(batch)
      if (refusal) return refusal
    }
    return reader.refusal
  }

  return {
    reuse: encoder.reuse,
    push: (bytes: Uint8Array) => run(reader.push(bytes)),
    async cut(): Promise<void> {
      await flush()
      port.post({ type: 'segment', rows: reader.rows, tally: { ...tally }, from: reader.continuation() })
    },
    async end(): Promise<Refusal | undefined> {
      const refusal = await run(reader.end())
      if (refusal) return refusal
      // a header without rows is judged too: a wrong one is refused even when nothing follows
      if (!judge) {
        const columns = mapHeader(reader.header ?? [], item.fields)
        if (isRefusal(columns)) return columns
      }
      await flush()
      port.post({ type: 'done', format: reader.format ?? '', ignored: [...ignored, ...reader.unknown], tally })
      return undefined
    },
  }
}

/** Where an error came from. Never its message: it may quote what could not be read. */
const traceOf = (error: Error): string =>
  [error.name, ...(error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))].join('\n')

/** The worker's loop: one file after another, one message after another. */
function serve(): void {
  if (!parentPort) throw new Error('worker.ts runs in a worker thread')
  const thread = parentPort
  const { pack, keys, knownTerms }: { pack: Pack; keys: Keys; knownTerms: [string, number][] } = workerData
  const terms: Terms = { known: new Map(knownTerms), fresh: [], blocks: [], next: 0, left: 0 }
  const port: Port = { post: (message, transfer = []) => thread.postMessage(message, transfer) }
  let file: ReturnType<typeof openFile> | undefined
  let credits = CREDITS
  let waiting: (() => void) | undefined
  let queue = Promise.resolve()
  const credit = async () => {
    credits -= 1
    if (credits <= 0) await new Promise<void>((resolve) => (waiting = resolve))
  }
  const refused = (refusal: Refusal | undefined) => {
    if (!refusal) return
    file = undefined
    port.post({ type: 'refused', refusal })
  }
  const handle = async (message: ToWorker): Promise<void> => {
    switch (message.type) {
      case 'start':
        credits = CREDITS
        // a file that was not accepted took its new values with it
        for (const value of terms.fresh) terms.known.delete(value)
        terms.fresh = []
        // known values are only there to save bytes: beyond this they are given new numbers
        if (terms.known.size > KNOWN_TERMS) terms.known.clear()
        file = openFile(message.start, pack, keys, terms, port, credit)
        return
      case 'data':
        refused(await file?.push(message.bytes))
        port.post({ type: 'taken', bytes: message.bytes.length })
        return
      case 'cut':
        await file?.cut()
        return
      case 'end':
        refused(await file?.end())
        file = undefined
        return
      default:
    }
  }
  thread.on('message', (message: ToWorker) => {
    // these go past the queue: the queue may be waiting for them
    if (message.type === 'terms') {
      terms.blocks.push(...message.blocks)
      return
    }
    if (message.type === 'keep') {
      terms.fresh = []
      return
    }
    if (message.type === 'credit' || message.type === 'abort') {
      if (message.type === 'credit' && message.spare) file?.reuse(message.spare)
      credits = message.type === 'abort' ? Number.POSITIVE_INFINITY : credits + 1
      if (message.type === 'abort') file = undefined
      waiting?.()
      waiting = undefined
      if (message.type === 'abort') queue = queue.then(() => port.post({ type: 'aborted' }))
      return
    }
    queue = queue
      .then(() => handle(message))
      .catch((error: Error) => port.post({ type: 'crashed', message: traceOf(error) }))
  })
  port.post({ type: 'ready' })
}

if (parentPort) serve()
