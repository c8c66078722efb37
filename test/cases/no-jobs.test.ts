import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FIRM, FIRM_NAME, MATTER } from '#test/guarantees/city.fixture.ts'
import { authorise } from '#test/api.ts'
import { citizenNumber } from '#test/people.ts'
import { textOf, withReports } from '#test/report/report.fixture.ts'
import { at, deskOf, enter, OWES, ownStepOf, SAFETY, stepOf, YOUTH, type Whom } from './listing.fixture.ts'

// G5, G9, B3: a month goes by in which nothing runs: no job, no sequencer, no start. What ends in it is shown and used nowhere,
// and silence has suspended what it must: by every path there is.

const START = '2026-11-02'
const MONTH_LATER = '2026-12-02'
const NUMBER = citizenNumber(1)
const NAME = '测甲'
const AGENT = citizenNumber(40)
const DEFAULTER = citizenNumber(41)
const LISTED: Whom = { ...SAFETY, number: citizenNumber(42), name: '测丙' }
const CONTESTING: Whom = { ...SAFETY, number: citizenNumber(43), name: '测丁' }
const [MINOR, OBJECTED, STAYS] = ['衡罚〔2026〕101号', '衡罚〔2026〕102号', '衡罚〔2026〕103号']
const FIRM_MINOR = '衡罚〔2025〕201号'

test('a month without any job: nothing that ended is shown or used on any path, and silence has suspended what it must', async (t) => {
  const city = await withReports(t)
  const { nobody } = city
  // ── three years and one year before: entries that end within the month
  await enter(city, 'tj-emergency', LISTED, '2023-11-15')
  await enter(city, 'demo-hr', OWES, '2023-11-20')
  await enter(city, 'demo-youth', YOUTH, '2025-11-16')
  // ── and this year
  const contested = await enter(city, 'tj-emergency', CONTESTING, '2026-10-12')
  const housing = await deskOf(city, 'demo-housing')
  const contesting = await city.person(CONTESTING.number)
  type Measure = { case: string; unit: { id: string }; inForce: boolean; over?: string }
  const measures = async (who: typeof contesting) => (await who.call('myMeasures')).body.measures as Measure[]
  const task = (await measures(contesting)).find(({ unit }) => unit.id === 'demo-housing')
  assert.ok(task)
  assert.equal((await stepOf(housing.clerk, task.case, 1, 'respond')).status, 200)
  assert.equal((await stepOf(housing.reviewer, task.case, 2, 'carry', { reason: '依法实施' })).status, 200)
  await city.setTime(at(START, '08:00'))
  const own = { number: NUMBER, name: NAME }
  for (const [document, decided, CF_CFLB] of [
    [MINOR, '2026-08-15', '01'],
    [OBJECTED, '2026-06-01', '03'],
    [STAYS, '2026-06-02', '08'],
  ] as const) {
    const sent = await city.report({ item: 'penalty-person', ...own, document, decided, values: { CF_CFLB } })
    assert.equal(sent.body.new, 1, sent.text)
  }
  await city.report({
    item: 'penalty-organisation',
    decided: '2025-11-10',
    document: FIRM_MINOR,
    values: { CF_CFLB: '04' },
  })
  await city.report({ item: 'enforcement', number: DEFAULTER, decided: '2026-06-01', document: '(2026)津01执1号' })
  await city.setTime(at(START))
  const person = await city.person(NUMBER)
  const listed = await city.person(LISTED.number)
  const youth = await city.person(YOUTH.number)
  const agent = await city.person(AGENT)
  const market = await city.staff('officer', 'demo-market')
  const approval = await city.staff('officer', 'demo-approval')
  const counter = await city.as('counter', 'demo-approval')
  const emergency = await deskOf(city, 'tj-emergency')

  const records = (await person.call('myArchive')).body.records
  const idOf = (document: string) => records.find((one: { document: string }) => one.document === document).id as string
  const objected = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: idOf(OBJECTED), content: { statement: '不符' } },
  })
  assert.equal(objected.status, 200, objected.text)
  for (const target of [contested.id, task.case]) {
    const made = await contesting.call('startMyCase', {
      body: { machine: 'objection', kind: 'contest', target, content: { statement: '与我无关' } },
    })
    assert.equal(made.status, 200, made.text)
  }
  const court = await deskOf(city, 'demo-court')
  const received = await court.clerk.call('startCase', {
    body: {
      machine: 'received',
      kind: 'receive',
      number: DEFAULTER,
      record: {
        item: 'enforcement',
        naturalKey: [
          '(2026)津01执1号',
          city
            .item('enforcement')
            .fields.find(({ id }) => id === 'ZXFY')
            ?.name.zh.slice(0, 4) ?? '',
        ],
      },
      content: {},
    },
  })
  assert.equal(received.status, 200, received.text)
  const word = { document: '(2026)津01执1号之一', day: START }
  assert.equal((await stepOf(court.clerk, received.body.case, 1, 'word', word)).status, 200)
  for (const [kind, until] of [
    ['agent', '2026-11-20'],
    ['guardian', '2027-11-20'],
  ] as const)
    await authorise(counter, {
      person: kind === 'agent' ? { number: LISTED.number, name: LISTED.name } : own,
      representative: { number: AGENT, name: '代办人' },
      kind,
      document: '公证委托书',
      from: START,
      until,
    })
  const held = (await agent.call('myAuthorities')).body.held as { person: string; kind: string }[]
  assert.equal(held.length, 2)
  const consent = await person.call('giveConsent', {
    body: { unit: 'demo-bank', purpose: 'lending', expires: '2026-11-20' },
  })
  assert.equal(consent.status, 200, consent.text)
  const bank = await city.staff('officer', 'demo-bank')
  await approval.call('openMatter', { body: { number: '审1', title: '许可', purpose: 'approval' } })
  const criterion = city.system.reference.pack.lists
    .findLast(({ id }) => id === SAFETY.list)
    ?.criteria.find(({ id }) => id === SAFETY.criterion)
  assert.ok(criterion)
  // two that can be used are enough: within the month one of three ends and one is suspended
  criterion.flag = { items: ['penalty-person'], count: 2, within: 'P1Y' }

  type Row = { document: string; state: string }
  const documents = (answer: { body: { records: Row[] } }) =>
    answer.body.records.map(({ document }) => document).toSorted()
  const states = (answer: { body: { records: Row[] } }) =>
    Object.fromEntries(answer.body.records.map(({ document, state }) => [document, state]))
  const kinds = async (number: string) => {
    const { body } = await approval.call('aid', { params: { number: '审1' }, body: { number } })
    return (body.incentives ?? []).map(({ kind }: { kind: string }) => kind) as string[]
  }
  /** Everything that somebody else than the person can be shown or use. */
  const paths = async () => {
    const search = await market.call('organisations', {
      body: { name: FIRM_NAME, purpose: 'approval', matter: MATTER },
    })
    const site = await nobody.call('publicOrganisation', { params: { code: FIRM } })
    const statistics = (await nobody.call('publicStatistics')).body
    const candidates = await emergency.clerk.call('candidates', {
      params: { list: SAFETY.list },
      query: { criterion: SAFETY.criterion },
    })
    const agents = await Promise.all(
      held.map(({ person: id }) => agent.call('representedArchive', { params: { person: id } })),
    )
    return {
      court: documents(await city.lookUp(NUMBER)),
      approval: documents(await city.lookUp(NUMBER, { purpose: 'approval', unit: 'demo-approval' })),
      consent: (await bank.call('lookUp', { body: { number: NUMBER, purpose: 'lending' } })).status,
      firm: documents(await city.lookUp(FIRM, { purpose: 'approval', unit: 'demo-market' })).length,
      searched: search.body.organisations[0].records as number,
      site: (site.body.records ?? []).length > 0,
      published: (await nobody.call('publicRecords', { query: {} })).body.records.length > 0,
      counted: statistics.records > 0,
      listed: documents(await city.lookUp(LISTED.number)).length,
      contesting: documents(await city.lookUp(CONTESTING.number)).length,
      received: documents(await city.lookUp(DEFAULTER)).length,
      youth: documents(await city.lookUp(YOUTH.number, { purpose: 'approval', unit: 'demo-approval' })).length,
      channel: (await kinds(YOUTH.number)).includes('green-channel'),
      measures: (await measures(contesting)).filter(({ inForce }) => inForce).length,
      tasks: (await measures(listed)).filter(({ over }) => over === undefined).length > 0,
      candidates: candidates.body.candidates.length as number,
      represented: agents.map(({ status }) => status).toSorted((a, b) => a - b),
    }
  }
  assert.deepEqual(await paths(), {
    court: [MINOR, OBJECTED, STAYS],
    approval: [MINOR, OBJECTED, STAYS],
    consent: 200,
    firm: 2,
    searched: 2,
    site: true,
    published: true,
    counted: true,
    listed: 1,
    contesting: 1,
    received: 1,
    youth: 1,
    channel: true,
    measures: 1,
    tasks: true,
    candidates: 1,
    represented: [200, 200],
  })
  const runs = async () => city.count('ledger_batch')
  const before = await runs()

  await city.setTime(at(MONTH_LATER))
  assert.deepEqual(await paths(), {
    court: [STAYS],
    approval: [STAYS],
    consent: 403,
    firm: 0,
    searched: 0,
    site: false,
    published: false,
    counted: false,
    listed: 0,
    contesting: 0,
    received: 0,
    youth: 0,
    channel: false,
    measures: 0,
    tasks: false,
    candidates: 0,
    represented: [200, 404],
  })
  // the person, and who stands for them, see what it was and that it is over, and are offered no way out of it
  const mine = await person.call('myArchive')
  const over = { [MINOR]: 'ended', [OBJECTED]: 'suspended', [STAYS]: 'shown' }
  assert.deepEqual(states(mine), over)
  assert.equal(mine.body.records.find(({ document }: Row) => document === MINOR).ways, undefined)
  const guarded = held.find(({ kind }) => kind === 'guardian')
  const represented = await agent.call('representedArchive', { params: { person: guarded?.person ?? '' } })
  assert.deepEqual(states(represented), over)
  assert.deepEqual(Object.values(states(await contesting.call('myArchive'))), ['suspended'])
  assert.deepEqual(Object.values(states(await youth.call('myArchive'))), ['ended'])
  // what was handed out before is on the list of whoever was given it
  const ended = (await (await city.staff('officer', 'demo-court')).call('recalls', { query: { month: '2026-11' } }))
    .body.ended
  assert.ok(ended.some(({ record }: { record: string }) => record === idOf(MINOR)))
  // what is late is said to be: suspended, overdue
  const reviewer = await city.staff('reviewer', records[0].unit)
  const [line] = (await reviewer.call('caseQueue', { query: { machine: 'objection' } })).body.cases
  assert.deepEqual([line.suspended, line.overdue], [true, true])
  // and going on with it does not show it again; only a decision does (B3)
  const forwarded = await reviewer.call('stepCase', {
    params: { case: objected.body.case },
    body: { kind: 'forward', step: 1, content: { reason: '转核查' } },
  })
  assert.equal(forwarded.status, 200, forwarded.text)
  assert.deepEqual(documents(await city.lookUp(NUMBER)), [STAYS])
  assert.equal(await runs(), before, 'no sequencer ran')
  // a report, whose file waits for the ledger, says what is usable that day
  const issued = await person.call('issueMyReport', { body: { kind: 'personal' } })
  const text = textOf(await city.file(person, issued.body.report))
  assert.deepEqual(
    [MINOR, OBJECTED, STAYS].map((document) => text.includes(document)),
    [false, false, true],
  )
  const decided = await stepOf(reviewer, objected.body.case, 2, 'reject', { reason: '属实', basis: '《办法》' })
  assert.equal(decided.status, 200, decided.text)
  assert.deepEqual(documents(await city.lookUp(NUMBER)), [OBJECTED, STAYS])
  assert.equal((await ownStepOf(person, objected.body.case, 3, 'retract')).body.code, 'step-not-possible')
})
