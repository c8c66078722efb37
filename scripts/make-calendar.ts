/**
 * Writes policy/national/calendar.yaml: for every year the weekdays that are days off and the weekend days that are
 * worked, by the yearly notices of the General Office of the State Council.
 *
 *   node scripts/make-calendar.ts        (needs npm and tar; nothing of it is needed at run time)
 *
 * Source: chinese-days 1.5.7 from npm (MIT), which transcribes the notices and links them. Run it with a newer version
 * when the notice for the next year is out (each November), and compare the result with the notice.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SOURCE = 'chinese-days@1.5.7'

const folder = mkdtempSync(join(tmpdir(), 'calendar-'))
const [archive] = JSON.parse(execFileSync('npm', ['pack', SOURCE, '--json'], { cwd: folder, encoding: 'utf8' }))
execFileSync('tar', ['xzf', archive.filename], { cwd: folder })
const root = join(folder, 'package')

/** Addresses of the notices as the package names them, by the year of the holidays they arrange. */
const links = new Map<string, string[]>()
let pending: string[] = []
for (const line of readFileSync(join(root, 'src/holidays/generate.ts'), 'utf8').split('\n')) {
  const url = /https?:\/\/www\.gov\.cn\/\S+/.exec(line)?.[0]
  if (url !== undefined) pending.push(url.replace('http:', 'https:'))
  const year = /\.y\((\d{4})\)/.exec(line)?.[1]
  if (year === undefined || pending.length === 0) continue
  links.set(year, [...(links.get(year) ?? []), ...pending])
  pending = []
}

const isWeekend = (day: string): boolean => Temporal.PlainDate.from(day).dayOfWeek > 5
const list = (days: string[]): string =>
  `[${days
    .toSorted()
    .map((day) => `'${day}'`)
    .join(', ')}]`

const years = readdirSync(join(root, 'dist/years'))
  .filter((name) => /^\d{4}\.json$/.test(name))
  .toSorted()
  .map((name) => {
    const year = name.slice(0, 4)
    const { holidays, workdays } = JSON.parse(readFileSync(join(root, 'dist/years', name), 'utf8'))
    const off = Object.keys(holidays).filter((day) => !isWeekend(day))
    const worked = Object.keys(workdays).filter(isWeekend)
    return [
      ...(links.get(year) ?? []).map((url) => `  # ${url}`),
      `  - year: ${year}`,
      `    off: ${list(off)}`,
      `    worked: ${list(worked)}`,
      `    basis: [ { document: 国务院办公厅关于${year}年部分节假日安排的通知, rank: central-policy, unverified: true } ]`,
    ].join('\n')
  })
rmSync(folder, { recursive: true })

writeFileSync(
  'policy/national/calendar.yaml',
  `# 工作日历：off 为放假的周一至周五，worked 为上班的周六、周日；未列的年份一律为“未知”，不作推算。
# 由 scripts/make-calendar.ts 据 ${SOURCE}（MIT）写成，该包逐年转录国务院办公厅通知；未逐份核对原文，故标 unverified。
# 次年通知（通常每年11月）发布后更新。
calendar:
${years.join('\n')}
`,
)
