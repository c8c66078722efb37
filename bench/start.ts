import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { City } from './city.ts'
import { median, type Measured } from './table.ts'

const CLONE = join(import.meta.dirname, '..')
const FIRST_START = 10 * 60_000

/** `npm start` on an installation that was started before, from the command to the first 200 of the front page. */
export async function measureStart(
  city: City,
  repetitions: number,
  log: (line: string) => void,
): Promise<Measured | undefined> {
  if (!existsSync(join(CLONE, 'src/cli/main.ts'))) {
    log('start: the command line is not built yet')
    return undefined
  }
  const data = join(city.folder, 'started')
  const first = await startOnce(data)
  log(`start: the first, which loads the demonstration, ${first.toFixed(1)} s`)
  const times: number[] = []
  for (let at = 0; at < repetitions; at += 1) times.push(await startOnce(data))
  log(`start: warm ${times.map((time) => time.toFixed(2)).join(', ')} s`)
  return { id: 'start', value: median(times), noise: [Math.min(...times), Math.max(...times)] }
}

async function startOnce(data: string): Promise<number> {
  const port = await findPort()
  const { DATABASE_URL: _, ...env } = process.env
  const began = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: CLONE,
    env: { ...env, XINHENG_DATA: data, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
    // npm passes a signal on to its script, but not every version: the whole group is told
    detached: true,
  })
  let said = ''
  child.stderr.on('data', (text) => (said += text))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  try {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)
      if (answer?.status === 200) break
      await answer?.body?.cancel()
      if (child.exitCode !== null) throw new Error(`npm start ended: ${said}`)
      if (performance.now() - began > FIRST_START) throw new Error(`npm start does not serve: ${said}`)
      await sleep(20)
    }
    return (performance.now() - began) / 1000
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
    await ended
    await sleep(500)
  }
}

function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
