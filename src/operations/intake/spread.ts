import type { Refusal } from '#domain/refusal.ts'
import type { FromWorker, Start, Tally, ToWorker } from './worker.ts'
import type { Lent } from './workers.ts'

const QUOTE = 0x22
const NEWLINE = 0x0a

export type ChunkMessage = Extract<FromWorker, { type: 'chunk' }>
export type Spread = { refusal?: Refusal; format: string; ignored: string[]; tally: Tally }

/** A worker at work on the file. `rows`: those it has read of it in the segments that are stored. */
type Lane = {
  lent: Lent
  /** bytes sent and not yet read */
  ahead: number
  rows: number
  tally: Tally
  inbox: FromWorker[]
}
type Segment = { lane: Lane }

const NO_TALLY: Tally = { rows: 0, wrongCode: 0, cells: 0, filled: 0 }

/**
 * Feeds a file to its worker and, where it is long and plain, to a second one: `onChunk` gets the chunks strictly in the
 * order of the rows, with what has to be added to their row numbers.
 *
 * The bytes are cut into segments of some megabytes at ends of rows, as long as no quote has been seen: before the first
 * quote every line feed ends a row, in every encoding that keeps ASCII apart. The first worker finds out what the file is
 * (format, encoding, separator, header); only when it has said so, and that the file can be gone on with in its middle,
 * may another take a segment. With the first quote the worker of that segment gets all that follows.
 */
export async function spread(of: {
  source: AsyncIterable<Uint8Array>
  first: Lent
  /** another worker, if one is free */
  another: () => Promise<Lent | undefined>
  start: Start
  segmentBytes: number
  onBytes: (piece: Uint8Array) => void
  onChunk: (message: ChunkMessage, rowsBefore: number, tally: Tally, worker: Lent) => Promise<void>
}): Promise<Spread> {
  const { source, start, segmentBytes } = of
  const lanes: Lane[] = []
  const segments: Segment[] = []
  const pumps: Promise<void>[] = []
  let stopped = false
  let failure: Error | undefined
  let wake: (() => void)[] = []
  const changed = () => {
    for (const resume of wake.splice(0)) resume()
  }
  const untilChanged = () => new Promise<void>((resolve) => wake.push(resolve))
  const fail = (error: unknown) => {
    failure ??= error instanceof Error ? error : new Error('a source failed')
    changed()
  }

  const pump = async (lane: Lane): Promise<void> => {
    for (;;) {
      const message = await lane.lent.next()
      if (message.type === 'taken') lane.ahead -= message.bytes
      else lane.inbox.push(message)
      changed()
      if (message.type === 'aborted') return
    }
  }
  const open = (lent: Lent, begin: Start): Lane => {
    const lane: Lane = { lent, ahead: 0, rows: 0, tally: NO_TALLY, inbox: [] }
    lent.post({ type: 'start', start: begin })
    lanes.push(lane)
    pumps.push(pump(lane).catch(fail))
    return lane
  }
  const only = open(of.first, start)

  /** The file can be gone on with in its middle: asks for help, once. */
  let asked = false
  const help = (from: NonNullable<Start['from']>) => {
    if (asked) return
    asked = true
    void of.another().then((lent) => {
      if (lent && !stopped) open(lent, { ...start, from })
    }, fail)
  }

  const over = () => stopped || failure !== undefined
  const tell = (lane: Lane, message: ToWorker) => {
    if (!over()) lane.lent.post(message)
  }
  const send = async (lane: Lane, bytes: Uint8Array) => {
    if (bytes.length === 0) return
    lane.ahead += bytes.length
    // posting copies the whole buffer behind a view: a slice of a larger one is cut out first
    tell(lane, { type: 'data', bytes: bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice() })
    while (lane.ahead > segmentBytes && !over()) await untilChanged()
  }

  const feed = async () => {
    let lane = only
    let filled = 0
    let plain = true
    segments.push({ lane })
    for await (const piece of source) {
      if (over()) return
      of.onBytes(piece)
      plain &&= !piece.includes(QUOTE)
      filled += piece.length
      const cut = plain && filled >= segmentBytes ? piece.lastIndexOf(NEWLINE) + 1 : 0
      if (cut === 0) {
        await send(lane, piece)
        continue
      }
      await send(lane, piece.subarray(0, cut))
      tell(lane, { type: 'cut' })
      lane = lanes.reduce((least, one) => (one.ahead < least.ahead ? one : least))
      segments.push({ lane })
      changed()
      filled = piece.length - cut
      await send(lane, piece.subarray(cut))
    }
    tell(lane, { type: 'end' })
  }

  const take = async (): Promise<Spread> => {
    let rows = 0
    const tallies = (): Tally => lanes.map(({ tally }) => tally).reduce(addTally, NO_TALLY)
    for (let at = 0; ; at += 1) {
      while (segments.length <= at && !over()) await untilChanged()
      if (failure) throw failure
      const lane = segments[at]?.lane ?? only
      for (let ended = false; !ended;) {
        while (lane.inbox.length === 0 && !over()) await untilChanged()
        const message = lane.inbox.shift()
        if (message === undefined) throw failure ?? new Error('no message')
        switch (message.type) {
          case 'chunk':
            lane.tally = message.tally
            await of.onChunk(message, rows - lane.rows, tallies(), lane.lent)
            break
          case 'segment':
            rows += message.rows - lane.rows
            lane.rows = message.rows
            lane.tally = message.tally
            if (message.from) help(message.from)
            ended = true
            break
          case 'done':
            lane.tally = message.tally
            return { format: message.format, ignored: message.ignored, tally: tallies() }
          case 'refused':
            return { refusal: message.refusal, format: '', ignored: [], tally: tallies() }
          case 'crashed':
            throw new Error(`the intake worker failed: ${message.message}`)
          default:
        }
      }
    }
  }

  const feeding = feed().catch(fail)
  try {
    const result = await take()
    stopped = true
    changed()
    await feeding
    return result
  } finally {
    stopped = true
    changed()
    // a worker goes to its next file only when nothing of this one is under way any more
    for (const { lent } of lanes) lent.post({ type: 'abort' })
    await Promise.all(pumps)
  }
}

const addTally = (one: Tally, other: Tally): Tally => ({
  rows: one.rows + other.rows,
  wrongCode: one.wrongCode + other.wrongCode,
  cells: one.cells + other.cells,
  filled: one.filled + other.filled,
})
