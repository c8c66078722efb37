-- A look-up for less (bench: look-up): what the gate asks of an item stands with its visibility instead of being joined for each
-- record, and records are told from their versions only where a person has any: 172 → 138 µs of PostgreSQL for 20 records.
alter table xinheng.visible add column longest interval[], add column entry_items smallint[];
update xinheng.visible v set
  longest = array(select i.longest from xinheng.item i where i.num = any (v.items) order by i.num),
  entry_items = array(select i.num from xinheng.item i where i.num = any (v.items) and i.entry order by i.num);
alter table xinheng.visible alter column longest set not null, alter column entry_items set not null,
  add constraint visible_longest_check check (cardinality(longest) = cardinality(items)),
  add constraint visible_entries_check check (entry_items <@ items);

create or replace function xinheng.apply_pack(p_pack smallint)
returns void
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
  insert into xinheng.visible (purpose, unit, items, longest, entry_items, sealed_items)
    select p.num, u.num,
      array(select i.num from xinheng.item i where v -> 'items' ? i.id order by i.num),
      array(select i.longest from xinheng.item i where v -> 'items' ? i.id order by i.num),
      array(select i.num from xinheng.item i where v -> 'items' ? i.id and i.entry order by i.num),
      array(select i.num from xinheng.item i where v -> 'sealed' ? i.id order by i.num)
    from jsonb_array_elements(v_reference -> 'visible') v
    join xinheng.purpose p on p.id = v ->> 'purpose' join xinheng.unit u on u.id = v ->> 'unit';
  insert into xinheng.pack_applied (pack) values (p_pack);
end $$;

create or replace function xinheng.look_up(p_actor integer, p_purpose smallint, p_matter text, p_subject uuid, p_withhold text DEFAULT NULL::text, p_until date DEFAULT NULL::date)
returns xinheng.archive
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_statutory boolean; v_withhold interval; v_items smallint[]; v_longest interval[];
  v_entries smallint[]; v_sealed smallint[]; v_versions boolean;
  v_outcome smallint := 0; v_ground smallint; v_own smallint; v_now timestamptz := xinheng.instant();
  v_today date := (v_now at time zone 'Asia/Shanghai')::date; v_shown bigint := 0;
  v_hidden bigint[] := '{}'; v_determined bigint[] := '{}'; v_of smallint[]; v_seen bytea; v_answer xinheng.archive;
begin
  perform pg_advisory_xact_lock_shared(7310, hashtext(p_subject::text));
  select a.unit, p.statutory, p.withhold, v.items, v.longest, v.entry_items, v.sealed_items
    into v_unit, v_statutory, v_withhold, v_items, v_longest, v_entries, v_sealed
    from xinheng.account a
      left join xinheng.purpose p on p.num = p_purpose
      left join xinheng.visible v on v.purpose = p_purpose and v.unit = a.unit
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{officer,counter}'::text[];
  if v_unit is null then
    -- who may not look is told by their unit all the same, and the ground is that of the purpose they named
    select a.unit into v_own from xinheng.account a where a.num = p_actor;
    select p.statutory into v_statutory from xinheng.purpose p where p.num = p_purpose;
  end if;
  v_ground := case when v_statutory then 1 else 2 end;
  if v_unit is null then v_outcome := 1;
  elsif v_items is null then v_outcome := 2;
  elsif v_statutory then
    if coalesce(p_matter, '') !~ '[^\s\u3000\u00a0]' or exists (
      -- once closed, a matter opens nothing any more
      select from xinheng.matter m where m.unit = v_unit and m.number = p_matter and m.closed_at is not null
    ) then v_outcome := 3; end if;
  elsif not exists (
    select from xinheng.consent c
    where c.subject = p_subject and c.unit = v_unit and c.purpose = p_purpose
      and c.given_at <= v_now and c.expires_at > v_now
      and not exists (select from xinheng.consent_end e where e.subject = c.subject and e.consent = c.num)
  ) then v_outcome := 4;
  end if;
  if v_outcome = 0 and p_withhold is not null and (v_withhold is null or trim(p_withhold) = '' or p_until is null
    or p_until <= v_today or p_until > v_today + v_withhold) then v_outcome := 5;
  end if;

  if v_outcome = 0 then
    -- most people have no case: what cases do to records is looked for once, and only then
    if exists (select from xinheng.action a where a.subject = p_subject) then
      v_hidden := xinheng.hidden(p_subject, v_today);
      v_determined := array(select d.nk from xinheng.action d
        where d.subject = p_subject and d.machine in ('listing', 'exemplar') and d.kind = 'determine');
      if exists (select from xinheng.action a where a.subject = p_subject and a.marked) then
        v_answer.marks := xinheng.marks(p_subject, v_now, v_items);
      end if;
    end if;
    -- few records have versions: what tells them apart is paid for only where there are any
    select bool_or(r.version > 0), count(*) filter (where r.shown), array_agg(r.item) filter (where r.shown),
      string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body,
        case when r.item = any (v_sealed) then r.sealed else ''::bytea end, null::text, null::timestamptz, null::date)), ''::bytea)
        filter (where r.shown),
      (select s.sealed from xinheng.subject s where s.subject = p_subject)
      into v_versions, v_shown, v_of, v_answer.records, v_answer.identity
      from (
        select q.*, q.nk & 1023 as version, q.item = any (v_items)
          and q.decided + v_longest[array_position(v_items, q.item)] > v_today
          and q.nk <> all (v_hidden)
          and (q.item <> all (v_entries) or q.nk = any (v_determined)) as shown
        from xinheng.record q where q.subject = p_subject offset 0
      ) r;
    if v_versions then
      select count(*), array_agg(r.item),
        string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body,
          case when r.item = any (v_sealed) then r.sealed else ''::bytea end, null::text, null::timestamptz, r.first)), ''::bytea),
        (select s.sealed from xinheng.subject s where s.subject = p_subject)
        into v_shown, v_of, v_answer.records, v_answer.identity
        from (
          -- the versions of a record lie side by side: only the last is in force
          select q.nk, q.mac, q.submission, q.decided, q.item, q.unit, q.body, q.sealed, lead(q.nk) over (order by q.nk) as next,
            case when q.nk & 1023 > 0 then (select min(x.decided) from xinheng.record x
              where x.subject = p_subject and x.nk between (q.nk >> 10) << 10 and q.nk) end as first
          from xinheng.record q where q.subject = p_subject
        ) r
        where r.item = any (v_items)
          and (r.next is null or r.next >> 10 <> r.nk >> 10)
          and least(r.decided, r.first) + v_longest[array_position(v_items, r.item)] > v_today
          and (r.nk >> 10) << 10 <> all (v_hidden)
          and (r.item <> all (v_entries) or (r.nk >> 10) << 10 = any (v_determined));
    end if;
    if v_of[1] = all (v_of) then
      v_seen := int2send(v_of[1]);
    else
      v_seen := (select string_agg(distinct int2send(n), ''::bytea) from unnest(v_of) n);
    end if;
  end if;

  insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items)
    values (p_subject, v_now, p_actor, coalesce(v_unit, v_own, 0), p_purpose, coalesce(v_ground, 0), v_outcome,
      least(v_shown, 32767), left(coalesce(p_matter, ''), 64), coalesce(v_seen, ''))
    returning num into v_answer.access;
  if v_outcome = 0 and p_withhold is not null then
    insert into xinheng.access_withheld (subject, access, ground, until)
      values (p_subject, v_answer.access, p_withhold, p_until);
  end if;
  v_answer.outcome := v_outcome;
  v_answer.at := v_now;
  return v_answer;
end $$;
