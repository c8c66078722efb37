import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { isIdentifierKind } from '#domain/identity/identifier.ts'
import { isRefusal, type Refusal } from '#domain/refusal.ts'
import { closeAccount, createAccount, listAccounts } from '#operations/accounts.ts'
import { issueToken } from '#operations/sign-in.ts'
import { EXIT, findText, UsageError, type Args, type Command, type Exit, type Io } from '../command.ts'
import { withSystem } from '../installation.ts'

/** Says a refusal: what, and what to do. */
export function tell(io: Io, refusal: Refusal): Exit {
  io.error(`${refusal.message.zh} · ${refusal.message.en}\n→ ${refusal.remedy.zh} · ${refusal.remedy.en}\n`)
  return EXIT.refused
}

/** Asks for lines that must not stand on the command line; not shown while typed. Piped input gives a line each. */
export async function askSecrets(io: Io, questions: string[]): Promise<string[]> {
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: io.input, output: hidden, terminal: io.input.isTTY === true })
  const answers: string[] = []
  try {
    if (io.input.isTTY === true) {
      for (const question of questions) {
        io.error(question)
        answers.push(await lines.question(''))
        io.error('\n')
      }
    } else {
      for await (const line of lines) if (answers.push(line) === questions.length) break
    }
  } finally {
    lines.close()
  }
  if (answers.length < questions.length) throw new UsageError('标准输入的行数不够 · Standard input ended too soon')
  return answers
}

const json = { type: 'boolean', help: { zh: '输出 JSON', en: 'print JSON' } } as const

async function add(args: Args): Promise<Exit> {
  const { io, values } = args
  const [name = ''] = args.positionals
  const display = { zh: findText(args, 'zh') ?? name, en: findText(args, 'en') ?? findText(args, 'zh') ?? name }
  const kind = values['person'] === true ? (findText(args, 'kind') ?? 'citizen') : undefined
  if (kind !== undefined && !isIdentifierKind(kind))
    throw new UsageError(`没有此证件类型 · No such kind of identifier: ${kind}`)
  const unit = findText(args, 'unit')
  const roles = findText(args, 'roles')?.split(',')
  if (kind === undefined && (unit === undefined || roles === undefined)) {
    throw new UsageError('须有 --unit 和 --roles，或 --person · Give --unit and --roles, or --person')
  }
  const number = '证件号码 Number: '
  const secrets = await askSecrets(io, [...(kind === undefined ? [] : [number]), '密码 Password: '])
  const password = secrets.at(-1) ?? ''
  const of = kind === undefined ? { unit: unit ?? '', roles: roles ?? [] } : { kind, number: secrets[0] ?? '' }
  return withSystem(io, async (system, owner) => {
    const made = await createAccount(system, { actor: null, db: owner }, { name, display, password, ...of })
    if (isRefusal(made)) return tell(io, made)
    io.out(values['json'] === true ? `${JSON.stringify({ name, num: made.num })}\n` : `已开通 · Opened: ${name}\n`)
    return EXIT.ok
  })
}

export const accountCommands: Command[] = [
  {
    name: 'account add',
    summary: {
      zh: '开通账号；号码和密码从标准输入读',
      en: 'Open an account; number and password are read from standard input',
    },
    takes: 'NAME',
    count: [1, 1],
    options: {
      unit: { type: 'string', value: 'UNIT', help: { zh: '所属单位', en: 'unit of a member of staff' } },
      roles: { type: 'string', value: 'ROLE,…', help: { zh: '岗位，逗号分隔', en: 'roles, separated by commas' } },
      person: { type: 'boolean', help: { zh: '个人账号', en: 'the account of a person' } },
      kind: {
        type: 'string',
        value: 'KIND',
        help: { zh: '证件类型（默认 citizen）', en: 'kind of identifier (default: citizen)' },
      },
      zh: { type: 'string', value: 'TEXT', help: { zh: '显示名（中文）', en: 'display name in Chinese' } },
      en: { type: 'string', value: 'TEXT', help: { zh: '显示名（英文）', en: 'display name in English' } },
      json,
    },
    example: 'xinheng account add zhang-san --unit demo-market --roles clerk --zh 张三',
    run: add,
  },
  {
    name: 'account close',
    summary: { zh: '关闭账号，立即结束其登录', en: 'Close an account and end its sessions' },
    takes: 'NAME',
    count: [1, 1],
    options: { json },
    run: ({ io, positionals: [name = ''], values }) =>
      withSystem(io, async (_system, owner) => {
        const done = await closeAccount({ actor: null, db: owner }, name)
        if (isRefusal(done)) return tell(io, done)
        io.out(values['json'] === true ? `${JSON.stringify({ name, ...done })}\n` : `已关闭 · Closed: ${name}\n`)
        return EXIT.ok
      }),
  },
  {
    name: 'account list',
    summary: { zh: '列出账号', en: 'List accounts' },
    options: { json },
    run: ({ io, values }) =>
      withSystem(io, async (system, owner) => {
        const accounts = await listAccounts(system, owner)
        if (values['json'] === true) io.out(`${JSON.stringify(accounts)}\n`)
        else
          for (const { name, unit = '-', roles, closed } of accounts)
            io.out(`${name}\t${unit}\t${roles.join(',')}${closed ? '\tclosed' : ''}\n`)
        return EXIT.ok
      }),
  },
  {
    name: 'account token',
    summary: { zh: '为机器客户端签发令牌（只显示一次）', en: 'Issue a token for a machine client (shown once)' },
    takes: 'NAME',
    count: [1, 1],
    options: {
      days: { type: 'string', value: 'DAYS', help: { zh: '有效天数（默认 90）', en: 'days it lasts (default: 90)' } },
    },
    run: (args) =>
      withSystem(args.io, async (system) => {
        const days = Number(findText(args, 'days') ?? '90')
        if (!Number.isInteger(days) || days < 1 || days > 366) throw new UsageError('--days 1–366')
        const issued = await issueToken(system, args.positionals[0] ?? '', days)
        if (isRefusal(issued)) return tell(args.io, issued)
        args.io.out(`${issued.token}\n`)
        return EXIT.ok
      }),
  },
]
