import { parseArgs } from 'node:util'
import { accountCommands } from './commands/account.ts'
import { archiveCommands } from './commands/archive.ts'
import { campaignCommands } from './commands/campaign.ts'
import { caseCommands } from './commands/case.ts'
import { makeGenerateCommand } from './commands/generate.ts'
import { intakeCommand } from './commands/intake.ts'
import { ledgerCommands } from './commands/ledger.ts'
import { migrateCommand } from './commands/migrate.ts'
import { packCommands } from './commands/pack.ts'
import { recallCommands } from './commands/recall.ts'
import { reportCommands } from './commands/report.ts'
import { startCommand } from './commands/start.ts'
import { upkeepCommands } from './commands/upkeep.ts'
import { simulateCommands } from './commands/simulate.ts'
import { bulletinCommands } from './commands/bulletin.ts'
import { withdrawCommands } from './commands/withdraw.ts'
import { EXIT, parseConfig, UsageError, type Args, type Command, type Io } from './command.ts'
import { helpOf, overview } from './help.ts'
import { Unavailable } from './installation.ts'

/** Every command, once: dispatch, help and docs/cli.md come from this table. */
export const COMMANDS: readonly Command[] = [
  startCommand,
  intakeCommand,
  ...archiveCommands,
  ...withdrawCommands,
  ...caseCommands,
  ...campaignCommands,
  ...recallCommands,
  ...simulateCommands,
  ...bulletinCommands,
  ...accountCommands,
  ...packCommands,
  ...upkeepCommands,
  ...ledgerCommands,
  ...reportCommands,
  migrateCommand,
  makeGenerateCommand(() => COMMANDS),
]

/** The command whose words the arguments begin with; of two, the longer. */
function findCommand(argv: readonly string[]): { command: Command; rest: string[] } | undefined {
  const matching = COMMANDS.filter(({ name }) => name.split(' ').every((word, at) => argv[at] === word))
  const [command] = matching.toSorted((a, b) => b.name.length - a.name.length)
  return command && { command, rest: argv.slice(command.name.split(' ').length) }
}

/** No option may be given twice, so that none is a list. */
const singles = (values: Record<string, unknown>): Args['values'] =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'boolean' ? [[name, value] as const] : [],
    ),
  )

/** Runs one command line; returns the exit code. Expected failures are told in words, never as a stack. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  const found = findCommand(argv)
  if (!found) {
    // a word that begins several commands (`ledger`, `pack`, `report`) tells what they are
    const group = COMMANDS.filter(({ name }) => name.startsWith(`${argv[0]} `))
    if (group.length > 0) {
      const helped = argv[1] === undefined || argv[1] === '--help' || argv[1] === '-h'
      if (helped) io.out(overview(group))
      else io.error(`没有此命令 · No such command: ${argv[0]} ${argv[1]}\n\n${overview(group)}`)
      return helped ? EXIT.ok : EXIT.usage
    }
    const asked = argv.length === 0 || argv[0] === 'help' || argv[0] === '--help' || argv[0] === '-h'
    if (asked) io.out(overview(COMMANDS))
    else io.error(`没有此命令 · No such command: ${argv[0]}\n\n${overview(COMMANDS)}`)
    return asked ? EXIT.ok : EXIT.usage
  }
  const { command, rest } = found
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(helpOf(command))
    return EXIT.ok
  }
  try {
    if (command.raw) return await command.raw(rest, io)
    const { values, positionals } = parseArgs({ args: rest, options: parseConfig(command), allowPositionals: true })
    const [least, most] = command.count ?? [0, 0]
    if (positionals.length < least) throw new UsageError(`缺少参数 · Something is missing: ${command.takes}`)
    if (positionals.length > most) throw new UsageError(`多余的参数 · Too many arguments`)
    return (await command.run?.({ values: singles(values), positionals, io })) ?? EXIT.ok
  } catch (error) {
    if (
      error instanceof UsageError ||
      (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    ) {
      io.error(`${error.message}\n\n${helpOf(command)}`)
      return EXIT.usage
    }
    if (error instanceof Unavailable) {
      io.error(`${error.message}\n`)
      return EXIT.unavailable
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (NO_DATABASE.has(code)) {
      io.error(`数据库无法连接，请核对 DATABASE_URL · The database cannot be reached: check DATABASE_URL (${code})\n`)
      return EXIT.unavailable
    }
    if (NO_FILE.has(code)) {
      io.error(`文件无法读取 · The file cannot be read (${code})\n`)
      return EXIT.usage
    }
    throw error
  }
}

/** Not bugs: a database that is not there or lets nobody in, a file that is none. Codes of Node and SQLSTATEs. */
const NO_DATABASE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ERR_INVALID_URL',
  '28P01',
  '28000',
  '3D000',
])
const NO_FILE = new Set(['EISDIR', 'ENOENT'])

if (import.meta.main) {
  // whoever reads has read enough (`| head`): that is no failure
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(EXIT.ok)
  })
  const io: Io = {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    terminal: process.stderr.isTTY,
    input: process.stdin,
    env: process.env,
  }
  process.exitCode = await runCli(process.argv.slice(2), io)
}
