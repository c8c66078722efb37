import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Home, as, give } from './embedded-home.ts'
import { isProcess } from './embedded-postmaster.ts'

const run = promisify(execFile)

/** A database cluster on disk: `data` of PostgreSQL, `run` for its socket, `access.json` with the password. */
export type Cluster = Home & { root: string; data: string; run: string }
type Access = { password: string }

export const describeCluster = (home: Home): Cluster => {
  const root = join(home.dataDir, 'postgres')
  return { ...home, root, data: join(root, 'data'), run: join(root, 'run') }
}

/**
 * Makes the cluster unless there is one. It is made beside its place and moved there whole, so that one
 * half-made by a killed process is never met, and of two made at once one wins.
 */
export async function ensureCluster(cluster: Cluster, settings: Record<string, string>): Promise<boolean> {
  removeLeftovers(cluster.dataDir)
  if (existsSync(cluster.root)) return false
  const making = makeBeside(cluster.dataDir)
  try {
    give(making, cluster.account)
    const password = randomBytes(24).toString('base64url')
    const secret = join(making, 'password')
    writeOwn(secret, password, cluster)
    writeOwn(join(making, 'access.json'), JSON.stringify({ password } satisfies Access), cluster)
    const locale = '--locale C --locale-provider builtin --builtin-locale C.UTF-8 --encoding UTF8'.split(' ')
    const options = ['-D', 'data', '-U', 'postgres', '--pwfile', secret, '--auth', 'scram-sha-256', ...locale]
    if (settings.fsync === 'off') options.push('--no-sync')
    // initdb outlives a killed parent and would make its directory again after it was cleared away: relative to a
    // working directory that is gone, it cannot
    const where = { ...as(cluster.account), cwd: making }
    await run(join(cluster.bin, 'initdb'), options, where).catch((error: Error & { stderr?: string }) => {
      throw new Error(
        `无法建立数据库 · Cannot create the database in ${cluster.dataDir}: ${error.stderr?.trim() || error.message}`,
        { cause: error },
      )
    })
    rmSync(secret)
    renameSync(making, cluster.root)
    sync(cluster.dataDir)
    return true
  } catch (error) {
    if (existsSync(cluster.root)) return false // another process was first
    throw error
  } finally {
    clear(making)
  }
}

function makeBeside(dataDir: string): string {
  try {
    return mkdtempSync(join(dataDir, `postgres.making-${process.pid}-`))
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    throw new Error(
      `数据目录不能写入（${code}） · Nothing can be written in ${dataDir} (${code}): free some space, or choose another place with XINHENG_DATA`,
      { cause },
    )
  }
}

/** Reads the superuser's password; throws, with the remedy, where the cluster is not for us to use. */
export function getPassword(cluster: Cluster): string {
  try {
    const access: Access = JSON.parse(readFileSync(join(cluster.root, 'access.json'), 'utf8'))
    checkVersion(cluster)
    return access.password
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EACCES')) throw error
    throw new Error(
      `数据属于另一账户 · ${cluster.root} belongs to another account: run as that account or as root, or choose another place with XINHENG_DATA`,
      { cause: error },
    )
  }
}

function checkVersion(cluster: Cluster): void {
  const made = readFileSync(join(cluster.data, 'PG_VERSION'), 'utf8').trim()
  if (made === MAJOR) return
  throw new Error(
    `数据库版本不符 · ${cluster.data} was made by PostgreSQL ${made}, the embedded one is ${MAJOR}: dump it with the version it was made by and load the dump`,
  )
}
/** The embedded server's major version; package.json pins it. */
const MAJOR = '18'

function writeOwn(path: string, content: string, cluster: Cluster): void {
  writeFileSync(path, content, { mode: 0o600, flush: true })
  give(path, cluster.account)
}

function removeLeftovers(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const pid = /^postgres\.making-(\d+)-/.exec(name)?.[1]
    if (!pid || isProcess(Number(pid))) continue
    clear(join(dataDir, name))
  }
}

/** Removes a directory that another process may still be writing to. */
const clear = (path: string): void => rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 10 })

function sync(directory: string): void {
  const fd = openSync(directory, 'r')
  fsyncSync(fd)
  closeSync(fd)
}
