/**
 * Queries that must return nothing, over the database's own catalogue: the walls of grants, functions and policies.
 * Each row is `{ at: text }`, the name of what is wrong.
 */
const OURS = `(values ('xinheng_app'), ('xinheng_sequencer'), ('xinheng_eraser'), ('xinheng_reader')) r(role)`

/** The app role adds to these and never reads or changes them; reading is done by functions that leave an access row. */
const CLOSED = [
  'record',
  'subject',
  'action',
  'access',
  'access_withheld',
  'notice',
  'incident',
  'incident_person',
  'incident_step',
  'capacity',
]

/** What may be changed at all, by whom: everything else is append-only for every role. */
const CHANGEABLE = `(values
  ('xinheng_app', 'session', 'seen_at'), ('xinheng_app', 'session', 'ended_at'), ('xinheng_app', 'matter', 'closed_at'),
  ('xinheng_sequencer', 'ledger_tile', 'bytes')) c(role, tab, col)`

const TABLES = `(select c.oid, c.relname, coalesce((select p.inhparent::regclass::oid from pg_inherits p where p.inhrelid = c.oid), c.oid) as root
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'xinheng' and c.relkind in ('r', 'p', 'v', 'm', 'f')) t`

const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ')

export const CATALOG_QUERIES = {
  appendOnly: `
    select r.role || ' may ' || p.privilege || ' ' || t.relname as at
    from ${OURS}, ${TABLES}, (values ('DELETE'), ('TRUNCATE'), ('TRIGGER'), ('UPDATE')) p(privilege)
    where has_table_privilege(r.role, t.oid, p.privilege)
    union all
    select r.role || ' may change ' || t.relname || '.' || a.attname
    from ${OURS}, ${TABLES}, pg_attribute a
    where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and has_column_privilege(r.role, t.oid, a.attnum, 'UPDATE')
      and not exists (select from ${CHANGEABLE} where c.role = r.role and c.tab = t.relname and c.col = a.attname)`,
  closedTables: `
    select r.role || ' may read ' || t.relname as at
    from ${OURS}, ${TABLES} join pg_class root on root.oid = t.root
    where root.relname in (${list(CLOSED)}) and has_any_column_privilege(r.role, t.oid, 'SELECT')
      and not (r.role = 'xinheng_sequencer' and root.relname in ('action', 'access'))
      and not (r.role = 'xinheng_app' and root.relname = 'notice')`,
  eraser: `
    select 'xinheng_eraser may ' || p.privilege || ' ' || t.relname as at
    from ${TABLES}, (values ('SELECT'), ('INSERT'), ('UPDATE'), ('REFERENCES')) p(privilege)
    where has_any_column_privilege('xinheng_eraser', t.oid, p.privilege)
    union all
    select r.role || ' may execute ' || f.proname from ${OURS}, pg_proc f join pg_namespace n on n.oid = f.pronamespace
    where n.nspname = 'xinheng' and f.proname in ('erase_record', 'read_for_erasure') and r.role <> 'xinheng_eraser'
      and has_function_privilege(r.role, f.oid, 'EXECUTE')`,
  publicGrants: `
    select 'everybody may execute ' || f.proname as at from pg_proc f join pg_namespace n on n.oid = f.pronamespace
    where n.nspname = 'xinheng' and (f.proacl is null or exists (select from aclexplode(f.proacl) x where x.grantee = 0))
    union all
    select 'everybody may ' || x.privilege_type || ' ' || c.relname
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) x
    where n.nspname = 'xinheng' and x.grantee = 0
    union all
    select 'everybody may ' || x.privilege_type || ' in ' || n.nspname from pg_namespace n, aclexplode(n.nspacl) x
    where x.grantee = 0 and (n.nspname = 'xinheng' or n.nspname = 'public' and x.privilege_type = 'CREATE')`,
  searchPath: `
    select f.proname || ' runs as ' || pg_get_userbyid(f.proowner) || ' on whatever search_path it meets' as at
    from pg_proc f join pg_namespace n on n.oid = f.pronamespace
    where n.nspname = 'xinheng' and f.prosecdef
      and not exists (select from unnest(f.proconfig) c where c ~ '^search_path="?pg_catalog"?(, ?"?xinheng"?)?(, ?"?pg_temp"?)?$')
    union all
    select f.proname || ' runs as ' || pg_get_userbyid(f.proowner) from pg_proc f join pg_namespace n on n.oid = f.pronamespace
    where n.nspname = 'xinheng' and f.prosecdef
      and f.proowner <> (select nspowner from pg_namespace where nspname = 'xinheng')`,
  rowSecurity: `
    select w.tab || ' has no row-level security' as at
    from (values ('consent'), ('consent_end'), ('notice'), ('matter'), ('held_file'), ('held_chunk'), ('held_decision')) w(tab)
    where not coalesce((select c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid)
      from pg_class c where c.oid = to_regclass('xinheng.' || w.tab)), false)`,
  roles: `
    select r.rolname || ' is more than it should be' as at from pg_roles r
    where r.rolname in (select role from ${OURS})
      and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication)
    union all
    select pg_get_userbyid(m.member) || ' is a member of ' || pg_get_userbyid(m.roleid) from pg_auth_members m
    where pg_get_userbyid(m.member) in (select role from ${OURS})
    union all
    select r.role || ' is missing' from ${OURS} where not exists (select from pg_roles p where p.rolname = r.role)
    union all
    select pg_get_userbyid(c.relowner) || ' owns ' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'xinheng' and pg_get_userbyid(c.relowner) in (select role from ${OURS})`,
  tileTrigger: `
    select 'the trigger that lets tiles only grow is off' as at
    where not exists (select from pg_trigger g where g.tgrelid = 'xinheng.ledger_tile'::regclass and g.tgname = 'ledger_tile_grows' and g.tgenabled in ('O', 'A'))`,
} as const
