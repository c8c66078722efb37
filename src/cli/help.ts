import type { Command } from './command.ts'

const EXITS = `退出码 Exit codes
  0  成功 done
  1  被拒绝，或部分行被拒绝 refused, or some rows were
  2  用法错误 wrong usage
  3  系统不可用 the system is not available
`

const usageOf = ({ name, takes, options = {} }: Command): string =>
  ['xinheng', name, takes, Object.keys(options).length > 0 ? '[options]' : undefined]
    .filter((part) => part !== undefined)
    .join(' ')

/** Room for the longest name and two spaces. */
const WIDTH = 20

/** What there is: one line a command. */
export function overview(commands: readonly Command[]): string {
  const lines = commands.map(
    ({ name, summary }) => `  ${name.padEnd(WIDTH)}${summary.zh}\n  ${' '.repeat(WIDTH)}${summary.en}`,
  )
  return `信衡 Xinheng\n\n用法 Usage: xinheng <command> [options]\n\n${lines.join('\n')}\n\n每条命令的说明 About one command: xinheng <command> --help\n\n${EXITS}`
}

/** Everything about one command. */
export function helpOf(command: Command): string {
  const { summary, options = {}, example } = command
  const lines = Object.entries(options).map(([name, { value, help }]) => {
    const flag = `--${name}${value === undefined ? '' : ` ${value}`}`
    return `  ${flag.padEnd(24)}${help.zh}\n  ${' '.repeat(24)}${help.en}`
  })
  return [
    `${summary.zh}\n${summary.en}\n`,
    `用法 Usage: ${usageOf(command)}\n`,
    ...(lines.length > 0 ? [`选项 Options\n${lines.join('\n')}\n`] : []),
    ...(example === undefined ? [] : [`例 Example\n  ${example}\n`]),
    EXITS,
  ].join('\n')
}

/** docs/cli.md, from the same table. */
export function cliReference(commands: readonly Command[]): string {
  const one = (command: Command) => {
    const rows = Object.entries(command.options ?? {}).map(
      ([name, { value, help }]) =>
        `| \`--${name}${value === undefined ? '' : ` ${value}`}\` | ${help.zh} | ${help.en} |`,
    )
    const table = rows.length === 0 ? '' : `\n| option | | |\n|---|---|---|\n${rows.join('\n')}\n`
    const example = command.example === undefined ? '' : `\n    ${command.example}\n`
    return `## ${command.name}\n\n${command.summary.zh}。${command.summary.en}.\n\n    ${usageOf(command)}\n${table}${example}`
  }
  return `# Command line\n\nWritten by \`xinheng generate\`; do not edit. \`./xinheng <command> --help\` says the same.\n\n${commands.map(one).join('\n')}\n## Exit codes\n\n0 done · 1 refused, or some rows were · 2 wrong usage · 3 the system is not available\n`
}
