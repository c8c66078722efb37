-- What a campaign was drawn from is a use of the record: the unit that drew an organisation by it, and the unit that checks
-- it, are told when it ends early or is corrected, as everybody else who was given it (G10, B4).
do $$
declare
  v_name regproc; v_was text; v_now text;
begin
  foreach v_name in array array['xinheng.recall', 'xinheng.recall_meanwhile', 'xinheng.received_records', 'xinheng.acknowledge_end']::regproc[] loop
    v_was := pg_get_functiondef(v_name);
    v_now := replace(v_was, 't.ground = 1 and t.purpose <> 0', 't.ground = 1 and (t.purpose <> 0 or t.matter like ''campaign %''
      and exists (select from xinheng.campaign_drawn z where z.subject = t.subject and t.matter = ''campaign '' || z.campaign))');
    if v_now = v_was then raise exception '% is not the function that this migration extends', v_name; end if;
    execute v_now;
  end loop;
end $$;

-- And the records of a case are read while the campaign runs, and no more when it is over: the reason is over with it (G3).
do $$
declare
  v_was text := pg_get_functiondef('xinheng.read_campaign_records'::regproc); v_now text;
begin
  v_now := replace(v_was, '  else
    outcome := 0;', '  elsif v_campaign.until < xinheng.today() or (xinheng.campaign_last(v_campaign.num)).kind = ''close'' then
    outcome := 8;
    campaign := v_campaign.num;
  else
    outcome := 0;');
  if v_now = v_was then raise exception 'read_campaign_records is not the function that this migration extends'; end if;
  execute v_now;
end $$;
