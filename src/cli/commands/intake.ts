import { stat, writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import type pg from 'pg'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { createAccount, listAccounts } from '#operations/accounts.ts'
import { readPieces } from '#operations/intake/pieces.ts'
import { submit } from '#operations/intake/submit.ts'
import { explain, listProblems, type ProblemText } from '#operations/submissions.ts'
import type { System } from '#operations/system.ts'
import { EXIT, findText, need, type Args, type Command, type Exit } from '../command.ts'
import { withSystem } from '../installation.ts'
import { openProgress } from '../progress.ts'
import { tell } from './account.ts'

const PAGE = 500

/** Who sends it: the operator named, if a clerk of the unit; else the unit's account for the command line. */
export async function findOperator(
  system: System,
  owner: pg.Pool,
  unit: string,
  as: string | undefined,
): Promise<number | Refusal> {
  const name = as ?? `system.${unit}`
  const known = (await listAccounts(system, owner)).find((account) => account.name === name)
  if (known)
    return known.unit === unit && known.roles.includes('clerk') && !known.closed ? known.num : refuse('not-allowed')
  if (as !== undefined) return refuse('not-found', { field: 'as' })
  const display = { zh: '命令行报送', en: 'Sent by command line' }
  const password = randomBytes(24).toString('base64url')
  const made = await createAccount(
    system,
    { actor: null, db: owner },
    { name, display, password, unit, roles: ['clerk'] },
  )
  return isRefusal(made) ? made : made.num
}

async function allProblems(system: System, submission: number | null, first: ProblemText[]): Promise<ProblemText[]> {
  if (submission === null) return first
  const all: ProblemText[] = []
  for (let after = 0; ;) {
    const page = await listProblems(system, 'all', submission, { after, limit: PAGE })
    if (isRefusal(page) || page.length === 0) return all.length > 0 ? all : first
    all.push(...page)
    after = page.at(-1)?.row ?? after
  }
}

const quoted = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The error list as departments open it: UTF-8 with mark, so that Excel shows Chinese. No personal data is in it (B8). */
export function errorList(problems: readonly ProblemText[]): string {
  const rows = problems.map(({ row, field, code, detail = '', message, remedy }) => [
    String(row),
    field,
    code,
    message.zh,
    remedy.zh,
    message.en,
    remedy.en,
    detail,
  ])
  const header = ['行 row', '栏目 field', '代码 code', '原因', '处理', 'reason', 'remedy', '已有决定 earlier decision']
  return `\ufeff${[header, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`
}

async function intake(args: Args): Promise<Exit> {
  const { io, values } = args
  const [path = ''] = args.positionals
  const [item, unit] = [need(args, 'item'), need(args, 'unit')]
  const size = await stat(path).then(
    (found) => found.size,
    () => undefined,
  )
  if (size === undefined) {
    io.error(`读不到文件 · Cannot read the file: ${path}\n`)
    return EXIT.usage
  }
  return withSystem(io, async (system, owner) => {
    const actor = await findOperator(system, owner, unit, findText(args, 'as'))
    if (isRefusal(actor)) return tell(io, actor)
    const progress = openProgress(io, size)
    const outcome = await submit(system, {
      item,
      unit,
      actor,
      key: findText(args, 'key'),
      dryRun: values['dry-run'] === true,
      fileName: basename(path),
      source: readPieces(path),
      onProgress: progress.show,
    }).finally(progress.end)
    const receipt = isRefusal(outcome) ? outcome.receipt : outcome
    const problems = (receipt?.problems ?? []).map(explain)
    const errors = findText(args, 'errors')
    if (errors !== undefined)
      await writeFile(errors, errorList(await allProblems(system, receipt?.submission ?? null, problems)))
    if (values['json'] === true) {
      io.out(
        `${JSON.stringify({ ...receipt, ...(isRefusal(outcome) ? { status: 'refused', refusal: { ...outcome, receipt: undefined } } : {}), problems })}\n`,
      )
      return isRefusal(outcome) || (receipt?.refused ?? 0) > 0 ? EXIT.refused : EXIT.ok
    }
    if (receipt) {
      const { rows, versions, duplicates, refused, late } = receipt
      io.out(
        `${rows} 行 rows · 新增 new ${receipt.new} · 更正 versions ${versions} · 重复 duplicates ${duplicates} · 拒绝 refused ${refused} · 迟报 late ${late ?? '未知 unknown'}\n`,
      )
      for (const { row, field, code, detail, message } of problems.slice(0, 10))
        io.out(`  ${row}\t${field}\t${code}\t${message.zh} · ${message.en}${detail ? `\t${detail}` : ''}\n`)
      if (problems.length > 10) io.out(`  …  ${errors ?? '--errors FILE'}\n`)
    }
    if (isRefusal(outcome)) return tell(io, outcome)
    io.out(`${STATUS[outcome.status]}${outcome.submission === null ? '' : ` #${outcome.submission}`}\n`)
    return outcome.refused > 0 ? EXIT.refused : EXIT.ok
  })
}

const STATUS = {
  accepted: '已接收 Accepted',
  'dry-run': '试运行，未保存 Dry run: nothing was kept',
  again: '此前已接收，无变化 Taken in before: nothing changed',
  held: '待本单位第二人复核 Held for a second person of the unit',
} as const

export const intakeCommand: Command = {
  name: 'intake',
  summary: { zh: '报送文件：CSV、.xlsx 或 NDJSON，任意大小', en: 'Take in a file: CSV, .xlsx or NDJSON of any size' },
  takes: 'FILE --item CODE --unit CODE',
  count: [1, 1],
  options: {
    item: { type: 'string', value: 'CODE', help: { zh: '目录事项', en: 'catalogue item' } },
    unit: { type: 'string', value: 'CODE', help: { zh: '报送单位', en: 'reporting unit' } },
    key: {
      type: 'string',
      value: 'KEY',
      help: {
        zh: '报送编号：同一编号再报不重复（默认用内容摘要）',
        en: 'the same key twice is the same submission (default: digest of the content)',
      },
    },
    as: { type: 'string', value: 'NAME', help: { zh: '经办人账号', en: 'account of the operator' } },
    'dry-run': { type: 'boolean', help: { zh: '只检查，不保存', en: 'check everything, keep nothing' } },
    errors: {
      type: 'string',
      value: 'FILE',
      help: { zh: '把错误清单写入 CSV 文件', en: 'write the refused rows to a CSV file' },
    },
    json: { type: 'boolean', help: { zh: '输出 JSON', en: 'print JSON' } },
  },
  example: 'xinheng intake penalties.csv --item penalty-person --unit demo-market --dry-run',
  run: intake,
}
