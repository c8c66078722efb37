import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Problem } from '#operations/pack-files.ts'
import { checkPack, formatProblem, listPacks } from '#operations/pack-load.ts'

const USAGE = `用法 usage: xinheng pack check [政策包 pack …] [--root 文件夹 folder …] [--json]
不写名称时检查全部政策包。Without a name, every pack is checked.
退出码 exit code: 0 通过 sound, 1 有问题 problems, 2 用法错误 wrong usage
`
const POLICY = fileURLToPath(new URL('../../policy', import.meta.url))

/**
 * `xinheng pack check [PACK …] [--root DIR …] [--json]`: prints `file:line  code  message` and what to do for every
 * problem, or one JSON object `{ packs: [{ pack, problems }] }`. Without a name, every pack of the roots is checked.
 * Answers 0 if all are sound, 1 if not, 2 for wrong usage.
 */
export async function runPackCheck(
  args: readonly string[],
  out: { write(text: string): unknown } = process.stdout,
): Promise<number> {
  const options = readArguments(args)
  if (options === undefined) {
    out.write(USAGE)
    return 2
  }
  const { names, roots, json } = options
  const packs =
    names.length > 0
      ? names
      : (await Promise.all(roots.filter((root) => existsSync(root)).map((root) => listPacks(root)))).flat()
  if (packs.length === 0) {
    out.write(USAGE)
    return 2
  }
  const checked: { pack: string; problems: Problem[] }[] = []
  // upper packs that the folders given do not hold are the project's own
  const root = [...new Set([...roots, POLICY])]
  for (const pack of packs) checked.push({ pack, problems: await checkPack(pack, { root }) })
  out.write(json ? `${JSON.stringify({ packs: checked }, null, 2)}\n` : describe(checked))
  return checked.some(({ problems }) => problems.length > 0) ? 1 : 0
}

function readArguments(args: readonly string[]): { names: string[]; roots: string[]; json: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        root: { type: 'string', multiple: true, default: [POLICY] },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
    return { names: positionals, roots: values.root, json: values.json }
  } catch {
    return undefined
  }
}

/** Layers are shared, so the same problem of an upper layer is printed once. */
function describe(checked: readonly { pack: string; problems: readonly Problem[] }[]): string {
  const printed = new Set<string>()
  const lines: string[] = []
  for (const { pack, problems } of checked) {
    lines.push(problems.length === 0 ? `${pack}  通过 sound` : `${pack}  ${problems.length} 个问题 problem(s)`)
    for (const problem of problems) {
      const line = formatProblem(problem)
      if (printed.has(line)) continue
      printed.add(line)
      lines.push(line, `    → ${problem.remedy.zh} / ${problem.remedy.en}`)
    }
  }
  return `${lines.join('\n')}\n`
}
