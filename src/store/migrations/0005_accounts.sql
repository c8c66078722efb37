-- Who works here and who is signed in (G12, R18). The app reads accounts and opens sessions; it cannot make an account,
-- nor change whose file, which unit or which roles one stands for: that is done by functions that check.

alter table xinheng.account
  add check (roles <@ array['clerk', 'reviewer', 'officer', 'counter', 'auditor', 'admin', 'review-body', 'court', 'person']),
  -- a person's account does nothing else, and who oversees look-ups makes none
  add check (case when subject is null then not 'person' = any (roles) else roles <@ array['person'] end),
  add check (not ('auditor' = any (roles)) or cardinality(roles) = 1);

alter table xinheng.session
  add column seen_at timestamptz not null default clock_timestamp(),
  -- a machine's token: no cookie, no idle end
  add column machine boolean not null default false;
create index session_account on xinheng.session (account) where ended_at is null;

alter table xinheng.sign_in_attempt add column address_hash bytea not null default '';
create index sign_in_attempt_address on xinheng.sign_in_attempt (address_hash, at);
comment on table xinheng.sign_in_attempt is 'keyed hashes only: what was typed as a name, and the address it came from';

-- Opens an account. `p_actor` is the administrator who does; null only for the owner of the installation.
-- Returns nothing where the actor may not.
create function xinheng.open_account(
  p_actor integer, p_name text, p_display jsonb, p_unit smallint, p_roles text[], p_subject uuid, p_password text
) returns integer
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_num integer;
begin
  if not xinheng.may_keep_accounts(p_actor) then return null; end if;
  -- a court's right to read what is no longer shown belongs to courts
  if 'court' = any (p_roles) and not exists (select from xinheng.unit u where u.num = p_unit and u.kind = 'court') then
    return null;
  end if;
  insert into xinheng.account (name, display, unit, roles, subject, password)
    values (p_name, p_display, p_unit, p_roles, p_subject, p_password) returning num into v_num;
  return v_num;
end $$;

-- Closes an account and ends its sessions with it. Closed accounts stay: rows name them.
create function xinheng.close_account(p_actor integer, p_num integer) returns boolean
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_closed integer;
begin
  if not xinheng.may_keep_accounts(p_actor) then return null; end if;
  update xinheng.account set closed_at = clock_timestamp() where num = p_num and closed_at is null returning num into v_closed;
  update xinheng.session set ended_at = clock_timestamp() where account = p_num and ended_at is null;
  return v_closed is not null;
end $$;

create function xinheng.may_keep_accounts(p_actor integer) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select case when p_actor is null then session_user <> 'xinheng_app' else exists (
    select from xinheng.account a where a.num = p_actor and a.closed_at is null and 'admin' = any (a.roles)) end
$$;
revoke all on function xinheng.open_account, xinheng.close_account, xinheng.may_keep_accounts from public;
grant execute on function xinheng.open_account, xinheng.close_account to xinheng_app;

grant select on xinheng.account, xinheng.session, xinheng.sign_in_attempt to xinheng_app;
grant insert (token_hash, account, csrf, expires_at, machine) on xinheng.session to xinheng_app;
grant update (seen_at, ended_at) on xinheng.session to xinheng_app;
grant insert (name_hash, address_hash, ok) on xinheng.sign_in_attempt to xinheng_app;
