-- The marks of a record travel with it into a campaign too (G9): who checks reads that it is objected to, and what was said.
do $$
declare
  v_was text := pg_get_functiondef('xinheng.read_campaign_records'::regproc); v_now text;
begin
  v_now := replace(v_was, 'records bytea)', 'records bytea, marks bytea)');
  v_now := replace(v_now, '    select s.sealed into sealed', '    marks := xinheng.marks(p_subject, at, v_items);
    select s.sealed into sealed');
  if v_now = v_was then raise exception 'read_campaign_records is not the function that this migration extends'; end if;
  drop function xinheng.read_campaign_records(integer, uuid, bigint);
  execute v_now;
  -- a determination and a refutation at the same moment are one after the other: whichever is second sees the first (B5)
  v_was := pg_get_functiondef('xinheng.enter_entry'::regproc);
  v_now := replace(v_was, 'begin
  select a.* into v_step', 'begin
  perform pg_advisory_xact_lock(7310, hashtext(p_subject::text));
  select a.* into v_step');
  if v_now = v_was then raise exception 'enter_entry is not the function that this migration extends'; end if;
  execute v_now;
end $$;
revoke all on function xinheng.read_campaign_records from public;
grant execute on function xinheng.read_campaign_records to xinheng_app;
