-- Whoever was shown a record while a file that corrects it was being taken in is told of the correction too (G10). The file does
-- not hold up look-ups (0059); when it is in, each person it corrected is gone through: what look-ups of theirs are under way is
-- waited for, and whoever looked since the file began and was not told is told now. At worst somebody who saw the corrected
-- version already is told of it; nobody who saw the old one is left out.
create function xinheng.recall_meanwhile(p_submission integer, p_after uuid, p_limit integer) returns uuid
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_at timestamptz; v_one record; v_last uuid; v_num bigint;
begin
  -- a look-up that is under way may have begun a little before the file
  select s.at - interval '5 minutes' into v_at from xinheng.submission s where s.num = p_submission and s.accepted;
  for v_one in
    select distinct r.subject, (r.nk >> 10) << 10 as nk, r.item from xinheng.record r
    where r.submission = p_submission and r.nk & 1023 > 0 and r.subject in (
      select distinct q.subject from xinheng.record q where q.submission = p_submission and q.nk & 1023 > 0
        and (p_after is null or q.subject > p_after) order by q.subject limit p_limit)
    order by r.subject
  loop
    if v_last is distinct from v_one.subject then perform pg_advisory_xact_lock(7310, hashtext(v_one.subject::text)); end if;
    v_last := v_one.subject;
    v_num := null;
    select c.num into v_num from xinheng.recall c
      where c.subject = v_one.subject and c.nk = v_one.nk and c.submission = p_submission;
    if not exists (select from xinheng.access t where t.subject = v_one.subject and t.at >= v_at and t.outcome = 0 and t.unit <> 0
      and (t.ground in (2, 4, 5) or t.ground = 1 and t.purpose <> 0)
      and exists (select from generate_series(1, octet_length(t.items), 2) g where substr(t.items, g, 2) = int2send(v_one.item)))
    then continue; end if;
    if v_num is null then
      insert into xinheng.recall (subject, nk, kind, submission) values (v_one.subject, v_one.nk, 'superseded', p_submission)
        returning num into v_num;
    end if;
    insert into xinheng.recall_recipient (subject, recall, kind, unit, name, access, matter, given)
      select v_one.subject, v_num, 'unit', t.unit, '', t.num, t.matter, t.at from (
        select distinct on (t.unit) t.unit, t.num, t.matter, t.at from xinheng.access t
          left join xinheng.access_withheld w on w.subject = t.subject and w.access = t.num and w.until > xinheng.today()
        where t.subject = v_one.subject and t.at >= v_at and t.outcome = 0 and t.unit <> 0
          and (t.ground in (2, 4, 5) or t.ground = 1 and t.purpose <> 0)
          and exists (select from generate_series(1, octet_length(t.items), 2) g where substr(t.items, g, 2) = int2send(v_one.item))
        order by t.unit, (w.access is null) desc, t.num desc) t
      on conflict do nothing;
  end loop;
  return v_last;
end $$;
revoke all on function xinheng.recall_meanwhile from public;
grant execute on function xinheng.recall_meanwhile to xinheng_app;
