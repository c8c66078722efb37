-- The counter of the service hall (R25): a member of staff helps a person who is present. The ground is that presence and no
-- other: a document was checked and a form was signed, for half an hour at most. Within it the counter stands for this person as
-- a representative would, and the person is told at once and sees all of it, by the number of the form they signed (G4).

-- Few rows: beyond one machine a reference table, because a presence is named without its subject.
create table xinheng.presence (
  num bigint generated always as identity primary key,
  subject uuid not null,
  actor integer not null references xinheng.account,
  unit smallint not null references xinheng.unit,
  form text not null check (form ~ '[^\s\u3000\u00a0]' and length(form) <= 48),
  -- the kind of document that was seen, never its number
  document text not null check (length(document) between 1 and 32),
  at timestamptz not null default xinheng.instant(),
  until timestamptz not null check (until > at and until <= at + interval '30 minutes'),
  -- a form that was signed serves once
  unique (unit, form)
);
create index presence_actor on xinheng.presence (actor, num);
create table xinheng.presence_end (
  presence bigint primary key references xinheng.presence,
  at timestamptz not null default xinheng.instant()
);
comment on table xinheng.presence is 'read and written by functions only; ended by presence_end or by its time';

-- The presence within which an account acts for a person now; null: none. The last one of the account, and nobody else's.
create function xinheng.present_now(p_actor integer, p_subject uuid) returns bigint
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select p.num from xinheng.presence p join xinheng.account a on a.num = p.actor
  where p.actor = p_actor and p.subject = p_subject and a.closed_at is null and 'counter' = any (a.roles) and a.unit = p.unit
    and p.at <= xinheng.instant() and p.until > xinheng.instant()
    and p.num = (select max(q.num) from xinheng.presence q where q.actor = p_actor)
    and not exists (select from xinheng.presence_end e where e.presence = p.num)
$$;

-- Does an account stand for this person: as the person, with a live authority, or at the counter with the person present?
create or replace function xinheng.stands_for(p_actor integer, p_subject uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and (
    a.subject = p_subject or exists (
      select from xinheng.authority g where g.subject = p_subject and g.representative = a.subject and g.ended_at is null
        and xinheng.today() >= g.from_day and xinheng.today() < g.until_day)
    or xinheng.present_now(p_actor, p_subject) is not null))
$$;

-- Opens a presence and tells the person. Outcomes: 0 opened, 1 not this actor's to do, 10 the form has served. A row of the log
-- says that it was tried, refused or not.
create function xinheng.open_presence(p_actor integer, p_subject uuid, p_form text, p_document text, p_title jsonb, p_text jsonb)
returns table (outcome smallint, num bigint, until timestamptz)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint; v_own smallint; v_num bigint; v_until timestamptz := xinheng.instant() + interval '30 minutes'; v_outcome smallint := 0;
begin
  select a.unit, case when 'counter' = any (a.roles) then a.unit end into v_own, v_unit
    from xinheng.account a where a.num = p_actor and a.closed_at is null;
  if v_unit is null then v_outcome := 1;
  else
    insert into xinheng.presence (subject, actor, unit, form, document, until)
      values (p_subject, p_actor, v_unit, p_form, p_document, v_until)
      on conflict (unit, form) do nothing returning presence.num into v_num;
    if v_num is null then v_outcome := 10; end if;
  end if;
  perform xinheng.log_access(p_subject, p_actor, v_own, null, 7::smallint, (case when v_outcome = 0 then 0 else 1 end)::smallint, 0, p_form, ''::bytea);
  if v_outcome = 0 then insert into xinheng.notice (subject, title, text) values (p_subject, p_title, p_text); end if;
  return query select v_outcome, v_num, case when v_outcome = 0 then v_until end;
end $$;

-- A presence by its number, for whoever opened it, while it lasts.
create function xinheng.find_presence(p_actor integer, p_num bigint) returns table (subject uuid, form text, unit smallint, until timestamptz)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select p.subject, p.form, p.unit, p.until from xinheng.presence p
  where p.num = p_num and xinheng.present_now(p_actor, p.subject) = p.num
$$;
create function xinheng.end_presence(p_actor integer, p_num bigint) returns timestamptz
language sql security definer set search_path = pg_catalog, xinheng as $$
  insert into xinheng.presence_end (presence)
    select p.num from xinheng.presence p where p.num = p_num and p.actor = p_actor
    on conflict (presence) do nothing returning at
$$;

-- The file of whom one stands for; at the counter on the ground of the presence, by the number of its form.
create or replace function xinheng.archive_for(p_actor integer, p_subject uuid, p_at timestamptz) returns xinheng.archive
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_shown bigint := 0; v_items bytea; v_answer xinheng.archive; v_stands boolean := xinheng.stands_for(p_actor, p_subject);
  v_unit smallint; v_form text;
begin
  select p.unit, p.form into v_unit, v_form from xinheng.presence p where p.num = xinheng.present_now(p_actor, p_subject);
  v_answer.at := xinheng.instant();
  v_answer.outcome := case when v_stands then 0 else 6 end;
  if v_stands then
    select r.shown, r.items, r.records into v_shown, v_items, v_answer.records
      from xinheng.read_all(p_subject, least(coalesce(p_at, v_answer.at), v_answer.at)) r;
    v_answer.marks := xinheng.marks(p_subject, least(coalesce(p_at, v_answer.at), v_answer.at));
    select s.sealed, s.kind into v_answer.identity, v_answer.kind from xinheng.subject s where s.subject = p_subject;
  end if;
  v_answer.access := xinheng.log_access(p_subject, p_actor, v_unit, null, (case when v_form is null then 3 else 7 end)::smallint,
    v_answer.outcome, v_shown, coalesce(v_form, ''), v_items);
  return v_answer;
end $$;

-- A report printed at the counter is of that reading.
alter table xinheng.report drop constraint report_reading_check,
  add constraint report_reading_check check (reading in ('self', 'look-up', 'past', 'presence'));

revoke all on function xinheng.present_now, xinheng.open_presence, xinheng.find_presence, xinheng.end_presence from public;
grant execute on function xinheng.open_presence, xinheng.find_presence, xinheng.end_presence to xinheng_app;
