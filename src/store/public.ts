import { unpackRecords, type RecordRow } from './archive.ts'
import type { Queryable } from './db.ts'

/** Where a list of published records goes on: after this decision day, natural key and organisation. */
export type Place = { decided: string; nk: bigint; subject: string }

/** One published record: never its sealed part. */
export type PublishedRow = Place & { identity: Buffer; record: RecordRow; marks: Buffer | null }

type Raw = Place & { identity: Buffer; record: Buffer; marks: Buffer | null }

function unpack({ record, ...rest }: Raw): PublishedRow[] {
  return unpackRecords(record).map((row) => ({ ...rest, record: row }))
}

/** Published records by decision day, the newest first unless `oldest`, from `after` on. */
export async function listPublished(
  db: Queryable,
  of: {
    items: number[]
    /** of these units; null: of any */
    units: number[] | null
    from?: string | undefined
    until?: string | undefined
    oldest: boolean
    limit: number
    after?: Place | undefined
  },
): Promise<PublishedRow[]> {
  const { rows } = await db.query<Raw>({
    name: 'list_published',
    text: `select * from xinheng.list_published($1::smallint[], $2::smallint[], $3::date, $4::date, $5::boolean, $6::integer,
      $7::date, $8::bigint, $9::uuid)`,
    values: [
      of.items,
      of.units,
      of.from ?? null,
      of.until ?? null,
      of.oldest,
      of.limit,
      of.after?.decided ?? null,
      of.after?.nk ?? null,
      of.after?.subject ?? null,
    ],
  })
  return rows.flatMap(unpack)
}

/** All that is published of some organisations. */
export async function publishedOf(db: Queryable, subjects: string[]): Promise<PublishedRow[]> {
  const { rows } = await db.query<Raw>({
    name: 'published_of',
    text: 'select * from xinheng.published_of($1::uuid[])',
    values: [subjects],
  })
  return rows.flatMap(unpack)
}

/** Organisations by name of which something is published. */
export async function searchPublished(db: Queryable, name: string, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ subject: string }>({
    name: 'search_published',
    text: 'select subject from xinheng.search_published($1::text, $2::integer) subject',
    values: [name, limit],
  })
  return rows.map(({ subject }) => subject)
}

/** Entries of a published list, newest first: of natural persons only where the basis of the list says so. */
export async function listEntries(
  db: Queryable,
  list: string,
  offset: number,
  limit: number,
  units: number[] | null,
): Promise<PublishedRow[]> {
  const { rows } = await db.query<Raw>({
    name: 'list_entries',
    text: 'select * from xinheng.list_entries($1::text, $2::integer, $3::integer, $4::smallint[])',
    values: [list, offset, limit, units],
  })
  return rows.flatMap(unpack)
}

export type ClockRow = { unit: number; item: number; decided: string; reported: string; count: bigint }

/** How many decisions of a day a unit reported on which day, as far as this actor oversees them. */
export async function readPublicity(db: Queryable, actor: number, from: string, until: string): Promise<ClockRow[]> {
  const { rows } = await db.query<ClockRow>(
    'select unit, item, decided, reported, count from xinheng.publicity_counts($1::integer, $2::date, $3::date)',
    [actor, from, until],
  )
  return rows
}

/** The records of that period that came more than so many days after their decision. */
export async function readSlow(
  db: Queryable,
  actor: number,
  from: string,
  until: string,
  days: number,
): Promise<PublishedRow[]> {
  const { rows } = await db.query<Raw>(
    'select * from xinheng.publicity_slow($1::integer, $2::date, $3::date, $4::integer)',
    [actor, from, until, days],
  )
  return rows.flatMap(unpack)
}
