-- What counts is the day that the finding states, not the day on which it is recorded (民法典 art 24): what was decided about the
-- person from that day on never comes back, and a consent they gave alone since then is void. What was shown meanwhile
-- stays in the log as it was, and whoever was shown it is told by the recall of each record.
drop function xinheng.enter_capacity(uuid, bigint, bigint[], bytea[]);
drop function xinheng.capacity_due(uuid, bigint);

-- As in 0023; after a restoration what was decided while they had no capacity stays hidden.
create function xinheng.capacity_due(p_subject uuid, p_num bigint, p_day date) returns setof bigint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_step xinheng.action;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.machine = 'capacity';
  if v_step.num is null then return; end if;
  perform pg_advisory_xact_lock(7304);
  if v_step.kind = 'restore' then
    return query select a.nk from xinheng.action a where a.subject = p_subject and a.machine = 'incapacity' and a.target = v_step.file
      and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step)
      and not exists (select from xinheng.record r join xinheng.capacity c on c.subject = r.subject and c.file = v_step.file and not c.restored
        where r.subject = a.subject and r.nk between a.nk and a.nk + 1023 and r.decided >= c.day and r.decided < p_day) order by 1;
  else
    return query select distinct (r.nk >> 10) << 10 from xinheng.record r join xinheng.item i on i.num = r.item
      where r.subject = p_subject and i.adverse and not exists (select from xinheng.action a
        where a.subject = p_subject and a.nk = (r.nk >> 10) << 10 and a.hiding = 'now'
          and not exists (select from xinheng.step_rule u where u.machine = a.machine and u.after = a.kind)) order by 1;
  end if;
end $$;

-- As in 0023, with the day of the finding: not one to come, and a restoration is later than its determination. Outcomes: 0 entered,
-- 7 not a day it can be of, 8 not about a person as such, 9 not the records that are due.
create function xinheng.enter_capacity(p_subject uuid, p_num bigint, p_day date, p_nks bigint[], p_sealed bytea[]) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_step xinheng.action; v_open xinheng.action; v_file bigint;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.machine = 'capacity';
  if v_step.num is null or v_step.nk <> 0 or v_step.target <> 0
    or exists (select from xinheng.subject s where s.subject = p_subject and s.kind = 6) then return 8; end if;
  if p_day is null or p_day > v_step.day or v_step.kind = 'restore' and p_day <= (
    select c.day from xinheng.capacity c where c.subject = p_subject and c.file = v_step.file and not c.restored) then return 7; end if;
  if p_nks is distinct from array(select d from xinheng.capacity_due(p_subject, p_num, p_day) d)
    or cardinality(p_sealed) <> cardinality(p_nks) then return 9; end if;
  insert into xinheng.capacity (subject, num, file, restored, day, at) values (p_subject, p_num, v_step.file, v_step.kind = 'restore',
    p_day, xinheng.instant() + (clock_timestamp() - transaction_timestamp()));
  if v_step.kind = 'determine' then
    insert into xinheng.consent_end (subject, consent) select c.subject, c.num from xinheng.consent c
      where c.subject = p_subject and c.given_by is null and (c.given_at at time zone 'Asia/Shanghai')::date >= p_day
      on conflict (subject, consent) do nothing;
  end if;
  for i in 1..cardinality(p_nks) loop
    v_file := nextval('xinheng.action_num_seq');
    if v_step.kind = 'determine' then
      insert into xinheng.action (subject, num, nk, actor, unit, pack, kind, sealed, file, machine, owner, target, proposer, hiding, hides_from)
        overriding system value
        values (p_subject, v_file, p_nks[i], v_step.actor, v_step.unit, v_step.pack, 'suspend', p_sealed[i], v_file, 'incapacity',
          v_step.owner, v_step.file, v_step.actor, 'now', v_step.day);
      perform xinheng.recall(p_subject, p_nks[i], 'suspended', v_file);
    else
      select a.* into v_open from xinheng.action a where a.subject = p_subject and a.nk = p_nks[i] and a.machine = 'incapacity'
        and a.target = v_step.file and a.step = 1;
      insert into xinheng.action (subject, num, nk, actor, unit, pack, kind, sealed, file, step, before, machine, after, owner, target, proposer,
          hiding, hides_before, hides_from)
        overriding system value
        values (p_subject, v_file, p_nks[i], v_step.actor, v_step.unit, v_step.pack, 'resume', p_sealed[i], v_open.file, 2, 1, 'incapacity',
          'suspend', v_open.owner, v_open.target, v_open.proposer, 'no', v_open.hides_from, 'infinity');
    end if;
  end loop;
  return 0;
end $$;

-- Nobody without full capacity gives a consent alone: their guardian does, whose account stands beside it (民法典 arts 22, 23, 34).
alter table xinheng.consent add column given_by integer references xinheng.account;
comment on column xinheng.consent.given_by is 'the account of the guardian who gave it; null: the person';

-- what was given alone since a finding that is on record already
insert into xinheng.consent_end (subject, consent) select o.subject, o.num from xinheng.consent o
  join xinheng.capacity c on c.subject = o.subject and not c.restored
  left join xinheng.capacity e on e.subject = c.subject and e.file = c.file and e.restored
  where o.given_at >= c.day::timestamp at time zone 'Asia/Shanghai' and (e.at is null or o.given_at < e.at)
  on conflict (subject, consent) do nothing;

-- Who may give a consent about this person: the person while no finding stands, or a guardian who has capacity.
create function xinheng.may_consent(p_subject uuid, p_by integer) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select case when p_by is null
    then not exists (select from xinheng.incapable(array[p_subject]) i where i.until_day is null)
    else exists (select from xinheng.account a join xinheng.authority g on g.subject = p_subject and g.representative = a.subject
      where a.num = p_by and a.closed_at is null and g.kind = 'guardian' and g.ended_at is null
        and xinheng.today() >= g.from_day and xinheng.today() < g.until_day
        and not exists (select from xinheng.incapable(array[a.subject]) i where i.until_day is null)) end
$$;
alter policy own on xinheng.consent using (subject = nullif(current_setting('xinheng.subject', true), '')::uuid)
  with check (subject = nullif(current_setting('xinheng.subject', true), '')::uuid and xinheng.may_consent(subject, given_by));
grant insert (given_by) on xinheng.consent to xinheng_app;

-- The consents of whom one is guardian of; the reading is in their log.
create function xinheng.consents_for(p_actor integer, p_subject uuid)
returns table (num bigint, unit smallint, purpose smallint, given_at timestamptz, expires_at timestamptz, ended_at timestamptz, given_by integer)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  if not xinheng.may_consent(p_subject, p_actor) then return; end if;
  perform xinheng.log_standing(p_subject, p_actor, 'consents');
  return query select c.num, c.unit, c.purpose, c.given_at, c.expires_at, e.at, c.given_by
    from xinheng.consent c left join xinheng.consent_end e on e.subject = c.subject and e.consent = c.num
    where c.subject = p_subject order by c.given_at desc;
end $$;

revoke all on function xinheng.capacity_due, xinheng.enter_capacity, xinheng.may_consent, xinheng.consents_for from public;
grant execute on function xinheng.capacity_due, xinheng.enter_capacity, xinheng.may_consent, xinheng.consents_for to xinheng_app;
