-- Accounts at the desk (R18): an administrator keeps the accounts of the own unit; one of the unit that leads the platform
-- keeps all. Whoever gets a strong role (administrator, auditor), or a new password for one, gets it from two: one asks, another decides.
-- Every act is a row; what an account may do today is what the last row that took effect says.

-- roles as the account was opened with, once they have changed: the ledger's leaf of its opening stays true
alter table xinheng.account add column opened_roles text[];
grant select (opened_roles) on xinheng.account to xinheng_sequencer;

create table xinheng.account_change (
  num integer generated always as identity primary key,
  account integer not null references xinheng.account,
  at timestamptz not null default xinheng.instant(),
  actor integer not null references xinheng.account,
  kind text not null check (kind in ('roles', 'password')),
  roles text[] not null,
  -- needs a second person: it gives a strong role, or a way into an account that has one
  strong boolean not null,
  reason text not null check (length(reason) between 1 and 500),
  check (actor <> account),
  check (strong or not roles && '{admin,auditor}'::text[]),
  unique (num, account, actor, strong, kind)
);
create table xinheng.account_decision (
  num integer generated always as identity unique,
  change integer primary key,
  account integer not null,
  at timestamptz not null default xinheng.instant(),
  actor integer not null references xinheng.account,
  proposer integer not null,
  kind text not null,
  strong boolean not null,
  approved boolean not null,
  reason text not null check (length(reason) between 1 and 500),
  foreign key (change, account, proposer, strong, kind) references xinheng.account_change (num, account, actor, strong, kind),
  -- nobody decides what they asked for, where it takes two; nobody decides about themselves
  check (actor <> proposer or (not strong and approved)),
  check (actor <> account)
);
-- A code that sets a new password once, within a day; of the code its digest alone is kept.
create table xinheng.account_code (
  decision integer primary key references xinheng.account_decision (num),
  account integer not null references xinheng.account,
  at timestamptz not null default xinheng.instant(),
  hash bytea not null unique check (octet_length(hash) = 32)
);
create table xinheng.account_code_use (
  num integer primary key references xinheng.account_code,
  at timestamptz not null default xinheng.instant()
);
create index account_change_at on xinheng.account_change using brin (at);
create index account_decision_at on xinheng.account_decision using brin (at);
create index account_code_use_at on xinheng.account_code_use using brin (at);

-- May this administrator keep accounts of this unit? Those of persons are kept by the unit that leads.
create function xinheng.may_keep_unit(p_actor integer, p_unit smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select case when p_actor is null then session_user <> 'xinheng_app' else exists (
    select from xinheng.account a join xinheng.unit u on u.num = a.unit
    where a.num = p_actor and a.closed_at is null and 'admin' = any (a.roles) and (a.unit = p_unit or u.kind = 'development')) end
$$;

create or replace function xinheng.open_account(
  p_actor integer, p_name text, p_display jsonb, p_unit smallint, p_roles text[], p_subject uuid, p_password text
) returns integer
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_num integer;
begin
  if not xinheng.may_keep_unit(p_actor, p_unit) then return null; end if;
  -- a strong role takes two: it is asked for once the account is there
  if p_actor is not null and p_roles && '{admin,auditor}'::text[] then return null; end if;
  -- a court's right to read what is no longer shown belongs to courts
  if 'court' = any (p_roles) and not exists (select from xinheng.unit u where u.num = p_unit and u.kind = 'court') then
    return null;
  end if;
  insert into xinheng.account (name, display, unit, roles, subject, password)
    values (p_name, p_display, p_unit, p_roles, p_subject, p_password) returning num into v_num;
  return v_num;
end $$;

create or replace function xinheng.close_account(p_actor integer, p_num integer) returns boolean
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_closed integer;
begin
  if not xinheng.may_keep_unit(p_actor, (select a.unit from xinheng.account a where a.num = p_num)) or p_actor = p_num then return null; end if;
  update xinheng.account set closed_at = clock_timestamp() where num = p_num and closed_at is null returning num into v_closed;
  update xinheng.session set ended_at = clock_timestamp() where account = p_num and ended_at is null;
  return v_closed is not null;
end $$;

-- Takes effect: the roles change, and sessions end, for they were opened with others; or a code is issued.
create function xinheng.apply_change(p_decision integer, p_hash bytea) returns void
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_change xinheng.account_change;
begin
  select c.* into v_change from xinheng.account_decision d join xinheng.account_change c on c.num = d.change where d.num = p_decision;
  if v_change.kind = 'roles' then
    update xinheng.account a set opened_roles = coalesce(a.opened_roles, a.roles), roles = v_change.roles where a.num = v_change.account;
    update xinheng.session set ended_at = clock_timestamp() where account = v_change.account and ended_at is null;
  else
    insert into xinheng.account_code (decision, account, hash) values (p_decision, v_change.account, p_hash);
  end if;
end $$;

-- Asks for a change. Outcomes: 0 in effect, 1 not this actor's to do, 2 waits for a second person, 6 no such account,
-- 10 one like it waits already.
create function xinheng.change_account(p_actor integer, p_account integer, p_kind text, p_roles text[], p_reason text, p_hash bytea)
returns table (outcome smallint, change integer)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_account xinheng.account; v_strong boolean; v_num integer; v_decision integer;
begin
  select a.* into v_account from xinheng.account a where a.num = p_account and a.closed_at is null for update;
  if v_account.num is null or v_account.unit is null and p_kind = 'roles' then return query select 6::smallint, null::integer; return; end if;
  if p_actor is null or p_actor = p_account or not xinheng.may_keep_unit(p_actor, v_account.unit) then
    return query select 1::smallint, null::integer; return;
  end if;
  if 'court' = any (p_roles) and not exists (select from xinheng.unit u where u.num = v_account.unit and u.kind = 'court') then
    return query select 1::smallint, null::integer; return;
  end if;
  v_strong := case p_kind when 'roles' then p_roles && '{admin,auditor}'::text[]
    else v_account.roles && '{admin,auditor}'::text[] end;
  if exists (select from xinheng.account_change c where c.account = p_account and c.kind = p_kind
    and not exists (select from xinheng.account_decision d where d.change = c.num)) then
    return query select 10::smallint, null::integer; return;
  end if;
  insert into xinheng.account_change (account, actor, kind, roles, strong, reason)
    values (p_account, p_actor, p_kind, case p_kind when 'roles' then p_roles else '{}' end, v_strong, p_reason) returning num into v_num;
  if v_strong then return query select 2::smallint, v_num; return; end if;
  insert into xinheng.account_decision (change, account, actor, proposer, kind, strong, approved, reason)
    values (v_num, p_account, p_actor, p_actor, p_kind, false, true, p_reason) returning num into v_decision;
  perform xinheng.apply_change(v_decision, p_hash);
  return query select 0::smallint, v_num;
end $$;

-- The second person decides. Outcomes: 0 done, 1 not this actor's to do, 6 no such change, 8 the account is closed or has
-- changed its kind since, 9 decided already.
create function xinheng.decide_account(p_actor integer, p_change integer, p_approve boolean, p_reason text, p_hash bytea) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_change xinheng.account_change; v_account xinheng.account; v_decision integer;
begin
  select c.* into v_change from xinheng.account_change c where c.num = p_change;
  select a.* into v_account from xinheng.account a where a.num = v_change.account for update;
  if v_change.num is null or not xinheng.may_keep_unit(p_actor, v_account.unit) then return 6; end if;
  if p_actor is null or p_actor in (v_change.actor, v_change.account) then return 1; end if;
  if exists (select from xinheng.account_decision d where d.change = p_change) then return 9; end if;
  if p_approve and v_account.closed_at is not null then return 8; end if;
  insert into xinheng.account_decision (change, account, actor, proposer, kind, strong, approved, reason)
    values (p_change, v_change.account, p_actor, v_change.actor, v_change.kind, v_change.strong, p_approve, p_reason)
    returning num into v_decision;
  if p_approve then perform xinheng.apply_change(v_decision, p_hash); end if;
  return 0;
end $$;

-- Whoever was handed the code sets their password with it, once, within a day, on an open account; what was signed in is not any more.
create function xinheng.use_account_code(p_name text, p_hash bytea, p_password text) returns integer
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_code xinheng.account_code;
begin
  select c.* into v_code from xinheng.account_code c join xinheng.account a on a.num = c.account
    where c.hash = p_hash and a.name = p_name and a.closed_at is null and c.at > xinheng.instant() - interval '1 day'
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

-- What waits for a second person, and what was decided lately: of the units this administrator keeps.
create function xinheng.account_changes(p_actor integer) returns table (
  num integer, account integer, name text, display jsonb, unit smallint, at timestamptz, proposer jsonb, mine boolean, kind text,
  roles text[], strong boolean, reason text, decided timestamptz, decider jsonb, approved boolean, decision text)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select c.num, c.account, a.name, a.display, a.unit, c.at, p.display, p_actor in (c.actor, c.account), c.kind, c.roles, c.strong, c.reason,
    d.at, q.display, d.approved, d.reason
  from xinheng.account_change c join xinheng.account a on a.num = c.account join xinheng.account p on p.num = c.actor
    left join xinheng.account_decision d on d.change = c.num left join xinheng.account q on q.num = d.actor
  where xinheng.may_keep_unit(p_actor, a.unit)
  order by d.at is not null, c.num desc limit 500
$$;

revoke all on function xinheng.may_keep_unit, xinheng.apply_change, xinheng.change_account, xinheng.decide_account,
  xinheng.use_account_code, xinheng.account_changes from public;
grant execute on function xinheng.change_account, xinheng.decide_account, xinheng.use_account_code, xinheng.account_changes to xinheng_app;
grant select on xinheng.account_change, xinheng.account_decision, xinheng.account_code_use to xinheng_sequencer;
