import type { Filled } from '#store/copy-buffer.ts'
import { MARK, MARK_NAME, type Chunk } from './encode.ts'
import { removeRows } from './rows-of.ts'

/** Where things stand in a row of `subject` in PostgreSQL's binary COPY format, from its beginning on. */
const HEADER = 19
const KEY = 6
const NAME_MAC = 26
const SEALED = 40

/** Of each subject six numbers: four of its key, two of its name's mac. */
const ENTRY = 6
const FIRST = 1024
/** Subjects remembered of one file: beyond, the table begins anew, and the database meets those who come again. */
const MOST = 1 << 18
/** Wrong names remembered: a file with more is refused whole, whatever its threshold. */
const MOST_WRONG = 200_000

/**
 * Whose name a file has, as its chunks come to be stored in the order of their rows: the first name of a number counts,
 * and rows with another are refused. The workers cannot tell, since each sees a part of the file; they send every
 * number once for each name they meet.
 */
export function openNames() {
  let size = FIRST
  let table = new Int32Array(size * ENTRY)
  let used = 0
  /** numbers with names that are not their first: key and name mac, 24 bytes */
  const wrong = new Set<string>()

  /** The place of a key: where it stands, or the empty one where it would. */
  const placeOf = (k0: number, k1: number, k2: number, k3: number): number => {
    // keys are random numbers; zeros mark an empty place, so that this one key would be sent twice, which does no harm
    let at = ((k0 >>> 0) % size) * ENTRY
    while (table[at] !== 0 || table[at + 1] !== 0) {
      if (table[at] === k0 && table[at + 1] === k1 && table[at + 2] === k2 && table[at + 3] === k3) return at
      at = at + ENTRY === table.length ? 0 : at + ENTRY
    }
    return at
  }

  const grow = () => {
    const old = table
    if (size > MOST) {
      table = new Int32Array(size * ENTRY)
      used = 0
      return
    }
    size *= 2
    table = new Int32Array(size * ENTRY)
    for (let from = 0; from < old.length; from += ENTRY) {
      const [k0 = 0, k1 = 0, k2 = 0, k3 = 0] = old.subarray(from, from + 4)
      if (k0 !== 0 || k1 !== 0) table.set(old.subarray(from, from + ENTRY), placeOf(k0, k1, k2, k3))
    }
  }

  /** Leaves the subjects that come for the first time, in place. */
  const sift = (filled: Filled, count: number): { subjects: Filled; subjectCount: number } => {
    const bytes = Buffer.from(filled.buffer, 0, filled.length)
    let from = HEADER
    let to = HEADER
    let kept = 0
    for (let row = 0; row < count; row += 1) {
      const sealed = bytes.readInt32BE(from + SEALED)
      const name = bytes.readInt32BE(from + SEALED + 4 + sealed)
      const next = from + SEALED + 8 + sealed + Math.max(name, 0)
      const k0 = bytes.readInt32BE(from + KEY)
      const k1 = bytes.readInt32BE(from + KEY + 4)
      const k2 = bytes.readInt32BE(from + KEY + 8)
      const k3 = bytes.readInt32BE(from + KEY + 12)
      const n0 = bytes.readInt32BE(from + NAME_MAC)
      const n1 = bytes.readInt32BE(from + NAME_MAC + 4)
      const at = placeOf(k0, k1, k2, k3)
      if (table[at] === 0 && table[at + 1] === 0) {
        table.set([k0, k1, k2, k3, n0, n1], at)
        used += 1
        if (used * 2 > size) grow()
        if (to !== from) bytes.copyWithin(to, from, next)
        to += next - from
        kept += 1
      } else if ((table[at + 4] !== n0 || table[at + 5] !== n1) && wrong.size < MOST_WRONG) {
        wrong.add(
          bytes.latin1Slice(from + KEY, from + KEY + 16) + bytes.latin1Slice(from + NAME_MAC, from + NAME_MAC + 8),
        )
      }
      from = next
    }
    return { subjects: { buffer: filled.buffer, length: bytes.writeInt16BE(-1, to) }, subjectCount: kept }
  }

  /** Takes the rows under wrong names out of a chunk, in place; returns their numbers. */
  const removeWrong = (chunk: Chunk): number[] =>
    removeRows(chunk, ({ at, key, marks }) =>
      wrong.has(key() + marks.latin1Slice(at * MARK + MARK_NAME, (at + 1) * MARK)),
    )

  return {
    /** So many contradictions that they are not told apart any more. */
    isHopeless: () => wrong.size >= MOST_WRONG,
    /** What of a chunk may be stored; returns the numbers of the rows that are refused: name-differs. */
    check(chunk: Chunk): number[] {
      if (chunk.subjectCount > 0) Object.assign(chunk, sift(chunk.subjects, chunk.subjectCount))
      return wrong.size === 0 ? [] : removeWrong(chunk)
    },
  }
}
