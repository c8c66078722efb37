-- Service of notices (送达): the inbox, and beside it the channels the person has opted into. Served is what was read in the
-- inbox, or what a channel took; each is a row. There is no queue: what is to be sent is what has not been sent
-- (decisions/005), and no right depends on sending (B2).

alter table xinheng.notice alter column at set default xinheng.instant();
create index notice_at on xinheng.notice using brin (at);

create table xinheng.notice_opened (
  subject uuid not null,
  num bigint not null,
  at timestamptz not null default xinheng.instant(),
  actor integer not null references xinheng.account,
  primary key (subject, num),
  foreign key (subject, num) references xinheng.notice (subject, num)
);

-- Where a person wants notices sent, sealed to them; the last row of a channel counts, empty: not any more.
create table xinheng.contact (
  subject uuid not null,
  num bigint generated always as identity,
  channel text not null check (channel in ('sms', 'mail', 'paper')),
  at timestamptz not null default xinheng.instant(),
  sealed bytea not null,
  primary key (subject, num)
);
alter table xinheng.contact enable row level security;
create policy own on xinheng.contact using (subject = nullif(current_setting('xinheng.subject', true), '')::uuid);
grant select on xinheng.contact to xinheng_app;
grant insert (subject, channel, sealed) on xinheng.contact to xinheng_app;

-- Each try to send: taken by a sender, then its result. What leaves the database for a sender leaves its row here first.
create table xinheng.notice_try (
  subject uuid not null,
  notice bigint not null,
  channel text not null,
  try smallint not null check (try between 1 and 8),
  at timestamptz not null default clock_timestamp(),
  primary key (subject, notice, channel, try),
  foreign key (subject, notice) references xinheng.notice (subject, num)
);
create table xinheng.notice_result (
  subject uuid not null,
  notice bigint not null,
  channel text not null,
  try smallint not null,
  at timestamptz not null default xinheng.instant(),
  ok boolean not null,
  -- what took it (adapter), and its number or code: never content
  by text not null check (length(by) <= 100),
  reference text not null check (length(reference) <= 200),
  primary key (subject, notice, channel, try),
  foreign key (subject, notice, channel, try) references xinheng.notice_try (subject, notice, channel, try)
);

-- Hands out what is to be sent on these channels, each at most once at a time: `notice_try` is the lease. A try that failed, or
-- that nobody finished, comes again after 1, 4, 16 … minutes, at most 6 hours; after the eighth it rests. A month is long enough.
create function xinheng.take_notices(p_channels text[], p_limit integer) returns table (
  subject uuid, notice bigint, channel text, try smallint, title jsonb, text jsonb, contact bigint, sealed bytea)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  perform pg_advisory_xact_lock(7311);
  return query
    with due as (
      select n.subject, n.num, c.channel, (coalesce(y.tries, 0) + 1)::smallint as try, n.title, n.text, c.num as contact, c.sealed
      from xinheng.notice n
        join lateral (
          select distinct on (k.channel) k.channel, k.num, k.sealed, min(k.at) over (partition by k.channel) as since
          from xinheng.contact k where k.subject = n.subject and k.channel = any (p_channels) order by k.channel, k.num desc
        ) c on octet_length(c.sealed) > 0 and c.since <= n.at
        left join lateral (
          select max(t.try) as tries, max(t.at) as at, bool_or(coalesce(r.ok, false)) as sent from xinheng.notice_try t
            left join xinheng.notice_result r on r.subject = t.subject and r.notice = t.notice and r.channel = t.channel and r.try = t.try
          where t.subject = n.subject and t.notice = n.num and t.channel = c.channel
        ) y on true
      where n.at > xinheng.instant() - interval '31 days'
        and not coalesce(y.sent, false) and coalesce(y.tries, 0) < 8
        and (y.at is null or y.at + least(interval '1 minute' * 4 ^ (y.tries - 1), interval '6 hours') <= clock_timestamp())
      order by n.at limit p_limit
    ), taken as (
      insert into xinheng.notice_try (subject, notice, channel, try) select d.subject, d.num, d.channel, d.try from due d returning 1
    )
    select d.subject, d.num, d.channel, d.try, d.title, d.text, d.contact, d.sealed from due d, (select count(*) from taken) x;
end $$;

create function xinheng.note_service(p_subject uuid, p_notice bigint, p_channel text, p_try smallint, p_ok boolean, p_by text, p_reference text)
returns void language sql security definer set search_path = pg_catalog, xinheng as $$
  insert into xinheng.notice_result (subject, notice, channel, try, ok, by, reference)
    values (p_subject, p_notice, p_channel, p_try, p_ok, p_by, left(p_reference, 200))
    on conflict (subject, notice, channel, try) do nothing
$$;

-- What is proven of a notice's service: channel, when, by what, whether it got there.
create function xinheng.service_of(p_subject uuid, p_notice bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select coalesce(jsonb_agg(jsonb_build_object('channel', s.channel, 'at', to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'ok', s.ok, 'by', s.by) order by s.at), '[]')
  from (
    select 'inbox' as channel, o.at, true as ok, '' as by from xinheng.notice_opened o where o.subject = p_subject and o.num = p_notice
    union all
    select r.channel, r.at, r.ok, r.by from xinheng.notice_result r where r.subject = p_subject and r.notice = p_notice
  ) s
$$;

-- The person reads their inbox: what they are shown is served (其本人查阅即为送达).
create function xinheng.notices_self(p_actor integer, p_subject uuid) returns table (
  num bigint, at timestamptz, title jsonb, text jsonb, opened_at timestamptz, service jsonb)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  if not xinheng.stands_for(p_actor, p_subject) then return; end if;
  insert into xinheng.notice_opened (subject, num, actor)
    select n.subject, n.num, p_actor from xinheng.notice n where n.subject = p_subject order by n.num desc limit 500
    on conflict do nothing;
  return query
    select n.num, n.at, n.title, n.text, o.at, xinheng.service_of(n.subject, n.num)
    from xinheng.notice n left join xinheng.notice_opened o on o.subject = n.subject and o.num = n.num
    where n.subject = p_subject order by n.num desc limit 500;
end $$;

-- The desk: how the notices of a case were served, in the transaction that opened the case (read_case); nothing otherwise.
create function xinheng.case_service(p_actor integer, p_subject uuid, p_file bigint) returns table (step smallint, at timestamptz, service jsonb)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  perform from xinheng.access t where t.subject = p_subject and t.actor = p_actor and t.at = xinheng.instant()
    and t.outcome = 0 and t.matter = 'case ' || p_file;
  if not found then return; end if;
  return query
    select a.step, n.at, xinheng.service_of(n.subject, n.num)
    from xinheng.action a join xinheng.notice n on n.subject = a.subject and n.action = a.num
    where a.subject = p_subject and a.file = p_file order by a.step;
end $$;
create index notice_action on xinheng.notice (subject, action) where action is not null;

revoke all on function xinheng.take_notices, xinheng.note_service, xinheng.service_of, xinheng.notices_self, xinheng.case_service from public;
grant execute on function xinheng.take_notices, xinheng.note_service, xinheng.notices_self, xinheng.case_service to xinheng_app;
