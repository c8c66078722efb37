-- Due process (G5–G7, G9, G10): the one way to take a step, and the three ways to read cases. What may follow what is in
-- xinheng.step_rule; keys and checks on xinheng.action refuse everything else, whoever inserts.

-- Somebody who acts for a person (代理人、监护人): with an authority that was checked, within its dates.
create table xinheng.authority (
  subject uuid not null,
  num bigint generated always as identity,
  representative uuid not null,
  kind text not null check (kind in ('agent', 'guardian')),
  from_day date not null,
  until_day date not null check (until_day > from_day),
  -- the member of staff who saw the document
  granted_by integer not null references xinheng.account,
  at timestamptz not null default xinheng.instant(),
  ended_at timestamptz,
  sealed bytea not null,
  primary key (subject, num),
  check (representative <> subject)
);
create index authority_representative on xinheng.authority (representative);

-- Does an account stand for this person: as the person, or with a live authority?
create function xinheng.stands_for(p_actor integer, p_subject uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and (
    a.subject = p_subject or exists (
      select from xinheng.authority g where g.subject = p_subject and g.representative = a.subject and g.ended_at is null
        and xinheng.today() >= g.from_day and xinheng.today() < g.until_day)))
$$;

-- Which case of a machine is open about a record or a case, where the rules let there be one at a time: the wall is the
-- primary key. It says nothing that xinheng.action does not say; take_step alone keeps it.
create table xinheng.open_case (
  subject uuid not null,
  machine text not null,
  nk bigint not null,
  target bigint not null,
  file bigint not null,
  primary key (subject, machine, nk, target)
);

-- Takes one step. `p_file` null starts a case about `p_nk` (0: no record) that the unit `p_owner` answers for; else the
-- step `p_step` of that case. Dates come from the rules of the pack; the walls bind them. Outcomes: 0 taken, 1 not this
-- actor's to do, 6 no such record or case, 8 the case does not stand where this step could follow, 9 someone was first,
-- 10 a case on the same matter is open.
create function xinheng.take_step(
  p_actor integer, p_subject uuid, p_machine text, p_kind text, p_file bigint, p_step smallint, p_nk bigint,
  p_owner smallint, p_target bigint, p_pack smallint, p_window date, p_due date, p_hides date, p_sealed bytea,
  p_title jsonb default null, p_text jsonb default null
) returns table (outcome smallint, num bigint, at timestamptz, step smallint)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_last xinheng.action; v_rule xinheng.step_rule; v_account xinheng.account; v_kind text; v_num bigint; v_nk bigint;
begin
  if p_file is not null then
    select a.* into v_last from xinheng.action a where a.subject = p_subject and a.file = p_file order by a.step desc limit 1;
    if v_last.num is null or v_last.machine <> p_machine then
      return query select 6::smallint, null::bigint, null::timestamptz, null::smallint; return;
    end if;
  end if;
  select u.* into v_rule from xinheng.step_rule u
    where u.machine = p_machine and u.after = coalesce(v_last.kind, 'start') and u.kind = p_kind;
  if v_rule.kind is null or p_machine = 'record' or (p_file is not null and p_step <> v_last.step + 1) then
    return query select (case when v_rule.kind is null or p_machine = 'record' then 8 else 9 end)::smallint, null::bigint, null::timestamptz, null::smallint; return;
  end if;
  select a.* into v_account from xinheng.account a where a.num = p_actor and a.closed_at is null;
  select u.kind into v_kind from xinheng.unit u where u.num = v_account.unit;
  if not coalesce(case
    when v_rule.party = 'person' then xinheng.stands_for(p_actor, p_subject)
    when not v_account.roles && v_rule.roles then false
    when v_rule.party = 'owner' then v_account.unit = coalesce(v_last.owner, p_owner)
    when v_rule.party = 'unit' then v_account.unit is not null
    else v_kind = substr(v_rule.party, 6)
  end, false) or (v_rule.other and v_last.proposer = p_actor) then
    return query select 1::smallint, null::bigint, null::timestamptz, null::smallint; return;
  end if;
  v_nk := coalesce(v_last.nk, (p_nk >> 10) << 10);
  if v_rule.of_record then
    perform from xinheng.record r where r.subject = p_subject and r.nk between v_nk and v_nk + 1023 and r.unit = p_owner limit 1;
    if not found then return query select 6::smallint, null::bigint, null::timestamptz, null::smallint; return; end if;
  end if;
  v_num := nextval('xinheng.action_num_seq');
  if v_rule.single then
    -- two at once: the second waits here for the first, and finds its row
    insert into xinheng.open_case (subject, machine, nk, target, file) values (p_subject, p_machine, v_nk, p_target, v_num)
      on conflict (subject, machine, nk, target) do nothing;
    if not found then return query select 10::smallint, null::bigint, null::timestamptz, null::smallint; return; end if;
  end if;
  begin
    insert into xinheng.action (subject, num, nk, actor, unit, pack, kind, sealed, file, step, before, machine, after, owner, target,
      proposer, other, opens, waits, hiding, marked, window_before, window_end, due, hides_from)
    overriding system value
    values (p_subject, v_num, v_nk, p_actor, coalesce(v_account.unit, 0), p_pack, p_kind, p_sealed, coalesce(p_file, v_num),
      coalesce(v_last.step, 0) + 1, v_last.step, p_machine, v_rule.after, coalesce(v_last.owner, p_owner), coalesce(v_last.target, p_target),
      coalesce(v_last.proposer, p_actor), v_rule.other, v_rule.opens, v_rule.waits, v_rule.hiding, v_rule.marked,
      coalesce(v_last.window_end, '-infinity'), case when v_rule.opens then p_window else coalesce(v_last.window_end, '-infinity') end,
      p_due, case v_rule.hiding when 'no' then 'infinity' when 'now' then xinheng.today() else p_hides end);
  exception when unique_violation then
    return query select 9::smallint, null::bigint, null::timestamptz, null::smallint; return;
  end;
  if not exists (select from xinheng.step_rule u where u.machine = p_machine and u.after = p_kind) then
    delete from xinheng.open_case o where o.subject = p_subject and o.file = coalesce(p_file, v_num);
  end if;
  if v_rule.hiding = 'now' and v_nk <> 0 then
    perform xinheng.recall(p_subject, v_nk, v_rule.ended, v_num);
  end if;
  if p_title is not null then
    insert into xinheng.notice (subject, title, text, action) values (p_subject, p_title, p_text, v_num);
  end if;
  return query select 0::smallint, v_num, xinheng.instant(), (coalesce(v_last.step, 0) + 1)::smallint;
end $$;

-- What is read of a step; `sealed` is opened outside.
create type xinheng.step as (
  subject uuid, num bigint, nk bigint, at timestamptz, actor jsonb, unit smallint, pack smallint, kind text, sealed bytea,
  file bigint, step smallint, machine text, after text, owner smallint, target bigint, day date, window_end date, due date,
  hides_from date, marked boolean
);
create function xinheng.steps(p_subject uuid, p_file bigint) returns setof xinheng.step
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select a.subject, a.num, a.nk, a.at, case when c.subject is null then c.display end, a.unit, a.pack, a.kind, a.sealed, a.file,
    a.step, a.machine, a.after, a.owner, a.target, a.day, nullif(a.window_end, '-infinity'), a.due,
    case when a.hiding = 'later' then a.hides_from end, a.marked
  from xinheng.action a left join xinheng.account c on c.num = a.actor
  where a.subject = p_subject and a.file = coalesce(p_file, a.file) order by a.file, a.step
$$;

-- The person reads their cases: all, or one.
create function xinheng.cases_self(p_actor integer, p_subject uuid, p_file bigint) returns setof xinheng.step
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  if not xinheng.stands_for(p_actor, p_subject) then return; end if;
  perform xinheng.log_access(p_subject, p_actor, 0::smallint, 0::smallint, 3::smallint, 0::smallint, 0, 'case', ''::bytea);
  return query select * from xinheng.steps(p_subject, p_file);
end $$;

-- The queue of a unit: where each of its cases stands. No personal data: numbers, kinds and dates.
create function xinheng.case_queue(p_actor integer, p_machine text) returns table (
  subject uuid, file bigint, nk bigint, step smallint, machine text, kind text, owner smallint, day date, opened date, window_end date, due date,
  hides_from date, closed boolean)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select a.subject, a.file, a.nk, a.step, a.machine, a.kind, a.owner, a.day, f.day, nullif(a.window_end, '-infinity'), a.due,
    case when a.hiding = 'later' then a.hides_from end,
    not exists (select from xinheng.step_rule u where u.machine = a.machine and u.after = a.kind)
  from xinheng.account c
    join xinheng.unit n on n.num = c.unit
    join xinheng.action a on a.file is not null and (a.owner = c.unit or exists (
      select from xinheng.step_rule u where u.machine = a.machine and u.party = 'kind:' || n.kind and u.roles && c.roles)
      -- review bodies and courts: what waits for them, whoever answers for it
      or c.roles && '{review-body,court}'::text[] and exists (
        select from xinheng.step_rule u where u.machine = a.machine and u.after = a.kind and u.party = 'unit' and u.roles && c.roles))
    join xinheng.action f on f.subject = a.subject and f.file = a.file and f.step = 1
  where c.num = p_actor and c.closed_at is null and c.roles && '{clerk,reviewer,admin,review-body,court}'::text[]
    and (p_machine is null or a.machine = p_machine)
    and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step)
  order by 13, a.due nulls last, a.num limit 1000
$$;

-- A member of staff opens a case: its steps, the record it is about, whose it is. A look-up like every other (G4), on the
-- ground of the duty to handle it, with the case as its matter.
create function xinheng.read_case(p_actor integer, p_subject uuid, p_file bigint) returns table (
  outcome smallint, access bigint, at timestamptz, kind smallint, identity bytea, records bytea)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_first xinheng.action; v_unit smallint; v_shown bigint; v_items bytea; v_outcome smallint := 0;
begin
  at := xinheng.instant();
  select a.* into v_first from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1;
  select c.unit into v_unit from xinheng.account c join xinheng.unit n on n.num = c.unit
    where c.num = p_actor and c.closed_at is null and (
      c.unit = v_first.owner and c.roles && '{clerk,reviewer}'::text[] or exists (
        select from xinheng.step_rule u where u.machine = v_first.machine and u.party = 'kind:' || n.kind and u.roles && c.roles)
      or c.roles && '{review-body,court}'::text[]);
  if v_unit is null and (v_first.num is not null or not exists (select from xinheng.account c
    where c.num = p_actor and c.closed_at is null and c.roles && '{clerk,reviewer,admin,review-body,court}'::text[])) then v_outcome := 1;
  elsif v_first.num is null then v_outcome := 6;
  else
    select count(*), string_agg(distinct int2send(r.item), ''::bytea),
      string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, r.sealed,
        case when octet_length(r.body) = 0 then 'erased' when r.next is not null then 'superseded' end,
        r.reported, null::date)), ''::bytea order by r.nk)
      into v_shown, v_items, records
      from (select q.*, lead(q.nk) over (order by q.nk) as next, s.at as reported
        from xinheng.record q join xinheng.submission s on s.num = q.submission
        where q.subject = p_subject and v_first.nk <> 0 and q.nk between v_first.nk and v_first.nk + 1023) r;
    select s.sealed, s.kind into identity, kind from xinheng.subject s where s.subject = p_subject;
  end if;
  access := xinheng.log_access(p_subject, p_actor, coalesce(v_unit, (select c.unit from xinheng.account c where c.num = p_actor)),
    null, 1::smallint, v_outcome, coalesce(v_shown, 0), 'case ' || p_file, v_items);
  outcome := v_outcome;
  return next;
end $$;

-- The steps of a case that read_case has opened in this transaction; nothing otherwise.
create function xinheng.case_steps(p_actor integer, p_subject uuid, p_file bigint) returns setof xinheng.step
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  perform from xinheng.access t where t.subject = p_subject and t.actor = p_actor and t.at = xinheng.instant()
    and t.outcome = 0 and t.matter = 'case ' || p_file;
  if not found then return; end if;
  return query select * from xinheng.steps(p_subject, p_file);
end $$;

-- ── evidence: sealed files of a case ─────────────────────────────────────────────────────────────
create table xinheng.evidence (
  subject uuid not null,
  num bigint generated always as identity,
  file bigint not null,
  owner smallint not null,
  at timestamptz not null default xinheng.instant(),
  actor integer not null,
  type text not null check (type in ('application/pdf', 'image/jpeg', 'image/png', 'text/plain')),
  size integer not null check (size between 1 and 10485760),
  digest bytea not null check (octet_length(digest) = 32),
  -- the bytes, sealed to subject and case; the name a file had is not kept
  sealed bytea not null,
  primary key (subject, num)
);
-- what is encrypted does not compress
alter table xinheng.evidence alter column sealed set storage external;
create index evidence_of on xinheng.evidence (subject, file);

alter table xinheng.notice add column action bigint;
alter table xinheng.evidence enable row level security;
alter table xinheng.authority enable row level security;
-- both are read and written through functions alone (migration 0010)
grant select on xinheng.step_rule to xinheng_app;

revoke all on function xinheng.stands_for, xinheng.take_step, xinheng.steps, xinheng.cases_self, xinheng.case_queue,
  xinheng.read_case, xinheng.case_steps from public;
grant execute on function xinheng.take_step, xinheng.cases_self, xinheng.case_queue, xinheng.read_case, xinheng.case_steps to xinheng_app;
grant execute on function xinheng.instant to xinheng_app;
