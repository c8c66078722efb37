-- Unusual look-ups reviewed (R19): what an auditor found of a group of look-ups or exports that was flagged, with the reason;
-- append-only. A group is named by its kind, whose it is, and its first row. Where it grows afterwards, it is there again.
create table xinheng.access_review (
  num integer generated always as identity primary key,
  at timestamptz not null default xinheng.instant(),
  actor integer not null references xinheng.account,
  flag text not null check (flag in ('volume', 'hours', 'no-matter', 'own-name', 'export', 'mass-export')),
  account integer not null references xinheng.account,
  first bigint not null,
  count integer not null check (count > 0),
  outcome text not null check (outcome in ('in-order', 'explained', 'incident')),
  reason text not null check (length(reason) between 1 and 1000),
  incident integer references xinheng.incident,
  check ((outcome = 'incident') = (incident is not null)),
  -- nobody reviews themselves, whatever role they had when they looked
  check (actor <> account)
);
create index access_review_at on xinheng.access_review using brin (at);
create index access_review_of on xinheng.access_review (account, flag, first);

-- Outcomes: 0 done, 1 not this actor's to do, 6 no such look-up or export of that account at that time.
create function xinheng.review_access(p_actor integer, p_flag text, p_account integer, p_first bigint, p_at timestamptz, p_count integer,
  p_outcome text, p_reason text, p_incident integer) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  perform from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles);
  if not found or p_actor = p_account then return 1; end if;
  if p_flag = 'mass-export' then
    perform from xinheng.export e where e.num = p_first and e.actor = p_account;
  else
    perform from xinheng.access t where t.at between p_at - interval '1 second' and p_at + interval '1 second'
      and t.num = p_first and t.actor = p_account;
  end if;
  if not found then return 6; end if;
  insert into xinheng.access_review (actor, flag, account, first, count, outcome, reason, incident)
    values (p_actor, p_flag, p_account, p_first, p_count, p_outcome, p_reason, p_incident);
  return 0;
end $$;

-- The last review of each group, for auditors.
create function xinheng.read_access_reviews(p_actor integer) returns table (
  flag text, account integer, first bigint, count integer, outcome text, reason text, incident integer, at timestamptz, display jsonb)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select distinct on (r.account, r.flag, r.first) r.flag, r.account, r.first, r.count, r.outcome, r.reason, r.incident, r.at, b.display
  from xinheng.access_review r join xinheng.account b on b.num = r.actor
  where exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles))
  order by r.account, r.flag, r.first, r.num desc
$$;
revoke all on function xinheng.review_access, xinheng.read_access_reviews from public;
grant execute on function xinheng.review_access, xinheng.read_access_reviews to xinheng_app;
grant select on xinheng.access_review to xinheng_sequencer;
