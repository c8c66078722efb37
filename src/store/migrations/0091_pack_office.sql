-- The packs judge everybody: they are edited and approved by administrators of the office of the platform, not of any unit.
create or replace function xinheng.may_edit_packs(p_actor integer) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select xinheng.is_office(p_actor, '{admin}')
$$;
