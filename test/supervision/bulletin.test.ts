import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { makeOrganisationCode } from '#domain/identity/synthetic.ts'
import { withApi } from '#test/api.ts'
import { liveOn } from '#test/cases/case.fixture.ts'
import { citizenNumber, commitment, commitmentFile } from '#test/people.ts'

// A small city whose every figure is computed by hand, here in the comments, and not by the code that is tested.

const csv = (rows: readonly (readonly string[])[]) => rows.map((cells) => `${cells.join(',')}\r\n`).join('')
const firm = (body: string) => makeOrganisationCode({ division: '990000', body })
const damaged = (code: string) => `${code.slice(0, -1)}${code.endsWith('1') ? '2' : '1'}`

test('the bulletin of a city computed by hand; issued by a second person, it stays what it was', async (t) => {
  const city = await withApi(t)
  await liveOn(city, '2026-03-02', '09:00')
  const admin = await city.as('admin', 'demo-development')
  const reviewer = await city.as('reviewer', 'demo-development')
  const market = await city.as('clerk')
  const marketReviewer = await city.as('reviewer')
  const hr = await city.as('clerk', 'demo-hr')
  const approval = await city.as('clerk', 'demo-approval')
  const send = async (client: typeof market, item: string, body: string) => {
    const sent = await client.call('intake', { query: { item }, body, headers: { 'content-type': 'text/csv' } })
    assert.equal(sent.status, 200, sent.text)
  }

  // market: five commitments. One number has a wrong check digit; of the four taken in one is of 5 January, and a
  // commitment is reported within a month: on 2 March that is late. 4/5 right, 3/4 in time, 1/5 with a wrong number.
  // A commitment has eleven fields, the file fills seven of them: 28/44 complete.
  const rows = [1, 2, 3, 4, 5].map((index) => ({ ...commitment(index), decided: '2026-02-20' }))
  rows[3] = { ...commitment(4), decided: '2026-01-05' }
  rows[4] = { ...commitment(5), decided: '2026-02-20', number: damaged(citizenNumber(5)) }
  await send(market, 'commitment', commitmentFile(rows))

  // approval: five commitments of organisations, one code wrong: 1/5. Four on file; two codes have the same name: 2/4.
  const [a, b, c, d, e] = ['MA999101', 'MA999102', 'MA999103', 'MA999104', 'MA999105'].map(firm) as [
    string,
    string,
    string,
    string,
    string,
  ]
  const names = ['甲公司', '乙公司', '丙公司', '丙公司', '丁公司']
  const firms = [a, b, c, d, damaged(e)].map((code, at) => [
    `衡州${names[at]}`,
    code,
    '告知承诺',
    '许可',
    `企承〔2026〕${at}号`,
    '2026-02-20',
    '衡州市行政审批局',
  ])
  const head = ['DWMC', 'TYSHXYDM', 'CNLX', 'CNSX', 'CNBH', 'CNRQ', 'SLDW']
  await send(approval, 'commitment-organisation', csv([head, ...firms]))

  // hr: four certificates. Persons 11 and 12 are physicians, 12 twice (two certificates), 13 is a tour guide:
  // physicians 2, tour guides 1, lawyers 0.
  const certificates = [
    [11, '医师'],
    [12, '医师'],
    [12, '医师'],
    [13, '导游'],
  ].map(([index, profession], at) => [
    '测甲',
    citizenNumber(Number(index)),
    String(profession),
    '资格证书',
    `证${at}号`,
    '2026-02-25',
    '衡州市人社局',
    '有效',
  ])
  await send(hr, 'qualification', csv([['XM', 'ZJHM', 'ZYLB', 'ZSMC', 'ZSBH', 'FZRQ', 'FZJG', 'ZT'], ...certificates]))

  // two objections on 2 March to records of market, due within three working days: 5 March. One is decided on the 4th, in
  // time; nobody answers the other, and from the 11th on silence suspends the record.
  await liveOn(city, '2026-03-02')
  const people = [await city.person(rows[0]?.number), await city.person(rows[1]?.number)]
  const cases: string[] = []
  for (const person of people) {
    const { id } = (await person.call('myArchive')).body.records[0]
    const body = { machine: 'objection', kind: 'open', record: id, content: { statement: '与事实不符' } }
    const made = await person.call('startMyCase', { body })
    assert.equal(made.status, 200, made.text)
    cases.push(made.body.case)
  }
  await liveOn(city, '2026-03-04')
  const decision = { kind: 'reject', step: 1, content: { reason: '经核查属实', basis: '《信用承诺管理办法》' } }
  const decided = await marketReviewer.call('stepCase', { params: { case: cases[0] ?? '' }, body: decision })
  assert.equal(decided.status, 200, decided.text)

  // registers of the groups: eight physicians (2/8), one tour guide (1/1); of lawyers there is none yet
  const register = (about: string, count: number) => ({ kind: 'register', about, content: { count } })
  await admin.call('addEntry', { body: register('physicians', 10) })
  const wrong = (await admin.call('supervisionArea', { params: { area: 'coverage' } })).body.entries[0].num
  const corrected = { ...register('physicians', 8), replaces: wrong }
  assert.equal((await admin.call('addEntry', { body: corrected })).status, 200)
  await admin.call('addEntry', { body: register('tour-guides', 1) })

  // hz-2 is market's alone: due 30 June and 15 December, nothing said yet
  await liveOn(city, '2026-03-12')
  const of = async (query = {}) => {
    const answer = await admin.call('bulletin', { query })
    assert.equal(answer.status, 200, answer.text)
    return answer.body
  }
  const bulletin = await of()
  const line = (id: string) => bulletin.units.find(({ unit }: { unit: { id: string } }) => unit.id === id)
  const { unit: _, tasks, ...sent } = line('demo-market')
  assert.deepEqual(sent, {
    submissions: 1,
    rows: 5,
    accepted: 4,
    accuracy: 0.8,
    completeness: 0.6364,
    timeliness: 0.75,
    wrongCodes: 0.2,
    // opened 2, closed 1 in time, one late and silent: 1/2
    cases: { opened: 2, closed: 1, inTime: 1, late: 1, silent: 1 },
    termsKept: 0.5,
  })
  assert.equal(tasks.done + tasks.underWay + tasks.blocked, 0)
  assert.equal(line('demo-hr').timeliness, 1)
  assert.equal(line('demo-approval').accuracy, 0.8)
  assert.deepEqual(bulletin.codes, {
    rows: 5,
    wrong: 1,
    wrongRate: 0.2,
    organisations: 4,
    doubled: 2,
    doubledRate: 0.5,
    target: 0.0001,
  })
  const group = (id: string) => {
    const found = bulletin.coverage.find((one: { group: { id: string } }) => one.group.id === id)
    return [found.people, found.register, found.share]
  }
  assert.deepEqual(group('physicians'), [2, 8, 0.25])
  assert.deepEqual(group('tour-guides'), [1, 1, 1])
  assert.deepEqual(group('lawyers'), [0, undefined, undefined])
  // G4, B12: what nobody asked for by its value does not come out of the records this way, whichever slot is asked
  const slots = await city.system.pool.query(
    `select c.value from generate_series(1, 12) k, xinheng.count_by_value(array(select num from xinheng.item),
      array(select k::smallint from xinheng.item), '{医师,没有}') c`,
  )
  assert.ok(
    slots.rows.every(({ value }: { value: string }) => value === '医师'),
    String(slots.rows.length),
  )
  // nothing was sent before 1 March, and no case opened
  const earlier = await of({ until: '2026-03-01' })
  assert.deepEqual([earlier.quality, earlier.cases, earlier.codes.rows], [[], [], 0])
  // one unit's: its line, its groups
  const hrs = await of({ unit: 'demo-hr' })
  assert.deepEqual(
    hrs.units.map(({ unit }: { unit: { id: string } }) => unit.id),
    ['demo-hr'],
  )
  assert.equal((await admin.call('bulletin', { query: { unit: 'no-such-unit' } })).body.code, 'unknown-unit')

  // ── issued ──
  const period = { from: '2026-03-01', until: '2026-03-12', note: '请市场监管部门尽快答复异议。' }
  assert.equal((await market.call('draftBulletin', { body: period })).body.code, 'office-only')
  const late = { ...period, until: '2099-01-01' }
  assert.equal((await admin.call('draftBulletin', { body: late })).body.code, 'bulletin-period')
  const draft = await admin.call('draftBulletin', { body: period })
  assert.equal(draft.status, 200, draft.text)
  const params = { num: draft.body.num }
  // a draft is the office's alone
  assert.deepEqual((await market.call('bulletins')).body.bulletins, [])
  assert.equal((await market.call('bulletinIssue', { params })).status, 404)
  assert.equal((await reviewer.call('bulletins')).body.bulletins[0].state, 'draft')
  const publish = { params, body: { kind: 'publish' } }
  assert.equal((await admin.call('decideBulletin', publish)).body.code, 'own-bulletin')
  assert.equal((await marketReviewer.call('decideBulletin', publish)).body.code, 'office-only')
  const reject = { params, body: { kind: 'reject' } }
  assert.equal((await reviewer.call('decideBulletin', reject)).body.code, 'reason-missing')
  assert.equal((await reviewer.call('decideBulletin', publish)).status, 200)
  assert.equal((await reviewer.call('decideBulletin', publish)).body.code, 'bulletin-decided')
  assert.equal((await market.call('bulletins')).body.bulletins[0].number, 1)

  // what is known later changes the live figures, never what was issued
  const step = { params: { case: cases[1] ?? '' }, body: decision }
  assert.equal((await marketReviewer.call('stepCase', step)).status, 200)
  assert.equal((await of()).units.find((one: any) => one.unit.id === 'demo-market').cases.silent, 0) // oxlint-disable-line typescript/no-explicit-any -- as it came
  const issued = (await market.call('bulletinIssue', { params })).body
  const kept = issued.figures.units.find(({ unit }: { unit: { id: string } }) => unit.id === 'demo-market')
  assert.deepEqual([kept.cases.silent, kept.termsKept, issued.bulletin.note], [1, 0.5, period.note])
  const { rows: bytes } = await city.owner.query('select figures, digest from xinheng.bulletin')
  assert.equal(createHash('sha256').update(bytes[0].figures).digest('hex'), issued.bulletin.digest)
  assert.deepEqual(bytes[0].digest.toString('hex'), issued.bulletin.digest)

  // the walls: the application can neither read, write nor change bulletins but by their functions
  for (const statement of [
    'select figures from xinheng.bulletin',
    `update xinheng.bulletin set note = ''`,
    `insert into xinheng.bulletin_step (bulletin, kind, author, actor, reason) values (1, 'publish', 1, 2, '')`,
    'delete from xinheng.bulletin_step',
  ])
    await assert.rejects(city.system.pool.query(statement), /permission denied/, statement)
  // and whoever may insert cannot have their own bulletin issued by themselves, nor a second time by anybody
  await admin.call('draftBulletin', { body: period })
  const steps = (author: number, actor: number) =>
    city.owner.query(
      `insert into xinheng.bulletin_step (bulletin, kind, author, actor, reason) values (2, 'publish', $1, $2, '')`,
      [author, actor],
    )
  await assert.rejects(steps(admin.account, admin.account), /bulletin_step_check/)
  await assert.rejects(steps(market.account, reviewer.account), /bulletin_step_bulletin_author_fkey/)
  await steps(admin.account, reviewer.account)
  await assert.rejects(steps(admin.account, reviewer.account), /bulletin_step_pkey/)
})
