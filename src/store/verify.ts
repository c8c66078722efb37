import type { Pack } from '#domain/pack.ts'
import type { Queryable } from './db.ts'

/** The first rows of a query that must return nothing. */
export async function runQuery(db: Queryable, query: string, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ at: string }>(`select at from (${query}) q limit ${Math.trunc(limit)}`)
  return rows.map(({ at }) => at)
}

export async function readVisible(
  db: Queryable,
): Promise<{ purpose: string; unit: string; items: string[]; sealed: string[] }[]> {
  const { rows } = await db.query<{ purpose: string; unit: string; items: string[]; sealed: string[] }>(
    `select p.id as purpose, u.id as unit, array(select i.id from xinheng.item i where i.num = any (v.items)) as items,
       array(select i.id from xinheng.item i where i.num = any (v.sealed_items)) as sealed
     from xinheng.visible v join xinheng.purpose p on p.num = v.purpose join xinheng.unit u on u.num = v.unit`,
  )
  return rows
}

export type StoredItemRow = {
  id: string
  layout: string[]
  adverse: boolean
  person: boolean
  longest: string
  published: boolean
  entry: boolean
}

export async function readItemRows(db: Queryable): Promise<StoredItemRow[]> {
  const { rows } = await db.query<StoredItemRow>(
    'select id, layout, adverse, person, longest::text as longest, published, entry from xinheng.item',
  )
  return rows
}

/** Periods as the database writes them, to be compared with what it holds. */
export async function writeIntervals(db: Queryable, periods: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ text: string }>(
    'select p::interval::text as text from unnest($1::text[]) with ordinality q(p, at) order by at',
    [periods],
  )
  return rows.map(({ text }) => text)
}

export async function readUnitRows(db: Queryable): Promise<{ id: string; kind: string; zh: string; en: string }[]> {
  const { rows } = await db.query<{ id: string; kind: string; zh: string; en: string }>(
    `select id, kind, name ->> 'zh' as zh, name ->> 'en' as en from xinheng.unit`,
  )
  return rows
}

export async function readPurposeRows(
  db: Queryable,
): Promise<{ id: string; statutory: boolean; withhold: string | null }[]> {
  const { rows } = await db.query<{ id: string; statutory: boolean; withhold: string | null }>(
    'select id, statutory, withhold::text as withhold from xinheng.purpose',
  )
  return rows
}

export async function readStepRules(db: Queryable): Promise<Record<string, unknown>[]> {
  const { rows } = await db.query<Record<string, unknown>>('select * from xinheng.step_rule')
  return rows
}

/** Every pack that was ever in force, the last one loaded first. */
export async function readLoadedPacks(db: Queryable): Promise<Pack[]> {
  const { rows } = await db.query<{ content: Pack }>(
    `select p.content from xinheng.pack p
     join (select pack, max(coalesce(effective, at)) as since from xinheng.pack_load
       where effective is null or effective <= xinheng.instant() group by pack) l on l.pack = p.num
     order by l.since desc`,
  )
  return rows.map(({ content }) => content)
}

/** Packs with the civil days on which they were in force: from the day of loading to the day the next was loaded. */
export async function readPackTimes(db: Queryable): Promise<{ pack: Pack; from: string; until: string | undefined }[]> {
  const { rows } = await db.query<{ content: Pack; from_day: string | null; until_day: string | null }>(
    `select content, case when lag(l.pack) over w is not null then (l.since at time zone 'Asia/Shanghai')::date end as from_day,
       (lead(l.since) over w at time zone 'Asia/Shanghai')::date as until_day
     from (select pack, num, coalesce(effective, at) as since from xinheng.pack_load) l join xinheng.pack p on p.num = l.pack
     where l.since <= xinheng.instant() or l.num = 1 window w as (order by l.since, l.num)`,
  )
  return rows.map((row) => ({ pack: row.content, from: row.from_day ?? '', until: row.until_day ?? undefined }))
}

/** What look-ups by staff showed: one row a civil day, unit, purpose and set of items, with its first number. */
export async function readLooks(
  db: Queryable,
): Promise<{ day: string; unit: number; purpose: number; items: Buffer; first: bigint; count: bigint }[]> {
  const { rows } = await db.query<{
    day: string
    unit: number
    purpose: number
    items: Buffer
    first: bigint
    count: bigint
  }>(
    `select (at at time zone 'Asia/Shanghai')::date as day, unit, purpose, items, min(num) as first, count(*) as count
     from xinheng.access where outcome = 0 and ground in (1, 2) and octet_length(items) > 0 and purpose <> 0
     group by 1, 2, 3, 4`,
  )
  return rows
}

/** The organisations that campaigns drew, with what is sealed of them. */
export async function readDrawn(db: Queryable): Promise<{ campaign: number; subject: string; sealed: Buffer }[]> {
  const { rows } = await db.query<{ campaign: number; subject: string; sealed: Buffer }>(
    `select d.campaign, d.subject, s.sealed from xinheng.campaign_drawn d join xinheng.subject s on s.subject = d.subject
     where s.kind = 6 order by d.campaign, d.subject`,
  )
  return rows
}
