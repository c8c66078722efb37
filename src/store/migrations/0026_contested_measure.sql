-- An objection to a measure that is upheld, or a review or judgment that annuls it, ends the measure at once: it is neither to be
-- carried out nor kept up, and the unit that carries it out has the time of a recall to lift it (G9, G10, B6).
create function xinheng.refuted_on(p_subject uuid, p_file bigint) returns date
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select min(a.day) from xinheng.action a where a.subject = p_subject and a.target = p_file and a.hiding = 'now'
    and a.machine in ('objection', 'review', 'lawsuit') and a.hides_from <= xinheng.today()
$$;

create or replace function xinheng.measure_over(p_subject uuid, p_file bigint, p_day date) returns text
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select case
    when o.over in ('none', 'ended') or o.over = 'term' and m.until is null then 'cause'
    when m.until <= p_day then 'term'
    when xinheng.refuted_on(m.subject, m.file) <= p_day then 'refuted'
    when p_file = any (xinheng.contested(p_subject, p_day)) then 'contested'
  end
  from xinheng.measure m, lateral (select xinheng.entry_over(m.subject, m.cause, p_day) as over) o
  where m.subject = p_subject and m.file = p_file
$$;

-- `ended`: the day on which its cause ended, or it was itself refuted.
create or replace function xinheng.measure_rows(p_subject uuid, p_unit smallint, p_every boolean) returns setof xinheng.measure_row
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select m.subject, m.file, m.unit, m.cause, e.unit, e.list, m.measure, l.pack, l.kind, f.day, l.due,
    s.responded, s.carried, s.lifted, coalesce(m.until, e.until), xinheng.measure_over(m.subject, m.file, xinheng.today()),
    least(case when xinheng.entry_over(m.subject, m.cause, xinheng.today()) is not null then least(e.until, (
      select min(h.hides_from) from xinheng.action h where h.subject = m.subject and h.nk = e.nk and h.hides_from <= xinheng.today()
        and not exists (select from xinheng.action b where b.subject = h.subject and b.file = h.file and b.step > h.step))) end,
      xinheng.refuted_on(m.subject, m.file)),
    l.kind in ('carry', 'mistaken') and exists (select from xinheng.measure o
      join lateral (select a.kind from xinheng.action a where a.subject = o.subject and a.file = o.file order by a.step desc limit 1) x on true
      where o.subject = m.subject and o.cause = m.cause and o.file <> m.file and x.kind in ('carry', 'mistaken') and x.kind <> l.kind)
  from xinheng.measure m
    join lateral (select a.* from xinheng.action a where a.subject = m.subject and a.file = m.file order by a.step desc limit 1) l on true
    join lateral (select a.day from xinheng.action a where a.subject = m.subject and a.file = m.file and a.step = 1) f on true
    join lateral (select min(a.day) filter (where a.kind <> 'task') as responded, min(a.day) filter (where a.kind in ('carry', 'late')) as carried,
      min(a.day) filter (where a.kind = 'lift') as lifted from xinheng.action a where a.subject = m.subject and a.file = m.file) s on true
    cross join xinheng.entry_of(m.subject, m.cause) e
  where (p_subject is null or m.subject = p_subject) and (p_every or p_unit is null or m.unit = p_unit or e.unit = p_unit)
$$;
revoke all on function xinheng.refuted_on from public;
