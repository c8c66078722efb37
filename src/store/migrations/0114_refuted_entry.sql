-- A refuted entry stays refuted (B5): what was proposed and what the person was told is remembered by fingerprints of the facts
-- and of the evidence, and neither comes back against the same person once an entry on them was refuted or annulled. On the
-- same list, only new evidence, named, makes a new proposal.

create table xinheng.listing_ground (
  subject uuid not null,
  num bigint not null,
  file bigint not null,
  -- HMAC of the words, without what writing leaves open: they say nothing, and are the same for the same words
  facts bytea not null check (octet_length(facts) = 16),
  document bytea check (octet_length(document) = 16),
  primary key (subject, num),
  foreign key (subject, file) references xinheng.listing (subject, file)
);
create index listing_ground_of on xinheng.listing_ground (subject, file);

-- Entries and proposals of a person that were refuted or annulled, with the decision that did it.
create function xinheng.refuted_entries(p_subject uuid) returns table (file bigint, list text, entry text, decision bigint, day date)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select distinct on (l.file) l.file, l.list, l.entry, a.file, a.day
  from xinheng.listing l
    join xinheng.action a on a.subject = l.subject and (a.nk = l.nk or a.target = l.file) and a.machine <> l.machine and a.hiding = 'now'
    join xinheng.step_rule u on u.machine = a.machine and u.after = a.after and u.kind = a.kind and u.ended = 'refuted'
  where l.subject = p_subject and l.machine = 'listing' order by l.file, a.num desc
$$;
-- The refuted entry that what is now said repeats: the same facts, the same evidence, or, for the same list, no new evidence.
create function xinheng.repeats_refuted(p_subject uuid, p_file bigint, p_list text, p_facts bytea, p_document bytea, p_first boolean)
returns table (entry text, decision bigint, day date)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select e.entry, e.decision, e.day from xinheng.refuted_entries(p_subject) e
  where e.file is distinct from p_file and (p_first and p_document is null and e.list = p_list or exists (
    select from xinheng.listing_ground g where g.subject = p_subject and g.file = e.file
      and (g.facts = p_facts or g.document = p_document)))
  order by e.day desc, e.decision desc limit 1
$$;

-- Asked before a proposal or a notice, by whoever may take that step: the clerk is told of the earlier decision, and the person
-- sees that they were (G4).
create function xinheng.find_refuted(p_actor integer, p_subject uuid, p_file bigint, p_list text, p_facts bytea, p_document bytea)
returns table (entry text, decision bigint, day date)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{clerk,reviewer}'::text[];
  if v_unit is null then return; end if;
  select r.entry, r.decision, r.day into entry, decision, day
    from xinheng.repeats_refuted(p_subject, p_file, p_list, p_facts, p_document, p_file is null) r;
  if entry is null then return; end if;
  perform xinheng.log_access(p_subject, p_actor, v_unit, null, 1::smallint, 0::smallint, 0, 'refuted ' || entry, ''::bytea);
  return next;
end $$;

-- Enters on what a proposal or a written notice rests; without this row its step does not commit. Outcomes: 0 entered, 8 nothing
-- is proposed, 14 it repeats what was refuted.
create function xinheng.enter_ground(p_subject uuid, p_num bigint, p_facts bytea, p_document bytea) returns smallint
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_step xinheng.action; v_listing xinheng.listing;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.machine = 'listing';
  select l.* into v_listing from xinheng.listing l where l.subject = p_subject and l.file = v_step.file;
  if v_listing.file is null then return 8; end if;
  if exists (select from xinheng.repeats_refuted(p_subject, v_listing.file, v_listing.list, p_facts, p_document, v_step.kind = 'propose'))
  then return 14; end if;
  insert into xinheng.listing_ground (subject, num, file, facts, document) values (p_subject, p_num, v_listing.file, p_facts, p_document);
  return 0;
end $$;

-- cases begun before this have no such row: the key is asked of every step from now on
alter table xinheng.action
  add column grounded bigint generated always as (case when machine = 'listing' and kind in ('propose', 'notify') then num end) stored,
  add constraint action_grounded foreign key (subject, grounded) references xinheng.listing_ground (subject, num)
    deferrable initially deferred not valid;

revoke all on function xinheng.refuted_entries, xinheng.repeats_refuted, xinheng.find_refuted, xinheng.enter_ground from public;
grant execute on function xinheng.find_refuted, xinheng.enter_ground to xinheng_app;
