-- Erasure by one role, the name of the ledger, and nothing executable by everybody (G5, G11, B14).

-- The log's name (its origin) and key as published: chosen at installation, never changed. Checkpoints speak for it.
create table xinheng.ledger_log (
  one boolean primary key default true check (one),
  origin text not null check (origin ~ '^[^[:space:]+]{1,200}$'),
  key text not null,
  at timestamptz not null default clock_timestamp()
);
grant select on xinheng.ledger_log to xinheng_app, xinheng_sequencer, xinheng_reader;

-- Erasure (PIPL 47): content goes, the proof that it was there and was removed stays. Two functions, for the eraser
-- alone: what is to be erased is read once more, which is a look-up that the person sees; then it is erased.

create function xinheng.read_for_erasure(p_actor integer, p_subject uuid, p_nk bigint, p_matter text)
returns table (subject uuid, nk bigint, mac bigint, submission integer, decided date, item smallint, unit smallint, body bytea, sealed bytea,
  kind smallint, identity bytea, name text)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_outcome smallint := 0; v_shown integer := 0; v_items bytea := '';
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and 'admin' = any (a.roles);
  if v_unit is null then v_outcome := 1;
  elsif coalesce(p_matter, '') !~ '[^\s\u3000\u00a0]' then v_outcome := 3;
  else
    select count(*), coalesce(string_agg(distinct int2send(r.item), ''::bytea), '') into v_shown, v_items from xinheng.record r
      where r.subject = p_subject and r.nk between p_nk and p_nk + 1023 and octet_length(r.body) > 0;
    if v_shown = 0 then v_outcome := 6; end if;
  end if;
  perform xinheng.log_access(p_subject, p_actor, coalesce(v_unit, 0::smallint), 0::smallint, 1::smallint, v_outcome, v_shown,
    left(coalesce(p_matter, ''), 64), v_items);
  if v_outcome <> 0 then return; end if;
  return query
    select r.subject, r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, r.sealed, s.kind, s.sealed, s.name
    from xinheng.record r join xinheng.subject s on s.subject = r.subject
    where r.subject = p_subject and r.nk between p_nk and p_nk + 1023 and octet_length(r.body) > 0 order by r.nk;
end $$;

-- `p_sealed` keeps the 32-byte content macs of the versions (store/action-seal.ts), so that the ledger's sums still come
-- out. The only way to change a record. Nothing where the actor may not; an error where a version came in between.
create function xinheng.erase_record(p_actor integer, p_subject uuid, p_nk bigint, p_pack smallint, p_versions integer, p_sealed bytea)
returns timestamptz
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_count integer; v_num bigint; v_at timestamptz;
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and 'admin' = any (a.roles);
  if v_unit is null or p_versions < 1 then return null; end if;
  update xinheng.record r set body = '', sealed = ''
    where r.subject = p_subject and r.nk between p_nk and p_nk + 1023 and octet_length(r.body) > 0;
  get diagnostics v_count = row_count;
  if v_count <> p_versions then
    raise exception 'an erasure keeps the mac of each version it erases' using errcode = 'XH002';
  end if;
  insert into xinheng.action (subject, nk, actor, unit, pack, kind, sealed)
    values (p_subject, (p_nk >> 10) << 10, p_actor, v_unit, p_pack, 'erase', p_sealed) returning num, at into v_num, v_at;
  perform xinheng.recall(p_subject, p_nk, 'erased', v_num);
  return v_at;
end $$;

-- PostgreSQL lets everybody execute a new function: here nobody, unless named.
revoke all on all functions in schema xinheng from public;
alter default privileges revoke execute on functions from public;
grant execute on function xinheng.read_for_erasure, xinheng.erase_record to xinheng_eraser;
