-- Intake's slow path: what to do with a chunk whose plain COPY met a row that is there already.
-- The app copies the chunk to tables of the owner, where it may only insert; these functions run as owner because the
-- app cannot read records. No temporary table is read here: its owner is the caller, who could make it a view that runs
-- the caller's code as owner. For the same reason nobody may make temporary objects in this database at all.

do $$ begin
  execute format('revoke temporary on database %I from public', current_database());
end $$;

-- Rows belong to the transaction that copied them and are gone when they have been sorted; `seq` is their order.
create unlogged table xinheng.incoming_subject (
  tx xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  subject uuid not null,
  name_mac bigint not null,
  kind smallint not null,
  sealed bytea not null,
  name text,
  primary key (tx, seq)
);
create unlogged table xinheng.incoming_record (
  tx xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  subject uuid not null,
  nk bigint not null,
  mac bigint not null,
  submission integer not null,
  decided date not null,
  item smallint not null,
  unit smallint not null,
  body bytea not null,
  sealed bytea not null,
  primary key (tx, seq)
);
grant insert (subject, name_mac, kind, sealed, name) on xinheng.incoming_subject to xinheng_app;
grant insert (subject, nk, mac, submission, decided, item, unit, body, sealed) on xinheng.incoming_record to xinheng_app;

-- Adds the incoming subjects that are new; returns those on file under another name.
create function xinheng.merge_subjects() returns setof uuid
language plpgsql security definer set search_path = pg_catalog, xinheng, pg_temp as $$
declare
  -- rows sorted before are dead but still in the index until the transaction ends: not looked at again
  v_after bigint := coalesce(nullif(current_setting('xinheng.subjects_sorted', true), ''), '0')::bigint;
begin
  insert into xinheng.subject (subject, name_mac, kind, sealed, name)
    select distinct on (i.subject) i.subject, i.name_mac, i.kind, i.sealed, i.name
    from xinheng.incoming_subject i where i.tx = pg_current_xact_id() and i.seq > v_after order by i.subject, i.seq
    on conflict (subject) do nothing;
  return query select i.subject from xinheng.incoming_subject i join xinheng.subject s using (subject)
    where i.tx = pg_current_xact_id() and i.seq > v_after and s.name_mac <> i.name_mac;
  perform set_config('xinheng.subjects_sorted', (select max(i.seq) from xinheng.incoming_subject i
    where i.tx = pg_current_xact_id() and i.seq > v_after)::text, true);
  delete from xinheng.incoming_subject i where i.tx = pg_current_xact_id() and i.seq > v_after;
end $$;
revoke all on function xinheng.merge_subjects from public;
grant execute on function xinheng.merge_subjects to xinheng_app;

-- Sorts the incoming records of one chunk: new, version (same natural key, other content), duplicate (same content),
-- conflict (twice in one file with different content), name-differs, refuted (what was withdrawn or refuted stays so, and so
-- does the content that a decision corrected, B5; `quote` names the decision; `p_decided`: by a decision itself). Inserts the first two; returns all but plain new ones.
-- A natural key is 54 bits of hash: for a version both bodies are returned, so that the caller confirms on the key fields
-- themselves that it is the same record, and rolls back if not.
create function xinheng.resolve_chunk(p_submission integer, p_misnamed uuid[], p_decided boolean default false)
returns table (ord integer, verdict text, item smallint, was bytea, body bytea, quote text)
language plpgsql security definer set search_path = pg_catalog, xinheng, pg_temp as $$
declare
  v_after bigint := coalesce(nullif(current_setting('xinheng.records_sorted', true), ''), '0')::bigint;
begin
  return query
    with incoming as materialized (
      select r.*, (row_number() over (order by r.seq))::integer as place,
        first_value(r.seq) over w as first, first_value(r.mac) over w as first_mac
      from xinheng.incoming_record r where r.tx = pg_current_xact_id() and r.seq > v_after
      window w as (partition by r.subject, r.nk order by r.seq)
    ), resolved as materialized (
      select i.place, e.quote, l.item as was_item, l.body as was_body, coalesce(l.nk + 1, i.nk) as new_nk,
        case
          when i.subject = any (p_misnamed) then 'name-differs'
          when i.first <> i.seq then case when i.first_mac = i.mac then 'duplicate' else 'conflict' end
          when l.nk is null then 'new'
          when e.quote is not null then 'refuted'
          when l.mac = i.mac then 'duplicate'
          when l.submission = p_submission then 'conflict'
          when l.nk & 1023 = 1023 then 'too-many-versions'
          else 'version'
        end as what
      from incoming i
      left join lateral (
        select x.nk, x.mac, x.submission, x.item, x.body from xinheng.record x
        where x.subject = i.subject and x.nk between i.nk and i.nk + 1023
        order by x.nk desc limit 1
      ) l on true
      left join lateral (
        select coalesce(a.file, a.num) || ' ' || a.day as quote from xinheng.action a
          join xinheng.step_rule u on u.machine = a.machine and u.after = a.after and u.kind = a.kind
        where not p_decided and l.nk is not null and a.subject = i.subject and a.nk = i.nk and (
          u.ended in ('withdrawn', 'refuted') and a.hiding = 'now'
          or a.kind in ('uphold-correct', 'change') and l.mac <> i.mac and exists (
            select from xinheng.record x join xinheng.submission s on s.num > x.submission and s.unit = x.unit
              and s.key = 'case ' || replace(a.subject::text, '-', '') || '.' || a.file || '.' || a.step and s.accepted
            where x.subject = i.subject and x.nk between i.nk and i.nk + 1023 and x.mac = i.mac))
        order by a.num desc limit 1
      ) e on true
    ), stored as (
      insert into xinheng.record (subject, nk, mac, submission, decided, item, unit, body, sealed)
      select i.subject, r.new_nk, i.mac, i.submission, i.decided, i.item, i.unit, i.body, i.sealed
      from resolved r join incoming i on i.place = r.place
      where r.what in ('new', 'version')
    )
    select r.place, r.what, r.was_item, case when r.what = 'version' then r.was_body end,
      case when r.what = 'version' then i.body end, case when r.what = 'refuted' then r.quote end
    from resolved r join incoming i on i.place = r.place where r.what <> 'new';
  -- whoever was given an earlier version is told (G10)
  perform xinheng.recall(i.subject, i.nk, 'superseded', null, p_submission)
    from (select distinct x.subject, x.nk from xinheng.incoming_record x where x.tx = pg_current_xact_id() and x.seq > v_after) i
    where exists (select from xinheng.record r
      where r.subject = i.subject and r.nk between i.nk + 1 and i.nk + 1023 and r.submission = p_submission);
  perform set_config('xinheng.records_sorted', (select max(i.seq) from xinheng.incoming_record i
    where i.tx = pg_current_xact_id() and i.seq > v_after)::text, true);
  delete from xinheng.incoming_record i where i.tx = pg_current_xact_id() and i.seq > v_after;
end $$;
revoke all on function xinheng.resolve_chunk from public;
grant execute on function xinheng.resolve_chunk to xinheng_app;

grant select on xinheng.pack, xinheng.pack_load, xinheng.unit, xinheng.purpose, xinheng.item, xinheng.visible, xinheng.term to xinheng_app;
grant insert on xinheng.term, xinheng.subject, xinheng.record, xinheng.submission, xinheng.submission_error,
  xinheng.held_file, xinheng.held_chunk, xinheng.held_decision to xinheng_app;
grant select on xinheng.submission, xinheng.submission_error, xinheng.held_file, xinheng.held_chunk, xinheng.held_decision to xinheng_app;
grant usage on sequence xinheng.term_num, xinheng.submission_num, xinheng.held_file_num_seq to xinheng_app;
