import { firstRow, type Queryable } from './db.ts'

/** Measures in the database (migration 0015). Outcomes: 0 done, 8 not by law. */
const outcomeOf = async (db: Queryable, call: string, values: unknown[]): Promise<number> =>
  firstRow((await db.query<{ outcome: number }>(`select xinheng.${call} as outcome`, values)).rows).outcome

/** Enters a task in the transaction of its first step; without this row no step of the case commits. */
export const enterMeasure = (db: Queryable, of: { subject: string; file: bigint; measure: string }): Promise<number> =>
  outcomeOf(db, 'enter_measure($1::uuid, $2::bigint, $3::text)', [of.subject, of.file, of.measure])

/** A measure is carried out: while it may run, and the person is told in the same transaction. */
export const enterCarried = (db: Queryable, of: { subject: string; num: bigint }): Promise<number> =>
  outcomeOf(db, 'enter_carried($1::uuid, $2::bigint)', [of.subject, of.num])

/** Why a measure does not run today; null: it may. */
export type Over = 'cause' | 'term' | 'refuted' | 'contested' | null

export async function findMeasure(
  db: Queryable,
  of: { actor: number; subject: string; file: bigint },
): Promise<{ measure: string; over: Over } | undefined> {
  const { rows } = await db.query<{ measure: string; over: Over }>(
    'select measure, over from xinheng.read_measure($1::integer, $2::uuid, $3::bigint)',
    [of.actor, of.subject, of.file],
  )
  return rows[0]
}

/** One measure of one unit about one entry: numbers, kinds and days. `ended`: the day its cause ended. */
export type MeasureRow = {
  subject: string
  file: bigint
  unit: number
  cause: bigint
  owner: number
  list: string
  measure: string
  pack: number
  kind: string
  task: string
  due: string | null
  responded: string | null
  carried: string | null
  lifted: string | null
  until: string | null
  over: Over
  ended: string | null
  clash: boolean
}

const COLUMNS = `subject, file, unit, cause, owner, list, measure, pack, kind, task::text, due::text, responded::text,
  carried::text, lifted::text, until::text, over, ended::text, clash`

/** Those a unit is to carry out and those it sent; all, for who oversees. */
export async function readMeasures(db: Queryable, actor: number): Promise<MeasureRow[]> {
  const { rows } = await db.query<MeasureRow>(`select ${COLUMNS} from xinheng.measures_of_unit($1::integer)`, [actor])
  return rows
}

/** The person's; reading leaves its row. */
export async function readOwnMeasures(db: Queryable, actor: number, subject: string): Promise<MeasureRow[]> {
  const { rows } = await db.query<MeasureRow>(`select ${COLUMNS} from xinheng.measures_self($1::integer, $2::uuid)`, [
    actor,
    subject,
  ])
  return rows
}
