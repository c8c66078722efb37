-- Supervision as chains (R52–R55): a decision follows its meeting, accountability its inspection or evaluation; the unit in
-- question answers in its own name, and the office of the platform closes what was answered. And the campaign calendar (R48).

alter table xinheng.supervision drop constraint supervision_kind_check;
alter table xinheng.supervision
  add constraint supervision_kind_check check (kind in ('progress', 'evidence', 'inspection', 'evaluation', 'accountability', 'meeting',
    'decision', 'fund', 'training', 'register', 'indicator', 'activity', 'follow-up', 'closing')),
  add column follows integer,
  add column follows_kind text,
  -- whoever answers is the unit that was asked to
  add column answering smallint generated always as (case when kind = 'follow-up' then unit end) stored,
  add constraint supervision_of_kind unique (num, kind),
  add constraint supervision_of_unit unique (num, unit),
  add constraint supervision_whole unique (num, kind, about, unit),
  add constraint supervision_follows foreign key (follows, follows_kind) references xinheng.supervision (num, kind) match full,
  add constraint supervision_answers foreign key (follows, answering) references xinheng.supervision (num, unit),
  add constraint supervision_order check (case kind
    when 'decision' then follows is null or follows_kind = 'meeting'
    when 'accountability' then follows is null or follows_kind in ('inspection', 'evaluation')
    when 'follow-up' then coalesce(follows_kind in ('decision', 'accountability'), false)
    when 'closing' then coalesce(follows_kind in ('decision', 'accountability'), false)
    else follows is null end),
  -- what is replaced is of the same kind, about the same, of the same unit, and was said before
  add constraint supervision_replaces foreign key (replaces, kind, about, unit) references xinheng.supervision (num, kind, about, unit),
  add constraint supervision_later check (replaces < num and follows < num);
create index supervision_follows_of on xinheng.supervision (follows) where follows is not null;

-- The office of the platform: of the unit that leads.
create function xinheng.is_office(p_actor integer, p_roles text[]) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.account a join xinheng.unit u on u.num = a.unit
    where a.num = p_actor and a.closed_at is null and u.kind = 'development' and a.roles && p_roles)
$$;

drop function xinheng.add_supervision;
-- Null: not this actor's to say, or not there to be followed or replaced.
create function xinheng.add_supervision(
  p_actor integer, p_kind text, p_about text, p_unit smallint, p_day date, p_replaces integer, p_follows integer, p_content jsonb
) returns integer
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_num integer; v_followed xinheng.supervision;
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{clerk,reviewer,admin}'::text[];
  if v_unit is null then return null; end if;
  if p_kind in ('progress', 'evidence', 'training', 'activity', 'follow-up') then
    if p_unit is distinct from v_unit then return null; end if;
  elsif not xinheng.is_office(p_actor, '{admin}') then return null;
  end if;
  if p_follows is not null then
    select s.* into v_followed from xinheng.supervision s where s.num = p_follows and s.about = p_about;
    -- nothing follows what was replaced
    if v_followed.num is null or exists (select from xinheng.supervision r where r.replaces = p_follows) then return null; end if;
  end if;
  insert into xinheng.supervision (kind, about, unit, day, actor, replaces, follows, follows_kind, content)
    values (p_kind, p_about, p_unit, p_day, p_actor, p_replaces, p_follows, v_followed.kind, p_content) returning num into v_num;
  return v_num;
exception when unique_violation or foreign_key_violation or check_violation then return null;
end $$;

-- Unified social credit codes (R1), in counts: organisations on file, and those whose name stands under another code too.
create function xinheng.code_figures(out organisations bigint, out doubled bigint)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select coalesce(sum(n), 0)::bigint, coalesce(sum(n) filter (where n > 1), 0)::bigint
  from (select count(*) as n from xinheng.subject s where s.kind = 6 and s.name is not null group by s.name) t
$$;

-- People by a value that their records of these items have in a slot of the body (R4): how many physicians, how many lawyers
-- have a file. A cell is an interned term's number, or the value itself after '='. Counts and nothing else.
create function xinheng.count_by_value(p_items smallint[], p_slots smallint[]) returns table (value text, people bigint)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select coalesce(t.value, ltrim(c.cell, '=')), count(distinct c.subject)
  from (select r.subject, replace(split_part(encode(r.body, 'escape'), chr(31), k.slot), '\000', '') as cell
    from unnest(p_items, p_slots) k (item, slot) join xinheng.record r on r.item = k.item) c
    left join xinheng.term t on t.num = case when c.cell ~ '^[0-9]{1,9}$' then c.cell::integer end
  where c.cell <> '' group by 1
$$;

revoke all on function xinheng.is_office, xinheng.add_supervision, xinheng.code_figures, xinheng.count_by_value from public;
grant execute on function xinheng.is_office, xinheng.add_supervision, xinheng.code_figures, xinheng.count_by_value to xinheng_app;
