-- The gate (G3, G4, G5, G12, B12): personal data leaves only through functions like this one. Each takes actor, purpose,
-- ground and matter, decides by reference data, inserts the access row and returns the data in one statement.
-- An answer is one row; its records come as one byte string of record_send() results, which costs a third of a row each
-- on both ends (decisions/002). Columns: nk, mac, submission, decided, item, unit, body, sealed, ended, reported,
-- first. A corrected record keeps the clock of its first version (B2): `first` is the earliest decision date among its
-- versions, null where there is only one.
-- `marks` are the cases that travel with the records (objected to, under repair): nk, machine, kind, day, due, file; of the
-- person's own statement its words too, sealed, to whoever is shown such records (p_items; null: all).

create type xinheng.archive as (
  outcome smallint, access bigint, at timestamptz, kind smallint, identity bytea, records bytea, marks bytea
);

create function xinheng.marks(p_subject uuid, p_at timestamptz, p_items smallint[] default null) returns bytea
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select string_agg(record_send(row(a.nk, a.machine, a.kind, a.day, a.due, a.file,
    case when a.machine = 'statement' and (p_items is null or exists (select from xinheng.record r
      where r.subject = a.subject and r.nk between a.nk and a.nk + 1023 and r.item = any (p_items))) then a.sealed end)),
    ''::bytea order by a.num)
  from xinheng.action a where a.subject = p_subject and a.marked and a.at <= p_at
    and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step and b.at <= p_at)
$$;
revoke all on function xinheng.marks from public;

-- Codes of access.outcome, named once here and in store/archive.ts.
-- 0 answered · 1 not this actor's to do · 2 purpose not for this unit · 3 no matter number · 4 no live consent
-- 5 withholding without ground · 6 not found · 7 failed, nothing left the database

create function xinheng.log_access(
  p_subject uuid, p_actor integer, p_unit smallint, p_purpose smallint, p_ground smallint,
  p_outcome smallint, p_shown bigint, p_matter text, p_items bytea
) returns bigint language sql security definer set search_path = pg_catalog, xinheng as $$
  insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items)
  values (p_subject, xinheng.instant(), p_actor, coalesce(p_unit, 0::smallint), coalesce(p_purpose, 0::smallint),
          coalesce(p_ground, 0::smallint), p_outcome, least(p_shown, 32767)::smallint, left(coalesce(p_matter, ''), 64),
          coalesce(p_items, ''))
  returning num
$$;
revoke all on function xinheng.log_access from public;

-- A member of staff looks at one subject. Statutory purposes need a matter number; others a live consent.
-- Where the purpose's statute lets it, the look-up is withheld from the person until a date, with its ground (G4).
create function xinheng.look_up(
  p_actor integer, p_purpose smallint, p_matter text, p_subject uuid,
  p_withhold text default null, p_until date default null
) returns xinheng.archive
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_statutory boolean; v_withhold interval; v_items smallint[]; v_sealed smallint[];
  v_outcome smallint := 0; v_ground smallint; v_own smallint; v_now timestamptz := xinheng.instant();
  v_today date := (v_now at time zone 'Asia/Shanghai')::date; v_shown bigint := 0; v_seen bytea; v_answer xinheng.archive;
begin
  select a.unit, p.statutory, p.withhold, v.items, v.sealed_items
    into v_unit, v_statutory, v_withhold, v_items, v_sealed
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
    select count(*), string_agg(distinct int2send(r.item), ''::bytea),
      string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body,
        case when r.item = any (v_sealed) then r.sealed else ''::bytea end, null::text, null::timestamptz, r.first)), ''::bytea),
      (select s.sealed from xinheng.subject s where s.subject = p_subject)
      into v_shown, v_seen, v_answer.records, v_answer.identity
      from (
        -- the versions of a record lie side by side: only the last is in force
        select q.*, lead(q.nk) over (order by q.nk) as next,
          case when q.nk & 1023 > 0 then (select min(x.decided) from xinheng.record x
            where x.subject = p_subject and x.nk between (q.nk >> 10) << 10 and q.nk) end as first
        from xinheng.record q where q.subject = p_subject
      ) r join xinheng.item i on i.num = r.item
      where r.item = any (v_items)
        and (r.next is null or r.next >> 10 <> r.nk >> 10)
        and least(r.decided, r.first) + i.longest > v_today
        and (r.nk >> 10) << 10 <> all (array(select a.nk from xinheng.action a where a.subject = p_subject and a.hides_from <= v_today
          and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step)))
        and (not i.entry or exists (select from xinheng.action d
          where d.subject = p_subject and d.nk = (r.nk >> 10) << 10 and d.machine in ('listing', 'exemplar') and d.kind = 'determine'));
    if exists (select from xinheng.action a where a.subject = p_subject and a.marked) then
      v_answer.marks := xinheng.marks(p_subject, v_now, v_items);
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
-- A look-up that failed half-way rolled its row back with it: it was tried, and that is a row of its own (G4).
create function xinheng.log_failed(p_actor integer, p_purpose smallint, p_ground smallint, p_matter text, p_subject uuid)
returns void language sql security definer set search_path = pg_catalog, xinheng as $$
  select xinheng.log_access(p_subject, p_actor, (select a.unit from xinheng.account a where a.num = p_actor), p_purpose, p_ground,
    7::smallint, 0, p_matter, ''::bytea)
$$;

revoke all on function xinheng.look_up, xinheng.log_failed from public;
grant execute on function xinheng.look_up, xinheng.log_failed to xinheng_app;
