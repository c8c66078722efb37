import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commitment, commitmentFile } from '#test/people.ts'
import { liveOn } from '../cases/case.fixture.ts'
import { withApi } from '#test/api.ts'

// R19, reviewed: what an auditor finds of flagged look-ups is kept for good, and an incident is opened with it where it comes to one.

type Flag = {
  key: string
  flag: string
  count: number
  review?: { outcome: string; reason: string; incident?: number }
}

test('flagged look-ups and mass exports are reviewed with a reason; what grows is there again; an incident knows its scope', async (t) => {
  const api = await withApi(t)
  await liveOn(api, '2026-03-07', '09:00')
  const clerk = await api.as('clerk')
  const officer = await api.as('officer', 'demo-approval')
  const auditor = await api.as('auditor')
  const rows = Array.from({ length: 3 }, (_, index) => commitment(index))
  await clerk.call('intake', {
    query: { item: 'commitment' },
    body: commitmentFile(rows),
    headers: { 'content-type': 'text/csv' },
  })
  const look = (at: number) =>
    officer.call('lookUp', { body: { number: rows[at]?.number, purpose: 'approval', matter: '审2026-9' } })
  const period = { from: '2026-03-01', until: '2026-03-08' }
  const flags = async (): Promise<Flag[]> => {
    const answer = await auditor.call('unusual', { query: period })
    assert.equal(answer.status, 200, answer.text)
    return answer.body.flags
  }
  const find = async (flag: string) => (await flags()).find((one) => one.flag === flag)
  // a Saturday, on no matter that is registered
  await look(0)
  await look(1)
  const [stray, late] = [await find('no-matter'), await find('hours')]
  assert.ok(stray && late && stray.count === 2 && stray.review === undefined)
  const review = (key: string, outcome: string, reason = '已核实，系值班办理') =>
    auditor.call('reviewUnusual', { body: { key, outcome, reason, ...period } })
  assert.equal((await review(late.key, 'in-order')).status, 200)
  assert.equal((await find('hours'))?.review?.outcome, 'in-order')
  assert.equal((await find('no-matter'))?.review, undefined, 'another flag of the same look-ups is another finding')
  assert.equal((await review('hours.1.999', 'in-order')).status, 404)
  assert.equal((await review(late.key, 'in-order', ' ')).status, 400, 'not without a reason')

  const opened = await review(stray.key, 'incident', '两次查询没有对应的在办事项')
  assert.equal(opened.status, 200, opened.text)
  const incident = await auditor.call('incident', { params: { num: opened.body.incident } })
  assert.equal(incident.body.affected, 2, 'those the account looked at in that time, and nobody else')
  assert.equal((await find('no-matter'))?.review?.incident, opened.body.incident)

  await liveOn(api, '2026-03-07', '11:00')
  await look(2)
  assert.equal((await find('hours'))?.review, undefined, 'one more since: there again')
  assert.equal((await review(late.key, 'explained', '值班记录在案')).status, 200)
  assert.equal((await find('hours'))?.review?.outcome, 'explained')

  // the queue of the auditor has what is left, and only that
  const waits = (await auditor.call('work')).body.lines.filter(({ source }: { source: string }) => source === 'unusual')
  const open = (await flags()).filter((one) => one.review === undefined)
  assert.equal(waits.length, open.length, JSON.stringify([waits, open]))

  // files: 500 rows a day pass, 501 are flagged, with the numbers of the exports
  const take = async (count: number) =>
    api.owner.query(
      `insert into xinheng.export (actor, unit, name, rows, digest) values ($1, 1, 'cases', $2, sha256(''))`,
      [officer.account, count],
    )
  await take(300)
  await take(200)
  assert.equal(await find('mass-export'), undefined)
  await take(1)
  const mass = await find('mass-export')
  assert.equal(mass?.count, 3)
  assert.equal((await review(mass.key, 'in-order')).status, 200)
  assert.equal((await find('mass-export'))?.review?.outcome, 'in-order')

  // walls: for auditors only, not about oneself, append-only
  const direct = (actor: number, account: number) =>
    api.system.pool.query(
      `select xinheng.review_access($1, 'mass-export', $2, $3, xinheng.instant(), 1, 'in-order', 'x', null) as outcome`,
      [actor, account, mass.key.split('.')[2]],
    )
  assert.equal((await direct(clerk.account, officer.account)).rows[0].outcome, 1)
  assert.equal((await direct(auditor.account, auditor.account)).rows[0].outcome, 1)
  assert.equal((await direct(auditor.account, clerk.account)).rows[0].outcome, 6, 'not of that account')
  for (const sql of [
    'select * from xinheng.access_review',
    `update xinheng.access_review set outcome = 'in-order'`,
    'delete from xinheng.access_review',
  ])
    await assert.rejects(api.system.pool.query(sql), /permission denied/, sql)
})
