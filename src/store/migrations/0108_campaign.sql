-- Special campaigns (R45, decisions/108): over organisations and public bodies alone. A campaign is opened by a unit that the
-- pack names and reviewed by a second person; the gate draws organisations by the pack's rule, each with an access row; each
-- is given to a unit and checked by hand (domain/machines/campaign.ts); it ends by its term, and is closed with a report whose
-- figures are bytes that stay. Being drawn has no effect (B7). No row here can be about a natural person.

insert into xinheng.step_rule (machine, after, kind, party, roles, other, opens, waits, hiding, ended, marked, of_record, single)
select 'campaign', a, k, p, r::text[], o, op, w, 'no', null, false, false, false
from (values
  ('{start}', 'assign', 'unit', '{clerk,reviewer}', false, false, false),
  ('{assign}', 'ask', 'owner', '{clerk,reviewer}', false, true, false),
  ('{ask,answer}', 'answer', 'person', '{}', false, false, false),
  ('{assign,ask,answer,order,report}', 'in-order', 'owner', '{clerk,reviewer}', true, false, false),
  ('{ask,answer,order,report}', 'rectified', 'owner', '{clerk,reviewer}', true, false, false),
  ('{ask,answer,order,report}', 'order', 'owner', '{clerk,reviewer}', true, false, true),
  ('{order,report}', 'report', 'person', '{}', false, false, false),
  ('{ask,answer,order,report}', 'hand-over', 'owner', '{clerk,reviewer}', true, false, true),
  ('{assign,ask,answer,order,report}', 'lapse', 'unit', '{reviewer}', false, false, false)
) s(afters, k, p, r, o, op, w), unnest(s.afters::text[]) a;

-- ── the campaign ─────────────────────────────────────────────────────────────────────────────────
create table xinheng.campaign (
  num integer generated always as identity primary key,
  problem text not null check (length(problem) between 1 and 80),
  pack smallint not null references xinheng.pack,
  unit smallint not null references xinheng.unit,
  at timestamptz not null default xinheng.instant(),
  -- records decided from this day on; the last day of the campaign
  since date not null,
  until date not null,
  scope text not null check (length(scope) between 1 and 2000),
  check (since <= (at at time zone 'Asia/Shanghai')::date and until >= (at at time zone 'Asia/Shanghai')::date),
  unique (num, until)
);
-- What was done with it: each act names the one before. A second person opens and closes; nothing is drawn after its last day.
create table xinheng.campaign_act (
  num integer generated always as identity unique,
  campaign integer not null,
  step smallint not null check (step >= 1),
  before smallint check (before is not distinct from nullif(step - 1, 0)),
  after text not null,
  kind text not null,
  at timestamptz not null default xinheng.instant(),
  actor integer not null references xinheng.account,
  actor_before integer,
  until date not null,
  reason text not null check (length(reason) <= 2000),
  figures bytea check (octet_length(figures) between 2 and 4000000),
  digest bytea generated always as (sha256(figures)) stored,
  primary key (campaign, step),
  unique (campaign, step, kind, actor),
  unique (campaign, step, kind),
  foreign key (campaign, until) references xinheng.campaign (num, until),
  foreign key (campaign, before, after, actor_before) references xinheng.campaign_act (campaign, step, kind, actor),
  check ((step = 1) = (after = 'start') and (step = 1) = (actor_before is null)),
  check ((after, kind) in (('start', 'propose'), ('propose', 'open'), ('propose', 'reject'),
    ('open', 'draw'), ('draw', 'draw'), ('return', 'draw'),
    ('open', 'report'), ('draw', 'report'), ('return', 'report'), ('report', 'close'), ('report', 'return'))),
  check (kind not in ('open', 'reject', 'close', 'return') or actor <> actor_before),
  check (kind not in ('reject', 'return') or length(reason) > 0),
  check ((kind = 'report') = (figures is not null)),
  check (kind not in ('open', 'draw') or (at at time zone 'Asia/Shanghai')::date <= until)
);
create index campaign_act_at on xinheng.campaign_act using brin (at);

-- Is this an organisation on file? Asked by a check, so that it holds for the owner of the database too.
create function xinheng.is_organisation(p_subject uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.subject s where s.subject = p_subject and s.kind = 6)
$$;
create table xinheng.campaign_drawn (
  subject uuid not null,
  campaign integer not null,
  act smallint not null,
  kind text not null default 'draw' check (kind = 'draw'),
  records smallint not null check (records > 0),
  primary key (subject, campaign),
  foreign key (campaign, act, kind) references xinheng.campaign_act (campaign, step, kind),
  -- no natural person is ever drawn into a campaign, whoever inserts
  constraint campaign_organisations_only check (xinheng.is_organisation(subject))
);
create index campaign_drawn_of on xinheng.campaign_drawn (campaign);
create table xinheng.campaign_case (
  subject uuid not null,
  file bigint not null,
  campaign integer not null,
  unit smallint not null,
  primary key (subject, file),
  -- one case an organisation and campaign
  unique (subject, campaign),
  unique (subject, file, campaign),
  foreign key (subject, campaign) references xinheng.campaign_drawn (subject, campaign)
);
create index campaign_case_of on xinheng.campaign_case (campaign);
-- A step of an office in such a case: within the campaign's term; an unfinished case ends only with the closing.
create table xinheng.campaign_step (
  subject uuid not null,
  num bigint not null,
  file bigint not null,
  campaign integer not null,
  kind text not null,
  day date not null,
  until date not null,
  closed smallint,
  act text check (act = 'close'),
  primary key (subject, num),
  unique (subject, num, kind, day),
  foreign key (subject, file, campaign) references xinheng.campaign_case (subject, file, campaign),
  foreign key (campaign, until) references xinheng.campaign (num, until),
  foreign key (campaign, closed, act) references xinheng.campaign_act (campaign, step, kind),
  check (case kind when 'lapse' then closed is not null and act is not null else closed is null and day <= until end)
);
alter table xinheng.action
  add column checking bigint generated always as (case when machine = 'campaign' and kind not in ('answer', 'report') then num end) stored,
  add foreign key (subject, checking, kind, day) references xinheng.campaign_step (subject, num, kind, day) deferrable initially deferred;

-- ── opening ──────────────────────────────────────────────────────────────────────────────────────
-- The pack's rule of a problem that is remedied in campaigns, on a day.
create function xinheng.campaign_rule(p_pack smallint, p_problem text, p_day date) returns jsonb
language sql stable set search_path = pg_catalog, xinheng as $$
  select xinheng.pack_rule(p_pack, 'problems', p_problem, p_day) -> 'campaign'
$$;
-- The unit of an account that has one of these roles; null where it has none.
create function xinheng.unit_of(p_actor integer, p_roles text[]) returns smallint
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select a.unit from xinheng.account a where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && p_roles
$$;
create function xinheng.campaign_last(p_campaign integer) returns xinheng.campaign_act
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select a from xinheng.campaign_act a where a.campaign = p_campaign order by a.step desc limit 1
$$;

-- Proposes a campaign: by a unit that leads it, looking back and lasting no longer than the pack says. Null: not by this actor.
create function xinheng.propose_campaign(p_actor integer, p_problem text, p_since date, p_until date, p_scope text) returns integer
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_today date := xinheng.today(); v_pack smallint := xinheng.pack_in_force(); v_unit smallint; v_rule jsonb; v_num integer;
begin
  v_unit := xinheng.unit_of(p_actor, '{clerk,reviewer}');
  v_rule := xinheng.campaign_rule(v_pack, p_problem, v_today);
  if v_unit is null or v_rule is null or not xinheng.names_unit(v_rule -> 'lead', v_unit)
    or p_since < (v_today - (v_rule ->> 'since')::interval)::date or p_until > (v_today + (v_rule ->> 'term')::interval)::date
    -- a rule over what people did is none
    or not exists (select from xinheng.item i where v_rule -> 'items' ? i.id)
    or exists (select from xinheng.item i where v_rule -> 'items' ? i.id and i.person)
  then return null; end if;
  insert into xinheng.campaign (problem, pack, unit, since, until, scope) values (p_problem, v_pack, v_unit, p_since, p_until, p_scope)
    returning num into v_num;
  insert into xinheng.campaign_act (campaign, step, after, kind, actor, until, reason)
    values (v_num, 1, 'start', 'propose', p_actor, p_until, '');
  return v_num;
end $$;

-- Whoever adds up holds the campaign meanwhile: no step of an office is taken between the figures and their report.
create function xinheng.hold_campaign(p_campaign integer) returns void
language sql security definer set search_path = pg_catalog, xinheng as $$
  select from xinheng.campaign c where c.num = p_campaign for update
$$;
-- The next act of a campaign, by the unit that leads it. Outcomes: 0 done, 1 not this actor's to do, 6 no such campaign,
-- 8 cannot follow (it comes second, or the campaign is over), 9 their own.
create function xinheng.act_on_campaign(p_actor integer, p_campaign integer, p_kind text, p_reason text, p_figures bytea,
  out outcome smallint, out step smallint)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_campaign xinheng.campaign; v_last xinheng.campaign_act;
begin
  select c.* into v_campaign from xinheng.campaign c where c.num = p_campaign for update;
  v_unit := xinheng.unit_of(p_actor, case when p_kind in ('open', 'reject', 'close', 'return') then '{reviewer}'::text[] else '{clerk,reviewer}'::text[] end);
  if v_unit is null then outcome := 1; return; end if;
  if v_campaign.num is null then outcome := 6; return; end if;
  if v_campaign.unit <> v_unit then outcome := 1; return; end if;
  v_last := xinheng.campaign_last(p_campaign);
  if v_last.actor = p_actor and p_kind in ('open', 'reject', 'close', 'return') then outcome := 9; return; end if;
  insert into xinheng.campaign_act (campaign, step, before, after, kind, actor, actor_before, until, reason, figures)
    values (p_campaign, v_last.step + 1, v_last.step, v_last.kind, p_kind, p_actor, v_last.actor, v_campaign.until, p_reason, p_figures)
    returning campaign_act.step into step;
  outcome := 0;
exception when unique_violation or check_violation or foreign_key_violation then outcome := 8; step := null;
end $$;

-- ── drawing ──────────────────────────────────────────────────────────────────────────────────────
-- Whom the rule of a campaign means (B7): organisations with a record of its items since its day, that nothing hides and whose
-- longest term runs, not drawn already, 500 at a time after a key. Each of them is told by an access row, of the same
-- statement, which items were looked at (G4). How long each record counts, and its words, the fold of the domain says.
create function xinheng.campaign_candidates(p_actor integer, p_campaign integer, p_after uuid)
returns table (subject uuid, sealed bytea, records bytea)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_campaign xinheng.campaign; v_items smallint[]; v_today date := xinheng.today();
begin
  select c.* into v_campaign from xinheng.campaign c where c.num = p_campaign and c.unit = xinheng.unit_of(p_actor, '{clerk,reviewer}')
    and c.until >= v_today and (xinheng.campaign_last(c.num)).kind in ('open', 'draw', 'return');
  if v_campaign.num is null then return; end if;
  v_items := array(select i.num from xinheng.item i where not i.person
    and xinheng.campaign_rule(v_campaign.pack, v_campaign.problem, (v_campaign.at at time zone 'Asia/Shanghai')::date) -> 'items' ? i.id);
  return query
    with meant as materialized (
      select r.subject as of, count(*) as n, string_agg(distinct int2send(r.item), ''::bytea) as items
      from xinheng.record r join xinheng.item i on i.num = r.item join xinheng.subject s on s.subject = r.subject and s.kind = 6
      where r.item = any (v_items) and r.nk & 1023 = 0 and r.decided >= v_campaign.since and r.decided + i.longest > v_today
        and r.subject > coalesce(p_after, '00000000-0000-0000-0000-000000000000')
        and not exists (select from xinheng.action x where x.subject = r.subject and x.nk = r.nk and x.hides_from <= v_today
          and not exists (select from xinheng.action y where y.subject = x.subject and y.file = x.file and y.step > x.step))
        and not exists (select from xinheng.campaign_drawn d where d.subject = r.subject and d.campaign = p_campaign)
      group by r.subject order by r.subject limit 500
    ), logged as (
      insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items)
        select m.of, xinheng.instant(), p_actor, v_campaign.unit, 0, 1, 0, least(m.n, 32767), 'campaign ' || p_campaign, m.items from meant m
    )
    select m.of, s.sealed, (
        select string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, ''::bytea,
          null::text, null::timestamptz, r.first)), ''::bytea)
        from (
          select q.*, lead(q.nk) over (order by q.nk) as next, min(q.decided) over (partition by q.nk >> 10) as first
          from xinheng.record q where q.subject = m.of) r
        where r.item = any (v_items) and (r.next is null or r.next >> 10 <> r.nk >> 10) and r.first >= v_campaign.since
          and (r.nk >> 10) << 10 <> all (xinheng.hidden(m.of, v_today)))
    from meant m join xinheng.subject s on s.subject = m.of order by m.of;
end $$;
-- Draws organisations that were looked at in this transaction by this actor for this campaign. The act comes first: its step.
create function xinheng.draw_into_campaign(p_actor integer, p_campaign integer, p_step smallint, p_subjects uuid[], p_records smallint[]) returns integer
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_n integer;
begin
  insert into xinheng.campaign_drawn (subject, campaign, act, records)
    select d.subject, p_campaign, p_step, d.records from unnest(p_subjects, p_records) d (subject, records)
    where exists (select from xinheng.campaign_act a where a.campaign = p_campaign and a.step = p_step and a.actor = p_actor and a.at = xinheng.instant())
      and exists (select from xinheng.access t where t.subject = d.subject and t.actor = p_actor and t.at = xinheng.instant()
        and t.outcome = 0 and t.matter = 'campaign ' || p_campaign);
  get diagnostics v_n = row_count;
  return v_n;
end $$;

-- ── the cases ────────────────────────────────────────────────────────────────────────────────────
-- Enters a case that is given out, in the transaction of its first step: by the unit that leads an open campaign, to a unit that
-- the pack names, about an organisation that was drawn. 0 entered, 8 not so, 10 given out already.
create function xinheng.enter_campaign_case(p_subject uuid, p_file bigint, p_campaign integer) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_first xinheng.action; v_campaign xinheng.campaign; v_rule jsonb;
begin
  select a.* into v_first from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1 and a.machine = 'campaign';
  select c.* into v_campaign from xinheng.campaign c where c.num = p_campaign for share;
  v_rule := xinheng.campaign_rule(v_campaign.pack, v_campaign.problem, (v_campaign.at at time zone 'Asia/Shanghai')::date);
  if v_first.num is null or v_rule is null or v_first.unit <> v_campaign.unit or v_first.nk <> 0
    or not xinheng.names_unit((v_rule -> 'lead') || coalesce(v_rule -> 'joint', '[]'), v_first.owner)
    or (xinheng.campaign_last(p_campaign)).kind not in ('draw', 'return')
    or not exists (select from xinheng.campaign_drawn d where d.subject = p_subject and d.campaign = p_campaign)
  then return 8; end if;
  insert into xinheng.campaign_case (subject, file, campaign, unit) values (p_subject, p_file, p_campaign, v_first.owner);
  return xinheng.enter_campaign_step(p_subject, p_file);
exception when unique_violation then return 10;
end $$;
-- Enters a step of an office: while the campaign runs; told to the organisation where its law says so, with its whole time to
-- answer; an unfinished case ends only where the same actor closes the campaign in the same transaction.
create function xinheng.enter_campaign_step(p_subject uuid, p_num bigint) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_step xinheng.action; v_campaign xinheng.campaign; v_last xinheng.campaign_act; v_least date; v_rule jsonb;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.machine = 'campaign';
  select c.* into v_campaign from xinheng.campaign_case k join xinheng.campaign c on c.num = k.campaign
    where k.subject = p_subject and k.file = v_step.file for share of c;
  if v_campaign.num is null then return 8; end if;
  v_last := xinheng.campaign_last(v_campaign.num);
  if v_step.kind = 'lapse' then
    if v_last.kind <> 'close' or v_last.actor <> v_step.actor or v_last.at <> xinheng.instant() then return 8; end if;
  -- while a closing report waits for its second person, nothing is added to what it counts
  elsif v_step.day > v_campaign.until or v_last.kind not in ('draw', 'return') then return 8;
  end if;
  if v_step.kind <> 'assign' and not exists (select from xinheng.notice n where n.subject = p_subject and n.action = p_num) then return 8; end if;
  if v_step.opens then
    v_rule := xinheng.campaign_rule(v_campaign.pack, v_campaign.problem, (v_campaign.at at time zone 'Asia/Shanghai')::date);
    select xinheng.term_end(p.content -> 'calendar', v_step.day, xinheng.pack_rule(p.num, 'terms', v_rule ->> 'answer', v_step.day) ->> 'period')
      into v_least from xinheng.pack p where p.num = v_step.pack;
    if v_least is null or v_step.window_end < v_least then return 8; end if;
  end if;
  insert into xinheng.campaign_step (subject, num, file, campaign, kind, day, until, closed, act)
    values (p_subject, p_num, v_step.file, v_campaign.num, v_step.kind, v_step.day, v_campaign.until,
      case when v_step.kind = 'lapse' then v_last.step end, case when v_step.kind = 'lapse' then 'close' end);
  return 0;
end $$;

-- ── reading ──────────────────────────────────────────────────────────────────────────────────────
-- Campaigns that were opened are for all who work here, in numbers; one that is proposed or was rejected is its unit's and the
-- office's. `mine`: the last act is the reader's own.
create function xinheng.read_campaigns(p_actor integer, p_campaign integer)
returns table (num integer, problem text, pack smallint, unit smallint, at timestamptz, since date, until date, scope text,
  kind text, acted timestamptz, reason text, mine boolean, drawn bigint, given bigint)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select c.num, c.problem, c.pack, c.unit, c.at, c.since, c.until, c.scope, l.kind, l.at, l.reason, l.actor = p_actor,
    (select count(*) from xinheng.campaign_drawn d where d.campaign = c.num), (select count(*) from xinheng.campaign_case k where k.campaign = c.num)
  from xinheng.account w join xinheng.campaign c on true
    join lateral (select a.* from xinheng.campaign_act a where a.campaign = c.num order by a.step desc limit 1) l on true
  where w.num = p_actor and w.closed_at is null and w.unit is not null and w.roles && '{clerk,reviewer,auditor,admin}'::text[]
    and (c.num = p_campaign or p_campaign is null)
    and (l.kind not in ('propose', 'reject') or c.unit = w.unit or xinheng.is_office(p_actor, '{clerk,reviewer,auditor,admin}'))
  order by c.num desc limit 500
$$;
-- The acts of a campaign, for whoever may read it; the figures of the last report alone.
create function xinheng.read_campaign_acts(p_actor integer, p_campaign integer)
returns table (step smallint, kind text, at timestamptz, actor jsonb, reason text, digest bytea, figures bytea)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select a.step, a.kind, a.at, b.display, a.reason, a.digest,
    case when a.step = max(a.step) filter (where a.kind = 'report') over () then a.figures end
  from xinheng.campaign_act a join xinheng.account b on b.num = a.actor
  where a.campaign = p_campaign and exists (select from xinheng.read_campaigns(p_actor, p_campaign))
  order by a.step
$$;
-- Where each case stands: kinds, units and days, and whether an objection has undone it; for the unit that leads, and of its
-- own ones for the unit that checks. Names for the unit that leads alone, whose look the organisation has seen (the drawing).
create function xinheng.campaign_cases(p_actor integer, p_campaign integer)
returns table (subject uuid, file bigint, name text, records smallint, unit smallint, step smallint, kind text, given date, day date, window_end date, due date, undone boolean)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select d.subject, k.file, case when c.unit = xinheng.unit_of(p_actor, '{clerk,reviewer}') then s.name end, d.records, k.unit, l.step, l.kind, f.day, l.day, nullif(l.window_end, '-infinity'), l.due,
    k.file is not null and (k.file = any (xinheng.contested(d.subject, xinheng.today())))
  from xinheng.campaign c join xinheng.campaign_drawn d on d.campaign = c.num
    join xinheng.subject s on s.subject = d.subject
    left join xinheng.campaign_case k on k.subject = d.subject and k.campaign = d.campaign
    left join xinheng.action f on f.subject = k.subject and f.file = k.file and f.step = 1
    left join lateral (select a.step, a.kind, a.day, a.window_end, a.due from xinheng.action a where a.subject = k.subject and a.file = k.file
      order by a.step desc limit 1) l on true
  where c.num = p_campaign and xinheng.unit_of(p_actor, '{clerk,reviewer}') in (c.unit, k.unit)
  order by k.file nulls first, s.name
$$;
-- The same in numbers, by unit and kind, for whoever may read the campaign; a null unit: not given out yet.
create function xinheng.campaign_figures(p_campaign integer)
returns table (unit smallint, kind text, undone boolean, late boolean, n bigint)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select k.unit, l.kind, k.file is not null and k.file = any (xinheng.contested(d.subject, xinheng.today())),
    coalesce(l.due < xinheng.today(), false), count(*)
  from xinheng.campaign_drawn d
    left join xinheng.campaign_case k on k.subject = d.subject and k.campaign = d.campaign
    left join lateral (select a.kind, a.due from xinheng.action a where a.subject = k.subject and a.file = k.file
      order by a.step desc limit 1) l on true
  where d.campaign = p_campaign group by 1, 2, 3, 4
$$;
-- The campaign of a case, for the unit that checks and the unit that leads.
create function xinheng.campaign_of(p_actor integer, p_subject uuid, p_file bigint) returns integer
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select k.campaign from xinheng.campaign_case k join xinheng.campaign c on c.num = k.campaign
  where k.subject = p_subject and k.file = p_file and xinheng.unit_of(p_actor, '{clerk,reviewer}') in (c.unit, k.unit)
$$;
-- The records a case was drawn from, as they stand: a look-up of the unit that checks or leads, which the organisation sees.
create function xinheng.read_campaign_records(p_actor integer, p_subject uuid, p_file bigint)
returns table (outcome smallint, access bigint, at timestamptz, campaign integer, sealed bytea, records bytea)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_campaign xinheng.campaign; v_unit smallint := xinheng.unit_of(p_actor, '{clerk,reviewer}'); v_items smallint[]; v_shown bigint; v_seen bytea;
begin
  at := xinheng.instant();
  select c.* into v_campaign from xinheng.campaign_case k join xinheng.campaign c on c.num = k.campaign
    where k.subject = p_subject and k.file = p_file and v_unit in (k.unit, c.unit);
  if v_campaign.num is null then outcome := case when v_unit is null then 1 else 6 end;
  else
    outcome := 0;
    campaign := v_campaign.num;
    v_items := array(select i.num from xinheng.item i where not i.person
      and xinheng.campaign_rule(v_campaign.pack, v_campaign.problem, (v_campaign.at at time zone 'Asia/Shanghai')::date) -> 'items' ? i.id);
    select count(*), string_agg(distinct int2send(r.item), ''::bytea),
      string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, ''::bytea, null::text, r.reported, r.first)), ''::bytea order by r.nk)
      into v_shown, v_seen, records
      from (
        select q.*, s.at as reported, lead(q.nk) over (order by q.nk) as next, min(q.decided) over (partition by q.nk >> 10) as first
        from xinheng.record q join xinheng.submission s on s.num = q.submission where q.subject = p_subject) r
      where r.item = any (v_items) and (r.next is null or r.next >> 10 <> r.nk >> 10) and r.first >= v_campaign.since
        and octet_length(r.body) > 0 and (r.nk >> 10) << 10 <> all (xinheng.hidden(p_subject, xinheng.today()));
    select s.sealed into sealed from xinheng.subject s where s.subject = p_subject;
  end if;
  access := xinheng.log_access(p_subject, p_actor, v_unit, null, 1::smallint, outcome, coalesce(v_shown, 0),
    case when campaign is null then 'case ' || p_file else 'campaign ' || campaign end, v_seen);
  return next;
end $$;
-- For everybody, in counts: campaigns that were opened.
create function xinheng.public_campaigns()
returns table (num integer, problem text, pack smallint, unit smallint, opened date, until date, closed date)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select c.num, c.problem, c.pack, c.unit, (o.at at time zone 'Asia/Shanghai')::date, c.until,
    (select (z.at at time zone 'Asia/Shanghai')::date from xinheng.campaign_act z where z.campaign = c.num and z.kind = 'close')
  from xinheng.campaign c join xinheng.campaign_act o on o.campaign = c.num and o.kind = 'open'
  order by c.num desc limit 100
$$;

revoke all on function xinheng.is_organisation, xinheng.campaign_rule, xinheng.unit_of, xinheng.campaign_last, xinheng.propose_campaign, xinheng.hold_campaign,
  xinheng.act_on_campaign, xinheng.campaign_candidates, xinheng.draw_into_campaign, xinheng.enter_campaign_case, xinheng.enter_campaign_step,
  xinheng.read_campaigns, xinheng.read_campaign_acts, xinheng.campaign_cases, xinheng.campaign_figures, xinheng.campaign_of, xinheng.read_campaign_records,
  xinheng.public_campaigns from public;
grant execute on function xinheng.propose_campaign, xinheng.hold_campaign, xinheng.act_on_campaign, xinheng.campaign_candidates, xinheng.draw_into_campaign,
  xinheng.enter_campaign_case, xinheng.enter_campaign_step, xinheng.read_campaigns, xinheng.read_campaign_acts, xinheng.campaign_cases,
  xinheng.campaign_figures, xinheng.campaign_of, xinheng.read_campaign_records, xinheng.public_campaigns to xinheng_app;
grant select on xinheng.campaign, xinheng.campaign_act, xinheng.campaign_drawn to xinheng_sequencer;
