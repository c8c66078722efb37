-- What was refuted while another entry on the same facts or evidence was under way is not determined either, and neither is a
-- proposal that was itself refuted (B5): asked at the determination too, and not only when it was proposed and told.
create function xinheng.refuted_of(p_subject uuid, p_file bigint) returns table (entry text, decision bigint, day date)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select e.entry, e.decision, e.day from xinheng.refuted_entries(p_subject) e
  where e.file = p_file or exists (
    select from xinheng.listing_ground g join xinheng.listing_ground o on o.subject = g.subject and o.file = p_file
    where g.subject = p_subject and g.file = e.file and (g.facts = o.facts or g.document = o.document))
  order by e.day desc, e.decision desc limit 1
$$;
-- Asked before a determination, as find_refuted before a proposal; the person sees that they were looked up (G4).
create function xinheng.find_refuted_of(p_actor integer, p_subject uuid, p_file bigint) returns table (entry text, decision bigint, day date)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a join xinheng.listing l on l.subject = p_subject and l.file = p_file and l.unit = a.unit
    where a.num = p_actor and a.closed_at is null and a.roles && '{clerk,reviewer}'::text[];
  if v_unit is null then return; end if;
  select r.entry, r.decision, r.day into entry, decision, day from xinheng.refuted_of(p_subject, p_file) r;
  if entry is null then return; end if;
  perform xinheng.log_access(p_subject, p_actor, v_unit, null, 1::smallint, 0::smallint, 0, 'refuted ' || entry, ''::bytea);
  return next;
end $$;

do $$
declare
  v_was text := pg_get_functiondef('xinheng.enter_entry'::regproc); v_now text;
begin
  v_now := replace(v_was, '  insert into xinheng.listing_entry', '  if v_step.kind = ''determine'' and exists (select from xinheng.refuted_of(p_subject, v_step.file)) then return 14; end if;
  insert into xinheng.listing_entry');
  if v_now = v_was then raise exception 'enter_entry is not the function that this migration extends'; end if;
  execute v_now;
  -- and a check that an objection has undone, or silence suspended, goes no further against the organisation
  v_was := pg_get_functiondef('xinheng.enter_campaign_step'::regproc);
  v_now := replace(v_was, '  if v_step.opens then', '  if v_step.kind not in (''in-order'', ''lapse'') and v_step.file = any (xinheng.contested(p_subject, v_step.day)) then return 9; end if;
  if v_step.opens then');
  if v_now = v_was then raise exception 'enter_campaign_step is not the function that this migration extends'; end if;
  execute v_now;
end $$;
revoke all on function xinheng.refuted_of, xinheng.find_refuted_of from public;
grant execute on function xinheng.find_refuted_of to xinheng_app;
