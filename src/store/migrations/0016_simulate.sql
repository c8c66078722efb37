-- The dry run of a changed rule over the whole population (B7): whom a flagging rule would name, under the pack in force
-- and under another. It names candidates and nothing else; everybody whose flag would change is told by an access row that
-- they were counted (G4). A record counts from the day of its first version, while it is not hidden and its item's longest
-- term runs.
-- Whose flag can differ: one parallel scan. With the same count only who has a record that one rule counts and the other
-- does not; with another count whoever has enough for the easier one.
create function xinheng.simulate_candidates(
  p_items smallint[], p_was smallint[], p_was_since date, p_was_count integer,
  p_now smallint[], p_now_since date, p_now_count integer
) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, xinheng as $$
begin
  if p_was_count = p_now_count then
    return query select distinct r.subject from xinheng.record r
      where r.item = any (p_items) and r.nk & 1023 = 0
        and (r.item = any (p_was) and r.decided >= p_was_since) <> (r.item = any (p_now) and r.decided >= p_now_since);
  else
    return query select r.subject from xinheng.record r
      where r.item = any (p_items) and r.nk & 1023 = 0 and r.decided >= least(p_was_since, p_now_since)
      group by r.subject having count(*) >= least(p_was_count, p_now_count);
  end if;
end $$;

create function xinheng.simulate_flag(
  p_actor integer, p_person boolean, p_was smallint[], p_was_since date, p_was_count integer,
  p_now smallint[], p_now_since date, p_now_count integer
) returns table (subject uuid, kind smallint, sealed bytea, was boolean, now boolean, items smallint[])
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_today date := xinheng.today(); v_items smallint[];
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{admin,auditor}'::text[];
  if v_unit is null then return; end if;
  v_items := array(select i.num from xinheng.item i where i.num = any (p_was || p_now) and i.person = p_person);
  return query
    with flagged as materialized (
      select c.of, q.a >= p_was_count as before, q.b >= p_now_count as after
      from xinheng.simulate_candidates(v_items, p_was, p_was_since, p_was_count, p_now, p_now_since, p_now_count) c (of)
      cross join lateral (
        select count(*) filter (where r.item = any (p_was) and r.decided >= p_was_since) as a,
          count(*) filter (where r.item = any (p_now) and r.decided >= p_now_since) as b
        from xinheng.record r
        where r.subject = c.of and r.item = any (v_items) and r.nk & 1023 = 0
          and not exists (select from xinheng.action x where x.subject = r.subject and x.nk = r.nk and x.hides_from <= v_today
            and not exists (select from xinheng.action y where y.subject = x.subject and y.file = x.file and y.step > x.step))
      ) q
      where (q.a >= p_was_count) <> (q.b >= p_now_count)
    ), logged as (
      insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items)
        select f.of, xinheng.instant(), p_actor, v_unit, 0, 1, 0, 0, 'dry run of a rule', '' from flagged f
    )
    select f.of, s.kind, s.sealed, f.before, f.after,
      array(select distinct q.item from xinheng.record q where q.subject = f.of and q.item = any (v_items))
    from flagged f join xinheng.subject s on s.subject = f.of;
end $$;
revoke all on function xinheng.simulate_flag, xinheng.simulate_candidates from public;
grant execute on function xinheng.simulate_flag to xinheng_app;
