-- A text goes public only after its reviewer said that nobody is named in it, or that whoever is named agreed in writing to be
-- (R44, R49; 个人信息保护法 25): said in so many words, and kept with the step.
alter table xinheng.content_step
  add column checked text check (checked in ('anonymous', 'agreed')),
  add constraint content_step_checked check (kind <> 'publish' or checked is not null) not valid;

drop function xinheng.step_content(integer, integer, smallint, text, text);
-- Outcomes: 0 done, 1 not this actor's to do, 6 no such version, 8 it does not stand where this could follow, 11 nothing says
-- that whoever is named agreed.
create function xinheng.step_content(p_actor integer, p_content integer, p_version smallint, p_kind text, p_reason text, p_checked text)
returns smallint language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_author integer; v_last smallint; v_consent text;
begin
  if not xinheng.edits_content(p_actor, case p_kind when 'submit' then 'clerk' else 'reviewer' end) then return 1; end if;
  perform from xinheng.content c where c.num = p_content for update;
  select v.author, v.consent into v_author, v_consent from xinheng.content_version v where v.content = p_content and v.version = p_version;
  if v_author is null then return 6; end if;
  if p_kind in ('publish', 'reject') and v_author = p_actor then return 1; end if;
  select max(v.version) into v_last from xinheng.content_version v where v.content = p_content;
  if p_kind <> 'withdraw' and p_version <> v_last then return 8; end if;
  if p_kind = 'publish' and (p_checked is null or (p_checked = 'agreed') <> (v_consent is not null)) then return 11; end if;
  insert into xinheng.content_step (content, version, kind, after, actor, author, reason, checked)
    values (p_content, p_version, p_kind, case p_kind when 'submit' then null when 'withdraw' then 'publish' else 'submit' end,
      p_actor, v_author, p_reason, case p_kind when 'publish' then p_checked end);
  return 0;
exception when unique_violation or foreign_key_violation then return 8;
end $$;
revoke all on function xinheng.step_content from public;
grant execute on function xinheng.step_content to xinheng_app;
