import type { TestContext } from 'node:test'
import pg from 'pg'
import type { NoteSigner } from '#domain/note.ts'
import { type Keys } from '#store/keys.ts'
import { openPool } from '#store/db.ts'
import { getLedgerSigner } from '#store/ledger-leaf.ts'
import { roleUrl } from '#store/migrate.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import type { System } from '#operations/system.ts'
import { withDatabase } from '#test/db.ts'

export const ANNA = '11111111-1111-4111-8111-111111111111'
export const BELLA = '22222222-2222-4222-8222-222222222222'

export type Ledger = {
  system: System
  owner: pg.Pool
  sequencer: pg.Pool
  app: pg.Pool
  keys: Keys
  signer: NoteSigner
  url: string
  /** accounts: an officer of unit 1, and the two persons */
  officer: number
  anna: number
  bella: number
  /** a superuser's connection of its own, closed with the test */
  connect: () => Promise<pg.Client>
}

/** Leaves that are there from the beginning: three accounts, and the pack that was loaded. */
export const BASE = 4

/** A database with the demo pack, an officer and two people; `empty`: nothing of it is in the ledger yet. */
export async function withLedger(t: TestContext, { empty = false } = {}): Promise<Ledger> {
  const clients: { end: () => Promise<void> }[] = []
  // registered before the database: it cannot be dropped while somebody is connected
  t.after(() => Promise.all(clients.map((client) => client.end())))
  const { url, keys, system, owner } = await withDatabase(t)
  const { rows } = await owner.query<{ num: number }>(
    `insert into xinheng.account (name, display, unit, roles, subject, password) values
       ('ledger officer', '{}', 1, '{officer}', null, ''), ('ledger anna', '{}', null, '{person}', $1::uuid, ''),
       ('ledger bella', '{}', null, '{person}', $2::uuid, '') returning num`,
    [ANNA, BELLA],
  )
  const [officer = 0, anna = 0, bella = 0] = rows.map(({ num }) => num)
  const sequencer = openPool(roleUrl(url, 'xinheng_sequencer', keys), { max: 2 })
  clients.push(sequencer)
  const connect = async () => {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    clients.push(client)
    await client.connect()
    return client
  }
  const signer = await getLedgerSigner(keys, 'ledger.example/xinheng')
  if (!empty) await sequenceAll({ pool: sequencer, keys, signer }, 3600)
  return { system, owner, sequencer, app: system.pool, keys, signer, url, officer, anna, bella, connect }
}
