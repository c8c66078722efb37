-- What a review body or a court has annulled about a case (an entry, a measure) stands against it as an objection upheld does.
create or replace function xinheng.contested(p_subject uuid, p_day date) returns bigint[]
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select array(select a.target from xinheng.action a where a.subject = p_subject and a.machine in ('objection', 'review', 'lawsuit')
    and a.target <> 0 and a.hides_from <= p_day
    and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step))
$$;

-- What has ended stays ended for its person, whatever silence suspends beside it: an end is told before a suspension.
create or replace function xinheng.read_all(p_subject uuid, p_at timestamptz, out shown bigint, out items bytea, out records bytea)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select count(*), string_agg(distinct int2send(r.item), ''::bytea),
    string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, r.sealed,
      case
        when exists (select from xinheng.action a where a.subject = p_subject and a.nk = (r.nk >> 10) << 10 and a.kind = 'erase') then 'erased'
        when r.hidden is not null then r.hidden
        when r.next is not null and r.next >> 10 = r.nk >> 10 then 'superseded'
      end, r.reported, r.first)), ''::bytea order by r.nk)
  from (
    select q.*, s.at as reported, lead(q.nk) over (order by q.nk) as next,
      case when q.nk & 1023 > 0 then (select min(x.decided) from xinheng.record x
        where x.subject = p_subject and x.nk between (q.nk >> 10) << 10 and q.nk) end as first,
      (select u.ended from xinheng.action a
        join xinheng.step_rule u on u.machine = a.machine and u.after = a.after and u.kind = a.kind
        where a.subject = p_subject and a.nk = (q.nk >> 10) << 10 and a.at <= p_at
          and a.hides_from <= (p_at at time zone 'Asia/Shanghai')::date
          and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step and b.at <= p_at)
        order by a.hiding = 'now' desc, a.num desc limit 1) as hidden
    from xinheng.record q join xinheng.submission s on s.num = q.submission
    where q.subject = p_subject and s.at <= p_at
  ) r
$$;

-- And what has ended is not repaired: an objection to it that met silence does not make it a record to repair again.
create or replace function xinheng.enter_repair(p_subject uuid, p_file bigint, p_class text)
returns table (outcome smallint, possible date)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_nk bigint; v_pack smallint; v_content jsonb; v_clock date; v_item text; v_longest interval; v_adverse boolean;
  v_rule jsonb; v_least interval; v_possible date; v_today date := xinheng.today();
begin
  select a.nk, a.pack into v_nk, v_pack from xinheng.action a
    where a.subject = p_subject and a.file = p_file and a.step = 1 and a.machine = 'repair';
  select p.content into v_content from xinheng.pack p where p.num = v_pack;
  select min(r.decided), (array_agg(i.id order by r.nk desc))[1], max(i.longest), bool_and(i.adverse)
    into v_clock, v_item, v_longest, v_adverse
    from xinheng.record r join xinheng.item i on i.num = r.item
    where r.subject = p_subject and r.nk between v_nk and v_nk + 1023;
  select e into v_rule from jsonb_array_elements(v_content -> 'repair') with ordinality x(e, n)
    where e -> 'classes' ? p_class and (e ->> 'from')::date <= v_today and v_today < coalesce((e ->> 'until')::date, 'infinity')
    order by n desc limit 1;
  if not coalesce(v_adverse, false) or v_rule is null or v_clock + v_longest <= v_today
    or exists (select from xinheng.action a where a.subject = p_subject and a.nk = v_nk and a.hiding = 'now' and a.hides_from <= v_today)
    or not exists (select from jsonb_array_elements(v_content -> 'items') e where e ->> 'id' = v_item
      and (e -> 'display' ->> 'class' = p_class or e -> 'display' -> 'when' @> jsonb_build_array(jsonb_build_object('class', p_class))))
  then return query select 3::smallint, null::date; return; end if;
  if coalesce((v_rule ->> 'irreparable')::boolean, false) then return query select 1::smallint, null::date; return; end if;
  select max((d ->> 'least')::interval) into v_least from jsonb_array_elements(v_content -> 'display') d
    where d ->> 'id' = p_class and (d ->> 'from')::date <= v_today and v_today < coalesce((d ->> 'until')::date, 'infinity');
  v_possible := v_clock + coalesce(v_least, interval '0');
  if v_today < v_possible then return query select 2::smallint, v_possible; return; end if;
  insert into xinheng.repair (subject, file, nk, class, rule, clock, possible)
    values (p_subject, p_file, v_nk, p_class, v_rule ->> 'id', v_clock, v_possible);
  return query select 0::smallint, v_possible;
end $$;
