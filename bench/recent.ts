import { join } from 'node:path'
import type { City, Database } from './city.ts'
import { startChild } from './child.ts'
import type { MemoryAnswer, MemoryArgument } from './memory-child.ts'
import { writeReferenceFile, type ReferenceFile } from './reference.ts'

/** Records of each subject, every one of them within its display term, so that a look-up shows them all. */
export const RECENT_RECORDS = 20
const LATELY = 60

/** Writes a reference file decided within the last two months: every record is still shown. */
export function writeRecent(city: City, name: string, rows: number): ReferenceFile {
  const today = Temporal.Now.plainDateISO('Asia/Shanghai')
  const [from, until] = [today.subtract({ days: LATELY }).toString(), today.subtract({ days: 1 }).toString()]
  return writeReferenceFile(join(city.folder, `${name}.csv`), {
    rows,
    rowsPerSubject: RECENT_RECORDS,
    seed: 4,
    from,
    until,
  })
}

/** Takes in a file in a process of its own; what autovacuum would do within minutes is done at once. */
export async function load(
  city: City,
  database: Database,
  { path, rows }: ReferenceFile,
  log: (line: string) => void,
): Promise<MemoryAnswer> {
  const argument: MemoryArgument = { url: database.url, keysFile: city.keysFile, actor: database.clerk, path, rows }
  const child = startChild<'go', MemoryAnswer>('memory-child.ts', argument)
  const answer = await child.ask('go')
  await child.close()
  const { peak, seconds, cpu, before } = answer
  const each = ((cpu / rows) * 1e6).toFixed(1)
  log(
    `${database.name}: ${rows} rows in ${seconds.toFixed(1)} s, ${each} µs CPU of node a row, peak ${peak.toFixed(0)} MB (${before.toFixed(0)} before the first byte)`,
  )
  await database.owner.query('vacuum (analyze) xinheng.record, xinheng.subject')
  await database.owner.query('checkpoint')
  return answer
}
