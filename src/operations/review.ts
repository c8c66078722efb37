import { parseIdentifier } from '#domain/identity/identifier.ts'
import { JOINER } from '#domain/record-layout.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { findUnusual, REVIEW_RULES, surnameOf, type Flag } from '#domain/unusual.ts'
import {
  insertIncident,
  insertIncidentStep,
  readIncidents,
  readIncidentSteps,
  reviewAccesses,
  type IncidentRow,
} from '#store/review.ts'
import { nameOfUnit, today, type System } from './system.ts'

const LIMIT = 100_000
const WEEK = 7

const WHY: Record<Flag, Text> = {
  volume: {
    zh: `一小时内查询超过 ${REVIEW_RULES.perHour} 次`,
    en: `more than ${REVIEW_RULES.perHour} look-ups within an hour`,
  },
  hours: {
    zh: `工作日 ${REVIEW_RULES.from} 时至 ${REVIEW_RULES.until} 时以外的查询`,
    en: `outside ${REVIEW_RULES.from}:00–${REVIEW_RULES.until}:00 on weekdays`,
  },
  'no-matter': { zh: '查询所填事项未登记或已办结', en: 'the matter named is not registered or is closed' },
  'own-name': { zh: '查询对象与查询人同姓', en: 'the person looked at has the family name of who looked' },
  export: {
    zh: `期间内查询超过 ${REVIEW_RULES.people} 个不同对象`,
    en: `more than ${REVIEW_RULES.people} different people in the period`,
  },
}

function when(at: string) {
  const zoned = Temporal.Instant.from(at).toZonedDateTimeISO('Asia/Shanghai')
  return { day: zoned.toPlainDate().toString(), hour: zoned.hour, weekday: zoned.dayOfWeek }
}

const startOf = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime('Asia/Shanghai').toInstant().toString()
const endOf = (day: string) => startOf(Temporal.PlainDate.from(day).add({ days: 1 }).toString())

/** Unusual look-ups of a period (R19); the last week when none is given. */
export async function listUnusual(system: System, of: { actor: number; from?: string; until?: string }) {
  const until = of.until ?? today(system)
  const from = of.from ?? Temporal.PlainDate.from(until).subtract({ days: WEEK }).toString()
  const rows = await reviewAccesses(system.pool, {
    actor: of.actor,
    from: startOf(from),
    until: endOf(until),
    limit: LIMIT,
  })
  const displays = new Map(rows.map((row) => [row.actor, row.display]))
  const rules = { today: until, allowFictional: system.reference.pack.fictionalDivisions }
  const surnames = new Map<string, string>()
  const surname = (subject: string, sealed: Buffer | null): string => {
    if (!sealed) return ''
    let known = surnames.get(subject)
    if (known === undefined) {
      const [number = '', name = ''] = system.cipher
        .open(sealed, Buffer.from(subject.replaceAll('-', ''), 'hex'))
        .split(JOINER)
      // an organisation's code may be all digits, too: only what is a citizen number has a family name to compare
      known = isRefusal(parseIdentifier('citizen', number, rules)) ? '' : surnameOf(name)
      surnames.set(subject, known)
    }
    return known
  }
  const flagged = findUnusual(
    rows.map((row) => ({
      num: String(row.num),
      at: row.at,
      actor: row.actor,
      actorSurname: surnameOf(row.display.zh),
      unit: row.unit,
      ground: row.ground,
      shown: row.shown,
      liveMatter: row.live_matter,
      subject: row.subject,
      surname: surname(row.subject, row.sealed),
    })),
    when,
  )
  return flagged.map((one) => ({
    ...one,
    actor: displays.get(one.actor) ?? { zh: '', en: '' },
    unit: nameOfUnit(system, one.unit),
    why: WHY[one.flag],
  }))
}

const stateOf = (row: IncidentRow) => (row.closed ? 'closed' : row.notified ? 'notified' : 'open')

/** Incidents, newest first (R20). */
export const listIncidents = async (system: System, actor: number) =>
  (await readIncidents(system.pool, actor)).map((row) => ({
    incident: row.num,
    openedAt: row.opened_at,
    title: row.title,
    state: stateOf(row),
    affected: Number(row.affected),
    notified: row.notified ? Number(row.affected) : 0,
  }))

/** Opens an incident: the suspicion, and its scope computed from the access log (PIPL 57). */
export async function openIncident(
  system: System,
  of: { actor: number; title: string; suspicion: string; suspect?: string; from: string; until: string },
): Promise<{ incident: number; affected: number } | Refusal> {
  if (Temporal.Instant.compare(Temporal.Instant.from(of.from), Temporal.Instant.from(of.until)) >= 0) {
    return refuse('bad-request', { field: 'until' })
  }
  const opened = await insertIncident(system.pool, { ...of, suspect: of.suspect ?? null })
  return opened
    ? { incident: opened.incident, affected: Number(opened.affected) }
    : refuse('not-found', { field: 'actor' })
}

/** A step of an incident: notices to the persons and the authority, findings, closing. Nothing follows the closing. */
export async function addIncidentStep(
  system: System,
  of: { actor: number; num: number; kind: string; text: string },
): Promise<{ incident: number; state: string; notified: number } | Refusal> {
  const notified = await insertIncidentStep(system.pool, {
    actor: of.actor,
    incident: of.num,
    kind: of.kind,
    text: of.text,
    title: { zh: '个人信息安全事件通知', en: 'Notice of a personal information incident' },
    notice: { zh: of.text, en: of.text },
  })
  if (notified === null) return refuse('not-found')
  const row = (await readIncidents(system.pool, of.actor)).find(({ num }) => num === of.num)
  return { incident: of.num, state: row ? stateOf(row) : 'open', notified: Number(notified) }
}

/** The whole file of one incident. */
export async function getIncident(system: System, of: { actor: number; num: number }) {
  const row = (await readIncidents(system.pool, of.actor)).find(({ num }) => num === of.num)
  if (!row) return refuse('not-found')
  const steps = await readIncidentSteps(system.pool, of.actor, of.num)
  return {
    incident: row.num,
    title: row.title,
    suspicion: row.suspicion,
    state: stateOf(row),
    from: row.from_at,
    until: row.until_at,
    affected: Number(row.affected),
    steps,
  }
}
