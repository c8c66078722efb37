import { parseIdentifier } from '#domain/identity/identifier.ts'
import { JOINER } from '#domain/record-layout.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { findMassExports, findUnusual, REVIEW_RULES, surnameOf, type Flag } from '#domain/unusual.ts'
import { insertAccessReview, readAccessReviews } from '#store/access-review.ts'
import { withTransaction } from '#store/db.ts'
import { readExports } from '#store/export.ts'
import { findAccountName } from '#store/accounts.ts'
import {
  insertIncident,
  insertIncidentStep,
  readIncidents,
  readIncidentSteps,
  reviewAccesses,
  type IncidentRow,
} from '#store/review.ts'
import { dayOf, nameOfUnit, today, type System } from './system.ts'

const LIMIT = 100_000
/** ground of lists and searches (migration 0001) */
const LISTED = 6
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
  'mass-export': {
    zh: `一天内导出超过 ${REVIEW_RULES.exportedRows} 行`,
    en: `more than ${REVIEW_RULES.exportedRows} rows exported in a day`,
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
  const read = await reviewAccesses(system.pool, {
    actor: of.actor,
    from: startOf(from),
    until: endOf(until),
    limit: LIMIT,
  })
  // reviewing is in the log too; it shows nobody's file, and would flag every auditor who works late
  // and one order where several have the same instant: a group is named by its first
  const rows = read
    .filter(({ ground, purpose, shown }) => ground !== LISTED || purpose !== 0 || shown > 0)
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : Number(a.num - b.num)))
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
  const files = (
    await readExports(system.pool, { actor: of.actor, from: startOf(from), until: endOf(until), limit: LIMIT })
  ).toReversed()
  for (const file of files) displays.set(file.actor, file.display)
  const exported = findMassExports(
    files.map((file) => ({ ...file, num: String(file.num) })),
    dayOf,
  )
  const reviews = new Map(
    (await readAccessReviews(system.pool, of.actor)).map((row) => [`${row.flag}.${row.account}.${row.first}`, row]),
  )
  return [...exported, ...flagged].map((one) => {
    const key = `${one.flag}.${one.actor}.${one.accesses[0] ?? '0'}`
    const review = reviews.get(key)
    return {
      ...one,
      key,
      account: one.actor,
      actor: displays.get(one.actor) ?? { zh: '', en: '' },
      unit: nameOfUnit(system, one.unit),
      why: WHY[one.flag],
      // what has grown since is to be looked at again
      ...(review && review.count >= one.count
        ? {
            review: {
              outcome: review.outcome,
              reason: review.reason,
              at: review.at,
              by: review.display,
              incident: review.incident ?? undefined,
            },
          }
        : {}),
    }
  })
}

/**
 * An auditor says what a flagged group came to, with the reason; it is kept for good (R19). Where it comes to an incident, that
 * is opened with it, its scope computed from the log of the account in that time (R20).
 */
export async function reviewUnusual(
  system: System,
  of: {
    actor: number
    key: string
    from?: string
    until?: string
    outcome: 'in-order' | 'explained' | 'incident'
    reason: string
  },
): Promise<{ incident?: number } | Refusal> {
  const group = (await listUnusual(system, of)).find(({ key }) => key === of.key)
  if (!group) return refuse('not-found', { field: 'key' })
  if (group.account === of.actor) return refuse('own-review')
  return withTransaction(system.pool, async (client) => {
    let incident: number | undefined
    if (of.outcome === 'incident') {
      const last = Temporal.Instant.from(group.last).add({ seconds: 1 }).toString()
      const suspect = await findAccountName(client, group.account)
      const opened = await insertIncident(client, {
        actor: of.actor,
        title: group.why.zh,
        suspicion: of.reason,
        suspect: suspect ?? null,
        from: group.at,
        until: last,
      })
      if (!opened) return refuse('not-allowed')
      incident = opened.incident
    }
    const outcome = await insertAccessReview(client, {
      actor: of.actor,
      flag: group.flag,
      account: group.account,
      first: group.accesses[0] ?? '0',
      at: group.at,
      count: group.count,
      outcome: of.outcome,
      reason: of.reason,
      incident: incident ?? null,
    })
    if (outcome !== 0) throw new Error(`a review was refused: ${outcome}`)
    return incident === undefined ? {} : { incident }
  })
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
