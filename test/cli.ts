import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { TestContext } from 'node:test'
import { runCli } from '#cli/main.ts'
import { writeTestKeys } from './db.ts'

export type Told = { code: number; out: string; error: string }
export type Cli = {
  run: (line: string[], input?: string, env?: NodeJS.ProcessEnv) => Promise<Told>
  /** of its own, with the keys; removed after the test */
  folder: string
  env: NodeJS.ProcessEnv & { DATABASE_URL: string }
}

/** The command line of an installation: a database that is there, a folder of its own, and no terminal. */
export async function openCli(t: TestContext, url: string, more: NodeJS.ProcessEnv = {}): Promise<Cli> {
  const folder = await mkdtemp(join(tmpdir(), 'xinheng-cli-'))
  t.after(() => rm(folder, { recursive: true }))
  const keys = await writeTestKeys(join(folder, 'keys.json'))
  const env = { DATABASE_URL: url, XINHENG_DATA: folder, XINHENG_KEYS: keys, ...more }
  return {
    folder,
    env,
    async run(line, input = '', given = env) {
      const told = { out: '', error: '' }
      const code = await runCli(line, {
        out: (text) => (told.out += text),
        error: (text) => (told.error += text),
        terminal: false,
        input: Readable.from([input]),
        env: given,
      })
      return { code, ...told }
    },
  }
}
