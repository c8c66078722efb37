import type pg from 'pg'
import { refuse, type Refusal } from '#domain/refusal.ts'
import type { System } from '#operations/system.ts'
import { findAccountByName } from '#store/accounts.ts'
import { need, type Args, type Option } from './command.ts'
import { askSecrets } from './commands/account.ts'

/** Whoever a command is run for: their account, as the log will name it. */
export type Actor = { actor: number; unit: string | undefined; subject: string | undefined; roles: readonly string[] }

/** The account of `--as`. Its rights are checked where they always are: by the operation and the database. */
export async function findActor(system: System, owner: pg.Pool, args: Args): Promise<Actor | Refusal> {
  const account = await findAccountByName(owner, need(args, 'as'))
  if (!account || account.closed_at !== null) return refuse('not-found', { field: 'as' })
  return {
    actor: account.num,
    unit: account.unit === null ? undefined : system.reference.unitId.get(account.unit),
    subject: account.subject ?? undefined,
    roles: account.roles,
  }
}

/** The number of a person or organisation: given, or `-` for a line of standard input, so that no list of processes shows it. */
export async function readNumber({ io, positionals: [number] }: Args): Promise<string> {
  if (number !== undefined && number !== '-') return number
  const [line = ''] = await askSecrets(io, ['证件号码 Number: '])
  return line.trim()
}

export const OPTIONS = {
  as: {
    type: 'string',
    value: 'ACCOUNT',
    help: { zh: '以此账号的名义，查询记录中即记此人', en: 'in whose name: the log says so' },
  },
  kind: {
    type: 'string',
    value: 'KIND',
    help: { zh: '证件类型（默认 citizen）', en: 'kind of identifier (default: citizen)' },
  },
  matter: { type: 'string', value: 'NUMBER', help: { zh: '事项编号', en: 'number of the matter' } },
  json: { type: 'boolean', help: { zh: '输出 JSON', en: 'print JSON' } },
} as const satisfies Record<string, Option>
