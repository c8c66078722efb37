import { entryEnd, entryValues, listAt } from '#domain/listing.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { refusalOf } from '#store/archive.ts'
import { openCase, openStep, type StepRow } from '#store/case.ts'
import { enterEntry, enterListing, enterReceived, enterWindow } from '#store/listing.ts'
import { noteOwnService } from '#store/notice.ts'
import type { Taken } from '../case.ts'
import { caseId, parseCaseId } from '../case-id.ts'
import { takeIn } from '../intake/intake.ts'
import { refusalOfRow } from '../objection/correct.ts'
import { sendTasks } from '../measure/tasks.ts'
import { findUnit, today } from '../system.ts'
import { listingOf } from './prepare.ts'

/** What the wall says to a proposal (migration 0014). */
const WALL = { 8: 'list-not-here', 10: 'listed-already', 12: 'officer-not-named' } as const
const isWall = (outcome: number): outcome is keyof typeof WALL => Object.hasOwn(WALL, outcome)
const refusedAs = (outcome: number): Refusal | undefined =>
  outcome === 0 ? undefined : refuse(isWall(outcome) ? WALL[outcome] : 'step-not-possible')

/** Enters what is proposed; the database judges list, unit, subject and criterion again, and who is on it already. */
export async function enterProposal({ client, subject, nk, content, taken }: Taken): Promise<Refusal | undefined> {
  const { list, criterion, entry, of } = content.fields ?? {}
  if (!content.who || nk === 0n || list === undefined || criterion === undefined || entry === undefined)
    return refuse('step-not-possible')
  const outcome = await enterListing(client, {
    subject,
    file: taken.num,
    list,
    criterion,
    entry,
    person: content.who.kind !== 'organisation',
    beside: of === undefined ? undefined : parseCaseId(of),
  })
  return refusedAs(outcome)
}

/** Opens the window for statement and defence once service is proven, by a channel or by the unit’s own proof; or of publicity. */
export async function openWindow({ client, subject, taken, kind, content }: Taken): Promise<Refusal | undefined> {
  if (kind === 'serve' && content.document !== undefined)
    await noteOwnService(client, { subject, num: taken.num, receipt: content.document })
  return (await enterWindow(client, { subject, num: taken.num })) === 0 ? undefined : refuse('notice-not-served')
}

const said = ({ system }: Taken, steps: readonly StepRow[], kinds: readonly string[]) => {
  const step = steps.findLast(({ kind }) => kinds.includes(kind))
  return step && { step, content: openStep(system.cipher, step.subject, step.nk, step.sealed) }
}
const textOf = (content: Record<string, unknown> | undefined, field: string): string => {
  const value = content?.[field]
  return typeof value === 'string' ? value : ''
}

type Who = { kind: string; number: string; name: string }
const isWho = (value: unknown): value is Who =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  typeof value.kind === 'string' &&
  'number' in value &&
  typeof value.number === 'string' &&
  'name' in value &&
  typeof value.name === 'string'

/**
 * The determination (G6): the entry becomes a record of the list's item by the ordinary intake of one record, under the number
 * allotted when the case began, and takes effect in the same transaction; then the tasks of its measures go out. A renewal is
 * the next version, with a later end.
 */
export async function takeEffect(of: Taken): Promise<Refusal | undefined> {
  const { system, client, subject, actor, taken, place, kind } = of
  const found = await listingOf(system, of)
  if (isRefusal(found) || !place.last) return isRefusal(found) ? found : refuse('step-not-possible')
  const { row, list, criterion, file } = found
  const { opened, steps } = await openCase(client, { actor, subject, file })
  const refusal = refusalOf(opened.outcome)
  if (refusal) return refusal
  const day = today(system)
  const until = entryEnd(list, day, kind === 'renew')
  const unit = findUnit(system.reference.pack, system.reference.unitId.get(row.unit) ?? '')
  const item = system.reference.pack.items.findLast(({ id }) => id === list.item)
  const first = said(of, steps, ['propose', 'nominate'])
  const who = first?.content['who']
  const told = said(of, steps, ['notify', 'nominate'])
  const determined = kind === 'renew' ? said(of, steps, ['determine']) : undefined
  if (until === undefined || !unit || !item || !isWho(who)) return refuse('entry-not-in-force')
  const values = entryValues(system.reference.pack, item, {
    list,
    criterion,
    entry: row.entry,
    facts: textOf(told?.content, 'facts'),
    document: kind === 'renew' ? textOf(determined?.content, 'document') : (of.content.document ?? ''),
    unit,
    decided: determined?.step.day ?? day,
    until,
    who,
  })
  const line = Buffer.from(`${JSON.stringify(values)}\n`)
  const outcome = await takeIn(system, {
    item: item.id,
    unit: unit.id,
    actor,
    key: `case ${caseId(subject, file)}.${taken.step}`,
    source: (async function* () {
      yield line
    })(),
    contentType: 'application/x-ndjson',
    within: client,
  })
  if (isRefusal(outcome)) return refusalOfRow(outcome)
  const entered = await enterEntry(client, { subject, num: taken.num })
  if (entered !== 0) return refuse(entered === 14 ? 'refuted-before' : 'entry-not-in-force')
  return kind === 'renew' ? undefined : sendTasks(of, { file, list: list.id, person: row.person })
}

/** A received entry is taken up: the measures that the list of measures has for it follow (R58). */
export async function takeReceived(of: Taken): Promise<Refusal | undefined> {
  const { system, client, subject, taken } = of
  const id = await enterReceived(client, { subject, file: taken.num })
  const list = id === undefined ? undefined : listAt(system.reference.pack, id, today(system))
  return list
    ? sendTasks(of, { file: taken.num, list: list.id, person: list.subjects.includes('person') })
    : refuse('list-not-here')
}
