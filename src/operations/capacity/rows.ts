import { findIncapable } from '#store/capacity.ts'
import type { Queryable } from '#store/db.ts'
import type { Chunk } from '../intake/encode.ts'
import { eachRow, removeRows } from '../intake/rows-of.ts'

/**
 * Takes adverse rows about people without full civil capacity out of a chunk, in place (G2): who has none today, and what
 * was decided while they had none. Returns the numbers of the rows, and whom they may concern.
 */
export async function removeIncapable(db: Queryable, chunk: Chunk): Promise<{ rows: number[]; subjects: string[] }> {
  const subjects = new Set<string>()
  eachRow(chunk, ({ subject }) => subjects.add(subject()))
  const found = await findIncapable(db, [...subjects])
  if (found.size === 0) return { rows: [], subjects: [] }
  const rows = removeRows(chunk, ({ subject, decided }) =>
    (found.get(subject()) ?? []).some(
      ({ from, until }) => until === undefined || (decided() >= from && decided() < until),
    ),
  )
  return { rows, subjects: [...found.keys()] }
}
