import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { owes, withCampaigns } from './campaign.fixture.ts'
import { ownStepOf, stepOf } from './listing.fixture.ts'

// Whatever is asked by whomever, in whatever order and on whatever day: what stands in the database afterwards is lawful. The
// questions below are written by hand, and know neither the table of steps nor the walls.

const SEED = Number(process.env['XINHENG_MODEL_SEED'] ?? 1)
const STEPS = 1_500
const WHO = ['leadClerk', 'leadReviewer', 'clerk', 'reviewer', 'stranger'] as const
/** mostly those who may, so that something happens; the others as often as it takes to see them refused */
const LEADS = fc.constantFrom('leadClerk' as const, 'leadClerk' as const, 'leadClerk' as const, ...WHO)
const CHECKS = fc.constantFrom('clerk' as const, 'reviewer' as const, 'clerk' as const, 'reviewer' as const, ...WHO)
const KINDS = [
  'ask',
  'ask',
  'ask',
  'in-order',
  'rectified',
  'order',
  'order',
  'hand-over',
  'hand-over',
  'lapse',
  'assign',
] as const
const OWN = ['answer', 'report'] as const

const command = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('draw' as const), who: LEADS }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('give' as const), who: LEADS, body: fc.nat(3) }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constant('step' as const),
      who: CHECKS,
      kind: fc.constantFrom(...KINDS),
      body: fc.nat(3),
      days: fc.integer({ min: -3, max: 40 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('own' as const), kind: fc.constantFrom(...OWN) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      who: fc.constantFrom('leadClerk' as const, 'clerk' as const, 'stranger' as const, 'reviewer' as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('close' as const),
      who: fc.constantFrom('leadReviewer' as const, 'leadClerk' as const, 'reviewer' as const),
      kind: fc.constantFrom('close' as const, 'return' as const, 'return' as const),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 6 }) }) },
)

/** Each must return nothing. */
const NEVER: Record<string, string> = {
  'against an organisation before its time to answer is over': `
    select a.num from xinheng.action a join xinheng.action w on w.subject = a.subject and w.file = a.file and w.kind = 'ask'
    where a.machine = 'campaign' and a.kind in ('order', 'hand-over') and a.day <= w.window_end`,
  'against an organisation that was not asked': `
    select a.num from xinheng.action a where a.machine = 'campaign' and a.kind in ('order', 'hand-over', 'rectified')
      and not exists (select from xinheng.action w where w.subject = a.subject and w.file = a.file and w.kind = 'ask' and w.step < a.step)`,
  'found by whoever gave it out': `
    select a.num from xinheng.action a join xinheng.action f on f.subject = a.subject and f.file = a.file and f.step = 1
    where a.machine = 'campaign' and a.kind in ('in-order', 'rectified', 'order', 'hand-over') and a.actor = f.actor`,
  'by a unit that it was not given to': `
    select a.num from xinheng.action a where a.machine = 'campaign' and a.kind in ('ask', 'in-order', 'rectified', 'order', 'hand-over')
      and a.unit <> a.owner`,
  'after the last day': `
    select a.num from xinheng.action a join xinheng.campaign_case k on k.subject = a.subject and k.file = a.file join xinheng.campaign c on c.num = k.campaign
    where a.kind not in ('answer', 'report', 'lapse') and a.day > c.until`,
  'after the closing, or while its report waits': `
    select a.num from xinheng.action a join xinheng.campaign_case k on k.subject = a.subject and k.file = a.file
    where a.kind not in ('answer', 'report', 'lapse') and (
      select x.kind from xinheng.campaign_act x where x.campaign = k.campaign and x.at <= a.at order by x.step desc limit 1) in ('close')`,
  'an unfinished end without a closing of the same instant': `
    select a.num from xinheng.action a join xinheng.campaign_case k on k.subject = a.subject and k.file = a.file
    where a.kind = 'lapse' and not exists (select from xinheng.campaign_act x where x.campaign = k.campaign and x.kind = 'close' and x.at = a.at)`,
  'found and not told': `
    select a.num from xinheng.action a where a.machine = 'campaign' and a.kind not in ('assign', 'answer', 'report')
      and not exists (select from xinheng.notice n where n.subject = a.subject and n.action = a.num)`,
  'a record touched, hidden or marked': `
    select a.num from xinheng.action a where a.machine = 'campaign' and (a.nk <> 0 or a.hiding <> 'no' or a.marked)`,
  'drawn without a look-up of the same instant, or a person': `
    select d.act from xinheng.campaign_drawn d join xinheng.subject s on s.subject = d.subject
    join xinheng.campaign_act x on x.campaign = d.campaign and x.step = d.act
    where s.kind <> 6 or not exists (select from xinheng.access t where t.subject = d.subject and t.at = x.at and t.matter = 'campaign ' || d.campaign)`,
  'decided by whoever prepared it': `
    select x.step from xinheng.campaign_act x join xinheng.campaign_act b on b.campaign = x.campaign and b.step = x.step - 1
    where x.kind in ('open', 'reject', 'close', 'return') and x.actor = b.actor`,
  'two cases of one organisation': `
    select 1 from xinheng.campaign_case group by subject, campaign having count(*) > 1`,
}

test('R45, decisions/108: random acts of random people on random days leave nothing unlawful', async (t) => {
  const { city, lead, checker, stranger, open, draw, cases, give, bodyOf } = await withCampaigns(t)
  for (const letter of ['A', 'B', 'C', 'D']) await owes(city, letter)
  const people = {
    leadClerk: lead.clerk,
    leadReviewer: lead.reviewer,
    clerk: checker.clerk,
    reviewer: checker.reviewer,
    stranger,
  }
  const agent = await bodyOf('A')
  const taken = new Map<string, number>()
  const note = (what: string, status: number) => status === 200 && taken.set(what, (taken.get(what) ?? 0) + 1)
  let day = Temporal.PlainDate.from('2026-03-02')
  let last = day.add({ days: 60 })
  const begin = () => {
    last = day.add({ days: 60 })
    return open({ until: last.toString() })
  }
  let number = await begin()
  note('draw', (await draw(number)).status)
  let tick = 0
  // every act at an instant of its own
  const now = () =>
    `${day.toString()}T${Temporal.PlainTime.from('08:00')
      .add({ seconds: (tick += 1) })
      .toString()}+08:00`
  const commands = fc.sample(command, { numRuns: STEPS, seed: SEED })
  for (const one of commands) {
    if (one.do === 'wait') day = day.add({ days: one.days })
    if (one.do === 'wait' && Temporal.PlainDate.compare(day, last.add({ days: 9 })) > 0) {
      await city.setTime(now())
      // a new campaign when the old one is all but over
      number = await begin()
      note('draw', (await draw(number)).status)
    }
    await city.setTime(now())
    const lines = await cases(number)
    const line =
      one.do === 'own'
        ? lines.find(({ name }) => name?.includes('测试A镇'))
        : 'body' in one
          ? lines[one.body]
          : undefined
    const shown = line?.case === undefined ? undefined : await readCase(line.case)
    switch (one.do) {
      case 'draw':
        note('draw', (await draw(number, people[one.who])).status)
        break
      case 'give':
        if (line) note('give', (await give(number, line.organisation, 'demo-finance', people[one.who])).status)
        break
      case 'step':
        if (line?.case && shown)
          note(
            one.kind,
            (
              await stepOf(people[one.who], line.case, shown, one.kind, {
                facts: '事实',
                reason: '理由',
                outcome: '移交市财政局',
                day: day.add({ days: one.days }).toString(),
              })
            ).status,
          )
        break
      case 'own':
        if (line?.case && shown)
          note(one.kind, (await ownStepOf(agent, line.case, shown, one.kind, { statement: '说明' })).status)
        break
      case 'report':
        note(
          'closing',
          (await people[one.who].call('prepareClosing', { params: { num: number }, body: { note: '总结' } })).status,
        )
        break
      case 'close': {
        const done = await people[one.who].call('closeCampaign', {
          params: { num: number },
          body: { kind: one.kind, reason: '理由' },
        })
        note(one.kind, done.status)
        if (done.status === 200 && done.body.told > 0) note('lapse', 200)
        if (done.status === 200 && one.kind === 'close') {
          day = day.add({ days: 1 })
          await city.setTime(now())
          number = await begin()
          note('draw', (await draw(number)).status)
        }
        break
      }
      default:
    }
  }
  async function readCase(id: string): Promise<number> {
    const [subject = '', file = '0'] = id.split('.')
    const { rows } = await city.owner.query<{ n: number }>(
      'select max(step)::int as n from xinheng.action where subject = $1::uuid and file = $2',
      [subject, file],
    )
    return rows[0]?.n ?? 0
  }
  const broken: string[] = []
  for (const [what, sql] of Object.entries(NEVER)) {
    const { rows } = await city.owner.query(sql)
    if (rows.length > 0) broken.push(`${what}: ${rows.length}`)
  }
  assert.deepEqual(broken, [])
  // it was not by doing nothing
  for (const what of [
    'draw',
    'give',
    'ask',
    'answer',
    'in-order',
    'rectified',
    'order',
    'hand-over',
    'closing',
    'return',
    'close',
    'lapse',
  ])
    assert.ok((taken.get(what) ?? 0) > 0, `${what} ${JSON.stringify([...taken])}`)
  t.diagnostic(JSON.stringify([...taken]))
})
