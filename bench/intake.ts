import assert from 'node:assert/strict'
import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { isRefusal } from '#domain/refusal.ts'
import { takeIn } from '#operations/intake/intake.ts'
import { readPieces } from '#operations/intake/pieces.ts'
import { openSystem, type System } from '#operations/system.ts'
import { withTransaction } from '#store/db.ts'
import { getNumber, ITEM, UNIT, type City, type Database } from './city.ts'
import { readCpu, since, type Cpu } from './cpu.ts'
import { writeReferenceFile, type ReferenceFile } from './reference.ts'
import { median, type Measured } from './table.ts'

const PIECE = 1 << 20
const TABLES = ['subject', 'record'] as const

export type IntakeOptions = { rows: number; rowsPerSubject: number; repetitions: number; log: (line: string) => void }
type Run = { seconds: number; cpu: Cpu }

/** Takes in a whole file by the ordinary operation and makes sure that every row was accepted. */
export async function loadFile(
  system: System,
  file: Pick<ReferenceFile, 'path' | 'rows'>,
  actor: number,
): Promise<void> {
  const receipt = await takeIn(system, {
    item: ITEM,
    unit: UNIT,
    actor,
    source: readPieces(file.path),
    fileName: 'reference.csv',
    contentType: 'text/csv',
  })
  if (isRefusal(receipt))
    throw new Error(`the reference file is refused: ${receipt.code} ${JSON.stringify(receipt).slice(0, 500)}`)
  assert.deepEqual({ new: receipt.new, refused: receipt.refused }, { new: file.rows, refused: 0 })
}

/**
 * Empties what is to be written (interned values stay), in a transaction of its own, so that WAL is written as for a
 * table that was there before; then a checkpoint, so that neither pays what the other left to write.
 */
async function empty({ owner }: Database, tables: 'all' | 'copied' = 'all'): Promise<void> {
  await owner.query('truncate xinheng.record, xinheng.subject')
  if (tables === 'all') await owner.query('truncate xinheng.submission, xinheng.submission_error')
  await owner.query('checkpoint')
}

/** The stored rows as text, as the baseline will send them. */
async function dump({ owner }: Database, folder: string): Promise<string[]> {
  const paths: string[] = []
  for (const table of TABLES) {
    const path = join(folder, `${table}.copy`)
    const client = await owner.connect()
    await pipeline(client.query(copyTo(`copy xinheng.${table} to stdout`)), createWriteStream(path))
    client.release()
    paths.push(path)
  }
  return paths
}

/** The baseline: text COPY of the same rows into the same tables, one connection, one transaction, as the same role. */
async function copyBack(system: System, paths: readonly string[]): Promise<void> {
  await withTransaction(system.pool, async (client) => {
    for (const [at, table] of TABLES.entries()) {
      await pipeline(
        createReadStream(paths[at]!, { highWaterMark: PIECE }),
        client.query(copyFrom(`copy xinheng.${table} from stdin`)),
      )
    }
  })
}

async function timed(city: City, work: () => Promise<void>): Promise<Run> {
  const before = readCpu(city.dataDir)
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  return { seconds, cpu: since(before, readCpu(city.dataDir)) }
}

async function assertCounts({ owner }: Database, file: ReferenceFile): Promise<void> {
  assert.equal(await getNumber(owner, 'select count(*) as value from xinheng.record'), file.rows)
  assert.equal(await getNumber(owner, 'select count(*) as value from xinheng.subject'), file.subjects)
}

const micros = (seconds: number, rows: number): string => ((seconds / rows) * 1e6).toFixed(1)
const describe = (name: string, { seconds, cpu }: Run, rows: number): string =>
  `${name} ${seconds.toFixed(2)} s, µs a row: ${micros(seconds, rows)} elapsed, ${micros(cpu.node, rows)} CPU of node, ${micros(cpu.postgres, rows)} of PostgreSQL`

/**
 * File to visible against COPY of what was stored: the two in turn, into empty tables with the same indexes, after a
 * checkpoint. The database is left with the rows, and with a submission of the same counts.
 */
export async function measureIntake(
  city: City,
  database: Database,
  id: string,
  options: IntakeOptions,
): Promise<Measured> {
  const { rows, rowsPerSubject, repetitions, log } = options
  const file = writeReferenceFile(join(city.folder, `${id}.csv`), { rows, rowsPerSubject })
  log(`${id}: ${rows} rows, ${file.subjects} subjects, ${Math.round(file.bytes / rows)} bytes a row`)
  const system = await openSystem({ ownerUrl: database.url, keys: city.keys, poolSize: 3, lanes: 1 })
  const runs: { intake: Run; copy: Run }[] = []
  let paths: string[] = []
  try {
    // compiled code, the worker, the interned values
    const small = writeReferenceFile(join(city.folder, 'warm.csv'), {
      rows: Math.min(rows, 100_000),
      rowsPerSubject,
      seed: 2,
    })
    await loadFile(system, small, database.clerk)
    paths = await dump(database, city.folder)
    await empty(database)
    await copyBack(system, paths)
    for (let at = 0; at < repetitions; at += 1) {
      await empty(database)
      const intake = await timed(city, () => loadFile(system, file, database.clerk))
      await assertCounts(database, file)
      log(describe('  intake', intake, rows))
      if (at === 0) paths = await dump(database, city.folder)
      await empty(database, 'copied')
      const copy = await timed(city, () => copyBack(system, paths))
      await assertCounts(database, file)
      log(describe('  copy  ', copy, rows))
      runs.push({ intake, copy })
    }
    // what was copied back names the first intake's submission
    await database.owner.query('update xinheng.submission set num = (select submission from xinheng.record limit 1)')
  } finally {
    await system.close()
    for (const path of paths) rmSync(path)
  }
  const ratios = runs.map(({ intake, copy }) => copy.seconds / intake.seconds)
  const value = median(runs.map(({ copy }) => copy.seconds)) / median(runs.map(({ intake }) => intake.seconds))
  return { id, value, noise: [Math.min(...ratios), Math.max(...ratios)], detail: `${statSync(file.path).size} bytes` }
}
