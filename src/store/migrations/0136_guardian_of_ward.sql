-- A guardianship is over once a court finds that the ward has full capacity again (民法典 art 39): whoever was the guardian reads
-- and acts for them no longer, from that instant, whatever dates the counter entered; and a guardian consents to look-ups for
-- whom a finding is on record, not for an adult who can do so alone (arts 22, 23; G2, G3).

-- Is this person a ward as far as the courts say? Null: no court has said anything.
create function xinheng.is_ward(p_subject uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select bool_or(i.until_day is null) from xinheng.incapable(array[p_subject]) i
$$;
do $$
declare
  v_was text; v_now text; v record;
begin
  for v in select * from (values
    ('stands_for', 'and xinheng.today() < g.until_day)', 'and xinheng.today() < g.until_day
        and (g.kind <> ''guardian'' or xinheng.is_ward(p_subject) is not false))'),
    ('may_consent', 'else exists', 'else coalesce(xinheng.is_ward(p_subject), false) and exists'),
    ('authorities_self', 'and xinheng.today() < g.until_day,', 'and xinheng.today() < g.until_day
      and (g.kind <> ''guardian'' or xinheng.is_ward(g.subject) is not false),'),
    -- whose guardianship is over does not get it back at a counter; 13: a court has found that they have full capacity
    ('grant_authority', 'v_presence := ', 'if p_kind = ''guardian'' and not xinheng.is_ward(p_subject) then return query select 13::smallint, null::bigint, null::timestamptz; return; end if;
  v_presence := ')
  ) t(name, was, becomes) loop
    v_was := pg_get_functiondef(('xinheng.' || v.name)::regproc);
    v_now := replace(v_was, v.was, v.becomes);
    if v_now = v_was then raise exception '% is not the function that this migration extends: %', v.name, v.was; end if;
    execute v_now;
  end loop;
end $$;
revoke all on function xinheng.is_ward from public;
