-- A record that was hidden for want of capacity and is shown again can be repaired again: what has ended is what its last
-- step still hides. The rest of the function stands as it is.
do $$
declare
  v_was text := pg_get_functiondef('xinheng.enter_repair'::regproc); v_now text;
begin
  v_now := replace(v_was, 'a.nk = v_nk and a.hiding = ''now'' and a.hides_from <= v_today)',
    'a.nk = v_nk and a.hiding = ''now'' and a.hides_from <= v_today
      and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step))');
  if v_now = v_was then
    raise exception 'enter_repair is not the function that this migration extends';
  end if;
  execute v_now;
end $$;
