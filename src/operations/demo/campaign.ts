import { isRefusal, type Refusal } from '#domain/refusal.ts'
import { makeOrganisationCode } from '#domain/identity/synthetic.ts'
import type { Queryable } from '#store/db.ts'
import { listAccounts } from '../accounts.ts'
import { decideOnOpening, propose } from '../campaign/acts.ts'
import { listCampaignCases, listCampaigns } from '../campaign/campaigns.ts'
import { giveOut } from '../campaign/cases.ts'
import { draw } from '../campaign/draw.ts'
import { stepCaseAtDesk } from '../case-act.ts'
import { submitRecord } from '../intake/record.ts'
import { today, type System } from '../system.ts'

/** Public bodies that are not: what each owes, and how many days ago a court said so. */
const BODIES = [
  ['青石镇人民政府', '拖欠工程款', 210],
  ['白沙街道办事处', '拖欠账款', 160],
  ['临河镇人民政府', '拖欠账款', 120],
  ['云台乡人民政府', '拖欠工程款', 95],
  ['高新区管理委员会', '拖欠账款', 70],
  ['东湖街道办事处', '拖欠账款', 45],
  ['松岭镇人民政府', '违约失信', 40],
] as const

const ok = <value>(answer: value | Refusal): Exclude<value, Refusal> => {
  if (isRefusal(answer)) throw new Error(`demo campaign: ${answer.code}`)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is no refusal is the answer
  return answer as Exclude<value, Refusal>
}

/**
 * A campaign on government arrears in the demo city, by the ordinary operations: bodies a court found in arrears are reported,
 * drawn, given to units; one is in order, one was asked and has its time to answer, others wait.
 */
export async function campaignDemo(system: System, owner: Queryable): Promise<void> {
  const accounts = new Map((await listAccounts(system, owner)).map(({ name, num }) => [name, num]))
  const desk = (unit: string, role: 'clerk' | 'reviewer') => ({
    account: accounts.get(`${unit}-${role}`) ?? 0,
    unit: `demo-${unit}`,
    roles: [role],
  })
  const lead = desk('development', 'clerk')
  // a first start that was cut off: what was opened is opened
  if ((await listCampaigns(system, lead.account)).length > 0) return
  const day = Temporal.PlainDate.from(today(system))
  const court = desk('court', 'clerk')
  for (const [at, [name, kind, ago]] of BODIES.entries()) {
    ok(
      await submitRecord(system, {
        item: 'government-faith',
        unit: court.unit,
        actor: court.account,
        key: `demo:government ${at}`,
        values: {
          DWMC: `衡州市${name}（演示）`,
          TYSHXYDM: makeOrganisationCode({
            department: '1',
            category: '1',
            division: '990000',
            body: `009901${20 + at}`,
          }),
          SXLX: kind,
          WSH: `（${day.year}）衡0990执恢${100 + at}号`,
          JDRQ: day.subtract({ days: ago }).toString(),
          JDJG: '衡州市中级人民法院',
          LXQK: '',
        },
      }),
    )
  }
  const { num } = ok(
    await propose(system, {
      actor: lead.account,
      unit: lead.unit,
      problem: 'hz-government-arrears',
      since: day.subtract({ months: 12 }).toString(),
      until: day.add({ days: 120 }).toString(),
      scope: '各区、镇、街道和市级部门被司法文书认定的拖欠账款，逐案核查是否已经支付。',
    }),
  )
  ok(await decideOnOpening(system, { actor: desk('development', 'reviewer').account, num, kind: 'open' }))
  ok(await draw(system, { actor: lead.account, num }))
  const drawn = ok(await listCampaignCases(system, { actor: lead.account, num }))
  const given: { case: string; step: number; unit: string }[] = []
  for (const [at, unit] of ['housing', 'housing', 'transport', 'market'].entries()) {
    const organisation = drawn[at]?.organisation
    if (organisation === undefined) continue
    given.push({ ...ok(await giveOut(system, lead, { num, organisation, unit: `demo-${unit}` })), unit })
  }
  const [first, second, third] = given
  if (first)
    ok(
      await stepCaseAtDesk(system, desk(first.unit, 'clerk'), {
        ...first,
        kind: 'in-order',
        content: { reason: '工程款已全部支付，付款凭证和对方收款证明已核对。' },
      }),
    )
  for (const one of [second, third])
    if (one)
      ok(
        await stepCaseAtDesk(system, desk(one.unit, 'clerk'), {
          ...one,
          kind: 'ask',
          content: { facts: '法院文书载明的款项，到期后尚未查到支付记录，请说明。' },
        }),
      )
}
