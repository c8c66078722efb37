import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { RoleName } from '#contract/route.ts'
import { itemAt, unitMatches } from '#domain/catalog.ts'
import { makeOrganisationCode } from '#domain/identity/synthetic.ts'
import type { Item } from '#domain/pack.ts'
import { uuidOf } from '#store/cipher.ts'
import type { AppOptions } from '#api/app.ts'
import { withApi, type Answer, type Client, type TestApi } from '#test/api.ts'
import type { TestDatabaseOptions } from '#test/db.ts'
import { citizenNumber } from '#test/people.ts'

export const MATTER = '查〔2026〕1号'
export const FIRM = makeOrganisationCode({ division: '990000', body: 'MA999123' })
export const FIRM_NAME = '衡州测试商贸有限公司'

/** What one record says; the rest is made from the catalogue. */
export type Facts = {
  item: string
  number?: string
  name?: string
  decided: string
  document?: string
  values?: Record<string, string>
}

export type City = TestApi & {
  /** the one account of this role and unit */
  staff: (role: RoleName, unit: string) => Promise<Client>
  /** the time of the walls and of the application */
  setTime: (at: string) => Promise<void>
  today: () => string
  /** sends one record as a clerk of a unit that may, and has it approved where a second person must */
  report: (facts: Facts, unit?: string) => Promise<Answer>
  item: (id: string, date?: string) => Item
  sourceOf: (id: string) => string
  lookUp: (
    number: string,
    of?: { purpose?: string; unit?: string; matter?: string; withhold?: { until: string } },
  ) => Promise<Answer>
  subjectOf: (number: string, kind?: 'citizen' | 'organisation') => string
  count: (table: string) => Promise<number>
}

/** A value for every field of an item, in the official columns. */
export function valuesOf(
  city: Pick<City, 'system' | 'item'>,
  { item: id, number, name, decided, document = '衡字〔2026〕1号', values }: Facts,
): Record<string, string> {
  const item = city.item(id)
  const firm = item.subject === 'organisation'
  const made = item.fields.map((field): [string, string] => {
    switch (field.role) {
      case 'subject-name':
        return [field.id, name ?? (firm ? FIRM_NAME : '测试人')]
      case 'subject-number':
        return [field.id, number ?? (firm ? FIRM : citizenNumber(1))]
      case 'decision-date':
        return [field.id, decided]
      case 'document-number':
        return [field.id, document]
      case 'display-until':
      case 'valid-until':
      case 'subject-number-kind':
        return [field.id, '']
      default:
    }
    const codes = city.system.reference.pack.codes.find((list) => list.id === field.codes)
    if (field.type === 'code') return [field.id, codes?.values[0]?.code ?? '']
    if (field.type === 'identifier-kind') return [field.id, codes?.values[0]?.code ?? '']
    if (field.type === 'date') return [field.id, decided]
    if (field.type === 'money' || field.type === 'number') return [field.id, '1']
    return [field.id, field.name.zh.slice(0, field.length ?? 20).slice(0, 4)]
  })
  const all = { ...Object.fromEntries(made), ...values }
  const kind = item.fields.find((field) => field.role === 'subject-number-kind')
  if (kind?.required && !values?.[kind.id]) all[kind.id] = '身份证'
  return all
}

const HOLDERS = [
  'demo-market',
  'demo-court',
  'demo-approval',
  'demo-hr',
  'demo-tax',
  'demo-youth',
  'demo-transport',
  'demo-housing',
  'demo-health',
  'demo-finance',
  'demo-development',
  'demo-justice',
  'demo-education',
  'demo-organisation',
  'demo-central-bank',
  'demo-federation',
]

/** The demo city over HTTP, with a clock that can be set: an empty database of its own, the demo pack, staff when asked for. */
export async function withCity(
  t: TestContext,
  options: TestDatabaseOptions & Omit<AppOptions, 'system'> = {},
): Promise<City> {
  let set: Temporal.Instant | undefined
  const api = await withApi(t, { now: () => set ?? Temporal.Now.instant(), ...options })
  const { owner, system } = api
  const known = new Map<string, Promise<Client>>()
  // a session is stamped by the database's own clock: under a set time it would have been idle for years, or not yet begun
  const keepSessions = async () => {
    if (set)
      await owner.query(
        `update xinheng.session set seen_at = $1::timestamptz, expires_at = $1::timestamptz + interval '8 hours'`,
        [set.toString()],
      )
  }
  const kept = async (signingIn: Promise<Client>) => {
    const client = await signingIn
    await keepSessions()
    return client
  }
  const staff = (role: RoleName, unit: string) => {
    const key = `${role} ${unit}`
    const made = known.get(key) ?? kept(api.as(role, unit))
    known.set(key, made)
    return made
  }
  const today = () => system.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  const item = (id: string, date = today()) => {
    const { pack } = system.reference
    const found = itemAt(pack, id, date) ?? pack.items.findLast((one) => one.id === id)
    assert.ok(found, id)
    return found
  }
  const sourceOf = (id: string) => {
    const { pack } = system.reference
    const unit = HOLDERS.find((holder) => {
      const one = pack.units.find((x) => x.id === holder)
      return one && item(id).sources.some((pattern) => unitMatches(pattern, one))
    })
    assert.ok(unit, `a demo unit that may send ${id}`)
    return unit
  }
  return {
    ...api,
    as: (roles, unit) => kept(api.as(roles, unit)),
    person: (number, kind) => kept(api.person(number, kind)),
    staff,
    today,
    item,
    sourceOf,
    async setTime(at) {
      set = Temporal.Instant.from(at)
      const iso = set.toString()
      await owner.query(
        `create or replace function xinheng.instant() returns timestamptz language sql stable parallel safe as $$ select '${iso}'::timestamptz $$`,
      )
      await owner.query('select xinheng.ensure_partitions(1)')
      await keepSessions()
    },
    async report(facts, unit = sourceOf(facts.item)) {
      const clerk = await staff('clerk', unit)
      const sent = await clerk.call('record', { body: { item: facts.item, values: valuesOf({ system, item }, facts) } })
      if (sent.body?.status !== 'held') return sent
      const reviewer = await staff('reviewer', unit)
      const decided = await reviewer.call('decideHeld', {
        params: { num: sent.body.held },
        body: { approve: true, reason: '核对无误' },
      })
      assert.equal(decided.status, 200, decided.text)
      return { ...decided, body: decided.body.receipt }
    },
    async lookUp(number, { purpose = 'judicial', unit = 'demo-court', matter = MATTER, withhold } = {}) {
      const officer = await staff('officer', unit)
      return officer.call('lookUp', {
        body: {
          number,
          purpose,
          matter,
          ...(withhold && { withhold }),
          ...(number.slice(8, 10) === 'MA' && { kind: 'organisation' }),
        },
      })
    },
    subjectOf: (number, kind = 'citizen') => uuidOf(system.subjectKey(kind, number)),
    async count(table) {
      const { rows } = await owner.query<{ n: number }>(`select count(*)::integer n from xinheng.${table}`)
      return rows[0]?.n ?? -1
    },
  }
}

/** The first instant of a civil day in Asia/Shanghai, and the last of the day before. */
export const startOf = (day: string): string =>
  Temporal.PlainDate.from(day).toZonedDateTime('Asia/Shanghai').toInstant().toString()
export const lastOfDayBefore = (day: string): string =>
  Temporal.Instant.from(startOf(day)).subtract({ milliseconds: 1 }).toString()

/** As the application's own role, in a transaction that acts for this subject or unit, or for nobody. */
export async function asApp<row>(
  { system }: Pick<City, 'system'>,
  acting: { subject?: string; unit?: number },
  sql: string,
  values: unknown[] = [],
): Promise<row[]> {
  const client = await system.pool.connect()
  try {
    await client.query('begin')
    if (acting.subject !== undefined)
      await client.query(`select set_config('xinheng.subject', $1, true)`, [acting.subject])
    if (acting.unit !== undefined)
      await client.query(`select set_config('xinheng.unit', $1, true)`, [String(acting.unit)])
    return (await client.query(sql, values)).rows as row[]
  } finally {
    await client.query('rollback')
    client.release()
  }
}
