-- Evidence of a case, and who stands for a person: written and read through these functions alone, each of which asks who
-- it is and leaves its row in the log of look-ups (G4, G12).

-- Whose evidence a case is to handle: the person (or who stands for them), the clerks and second persons of the unit that
-- answers for it. 'person', 'unit' or null.
create function xinheng.party_of(p_actor integer, p_subject uuid, p_file bigint) returns text
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select case
    when xinheng.stands_for(p_actor, p_subject) then 'person'
    when exists (select from xinheng.account c where c.num = p_actor and c.closed_at is null and c.unit = a.owner
      and c.roles && '{clerk,reviewer}'::text[]) then 'unit'
  end
  from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1
$$;

-- Adds a file to a case that is open. Outcomes as in take_step; 11: the case holds as much as one case may (20 files, 50 MB).
create function xinheng.add_evidence(p_actor integer, p_subject uuid, p_file bigint, p_type text, p_size integer, p_digest bytea, p_sealed bytea)
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
  return query insert into xinheng.evidence (subject, file, owner, actor, type, size, digest, sealed)
    values (p_subject, p_file, v_first.owner, p_actor, p_type, p_size, p_digest, p_sealed)
    returning 0::smallint, evidence.num, evidence.at;
end $$;

-- The evidence of a case: what there is, or with its number one file. At the desk this is a look-up like opening the case.
create function xinheng.read_evidence(p_actor integer, p_subject uuid, p_file bigint, p_num bigint)
returns table (num bigint, at timestamptz, by_person boolean, type text, size integer, digest bytea, sealed bytea)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_party text := xinheng.party_of(p_actor, p_subject, p_file); v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a where a.num = p_actor;
  perform xinheng.log_access(p_subject, p_actor, v_unit, 0::smallint, (case v_party when 'person' then 3 else 1 end)::smallint,
    (case when v_party is null then 6 else 0 end)::smallint, 0, 'case ' || p_file, ''::bytea);
  if v_party is null then return; end if;
  return query select e.num, e.at, a.subject is not null, e.type, e.size, e.digest, case when p_num is not null then e.sealed end
    from xinheng.evidence e join xinheng.account a on a.num = e.actor
    where e.subject = p_subject and e.file = p_file and (p_num is null or e.num = p_num) order by e.num;
end $$;

-- The counter records who stands for a person, with the document it saw. Null where this is not the actor's to do.
create function xinheng.grant_authority(p_actor integer, p_subject uuid, p_representative uuid, p_kind text, p_from date, p_until date,
  p_sealed bytea, p_title jsonb, p_text jsonb)
returns table (num bigint, at timestamptz)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_num bigint;
begin
  select a.unit into v_unit from xinheng.account a where a.num = p_actor and a.closed_at is null and a.unit is not null and 'counter' = any (a.roles);
  if v_unit is null or p_until <= xinheng.today() then return; end if;
  insert into xinheng.authority (subject, representative, kind, from_day, until_day, granted_by, sealed)
    values (p_subject, p_representative, p_kind, p_from, p_until, p_actor, p_sealed) returning authority.num into v_num;
  insert into xinheng.notice (subject, title, text) values (p_subject, p_title, p_text), (p_representative, p_title, p_text);
  return query select v_num, xinheng.instant();
end $$;

-- Ends an authority: the person who gave it, whoever holds it, or the counter. A ward cannot end a guardianship.
create function xinheng.end_authority(p_actor integer, p_subject uuid, p_num bigint, p_title jsonb, p_text jsonb) returns timestamptz
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_other uuid;
begin
  update xinheng.authority g set ended_at = xinheng.instant()
    from xinheng.account a
    where g.num = p_num and g.ended_at is null and a.num = p_actor and a.closed_at is null and (
      a.subject = g.representative or a.subject = g.subject and g.kind = 'agent'
      or 'counter' = any (a.roles) and g.subject = p_subject)
    returning g.subject into v_other;
  if not found then return null; end if;
  insert into xinheng.notice (subject, title, text) values (v_other, p_title, p_text);
  return xinheng.instant();
end $$;

-- Who stands for this person, and for whom this person stands; what is sealed says it in words (masked).
create function xinheng.authorities_self(p_actor integer)
returns table (subject uuid, num bigint, held boolean, kind text, from_day date, until_day date, unit smallint, at timestamptz,
  ended_at timestamptz, live boolean, sealed bytea)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select g.subject, g.num, g.representative = a.subject, g.kind, g.from_day, g.until_day, c.unit, g.at, g.ended_at,
    g.ended_at is null and xinheng.today() >= g.from_day and xinheng.today() < g.until_day, g.sealed
  from xinheng.account a join xinheng.authority g on g.subject = a.subject or g.representative = a.subject
    join xinheng.account c on c.num = g.granted_by
  where a.num = p_actor and a.closed_at is null and a.subject is not null order by g.num desc
$$;

-- Whoever stands for a person reads that person's file, as the person would: within the authority, and the person sees it.
create function xinheng.archive_for(p_actor integer, p_subject uuid, p_at timestamptz) returns xinheng.archive
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_shown bigint := 0; v_items bytea; v_answer xinheng.archive; v_stands boolean := xinheng.stands_for(p_actor, p_subject);
begin
  v_answer.at := xinheng.instant();
  v_answer.outcome := case when v_stands then 0 else 6 end;
  if v_stands then
    select r.shown, r.items, r.records into v_shown, v_items, v_answer.records
      from xinheng.read_all(p_subject, least(coalesce(p_at, v_answer.at), v_answer.at)) r;
    v_answer.marks := xinheng.marks(p_subject, least(coalesce(p_at, v_answer.at), v_answer.at));
    select s.sealed, s.kind into v_answer.identity, v_answer.kind from xinheng.subject s where s.subject = p_subject;
  end if;
  v_answer.access := xinheng.log_access(p_subject, p_actor, null, null, 3::smallint, v_answer.outcome, v_shown, '', v_items);
  return v_answer;
end $$;

-- Cases and measures that an objection has suspended by silence: what has no record of its own to hide (B3).
create function xinheng.contested(p_subject uuid, p_day date) returns bigint[]
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select array(select a.target from xinheng.action a where a.subject = p_subject and a.machine = 'objection' and a.target <> 0
    and a.hides_from <= p_day
    and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step))
$$;

revoke all on function xinheng.party_of, xinheng.add_evidence, xinheng.read_evidence, xinheng.grant_authority,
  xinheng.end_authority, xinheng.authorities_self, xinheng.archive_for, xinheng.contested from public;
grant execute on function xinheng.add_evidence, xinheng.read_evidence, xinheng.grant_authority, xinheng.end_authority,
  xinheng.authorities_self, xinheng.archive_for to xinheng_app;
