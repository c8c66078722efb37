import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { roleUrl } from '#store/migrate.ts'
import { commitment, commitmentFile } from '#test/people.ts'
import { withIntake } from './sending.fixture.ts'

// The walls of the database, met head-on as the role the application runs under: G11 (history cannot be rewritten) and
// G12 with B12 (nothing is read but through the functions that log it).

const DENIED = '42501'
const HISTORY = [
  'record',
  'subject',
  'submission',
  'submission_error',
  'access',
  'action',
  'term',
  'ledger_tile',
  'ledger_batch',
  'ledger_checkpoint',
  'held_file',
  'held_chunk',
  'held_decision',
  'consent',
  'consent_end',
]
const PERSONAL = ['record', 'subject', 'access', 'action', 'access_withheld', 'incident_person']

test('G11: the application cannot change, remove or empty anything that has happened', async (t) => {
  const { system, accept } = await withIntake(t)
  await accept(commitmentFile([commitment(1)]))
  for (const table of HISTORY) {
    for (const sql of [
      `delete from xinheng.${table}`,
      `truncate xinheng.${table}`,
      `alter table xinheng.${table} add wrong integer`,
      `drop table xinheng.${table}`,
    ]) {
      await assert.rejects(system.pool.query(sql), { code: DENIED }, sql)
    }
    const { rows } = await system.pool.query<{ column: string }>(
      `select attname as column from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
      [`xinheng.${table}`],
    )
    assert.ok(rows.length > 0)
    for (const { column } of rows) {
      const sql = `update xinheng.${table} set ${column} = default`
      await assert.rejects(system.pool.query(sql), { code: DENIED }, sql)
    }
  }
})

test('G12, B12: the application cannot read personal data but through the functions that log it', async (t) => {
  const { system, accept } = await withIntake(t)
  await accept(commitmentFile([commitment(1)]))
  for (const table of PERSONAL) {
    for (const sql of [
      `select 1 from xinheng.${table}`,
      `select count(*) from xinheng.${table}`,
      `copy xinheng.${table} to stdout`,
    ]) {
      await assert.rejects(system.pool.query(sql), { code: DENIED }, sql)
    }
  }
  const partition = await system.pool.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'xinheng.access'::regclass`,
  )
  assert.ok(partition.rows.length > 0)
  for (const { name } of partition.rows)
    await assert.rejects(system.pool.query(`select 1 from ${name}`), { code: DENIED }, name)
  // returning, on conflict and a join would read, too
  for (const sql of [
    `insert into xinheng.subject (subject, name_mac, kind, sealed) values (gen_random_uuid(), 0, 0, '') returning subject`,
    `insert into xinheng.subject (subject, name_mac, kind, sealed) values (gen_random_uuid(), 0, 0, '') on conflict (subject) do update set name = 'x'`,
    `insert into xinheng.term (num, value) select 1, name from xinheng.subject`,
  ]) {
    await assert.rejects(system.pool.query(sql), { code: DENIED }, sql)
  }
})

test('the functions behind the wall are not the application’s to call', async (t) => {
  const { system } = await withIntake(t)
  const { rows } = await system.pool.query<{ name: string; may: boolean }>(
    `select proname as name, has_function_privilege(oid, 'execute') as may from pg_proc where pronamespace = 'xinheng'::regnamespace`,
  )
  for (const name of ['log_access', 'erase_record', 'read_all', 'ensure_partitions']) {
    const found = rows.filter((row) => row.name === name)
    assert.ok(found.length > 0, `${name} is gone: name here what took its place`)
    assert.ok(
      found.every(({ may }) => !may),
      name,
    )
  }
  await assert.rejects(system.pool.query('select xinheng.ensure_partitions(1)'), { code: DENIED })
})

test('the application’s role is no owner, no superuser, in no other role, and cannot become one', async (t) => {
  const { system } = await withIntake(t)
  const { rows } = await system.pool.query(
    `select r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication,
       (select count(*)::integer from pg_auth_members m where m.member = r.oid) as member_of,
       (select count(*)::integer from pg_class c where c.relowner = r.oid) as owns,
       has_schema_privilege('xinheng', 'create') as makes, has_schema_privilege('public', 'create') as public
     from pg_roles r where r.rolname = current_user`,
  )
  assert.deepEqual(rows, [
    {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      member_of: 0,
      owns: 0,
      makes: false,
      public: false,
    },
  ])
  for (const role of ['postgres', 'xinheng_eraser', 'xinheng_sequencer', 'xinheng_reader']) {
    await assert.rejects(system.pool.query(`set role ${role}`), { code: DENIED }, role)
  }
})

test('only the eraser erases, only the sequencer writes the ledger, and neither rewrites a record', async (t) => {
  const { url, keys, accept } = await withIntake(t)
  await accept(commitmentFile([commitment(1)]))
  for (const role of ['xinheng_eraser', 'xinheng_sequencer', 'xinheng_reader'] as const) {
    const client = new pg.Client({ connectionString: roleUrl(url, role, keys) })
    await client.connect()
    try {
      for (const table of ['record', 'subject', 'submission', 'access', 'action']) {
        for (const sql of [
          `delete from xinheng.${table}`,
          `update xinheng.${table} set ${table === 'submission' ? 'rows' : 'subject'} = null`,
          `truncate xinheng.${table}`,
        ]) {
          await assert.rejects(
            client.query(sql.replace('set rows', 'set read_rows')),
            { code: DENIED },
            `${role}: ${sql}`,
          )
        }
      }
      await assert.rejects(
        client.query(`insert into xinheng.record (subject) values (gen_random_uuid())`),
        { code: DENIED },
        role,
      )
    } finally {
      await client.end()
    }
  }
})

test('two accepted submissions never share a key of a unit and item, and none is without its account', async (t) => {
  const { owner, accept } = await withIntake(t)
  await accept(commitmentFile([commitment(1)]), { key: 'one' })
  const copy = (change: string) =>
    owner.query(
      `insert into xinheng.submission select (jsonb_populate_record(s, $1::jsonb)).* from xinheng.submission s`,
      [change],
    )
  await assert.rejects(copy('{"num": 900}'), { code: '23505' })
  await assert.rejects(copy('{"num": 900, "key": "two", "actor": 999999}'), { code: '23503' })
  await assert.rejects(copy('{"num": 900, "key": ""}'), { code: '23514' })
  await copy('{"num": 900, "key": "one", "accepted": false}')
})

test('G11, G12: no code of the application runs as the owner through temporary objects of its own', async (t) => {
  const { system, accept } = await withIntake(t)
  await accept(commitmentFile([commitment(1)]))
  const client = await system.pool.connect()
  try {
    await client.query('begin')
    // a database of its own refuses this outright; a cloned test database lets it pass, and it must lead nowhere
    await client.query(`create function pg_temp.evil() returns uuid language plpgsql as $$ begin
      perform set_config('evil.who', current_user::text, false); return null; end $$`)
    // rows that every filter of the functions would let through, and whose reading runs the caller's code
    const mine = 'select pg_current_xact_id() tx, 9223372036854775807::bigint seq, pg_temp.evil() subject'
    await client.query(
      `create temporary view incoming_subject as ${mine}, 0::bigint name_mac, 1::smallint kind, ''::bytea sealed, null::text name`,
    )
    await client.query(
      `create temporary view incoming_record as ${mine}, 0::bigint nk, 0::bigint mac, 0 submission, current_date decided,
        0::smallint item, 0::smallint unit, ''::bytea body, ''::bytea sealed`,
    )
    await client.query('select * from xinheng.merge_subjects()')
    await client.query(`select * from xinheng.resolve_chunk(1, '{}')`)
    const { rows } = await client.query<{ who: string | null }>(`select current_setting('evil.who', true) as who`)
    assert.equal(rows[0]?.who ?? null, null)
  } finally {
    await client.query('rollback')
    client.release()
  }
})
