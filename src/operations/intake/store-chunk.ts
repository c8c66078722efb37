import type pg from 'pg'
import type { openBlocks } from '#domain/blocks.ts'
import type { Item } from '#domain/pack.ts'
import { foldKey, layoutOfBody, readBody, readLayout } from '#domain/record-layout.ts'
import { readCompact } from '#store/compact-text.ts'
import {
  copyRecords,
  copySubjects,
  mergeSubjects,
  resolveRecords,
  writeTerms,
  type ProblemRow,
  type Resolved,
  type Verdict,
} from '#store/intake.ts'
import { removeIncapable } from '../capacity/rows.ts'
import type { System } from '../system.ts'
import { isLate, MARK, MARK_ROW, rowOf, type Chunk } from './encode.ts'
import type { openNames } from './names.ts'

const VERDICT_CODES = {
  conflict: 'conflicting-rows',
  'name-differs': 'name-differs',
  'too-many-versions': 'too-many-versions',
  refuted: 'refuted-earlier',
} as const satisfies Partial<Record<Verdict, string>>

/** What the chunks of one file have come to so far. */
export type Stored = {
  blocks: ReturnType<typeof openBlocks>
  inserted: number
  versions: number
  duplicates: number
  /** of the new rows and versions; what had been reported before was late or not then */
  late: number
  names: ReturnType<typeof openNames>
  misnamed: Set<string>
  /** somebody here has no full capacity: adverse rows are looked at */
  watched: boolean
  /** whom rows were refused about for want of capacity */
  incapable: Set<string>
  subjectsKnown: boolean
  recordsKnown: boolean
}

/**
 * Stores one chunk: plain COPY where everything is new, the resolving functions where something is there already.
 * `rowsBefore` is what its row numbers lack; `decided`: by a decision in a case.
 */
export async function storeChunk(
  client: pg.PoolClient,
  system: System,
  state: Stored,
  chunk: Chunk,
  { submission, item, rowsBefore, decided }: { submission: number; item: Item; rowsBefore: number; decided: boolean },
): Promise<ProblemRow[]> {
  const nameField = item.fields.find(({ role }) => role === 'subject-name')?.id ?? ''
  const problems: ProblemRow[] = state.names
    .check(chunk)
    .map((row) => ({ row: row + rowsBefore, field: nameField, code: 'name-differs' }))
  if (state.watched) {
    const numberField = item.fields.find(({ role }) => role === 'subject-number')?.id ?? ''
    const { rows, subjects } = await removeIncapable(client, chunk)
    for (const subject of subjects) state.incapable.add(subject)
    for (const row of rows) problems.push({ row: row + rowsBefore, field: numberField, code: 'no-full-capacity' })
  }
  await writeTerms(client, chunk.terms)
  if (chunk.subjectCount > 0) {
    if (state.subjectsKnown || !(await copySubjects(client, chunk.subjects))) {
      const before = state.misnamed.size
      for (const subject of await mergeSubjects(client, chunk.subjects)) state.misnamed.add(subject)
      state.subjectsKnown = true
      if (state.misnamed.size > before) state.recordsKnown = true
    }
  }
  if (chunk.rows === 0) return problems
  const marks = new DataView(chunk.marks)
  const skipped = new Set<number>()
  if (state.misnamed.size > 0 || state.recordsKnown || !(await copyRecords(client, chunk.records))) {
    const resolved = await resolveRecords(client, chunk.records, submission, [...state.misnamed], decided)
    for (const { ord, verdict, quote, ...bodies } of resolved) {
      if (verdict === 'version') {
        confirmSameRecord(system, item, bodies)
        state.versions += 1
        continue
      }
      skipped.add(ord - 1)
      if (verdict === 'duplicate') state.duplicates += 1
      else {
        const row = rowOf(marks.getInt32((ord - 1) * MARK + MARK_ROW)) + rowsBefore
        const field = verdict === 'name-differs' ? nameField : ''
        problems.push({ row, field, code: VERDICT_CODES[verdict], ...(quote === null ? {} : { detail: quote }) })
      }
    }
    // a file that met few known rows goes back to the plain path with its next chunk
    state.recordsKnown = resolved.length > chunk.rows / 100
  }
  for (let at = 0; at < chunk.rows; at += 1) {
    if (skipped.has(at)) continue
    state.blocks.add(marks, at * MARK, marks.getUint32(at * MARK + 32))
    if (isLate(marks.getInt32(at * MARK + MARK_ROW))) state.late += 1
  }
  state.inserted += chunk.rows - skipped.size
  return problems
}

/** A natural key is 54 bits of hash: two records of one person that only share the hash must not become versions. */
function confirmSameRecord(
  system: System,
  item: Item,
  { item: num, was, body }: Pick<Resolved, 'item' | 'was' | 'body'>,
): void {
  const now = item.naturalKey.filter((id) => !item.fields.find((field) => field.id === id)?.repeats)
  const before = num === null ? undefined : system.reference.itemOf.get(num)
  // an erased record keeps its place without its content: what comes after it stays hidden with it
  if (!before || !was?.length || !body?.length) return
  const unknown = () => ''
  const old = readBody(readLayout(before.layout), readCompact(was), unknown)
  const text = readCompact(body)
  const versions = system.reference.pack.items.filter(({ id }) => id === item.id)
  const fresh = readBody(layoutOfBody(versions, text), text, unknown)
  if (now.some((id) => old.has(id) && foldKey(old.get(id) ?? '') !== foldKey(fresh.get(id) ?? ''))) {
    throw new Error('two records of one subject share a natural key hash: nothing of this file was stored')
  }
}
