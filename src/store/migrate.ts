import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { makeHmac } from './cipher.ts'
import type { Keys } from './keys.ts'

/** The database roles (design.md, decision 6). The owner migrates; the others do only what they are for. */
export const ROLES = ['xinheng_app', 'xinheng_sequencer', 'xinheng_eraser', 'xinheng_reader'] as const
export type Role = (typeof ROLES)[number]

const FOLDER = new URL('./migrations/', import.meta.url)
const LOCK = 7300

/** Connection address of a role: the owner's address with the role's name and its password. */
export function roleUrl(ownerUrl: string, role: Role, keys: Keys): string {
  const url = new URL(ownerUrl)
  url.username = role
  url.password = makeHmac(keys.roles)(role).slice(0, 32)
  return url.href
}

async function makeRoles(client: pg.Client, keys: Keys | undefined): Promise<void> {
  for (const role of ROLES) {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
    // roles are the cluster's: another installation on it may be making them at this moment
    if (rowCount === 0) {
      await client.query(`create role ${role} login`).catch((error: { code?: string }) => {
        if (error.code !== '42710' && error.code !== '23505') throw error
      })
    }
    if (keys) {
      const password = new URL(roleUrl('postgres://x', role, keys)).password
      await client.query(`alter role ${role} login password '${password}'`)
    }
  }
}

/**
 * Brings the database to this version: roles, then every migration not yet applied, each in one transaction that
 * inserts its number first, so that two starters collide there and the later one waits and skips.
 * Refuses a database whose applied migrations differ from the files. Without keys the roles' passwords stay as they are.
 */
export async function migrate(ownerUrl: string, keys: Keys | undefined): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'xinheng migrate' })
  await client.connect()
  const applied: string[] = []
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await makeRoles(client, keys)
    await client.query(`create table if not exists public.xinheng_migration (
      name text primary key, digest text not null, applied_at timestamptz not null default clock_timestamp())`)
    const done = new Map(
      (
        await client.query<{ name: string; digest: string }>('select name, digest from public.xinheng_migration')
      ).rows.map((row) => [row.name, row.digest]),
    )
    const files = (await readdir(FOLDER)).filter((name) => /^\d{4}_.*\.sql$/.test(name)).toSorted()
    const unknown = [...done.keys()].filter((name) => !files.includes(name))
    if (unknown.length > 0) {
      throw new Error(`this database is newer than this program (it has ${unknown.join(', ')}): update the program`)
    }
    for (const name of files) {
      const sql = await readFile(new URL(name, FOLDER), 'utf8')
      const digest = createHash('sha256').update(sql).digest('hex')
      const before = done.get(name)
      if (before === digest) continue
      if (before !== undefined)
        throw new Error(`migration ${name} was changed after it was applied: migrations only go forward`)
      await client.query('begin')
      try {
        await client.query('insert into public.xinheng_migration (name, digest) values ($1, $2)', [name, digest])
        await client.query(sql)
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`migration ${name} failed: ${error instanceof Error ? error.message : 'unknown'}`, {
          cause: error,
        })
      }
      applied.push(name)
    }
    await client.query('select xinheng.ensure_partitions()')
    return { applied }
  } finally {
    await client.end()
  }
}

/** Makes the months ahead of `access`, as owner; a server that runs for long asks again and again. */
export async function ensurePartitions(owner: Pick<pg.ClientBase, 'query'>): Promise<void> {
  await owner.query('select xinheng.ensure_partitions()')
}
