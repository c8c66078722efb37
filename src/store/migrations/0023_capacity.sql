-- An adult without full civil capacity (民法典 arts 21–24; G2): a court says so, and says when it is over. From the day it is
-- recorded nothing adverse about them is shown or used, and nothing adverse comes in. Each adverse record on file is hidden
-- by a step of its own, so that every way out, entries and measures that rest on it, recalls and the ledger follow as for any
-- other record that is hidden. These steps are nobody's to take: no role is named.
insert into xinheng.step_rule (machine, after, kind, party, roles, other, opens, waits, hiding, ended, marked, of_record, single) values
  ('capacity', 'start', 'determine', 'kind:court', '{court}', false, false, false, 'no', null, false, false, true),
  ('capacity', 'determine', 'restore', 'kind:court', '{court}', false, false, false, 'no', null, false, false, false),
  ('incapacity', 'start', 'suspend', 'unit', '{}', false, false, false, 'now', 'suspended', false, false, false),
  ('incapacity', 'suspend', 'resume', 'unit', '{}', false, false, false, 'no', null, false, false, false);

create table xinheng.capacity (
  subject uuid not null,
  num bigint not null,
  -- the case: a determination is its first step, a restoration its second
  file bigint not null,
  restored boolean not null,
  day date not null,
  at timestamptz not null,
  primary key (subject, num),
  unique (subject, file, restored)
);
comment on table xinheng.capacity is 'what follows from the steps of capacity: the key of xinheng.action that none of them commits without';

-- Of these subjects, those who are or were without full capacity: from which day, until which (null: still).
create function xinheng.incapable(p_subjects uuid[]) returns table (subject uuid, from_day date, until_day date)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select c.subject, c.day, e.day from xinheng.capacity c
    left join xinheng.capacity e on e.subject = c.subject and e.file = c.file and e.restored
  where not c.restored and c.subject = any (p_subjects)
$$;

-- An intake of adverse records asks first whether it has to look; until it has ended, no determination is recorded.
create function xinheng.watch_capacity() returns boolean
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  perform pg_advisory_xact_lock_shared(7304);
  return exists (select from xinheng.capacity);
end $$;

-- A person all of whose rows were refused leaves no identity behind: of these subjects those that have no record go.
create function xinheng.forget_bare(p_subjects uuid[]) returns void
language sql security definer set search_path = pg_catalog, xinheng as $$
  delete from xinheng.subject s where s.subject = any (p_subjects) and not exists (select from xinheng.record r where r.subject = s.subject)
$$;

-- The records that a step of capacity hides or shows again: adverse ones about this person that nothing has ended for good;
-- after a restoration those that its determination hid. Waits for intakes that are under way.
create function xinheng.capacity_due(p_subject uuid, p_num bigint) returns setof bigint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_step xinheng.action;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.machine = 'capacity';
  if v_step.num is null then return; end if;
  perform pg_advisory_xact_lock(7304);
  if v_step.kind = 'restore' then
    return query select a.nk from xinheng.action a where a.subject = p_subject and a.machine = 'incapacity' and a.target = v_step.file
      and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step) order by 1;
  else
    return query select distinct (r.nk >> 10) << 10 from xinheng.record r join xinheng.item i on i.num = r.item
      where r.subject = p_subject and i.adverse and not exists (select from xinheng.action a
        where a.subject = p_subject and a.nk = (r.nk >> 10) << 10 and a.hiding = 'now'
          and not exists (select from xinheng.step_rule u where u.machine = a.machine and u.after = a.kind)) order by 1;
  end if;
end $$;

-- Enters what follows, in the transaction of the step: `p_sealed` says of each of these records why. Outcomes: 0 entered,
-- 8 not about a person as such, 9 not the records that are due.
create function xinheng.enter_capacity(p_subject uuid, p_num bigint, p_nks bigint[], p_sealed bytea[]) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_step xinheng.action; v_open xinheng.action; v_file bigint;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.machine = 'capacity';
  if v_step.num is null or v_step.nk <> 0 or v_step.target <> 0
    or exists (select from xinheng.subject s where s.subject = p_subject and s.kind = 6) then return 8; end if;
  if p_nks is distinct from array(select d from xinheng.capacity_due(p_subject, p_num) d)
    or cardinality(p_sealed) <> cardinality(p_nks) then return 9; end if;
  insert into xinheng.capacity (subject, num, file, restored, day, at) values (p_subject, p_num, v_step.file, v_step.kind = 'restore',
    v_step.day, xinheng.instant() + (clock_timestamp() - transaction_timestamp()));
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

-- The key that no code path can forget: what a court has said does not commit without what follows from it.
alter table xinheng.action
  add column capacity bigint generated always as (case when machine = 'capacity' then num end) stored,
  add foreign key (subject, capacity) references xinheng.capacity (subject, num) deferrable initially deferred;

revoke all on function xinheng.incapable, xinheng.forget_bare, xinheng.watch_capacity, xinheng.capacity_due, xinheng.enter_capacity from public;
grant execute on function xinheng.incapable, xinheng.forget_bare, xinheng.watch_capacity, xinheng.capacity_due, xinheng.enter_capacity to xinheng_app;
