import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { describeApi } from '#api/openapi.ts'
import { dumpSchema } from '#store/schema-dump.ts'
import { lendDatabase } from '#store/embedded.ts'
import { migrate } from '#store/migrate.ts'
import { EXIT, type Args, type Command, type Exit, type Io } from '../command.ts'
import { cliReference } from '../help.ts'

const CLONE = fileURLToPath(new URL('../../..', import.meta.url))

/** The schema as the migrations make it, read back from a database of its own that is dropped again. */
async function readSchema(io: Io): Promise<string> {
  const given = io.env['XINHENG_TEST_DATABASE']
  const { url: server, stop } = await lendDatabase(given === undefined ? io.env : { ...io.env, DATABASE_URL: given })
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  const name = `xinheng_generate_${process.pid}`
  try {
    await admin.query(`create database ${name}`)
    const url = new URL(server)
    url.pathname = `/${name}`
    // no keys: the passwords of the server's roles belong to the installation that uses it
    await migrate(url.href, undefined)
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    return await dumpSchema(client).finally(() => client.end())
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.end()
    await stop()
  }
}

async function generate({ io, values }: Args, commands: readonly Command[]): Promise<Exit> {
  const files: [path: string, content: string][] = [
    ['openapi.json', `${JSON.stringify(describeApi(), null, 2)}\n`],
    ['docs/cli.md', cliReference(commands)],
    ['schema.sql', await readSchema(io)],
  ]
  let stale = 0
  for (const [name, content] of files) {
    const path = join(CLONE, name)
    const before = await readFile(path, 'utf8').catch(() => '')
    if (before === content) continue
    if (values['check'] === true) {
      stale += 1
      io.error(`${name} 不是最新，请运行 ./xinheng generate · ${name} is out of date: run ./xinheng generate\n`)
      continue
    }
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
    io.out(`${relative(CLONE, path)}\n`)
  }
  return stale > 0 ? EXIT.refused : EXIT.ok
}

/** `commands`: the whole table, this one in it. */
export const makeGenerateCommand = (commands: () => readonly Command[]): Command => ({
  name: 'generate',
  summary: { zh: '写出 openapi.json、schema.sql 和 docs/cli.md', en: 'Write openapi.json, schema.sql and docs/cli.md' },
  options: { check: { type: 'boolean', help: { zh: '只检查是否最新', en: 'only check that they are current' } } },
  run: (args) => generate(args, commands()),
})
