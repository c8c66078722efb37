import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sqlState } from '#store/db.ts'
import { asApp, FIRM } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { at, enter, OWES, ownStepOf, SAFETY, stepOf, withLists } from './listing.fixture.ts'

test('G6: an entry goes its whole way: told, proven, heard, determined by another after the full window; shown from that day, its measures sent', async (t) => {
  const { city, clerk, reviewer, propose } = await withLists(t, 'tj-emergency')
  const person = await city.person(SAFETY.number)
  const look = async () => (await city.lookUp(SAFETY.number)).body.records
  const made = await propose(SAFETY)
  assert.equal(made.status, 200, made.text)
  const id = made.body.case as string
  assert.match(made.body.entry, /^2026-\d{6}$/)
  // nothing is held against anybody by a proposal
  assert.deepEqual(await look(), [])
  assert.equal((await person.call('myArchive')).body.records.length, 0)
  const opened = await clerk.call('openCase', { params: { case: id } })
  assert.ok(!opened.text.includes(SAFETY.number) && !opened.text.includes(SAFETY.name))
  assert.equal((await propose(SAFETY)).body.code, 'listed-already')

  assert.equal((await stepOf(clerk, id, 1, 'serve', { document: '回证' })).body.code, 'step-not-possible')
  assert.equal((await stepOf(clerk, id, 1, 'notify')).body.code, 'step-says-too-little')
  assert.equal((await stepOf(clerk, id, 1, 'notify', { facts: '未按规定设置防护' })).status, 200)
  const told = (await person.call('myCases')).body.cases[0].steps[1].content
  assert.match(told.basis, /安全生产法/)
  assert.match(told.outcome, /陈述、申辩/)
  // no paper, not read: nothing proves that it was served; read in the inbox, that does
  assert.equal((await stepOf(clerk, id, 2, 'serve')).body.code, 'step-says-too-little')
  await city.system.pool.query('select count(*) from xinheng.notices_self($1::integer, $2::uuid)', [
    person.account,
    city.subjectOf(SAFETY.number),
  ])
  const served = await stepOf(clerk, id, 2, 'serve')
  assert.equal(served.status, 200, served.text)
  const [mine] = (await person.call('myCases')).body.cases
  assert.match(mine.steps[2].content.document, /站内查阅/)
  assert.equal(mine.state.window, '2026-03-16')

  const determine = { reason: '情节严重', document: '应急列字〔2026〕1号' }
  assert.equal((await stepOf(reviewer, id, 3, 'determine', determine)).body.code, 'window-not-over')
  assert.equal((await ownStepOf(person, id, 3, 'state', { statement: '防护已设置' })).status, 200)
  assert.equal((await ownStepOf(person, id, 4, 'ask-hearing')).status, 200)
  await city.setTime(at('2026-03-17'))
  assert.equal((await stepOf(reviewer, id, 5, 'determine', determine)).body.code, 'step-not-possible')
  assert.equal((await stepOf(clerk, id, 5, 'hear', { facts: '听证笔录', day: '2026-03-17' })).status, 200)
  assert.equal((await stepOf(clerk, id, 6, 'determine', determine)).body.code, 'not-allowed')
  assert.equal((await stepOf(reviewer, id, 6, 'determine', { document: 'x' })).body.code, 'reason-missing')
  const done = await stepOf(reviewer, id, 6, 'determine', determine)
  assert.equal(done.status, 200, done.text)

  const [record] = await look()
  assert.equal(record.item, 'list-entry-person')
  assert.equal(record.decided, '2026-03-17')
  assert.equal(record.until, '2029-03-17')
  assert.ok(record.values.includes(made.body.entry) && record.values.includes('未按规定设置防护'))
  await city.setTime(at('2026-03-17', '11:00'))
  const [own] = (await person.call('myArchive')).body.records
  assert.equal(own.document, '应急列字〔2026〕1号')
  const cases = (await person.call('myCases')).body.cases
  const listing = cases.find((one: { machine: string }) => one.machine === 'listing')
  assert.equal(listing.steps[6].content.remedies.length, 2)
  const tasks = cases.filter((one: { machine: string }) => one.machine === 'measure')
  assert.ok(tasks.length > 3 && tasks.every((one: { target: string }) => one.target === id))
})

test('G6: the same person does not decide what they proposed; two determiners at once are one determination', async (t) => {
  const { city } = await withLists(t, 'tj-emergency')
  const both = await city.as(['clerk', 'reviewer'], 'tj-emergency')
  const made = await both.call('propose', { body: { ...SAFETY, facts: '事实' } })
  const id = made.body.case as string
  await stepOf(both, id, 1, 'notify', { facts: '事实' })
  await stepOf(both, id, 2, 'serve', { document: '回证' })
  await city.setTime(at('2026-04-01'))
  const content = { reason: '情节严重', document: '应急列字〔2026〕2号' }
  assert.equal((await stepOf(both, id, 3, 'determine', content)).body.code, 'not-allowed')
  const two = await Promise.all(
    [await city.as('reviewer', 'tj-emergency'), await city.as('reviewer', 'tj-emergency')].map((one) =>
      stepOf(one, id, 3, 'determine', content),
    ),
  )
  assert.equal(two.filter(({ status }) => status === 200).length, 1, two.map(({ text }) => text).join())
  assert.equal((await city.lookUp(SAFETY.number)).body.records.length, 1)
  assert.equal(await city.count('listing_entry'), 1)
})

test('an entry ends: removed by a way its list has, and with it everything; or at its term; and is not reported by anybody', async (t) => {
  const { city, reviewer } = await withLists(t, 'tj-emergency')
  const { id, step } = await enter(city, 'tj-emergency', SAFETY, '2026-03-17')
  const person = await city.person(SAFETY.number)
  const wrong = await stepOf(reviewer, id, step, 'remove', { reason: '已整改', outcome: 'source' })
  assert.equal(wrong.body.code, 'removal-ground')
  const gone = await stepOf(reviewer, id, step, 'remove', { reason: '认定撤销', outcome: 'revocation' })
  assert.equal(gone.status, 200, gone.text)
  assert.deepEqual((await city.lookUp(SAFETY.number)).body.records, [])
  await city.setTime(at('2026-03-17', '11:00'))
  assert.equal((await person.call('myArchive')).body.records[0].state, 'removed')
  const again = await enter(city, 'tj-emergency', SAFETY, '2026-06-17')
  assert.notEqual(again.id, id)
  await city.setTime('2029-06-16T23:59:59.999+08:00')
  assert.equal((await city.lookUp(SAFETY.number)).body.records.length, 1)
  await city.setTime('2029-06-17T00:00:00+08:00')
  assert.deepEqual((await city.lookUp(SAFETY.number)).body.records, [])

  const sent = await city.report(
    { item: 'list-entry-person', number: citizenNumber(9), decided: '2026-03-01' },
    'tj-emergency',
  )
  assert.equal(sent.body.code, 'entry-by-file')
})

test('who may be proposed: own lists and criteria, of age, and office-holders only beside their organisation (R41)', async (t) => {
  const { city, propose } = await withLists(t, 'demo-hr')
  const codes = async (whom: Parameters<typeof propose>[0]) => (await propose(whom)).body.code
  assert.equal(await codes({ ...SAFETY }), 'list-not-here')
  assert.equal(await codes({ ...OWES, criterion: 'food-grave' }), 'list-not-here')
  assert.equal(await codes({ ...OWES, number: citizenNumber(1), kind: 'citizen' }), 'list-not-here')
  const boss = { list: 'serious-wages-person', criterion: 'wages-responsible', number: citizenNumber(3), name: '测丙' }
  assert.equal(await codes(boss), 'officer-not-named')
  const firm = await enter(city, 'demo-hr', OWES, '2026-03-17')
  const beside = await propose({ ...boss, of: firm.id })
  assert.equal(beside.status, 200, beside.text)
  // a law that names nobody reaches nobody
  const safety = await enter(
    city,
    'tj-emergency',
    { ...OWES, list: 'serious-work-safety-organisation', criterion: 'work-safety-organisation' },
    '2026-03-17',
  )
  assert.equal(await codes({ ...boss, number: citizenNumber(4), of: safety.id }), 'officer-not-named')
  assert.equal((await city.lookUp(FIRM)).body.records.length, 2)
})

test('R39: rectification by a date and interviews are steps before the notice and on the list', async (t) => {
  const { city, clerk, propose } = await withLists(t, 'tj-emergency')
  const id = (await propose(SAFETY)).body.case as string
  const meet = { facts: '提醒约谈', day: '2026-03-02' }
  assert.equal((await stepOf(clerk, id, 1, 'interview', meet)).status, 200)
  assert.equal((await stepOf(clerk, id, 2, 'rectify', { facts: '三十日内整改' })).status, 200)
  const [waiting] = (await clerk.call('caseQueue', { query: { machine: 'listing' } })).body.cases
  assert.equal(waiting.due, '2026-04-01')
  const dropped = await stepOf(clerk, id, 3, 'drop', { reason: '已整改到位' })
  assert.equal(dropped.status, 200, dropped.text)
  const { id: listed, step } = await enter(city, 'tj-emergency', SAFETY, '2026-05-17')
  assert.equal((await stepOf(clerk, listed, step, 'meet', { facts: '警示约谈', day: '2026-05-17' })).status, 200)
  assert.equal((await stepOf(clerk, listed, step + 1, 'supervise', { facts: '限期整改' })).status, 200)
  assert.equal((await city.lookUp(SAFETY.number)).body.records.length, 1)
})

test('the board of a unit: each entry in its stage, read from the clock; nothing of anybody, and nothing of another unit', async (t) => {
  const { city, clerk, reviewer, propose } = await withLists(t, 'tj-emergency')
  const id = (await propose(SAFETY)).body.case as string
  const lines = async (client = clerk) => (await client.call('listingBoard')).body.entries
  const stage = async () => (await lines())[0].stage
  assert.equal(await stage(), 'examined')
  assert.equal((await lines())[0].mine, true)
  assert.equal((await lines(reviewer))[0].mine, false)
  await stepOf(clerk, id, 1, 'notify', { facts: '未按规定设置防护' })
  assert.equal(await stage(), 'told')
  await stepOf(clerk, id, 2, 'serve', { document: '送达回证' })
  await city.setTime(at('2026-03-16'))
  assert.equal(await stage(), 'heard')
  // the day after the window, with nothing run
  await city.setTime(at('2026-03-17'))
  assert.equal(await stage(), 'decidable')
  await stepOf(reviewer, id, 3, 'determine', { reason: '情节严重', document: '应急列字〔2026〕9号' })
  const [listed] = await lines()
  assert.deepEqual([listed.stage, listed.until], ['in-force', '2029-03-17'])
  const text = (await clerk.call('listingBoard')).text
  assert.ok(!text.includes(SAFETY.number) && !text.includes(SAFETY.name))
  assert.deepEqual(await lines(await city.staff('clerk', 'demo-hr')), [])
  await city.setTime(at('2029-03-17'))
  assert.equal(await stage(), 'ended')
})

test('B5: an entry refuted for mistaken identity does not come back on the same facts or evidence, proposed or told; the earlier decision is quoted, and the person sees it', async (t) => {
  const { city, clerk, reviewer, propose } = await withLists(t, 'tj-emergency')
  const whom = { ...SAFETY, facts: '未按规定设置防护栏', document: '应急查〔2026〕1号' }
  const { id } = await enter(city, 'tj-emergency', whom, '2026-03-17')
  const person = await city.person(SAFETY.number)
  const objection = await person.call('startMyCase', {
    body: {
      machine: 'objection',
      kind: 'contest',
      target: id,
      content: { statement: '不是本人', outcome: 'identity' },
    },
  })
  assert.equal(objection.status, 200, objection.text)
  const upheld = await stepOf(reviewer, objection.body.case, 1, 'uphold-withdraw', { reason: '身份比对有误' })
  assert.equal(upheld.status, 200, upheld.text)
  assert.deepEqual((await city.lookUp(SAFETY.number)).body.records, [])

  await city.setTime(at('2026-03-18'))
  const codes = async (more: object) => (await propose({ ...whom, ...more })).body.code
  const again = await propose(whom)
  assert.equal(again.body.code, 'refuted-before', again.text)
  const file = (objection.body.case as string).split('.')[1]
  assert.match(again.body.message.zh, new RegExp(`条目2026-\\d{6}，2026-03-17第${file}号案决定`))
  assert.ok(!again.text.includes(SAFETY.number) && !again.text.includes(SAFETY.name))
  // in other dress they are the same facts, the same evidence
  assert.equal(await codes({ facts: ' 未按规定，设置防护栏。', document: '应急查〔2026〕7号' }), 'refuted-before')
  assert.equal(await codes({ facts: '另一处未设置防护', document: '应急查(2026)1号' }), 'refuted-before')
  assert.equal(await codes({ facts: '另一处未设置防护', document: undefined }), 'refuted-before', 'no new evidence')
  // new facts on new evidence are another matter; but the old ones are not told instead
  const fresh = await propose({ ...whom, facts: '另一处未设置防护', document: '应急查〔2026〕9号' })
  assert.equal(fresh.status, 200, fresh.text)
  const tell = (facts: string) => stepOf(clerk, fresh.body.case, 1, 'notify', { facts })
  const told = (await tell(whom.facts)).body
  assert.equal(told.code, 'refuted-before')
  assert.match(told.message.zh, /条目2026-/, 'quoted here too')
  assert.equal((await tell('另一处未设置防护')).status, 200)
  // somebody else with the same facts is somebody else
  assert.equal((await propose({ ...whom, number: citizenNumber(7) })).status, 200)
  const looks = (await person.call('myAccesses', { query: { limit: 100 } })).body.accesses as { matter: string }[]
  assert.equal(looks.filter(({ matter }) => matter.startsWith('refuted ')).length, 5)
})

test('B5, wall: neither a proposal nor a notice commits without what it rests on, nor on what was refuted, whoever inserts', async (t) => {
  const { city, clerk, reviewer } = await withLists(t, 'tj-emergency')
  const { id } = await enter(city, 'tj-emergency', SAFETY, '2026-03-17')
  const person = await city.person(SAFETY.number)
  const objection = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'contest', target: id, content: { statement: '不是本人' } },
  })
  await stepOf(reviewer, objection.body.case, 1, 'uphold-withdraw', { reason: '身份比对有误' })
  const subject = city.subjectOf(SAFETY.number)
  const { reference } = city.system
  const { rows } = await city.owner.query<{ facts: Buffer }>('select facts from xinheng.listing_ground limit 1')
  const [refuted, fresh] = [rows[0]?.facts, Buffer.alloc(16, 7)]
  const take = async (facts: Buffer | undefined) => {
    const client = await city.system.pool.connect()
    try {
      await client.query('begin')
      const taken = await client.query<{ outcome: number; listed: number; ground: number | null }>(
        `with s as materialized (select * from xinheng.take_step($1::integer, $2::uuid, 'listing', 'propose', null, null, $3::bigint,
           $4::smallint, 0, $5::smallint, null, null, null, '', '{}', '{}'))
         select s.outcome, xinheng.enter_listing($2::uuid, s.num, 'serious-work-safety-person', 'work-safety-person', 'x', true, null, null) as listed,
           case when $6::bytea is not null then xinheng.enter_ground($2::uuid, s.num, $6::bytea, '\\x00000000000000000000000000000001') end as ground
         from s`,
        [clerk.account, subject, 7n << 10n, reference.unitNum.get('tj-emergency'), reference.packNum, facts ?? null],
      )
      assert.deepEqual([taken.rows[0]?.outcome, taken.rows[0]?.listed], [0, 0])
      await client.query('set constraints all immediate')
      return taken.rows[0]?.ground
    } catch (error) {
      return sqlState(error)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  assert.equal(await take(undefined), '23503', 'nothing said: the key refuses')
  assert.equal(await take(refuted), '23503', 'refuted before: not entered, and so the key refuses')
  assert.equal(await take(fresh), 0)
  await assert.rejects(asApp(city, {}, 'select from xinheng.listing_ground'), { code: '42501' })
})
