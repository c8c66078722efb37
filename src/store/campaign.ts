import { firstRow, type Queryable } from './db.ts'

/** Campaigns in the database (migration 0108). Every function judges again; outcomes as it says. */

export type CampaignRow = {
  num: number
  problem: string
  pack: number
  unit: number
  at: string
  since: string
  until: string
  scope: string
  /** the last act */
  kind: string
  acted: string
  reason: string
  mine: boolean
  drawn: bigint
  given: bigint
}

/** Campaigns that this actor may read, newest first; or one. */
export async function readCampaigns(db: Queryable, of: { actor: number; num?: number }): Promise<CampaignRow[]> {
  const { rows } = await db.query<CampaignRow>(
    `select num, problem, pack, unit, at, since::text, until::text, scope, kind, acted, reason, mine, drawn, given
     from xinheng.read_campaigns($1::integer, $2::integer)`,
    [of.actor, of.num ?? null],
  )
  return rows
}

type Words = { zh: string; en: string }
export type ActRow = {
  step: number
  kind: string
  at: string
  actor: Words
  reason: string
  digest: Buffer | null
  /** of the last closing report */
  figures: Buffer | null
}

export async function readActs(db: Queryable, of: { actor: number; num: number }): Promise<ActRow[]> {
  const { rows } = await db.query<ActRow>(
    'select step, kind, at, actor, reason, digest, figures from xinheng.read_campaign_acts($1::integer, $2::integer)',
    [of.actor, of.num],
  )
  return rows
}

/** The number of what was proposed, or null: not by this actor. */
export async function proposeCampaign(
  db: Queryable,
  of: { actor: number; problem: string; since: string; until: string; scope: string },
): Promise<number | null> {
  const { rows } = await db.query<{ num: number | null }>(
    'select xinheng.propose_campaign($1::integer, $2::text, $3::date, $4::date, $5::text) as num',
    [of.actor, of.problem, of.since, of.until, of.scope],
  )
  return firstRow(rows).num
}

/** Nobody acts on it until the transaction ends. */
export async function holdCampaign(db: Queryable, num: number): Promise<void> {
  await db.query('select xinheng.hold_campaign($1::integer)', [num])
}

/** The next act; outcomes: 0 done, 1 not this actor's, 6 none, 8 cannot follow, 9 their own. */
export async function actOnCampaign(
  db: Queryable,
  of: { actor: number; num: number; kind: string; reason: string; figures?: Uint8Array },
): Promise<{ outcome: number; step: number }> {
  const { rows } = await db.query<{ outcome: number; step: number }>(
    'select outcome, step from xinheng.act_on_campaign($1::integer, $2::integer, $3::text, $4::text, $5::bytea)',
    [of.actor, of.num, of.kind, of.reason, of.figures ?? null],
  )
  return firstRow(rows)
}

export type CandidateRow = { subject: string; sealed: Buffer; records: Buffer | null }

/** Organisations that the rule means, after a key, 500 at a time; each is told by an access row of the same statement. */
export async function campaignCandidates(
  db: Queryable,
  of: { actor: number; num: number; after?: string | undefined },
): Promise<CandidateRow[]> {
  const { rows } = await db.query<CandidateRow>(
    'select subject, sealed, records from xinheng.campaign_candidates($1::integer, $2::integer, $3::uuid)',
    [of.actor, of.num, of.after ?? null],
  )
  return rows
}

/** How many were drawn of those who were looked at in this transaction. */
export async function drawInto(
  db: Queryable,
  of: { actor: number; num: number; step: number; subjects: string[]; records: number[] },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    'select xinheng.draw_into_campaign($1::integer, $2::integer, $3::smallint, $4::uuid[], $5::smallint[]) as n',
    [of.actor, of.num, of.step, of.subjects, of.records],
  )
  return firstRow(rows).n
}

const outcomeOf = async (db: Queryable, call: string, values: unknown[]): Promise<number> =>
  firstRow((await db.query<{ outcome: number }>(`select xinheng.${call} as outcome`, values)).rows).outcome

/** 0 entered, 8 not so, 10 given out already. Without this row the first step does not commit. */
export const enterCampaignCase = (db: Queryable, of: { subject: string; file: bigint; campaign: number }) =>
  outcomeOf(db, 'enter_campaign_case($1::uuid, $2::bigint, $3::integer)', [of.subject, of.file, of.campaign])

/** 0 entered, 8 not so: the campaign does not run, or the organisation was not told; 9: undone by an objection. Without it the step does not commit. */
export const enterCampaignStep = (db: Queryable, of: { subject: string; num: bigint }) =>
  outcomeOf(db, 'enter_campaign_step($1::uuid, $2::bigint)', [of.subject, of.num])

export type CampaignCaseRow = {
  subject: string
  /** null: not given out yet */
  file: bigint | null
  name: string | null
  records: number
  unit: number | null
  step: number | null
  kind: string | null
  given: string | null
  day: string | null
  window_end: string | null
  due: string | null
  undone: boolean
}

export async function readCampaignCases(db: Queryable, of: { actor: number; num: number }): Promise<CampaignCaseRow[]> {
  const { rows } = await db.query<CampaignCaseRow>(
    `select subject, file, name, records, unit, step, kind, given::text, day::text, window_end::text, due::text, undone
     from xinheng.campaign_cases($1::integer, $2::integer)`,
    [of.actor, of.num],
  )
  return rows
}

/** A count by unit and last step; a null unit: not given out yet. */
export type FigureRow = { unit: number | null; kind: string | null; undone: boolean; late: boolean; n: bigint }

export async function readCampaignFigures(db: Queryable, num: number): Promise<FigureRow[]> {
  const { rows } = await db.query<FigureRow>(
    'select unit, kind, undone, late, n from xinheng.campaign_figures($1::integer)',
    [num],
  )
  return rows
}

export type CaseRecords = {
  outcome: number
  access: bigint
  at: string
  campaign: number | null
  sealed: Buffer | null
  records: Buffer | null
  marks: Buffer | null
}

/** The records a case was drawn from; a look-up that is logged. */
export async function readCaseRecords(
  db: Queryable,
  of: { actor: number; subject: string; file: bigint },
): Promise<CaseRecords> {
  const { rows } = await db.query<CaseRecords>(
    'select outcome, access, at, campaign, sealed, records, marks from xinheng.read_campaign_records($1::integer, $2::uuid, $3::bigint)',
    [of.actor, of.subject, of.file],
  )
  return firstRow(rows)
}

/** In the case of a campaign: its number, and the rule it was opened by. */
export async function findCampaignOf(
  db: Queryable,
  of: { actor: number; subject: string; file: bigint },
): Promise<number | undefined> {
  const { rows } = await db.query<{ num: number | null }>(
    'select xinheng.campaign_of($1::integer, $2::uuid, $3::bigint) as num',
    [of.actor, of.subject, of.file],
  )
  return firstRow(rows).num ?? undefined
}

export type PublicCampaignRow = {
  num: number
  problem: string
  pack: number
  unit: number
  at: string
  opened: string
  until: string
  closed: string | null
  /** of the report it was closed on */
  figures: Buffer | null
  digest: Buffer | null
}

export async function readPublicCampaigns(db: Queryable): Promise<PublicCampaignRow[]> {
  const { rows } = await db.query<PublicCampaignRow>(
    'select num, problem, pack, unit, at, opened::text, until::text, closed::text, figures, digest from xinheng.public_campaigns()',
  )
  return rows
}
