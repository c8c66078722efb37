-- A correction is recalled with the number of the version that takes its place: whoever was given an earlier one knows which to use.
create function xinheng.recalled_version(p_subject uuid, p_nk bigint, p_submission integer) returns integer
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select max(r.nk & 1023)::integer + 1 from xinheng.record r
  where r.subject = p_subject and r.nk between p_nk and p_nk + 1023 and r.submission = p_submission
$$;
-- The version, of the recalls of corrections: for the unit that was given it, and for the person.
create function xinheng.recall_versions(p_actor integer, p_subject uuid default null) returns table (subject uuid, num bigint, version integer)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select c.subject, c.num, xinheng.recalled_version(c.subject, c.nk, c.submission)
  from xinheng.account o
    join xinheng.recall_recipient p on p.unit = o.unit
    join xinheng.recall c on c.subject = p.subject and c.num = p.recall and c.kind = 'superseded'
  where p_subject is null and o.num = p_actor and o.closed_at is null
  union
  select c.subject, c.num, xinheng.recalled_version(c.subject, c.nk, c.submission)
  from xinheng.recall c where c.subject = p_subject and c.kind = 'superseded' and xinheng.stands_for(p_actor, p_subject)
$$;
revoke all on function xinheng.recalled_version, xinheng.recall_versions from public;
grant execute on function xinheng.recall_versions to xinheng_app;
