// A rotation in a process of its own, to be killed.
import pg from 'pg'
import { rotateKeys } from '#operations/rotate-keys.ts'

const [url = '', path = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url })
process.stdout.write('ready\n')
process.stdout.write(`${JSON.stringify(await rotateKeys(pool, path))}\n`)
await pool.end()
