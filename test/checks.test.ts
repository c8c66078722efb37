import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ensureWebBuilt } from '../scripts/web.ts'

// What is checked without running the product. As tests, so that one summary counts everything.

const CLONE = join(import.meta.dirname, '..')

/** Files that are written by a command and committed; the command fails where they are out of date. */
const GENERATED: { name: string; command: string[] }[] = [
  { name: 'openapi.json, schema.sql, docs/cli.md', command: ['xinheng', 'generate', '--check'] },
]

async function mustPass(command: string, ...args: string[]): Promise<void> {
  const child = spawn(command, args, { cwd: CLONE, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code === 0) return
  const error = new Error(`${command} ${args.join(' ')}\n${output.trim()}`)
  error.stack = '' // where this check stands helps nobody
  throw error
}

const tool = (name: string): string => join(CLONE, 'node_modules/.bin', name)

test('lint: oxlint', () => mustPass(process.execPath, tool('oxlint'), '--type-aware', '--format=unix'))

test('lint: oxfmt (npm run format)', () => mustPass(process.execPath, tool('oxfmt'), '--check'))

test('lint: no test is singled out or left out without a reason', () => {
  const files = globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.{ts,tsx}'], {
    cwd: CLONE,
    exclude: (path) => path.includes('node_modules'),
  })
  const marked = files.filter((file) =>
    /\b(?:test|describe|it|suite)\.only\(|\bonly: true\b|\b(?:test|describe|it|suite)\.skip\(/.test(
      readFileSync(join(CLONE, file), 'utf8'),
    ),
  )
  assert.deepEqual(marked, [])
})

test('lint: no file is a barrel', () => {
  const barrels = globSync('{src,test,scripts,bench,web}/**/index.ts', {
    cwd: CLONE,
    exclude: (path) => path.includes('node_modules'),
  })
  assert.deepEqual(barrels, [])
})

test('types: src, test, bench, scripts', () =>
  mustPass(process.execPath, tool('tsc'), '--noEmit', '-p', 'tsconfig.json'))

test('types: web', { skip: !existsSync(join(CLONE, 'web/tsconfig.json')) && 'no web yet' }, () =>
  mustPass(process.execPath, tool('tsc'), '--noEmit', '-p', 'web/tsconfig.json'),
)

test('web: builds', async () => {
  await ensureWebBuilt()
})

for (const { name, command } of GENERATED) {
  test(`generated: ${name} is current`, () => mustPass(join(CLONE, command[0] ?? ''), ...command.slice(1)))
}
