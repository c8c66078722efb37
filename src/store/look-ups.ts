import { COLUMNS, lookUp, type Answer, type LookUp } from './archive.ts'
import type { Queryable } from './db.ts'

/** Look-ups of one statement at most, statements under way at most, and after how long one no longer holds up the next, ms. */
const MOST = 64
const AT_ONCE = 8
const PATIENCE = 50

export type LookUps = (of: LookUp) => Promise<Answer>
type Waiting = { of: LookUp; resolve: (answer: Answer) => void; reject: (error: unknown) => void }

/**
 * Look-ups through the gate. Those of one turn of the event loop, and those that come while a statement is under way, wait
 * for the next one and share it: one transaction, one flush to disk, and no answer before it has committed (G4). A
 * statement that waits for a lock is not waited for. Where a shared one fails, nothing of it was kept or seen, and each
 * look-up is asked again by itself, so that one fails for itself alone.
 */
export function openLookUps(db: Queryable): LookUps {
  const waiting: Waiting[] = []
  let underWay = 0
  let prompt = 0

  const alone = ({ of, resolve, reject }: Waiting): Promise<void> => lookUp(db, of).then(resolve, reject)

  async function ask(batch: Waiting[]): Promise<void> {
    const [only] = batch
    if (only !== undefined && batch.length === 1) return alone(only)
    let answers: Answer[]
    try {
      answers = await lookUpTogether(
        db,
        batch.map(({ of }) => of),
      )
    } catch {
      await Promise.all(batch.map(alone))
      return
    }
    for (const [at, { resolve, reject }] of batch.entries()) {
      const answer = answers[at]
      if (answer) resolve(answer)
      else reject(new Error('the gate gave no answer'))
    }
  }

  function start(): void {
    if (prompt > 0 || underWay === AT_ONCE || waiting.length === 0) return
    underWay += 1
    prompt += 1
    let isPrompt = true
    const noLongerPrompt = () => {
      if (isPrompt) prompt -= 1
      isPrompt = false
    }
    const late = setTimeout(() => {
      noLongerPrompt()
      start()
    }, PATIENCE)
    void ask(waiting.splice(0, MOST)).finally(() => {
      clearTimeout(late)
      noLongerPrompt()
      underWay -= 1
      start()
    })
  }

  return (of) =>
    new Promise((resolve, reject) => {
      waiting.push({ of, resolve, reject })
      if (prompt === 0) setImmediate(start)
    })
}

/** Several look-ups in one transaction, each with its own access row, answered in the order they were asked. */
async function lookUpTogether(db: Queryable, asked: readonly LookUp[]): Promise<Answer[]> {
  const column = <value>(of: (one: LookUp) => value): value[] => asked.map(of)
  const { rows } = await db.query<Answer & { turn: bigint }>({
    name: 'look_ups',
    text: `select u.turn, ${COLUMNS.split(', ')
      .map((name) => `a.${name}`)
      .join(', ')}
      from unnest($1::integer[], $2::smallint[], $3::text[], $4::uuid[], $5::text[], $6::date[])
        with ordinality as u (actor, purpose, matter, subject, withhold, until, turn),
      lateral xinheng.look_up(u.actor, u.purpose, u.matter, u.subject, u.withhold, u.until) a`,
    values: [
      column(({ actor }) => actor),
      column(({ purpose }) => purpose),
      column(({ matter }) => matter),
      column(({ subject }) => subject),
      column(({ withhold }) => withhold ?? null),
      column(({ until }) => until ?? null),
    ],
  })
  return rows.toSorted((a, b) => Number(a.turn - b.turn))
}
