import { dueDate, latestEnd } from '#domain/calendar.ts'
import { datesOf, findTerm } from '#domain/case.ts'
import { citationOf, decideRepeated, listAt, rightsOf } from '#domain/listing.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { joinText } from '#domain/two-languages.ts'
import { findListing, findRefutedOf, findServed, type ListingRow } from '#store/listing.ts'
import { calendarOf } from '../calendar-of.ts'
import type { StepRequest } from '../case.ts'
import type { Prepared } from '../case-prepare.ts'
import { refuseRepeated } from './grounds.ts'
import { today, type System } from '../system.ts'

/** The case of a list, with the rules in force; not-found where it is not for whoever asks. */
export async function listingOf(system: System, { actor, subject, place }: StepRequest) {
  const { last } = place
  if (!last) return refuse('step-not-possible')
  const row = await findListing(system.pool, { actor, subject, file: last.file })
  const list = row && listAt(system.reference.pack, row.list, today(system))
  const criterion = list?.criteria.find(({ id }) => id === row?.criterion)
  return row && list && criterion
    ? { row, list, criterion, file: last.file }
    : refuse('list-not-here', { field: 'list' })
}

const inForce = ({ over }: ListingRow): boolean => over === null

/** Rectification, window and publicity run for the term of the list itself. */
export async function prepareWindow(system: System, request: StepRequest): Promise<Prepared | Refusal> {
  const found = await listingOf(system, request)
  if (isRefusal(found)) return found
  const { window, publicity, rectify } = found.list
  if (request.kind === 'rectify') return rectify === undefined ? {} : { terms: { due: rectify } }
  const term = request.machine === 'listing' ? window : publicity
  return term === undefined ? {} : { terms: { window: term } }
}

/** The written notice brings basis and rights from the rule; the facts are the unit's. */
export async function prepareNotice(system: System, request: StepRequest): Promise<Prepared | Refusal> {
  const found = await listingOf(system, request)
  if (isRefusal(found)) return found
  const { list, criterion, file } = found
  const { actor, subject, content } = request
  const repeated = await refuseRepeated(system, { facts: content.facts, actor, subject, file, list: list.id })
  return repeated ?? { content: { basis: citationOf(criterion.basis), outcome: joinText(rightsOf(list)) } }
}

const CHANNELS: Readonly<Record<string, string>> = { inbox: '站内查阅', sms: '短信', mail: '邮件', paper: '纸质' }

/** Service: what the inbox or a channel proves needs no paper; else the unit names its own proof. */
export async function prepareService(system: System, request: StepRequest): Promise<Prepared | Refusal> {
  const prepared = await prepareWindow(system, request)
  const { last } = request.place
  if (isRefusal(prepared) || !last) return prepared
  const { actor, subject } = request
  const channel = await findServed(system.pool, { actor, subject, file: last.file, kind: 'notify' })
  return channel === undefined || request.content.document
    ? prepared
    : { ...prepared, content: { document: `平台送达记录（${CHANNELS[channel] ?? channel}）` } }
}

/** A hearing, where the list has one and until its window ends. */
export async function prepareHearing(system: System, request: StepRequest): Promise<Prepared | Refusal> {
  const found = await listingOf(system, request)
  if (isRefusal(found)) return found
  const { window_end: end } = request.place.last ?? {}
  return found.list.hearing && typeof end === 'string' && today(system) <= end ? {} : refuse('hearing-not-open')
}

/** A determination says on which basis, in the words of the list. */
export async function prepareDetermination(system: System, request: StepRequest): Promise<Prepared | Refusal> {
  const found = await listingOf(system, request)
  if (isRefusal(found)) return found
  const { list, criterion, file } = found
  const { actor, subject } = request
  const repeated = decideRepeated(await findRefutedOf(system.pool, { actor, subject, file }))
  if (repeated) return repeated
  return { content: { basis: citationOf(criterion.basis), outcome: `${list.name.zh}：${criterion.text.zh}` } }
}

/** Removal names one of the list's own ways out. */
export async function prepareRemoval(system: System, request: StepRequest): Promise<Prepared | Refusal> {
  const found = await listingOf(system, request)
  if (isRefusal(found)) return found
  if (!inForce(found.row) && found.row.over !== 'ended') return refuse('entry-not-in-force')
  const ways: readonly string[] = found.list.removal
  return ways.includes(request.content.outcome ?? '') ? {} : refuse('removal-ground', { field: 'outcome' })
}

/** The court's word counts from its own day; past the last day the entry is gone by itself (R58). */
export function prepareWord(system: System, { content }: StepRequest): Prepared | Refusal {
  const { pack } = system.reference
  const [now, day] = [today(system), content.day ?? '']
  if (day === '' || day > now) return refuse('step-says-too-little', { field: 'day' })
  const dates = datesOf(pack, calendarOf(system), { due: 'list-remove' }, day)
  if ('missing' in dates) return refuse('no-term', { rule: dates.missing })
  const period = findTerm(pack, 'list-remove', day)?.period
  if (period === undefined) return refuse('no-term', { rule: 'list-remove' })
  const end = dueDate(calendarOf(system), day, period).day
  const last = end === 'unknown' ? latestEnd(day, period) : end
  const after = Temporal.PlainDate.from(last).add({ days: 1 }).toString()
  return { dates: { ...dates, hides: after < now ? now : after } }
}
