import { refuse } from '#domain/refusal.ts'
import type { Refusal, RefusalCode } from '#domain/refusal.ts'

/** A row that cannot be read; the others of the file are not touched by it. */
export type RowProblem = { row: number; refusal: Refusal }

/**
 * Consecutive rows of a file. Row `firstRow + i` is `rows[i]`; rows are numbered from 1, the header not counted,
 * blank ones counted, so that a number leads back to the line. A row with `[]` is to be skipped: it is blank, or
 * `problems` says what is wrong with it. Every other row has exactly as many fields as the header, in its order.
 *
 * Fields are slices of the decoded chunk: whoever keeps one longer than the batch must copy it, or keeps the chunk.
 */
export type RowBatch = { firstRow: number; rows: string[][]; problems: RowProblem[] }

/** What a format's reader is: text or bytes in, rows out. `refusal` ends the file; nothing comes after it. */
export type RowSource<Input> = {
  readonly header: string[] | undefined
  readonly refusal: Refusal | undefined
  /** rows read so far, as they are numbered */
  readonly rows?: number
  push(input: Input): Iterable<RowBatch>
  end(): Iterable<RowBatch>
}

/** A row that yields nothing. One shared, frozen array: a file of blank lines costs nothing. */
export const NO_FIELDS: string[] = []
Object.freeze(NO_FIELDS)

/** Largest record in characters, and most lines of one record: beyond, a quote was opened and never closed. */
export const MAX_RECORD = 1 << 20
export const MAX_RECORD_LINES = 1000

/** Collects consecutive rows into a batch. */
export function openBatch(firstRow: number) {
  const batch: RowBatch = { firstRow, rows: [], problems: [] }
  return {
    batch,
    refuse(code: RefusalCode, field?: string): void {
      const refusal = field === undefined ? refuse(code) : refuse(code, { field })
      batch.problems.push({ row: firstRow + batch.rows.length, refusal })
      batch.rows.push(NO_FIELDS)
    },
  }
}

/** Whether every field is empty: Excel leaves such rows at the end of what it exports. */
export function isBlank(fields: readonly string[]): boolean {
  for (const field of fields) if (field !== '' && field.trim() !== '') return false
  return true
}

/** Number of fields that say something; a title above the header has one. */
export function countFilled(fields: readonly string[]): number {
  let filled = 0
  for (const field of fields) if (field.trim() !== '') filled++
  return filled
}

/** Whether a text holds what no text may: NUL, U+FFFD (a character already lost) or half a character. */
export function isBroken(text: string): boolean {
  return text.includes('\0') || text.includes('\ufffd') || !text.isWellFormed()
}
