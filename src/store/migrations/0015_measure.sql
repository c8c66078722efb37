-- Measures (R38, R40, G7, B6): one case a measure and unit, about the entry that is its cause. What a measure may be is in the
-- list of measures of the pack; what it is worth on a day is read from its steps and its cause, never run.
insert into xinheng.step_rule (machine, after, kind, party, roles, other, opens, waits, hiding, ended, marked, of_record, single)
select 'measure', a, k, p, r::text[], false, false, false, 'no', null, false, false, false
from (values
  ('{start}', 'task', 'unit', '{clerk,reviewer}'),
  ('{task}', 'respond', 'owner', '{clerk,reviewer}'),
  ('{respond}', 'carry', 'owner', '{reviewer}'),
  ('{respond}', 'late', 'owner', '{clerk,reviewer}'),
  ('{task,respond}', 'not-applicable', 'owner', '{clerk,reviewer}'),
  ('{task,respond}', 'refuse', 'owner', '{clerk,reviewer}'),
  ('{task,respond,carry}', 'mistaken', 'owner', '{clerk,reviewer}'),
  ('{task,respond,carry}', 'harm', 'owner', '{clerk,reviewer}'),
  ('{carry,late}', 'lift', 'owner', '{clerk,reviewer}')
) s(afters, k, p, r), unnest(s.afters::text[]) a;

create table xinheng.measure (
  subject uuid not null,
  file bigint not null,
  unit smallint not null,
  -- the case of the entry on which it rests
  cause bigint not null,
  measure text not null,
  -- runs for the statute's own term, dated or for life (infinity); else as long as its cause
  until date,
  primary key (subject, file),
  unique (subject, cause, measure, unit),
  unique (subject, file, unit, cause)
);
create table xinheng.measure_carried (
  subject uuid not null,
  num bigint not null,
  file bigint not null,
  primary key (subject, num)
);

-- Is a measure over on a day, and why: 'cause' (its cause ended before its term, or with it where the measure has no term of
-- its own), 'term' (the statute's), 'contested' (an objection to it has met silence); null while it may run.
create function xinheng.measure_over(p_subject uuid, p_file bigint, p_day date) returns text
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select case
    when o.over in ('none', 'ended') or o.over = 'term' and m.until is null then 'cause'
    when m.until <= p_day then 'term'
    when p_file = any (xinheng.contested(p_subject, p_day)) then 'contested'
  end
  from xinheng.measure m, lateral (select xinheng.entry_over(m.subject, m.cause, p_day) as over) o
  where m.subject = p_subject and m.file = p_file
$$;

-- Enters a task, in the transaction of its first step: sent by the unit whose entry it is, a measure of the pack in force for
-- that list, that authority and that kind of subject, while the cause is in force. What private bodies may do of their own
-- account (kind C) is nobody's task. 0 entered, 8 not by law.
create function xinheng.enter_measure(p_subject uuid, p_file bigint, p_measure text) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_first xinheng.action; v_measure jsonb; v_entry record; v_term text;
begin
  select a.* into v_first from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1 and a.machine = 'measure';
  v_measure := xinheng.pack_rule(v_first.pack, 'measures', p_measure, v_first.day);
  select e.* into v_entry from xinheng.entry_of(p_subject, v_first.target) e;
  if v_measure is null or v_entry.nk is null or v_entry.unit <> v_first.unit or v_measure ->> 'kind' = 'C'
    or not v_measure -> 'lists' ? v_entry.list or not xinheng.names_unit(v_measure -> 'units', v_first.owner)
    or not v_measure -> 'subjects' ? (case when v_entry.person then 'person' else 'organisation' end)
    or xinheng.entry_over(p_subject, v_first.target, v_first.day) is not null
  then return 8; end if;
  v_term := v_measure ->> 'term';
  insert into xinheng.measure (subject, file, unit, cause, measure, until)
    values (p_subject, p_file, v_first.owner, v_first.target, p_measure,
      case v_term when 'cause' then null when 'life' then 'infinity' else (v_entry.day + v_term::interval)::date end);
  return 0;
end $$;

-- A measure is carried out: while it may run by the law of that day, and the person was told in the same transaction.
create function xinheng.enter_carried(p_subject uuid, p_num bigint) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_step xinheng.action;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.machine = 'measure' and a.kind = 'carry';
  if not exists (select from xinheng.measure m where m.subject = p_subject and m.file = v_step.file
      and xinheng.pack_rule(v_step.pack, 'measures', m.measure, v_step.day) is not null)
    or xinheng.measure_over(p_subject, v_step.file, v_step.day) is not null
    or not exists (select from xinheng.notice n where n.subject = p_subject and n.action = p_num)
  then return 8; end if;
  insert into xinheng.measure_carried (subject, num, file) values (p_subject, p_num, v_step.file);
  return 0;
end $$;

alter table xinheng.action
  add column measure bigint generated always as (case when machine = 'measure' then file end) stored,
  add column carried bigint generated always as (case when machine = 'measure' and kind = 'carry' then num end) stored,
  add foreign key (subject, measure, owner, target) references xinheng.measure (subject, file, unit, cause) deferrable initially deferred,
  add foreign key (subject, carried) references xinheng.measure_carried (subject, num) deferrable initially deferred;

-- ── reading: ids of the pack, kinds and days ─────────────────────────────────────────────────────
create type xinheng.measure_row as (
  subject uuid, file bigint, unit smallint, cause bigint, owner smallint, list text, measure text, pack smallint, kind text, task date, due date,
  responded date, carried date, lifted date, until date, over text, ended date, clash boolean
);
-- `ended`: the day on which its cause ended. `clash`: another unit says of the same entry what cannot be true beside this.
create function xinheng.measure_rows(p_subject uuid, p_unit smallint, p_every boolean) returns setof xinheng.measure_row
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select m.subject, m.file, m.unit, m.cause, e.unit, e.list, m.measure, l.pack, l.kind, f.day, l.due,
    s.responded, s.carried, s.lifted, coalesce(m.until, e.until), xinheng.measure_over(m.subject, m.file, xinheng.today()),
    case when xinheng.entry_over(m.subject, m.cause, xinheng.today()) is not null then least(e.until, (
      select min(h.hides_from) from xinheng.action h where h.subject = m.subject and h.nk = e.nk and h.hides_from <= xinheng.today()
        and not exists (select from xinheng.action b where b.subject = h.subject and b.file = h.file and b.step > h.step))) end,
    l.kind in ('carry', 'mistaken') and exists (select from xinheng.measure o
      join lateral (select a.kind from xinheng.action a where a.subject = o.subject and a.file = o.file order by a.step desc limit 1) x on true
      where o.subject = m.subject and o.cause = m.cause and o.file <> m.file and x.kind in ('carry', 'mistaken') and x.kind <> l.kind)
  from xinheng.measure m
    join lateral (select a.* from xinheng.action a where a.subject = m.subject and a.file = m.file order by a.step desc limit 1) l on true
    join lateral (select a.day from xinheng.action a where a.subject = m.subject and a.file = m.file and a.step = 1) f on true
    join lateral (select min(a.day) filter (where a.kind <> 'task') as responded, min(a.day) filter (where a.kind in ('carry', 'late')) as carried,
      min(a.day) filter (where a.kind = 'lift') as lifted from xinheng.action a where a.subject = m.subject and a.file = m.file) s on true
    cross join xinheng.entry_of(m.subject, m.cause) e
  where (p_subject is null or m.subject = p_subject) and (p_every or p_unit is null or m.unit = p_unit or e.unit = p_unit)
$$;
-- The measures of a unit: those it is to carry out and those it sent; all, for who oversees. No personal data.
create function xinheng.measures_of_unit(p_actor integer) returns setof xinheng.measure_row
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select r.* from xinheng.account a cross join xinheng.measure_rows(null, a.unit, a.roles && '{admin,auditor}'::text[]) r
  where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{clerk,reviewer,admin,auditor}'::text[]
  order by r.task desc, r.file desc limit 200000
$$;
-- The person: every measure taken or to be taken, whether it is in force today and why not. Reading leaves its row.
create function xinheng.measures_self(p_actor integer, p_subject uuid) returns setof xinheng.measure_row
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  if not xinheng.stands_for(p_actor, p_subject) then return; end if;
  perform xinheng.log_access(p_subject, p_actor, 0::smallint, 0::smallint, 3::smallint, 0::smallint, 0, 'measure', ''::bytea);
  return query select r.* from xinheng.measure_rows(p_subject, null, true) r order by r.file;
end $$;
-- What a measure's case is about, for the unit that carries it out and the one that sent it.
create function xinheng.read_measure(p_actor integer, p_subject uuid, p_file bigint) returns table (measure text, over text)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select m.measure, xinheng.measure_over(m.subject, m.file, xinheng.today()) from xinheng.measure m
    join xinheng.account a on a.num = p_actor and a.closed_at is null and a.unit = m.unit and a.roles && '{clerk,reviewer}'::text[]
  where m.subject = p_subject and m.file = p_file
$$;

revoke all on function xinheng.measure_over, xinheng.enter_measure, xinheng.enter_carried, xinheng.measure_rows, xinheng.measures_of_unit,
  xinheng.measures_self, xinheng.read_measure from public;
grant execute on function xinheng.enter_measure, xinheng.enter_carried, xinheng.measures_of_unit, xinheng.measures_self, xinheng.read_measure to xinheng_app;
