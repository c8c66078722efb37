-- The list that a received entry's case is about, for whoever reads that case: the person, who stands for them, the unit (R58).
create function xinheng.received_list(p_actor integer, p_subject uuid, p_file bigint) returns text
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select r.list from xinheng.received r
  where r.subject = p_subject and r.file = p_file and (xinheng.stands_for(p_actor, p_subject) or exists (
    select from xinheng.account a where a.num = p_actor and a.closed_at is null and a.unit = r.unit and a.roles && '{clerk,reviewer}'::text[]))
$$;
revoke all on function xinheng.received_list from public;
grant execute on function xinheng.received_list to xinheng_app;
