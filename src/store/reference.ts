import type pg from 'pg'
import type { Pack } from '#domain/pack.ts'
import { firstRow, type Queryable } from './db.ts'

/** One visibility: what units may see for a purpose; `sealed` items with their personal and sensitive fields too. */
export type Visible = { purpose: string; unit: string; items: string[]; sealed: string[] }

/** One item and layout, as `record.body` is read by it. */
export type ItemRow = {
  id: string
  layout: string[]
  adverse: boolean
  person: boolean
  longest: string
  published: boolean
  /** its records are entries of a list determined here: shown only once determined (G6) */
  entry: boolean
}

/** Numbers that stand for reference data in the big tables. */
export type Reference = {
  packNum: number
  pack: Pack
  unitNum: ReadonlyMap<string, number>
  unitId: ReadonlyMap<number, string>
  purposeNum: ReadonlyMap<string, number>
  purposeId: ReadonlyMap<number, string>
  itemNums: ReadonlyMap<string, number>
  itemOf: ReadonlyMap<number, { id: string; layout: string[] }>
}

const layoutId = (id: string, layout: readonly string[]) => [id, ...layout].join('\u001f')

/**
 * Writes a pack's reference data, as owner, in one transaction: units, purposes and items get their numbers once and
 * keep them; what may be seen is replaced by what this pack says.
 */
export async function writeReference(
  owner: pg.Client,
  pack: Pack,
  items: ItemRow[],
  visible: Visible[],
): Promise<void> {
  const content = JSON.stringify(pack)
  // of the pack as the database will read it, whatever the order of its keys here: `xinheng verify` compares
  const { rows } = await owner.query<{ digest: Buffer }>(
    `select sha256(convert_to($1::jsonb::text, 'UTF8')) as digest`,
    [content],
  )
  const { digest } = firstRow(rows)
  await owner.query('begin')
  try {
    await owner.query('select pg_advisory_xact_lock(7302)')
    await owner.query(
      `insert into xinheng.pack (digest, id, version, content) values ($1::bytea, $2::text, $3::text, $4::jsonb)
       on conflict (digest) do nothing`,
      [digest, pack.id, pack.version, content],
    )
    // the pack in force changes only when another one is loaded; an earlier one may come back
    await owner.query(
      `insert into xinheng.pack_load (pack)
       select p.num from xinheng.pack p where p.digest = $1::bytea
         and p.num is distinct from (select l.pack from xinheng.pack_load l order by l.at desc limit 1)`,
      [digest],
    )
    for (const unit of pack.units) {
      await owner.query(
        `insert into xinheng.unit (id, kind, name) values ($1::text, $2::text, $3::jsonb)
         on conflict (id) do update set kind = excluded.kind, name = excluded.name`,
        [unit.id, unit.kind, JSON.stringify(unit.name)],
      )
    }
    for (const purpose of pack.purposes) {
      await owner.query(
        `insert into xinheng.purpose (id, statutory, withhold) values ($1::text, $2::boolean, $3::interval)
         on conflict (id) do update set statutory = excluded.statutory, withhold = excluded.withhold`,
        [purpose.id, purpose.ground === 'statutory', purpose.withhold?.longest ?? null],
      )
    }
    for (const item of items) {
      await owner.query(
        `insert into xinheng.item (id, layout, adverse, person, longest, published, entry)
         values ($1::text, $2::text[], $3::boolean, $4::boolean, $5::interval, $6::boolean, $7::boolean)
         on conflict (id, layout) do update set adverse = excluded.adverse, person = excluded.person, longest = excluded.longest,
           published = excluded.published, entry = excluded.entry`,
        [item.id, item.layout, item.adverse, item.person, item.longest, item.published, item.entry],
      )
    }
    // an item that the pack has no more is not published any more either
    await owner.query('update xinheng.item set published = false where published and id <> all ($1::text[])', [
      items.filter((item) => item.published).map(({ id }) => id),
    ])
    await owner.query('select xinheng.index_published()')
    await owner.query('delete from xinheng.visible')
    for (const row of visible) {
      await owner.query(
        `insert into xinheng.visible (purpose, unit, items, sealed_items)
         select p.num, u.num,
           coalesce((select array_agg(i.num order by i.num) from xinheng.item i where i.id = any ($3::text[])), '{}'),
           coalesce((select array_agg(i.num order by i.num) from xinheng.item i where i.id = any ($4::text[])), '{}')
         from xinheng.purpose p, xinheng.unit u where p.id = $1::text and u.id = $2::text`,
        [row.purpose, row.unit, row.items, row.sealed],
      )
    }
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback')
    throw error
  }
}

/** Reads the pack in force (the last one loaded) and every number. */
export async function readReference(db: Queryable): Promise<Reference> {
  const pack = (
    await db.query<{ num: number; content: Pack }>(
      `select p.num, p.content from xinheng.pack_load l join xinheng.pack p on p.num = l.pack order by l.at desc limit 1`,
    )
  ).rows[0]
  if (!pack) throw new Error('no pack has been loaded into this database: run `xinheng start` or `xinheng pack load`')
  const units = (await db.query<{ num: number; id: string }>('select num, id from xinheng.unit')).rows
  const purposes = (await db.query<{ num: number; id: string }>('select num, id from xinheng.purpose')).rows
  const items = (
    await db.query<{ num: number; id: string; layout: string[] }>('select num, id, layout from xinheng.item')
  ).rows
  return {
    packNum: pack.num,
    pack: pack.content,
    unitNum: new Map(units.map(({ id, num }) => [id, num])),
    unitId: new Map(units.map(({ id, num }) => [num, id])),
    purposeNum: new Map(purposes.map(({ id, num }) => [id, num])),
    purposeId: new Map(purposes.map(({ id, num }) => [num, id])),
    itemNums: new Map(items.map(({ id, layout, num }) => [layoutId(id, layout), num])),
    itemOf: new Map(items.map(({ num, id, layout }) => [num, { id, layout }])),
  }
}
