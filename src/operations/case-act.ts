import { isAdult } from '#domain/identity/identifier.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import type { StepContent } from '#domain/step.ts'
import { uuidOf } from '#store/cipher.ts'
import { readArchiveFor, readIdentifier } from './archive.ts'
import { takeCaseStep } from './case.ts'
import { caseId, parseCaseId } from './case-id.ts'
import { getOwnSteps, openCaseAtDesk, type Reader } from './case-view.ts'
import { today, type System } from './system.ts'

/** What was done, and when the next thing is due: the receipt, of the same transaction (B3). */
export type Receipt = { case: string; step: number; at: string; day: string }

/** Machines whose case is an entry with a record of its own. */
const ENTRIES: ReadonlySet<string> = new Set(['listing', 'exemplar', 'received'])

const nkOf = (record: string): bigint => BigInt.asIntN(64, BigInt(record) << 10n)

/** The person begins a case about one of their records, or about a case of theirs (an entry, a measure, a decision). */
export async function startOwnCase(
  system: System,
  reader: Reader & { subject: string },
  of: { machine: string; kind: string; record?: string; target?: string; unit?: string; content: StepContent },
): Promise<Receipt | Refusal> {
  const place = await placeOf(system, reader, of)
  if (isRefusal(place)) return place
  const taken = await takeCaseStep(system, {
    actor: reader.account,
    subject: reader.subject,
    machine: of.machine,
    kind: of.kind,
    place,
    content: of.content,
  })
  if (isRefusal(taken)) return taken
  return { case: caseId(reader.subject, taken.num), step: taken.step, at: taken.at, day: taken.day }
}

async function placeOf(
  system: System,
  reader: Reader & { subject: string },
  of: { record?: string; target?: string; unit?: string },
): Promise<{ nk: bigint; owner: number; target?: bigint } | Refusal> {
  const unitNum = (id: string) => system.reference.unitNum.get(id)
  if (of.record !== undefined) {
    const archive = await readArchiveFor(system, { actor: reader.account, subject: reader.subject })
    if (isRefusal(archive)) return archive
    const record = archive.records.find(({ id }) => id === of.record)
    const owner = record && unitNum(record.unit)
    return owner === undefined ? refuse('not-found', { field: 'record' }) : { nk: nkOf(of.record), owner }
  }
  if (of.target !== undefined) {
    const steps = await getOwnSteps(system, reader, of.target)
    if (isRefusal(steps)) return steps
    const [first] = steps
    if (!first) return refuse('not-found', { field: 'target' })
    // an entry and its record are one: what stands against the entry marks, hides and ends its record
    const nk = ENTRIES.has(first.machine) ? first.nk : 0n
    return { nk, owner: first.owner, target: first.file }
  }
  const owner = of.unit === undefined ? undefined : unitNum(of.unit)
  return owner === undefined ? refuse('unknown-unit', { field: 'unit' }) : { nk: 0n, owner }
}

/** The person takes the next step in a case of theirs. `step` is the number of the step they saw last. */
export async function stepOwnCase(
  system: System,
  reader: Reader,
  of: { case: string; step: number; kind: string; content: StepContent },
): Promise<Receipt | Refusal> {
  const rows = await getOwnSteps(system, reader, of.case)
  return isRefusal(rows) ? rows : stepOn(system, reader, of, rows)
}

/** A member of staff takes the next step in a case; they have opened it, and the person sees that. */
export async function stepCaseAtDesk(
  system: System,
  reader: Reader,
  of: { case: string; step: number; kind: string; content: StepContent },
): Promise<Receipt | Refusal> {
  const opened = await openCaseAtDesk(system, reader, of.case)
  return isRefusal(opened) ? opened : stepOn(system, reader, of, opened.rows)
}

async function stepOn(
  system: System,
  reader: Reader,
  of: { case: string; step: number; kind: string; content: StepContent },
  rows: Awaited<ReturnType<typeof getOwnSteps>>,
): Promise<Receipt | Refusal> {
  if (isRefusal(rows)) return rows
  const last = rows.at(-1)
  if (!last) return refuse('not-found')
  // who decides has read what they decide on
  if (last.step !== of.step) return refuse('step-taken-first')
  const taken = await takeCaseStep(system, {
    actor: reader.account,
    subject: last.subject,
    machine: last.machine,
    kind: of.kind,
    place: { last },
    content: of.content,
  })
  if (isRefusal(taken)) return taken
  return { case: of.case, step: taken.step, at: taken.at, day: taken.day }
}

/** A unit begins a case about somebody: named by identifier; about no record, or about another case of theirs. */
export async function startCaseAtDesk(
  system: System,
  reader: Reader & { unit: string },
  of: {
    machine: string
    kind: string
    idKind?: string
    number: string
    nk?: bigint
    target?: string
    content: StepContent
  },
): Promise<Receipt | Refusal> {
  const identifier = readIdentifier(system, of.idKind, of.number)
  if (isRefusal(identifier)) return identifier
  // of a minor nothing is held, nor that a case was begun (G2)
  if (identifier.birth !== undefined && !isAdult(identifier.birth, today(system)))
    return refuse('nothing-of-minors', { field: 'number' })
  const subject = uuidOf(system.subjectKey(identifier.kind, identifier.number))
  const owner = system.reference.unitNum.get(reader.unit)
  if (owner === undefined) return refuse('unknown-unit')
  const target = of.target === undefined ? undefined : parseCaseId(of.target)
  if (of.target !== undefined && target?.subject !== subject) return refuse('not-found', { field: 'target' })
  const taken = await takeCaseStep(system, {
    actor: reader.account,
    subject,
    machine: of.machine,
    kind: of.kind,
    place: { nk: of.nk ?? 0n, owner, ...(target ? { target: target.file } : {}) },
    content: of.content,
  })
  if (isRefusal(taken)) return taken
  return { case: caseId(subject, taken.num), step: taken.step, at: taken.at, day: taken.day }
}
