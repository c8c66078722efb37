import { MARK, MARK_ROW, rowOf, type Chunk } from './encode.ts'

/** Where things stand in a row of `record` in PostgreSQL's binary COPY format, from its beginning on. */
const HEADER = 19
const KEY = 6
const DECIDED = 58

/** One row of a chunk: read when asked for. */
export type ChunkRow = {
  at: number
  /** hexadecimal */
  subject: () => string
  /** the key as bytes, for comparing */
  key: () => string
  /** days since 2000-01-01 */
  decided: () => number
  marks: Buffer
}

const nextOf = (bytes: Buffer, from: number): number => {
  let next = from + 2
  for (let column = bytes.readInt16BE(from); column > 0; column -= 1) next += 4 + bytes.readInt32BE(next)
  return next
}

function rowReader(chunk: Chunk) {
  const bytes = Buffer.from(chunk.records.buffer, 0, chunk.records.length)
  const marks = Buffer.from(chunk.marks)
  const place = { from: HEADER }
  const row: ChunkRow = {
    at: 0,
    subject: () => bytes.hexSlice(place.from + KEY, place.from + KEY + 16),
    key: () => bytes.latin1Slice(place.from + KEY, place.from + KEY + 16),
    decided: () => bytes.readInt32BE(place.from + DECIDED),
    marks,
  }
  return { bytes, marks, place, row }
}

/** Every row of a chunk, in order. */
export function eachRow(chunk: Chunk, use: (row: ChunkRow) => void): void {
  const { bytes, place, row } = rowReader(chunk)
  for (row.at = 0; row.at < chunk.rows; row.at += 1) {
    use(row)
    place.from = nextOf(bytes, place.from)
  }
}

/** Takes rows out of a chunk, in place; returns their numbers. */
export function removeRows(chunk: Chunk, isWrong: (row: ChunkRow) => boolean): number[] {
  const { bytes, marks, place, row } = rowReader(chunk)
  const removed: number[] = []
  let to = HEADER
  let kept = 0
  for (row.at = 0; row.at < chunk.rows; row.at += 1) {
    const { from } = place
    const next = nextOf(bytes, from)
    const mark = row.at * MARK
    if (isWrong(row)) removed.push(rowOf(marks.readInt32BE(mark + MARK_ROW)))
    else {
      bytes.copyWithin(to, from, next)
      marks.copyWithin(kept * MARK, mark, mark + MARK)
      to += next - from
      kept += 1
    }
    place.from = next
  }
  chunk.records = { buffer: chunk.records.buffer, length: bytes.writeInt16BE(-1, to) }
  chunk.rows = kept
  return removed
}
