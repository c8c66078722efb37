-- B3: what silence has suspended stays suspended until it is decided. A step that only goes on (forwarded, extended) sets a new
-- date for the answer, and would else have lifted the suspension without a decision. The day from which the step before
-- suspends is carried like the window is, so that a check can refuse it, whoever inserts.
alter table xinheng.action
  add column hides_before date not null default 'infinity',
  add unique (subject, file, step, hides_from);
-- steps taken before this migration carry it too
update xinheng.action a set hides_before = b.hides_from from xinheng.action b
  where a.step > 1 and b.subject = a.subject and b.file = a.file and b.step = a.before;
alter table xinheng.action
  add foreign key (subject, file, before, hides_before) references xinheng.action (subject, file, step, hides_from),
  add check (step > 1 or hides_before = 'infinity'),
  -- of steps to come: one taken before this rule stays as it was taken
  add check (hiding <> 'later' or hides_before > day or hides_from <= day) not valid;

-- take_step carries it: the rest of the function stands as it is
do $$
declare
  v_was text := pg_get_functiondef('xinheng.take_step'::regproc); v_now text;
begin
  v_now := replace(replace(replace(v_was,
    'window_before, window_end, due, hides_from)', 'window_before, window_end, due, hides_before, hides_from)'),
    'p_due, case v_rule.hiding', 'p_due, coalesce(v_last.hides_from, ''infinity''), case v_rule.hiding'),
    'else p_hides end', 'else case when v_last.hides_from <= xinheng.today() then xinheng.today() else p_hides end end');
  if v_now not like '%due, hides_before, hides_from)%' or v_now not like '%v_last.hides_from, ''infinity''%'
    or v_now not like '%then xinheng.today() else p_hides end end%' then
    raise exception 'take_step is not the function that this migration extends';
  end if;
  execute v_now;
end $$;
