import { readFile } from 'node:fs/promises'
import { openNote } from '#domain/note.ts'
import { isRefusal, refuse } from '#domain/refusal.ts'
import { listRecalls } from '#operations/recall/recall.ts'
import { findActor, OPTIONS } from '../acting.ts'
import { EXIT, findText, type Args, type Command, type Exit } from '../command.ts'
import { withSystem } from '../installation.ts'
import { both, table } from '../table.ts'
import { tell } from './account.ts'
import { findKey } from './report.ts'

const list = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system, owner) => {
    const who = await findActor(system, owner, args)
    if (isRefusal(who)) return tell(args.io, who)
    if (who.unit === undefined) return tell(args.io, refuse('not-allowed', { field: 'as' }))
    const month = findText(args, 'month')
    const done = await listRecalls(system, {
      actor: who.actor,
      unit: who.unit,
      ...(month === undefined ? {} : { month }),
    })
    if (args.values['json'] === true) args.io.out(`${JSON.stringify(done)}\n`)
    else
      args.io.out(
        table(
          done.recalls.map((one) => [
            one.recall,
            both(one.name),
            one.day,
            one.version === undefined ? '' : `改用第 ${one.version} 版 use version ${one.version}`,
            one.received ? `已回执 acknowledged` : `${one.overdue ? '逾期 LATE' : '限期 due'} ${one.due ?? '—'}`,
          ]),
        ),
      )
    return EXIT.ok
  })

/** A recall notice checked by whoever got it: the public key is all that is needed, no database and no network. */
async function verify(args: Args): Promise<Exit> {
  const [path = ''] = args.positionals
  const opened = await openNote(await readFile(path, 'utf8'), [await findKey(args)])
  const genuine = 'text' in opened && opened.text.startsWith('xinheng recall v1\n')
  const facts: Record<string, string> = genuine
    ? Object.fromEntries(
        opened.text
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
      )
    : {}
  if (args.values['json'] === true) args.io.out(`${JSON.stringify({ genuine, ...facts })}\n`)
  else if (genuine)
    args.io.out(`签名有效 · Genuine\n${table(Object.entries(facts).map(([name, value]) => [`  ${name}`, value]))}`)
  else args.io.out('不是此公钥签名的停止使用通知 · Not a recall notice signed with this key\n')
  return genuine ? EXIT.ok : EXIT.refused
}

const option = (value: string, zh: string, en: string) => ({ type: 'string' as const, value, help: { zh, en } })

export const recallCommands: Command[] = [
  {
    name: 'recall list',
    summary: { zh: '发给本单位的停止使用通知，带签名', en: 'Recall notices to the unit, signed' },
    options: {
      as: OPTIONS.as,
      month: option('YYYY-MM', '哪个月的查询（默认本月）', 'of the look-ups of which month (default: this one)'),
      json: OPTIONS.json,
    },
    example: 'xinheng recall list --as approval-officer --json',
    run: list,
  },
  {
    name: 'recall verify',
    summary: {
      zh: '离线核验停止使用通知（note 的原文）：只需账本公钥',
      en: 'Verify a recall notice (the text of `note`) offline, with the public key of the ledger alone',
    },
    takes: 'FILE',
    count: [1, 1],
    options: {
      key: option('KEY', '公钥或其文件（默认本平台的）', "the public key or its file (default: this installation's)"),
      json: OPTIONS.json,
    },
    example: 'xinheng recall verify notice.txt --key ledger-key.txt',
    run: verify,
  },
]
