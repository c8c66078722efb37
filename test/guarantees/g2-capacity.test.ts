import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorise } from '#test/api.ts'
import { citizenNumber } from '#test/people.ts'
import { asApp, FIRM, lastOfDayBefore, startOf, valuesOf, withCity, type City } from './city.fixture.ts'
import { findingsOf as everything } from './verify.fixture.ts'

// G2: about an adult whom a court has found without full civil capacity nothing adverse is shown, used or taken in, from that
// day on; a guardian acts for them.

const NUMBER = citizenNumber(1)
const GUARDIAN = citizenNumber(2)
const JUDGMENT = { document: '（2026）衡0101民特7号', day: '2026-03-04' }
const RESTORED = { document: '（2026）衡0101民特31号', day: '2026-04-01' }

const determine = async (city: City, kind: 'determine' | 'restore', of?: { case: string; step: number }) => {
  const court = await city.staff('court', 'demo-court')
  return of
    ? court.call('stepCase', { params: { case: of.case }, body: { kind, step: of.step, content: RESTORED } })
    : court.call('recordCapacity', { body: { number: NUMBER, content: JUDGMENT } })
}

const shown = async (city: City, number = NUMBER): Promise<string[]> => {
  const { body, text } = await city.lookUp(number)
  assert.ok(body.records, text)
  return body.records.map(({ item }: { item: string }) => item)
}

/** Accounts are opened by another clock than the one that is set here: not what is asked. */
const findingsOf = async (city: City) => (await everything(city)).filter((id) => id !== 'lookUpActor')

/** What becomes of one row, sent as a file. */
async function send(
  city: City,
  item: string,
  decided: string,
  document: string,
  number = NUMBER,
  dry = false,
  name = '测甲',
) {
  const clerk = await city.staff('clerk', city.sourceOf(item))
  const values = valuesOf(city, { item, number, decided, document, name })
  const file = [Object.keys(values), Object.values(values)].map((cells) => cells.join(',')).join('\n')
  const { body, status } = await clerk.call('intake', {
    query: { item, dryRun: dry },
    body: file,
    headers: { 'content-type': 'text/csv' },
  })
  return status === 200 ? body.status : body.problems.map((one: { code: string }) => one.code).join()
}

test('G2: from the day a court’s finding is recorded nothing adverse is shown, used or taken in, and the guardian acts; after its end what is left of the terms', async (t) => {
  const city = await withCity(t)
  await city.setTime(startOf('2026-03-03'))
  const penalty = {
    item: 'penalty-person',
    number: NUMBER,
    name: '测甲',
    decided: '2026-03-01',
    document: '衡罚〔2026〕1号',
  }
  for (const facts of [penalty, { ...penalty, document: '衡罚〔2026〕2号' }, { ...penalty, item: 'permit-person' }])
    assert.equal((await city.report(facts)).status, 200)
  assert.equal((await city.report({ ...penalty, number: GUARDIAN, name: '测监' })).status, 200)
  assert.deepEqual((await shown(city)).toSorted(), ['penalty-person', 'penalty-person', 'permit-person'])
  const person = await city.person(NUMBER)
  const guardian = await city.person(GUARDIAN)
  const counter = await city.staff('counter', 'demo-approval')

  // whose word it is, and of whom: a court's, of a person as such
  const clerk = await city.staff('clerk', 'demo-market')
  const start = { number: NUMBER, content: JUDGMENT }
  assert.equal((await clerk.call('recordCapacity', { body: start })).body.code, 'not-allowed')
  assert.equal((await counter.call('recordCapacity', { body: start })).body.code, 'not-allowed')
  const court = await city.staff('court', 'demo-court')
  assert.equal(
    (await court.call('recordCapacity', { body: { ...start, content: { day: '2026-03-04' } } })).body.code,
    'step-says-too-little',
  )
  await city.report({ item: 'penalty-organisation', decided: '2026-03-01' })
  assert.equal(
    (await court.call('recordCapacity', { body: { ...start, number: FIRM, kind: 'organisation' } })).body.code,
    'capacity-of-person',
  )

  await city.setTime(lastOfDayBefore('2026-03-05'))
  assert.equal((await shown(city)).length, 3)
  await city.setTime(startOf('2026-03-05'))
  const made = await determine(city, 'determine')
  assert.equal(made.status, 200, made.text)
  assert.equal((await determine(city, 'determine')).body.code, 'case-open-already')
  assert.deepEqual(await shown(city), ['permit-person'])
  assert.deepEqual(await shown(city, GUARDIAN), ['penalty-person'], 'of nobody else')

  // what follows from the finding is nobody's to take back
  const { cases } = (await person.call('myCases')).body
  const hiding = cases.find(({ machine }: { machine: string }) => machine === 'incapacity')
  const taken = await court.call('stepCase', {
    params: { case: hiding.case },
    body: { kind: 'resume', step: 1, content: {} },
  })
  assert.equal(taken.body.code, 'not-allowed', taken.text)

  // in: refused in every way, with a code of its own; what is not adverse comes in
  const refusedIn = [
    await send(city, 'penalty-person', '2026-03-05', '衡罚〔2026〕3号'),
    await send(city, 'penalty-person', '2026-03-01', '衡罚〔2026〕4号'),
    await send(city, 'penalty-person', '2026-03-01', '衡罚〔2026〕1号'),
    await send(city, 'penalty-person', '2026-03-01', '衡罚〔2026〕5号', NUMBER, true),
  ]
  assert.deepEqual(
    refusedIn,
    Array.from({ length: 4 }, () => 'no-full-capacity'),
  )
  const single = await clerk.call('record', {
    body: { item: 'penalty-person', values: valuesOf(city, { ...penalty, document: '衡罚〔2026〕6号' }) },
  })
  assert.ok(single.text.includes('no-full-capacity') && !single.text.includes(NUMBER), single.text)
  assert.equal(await send(city, 'commitment', '2026-03-05', '承1'), 'accepted')
  assert.equal(await send(city, 'penalty-person', '2026-03-05', '衡罚〔2026〕7号', GUARDIAN, false, '测监'), 'accepted')
  const proposed = await (
    await city.staff('clerk', 'tj-emergency')
  ).call('propose', {
    body: {
      list: 'serious-work-safety-person',
      criterion: 'work-safety-person',
      number: NUMBER,
      name: '测甲',
      facts: '事实',
    },
  })
  assert.equal(proposed.body.code, 'no-full-capacity', proposed.text)

  // the person and whoever acts for them see it, with what became of each record; whoever was given it is told
  const own = (await person.call('myArchive')).body.records
  assert.deepEqual(
    own.filter(({ item }: { item: string }) => item === 'penalty-person').map(({ state }: { state: string }) => state),
    ['suspended', 'suspended'],
  )
  assert.match(JSON.stringify((await person.call('myNotices')).body), /不具有完全民事行为能力/)
  const recalls = (await (await city.staff('officer', 'demo-court')).call('recalls')).body.recalls
  assert.deepEqual(
    recalls.map(({ kind }: { kind: string }) => kind),
    ['suspended', 'suspended'],
  )
  await authorise(counter, {
    person: { number: NUMBER, name: '测甲' },
    representative: { number: GUARDIAN, name: '测监' },
    kind: 'guardian',
    document: JUDGMENT.document,
    from: '2026-03-05',
    until: '2027-03-05',
  })
  const { person: ward, authority } = (await guardian.call('myAuthorities')).body.held[0]
  const archive = await guardian.call('representedArchive', { params: { person: ward } })
  const adverse = archive.body.records.find(({ item }: { item: string }) => item === 'penalty-person')
  const objected = await guardian.call('startMyCase', {
    body: {
      machine: 'objection',
      kind: 'open',
      record: adverse.id,
      for: ward,
      content: { statement: '行为时已无行为能力' },
    },
  })
  assert.equal(objected.status, 200, objected.text)
  assert.equal((await person.call('endMyAuthority', { params: { authority } })).body.code, 'not-found')
  assert.deepEqual(await findingsOf(city), [])

  // its end: shown for what is left of the terms; what was decided meanwhile stays out
  await city.setTime(startOf('2026-04-01'))
  const restored = await determine(city, 'restore', { case: made.body.case, step: 1 })
  assert.equal(restored.status, 200, restored.text)
  assert.deepEqual(
    (await shown(city)).toSorted(),
    ['penalty-person', 'permit-person'],
    'the other is suspended by silence',
  )
  await city.setTime('2026-04-01T02:00:00Z')
  assert.equal(await send(city, 'penalty-person', '2026-03-31', '衡罚〔2026〕8号'), 'no-full-capacity')
  assert.equal(await send(city, 'penalty-person', '2026-04-01', '衡罚〔2026〕9号'), 'accepted')
  assert.deepEqual(await findingsOf(city), [])
  await city.setTime('2026-04-01T03:00:00Z')
  const again = await determine(city, 'determine')
  assert.equal(again.status, 200, again.text)
  assert.deepEqual((await shown(city)).toSorted(), ['permit-person'])
  assert.deepEqual(await findingsOf(city), [])
})

test('G2, wall: no identity is left of somebody all of whose rows were refused; a finding does not commit without what follows; verify names what came in otherwise', async (t) => {
  const city = await withCity(t)
  await city.setTime(startOf('2026-03-05'))
  const made = await determine(city, 'determine')
  assert.equal(made.status, 200, made.text)
  assert.equal(await send(city, 'penalty-person', '2026-03-01', '衡罚〔2026〕1号'), 'no-full-capacity')
  // a file of others, with one row of theirs
  const clerk = await city.staff('clerk', 'demo-market')
  const rows = Array.from({ length: 30 }, (_, index) =>
    valuesOf(city, {
      item: 'penalty-person',
      number: index === 7 ? NUMBER : citizenNumber(100 + index),
      name: '测甲',
      decided: '2026-03-01',
      document: `衡罚〔2026〕${index}号`,
    }),
  )
  const [first = {}] = rows
  const file = [Object.keys(first), ...rows.map((row) => Object.values(row))].map((cells) => cells.join(',')).join('\n')
  const sent = await clerk.call('intake', {
    query: { item: 'penalty-person' },
    body: file,
    headers: { 'content-type': 'text/csv' },
  })
  assert.deepEqual([sent.body.new, sent.body.refused], [29, 1], sent.text)
  assert.deepEqual(
    sent.body.problems.map(({ row, code }: { row: number; code: string }) => [row, code]),
    [[8, 'no-full-capacity']],
  )
  assert.equal(await city.count('subject'), 29)
  assert.deepEqual(await findingsOf(city), [])

  const subject = city.subjectOf(NUMBER)
  const step = (
    kind: string,
    num: string,
  ) => `insert into xinheng.action (subject, num, nk, actor, unit, pack, kind, sealed, file, machine, owner, proposer, hiding, hides_from)
    overriding system value values (gen_random_uuid(), ${num}, 0, 1, 1, 1, '${kind}', '', ${num}, 'capacity', 1, 1, 'no', 'infinity')`
  await assert.rejects(city.owner.query(step('determine', '901')), /foreign key/)
  await city.owner.query(
    `update xinheng.record set subject = '${subject}' where nk = (select min(nk) from xinheng.record)`,
  )
  assert.ok((await findingsOf(city)).includes('incapable'))
})

test('G2: what counts is the day that the finding states: consents since then end, what was decided since then never returns, and whoever saw it meanwhile is told; a ward does not consent alone', async (t) => {
  const city = await withCity(t)
  await city.setTime(startOf('2026-03-03'))
  const penalty = (decided: string, document: string) =>
    city.report({ item: 'penalty-person', number: NUMBER, name: '测甲', decided, document })
  assert.equal((await penalty('2026-03-01', '衡罚〔2026〕1号')).status, 200)
  assert.equal(
    (await city.report({ item: 'permit-person', number: NUMBER, name: '测甲', decided: '2026-03-01' })).status,
    200,
  )
  const person = await city.person(NUMBER)
  const guardian = await city.person(GUARDIAN)
  const agent = await city.person(citizenNumber(3))
  const consent = (by: typeof person, expires: string, ward?: string) =>
    by.call('giveConsent', { body: { unit: 'demo-bank', purpose: 'lending', expires, ...(ward ? { for: ward } : {}) } })
  const asked = async () =>
    (await city.lookUp(NUMBER, { unit: 'demo-bank', purpose: 'lending', matter: '' })).body.code ?? 'shown'
  assert.equal((await consent(person, '2026-04-01')).status, 200)
  await city.setTime(startOf('2026-03-09'))
  assert.equal((await consent(person, '2026-04-01')).status, 200)
  await city.setTime(startOf('2026-03-10'))
  assert.equal((await penalty('2026-03-08', '衡罚〔2026〕2号')).status, 200)
  await city.setTime('2026-03-11T02:00:00Z')
  assert.deepEqual((await shown(city)).toSorted(), ['penalty-person', 'penalty-person', 'permit-person'])

  // recorded a week later than the day it states; not of a day to come
  await city.setTime(startOf('2026-03-12'))
  const court = await city.staff('court', 'demo-court')
  const record = (day: string) =>
    court.call('recordCapacity', { body: { number: NUMBER, content: { ...JUDGMENT, day } } })
  assert.equal((await record('2026-03-13')).body.code, 'capacity-day')
  const made = await record('2026-03-05')
  assert.equal(made.status, 200, made.text)
  assert.deepEqual(await shown(city), ['permit-person'])
  // the consent of before stands, that of since is void
  const lives = (await person.call('myConsents')).body.consents.map(({ live }: { live: boolean }) => live)
  assert.deepEqual(lives, [false, true])
  assert.equal((await consent(person, '2026-04-01')).body.code, 'guardian-consents')
  // what was shown meanwhile stays as it was, for the person and for a court, and whoever saw it is told of both
  const looks = (await person.call('myAccesses')).body.accesses as { at: string; shown: number }[]
  assert.ok(
    looks.some(
      ({ at }) =>
        Temporal.Instant.compare(Temporal.Instant.from(at), Temporal.Instant.from('2026-03-11T02:00:00Z')) === 0,
    ),
  )
  const past = await court.call('pastArchive', { body: { number: NUMBER, matter: '核查', at: '2026-03-11T03:00:00Z' } })
  assert.equal(past.body.records.length, 3, past.text)
  const recalls = (await (await city.staff('officer', 'demo-court')).call('recalls')).body.recalls
  assert.deepEqual(
    recalls.map(({ kind }: { kind: string }) => kind),
    ['suspended', 'suspended'],
  )

  // the guardian consents for them, in their own name; an agent does not, nor does a guardian who is a ward
  const counter = await city.staff('counter', 'demo-approval')
  const stands = async (kind: 'agent' | 'guardian', number: string, name: string) => {
    const granted = await authorise(counter, {
      person: { number: NUMBER, name: '测甲' },
      representative: { number, name },
      kind,
      document: JUDGMENT.document,
      from: '2026-03-12',
      until: '2027-03-12',
    })
    assert.equal(granted.status, 200, granted.text)
  }
  await stands('agent', citizenNumber(3), '测代')
  await stands('guardian', GUARDIAN, '测监')
  const { person: ward } = (await guardian.call('myAuthorities')).body.held[0]
  assert.equal((await consent(agent, '2026-04-01', ward)).body.code, 'not-found')
  assert.equal(
    (
      await person.call('withdrawConsent', {
        params: { consent: (await person.call('myConsents')).body.consents[1].consent },
      })
    ).body.live,
    false,
  )
  assert.equal(await asked(), 'no-consent')
  const given = await consent(guardian, '2026-03-20', ward)
  assert.equal(given.status, 200, given.text)
  assert.equal(given.body.byGuardian, true)
  assert.equal(await asked(), 'shown')
  assert.equal((await guardian.call('myConsents', { query: { for: ward } })).body.consents.length, 3)
  assert.equal((await agent.call('myConsents', { query: { for: ward } })).body.code, 'not-found')
  assert.equal(
    (await agent.call('withdrawConsent', { params: { consent: given.body.consent }, query: { for: ward } })).body.code,
    'not-found',
  )
  const read = (await person.call('myAccesses')).body.accesses as { matter: string }[]
  assert.ok(
    read.some(({ matter }) => matter === 'consents'),
    'that the guardian read them is in the log',
  )
  assert.equal(
    (await guardian.call('withdrawConsent', { params: { consent: given.body.consent }, query: { for: ward } })).body
      .live,
    false,
  )
  assert.equal(await asked(), 'no-consent')

  // wall: whatever the application says, no consent of a ward alone, of a stranger's, or of a guardian without capacity
  const subject = city.subjectOf(NUMBER)
  const insert = (by: number | null) =>
    asApp(
      city,
      { subject },
      `insert into xinheng.consent (subject, unit, purpose, expires_at, given_by) values ($1, 1, 1, xinheng.instant() + interval '1 day', $2)`,
      [subject, by],
    )
  await insert(guardian.account)
  await assert.rejects(insert(null), { code: '42501' })
  await assert.rejects(insert(agent.account), { code: '42501' })
  const entered = await city.owner.query<{ outcome: number }>(
    `select xinheng.enter_capacity($1, $2, '2026-03-13', '{}', '{}') outcome`,
    [subject, made.body.case.split('.')[1]],
  )
  assert.equal(entered.rows[0]?.outcome, 7)
  assert.deepEqual(await findingsOf(city), [])

  // restored: of a day after the finding; what was decided meanwhile stays out, what was before returns
  await city.setTime(startOf('2026-04-01'))
  const restore = (day: string) =>
    court.call('stepCase', {
      params: { case: made.body.case },
      body: { kind: 'restore', step: 1, content: { ...RESTORED, day } },
    })
  assert.equal((await restore('2026-03-05')).body.code, 'capacity-day')
  assert.equal((await restore('2026-03-20')).status, 200)
  assert.deepEqual((await shown(city)).toSorted(), ['penalty-person', 'permit-person'])
  const own = (await person.call('myArchive')).body.records as { document: string; state: string }[]
  assert.equal(own.find(({ document }) => document === '衡罚〔2026〕2号')?.state, 'suspended')
  await city.setTime('2026-04-01T02:00:00Z')
  assert.equal(await send(city, 'penalty-person', '2026-03-19', '衡罚〔2026〕3号'), 'no-full-capacity')
  assert.equal(await send(city, 'penalty-person', '2026-03-20', '衡罚〔2026〕4号'), 'accepted')
  assert.equal((await consent(person, '2026-04-20')).status, 200)
  assert.deepEqual(await findingsOf(city), [])

  // with the restoration the guardianship is over, whatever dates the counter entered: nothing is read, done or consented to
  assert.equal((await guardian.call('myAuthorities')).body.held[0].live, false)
  for (const done of [
    await guardian.call('representedArchive', { params: { person: ward } }),
    await consent(guardian, '2026-04-20', ward),
    await guardian.call('myConsents', { query: { for: ward } }),
  ])
    assert.equal(done.body.code, 'not-found', done.text)
  await assert.rejects(insert(guardian.account), { code: '42501' })
  const again = await authorise(counter, {
    person: { number: NUMBER, name: '测甲' },
    representative: { number: GUARDIAN, name: '测监' },
    kind: 'guardian',
    document: JUDGMENT.document,
    from: '2026-04-01',
    until: '2027-04-01',
  })
  assert.equal(again.body.code, 'guardian-over')
})
