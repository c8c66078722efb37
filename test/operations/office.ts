import type { TestContext } from 'node:test'
import type pg from 'pg'
import { isRefusal, type Refusal } from '#domain/refusal.ts'
import { createAccount } from '#operations/accounts.ts'
import { lookUpArchive, readOwnArchive, readPastArchive } from '#operations/archive.ts'
import { takeIn } from '#operations/intake/intake.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { verifyLedger } from '#operations/ledger-verify.ts'
import { findRecordKey } from '#operations/record-key.ts'
import { openPool } from '#store/db.ts'
import { getLedgerSigner } from '#store/ledger-leaf.ts'
import { roleUrl, type Role } from '#store/migrate.ts'
import { withDatabase, type TestDatabase, type TestDatabaseOptions } from '#test/db.ts'
import { commitment, commitmentFile, type CommitmentRow } from '#test/people.ts'

export function accepted<value>(answer: value | Refusal): Exclude<value, Refusal> {
  if (isRefusal(answer)) throw new Error(`refused: ${answer.code}`)
  return answer as Exclude<value, Refusal>
}

export type Office = TestDatabase & {
  clerk: number
  officer: number
  admin: number
  court: number
  role: (role: Role) => pg.Pool
  /** an account of the person of the n-th commitment */
  person: (index: number) => Promise<{ actor: number; subject: string }>
  send: (rows: readonly CommitmentRow[]) => Promise<number | null>
  lookUp: (index: number) => ReturnType<typeof lookUpArchive>
  own: (index: number, at?: string) => ReturnType<typeof readOwnArchive>
  past: (index: number, at?: string) => ReturnType<typeof readPastArchive>
  sequence: () => Promise<number>
  /** what `ledger verify` finds */
  ledger: () => Promise<string[]>
}

/** How the n-th commitment is named by whoever withdraws or erases it. */
export const nameOf = (index: number) => {
  const { number, document } = commitment(index)
  return { item: 'commitment', unit: 'demo-market', number, naturalKey: [document, ''] }
}

/** A database with staff of every kind and `count` commitments of as many people. */
export async function withOffice(t: TestContext, count = 0, options: TestDatabaseOptions = {}): Promise<Office> {
  const pools: pg.Pool[] = []
  t.after(() => Promise.all(pools.map((pool) => pool.end())))
  const database = await withDatabase(t, options)
  const { system, owner, url, keys } = database
  const open = async (name: string, of: { unit: string; roles: string[] } | { kind: 'citizen'; number: string }) =>
    accepted(
      await createAccount(
        system,
        { actor: null, db: owner },
        { name, display: { zh: name, en: name }, password: 'test-password', ...of },
      ),
    ).num
  const role = (of: Role) => {
    const pool = openPool(roleUrl(url, of, keys), { max: 2 })
    pools.push(pool)
    return pool
  }
  const [clerk, officer, admin, court] = [
    await open('clerk', { unit: 'demo-market', roles: ['clerk'] }),
    await open('officer', { unit: 'demo-approval', roles: ['officer'] }),
    await open('admin', { unit: 'demo-development', roles: ['admin'] }),
    await open('court', { unit: 'demo-court', roles: ['court'] }),
  ]
  const people = new Map<number, { actor: number; subject: string }>()
  const person = async (index: number) => {
    const known = people.get(index)
    if (known) return known
    const { number } = commitment(index)
    const made = {
      actor: await open(`person-${index}`, { kind: 'citizen', number }),
      subject: accepted(findRecordKey(system, nameOf(index))).subject,
    }
    people.set(index, made)
    return made
  }
  const send = async (rows: readonly CommitmentRow[]) => {
    async function* source() {
      yield Buffer.from(commitmentFile(rows))
    }
    return accepted(await takeIn(system, { item: 'commitment', unit: 'demo-market', actor: clerk, source: source() }))
      .submission
  }
  if (count > 0) await send(Array.from({ length: count }, (_, index) => commitment(index)))
  const signer = await getLedgerSigner(keys, 'ledger.example/xinheng')
  return {
    ...database,
    clerk,
    officer,
    admin,
    court,
    role,
    person,
    send,
    lookUp: (index) =>
      lookUpArchive(system, {
        actor: officer,
        unit: 'demo-approval',
        number: commitment(index).number,
        purpose: 'approval',
        matter: '审〔2026〕1号',
      }),
    own: async (index, at) => readOwnArchive(system, { ...(await person(index)), at }),
    past: (index, at) =>
      readPastArchive(system, { actor: court, number: commitment(index).number, matter: '民〔2026〕1号', at }),
    sequence: () => sequenceAll({ pool: role('xinheng_sequencer'), keys, signer }, 3600),
    ledger: async () =>
      (await verifyLedger({ pool: owner, keys, log: signer, grace: -60 })).findings.map((finding) =>
        JSON.stringify(finding),
      ),
  }
}
