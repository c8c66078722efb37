import type { Queryable } from './db.ts'

const SCHEMA = 'xinheng'

/** One query a part: each row is one statement, already in its order. Partitions are left out: they come with the months. */
const PARTS: readonly [title: string, sql: string][] = [
  [
    'Types',
    `select format(E'create type %s as (\n%s\n);', t.oid::regtype, string_agg(format('  %I %s', a.attname, format_type(a.atttypid, a.atttypmod)), E',\n' order by a.attnum)) as line
     from pg_type t join pg_class c on c.oid = t.typrelid and c.relkind = 'c' join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
     where t.typnamespace = $1::regnamespace group by t.oid order by t.oid::regtype::text`,
  ],
  [
    'Sequences',
    `select format('create sequence %s as %s;', c.oid::regclass, format_type(s.seqtypid, null)) as line
     from pg_class c join pg_sequence s on s.seqrelid = c.oid
     where c.relnamespace = $1::regnamespace and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'i')
     order by c.oid::regclass::text`,
  ],
  [
    'Tables',
    `select format(E'create table %s (\n%s\n)%s;%s%s', c.oid::regclass, columns.list || coalesce(E',\n' || constraints.list, ''),
       case when c.relkind = 'p' then ' partition by ' || pg_get_partkeydef(c.oid) else '' end,
       case when c.relrowsecurity then format(E'\nalter table %s enable row level security;', c.oid::regclass) else '' end
         || case when c.relforcerowsecurity then format(E'\nalter table %s force row level security;', c.oid::regclass) else '' end,
       case when obj_description(c.oid, 'pg_class') is null then '' else format(E'\ncomment on table %s is %L;', c.oid::regclass, obj_description(c.oid, 'pg_class')) end) as line
     from pg_class c,
       lateral (select string_agg(format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
           case when a.attnotnull then ' not null' else '' end,
           case when a.attidentity <> '' then ' generated always as identity'
             else coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') end), E',\n' order by a.attnum) as list
         from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) columns,
       lateral (select string_agg(format('  constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), E',\n' order by k.contype desc, k.conname) as list
         from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n') constraints
     where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by c.oid::regclass::text`,
  ],
  [
    'Indexes',
    `select pg_get_indexdef(i.indexrelid) || ';' as line from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
     where c.relnamespace = $1::regnamespace and not t.relispartition
       and not exists (select from pg_constraint k where k.conindid = i.indexrelid) order by c.relname`,
  ],
  [
    'Functions',
    `select pg_get_functiondef(p.oid) || ';' as line from pg_proc p where p.pronamespace = $1::regnamespace and p.prokind = 'f'
     order by p.oid::regprocedure::text`,
  ],
  [
    'Triggers',
    `select pg_get_triggerdef(t.oid) || ';' as line from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = $1::regnamespace and not t.tgisinternal and not c.relispartition order by c.relname, t.tgname`,
  ],
  [
    'Policies',
    `select format('create policy %I on %s for %s to %s%s%s;', p.polname, p.polrelid::regclass,
       case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
       coalesce((select string_agg(r.rolname, ', ' order by r.rolname) from pg_roles r where r.oid = any (p.polroles)), 'public'),
       coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', ''),
       coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')) as line
     from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = $1::regnamespace order by c.relname, p.polname`,
  ],
  [
    'Grants: tables and sequences',
    `select format('grant %s on %s%s to %s;', lower(string_agg(a.privilege_type, ', ' order by a.privilege_type)),
       case c.relkind when 'S' then 'sequence ' else '' end, c.oid::regclass, coalesce(r.rolname, 'public')) as line
     from pg_class c, aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
     where c.relnamespace = $1::regnamespace and not c.relispartition and a.grantee <> c.relowner
     group by c.oid, c.relkind, r.rolname order by c.oid::regclass::text, r.rolname`,
  ],
  [
    'Grants: columns',
    `select format('grant %s (%s) on %s to %s;', lower(a.privilege_type), string_agg(quote_ident(t.attname), ', ' order by t.attnum), c.oid::regclass, coalesce(r.rolname, 'public')) as line
     from pg_class c join pg_attribute t on t.attrelid = c.oid and t.attacl is not null, aclexplode(t.attacl) a left join pg_roles r on r.oid = a.grantee
     where c.relnamespace = $1::regnamespace and not c.relispartition
     group by c.oid, r.rolname, a.privilege_type order by c.oid::regclass::text, r.rolname, a.privilege_type`,
  ],
  [
    'Grants: functions (public means: not revoked)',
    `select format('grant execute on function %s to %s;', p.oid::regprocedure, string_agg(coalesce(r.rolname, 'public'), ', ' order by r.rolname)) as line
     from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a left join pg_roles r on r.oid = a.grantee
     where p.pronamespace = $1::regnamespace and a.grantee <> p.proowner
     group by p.oid order by p.oid::regprocedure::text`,
  ],
]

/**
 * The schema as it stands in the catalogue tables, to be read and compared: what the migrations come to. Loading a
 * database is done with the migrations, not with this.
 */
export async function dumpSchema(db: Queryable): Promise<string> {
  await db.query(`set search_path = ''`)
  const parts = [
    `-- Written by \`xinheng generate\` from a migrated database; do not edit. Migrations make the schema, this shows it.`,
  ]
  for (const [title, sql] of PARTS) {
    const { rows } = await db.query<{ line: string }>(sql, [SCHEMA])
    if (rows.length > 0) parts.push(`-- ── ${title}\n\n${rows.map(({ line }) => line).join('\n\n')}`)
  }
  return `${parts.join('\n\n')}\n`
}
