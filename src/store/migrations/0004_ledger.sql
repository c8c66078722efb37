-- The ledger (G11, decisions/003): an RFC 6962 tree over submissions, actions, look-ups, consents, accounts and pack
-- loads, kept in C2SP tiles.
-- The sequencer alone writes here; the app serves what it finds. No row holds personal data: leaves are salted
-- commitments, and `ids` are running numbers.

create table xinheng.ledger_tile (
  index bigint not null check (index >= 0),
  level smallint not null check (level between 0 and 6),
  bytes bytea not null check (octet_length(bytes) between 32 and 8192 and octet_length(bytes) % 32 = 0),
  primary key (level, index)
);
-- hashes do not compress: do not try
alter table xinheng.ledger_tile alter column bytes set storage external;
-- only the right edge of the tree changes, over and over: its dead versions must not outgrow it
alter table xinheng.ledger_tile set (autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0,
  toast.autovacuum_vacuum_threshold = 1000, toast.autovacuum_vacuum_scale_factor = 0);
comment on table xinheng.ledger_tile is 'tile/<level>/<index> of c2sp.org/tlog-tiles; 8192 bytes when full, then final';

create function xinheng.ledger_tile_grows() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.level <> old.level or new.index <> old.index or octet_length(new.bytes) <= octet_length(old.bytes)
    or substr(new.bytes, 1, octet_length(old.bytes)) <> old.bytes then
    raise exception 'a tile of the ledger only grows' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger ledger_tile_grows before update on xinheng.ledger_tile
  for each row execute function xinheng.ledger_tile_grows();

create table xinheng.ledger_batch (
  first bigint primary key check (first >= 0),
  earliest timestamptz not null,
  latest timestamptz not null check (latest >= earliest),
  at timestamptz not null default clock_timestamp(),
  rows integer not null check (rows > 0),
  source smallint not null check (source between 1 and 8),
  ids int8multirange not null check (not isempty(ids))
);
create index ledger_batch_latest on xinheng.ledger_batch (source, latest);
comment on column xinheng.ledger_batch.source is 'numbers of store/ledger-sources.ts';
comment on column xinheng.ledger_batch.ids is
  'num of its rows; the row of the k-th smallest is leaf first + k. Runs cost 21 bytes, a row in a run nothing';

create table xinheng.ledger_checkpoint (
  size bigint primary key check (size > 0),
  at timestamptz not null default clock_timestamp(),
  note text not null
);

grant select on xinheng.submission, xinheng.submission_error, xinheng.action, xinheng.access, xinheng.consent,
  xinheng.consent_end, xinheng.pack_load to xinheng_sequencer;
grant select (num, id, version, digest) on xinheng.pack to xinheng_sequencer;
create policy ledger on xinheng.consent for select to xinheng_sequencer using (true);
create policy ledger on xinheng.consent_end for select to xinheng_sequencer using (true);
-- all of an account but its password
grant select (num, name, display, unit, roles, subject, opened_at, closed_at) on xinheng.account to xinheng_sequencer;
-- rows are found by when they came to be
create index consent_given_at on xinheng.consent using brin (given_at);
create index consent_end_at on xinheng.consent_end using brin (at);
create index account_opened_at on xinheng.account using brin (opened_at);
create index account_closed_at on xinheng.account (closed_at) where closed_at is not null;
grant select, insert on xinheng.ledger_tile, xinheng.ledger_batch, xinheng.ledger_checkpoint to xinheng_sequencer;
grant update (bytes) on xinheng.ledger_tile to xinheng_sequencer;
grant select on xinheng.ledger_tile, xinheng.ledger_batch, xinheng.ledger_checkpoint to xinheng_app, xinheng_reader;

-- The rows behind a proof, for whom they concern (G4): look-ups of and actions on the person who asks, submissions of
-- the unit that asks. Reading one's own is a look-up too and leaves its row.
create function xinheng.own_access(p_actor integer, p_num bigint) returns setof xinheng.access
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_subject uuid; v_row xinheng.access;
begin
  select a.subject into v_subject from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.subject is not null;
  select t.* into v_row from xinheng.access t
    where t.subject = v_subject and t.num = p_num and not exists (
      select from xinheng.access_withheld w where w.subject = t.subject and w.access = t.num and w.until > xinheng.today());
  if v_subject is not null then
    perform xinheng.log_access(v_subject, p_actor, 0::smallint, 0::smallint, 3::smallint,
      (case when v_row.num is null then 6 else 0 end)::smallint, 0, '', ''::bytea);
  end if;
  if v_row.num is not null then return next v_row; end if;
end $$;

create function xinheng.own_action(p_actor integer, p_num bigint) returns setof xinheng.action
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
declare
  v_subject uuid; v_row xinheng.action;
begin
  select a.subject into v_subject from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.subject is not null;
  select t.* into v_row from xinheng.action t where t.subject = v_subject and t.num = p_num;
  if v_subject is not null then
    perform xinheng.log_access(v_subject, p_actor, 0::smallint, 0::smallint, 3::smallint,
      (case when v_row.num is null then 6 else 0 end)::smallint, 0, '', ''::bytea);
  end if;
  if v_row.num is not null then return next v_row; end if;
end $$;

create function xinheng.own_submission(p_actor integer, p_num bigint) returns setof xinheng.submission
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select t.* from xinheng.submission t join xinheng.account a on a.unit = t.unit
  where t.num = p_num and a.num = p_actor and a.closed_at is null
$$;
revoke all on function xinheng.own_access, xinheng.own_action, xinheng.own_submission from public;
grant execute on function xinheng.own_access, xinheng.own_action, xinheng.own_submission to xinheng_app;
