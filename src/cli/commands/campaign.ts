import { isUnfinished } from '#domain/campaign.ts'
import { isRefusal } from '#domain/refusal.ts'
import { getCampaign, listCampaignCases, listCampaigns, type CampaignView } from '#operations/campaign/campaigns.ts'
import { findActor, OPTIONS, type Actor } from '../acting.ts'
import { EXIT, UsageError, type Args, type Command, type Exit } from '../command.ts'
import { withSystem } from '../installation.ts'
import { both, table } from '../table.ts'
import { tell } from './account.ts'
import type { System } from '#operations/system.ts'

const options = { as: OPTIONS.as, json: OPTIONS.json }
const { as, json } = options

function numberOf({ positionals: [text = ''] }: Args): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError('专项治理编号是正整数 · the number of a campaign is a whole number')
  return Number(text)
}

const acting = (args: Args, work: (system: System, actor: Actor) => Promise<Exit>): Promise<Exit> =>
  withSystem(args.io, async (system, owner) => {
    const actor = await findActor(system, owner, args)
    return isRefusal(actor) ? tell(args.io, actor) : work(system, actor)
  })

const print = (args: Args, data: unknown, text: string): Exit => {
  args.io.out(args.values['json'] === true ? `${JSON.stringify(data)}\n` : text)
  return EXIT.ok
}

const lines = (campaigns: readonly CampaignView[]): string =>
  campaigns.length === 0
    ? '没有专项治理 · no campaigns\n'
    : table([
        ['编号 no.', '问题 problem', '牵头 lead', '止 until', '状态 state', '抽取 drawn', '办结 done', '逾期 late'],
        ...campaigns.map(({ num, name, lead, until, state, sums }) => [
          String(num),
          both(name),
          both(lead.name),
          until,
          both(state.name),
          String(sums.drawn),
          String(sums.inOrder + sums.rectified + sums.handedOver),
          String(sums.late),
        ]),
      ])

const HEADS = [
  ['waiting', '待交办 not given out'],
  ['checking', '核查中 being checked'],
  ['toRectify', '限期整改 to be put right'],
  ['inOrder', '没有问题 in order'],
  ['rectified', '已整改 put right'],
  ['handedOver', '移交 handed over'],
  ['lapsed', '未办完 unfinished'],
  ['undone', '异议撤销 undone'],
  ['late', '逾期 late'],
] as const

export const campaignCommands: Command[] = [
  {
    name: 'campaign list',
    summary: { zh: '专项治理：进度，只有数字', en: 'Campaigns and their progress, in numbers' },
    options: { as, json },
    example: 'xinheng campaign list --as development-clerk',
    run: (args) =>
      acting(args, async (system, { actor }) => {
        const campaigns = await listCampaigns(system, actor)
        return print(args, { campaigns }, lines(campaigns))
      }),
  },
  {
    name: 'campaign show',
    summary: {
      zh: '一项专项治理：依据、范围、各单位进度、办理经过、总结报告',
      en: 'One campaign: basis, scope, progress by unit, acts, closing report',
    },
    takes: 'NUMBER',
    count: [1, 1],
    options: { as, json },
    example: 'xinheng campaign show 1 --as development-clerk',
    run: (args) =>
      acting(args, async (system, { actor }) => {
        const found = await getCampaign(system, { actor, num: numberOf(args) })
        if (isRefusal(found)) return tell(args.io, found)
        const { campaign, units, acts, report } = found
        const text = [
          `${both(campaign.name)}（${both(campaign.state.name)}）\n`,
          `依据 Basis: ${campaign.basis}\n范围 Scope: ${campaign.scope}\n`,
          `记录 Records since ${campaign.since}，截止 until ${campaign.until}\n\n`,
          table([
            ['单位 unit', ...HEADS.map(([, head]) => head)],
            ['合计 in all', ...HEADS.map(([key]) => String(campaign.sums[key]))],
            ...units.map(({ unit, sums }) => [both(unit.name), ...HEADS.map(([key]) => String(sums[key]))]),
          ]),
          '\n',
          table([
            ['步 step', '日期 day', '办理 act', '经办 by', '说明 note'],
            ...acts.map((act) => [String(act.step), act.at.slice(0, 10), act.kind, both(act.actor), act.reason]),
          ]),
          report ? `\n总结报告 Closing report（${report.day}）: ${report.note}\n` : '',
        ]
        return print(args, found, text.join(''))
      }),
  },
  {
    name: 'campaign cases',
    summary: {
      zh: '专项治理个案：牵头单位看全部，核查单位看本单位的',
      en: 'Cases of a campaign: all for its lead, its own for a unit that checks',
    },
    takes: 'NUMBER',
    count: [1, 1],
    options: { as, json },
    example: 'xinheng campaign cases 1 --as development-clerk',
    run: (args) =>
      acting(args, async (system, { actor }) => {
        const cases = await listCampaignCases(system, { actor, num: numberOf(args) })
        if (isRefusal(cases)) return tell(args.io, cases)
        const rows = cases.map((one) => [
          one.case?.split('.')[1] ?? '—',
          one.name ?? '—',
          one.unit ? both(one.unit.name) : '—',
          one.state ? both(one.state.name) : '待交办 not given out',
          one.due && one.state && isUnfinished(one.state.kind) ? `${one.due}${one.late ? ' 逾期 late' : ''}` : '',
        ])
        const text =
          rows.length === 0
            ? '没有本单位的个案 · no cases of this unit\n'
            : table([['个案 case', '单位 organisation', '核查 checked by', '状态 state', '期限 due'], ...rows])
        return print(args, { cases }, text)
      }),
  },
]
