import type { Refusal } from '#domain/refusal.ts'
import { openReader } from './reader.ts'
import type { ReaderOptions } from './reader.ts'

export type Reading = {
  header: string[] | undefined
  /** rows that have fields, with their numbers */
  rows: [number, string[]][]
  /** `row:code` */
  problems: string[]
  refusal: Refusal['code'] | undefined
  unknown: string[]
}

/** Reads a whole file, cut into pieces at the given places. */
export function readFile(bytes: Uint8Array, options: ReaderOptions = {}, cuts: readonly number[] = []): Reading {
  const reader = openReader(options)
  const rows: [number, string[]][] = []
  const problems: string[] = []
  let next = 1
  const take = (batches: ReturnType<typeof reader.push>): void => {
    for (const batch of batches) {
      if (batch.firstRow < next) throw new Error(`row ${batch.firstRow} comes again`)
      next = batch.firstRow + batch.rows.length
      for (const [index, row] of batch.rows.entries()) {
        if (row.length === 0) continue
        if (row.length !== reader.header?.length) throw new Error('a row that is not as wide as the header')
        for (const field of row) if (typeof field !== 'string') throw new Error('a field that is no text')
        rows.push([batch.firstRow + index, row])
      }
      for (const problem of batch.problems) {
        const at = problem.row - batch.firstRow
        if (batch.rows[at]?.length !== 0) throw new Error('a problem of a row that is delivered')
        problems.push(`${problem.row}:${problem.refusal.code}`)
      }
    }
  }
  let from = 0
  for (const cut of cuts.toSorted((a, b) => a - b)) {
    const to = Math.min(cut, bytes.length)
    if (to <= from) continue
    // as a stream does: the same buffer again and again
    const piece = Uint8Array.from(bytes.subarray(from, to))
    take(reader.push(piece))
    piece.fill(0x22)
    from = to
  }
  take(reader.push(bytes.subarray(from)))
  take(reader.end())
  return { header: reader.header, rows, problems, refusal: reader.refusal?.code, unknown: reader.unknown }
}
