-- The dry run of a rule looks up whom it found by key, whatever the planner believes of the size of `subject`.
create or replace function xinheng.simulate_flag(p_actor integer, p_person boolean, p_was smallint[], p_was_since date, p_was_count integer, p_now smallint[], p_now_since date, p_now_count integer)
returns TABLE(subject uuid, kind smallint, sealed bytea, was boolean, now boolean, items smallint[])
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
      select c.of, q.a >= p_was_count as before, q.b >= p_now_count as after, q.items as seen
      from xinheng.simulate_candidates(v_items, p_was, p_was_since, p_was_count, p_now, p_now_since, p_now_count) c (of)
      cross join lateral (
        select count(*) filter (where r.item = any (p_was) and r.decided >= p_was_since) as a,
          count(*) filter (where r.item = any (p_now) and r.decided >= p_now_since) as b,
          array_agg(distinct r.item) as items
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
    select f.of, s.kind, s.sealed, f.before, f.after, f.seen
    -- one by one: figures of the table from before a first load make the planner read everybody (8 s instead of 0.3)
    from flagged f cross join lateral (select s.kind, s.sealed from xinheng.subject s where s.subject = f.of offset 0) s;
end $$;
