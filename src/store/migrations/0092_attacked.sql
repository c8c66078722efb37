-- What an attack on 0025–0043 got through, closed.

-- At the counter one files what the person signed, and no more: a step in a case of theirs (taking it back, adding to it) is
-- taken by the person, or by whoever has their authority. Else a clerk at the counter could take back an objection to the own unit.
create function xinheng.acts_for(p_actor integer, p_subject uuid, p_machine text, p_file bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select xinheng.stands_for(p_actor, p_subject) and (xinheng.present_now(p_actor, p_subject) is null
    or p_file is null and p_machine in ('objection', 'repair', 'statement'))
$$;
revoke all on function xinheng.acts_for from public;
-- take_step asks it: the rest of the function stands as it is
do $$
declare
  v_was text := pg_get_functiondef('xinheng.take_step'::regproc); v_now text;
begin
  v_now := replace(v_was, 'then xinheng.stands_for(p_actor, p_subject)', 'then xinheng.acts_for(p_actor, p_subject, p_machine, p_file)');
  if v_now = v_was then raise exception 'take_step is not the function that this migration extends'; end if;
  execute v_now;
end $$;

-- As in 0025; the operator's letters (unit 0) are printed by the unit that leads the platform, not by every unit's administrator.
create or replace function xinheng.prints_for(p_actor integer, p_unit smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.account c where c.num = p_actor and c.closed_at is null and c.unit is not null
    and c.unit = p_unit and c.roles && '{clerk,reviewer,counter}'::text[])
    or p_unit = 0 and xinheng.is_office(p_actor, '{admin}')
$$;

-- A way into a person's account takes two, as one into an account with a strong role: whoever has it reads their file as they do.
do $$
declare
  v_was text := pg_get_functiondef('xinheng.change_account'::regproc); v_now text;
begin
  v_now := replace(v_was, 'else v_account.roles && ''{admin,auditor}''::text[] end',
    'else v_account.subject is not null or v_account.roles && ''{admin,auditor}''::text[] end');
  if v_now = v_was then raise exception 'change_account is not the function that this migration extends'; end if;
  execute v_now;
  -- and a code that one gave is void once the account has a strong role
  v_was := pg_get_functiondef('xinheng.use_account_code'::regproc);
  v_now := replace(v_was, '-- a later code makes', 'and (not a.roles && ''{admin,auditor}''::text[] or exists (select from xinheng.account_decision d where d.num = c.decision and d.strong))
      -- a later code makes');
  if v_now = v_was then raise exception 'use_account_code is not the function that this migration extends'; end if;
  execute v_now;
end $$;

-- Counts of the values that are asked for, and of no others: what else a slot holds (numbers of documents, facts) does not
-- come out this way, which leaves no row in the log (G4, B12).
drop function xinheng.count_by_value(smallint[], smallint[]);
create function xinheng.count_by_value(p_items smallint[], p_slots smallint[], p_values text[]) returns table (value text, people bigint)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select coalesce(t.value, ltrim(c.cell, '=')), count(distinct c.subject)
  from (select r.subject, replace(split_part(encode(r.body, 'escape'), chr(31), k.slot), '\000', '') as cell
    from unnest(p_items, p_slots) k (item, slot) join xinheng.record r on r.item = k.item) c
    left join xinheng.term t on t.num = case when c.cell ~ '^[0-9]{1,9}$' then c.cell::integer end
  where c.cell <> '' and coalesce(t.value, ltrim(c.cell, '=')) = any (p_values) group by 1
$$;
revoke all on function xinheng.count_by_value from public;
grant execute on function xinheng.count_by_value to xinheng_app;
