-- What is used is what is usable that day (G5): a rule that flags candidates for a list counts records whose own term still
-- runs. How long that is the fold of the domain says, so the records come along, packed as everywhere and without their sealed
-- part; what the wall counts is only who can be meant.
drop function xinheng.list_candidates;
create function xinheng.list_candidates(p_actor integer, p_person boolean, p_list text, p_items smallint[], p_since date, p_count integer)
returns table (subject uuid, kind smallint, sealed bytea, records bytea)
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
    select f.of, s.kind, s.sealed, (
        select string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, ''::bytea,
          null::text, null::timestamptz, r.first)), ''::bytea)
        from (
          select q.*, lead(q.nk) over (order by q.nk) as next, min(q.decided) over (partition by q.nk >> 10) as first
          from xinheng.record q where q.subject = f.of) r
        where r.item = any (p_items) and (r.next is null or r.next >> 10 <> r.nk >> 10) and r.first >= p_since
          and (r.nk >> 10) << 10 <> all (xinheng.hidden(f.of, v_today)))
    from flagged f join xinheng.subject s on s.subject = f.of;
end $$;
revoke all on function xinheng.list_candidates from public;
grant execute on function xinheng.list_candidates to xinheng_app;

-- A consent is given and withdrawn by the clock of the walls, like all else (G3).
alter table xinheng.consent alter column given_at set default xinheng.instant();
alter table xinheng.consent_end alter column at set default xinheng.instant();

-- Whoever is shown a record at the very moment it ends is told of the end (G10): look-ups of a person and the end of one of
-- their records wait for each other. A look-up that was first is seen by the recall; one that comes after sees the end. Only
-- single ends lock, so that a file of corrections never holds up look-ups.
do $$
declare
  v_of regprocedure; v_was text; v_now text;
begin
  foreach v_of in array array[
    'xinheng.look_up(integer,smallint,text,uuid,text,date)'::regprocedure,
    'xinheng.archive_past(integer,uuid,text,timestamptz)'::regprocedure,
    'xinheng.recall(uuid,bigint,text,bigint,integer,date)'::regprocedure]
  loop
    v_was := pg_get_functiondef(v_of);
    v_now := regexp_replace(v_was, E'\nbegin\n', case when v_of::text like '%recall%'
      then E'\nbegin\n  if p_action is not null then perform pg_advisory_xact_lock(7310, hashtext(p_subject::text)); end if;\n'
      else E'\nbegin\n  perform pg_advisory_xact_lock_shared(7310, hashtext(p_subject::text));\n' end);
    if v_now = v_was then raise exception '% is not the function that this migration extends', v_of; end if;
    execute v_now;
  end loop;
end $$;
