-- What one administrator may do alone to a strong role, and how an account with one is entered for the first time.
--
-- Closing an account, or taking a strong role away, happens at once and by one: somebody leaves, a password is out. It is on record with its
-- reason, it waits to be seen by a second person (another administrator, or an auditor), and giving it back takes two as ever; a
-- closed account stays closed.
--
-- A code that leads into an account with a strong role comes in two halves: whoever asked has one, whoever decided the other, and both
-- are needed. A strong role makes the password of before void: who opened the account might have set it.
alter table xinheng.account_change
  drop constraint account_change_kind_check,
  add constraint account_change_kind_check check (kind in ('roles', 'password', 'close')),
  -- strong roles that are gone by the word of one
  add column lost text[] check (lost is null or lost <> '{}' and not strong and kind <> 'password'),
  add column half bytea check (half is null or octet_length(half) = 32 and strong),
  add unique (num, actor);
create table xinheng.account_seen (
  change integer primary key,
  at timestamptz not null default xinheng.instant(),
  proposer integer not null,
  actor integer not null references xinheng.account,
  foreign key (change, proposer) references xinheng.account_change (num, actor),
  check (actor <> proposer)
);
create index account_seen_at on xinheng.account_seen using brin (at);
grant select on xinheng.account_seen to xinheng_sequencer;

-- The strong roles among some; null: none.
create function xinheng.strong_of(p_roles text[]) returns text[]
language sql immutable set search_path = pg_catalog, xinheng as $$
  select nullif(array(select r from unnest(p_roles) r where r in ('admin', 'auditor') order by r), '{}')
$$;

-- As in 0035; with the reason, which an administrator gives, as a row of its own.
drop function xinheng.close_account(integer, integer);
create function xinheng.close_account(p_actor integer, p_num integer, p_reason text) returns boolean
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_account xinheng.account; v_change integer;
begin
  select a.* into v_account from xinheng.account a where a.num = p_num for update;
  if not xinheng.may_keep_unit(p_actor, v_account.unit) or p_actor = p_num then return null; end if;
  if v_account.closed_at is not null then return false; end if;
  if p_actor is not null then
    insert into xinheng.account_change (account, actor, kind, roles, strong, reason, lost)
      values (p_num, p_actor, 'close', '{}', false, p_reason, xinheng.strong_of(v_account.roles)) returning num into v_change;
    insert into xinheng.account_decision (change, account, actor, proposer, kind, strong, approved, reason)
      values (v_change, p_num, p_actor, p_actor, 'close', false, true, p_reason);
  end if;
  update xinheng.account set closed_at = clock_timestamp() where num = p_num;
  update xinheng.session set ended_at = clock_timestamp() where account = p_num and ended_at is null;
  return true;
end $$;

-- As in 0035 and 0092; a change that leads into a strong account keeps the half of whoever asked.
drop function xinheng.change_account(integer, integer, text, text[], text, bytea);
create function xinheng.change_account(p_actor integer, p_account integer, p_kind text, p_roles text[], p_reason text, p_hash bytea, p_half bytea)
returns table (outcome smallint, change integer, halved boolean)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_account xinheng.account; v_strong boolean; v_num integer; v_decision integer; v_half bytea; v_lost text[];
begin
  select a.* into v_account from xinheng.account a where a.num = p_account and a.closed_at is null for update;
  if v_account.num is null or v_account.unit is null and p_kind = 'roles' or p_kind not in ('roles', 'password') then
    return query select 6::smallint, null::integer, false; return;
  end if;
  if p_actor is null or p_actor = p_account or not xinheng.may_keep_unit(p_actor, v_account.unit) then
    return query select 1::smallint, null::integer, false; return;
  end if;
  if 'court' = any (p_roles) and not exists (select from xinheng.unit u where u.num = v_account.unit and u.kind = 'court') then
    return query select 1::smallint, null::integer, false; return;
  end if;
  v_strong := case p_kind when 'roles' then p_roles && '{admin,auditor}'::text[]
    else v_account.subject is not null or v_account.roles && '{admin,auditor}'::text[] end;
  if exists (select from xinheng.account_change c where c.account = p_account and c.kind = p_kind
    and not exists (select from xinheng.account_decision d where d.change = c.num)) then
    return query select 10::smallint, null::integer, false; return;
  end if;
  if v_strong and (p_kind = 'password' or xinheng.strong_of(v_account.roles) is null) then v_half := p_half; end if;
  if p_kind = 'roles' and not v_strong then v_lost := xinheng.strong_of(v_account.roles); end if;
  insert into xinheng.account_change (account, actor, kind, roles, strong, reason, lost, half)
    values (p_account, p_actor, p_kind, case p_kind when 'roles' then p_roles else '{}' end, v_strong, p_reason, v_lost, v_half) returning num into v_num;
  if v_strong then return query select 2::smallint, v_num, v_half is not null; return; end if;
  insert into xinheng.account_decision (change, account, actor, proposer, kind, strong, approved, reason)
    values (v_num, p_account, p_actor, p_actor, p_kind, false, true, p_reason) returning num into v_decision;
  perform xinheng.apply_change(v_decision, p_hash);
  return query select 0::smallint, v_num, false;
end $$;

-- As in 0035; with the first strong role nobody's password opens the account until the code of two halves has set one.
create or replace function xinheng.apply_change(p_decision integer, p_hash bytea) returns void
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_change xinheng.account_change;
begin
  select c.* into v_change from xinheng.account_decision d join xinheng.account_change c on c.num = d.change where d.num = p_decision;
  if v_change.kind = 'roles' then
    update xinheng.account a set opened_roles = coalesce(a.opened_roles, a.roles), roles = v_change.roles,
        password = case when v_change.half is null then a.password else
          '$argon2id$v=19$m=19456,t=2,p=1$' || repeat('A', 22) || '$' || repeat('A', 43) end
      where a.num = v_change.account;
    update xinheng.session set ended_at = clock_timestamp() where account = v_change.account and ended_at is null;
  end if;
  if v_change.kind = 'password' or v_change.half is not null then
    insert into xinheng.account_code (decision, account, hash) values (p_decision, v_change.account, p_hash);
  end if;
end $$;

-- As in 0035 and 0092; a code of two halves is the digests of both.
drop function xinheng.use_account_code(text, bytea, text);
create function xinheng.use_account_code(p_name text, p_hash bytea, p_first bytea, p_second bytea, p_password text) returns integer
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_code xinheng.account_code;
begin
  select c.* into v_code from xinheng.account_code c join xinheng.account a on a.num = c.account
      join xinheng.account_decision d on d.num = c.decision join xinheng.account_change g on g.num = d.change
    where case when g.half is null then c.hash = p_hash else g.half = p_first and c.hash = p_second end
      and a.name = p_name and a.closed_at is null and c.at > xinheng.instant() - interval '1 day'
      and (not a.roles && '{admin,auditor}'::text[] or d.strong)
      -- a later code makes an earlier one void
      and not exists (select from xinheng.account_code e where e.account = c.account and e.decision > c.decision)
    for update of a;
  if v_code.decision is null then return null; end if;
  insert into xinheng.account_code_use (num) values (v_code.decision) on conflict do nothing;
  if not found then return null; end if;
  update xinheng.account set password = p_password where num = v_code.account;
  update xinheng.session set ended_at = clock_timestamp() where account = v_code.account and ended_at is null;
  return v_code.account;
end $$;

-- As in 0035.
drop function xinheng.account_changes(integer);
create function xinheng.account_changes(p_actor integer) returns table (
  num integer, account integer, name text, display jsonb, unit smallint, at timestamptz, proposer jsonb, mine boolean, kind text,
  roles text[], strong boolean, reason text, decided timestamptz, decider jsonb, approved boolean, decision text, halved boolean)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select c.num, c.account, a.name, a.display, a.unit, c.at, p.display, p_actor in (c.actor, c.account), c.kind, c.roles, c.strong, c.reason,
    d.at, q.display, d.approved, d.reason, c.half is not null
  from xinheng.account_change c join xinheng.account a on a.num = c.account join xinheng.account p on p.num = c.actor
    left join xinheng.account_decision d on d.change = c.num left join xinheng.account q on q.num = d.actor
  where xinheng.may_keep_unit(p_actor, a.unit)
  order by d.at is not null, c.num desc limit 500
$$;

-- May this actor see that a strong role is gone by the word of one: an administrator who keeps the account, or an auditor.
create function xinheng.may_see_loss(p_actor integer, p_unit smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select xinheng.may_keep_unit(p_actor, p_unit) or exists (
    select from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles))
$$;
create function xinheng.account_losses(p_actor integer) returns table (
  num integer, name text, display jsonb, unit smallint, at timestamptz, proposer jsonb, mine boolean, kind text, lost text[], reason text,
  seen_at timestamptz, seen_by jsonb)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select c.num, a.name, a.display, a.unit, c.at, p.display, p_actor = c.actor, c.kind, c.lost, c.reason, s.at, q.display
  from xinheng.account_change c join xinheng.account a on a.num = c.account join xinheng.account p on p.num = c.actor
    left join xinheng.account_seen s on s.change = c.num left join xinheng.account q on q.num = s.actor
  where c.lost is not null and p_actor is not null and xinheng.may_see_loss(p_actor, a.unit)
  order by s.at is not null, c.num desc limit 500
$$;
-- A second person has seen it. Outcomes: 0 done, 1 whoever did it does not see it for themself, 6 no such change, 9 seen already.
create function xinheng.see_account_loss(p_actor integer, p_change integer) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_proposer integer;
begin
  select c.actor into v_proposer from xinheng.account_change c join xinheng.account a on a.num = c.account
    where c.num = p_change and c.lost is not null and p_actor is not null and xinheng.may_see_loss(p_actor, a.unit);
  if v_proposer is null then return 6; end if;
  if v_proposer = p_actor then return 1; end if;
  insert into xinheng.account_seen (change, proposer, actor) values (p_change, v_proposer, p_actor) on conflict do nothing;
  return case when found then 0 else 9 end;
end $$;

revoke all on function xinheng.strong_of, xinheng.close_account, xinheng.change_account, xinheng.use_account_code, xinheng.account_changes,
  xinheng.may_see_loss, xinheng.account_losses, xinheng.see_account_loss from public;
grant execute on function xinheng.close_account, xinheng.change_account, xinheng.use_account_code, xinheng.account_changes,
  xinheng.account_losses, xinheng.see_account_loss to xinheng_app;
