import { firstRow, type Queryable } from './db.ts'

type Text = { zh: string; en: string }

export type PublicContentRow = {
  content: number
  version: number
  kind: string
  title: Text
  body: Text
  day: string | null
  until: string | null
  person: boolean
  published_at: string
}

/** What the public reads, of one kind or of all: campaigns by their day, the rest newest first. */
export async function readPublicContents(
  db: Queryable,
  of: { kind?: string | undefined; num?: number | undefined } = {},
): Promise<PublicContentRow[]> {
  const { rows } = await db.query<PublicContentRow>({
    name: 'content_public',
    text: `select * from xinheng.content_public where (kind = $1::text or $1::text is null) and (content = $2::integer or $2::integer is null)
      order by case when kind = 'campaign' then day end, published_at desc, content desc limit 1000`,
    values: [of.kind ?? null, of.num ?? null],
  })
  return rows
}

export type DeskContentRow = {
  num: number
  kind: string
  version: number
  title: Text
  body: Text
  day: string | null
  until: string | null
  consent: string | null
  at: string
  author: Text
  mine: boolean
  state: 'draft' | 'submit' | 'publish' | 'reject' | 'withdraw'
  reason: string
  published: number | null
}

export async function readContents(db: Queryable, actor: number): Promise<DeskContentRow[]> {
  const { rows } = await db.query<DeskContentRow>('select * from xinheng.read_contents($1::integer, null)', [actor])
  return rows
}

/** Outcomes: 0 written, 1 not this actor's to do, 6 no such text. */
export async function writeContent(
  db: Queryable,
  of: {
    actor: number
    num: number | null
    kind: string
    title: Text
    body: Text
    day: string | null
    until: string | null
    consent: string | null
  },
): Promise<{ outcome: number; num: number; version: number }> {
  const { rows } = await db.query<{ outcome: number; num: number; version: number }>(
    `select outcome, num, version from xinheng.write_content($1::integer, $2::integer, $3::text, $4::jsonb, $5::jsonb, $6::date,
      $7::date, $8::text)`,
    [of.actor, of.num, of.kind, JSON.stringify(of.title), JSON.stringify(of.body), of.day, of.until, of.consent],
  )
  return firstRow(rows)
}

/** Outcomes: 0 done, 1 not this actor's to do, 6 no such version, 8 it does not stand where this could follow, 11 unchecked. */
export async function stepContent(
  db: Queryable,
  of: { actor: number; num: number; version: number; kind: string; reason: string; checked: string | null },
): Promise<number> {
  const { rows } = await db.query<{ outcome: number }>(
    'select xinheng.step_content($1::integer, $2::integer, $3::smallint, $4::text, $5::text, $6::text) as outcome',
    [of.actor, of.num, of.version, of.kind, of.reason, of.checked],
  )
  return firstRow(rows).outcome
}

// ── tips ────────────────────────────────────────────────────────────────────────────────────────

/** What a step of a tip is sealed to, so that texts cannot change places. */
export function tipBound(tip: number, num: number): Buffer {
  const bound = Buffer.alloc(12)
  bound.write('tip ')
  bound.writeInt32BE(tip, 4)
  bound.writeInt32BE(num, 8)
  return bound
}

/** Numbers of the units with an open account that answers tips. */
export async function unitsWithClerks(db: Queryable): Promise<number[]> {
  const { rows } = await db.query<{ unit: number }>(
    `select distinct unit from xinheng.account where closed_at is null and unit is not null and roles && '{clerk,reviewer}'::text[]`,
  )
  return rows.map(({ unit }) => unit)
}

export async function nextTip(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ num: bigint }>(`select nextval('xinheng.tip_num') as num`)
  return Number(firstRow(rows).num)
}

export async function fileTip(
  db: Queryable,
  of: { num: number; codeHash: Buffer; kind: string; unit: number; sealed: Buffer },
): Promise<string> {
  const { rows } = await db.query<{ at: string }>(
    'select xinheng.file_tip($1::integer, $2::bytea, $3::text, $4::smallint, $5::bytea) as at',
    [of.num, of.codeHash, of.kind, of.unit, of.sealed],
  )
  return firstRow(rows).at
}

export type TipRow = {
  tip: number
  kind: string
  num: number
  step: 'file' | 'route' | 'answer'
  unit: number
  at: string
  sealed: Buffer | null
}

/** The steps of the tip with this code; the texts of those who passed it on stay with the units. */
export async function findTip(db: Queryable, codeHash: Buffer): Promise<TipRow[]> {
  return (await db.query<TipRow>('select * from xinheng.tip_by_code($1::bytea)', [codeHash])).rows
}

export async function readTip(db: Queryable, actor: number, num: number): Promise<TipRow[]> {
  return (await db.query<TipRow>('select * from xinheng.read_tip($1::integer, $2::integer)', [actor, num])).rows
}

export type TipQueueRow = { tip: number; kind: string; at: string; step: number; state: string; since: string }

export async function readTipQueue(db: Queryable, actor: number): Promise<TipQueueRow[]> {
  return (await db.query<TipQueueRow>('select * from xinheng.tip_queue($1::integer)', [actor])).rows
}

/** Outcomes: 0 done, 6 not this unit's, 8 it does not stand where this could follow, 9 someone was first. */
export async function stepTip(
  db: Queryable,
  of: { actor: number; num: number; step: number; kind: string; unit: number | null; sealed: Buffer },
): Promise<number> {
  const { rows } = await db.query<{ outcome: number }>(
    'select xinheng.step_tip($1::integer, $2::integer, $3::smallint, $4::text, $5::smallint, $6::bytea) as outcome',
    [of.actor, of.num, of.step, of.kind, of.unit, of.sealed],
  )
  return firstRow(rows).outcome
}

export async function countTips(db: Queryable): Promise<{ kind: string; answered: boolean; count: bigint }[]> {
  return (
    await db.query<{ kind: string; answered: boolean; count: bigint }>(
      'select kind, answered, count from xinheng.tip_counts()',
    )
  ).rows
}
