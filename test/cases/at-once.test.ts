import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellUntold } from '#store/recall.ts'
import type { Answer, Client } from '#test/api.ts'
import { withCity, valuesOf, MATTER } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { at, deskOf, enter, SAFETY, stepOf } from './listing.fixture.ts'

// Two at once, on real connections: one after the other, nothing lost, nothing done twice. Each pair is tried several times,
// since who comes first is chance.

const ROUNDS = 6
const FINE = { item: 'penalty-person', decided: '2026-03-02', values: { CF_CFLB: '03', CF_CFJGDM: '' } }
const ok = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 200).length
const SAYS = { facts: '罚款已缴清', statement: '承诺守法经营' }

/** People with a penalty each, which may be repaired, and the two who decide on it. */
async function withPenalties(t: Parameters<typeof withCity>[0], count: number) {
  const city = await withCity(t, { poolSize: 12 })
  await city.setTime(at('2026-03-10'))
  const people: { number: string; client: Client; id: string }[] = []
  for (let index = 1; index <= count; index += 1) {
    const number = citizenNumber(index)
    const sent = await city.report({ ...FINE, number, document: `衡罚〔2026〕${index}号` })
    assert.equal(sent.body.new, 1, sent.text)
    const client = await city.person(number)
    people.push({ number, client, id: '' })
  }
  await city.setTime(at('2026-06-10'))
  for (const one of people) one.id = (await one.client.call('myArchive')).body.records[0].id
  const source = city.sourceOf('penalty-person')
  const reviewers = await Promise.all([city.as('reviewer', source), city.as('reviewer', source)])
  const start = (one: (typeof people)[number], machine: string, kind: string) =>
    one.client.call('startMyCase', {
      body: { machine, kind, record: one.id, content: machine === 'repair' ? SAYS : { statement: '不符' } },
    })
  return { city, people, reviewers, start, source }
}
const casesOf = async ({ client }: { client: Client }) => (await client.call('myCases')).body.cases

test('two decide at once, the opposite of each other: one decision, and everything as that one says', async (t) => {
  const { city, people, reviewers, start } = await withPenalties(t, ROUNDS)
  for (const one of people) {
    await city.lookUp(one.number)
    const { case: id } = (await start(one, 'objection', 'open')).body
    const [a, b] = reviewers
    assert.ok(a && b)
    const both = await Promise.all([
      stepOf(a, id, 1, 'uphold-withdraw', { reason: '身份核对有误' }),
      stepOf(b, id, 1, 'reject', { reason: '属实', basis: '《办法》' }),
    ])
    assert.equal(ok(both), 1, both.map(({ text }) => text).join())
    assert.match(both.find(({ status }) => status !== 200)?.body.code, /step-taken-first|step-not-possible/)
    const [mine] = await casesOf(one)
    assert.equal(mine.steps.length, 2)
    const refuted = mine.state.kind === 'uphold-withdraw'
    assert.equal((await city.lookUp(one.number)).body.records.length, refuted ? 0 : 1)
    assert.equal((await one.client.call('myRecalls')).body.recalls.length, refuted ? 1 : 0)
  }
})

test('a decision while an objection, a review or another decision arrives: each stands or is refused, none is lost', async (t) => {
  const { city, people, reviewers, start } = await withPenalties(t, ROUNDS)
  for (const one of people) {
    const { case: id } = (await start(one, 'objection', 'open')).body
    const [a] = reviewers
    assert.ok(a)
    const [decided, again, lodged, repair] = await Promise.all([
      stepOf(a, id, 1, 'uphold-withdraw', { reason: '身份核对有误' }),
      start(one, 'objection', 'open'),
      start(one, 'review', 'lodge'),
      start(one, 'repair', 'apply'),
    ])
    assert.equal(decided.status, 200, decided.text)
    const came = [again, lodged, repair].filter(({ status }) => status === 200).length
    const cases = await casesOf(one)
    assert.equal(cases.length, 1 + came)
    assert.equal(lodged.status, 200, lodged.text)
    // the record has ended whichever came first, and nobody is shown it
    assert.deepEqual((await city.lookUp(one.number)).body.records, [])
    assert.equal((await one.client.call('myArchive')).body.records[0].state, 'refuted')
  }
})

test('repair granted while a correction arrives: both happen; repaired for good, the corrected version too, and both are told', async (t) => {
  const { city, people, reviewers, start } = await withPenalties(t, ROUNDS)
  const [a, b] = reviewers
  assert.ok(a && b)
  for (const [round, one] of people.entries()) {
    await city.lookUp(one.number)
    const objection = (await start(one, 'objection', 'open')).body.case
    const repair = (await start(one, 'repair', 'apply')).body.case
    assert.equal((await stepOf(a, repair, 1, 'accept')).status, 200)
    const correct = () =>
      stepOf(a, objection, 1, 'uphold-correct', { reason: '金额有误', fields: { CF_NR: `罚款${round}` } })
    const grant = () => stepOf(b, repair, 2, 'grant', { reason: '义务已履行' })
    const both = await Promise.all(round % 2 === 0 ? [correct(), grant()] : [grant(), correct()])
    assert.equal(ok(both), 2, both.map(({ text }) => text).join())
    assert.deepEqual((await city.lookUp(one.number)).body.records, [])
    // what came in at an instant is on file after it
    await city.setTime(at('2026-06-10', `${11 + round}:00`))
    const { records } = (await one.client.call('myArchive')).body
    assert.deepEqual(
      records.map(({ version, state }: { version: number; state: string }) => [version, state]).toSorted(),
      [
        [1, 'repaired'],
        [2, 'repaired'],
      ],
    )
    const recalls = (await one.client.call('myRecalls')).body.recalls as {
      kind: string
      recipients: { unit: { id: string } }[]
    }[]
    const repaired = recalls.find(({ kind }) => kind === 'repaired')
    assert.ok(repaired?.recipients.some(({ unit }) => unit.id === 'demo-court'))
  }
})

test('G10: whoever is shown a record at the very moment it ends is told of the end', async (t) => {
  const { city, people, reviewers, start } = await withPenalties(t, ROUNDS)
  const units = [
    'demo-court',
    'demo-market',
    'demo-approval',
    'demo-hr',
    'demo-transport',
    'demo-housing',
    'demo-health',
  ]
  for (const unit of units) await city.staff('officer', unit)
  const [a] = reviewers
  assert.ok(a)
  // one that has seen the record and is not yet committed: the end waits for it
  const [held, ...others] = people
  assert.ok(held)
  const { case: waiting } = (await start(held, 'repair', 'apply')).body
  assert.equal((await stepOf(a, waiting, 1, 'accept')).status, 200)
  const court = await city.staff('officer', 'demo-court')
  const client = await city.system.pool.connect()
  await client.query('begin')
  await client.query('select outcome from xinheng.look_up($1::integer, $2::smallint, $3::text, $4::uuid)', [
    court.account,
    city.system.reference.purposeNum.get('judicial'),
    MATTER,
    city.subjectOf(held.number),
  ])
  const grant = { over: false }
  const granting = stepOf(a, waiting, 2, 'grant', { reason: '义务已履行' }).finally(() => (grant.over = true))
  for (let tries = 0; tries < 200 && !grant.over; tries += 1) {
    const { rows } = await city.owner.query(`select from pg_locks where locktype = 'advisory' and not granted`)
    if (rows.length > 0) break
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  await client.query('commit')
  client.release()
  assert.equal((await granting).status, 200)
  const [first] = (await held.client.call('myRecalls')).body.recalls
  assert.deepEqual(
    first.recipients.map(({ unit }: { unit: { id: string } }) => unit.id),
    ['demo-court'],
  )

  let shown = 0
  for (const one of others) {
    const { case: id } = (await start(one, 'repair', 'apply')).body
    assert.equal((await stepOf(a, id, 1, 'accept')).status, 200)
    const looks = units
      .flatMap((unit) => [unit, unit])
      .map(async (unit) => {
        const answer = await city.lookUp(one.number, {
          unit,
          purpose: unit === 'demo-court' ? 'judicial' : 'approval',
          matter: MATTER,
        })
        assert.equal(answer.status, 200, `${unit}: ${answer.text}`)
        return answer.body.records.length > 0 ? [unit] : []
      })
    const [granted, ...given] = await Promise.all([stepOf(a, id, 2, 'grant', { reason: '义务已履行' }), ...looks])
    assert.equal(granted.status, 200, granted.text)
    const [recall] = (await one.client.call('myRecalls')).body.recalls
    const told = recall.recipients.map(({ unit }: { unit: { id: string } }) => unit.id)
    shown += given.flat().length
    for (const unit of given.flat()) assert.ok(told.includes(unit), `${unit} was shown it and is not told`)
    assert.deepEqual((await city.lookUp(one.number)).body.records, [])
  }
  t.diagnostic(`${shown} of ${others.length * units.length * 2} look-ups came before the end`)
})

test('the same submission twice at once is one, by file and by record; a withdrawal beside it is not lost', async (t) => {
  const { city, source, people } = await withPenalties(t, 2)
  const [clerk, other] = await Promise.all([city.as('clerk', source), city.as('clerk', source)])
  assert.ok(clerk && other)
  for (let round = 0; round < ROUNDS; round += 1) {
    const facts = { ...FINE, number: citizenNumber(60 + round), document: `衡罚〔2026〕9${round}号` }
    const body = { item: FINE.item, key: `同一批${round}`, values: valuesOf(city, facts) }
    const before = await city.count('record')
    const both = await Promise.all([clerk.call('record', { body }), other.call('record', { body })])
    // whoever meets a running intake of the unit is told to come again, and then it is the same one
    const again = await clerk.call('record', { body })
    assert.equal(again.body.status, 'again', again.text)
    assert.ok(both.every(({ body: one }) => ['accepted', 'again'].includes(one.status) || one.code === 'intake-busy'))
    assert.equal((await city.count('record')) - before, 1)
  }
  const [one] = people
  assert.ok(one)
  const [sent, taken] = await Promise.all([
    clerk.call('record', {
      body: {
        item: FINE.item,
        values: valuesOf(city, {
          ...FINE,
          number: one.number,
          document: '衡罚〔2026〕1号',
          values: { ...FINE.values, CF_NR: '改' },
        }),
      },
    }),
    other.call('withdraw', {
      body: { item: FINE.item, number: one.number, naturalKey: ['衡罚〔2026〕1号', ''], reason: '误报' },
    }),
  ])
  assert.equal(taken.status, 200, taken.text)
  assert.ok(sent.status === 200 || sent.body.problems?.[0]?.code === 'refuted-earlier', sent.text)
  assert.deepEqual((await city.lookUp(one.number)).body.records, [])
})

test('two proposals on one person are one, two who carry out a measure are one, a removal beside it is not lost', async (t) => {
  const city = await withCity(t, { poolSize: 12 })
  await city.setTime(at('2026-03-02'))
  const { clerk, propose } = await deskOf(city, 'tj-emergency')
  const second = await city.as('clerk', 'tj-emergency')
  for (let round = 0; round < ROUNDS; round += 1) {
    const whom = { ...SAFETY, number: citizenNumber(20 + round) }
    const both = await Promise.all([propose(whom), second.call('propose', { body: { ...whom, facts: '事实' } })])
    assert.equal(ok(both), 1, both.map(({ text }) => text).join())
    assert.equal(both.find(({ status }) => status !== 200)?.body.code, 'listed-already')
  }
  assert.equal(await city.count('listing'), ROUNDS)
  assert.ok(clerk)
  for (let round = 0; round < 2; round += 1) {
    const whom = { ...SAFETY, number: citizenNumber(30 + round) }
    const entry = await enter(city, 'tj-emergency', whom, '2026-05-17')
    const person = await city.person(whom.number)
    const mine = async () => (await person.call('myMeasures')).body.measures
    const { case: task } = (await mine()).find((one: { unit: { id: string } }) => one.unit.id === 'demo-housing')
    const { reviewer } = await deskOf(city, 'tj-emergency')
    const housing = await Promise.all([city.as('reviewer', 'demo-housing'), city.as('reviewer', 'demo-housing')])
    assert.equal((await stepOf(housing[0] ?? reviewer, task, 1, 'respond')).status, 200)
    const [removed, ...carried] = await Promise.all([
      stepOf(reviewer, entry.id, entry.step, 'remove', { reason: '认定撤销', outcome: 'revocation' }),
      ...housing.map((one) => stepOf(one, task, 2, 'carry', { reason: '依法实施' })),
    ])
    assert.equal(removed.status, 200, removed.text)
    assert.ok(ok(carried) <= 1, carried.map(({ text }) => text).join())
    assert.ok((await mine()).every((one: { inForce: boolean; over?: string }) => !one.inForce && one.over === 'cause'))
  }
})

test('G10: whoever is shown a record while a file that corrects it comes in is told of the correction; nobody else, and nobody twice', async (t) => {
  const { city, people, source } = await withPenalties(t, 1)
  const [one] = people
  assert.ok(one)
  await city.lookUp(one.number, { unit: 'demo-approval', purpose: 'approval' })
  const court = await city.staff('officer', 'demo-court')
  const client = await city.system.pool.connect()
  await client.query('begin')
  await client.query('select outcome from xinheng.look_up($1::integer, $2::smallint, $3::text, $4::uuid)', [
    court.account,
    city.system.reference.purposeNum.get('judicial'),
    MATTER,
    city.subjectOf(one.number),
  ])
  const corrected = { ...FINE, number: one.number, document: '衡罚〔2026〕1号', decided: '2026-03-03' }
  const sending = city.report(corrected, source)
  for (let tries = 0; tries < 400; tries += 1) {
    const { rows } = await city.owner.query(`select from pg_locks where locktype = 'advisory' and not granted`)
    if (rows.length > 0) break
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  await client.query('commit')
  client.release()
  const sent = await sending
  assert.equal(sent.body.versions, 1, sent.text)
  const { recalls } = (await one.client.call('myRecalls')).body
  assert.equal(recalls.length, 1)
  assert.deepEqual(
    recalls[0].recipients.map(({ unit }: { unit: { id: string } }) => unit.id).toSorted(),
    ['demo-approval', 'demo-court'],
    'the one who had seen it before, and the one who was shown it meanwhile',
  )
})

test('G10: whoever takes a file of corrections in may be cut off before all are told: the file is in, and the next round tells them', async (t) => {
  const { city, people, source } = await withPenalties(t, 1)
  const [one] = people
  assert.ok(one)
  const court = await city.staff('officer', 'demo-court')
  const client = await city.system.pool.connect()
  await client.query('begin')
  await client.query('select outcome from xinheng.look_up($1::integer, $2::smallint, $3::text, $4::uuid)', [
    court.account,
    city.system.reference.purposeNum.get('judicial'),
    MATTER,
    city.subjectOf(one.number),
  ])
  const sending = city.report(
    { ...FINE, number: one.number, document: '衡罚〔2026〕1号', decided: '2026-03-03' },
    source,
  )
  // the connection that tells is cut off while it waits for the look-up under way
  let cut = 0
  for (let tries = 0; tries < 400 && cut === 0; tries += 1) {
    const { rowCount } = await city.owner.query(
      `select pg_terminate_backend(l.pid) from pg_locks l join pg_stat_activity a on a.pid = l.pid
       where l.locktype = 'advisory' and not l.granted and a.query like '%tell_corrected%'`,
    )
    cut = rowCount ?? 0
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  const sent = await sending
  await client.query('commit')
  client.release()
  assert.equal(cut, 1)
  assert.equal(sent.body.versions, 1, 'what is in is not answered as a failure')
  assert.equal((await one.client.call('myRecalls')).body.recalls.length, 0)
  assert.equal(await tellUntold(city.system.pool), 1)
  const told = async () =>
    (await one.client.call('myRecalls')).body.recalls.flatMap(
      ({ recipients }: { recipients: { unit: { id: string } }[] }) => recipients.map(({ unit }) => unit.id),
    )
  assert.deepEqual(await told(), ['demo-court'])
  // a look-up of what is corrected is not told of it for ever: what was gone through is gone through
  await city.lookUp(one.number, { unit: 'demo-approval', purpose: 'approval' })
  assert.equal(await tellUntold(city.system.pool), 0)
  assert.deepEqual(await told(), ['demo-court'])
  await assert.rejects(city.system.pool.query('select xinheng.recall_meanwhile(1, null, 1)'), /permission denied/)
  await assert.rejects(city.system.pool.query('update xinheng.correction_told set done = true'), /permission denied/)
})
