import { isExtendable } from '#domain/case.ts'
import { maskName, maskNumber } from '#domain/identity/identifier.ts'
import { MACHINES, nameOfStep } from '#domain/machines.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import type { StepContent } from '#domain/step.ts'
import { refusalOf, unpackRecords } from '#store/archive.ts'
import { openCase, openStep, readOwnSteps, readQueue, type QueueRow, type StepRow } from '#store/case.ts'
import { KIND_NUMBERS } from '#store/cipher.ts'
import { readCaseService } from '#store/notice.ts'
import { withTransaction } from '#store/db.ts'
import { findReceivedList } from '#store/listing.ts'
import { compose, decodeWithTerms, foldOf, openIdentity, recordId } from './archive-decode.ts'
import { nextSteps } from './case.ts'
import { caseId, parseCaseId } from './case-id.ts'
import { viewService } from './notice/inbox.ts'
import { withWays } from './repair/ways.ts'
import { findUnit, nameOfUnit, today, type System } from './system.ts'

/** Whoever reads or acts: a person (or who stands for one), or a member of staff. */
export type Reader = {
  account: number
  subject?: string | undefined
  unit?: string | undefined
  roles: readonly string[]
}

type Named = { id: string; name: Text }
export type CaseStepView = {
  step: number
  kind: string
  name: Text
  at: string
  day: string
  unit: Named
  by?: Text
  due?: string
  window?: string
  silence?: string
  content: StepContent
}
export type CaseView = {
  case: string
  machine: string
  name: Text
  /** the list that a case of an entry is about */
  about?: Text
  owner: Named
  opened: string
  state: { kind: string; name: Text; due?: string; window?: string; silence?: string }
  /** silence has lasted too long: neither shown nor used until decided (B3) */
  suspended: boolean
  overdue: boolean
  closed: boolean
  record?: string
  target?: string
  steps: CaseStepView[]
  /** what this reader may do next, what it must say and what it may */
  next: { kind: string; name: Text; act: Text; needs: string[]; may: string[] }[]
}

const ENTRIES: ReadonlySet<string> = new Set(['listing', 'exemplar', 'received'])

const defined = (text: string | null): string | undefined => text ?? undefined

function viewStep(system: System, row: StepRow): CaseStepView {
  // whom a first step names is opened for the record alone
  const { who: _, ...content } = openStep(system.cipher, row.subject, row.nk, row.sealed)
  return {
    step: row.step,
    kind: row.kind,
    name: nameOfStep(row.machine, row.kind),
    at: row.at,
    day: row.day,
    unit: nameOfUnit(system, row.unit),
    by: row.actor ?? undefined,
    due: defined(row.due),
    window: defined(row.window_end),
    silence: defined(row.hides_from),
    content,
  }
}

/** A case from its steps, oldest first, as its reader sees it. */
export function viewCase(system: System, rows: readonly StepRow[], reader: Reader): CaseView {
  const [first, last] = [rows[0], rows.at(-1)]
  if (!first || !last) throw new Error('a case has a first step')
  const machine = MACHINES[first.machine]
  const owner = nameOfUnit(system, first.owner)
  const date = today(system)
  const unit = reader.unit === undefined ? undefined : findUnit(system.reference.pack, reader.unit)
  const next = machine
    ? nextSteps(machine, last.kind, {
        stands: reader.unit === undefined,
        owns: reader.unit === owner.id,
        unitKind: unit?.kind,
        roles: reader.roles,
        proposed: false,
      }).filter((step) => !step.extends || isExtendable(system.reference.pack, machine, last.kind, date))
    : []
  const closed = !machine?.steps.some(({ after }) => after.includes(last.kind))
  return {
    case: caseId(first.subject, first.file),
    machine: first.machine,
    name: machine?.name ?? { zh: first.machine, en: first.machine },
    owner,
    opened: first.day,
    state: {
      kind: last.kind,
      name: nameOfStep(last.machine, last.kind),
      due: defined(last.due),
      window: defined(last.window_end),
      silence: defined(last.hides_from),
    },
    suspended: last.hides_from !== null && last.hides_from <= date,
    overdue: !closed && last.due !== null && last.due < date,
    closed,
    record: first.nk === 0n ? undefined : recordId(first.nk),
    target: first.target === 0n ? undefined : caseId(first.subject, first.target),
    steps: rows.map((row) => viewStep(system, row)),
    next: next.map(({ kind, name, act = name, needs = [], may = [] }) => ({
      kind,
      name,
      act,
      needs: [...needs],
      may: [...may],
    })),
  }
}

/** The same, with the name of the list that an entry's case is about: the court's too, where no step of ours says it. */
async function viewWithList(system: System, rows: readonly StepRow[], reader: Reader): Promise<CaseView> {
  const view = viewCase(system, rows, reader)
  const [first] = rows
  if (!first?.file || !ENTRIES.has(first.machine)) return view
  const { account: actor } = reader
  const said = view.steps[0]?.content.fields?.['list']
  const id = said ?? (await findReceivedList(system.pool, { actor, subject: first.subject, file: first.file }))
  const about = system.reference.pack.lists.findLast((list) => list.id === id)?.name
  return about ? { ...view, about } : view
}

function byFile(rows: readonly StepRow[]): StepRow[][] {
  const files = new Map<bigint, StepRow[]>()
  for (const row of rows) {
    if (row.file === null) continue
    files.set(row.file, [...(files.get(row.file) ?? []), row])
  }
  return [...files.values()]
}

/** All cases of a person, newest first; reading them leaves its row. */
export async function listOwnCases(system: System, reader: Reader & { subject: string }): Promise<CaseView[]> {
  const rows = await readOwnSteps(system.pool, reader.account, reader.subject)
  const views = await Promise.all(byFile(rows).map((steps) => viewWithList(system, steps, reader)))
  return views.toReversed()
}

/** One case of the person, or of somebody they stand for; not-found where it is neither. */
export async function getOwnSteps(system: System, reader: Reader, id: string): Promise<StepRow[] | Refusal> {
  const named = parseCaseId(id)
  if (!named) return refuse('not-found')
  const rows = await readOwnSteps(system.pool, reader.account, named.subject, named.file)
  return rows.length === 0 ? refuse('not-found') : rows
}

/** A line of a unit's queue. */
export type QueueLine = {
  case: string
  machine: string
  name: Text
  state: { kind: string; name: Text }
  owner: Named
  opened: string
  due?: string
  window?: string
  silence?: string
  overdue: boolean
  suspended: boolean
  closed: boolean
}

/** The cases a member of staff has to do with: open ones first, the most urgent before (R21: what is due, what is late). */
export async function listQueue(system: System, of: { actor: number; machine?: string }): Promise<QueueLine[]> {
  const date = today(system)
  const line = (row: QueueRow): QueueLine => ({
    case: caseId(row.subject, row.file),
    machine: row.machine,
    name: MACHINES[row.machine]?.name ?? { zh: row.machine, en: row.machine },
    state: { kind: row.kind, name: nameOfStep(row.machine, row.kind) },
    owner: nameOfUnit(system, row.owner),
    opened: row.opened,
    due: defined(row.due),
    window: defined(row.window_end),
    silence: defined(row.hides_from),
    overdue: !row.closed && row.due !== null && row.due < date,
    suspended: row.hides_from !== null && row.hides_from <= date,
    closed: row.closed,
  })
  return (await readQueue(system.pool, of.actor, of.machine)).map(line)
}

/**
 * A member of staff opens a case: its steps, the record it is about in all its versions, and whose it is, masked. It is a
 * look-up that the person sees (G4).
 */
export async function openCaseAtDesk(system: System, reader: Reader, id: string) {
  const named = parseCaseId(id)
  if (!named) return refuse('not-found')
  const of = { actor: reader.account, ...named }
  const { opened, steps, told } = await withTransaction(system.pool, async (client) => ({
    ...(await openCase(client, of)),
    told: await readCaseService(client, of),
  }))
  const refusal = refusalOf(opened.outcome)
  if (refusal) return refusal
  const kind = KIND_NUMBERS[opened.kind ?? 0] ?? 'citizen'
  const identity = openIdentity(system, opened.identity, named.subject, kind)
  const stored = await decodeWithTerms(
    system,
    unpackRecords(opened.records ?? Buffer.alloc(0)),
    named.subject,
    identity,
  )
  if (isRefusal(stored)) return stored
  const { pack } = system.reference
  const date = today(system)
  const records = foldOf(system, pack)(stored, { date, granted: 'all', ended: true })
  const organisation = kind === 'organisation'
  // whoever decides on repair sees which rule it is, its conditions and its first day
  const led = steps[0]?.machine === 'repair' ? withWays(pack, records, date) : { records, repairs: {} }
  return {
    access: String(opened.access),
    at: opened.at,
    rows: steps,
    case: await viewWithList(system, steps, reader),
    subject: {
      kind: organisation ? ('organisation' as const) : ('person' as const),
      name: organisation ? (identity?.name ?? '') : maskName(identity?.name ?? ''),
      number: organisation ? (identity?.number ?? '') : maskNumber(identity?.number ?? ''),
    },
    ...compose(system, pack, date, 'all', led.records),
    repairs: led.repairs,
    notices: told.map(({ step, at, service }) => ({ step, at, service: service.map(viewService) })),
  }
}
