import { setTimeout as sleep } from 'node:timers/promises'
import { loadKeys } from '#store/keys.ts'
import { openSystem } from '#operations/system.ts'
import { serveParent } from './child.ts'
import { loadFile } from './intake.ts'

/** A process that takes in one file and nothing else; answers with its peak of resident memory, MB, and the seconds. */
export type MemoryArgument = { url: string; keysFile: string; actor: number; path: string; rows: number }
export type MemoryAnswer = { peak: number; seconds: number; cpu: number; before: number }

const peak = () => process.resourceUsage().maxRSS / 1024

serveParent<MemoryArgument, 'go'>(async ({ url, keysFile, actor, path, rows }): Promise<MemoryAnswer> => {
  const system = await openSystem({ ownerUrl: url, keys: await loadKeys(keysFile), poolSize: 3, lanes: 1 })
  const before = peak()
  const start = performance.now()
  await loadFile(system, { path, rows }, actor)
  const seconds = (performance.now() - start) / 1000
  await sleep(0)
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  await system.close()
  return { peak: peak(), seconds, cpu: (userCPUTime + systemCPUTime) / 1e6, before }
})
