import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withApi } from '#test/api.ts'
import { testPack } from '#test/db.ts'
import { citizenNumber, commitment, commitmentValues } from '#test/people.ts'

// A city and its district on one instance: who audits, tries rules and reviews does so for their own place and those below (G12).

type Row = { unit: { id: string } }

test('who oversees look-ups, exports and incidents, and who tries a rule on the population, does so for their place', async (t) => {
  const instance = await withApi(t, { pack: await testPack('tianjin-baodi') })
  const [auditor, cityAuditor, officer, cityOfficer, admin, cityAdmin] = await Promise.all([
    instance.as('auditor', 'bd-development'),
    instance.as('auditor', 'tj-development'),
    instance.as('officer', 'bd-market'),
    instance.as('officer', 'tj-market'),
    instance.as('admin', 'bd-development'),
    instance.as('admin', 'tj-development'),
  ])
  type Who = typeof auditor
  const number = citizenNumber(1)
  for (const who of [officer, cityOfficer]) {
    const answer = await who.call('lookUp', { body: { number, purpose: 'approval', matter: '审2026-9' } })
    assert.equal(answer.status, 200, answer.text)
    assert.equal((await who.call('exportTable', { body: { table: 'matters', language: 'zh' } })).status, 200)
  }
  const unitsOf = (rows: Row[]) => [...new Set(rows.map(({ unit }) => unit.id))].toSorted()
  const flags = async (who: Who) => (await who.call('unusual')).body.flags as (Row & { key: string })[]
  const exported = async (who: Who) => unitsOf((await who.call('exports')).body.exports)
  assert.deepEqual(
    [unitsOf(await flags(auditor)), await exported(auditor)],
    [['bd-market'], ['bd-market']],
    'a district does not read who was looked at in its city',
  )
  assert.deepEqual(
    [unitsOf(await flags(cityAuditor)), await exported(cityAuditor)],
    [
      ['bd-market', 'tj-market'],
      ['bd-market', 'tj-market'],
    ],
  )
  const [theirs] = (await flags(cityAuditor)).filter(({ unit }) => unit.id === 'tj-market')
  const body = { key: theirs?.key ?? '', outcome: 'in-order', reason: '已核实' }
  assert.equal((await auditor.call('reviewUnusual', { body })).status, 404)
  assert.equal((await cityAuditor.call('reviewUnusual', { body })).status, 200)

  // an incident: of the look-ups of one's own place, and read there and by whoever oversees it
  const span = { from: '2020-01-01T00:00:00Z', until: '2030-01-01T00:00:00Z' }
  const open = (who: Who, suspect?: string) =>
    who.call('openIncident', {
      body: { title: '事件', suspicion: '疑似', ...span, ...(suspect === undefined ? {} : { actor: suspect }) },
    })
  assert.equal((await open(auditor, cityOfficer.name)).status, 404)
  const [own, all] = [(await open(auditor)).body.incident, (await open(cityAuditor)).body.incident]
  const listed = async (who: Who) =>
    (await who.call('incidents')).body.incidents.map(({ incident }: { incident: number }) => incident)
  assert.deepEqual([await listed(auditor), await listed(cityAuditor)], [[own], [all, own]])
  assert.deepEqual(
    [
      (await auditor.call('incident', { params: { num: all } })).status,
      (await auditor.call('addIncidentStep', { params: { num: all }, body: { kind: 'close', text: '结案' } })).status,
      (await cityAuditor.call('incident', { params: { num: own } })).status,
    ],
    [404, 404, 200],
  )

  // a dry run asks the whole population: whoever runs the instance tries a rule on it
  const tries = async (who: Who) => (await who.call('simulate', { body: { pack: 'tianjin-baodi' } })).status
  assert.deepEqual([await tries(admin), await tries(auditor), await tries(cityAdmin)], [403, 403, 200])

  // wall: nor by asking the database
  const count = async (sql: string, values: unknown[]) => (await instance.system.pool.query(sql, values)).rowCount
  const [of] = (
    await instance.owner.query<{ num: string; at: string }>(
      'select num, at::text from xinheng.access where actor = $1 order by num limit 1',
      [cityOfficer.account],
    )
  ).rows
  const reviewed = await instance.system.pool.query(
    `select xinheng.review_access($1, 'no-matter', $2, $3, $4::timestamptz, 1, 'in-order', 'x', null) as outcome`,
    [auditor.account, cityOfficer.account, of?.num, of?.at],
  )
  assert.equal(reviewed.rows[0].outcome, 6)
  const { rows } = await instance.owner.query(
    `select xinheng.sees_everywhere($1) as district, xinheng.sees_everywhere($2) as city,
       pg_get_functiondef('xinheng.simulate_flag'::regproc) like '%not xinheng.sees_everywhere(p_actor)%' as asked`,
    [admin.account, cityAdmin.account],
  )
  assert.deepEqual(rows, [{ district: false, city: true, asked: true }])
  assert.equal(await count('select from xinheng.read_access_reviews($1)', [auditor.account]), 0)
  assert.equal(await count('select from xinheng.read_access_reviews($1)', [cityAuditor.account]), 1)
})

test('a district’s review body neither sees nor decides what its city answers for; the city’s does, and what the district answers for', async (t) => {
  const instance = await withApi(t, { pack: await testPack('tianjin-baodi') })
  const [district, city, market, districtMarket] = await Promise.all([
    instance.as('review-body', 'bd-justice'),
    instance.as('review-body', 'tj-justice'),
    instance.as('clerk', 'tj-market'),
    instance.as('clerk', 'bd-market'),
  ])
  type Who = typeof district
  const lodge = async (clerk: Who, index: number): Promise<string> => {
    const row = commitment(index)
    const sent = await clerk.call('record', { body: { item: 'commitment', values: commitmentValues(row) } })
    assert.equal(sent.status, 200, sent.text)
    const person = await instance.person(row.number)
    const record = (await person.call('myArchive')).body.records[0].id
    const content = { statement: '请求撤销' }
    const made = await person.call('startMyCase', { body: { machine: 'review', kind: 'lodge', record, content } })
    assert.equal(made.status, 200, made.text)
    return made.body.case
  }
  const [ofCity, ofDistrict] = [await lodge(market, 1), await lodge(districtMarket, 2)]
  const queue = async (who: Who) =>
    (await who.call('caseQueue')).body.cases.map(({ case: id }: { case: string }) => id).toSorted()
  assert.deepEqual([await queue(district), await queue(city)], [[ofDistrict], [ofCity, ofDistrict].toSorted()])
  const opened = async (who: Who, id: string) => (await who.call('openCase', { params: { case: id } })).status
  assert.deepEqual([await opened(district, ofCity), await opened(district, ofDistrict)], [403, 200])
  const content = { document: '复议〔2026〕7号', reason: '无据' }
  const annul = async (who: Who, id: string) =>
    (await who.call('stepCase', { params: { case: id }, body: { kind: 'annul', step: 1, content } })).status
  assert.deepEqual(
    [await annul(district, ofCity), await annul(district, ofDistrict), await annul(city, ofCity)],
    [403, 200, 200],
  )
})
