import assert from 'node:assert/strict'
import { getLedgerSigner } from '#store/ledger-leaf.ts'
import { lookUp } from '#store/archive.ts'
import { openLanes, openPool } from '#store/db.ts'
import { roleUrl } from '#store/migrate.ts'
import { sequence } from '#operations/ledger-sequence.ts'
import { getNumber, MATTER, PURPOSE, type City, type Database } from './city.ts'
import type { Measured } from './table.ts'

const sizeOf = (pattern: string) => `
  select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint as value from pg_class c
  where c.relnamespace = 'xinheng'::regnamespace and c.relkind in ('r', 'p') and c.relname ~ '${pattern}'`

/** Everything a record needs on disk: its table, subjects, interned values and submissions, with indexes and TOAST. */
export async function measureRecordBytes({ owner }: Database, log: (line: string) => void): Promise<Measured> {
  const records = await getNumber(owner, 'select count(*) as value from xinheng.record')
  const parts: string[] = []
  let total = 0
  for (const name of ['record', 'record_pkey', 'subject', 'subject_pkey', 'term', 'submission', 'submission_error']) {
    const index = name.endsWith('_pkey')
    const bytes = await getNumber(
      owner,
      `select ${index ? 'pg_relation_size' : 'pg_total_relation_size'}('xinheng.${name}') as value`,
    )
    if (!index) total += bytes
    parts.push(`${name} ${(bytes / records).toFixed(1)}${index ? ' (of which)' : ''}`)
  }
  log(`record-bytes: ${parts.join(', ')}`)
  return { id: 'record-bytes', value: total / records, detail: parts.join(', ') }
}

/** Reads subjects in random order, as many as there are or `limit`. */
export async function readSubjects({ owner }: Database, limit: number): Promise<string[]> {
  const { rows } = await owner.query<{ subject: string }>(
    'select subject from xinheng.subject order by hashtext(subject::text) limit $1::integer',
    [limit],
  )
  return rows.map(({ subject }) => subject)
}

/** As few rows as the sequencer waits for before it publishes: the dearest way to sequence. */
const BATCH = 256
const AT_ONCE = 64

/** Looks up through the gate and sequences what was written; bytes of the log and the ledger by look-up. */
export async function measureLookUpBytes(
  city: City,
  database: Database,
  count: number,
  log: (line: string) => void,
): Promise<Measured> {
  const { owner } = database
  const subjects = await readSubjects(database, count)
  const purpose = await getNumber(owner, 'select num as value from xinheng.purpose where id = $1', [PURPOSE])
  const pool = openPool(roleUrl(database.url, 'xinheng_sequencer', city.keys), { max: 1 })
  const context = { pool, keys: city.keys, signer: await getLedgerSigner(city.keys, 'bench.example/xinheng') }
  const since = '-infinity'
  while ((await sequence(context, { since })) !== 0);
  const before = await measureLog(owner)
  const lanes = openLanes(roleUrl(database.url, 'xinheng_app', city.keys), 8)
  let next = 0
  const one = async () => {
    while (next < count) {
      const subject = subjects[next++ % subjects.length] as string
      const answer = await lookUp(lanes, { actor: database.officer, purpose, matter: MATTER, subject })
      assert.equal(answer.outcome, 0)
      assert.ok((answer.records?.length ?? 0) > 0)
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  log(`look-up-bytes: ${count} look-ups through the gate in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  await lanes.end()
  // in production the sequencer is at work meanwhile; afterwards the log and the batches are the same
  let rows = 0
  for (;;) {
    const taken = await sequence(context, { since: 600, limit: BATCH })
    if (taken === 'busy' || taken === 0) break
    rows += taken
  }
  await pool.end()
  assert.equal(rows, count)
  await owner.query('vacuum xinheng.access, xinheng.ledger_tile, xinheng.ledger_batch, xinheng.ledger_checkpoint')
  const after = await measureLog(owner)
  const per = (key: keyof typeof after) => (after[key] - before[key]) / count
  const detail = `access ${per('access').toFixed(1)} (of which indexes ${per('indexes').toFixed(1)}), ledger ${per('ledger').toFixed(1)}`
  log(`look-up-bytes: ${detail}`)
  return { id: 'look-up-bytes', value: per('access') + per('ledger'), detail }
}

async function measureLog(owner: Database['owner']) {
  return {
    access: await getNumber(owner, sizeOf('^access')),
    indexes: await getNumber(
      owner,
      `select coalesce(sum(pg_indexes_size(c.oid)), 0)::bigint as value from pg_class c
       where c.relnamespace = 'xinheng'::regnamespace and c.relkind = 'r' and c.relname ~ '^access'`,
    ),
    ledger: await getNumber(owner, sizeOf('^ledger')),
  }
}
