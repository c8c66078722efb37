-- Whom a changed rule may concern, with the cheapest question first: a record counts for one rule and not for the other where both
-- look at its item and it was decided between their days, or where only one of them looks at it.
create or replace function xinheng.simulate_candidates(
  p_items smallint[], p_was smallint[], p_was_since date, p_was_count integer, p_now smallint[], p_now_since date, p_now_count integer
) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, xinheng as $$
declare
  v_both smallint[] := array(select n from unnest(p_items) n where n = any (p_was) and n = any (p_now));
  v_gone smallint[] := array(select n from unnest(p_items) n where n = any (p_was) and n <> all (p_now));
  v_come smallint[] := array(select n from unnest(p_items) n where n <> all (p_was) and n = any (p_now));
  v_first date := least(p_was_since, p_now_since);
  v_second date := greatest(p_was_since, p_now_since);
begin
  if p_was_count = p_now_count then
    return query select distinct r.subject from xinheng.record r
      where (r.decided < v_second and r.decided >= v_first and r.item = any (v_both)
          or r.item = any (v_gone) and r.decided >= p_was_since
          or r.item = any (v_come) and r.decided >= p_now_since)
        and r.nk & 1023 = 0;
  else
    return query select r.subject from xinheng.record r
      where r.item = any (p_items) and r.nk & 1023 = 0 and r.decided >= v_first
      group by r.subject having count(*) >= least(p_was_count, p_now_count);
  end if;
end $$;
