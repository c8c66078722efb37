import pg from 'pg'
import { openSystem, today, type System } from '#operations/system.ts'
import { loadIntoDatabase } from '#operations/load-pack.ts'
import { loadPackHere } from '#operations/packs/layers.ts'
import { lendDatabase } from '#store/embedded.ts'
import { keysPath, loadKeys, type Keys } from '#store/keys.ts'
import { migrate } from '#store/migrate.ts'
import type { Io } from './command.ts'

/** The database cannot be had, or is not ready: exit code 3. */
export class Unavailable extends Error {}

export type Installation = { ownerUrl: string; keys: Keys; dataDir: string; stop: () => Promise<void> }

/** The database of this installation (DATABASE_URL, else the embedded one, started or joined) and its keys. */
export async function openInstallation(io: Io): Promise<Installation> {
  try {
    const { url, dataDir, stop } = await lendDatabase(io.env, (line) => io.error(`${line}\n`))
    return { ownerUrl: url, dataDir, stop, keys: await loadKeys(keysPath(io.env, dataDir)) }
  } catch (error) {
    throw new Unavailable(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

export async function withInstallation<result>(
  io: Io,
  use: (installation: Installation) => Promise<result>,
): Promise<result> {
  const installation = await openInstallation(io)
  try {
    return await use(installation)
  } finally {
    await installation.stop()
  }
}

/** The system on an installation that has been started before; `owner` is the owner's connection. */
export function withSystem<result>(
  io: Io,
  use: (system: System, owner: pg.Pool, installation: Installation) => Promise<result>,
): Promise<result> {
  return withInstallation(io, async (installation) => {
    const owner = new pg.Pool({ connectionString: installation.ownerUrl, max: 2 })
    owner.on('error', () => undefined)
    try {
      const system = await openSystem({ ...installation, poolSize: 4, lanes: 1 }).catch((error: unknown) => {
        throw new Unavailable(
          '系统尚未初始化，请先运行 npm start 或 xinheng migrate · Not set up yet: run npm start or xinheng migrate first',
          { cause: error },
        )
      })
      try {
        return await use(system, owner, installation)
      } finally {
        await system.close()
      }
    } finally {
      await owner.end()
    }
  })
}

const civilToday = () => today({ now: () => Temporal.Now.instant() })

/** Migrates the database and loads a pack into it; what is there already, and what was approved at the desk, stays. */
export async function prepare({ ownerUrl, keys }: Installation, packId: string): Promise<{ applied: string[] }> {
  const { applied } = await migrate(ownerUrl, keys)
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'xinheng read layers' })
  await client.connect()
  const pack = await loadPackHere(client, packId, Temporal.Now.instant().toString()).finally(() => client.end())
  await loadIntoDatabase(ownerUrl, pack, civilToday())
  return { applied }
}
