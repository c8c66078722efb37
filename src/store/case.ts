import { actionBound } from './action-seal.ts'
import type { Cipher } from './cipher.ts'
import { firstRow, type Queryable } from './db.ts'

type Words = { zh: string; en: string }

/** One step to be taken; dates are civil days the pack's rules gave, `sealed` what it says (sealStep). */
export type NewStep = {
  actor: number
  subject: string
  machine: string
  kind: string
  /** a step of this case, as its `step`-th; without it a case begins, about `nk` (0n: no record), for `owner` to answer */
  file?: bigint
  step?: number
  nk?: bigint
  owner?: number
  target?: bigint
  pack: number
  window?: string | undefined
  due?: string | undefined
  hides?: string | undefined
  sealed: Buffer
  /** told to the person in the same transaction */
  notice?: { title: Words; text: Words }
}

export type TakenStep = { outcome: number; num: bigint; at: string; step: number }

/** Takes a step, or says by its outcome why not (migration 0008). */
export async function takeStep(db: Queryable, of: NewStep): Promise<TakenStep> {
  const { rows } = await db.query<TakenStep>(
    `select outcome, num, at, step from xinheng.take_step($1::integer, $2::uuid, $3::text, $4::text, $5::bigint, $6::smallint,
       $7::bigint, $8::smallint, $9::bigint, $10::smallint, $11::date, $12::date, $13::date, $14::bytea, $15::jsonb, $16::jsonb)`,
    [
      of.actor,
      of.subject,
      of.machine,
      of.kind,
      of.file ?? null,
      of.step ?? 1,
      of.nk ?? 0n,
      of.owner ?? 0,
      of.target ?? 0n,
      of.pack,
      of.window ?? null,
      of.due ?? null,
      of.hides ?? null,
      of.sealed,
      of.notice ? JSON.stringify(of.notice.title) : null,
      of.notice ? JSON.stringify(of.notice.text) : null,
    ],
  )
  return firstRow(rows)
}

/** A step as it is read. `hides_from` only where silence suspends; `actor` is null for a private person. */
export type StepRow = {
  subject: string
  num: bigint
  nk: bigint
  at: string
  actor: Words | null
  unit: number
  pack: number
  kind: string
  sealed: Buffer
  file: bigint
  step: number
  machine: string
  after: string
  owner: number
  target: bigint
  day: string
  window_end: string | null
  due: string | null
  hides_from: string | null
  marked: boolean
}

const STEP = `subject, num, nk, at, actor, unit, pack, kind, sealed, file, step, machine, after, owner, target, day::text,
  window_end::text, due::text, hides_from::text, marked`

/** The person's (or their representative's) cases: all of them, or one. Reading leaves its row. */
export async function readOwnSteps(db: Queryable, actor: number, subject: string, file?: bigint): Promise<StepRow[]> {
  const { rows } = await db.query<StepRow>(
    `select ${STEP} from xinheng.cases_self($1::integer, $2::uuid, $3::bigint)`,
    [actor, subject, file ?? null],
  )
  return rows
}

/** Where a case of the unit's queue stands: numbers, kinds and days, nothing of the person. */
export type QueueRow = {
  subject: string
  file: bigint
  nk: bigint
  step: number
  machine: string
  kind: string
  owner: number
  day: string
  opened: string
  window_end: string | null
  due: string | null
  hides_from: string | null
  closed: boolean
}

export async function readQueue(db: Queryable, actor: number, machine?: string): Promise<QueueRow[]> {
  const { rows } = await db.query<QueueRow>(
    `select subject, file, nk, step, machine, kind, owner, day::text, opened::text, window_end::text, due::text, hides_from::text, closed
     from xinheng.case_queue($1::integer, $2::text)`,
    [actor, machine ?? null],
  )
  return rows
}

export type OpenedCase = {
  outcome: number
  access: bigint
  at: string
  kind: number | null
  identity: Buffer | null
  records: Buffer | null
}

/** A member of staff opens a case; the look-up is logged. Both in one transaction of the caller's. */
export async function openCase(
  db: Queryable,
  of: { actor: number; subject: string; file: bigint },
): Promise<{ opened: OpenedCase; steps: StepRow[] }> {
  const values = [of.actor, of.subject, of.file]
  const { rows } = await db.query<OpenedCase>(
    'select outcome, access, at, kind, identity, records from xinheng.read_case($1::integer, $2::uuid, $3::bigint)',
    values,
  )
  const steps = await db.query<StepRow>(
    `select ${STEP} from xinheng.case_steps($1::integer, $2::uuid, $3::bigint)`,
    values,
  )
  return { opened: firstRow(rows), steps: steps.rows }
}

/** What a step says, sealed to its person and record: reasons, statements, names of files. JSON. */
export const sealStep = (cipher: Cipher, subject: string, nk: bigint, content: object): Buffer =>
  cipher.seal(JSON.stringify(content), actionBound(subject, nk))

/** Throws when it was altered or moved. */
export function openStep(cipher: Cipher, subject: string, nk: bigint, sealed: Uint8Array): Record<string, unknown> {
  const content: unknown = JSON.parse(cipher.open(sealed, actionBound(subject, nk)))
  if (typeof content !== 'object' || content === null) throw new Error('not a step')
  return { ...content }
}
