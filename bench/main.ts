import { parseArgs } from 'node:util'
import { openCity } from './city.ts'
import { measureDryRun } from './dry-run.ts'
import { measureIntake } from './intake.ts'
import { measureLookUp } from './look-up.ts'
import { load, RECENT_RECORDS, writeRecent } from './recent.ts'
import { measureLookUpBytes, measureRecordBytes } from './sizes.ts'
import { measureStart } from './start.ts'
import { formatTable, ROWS, toJson, type Measured } from './table.ts'
import { measureTails } from './tail.ts'

// `npm run bench`             the table of design.md with 1 million records
// `npm run bench -- --large`  with 20 million, and the rows that need them
// `… --only NAME`             the rows whose name or id contains NAME     `… --json`  for machines
// `… --quick`                 a fiftieth: to see that it runs, not how fast

const { values } = parseArgs({
  options: {
    large: { type: 'boolean' },
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
    only: { type: 'string' },
  },
})
const MILLION = values.quick ? 20_000 : 1_000_000
const { only } = values
const exact = ROWS.filter(({ id }) => id === only)
const wanted =
  exact.length > 0
    ? exact
    : ROWS.filter(({ id, name }) => only === undefined || id.includes(only) || name.includes(only))
const wants = (...ids: string[]) => ids.some((id) => wanted.some((row) => row.id === id))
const log = (line: string) => console.error(line)

if (wanted.length === 0) throw new Error(`no row is called ${only}: ${ROWS.map(({ id }) => id).join(', ')}`)
const measured: Measured[] = []
const city = await openCity()
let failed = false
try {
  if (wants('intake', 'record-bytes')) {
    const database = await city.makeDatabase('bench')
    const repetitions = wants('intake') ? 3 : 1
    measured.push(
      await measureIntake(city, database, 'intake', { rows: MILLION, rowsPerSubject: 20, repetitions, log }),
    )
    measured.push(await measureRecordBytes(database, log))
    await database.close()
    await city.dropDatabase('bench')
  }
  if (wants('look-up', 'look-up-bytes', 'memory')) {
    const database = await city.makeDatabase('looked')
    const file = writeRecent(city, 'looked', MILLION)
    const { peak } = await load(city, database, file, log)
    if (!values.large) measured.push({ id: 'memory', value: peak })
    if (wants('look-up')) {
      const found = await measureLookUp(city, database, {
        file,
        records: RECENT_RECORDS,
        seconds: values.quick ? 1 : 6,
        repetitions: 3,
        log,
      })
      if (found) measured.push(found)
    }
    if (wants('look-up-bytes'))
      measured.push(await measureLookUpBytes(city, database, values.quick ? 5_000 : 100_000, log))
    await database.close()
    await city.dropDatabase('looked')
  }
  if (wants('first-load', 'dry-run')) {
    const database = await city.makeDatabase('first')
    const repetitions = wants('first-load') ? 3 : 1
    measured.push(
      await measureIntake(city, database, 'first-load', { rows: MILLION, rowsPerSubject: 1, repetitions, log }),
    )
    if (wants('dry-run')) measured.push(await measureDryRun(database, log))
    await database.close()
  }
  if (values.large && wants('tail-hot', 'tail-cold', 'memory')) {
    const counts = values.quick
      ? { hot: 2_000, cold: 500, repetitions: 2 }
      : { hot: 20_000, cold: 2_000, repetitions: 3 }
    measured.push(...(await measureTails(city, { small: MILLION, large: 20 * MILLION, log, ...counts })))
  }
  if (wants('start')) {
    const found = await measureStart(city, 3, log)
    if (found) measured.push(found)
  }
} catch (error) {
  console.error(error)
  failed = true
} finally {
  await city.close()
}
const shown = measured.filter(({ id }) => wanted.some((row) => row.id === id))
console.log(values.json ? JSON.stringify(toJson(wanted, shown), undefined, 2) : formatTable(wanted, shown))
if (failed) process.exitCode = 1
