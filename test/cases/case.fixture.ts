import assert from 'node:assert/strict'
import { withApi } from '#test/api.ts'
import { commitment, commitmentFile } from '#test/people.ts'

/** Lets the database and the server live on a day: both clocks, for all that follows. */
export type City = Awaited<ReturnType<typeof withApi>>
export async function liveOn({ owner, system }: City, day: string, time = '10:00'): Promise<void> {
  const instant = `${day}T${time}:00+08:00`
  await owner.query(`create or replace function xinheng.instant() returns timestamptz language sql stable parallel safe
    as $$ select '${instant}'::timestamptz $$`)
  await owner.query('select xinheng.ensure_partitions()')
  // nobody signs in again each simulated day
  await owner.query(
    `update xinheng.session set seen_at = $1::timestamptz, expires_at = $1::timestamptz + interval '1 day'`,
    [instant],
  )
  system.now = () => Temporal.Instant.from(instant)
}

/** A person with one record, the clerk and the reviewer of the unit that reported it, an officer elsewhere. */
export async function withCase(t: Parameters<typeof withApi>[0]) {
  const city = await withApi(t)
  await liveOn(city, '2026-03-02', '09:00')
  const clerk = await city.as('clerk')
  const reviewer = await city.as('reviewer')
  const officer = await city.as('officer', 'demo-approval')
  const row = commitment(1)
  const sent = await clerk.call('intake', {
    query: { item: 'commitment' },
    body: commitmentFile([row]),
    headers: { 'content-type': 'text/csv' },
  })
  assert.equal(sent.status, 200, sent.text)
  await liveOn(city, '2026-03-02')
  const person = await city.person(row.number)
  const look = () =>
    officer.call('lookUp', { body: { number: row.number, purpose: 'approval', matter: '审〔2026〕1号' } })
  const own = async () => (await person.call('myArchive')).body.records[0]
  return { city, clerk, reviewer, officer, person, look, own, row }
}
