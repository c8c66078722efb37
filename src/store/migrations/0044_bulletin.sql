-- The bulletin (通报, R7, R53) as it was issued: its figures as bytes with their digest, written once, approved by a second
-- person of the office. What is known later makes the next bulletin, never this one.

create table xinheng.bulletin (
  num integer generated always as identity primary key,
  at timestamptz not null default xinheng.instant(),
  author integer not null references xinheng.account,
  from_day date not null,
  until_day date not null,
  note text not null check (length(note) <= 2000),
  figures bytea not null check (octet_length(figures) between 2 and 4000000),
  digest bytea not null generated always as (sha256(figures)) stored,
  check (from_day <= until_day and until_day <= (at at time zone 'Asia/Shanghai')::date),
  unique (num, author)
);
create table xinheng.bulletin_step (
  bulletin integer primary key,
  kind text not null check (kind in ('publish', 'reject')),
  at timestamptz not null default xinheng.instant(),
  author integer not null,
  actor integer not null references xinheng.account,
  reason text not null check (length(reason) <= 500),
  foreign key (bulletin, author) references xinheng.bulletin (num, author),
  -- nobody issues what they prepared
  check (actor <> author),
  check (kind = 'publish' or length(reason) > 0)
);

-- Prepares a bulletin; null: not this actor's to do.
create function xinheng.prepare_bulletin(p_actor integer, p_from date, p_until date, p_note text, p_figures bytea) returns integer
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_num integer;
begin
  if not xinheng.is_office(p_actor, '{clerk,admin}') then return null; end if;
  insert into xinheng.bulletin (author, from_day, until_day, note, figures) values (p_actor, p_from, p_until, p_note, p_figures)
    returning num into v_num;
  return v_num;
end $$;

-- Outcomes: 0 done, 1 not this actor's to do, 6 no such bulletin, 8 decided already, 9 their own.
create function xinheng.decide_bulletin(p_actor integer, p_bulletin integer, p_kind text, p_reason text) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_author integer;
begin
  if not xinheng.is_office(p_actor, '{reviewer,admin}') then return 1; end if;
  select b.author into v_author from xinheng.bulletin b where b.num = p_bulletin;
  if v_author is null then return 6; end if;
  if v_author = p_actor then return 9; end if;
  insert into xinheng.bulletin_step (bulletin, kind, author, actor, reason) values (p_bulletin, p_kind, v_author, p_actor, p_reason);
  return 0;
exception when unique_violation then return 8;
end $$;

-- Issued bulletins are for all who work here; one that is prepared or was rejected is the office's alone. `number` counts the
-- issued ones of a year. The figures only of the one that was asked for.
create function xinheng.read_bulletins(p_actor integer, p_bulletin integer)
returns table (num integer, at timestamptz, from_day date, until_day date, note text, digest bytea, author jsonb, mine boolean,
  state text, decided_at timestamptz, reason text, number bigint, figures bytea)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select b.num, b.at, b.from_day, b.until_day, b.note, b.digest, a.display, a.num = p_actor, coalesce(s.kind, 'draft'), s.at, coalesce(s.reason, ''),
    case when s.kind = 'publish' then (select count(*) from xinheng.bulletin_step o where o.kind = 'publish' and (o.at, o.bulletin) <= (s.at, s.bulletin)
      and date_trunc('year', o.at at time zone 'Asia/Shanghai') = date_trunc('year', s.at at time zone 'Asia/Shanghai')) end,
    case when p_bulletin is not null then b.figures end
  from xinheng.bulletin b join xinheng.account a on a.num = b.author left join xinheng.bulletin_step s on s.bulletin = b.num
  where (b.num = p_bulletin or p_bulletin is null)
    and exists (select from xinheng.account w where w.num = p_actor and w.closed_at is null and w.roles && '{clerk,reviewer,auditor,admin}'::text[])
    and (s.kind is not distinct from 'publish' or xinheng.is_office(p_actor, '{clerk,reviewer,auditor,admin}'))
  order by b.num desc limit 500
$$;

revoke all on function xinheng.prepare_bulletin, xinheng.decide_bulletin, xinheng.read_bulletins from public;
grant execute on function xinheng.prepare_bulletin, xinheng.decide_bulletin, xinheng.read_bulletins to xinheng_app;
