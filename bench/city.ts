import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { isRefusal } from '#domain/refusal.ts'
import type { Pack } from '#domain/pack.ts'
import { createAccount } from '#operations/accounts.ts'
import { loadIntoDatabase } from '#operations/load-pack.ts'
import { loadPack } from '#operations/pack-load.ts'
import { openSystem, type System } from '#operations/system.ts'
import { startEmbedded } from '#store/embedded.ts'
import { keysPath, loadKeys, type Keys } from '#store/keys.ts'
import { migrate } from '#store/migrate.ts'

export const ITEM = 'penalty-person'
export const UNIT = 'demo-market'
export const PURPOSE = 'approval'
export const MATTER = '衡许受〔2026〕00123号'
export const OFFICER = { name: 'bench-officer', password: 'bench-password' }
export const CLERK = { name: 'bench-clerk', password: 'bench-password' }

/** A server of our own with production settings in a temporary folder, for the length of a run. */
export type City = {
  /** files of the run: reference files, dumps */
  folder: string
  dataDir: string
  keys: Keys
  keysFile: string
  pack: Pack
  url: (database: string) => string
  /** a migrated database with the demo pack and two accounts, made anew */
  makeDatabase: (database: string) => Promise<Database>
  dropDatabase: (database: string) => Promise<void>
  /** stops the server and starts it; whoever is connected must have gone */
  restart: (between?: () => void) => Promise<void>
  close: () => Promise<void>
}

/** One database; `owner` is a superuser. */
export type Database = {
  name: string
  url: string
  owner: pg.Pool
  officer: number
  clerk: number
  close: () => Promise<void>
}

export async function openCity(): Promise<City> {
  const folder = mkdtempSync(join(tmpdir(), 'xinheng-bench-'))
  // the account of the server has to pass through
  chmodSync(folder, 0o711)
  const wanted = join(folder, 'data')
  let server = await startEmbedded({ dataDir: wanted })
  const { dataDir } = server
  const keysFile = keysPath({}, join(folder, 'keys'))
  const keys = await loadKeys(keysFile)
  const pack = await loadPack('demo')
  const url = (database: string) => {
    const named = new URL(server.url)
    named.pathname = `/${database}`
    return named.href
  }
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: url('postgres') })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  return {
    folder,
    dataDir,
    keys,
    keysFile,
    pack,
    url,
    async makeDatabase(database) {
      await admin(`drop database if exists ${database} with (force)`)
      await admin(`create database ${database}`)
      await migrate(url(database), keys)
      await loadIntoDatabase(url(database), pack, civilToday())
      const opened = openDatabase(url(database), database)
      const system = await openSystem({ ownerUrl: url(database), keys, poolSize: 2, lanes: 1 })
      try {
        return {
          ...opened,
          officer: await open(system, opened.owner, OFFICER, 'officer'),
          clerk: await open(system, opened.owner, CLERK, 'clerk'),
        }
      } finally {
        await system.close()
      }
    },
    dropDatabase: (database) => admin(`drop database if exists ${database} with (force)`),
    async restart(between) {
      await server.stop()
      between?.()
      server = await startEmbedded({ dataDir: wanted })
    },
    async close() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const civilToday = () => Temporal.Now.plainDateISO('Asia/Shanghai').toString()

function openDatabase(url: string, name: string): Omit<Database, 'officer' | 'clerk'> {
  const owner = new pg.Pool({ connectionString: url, max: 2 })
  owner.on('error', () => undefined)
  return { name, url, owner, close: () => owner.end() }
}

async function open(
  system: System,
  owner: pg.Pool,
  who: { name: string; password: string },
  role: string,
): Promise<number> {
  const display = { zh: '测速账号', en: 'Bench account' }
  const made = await createAccount(system, { actor: null, db: owner }, { ...who, display, unit: UNIT, roles: [role] })
  if (isRefusal(made)) throw new Error(`no account: ${made.code}`)
  return made.num
}

/** One number from a row of one column. */
export async function getNumber(db: pg.Pool, sql: string, values: unknown[] = []): Promise<number> {
  const { rows } = await db.query<{ value: unknown }>(sql, values)
  return Number(rows[0]?.value)
}
