-- Who oversees look-ups does so where they are: an auditor reads, reviews and follows up what units of their own place did, and
-- of the places that it oversees (G12). A district's auditor read the city's log, exports and incidents, and an incident of
-- theirs reached the city's people. And a dry run asks the whole population (B7): whoever runs the instance tries a rule on it.

-- May this actor see what that account did?
create function xinheng.sees_account(p_actor integer, p_account integer) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.account a where a.num = p_account and a.unit = any (xinheng.units_seen(p_actor)))
$$;
-- Does this actor see every place of the instance?
create function xinheng.sees_everywhere(p_actor integer) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select not exists (select from xinheng.place p where not xinheng.sees_rank(p_actor, p.rank))
$$;

do $$
declare
  v_was text; v_now text; v record;
begin
  for v in select * from (values
    ('read_exports', '''auditor'' = any (a.roles) or', '''auditor'' = any (a.roles) and e.unit = any (array(select unnest(xinheng.units_seen(p_actor)))) or'),
    -- a look-up that was refused for want of a role has no unit; its account does
    ('review_accesses', 'and t.ground in (1, 2, 4, 5, 6)', 'and t.ground in (1, 2, 4, 5, 6)
      and coalesce(nullif(t.unit, 0::smallint), a.unit) = any (array(select unnest(xinheng.units_seen(p_actor))))'),
    ('read_access_reviews', 'order by r.account', 'and xinheng.sees_account(p_actor, r.account)
  order by r.account'),
    ('review_access', 'e.num = p_first and e.actor = p_account', 'e.num = p_first and e.actor = p_account and xinheng.sees_account(p_actor, e.actor)'),
    ('review_access', 't.num = p_first and t.actor = p_account', 't.num = p_first and t.actor = p_account and xinheng.sees_account(p_actor, t.actor)'),
    ('open_incident', 'where a.name = p_suspect', 'where a.name = p_suspect and xinheng.sees_account(p_actor, a.num)'),
    ('open_incident', '(v_suspect is null or t.actor = v_suspect)', '(v_suspect is null or t.actor = v_suspect)
      and t.unit = any (array(select unnest(xinheng.units_seen(p_actor))))'),
    ('read_incidents', 'order by i.num', 'and xinheng.sees_account(p_actor, i.opened_by)
  order by i.num'),
    ('read_incident_steps', 'order by s.num', 'and exists (select from xinheng.incident i where i.num = p_incident and xinheng.sees_account(p_actor, i.opened_by))
  order by s.num'),
    ('add_incident_step', 'i.num = p_incident for update', 'i.num = p_incident and xinheng.sees_account(p_actor, i.opened_by) for update'),
    ('simulate_flag', 'if v_unit is null then return; end if;', 'if v_unit is null or not xinheng.sees_everywhere(p_actor) then return; end if;')
  ) t(name, was, becomes) loop
    v_was := pg_get_functiondef(('xinheng.' || v.name)::regproc);
    v_now := replace(v_was, v.was, v.becomes);
    if v_now = v_was then raise exception '% is not the function that this migration extends: %', v.name, v.was; end if;
    execute v_now;
  end loop;
end $$;
revoke all on function xinheng.sees_account, xinheng.sees_everywhere from public;
