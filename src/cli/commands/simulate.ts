import { isRefusal, type Text } from '#domain/refusal.ts'
import type { Cell } from '#domain/simulate.ts'
import { simulateStored, type Simulated, type Tried } from '#operations/simulate.ts'
import { findActor, OPTIONS } from '../acting.ts'
import { EXIT, type Args, type Command, type Exit } from '../command.ts'
import { withSystem } from '../installation.ts'
import { both, table } from '../table.ts'
import { tell } from './account.ts'

const countOf = (count: number | null): string => (count === null ? '<5' : count.toLocaleString('en'))
const cells = (list: readonly Cell[], names: Record<string, Text> = {}): string =>
  list
    .slice(0, 8)
    .map(({ of, count }) => `${names[of]?.zh ?? of} ${countOf(count)}`)
    .join('，')
const rule = (of: { count: number; within: string } | undefined): string => (of ? `≥ ${of.count} / ${of.within}` : '—')

function show(change: Simulated, { districts, groups }: Pick<Tried, 'districts' | 'groups'>): string {
  const side = (title: string, of: Simulated['newly']): [string, string][] => [
    [title, countOf(of.count)],
    ['  地区 districts', cells(of.district, districts)],
    ['  年龄 age', cells(of.age)],
    ['  群体 groups', cells(of.group, groups)],
  ]
  return `${both(change.name)}\n${table([
    ['规则 rule', `${rule(change.was)} → ${rule(change.now)}`],
    ...side('新标记 newly flagged', change.newly),
    ...side('不再标记 no longer', change.noLonger),
  ])}`
}

const run = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system, owner) => {
    const who = await findActor(system, owner, args)
    if (isRefusal(who)) return tell(args.io, who)
    const done = await simulateStored(system, { ...who, pack: args.positionals[0] ?? '' })
    if (isRefusal(done)) return tell(args.io, done)
    if (args.values['json'] === true) args.io.out(`${JSON.stringify(done)}\n`)
    else if (done.changes.length === 0)
      args.io.out('与现行规则相比，无人的标记会改变 · Nobody’s flag would change against the rules in force\n')
    else args.io.out(done.changes.map((change) => show(change, done)).join('\n'))
    return EXIT.ok
  })

export const simulateCommands: Command[] = [
  {
    name: 'simulate',
    summary: {
      zh: '试算政策包：谁会被新标记、谁不再被标记，只给数字',
      en: 'Dry run of a pack: who would be newly flagged, who no longer; numbers only',
    },
    takes: 'PACK',
    count: [1, 1],
    options: { as: OPTIONS.as, json: OPTIONS.json },
    example: 'xinheng simulate demo --as admin',
    run,
  },
]
