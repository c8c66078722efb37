-- Evidence that the counter reads for the person is in their log as what it is, with the form they signed, as every reading at the counter
-- is (0093). And who stands for somebody is recorded while the one who says so is present: the person who gives an
-- authority, the guardian who has one.
do $$
declare
  v_was text := pg_get_functiondef('xinheng.read_evidence'::regproc); v_now text;
begin
  v_now := replace(v_was, 'perform xinheng.log_access(p_subject, p_actor, v_unit, 0::smallint,', 'if xinheng.present_now(p_actor, p_subject) is not null then perform xinheng.log_standing(p_subject, p_actor, '''');
  else perform xinheng.log_access(p_subject, p_actor, v_unit, 0::smallint,');
  v_now := replace(v_now, 'if v_party is null then return; end if;', 'end if;
  if v_party is null then return; end if;');
  if v_now = v_was then raise exception 'read_evidence is not the function that this migration extends'; end if;
  execute v_now;
end $$;

alter table xinheng.authority add column presence bigint references xinheng.presence;
comment on column xinheng.authority.presence is 'who was present when it was recorded; null: recorded before migration 0123';

-- As in 0010. Outcomes: 0 recorded, 1 not this actor's to do, 12 nobody is present who may say so.
drop function xinheng.grant_authority(integer, uuid, uuid, text, date, date, bytea, jsonb, jsonb);
create function xinheng.grant_authority(p_actor integer, p_subject uuid, p_representative uuid, p_kind text, p_from date, p_until date,
  p_sealed bytea, p_title jsonb, p_text jsonb)
returns table (outcome smallint, num bigint, at timestamptz)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_num bigint; v_presence bigint;
begin
  perform from xinheng.account a where a.num = p_actor and a.closed_at is null and a.unit is not null and 'counter' = any (a.roles);
  if not found or p_until <= xinheng.today() then return query select 1::smallint, null::bigint, null::timestamptz; return; end if;
  v_presence := xinheng.present_now(p_actor, case p_kind when 'guardian' then p_representative else p_subject end);
  if v_presence is null then return query select 12::smallint, null::bigint, null::timestamptz; return; end if;
  insert into xinheng.authority (subject, representative, kind, from_day, until_day, granted_by, sealed, presence)
    values (p_subject, p_representative, p_kind, p_from, p_until, p_actor, p_sealed, v_presence) returning authority.num into v_num;
  insert into xinheng.notice (subject, title, text) values (p_subject, p_title, p_text), (p_representative, p_title, p_text);
  return query select 0::smallint, v_num, xinheng.instant();
end $$;
revoke all on function xinheng.grant_authority from public;
grant execute on function xinheng.grant_authority to xinheng_app;
