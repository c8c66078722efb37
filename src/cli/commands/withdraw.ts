import { isRefusal, refuse } from '#domain/refusal.ts'
import { erase } from '#operations/erase.ts'
import { withdraw } from '#operations/withdraw.ts'
import { openPool } from '#store/db.ts'
import { vacuumRecords } from '#store/compact.ts'
import { roleUrl } from '#store/migrate.ts'
import { findActor, OPTIONS, readNumber } from '../acting.ts'
import { EXIT, findText, need, type Args, type Command, type Exit, type Option } from '../command.ts'
import { withSystem } from '../installation.ts'
import { tell } from './account.ts'

const NAMED = {
  as: OPTIONS.as,
  item: { type: 'string', value: 'CODE', help: { zh: '目录事项', en: 'catalogue item' } },
  unit: { type: 'string', value: 'CODE', help: { zh: '报送单位', en: 'unit that reported it' } },
  key: {
    type: 'string',
    value: 'VALUE|VALUE',
    help: { zh: '自然主键各栏，竖线分隔', en: 'fields of its natural key, separated by bars' },
  },
  kind: OPTIONS.kind,
  reason: { type: 'string', value: 'TEXT', help: { zh: '理由', en: 'why' } },
  json: OPTIONS.json,
} as const satisfies Record<string, Option>

const keyOf = (args: Args): string[] => need(args, 'key').split('|')

const runWithdraw = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system, owner) => {
    const who = await findActor(system, owner, args)
    if (isRefusal(who)) return tell(args.io, who)
    if (who.unit === undefined) return tell(args.io, refuse('not-allowed', { field: 'as' }))
    const done = await withdraw(system, {
      actor: who.actor,
      unit: who.unit,
      item: need(args, 'item'),
      kind: findText(args, 'kind'),
      naturalKey: keyOf(args),
      reason: need(args, 'reason'),
      number: await readNumber(args),
    })
    if (isRefusal(done)) return tell(args.io, done)
    args.io.out(args.values['json'] === true ? `${JSON.stringify(done)}\n` : `已撤回 · Withdrawn: ${done.at}\n`)
    return EXIT.ok
  })

const runErase = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system, owner, { ownerUrl, keys }) => {
    const who = await findActor(system, owner, args)
    if (isRefusal(who)) return tell(args.io, who)
    const eraser = openPool(roleUrl(ownerUrl, 'xinheng_eraser', keys), { max: 1, name: 'xinheng erase' })
    try {
      const done = await erase(system, eraser, {
        actor: who.actor,
        unit: need(args, 'unit'),
        item: need(args, 'item'),
        kind: findText(args, 'kind'),
        naturalKey: keyOf(args),
        reason: need(args, 'reason'),
        matter: need(args, 'matter'),
        number: await readNumber(args),
      })
      if (isRefusal(done)) return tell(args.io, done)
      await vacuumRecords(owner)
      args.io.out(
        args.values['json'] === true
          ? `${JSON.stringify(done)}\n`
          : `已删除 · Erased: ${done.erased} 个版本 versions, ${done.at}\n` +
              `数据页的空闲处由 xinheng compact 覆盖；预写日志和备份到期前仍有原文。\n` +
              `Its place on disk is overwritten by xinheng compact; write-ahead log and backups hold it until they expire.\n`,
      )
      return EXIT.ok
    } finally {
      await eraser.end()
    }
  })

export const withdrawCommands: Command[] = [
  {
    name: 'withdraw',
    summary: { zh: '撤回本单位报送的一条记录', en: 'Withdraw a record that the own unit reported' },
    takes: '[NUMBER | -]',
    count: [0, 1],
    options: {
      as: NAMED.as,
      item: NAMED.item,
      key: NAMED.key,
      kind: NAMED.kind,
      reason: NAMED.reason,
      json: NAMED.json,
    },
    example: `xinheng withdraw - --as market-clerk --item commitment --key '承诺〔2026〕1号|' --reason 报送有误`,
    run: runWithdraw,
  },
  {
    name: 'erase',
    summary: {
      zh: '删除一条记录的内容，只留曾有并已删除的证明',
      en: 'Erase the content of a record; the proof that it was there and was removed stays',
    },
    takes: '[NUMBER | -]',
    count: [0, 1],
    options: { ...NAMED, matter: OPTIONS.matter },
    example: `xinheng erase - --as admin --item commitment --unit demo-market --key '承诺〔2026〕1号|' --matter 删〔2026〕1号 --reason 本人申请`,
    run: runErase,
  },
]
