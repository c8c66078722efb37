-- Who was shown a record while a file that corrects it came in is told after the file is in (0116), and a crash between the two
-- lost it. What was gone through is kept now, and what was not is found and gone through again, from where it stopped: by whoever
-- took the file in, or by the next round of the job. Telling twice changes nothing.
create table xinheng.correction_told (
  submission integer primary key references xinheng.submission,
  after uuid,
  done boolean not null default false
);
create index submission_corrects on xinheng.submission (num) where accepted and version_rows > 0;
insert into xinheng.correction_told (submission, done) select s.num, true from xinheng.submission s where s.accepted and s.version_rows > 0;

-- Goes through the next persons of a file of corrections; false: there are none left.
create function xinheng.tell_corrected(p_submission integer, p_limit integer) returns boolean
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_told xinheng.correction_told; v_last uuid;
begin
  if not exists (select from xinheng.submission s where s.num = p_submission and s.accepted and s.version_rows > 0) then return false; end if;
  insert into xinheng.correction_told (submission) values (p_submission) on conflict do nothing;
  select c.* into v_told from xinheng.correction_told c where c.submission = p_submission for update;
  if v_told.done then return false; end if;
  v_last := xinheng.recall_meanwhile(p_submission, v_told.after, p_limit);
  update xinheng.correction_told c set after = coalesce(v_last, c.after), done = v_last is null where c.submission = p_submission;
  return v_last is not null;
end $$;
-- Files of corrections that nobody has gone through to the end.
create function xinheng.corrections_untold() returns setof integer
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select s.num from xinheng.submission s
  where s.accepted and s.version_rows > 0 and not exists (select from xinheng.correction_told c where c.submission = s.num and c.done)
  order by s.num limit 100
$$;
revoke all on function xinheng.recall_meanwhile from xinheng_app;
revoke all on function xinheng.tell_corrected, xinheng.corrections_untold from public;
grant execute on function xinheng.tell_corrected, xinheng.corrections_untold to xinheng_app;
