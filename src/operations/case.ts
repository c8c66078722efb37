import type pg from 'pg'
import { datesOf, isExtendable, remediesOf, termOf } from '#domain/case.ts'
import { MACHINES } from '#domain/machines.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { findStep, type Machine, type Step, type StepContent, type StepField } from '#domain/step.ts'
import { refusalOf } from '#store/archive.ts'
import { sealStep, takeStep, type StepRow, type TakenStep } from '#store/case.ts'
import { withDecision } from '#store/db.ts'
import { calendarOf } from './calendar-of.ts'
import { EFFECTS, takesIn } from './case-effects.ts'
import { noticeOf } from './case-notice.ts'
import { PREPARE } from './case-prepare.ts'
import { inTurn } from './intake/turns.ts'
import { nameOfUnit, today, type System } from './system.ts'

/** Where a step goes: a new case about a record (or about none), or the next step of an open one. */
export type Place =
  | { nk: bigint; owner: number; target?: bigint; last?: undefined }
  | {
      last: Pick<StepRow, 'file' | 'step' | 'kind' | 'nk' | 'owner' | 'target' | 'window_end' | 'hides_from'>
      nk?: undefined
      owner?: undefined
      target?: undefined
    }

export type StepRequest = {
  actor: number
  subject: string
  machine: string
  kind: string
  place: Place
  content: StepContent
}

/** What an effect works with: everything happens in the transaction of the step. */
export type Taken = StepRequest & {
  system: System
  client: pg.PoolClient
  taken: TakenStep
  nk: bigint
  owner: number
  target: bigint
}

const said = (content: StepContent, field: StepField): boolean => {
  const value = content[field]
  return typeof value === 'string'
    ? /[^\s\u3000\u00a0]/.test(value)
    : value !== undefined && Object.keys(value).length > 0
}

/**
 * Takes one step of a case, with everything that follows from it, in one transaction: dates from the rules of the pack,
 * remedies where it decides against the person, the notice, and the effects of its kind. What cannot follow, is not this
 * actor's to do or came second is a refusal; the database refuses it again by its keys.
 */
export async function takeCaseStep(
  system: System,
  request: StepRequest,
): Promise<(TakenStep & { day: string }) | Refusal> {
  const { last } = request.place
  const machine = MACHINES[request.machine]
  const found = machine && findStep(machine, last?.kind ?? 'start', request.kind)
  if (!machine || !found || found.follows) return refuse('step-not-possible')
  const key = `${request.machine}/${request.kind}`
  const prepared = (await PREPARE[key]?.(system, request)) ?? {}
  if (isRefusal(prepared)) return prepared
  const step = { ...found, ...prepared.terms }
  const given = { ...request.content, ...prepared.content }
  const missing = step.needs?.find((field) => !said(given, field))
  if (missing) return refuse(missing === 'reason' ? 'reason-missing' : 'step-says-too-little', { field: missing })
  const day = today(system)
  if (step.waits && last && last.window_end !== null && day <= last.window_end) return refuse('window-not-over')
  const { pack } = system.reference
  if (step.extends && !isExtendable(pack, machine, last?.kind ?? '', day)) return refuse('no-extension')
  const due = termOf(machine, step, last?.kind ?? '')
  const counted = datesOf(pack, calendarOf(system), { ...step, ...(due === undefined ? {} : { due }) }, day)
  if ('missing' in counted) return refuse('no-term', { rule: counted.missing })
  const dates = { ...counted, ...prepared.dates }
  // what silence has suspended stays so until it is decided (B3): going on does not lift it
  if (dates.hides && last && last.hides_from !== null && last.hides_from <= day) dates.hides = day
  const content = contentOf(system, step, given, day)
  if (dates.clock) content.clock = dates.clock
  const nk = last?.nk ?? request.place.nk ?? 0n
  const owner = last?.owner ?? request.place.owner ?? 0
  const target = last?.target ?? request.place.target ?? 0n
  const notice = step.notice && noticeOf({ machine, step, owner: nameOfUnit(system, owner).name, day, dates, content })
  const decide = async (client: pg.PoolClient) => {
    const taken = await takeStep(client, {
      actor: request.actor,
      subject: request.subject,
      machine: request.machine,
      kind: request.kind,
      ...(last ? { file: last.file, step: last.step + 1 } : { nk, owner, target }),
      pack: system.reference.packNum,
      window: dates.window,
      due: dates.due,
      hides: dates.hides,
      sealed: sealStep(system.cipher, request.subject, nk, content),
      ...(notice ? { notice } : {}),
    })
    const refusal = refusalOf(taken.outcome)
    if (refusal) return refusal
    for (const effect of EFFECTS[key] ?? []) {
      const answer = await effect({ ...request, content, system, client, taken, nk, owner, target })
      if (isRefusal(answer)) return answer
    }
    return { ...taken, day }
  }
  const run = () => withDecision(system.pool, decide)
  // a correction takes a record in while it holds its connection
  return takesIn(key) ? inTurn(system, run) : run()
}

/** Only what the step may say is kept; decisions carry their remedies. */
function contentOf(system: System, step: Step, given: StepContent, day: string): StepContent {
  const allowed = new Set<string>([...(step.needs ?? []), ...(step.may ?? [])])
  const content: StepContent = Object.fromEntries(Object.entries(given).filter(([field]) => allowed.has(field)))
  if (given.who && step.after.includes('start')) content.who = given.who
  if (given.form) content.form = given.form
  if (step.remedy) {
    const ids = step.remedy === true ? undefined : step.remedy
    content.remedies = remediesOf(system.reference.pack, calendarOf(system), day, ids)
  }
  return content
}

/** Steps that a reader may take next. */
export const nextSteps = (
  machine: Machine,
  kind: string,
  reader: {
    stands: boolean
    owns: boolean
    unitKind?: string | undefined
    roles: readonly string[]
    proposed: boolean
  },
): Step[] =>
  machine.steps.filter(({ after, by, roles = [], other, follows }) => {
    if (!after.includes(kind) || follows || (other && reader.proposed)) return false
    if (by === 'person') return reader.stands
    if (!roles.some((role) => reader.roles.includes(role))) return false
    return by === 'unit' || (by === 'owner' ? reader.owns : by === `kind:${reader.unitKind ?? ''}`)
  })
