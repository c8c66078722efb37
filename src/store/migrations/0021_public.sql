-- The public face (R32, R42, R44, R47–R49, R51; G5, G12): what the law publishes of organisations, the texts of the site, and
-- tips. Decisions of organisations are read where they stand: there is no copy that could outlive them.

-- G12's wall: no item about natural persons can be published, whatever a pack says.
alter table xinheng.item
  add column published boolean not null default false,
  add constraint item_publishes_no_person check (not (published and person));

-- Newest first without a copy: an index over the published items alone, so that records of persons do not carry it.
-- The owner, whenever a pack is loaded; nothing happens where it is right already.
create function xinheng.index_published() returns boolean
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_items text := (select string_agg(i.num::text, ',' order by i.num) from xinheng.item i where i.published);
begin
  if obj_description(to_regclass('xinheng.record_published'), 'pg_class') is not distinct from 'items ' || v_items then return false; end if;
  drop index if exists xinheng.record_published;
  if v_items is null then return true; end if;
  execute format('create index record_published on xinheng.record (decided, nk, subject) where item = any (%L::smallint[])', '{' || v_items || '}');
  execute format('comment on index xinheng.record_published is %L', 'items ' || v_items);
  return true;
end $$;

-- May the public see this record today? Of an organisation, of a published item, its last version, within the longest term
-- of its item and its own clock (B2), neither ended nor hidden by a case nor erased: the condition of look_up, without an actor.
create function xinheng.is_public(r xinheng.record) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select octet_length(r.body) > 0
    and exists (
      select from xinheng.item i where i.num = r.item and i.published and not i.person
        and least(r.decided, case when r.nk & 1023 > 0 then (select min(x.decided) from xinheng.record x
          where x.subject = r.subject and x.nk between (r.nk >> 10) << 10 and r.nk) end) + i.longest > xinheng.today()
        and (not i.entry or exists (select from xinheng.action d
          where d.subject = r.subject and d.nk = (r.nk >> 10) << 10 and d.machine in ('listing', 'exemplar') and d.kind = 'determine')))
    and exists (select from xinheng.subject s where s.subject = r.subject and s.kind = 6 and s.name is not null)
    and not exists (select from xinheng.record x where x.subject = r.subject and x.nk between r.nk + 1 and r.nk | 1023)
    and (r.nk >> 10) << 10 <> all (xinheng.hidden(r.subject, xinheng.today()))
$$;

-- What leaves: never the sealed part. `record` is packed like those of the gate, with when it was first reported; `marks` are
-- the cases that travel with it (G9).
create type xinheng.published as (
  subject uuid, identity bytea, record bytea, marks bytea, decided date, nk bigint
);
create function xinheng.publish(r xinheng.record) returns xinheng.published
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select r.subject, s.sealed, record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, ''::bytea, null::text, f.at, f.decided)),
    xinheng.marks(r.subject, xinheng.instant()), r.decided, r.nk
  from xinheng.subject s, (
    select min(u.at) as at, case when r.nk & 1023 > 0 then min(x.decided) end as decided
    from xinheng.record x join xinheng.submission u on u.num = x.submission
    where x.subject = r.subject and x.nk between (r.nk >> 10) << 10 and r.nk) f
  where s.subject = r.subject
$$;

-- Published records in the order of their decisions, from a place on. Nobody is asked who they are: it is publication.
create function xinheng.list_published(
  p_items smallint[], p_unit smallint, p_from date, p_until date, p_oldest boolean, p_limit integer,
  p_decided date default null, p_nk bigint default null, p_subject uuid default null
) returns setof xinheng.published
language plpgsql stable security definer set search_path = pg_catalog, xinheng as $$
declare
  -- written into the statement, so that the planner sees that the index is for it
  v_items text := (select array_agg(i.num order by i.num)::text from xinheng.item i where i.published);
begin
  if v_items is null then return; end if;
  return query execute format($q$
    select p.* from (
      select r, r.decided, r.nk, r.subject from xinheng.record r
      where r.item = any (%1$L::smallint[]) and r.item = any ($1) and (r.unit = $2 or $2 is null)
        and r.decided >= coalesce($3, '-infinity') and r.decided <= coalesce($4, 'infinity')
        and %2$s and xinheng.is_public(r)
      order by r.decided %3$s, r.nk %3$s, r.subject %3$s limit $5
    ) c, xinheng.publish(c.r) p order by c.decided %3$s, c.nk %3$s, c.subject %3$s $q$,
    v_items,
    case when p_decided is null then '($6, $7, $8) is not null'
      when p_oldest then '(r.decided, r.nk, r.subject) > ($6, $7, $8)' else '(r.decided, r.nk, r.subject) < ($6, $7, $8)' end,
    case when p_oldest then 'asc' else 'desc' end)
    using p_items, p_unit, p_from, p_until, least(p_limit, 2000), coalesce(p_decided, 'epoch'), coalesce(p_nk, 0),
      coalesce(p_subject, '00000000-0000-0000-0000-000000000000');
end $$;

-- All that is published of organisations.
create function xinheng.published_of(p_subjects uuid[]) returns setof xinheng.published
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select p.* from xinheng.record r, xinheng.publish(r) p
  where r.subject = any (p_subjects[1:50]) and xinheng.is_public(r) order by r.decided desc, r.nk
$$;

-- Organisations by name of which something is published: names that begin so first, then names that have it in them.
create function xinheng.search_published(p_name text, p_limit integer) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, xinheng as $$
declare
  v_like text := replace(replace(replace(p_name, '\', '\\'), '%', '\%'), '_', '\_');
  v_limit integer := least(p_limit, 50); v_found uuid[];
begin
  if length(p_name) < 2 then return; end if;
  v_found := array(select s.subject from xinheng.subject s where s.name like v_like || '%' and s.kind = 6
    and exists (select from xinheng.record r where r.subject = s.subject and xinheng.is_public(r)) order by s.name limit v_limit);
  if cardinality(v_found) < v_limit then
    v_found := v_found || array(select s.subject from xinheng.subject s where s.name like '%' || v_like || '%' and s.kind = 6
      and s.subject <> all (v_found) and exists (select from xinheng.record r where r.subject = s.subject and xinheng.is_public(r))
      order by s.name limit v_limit - cardinality(v_found));
  end if;
  return query select unnest(v_found);
end $$;

-- ── the publicity clock (R47): how long decisions took to be published, in counts ─────────────────
-- Whose clocks somebody sees: those of their unit; all, for those who oversee and for the unit that leads.
create function xinheng.publicity_reach(p_actor integer, out unit smallint, out every boolean)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select a.unit, a.roles && '{auditor,admin}'::text[] or u.kind = 'development' and a.roles && '{clerk,reviewer}'::text[]
  from xinheng.account a join xinheng.unit u on u.num = a.unit
  where a.num = p_actor and a.closed_at is null and a.roles && '{clerk,reviewer,auditor,admin}'::text[]
$$;
create function xinheng.first_published(p_actor integer, p_from date, p_until date)
returns table (r xinheng.record, reported date)
language plpgsql stable security definer set search_path = pg_catalog, xinheng as $$
declare
  v_items text := (select array_agg(i.num order by i.num)::text from xinheng.item i where i.published);
begin
  if v_items is null then return; end if;
  return query execute format($q$
    select r, (u.at at time zone 'Asia/Shanghai')::date
    from xinheng.publicity_reach($1) w
      join xinheng.record r on r.item = any (%L::smallint[]) and (w.every or r.unit = w.unit)
      join xinheng.submission u on u.num = r.submission
    where r.nk & 1023 = 0 and r.decided between $2 and $3 and xinheng.is_public(r)$q$, v_items) using p_actor, p_from, p_until;
end $$;
create function xinheng.publicity_counts(p_actor integer, p_from date, p_until date)
returns table (unit smallint, item smallint, decided date, reported date, count bigint)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select (f.r).unit, (f.r).item, (f.r).decided, f.reported, count(*) from xinheng.first_published(p_actor, p_from, p_until) f group by 1, 2, 3, 4
$$;
-- The records behind counts that may be late: published more than so many days after their decision, newest first.
create function xinheng.publicity_slow(p_actor integer, p_from date, p_until date, p_days integer)
returns setof xinheng.published
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select p.* from (
    select f.r from xinheng.first_published(p_actor, p_from, p_until) f where f.reported - (f.r).decided > p_days
    order by (f.r).decided desc, (f.r).nk limit 500) c, xinheng.publish(c.r) p
$$;

-- ── the texts of the site (R44, R48, R49, R51): draft, review by another, published, withdrawn ────
create table xinheng.content (
  num integer generated always as identity primary key,
  kind text not null check (kind in ('policy', 'knowledge', 'exemplar', 'case', 'campaign', 'answer')),
  opened_at timestamptz not null default xinheng.instant(),
  unique (num, kind)
);
create table xinheng.content_version (
  content integer not null,
  version smallint not null check (version between 1 and 999),
  kind text not null,
  author integer not null references xinheng.account,
  at timestamptz not null default xinheng.instant(),
  title jsonb not null,
  body jsonb not null,
  -- the document's date, the campaign's day
  day date,
  -- first day no longer shown
  until date,
  -- where a natural person is named: the document of their separate consent to be shown (个人信息保护法 art 25)
  consent text check (length(consent) between 1 and 100),
  primary key (content, version),
  unique (content, version, author),
  foreign key (content, kind) references xinheng.content (num, kind),
  check (length(title ->> 'zh') between 1 and 120 and length(title ->> 'en') between 1 and 240),
  check (length(body ->> 'zh') between 1 and 20000 and length(body ->> 'en') between 1 and 40000),
  check (day < until),
  check (kind <> 'campaign' or day is not null),
  -- an exemplar is shown for a time and then renewed or gone (R49)
  check (kind <> 'exemplar' or until is not null),
  -- a case is told without identities (R44): nobody can have consented in it
  check (kind <> 'case' or consent is null)
);
create table xinheng.content_step (
  content integer not null,
  version smallint not null,
  kind text not null check (kind in ('submit', 'publish', 'reject', 'withdraw')),
  after text check (after is not distinct from case kind when 'submit' then null when 'withdraw' then 'publish' else 'submit' end),
  actor integer not null references xinheng.account,
  author integer not null,
  at timestamptz not null default xinheng.instant(),
  reason text not null check (length(reason) <= 500),
  primary key (content, version, kind),
  foreign key (content, version, author) references xinheng.content_version (content, version, author),
  foreign key (content, version, after) references xinheng.content_step (content, version, kind),
  -- nobody publishes what they wrote
  check (kind not in ('publish', 'reject') or actor <> author),
  check (kind not in ('reject', 'withdraw') or length(reason) > 0)
);
create unique index content_step_verdict on xinheng.content_step (content, version) where kind in ('publish', 'reject');

-- What the public reads: of each text the version published last, unless it was withdrawn or its time is over.
create view xinheng.content_public as
  select l.* from (
    select distinct on (v.content) v.content, v.version, v.kind, v.title, v.body, v.day, v.until, v.consent is not null as person, p.at as published_at
    from xinheng.content_version v
      join xinheng.content_step p on p.content = v.content and p.version = v.version and p.kind = 'publish'
    order by v.content, v.version desc) l
  where (l.until is null or l.until > xinheng.today())
    and not exists (select from xinheng.content_step w where w.content = l.content and w.version = l.version and w.kind = 'withdraw');

create function xinheng.edits_content(p_actor integer, p_role text) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.account a join xinheng.unit u on u.num = a.unit
    where a.num = p_actor and a.closed_at is null and u.kind = 'development' and p_role = any (a.roles))
$$;
-- Writes a draft: a new text, or the next version of one. Outcomes: 0 done, 1 not this actor's to do, 6 no such text.
create function xinheng.write_content(
  p_actor integer, p_content integer, p_kind text, p_title jsonb, p_body jsonb, p_day date, p_until date, p_consent text,
  out outcome smallint, out num integer, out version smallint)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  outcome := 0;
  if not xinheng.edits_content(p_actor, 'clerk') then outcome := 1; return; end if;
  if p_content is null then
    insert into xinheng.content (kind) values (p_kind) returning content.num into num;
  else
    select c.num into num from xinheng.content c where c.num = p_content and c.kind = p_kind for update;
    if num is null then outcome := 6; return; end if;
  end if;
  select coalesce(max(v.version), 0) + 1 into version from xinheng.content_version v where v.content = write_content.num;
  insert into xinheng.content_version (content, version, kind, author, title, body, day, until, consent)
    values (num, version, p_kind, p_actor, p_title, p_body, p_day, p_until, p_consent);
end $$;
-- Takes a step with the newest version (withdrawal: with the published one). 8: it does not stand where this could follow.
create function xinheng.step_content(p_actor integer, p_content integer, p_version smallint, p_kind text, p_reason text) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_author integer; v_last smallint;
begin
  if not xinheng.edits_content(p_actor, case p_kind when 'submit' then 'clerk' else 'reviewer' end) then return 1; end if;
  perform from xinheng.content c where c.num = p_content for update;
  select v.author into v_author from xinheng.content_version v where v.content = p_content and v.version = p_version;
  if v_author is null then return 6; end if;
  if p_kind in ('publish', 'reject') and v_author = p_actor then return 1; end if;
  select max(v.version) into v_last from xinheng.content_version v where v.content = p_content;
  if p_kind <> 'withdraw' and p_version <> v_last then return 8; end if;
  insert into xinheng.content_step (content, version, kind, after, actor, author, reason)
    values (p_content, p_version, p_kind, case p_kind when 'submit' then null when 'withdraw' then 'publish' else 'submit' end,
      p_actor, v_author, p_reason);
  return 0;
exception when unique_violation or foreign_key_violation then return 8;
end $$;
-- Every text as the desk sees it: its newest version, where it stands, and which version is published.
create function xinheng.read_contents(p_actor integer, p_content integer)
returns table (num integer, kind text, version smallint, title jsonb, body jsonb, day date, until date, consent text, at timestamptz,
  author jsonb, mine boolean, state text, reason text, published smallint)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select c.num, c.kind, v.version, v.title, v.body, v.day, v.until, v.consent, v.at, a.display, a.num = p_actor,
    coalesce(s.kind, 'draft'), coalesce(s.reason, ''),
    (select w.version from xinheng.content_public w where w.content = c.num)
  from xinheng.content c
    join lateral (select x.* from xinheng.content_version x where x.content = c.num order by x.version desc limit 1) v on true
    join xinheng.account a on a.num = v.author
    left join lateral (select x.kind, x.reason from xinheng.content_step x where x.content = c.num and x.version = v.version
      order by array_position('{submit,reject,publish,withdraw}'::text[], x.kind) desc limit 1) s on true
  where (xinheng.edits_content(p_actor, 'clerk') or xinheng.edits_content(p_actor, 'reviewer')) and (c.num = p_content or p_content is null)
  order by c.num desc limit 1000
$$;

-- ── tips and complaints (R42): never a record by themselves: nothing here names a subject ─────────
create sequence xinheng.tip_num as integer;
create table xinheng.tip (
  num integer primary key,
  -- of the follow-up code, keyed; the code itself only its owner has
  code_hash bytea not null unique check (octet_length(code_hash) = 32),
  kind text not null check (kind in ('tip', 'complaint', 'question', 'suggestion')),
  at timestamptz not null default xinheng.instant()
);
-- 1 'file' is the text itself; then it is passed on (route) until it is answered, and nothing follows
create table xinheng.tip_step (
  tip integer not null references xinheng.tip,
  num smallint not null check (num between 1 and 50),
  before smallint check (before is not distinct from nullif(num - 1, 0)),
  after text check ((after is null) = (num = 1) and after in ('file', 'route')),
  kind text not null check (kind in ('file', 'route', 'answer') and (kind = 'file') = (num = 1)),
  -- the unit that has to act from here on; of an answer, the one that answered
  unit smallint not null references xinheng.unit,
  actor integer references xinheng.account check ((actor is null) = (num = 1)),
  at timestamptz not null default xinheng.instant(),
  sealed bytea not null,
  primary key (tip, num),
  unique (tip, num, kind),
  foreign key (tip, before, after) references xinheng.tip_step (tip, num, kind)
);
create index tip_step_unit on xinheng.tip_step (unit, tip);

create function xinheng.file_tip(p_num integer, p_code_hash bytea, p_kind text, p_unit smallint, p_sealed bytea) returns timestamptz
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  insert into xinheng.tip (num, code_hash, kind) values (p_num, p_code_hash, p_kind);
  insert into xinheng.tip_step (tip, num, kind, unit, sealed) values (p_num, 1, 'file', p_unit, p_sealed);
  return xinheng.instant();
end $$;
create function xinheng.tip_by_code(p_code_hash bytea)
returns table (tip integer, kind text, num smallint, step text, unit smallint, at timestamptz, sealed bytea)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select t.num, t.kind, s.num, s.kind, s.unit, s.at, case when s.kind <> 'route' then s.sealed end
  from xinheng.tip t join xinheng.tip_step s on s.tip = t.num where t.code_hash = p_code_hash order by s.num
$$;
-- Where the tips of a unit stand: those it has to answer first. No text.
create function xinheng.tip_queue(p_actor integer)
returns table (tip integer, kind text, at timestamptz, step smallint, state text, since timestamptz)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select t.num, t.kind, t.at, s.num, s.kind, s.at
  from xinheng.account a join xinheng.tip_step s on s.unit = a.unit join xinheng.tip t on t.num = s.tip
  where a.num = p_actor and a.closed_at is null and a.roles && '{clerk,reviewer}'::text[]
    and not exists (select from xinheng.tip_step n where n.tip = s.tip and n.num > s.num)
  order by s.kind = 'answer', t.num limit 500
$$;
-- The unit that has it reads it; a reading is a row of the log like every other (B12).
create function xinheng.read_tip(p_actor integer, p_tip integer)
returns table (tip integer, kind text, num smallint, step text, unit smallint, at timestamptz, sealed bytea)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a where a.num = p_actor and a.closed_at is null and a.roles && '{clerk,reviewer}'::text[];
  perform from (select s.unit from xinheng.tip_step s where s.tip = p_tip order by s.num desc limit 1) l where l.unit = v_unit;
  if not found then return; end if;
  perform xinheng.log_access('00000000-0000-0000-0000-000000000000', p_actor, v_unit, 0::smallint, 6::smallint, 0::smallint, 1, 'tip ' || p_tip, ''::bytea);
  return query select t.num, t.kind, s.num, s.kind, s.unit, s.at, s.sealed
    from xinheng.tip t join xinheng.tip_step s on s.tip = t.num where t.num = p_tip order by s.num;
end $$;
create function xinheng.step_tip(p_actor integer, p_tip integer, p_step smallint, p_kind text, p_unit smallint, p_sealed bytea) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_last xinheng.tip_step; v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a where a.num = p_actor and a.closed_at is null and a.roles && '{clerk,reviewer}'::text[];
  select s.* into v_last from xinheng.tip_step s where s.tip = p_tip order by s.num desc limit 1;
  if v_last.unit is distinct from v_unit or v_unit is null then return 6; end if;
  if v_last.num + 1 <> p_step or v_last.kind = 'answer' or p_kind = 'file' then return 8; end if;
  insert into xinheng.tip_step (tip, num, before, after, kind, unit, actor, sealed)
    values (p_tip, p_step, v_last.num, v_last.kind, p_kind, case p_kind when 'route' then p_unit else v_unit end, p_actor, p_sealed);
  return 0;
exception when unique_violation then return 9;
end $$;
create function xinheng.tip_counts() returns table (kind text, answered boolean, count bigint)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select t.kind, exists (select from xinheng.tip_step s where s.tip = t.num and s.kind = 'answer'), count(*) from xinheng.tip t group by 1, 2
$$;

grant select on xinheng.content_public to xinheng_app;
grant usage on sequence xinheng.tip_num to xinheng_app;
grant execute on function xinheng.today to xinheng_app;
grant execute on function xinheng.list_published, xinheng.published_of, xinheng.search_published, xinheng.publicity_counts,
  xinheng.publicity_slow, xinheng.write_content, xinheng.step_content, xinheng.read_contents, xinheng.file_tip, xinheng.tip_by_code,
  xinheng.tip_queue, xinheng.read_tip, xinheng.step_tip, xinheng.tip_counts to xinheng_app;
