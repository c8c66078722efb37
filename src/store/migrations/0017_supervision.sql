-- The tasks of the policy documents under supervision (R52–R55), and the figures of the bulletin (R7). No row here is about
-- a person. Append-only: what was wrong is replaced by a later row that says so; the state is a fold (domain/supervision.ts).

create table xinheng.supervision (
  num integer generated always as identity primary key,
  kind text not null check (kind in ('progress', 'evidence', 'inspection', 'evaluation', 'accountability', 'meeting', 'decision', 'fund', 'training', 'register', 'indicator')),
  -- what it is about: a task, a programme, a body, a fund, a key group or an indicator of the pack
  about text not null check (length(about) between 1 and 80),
  unit smallint not null references xinheng.unit,
  day date not null,
  actor integer not null references xinheng.account,
  at timestamptz not null default xinheng.instant(),
  replaces integer unique references xinheng.supervision,
  content jsonb not null check (octet_length(content::text) <= 20000),
  check (day <= (at at time zone 'Asia/Shanghai')::date)
);
create index supervision_about on xinheng.supervision (about, kind);

-- Units say what they did, in their own name; only the office of the platform inspects, evaluates, keeps meetings and funds.
create function xinheng.add_supervision(
  p_actor integer, p_kind text, p_about text, p_unit smallint, p_day date, p_replaces integer, p_content jsonb
) returns integer
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_account xinheng.account; v_num integer;
begin
  select a.* into v_account from xinheng.account a where a.num = p_actor and a.closed_at is null and a.unit is not null;
  if v_account.num is null then return null; end if;
  if p_kind in ('progress', 'evidence', 'training') then
    if p_unit is distinct from v_account.unit or not v_account.roles && '{clerk,reviewer,admin}'::text[] then return null; end if;
  elsif not 'admin' = any (v_account.roles) then return null;
  end if;
  -- a row is replaced by one of its own kind, about the same, of the same unit
  if p_replaces is not null and not exists (
    select from xinheng.supervision s where s.num = p_replaces and s.kind = p_kind and s.about = p_about and s.unit = p_unit) then return null; end if;
  insert into xinheng.supervision (kind, about, unit, day, actor, replaces, content)
    values (p_kind, p_about, p_unit, p_day, p_actor, p_replaces, p_content) returning num into v_num;
  return v_num;
end $$;

-- People with at least one record of these items: the numerator of a key group's coverage (R4). A count and nothing else.
create function xinheng.count_subjects(p_items smallint[]) returns bigint
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select count(distinct r.subject) from xinheng.record r where r.item = any (p_items)
$$;

-- Cases by unit and machine between two days: how many were decided within their term, how many late, how many are silent.
create function xinheng.case_figures(p_from date, p_until date)
returns table (unit smallint, machine text, opened bigint, closed bigint, in_time bigint, late bigint, silent bigint)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  with last as (
    select a.owner, a.machine, a.due, a.hiding, a.hides_from, a.day, a.step, a.subject, a.file,
      not exists (select from xinheng.step_rule u where u.machine = a.machine and u.after = a.kind) as done,
      (select b.due from xinheng.action b where b.subject = a.subject and b.file = a.file and b.due is not null and b.step < a.step order by b.step desc limit 1) as owed,
      (select f.day from xinheng.action f where f.subject = a.subject and f.file = a.file and f.step = 1) as opened
    from xinheng.action a
    where a.file is not null and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step)
  )
  select l.owner, l.machine, count(*), count(*) filter (where l.done),
    count(*) filter (where l.done and (l.owed is null or l.day <= l.owed)),
    count(*) filter (where l.done and l.day > l.owed or not l.done and l.due < xinheng.today()),
    count(*) filter (where not l.done and l.hiding = 'later' and l.hides_from <= xinheng.today())
  from last l where l.opened >= coalesce(p_from, '-infinity') and l.opened <= coalesce(p_until, 'infinity')
  group by l.owner, l.machine order by l.owner, l.machine
$$;

revoke all on function xinheng.add_supervision, xinheng.count_subjects, xinheng.case_figures from public;
grant execute on function xinheng.add_supervision, xinheng.count_subjects, xinheng.case_figures to xinheng_app;
grant select on xinheng.supervision to xinheng_app;
