-- What was said under supervision, and the bulletins that were issued, are in the ledger (G11); and a layer edited at the desk
-- knows which text of the program it was begun from, so that an update of the program is not passed over in silence.

create index supervision_at on xinheng.supervision using brin (at);
create index bulletin_at on xinheng.bulletin using brin (at);
create index bulletin_step_at on xinheng.bulletin_step using brin (at);
grant select on xinheng.supervision, xinheng.bulletin, xinheng.bulletin_step to xinheng_sequencer;

alter table xinheng.pack_draft add column folder bytea;
comment on column xinheng.pack_draft.folder is 'digest of the layer as the program came with it when the draft was begun; null: from before 0101';
do $$
declare
  v_was text := pg_get_functiondef('xinheng.open_pack_draft'::regproc); v_now text;
begin
  v_now := replace(v_was, 'p_files jsonb)', 'p_files jsonb, p_folder bytea default null)');
  v_now := replace(v_now, '(layer, title, author) values (p_layer, p_title, p_actor)', '(layer, title, author, folder) values (p_layer, p_title, p_actor, p_folder)');
  if position('p_folder bytea' in v_now) = 0 or position('p_actor, p_folder)' in v_now) = 0 then
    raise exception 'open_pack_draft is not the function that this migration extends'; end if;
  drop function xinheng.open_pack_draft(integer, text, text, jsonb);
  execute v_now;
end $$;
revoke all on function xinheng.open_pack_draft from public;
grant execute on function xinheng.open_pack_draft to xinheng_app;

-- The layers that are in force as approved at the desk, with the text of the program that each was begun from: its digest, or
-- for the drafts from before it the files that the first draft of the layer began with.
create function xinheng.approved_from(p_by timestamptz) returns table (layer text, draft integer, title text, folder bytea, files jsonb)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select a.layer, a.draft, d.title, d.folder, case when d.folder is null then (
    select s.files from xinheng.pack_draft o join xinheng.pack_draft_step s on s.draft = o.num and s.step = 1
    where o.layer = a.layer order by o.num limit 1) end
  from xinheng.approved_layers(p_by) a join xinheng.pack_draft d on d.num = a.draft
$$;
revoke all on function xinheng.approved_from from public;
grant execute on function xinheng.approved_from to xinheng_app;
