import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCitizenNumber } from '#domain/identity/synthetic.ts'
import { isRefusal } from '#domain/refusal.ts'
import { createAccount } from '#operations/accounts.ts'
import { DATA_QUERIES } from '#store/verify-data.ts'
import { textOf, withReports } from '#test/report/report.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { asApp, startOf } from '#test/guarantees/city.fixture.ts'

const NUMBER = citizenNumber(1)
const NAME = '测甲乙'
const PENALTY = {
  item: 'penalty-person',
  decided: '2026-03-02',
  number: NUMBER,
  name: NAME,
  document: '衡罚〔2026〕9号',
}
const FORM = '窗〔2026〕0001号'
const open = (form: string, number = NUMBER) => ({ body: { number, document: 'identity-card', form } })

test('R25, G4: at the counter a present person has their file read, printed and contested, and sees every bit of it', async (t) => {
  const city = await withReports(t)
  await city.setTime('2026-04-01T02:00:00Z')
  await city.report(PENALTY)
  await city.setTime('2026-04-01T02:10:00Z')
  const counter = await city.staff('counter', 'demo-approval')
  const person = await city.person(NUMBER)
  const opened = await counter.call('openCounter', open(FORM))
  assert.equal(opened.status, 200, opened.text)
  const params = { presence: opened.body.presence as string }
  const archive = await counter.call('counterArchive', { params })
  assert.equal(archive.status, 200, archive.text)
  const [record] = archive.body.records
  assert.equal(record.document, PENALTY.document)
  assert.ok(!archive.text.includes(NUMBER))

  const report = await counter.call('counterReport', { params, body: { kind: 'personal' } })
  assert.equal(report.status, 200, report.text)
  const paper = textOf(await city.file(counter, report.body.report))
  for (const part of ['本人到场', '衡州市行政审批局', FORM, PENALTY.document])
    assert.ok(paper.replaceAll('\n', '').includes(part), part)
  const none = await counter.call('counterReport', {
    params,
    body: { kind: 'no-violations', from: '2024-01-01', to: '2026-03-01' },
  })
  assert.equal(none.status, 200, none.text)

  const filing = {
    machine: 'objection',
    kind: 'open',
    record: record.id,
    form: '窗〔2026〕0002号',
    content: { statement: '当日不在本市' },
  }
  const filed = await counter.call('counterStart', { params, body: filing })
  assert.equal(filed.status, 200, filed.text)
  const said = await counter.call('counterStart', {
    params,
    body: {
      machine: 'statement',
      kind: 'state',
      record: record.id,
      form: '窗〔2026〕0003号',
      content: { statement: '已提交异议' },
    },
  })
  assert.equal(said.status, 200, said.text)
  // where they want to be told: read masked, set on a form of its own; they are told of the change
  const set = (address: string, words = '窗〔2026〕0004号') =>
    counter.call('setCounterContact', { params, body: { channel: 'sms', address, form: words } })
  assert.equal((await counter.call('counterContacts', { params })).body.contacts[0].address, undefined)
  assert.equal((await set('123')).body.code, 'contact-unreadable')
  assert.equal((await set('13800138000', ' ')).body.code, 'form-missing')
  assert.equal((await set('13800138000')).body.contacts[0].address, '138****8000')
  assert.equal((await person.call('myContacts')).body.contacts[0].address, '138****8000')
  assert.ok(
    (await person.call('myNotices')).body.notices.some(({ text }: { text: { zh: string } }) =>
      text.zh.includes('0004号，登记了“短信”送达'),
    ),
  )
  assert.equal((await set('')).body.contacts[0].address, undefined)
  const presences = async () =>
    ((await person.call('myAccesses')).body.accesses as { ground: string }[]).filter(
      ({ ground }) => ground === 'presence',
    ).length
  const before = await presences()
  assert.equal((await counter.call('counterCases', { params })).body.cases.length, 2)
  assert.equal(await presences(), before + 1, 'their cases too are read on the ground of their presence')

  // the person: told at once; who looked, on which ground, by which form; the case, with the form they signed
  const looks = (await person.call('myAccesses')).body.accesses as {
    ground: string
    matter: string
    outcome: string
    unit: { id: string }
  }[]
  const atCounter = looks.filter(({ ground }) => ground === 'presence')
  assert.ok(atCounter.length >= 6, String(atCounter.length))
  for (const look of atCounter) {
    assert.equal(look.matter, FORM)
    assert.equal(look.unit.id, 'demo-approval')
  }
  const { notices } = (await person.call('myNotices')).body
  assert.ok(notices.some(({ text }: { text: { zh: string } }) => text.zh.includes(FORM)))
  const cases = (await person.call('myCases')).body.cases as {
    machine: string
    steps: { content: { form?: string } }[]
  }[]
  assert.match(cases.find(({ machine }) => machine === 'objection')?.steps[0]?.content.form ?? '', /0002号/)

  // no check of what is on file finds fault with a lawful counter; one that read without a presence is found
  for (const check of ['lookUpUnit', 'lookUpGround'] as const)
    assert.deepEqual((await city.owner.query(DATA_QUERIES[check])).rows, [], check)
  await city.owner.query('begin')
  await city.owner.query(`update xinheng.access set matter = '窗〔2026〕9999号' where ground = 7`)
  assert.ok((await city.owner.query(DATA_QUERIES.lookUpGround)).rows.length > 0)
  await city.owner.query('rollback')

  // it ends: with the person's leaving, with its time, with the next person
  assert.equal((await counter.call('closeCounter', { params })).status, 200)
  const over = async () => [
    (await counter.call('counterArchive', { params })).body.code,
    (await counter.call('counterStart', { params, body: filing })).body.code,
    (await counter.call('counterReport', { params, body: { kind: 'personal' } })).body.code,
    (await counter.call('counterCases', { params })).body.code,
    (await counter.call('counterContacts', { params })).body.code,
    (await set('13800138000')).body.code,
    (await counter.call('closeCounter', { params })).body.code,
  ]
  for (const code of await over()) assert.equal(code, 'presence-over')
  assert.equal(
    (await counter.call('reportFile', { params: { report: report.body.report }, body: {} })).body.code,
    'not-found',
  )
})

test('G3, wall: a presence is one person’s, one counter’s, one form’s, and half an hour’s', async (t) => {
  const city = await withReports(t)
  await city.setTime('2026-04-01T02:00:00Z')
  await city.report(PENALTY)
  await city.setTime('2026-04-01T02:10:00Z')
  const counter = await city.staff('counter', 'demo-approval')
  const other = await city.as('counter', 'demo-approval')
  const first = await counter.call('openCounter', open(FORM))
  const params = { presence: first.body.presence as string }
  const read = async (client = counter) => (await client.call('counterArchive', { params })).body.code
  assert.equal(await read(), undefined)
  await counter.call('setCounterContact', { params, body: { channel: 'sms', address: '13800138000', form: '窗7' } })
  // another's presence is not theirs, nor is it found by its number
  assert.equal(await read(other), 'presence-over')
  assert.equal((await other.call('closeCounter', { params })).body.code, 'presence-over')
  // the form has served; nobody without the role; both tries are in the log of the person
  assert.equal((await counter.call('openCounter', open(FORM))).body.code, 'form-used')
  assert.equal((await counter.call('openCounter', open('  '))).body.code, 'form-missing')
  assert.equal(
    (await counter.call('openCounter', { body: { number: '123', document: 'identity-card', form: 'x' } })).status,
    422,
  )
  const refused = await asApp<{ outcome: number }>(
    city,
    {},
    `select outcome from xinheng.open_presence($1::integer, $2::uuid, '窗9', 'passport', '{}', '{}')`,
    [(await city.staff('officer', 'demo-approval')).account, city.subjectOf(NUMBER)],
  )
  assert.equal(refused[0]?.outcome, 1)
  // the next person ends it: one counter has one person before it
  const next = await counter.call('openCounter', open('窗〔2026〕0002号', citizenNumber(2)))
  assert.equal(await read(), 'presence-over')
  // at the end of its half hour, with no job running
  const again = { presence: next.body.presence as string }
  await city.setTime('2026-04-01T02:39:59Z')
  assert.equal((await counter.call('counterArchive', { params: again })).status, 200)
  await city.setTime('2026-04-01T02:40:00Z')
  assert.equal((await counter.call('counterArchive', { params: again })).body.code, 'presence-over')
  // the database asks too: no contact is read or set for somebody who is not there
  const subject = city.subjectOf(NUMBER)
  const asked = await asApp<{ done: boolean }>(
    city,
    {},
    `select xinheng.set_contact_present($1::integer, $2::uuid, 'sms', '\\x01', '{}', '{}') as done`,
    [counter.account, subject],
  )
  assert.equal(asked[0]?.done, false)
  assert.deepEqual(
    await asApp(city, {}, 'select * from xinheng.contacts_present($1::integer, $2::uuid)', [counter.account, subject]),
    [],
  )
  for (const table of ['presence', 'presence_end'])
    await assert.rejects(asApp(city, {}, `select from xinheng.${table}`), /permission denied/)
  await assert.rejects(asApp(city, {}, 'insert into xinheng.presence (subject) values (null)'), /permission denied/)
})

test('wall: who stands at the counter files, and takes back or adds nothing in the name of the person; the notice of it is the operator’s to post', async (t) => {
  const city = await withReports(t)
  await city.setTime('2026-04-01T02:00:00Z')
  await city.report(PENALTY)
  await city.setTime('2026-04-01T02:10:00Z')
  // an objection of the person, against the unit whose clerk is at the counter too
  const person = await city.person(NUMBER)
  const [record] = (await person.call('myArchive')).body.records
  const started = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: record.id, content: { statement: '当日不在本市' } },
  })
  assert.equal(started.status, 200, started.text)
  const both = await city.as(['clerk', 'counter'], 'demo-market')
  assert.equal((await both.call('openCounter', open(FORM))).status, 200)
  const params = { case: started.body.case as string }
  const retracted = await both.call('stepCase', { params, body: { kind: 'retract', step: 1, content: {} } })
  assert.equal(retracted.body.code, 'not-allowed', retracted.text)
  const steps = (await person.call('myCases')).body.cases[0].steps as unknown[]
  assert.equal(steps.length, 1)
  // nor does it begin what no counter begins, whatever the application says
  const lodged = await asApp<{ outcome: number }>(
    city,
    {},
    `select outcome from xinheng.take_step($1, $2, 'review', 'lodge', null, null, $3, $4, 0, 1::smallint, null, null, null, '')`,
    [
      both.account,
      city.subjectOf(NUMBER),
      String(BigInt.asIntN(64, BigInt(record.id) << 10n)),
      city.system.reference.unitNum.get('demo-market'),
    ],
  )
  assert.equal(lodged[0]?.outcome, 1)
  assert.equal(
    (await person.call('stepMyCase', { params, body: { kind: 'retract', step: 1, content: {} } })).status,
    200,
  )

  // somebody without an account is told of the counter on paper: by the operator, and by no other unit's administrator
  await both.call('openCounter', open('窗〔2026〕0009号', citizenNumber(2)))
  await city.system.pool.query(`select * from xinheng.draw_notices('-infinity')`)
  const [elsewhere, operator] = [await city.as('admin', 'demo-tax'), await city.as('admin', 'demo-development')]
  const [letter] = (await operator.call('letters')).body.letters
  assert.ok(letter, 'the operator has it to print')
  assert.deepEqual((await elsewhere.call('letters')).body.letters, [])
  assert.equal((await elsewhere.call('letter', { params: { letter: letter.letter } })).body.code, 'not-found')
  assert.equal((await operator.call('letter', { params: { letter: letter.letter } })).status, 200)
})

test('R25, G2, G4: evidence at the counter is read on the form; who stands for somebody is recorded with the one who says so present; of a minor nothing is kept', async (t) => {
  const city = await withReports(t)
  await city.setTime('2026-04-01T02:00:00Z')
  await city.report(PENALTY)
  await city.setTime('2026-04-01T02:10:00Z')
  const person = await city.person(NUMBER)
  const [record] = (await person.call('myArchive')).body.records
  const started = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: record.id, content: { statement: '当日不在本市' } },
  })
  const both = await city.as(['clerk', 'counter'], 'demo-market')
  await both.call('openCounter', open(FORM))
  await both.call('caseEvidence', { params: { case: started.body.case } })
  const looks = (await person.call('myAccesses')).body.accesses as { ground: string; matter: string }[]
  assert.equal(
    looks.filter(({ ground, matter }) => ground === 'presence' && matter === FORM).length,
    2,
    'opened, and read',
  )
  for (const check of ['lookUpUnit', 'lookUpGround'] as const)
    assert.deepEqual((await city.owner.query(DATA_QUERIES[check])).rows, [], check)

  // an authority: given by whom it is about, in person; a guardianship shown by the guardian, in person
  const counter = await city.staff('counter', 'demo-approval')
  const other = { number: citizenNumber(2), name: '测乙' }
  const grant = (kind: string, whose = { number: NUMBER, name: NAME }, representative = other) =>
    counter.call('recordAuthority', {
      body: { person: whose, representative, kind, document: '委托书', from: '2026-04-01', until: '2026-05-01' },
    })
  assert.equal((await grant('agent')).body.code, 'presence-needed')
  await counter.call('openCounter', open('窗〔2026〕0101号', other.number))
  assert.equal((await grant('agent')).body.code, 'presence-needed', 'whom it is given to may not give it')
  assert.equal((await grant('guardian')).status, 200)
  await counter.call('openCounter', open('窗〔2026〕0102号'))
  assert.equal((await grant('agent')).status, 200)
  const ended = await counter.call('openCounter', open('窗〔2026〕0103号'))
  await counter.call('closeCounter', { params: { presence: ended.body.presence } })
  assert.equal((await grant('agent')).body.code, 'presence-needed', 'who has left is not present')
  const stands = await asApp<{ outcome: number }>(
    city,
    {},
    `select outcome from xinheng.grant_authority($1, $2, $3, 'agent', '2026-04-01', '2026-05-01', '', '{}', '{}')`,
    [counter.account, city.subjectOf(NUMBER), city.subjectOf(other.number)],
  )
  assert.equal(stands[0]?.outcome, 12)

  // of a minor: no presence, no authority, no account, no finding, and no row anywhere
  const minor = makeCitizenNumber({ division: '990101', birth: '2008-04-02', sequence: 7 })
  const counts = async () =>
    (
      await city.owner.query(
        `select (select count(*) from xinheng.presence) presence, (select count(*) from xinheng.access) access,
           (select count(*) from xinheng.notice) notice, (select count(*) from xinheng.authority) authority,
           (select count(*) from xinheng.action) action`,
      )
    ).rows
  const court = await city.as('court')
  const before = await counts()
  const answers = [
    await counter.call('openCounter', open('窗〔2026〕0104号', minor)),
    await grant('guardian', { number: minor, name: '测小' }),
    await court.call('recordCapacity', {
      body: { number: minor, content: { document: '（2026）衡0101民特7号', day: '2026-03-01' } },
    }),
  ]
  for (const { status, body, text } of answers) {
    assert.deepEqual([status, body.code], [422, 'nothing-of-minors'], text)
    assert.ok(!text.includes(minor))
  }
  assert.equal((await grant('guardian', other, { number: minor, name: '测小' })).body.code, 'minor')
  const account = await createAccount(
    city.system,
    { actor: null, db: city.owner },
    { name: 'minor', display: { zh: '测小', en: 'X' }, password: 'demo-password', kind: 'citizen', number: minor },
  )
  assert.ok(isRefusal(account) && account.code === 'nothing-of-minors')
  assert.deepEqual(await counts(), before)
  // and of age from the day after the eighteenth birthday on
  await city.setTime(startOf('2026-04-04'))
  assert.equal((await counter.call('openCounter', open('窗〔2026〕0105号', minor))).status, 200)
})
