import { spawn } from 'node:child_process'
import { chmodSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs, stripVTControlCharacters } from 'node:util'
import { startEmbedded } from '#store/embedded.ts'
import { ensureChromium } from './chromium.ts'
import { ensureWebBuilt } from './web.ts'

// `npm test`                     everything: lint, types, generated files, unit, database, HTTP and browser tests
// `npm test -- PATTERN…`         the test files whose path contains a pattern
// `npm test -- --only lint`      or types, tests

const CLONE = join(import.meta.dirname, '..')
const CHECKS = 'test/checks.test.ts'
const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true })
const print = (line: string) => console.log(line)

function findFiles(): string[] {
  if (values.only === 'lint' || values.only === 'types') return [CHECKS]
  const all = globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'web/src/**/*.test.ts', 'bench/**/*.test.ts'], {
    cwd: CLONE,
  })
  const wanted = all.filter((file) => positionals.length === 0 || positionals.some((pattern) => file.includes(pattern)))
  // the checks first: they are the quickest to say no
  return wanted
    .filter((file) => values.only !== 'tests' || file !== CHECKS)
    .toSorted((a, b) => Number(b === CHECKS) - Number(a === CHECKS) || a.localeCompare(b))
}

/** Tells whether a file needs what takes time to prepare: anything outside the unit tests and the checks may. */
const isUnit = (file: string): boolean => file === CHECKS || file.startsWith('src/domain/') || file.startsWith('web/')

async function timed<result>(name: string, work: () => result | Promise<result>): Promise<result> {
  const start = performance.now()
  const value = await work()
  print(`✓ ${name}  ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return value
}

const SUMMARY = /^ℹ (?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /

/** Runs the files two at a time. What the runner counted is the last we print, below the failures it lists after it. */
async function runTests(files: string[], env: Record<string, string>): Promise<number> {
  const only = values.only === 'lint' || values.only === 'types' ? [`--test-name-pattern=^${values.only}`] : []
  const options = ['--test', '--test-concurrency=2', '--test-reporter=spec', '--test-timeout=600000', ...only]
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...options, ...files], {
    cwd: CLONE,
    stdio: ['inherit', 'pipe', 'inherit'],
    env: { ...process.env, ...colour, ...env },
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)))
  const summary: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    if (SUMMARY.test(stripVTControlCharacters(line))) summary.push(line)
    else print(line)
  }
  // the runner's own count is the last; a test of ours that runs a runner may have printed another
  for (const line of summary.slice(-8)) print(line)
  return ended
}

async function main(): Promise<number> {
  const files = findFiles()
  if (files.length === 0) {
    print(`没有匹配的测试 · No test file matches ${positionals.join(', ')}`)
    return 1
  }
  if (files.every(isUnit)) return await runTests(files, {})
  const chromium = await timed('浏览器 · Browser', () => ensureChromium(print))
  // where it fails, the check 'web: builds' says so in the summary, and the other tests are still worth their run
  await ensureWebBuilt(print).catch(() => print('✗ 网页未能构建 · The web pages do not build'))
  const temporary = mkdtempSync(join(tmpdir(), 'xinheng-test-'))
  chmodSync(temporary, 0o711) // as root, PostgreSQL runs as another account
  const dataDir = join(temporary, 'data')
  try {
    // for speed, not for keeps: the tests that kill servers start their own, with fsync on
    const settings = {
      shared_buffers: '256MB',
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
    }
    const database = await timed('数据库 · Database', () => startEmbedded({ dataDir, settings, log: print }))
    try {
      return await runTests(files, { XINHENG_TEST_DATABASE: database.url, CHROMIUM: chromium })
    } finally {
      await database.stop()
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
