-- Service (送达) of everything that starts a clock, and of every record that the pack says its person is told of (B16). The
-- notice of a record is the record: it stands in the inbox from the instant the record is on file, made from it when it is
-- read, whether it came in a file, alone, by decision on a held file or in a bundle (B11). A row in `notice` is made of it
-- only where something is to be proven: it was read, or is to be sent. Channels are tried; what cannot be sent, what nobody
-- reads and what is for somebody without an account goes on paper, by the unit that answers for it. No right depends on any
-- of this: it only tells.

-- Items of which the pack in force says that a person is told when a record of them is put on file (`notify`).
create function xinheng.told_items() returns smallint[]
language plpgsql stable security definer set search_path = pg_catalog, xinheng as $$
begin
  return array(select i.num from xinheng.item i where i.id in (
    select e ->> 'id' from xinheng.pack p, jsonb_array_elements(p.content -> 'items') e
    where p.num = xinheng.pack_in_force() and e ? 'notify'));
end $$;

-- the rows of a submission lie together until they are compacted, and are told before: a few kilobytes find them
create index record_submission on xinheng.record using brin (submission) with (pages_per_range = 32, autosummarize = on);

-- `nk`: the notice of a record, version and all. Its words are made from the record, and go with it when it is erased.
alter table xinheng.notice
  add column nk bigint,
  alter column title drop not null,
  alter column text drop not null,
  add check (num_nonnulls(title, text) = case when nk is null then 2 else 0 end);
create unique index notice_record on xinheng.notice (subject, nk) where nk is not null;

alter table xinheng.notice_try alter column at set default xinheng.instant();
-- taken by the channel, not yet delivered · will not be tried again (no such number)
alter table xinheng.notice_result
  add column accepted boolean not null default false,
  add column final boolean not null default false,
  add check (not (ok and (accepted or final)));
-- what a channel says later of what it had taken
create table xinheng.notice_receipt (
  subject uuid not null,
  notice bigint not null,
  channel text not null,
  try smallint not null,
  at timestamptz not null default xinheng.instant(),
  delivered boolean not null,
  reference text not null check (length(reference) <= 200),
  primary key (subject, notice, channel, try),
  foreign key (subject, notice, channel, try) references xinheng.notice_result (subject, notice, channel, try)
);

-- Letters: the print queue of the unit that answers for what is told; unit 0 is the operator of the platform.
create table xinheng.letter (
  subject uuid not null,
  num bigint generated always as identity,
  notice bigint not null,
  unit smallint not null,
  at timestamptz not null default xinheng.instant(),
  why text not null check (why in ('no-account', 'asked', 'failed', 'unread', 'own')),
  primary key (subject, num),
  unique (subject, notice),
  foreign key (subject, notice) references xinheng.notice (subject, num)
);
create index letter_unit on xinheng.letter (unit, num);
create table xinheng.letter_printed (
  subject uuid not null,
  letter bigint not null,
  at timestamptz not null default xinheng.instant(),
  actor integer not null references xinheng.account,
  foreign key (subject, letter) references xinheng.letter (subject, num)
);
create index letter_printed_of on xinheng.letter_printed (subject, letter);
-- What became of it, with its proof: who recorded it, which day, by what way, the number of the receipt.
create table xinheng.letter_result (
  subject uuid not null,
  letter bigint not null,
  num smallint not null check (num between 1 and 20),
  at timestamptz not null default xinheng.instant(),
  actor integer not null references xinheng.account,
  day date not null,
  how text not null check (how in ('handed', 'post', 'left', 'public', 'own')),
  receipt text not null check (length(receipt) between 1 and 200),
  ok boolean not null,
  primary key (subject, letter, num),
  foreign key (subject, letter) references xinheng.letter (subject, num),
  check (day <= (at at time zone 'Asia/Shanghai')::date)
);
create unique index letter_delivered on xinheng.letter_result (subject, letter) where ok;

-- Which submissions have been told of: 1 to whoever is told otherwise than in the inbox, 2 to who has not read it in time.
create table xinheng.submission_told (
  submission integer not null,
  pass smallint not null check (pass in (1, 2)),
  at timestamptz not null default xinheng.instant(),
  primary key (submission, pass)
);

-- ── what is proven ───────────────────────────────────────────────────────────────────────────────
create or replace function xinheng.service_of(p_subject uuid, p_notice bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select coalesce(jsonb_agg(jsonb_build_object('channel', s.channel, 'at', to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'ok', s.ok, 'by', s.by, 'reference', s.reference, 'day', s.day) order by s.at), '[]')
  from (
    select 'inbox' as channel, o.at, true as ok, '' as by, '' as reference, (o.at at time zone 'Asia/Shanghai')::date as day
      from xinheng.notice_opened o where o.subject = p_subject and o.num = p_notice
    union all
    select r.channel, coalesce(q.at, r.at), coalesce(q.delivered, r.ok), r.by, coalesce(q.reference, r.reference),
        (coalesce(q.at, r.at) at time zone 'Asia/Shanghai')::date
      from xinheng.notice_result r left join xinheng.notice_receipt q
        on q.subject = r.subject and q.notice = r.notice and q.channel = r.channel and q.try = r.try
      where r.subject = p_subject and r.notice = p_notice and (q.at is not null or not r.accepted)
    union all
    select 'paper', p.at, p.ok, p.how, p.receipt, p.day
      from xinheng.letter l join xinheng.letter_result p on p.subject = l.subject and p.letter = l.num
      where l.subject = p_subject and l.notice = p_notice
  ) s
$$;
create function xinheng.is_served(p_subject uuid, p_notice bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.notice_opened o where o.subject = p_subject and o.num = p_notice)
    or exists (select from xinheng.notice_result r left join xinheng.notice_receipt q
        on q.subject = r.subject and q.notice = r.notice and q.channel = r.channel and q.try = r.try
      where r.subject = p_subject and r.notice = p_notice and coalesce(q.delivered, r.ok))
    or exists (select from xinheng.letter l join xinheng.letter_result p on p.subject = l.subject and p.letter = l.num
      where l.subject = p_subject and l.notice = p_notice and p.ok)
$$;

-- ── the inbox ────────────────────────────────────────────────────────────────────────────────────
-- Records of a person that they are told of: the newest version of each that is held against them today.
create function xinheng.told_records(p_subject uuid) returns table (nk bigint, at timestamptz)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select r.nk, s.at
  from (select q.*, lead(q.nk) over (order by q.nk) as next from xinheng.record q where q.subject = p_subject) r
    join xinheng.item i on i.num = r.item join xinheng.submission s on s.num = r.submission
  where r.item = any ((select xinheng.told_items())::smallint[]) and (r.next is null or r.next >> 10 <> r.nk >> 10) and s.at <= xinheng.instant() and r.decided + i.longest > xinheng.today()
    and (r.nk >> 10) << 10 <> all (xinheng.hidden(p_subject, xinheng.today()))
$$;
drop function xinheng.notices_self;
-- The person reads their inbox: what they are shown is served (其本人查阅即为送达). Of the notice of a record its nk: the words
-- are made of the record, which the person reads as they read their file.
create function xinheng.notices_self(p_actor integer, p_subject uuid) returns table (
  num bigint, at timestamptz, title jsonb, text jsonb, nk bigint, machine text, kind text, file bigint, opened_at timestamptz, service jsonb)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  if not xinheng.stands_for(p_actor, p_subject) then return; end if;
  insert into xinheng.notice (subject, nk, at) select p_subject, r.nk, r.at from xinheng.told_records(p_subject) r
    on conflict do nothing;
  insert into xinheng.notice_opened (subject, num, actor)
    select n.subject, n.num, p_actor from xinheng.notice n where n.subject = p_subject order by n.at desc, n.num desc limit 500
    on conflict do nothing;
  return query
    select n.num, n.at, n.title, n.text, n.nk, a.machine, a.kind, a.file, o.at, xinheng.service_of(n.subject, n.num)
    from xinheng.notice n left join xinheng.notice_opened o on o.subject = n.subject and o.num = n.num
      left join xinheng.action a on a.subject = n.subject and a.num = n.action
    where n.subject = p_subject order by n.at desc, n.num desc limit 500;
end $$;

-- ── telling, by whoever runs it ──────────────────────────────────────────────────────────────────
-- Is there an account that reads the inbox · a channel that the person wants notices on.
create function xinheng.reads_inbox(p_subject uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.account a where a.subject = p_subject and a.closed_at is null)
$$;
create function xinheng.channels_of(p_subject uuid) returns text[]
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select array(select c.channel from (
    select distinct on (k.channel) k.channel, k.sealed from xinheng.contact k where k.subject = p_subject order by k.channel, k.num desc
  ) c where octet_length(c.sealed) > 0)
$$;

-- Makes the rows of what is to be told otherwise than in the inbox: of the records of each submission, in one statement, and
-- the letters. `p_unread`: what is older and nobody has read goes on paper. How many submissions and letters.
create function xinheng.draw_notices(p_unread timestamptz) returns table (submissions integer, letters integer)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v record; v_items smallint[] := xinheng.told_items(); v_since timestamptz := xinheng.instant() - interval '92 days'; v_today date := xinheng.today();
begin
  perform pg_advisory_xact_lock(7312);
  submissions := 0;
  for v in
    select s.num, s.at, p.pass from xinheng.submission s cross join (values (1::smallint), (2::smallint)) p(pass)
    where s.accepted and s.item = any (v_items) and s.at > v_since and s.at <= xinheng.instant() and (p.pass = 1 or s.at < p_unread)
      and not exists (select from xinheng.submission_told t where t.submission = s.num and t.pass = p.pass)
    order by s.num, p.pass limit 50
  loop
    insert into xinheng.notice (subject, nk, at)
      select r.subject, r.nk, v.at from xinheng.record r join xinheng.item i on i.num = r.item
      where r.submission = v.num and r.item = any (v_items) and r.decided + i.longest > v_today
        and (v.pass = 2 or cardinality(xinheng.channels_of(r.subject)) > 0 or not xinheng.reads_inbox(r.subject))
        and not exists (select from xinheng.record x where x.subject = r.subject and x.nk > r.nk and x.nk <= (r.nk | 1023))
        and (r.nk >> 10) << 10 <> all (xinheng.hidden(r.subject, v_today))
      on conflict do nothing;
    insert into xinheng.submission_told (submission, pass) values (v.num, v.pass);
    submissions := submissions + 1;
  end loop;
  insert into xinheng.letter (subject, notice, unit, why)
    select n.subject, n.num, coalesce(a.owner, r.unit, 0), w.why
    from xinheng.notice n
      left join xinheng.action a on a.subject = n.subject and a.num = n.action
      left join xinheng.record r on r.subject = n.subject and r.nk = n.nk
      cross join lateral (select case
        when 'paper' = any (xinheng.channels_of(n.subject)) then 'asked'
        when not xinheng.reads_inbox(n.subject) and cardinality(xinheng.channels_of(n.subject)) = 0 then 'no-account'
        when exists (select from xinheng.notice_result q left join xinheng.notice_receipt y
            on y.subject = q.subject and y.notice = q.notice and y.channel = q.channel and y.try = q.try
          where q.subject = n.subject and q.notice = n.num and (q.final or not q.ok and q.try = 8 or not y.delivered
            or q.accepted and y.at is null and q.at < p_unread)) then 'failed'
        when n.at < p_unread then 'unread'
      end as why) w
    where n.at > v_since and w.why is not null
      and not exists (select from xinheng.letter l where l.subject = n.subject and l.notice = n.num)
      and not xinheng.is_served(n.subject, n.num)
    order by n.at limit 20000;
  get diagnostics letters = row_count;
  return next;
end $$;

drop function xinheng.take_notices;
-- Hands out what is to be sent on these channels, each at most once at a time: `notice_try` is the lease. A try that failed, or
-- that nobody finished, comes again after 1, 4, 16 … minutes, at most 6 hours; after the eighth, or a final no, it rests, and goes
-- on paper. What has been read meanwhile is not sent. Of the notice of a record its item and unit, and nothing of it.
create function xinheng.take_notices(p_channels text[], p_limit integer) returns table (
  subject uuid, notice bigint, channel text, try smallint, at timestamptz, title jsonb, text jsonb, item smallint, unit smallint, contact bigint, sealed bytea)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  perform pg_advisory_xact_lock(7311);
  return query
    with due as (
      select n.subject, n.num, c.channel, (coalesce(y.tries, 0) + 1)::smallint as try, n.at, n.title, n.text, r.item, r.unit, c.num as contact, c.sealed
      from xinheng.notice n
        join lateral (
          select distinct on (k.channel) k.channel, k.num, k.sealed, min(k.at) over (partition by k.channel) as since
          from xinheng.contact k where k.subject = n.subject and k.channel = any (p_channels) order by k.channel, k.num desc
        ) c on octet_length(c.sealed) > 0 and c.since <= n.at
        left join xinheng.record r on r.subject = n.subject and r.nk = n.nk and octet_length(r.body) > 0
        left join lateral (
          select max(t.try) as tries, max(t.at) as at, bool_or(coalesce(q.ok or q.accepted or q.final, false)) as done from xinheng.notice_try t
            left join xinheng.notice_result q on q.subject = t.subject and q.notice = t.notice and q.channel = t.channel and q.try = t.try
          where t.subject = n.subject and t.notice = n.num and t.channel = c.channel
        ) y on true
      where n.at > xinheng.instant() - interval '31 days' and (n.nk is null or r.nk is not null)
        and not coalesce(y.done, false) and coalesce(y.tries, 0) < 8
        and (y.at is null or y.at + least(interval '1 minute' * 4 ^ (y.tries - 1), interval '6 hours') <= xinheng.instant())
        and not exists (select from xinheng.notice_opened o where o.subject = n.subject and o.num = n.num)
      order by n.at limit p_limit
    ), taken as (
      insert into xinheng.notice_try (subject, notice, channel, try) select d.subject, d.num, d.channel, d.try from due d returning 1
    )
    select d.subject, d.num, d.channel, d.try, d.at, d.title, d.text, d.item, d.unit, d.contact, d.sealed from due d, (select count(*) from taken) x;
end $$;

drop function xinheng.note_service;
-- What came of a try: 'delivered', 'accepted' (its receipt comes later), 'failed' (again), 'refused' (never again).
create function xinheng.note_service(p_subject uuid, p_notice bigint, p_channel text, p_try smallint, p_state text, p_by text, p_reference text)
returns void language sql security definer set search_path = pg_catalog, xinheng as $$
  insert into xinheng.notice_result (subject, notice, channel, try, ok, accepted, final, by, reference)
    values (p_subject, p_notice, p_channel, p_try, p_state = 'delivered', p_state = 'accepted', p_state = 'refused', p_by, left(p_reference, 200))
    on conflict (subject, notice, channel, try) do nothing
$$;
-- A channel says what became of what it had taken. False where it had taken no such thing.
create function xinheng.note_receipt(p_subject uuid, p_notice bigint, p_channel text, p_try smallint, p_delivered boolean, p_reference text)
returns boolean language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  perform from xinheng.notice_result r where r.subject = p_subject and r.notice = p_notice and r.channel = p_channel and r.try = p_try and r.accepted;
  if not found then return false; end if;
  insert into xinheng.notice_receipt (subject, notice, channel, try, delivered, reference)
    values (p_subject, p_notice, p_channel, p_try, p_delivered, left(p_reference, 200)) on conflict do nothing;
  return true;
end $$;

-- ── letters ──────────────────────────────────────────────────────────────────────────────────────
-- Whose letters an account prints: its unit's; the operator's too where nobody else answers.
create function xinheng.prints_for(p_actor integer, p_unit smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.account c where c.num = p_actor and c.closed_at is null and c.unit is not null
    and (c.unit = p_unit and c.roles && '{clerk,reviewer,counter}'::text[] or p_unit = 0 and 'admin' = any (c.roles)))
$$;
-- The print queue: numbers, kinds and days. Served meanwhile (read after all) is not there any more.
create function xinheng.letters(p_actor integer) returns table (
  subject uuid, num bigint, why text, at timestamptz, told_at timestamptz, machine text, kind text, file bigint, of_record boolean,
  printed_at timestamptz, failed bigint, waiting bigint)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select l.subject, l.num, l.why, l.at, n.at, a.machine, a.kind, a.file, n.nk is not null,
    (select max(p.at) from xinheng.letter_printed p where p.subject = l.subject and p.letter = l.num),
    (select count(*) from xinheng.letter_result x where x.subject = l.subject and x.letter = l.num),
    count(*) over ()
  from xinheng.letter l join xinheng.notice n on n.subject = l.subject and n.num = l.notice
    left join xinheng.action a on a.subject = n.subject and a.num = n.action
  where xinheng.prints_for(p_actor, l.unit) and l.why <> 'own' and not xinheng.is_served(n.subject, n.num)
  order by l.at, l.num limit 200
$$;
-- Prints one: whose it is, what it says, the address they gave. A look-up that the person sees (G4). Outcomes: 0, 6 not this unit's.
create function xinheng.print_letter(p_actor integer, p_subject uuid, p_num bigint) returns table (
  outcome smallint, at timestamptz, told_at timestamptz, unit smallint, kind smallint, identity bytea, title jsonb, text jsonb, nk bigint, records bytea, address bytea)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_letter xinheng.letter; v_notice xinheng.notice; v_items bytea; v_own smallint;
begin
  at := xinheng.instant();
  select l.* into v_letter from xinheng.letter l where l.subject = p_subject and l.num = p_num;
  select a.unit into v_own from xinheng.account a where a.num = p_actor;
  outcome := case when v_letter.num is not null and xinheng.prints_for(p_actor, v_letter.unit) then 0 else 6 end;
  if outcome = 0 then
    select n.* into v_notice from xinheng.notice n where n.subject = p_subject and n.num = v_letter.notice;
    told_at := v_notice.at; title := v_notice.title; text := v_notice.text; nk := v_notice.nk; unit := v_letter.unit;
    select s.sealed, s.kind into identity, kind from xinheng.subject s where s.subject = p_subject;
    select int2send(r.item), record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, ''::bytea,
        case when octet_length(r.body) = 0 then 'erased' end, s.at, (select min(x.decided) from xinheng.record x
          where x.subject = p_subject and r.nk & 1023 > 0 and x.nk between (r.nk >> 10) << 10 and r.nk)))
      into v_items, records from xinheng.record r join xinheng.submission s on s.num = r.submission
      where r.subject = p_subject and r.nk = v_notice.nk;
    select c.sealed into address from xinheng.contact c where c.subject = p_subject and c.channel = 'paper' order by c.num desc limit 1;
    insert into xinheng.letter_printed (subject, letter, actor) values (p_subject, p_num, p_actor);
  end if;
  perform xinheng.log_access(p_subject, p_actor, v_own, null, 1::smallint, outcome, case when records is null then 0 else 1 end,
    'letter ' || p_num, v_items);
  return next;
end $$;
-- Records what became of a letter. Outcomes: 0 done, 6 not this unit's, 8 a day before the letter or to come, 9 delivered before.
create function xinheng.note_letter(p_actor integer, p_subject uuid, p_num bigint, p_day date, p_how text, p_receipt text, p_ok boolean) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_letter xinheng.letter; v_count integer; v_done boolean; v_told date;
begin
  select l.* into v_letter from xinheng.letter l where l.subject = p_subject and l.num = p_num for update;
  if v_letter.num is null or not xinheng.prints_for(p_actor, v_letter.unit) then return 6; end if;
  select (n.at at time zone 'Asia/Shanghai')::date into v_told from xinheng.notice n where n.subject = p_subject and n.num = v_letter.notice;
  if p_day > xinheng.today() or p_day < v_told or p_how = 'own' then return 8; end if;
  select count(*), coalesce(bool_or(r.ok), false) into v_count, v_done from xinheng.letter_result r where r.subject = p_subject and r.letter = p_num;
  if v_done or v_count >= 20 then return 9; end if;
  insert into xinheng.letter_result (subject, letter, num, actor, day, how, receipt, ok)
    values (p_subject, p_num, v_count + 1, p_actor, p_day, p_how, p_receipt, p_ok);
  return 0;
end $$;

-- A step that says that its notice was served otherwise, with the unit's own proof (送达回证): the same as a letter delivered.
create function xinheng.note_own_service(p_subject uuid, p_num bigint, p_receipt text) returns void
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_step xinheng.action; v_notice bigint; v_letter bigint; v_count integer;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.kind = 'serve';
  select n.num into v_notice from xinheng.action a join xinheng.notice n on n.subject = a.subject and n.action = a.num
    where a.subject = p_subject and a.file = v_step.file and a.kind = 'notify' order by a.step desc limit 1;
  if v_notice is null or xinheng.is_served(p_subject, v_notice) then return; end if;
  insert into xinheng.letter (subject, notice, unit, why) values (p_subject, v_notice, v_step.owner, 'own') on conflict (subject, notice) do nothing;
  select l.num into v_letter from xinheng.letter l where l.subject = p_subject and l.notice = v_notice;
  select count(*) into v_count from xinheng.letter_result r where r.subject = p_subject and r.letter = v_letter;
  insert into xinheng.letter_result (subject, letter, num, actor, day, how, receipt, ok)
    values (p_subject, v_letter, v_count + 1, v_step.actor, v_step.day, 'own', p_receipt, true);
end $$;

-- G6: the window opens only after service is proven, and counts from then.
create or replace function xinheng.enter_window(p_subject uuid, p_num bigint) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_step xinheng.action; v_list jsonb; v_term jsonb; v_least date;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.opens;
  select xinheng.pack_rule(l.pack, 'lists', l.list, f.day) into v_list from xinheng.listing l
    join xinheng.action f on f.subject = l.subject and f.file = l.file and f.step = 1
    where l.subject = p_subject and l.file = v_step.file;
  -- the notice of the step before (of the listing) is served; that of this step (of an exemplar's publicity) is on file
  if not exists (select from xinheng.action a join xinheng.notice n on n.subject = a.subject and n.action = a.num
    where a.subject = p_subject and a.file = v_step.file
      and case when v_step.machine = 'listing' then a.kind = 'notify' and xinheng.is_served(n.subject, n.num) else a.kind = 'publicise' end)
  then return 8; end if;
  v_term := xinheng.pack_rule(v_step.pack, 'terms', v_list ->> (case when v_step.machine = 'listing' then 'window' else 'publicity' end), v_step.day);
  select xinheng.term_end(p.content -> 'calendar', v_step.day, v_term ->> 'period') into v_least from xinheng.pack p where p.num = v_step.pack;
  if v_least is null or v_step.window_end < v_least then return 8; end if;
  insert into xinheng.listing_window (subject, num, window_end, least) values (p_subject, p_num, v_step.window_end, v_least);
  return 0;
end $$;

revoke all on function xinheng.told_items, xinheng.is_served, xinheng.told_records, xinheng.notices_self, xinheng.reads_inbox, xinheng.channels_of,
  xinheng.draw_notices, xinheng.take_notices, xinheng.note_service, xinheng.note_receipt, xinheng.prints_for, xinheng.letters,
  xinheng.print_letter, xinheng.note_letter, xinheng.note_own_service from public;
grant execute on function xinheng.notices_self, xinheng.draw_notices, xinheng.take_notices, xinheng.note_service, xinheng.note_receipt,
  xinheng.letters, xinheng.print_letter, xinheng.note_letter, xinheng.note_own_service to xinheng_app;
