import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { TestContext } from 'node:test'
import { isRefusal } from '#domain/refusal.ts'
import { JOINER } from '#domain/record-layout.ts'
import { takeIn, type IntakeRequest, type Receipt, type Refused } from '#operations/intake/intake.ts'
import type { Finding } from '#operations/ledger-finding.ts'
import { verifyRecords } from '#operations/ledger-records.ts'
import { citizenNumber } from '#test/people.ts'
import { withDatabase, type TestDatabase, type TestDatabaseOptions } from '#test/db.ts'

export const TODAY = '2026-06-30'
const now = () => Temporal.Instant.from(`${TODAY}T12:00:00+08:00`)

export type Outcome = Receipt | Refused
export type Sending = Partial<Omit<IntakeRequest, 'source'>>
export type RecordRow = {
  subject: string
  nk: string
  mac: string
  submission: number
  decided: string
  item: number
  unit: number
  body: string
  sealed: string
}
export type Intake = TestDatabase & {
  actor: number
  /** takes in bytes, text or pieces; `commitment` of the market bureau unless said otherwise */
  send: (file: string | Uint8Array | AsyncIterable<Uint8Array>, of?: Sending) => Promise<Outcome>
  /** the same; anything but a receipt fails the test */
  accept: (file: string | Uint8Array | AsyncIterable<Uint8Array>, of?: Sending) => Promise<Receipt>
  records: () => Promise<RecordRow[]>
  /** number and name of every subject on file, opened */
  identities: () => Promise<{ kind: number; number: string; name: string }[]>
  /** one digest over everything on file that a person could tell apart, and the number of rows of each table */
  state: () => Promise<{
    digest: string
    record: number
    subject: number
    term: number
    submission: number
    error: number
  }>
  /** fails where a record cannot be read back to its mac, a sum is wrong, or a row stands alone */
  check: () => Promise<void>
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** A database with the demo pack, and intake into it, on 2026-06-30. */
export async function withIntake(t: TestContext, options: TestDatabaseOptions = {}): Promise<Intake> {
  return intakeOf(await withDatabase(t, { now, ...options }))
}

export async function intakeOf(database: TestDatabase): Promise<Intake> {
  const { system, owner, keys } = database
  const { rows } = await owner.query<{ num: number }>(
    `insert into xinheng.account (name, display, unit, roles, password) values ('intake clerk', '{}', 1, '{clerk}', '') returning num`,
  )
  const actor = rows[0]?.num ?? 0
  const send: Intake['send'] = (file, of = {}) => {
    const source = typeof file === 'string' ? whole(Buffer.from(file)) : file instanceof Uint8Array ? whole(file) : file
    return takeIn(system, { item: 'commitment', unit: 'demo-market', actor, ...of, source })
  }
  const records = async () =>
    (
      await owner.query<RecordRow>(
        `select subject, nk::text, mac::text, submission, decided::text, item, unit, encode(body, 'hex') body, encode(sealed, 'hex') sealed
         from xinheng.record order by subject, nk`,
      )
    ).rows
  const identities = async () => {
    const { rows: sealed } = await owner.query<{ subject: string; kind: number; sealed: Buffer }>(
      'select subject, kind, sealed from xinheng.subject',
    )
    return sealed.map((row) => {
      const [number = '', name = ''] = system.cipher
        .open(row.sealed, Buffer.from(row.subject.replaceAll('-', ''), 'hex'))
        .split(JOINER)
      return { kind: row.kind, number, name }
    })
  }
  return {
    ...database,
    actor,
    send,
    async accept(file, of) {
      const outcome = await send(file, of)
      if (isRefusal(outcome)) assert.fail(JSON.stringify(outcome))
      return outcome
    },
    records,
    identities,
    async state() {
      const { rows: counts } = await owner.query<{
        digest: string
        record: number
        subject: number
        term: number
        submission: number
        error: number
      }>(
        `select (select count(*)::integer from xinheng.record) record, (select count(*)::integer from xinheng.subject) subject,
           (select count(*)::integer from xinheng.term) term, (select count(*)::integer from xinheng.submission) submission,
           (select count(*)::integer from xinheng.submission_error) error`,
      )
      const digest = createHash('sha256')
      for (const { subject, nk, mac, sealed } of await records()) digest.update(`${subject} ${nk} ${mac} ${sealed}\n`)
      return { ...(counts[0] as Awaited<ReturnType<Intake['state']>>), digest: digest.digest('hex') }
    },
    async check() {
      const client = await owner.connect()
      const findings: Finding[] = []
      try {
        await client.query('begin')
        await verifyRecords(client, keys, new Set(), (finding) => findings.push(finding) >= 5)
        const { rows: alone } = await client.query<{ what: string; count: string }>(
          `select 'subject without record' what, count(*) from xinheng.subject s where not exists (select from xinheng.record r where r.subject = s.subject)
           union all select 'record without subject', count(*) from xinheng.record r where not exists (select from xinheng.subject s where s.subject = r.subject)
           union all select 'record without submission', count(*) from xinheng.record r
             where not exists (select from xinheng.submission s where s.num = r.submission and s.accepted)
           union all select 'error without submission', count(*) from xinheng.submission_error e where not exists (select from xinheng.submission s where s.num = e.submission)
           union all select 'submission whose rows do not add up', count(*) from xinheng.submission s where s.accepted and (
             s.new_rows + s.version_rows <> (select count(*) from xinheng.record r where r.submission = s.num)
             or s.read_rows <> s.new_rows + s.version_rows + s.duplicate_rows + s.refused_rows)`,
        )
        await client.query('rollback')
        assert.deepEqual(findings, [])
        assert.deepEqual(
          alone.filter(({ count }) => Number(count) !== 0),
          [],
        )
      } finally {
        client.release()
      }
    },
  }
}

/** Fails where a text holds a name or number of one of these people, or anything like a number of the demo division. */
export function assertNoPersonalData(text: string, people: Iterable<{ name: string; number: string }>): void {
  for (const { name, number } of people) {
    assert.ok(number === '' || !text.includes(number), 'a number is printed')
    assert.ok(name === '' || !text.includes(name), 'a name is printed')
  }
  assert.doesNotMatch(text, /99010\d{9}/)
}

export type PenaltyRow = {
  name: string
  number: string
  document: string
  decided: string
  facts: string
  fine: string
  category: string
}

/** The n-th row of a penalty file: an adverse item with sealed fields and repeating groups. */
export const penalty = (index: number, change: Partial<PenaltyRow> = {}): PenaltyRow => ({
  name: `测${String.fromCodePoint(0x4e00 + (index % 500))}`,
  number: citizenNumber(index),
  document: `衡市监罚〔2026〕${index}号`,
  decided: '2026-03-01',
  facts: `经查，当事人于衡兴路${index}号未按规定明码标价。`,
  fine: '0.2',
  category: '罚款',
  ...change,
})

export const PENALTY_COLUMNS = [
  'CF_XDR_MC',
  'CF_XDR_ZJLX',
  'CF_XDR_ZJHM',
  'CF_WSH',
  'CF_WFXW',
  'CF_SY',
  'CF_YJ',
  'CF_CFLB',
  'CF_NR_FK',
  'CF_JDRQ',
  'CF_CFJG',
  'CF_CFJGDM',
] as const
export const penaltyCells = (row: PenaltyRow): string[] => [
  row.name,
  '身份证',
  row.number,
  row.document,
  '未按规定明码标价',
  row.facts,
  '《中华人民共和国价格法》第四十二条',
  row.category,
  row.fine,
  row.decided,
  '衡州市市场监督管理局',
  '11990000009900021H',
]
export const penaltyFile = (rows: readonly PenaltyRow[]): string =>
  [[...PENALTY_COLUMNS], ...rows.map(penaltyCells)].map((cells) => `${cells.join(',')}\n`).join('')
