-- Repair (R22, 信用修复管理办法): its steps (domain/machines/repair.ts), and the wall against what may not be repaired, or
-- not yet. No step of a repair commits without its row here, and the row is made by one function that counts the day again.
insert into xinheng.step_rule (machine, after, kind, party, roles, other, opens, waits, hiding, ended, marked, of_record, single) values
  ('repair', 'start', 'apply', 'person', '{}', false, false, false, 'no', null, true, true, true),
  ('repair', 'apply', 'more', 'owner', '{clerk,reviewer}', false, false, false, 'no', null, true, false, false),
  ('repair', 'more', 'supplement', 'person', '{}', false, false, false, 'no', null, true, false, false),
  ('repair', 'apply', 'accept', 'owner', '{clerk,reviewer}', false, false, false, 'no', null, true, false, false),
  ('repair', 'supplement', 'accept', 'owner', '{clerk,reviewer}', false, false, false, 'no', null, true, false, false),
  ('repair', 'accept', 'extend', 'owner', '{reviewer}', false, false, false, 'no', null, true, false, false),
  ('repair', 'apply', 'refuse', 'owner', '{reviewer}', false, false, false, 'no', null, false, false, false),
  ('repair', 'supplement', 'refuse', 'owner', '{reviewer}', false, false, false, 'no', null, false, false, false),
  ('repair', 'accept', 'refuse', 'owner', '{reviewer}', false, false, false, 'no', null, false, false, false),
  ('repair', 'extend', 'refuse', 'owner', '{reviewer}', false, false, false, 'no', null, false, false, false),
  ('repair', 'apply', 'grant', 'owner', '{reviewer}', false, false, false, 'now', 'repaired', false, false, false),
  ('repair', 'supplement', 'grant', 'owner', '{reviewer}', false, false, false, 'now', 'repaired', false, false, false),
  ('repair', 'accept', 'grant', 'owner', '{reviewer}', false, false, false, 'now', 'repaired', false, false, false),
  ('repair', 'extend', 'grant', 'owner', '{reviewer}', false, false, false, 'now', 'repaired', false, false, false),
  ('repair', 'apply', 'retract', 'person', '{}', false, false, false, 'no', null, false, false, false),
  ('repair', 'more', 'retract', 'person', '{}', false, false, false, 'no', null, false, false, false),
  ('repair', 'supplement', 'retract', 'person', '{}', false, false, false, 'no', null, false, false, false),
  ('repair', 'accept', 'retract', 'person', '{}', false, false, false, 'no', null, false, false, false),
  ('repair', 'extend', 'retract', 'person', '{}', false, false, false, 'no', null, false, false, false);

create table xinheng.repair (
  subject uuid not null,
  file bigint not null,
  nk bigint not null,
  -- display class of the record and the rule for it, in the pack of the application
  class text not null,
  rule text not null,
  -- the clock of the record (B2), and the first day on which repair could be applied for
  clock date not null,
  possible date not null,
  day date not null default xinheng.today(),
  primary key (subject, file),
  check (possible >= clock and day >= possible)
);

-- Enters an application for repair, in the transaction of its first step. The class is what the record's own fields make it
-- (domain/catalog.ts); it must be one its item has, with a rule in force, and its shortest time must have passed, counted
-- from the earliest decision date of the record's versions. Outcomes: 0 entered, 1 not repaired by law, 2 too early (from
-- `possible`), 3 nothing to repair: not adverse, no rule, or no longer shown.
create function xinheng.enter_repair(p_subject uuid, p_file bigint, p_class text)
returns table (outcome smallint, possible date)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_nk bigint; v_pack smallint; v_content jsonb; v_clock date; v_item text; v_longest interval; v_adverse boolean;
  v_rule jsonb; v_least interval; v_possible date; v_today date := xinheng.today();
begin
  select a.nk, a.pack into v_nk, v_pack from xinheng.action a
    where a.subject = p_subject and a.file = p_file and a.step = 1 and a.machine = 'repair';
  select p.content into v_content from xinheng.pack p where p.num = v_pack;
  select min(r.decided), (array_agg(i.id order by r.nk desc))[1], max(i.longest), bool_and(i.adverse)
    into v_clock, v_item, v_longest, v_adverse
    from xinheng.record r join xinheng.item i on i.num = r.item
    where r.subject = p_subject and r.nk between v_nk and v_nk + 1023;
  select e into v_rule from jsonb_array_elements(v_content -> 'repair') with ordinality x(e, n)
    where e -> 'classes' ? p_class and (e ->> 'from')::date <= v_today and v_today < coalesce((e ->> 'until')::date, 'infinity')
    order by n desc limit 1;
  if not coalesce(v_adverse, false) or v_rule is null or v_clock + v_longest <= v_today
    or v_nk = any (xinheng.hidden(p_subject, v_today)) and not exists (select from xinheng.action a
      where a.subject = p_subject and a.nk = v_nk and a.hiding = 'later' and a.hides_from <= v_today)
    or not exists (select from jsonb_array_elements(v_content -> 'items') e where e ->> 'id' = v_item
      and (e -> 'display' ->> 'class' = p_class or e -> 'display' -> 'when' @> jsonb_build_array(jsonb_build_object('class', p_class))))
  then return query select 3::smallint, null::date; return; end if;
  if coalesce((v_rule ->> 'irreparable')::boolean, false) then return query select 1::smallint, null::date; return; end if;
  select max((d ->> 'least')::interval) into v_least from jsonb_array_elements(v_content -> 'display') d
    where d ->> 'id' = p_class and (d ->> 'from')::date <= v_today and v_today < coalesce((d ->> 'until')::date, 'infinity');
  v_possible := v_clock + coalesce(v_least, interval '0');
  if v_today < v_possible then return query select 2::smallint, v_possible; return; end if;
  insert into xinheng.repair (subject, file, nk, class, rule, clock, possible)
    values (p_subject, p_file, v_nk, p_class, v_rule ->> 'id', v_clock, v_possible);
  return query select 0::smallint, v_possible;
end $$;

-- The key that binds every step of a repair to that row, whoever inserts the step; asked when the transaction commits.
alter table xinheng.action
  add column repair bigint generated always as (case when machine = 'repair' then file end) stored,
  add foreign key (subject, repair) references xinheng.repair (subject, file) deferrable initially deferred;

revoke all on function xinheng.enter_repair from public;
grant execute on function xinheng.enter_repair to xinheng_app;
