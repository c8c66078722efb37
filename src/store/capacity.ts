import { firstRow, type Queryable } from './db.ts'

/** A time without full civil capacity, in days since 2000-01-01; without `until` it goes on. */
export type Incapable = { from: number; until: number | undefined }

/**
 * Whether anybody here is or was without full capacity: an intake of adverse records then looks at each. Until its
 * transaction ends no determination is recorded.
 */
export async function watchCapacity(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ known: boolean }>('select xinheng.watch_capacity() as known')
  return firstRow(rows).known
}

/** Of these subjects (hexadecimal) those who are or were without full capacity. */
export async function findIncapable(db: Queryable, subjects: readonly string[]): Promise<Map<string, Incapable[]>> {
  const { rows } = await db.query<{ subject: string; from: number; until: number | null }>(
    `select subject::text, from_day - date '2000-01-01' as from, until_day - date '2000-01-01' as until
     from xinheng.incapable($1::uuid[])`,
    [subjects],
  )
  const found = new Map<string, Incapable[]>()
  for (const { subject, from, until } of rows) {
    const hex = subject.replaceAll('-', '')
    found.set(hex, [...(found.get(hex) ?? []), { from, until: until ?? undefined }])
  }
  return found
}

/** Of these subjects (hexadecimal) those of whom nothing is on file leave no identity either. */
export async function forgetBare(db: Queryable, subjects: readonly string[]): Promise<void> {
  await db.query('select xinheng.forget_bare($1::uuid[])', [subjects])
}

/** The records (natural keys without version) that a step of capacity hides or shows again; waits for intakes. */
export async function readCapacityDue(db: Queryable, subject: string, num: bigint, day: string): Promise<bigint[]> {
  const { rows } = await db.query<{ nk: bigint }>(
    'select nk from xinheng.capacity_due($1::uuid, $2::bigint, $3::date) nk',
    [subject, num, day],
  )
  return rows.map(({ nk }) => nk)
}

/** Enters what follows from a step of capacity, from the day its finding states; outcomes of migration 0121. */
export async function enterCapacity(
  db: Queryable,
  of: { subject: string; num: bigint; day: string; nks: readonly bigint[]; sealed: readonly Buffer[] },
): Promise<number> {
  const { rows } = await db.query<{ outcome: number }>(
    'select xinheng.enter_capacity($1::uuid, $2::bigint, $3::date, $4::bigint[], $5::bytea[]) as outcome',
    [of.subject, of.num, of.day, of.nks.map(String), of.sealed],
  )
  return firstRow(rows).outcome
}
