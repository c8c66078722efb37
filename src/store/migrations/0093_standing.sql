-- Every reading by whoever stands for a person is in the person's log as what it is (G4): the inbox too, when it is not the
-- person who reads it, and what the counter reads, on the ground of the presence, with its unit and by the number of its form.
create function xinheng.log_standing(p_subject uuid, p_actor integer, p_matter text) returns bigint
language sql security definer set search_path = pg_catalog, xinheng as $$
  select xinheng.log_access(p_subject, p_actor, coalesce(p.unit, 0::smallint), 0::smallint, (case when p.num is null then 3 else 7 end)::smallint,
    0::smallint, 0, coalesce(p.form, p_matter), ''::bytea)
  from (select xinheng.present_now(p_actor, p_subject) as num) n left join xinheng.presence p on p.num = n.num
$$;
revoke all on function xinheng.log_standing from public;

create or replace function xinheng.cases_self(p_actor integer, p_subject uuid, p_file bigint) returns setof xinheng.step
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  if not xinheng.stands_for(p_actor, p_subject) then return; end if;
  perform xinheng.log_standing(p_subject, p_actor, 'case');
  return query select * from xinheng.steps(p_subject, p_file);
end $$;

-- notices_self logs it: the rest of the function stands as it is
do $$
declare
  v_was text := pg_get_functiondef('xinheng.notices_self'::regproc); v_now text;
begin
  v_now := replace(v_was, 'if not xinheng.stands_for(p_actor, p_subject) then return; end if;',
    'if not xinheng.stands_for(p_actor, p_subject) then return; end if;
  if not exists (select from xinheng.account a where a.num = p_actor and a.subject = p_subject) then
    perform xinheng.log_standing(p_subject, p_actor, ''notices'');
  end if;');
  if v_now = v_was then raise exception 'notices_self is not the function that this migration extends'; end if;
  execute v_now;
end $$;
