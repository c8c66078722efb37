-- Recall (G10, B4): when a record ends early or is corrected, everyone who was given it is told, in the same transaction,
-- and must acknowledge. Nothing here is personal data: numbers, kinds and days. The notice they get is signed when it is
-- read (operations/recall): the text and an Ed25519 signature follow from the row.

-- What was handed on otherwise than by a look-up: to a peer, in a report. Whoever hands a record on says so here.
create table xinheng.handover (
  subject uuid not null,
  num bigint generated always as identity,
  nk bigint not null,
  at timestamptz not null default xinheng.instant(),
  kind text not null check (kind in ('peer', 'report')),
  -- the unit that answers for the recipient and acknowledges; 0: nobody need
  unit smallint not null default 0,
  name text not null check (length(name) between 1 and 100),
  primary key (subject, num)
);
comment on column xinheng.handover.name is 'which peer, which report: never a person';

create table xinheng.recall (
  subject uuid not null,
  num bigint generated always as identity,
  nk bigint not null,
  kind text not null check (kind in ('withdrawn', 'superseded', 'erased', 'refuted', 'repaired', 'removed', 'suspended', 'ended')),
  at timestamptz not null default xinheng.instant(),
  day date not null default xinheng.today(),
  -- the step that ended it, or the submission that corrected it; neither where its term ended
  action bigint,
  submission integer,
  primary key (subject, num),
  unique (subject, action),
  check (num_nonnulls(action, submission) = case when kind = 'ended' then 0 else 1 end),
  check ((submission is null) = (kind <> 'superseded'))
);
create unique index recall_ended on xinheng.recall (subject, nk) where kind = 'ended';
create table xinheng.recall_recipient (
  subject uuid not null,
  recall bigint not null,
  kind text not null check (kind in ('unit', 'peer', 'report', 'public')),
  unit smallint not null,
  name text not null default '',
  -- the look-up it was last given in, and its matter: so that the unit finds its copy
  access bigint,
  matter text not null default '',
  given timestamptz not null,
  primary key (subject, recall, kind, unit, name),
  foreign key (subject, recall) references xinheng.recall (subject, num)
);
create index recall_recipient_unit on xinheng.recall_recipient (unit, given) where unit <> 0;
create table xinheng.recall_receipt (
  subject uuid not null,
  recall bigint not null,
  unit smallint not null,
  at timestamptz not null default xinheng.instant(),
  actor integer not null references xinheng.account,
  -- destroyed it, replaced it by what is right, kept no copy, or keeps it by law without using it
  did text not null check (did in ('destroyed', 'replaced', 'no-copy', 'kept-by-law')),
  primary key (subject, recall, unit),
  foreign key (subject, recall) references xinheng.recall (subject, num)
);

-- Recalls a record: whoever was given it since it came in, and not told of an end since. Internal: called where a record
-- ends, by the functions that end it. Opening a case in order to decide it is not a use of the record.
create function xinheng.recall(p_subject uuid, p_nk bigint, p_kind text, p_action bigint, p_submission integer default null, p_day date default null)
returns bigint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_nk bigint := (p_nk >> 10) << 10; v_items bytea[]; v_since timestamptz; v_public boolean; v_told timestamptz; v_num bigint;
begin
  select min(s.at), array_agg(distinct int2send(r.item)), bool_or(i.published) into v_since, v_items, v_public
    from xinheng.record r join xinheng.item i on i.num = r.item left join xinheng.submission s on s.num = r.submission
    where r.subject = p_subject and r.nk between v_nk and v_nk + 1023;
  select max(c.at) into v_told from xinheng.recall c where c.subject = p_subject and c.nk = v_nk and c.kind <> 'superseded';
  v_since := greatest(v_since, v_told);
  if p_kind = 'superseded' and not exists (select from xinheng.access t
      where t.subject = p_subject and t.at >= v_since and t.outcome = 0 and t.ground in (1, 2, 4, 5))
    and not exists (select from xinheng.handover h where h.subject = p_subject and h.nk = v_nk) and not v_public
  then return null; end if;
  insert into xinheng.recall (subject, nk, kind, action, submission, day)
    values (p_subject, v_nk, p_kind, p_action, p_submission, coalesce(p_day, xinheng.today())) returning num into v_num;
  insert into xinheng.recall_recipient (subject, recall, kind, unit, name, access, matter, given)
    select p_subject, v_num, 'unit', t.unit, '', t.num, t.matter, t.at
    from (
      -- the last look-up of each unit, one that the person may know of where there is one
      select distinct on (t.unit) t.unit, t.num, t.matter, t.at from xinheng.access t
        left join xinheng.access_withheld w on w.subject = t.subject and w.access = t.num and w.until > xinheng.today()
      where t.subject = p_subject and t.at >= v_since and t.outcome = 0 and t.unit <> 0
        and (t.ground in (2, 4, 5) or t.ground = 1 and t.purpose <> 0)
        and exists (select from generate_series(1, octet_length(t.items), 2) g where substr(t.items, g, 2) = any (v_items))
      order by t.unit, (w.access is null) desc, t.num desc) t
    union all
    select p_subject, v_num, h.kind, h.unit, h.name, null, '', max(h.at) from xinheng.handover h
    where h.subject = p_subject and h.nk = v_nk and h.at > coalesce(v_told, '-infinity') group by h.kind, h.unit, h.name
    union all
    -- the open site reads the gate: what ended is off it at once, and nobody need acknowledge
    select p_subject, v_num, 'public', 0, '', null, '', v_since where v_public and v_since is not null;
  return v_num;
end $$;

-- The key that no code path can forget: a step that ends a record does not commit without its recall.
alter table xinheng.action
  add column recalled bigint generated always as (case when hiding = 'now' and nk <> 0 then num end) stored,
  add foreign key (subject, recalled) references xinheng.recall (subject, action) deferrable initially deferred;

-- What a unit has been told to stop using: open ones first.
create function xinheng.recall_queue(p_actor integer) returns table (
  subject uuid, num bigint, nk bigint, kind text, at timestamptz, day date, file bigint, via text, name text, access bigint, matter text,
  given timestamptz, received_at timestamptz, received_by jsonb, did text)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select c.subject, c.num, c.nk, c.kind, c.at, c.day, a.file, p.kind, p.name, p.access, p.matter, p.given, q.at, b.display, q.did
  from xinheng.account o
    join xinheng.recall_recipient p on p.unit = o.unit
    join xinheng.recall c on c.subject = p.subject and c.num = p.recall
    left join xinheng.action a on a.subject = c.subject and a.num = c.action
    left join xinheng.recall_receipt q on q.subject = p.subject and q.recall = p.recall and q.unit = p.unit
    left join xinheng.account b on b.num = q.actor
  where o.num = p_actor and o.closed_at is null and o.roles && '{officer,counter,clerk,reviewer,admin,review-body,court}'::text[]
  order by q.at is not null, c.num desc limit 500
$$;

-- The unit acknowledges, with what it did. Outcomes as of the gate: 0 done, 1 not this actor's to do, 6 no such recall of
-- this unit's, 9 acknowledged already.
create function xinheng.acknowledge_recall(p_actor integer, p_subject uuid, p_recall bigint, p_did text) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a where a.num = p_actor and a.closed_at is null
    and a.roles && '{officer,counter,clerk,reviewer,admin,review-body,court}'::text[];
  if v_unit is null then return 1; end if;
  perform from xinheng.recall_recipient p where p.subject = p_subject and p.recall = p_recall and p.unit = v_unit;
  if not found then return 6; end if;
  insert into xinheng.recall_receipt (subject, recall, unit, actor, did) values (p_subject, p_recall, v_unit, p_actor, p_did)
    on conflict (subject, recall, unit) do nothing;
  return case when found then 0 else 9 end;
end $$;

-- The person: which of their records were recalled, from whom, and who has acknowledged. A withheld look-up stays so.
create function xinheng.recalls_self(p_actor integer, p_subject uuid) returns table (
  num bigint, nk bigint, kind text, at timestamptz, day date, file bigint, via text, unit smallint, name text, given timestamptz,
  received_at timestamptz, did text)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  if not xinheng.stands_for(p_actor, p_subject) then return; end if;
  perform xinheng.log_access(p_subject, p_actor, 0::smallint, 0::smallint, 3::smallint, 0::smallint, 0, 'recall', ''::bytea);
  return query
    select c.num, c.nk, c.kind, c.at, c.day, a.file, p.kind, p.unit, p.name, p.given, q.at, q.did
    from xinheng.recall c
      left join xinheng.action a on a.subject = c.subject and a.num = c.action
      left join xinheng.recall_recipient p on p.subject = c.subject and p.recall = c.num and not exists (
        select from xinheng.access_withheld w where w.subject = p.subject and w.access = p.access and w.until > xinheng.today())
      left join xinheng.recall_receipt q on q.subject = p.subject and q.recall = p.recall and q.unit = p.unit
    where c.subject = p_subject order by c.num desc, p.kind, p.unit;
end $$;

-- What no one has acknowledged yet, for the operator of the platform, oldest first: units, kinds and days.
create function xinheng.recalls_open(p_actor integer) returns table (
  subject uuid, num bigint, kind text, day date, via text, unit smallint, name text)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select c.subject, c.num, c.kind, c.day, p.kind, p.unit, p.name
  from xinheng.recall c join xinheng.recall_recipient p on p.subject = c.subject and p.recall = c.num
  where p.unit <> 0
    and exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and 'admin' = any (a.roles))
    and not exists (select from xinheng.recall_receipt q where q.subject = p.subject and q.recall = p.recall and q.unit = p.unit)
  order by c.day, c.num limit 1000
$$;

-- Records that a unit was given in the look-ups of a period and that nothing has ended early: whether their term has ended
-- since is for the fold to say (clocks are read, not run). Without sealed fields; what comes of it is numbers and days. One
-- row in the log for the list, as for a search.
create function xinheng.received_records(p_actor integer, p_from timestamptz, p_until timestamptz) returns table (
  subject uuid, access bigint, given timestamptz, matter text, records bytea)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a where a.num = p_actor and a.closed_at is null
    and a.roles && '{officer,counter,clerk,reviewer,admin,review-body,court}'::text[];
  if v_unit is null then return; end if;
  perform xinheng.log_access('00000000-0000-0000-0000-000000000000', p_actor, v_unit, 0::smallint, 6::smallint, 0::smallint, 0, 'recall', ''::bytea);
  return query
    select t.subject, t.num, t.at, t.matter, string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body,
      ''::bytea, null::text, null::timestamptz, r.first)), ''::bytea order by r.nk)
    from (
      select distinct on (t.subject) t.subject, t.num, t.at, t.matter, t.items from xinheng.access t
      where t.at >= p_from and t.at < p_until and t.unit = v_unit and t.outcome = 0 and t.shown > 0
        and (t.ground = 2 or t.ground = 1 and t.purpose <> 0)
      order by t.subject, t.num desc limit 1000
    ) t
    cross join lateral (
      select q.*, lead(q.nk) over (order by q.nk) as next, case when q.nk & 1023 > 0 then (select min(x.decided) from xinheng.record x
        where x.subject = q.subject and x.nk between (q.nk >> 10) << 10 and q.nk) end as first
      from xinheng.record q where q.subject = t.subject
    ) r join xinheng.submission s on s.num = r.submission
    where (r.next is null or r.next >> 10 <> r.nk >> 10) and s.at <= t.at
      and exists (select from generate_series(1, octet_length(t.items), 2) g where substr(t.items, g, 2) = int2send(r.item))
      and (r.nk >> 10) << 10 <> all (xinheng.hidden(t.subject, xinheng.today()))
      and not exists (select from xinheng.recall c join xinheng.recall_receipt q on q.subject = c.subject and q.recall = c.num and q.unit = v_unit
        where c.subject = r.subject and c.nk = (r.nk >> 10) << 10 and c.kind = 'ended')
    group by t.subject, t.num, t.at, t.matter;
end $$;

-- A unit acknowledges the end of a term: the recall becomes a row then, for everybody who was given the record.
create function xinheng.acknowledge_end(p_actor integer, p_subject uuid, p_nk bigint, p_day date, p_did text) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_num bigint; v_nk bigint := (p_nk >> 10) << 10;
begin
  if p_day > xinheng.today() then return 8; end if;
  perform pg_advisory_xact_lock(hashtextextended('recall/' || p_subject || '/' || v_nk, 0));
  select c.num into v_num from xinheng.recall c where c.subject = p_subject and c.nk = v_nk and c.kind = 'ended';
  if v_num is null then
    -- only a unit that was given it says so
    perform from xinheng.account a join xinheng.access t on t.subject = p_subject and t.unit = a.unit and t.outcome = 0 and t.shown > 0
      join xinheng.record r on r.subject = p_subject and r.nk between v_nk and v_nk + 1023
      where a.num = p_actor and a.closed_at is null and a.unit is not null and (t.ground = 2 or t.ground = 1 and t.purpose <> 0)
        and exists (select from generate_series(1, octet_length(t.items), 2) g where substr(t.items, g, 2) = int2send(r.item)) limit 1;
    if not found then return 6; end if;
    v_num := xinheng.recall(p_subject, v_nk, 'ended', null, null, p_day);
  end if;
  return xinheng.acknowledge_recall(p_actor, p_subject, v_num, p_did);
end $$;

grant insert (subject, nk, kind, unit, name) on xinheng.handover to xinheng_app;
revoke all on function xinheng.recall, xinheng.recall_queue, xinheng.acknowledge_recall, xinheng.recalls_self, xinheng.recalls_open,
  xinheng.received_records, xinheng.acknowledge_end from public;
grant execute on function xinheng.recall_queue, xinheng.acknowledge_recall, xinheng.recalls_self, xinheng.recalls_open,
  xinheng.received_records, xinheng.acknowledge_end to xinheng_app;
