import type { Queryable } from './db.ts'

type Words = { zh: string; en: string }

export type ReviewRow = {
  num: bigint
  at: string
  actor: number
  display: Words
  unit: number
  purpose: number
  ground: number
  outcome: number
  shown: number
  live_matter: boolean
  subject: string
  sealed: Buffer | null
}

export async function reviewAccesses(
  db: Queryable,
  of: { actor: number; from: string; until: string; limit: number },
): Promise<ReviewRow[]> {
  const { rows } = await db.query<ReviewRow>(
    'select * from xinheng.review_accesses($1::integer, $2::timestamptz, $3::timestamptz, $4::integer)',
    [of.actor, of.from, of.until, of.limit],
  )
  return rows
}

/** Nothing where the actor may not, or the suspect's account does not exist. */
export async function insertIncident(
  db: Queryable,
  of: { actor: number; title: string; suspicion: string; suspect: string | null; from: string; until: string },
): Promise<{ incident: number; affected: bigint } | undefined> {
  const { rows } = await db.query<{ incident: number; affected: bigint }>(
    'select * from xinheng.open_incident($1::integer, $2::text, $3::text, $4::text, $5::timestamptz, $6::timestamptz)',
    [of.actor, of.title, of.suspicion, of.suspect, of.from, of.until],
  )
  return rows[0]
}

/** How many were notified; null where the incident is not there or closed. */
export async function insertIncidentStep(
  db: Queryable,
  of: { actor: number; incident: number; kind: string; text: string; title: Words; notice: Words },
): Promise<bigint | null> {
  const { rows } = await db.query<{ notified: bigint | null }>(
    'select xinheng.add_incident_step($1::integer, $2::integer, $3::text, $4::text, $5::jsonb, $6::jsonb) as notified',
    [of.actor, of.incident, of.kind, of.text, JSON.stringify(of.title), JSON.stringify(of.notice)],
  )
  return rows[0]?.notified ?? null
}

export type IncidentRow = {
  num: number
  opened_at: string
  title: string
  suspicion: string
  from_at: string
  until_at: string
  affected: bigint
  notified: boolean
  closed: boolean
}

export async function readIncidents(db: Queryable, actor: number): Promise<IncidentRow[]> {
  return (await db.query<IncidentRow>('select * from xinheng.read_incidents($1::integer)', [actor])).rows
}

export async function readIncidentSteps(db: Queryable, actor: number, incident: number) {
  const { rows } = await db.query<{ at: string; kind: string; text: string; by: Words }>(
    'select * from xinheng.read_incident_steps($1::integer, $2::integer)',
    [actor, incident],
  )
  return rows
}
