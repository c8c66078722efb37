-- A city and its districts on one instance (issue 5): each place has its own tasks, bulletins and figures, the office of the
-- platform is the unit that the pack names, and a district's office is the office of its district alone.

-- The places of the pack in force, upper first: rank 0 is that of whoever runs the instance.
create table xinheng.place (
  id text primary key,
  rank smallint not null unique check (rank >= 0),
  office smallint references xinheng.unit,
  -- it oversees the places below it
  oversees boolean not null
);
comment on table xinheng.place is 'the places that the instance serves, as the pack in force names them; the office of rank 0 runs the instance';
alter table xinheng.unit add column rank smallint not null default 0;
comment on column xinheng.unit.rank is 'of its place; 0 for units that no place of the pack in force names';

-- Written with the other reference rows. A pack from before places were told apart has one, led by its last lead department.
create function xinheng.apply_places(p_content jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_places jsonb := coalesce(p_content -> 'jurisdictions', jsonb_build_array(jsonb_build_object('id', p_content -> 'id', 'office',
    (select u ->> 'id' from jsonb_array_elements(p_content -> 'units') with ordinality l(u, n) where u ->> 'kind' = 'development' order by n desc limit 1))));
begin
  delete from xinheng.place;
  insert into xinheng.place (id, rank, office, oversees)
    select p ->> 'id', n - 1, (select u.num from xinheng.unit u where u.id = p ->> 'office'), p ? 'oversees'
    from jsonb_array_elements(v_places) with ordinality l(p, n);
  update xinheng.unit t set rank = s.rank from (
    select u.num, coalesce((select p.rank from jsonb_array_elements(p_content -> 'units') e join xinheng.place p on p.id = e ->> 'layer'
      where e ->> 'id' = u.id limit 1), 0) as rank from xinheng.unit u) s
    where s.num = t.num and s.rank <> t.rank;
end $$;
do $$
declare
  v_was text := pg_get_functiondef('xinheng.apply_pack'::regproc); v_now text;
begin
  v_now := replace(v_was, 'insert into xinheng.pack_applied (pack) values (p_pack);',
    'perform xinheng.apply_places(v_content);
  insert into xinheng.pack_applied (pack) values (p_pack);');
  if v_now = v_was then raise exception 'apply_pack is not the function that this migration extends'; end if;
  execute v_now;
end $$;
select xinheng.apply_places(p.content) from xinheng.pack p where p.num = xinheng.pack_in_force();

-- ── who leads where, and who sees whom ────────────────────────────────────────────────────────────
-- The office of the platform: of the unit that runs the instance.
create or replace function xinheng.is_office(p_actor integer, p_roles text[]) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.account a join xinheng.place p on p.office = a.unit and p.rank = 0
    where a.num = p_actor and a.closed_at is null and a.roles && p_roles)
$$;
-- The place whose office this actor is of; null: of none. That of the first is the office of the platform.
create function xinheng.office_place(p_actor integer, p_roles text[]) returns xinheng.place
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select p from xinheng.account a join xinheng.place p on p.office = a.unit
    where a.num = p_actor and a.closed_at is null and a.roles && p_roles order by p.rank limit 1
$$;
-- Is this actor's the office for that unit: of its place, or of one above that oversees it?
create function xinheng.is_office_for(p_actor integer, p_roles text[], p_unit smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.unit u, xinheng.office_place(p_actor, p_roles) p
    where u.num = p_unit and (u.rank = p.rank or p.oversees and u.rank > p.rank))
$$;
-- Does whoever works here see what is of that rank: of their own place, or of one below that theirs oversees?
create function xinheng.sees_rank(p_actor integer, p_rank smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.account a join xinheng.unit u on u.num = a.unit
      left join xinheng.place p on p.rank = u.rank
    where a.num = p_actor and a.closed_at is null and a.roles && '{clerk,reviewer,auditor,admin}'::text[]
      and (u.rank = p_rank or p.oversees and p_rank > u.rank))
$$;
create function xinheng.units_seen(p_actor integer) returns smallint[]
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select coalesce(array_agg(u.num), '{}') from xinheng.unit u where xinheng.sees_rank(p_actor, u.rank)
$$;

-- The texts of the site are the platform's.
create or replace function xinheng.edits_content(p_actor integer, p_role text) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select xinheng.is_office(p_actor, array[p_role])
$$;
-- Accounts are kept by the own unit, by the office of the platform, and those of a place by its office.
create or replace function xinheng.may_keep_unit(p_actor integer, p_unit smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select case when p_actor is null then session_user <> 'xinheng_app' else xinheng.is_office(p_actor, '{admin}')
    or exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and 'admin' = any (a.roles) and a.unit = p_unit)
    or exists (select from xinheng.unit u, xinheng.office_place(p_actor, '{admin}') p where u.num = p_unit and u.rank = p.rank) end
$$;

-- The publicity clock: of the own unit; for those who oversee and for the office, of the places they see.
drop function xinheng.publicity_reach(integer);
create function xinheng.publicity_reach(p_actor integer) returns smallint[]
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select case when a.roles && '{auditor,admin}'::text[] or (xinheng.office_place(p_actor, '{clerk,reviewer}')).id is not null
    then xinheng.units_seen(p_actor) else array[a.unit] end
  from xinheng.account a where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{clerk,reviewer,auditor,admin}'::text[]
$$;
do $$
declare
  v_was text := pg_get_functiondef('xinheng.first_published'::regproc); v_now text;
begin
  v_now := replace(v_was, 'from xinheng.publicity_reach($1) w
      join xinheng.record r on r.item = any (%L::smallint[]) and (w.every or r.unit = w.unit)',
    'from xinheng.publicity_reach($1) w
      join xinheng.record r on r.item = any (%L::smallint[]) and r.unit = any (w)');
  if v_now = v_was then raise exception 'first_published is not the function that this migration extends'; end if;
  execute v_now;
end $$;

-- Recalls that nobody has acknowledged: all, for the office of the platform; else those of the own place, or of the own unit.
do $$
declare
  v_was text := pg_get_functiondef('xinheng.recalls_open'::regproc); v_now text;
begin
  v_now := replace(v_was, 'and exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and ''admin'' = any (a.roles))',
    'and (xinheng.is_office(p_actor, ''{admin}'') or xinheng.is_office_for(p_actor, ''{admin}'', p.unit)
      or exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and ''admin'' = any (a.roles) and a.unit = p.unit))');
  if v_now = v_was then raise exception 'recalls_open is not the function that this migration extends'; end if;
  execute v_now;
  v_was := pg_get_functiondef('xinheng.measures_of_unit'::regproc);
  v_now := replace(v_was, 'where a.num = p_actor and', 'where (r.unit = a.unit or r.owner = a.unit or array[r.unit, r.owner] && (select xinheng.units_seen(p_actor)))
    and a.num = p_actor and');
  if v_now = v_was then raise exception 'measures_of_unit is not the function that this migration extends'; end if;
  execute v_now;
end $$;

-- ── supervision ───────────────────────────────────────────────────────────────────────────────────
-- As in 0043; what the office alone says, a district's office says of its own district.
do $$
declare
  v_was text := pg_get_functiondef('xinheng.add_supervision'::regproc); v_now text;
begin
  v_now := replace(v_was, 'elsif not xinheng.is_office(p_actor, ''{admin}'') then return null;',
    'elsif not xinheng.is_office_for(p_actor, ''{admin}'', p_unit) then return null;');
  -- and closes or decides on what is its own to close
  v_now := replace(v_now, 'where r.replaces = p_follows) then return null; end if;', 'where r.replaces = p_follows)
      or p_kind in (''decision'', ''accountability'', ''closing'') and not xinheng.is_office_for(p_actor, ''{admin}'', v_followed.unit) then return null; end if;');
  if position('v_followed.unit' in v_now) = 0 or position('is_office(' in v_now) > 0 then raise exception 'add_supervision is not the function that this migration extends'; end if;
  execute v_now;
end $$;

-- Rows of the places that the actor sees, and what belongs to them: the meeting of a decision, what was answered, and meetings
-- at which one of their units was.
create function xinheng.read_supervision(p_actor integer, p_about text) returns setof xinheng.supervision
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  with recursive seen as (
    select u.num, u.id from xinheng.unit u where u.num = any (xinheng.units_seen(p_actor))
  ), own as (
    select s.num, s.follows from xinheng.supervision s
    where s.unit in (select num from seen) or s.content -> 'present' ?| (select array_agg(id) from seen)
  ), linked as (
    select num, follows from own
    union
    select s.num, s.follows from linked l join xinheng.supervision s on s.num = l.follows
  )
  select s.* from xinheng.supervision s
  where (s.about = p_about or p_about is null)
    and (s.num in (select num from linked) or s.follows in (select num from own))
  order by s.num
$$;
revoke select on xinheng.supervision from xinheng_app;

-- ── bulletins ─────────────────────────────────────────────────────────────────────────────────────
alter table xinheng.bulletin add column place text;
comment on column xinheng.bulletin.place is 'whose bulletin it is; null: of the place that runs the instance';
create function xinheng.rank_of(p_place text) returns smallint
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select coalesce((select p.rank from xinheng.place p where p.id = p_place), 0::smallint)
$$;

-- Prepares a bulletin of the office's own place; null: not this actor's to do.
create or replace function xinheng.prepare_bulletin(p_actor integer, p_from date, p_until date, p_note text, p_figures bytea) returns integer
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_place xinheng.place := xinheng.office_place(p_actor, '{clerk,admin}'); v_num integer;
begin
  if v_place.id is null then return null; end if;
  insert into xinheng.bulletin (author, from_day, until_day, note, figures, place)
    values (p_actor, p_from, p_until, p_note, p_figures, case when v_place.rank > 0 then v_place.id end) returning num into v_num;
  return v_num;
end $$;
-- Outcomes as in 0044: another place's bulletin is none of this office's.
create or replace function xinheng.decide_bulletin(p_actor integer, p_bulletin integer, p_kind text, p_reason text) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_place xinheng.place := xinheng.office_place(p_actor, '{reviewer,admin}'); v_author integer;
begin
  if v_place.id is null then return 1; end if;
  select b.author into v_author from xinheng.bulletin b where b.num = p_bulletin and xinheng.rank_of(b.place) = v_place.rank;
  if v_author is null then return 6; end if;
  if v_author = p_actor then return 9; end if;
  insert into xinheng.bulletin_step (bulletin, kind, author, actor, reason) values (p_bulletin, p_kind, v_author, p_actor, p_reason);
  return 0;
exception when unique_violation then return 8;
end $$;
-- As in 0044, of the places that the actor sees; `number` counts the issued ones of a year and a place.
drop function xinheng.read_bulletins;
create function xinheng.read_bulletins(p_actor integer, p_bulletin integer)
returns table (num integer, at timestamptz, from_day date, until_day date, note text, digest bytea, author jsonb, mine boolean,
  state text, decided_at timestamptz, reason text, number bigint, figures bytea, place text)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select b.num, b.at, b.from_day, b.until_day, b.note, b.digest, a.display, a.num = p_actor, coalesce(s.kind, 'draft'), s.at, coalesce(s.reason, ''),
    case when s.kind = 'publish' then (select count(*) from xinheng.bulletin_step o join xinheng.bulletin x on x.num = o.bulletin
      where o.kind = 'publish' and (o.at, o.bulletin) <= (s.at, s.bulletin) and x.place is not distinct from b.place
      and date_trunc('year', o.at at time zone 'Asia/Shanghai') = date_trunc('year', s.at at time zone 'Asia/Shanghai')) end,
    case when p_bulletin is not null then b.figures end,
    (select p.id from xinheng.place p where p.rank = xinheng.rank_of(b.place))
  from xinheng.bulletin b join xinheng.account a on a.num = b.author left join xinheng.bulletin_step s on s.bulletin = b.num
  where (b.num = p_bulletin or p_bulletin is null)
    and xinheng.sees_rank(p_actor, xinheng.rank_of(b.place))
    and (s.kind is not distinct from 'publish'
      or (xinheng.office_place(p_actor, '{clerk,reviewer,auditor,admin}')).rank = xinheng.rank_of(b.place))
  order by b.num desc limit 500
$$;

-- ── figures of a place: of records that its units reported; null: of all ──────────────────────────
drop function xinheng.count_subjects(smallint[]);
create function xinheng.count_subjects(p_items smallint[], p_units smallint[] default null) returns bigint
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select count(distinct r.subject) from xinheng.record r where r.item = any (p_items) and (p_units is null or r.unit = any (p_units))
$$;
drop function xinheng.count_by_value(smallint[], smallint[], text[]);
create function xinheng.count_by_value(p_items smallint[], p_slots smallint[], p_values text[], p_units smallint[] default null) returns table (value text, people bigint)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select coalesce(t.value, ltrim(c.cell, '=')), count(distinct c.subject)
  from (select r.subject, replace(split_part(encode(r.body, 'escape'), chr(31), k.slot), '\000', '') as cell
    from unnest(p_items, p_slots) k (item, slot) join xinheng.record r on r.item = k.item and (p_units is null or r.unit = any (p_units))) c
    left join xinheng.term t on t.num = case when c.cell ~ '^[0-9]{1,9}$' then c.cell::integer end
  where c.cell <> '' and coalesce(t.value, ltrim(c.cell, '=')) = any (p_values) group by 1
$$;
drop function xinheng.code_figures();
create function xinheng.code_figures(p_units smallint[] default null, out organisations bigint, out doubled bigint)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select coalesce(sum(n), 0)::bigint, coalesce(sum(n) filter (where n > 1), 0)::bigint
  from (select count(*) as n from xinheng.subject s where s.kind = 6 and s.name is not null
    and (p_units is null or exists (select from xinheng.record r where r.subject = s.subject and r.unit = any (p_units))) group by s.name) t
$$;

-- ── the public site of a place ────────────────────────────────────────────────────────────────────
do $$
declare
  v_was text := pg_get_functiondef('xinheng.list_published'::regproc); v_now text;
begin
  v_now := replace(replace(v_was, 'p_unit smallint', 'p_units smallint[]'), '(r.unit = $2 or $2 is null)', '(r.unit = any ($2) or $2 is null)');
  v_now := replace(v_now, 'using p_items, p_unit,', 'using p_items, p_units,');
  if position('p_unit smallint' in v_now) > 0 or position('any ($2)' in v_now) = 0 then
    raise exception 'list_published is not the function that this migration extends'; end if;
  execute v_now;
  drop function xinheng.list_published(smallint[], smallint, date, date, boolean, integer, date, bigint, uuid);
  v_was := pg_get_functiondef('xinheng.list_entries'::regproc);
  v_now := replace(v_was, 'p_limit integer)', 'p_limit integer, p_units smallint[] default null)');
  v_now := replace(v_now, 'where l.list = p_list and', 'where l.list = p_list and (p_units is null or r.unit = any (p_units)) and');
  v_now := replace(v_now, 'and xinheng.names_unit($1, r.unit)', 'and xinheng.names_unit($1, r.unit) and (r.unit = any ($4) or $4 is null)');
  v_now := replace(v_now, 'p_offset, least(p_limit, 1000);', 'p_offset, least(p_limit, 1000), p_units;');
  if position('p_units smallint[] default null)' in v_now) = 0 or position('any ($4)' in v_now) = 0 or position('1000), p_units;' in v_now) = 0
    or position('l.list = p_list and (p_units' in v_now) = 0 then
    raise exception 'list_entries is not the function that this migration extends'; end if;
  execute v_now;
  drop function xinheng.list_entries(text, integer, integer);
end $$;

revoke all on function xinheng.apply_places, xinheng.office_place, xinheng.is_office_for, xinheng.sees_rank, xinheng.units_seen, xinheng.rank_of,
  xinheng.publicity_reach, xinheng.read_supervision, xinheng.read_bulletins, xinheng.count_subjects, xinheng.count_by_value, xinheng.code_figures,
  xinheng.list_published, xinheng.list_entries from public;
grant execute on function xinheng.is_office_for, xinheng.read_supervision, xinheng.read_bulletins, xinheng.count_subjects,
  xinheng.count_by_value, xinheng.code_figures, xinheng.list_published, xinheng.list_entries to xinheng_app;
grant select on xinheng.place to xinheng_app;
