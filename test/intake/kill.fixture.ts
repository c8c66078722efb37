// An intake in a process of its own, to be killed: sends the files of a folder in order, each under its name as key, and
// says so on standard output as soon as a receipt is there. SIGUSR2 kills its workers. Leaves with 3 when a file failed.
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { isRefusal } from '#domain/refusal.ts'
import { takeIn } from '#operations/intake/intake.ts'
import { openSystem } from '#operations/system.ts'
import { testKeys } from '#test/db.ts'
import { TODAY } from './sending.fixture.ts'

const [url = '', folder = '', actor = '0'] = process.argv.slice(2)
const workers = new Set<Worker>()
const post = Worker.prototype.postMessage
Worker.prototype.postMessage = function (this: Worker, ...args: Parameters<typeof post>) {
  workers.add(this)
  return post.apply(this, args)
}
process.on('SIGUSR2', () => workers.forEach((worker) => void worker.terminate()))

const now = () => Temporal.Instant.from(`${TODAY}T12:00:00+08:00`)
const system = await openSystem({ ownerUrl: url, keys: testKeys(), poolSize: 3, lanes: 1, now })
console.log('ready')
let code = 0
try {
  for (const name of (await readdir(folder)).toSorted()) {
    const source = createReadStream(join(folder, name), { highWaterMark: 1 << 18 })
    const outcome = await takeIn(system, {
      item: 'commitment',
      unit: 'demo-market',
      actor: Number(actor),
      key: name,
      source,
    })
    if (isRefusal(outcome)) throw new Error(outcome.code)
    console.log(
      JSON.stringify({
        key: name,
        submission: outcome.submission,
        status: outcome.status,
        new: outcome.new,
        versions: outcome.versions,
      }),
    )
  }
} catch (error) {
  console.log(`failed ${error instanceof Error ? error.message : ''}`)
  code = 3
}
await system.close().catch(() => undefined)
process.exit(code)
