import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import pg from 'pg'
import { latestEnd } from '#domain/calendar.ts'
import { unpackRecords } from '#store/archive.ts'
import { sqlState } from '#store/db.ts'
import { roleUrl } from '#store/migrate.ts'
import { withDatabase } from '#test/db.ts'
import { lastDay, lawKinds, lawStep, plusDays, type LawStep } from './law.fixture.ts'

/**
 * A city for random sequences of steps: whatever the application's own role can say to the database, by anybody, in any order,
 * at any date, with or without what a step must bring. What comes of each is foretold by law.fixture.ts, which is no code of theirs.
 */
export type Actor = { account: number; unit: string; roles: readonly string[]; person?: number }
/** A case as the model knows it. */
export type Known = {
  person: number
  machine: string
  file: bigint
  step: number
  kind: string
  nk: bigint
  unit: string
  target: bigint
  proposer: number
  list: string
  /** last day of the window; '' before it is set */
  window: string
  notified: boolean
  /** the day its record was put in; '' before */
  record: string
  /** the days on which its entry took effect and ends by itself */
  day: string
  until: string
  measure: string
}

const BASE = '2026-02-02'
const PEOPLE = 3
/** Refused by a key, a check or a unique index when the transaction commits. */
const WALLS = ['23503', '23505', '23514']

export async function withModel(t: TestContext, staff: readonly [unit: string, roles: string[]][]) {
  const { owner, system, url, keys } = await withDatabase(t, { workers: 1, poolSize: 2 })
  const { reference } = system
  // one of its own: a pool gives up a connection on which a statement failed, and many of these are meant to
  const app = new pg.Client({ connectionString: roleUrl(url, 'xinheng_app', keys) })
  await app.connect()
  t.after(() => app.end())
  app.on('error', () => undefined)
  await owner.query(`
    create table public.model_clock (day date not null);
    insert into public.model_clock values ('${BASE}');
    create or replace function xinheng.instant() returns timestamptz language sql stable security definer
      as $$ select (day + time '10:00') at time zone 'Asia/Shanghai' from public.model_clock $$`)
  await owner.query('select xinheng.ensure_partitions(120)')
  const open = async (unit: string | null, roles: string[], subject: string | null): Promise<number> => {
    const { rows } = await owner.query<{ num: number }>(
      `insert into xinheng.account (name, display, unit, roles, subject, password)
       select gen_random_uuid()::text, '{}', (select num from xinheng.unit where id = $1::text), $2::text[], $3::uuid, '' returning num`,
      [unit, roles, subject],
    )
    return rows[0]?.num ?? 0
  }
  const desks: Actor[] = []
  for (const [unit, roles] of staff) desks.push({ account: await open(unit, roles, null), unit, roles })
  const officer = await open('demo-court', ['officer'], null)
  let day = BASE
  let subjects: string[] = []
  let actors: Actor[] = [...desks]
  let serial = 0
  return {
    app,
    owner,
    reference,
    today: () => day,
    actors: () => actors,
    subject: (person: number) => subjects[person] ?? '',
    nextNk: () => BigInt((serial += 1)) << 10n,
    /** people nobody knows, on the first day */
    async begin() {
      const { rows } = await owner.query<{ subject: string }>(
        `select gen_random_uuid() as subject from generate_series(1, ${PEOPLE})`,
      )
      subjects = rows.map(({ subject }) => subject)
      actors = [...desks]
      for (const [person, subject] of subjects.entries())
        actors.push({ account: await open(null, ['person'], subject), unit: '', roles: ['person'], person })
      day = BASE
      await owner.query('update public.model_clock set day = $1::date', [day])
    },
    async pass(days: number) {
      day = plusDays(day, days)
      await owner.query('update public.model_clock set day = $1::date', [day])
    },
    /** The last day of a term of the pack that today sets off: what a window must reach. */
    termEnd(id: string): string {
      const period = reference.pack.terms.findLast((term) => term.id === id)?.period ?? 'P1D'
      return lastDay(reference.pack.calendar, day, period) ?? latestEnd(day, period)
    },
    /** What a proposal or a notice rests on: facts of their own each time. */
    ground: (person: number) =>
      `enter_ground('${subjects[person] ?? ''}', s.num, decode(md5(s.num::text), 'hex'), null)`,
    /** One step as the application's role, with what it enters in the same transaction; its number, or undefined where refused. */
    async take(of: {
      actor: Actor
      person: number
      machine: string
      kind: string
      last?: Known | undefined
      nk?: bigint
      unit?: string
      target?: bigint
      window?: string
      tell: boolean
      enter?: readonly string[] | undefined
    }): Promise<bigint | undefined> {
      const { last } = of
      const hides = of.kind === 'word' ? `'${day}'` : 'null'
      const sql = `with s as materialized (select * from xinheng.take_step($1::integer, $2::uuid, '${of.machine}', '${of.kind}',
          $3::bigint, $4::smallint, $5::bigint, $6::smallint, $7::bigint, $8::smallint, $9::date, null, ${hides}, '',
          ${of.tell ? `'{}', '{}'` : 'null, null'}))
        select s.outcome, s.num ${of.enter?.length ? `, case when s.outcome = 0 then array[xinheng.note_own_service($2::uuid, s.num, '回证')::text, ${of.enter.map((one) => `xinheng.${one}::text`).join(', ')}] end as entered` : ''} from s`
      try {
        const { rows } = await app.query<{ outcome: number; num: bigint; entered?: (string | null)[] | null }>(sql, [
          of.actor.account,
          subjects[of.person],
          last?.file ?? null,
          (last?.step ?? 0) + 1,
          of.nk ?? 0n,
          reference.unitNum.get(of.unit ?? '') ?? 0,
          of.target ?? 0n,
          reference.packNum,
          of.window ?? null,
        ])
        return rows[0]?.outcome === 0 ? rows[0].num : undefined
      } catch (error) {
        assert.ok(WALLS.includes(sqlState(error) ?? ''), String(error))
        return undefined
      }
    },
    /** A record of an item, put in past every operation. */
    async insertRecord(of: Pick<Known, 'person' | 'nk' | 'unit'>, item: string) {
      const num = [...reference.itemOf].findLast(([, one]) => one.id === item)?.[0]
      await app.query(
        `insert into xinheng.record (subject, nk, mac, submission, decided, item, unit, body, sealed)
         values ($1::uuid, $2::bigint, 1, 1, $3::date, $4::smallint, $5::smallint, '\\x01', '')`,
        [subjects[of.person], of.nk, day, num, reference.unitNum.get(of.unit)],
      )
    },
    /** What a court is shown of a person. */
    async shown(person: number): Promise<bigint[]> {
      const { rows } = await app.query<{ records: Buffer | null }>(
        'select records from xinheng.look_up($1::integer, $2::smallint, $3::text, $4::uuid)',
        [officer, reference.purposeNum.get('judicial'), '查1号', subjects[person]],
      )
      return unpackRecords(rows[0]?.records ?? Buffer.alloc(0)).map(({ nk }) => nk)
    },
  }
}
export type Model = Awaited<ReturnType<typeof withModel>>

/** Whether the law lets this actor take this step now; the window is asked here too. */
export function maySay(of: {
  actor: Actor
  last: Known | undefined
  machine: string
  kind: string
  unit: string
  person: number
  today: string
}): LawStep | undefined {
  const step = lawStep(of.machine, of.last?.kind ?? 'start', of.kind)
  if (!step) return undefined
  const { actor, last } = of
  const may =
    step.by === 'person'
      ? actor.person === of.person
      : step.roles.some((role) => actor.roles.includes(role)) &&
        (step.by === 'unit' ? actor.unit !== '' : actor.unit === (last?.unit ?? of.unit))
  const other = !step.does.has('other') || actor.account !== last?.proposer
  const waited = !step.does.has('waits') || (last !== undefined && of.today > last.window)
  return may && other && waited ? step : undefined
}

/** In one order, to be compared. */
export const numbers = (list: readonly bigint[]): bigint[] => list.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))

/** Kinds that close a case or end its entry. */
export const ENDED: readonly string[] = 'drop decline resign remove not-applicable refuse mistaken harm late'.split(' ')

/** A kind that can follow (one that goes on, where `on`), or any kind of the machine at all. */
export function pickKind(last: Known, of: { any: boolean; on: boolean; kind: number }): string {
  const every = lawKinds(last.machine)
  const possible = lawKinds(last.machine, last.kind)
  const onward = possible.filter((kind) => !ENDED.includes(kind))
  const from = of.any ? every : of.on && onward.length > 0 ? onward : possible
  return from[of.kind % Math.max(from.length, 1)] ?? every[of.kind % every.length] ?? ''
}

/** Somebody who may, where the sequence aims; else anybody. */
export function pickActor(
  actors: readonly Actor[],
  of: { aim: boolean; who: number },
  may: (actor: Actor) => boolean,
): Actor | undefined {
  const able = of.aim ? actors.filter(may) : []
  const from = able.length > 0 ? able : actors
  return from[of.who % from.length]
}
