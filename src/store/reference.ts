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

/** What the reference tables are written from: a pack's items and who sees what, as `xinheng.apply_pack` reads them. */
export const referenceText = (items: readonly ItemRow[], visible: readonly Visible[]): string =>
  JSON.stringify({ items, visible })

/**
 * Loads a pack, as owner, in one transaction: units, purposes and items get their numbers once and keep them; what may be
 * seen is replaced by what this pack says.
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
    const reference = referenceText(items, visible)
    const known = await owner.query('update xinheng.pack set reference = $2::jsonb where digest = $1::bytea', [
      digest,
      reference,
    ])
    if (known.rowCount === 0) {
      await owner.query(
        `insert into xinheng.pack (digest, id, version, content, reference) values ($1::bytea, $2::text, $3::text, $4::jsonb, $5::jsonb)`,
        [digest, pack.id, pack.version, content, reference],
      )
    }
    // the pack in force changes only when another one is loaded; an earlier one may come back
    await owner.query(
      `insert into xinheng.pack_load (pack)
       select p.num from xinheng.pack p where p.digest = $1::bytea and p.num is distinct from xinheng.pack_in_force()`,
      [digest],
    )
    // what may be seen depends on the day as well: written again at every start
    await owner.query('select xinheng.apply_pack(xinheng.pack_in_force())')
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback')
    throw error
  }
}

/** The number of the pack in force now; where the reference tables still say another, they are written first. */
export async function bringIntoForce(db: Queryable): Promise<number | undefined> {
  const { rows } = await db.query<{ num: number | null }>('select xinheng.bring_into_force() as num')
  return rows[0]?.num ?? undefined
}

/** Reads the pack in force and every number. */
export async function readReference(db: Queryable): Promise<Reference> {
  const pack = (
    await db.query<{ num: number; content: Pack }>(
      'select p.num, p.content from xinheng.pack p where p.num = xinheng.pack_in_force()',
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
