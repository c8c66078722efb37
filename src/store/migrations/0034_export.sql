-- Exports (R19): a table leaves the desk as a file only after it is on record who took what, and how many rows. The digest
-- says later whether a file that turned up is the one that left. No row here is about a person: what personal rows a table
-- has were read through the gate, which leaves rows of its own (G4, B12).
create table xinheng.export (
  num integer generated always as identity primary key,
  at timestamptz not null default xinheng.instant(),
  actor integer not null references xinheng.account,
  unit smallint not null references xinheng.unit,
  name text not null check (name ~ '^[a-z][a-z-]{0,40}$'),
  rows integer not null check (rows >= 0),
  digest bytea not null check (octet_length(digest) = 32)
);
create index export_at on xinheng.export using brin (at);

-- The number of the row; null where the actor is nobody's staff.
create function xinheng.log_export(p_actor integer, p_name text, p_rows integer, p_digest bytea) returns integer
language sql security definer set search_path = pg_catalog, xinheng as $$
  insert into xinheng.export (actor, unit, name, rows, digest)
    select a.num, a.unit, p_name, p_rows, p_digest from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null
  returning num
$$;

-- The register, newest first: an auditor sees everybody's, an administrator those of the own unit.
create function xinheng.read_exports(p_actor integer, p_from timestamptz, p_until timestamptz, p_limit integer)
returns table (num integer, at timestamptz, actor integer, display jsonb, unit smallint, name text, rows integer)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select e.num, e.at, e.actor, b.display, e.unit, e.name, e.rows
  from xinheng.account a
    join xinheng.export e on 'auditor' = any (a.roles) or 'admin' = any (a.roles) and e.unit = a.unit
    join xinheng.account b on b.num = e.actor
  where a.num = p_actor and a.closed_at is null
    and e.at >= coalesce(p_from, '-infinity') and e.at < coalesce(p_until, 'infinity')
  order by e.num desc limit p_limit
$$;
revoke all on function xinheng.log_export, xinheng.read_exports from public;
grant execute on function xinheng.log_export, xinheng.read_exports to xinheng_app;
grant select on xinheng.export to xinheng_sequencer;
-- what the ledger takes in has numbers beyond the first eight
alter table xinheng.ledger_batch drop constraint ledger_batch_source_check, add check (source between 1 and 99);
