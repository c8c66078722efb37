import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeOrganisationCode } from '#domain/identity/synthetic.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { verifyLedger } from '#operations/ledger-verify.ts'
import { verify } from '#operations/verify.ts'
import { openPool } from '#store/db.ts'
import { getLedgerSigner } from '#store/ledger-leaf.ts'
import { roleUrl } from '#store/migrate.ts'
import { citizenNumber } from '#test/people.ts'
import { ARREARS, bodyCode, ok, owes, withCampaigns } from './campaign.fixture.ts'
import { at, ownStepOf, stepOf } from './listing.fixture.ts'

test('R45: from the opening to the closing report, case by case, and the organisation is told, answers and objects', async (t) => {
  const world = await withCampaigns(t)
  const { city, lead, checker, stranger, propose, draw, cases, give, bodyOf } = world
  await owes(city, 'A')
  await owes(city, 'B', '拖欠工程款')
  await owes(city, 'C')
  await owes(city, 'D')
  // another problem, too long ago, and a body that owes nothing
  await owes(city, 'E', '违约失信')
  await owes(city, 'F', '拖欠账款', '2025-03-01')
  const { num } = ok(await propose()).body

  // two persons: who proposed does not open, nobody else's unit does, and nothing is drawn before
  assert.equal((await draw(num)).body.code, 'campaign-not-running')
  const decide = (client: typeof lead.clerk, kind: string, reason?: string) =>
    client.call('decideCampaign', { params: { num }, body: { kind, reason } })
  assert.equal((await decide(checker.reviewer, 'open')).body.code, 'campaign-lead-only')
  assert.equal((await decide(lead.reviewer, 'reject', ' ')).body.code, 'reason-missing')
  ok(await decide(lead.reviewer, 'open'))
  assert.equal(
    (await decide(lead.reviewer, 'open')).body.code,
    'campaign-own',
    'what one opened one does not decide on again',
  )
  assert.equal((await draw(num, checker.clerk)).body.code, 'campaign-lead-only')

  const drawn = ok(await draw(num)).body
  assert.deepEqual([drawn.looked, drawn.drawn], [5, 4])
  const agent = await bodyOf('A')
  // being drawn has no effect but the look-up that is seen: no case, no notice
  assert.deepEqual((await agent.call('myCases')).body.cases, [])
  const before = await cases(num)
  assert.deepEqual(
    before.map((one) => [one.name, one.case, one.records]),
    ['A', 'B', 'C', 'D'].map((letter) => [`衡州市测试${letter}镇人民政府`, undefined, 1]),
  )
  const [a, b, c] = before.map(({ organisation }) => organisation) as [string, string, string, string]

  // given out, to a unit that the pack names and no other, by the lead
  assert.equal((await give(num, a, 'demo-health')).body.code, 'unknown-unit')
  assert.equal((await give(num, a, 'demo-finance', checker.clerk)).body.code, 'campaign-lead-only')
  const first = ok(await give(num, a)).body.case as string
  const second = ok(await give(num, b)).body.case as string
  const third = ok(await give(num, c)).body.case as string
  assert.equal((await give(num, a)).body.code, 'campaign-given-out')
  assert.deepEqual(await cases(num, stranger), [])
  assert.deepEqual(
    (await cases(num, checker.clerk)).map(({ name, unit }) => [name, unit?.id]),
    [1, 2, 3].map(() => [undefined, 'demo-finance']),
    'a unit that checks has its own, by number until it opens one',
  )

  // checked beside the records it was drawn from; a stranger reads nothing, and the organisation sees both
  const records = ok(await checker.clerk.call('campaignRecords', { params: { case: first } })).body
  assert.deepEqual([records.organisation.number, records.records.length], [bodyCode('A'), 1])
  assert.equal((await stranger.call('campaignRecords', { params: { case: first } })).status, 404)
  const looks = await city.owner.query(
    `select t.outcome, t.matter from xinheng.access t where t.subject = $1::uuid and t.ground = 1 order by num`,
    [a],
  )
  assert.deepEqual(
    looks.rows.map(({ outcome, matter }) => [outcome, matter]),
    [
      [0, `campaign ${num}`],
      [0, `campaign ${num}`],
      [6, `case ${first.split('.')[1]}`],
    ],
  )

  // nothing against it before it was asked and had its time
  const say = { reason: '核查属实', day: '2026-05-20', outcome: '移交市财政局' }
  assert.equal((await stepOf(checker.clerk, first, 1, 'order', say)).body.code, 'step-not-possible')
  assert.equal((await stepOf(stranger, first, 1, 'ask', { facts: '欠款' })).body.code, 'not-allowed')
  ok(await stepOf(checker.clerk, first, 1, 'ask', { facts: '应付工程款12万元逾期' }))
  assert.equal((await stepOf(checker.clerk, first, 2, 'order', say)).body.code, 'window-not-over')
  const notices = (await agent.call('myNotices')).body.notices
  assert.match(notices[0].title.zh, /专项核查：已告知核查发现/)
  ok(await ownStepOf(agent, first, 2, 'answer', { statement: '已列入预算，五月支付' }))
  await city.setTime(at('2026-04-01'))
  assert.equal(
    (await stepOf(checker.clerk, first, 3, 'order', { ...say, day: '2026-07-01' })).body.code,
    'campaign-rectify-by',
  )
  assert.equal((await stepOf(checker.clerk, first, 3, 'order', { ...say, day: '2026-06-31' })).body.code, 'bad-request')
  const ordered = ok(await stepOf(checker.clerk, first, 3, 'order', say))
  assert.equal(ordered.body.step, 4)
  assert.equal((await cases(num)).find((one) => one.case === first)?.due, '2026-05-20')
  ok(await ownStepOf(agent, first, 4, 'report', { statement: '款项已付清' }))
  // whoever gave it out does not decide
  const own = ok(
    await give(num, (await cases(num)).find(({ name }) => name?.includes('D'))?.organisation ?? '', 'demo-development'),
  ).body.case
  assert.equal((await stepOf(lead.clerk, own, 1, 'in-order', { reason: '已核对' })).body.code, 'not-allowed')
  ok(await stepOf(lead.reviewer, own, 1, 'in-order', { reason: '已核对，没有欠款' }))
  ok(await stepOf(checker.reviewer, first, 5, 'rectified', { reason: '付款凭证已核对' }))
  // an objection to what was found goes the ordinary way
  const objected = await agent.call('startMyCase', {
    body: { machine: 'objection', kind: 'contest', target: first, content: { statement: '并未拖欠' } },
  })
  assert.equal(objected.status, 200, objected.text)
  ok(await stepOf(checker.clerk, second, 1, 'ask', { facts: '工程款逾期' }))
  // the third is left as it was

  // closing: prepared by one, decided by another; meanwhile no case goes on
  assert.equal(
    (await lead.clerk.call('prepareClosing', { params: { num }, body: { note: ' ' } })).body.code,
    'step-says-too-little',
  )
  ok(await lead.clerk.call('prepareClosing', { params: { num }, body: { note: '欠款多数已付清。' } }))
  assert.equal((await stepOf(checker.clerk, third, 1, 'ask', { facts: '欠款' })).body.code, 'campaign-not-running')
  const close = (client: typeof lead.clerk, kind: string, reason?: string) =>
    client.call('closeCampaign', { params: { num }, body: { kind, reason } })
  assert.equal((await close(checker.reviewer, 'close')).body.code, 'campaign-lead-only')
  ok(await close(lead.reviewer, 'return', '补充下一步'))
  ok(await lead.clerk.call('prepareClosing', { params: { num }, body: { note: '欠款多数已付清，余款跟踪。' } }))
  const closed = ok(await close(lead.reviewer, 'close')).body
  assert.equal(closed.told, 2)
  const file = ok(await stranger.call('campaign', { params: { num } })).body
  assert.equal(file.campaign.state.kind, 'closed')
  assert.deepEqual(
    [file.report.sums.drawn, file.report.sums.rectified, file.report.sums.inOrder, file.report.sums.checking],
    [4, 1, 1, 2],
  )
  assert.equal(JSON.stringify(file).includes('测试A镇'), false, 'no organisation is named in it')
  assert.deepEqual([file.campaign.sums.lapsed, file.campaign.sums.checking], [2, 0])
  const told = await bodyOf('B')
  const theirs = (await told.call('myNotices')).body.notices as {
    title: { zh: string }
  }[]
  assert.ok(theirs.some(({ title }) => title.zh.includes('未办完，不作认定')))
  assert.equal((await stepOf(checker.clerk, second, 3, 'in-order', { reason: '晚了' })).body.code, 'step-not-possible')
  assert.equal((await draw(num)).body.code, 'campaign-not-running')

  // no record was touched, and every act is in the ledger
  const { rows } = await city.owner.query(
    `select count(*)::int as n from xinheng.action where machine = 'campaign' and (nk <> 0 or hiding <> 'no')`,
  )
  assert.equal(rows[0].n, 0)
})

const PERSON = citizenNumber(7)

/** A campaign under way with one body drawn, and a person, a trader and a firm on file beside it. */
async function withDrawn(t: Parameters<typeof withCampaigns>[0]) {
  const world = await withCampaigns(t)
  const { city, open, draw } = world
  await owes(city, 'A')
  ok(await city.report({ item: 'commitment', number: PERSON, name: '测庚', decided: '2026-01-15' }))
  const trader = makeOrganisationCode({ division: '990000', body: 'L9990001', category: '2' })
  ok(
    await city.report(
      {
        item: 'government-faith',
        number: trader,
        name: '衡州测庚小吃店',
        decided: '2026-01-15',
        document: '（2026）测执9号',
        values: { SXLX: '拖欠账款', LXQK: '' },
      },
      'demo-court',
    ),
  )
  const num = await open()
  const drawn = ok(await draw(num)).body
  return { ...world, num, trader, drawn }
}

test('decisions/108: no natural person is ever drawn: by the API, by the application, by the owner of the database', async (t) => {
  const { city, lead, num, trader, drawn, cases, give, propose } = await withDrawn(t)
  const person = city.subjectOf(PERSON)
  // who trades under a code is looked at, and told so, but not drawn
  assert.deepEqual([drawn.looked, drawn.drawn], [2, 1])
  assert.deepEqual(
    (await cases(num)).map(({ organisation }) => organisation),
    [city.subjectOf(bodyCode('A'), 'organisation').replaceAll('-', '')],
  )

  // a person named to the API is no case, by neither way in
  assert.equal((await give(num, person.replaceAll('-', ''))).body.code, 'campaign-not-running')
  const direct = await lead.clerk.call('startCase', {
    body: { machine: 'campaign', kind: 'assign', number: PERSON, content: { fields: { campaign: String(num) } } },
  })
  assert.equal(direct.body.code, 'campaign-not-running', direct.text)
  const asTrader = await lead.clerk.call('startCase', {
    body: {
      machine: 'campaign',
      kind: 'assign',
      idKind: 'organisation',
      number: trader,
      content: { fields: { campaign: String(num) } },
    },
  })
  assert.notEqual(asTrader.status, 200, asTrader.text)

  // the application's role: nothing but what it looked at for this campaign in this transaction
  const asApp = (sql: string, values: unknown[]) => city.system.pool.query(sql, values)
  const { rows } = await asApp('select xinheng.draw_into_campaign($1, $2, 2::smallint, $3, $4) as n', [
    lead.clerk.account,
    num,
    [person],
    [1],
  ])
  assert.equal(rows[0].n, 0)
  await assert.rejects(
    asApp('insert into xinheng.campaign_drawn (subject, campaign, act, records) values ($1, $2, 3, 1)', [person, num]),
    /permission denied/,
  )
  // the owner of the database, with whatever look-up rows there are
  await assert.rejects(
    city.owner.query('insert into xinheng.campaign_drawn (subject, campaign, act, records) values ($1, $2, 3, 1)', [
      person,
      num,
    ]),
    /campaign_organisations_only/,
  )
  await assert.rejects(
    city.owner.query('update xinheng.campaign_drawn set subject = $1', [person]),
    /campaign_organisations_only/,
  )
  const file = (
    await city.owner.query<{ file: bigint }>(`select coalesce(max(num), 0) + 1000 as file from xinheng.action`)
  ).rows[0]?.file
  await assert.rejects(
    city.owner.query('insert into xinheng.campaign_case (subject, file, campaign, unit) values ($1, $2, $3, 1)', [
      person,
      file,
      num,
    ]),
    /foreign key/,
  )
  // a case of the machine that no campaign stands behind does not commit
  await assert.rejects(
    city.owner.query(
      `insert into xinheng.action (subject, num, nk, actor, unit, pack, kind, sealed, file, step, machine, owner, proposer, hiding, hides_from)
       overriding system value values ($1, $2, 0, $3, 1, 1, 'assign', '', $2, 1, 'campaign', 1, $3, 'no', 'infinity')`,
      [person, file, lead.clerk.account],
    ),
    /foreign key/,
  )
  // a campaign over an item of people is not opened, whatever a pack says
  await city.owner.query(
    `update xinheng.pack set content = jsonb_set(content, '{problems}', (select jsonb_agg(case when p ->> 'id' = $1
       then jsonb_set(p, '{campaign,items}', '["penalty-person"]') else p end) from jsonb_array_elements(content -> 'problems') p))`,
    [ARREARS],
  )
  assert.equal((await propose()).body.code, 'campaign-lead-only', 'the wall, where the domain still has the old pack')
  const problem = city.system.reference.pack.problems.find(({ id }) => id === ARREARS)
  assert.ok(problem?.campaign)
  problem.campaign.items = ['penalty-person']
  assert.equal((await propose()).body.code, 'campaign-persons')
})

test('R45: what is opened, drawn and given out stays within its rule, its term and its two persons', async (t) => {
  const { city, lead, checker, propose, num, cases, give, draw } = await withDrawn(t)
  const refused = async (body: object, code: string, field?: string) => {
    const answer = await propose(lead.clerk, body)
    assert.deepEqual([answer.body.code, answer.body.field], [code, field], answer.text)
  }
  await refused({ problem: 'problem-debts' }, 'campaign-not-here', 'problem')
  await refused({ problem: 'nothing-of-the-kind' }, 'campaign-not-here', 'problem')
  await refused({ since: '2023-03-01' }, 'campaign-dates', 'since')
  await refused({ since: '2026-03-03' }, 'campaign-dates', 'since')
  await refused({ until: '2027-03-03' }, 'campaign-dates', 'until')
  await refused({ until: '2026-03-01' }, 'campaign-dates', 'until')
  await refused({ scope: '\u3000 ' }, 'step-says-too-little', 'scope')
  assert.equal((await propose(lead.clerk, { scope: 'x'.repeat(2001) })).status, 400)
  await refused({ since: '2025-06-31' }, 'bad-request', 'since')
  await refused({ until: '2026-06-31' }, 'bad-request', 'until')
  assert.equal((await propose(checker.clerk)).body.code, 'campaign-not-here')
  assert.equal((await draw(999)).body.code, 'not-found')

  // a second draw finds who came since, and nobody twice
  await owes(city, 'B')
  assert.equal(ok(await draw(num)).body.drawn, 1)
  assert.equal(ok(await draw(num)).body.drawn, 0)

  // two give the same out at once: one case
  const [a, b] = (await cases(num)).map(({ organisation }) => organisation) as [string, string]
  const both = await Promise.all([give(num, a), give(num, a)])
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((x, y) => x - y),
    [200, 409],
  )

  // walls, as the owner: opened by who proposed, drawn past its term, closed without a report
  const act = (values: string) =>
    city.owner.query(
      `insert into xinheng.campaign_act (campaign, step, before, after, kind, actor, actor_before, until, reason) values ${values}`,
    )
  const me = lead.clerk.account
  const other = ok(await propose()).body.num as number
  await assert.rejects(act(`(${other}, 2, 1, 'propose', 'open', ${me}, ${me}, '2026-06-30', '')`), /check constraint/)
  await assert.rejects(act(`(${other}, 2, 1, 'propose', 'draw', ${me}, ${me}, '2026-06-30', '')`), /check constraint/)
  await assert.rejects(
    act(`(${other}, 2, 1, 'propose', 'close', ${lead.reviewer.account}, ${me}, '2026-06-30', '')`),
    /check constraint/,
  )
  await assert.rejects(
    act(`(${other}, 2, 1, 'propose', 'open', ${lead.reviewer.account}, ${me}, '2027-06-30', '')`),
    /foreign key/,
  )
  await assert.rejects(city.system.pool.query(`update xinheng.campaign set until = '2030-01-01'`), /permission denied/)

  // on the last day it still runs; on the day after nothing is drawn, given out, asked or found, with no job run
  const id = (await cases(num)).find((one) => one.case)?.case ?? ''
  await city.setTime(at('2026-06-30', '23:59'))
  ok(await draw(num))
  ok(await stepOf(checker.clerk, id, 1, 'ask', { facts: '欠款逾期' }))
  await city.setTime(at('2026-07-01', '00:00'))
  assert.equal((await draw(num)).body.code, 'campaign-not-running')
  assert.equal((await give(num, b)).body.code, 'campaign-not-running')
  assert.equal((await stepOf(checker.clerk, id, 2, 'in-order', { reason: '晚一日' })).body.code, 'campaign-not-running')
  assert.equal(ok(await lead.clerk.call('campaign', { params: { num } })).body.campaign.state.kind, 'ended')
  // it can be closed all the same
  ok(await lead.clerk.call('prepareClosing', { params: { num }, body: { note: '到期' } }))
  assert.equal(ok(await lead.reviewer.call('closeCampaign', { params: { num }, body: { kind: 'close' } })).body.told, 1)
})

test('G11: every act of a campaign is in the ledger, and verify finds nothing where all was lawful and a person where one was forced in', async (t) => {
  const { city, num, lead, give, cases } = await withDrawn(t)
  const [one] = await cases(num)
  ok(await give(num, one?.organisation ?? ''))
  ok(await lead.clerk.call('prepareClosing', { params: { num }, body: { note: '试' } }))
  ok(await lead.reviewer.call('closeCampaign', { params: { num }, body: { kind: 'close' } }))
  const only = [
    'campaignPersons',
    'campaignLooks',
    'campaignTraders',
    'steps',
    'lookUpFields',
    'lookUpGround',
    'lookUpVisible',
    'lookUpUnit',
  ]
  const found = async () =>
    (await verify({ pool: city.owner, keys: city.keys, today: city.today(), only }))
      .filter(({ findings }) => findings.length > 0)
      .map(({ check }) => check.id)
  assert.deepEqual(await found(), [])
  const sequencer = openPool(roleUrl(city.url, 'xinheng_sequencer', city.keys), { max: 2 })
  t.after(() => sequencer.end())
  const signer = await getLedgerSigner(city.keys, 'ledger.example/xinheng')
  const span = Temporal.Now.instant().until('2026-03-02T00:00:00Z').total('seconds')
  await sequenceAll({ pool: sequencer, keys: city.keys, signer }, Math.ceil(Math.abs(span)) + 3600)
  const ledger = async () =>
    (await verifyLedger({ pool: city.owner, keys: city.keys, log: signer, grace: -60 })).findings.map((finding) =>
      JSON.stringify(finding),
    )
  assert.deepEqual(await ledger(), [])
  const breach = async (sql: string) => {
    const client = await city.owner.connect()
    try {
      for (const statement of ['begin', 'set local session_replication_role = replica', sql, 'commit'])
        await client.query(statement)
    } finally {
      client.release()
    }
  }
  await breach(`update xinheng.campaign_act set reason = '改了' where kind = 'report'`)
  assert.match((await ledger()).join(), /campaign_act/)
  await breach(`update xinheng.campaign_act set reason = '试' where kind = 'report'`)
  assert.deepEqual(await ledger(), [])

  await city.owner.query('alter table xinheng.campaign_drawn drop constraint campaign_organisations_only')
  await breach(`update xinheng.campaign_drawn set subject = '${city.subjectOf(PERSON)}'`)
  assert.deepEqual(await found(), ['campaignPersons', 'campaignLooks'])
  assert.match((await ledger()).join(), /campaign_act/, 'whom a drawing drew is part of its leaf')
  // a person whose row was made to say that it is an organisation has the key of a person
  await breach(`update xinheng.subject set kind = 6 where subject = '${city.subjectOf(PERSON)}'`)
  assert.deepEqual(await found(), ['campaignLooks', 'campaignTraders'])
})
