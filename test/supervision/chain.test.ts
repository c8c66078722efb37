import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { SupervisionEntry } from '#domain/supervision.ts'
import { foldDuties, foldFunds, foldTraining } from '#domain/supervision-sums.ts'
import { withApi, type Client } from '#test/api.ts'
import { liveOn } from '#test/cases/case.fixture.ts'

const row = (num: number, of: Partial<SupervisionEntry>): SupervisionEntry => ({
  num,
  kind: 'fund',
  about: 'f',
  unit: 'u',
  day: '2026-03-01',
  replaces: undefined,
  content: {},
  ...of,
})

test('what was asked: open, answered once the unit says done, closed by the office; late only while open', () => {
  const asked = row(1, { kind: 'decision', content: { text: '-', due: '2026-03-31' } })
  const said = (num: number, state: 'done' | 'under-way') =>
    row(num, { kind: 'follow-up', follows: 1, content: { state, text: '-' } })
  const closing = row(9, { kind: 'closing', follows: 1, content: { text: '-' } })
  const state = (entries: SupervisionEntry[], day: string) =>
    foldDuties(entries, day).map((one) => [one.state, one.late])
  assert.deepEqual(state([asked], '2026-03-31'), [['open', false]])
  assert.deepEqual(state([asked, said(2, 'under-way')], '2026-04-01'), [['open', true]])
  assert.deepEqual(state([said(2, 'done'), asked], '2026-04-01'), [['answered', false]])
  assert.deepEqual(state([asked, said(2, 'done'), said(3, 'under-way')], '2026-04-01'), [['open', true]])
  assert.deepEqual(state([asked, said(2, 'done'), closing], '2026-04-01'), [['closed', false]])
})

test('money adds up to the cent, whatever the order; training counts attendances by unit and year', () => {
  const cents = fc.array(fc.integer({ min: 0, max: 1_000_000_00 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(cents, (amounts) => {
      const rows = amounts.map((amount, at) =>
        row(at + 1, { content: { amount: amount / 100, year: 2026, stage: 'spent', text: '-' } }),
      )
      const [sum] = foldFunds(rows.toReversed())
      assert.equal(
        Math.round((sum?.spent ?? 0) * 100),
        amounts.reduce((total, one) => total + one, 0),
      )
    }),
  )
  // 30 + 12 attendances of one unit in a year, replaced 12 by 10; another unit's five stand apart
  const trained = foldTraining([
    row(1, { kind: 'training', content: { people: 30, hours: 8, text: '-' } }),
    row(2, { kind: 'training', content: { people: 12, hours: 4, text: '-' } }),
    row(3, { kind: 'training', content: { people: 10, hours: 4, passed: 9, text: '-' }, replaces: 2 }),
    row(4, { kind: 'training', unit: 'v', content: { people: 5, hours: 4, text: '-' } }),
  ])
  assert.deepEqual(
    trained.map(({ unit, sessions, people, hours, passed }) => [unit, sessions, people, hours, passed]),
    [
      ['u', 2, 40, 12, 9],
      ['v', 1, 5, 4, undefined],
    ],
  )
})

test('meetings, inspections, funds and training: who may say what, in whose name, and what follows what', async (t) => {
  const city = await withApi(t)
  await liveOn(city, '2026-11-10')
  const admin = await city.as('admin', 'demo-development')
  const elsewhere = await city.as('admin', 'demo-tax')
  const clerk = await city.as('clerk')
  const hr = await city.as('clerk', 'demo-hr')
  const add = async (client: Client, body: object) => (await client.call('addEntry', { body })).body
  const entry = async (client: Client, body: object): Promise<number> => {
    const made = await add(client, body)
    assert.ok(made.entry, JSON.stringify(made))
    return made.entry
  }

  // the conference: only the office keeps meetings; a decision follows one and names who has to act
  const meeting = {
    kind: 'meeting',
    about: 'hz-conference',
    content: { text: '第一次会议', present: ['demo-market', 'demo-hr'] },
  }
  assert.equal((await add(clerk, meeting)).code, 'not-allowed')
  assert.equal(
    (await add(elsewhere, meeting)).code,
    'not-allowed',
    'an administrator of another unit is not the office',
  )
  const absent = { ...meeting, content: { ...meeting.content, present: ['nobody'] } }
  assert.equal((await add(admin, absent)).code, 'unknown-unit')
  const held = await entry(admin, meeting)
  const decide = (more: object) => ({
    kind: 'decision',
    about: 'hz-conference',
    of: 'demo-market',
    follows: held,
    content: { text: '清理重码', due: '2026-11-20' },
    ...more,
  })
  assert.equal((await add(admin, decide({ content: { text: '清理', due: '2026-11-09' } }))).code, 'due-before')
  assert.equal((await add(admin, decide({ about: 'tj-leading-group' }))).code, 'not-allowed', 'of another body')
  const decision = await entry(admin, decide({}))
  const answer = (state: string) => ({
    kind: 'follow-up',
    about: 'hz-conference',
    follows: decision,
    content: { state, text: '已完成' },
  })
  assert.equal((await add(hr, answer('done'))).code, 'not-allowed', 'not the unit that was asked')
  assert.equal((await add(clerk, { ...answer('done'), follows: held })).code, 'not-allowed', 'a meeting asks nothing')
  const reminders = async (client: Client) => (await client.call('reminders')).body.reminders
  const asked = (await reminders(clerk)).find(({ kind }: { kind: string }) => kind === 'decision')
  assert.deepEqual([asked.days, asked.late, asked.own], [10, false, true])
  await entry(clerk, answer('done'))
  // answered, it leaves the unit and comes to the office to be closed
  assert.ok(!(await reminders(clerk)).some(({ kind }: { kind: string }) => kind === 'decision'))
  assert.ok((await reminders(admin)).some(({ answered }: { answered: boolean }) => answered))
  const close = { kind: 'closing', about: 'hz-conference', follows: decision, content: { text: '予以销号' } }
  assert.equal((await add(clerk, close)).code, 'not-allowed')
  await entry(admin, close)
  const area = async (name: string) => (await hr.call('supervisionArea', { params: { area: name } })).body
  assert.deepEqual((await area('conference')).duties, [
    { entry: decision, state: 'closed', due: '2026-11-20', late: false },
  ])

  // the sheet of the pack: every line of it, nothing beyond what it can bring
  const lines = (await hr.call('supervisionPlan')).body.sheets.find(
    ({ id }: { id: string }) => id === 'hz-inspection',
  ).lines
  const scores = (points: number[]) =>
    lines.map((line: { title: { zh: string }; of: number }, at: number) => ({
      title: line.title.zh,
      of: line.of,
      points: points[at],
    }))
  const evaluation = (points: number[], more: object = {}) => ({
    kind: 'evaluation',
    about: 'hz-inspection',
    of: 'demo-market',
    content: { year: 2026, by: 'inspection', scores: scores(points), ...more },
  })
  assert.equal((await add(admin, evaluation([31, 20, 20, 10]))).code, 'sheet-lines')
  assert.equal((await add(admin, evaluation([30, 20, 20, 10], { by: 'third-party' }))).code, 'sheet-lines')
  assert.equal(
    (await add(admin, evaluation([30, 20, 20, 10], { scores: scores([1, 1, 1, 1]).slice(1) }))).code,
    'sheet-lines',
  )
  // 27 + 20.5 + 12.5 + 15 = 75 of 100
  const scored = await entry(admin, evaluation([27, 20.5, 12.5, 15]))
  const account = {
    kind: 'accountability',
    about: 'hz-inspection',
    of: 'demo-market',
    follows: scored,
    content: { text: '就异议逾期说明情况并整改', due: '2026-11-30' },
  }
  await entry(admin, account)
  const { scores: table } = await area('assessment')
  assert.deepEqual(
    table.map((one: any) => [one.unit.id, one.year, one.points, one.of, one.score, one.duties.open]), // oxlint-disable-line typescript/no-explicit-any -- as it came
    [['demo-market', 2026, 75, 100, 75, 1]],
  )

  // funds: of a head and a task, allocated and spent; training in the unit's own name, in counts
  const fund = (content: object) => ({
    kind: 'fund',
    about: 'hz-fund-platform',
    content: { year: 2026, text: '-', ...content },
  })
  assert.equal((await add(clerk, fund({ amount: 1, stage: 'spent' }))).code, 'not-allowed')
  assert.equal((await add(admin, fund({ amount: 1 }))).code, 'step-says-too-little')
  assert.equal((await add(admin, fund({ amount: 1, stage: 'spent', task: 'no-such-task' }))).code, 'not-found')
  await entry(admin, fund({ amount: 800_000, stage: 'allocated', task: 'hz-2' }))
  await entry(admin, fund({ amount: 120_000.1, stage: 'spent', task: 'hz-2' }))
  await entry(admin, fund({ amount: 0.2, stage: 'spent', task: 'hz-2' }))
  const money = { about: 'hz-fund-platform', task: 'hz-2', year: 2026, allocated: 800_000, spent: 120_000.3 }
  assert.deepEqual((await area('funds')).money, [money])
  assert.deepEqual((await hr.call('task', { params: { task: 'hz-2' } })).body.money, [money])
  const training = {
    kind: 'training',
    about: 'hz-examination',
    content: { people: 40, hours: 2, passed: 41, text: '考试' },
  }
  assert.equal((await add(hr, training)).code, 'bad-request')
  const examined = { ...training, content: { ...training.content, passed: 37 } }
  assert.equal((await add(hr, { ...examined, of: 'demo-market' })).code, 'not-allowed')
  await entry(hr, examined)
  const activity = { kind: 'activity', about: 'tj-consumer-day', content: { people: 300, text: '现场宣传' } }
  assert.equal((await add(hr, { ...activity, of: 'demo-market' })).code, 'not-allowed')
  await entry(hr, activity)
  const link = { kind: 'evidence', about: 'hz-6', content: { text: '通知', link: 'http://example.test/1' } }
  assert.equal((await add(hr, link)).code, 'link-not-secure')
  assert.deepEqual(
    (await area('training')).trained.map((one: any) => [one.about, one.people, one.passed]), // oxlint-disable-line typescript/no-explicit-any -- as it came
    [
      ['hz-examination', 40, 37],
      ['tj-consumer-day', 300, undefined],
    ],
  )

  // reminders: hz-4 is hr's, due 30 November: within thirty days from the 10th. In December it is late, and with the office.
  const task = async (client: Client) =>
    (await reminders(client)).find(({ about }: { about: string }) => about === 'hz-4')
  assert.deepEqual([(await task(hr)).days, (await task(hr)).own, await task(admin)], [20, true, undefined])
  await liveOn(city, '2026-10-30')
  assert.equal(await task(hr), undefined, '31 days before')
  await liveOn(city, '2026-12-02')
  assert.deepEqual([(await task(hr)).days, (await task(hr)).late], [-2, true])
  assert.deepEqual([(await task(admin)).own, (await task(admin)).late], [false, true])
  assert.equal(await task(clerk), undefined, 'not of market, and market is not the office')

  // the walls, by whoever may insert: what follows what, who answers, what replaces what
  const insert = (of: {
    kind: string
    about?: string
    unit?: string
    follows?: number
    asked?: string
    replaces?: number
  }) =>
    city.owner.query(
      `insert into xinheng.supervision (kind, about, unit, day, actor, follows, follows_kind, replaces, content)
       select $1, $2, u.num, '2026-11-10', $3, $4, $5, $6, '{}' from xinheng.unit u where u.id = $7`,
      [
        of.kind,
        of.about ?? 'hz-conference',
        admin.account,
        of.follows ?? null,
        of.asked ?? null,
        of.replaces ?? null,
        of.unit ?? 'demo-market',
      ],
    )
  const follows = { follows: decision, asked: 'decision' }
  await assert.rejects(insert({ kind: 'follow-up', ...follows, unit: 'demo-hr' }), /supervision_answers/)
  await assert.rejects(insert({ kind: 'follow-up', follows: held, asked: 'meeting' }), /supervision_order/)
  await assert.rejects(insert({ kind: 'follow-up', follows: held, asked: 'decision' }), /supervision_follows/)
  await assert.rejects(insert({ kind: 'follow-up' }), /supervision_order/)
  await assert.rejects(insert({ kind: 'progress', about: 'hz-2', ...follows }), /supervision_order/)
  await assert.rejects(insert({ kind: 'decision', replaces: decision, unit: 'demo-hr' }), /supervision_replaces/)
  await assert.rejects(insert({ kind: 'meeting', replaces: decision }), /supervision_replaces/)
  for (const statement of ['delete from xinheng.supervision', `update xinheng.supervision set content = '{}'`])
    await assert.rejects(city.system.pool.query(statement), /permission denied/)
  await assert.rejects(
    city.system.pool.query(
      `insert into xinheng.supervision (kind, about, unit, day, actor, content) values ('fund', 'f', 1, '2026-01-01', 1, '{}')`,
    ),
    /permission denied/,
  )
})
