-- A pack edited at the desk (design.md, decision 4): a draft of one layer, saved as a whole, submitted with the merged pack and
-- its digest, approved by another administrator, and in force from its day. Nothing runs at that day: which pack is in force
-- is read from the clock (B2). No row here is about a person. Append-only.

-- ── a load may be for a later instant ─────────────────────────────────────────────────────────────
alter table xinheng.pack_load add column effective timestamptz, add column draft integer;
comment on column xinheng.pack_load.effective is 'in force from this instant; null: from the load on';
alter table xinheng.pack add column reference jsonb, add unique (num, digest);
comment on column xinheng.pack.reference is 'the rows that the pack gives the reference tables: its items with layouts and longest terms, and who sees what';

create function xinheng.pack_in_force() returns smallint language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select l.pack from xinheng.pack_load l where l.effective is null or l.effective <= xinheng.instant()
    order by coalesce(l.effective, l.at) desc, l.num desc limit 1
$$;
-- the pack in force at an instant of the past; for instants before any, the first
create function xinheng.pack_at(p_at timestamptz) returns smallint language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select l.pack from xinheng.pack_load l order by (coalesce(l.effective, l.at) <= p_at) desc,
    case when coalesce(l.effective, l.at) <= p_at then coalesce(l.effective, l.at) end desc nulls last, coalesce(l.effective, l.at), l.num limit 1
$$;

-- ── what the reference tables say is what the pack in force says ──────────────────────────────────
create table xinheng.pack_applied (
  num integer generated always as identity primary key,
  pack smallint not null references xinheng.pack,
  at timestamptz not null default clock_timestamp()
);
comment on table xinheng.pack_applied is 'which pack the reference tables were written from: the last row';
insert into xinheng.pack_applied (pack) select l.pack from xinheng.pack_load l order by l.at desc limit 1;

-- Writes the reference tables from a pack. What has a number keeps it, and no number is used up by what is there already.
create function xinheng.apply_pack(p_pack smallint) returns void
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_content jsonb; v_reference jsonb; r record;
begin
  select p.content, p.reference into v_content, v_reference from xinheng.pack p where p.num = p_pack;
  if v_reference is null then return; end if;
  for r in select u ->> 'id' as id, u ->> 'kind' as kind, u -> 'name' as name from jsonb_array_elements(v_content -> 'units') u loop
    update xinheng.unit set kind = r.kind, name = r.name where id = r.id and (kind, name) is distinct from (r.kind, r.name);
    if not exists (select from xinheng.unit where id = r.id) then insert into xinheng.unit (id, kind, name) values (r.id, r.kind, r.name); end if;
  end loop;
  for r in select p ->> 'id' as id, p ->> 'ground' = 'statutory' as statutory, (p -> 'withhold' ->> 'longest')::interval as withhold
    from jsonb_array_elements(v_content -> 'purposes') p loop
    update xinheng.purpose set statutory = r.statutory, withhold = r.withhold where id = r.id;
    if not found then insert into xinheng.purpose (id, statutory, withhold) values (r.id, r.statutory, r.withhold); end if;
  end loop;
  for r in select i.*, array(select jsonb_array_elements_text(e -> 'layout')) as fields
    from jsonb_array_elements(v_reference -> 'items') e,
      jsonb_to_record(e) as i(id text, adverse boolean, person boolean, longest interval, published boolean, entry boolean) loop
    update xinheng.item set adverse = r.adverse, person = r.person, longest = r.longest, published = r.published, entry = r.entry
      where id = r.id and layout = r.fields;
    if not found then
      insert into xinheng.item (id, layout, adverse, person, longest, published, entry)
        values (r.id, r.fields, r.adverse, r.person, r.longest, r.published, r.entry);
    end if;
  end loop;
  -- an item that the pack has no more is not published any more either
  update xinheng.item set published = false where published and id not in (
    select e ->> 'id' from jsonb_array_elements(v_reference -> 'items') e where (e ->> 'published')::boolean);
  perform xinheng.index_published();
  delete from xinheng.visible;
  insert into xinheng.visible (purpose, unit, items, sealed_items)
    select p.num, u.num,
      array(select i.num from xinheng.item i where v -> 'items' ? i.id order by i.num),
      array(select i.num from xinheng.item i where v -> 'sealed' ? i.id order by i.num)
    from jsonb_array_elements(v_reference -> 'visible') v
    join xinheng.purpose p on p.id = v ->> 'purpose' join xinheng.unit u on u.id = v ->> 'unit';
  insert into xinheng.pack_applied (pack) values (p_pack);
end $$;

-- The pack in force now; where the reference tables still say another, they are written first. Whoever reads calls this.
create function xinheng.bring_into_force() returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_pack smallint := xinheng.pack_in_force();
begin
  if v_pack is not distinct from (select a.pack from xinheng.pack_applied a order by a.num desc limit 1) then return v_pack; end if;
  perform pg_advisory_xact_lock(7302);
  if v_pack is distinct from (select a.pack from xinheng.pack_applied a order by a.num desc limit 1) then perform xinheng.apply_pack(v_pack); end if;
  return v_pack;
end $$;

-- ── drafts ────────────────────────────────────────────────────────────────────────────────────────
create table xinheng.pack_draft (
  num integer generated always as identity primary key,
  layer text not null check (layer ~ '^[a-z][a-z0-9-]*$'),
  title text not null check (length(btrim(title)) between 1 and 200),
  author integer not null references xinheng.account,
  at timestamptz not null default xinheng.instant(),
  unique (num, author)
);
alter table xinheng.pack_load add foreign key (draft) references xinheng.pack_draft;

-- which step may follow which, and whose it is
create table xinheng.pack_draft_rule (
  after text not null,
  kind text not null,
  by_author boolean not null,
  primary key (after, kind),
  unique (after, kind, by_author)
);
insert into xinheng.pack_draft_rule (after, kind, by_author) values
  ('start', 'save', true), ('save', 'save', true), ('save', 'submit', true), ('save', 'withdraw', true),
  ('submit', 'approve', false), ('submit', 'return', false), ('submit', 'withdraw', true),
  ('return', 'save', true), ('return', 'submit', true), ('return', 'withdraw', true);

create table xinheng.pack_draft_step (
  num integer generated always as identity unique,
  draft integer not null,
  step integer not null check (step > 0),
  before integer generated always as (nullif(step - 1, 0)) stored,
  kind text not null,
  after text not null,
  by_author boolean not null,
  actor integer not null references xinheng.account,
  author integer not null,
  at timestamptz not null default xinheng.instant(),
  day date not null default xinheng.today(),
  -- of a save: every file of the layer, name → text
  files jsonb check (octet_length(files::text) <= 2000000),
  -- of a submission and of its approval: the pack as it would judge, its digest, its day, and the load it was made after
  pack smallint,
  digest bytea,
  effective date,
  base integer references xinheng.pack_load (num),
  submitted integer generated always as (case when kind = 'approve' then step - 1 end) stored,
  note text not null default '' check (length(note) <= 1000),
  primary key (draft, step),
  unique (draft, step, kind),
  unique (draft, step, pack, digest, effective, base),
  foreign key (draft, author) references xinheng.pack_draft (num, author),
  foreign key (draft, before, after) references xinheng.pack_draft_step (draft, step, kind),
  foreign key (after, kind, by_author) references xinheng.pack_draft_rule (after, kind, by_author),
  foreign key (pack, digest) references xinheng.pack (num, digest),
  -- approved is exactly what was submitted
  foreign key (draft, submitted, pack, digest, effective, base) references xinheng.pack_draft_step (draft, step, pack, digest, effective, base),
  check ((step = 1) = (after = 'start')),
  -- never approved or returned by its author, never changed by another
  check ((actor = author) = by_author),
  check ((kind = 'save') = (files is not null)),
  check (num_nonnulls(pack, digest, effective, base) = case when kind in ('submit', 'approve') then 4 else 0 end),
  check (kind not in ('submit', 'approve') or effective >= day),
  check (kind <> 'return' or length(btrim(note)) > 0)
);
-- of two drafts made after the same load one is approved; the other is submitted again after it
create unique index pack_draft_approved on xinheng.pack_draft_step (base) where kind = 'approve';
create unique index pack_load_draft on xinheng.pack_load (draft) where draft is not null;

create function xinheng.may_edit_packs(p_actor integer) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and a.unit is not null and 'admin' = any (a.roles))
$$;
-- the load that takes effect last: what a submission is made after
create function xinheng.last_load() returns xinheng.pack_load
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select l from xinheng.pack_load l order by coalesce(l.effective, l.at) desc, l.num desc limit 1
$$;

create function xinheng.open_pack_draft(p_actor integer, p_layer text, p_title text, p_files jsonb) returns integer
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_num integer;
begin
  if not xinheng.may_edit_packs(p_actor) then return null; end if;
  insert into xinheng.pack_draft (layer, title, author) values (p_layer, p_title, p_actor) returning num into v_num;
  insert into xinheng.pack_draft_step (draft, step, kind, after, by_author, actor, author, files)
    values (v_num, 1, 'save', 'start', true, p_actor, p_actor, p_files);
  return v_num;
end $$;

-- One step of a draft. '' where it was taken; else why not: 'not-allowed', 'own' (its author may not), 'not-possible' (another
-- step came first, or it cannot follow), 'base-moved' (another pack was loaded or approved since), 'too-early' (before an
-- approved one takes effect, or in the past).
create function xinheng.step_pack_draft(
  p_actor integer, p_draft integer, p_step integer, p_kind text, p_note text, p_files jsonb,
  p_base integer, p_effective date, p_id text, p_version text, p_content jsonb, p_reference jsonb
) returns text
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_draft xinheng.pack_draft; v_last xinheng.pack_draft_step; v_load xinheng.pack_load; v_by_author boolean;
  v_pack smallint; v_digest bytea; v_effective date; v_base integer; v_from timestamptz;
begin
  if not xinheng.may_edit_packs(p_actor) then return 'not-allowed'; end if;
  -- approvals and loads one after the other
  perform pg_advisory_xact_lock(7302);
  select d.* into v_draft from xinheng.pack_draft d where d.num = p_draft;
  select s.* into v_last from xinheng.pack_draft_step s where s.draft = p_draft order by s.step desc limit 1;
  if v_last.step is null or v_last.step + 1 <> p_step then return 'not-possible'; end if;
  select r.by_author into v_by_author from xinheng.pack_draft_rule r where r.after = v_last.kind and r.kind = p_kind;
  if v_by_author is null then return 'not-possible'; end if;
  if (p_actor = v_draft.author) <> v_by_author then return case when v_by_author then 'not-allowed' else 'own' end; end if;
  v_load := xinheng.last_load();
  if p_kind = 'submit' then
    if p_base is distinct from v_load.num then return 'base-moved'; end if;
    v_base := p_base; v_effective := p_effective; v_digest := sha256(convert_to(p_content::text, 'UTF8'));
    insert into xinheng.pack (digest, id, version, content, reference) select v_digest, p_id, p_version, p_content, p_reference
      where not exists (select from xinheng.pack p where p.digest = v_digest);
    select p.num into v_pack from xinheng.pack p where p.digest = v_digest;
  elsif p_kind = 'approve' then
    if v_last.base <> v_load.num then return 'base-moved'; end if;
    v_base := v_last.base; v_effective := v_last.effective; v_digest := v_last.digest; v_pack := v_last.pack;
  end if;
  if v_effective is not null then
    v_from := greatest(v_effective::timestamp at time zone 'Asia/Shanghai', xinheng.instant());
    if v_effective < xinheng.today() or v_from < v_load.effective then return 'too-early'; end if;
  end if;
  insert into xinheng.pack_draft_step (draft, step, kind, after, by_author, actor, author, files, pack, digest, effective, base, note)
    values (p_draft, p_step, p_kind, v_last.kind, v_by_author, p_actor, v_draft.author, p_files, v_pack, v_digest, v_effective, v_base, coalesce(p_note, ''));
  if p_kind = 'approve' then insert into xinheng.pack_load (pack, effective, draft) values (v_pack, v_from, p_draft); end if;
  return '';
end $$;

-- The files of every layer as last approved by an instant; a layer that no draft changed is not there.
create function xinheng.approved_layers(p_by timestamptz) returns table (layer text, draft integer, files jsonb)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select distinct on (d.layer) d.layer, d.num, s.files
  from xinheng.pack_load l join xinheng.pack_draft d on d.num = l.draft
  join lateral (select f.files from xinheng.pack_draft_step f where f.draft = d.num and f.kind = 'save' order by f.step desc limit 1) s on true
  where l.effective <= p_by order by d.layer, l.effective desc, l.num desc
$$;

-- as 0014 has it, by the pack in force
-- Whom a rule flags (R34): so many records within so long. Names candidates for a person of the unit to examine, and nothing
-- else; everybody named is told by an access row (G4).
create or replace function xinheng.list_candidates(p_actor integer, p_person boolean, p_list text, p_items smallint[], p_since date, p_count integer)
returns table (subject uuid, kind smallint, sealed bytea, count bigint)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_today date := xinheng.today();
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{clerk,reviewer}'::text[]
      and xinheng.names_unit(xinheng.pack_rule(xinheng.pack_in_force(), 'lists', p_list, v_today) -> 'units', a.unit);
  if v_unit is null then return; end if;
  return query
    with flagged as materialized (
      select r.subject as of, count(*) as n from xinheng.record r join xinheng.item i on i.num = r.item
      where r.item = any (p_items) and i.adverse and i.person = p_person and r.nk & 1023 = 0 and r.decided >= p_since
        and not exists (select from xinheng.action x where x.subject = r.subject and x.nk = r.nk and x.hides_from <= v_today
          and not exists (select from xinheng.action y where y.subject = x.subject and y.file = x.file and y.step > x.step))
        and not exists (select from xinheng.listing l where l.subject = r.subject and l.list = p_list
          and coalesce(xinheng.entry_over(l.subject, l.file, v_today), 'none') = 'none')
      group by r.subject having count(*) >= p_count order by 2 desc, 1 limit 200
    ), logged as (
      insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items)
        select f.of, xinheng.instant(), p_actor, v_unit, 0, 1, 0, 0, left('candidate ' || p_list, 64), '' from flagged f
    )
    select f.of, s.kind, s.sealed, f.n from flagged f join xinheng.subject s on s.subject = f.of;
end $$;

-- ── who may what ──────────────────────────────────────────────────────────────────────────────────
revoke all on function xinheng.pack_in_force, xinheng.pack_at, xinheng.apply_pack, xinheng.bring_into_force, xinheng.may_edit_packs,
  xinheng.last_load, xinheng.open_pack_draft, xinheng.step_pack_draft, xinheng.approved_layers from public;
grant execute on function xinheng.pack_in_force, xinheng.pack_at, xinheng.bring_into_force, xinheng.last_load, xinheng.open_pack_draft,
  xinheng.step_pack_draft, xinheng.approved_layers to xinheng_app;
grant execute on function xinheng.pack_in_force, xinheng.pack_at to xinheng_reader;
grant select on xinheng.pack_draft, xinheng.pack_draft_step, xinheng.pack_draft_rule, xinheng.pack_applied to xinheng_app;
-- into the ledger
alter table xinheng.ledger_batch drop constraint ledger_batch_source_check, add check (source between 1 and 99);
grant select on xinheng.pack_draft, xinheng.pack_draft_step to xinheng_sequencer;
