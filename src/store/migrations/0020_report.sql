-- Reports (R25, B13, B14): what was issued, to whom, as of which instant, with its digest. Not the report itself: it is
-- made again from the archive when it is asked for, and then its digest must be the same. Few rows: beyond one machine a
-- reference table, because a code is looked up without its subject.

create table xinheng.report (
  num bigint generated always as identity primary key,
  -- 100 random bits: whoever holds the paper may ask whether it is genuine, nobody can guess
  code text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{20}$'),
  kind text not null check (kind in ('personal', 'organisation', 'no-violations')),
  -- the archive as it stood then
  at timestamptz not null,
  made_at timestamptz not null default xinheng.instant() check (made_at >= at),
  actor integer not null references xinheng.account,
  -- how it was read, and so how it is read again
  reading text not null check (reading in ('self', 'look-up', 'past')),
  subject uuid not null,
  subject_kind text not null,
  -- the look-up that the report is: without one there is no report (G4)
  access bigint not null unique,
  access_at timestamptz not null,
  purpose text not null,
  matter text not null,
  from_day date,
  to_day date check (to_day >= from_day),
  check ((kind = 'no-violations') = (from_day is not null and to_day is not null)),
  -- the items it speaks of; null: all
  items smallint[],
  -- where its code is checked
  address text not null,
  digest bytea not null check (octet_length(digest) = 32),
  -- what was on file then, as a digest, and the first day on which a record it shows ends by itself
  state bytea not null check (octet_length(state) = 32),
  ends date not null
);
create index report_actor on xinheng.report (actor, num);
create index report_subject on xinheng.report (subject);
comment on table xinheng.report is 'read and written by functions only: whose report it is, is decided there (G12)';

-- That somebody asked about a report by its code, by the minute: the person sees that their paper is being checked (G4).
create table xinheng.report_check (
  report bigint not null references xinheng.report,
  at timestamptz not null,
  primary key (report, at)
);

-- A digest of everything on file about a subject, of these items, as of an instant: equal as long as nothing happened.
create function xinheng.report_state(p_subject uuid, p_items smallint[], p_at timestamptz) returns bytea
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select sha256(
    coalesce((select string_agg(int8send(r.nk) || int8send(r.mac), ''::bytea order by r.nk)
      from xinheng.record r join xinheng.submission s on s.num = r.submission
      where r.subject = p_subject and s.at <= p_at and (p_items is null or r.item = any (p_items))), ''::bytea)
    || '\x00'::bytea
    || coalesce((select string_agg(int8send(a.num), ''::bytea order by a.num)
      from xinheng.action a
      where a.subject = p_subject and a.at <= p_at and (p_items is null or exists (
        select from xinheng.record r where r.subject = p_subject and r.nk between a.nk and a.nk + 1023 and r.item = any (p_items)))),
      ''::bytea))
$$;
revoke all on function xinheng.report_state from public;

-- Before a report is read: the instant it will be of (no later than now), and what is on file then. To the millisecond,
-- because that is how it is asked for again.
create function xinheng.open_report(p_subject uuid, p_items smallint[], p_at timestamptz)
returns table (at timestamptz, state bytea)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select i.at, xinheng.report_state(p_subject, p_items, i.at)
  from (select date_trunc('milliseconds', least(coalesce(p_at, xinheng.instant()), xinheng.instant())) as at) i
$$;

-- Issues a report. Null where the look-up it names is not this actor's answered look-up of this subject, or was used up.
create function xinheng.issue_report(
  p_actor integer, p_code text, p_kind text, p_at timestamptz, p_reading text, p_subject uuid, p_subject_kind text,
  p_access bigint, p_purpose text, p_matter text, p_from date, p_to date, p_items smallint[],
  p_address text, p_digest bytea, p_state bytea, p_ends date
) returns bigint
language sql security definer set search_path = pg_catalog, xinheng as $$
  insert into xinheng.report (code, kind, at, actor, reading, subject, subject_kind, access, access_at, purpose, matter,
    from_day, to_day, items, address, digest, state, ends)
  select p_code, p_kind, p_at, p_actor, p_reading, p_subject, p_subject_kind, t.num, t.at, p_purpose, p_matter,
    p_from, p_to, p_items, p_address, p_digest, p_state, p_ends
  from xinheng.access t
  where t.subject = p_subject and t.num = p_access and t.actor = p_actor and t.outcome = 0
    and exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null)
  on conflict (access) do nothing
  returning num
$$;

-- The reports an account has issued, newest first; one of them, to be made again.
create function xinheng.reports_of(p_actor integer, p_num bigint)
returns table (num bigint, code text, kind text, at timestamptz, made_at timestamptz, reading text, subject uuid,
  subject_kind text, access bigint, access_at timestamptz, purpose text, matter text, from_day date, to_day date,
  address text, digest bytea, checks bigint, checked_at timestamptz)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select r.num, r.code, r.kind, r.at, r.made_at, r.reading, r.subject, r.subject_kind, r.access, r.access_at, r.purpose,
    r.matter, r.from_day, r.to_day, r.address, r.digest, c.checks, c.checked_at
  from xinheng.report r, lateral (
    select count(*) as checks, max(k.at) as checked_at from xinheng.report_check k where k.report = r.num) c
  where r.actor = p_actor and (p_num is null or r.num = p_num)
    and exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null)
  order by r.num desc limit 200
$$;

-- Whoever holds a report asks by its code: kind, instant and digest, which stand on the paper anyway, and whether
-- anything has changed since: something came in, something was decided, a term ended, a suspension began.
create function xinheng.check_report(p_code text)
returns table (kind text, at timestamptz, digest bytea, changed boolean)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_report xinheng.report;
begin
  select r.* into v_report from xinheng.report r where r.code = p_code;
  if v_report.num is null then return; end if;
  insert into xinheng.report_check (report, at) values (v_report.num, date_trunc('minute', xinheng.instant()))
    on conflict do nothing;
  return query select v_report.kind, v_report.at, v_report.digest,
    xinheng.today() >= v_report.ends
    or xinheng.report_state(v_report.subject, v_report.items, 'infinity') <> v_report.state
    or exists (select from xinheng.action a
      where a.subject = v_report.subject and a.hides_from <= xinheng.today()
        and a.hides_from > (v_report.at at time zone 'Asia/Shanghai')::date
        and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step)
        and (v_report.items is null or exists (select from xinheng.record r where r.subject = v_report.subject
          and r.nk between a.nk and a.nk + 1023 and r.item = any (v_report.items))));
end $$;

-- Whether a report waits for one of these look-ups to be in the ledger: then the sequencer does not wait for company.
create function xinheng.report_waits(p_accesses bigint[]) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.report r where r.access = any (p_accesses))
$$;

revoke all on function xinheng.open_report, xinheng.issue_report, xinheng.reports_of, xinheng.check_report,
  xinheng.report_waits from public;
grant execute on function xinheng.open_report, xinheng.issue_report, xinheng.reports_of, xinheng.check_report to xinheng_app;
grant execute on function xinheng.report_waits to xinheng_sequencer;
