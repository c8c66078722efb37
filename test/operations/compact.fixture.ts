// A compaction in a process of its own, to be killed.
import pg from 'pg'
import { compact } from '#operations/compact.ts'

const pool = new pg.Pool({ connectionString: process.argv[2] })
await pool.query('select 1')
process.stdout.write('ready\n')
await compact(pool, {})
await pool.end()
