import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Seconds of processor time. */
export type Cpu = { node: number; postgres: number }

/** Linux counts in hundredths of a second. */
const TICKS = 100

/**
 * Processor time so far of this process and of the PostgreSQL server of a data directory, its ended backends included;
 * zero for the server where there is no /proc.
 */
export function readCpu(dataDir: string): Cpu {
  const { user, system } = process.cpuUsage()
  return { node: (user + system) / 1e6, postgres: postgresCpu(dataDir) }
}

export const since = (before: Cpu, after: Cpu): Cpu => ({
  node: after.node - before.node,
  postgres: after.postgres - before.postgres,
})

export function postgresCpu(dataDir: string): number {
  if (!existsSync('/proc/self/stat')) return 0
  const pid = readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n', 1)[0]!
  let ticks = 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const fields = readStat(name)
    if (fields === undefined) continue
    if (name === pid) ticks += fields.own + fields.children
    else if (fields.parent === pid) ticks += fields.own
  }
  return ticks / TICKS
}

function readStat(pid: string): { parent: string; own: number; children: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = (at: number) => Number(fields[at])
    return { parent: fields[1]!, own: ticks(11) + ticks(12), children: ticks(13) + ticks(14) }
  } catch {
    return undefined // it ended meanwhile
  }
}
