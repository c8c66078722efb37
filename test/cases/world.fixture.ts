import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { isRefusal } from '#domain/refusal.ts'
import type { RoleName } from '#contract/route.ts'
import { takeIn } from '#operations/intake/intake.ts'
import { recordId } from '#operations/archive-decode.ts'
import { findRecordKey } from '#operations/record-key.ts'
import { uuidOf } from '#store/cipher.ts'
import { withApi } from '#test/api.ts'
import { valuesOf } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { byHttp, byOperations, type Door, type Person } from './doors.fixture.ts'
import { plusDays } from './law.fixture.ts'
import { ITEM, type Kind, type Rec } from './oracle.fixture.ts'

/** The desks of the city: of the unit that reported, of another, of those who determine lists, carry out, review, look up. */
const STAFF: readonly [string, readonly RoleName[]][] = [
  ['demo-market', ['clerk']],
  ['demo-market', ['reviewer']],
  ['demo-market', ['clerk', 'reviewer']],
  ['demo-tax', ['clerk', 'reviewer']],
  ['tj-emergency', ['clerk', 'reviewer']],
  ['tj-emergency', ['reviewer']],
  ['demo-housing', ['clerk', 'reviewer']],
  ['demo-approval', ['clerk', 'reviewer', 'officer']],
  ['demo-court', ['officer']],
  ['demo-justice', ['review-body']],
  ['demo-development', ['admin']],
]
const FIELD: Record<Kind, string> = {
  minor: 'CF_NR',
  general: 'CF_NR',
  serious: 'CF_NR',
  entry: 'CD',
  commitment: 'CNSX',
}
const CATEGORY: Partial<Record<Kind, string>> = { minor: '01', general: '03', serious: '08' }
export const fieldOf = (kind: Kind): string => FIELD[kind]

/** A city with one clock for the walls and the application, moved by the test; nothing runs but what the test calls. */
export async function withWorld(t: TestContext, through: 'operations' | 'api', base: string) {
  let now = Temporal.Instant.from(`${base}T09:00:00+08:00`)
  const api = await withApi(t, { workers: 1, poolSize: 4, now: () => now })
  const { owner, system } = api
  await owner.query(`
    create table public.model_clock (at timestamptz not null);
    insert into public.model_clock values ('${now.toString()}');
    create or replace function xinheng.instant() returns timestamptz language sql stable security definer
      as $$ select at from public.model_clock $$`)
  await owner.query('select xinheng.ensure_partitions(24)')
  const set = async (at: Temporal.Instant) => {
    now = at
    await owner.query('update public.model_clock set at = $1::timestamptz', [at.toString()])
    if (through === 'api')
      await owner.query(
        `update xinheng.session set seen_at = $1::timestamptz, expires_at = $1::timestamptz + interval '8 hours'`,
        [at.toString()],
      )
  }
  const open = async (unit: string | null, roles: readonly string[], subject: string | null): Promise<number> => {
    const { rows } = await owner.query<{ num: number }>(
      `insert into xinheng.account (name, display, unit, roles, subject, password)
       select gen_random_uuid()::text, '{}', (select num from xinheng.unit where id = $1::text), $2::text[], $3::uuid, '' returning num`,
      [unit, roles, subject],
    )
    return rows[0]?.num ?? 0
  }
  const desks: Person[] = []
  for (const [unit, roles] of STAFF) {
    const client = through === 'api' ? await api.as([...roles], unit) : undefined
    desks.push({ account: client?.account ?? (await open(unit, roles, null)), unit, roles, ...(client && { client }) })
  }
  const door: Door = through === 'api' ? byHttp() : byOperations(system)
  const today = () => now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  const numbers: string[] = []
  let serial = 3000
  const keyOf = (item: string, unit: string, number: string, naturalKey: string[]) => {
    const key = findRecordKey(system, { item, unit, number, naturalKey })
    assert.ok(!isRefusal(key))
    return key
  }
  const item = (id: string) => {
    const found = system.reference.pack.items.findLast((one) => one.id === id)
    assert.ok(found)
    return found
  }
  const send = async (rec: Pick<Rec, 'kind' | 'person' | 'document' | 'decided'>, says: string) => {
    const values = valuesOf(
      { system, item },
      {
        item: ITEM[rec.kind],
        number: numbers[rec.person] ?? '',
        name: '测试人',
        decided: rec.decided,
        document: rec.document,
        values: {
          [FIELD[rec.kind]]: says,
          ...(CATEGORY[rec.kind] && { CF_CFLB: CATEGORY[rec.kind], CF_CFJGDM: '' }),
          ...(rec.kind === 'commitment' && { SLDWDM: '' }),
        },
      },
    )
    const [clerk, reviewer] = desks
    return takeIn(system, {
      item: ITEM[rec.kind],
      unit: 'demo-market',
      actor: clerk?.account ?? 0,
      reviewer: reviewer?.account ?? 0,
      key: `model ${(serial += 1)}`,
      source: (async function* () {
        yield Buffer.from(`${JSON.stringify(values)}\n`)
      })(),
      contentType: 'application/x-ndjson',
    })
  }
  return {
    ...api,
    door,
    desks,
    today,
    send,
    numberOf: (person: number) => numbers[person] ?? '',
    entryId: (person: number, entry: string) =>
      recordId(keyOf('list-entry-person', 'tj-emergency', numbers[person] ?? '', [entry]).nk),
    /** one more instant, or so many days */
    async pass(days: number) {
      const next = days === 0 ? now : Temporal.Instant.from(`${plusDays(today(), days)}T09:00:00+08:00`)
      await set(next.add({ seconds: 1 }))
    },
    /** two people nobody knows, each with a record of every kind that is sent, on the first day */
    async begin(): Promise<{ people: Person[]; records: Rec[] }> {
      await set(Temporal.Instant.from(`${base}T09:00:00+08:00`))
      const people: Person[] = []
      const records: Rec[] = []
      numbers.length = 0
      for (const person of [0, 1]) {
        const number = citizenNumber((serial += 1))
        numbers.push(number)
        const subject = uuidOf(system.subjectKey('citizen', number))
        const client = through === 'api' ? await api.person(number) : undefined
        const account = client?.account ?? (await open(null, ['person'], subject))
        people.push({ account, roles: ['person'], person, subject, ...(client && { client }) })
        for (const [kind, decided] of [
          ['minor', plusDays(base, -20)],
          ['general', plusDays(base, -80)],
          ['serious', plusDays(base, -700)],
          ['commitment', plusDays(base, -2)],
        ] as const) {
          const document = `衡字〔2025〕${(serial += 1)}号`
          const sent = await send({ kind, person, document, decided }, '原文')
          assert.ok(!isRefusal(sent) && sent.new === 1, JSON.stringify(sent))
          const { nk } = keyOf(ITEM[kind], 'demo-market', number, [document, ''])
          const id = recordId(nk)
          records.push({
            id,
            person,
            kind,
            unit: 'demo-market',
            document,
            decided,
            says: '原文',
            wrong: new Set(),
            said: new Set(['原文']),
            shownTo: new Set(),
            itemTo: new Set(),
            told: [],
          })
        }
      }
      await set(now)
      return { people, records }
    },
  }
}
export type World = Awaited<ReturnType<typeof withWorld>>
