import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { compact } from '#operations/compact.ts'
import { commitment } from '#test/people.ts'
import { accepted, withOffice, type Office } from './office.ts'

/** How many pages a subject's records lie on, beyond the fewest possible; and whether the whole is in order. */
const order = async ({ owner }: Office) =>
  (
    await owner.query<{ ordered: boolean; digest: string; grants: string; owner: string; indexes: string }>(
      `select bool_and(place > coalesce(before, '(0,0)')) as ordered,
         md5(string_agg(line, ',' order by line)) as digest,
         (select array_to_string(relacl, ' ') || ' ' || array_to_string(reloptions, ' ') || relrowsecurity from pg_class where oid = 'xinheng.record'::regclass) as grants,
         (select relowner::regrole::text from pg_class where oid = 'xinheng.record'::regclass) as owner,
         (select string_agg(pg_get_indexdef(indexrelid) || indisclustered || indisvalid, ' ' order by indexrelid::regclass::text) from pg_index where indrelid = 'xinheng.record'::regclass) as indexes
       from (select ctid as place, lag(ctid) over (order by subject, nk) as before, r::text as line from xinheng.record r) q`,
    )
  ).rows[0]

/** 3 000 records of 300 people, in the order of arrival. */
async function withArrivals(t: Parameters<typeof withOffice>[0]): Promise<Office> {
  const office = await withOffice(t)
  for (let year = 0; year < 10; year += 1) {
    await office.send(
      Array.from({ length: 300 }, (_, index) => ({
        ...commitment(index),
        document: `承诺〔${2010 + year}〕${index}号`,
      })),
    )
  }
  return office
}

test('records of a subject lie side by side afterwards; nothing else changed', async (t) => {
  const office = await withArrivals(t)
  const before = await order(office)
  assert.equal(before?.ordered, false)
  const seen: string[] = []
  const done = await compact(office.owner, { onProgress: ({ phase }) => seen.push(phase) })
  assert.ok(done.seconds >= 0 && done.after <= done.before)
  const after = await order(office)
  assert.deepEqual(after, { ...before, ordered: true })
  assert.equal(accepted(await office.lookUp(7)).records.length, 10)
  const { rows } = await office.owner.query<{ at: string | null }>(
    `select last_analyze as at from pg_stat_user_tables where relname = 'record'`,
  )
  assert.ok(rows[0])
  await office.sequence()
  assert.deepEqual(await office.ledger(), [])
})

test('it waits for whoever holds the table, and look-ups go on meanwhile', async (t) => {
  const office = await withArrivals(t)
  const holder = await office.owner.connect()
  await holder.query('begin; lock table xinheng.record in row exclusive mode')
  const phases: string[] = []
  const compacting = compact(office.owner, { patience: 0.1, onProgress: ({ phase }) => phases.push(phase) })
  await sleep(600)
  assert.equal(accepted(await office.lookUp(3)).records.length, 10)
  await holder.query('commit')
  holder.release()
  await compacting
  assert.ok(phases.includes('waiting'))
  assert.equal((await order(office))?.ordered, true)
})

test('killed while it rewrites, the table is as it was', async (t) => {
  const office = await withArrivals(t)
  const before = await order(office)
  for (let turn = 0; turn < 6; turn += 1) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'compact.fixture.ts'), office.url], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const exit = once(child, 'exit')
    await once(child.stdout, 'data')
    await sleep(turn * 8)
    child.kill('SIGKILL')
    await exit
    const after = await order(office)
    assert.equal(after?.digest, before?.digest)
    assert.equal(after?.indexes, before?.indexes)
  }
  await compact(office.owner, {})
  assert.deepEqual(await order(office), { ...before, ordered: true })
})
