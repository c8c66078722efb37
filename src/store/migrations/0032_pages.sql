-- What the pages of due process need beside 0010 and 0014: what a file of a case is there to show, and the board of a unit's
-- lists, which says of which list each case is. No personal data in either.

alter table xinheng.evidence add column about text not null default 'other'
  check (about in ('performance', 'commitment', 'report', 'notice', 'other'));

drop function xinheng.add_evidence(integer, uuid, bigint, text, integer, bytea, bytea);
-- As in 0010, with what the file is there to show.
create function xinheng.add_evidence(p_actor integer, p_subject uuid, p_file bigint, p_type text, p_size integer, p_digest bytea, p_sealed bytea,
  p_about text)
returns table (outcome smallint, num bigint, at timestamptz)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_first xinheng.action; v_last xinheng.action; v_count bigint; v_sum bigint;
begin
  if xinheng.party_of(p_actor, p_subject, p_file) is null then
    return query select 6::smallint, null::bigint, null::timestamptz; return;
  end if;
  -- one at a time a case, so that its limits hold
  select a.* into v_first from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1 for update;
  select a.* into v_last from xinheng.action a where a.subject = p_subject and a.file = p_file order by a.step desc limit 1;
  if not exists (select from xinheng.step_rule u where u.machine = v_last.machine and u.after = v_last.kind) then
    return query select 8::smallint, null::bigint, null::timestamptz; return;
  end if;
  select count(*), coalesce(sum(e.size), 0) into v_count, v_sum from xinheng.evidence e where e.subject = p_subject and e.file = p_file;
  if v_count >= 20 or v_sum + p_size > 52428800 then
    return query select 11::smallint, null::bigint, null::timestamptz; return;
  end if;
  return query insert into xinheng.evidence (subject, file, owner, actor, type, size, digest, sealed, about)
    values (p_subject, p_file, v_first.owner, p_actor, p_type, p_size, p_digest, p_sealed, p_about)
    returning 0::smallint, evidence.num, evidence.at;
end $$;

drop function xinheng.read_evidence(integer, uuid, bigint, bigint);
-- As in 0010.
create function xinheng.read_evidence(p_actor integer, p_subject uuid, p_file bigint, p_num bigint)
returns table (num bigint, at timestamptz, by_person boolean, type text, size integer, digest bytea, sealed bytea, about text)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_party text := xinheng.party_of(p_actor, p_subject, p_file); v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a where a.num = p_actor;
  perform xinheng.log_access(p_subject, p_actor, v_unit, 0::smallint, (case v_party when 'person' then 3 else 1 end)::smallint,
    (case when v_party is null then 6 else 0 end)::smallint, 0, 'case ' || p_file, ''::bytea);
  if v_party is null then return; end if;
  return query select e.num, e.at, a.subject is not null, e.type, e.size, e.digest, case when p_num is not null then e.sealed end, e.about
    from xinheng.evidence e join xinheng.account a on a.num = e.actor
    where e.subject = p_subject and e.file = p_file and (p_num is null or e.num = p_num) order by e.num;
end $$;

-- The board of a unit's lists: where each proposal, nomination and received entry stands. Ids of the pack, kinds and dates.
create function xinheng.listing_board(p_actor integer) returns table (
  subject uuid, file bigint, machine text, kind text, list text, criterion text, entry text, person boolean, opened date, day date,
  window_end date, due date, until date, over text, asked boolean, mine boolean)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select l.subject, l.file, a.machine, a.kind, l.list, l.criterion, l.entry, l.person, f.day, a.day, nullif(a.window_end, '-infinity'), a.due,
    nullif(e.until, 'infinity'), xinheng.entry_over(l.subject, l.file, xinheng.today()),
    exists (select from xinheng.action h where h.subject = l.subject and h.file = l.file and h.kind = 'ask-hearing'), f.actor = p_actor
  from xinheng.account c
    join (select subject, file, list, criterion, entry, person, unit from xinheng.listing
      union all select subject, file, list, '', '', person, unit from xinheng.received) l on l.unit = c.unit
    join xinheng.action f on f.subject = l.subject and f.file = l.file and f.step = 1
    join lateral (select x.* from xinheng.action x where x.subject = l.subject and x.file = l.file order by x.step desc limit 1) a on true
    left join lateral xinheng.entry_of(l.subject, l.file) e on true
  where c.num = p_actor and c.closed_at is null and c.roles && '{clerk,reviewer}'::text[]
  order by a.at desc limit 1000
$$;

revoke all on function xinheng.add_evidence, xinheng.read_evidence, xinheng.listing_board from public;
grant execute on function xinheng.add_evidence, xinheng.read_evidence, xinheng.listing_board to xinheng_app;
