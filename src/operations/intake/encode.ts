import type { Judged } from '#domain/judge.ts'
import type { Item } from '#domain/pack.ts'
import {
  deriveLayout,
  JOINER,
  openNaturalKey,
  writeBody,
  writingSlots,
  type WritingSlot,
} from '#domain/record-layout.ts'
import { openNumbering, ownText } from '#domain/text-table.ts'
import { KIND_NUMBERS, makeCipher, makeMac, makeSealer } from '#store/cipher.ts'
import { CopyBuffer, type Filled } from '#store/copy-buffer.ts'
import type { Keys } from '#store/keys.ts'

/** Rows of one COPY, ready to send, with what the ledger needs of each. */
export type Chunk = {
  rows: number
  firstRow: number
  subjects: Filled
  subjectCount: number
  records: Filled
  /** interned values that are new in this chunk */
  terms: [num: number, value: string][]
  /** MARK bytes a row, for the ledger's sums and for reports */
  marks: ArrayBuffer
}

/** The buffers of a chunk, on their way back. */
export type Spare = { records: ArrayBuffer; subjects: ArrayBuffer; marks: ArrayBuffer }

/**
 * Of each row: the full content mac (32), the top of its natural key (4, which chooses the sum), its row number and, in
 * the top bit, whether it is late (4), the mac of the name it came under (8).
 */
export const MARK = 48
export const MARK_ROW = 36
export const MARK_NAME = 40
const LATE = 0x80000000
export const rowOf = (mark: number): number => mark & ~LATE
export const isLate = (mark: number): boolean => mark < 0
export const CHUNK_ROWS = 10_000
const POSTGRES_EPOCH_DAYS = 10_957
const SUBJECTS_FIRST = 256 << 10
const KNOWN_SUBJECTS = 100_000
const TERM_LENGTH = 200
const TERMS_PER_SUBMISSION = 100_000

export type EncodeContext = {
  keys: Keys
  unitId: string
  unit: number
  submission: number
  /** number of the item and layout */
  item: (item: Item) => number
  /** interned values known so far; grows. Numbers come from `nextTerm` */
  terms: Map<string, number>
  nextTerm: (value: string) => number | undefined
}

/** `others`: the same number under other names; which of them counts is for names.ts to say. */
type Subject = { key: string; hex: string; name: string; nameMac: string; others?: Map<string, Subject> }
const OTHER_NAMES = 16

type Plan = {
  item: Item
  num: number
  slots: WritingSlot[]
  open: number[]
  sealed: number[]
  keyFields: number[]
  naturalKey: ReturnType<typeof openNaturalKey>
  prefix: string
  /** what the mac is over, part by part */
  content: string[]
}

function makePlan(item: Item, context: EncodeContext): Plan {
  const layout = deriveLayout(item)
  const indexOf = (id: string) => item.fields.findIndex((field) => field.id === id)
  const slots = writingSlots(layout, indexOf)
  const prefix = `${item.id}${JOINER}${context.unitId}`
  return {
    item,
    num: context.item(item),
    slots,
    open: slots.flatMap(({ at }) => at),
    sealed: layout.sealed.map(indexOf),
    keyFields: item.naturalKey.map(indexOf),
    naturalKey: openNaturalKey(prefix),
    prefix,
    content: [],
  }
}

/**
 * Encodes accepted rows for COPY: subject key, natural key, content mac, body and sealed fields.
 * `add` returns true when the chunk is full; `take` hands it over and starts the next.
 */
export function makeEncoder(context: EncodeContext) {
  const indexMac = makeMac(context.keys.index)
  const mac = makeMac(context.keys.ledger)
  const sealer = makeSealer(context.keys)
  const cipher = makeCipher(context.keys)
  const plans = new Map<Item, Plan>()
  // within a file most people come more than once: their identifiers, numbered, and by number what is known of them
  const numbering = openNumbering(KNOWN_SUBJECTS, Buffer.from(context.keys.index).readInt32LE())
  let known: Subject[] = []
  const naturalKey = new Int32Array(2)
  const records = new CopyBuffer()
  const subjects = new CopyBuffer(SUBJECTS_FIRST)
  let subjectCount = 0
  let rows = 0
  let firstRow = 0
  let terms: [number, string][] = []
  let newTerms = 0
  let spent = false
  const spareMarks: ArrayBuffer[] = []
  let marks = Buffer.from(new ArrayBuffer(CHUNK_ROWS * MARK))
  const bound = Buffer.alloc(16)

  const termOf = (value: string): number | string => {
    const num = context.terms.get(value)
    if (num !== undefined) return num
    if (value.length > TERM_LENGTH || newTerms >= TERMS_PER_SUBMISSION) return value
    // a copy: the value may be a slice that keeps a whole decoded megabyte alive
    const own = spent ? '' : Buffer.from(value).toString()
    const fresh = spent ? undefined : context.nextTerm(own)
    if (fresh === undefined) {
      // asked again with the next chunk
      spent = true
      return value
    }
    newTerms += 1
    context.terms.set(own, fresh)
    terms.push([fresh, own])
    return fresh
  }

  const subjectOf = (judged: Judged): Subject => {
    // a number alone where there is no doubt: joining costs a string a row
    const identifier = judged.kind === 'citizen' ? judged.number : judged.kind + judged.number
    const number = numbering.find(identifier)
    const seen = number < 0 ? undefined : known[number]
    if (seen) return seen.name === judged.name ? seen : otherOf(seen, judged)
    // copies: a value may be a slice that keeps a whole decoded megabyte alive
    const own = ownText(identifier)
    if (numbering.add(own) === -1) {
      numbering.clear()
      known = []
      numbering.add(own)
    }
    const key = indexMac(`${judged.kind}:${judged.number}`).slice(0, 16)
    const subject = send(judged, key)
    known.push(subject)
    return subject
  }

  const otherOf = (seen: Subject, judged: Judged): Subject => {
    const others = (seen.others ??= new Map())
    let other = others.get(judged.name)
    if (other) return other
    // a file of nothing but contradictions must not fill the memory; sent again, a name is found wrong again
    if (others.size >= OTHER_NAMES) others.clear()
    other = send(judged, seen.key)
    others.set(other.name, other)
    return other
  }

  /** Writes a number with a name among the chunk's subjects. */
  const send = (judged: Judged, key: string): Subject => {
    bound.latin1Write(key, 0)
    const hex = bound.hexSlice(0, 16)
    const subject: Subject = {
      key,
      hex,
      name: ownText(judged.name),
      nameMac: indexMac(`name:${judged.name}`).slice(0, 8),
    }
    subjects.row(5)
    subjects.binary(key, 16)
    subjects.binary(subject.nameMac, 8)
    subjects.int2(KIND_NUMBERS.indexOf(judged.kind))
    subjects.bytes(cipher.seal(judged.number + JOINER + judged.name, bound))
    if (judged.kind === 'organisation') subjects.text(judged.name)
    else subjects.null()
    subjectCount += 1
    return subject
  }

  return {
    add(judged: Judged, rowNumber: number): 'added' | 'full' {
      const subject = subjectOf(judged)
      let plan = plans.get(judged.item)
      if (!plan) plans.set(judged.item, (plan = makePlan(judged.item, context)))
      const { values } = judged
      if (rows === 0) firstRow = rowNumber

      // the same text as contentOf() gives, in an array that is there already: this is the hot path
      const { content, open, sealed } = plan
      content[0] = subject.hex
      content[1] = plan.prefix
      content[2] = judged.kind
      content[3] = judged.number
      content[4] = judged.name
      content[5] = judged.decidedOn
      let part = 6
      for (let at = 0; at < open.length; at += 1) content[part++] = values[open[at] as number] as string
      let secret = false
      for (let at = 0; at < sealed.length; at += 1) {
        const value = values[sealed[at] as number] as string
        content[part++] = value
        secret ||= value !== ''
      }
      const full = mac(content.join(JOINER))
      plan.naturalKey.hash(values, plan.keyFields, naturalKey)

      records.row(9)
      records.binary(subject.key, 16)
      const nkAt = records.naturalKey(naturalKey)
      records.binary(full, 8)
      records.int4(context.submission)
      records.int4(judged.decided - POSTGRES_EPOCH_DAYS)
      records.int2(plan.num)
      records.int2(context.unit)
      records.compact(writeBody(plan.slots, values, termOf))
      if (secret) {
        let text = values[plan.sealed[0] as number] as string
        for (let at = 1; at < plan.sealed.length; at += 1)
          text += JOINER + (values[plan.sealed[at] as number] as string)
        const { at, length } = records.toSeal(sealer.keyNumber, text)
        sealer.add(at, length, full, subject.key)
      } else records.empty()

      const mark = rows * MARK
      marks.latin1Write(full, mark)
      records.copyTo(marks, mark + 32, nkAt, 4)
      marks.writeInt32BE(judged.late ? rowNumber | LATE : rowNumber, mark + MARK_ROW)
      marks.latin1Write(subject.nameMac, mark + MARK_NAME)
      rows += 1
      return rows === CHUNK_ROWS ? 'full' : 'added'
    },
    /** Takes back the buffers of a chunk that has been stored. */
    reuse(of: Spare): void {
      records.reuse(of.records)
      subjects.reuse(of.subjects)
      if (spareMarks.length < 4) spareMarks.push(of.marks)
    },
    /** The chunk so far, or undefined when it is empty. */
    take(): Chunk | undefined {
      if (rows === 0) return undefined
      const chunk: Chunk = {
        rows,
        firstRow,
        subjects: subjects.finish(),
        subjectCount,
        records: records.finish(sealer.flush),
        terms,
        marks: marks.buffer,
      }
      marks = Buffer.from(spareMarks.pop() ?? new ArrayBuffer(CHUNK_ROWS * MARK))
      rows = 0
      subjectCount = 0
      terms = []
      spent = false
      return chunk
    },
  }
}
