-- The person's own reading (G4, B1, B14), review bodies and courts, withdrawal and erasure, search, consent, matters,
-- notices, review of look-ups (R19) and incidents (R20).

-- Every record of a subject as of an instant, with why it is not shown any more where so. Internal: the functions below
-- decide who may call it. Erased content is gone at every instant.
create function xinheng.read_all(p_subject uuid, p_at timestamptz, out shown bigint, out items bytea, out records bytea)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select count(*), string_agg(distinct int2send(r.item), ''::bytea),
    string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, r.sealed,
      case
        when exists (select from xinheng.action a where a.subject = p_subject and a.nk = (r.nk >> 10) << 10 and a.kind = 'erase') then 'erased'
        when r.hidden is not null then r.hidden
        when r.next is not null and r.next >> 10 = r.nk >> 10 then 'superseded'
      end, r.reported, r.first)), ''::bytea order by r.nk)
  from (
    select q.*, s.at as reported, lead(q.nk) over (order by q.nk) as next,
      case when q.nk & 1023 > 0 then (select min(x.decided) from xinheng.record x
        where x.subject = p_subject and x.nk between (q.nk >> 10) << 10 and q.nk) end as first,
      (select u.ended from xinheng.action a
        join xinheng.step_rule u on u.machine = a.machine and u.after = a.after and u.kind = a.kind
        where a.subject = p_subject and a.nk = (q.nk >> 10) << 10 and a.at <= p_at
          and a.hides_from <= (p_at at time zone 'Asia/Shanghai')::date
          and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step and b.at <= p_at)
        order by a.num desc limit 1) as hidden
    from xinheng.record q join xinheng.submission s on s.num = q.submission
    where q.subject = p_subject and s.at <= p_at
  ) r
$$;

-- The person reads their own file: everything, the ended too (G5: on that ground of its own).
create function xinheng.archive_self(p_actor integer, p_at timestamptz) returns xinheng.archive
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_subject uuid; v_shown bigint; v_items bytea; v_answer xinheng.archive;
begin
  v_answer.at := xinheng.instant();
  v_answer.outcome := 1;
  select a.subject into v_subject from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.subject is not null;
  if v_subject is null then return v_answer; end if;
  v_answer.outcome := 0;
  select r.shown, r.items, r.records into v_shown, v_items, v_answer.records
    from xinheng.read_all(v_subject, least(coalesce(p_at, v_answer.at), v_answer.at)) r;
  v_answer.marks := xinheng.marks(v_subject, least(coalesce(p_at, v_answer.at), v_answer.at));
  select s.sealed, s.kind into v_answer.identity, v_answer.kind from xinheng.subject s where s.subject = v_subject;
  v_answer.access := xinheng.log_access(v_subject, p_actor, null, null, 3::smallint, 0::smallint, v_shown, '', v_items);
  return v_answer;
end $$;

-- A review body or a court reads a past state, within a matter (B14).
create function xinheng.archive_past(p_actor integer, p_subject uuid, p_matter text, p_at timestamptz) returns xinheng.archive
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_ground smallint; v_shown bigint := 0; v_items bytea; v_answer xinheng.archive;
begin
  v_answer.at := xinheng.instant();
  v_answer.outcome := 0;
  select a.unit, case when 'court' = any (a.roles) then 5 else 4 end into v_unit, v_ground from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && array['review-body', 'court'];
  if v_unit is null then v_answer.outcome := 1;
  elsif coalesce(p_matter, '') !~ '[^\s\u3000\u00a0]' then v_answer.outcome := 3;
  else
    select r.shown, r.items, r.records into v_shown, v_items, v_answer.records
      from xinheng.read_all(p_subject, least(coalesce(p_at, v_answer.at), v_answer.at)) r;
    v_answer.marks := xinheng.marks(p_subject, least(coalesce(p_at, v_answer.at), v_answer.at));
    select s.sealed, s.kind into v_answer.identity, v_answer.kind from xinheng.subject s where s.subject = p_subject;
  end if;
  v_answer.access := xinheng.log_access(p_subject, p_actor, v_unit, null, v_ground, v_answer.outcome, v_shown, p_matter, v_items);
  return v_answer;
end $$;

-- Who looked at me: newest first, refused ones too; withheld ones from their end date on.
create function xinheng.accesses_self(p_actor integer, p_before bigint, p_limit integer)
returns table (num bigint, at timestamptz, self boolean, actor jsonb, unit smallint, purpose smallint, ground smallint,
  outcome smallint, shown smallint, matter text, items bytea)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_subject uuid;
begin
  select a.subject into v_subject from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.subject is not null;
  if v_subject is null then return; end if;
  return query
    -- who tried without the right to is told by their unit; a private person is not named to another,
    -- but whoever stands or stood for the person is known to them
    select t.num, t.at, coalesce(a.subject = v_subject, false), case when a.subject is null or a.subject = v_subject or exists (
      select from xinheng.authority g where g.subject = v_subject and g.representative = a.subject) then a.display end, t.unit, t.purpose, t.ground, t.outcome, t.shown, t.matter, t.items
    from xinheng.access t left join xinheng.account a on a.num = t.actor
    where t.subject = v_subject and t.num < coalesce(p_before, 9223372036854775807) and not exists (
      select from xinheng.access_withheld w where w.subject = t.subject and w.access = t.num and w.until > xinheng.today())
    order by t.num desc limit least(p_limit, 500);
  perform xinheng.log_access(v_subject, p_actor, 0::smallint, 0::smallint, 3::smallint, 0::smallint, 0, '', ''::bytea);
end $$;

create function xinheng.withheld_count() returns table (ground text, count bigint)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select w.ground, count(*) from xinheng.access_withheld w where w.until > xinheng.today() group by w.ground order by w.ground
$$;

-- Organisations by name: in clear and indexed. The search itself is a look-up (B12).
-- What a search counts is what a look-up would show: the records come along, packed as everywhere and without their
-- sealed part, and the one fold of the domain counts them. Not more of them than a desk can mean.
create function xinheng.search_organisations(p_actor integer, p_purpose smallint, p_matter text, p_name text)
returns table (outcome smallint, access bigint, subject uuid, sealed bytea, records bytea)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_statutory boolean; v_items smallint[]; v_outcome smallint := 0; v_access bigint; v_found uuid[];
  v_pattern text := replace(replace(replace(p_name, '\', '\\'), '%', '\%'), '_', '\_') || '%';
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && array['officer', 'counter'];
  select p.statutory into v_statutory from xinheng.purpose p where p.num = p_purpose;
  select v.items into v_items from xinheng.visible v where v.purpose = p_purpose and v.unit = v_unit;
  if v_unit is null then v_outcome := 1;
  elsif v_items is null then v_outcome := 2;
  elsif not coalesce(v_statutory, false) then v_outcome := 4;
  elsif coalesce(p_matter, '') !~ '[^\s\u3000\u00a0]' then v_outcome := 3;
  else
    v_found := array(select s.subject from xinheng.subject s where s.name like v_pattern order by s.name limit 50);
  end if;
  v_access := xinheng.log_access('00000000-0000-0000-0000-000000000000', p_actor, coalesce(v_unit, 0::smallint), p_purpose, 6::smallint,
    v_outcome, coalesce(cardinality(v_found), 0), left(coalesce(p_matter, ''), 64), ''::bytea);
  return query select v_outcome, v_access, null::uuid, null::bytea, null::bytea;
  return query
    select 0::smallint, v_access, s.subject, s.sealed, (
      select string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, ''::bytea,
        null::text, null::timestamptz, r.first)), ''::bytea)
      from (
        select q.*, lead(q.nk) over (order by q.nk) as next,
          case when q.nk & 1023 > 0 then (select min(x.decided) from xinheng.record x
            where x.subject = q.subject and x.nk between (q.nk >> 10) << 10 and q.nk) end as first
        from xinheng.record q where q.subject = s.subject) r
      join xinheng.item i on i.num = r.item
      where r.item = any (v_items) and (r.next is null or r.next >> 10 <> r.nk >> 10)
        and least(r.decided, r.first) + i.longest > xinheng.today()
        and (r.nk >> 10) << 10 <> all (xinheng.hidden(f, xinheng.today()))
        and (not i.entry or exists (select from xinheng.action d
          where d.subject = r.subject and d.nk = (r.nk >> 10) << 10 and d.machine in ('listing', 'exemplar') and d.kind = 'determine')))
    from unnest(v_found) f join xinheng.subject s on s.subject = f order by s.name;
end $$;

-- The source withdraws a record it reported (R6). False when it has none such; once withdrawn it stays so (B5).
create function xinheng.withdraw_record(p_actor integer, p_subject uuid, p_nk bigint, p_pack smallint, p_sealed bytea)
returns timestamptz
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_num bigint; v_at timestamptz;
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and 'clerk' = any (a.roles);
  perform from xinheng.record r where r.subject = p_subject and r.nk between p_nk and p_nk + 1023 and r.unit = v_unit limit 1;
  if not found then return null; end if;
  insert into xinheng.action (subject, nk, actor, unit, pack, kind, sealed)
    values (p_subject, (p_nk >> 10) << 10, p_actor, v_unit, p_pack, 'withdraw', p_sealed) returning num, at into v_num, v_at;
  perform xinheng.recall(p_subject, p_nk, 'withdrawn', v_num);
  return v_at;
end $$;

-- ── low-traffic tables under row-level security ──────────────────────────────────────────────────
create table xinheng.notice (
  subject uuid not null,
  num bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  title jsonb not null,
  text jsonb not null,
  primary key (subject, num)
);
create table xinheng.incident (
  num integer generated always as identity primary key,
  opened_at timestamptz not null default clock_timestamp(),
  opened_by integer not null references xinheng.account,
  title text not null,
  suspicion text not null,
  suspect integer references xinheng.account,
  from_at timestamptz not null,
  until_at timestamptz not null,
  check (until_at > from_at)
);
create table xinheng.incident_person (
  incident integer not null references xinheng.incident,
  subject uuid not null,
  primary key (incident, subject)
);
create table xinheng.incident_step (
  incident integer not null references xinheng.incident,
  num integer generated always as identity,
  at timestamptz not null default clock_timestamp(),
  by integer not null references xinheng.account,
  kind text not null check (kind in ('notify-persons', 'notify-authority', 'finding', 'close')),
  text text not null,
  primary key (incident, num)
);
-- an incident is closed once, and nothing follows
create unique index incident_closed on xinheng.incident_step (incident) where kind = 'close';

alter table xinheng.consent enable row level security;
alter table xinheng.consent_end enable row level security;
alter table xinheng.notice enable row level security;
alter table xinheng.matter enable row level security;
alter table xinheng.held_file enable row level security;
alter table xinheng.held_chunk enable row level security;
alter table xinheng.held_decision enable row level security;
create policy own on xinheng.consent using (subject = nullif(current_setting('xinheng.subject', true), '')::uuid);
create policy own on xinheng.consent_end using (subject = nullif(current_setting('xinheng.subject', true), '')::uuid);
create policy own on xinheng.notice using (subject = nullif(current_setting('xinheng.subject', true), '')::uuid);
create policy own on xinheng.matter using (unit = nullif(current_setting('xinheng.unit', true), '')::smallint);
create policy own on xinheng.held_file using (unit = nullif(current_setting('xinheng.unit', true), '')::smallint);
create policy own on xinheng.held_chunk using (unit = nullif(current_setting('xinheng.unit', true), '')::smallint);
create policy own on xinheng.held_decision using (unit = nullif(current_setting('xinheng.unit', true), '')::smallint);
grant select on xinheng.consent, xinheng.consent_end to xinheng_app;
-- when a consent was given, and when it was withdrawn, is for the database's clock to say
grant insert (subject, unit, purpose, expires_at) on xinheng.consent to xinheng_app;
grant insert (subject, consent) on xinheng.consent_end to xinheng_app;
grant select on xinheng.notice to xinheng_app;
grant select, insert on xinheng.matter to xinheng_app;
grant update (closed_at) on xinheng.matter to xinheng_app;

-- Look-ups of a period, for the auditor who reviews them (R19): with the sealed name of the subject, so that a look-up
-- of one's own family can be told. Reviewing is itself in the log.
create function xinheng.review_accesses(p_actor integer, p_from timestamptz, p_until timestamptz, p_limit integer)
returns table (num bigint, at timestamptz, actor integer, display jsonb, unit smallint, purpose smallint, ground smallint,
  outcome smallint, shown smallint, live_matter boolean, subject uuid, sealed bytea)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  perform from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles);
  if not found then return; end if;
  return query
    select t.num, t.at, t.actor, a.display, t.unit, t.purpose, t.ground, t.outcome, t.shown,
      exists (select from xinheng.matter m where m.unit = t.unit and m.number = t.matter and m.purpose = t.purpose
        and m.opened_at <= t.at and (m.closed_at is null or m.closed_at > t.at)),
      t.subject, s.sealed
    from xinheng.access t join xinheng.account a on a.num = t.actor left join xinheng.subject s on s.subject = t.subject
    where t.at >= p_from and t.at < p_until and t.ground in (1, 2, 4, 5, 6)
    order by t.at limit p_limit;
  perform xinheng.log_access('00000000-0000-0000-0000-000000000000', p_actor,
    (select a.unit from xinheng.account a where a.num = p_actor), 0::smallint, 6::smallint, 0::smallint, 0, 'review', ''::bytea);
end $$;

-- Opens an incident; its scope is computed from the access log: whoever was looked at in the period (by the suspect).
create function xinheng.open_incident(
  p_actor integer, p_title text, p_suspicion text, p_suspect text, p_from timestamptz, p_until timestamptz
) returns table (incident integer, affected bigint)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_num integer; v_suspect integer;
begin
  perform from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles);
  if not found then return; end if;
  select a.num into v_suspect from xinheng.account a where a.name = p_suspect;
  if p_suspect is not null and v_suspect is null then return; end if;
  insert into xinheng.incident (opened_by, title, suspicion, suspect, from_at, until_at)
    values (p_actor, p_title, p_suspicion, v_suspect, p_from, p_until) returning num into v_num;
  insert into xinheng.incident_person (incident, subject)
    select distinct v_num, t.subject from xinheng.access t
    where t.at >= p_from and t.at < p_until and t.outcome = 0 and t.ground in (1, 2, 4, 5)
      and (v_suspect is null or t.actor = v_suspect);
  return query select v_num, (select count(*) from xinheng.incident_person p where p.incident = v_num);
end $$;

create function xinheng.add_incident_step(p_actor integer, p_incident integer, p_kind text, p_text text, p_title jsonb, p_notice jsonb)
returns bigint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_notified bigint := 0;
begin
  perform from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles);
  if not found then return null; end if;
  perform from xinheng.incident i where i.num = p_incident for update;
  if not found or exists (select from xinheng.incident_step s where s.incident = p_incident and s.kind = 'close') then return null; end if;
  insert into xinheng.incident_step (incident, by, kind, text) values (p_incident, p_actor, p_kind, p_text);
  if p_kind = 'notify-persons' then
    insert into xinheng.notice (subject, title, text)
      select p.subject, p_title, p_notice from xinheng.incident_person p where p.incident = p_incident;
    get diagnostics v_notified = row_count;
  end if;
  return v_notified;
end $$;

create function xinheng.read_incidents(p_actor integer)
returns table (num integer, opened_at timestamptz, title text, suspicion text, from_at timestamptz, until_at timestamptz,
  affected bigint, notified boolean, closed boolean)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select i.num, i.opened_at, i.title, i.suspicion, i.from_at, i.until_at,
    (select count(*) from xinheng.incident_person p where p.incident = i.num),
    exists (select from xinheng.incident_step s where s.incident = i.num and s.kind = 'notify-persons'),
    exists (select from xinheng.incident_step s where s.incident = i.num and s.kind = 'close')
  from xinheng.incident i
  where exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles))
  order by i.num desc
$$;
create function xinheng.read_incident_steps(p_actor integer, p_incident integer)
returns table (at timestamptz, kind text, text text, by jsonb)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select s.at, s.kind, s.text, a.display from xinheng.incident_step s join xinheng.account a on a.num = s.by
  where s.incident = p_incident
    and exists (select from xinheng.account x where x.num = p_actor and x.closed_at is null and 'auditor' = any (x.roles))
  order by s.num
$$;

revoke all on function xinheng.read_all, xinheng.archive_self, xinheng.archive_past, xinheng.accesses_self,
  xinheng.withheld_count, xinheng.search_organisations, xinheng.withdraw_record, xinheng.review_accesses,
  xinheng.open_incident, xinheng.add_incident_step, xinheng.read_incidents, xinheng.read_incident_steps,
  xinheng.ensure_partitions from public;
grant execute on function xinheng.archive_self, xinheng.archive_past, xinheng.accesses_self, xinheng.withheld_count,
  xinheng.search_organisations, xinheng.withdraw_record, xinheng.review_accesses, xinheng.open_incident,
  xinheng.add_incident_step, xinheng.read_incidents, xinheng.read_incident_steps to xinheng_app;
