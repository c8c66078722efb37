-- Lists determined here (R34–R36, R39, R41, G6) and received ones (R58). Steps: domain/machines/{listing,exemplar,received}.ts.
-- Beside the chain of steps, four rows that no code path can leave out, each bound to its step by a key that is asked when
-- the transaction commits, and each made by one function that judges again by the pack of the case: what is proposed on
-- which ground (listing), how long the window is (listing_window), what took effect (listing_entry), what was received.

insert into xinheng.step_rule (machine, after, kind, party, roles, other, opens, waits, hiding, ended, marked, of_record, single)
select 'listing', a, k, p, r::text[], o, op, w, h, e, false, false, false
from (values
  ('{start}', 'propose', 'owner', '{clerk}', false, false, false, 'no', null),
  ('{propose,rectify,interview}', 'rectify', 'owner', '{clerk,reviewer}', false, false, false, 'no', null),
  ('{propose,rectify,interview}', 'interview', 'owner', '{clerk,reviewer}', false, false, false, 'no', null),
  ('{propose,rectify,interview}', 'notify', 'owner', '{clerk,reviewer}', false, false, false, 'no', null),
  ('{notify}', 'serve', 'owner', '{clerk,reviewer}', false, true, false, 'no', null),
  ('{serve,state}', 'state', 'person', '{}', false, false, false, 'no', null),
  ('{serve,state}', 'ask-hearing', 'person', '{}', false, false, false, 'no', null),
  ('{ask-hearing}', 'hear', 'owner', '{clerk,reviewer}', false, false, false, 'no', null),
  ('{ask-hearing}', 'no-hearing', 'person', '{}', false, false, false, 'no', null),
  ('{hear,no-hearing,answer}', 'answer', 'person', '{}', false, false, false, 'no', null),
  ('{serve,state,hear,no-hearing,answer}', 'determine', 'owner', '{reviewer}', true, false, true, 'no', null),
  ('{propose,rectify,interview,notify,serve,state,ask-hearing,hear,no-hearing,answer}', 'drop', 'owner', '{clerk,reviewer}', false, false, false, 'no', null),
  ('{determine,supervise,meet}', 'supervise', 'owner', '{clerk,reviewer}', false, false, false, 'no', null),
  ('{determine,supervise,meet}', 'meet', 'owner', '{clerk,reviewer}', false, false, false, 'no', null),
  ('{determine,supervise,meet}', 'remove', 'owner', '{reviewer}', false, false, false, 'now', 'removed')
) s(afters, k, p, r, o, op, w, h, e), unnest(s.afters::text[]) a;
insert into xinheng.step_rule (machine, after, kind, party, roles, other, opens, waits, hiding, ended, marked, of_record, single)
select 'exemplar', a, k, p, r::text[], o, op, w, h, e, false, false, false
from (values
  ('{start}', 'nominate', 'owner', '{clerk}', false, false, false, 'no', null),
  ('{nominate}', 'check', 'owner', '{reviewer}', true, false, false, 'no', null),
  ('{check}', 'publicise', 'owner', '{clerk,reviewer}', false, true, false, 'no', null),
  ('{publicise}', 'determine', 'owner', '{reviewer}', true, false, true, 'no', null),
  ('{nominate,check,publicise}', 'drop', 'owner', '{clerk,reviewer}', false, false, false, 'no', null),
  ('{nominate,check,publicise}', 'decline', 'person', '{}', false, false, false, 'no', null),
  ('{determine,renew}', 'renew', 'owner', '{reviewer}', true, false, false, 'no', null),
  ('{determine,renew}', 'resign', 'person', '{}', false, false, false, 'now', 'removed'),
  ('{determine,renew}', 'remove', 'owner', '{reviewer}', false, false, false, 'now', 'removed')
) s(afters, k, p, r, o, op, w, h, e), unnest(s.afters::text[]) a;
insert into xinheng.step_rule (machine, after, kind, party, roles, other, opens, waits, hiding, ended, marked, of_record, single) values
  ('received', 'start', 'receive', 'owner', '{clerk}', false, false, false, 'no', null, false, true, true),
  ('received', 'receive', 'word', 'owner', '{clerk,reviewer}', false, false, false, 'later', 'removed', true, false, false),
  ('received', 'receive', 'remove', 'owner', '{clerk,reviewer}', false, false, false, 'now', 'removed', false, false, false),
  ('received', 'word', 'remove', 'owner', '{clerk,reviewer}', false, false, false, 'now', 'removed', false, false, false);

-- ── terms, counted by the walls ──────────────────────────────────────────────────────────────────
-- The last day of a term set off by a day, as domain/calendar.ts counts it (dueDate), by the calendar of the pack; where that
-- does not reach, the day by which it has ended for certain (latestEnd). A test compares the two over years.
create function xinheng.term_end(p_calendar jsonb, p_day date, p_period text) returns date
language plpgsql immutable set search_path = pg_catalog, xinheng as $$
declare
  v_wd integer := (regexp_match(p_period, '^P(\d+)WD$'))[1]::integer; v_left integer; v_day date; v_year jsonb; v_for double precision;
begin
  v_left := coalesce(v_wd, 1);
  v_day := case when v_wd is null then (p_day + p_period::interval)::date else p_day + 1 end;
  loop
    if v_for is distinct from extract(year from v_day) then
      v_for := extract(year from v_day);
      v_year := (select y from jsonb_array_elements(p_calendar) y where (y ->> 'year')::integer = v_for);
    end if;
    if v_year is null then
      return case when v_wd is null then (p_day + p_period::interval)::date + 13
        else p_day + (ceil((v_wd + (1 + v_wd / 230) * 24) / 5.0) * 7 + 2)::integer end;
    end if;
    if (extract(isodow from v_day) > 5 and v_year -> 'worked' ? v_day::text) or (extract(isodow from v_day) < 6 and not v_year -> 'off' ? v_day::text) then
      v_left := v_left - 1;
      if v_left = 0 then return v_day; end if;
    end if;
    v_day := v_day + 1;
  end loop;
end $$;

-- The rule of an id in one section of a pack, in force on a day; the lowest layer's, which stands last.
create function xinheng.pack_rule(p_pack smallint, p_section text, p_id text, p_day date) returns jsonb
language sql stable set search_path = pg_catalog, xinheng as $$
  select e from xinheng.pack p, jsonb_array_elements(p.content -> p_section) with ordinality x(e, n)
  where p.num = p_pack and e ->> 'id' = p_id and (e ->> 'from')::date <= p_day and p_day < coalesce((e ->> 'until')::date, 'infinity')
  order by n desc limit 1
$$;
create function xinheng.names_unit(p_patterns jsonb, p_unit smallint) returns boolean
language sql stable set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.unit u where u.num = p_unit and p_patterns ?| array['*', u.id, 'kind:' || u.kind])
$$;

-- ── what is proposed ─────────────────────────────────────────────────────────────────────────────
-- Entry numbers are allotted when a case begins, so that its record has its natural key from the first step on.
create sequence xinheng.entry_num;
create table xinheng.listing (
  subject uuid not null,
  file bigint not null,
  machine text not null check (machine in ('listing', 'exemplar')),
  nk bigint not null check (nk <> 0),
  unit smallint not null,
  pack smallint not null,
  list text not null,
  criterion text not null,
  entry text not null,
  person boolean not null,
  -- the open site may show it once it is in force: the basis of the list says so
  published boolean not null,
  -- the entry of the organisation whose office-holder this is (R41)
  of_subject uuid,
  of_file bigint,
  primary key (subject, file),
  unique (subject, file, machine, nk, unit),
  unique (subject, nk),
  check ((of_subject is null) = (of_file is null)),
  check (not (person and machine = 'listing' and published and of_file is not null))
);
create table xinheng.listing_window (
  subject uuid not null,
  num bigint not null,
  window_end date not null,
  -- counted here, by the term of the list in the pack of the case
  least date not null,
  primary key (subject, num),
  unique (subject, num, window_end),
  check (window_end >= least)
);
create table xinheng.listing_entry (
  subject uuid not null,
  num bigint not null,
  file bigint not null,
  day date not null,
  -- first day on which it is no longer in force, if nothing ends it sooner
  until date not null check (until > day),
  primary key (subject, num)
);
create index listing_entry_of on xinheng.listing_entry (subject, file);
create table xinheng.received (
  subject uuid not null,
  file bigint not null,
  nk bigint not null,
  unit smallint not null,
  list text not null,
  person boolean not null,
  primary key (subject, file),
  unique (subject, file, nk, unit)
);

-- ── causes: the entries on which measures rest ───────────────────────────────────────────────────
-- An entry in force or not, determined or received: its list, its record and its dates; none before it took effect.
create function xinheng.entry_of(p_subject uuid, p_file bigint, out list text, out nk bigint, out unit smallint, out person boolean, out day date, out until date)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select l.list, l.nk, l.unit, l.person, min(e.day), max(e.until) from xinheng.listing l
    join xinheng.listing_entry e on e.subject = l.subject and e.file = l.file
    where l.subject = p_subject and l.file = p_file group by 1, 2, 3, 4
  union all
  select c.list, c.nk, c.unit, c.person, min(r.decided), (min(r.decided) + max(i.longest))::date from xinheng.received c
    join xinheng.record r on r.subject = c.subject and r.nk between c.nk and c.nk + 1023 join xinheng.item i on i.num = r.item
    where c.subject = p_subject and c.file = p_file group by 1, 2, 3, 4
  limit 1
$$;
-- Why an entry does not count on a day: 'none' (it never took effect), 'ended' (before its term: removed, repaired, annulled,
-- withdrawn, suspended by silence), 'term'; null while it is in force. Clocks are read, not run.
create function xinheng.entry_over(p_subject uuid, p_file bigint, p_day date) returns text
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select case
    when e.nk is null then 'none'
    when e.nk = any (xinheng.hidden(p_subject, p_day)) or p_file = any (xinheng.contested(p_subject, p_day)) then 'ended'
    when e.until <= p_day then 'term'
  end from (select 1) one left join xinheng.entry_of(p_subject, p_file) e on true
$$;

-- Enters what is proposed, in the transaction of the first step. The list is one determined here, for this machine, unit and
-- subject, in force; the criterion is one of its own. A person who answers for an organisation, where an article names
-- office-holders, only beside that organisation's entry in force (R41). Outcomes: 0 entered, 8 not by this list, 10 the same
-- person is proposed for it or on it already, 12 the law names no such office-holder.
create function xinheng.enter_listing(p_subject uuid, p_file bigint, p_list text, p_criterion text, p_entry text, p_person boolean,
  p_of_subject uuid, p_of_file bigint) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_first xinheng.action; v_list jsonb; v_criterion jsonb; v_of jsonb; v_bound boolean; v_other record;
begin
  select a.* into v_first from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1;
  v_list := xinheng.pack_rule(v_first.pack, 'lists', p_list, v_first.day);
  select e into v_criterion from jsonb_array_elements(v_list -> 'criteria') e where e ->> 'id' = p_criterion;
  if v_criterion is null or v_list ->> 'origin' <> 'determined' or not xinheng.names_unit(v_list -> 'units', v_first.owner)
    or not v_list -> 'subjects' ? (case when p_person then 'person' else 'organisation' end)
    or (v_list ->> 'kind' in ('red', 'exemplar')) <> (v_first.machine = 'exemplar') or v_first.machine not in ('listing', 'exemplar')
    or exists (select from xinheng.subject s where s.subject = p_subject and (s.kind <> 6) <> p_person)
  then return 8; end if;
  -- an article that names the office-holders of an organisation on a list reaches nobody beside that list
  v_bound := p_person and v_first.machine = 'listing' and exists (
    select from jsonb_path_query((select p.content -> 'lists' from xinheng.pack p where p.num = v_first.pack), '$[*].officers[*].basis[*]') b,
      jsonb_array_elements(v_criterion -> 'basis') c
    where b ->> 'document' = c ->> 'document' and b ->> 'article' is not distinct from c ->> 'article');
  if p_of_file is not null then
    v_of := xinheng.pack_rule(v_first.pack, 'lists', (select e.list from xinheng.entry_of(p_of_subject, p_of_file) e
      where not e.person and e.unit = v_first.owner), v_first.day);
    if not p_person or v_of is null or jsonb_array_length(coalesce(v_of -> 'officers', '[]')) = 0
      or xinheng.entry_over(p_of_subject, p_of_file, v_first.day) is not null or not exists (
        select from jsonb_path_query(v_of, '$.officers[*].basis[*]') b, jsonb_array_elements(v_criterion -> 'basis') c
        where b ->> 'document' = c ->> 'document' and b ->> 'article' is not distinct from c ->> 'article')
    then return 12; end if;
  elsif v_bound then return 12;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('listing/' || p_subject || '/' || p_list, 0));
  for v_other in
    select l.file, b.kind from xinheng.listing l
      join lateral (select a.kind from xinheng.action a where a.subject = l.subject and a.file = l.file order by a.step desc limit 1) b on true
    where l.subject = p_subject and l.list = p_list
  loop
    if v_other.kind not in ('drop', 'decline', 'resign', 'remove') and coalesce(xinheng.entry_over(p_subject, v_other.file, v_first.day), 'none') = 'none'
    then return 10; end if;
  end loop;
  insert into xinheng.listing (subject, file, machine, nk, unit, pack, list, criterion, entry, person, published, of_subject, of_file)
    values (p_subject, p_file, v_first.machine, v_first.nk, v_first.owner, v_first.pack, p_list, p_criterion, p_entry, p_person,
      v_list ? 'publish' and (not p_person or (v_list -> 'publish' ->> 'persons')::boolean and p_of_file is null), p_of_subject, p_of_file);
  return 0;
end $$;

-- Opens the window: after the person was told in writing, in full, from the day of service. 8: nobody told them.
create function xinheng.enter_window(p_subject uuid, p_num bigint) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_step xinheng.action; v_list jsonb; v_term jsonb; v_least date;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.opens;
  select xinheng.pack_rule(l.pack, 'lists', l.list, f.day) into v_list from xinheng.listing l
    join xinheng.action f on f.subject = l.subject and f.file = l.file and f.step = 1
    where l.subject = p_subject and l.file = v_step.file;
  -- the notice of the step before (of the listing), of this step (of an exemplar's publicity), is on file
  if not exists (select from xinheng.action a join xinheng.notice n on n.subject = a.subject and n.action = a.num
    where a.subject = p_subject and a.file = v_step.file and a.kind = case when v_step.machine = 'listing' then 'notify' else 'publicise' end)
  then return 8; end if;
  v_term := xinheng.pack_rule(v_step.pack, 'terms', v_list ->> (case when v_step.machine = 'listing' then 'window' else 'publicity' end), v_step.day);
  select xinheng.term_end(p.content -> 'calendar', v_step.day, v_term ->> 'period') into v_least from xinheng.pack p where p.num = v_step.pack;
  if v_least is null or v_step.window_end < v_least then return 8; end if;
  insert into xinheng.listing_window (subject, num, window_end, least) values (p_subject, p_num, v_step.window_end, v_least);
  return 0;
end $$;

-- The entry takes effect, or is renewed: its record is on file, of the list's item and the unit that determines it. The term
-- is the list's; a renewal runs from its own day, and only while the entry is in force.
create function xinheng.enter_entry(p_subject uuid, p_num bigint) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_step xinheng.action; v_listing xinheng.listing; v_list jsonb; v_term text;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.kind in ('determine', 'renew');
  select l.* into v_listing from xinheng.listing l where l.subject = p_subject and l.file = v_step.file;
  v_list := xinheng.pack_rule(v_step.pack, 'lists', v_listing.list, v_step.day);
  v_term := v_list ->> (case v_step.kind when 'renew' then 'renew' else 'term' end);
  if v_term is null or not exists (select from xinheng.record r join xinheng.item i on i.num = r.item
      where r.subject = p_subject and r.nk between v_listing.nk and v_listing.nk + 1023 and r.unit = v_listing.unit and i.id = v_list ->> 'item')
    or v_step.kind = 'renew' and xinheng.entry_over(p_subject, v_step.file, v_step.day) is not null
  then return 8; end if;
  insert into xinheng.listing_entry (subject, num, file, day, until)
    values (p_subject, p_num, v_step.file, v_step.day, (v_step.day + v_term::interval)::date);
  return 0;
end $$;

-- A received entry is taken up as the cause of measures: a record of a received list's item, of its own unit, still shown. Null
-- where it is not; else its list.
create function xinheng.enter_received(p_subject uuid, p_file bigint) returns text
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_first xinheng.action; v_item xinheng.item; v_list jsonb;
begin
  select a.* into v_first from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1 and a.machine = 'received';
  select i.* into v_item from xinheng.record r join xinheng.item i on i.num = r.item
    where r.subject = p_subject and r.nk between v_first.nk and v_first.nk + 1023 and r.unit = v_first.owner
      and r.decided + i.longest > v_first.day order by r.nk desc limit 1;
  select e into v_list from xinheng.pack p, jsonb_array_elements(p.content -> 'lists') e
    where p.num = v_first.pack and e ->> 'origin' = 'received' and e ->> 'item' = v_item.id
      and (e ->> 'from')::date <= v_first.day and v_first.day < coalesce((e ->> 'until')::date, 'infinity')
      and xinheng.names_unit(e -> 'units', v_first.owner) limit 1;
  if v_list is null or v_first.nk = any (xinheng.hidden(p_subject, v_first.day)) then return null; end if;
  insert into xinheng.received (subject, file, nk, unit, list, person)
    values (p_subject, p_file, v_first.nk, v_first.owner, v_list ->> 'id', v_item.person);
  return v_list ->> 'id';
end $$;

-- ── the keys that bind the steps to these rows, whoever inserts them ─────────────────────────────
alter table xinheng.action
  add column listing bigint generated always as (case when machine in ('listing', 'exemplar') then file end) stored,
  add column opened bigint generated always as (case when opens and machine in ('listing', 'exemplar') then num end) stored,
  add column entered bigint generated always as (case when machine in ('listing', 'exemplar') and kind in ('determine', 'renew') then num end) stored,
  add column received bigint generated always as (case when machine = 'received' then file end) stored,
  add foreign key (subject, listing, machine, nk, owner) references xinheng.listing (subject, file, machine, nk, unit) deferrable initially deferred,
  add foreign key (subject, opened, window_end) references xinheng.listing_window (subject, num, window_end) deferrable initially deferred,
  add foreign key (subject, entered) references xinheng.listing_entry (subject, num) deferrable initially deferred,
  add foreign key (subject, received, nk, owner) references xinheng.received (subject, file, nk, unit) deferrable initially deferred;

-- ── reading ──────────────────────────────────────────────────────────────────────────────────────
-- What a case of a list is about: ids of the pack and dates, for whoever has opened it: the unit, the person.
create function xinheng.read_listing(p_actor integer, p_subject uuid, p_file bigint) returns table (
  list text, criterion text, entry text, person boolean, published boolean, nk bigint, unit smallint, day date, until date, over text)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select l.list, l.criterion, l.entry, l.person, l.published, l.nk, l.unit, e.day, e.until, xinheng.entry_over(p_subject, p_file, xinheng.today())
  from xinheng.listing l cross join xinheng.entry_of(p_subject, p_file) e
  where l.subject = p_subject and l.file = p_file and (xinheng.stands_for(p_actor, p_subject) or exists (
    select from xinheng.account a where a.num = p_actor and a.closed_at is null and a.unit = l.unit and a.roles && '{clerk,reviewer}'::text[]))
$$;
-- Was the notice of a case served, as the inbox or a channel proves it? For the unit that served it.
create function xinheng.notice_served(p_actor integer, p_subject uuid, p_file bigint, p_kind text) returns text
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select s ->> 'channel' from xinheng.action a join xinheng.notice n on n.subject = a.subject and n.action = a.num
    join xinheng.account c on c.num = p_actor and c.closed_at is null and c.unit = a.owner and c.roles && '{clerk,reviewer}'::text[],
    jsonb_array_elements(xinheng.service_of(n.subject, n.num)) s
  where a.subject = p_subject and a.file = p_file and a.kind = p_kind and (s ->> 'ok')::boolean limit 1
$$;
-- May the open site show an entry: the basis of its list says so, and it is in force.
create function xinheng.entry_published(p_subject uuid, p_nk bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.listing l where l.subject = p_subject and l.nk = (p_nk >> 10) << 10 and l.published
    and xinheng.entry_over(l.subject, l.file, xinheng.today()) is null)
$$;
-- Whom a rule flags (R34): so many records within so long. Names candidates for a person of the unit to examine, and nothing
-- else; everybody named is told by an access row (G4).
create function xinheng.list_candidates(p_actor integer, p_person boolean, p_list text, p_items smallint[], p_since date, p_count integer)
returns table (subject uuid, kind smallint, sealed bytea, count bigint)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_today date := xinheng.today();
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{clerk,reviewer}'::text[]
      and xinheng.names_unit((select xinheng.pack_rule(l.pack, 'lists', p_list, v_today) from xinheng.pack_load l order by l.at desc limit 1) -> 'units', a.unit);
  if v_unit is null then return; end if;
  return query
    with flagged as materialized (
      select r.subject as of, count(*) as n from xinheng.record r join xinheng.item i on i.num = r.item
      where r.item = any (p_items) and i.adverse and i.person = p_person and r.nk & 1023 = 0 and r.decided >= p_since
        and not exists (select from xinheng.action x where x.subject = r.subject and x.nk = r.nk and x.hides_from <= v_today
          and not exists (select from xinheng.action y where y.subject = x.subject and y.file = x.file and y.step > x.step))
        and not exists (select from xinheng.listing l where l.subject = r.subject and l.list = p_list
          and coalesce(xinheng.entry_over(l.subject, l.file, v_today), 'none') = 'none')
      group by r.subject having count(*) >= p_count order by 2 desc, 1 limit 200
    ), logged as (
      insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items)
        select f.of, xinheng.instant(), p_actor, v_unit, 0, 1, 0, 0, left('candidate ' || p_list, 64), '' from flagged f
    )
    select f.of, s.kind, s.sealed, f.n from flagged f join xinheng.subject s on s.subject = f.of;
end $$;

grant usage on sequence xinheng.entry_num to xinheng_app;
revoke all on function xinheng.term_end, xinheng.pack_rule, xinheng.names_unit, xinheng.entry_of, xinheng.entry_over, xinheng.enter_listing,
  xinheng.enter_window, xinheng.enter_entry, xinheng.enter_received, xinheng.read_listing, xinheng.notice_served, xinheng.entry_published,
  xinheng.list_candidates from public;
grant execute on function xinheng.enter_listing, xinheng.enter_window, xinheng.enter_entry, xinheng.enter_received, xinheng.read_listing,
  xinheng.notice_served, xinheng.entry_published, xinheng.list_candidates to xinheng_app;
