import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What postmaster.pid says of a server that is alive. */
export type Postmaster = { pid: number; port: number; socketDir: string; status: string }

/**
 * The server of a data directory, if one lives. A pid file proves nothing: its process may be gone, a zombie,
 * or by now another program's (in containers, the rule), so the process itself is asked.
 */
export function findPostmaster(data: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const pid = Number(lines[0])
  if (!isPostmaster(pid, data)) return undefined
  return { pid, port: Number(lines[3]), socketDir: lines[4] ?? '', status: lines[7]?.trim() ?? 'starting' }
}

/** Tells whether a server still lives; a zombie does not. */
export function isPostmaster(pid: number, data: string): boolean {
  if (!isProcess(pid)) return false
  if (process.platform === 'linux') {
    try {
      // the server works in its data directory; a zombie works nowhere
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data)
    } catch {
      return false
    }
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes('postgres')
}

/**
 * PostgreSQL refuses to start while the pid in its lock files belongs to any process at all. Where that process
 * is certainly not this server, the files are stale and go; a dead pid it sees through by itself.
 */
export function removeStaleLocks(data: string, run: string): void {
  let pid: number
  try {
    pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return
  }
  if (!isProcess(pid) || isPostmaster(pid, data)) return
  rmSync(join(data, 'postmaster.pid'), { force: true })
  rmSync(run, { recursive: true, force: true })
}

/** Tells whether any process, whosever, has this pid. */
export function isProcess(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
