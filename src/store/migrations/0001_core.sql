-- The core: reference data, the three big tables, and the one gate out of them.
-- Roles exist before this runs (store/migrate.ts). Widest columns first; no null columns in `record`,
-- so that its tuple header stays at 24 bytes (decisions/001).

create schema xinheng;
revoke all on schema public from public;
grant usage on schema xinheng to xinheng_app, xinheng_sequencer, xinheng_eraser, xinheng_reader;

-- The only clock of the walls. Tests replace it as owner to live through a month in a second.
create function xinheng.instant() returns timestamptz language sql stable parallel safe
  as $$ select transaction_timestamp() $$;
create function xinheng.today() returns date language sql stable parallel safe
  as $$ select (xinheng.instant() at time zone 'Asia/Shanghai')::date $$;

-- ── reference data, loaded from packs by the owner ────────────────────────────────────────────────
create table xinheng.pack (
  num smallint generated always as identity primary key,
  digest bytea not null unique,
  id text not null,
  version text not null,
  content jsonb not null
);
create table xinheng.pack_load (
  at timestamptz primary key default clock_timestamp(),
  num integer generated always as identity unique,
  pack smallint not null references xinheng.pack
);
comment on table xinheng.pack_load is 'which pack came into force when: the last one by an instant was in force at it';
comment on table xinheng.pack is 'every merged pack that ever judged anything here; actions name it by num';

create table xinheng.unit (
  num smallint generated always as identity primary key,
  id text not null unique,
  kind text not null,
  name jsonb not null
);
create table xinheng.purpose (
  num smallint generated always as identity primary key,
  id text not null unique,
  statutory boolean not null,
  -- longest time a look-up for this purpose may be withheld from the person; null: never (G4)
  withhold interval
);
create table xinheng.item (
  num smallint generated always as identity primary key,
  id text not null,
  layout text[] not null,
  adverse boolean not null,
  person boolean not null,
  -- G5's wall: the longest term any display class of the item allows
  longest interval not null,
  -- G6's wall: its records are entries of a list determined here, and count only once they are determined
  entry boolean not null default false,
  unique (id, layout)
);
comment on table xinheng.item is 'one row an item and field layout: `record.body` is read by the layout of its item';

-- who may see what for which purpose: one row a purpose and unit, arrays in the same order
create table xinheng.visible (
  purpose smallint not null references xinheng.purpose,
  unit smallint not null references xinheng.unit,
  items smallint[] not null,
  sealed_items smallint[] not null,
  primary key (purpose, unit)
);

create table xinheng.term (num integer primary key, value text not null);
-- each value stands for a block of a thousand numbers: two files at once never share one
create sequence xinheng.term_num as integer increment by 1000;
comment on table xinheng.term is 'interned open values (authorities, legal bases): never personal data';

-- ── people who work here, and sessions ───────────────────────────────────────────────────────────
create table xinheng.account (
  num integer generated always as identity primary key,
  name text not null unique,
  display jsonb not null,
  unit smallint references xinheng.unit,
  roles text[] not null,
  subject uuid,
  password text not null,
  opened_at timestamptz not null default clock_timestamp(),
  closed_at timestamptz,
  check ((subject is null) <> (unit is null))
);
create unique index account_subject on xinheng.account (subject) where subject is not null and closed_at is null;

create table xinheng.session (
  token_hash bytea primary key,
  account integer not null references xinheng.account,
  csrf text not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  ended_at timestamptz
);
create table xinheng.sign_in_attempt (
  name_hash bytea not null,
  at timestamptz not null default clock_timestamp(),
  ok boolean not null
);
create index sign_in_attempt_recent on xinheng.sign_in_attempt (name_hash, at);

create table xinheng.matter (
  unit smallint not null references xinheng.unit,
  number text not null check (length(number) between 1 and 64),
  purpose smallint not null references xinheng.purpose,
  title text not null,
  opened_by integer not null references xinheng.account,
  opened_at timestamptz not null default clock_timestamp(),
  closed_at timestamptz,
  primary key (unit, number)
);

-- ── the three big tables ─────────────────────────────────────────────────────────────────────────
create table xinheng.subject (
  subject uuid primary key,
  name_mac bigint not null,
  kind smallint not null,
  sealed bytea not null,
  name text
);
comment on column xinheng.subject.sealed is 'AES-256-GCM of [number, name]; the only place they stand';
comment on column xinheng.subject.name is 'organisations only';
create index subject_name on xinheng.subject (name text_pattern_ops) where name is not null;

create table xinheng.record (
  subject uuid not null,
  nk bigint not null,
  mac bigint not null,
  submission integer not null,
  decided date not null,
  item smallint not null,
  unit smallint not null,
  body bytea not null,
  sealed bytea not null,
  primary key (subject, nk)
);
alter table xinheng.record alter column body set storage main, alter column sealed set storage main;

create sequence xinheng.submission_num as integer;
create table xinheng.submission (
  num integer primary key,
  unit smallint not null references xinheng.unit,
  item smallint not null references xinheng.item,
  pack smallint not null references xinheng.pack,
  actor integer not null references xinheng.account,
  reviewer integer references xinheng.account,
  at timestamptz not null,
  key text not null check (length(key) between 1 and 200),
  digest bytea not null,
  accepted boolean not null,
  read_rows integer not null,
  new_rows integer not null,
  version_rows integer not null,
  duplicate_rows integer not null,
  refused_rows integer not null,
  -- null: unknown, where the official calendar does not reach (R7)
  late_rows integer,
  wrong_code_rows integer not null,
  cells bigint not null,
  filled_cells bigint not null,
  -- one 32-byte sum of keyed row hashes for each bucket of natural keys (G11)
  blocks bytea not null,
  refusal text,
  check (reviewer is distinct from actor)
);
create unique index submission_key on xinheng.submission (unit, item, key) where accepted;
create index submission_at on xinheng.submission using brin (at);
create table xinheng.submission_error (
  submission integer not null,
  row integer not null,
  field text not null,
  code text not null,
  -- which earlier decision stands against the row: number and day, nothing of the person
  detail text not null default ''
);
create index submission_error_of on xinheng.submission_error (submission, row);

-- files that wait for a second named person (R6): sealed chunks, no rows yet
create table xinheng.held_file (
  num integer generated always as identity primary key,
  unit smallint not null references xinheng.unit,
  item smallint not null references xinheng.item,
  actor integer not null references xinheng.account,
  at timestamptz not null default clock_timestamp(),
  key text not null,
  digest bytea not null,
  format text not null,
  counts jsonb not null
);
create unique index held_file_key on xinheng.held_file (unit, item, key);
create unique index held_file_unit on xinheng.held_file (num, unit);
create unique index held_file_owner on xinheng.held_file (num, actor);
create table xinheng.held_chunk (
  file integer not null,
  seq integer not null,
  unit smallint not null,
  sealed bytea not null,
  primary key (file, seq),
  -- deferred: chunks are sealed and stored as they come, the row of the file when its counts are known
  foreign key (file, unit) references xinheng.held_file (num, unit) deferrable initially deferred
);
create table xinheng.held_decision (
  file integer primary key,
  unit smallint not null,
  actor integer not null,
  uploader integer not null,
  approved boolean not null,
  reason text not null,
  submission integer,
  at timestamptz not null default clock_timestamp(),
  check (actor <> uploader),
  foreign key (file, unit) references xinheng.held_file (num, unit),
  foreign key (file, uploader) references xinheng.held_file (num, actor)
);

-- ── what happens: actions are steps ──────────────────────────────────────────────────────────────
-- Which step may follow which (domain/step.ts is the same table; a test compares them). One row a machine, step before
-- and step; later migrations add the machines of their area.
create table xinheng.step_rule (
  machine text not null,
  -- the kind of the step before; 'start' for the first
  after text not null,
  kind text not null,
  -- who takes it: 'person', 'owner' (the unit that answers for the case), 'kind:…' (a unit of that kind), 'unit' (any)
  party text not null check (party ~ '^(person|owner|unit|kind:[a-z-]+)$'),
  roles text[] not null,
  -- somebody else than whoever took the first step
  other boolean not null default false,
  -- sets the window for statement and defence · only after that window
  opens boolean not null default false,
  waits boolean not null default false,
  -- what it does to the record: 'no', 'now' (ends it), 'later' (silence past `hides_from` suspends it)
  hiding text not null default 'no' check (hiding in ('no', 'now', 'later')),
  -- what the record then is, for those who may still see it
  ended text check ((ended is not null) = (hiding <> 'no')),
  -- a mark travels with the record while this is the last step
  marked boolean not null default false,
  -- the first step of a case about a record that is on file
  of_record boolean not null default false,
  -- a first step: one such case of its machine is open at a time about the same record or case
  single boolean not null default false,
  primary key (machine, after, kind),
  unique (machine, after, kind, other, opens, waits, hiding, marked)
);
comment on table xinheng.step_rule is 'the state machines of due process: what is not a row here cannot happen';

create table xinheng.action (
  subject uuid not null,
  num bigint generated always as identity,
  nk bigint not null,
  at timestamptz not null default xinheng.instant(),
  actor integer not null,
  unit smallint not null,
  pack smallint not null,
  kind text not null,
  sealed bytea not null,
  -- the case this is a step of: the number of its first step; null where one step is all (withdraw, erase)
  file bigint,
  step smallint not null default 1 check (step >= 1),
  before smallint check (before is not distinct from nullif(step - 1, 0)),
  machine text not null default 'record',
  after text not null default 'start',
  -- carried through the case: the unit that answers for it, another case it is about, who took the first step
  owner smallint not null default 0,
  target bigint not null default 0,
  proposer integer not null default 0,
  other boolean not null default false,
  opens boolean not null default false,
  waits boolean not null default false,
  hiding text not null default 'now',
  marked boolean not null default false,
  day date not null default xinheng.today(),
  -- last day of the window for statement and defence, as the step before left it and as this one does
  window_before date not null default '-infinity',
  window_end date not null default '-infinity',
  -- by when the next step is due; null: none, or unknown because the official calendar does not reach
  due date,
  -- from this day on the record is neither shown nor used, while this is the last step (clocks are read, not run)
  hides_from date not null default xinheng.today(),
  primary key (subject, num),
  unique (subject, file, step),
  unique (subject, file, step, kind, machine, nk, owner, target, proposer, window_end),
  foreign key (subject, file, before, after, machine, nk, owner, target, proposer, window_before)
    references xinheng.action (subject, file, step, kind, machine, nk, owner, target, proposer, window_end),
  foreign key (machine, after, kind, other, opens, waits, hiding, marked)
    references xinheng.step_rule (machine, after, kind, other, opens, waits, hiding, marked),
  check ((step = 1) = (after = 'start')),
  check (case when file is null then step = 1 and machine = 'record' when step = 1 then file = num and proposer = actor else true end),
  check (day = (at at time zone 'Asia/Shanghai')::date),
  check (not other or actor <> proposer),
  check (not waits or day > window_before),
  check (case when opens then window_end >= day else window_end = window_before end),
  check (step > 1 or window_before = '-infinity'),
  check (case hiding when 'no' then hides_from = 'infinity' when 'now' then hides_from <= day else hides_from between day and '9999-12-31' end)
);
create index action_at on xinheng.action using brin (at);
create index action_owner on xinheng.action (owner, machine) where file is not null;
comment on column xinheng.action.nk is 'the record it concerns, version bits zero: it holds for every version; 0: none';
insert into xinheng.step_rule (machine, after, kind, party, roles, hiding, ended) values
  ('record', 'start', 'withdraw', 'owner', '{clerk}', 'now', 'withdrawn'),
  ('record', 'start', 'erase', 'unit', '{admin}', 'now', 'erased');

-- The records that are hidden on a day: the last step of a case decides, or a step that stands alone.
create function xinheng.hidden(p_subject uuid, p_day date) returns bigint[]
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select array(select a.nk from xinheng.action a where a.subject = p_subject and a.hides_from <= p_day
    and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step))
$$;
revoke all on function xinheng.hidden from public;

-- ── consent ──────────────────────────────────────────────────────────────────────────────────────
create table xinheng.consent (
  subject uuid not null,
  num bigint generated always as identity,
  unit smallint not null references xinheng.unit,
  purpose smallint not null references xinheng.purpose,
  given_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  primary key (subject, num),
  check (expires_at > given_at)
);
create table xinheng.consent_end (
  subject uuid not null,
  consent bigint not null,
  at timestamptz not null default clock_timestamp(),
  primary key (subject, consent),
  foreign key (subject, consent) references xinheng.consent (subject, num)
);

-- ── every look-up ────────────────────────────────────────────────────────────────────────────────
-- ground: 1 statutory matter, 2 consent, 3 the person, 4 review body, 5 court, 6 list or search
-- outcome: 0 answered, else the reason it was refused
create sequence xinheng.access_num;
create table xinheng.access (
  subject uuid not null,
  num bigint not null default nextval('xinheng.access_num'),
  at timestamptz not null default clock_timestamp(),
  actor integer not null,
  unit smallint not null,
  purpose smallint not null,
  ground smallint not null,
  outcome smallint not null,
  shown smallint not null,
  matter text not null,
  items bytea not null,
  primary key (subject, num, at)
) partition by range (at);
create index access_at on xinheng.access using brin (at) with (pages_per_range = 16);

create table xinheng.access_withheld (
  subject uuid not null,
  access bigint not null,
  ground text not null check (length(ground) > 0),
  until date not null,
  primary key (subject, access)
);
comment on table xinheng.access_withheld is 'a look-up the person sees only from `until` on (G4); counted in public';

-- Partitions by month; the owner's, called at every start and by the sequencer.
create function xinheng.ensure_partitions(months integer default 3) returns integer
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  first date; made integer := 0;
begin
  perform pg_advisory_xact_lock(7301);
  for i in -1..months loop
    first := (date_trunc('month', xinheng.instant() at time zone 'Asia/Shanghai') + make_interval(months => i))::date;
    if to_regclass(format('xinheng.access_%s', to_char(first, 'YYYYMM'))) is null then
      execute format('create table xinheng.access_%s partition of xinheng.access for values from (%L) to (%L)',
        to_char(first, 'YYYYMM'), first::timestamp at time zone 'Asia/Shanghai',
        (first + interval '1 month')::timestamp at time zone 'Asia/Shanghai');
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;
