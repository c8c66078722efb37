-- Lists that the law publishes (R34, R47, R58; G5, G12). Organisations' entries are published records like every other; natural
-- persons' stand in no index of the site: they are read by their list alone, only where the basis of that list says persons.

-- Items in the index: those published, and those of persons on received lists whose basis publishes them (court decisions, few
-- beside the rest). The pack in force is that of 0040; bodies are read when they are run.
create or replace function xinheng.index_published() returns boolean
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_items text := (select string_agg(i.num::text, ',' order by i.num) from xinheng.item i where i.published or i.person and i.id in (
    select e ->> 'item' from xinheng.pack p, jsonb_array_elements(p.content -> 'lists') e
    where p.num = xinheng.pack_in_force() and e ->> 'origin' = 'received' and (e -> 'publish' ->> 'persons')::boolean));
begin
  if obj_description(to_regclass('xinheng.record_published'), 'pg_class') is not distinct from 'items ' || v_items then return false; end if;
  drop index if exists xinheng.record_published;
  if v_items is null then return true; end if;
  execute format('create index record_published on xinheng.record (decided, nk, subject) where item = any (%L::smallint[])', '{' || v_items || '}');
  execute format('comment on index xinheng.record_published is %L', 'items ' || v_items);
  return true;
end $$;
create index listing_published on xinheng.listing (list) where published;

-- Does the pack in force today publish this list, and of whom? Null where it does not: a list that is narrowed is gone at once.
create function xinheng.public_list(p_list text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, xinheng as $$
declare
  v_rule jsonb := xinheng.pack_rule(xinheng.pack_in_force(), 'lists', p_list, xinheng.today());
begin
  return case when v_rule ? 'publish' then v_rule end;
end $$;

-- Is a record in force today, whoever it is about: its last version, within its longest term and its own clock (B2), neither
-- ended nor hidden by a case nor erased: the condition of look_up, without an actor.
create function xinheng.stands(r xinheng.record) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select octet_length(r.body) > 0
    and exists (select from xinheng.item i where i.num = r.item
      and least(r.decided, case when r.nk & 1023 > 0 then (select min(x.decided) from xinheng.record x
        where x.subject = r.subject and x.nk between (r.nk >> 10) << 10 and r.nk) end) + i.longest > xinheng.today())
    and not exists (select from xinheng.record x where x.subject = r.subject and x.nk between r.nk + 1 and r.nk | 1023)
    and (r.nk >> 10) << 10 <> all (xinheng.hidden(r.subject, xinheng.today()))
$$;
-- May the open site show an entry: the basis of its list says so, then and today, and it is in force.
create or replace function xinheng.entry_published(p_subject uuid, p_nk bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.listing l where l.subject = p_subject and l.nk = (p_nk >> 10) << 10 and l.published
    and xinheng.entry_over(l.subject, l.file, xinheng.today()) is null
    and (not l.person or (xinheng.public_list(l.list) -> 'publish' ->> 'persons')::boolean) and xinheng.public_list(l.list) is not null)
$$;
create or replace function xinheng.is_public(r xinheng.record) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.item i where i.num = r.item and i.published and not i.person
      and (not i.entry or xinheng.entry_published(r.subject, r.nk)))
    and exists (select from xinheng.subject s where s.subject = r.subject and s.kind = 6 and s.name is not null)
    and xinheng.stands(r)
$$;

-- The entries of a published list, newest first, a page of them. Of natural persons only what the basis of this very list
-- publishes: determined here and in force, or received from whoever the list names.
create function xinheng.list_entries(p_list text, p_offset integer, p_limit integer) returns setof xinheng.published
language plpgsql stable security definer set search_path = pg_catalog, xinheng as $$
declare
  v_list jsonb := xinheng.public_list(p_list);
  v_items smallint[] := array(select i.num from xinheng.item i where i.id = v_list ->> 'item'
    and (not i.person or (v_list -> 'publish' ->> 'persons')::boolean));
begin
  if cardinality(v_items) = 0 then return; end if;
  if v_list ->> 'origin' = 'determined' then
    return query select p.* from (
      select r from xinheng.listing l join xinheng.record r on r.subject = l.subject and r.nk between l.nk and l.nk + 1023
      where l.list = p_list and l.published and r.item = any (v_items) and xinheng.entry_published(l.subject, l.nk) and xinheng.stands(r)
      order by r.decided desc, r.nk desc, r.subject offset p_offset limit least(p_limit, 1000)) c, xinheng.publish(c.r) p;
  else
    -- the items written into the statement, so that the planner sees that the index is for it
    return query execute format($q$select p.* from (
      select r from xinheng.record r where r.item = any (%L::smallint[]) and xinheng.names_unit($1, r.unit) and xinheng.stands(r)
      order by r.decided desc, r.nk desc, r.subject offset $2 limit $3) c, xinheng.publish(c.r) p$q$, v_items)
      using v_list -> 'units', p_offset, least(p_limit, 1000);
  end if;
end $$;

revoke all on function xinheng.public_list, xinheng.stands, xinheng.list_entries from public;
grant execute on function xinheng.list_entries to xinheng_app;
