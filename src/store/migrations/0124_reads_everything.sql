-- A court and a review body read what is no longer shown, of anybody (G5, G12). An administrator of any unit could make a
-- colleague a review body. Now the role belongs to units that are one (司法行政机关: 行政复议法 art 4), as that of a court does
-- to courts; both are strong: two give them, and the code into such an account is of two halves (0122). So is the reviewer's: who
-- could make one alone, or enter one's account, would be the second person of every file and determination (R6, G6).
create function xinheng.may_hold(p_roles text[], p_unit smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select not p_roles && '{court,review-body}'::text[] or exists (select from xinheng.unit u where u.num = p_unit
    and ('court' <> all (p_roles) or u.kind = 'court') and ('review-body' <> all (p_roles) or u.kind = 'justice'))
$$;
create or replace function xinheng.strong_of(p_roles text[]) returns text[]
language sql immutable set search_path = pg_catalog, xinheng as $$
  select nullif(array(select r from unnest(p_roles) r where r in ('admin', 'auditor', 'court', 'review-body', 'reviewer') order by r), '{}')
$$;
revoke all on function xinheng.may_hold from public;

alter table xinheng.account_change drop constraint account_change_check1,
  add constraint account_change_strong check (strong or xinheng.strong_of(roles) is null) not valid;

-- the rest of these functions stands as it is
do $$
declare
  v_was text; v_now text; v record;
begin
  for v in select * from (values
    ('open_account', 'p_roles && ''{admin,auditor}''::text[]', 'xinheng.strong_of(p_roles) is not null'),
    ('open_account', '''court'' = any (p_roles) and not exists (select from xinheng.unit u where u.num = p_unit and u.kind = ''court'')',
      'not xinheng.may_hold(p_roles, p_unit)'),
    ('change_account', 'p_roles && ''{admin,auditor}''::text[]', 'xinheng.strong_of(p_roles) is not null'),
    ('change_account', 'v_account.roles && ''{admin,auditor}''::text[]', 'xinheng.strong_of(v_account.roles) is not null'),
    ('change_account', '''court'' = any (p_roles) and not exists (select from xinheng.unit u where u.num = v_account.unit and u.kind = ''court'')',
      'not xinheng.may_hold(p_roles, v_account.unit)'),
    ('use_account_code', 'not a.roles && ''{admin,auditor}''::text[]', 'xinheng.strong_of(a.roles) is null'),
    ('archive_past', 'a.roles && array[''review-body'', ''court'']', 'a.roles && array[''review-body'', ''court''] and xinheng.may_hold(a.roles, a.unit)')
  ) t(name, was, becomes) loop
    v_was := pg_get_functiondef(('xinheng.' || v.name)::regproc);
    v_now := replace(v_was, v.was, v.becomes);
    if v_now = v_was then raise exception '% is not the function that this migration extends: %', v.name, v.was; end if;
    execute v_now;
  end loop;
end $$;

-- As in 0122; an auditor sees what is of the places they see.
create or replace function xinheng.may_see_loss(p_actor integer, p_unit smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select xinheng.may_keep_unit(p_actor, p_unit) or exists (
    select from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles))
    and p_unit = any (xinheng.units_seen(p_actor))
$$;
