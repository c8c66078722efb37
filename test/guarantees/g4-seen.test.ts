import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { authorise } from '#test/api.ts'
import { citizenNumber } from '#test/people.ts'
import { FIRM, FIRM_NAME, MATTER, startOf, withCity, type City } from './city.fixture.ts'

// G4, B1: every look-up is seen. Its row is there before the first byte of the answer, whatever becomes of the caller.

const NUMBER = citizenNumber(1)
const RECORD = { item: 'permit-person', decided: '2026-03-01', number: NUMBER, name: '测甲' }

const rowsOf = async (city: City, number = NUMBER) =>
  (
    await city.owner.query<{
      num: string
      actor: number
      ground: number
      outcome: number
      shown: number
      matter: string
    }>('select num::text, actor, ground, outcome, shown, matter from xinheng.access where subject = $1 order by num', [
      city.subjectOf(number),
    ])
  ).rows

test('G4: the row of a look-up is committed when the first byte of its answer arrives, and when the caller hangs up', async (t) => {
  const city = await withCity(t)
  await city.report(RECORD)
  const officer = await city.staff('officer', 'demo-approval')
  const send = (matter: string) => {
    const body = JSON.stringify({ number: NUMBER, purpose: 'approval', matter })
    const socket = connect(Number(new URL(city.base).port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(
      `POST /api/v1/look-ups HTTP/1.1\r\nhost: x\r\ncookie: ${officer.cookie}\r\nx-csrf: ${officer.csrf}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
    return socket
  }
  for (const turn of [1, 2, 3, 4, 5]) {
    const socket = send(`甲${turn}`)
    await once(socket, 'data')
    const rows = await rowsOf(city)
    socket.destroy()
    assert.ok(rows.some(({ matter, outcome, shown }) => matter === `甲${turn}` && outcome === 0 && shown === 1))
  }
  // hung up as soon as it was asked: either it was never read, or it is in the log
  const before = (await rowsOf(city)).length
  const cut = send('乙')
  await new Promise((resolve) => setTimeout(resolve, 5))
  cut.destroy()
  await city.lookUp(NUMBER, { purpose: 'approval', unit: 'demo-approval', matter: '丙' })
  assert.ok((await rowsOf(city)).length - before >= 1)
})

test('G4: fifty at once leave fifty rows, and the person sees each: who, when, why, which fields', async (t) => {
  const city = await withCity(t)
  await city.report(RECORD)
  const person = await city.person(NUMBER)
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      city.lookUp(NUMBER, {
        purpose: 'approval',
        unit: 'demo-approval',
        matter: index % 5 === 0 ? '' : `第${index}号`,
      }),
    ),
  )
  assert.equal(answers.filter(({ status }) => status === 200).length, 40)
  assert.equal((await rowsOf(city)).length, 50)
  const seen = (await person.call('myAccesses', { query: { limit: 60 } })).body.accesses
  assert.equal(seen.length, 50)
  const shown = new Set(answers.flatMap(({ body }) => (body.access ? [body.access] : [])))
  assert.deepEqual(
    new Set(
      seen
        .filter((one: { outcome: string }) => one.outcome === 'answered')
        .map((one: { access: string }) => one.access),
    ),
    shown,
  )
  const one = seen.find((access: { matter: string }) => access.matter === '第1号')
  assert.deepEqual(
    { unit: one.unit.id, actor: one.actor.zh, purpose: one.purpose.id, ground: one.ground, shown: one.shown },
    { unit: 'demo-approval', actor: '测试账号', purpose: 'approval', ground: 'statutory', shown: 1 },
  )
  const legend = answers[1]?.body.items['permit-person'].fields.map((field: { name: { zh: string } }) => field.name.zh)
  assert.deepEqual(
    one.items[0].fields.map((field: { zh: string }) => field.zh),
    legend,
  )
  const refused = seen.find((access: { outcome: string }) => access.outcome === 'refused')
  assert.ok(refused.reason.zh && refused.shown === 0)
  // reading one's own is itself a row
  await person.call('myArchive')
  const own = (await rowsOf(city)).filter(({ ground }) => ground === 3)
  assert.deepEqual(
    own.map(({ actor, outcome }) => ({ actor, outcome })),
    [
      { actor: person.account, outcome: 0 },
      { actor: person.account, outcome: 0 },
    ],
  )
})

test('G4: withheld by statute: not there for the person until its day, counted in public, then there by itself', async (t) => {
  const city = await withCity(t)
  await city.report(RECORD)
  const person = await city.person(NUMBER)
  const today = Temporal.PlainDate.from(city.today())
  const until = today.add({ days: 20 }).toString()
  const withhold = (day: Temporal.PlainDate, of: Parameters<City['lookUp']>[1] = {}) =>
    city.lookUp(NUMBER, { ...of, withhold: { until: day.toString() } })
  assert.equal(
    (await withhold(today.add({ days: 20 }), { purpose: 'approval', unit: 'demo-approval' })).body.code,
    'withholding-not-allowed',
    'no statute lets it',
  )
  assert.equal((await withhold(today)).body.code, 'withholding-not-allowed', 'no day')
  assert.equal((await withhold(today.add({ months: 6, days: 1 }))).body.code, 'withholding-not-allowed', 'too long')
  const answer = await city.lookUp(NUMBER, { withhold: { until } })
  assert.equal(answer.status, 200, answer.text)
  const mine = async () =>
    (await person.call('myAccesses', { query: { limit: 100 } })).body.accesses.map(
      (one: { access: string }) => one.access,
    )
  const proof = () => person.call('myProof', { params: { access: answer.body.access } })
  assert.equal((await mine()).length, 3 + 0, 'the refused ones are not withheld')
  assert.ok(!(await mine()).includes(answer.body.access))
  assert.equal((await proof()).body.code, 'not-found')
  const counted = await city.nobody.call('withheldCount')
  assert.deepEqual(
    counted.body.withheld.map((one: { count: number }) => one.count),
    [1],
  )
  assert.match(counted.body.withheld[0].ground, /个人信息保护法第三十五条/)
  await city.setTime(Temporal.Instant.from(startOf(until)).subtract({ milliseconds: 1 }).toString())
  assert.ok(!(await mine()).includes(answer.body.access))
  await city.setTime(startOf(until))
  assert.ok((await mine()).includes(answer.body.access))
  assert.notEqual((await proof()).body.code, 'not-found')
  assert.deepEqual((await city.nobody.call('withheldCount')).body.withheld, [])
})

test('G4: a search is a row; a look-up that fails is a row; a review body’s and the auditor’s reading are rows', async (t) => {
  const city = await withCity(t)
  await city.report({ item: 'penalty-organisation', decided: city.today() })
  const officer = await city.staff('officer', 'demo-approval')
  const search = (matter: string) =>
    officer.call('organisations', { body: { name: FIRM_NAME.slice(0, 4), purpose: 'approval', matter } })
  assert.equal((await search(MATTER)).body.organisations[0]?.number, FIRM)
  assert.equal((await search('')).body.code, 'no-matter')
  const zero = '00000000-0000-0000-0000-000000000000'
  const searches = await city.owner.query(
    'select ground, outcome, shown from xinheng.access where subject = $1 order by num',
    [zero],
  )
  assert.deepEqual(searches.rows, [
    { ground: 6, outcome: 0, shown: 1 },
    { ground: 6, outcome: 3, shown: 0 },
  ])

  const auditor = await city.as('auditor')
  await auditor.call('unusual')
  const court = await city.as('court')
  await court.call('pastArchive', { body: { number: NUMBER, matter: MATTER } })
  const { rows } = await city.owner.query<{ actor: number }>(
    'select actor from xinheng.access where ground in (5, 6) order by num',
  )
  assert.deepEqual(
    rows.slice(-2).map(({ actor }) => actor),
    [auditor.account, court.account],
  )

  // what cannot be decoded or read in time: the gate's own row is rolled back, another stands for it
  await city.owner.query('alter table xinheng.record rename to record_away')
  const failed = await city.lookUp(NUMBER, { purpose: 'approval', unit: 'demo-approval' })
  assert.ok(failed.status >= 500)
  await city.owner.query('alter table xinheng.record_away rename to record')
  assert.deepEqual(
    (await rowsOf(city)).map(({ outcome }) => outcome),
    [0, 7],
  )
})

test('G4: at the worst instant, when the row of a look-up cannot be committed, nothing of the answer has come out, whoever reads', async (t) => {
  const city = await withCity(t)
  await city.report(RECORD)
  await city.report({ item: 'penalty-organisation', decided: city.today() })
  const AGENT = citizenNumber(3)
  const person = await city.person(NUMBER)
  const agent = await city.person(AGENT)
  const officer = await city.staff('officer', 'demo-approval')
  const counter = await city.staff('counter', 'demo-approval')
  const clerk = await city.staff('clerk', city.sourceOf(RECORD.item))
  const court = await city.as('court')
  await authorise(counter, {
    person: { number: NUMBER, name: '测甲' },
    representative: { number: AGENT, name: '测代' },
    kind: 'agent',
    document: '委托书',
    from: city.today(),
    until: '2099-01-01',
  })
  const represented = (await agent.call('myAuthorities')).body.held[0].person
  const { records } = (await person.call('myArchive')).body
  const STATEMENT = '与事实不符之处'
  const opened = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: records[0].id, content: { statement: STATEMENT } },
  })
  assert.equal(opened.status, 200, opened.text)
  const params = { case: opened.body.case }
  const purpose = { purpose: 'approval', matter: MATTER }
  const put = await person.call('putMyEvidence', { params, body: STATEMENT, headers: { 'content-type': 'text/plain' } })
  assert.equal(put.status, 200, put.text)
  const evidence = { ...params, evidence: put.body.evidence }
  // each with a word of its answer that must not come out
  const readings: [word: string, read: () => ReturnType<typeof person.call>][] = [
    ['衡字', () => officer.call('lookUp', { body: { number: NUMBER, ...purpose } })],
    [FIRM_NAME, () => officer.call('organisations', { body: { name: FIRM_NAME.slice(0, 4), ...purpose } })],
    ['衡字', () => court.call('pastArchive', { body: { number: NUMBER, matter: MATTER } })],
    ['衡字', () => person.call('myArchive')],
    ['衡字', () => agent.call('representedArchive', { params: { person: represented } })],
    [MATTER, () => person.call('myAccesses')],
    [STATEMENT, () => person.call('myCases')],
    [STATEMENT, () => clerk.call('openCase', { params })],
    [STATEMENT, () => person.call('myEvidenceFile', { params: evidence })],
    [STATEMENT, () => clerk.call('caseEvidenceFile', { params: evidence })],
  ]
  const count = async () =>
    (await city.owner.query<{ n: number }>('select count(*)::integer as n from xinheng.access where outcome = 0'))
      .rows[0]?.n
  for (const [word, read] of readings) {
    const { status, text } = await read()
    assert.ok(status === 200 && text.includes(word), `${word}: ${status} ${text.slice(0, 200)}`)
  }
  const before = await count()
  // the row is written, the answer has been sent to the application, and then the transaction fails, or its server is gone
  for (const worst of [`raise exception 'no room'`, 'perform pg_terminate_backend(pg_backend_pid()), pg_sleep(1)']) {
    await city.owner.query(`create or replace function public.worst() returns trigger language plpgsql as $$ begin
      if new.outcome = 0 then ${worst}; end if; return null; end $$`)
    await city.owner.query(`drop trigger if exists worst on xinheng.access;
      create constraint trigger worst after insert on xinheng.access deferrable initially deferred
        for each row execute function public.worst()`)
    for (const [word, read] of readings) {
      const { status, text } = await read()
      assert.ok(status >= 500, `${worst} ${word}: ${status} ${text.slice(0, 200)}`)
      for (const [said] of readings) assert.ok(!text.includes(said), `${worst} ${word}: ${text.slice(0, 200)}`)
    }
    assert.equal(await count(), before)
  }
  // a look-up that was tried left its own row
  assert.ok((await rowsOf(city)).some(({ outcome }) => outcome === 7))
  await city.owner.query('drop trigger worst on xinheng.access')
  for (const [, read] of readings) assert.equal((await read()).status, 200)
})
