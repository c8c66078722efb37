import { makeBulletin, type Bulletin } from '#operations/supervision/bulletin.ts'
import { findUnit } from '#operations/system.ts'
import { EVERYWHERE, scopeOfPlace } from '#operations/places.ts'
import { isRefusal, refuse } from '#domain/refusal.ts'
import { parseDateText } from '#domain/values.ts'
import { OPTIONS } from '../acting.ts'
import { EXIT, findText, UsageError, type Args, type Command, type Exit } from '../command.ts'
import { withSystem } from '../installation.ts'
import { both, table } from '../table.ts'
import { tell } from './account.ts'

const percent = (share: number | undefined, digits = 1): string =>
  share === undefined ? '—' : `${(share * 100).toFixed(digits)}%`
const count = (number: number | undefined): string => (number === undefined ? '—' : number.toLocaleString('en'))

/** The bulletin as tables: units, key groups, codes. */
function show({ day, from, until, units, coverage, codes }: Bulletin): string {
  const { rows, wrongRate, organisations, doubledRate, target } = codes
  const measured = [wrongRate, doubledRate].filter((rate) => rate !== undefined)
  const met = measured.length > 0 && measured.every((rate) => rate < target)
  return [
    `通报 Bulletin  ${from ?? '…'} – ${until ?? day}（${day}）\n\n`,
    table([
      [
        '单位 unit',
        '行 rows',
        '及时 in time',
        '准确 right',
        '完整 complete',
        '期限 terms',
        '暂停 silent',
        '任务 done/all',
        '逾期 late',
      ],
      ...units.map((line) => {
        const { done, underWay, blocked, notBegun, late } = line.tasks
        return [
          both(line.unit.name),
          count(line.rows),
          ...[line.timeliness, line.accuracy, line.completeness, line.termsKept].map((one) => percent(one)),
          count(line.cases.silent),
          `${done}/${done + underWay + blocked + notBegun}`,
          count(late),
        ]
      }),
    ]),
    '\n',
    table([
      ['重点人群 key group', '有档案 on file', '名册 register', '覆盖 covered'],
      ...coverage.map(({ group, people, register, share }) => [
        both(group.name),
        count(people),
        count(register),
        percent(share),
      ]),
    ]),
    `\n统一社会信用代码 Unified codes: 错码 wrong ${percent(wrongRate, 3)}（${count(rows)} 行 rows），重码 doubled ${percent(doubledRate, 3)}（${count(organisations)} 家 organisations）；目标 target < ${percent(target, 2)}：${met ? '达标 met' : '未达标 not met'}\n`,
  ].join('')
}

const readDay = (args: Args, name: string): string | undefined => {
  const text = findText(args, name)
  if (text !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(text) || typeof parseDateText(text) !== 'number'))
    throw new UsageError(`--${name} YYYY-MM-DD`)
  return text
}

const run = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system, owner) => {
    const [from, until, unit] = [readDay(args, 'from'), readDay(args, 'until'), findText(args, 'unit')]
    if (unit !== undefined && !findUnit(system.reference.pack, unit))
      return tell(args.io, refuse('unknown-unit', { field: 'unit' }))
    const of = findText(args, 'of')
    const scope = of === undefined ? EVERYWHERE : scopeOfPlace(system, of)
    if (isRefusal(scope)) return tell(args.io, scope)
    const bulletin = await makeBulletin(system, {
      reader: { owner },
      scope,
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
      ...(unit === undefined ? {} : { unit }),
    })
    args.io.out(args.values['json'] === true ? `${JSON.stringify(bulletin)}\n` : show(bulletin))
    return EXIT.ok
  })

export const bulletinCommands: Command[] = [
  {
    name: 'bulletin',
    summary: {
      zh: '通报：各单位报送、办案、任务和重点人群覆盖，只有数字',
      en: 'The bulletin: reporting, terms kept, tasks and coverage by unit, in numbers',
    },
    options: {
      from: { type: 'string', value: 'DAY', help: { zh: '起日', en: 'from this day' } },
      until: { type: 'string', value: 'DAY', help: { zh: '止日', en: 'until this day' } },
      unit: { type: 'string', value: 'UNIT', help: { zh: '只看此单位', en: 'this unit alone' } },
      of: {
        type: 'string',
        value: 'PLACE',
        help: { zh: '只看此地（一个系统服务市和区时）', en: 'this place alone, where an instance serves several' },
      },
      json: OPTIONS.json,
    },
    example: 'xinheng bulletin --unit demo-market',
    run,
  },
]
