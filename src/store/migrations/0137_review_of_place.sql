-- A review body reviews what units of its own place decided, and of the places below that its own oversees; never what its
-- city decided (行政复议法 art 24: 县级以上地方各级人民政府, 对本级工作部门、下级人民政府). A district's justice bureau had the city's reviews in
-- its queue, read them and could annul. Where a court has jurisdiction goes by other law, and is not asked here.
create function xinheng.may_review(p_roles text[], p_body smallint, p_owner smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select 'court' = any (p_roles) or exists (select from xinheng.unit b join xinheng.unit o on o.num = p_owner
      left join xinheng.place p on p.rank = b.rank
    where b.num = p_body and (o.rank = b.rank or o.rank > b.rank and p.oversees))
$$;
do $$
declare
  v_was text; v_now text; v record;
begin
  for v in select * from (values
    ('take_step', 'when v_rule.party = ''unit'' then v_account.unit is not null',
      'when v_rule.party = ''unit'' then v_account.unit is not null and (not v_rule.roles && ''{review-body}''::text[]
      or xinheng.may_review(v_account.roles, v_account.unit, coalesce(v_last.owner, p_owner)))'),
    ('case_queue', 'or c.roles && ''{review-body,court}''::text[] and exists (',
      'or c.roles && ''{review-body,court}''::text[] and xinheng.may_review(c.roles, c.unit, a.owner) and exists ('),
    ('read_case', 'or c.roles && ''{review-body,court}''::text[]);',
      'or c.roles && ''{review-body,court}''::text[] and xinheng.may_review(c.roles, c.unit, v_first.owner));')
  ) t(name, was, becomes) loop
    v_was := pg_get_functiondef(('xinheng.' || v.name)::regproc);
    v_now := replace(v_was, v.was, v.becomes);
    if v_now = v_was then raise exception '% is not the function that this migration extends: %', v.name, v.was; end if;
    execute v_now;
  end loop;
end $$;
revoke all on function xinheng.may_review from public;
