-- Written by `xinheng generate` from a migrated database; do not edit. Migrations make the schema, this shows it.

-- ── Types

create type xinheng.archive as (
  outcome smallint,
  access bigint,
  at timestamp with time zone,
  kind smallint,
  identity bytea,
  records bytea,
  marks bytea
);

create type xinheng.measure_row as (
  subject uuid,
  file bigint,
  unit smallint,
  cause bigint,
  owner smallint,
  list text,
  measure text,
  pack smallint,
  kind text,
  task date,
  due date,
  responded date,
  carried date,
  lifted date,
  until date,
  over text,
  ended date,
  clash boolean
);

create type xinheng.published as (
  subject uuid,
  identity bytea,
  record bytea,
  marks bytea,
  decided date,
  nk bigint
);

create type xinheng.step as (
  subject uuid,
  num bigint,
  nk bigint,
  at timestamp with time zone,
  actor jsonb,
  unit smallint,
  pack smallint,
  kind text,
  sealed bytea,
  file bigint,
  step smallint,
  machine text,
  after text,
  owner smallint,
  target bigint,
  day date,
  window_end date,
  due date,
  hides_from date,
  marked boolean
);

-- ── Sequences

create sequence xinheng.access_num as bigint;

create sequence xinheng.entry_num as bigint;

create sequence xinheng.submission_num as integer;

create sequence xinheng.term_num as integer;

create sequence xinheng.tip_num as integer;

-- ── Tables

create table xinheng.access (
  subject uuid not null,
  num bigint not null default nextval('xinheng.access_num'::regclass),
  at timestamp with time zone not null default clock_timestamp(),
  actor integer not null,
  unit smallint not null,
  purpose smallint not null,
  ground smallint not null,
  outcome smallint not null,
  shown smallint not null,
  matter text not null,
  items bytea not null,
  constraint access_pkey PRIMARY KEY (subject, num, at)
) partition by RANGE (at);

create table xinheng.access_review (
  num integer not null generated always as identity,
  at timestamp with time zone not null default xinheng.instant(),
  actor integer not null,
  flag text not null,
  account integer not null,
  first bigint not null,
  count integer not null,
  outcome text not null,
  reason text not null,
  incident integer,
  constraint access_review_pkey PRIMARY KEY (num),
  constraint access_review_account_fkey FOREIGN KEY (account) REFERENCES xinheng.account(num),
  constraint access_review_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint access_review_incident_fkey FOREIGN KEY (incident) REFERENCES xinheng.incident(num),
  constraint access_review_check CHECK (((outcome = 'incident'::text) = (incident IS NOT NULL))),
  constraint access_review_check1 CHECK ((actor <> account)),
  constraint access_review_count_check CHECK ((count > 0)),
  constraint access_review_flag_check CHECK ((flag = ANY (ARRAY['volume'::text, 'hours'::text, 'no-matter'::text, 'own-name'::text, 'export'::text, 'mass-export'::text]))),
  constraint access_review_outcome_check CHECK ((outcome = ANY (ARRAY['in-order'::text, 'explained'::text, 'incident'::text]))),
  constraint access_review_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000)))
);

create table xinheng.access_withheld (
  subject uuid not null,
  access bigint not null,
  ground text not null,
  until date not null,
  constraint access_withheld_pkey PRIMARY KEY (subject, access),
  constraint access_withheld_ground_check CHECK ((length(ground) > 0))
);
comment on table xinheng.access_withheld is 'a look-up the person sees only from `until` on (G4); counted in public';

create table xinheng.account (
  num integer not null generated always as identity,
  name text not null,
  display jsonb not null,
  unit smallint,
  roles text[] not null,
  subject uuid,
  password text not null,
  opened_at timestamp with time zone not null default clock_timestamp(),
  closed_at timestamp with time zone,
  opened_roles text[],
  constraint account_name_key UNIQUE (name),
  constraint account_pkey PRIMARY KEY (num),
  constraint account_unit_fkey FOREIGN KEY (unit) REFERENCES xinheng.unit(num),
  constraint account_check CHECK (((subject IS NULL) <> (unit IS NULL))),
  constraint account_check1 CHECK (
CASE
    WHEN (subject IS NULL) THEN (NOT ('person'::text = ANY (roles)))
    ELSE (roles <@ ARRAY['person'::text])
END),
  constraint account_roles_check CHECK ((roles <@ ARRAY['clerk'::text, 'reviewer'::text, 'officer'::text, 'counter'::text, 'auditor'::text, 'admin'::text, 'review-body'::text, 'court'::text, 'person'::text])),
  constraint account_roles_check1 CHECK (((NOT ('auditor'::text = ANY (roles))) OR (cardinality(roles) = 1)))
);

create table xinheng.account_change (
  num integer not null generated always as identity,
  account integer not null,
  at timestamp with time zone not null default xinheng.instant(),
  actor integer not null,
  kind text not null,
  roles text[] not null,
  strong boolean not null,
  reason text not null,
  lost text[],
  half bytea,
  constraint account_change_num_account_actor_strong_kind_key UNIQUE (num, account, actor, strong, kind),
  constraint account_change_num_actor_key UNIQUE (num, actor),
  constraint account_change_pkey PRIMARY KEY (num),
  constraint account_change_account_fkey FOREIGN KEY (account) REFERENCES xinheng.account(num),
  constraint account_change_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint account_change_check CHECK ((actor <> account)),
  constraint account_change_check2 CHECK (((lost IS NULL) OR ((lost <> '{}'::text[]) AND (NOT strong) AND (kind <> 'password'::text)))),
  constraint account_change_check3 CHECK (((half IS NULL) OR ((octet_length(half) = 32) AND strong))),
  constraint account_change_kind_check CHECK ((kind = ANY (ARRAY['roles'::text, 'password'::text, 'close'::text]))),
  constraint account_change_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint account_change_strong CHECK ((strong OR (xinheng.strong_of(roles) IS NULL))) NOT VALID
);

create table xinheng.account_code (
  decision integer not null,
  account integer not null,
  at timestamp with time zone not null default xinheng.instant(),
  hash bytea not null,
  constraint account_code_hash_key UNIQUE (hash),
  constraint account_code_pkey PRIMARY KEY (decision),
  constraint account_code_account_fkey FOREIGN KEY (account) REFERENCES xinheng.account(num),
  constraint account_code_decision_fkey FOREIGN KEY (decision) REFERENCES xinheng.account_decision(num),
  constraint account_code_hash_check CHECK ((octet_length(hash) = 32))
);

create table xinheng.account_code_use (
  num integer not null,
  at timestamp with time zone not null default xinheng.instant(),
  constraint account_code_use_pkey PRIMARY KEY (num),
  constraint account_code_use_num_fkey FOREIGN KEY (num) REFERENCES xinheng.account_code(decision)
);

create table xinheng.account_decision (
  num integer not null generated always as identity,
  change integer not null,
  account integer not null,
  at timestamp with time zone not null default xinheng.instant(),
  actor integer not null,
  proposer integer not null,
  kind text not null,
  strong boolean not null,
  approved boolean not null,
  reason text not null,
  constraint account_decision_num_key UNIQUE (num),
  constraint account_decision_pkey PRIMARY KEY (change),
  constraint account_decision_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint account_decision_change_account_proposer_strong_kind_fkey FOREIGN KEY (change, account, proposer, strong, kind) REFERENCES xinheng.account_change(num, account, actor, strong, kind),
  constraint account_decision_check CHECK (((actor <> proposer) OR ((NOT strong) AND approved))),
  constraint account_decision_check1 CHECK ((actor <> account)),
  constraint account_decision_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
);

create table xinheng.account_seen (
  change integer not null,
  at timestamp with time zone not null default xinheng.instant(),
  proposer integer not null,
  actor integer not null,
  constraint account_seen_pkey PRIMARY KEY (change),
  constraint account_seen_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint account_seen_change_proposer_fkey FOREIGN KEY (change, proposer) REFERENCES xinheng.account_change(num, actor),
  constraint account_seen_check CHECK ((actor <> proposer))
);

create table xinheng.action (
  subject uuid not null,
  num bigint not null generated always as identity,
  nk bigint not null,
  at timestamp with time zone not null default xinheng.instant(),
  actor integer not null,
  unit smallint not null,
  pack smallint not null,
  kind text not null,
  sealed bytea not null,
  file bigint,
  step smallint not null default 1,
  before smallint,
  machine text not null default 'record'::text,
  after text not null default 'start'::text,
  owner smallint not null default 0,
  target bigint not null default 0,
  proposer integer not null default 0,
  other boolean not null default false,
  opens boolean not null default false,
  waits boolean not null default false,
  hiding text not null default 'now'::text,
  marked boolean not null default false,
  day date not null default xinheng.today(),
  window_before date not null default '-infinity'::date,
  window_end date not null default '-infinity'::date,
  due date,
  hides_from date not null default xinheng.today(),
  repair bigint default 
CASE
    WHEN (machine = 'repair'::text) THEN file
    ELSE NULL::bigint
END,
  recalled bigint default 
CASE
    WHEN ((hiding = 'now'::text) AND (nk <> 0)) THEN num
    ELSE NULL::bigint
END,
  listing bigint default 
CASE
    WHEN (machine = ANY (ARRAY['listing'::text, 'exemplar'::text])) THEN file
    ELSE NULL::bigint
END,
  opened bigint default 
CASE
    WHEN (opens AND (machine = ANY (ARRAY['listing'::text, 'exemplar'::text]))) THEN num
    ELSE NULL::bigint
END,
  entered bigint default 
CASE
    WHEN ((machine = ANY (ARRAY['listing'::text, 'exemplar'::text])) AND (kind = ANY (ARRAY['determine'::text, 'renew'::text]))) THEN num
    ELSE NULL::bigint
END,
  received bigint default 
CASE
    WHEN (machine = 'received'::text) THEN file
    ELSE NULL::bigint
END,
  measure bigint default 
CASE
    WHEN (machine = 'measure'::text) THEN file
    ELSE NULL::bigint
END,
  carried bigint default 
CASE
    WHEN ((machine = 'measure'::text) AND (kind = 'carry'::text)) THEN num
    ELSE NULL::bigint
END,
  capacity bigint default 
CASE
    WHEN (machine = 'capacity'::text) THEN num
    ELSE NULL::bigint
END,
  hides_before date not null default 'infinity'::date,
  checking bigint default 
CASE
    WHEN ((machine = 'campaign'::text) AND (kind <> ALL (ARRAY['answer'::text, 'report'::text]))) THEN num
    ELSE NULL::bigint
END,
  grounded bigint default 
CASE
    WHEN ((machine = 'listing'::text) AND (kind = ANY (ARRAY['propose'::text, 'notify'::text]))) THEN num
    ELSE NULL::bigint
END,
  constraint action_subject_file_step_hides_from_key UNIQUE (subject, file, step, hides_from),
  constraint action_subject_file_step_key UNIQUE (subject, file, step),
  constraint action_subject_file_step_kind_machine_nk_owner_target_propo_key UNIQUE (subject, file, step, kind, machine, nk, owner, target, proposer, window_end),
  constraint action_pkey PRIMARY KEY (subject, num),
  constraint action_grounded FOREIGN KEY (subject, grounded) REFERENCES xinheng.listing_ground(subject, num) DEFERRABLE INITIALLY DEFERRED NOT VALID,
  constraint action_machine_after_kind_other_opens_waits_hiding_marked_fkey FOREIGN KEY (machine, after, kind, other, opens, waits, hiding, marked) REFERENCES xinheng.step_rule(machine, after, kind, other, opens, waits, hiding, marked),
  constraint action_subject_capacity_fkey FOREIGN KEY (subject, capacity) REFERENCES xinheng.capacity(subject, num) DEFERRABLE INITIALLY DEFERRED,
  constraint action_subject_carried_fkey FOREIGN KEY (subject, carried) REFERENCES xinheng.measure_carried(subject, num) DEFERRABLE INITIALLY DEFERRED,
  constraint action_subject_checking_kind_day_fkey FOREIGN KEY (subject, checking, kind, day) REFERENCES xinheng.campaign_step(subject, num, kind, day) DEFERRABLE INITIALLY DEFERRED,
  constraint action_subject_entered_fkey FOREIGN KEY (subject, entered) REFERENCES xinheng.listing_entry(subject, num) DEFERRABLE INITIALLY DEFERRED,
  constraint action_subject_file_before_after_machine_nk_owner_target_p_fkey FOREIGN KEY (subject, file, before, after, machine, nk, owner, target, proposer, window_before) REFERENCES xinheng.action(subject, file, step, kind, machine, nk, owner, target, proposer, window_end),
  constraint action_subject_file_before_hides_before_fkey FOREIGN KEY (subject, file, before, hides_before) REFERENCES xinheng.action(subject, file, step, hides_from),
  constraint action_subject_listing_machine_nk_owner_fkey FOREIGN KEY (subject, listing, machine, nk, owner) REFERENCES xinheng.listing(subject, file, machine, nk, unit) DEFERRABLE INITIALLY DEFERRED,
  constraint action_subject_measure_owner_target_fkey FOREIGN KEY (subject, measure, owner, target) REFERENCES xinheng.measure(subject, file, unit, cause) DEFERRABLE INITIALLY DEFERRED,
  constraint action_subject_opened_window_end_fkey FOREIGN KEY (subject, opened, window_end) REFERENCES xinheng.listing_window(subject, num, window_end) DEFERRABLE INITIALLY DEFERRED,
  constraint action_subject_recalled_fkey FOREIGN KEY (subject, recalled) REFERENCES xinheng.recall(subject, action) DEFERRABLE INITIALLY DEFERRED,
  constraint action_subject_received_nk_owner_fkey FOREIGN KEY (subject, received, nk, owner) REFERENCES xinheng.received(subject, file, nk, unit) DEFERRABLE INITIALLY DEFERRED,
  constraint action_subject_repair_fkey FOREIGN KEY (subject, repair) REFERENCES xinheng.repair(subject, file) DEFERRABLE INITIALLY DEFERRED,
  constraint action_check CHECK ((NOT (before IS DISTINCT FROM NULLIF((step - 1), 0)))),
  constraint action_check1 CHECK (((step = 1) = (after = 'start'::text))),
  constraint action_check10 CHECK (((hiding <> 'later'::text) OR (hides_before > day) OR (hides_from <= day))) NOT VALID,
  constraint action_check2 CHECK (
CASE
    WHEN (file IS NULL) THEN ((step = 1) AND (machine = 'record'::text))
    WHEN (step = 1) THEN ((file = num) AND (proposer = actor))
    ELSE true
END),
  constraint action_check3 CHECK ((day = ((at AT TIME ZONE 'Asia/Shanghai'::text))::date)),
  constraint action_check4 CHECK (((NOT other) OR (actor <> proposer))),
  constraint action_check5 CHECK (((NOT waits) OR (day > window_before))),
  constraint action_check6 CHECK (
CASE
    WHEN opens THEN (window_end >= day)
    ELSE (window_end = window_before)
END),
  constraint action_check7 CHECK (((step > 1) OR (window_before = '-infinity'::date))),
  constraint action_check8 CHECK (
CASE hiding
    WHEN 'no'::text THEN (hides_from = 'infinity'::date)
    WHEN 'now'::text THEN (hides_from <= day)
    ELSE ((hides_from >= day) AND (hides_from <= '9999-12-31'::date))
END),
  constraint action_check9 CHECK (((step > 1) OR (hides_before = 'infinity'::date))),
  constraint action_step_check CHECK ((step >= 1))
);

create table xinheng.authority (
  subject uuid not null,
  num bigint not null generated always as identity,
  representative uuid not null,
  kind text not null,
  from_day date not null,
  until_day date not null,
  granted_by integer not null,
  at timestamp with time zone not null default xinheng.instant(),
  ended_at timestamp with time zone,
  sealed bytea not null,
  presence bigint,
  constraint authority_pkey PRIMARY KEY (subject, num),
  constraint authority_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES xinheng.account(num),
  constraint authority_presence_fkey FOREIGN KEY (presence) REFERENCES xinheng.presence(num),
  constraint authority_check CHECK ((until_day > from_day)),
  constraint authority_check1 CHECK ((representative <> subject)),
  constraint authority_kind_check CHECK ((kind = ANY (ARRAY['agent'::text, 'guardian'::text])))
);
alter table xinheng.authority enable row level security;

create table xinheng.bulletin (
  num integer not null generated always as identity,
  at timestamp with time zone not null default xinheng.instant(),
  author integer not null,
  from_day date not null,
  until_day date not null,
  note text not null,
  figures bytea not null,
  digest bytea not null default sha256(figures),
  place text,
  constraint bulletin_num_author_key UNIQUE (num, author),
  constraint bulletin_pkey PRIMARY KEY (num),
  constraint bulletin_author_fkey FOREIGN KEY (author) REFERENCES xinheng.account(num),
  constraint bulletin_check CHECK (((from_day <= until_day) AND (until_day <= ((at AT TIME ZONE 'Asia/Shanghai'::text))::date))),
  constraint bulletin_figures_check CHECK (((octet_length(figures) >= 2) AND (octet_length(figures) <= 4000000))),
  constraint bulletin_note_check CHECK ((length(note) <= 2000))
);

create table xinheng.bulletin_step (
  bulletin integer not null,
  kind text not null,
  at timestamp with time zone not null default xinheng.instant(),
  author integer not null,
  actor integer not null,
  reason text not null,
  constraint bulletin_step_pkey PRIMARY KEY (bulletin),
  constraint bulletin_step_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint bulletin_step_bulletin_author_fkey FOREIGN KEY (bulletin, author) REFERENCES xinheng.bulletin(num, author),
  constraint bulletin_step_check CHECK ((actor <> author)),
  constraint bulletin_step_check1 CHECK (((kind = 'publish'::text) OR (length(reason) > 0))),
  constraint bulletin_step_kind_check CHECK ((kind = ANY (ARRAY['publish'::text, 'reject'::text]))),
  constraint bulletin_step_reason_check CHECK ((length(reason) <= 500))
);

create table xinheng.campaign (
  num integer not null generated always as identity,
  problem text not null,
  pack smallint not null,
  unit smallint not null,
  at timestamp with time zone not null default xinheng.instant(),
  since date not null,
  until date not null,
  scope text not null,
  constraint campaign_num_until_key UNIQUE (num, until),
  constraint campaign_pkey PRIMARY KEY (num),
  constraint campaign_pack_fkey FOREIGN KEY (pack) REFERENCES xinheng.pack(num),
  constraint campaign_unit_fkey FOREIGN KEY (unit) REFERENCES xinheng.unit(num),
  constraint campaign_check CHECK (((since <= ((at AT TIME ZONE 'Asia/Shanghai'::text))::date) AND (until >= ((at AT TIME ZONE 'Asia/Shanghai'::text))::date))),
  constraint campaign_problem_check CHECK (((length(problem) >= 1) AND (length(problem) <= 80))),
  constraint campaign_scope_check CHECK (((length(scope) >= 1) AND (length(scope) <= 2000)))
);

create table xinheng.campaign_act (
  num integer not null generated always as identity,
  campaign integer not null,
  step smallint not null,
  before smallint,
  after text not null,
  kind text not null,
  at timestamp with time zone not null default xinheng.instant(),
  actor integer not null,
  actor_before integer,
  until date not null,
  reason text not null,
  figures bytea,
  digest bytea default sha256(figures),
  constraint campaign_act_campaign_step_kind_actor_key UNIQUE (campaign, step, kind, actor),
  constraint campaign_act_campaign_step_kind_key UNIQUE (campaign, step, kind),
  constraint campaign_act_num_key UNIQUE (num),
  constraint campaign_act_pkey PRIMARY KEY (campaign, step),
  constraint campaign_act_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint campaign_act_campaign_before_after_actor_before_fkey FOREIGN KEY (campaign, before, after, actor_before) REFERENCES xinheng.campaign_act(campaign, step, kind, actor),
  constraint campaign_act_campaign_until_fkey FOREIGN KEY (campaign, until) REFERENCES xinheng.campaign(num, until),
  constraint campaign_act_check CHECK ((NOT (before IS DISTINCT FROM NULLIF((step - 1), 0)))),
  constraint campaign_act_check1 CHECK ((((step = 1) = (after = 'start'::text)) AND ((step = 1) = (actor_before IS NULL)))),
  constraint campaign_act_check2 CHECK (((((((((((((after = 'start'::text) AND (kind = 'propose'::text)) OR ((after = 'propose'::text) AND (kind = 'open'::text))) OR ((after = 'propose'::text) AND (kind = 'reject'::text))) OR ((after = 'open'::text) AND (kind = 'draw'::text))) OR ((after = 'draw'::text) AND (kind = 'draw'::text))) OR ((after = 'return'::text) AND (kind = 'draw'::text))) OR ((after = 'open'::text) AND (kind = 'report'::text))) OR ((after = 'draw'::text) AND (kind = 'report'::text))) OR ((after = 'return'::text) AND (kind = 'report'::text))) OR ((after = 'report'::text) AND (kind = 'close'::text))) OR ((after = 'report'::text) AND (kind = 'return'::text)))),
  constraint campaign_act_check3 CHECK (((kind <> ALL (ARRAY['open'::text, 'reject'::text, 'close'::text, 'return'::text])) OR (actor <> actor_before))),
  constraint campaign_act_check4 CHECK (((kind <> ALL (ARRAY['reject'::text, 'return'::text])) OR (length(reason) > 0))),
  constraint campaign_act_check5 CHECK (((kind = 'report'::text) = (figures IS NOT NULL))),
  constraint campaign_act_check6 CHECK (((kind <> ALL (ARRAY['open'::text, 'draw'::text])) OR (((at AT TIME ZONE 'Asia/Shanghai'::text))::date <= until))),
  constraint campaign_act_figures_check CHECK (((octet_length(figures) >= 2) AND (octet_length(figures) <= 4000000))),
  constraint campaign_act_reason_check CHECK ((length(reason) <= 2000)),
  constraint campaign_act_step_check CHECK ((step >= 1))
);

create table xinheng.campaign_case (
  subject uuid not null,
  file bigint not null,
  campaign integer not null,
  unit smallint not null,
  constraint campaign_case_subject_campaign_key UNIQUE (subject, campaign),
  constraint campaign_case_subject_file_campaign_key UNIQUE (subject, file, campaign),
  constraint campaign_case_pkey PRIMARY KEY (subject, file),
  constraint campaign_case_subject_campaign_fkey FOREIGN KEY (subject, campaign) REFERENCES xinheng.campaign_drawn(subject, campaign)
);

create table xinheng.campaign_drawn (
  subject uuid not null,
  campaign integer not null,
  act smallint not null,
  kind text not null default 'draw'::text,
  records smallint not null,
  constraint campaign_drawn_pkey PRIMARY KEY (subject, campaign),
  constraint campaign_drawn_campaign_act_kind_fkey FOREIGN KEY (campaign, act, kind) REFERENCES xinheng.campaign_act(campaign, step, kind),
  constraint campaign_drawn_kind_check CHECK ((kind = 'draw'::text)),
  constraint campaign_drawn_records_check CHECK ((records > 0)),
  constraint campaign_organisations_only CHECK (xinheng.is_organisation(subject))
);

create table xinheng.campaign_step (
  subject uuid not null,
  num bigint not null,
  file bigint not null,
  campaign integer not null,
  kind text not null,
  day date not null,
  until date not null,
  closed smallint,
  act text,
  constraint campaign_step_subject_num_kind_day_key UNIQUE (subject, num, kind, day),
  constraint campaign_step_pkey PRIMARY KEY (subject, num),
  constraint campaign_step_campaign_closed_act_fkey FOREIGN KEY (campaign, closed, act) REFERENCES xinheng.campaign_act(campaign, step, kind),
  constraint campaign_step_campaign_until_fkey FOREIGN KEY (campaign, until) REFERENCES xinheng.campaign(num, until),
  constraint campaign_step_subject_file_campaign_fkey FOREIGN KEY (subject, file, campaign) REFERENCES xinheng.campaign_case(subject, file, campaign),
  constraint campaign_step_act_check CHECK ((act = 'close'::text)),
  constraint campaign_step_check CHECK (
CASE kind
    WHEN 'lapse'::text THEN ((closed IS NOT NULL) AND (act IS NOT NULL))
    ELSE ((closed IS NULL) AND (day <= until))
END)
);

create table xinheng.capacity (
  subject uuid not null,
  num bigint not null,
  file bigint not null,
  restored boolean not null,
  day date not null,
  at timestamp with time zone not null,
  constraint capacity_subject_file_restored_key UNIQUE (subject, file, restored),
  constraint capacity_pkey PRIMARY KEY (subject, num)
);
comment on table xinheng.capacity is 'what follows from the steps of capacity: the key of xinheng.action that none of them commits without';

create table xinheng.consent (
  subject uuid not null,
  num bigint not null generated always as identity,
  unit smallint not null,
  purpose smallint not null,
  given_at timestamp with time zone not null default xinheng.instant(),
  expires_at timestamp with time zone not null,
  given_by integer,
  constraint consent_pkey PRIMARY KEY (subject, num),
  constraint consent_given_by_fkey FOREIGN KEY (given_by) REFERENCES xinheng.account(num),
  constraint consent_purpose_fkey FOREIGN KEY (purpose) REFERENCES xinheng.purpose(num),
  constraint consent_unit_fkey FOREIGN KEY (unit) REFERENCES xinheng.unit(num),
  constraint consent_check CHECK ((expires_at > given_at))
);
alter table xinheng.consent enable row level security;

create table xinheng.consent_end (
  subject uuid not null,
  consent bigint not null,
  at timestamp with time zone not null default xinheng.instant(),
  constraint consent_end_pkey PRIMARY KEY (subject, consent),
  constraint consent_end_subject_consent_fkey FOREIGN KEY (subject, consent) REFERENCES xinheng.consent(subject, num)
);
alter table xinheng.consent_end enable row level security;

create table xinheng.contact (
  subject uuid not null,
  num bigint not null generated always as identity,
  channel text not null,
  at timestamp with time zone not null default xinheng.instant(),
  sealed bytea not null,
  constraint contact_pkey PRIMARY KEY (subject, num),
  constraint contact_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'mail'::text, 'paper'::text])))
);
alter table xinheng.contact enable row level security;

create table xinheng.content (
  num integer not null generated always as identity,
  kind text not null,
  opened_at timestamp with time zone not null default xinheng.instant(),
  constraint content_num_kind_key UNIQUE (num, kind),
  constraint content_pkey PRIMARY KEY (num),
  constraint content_kind_check CHECK ((kind = ANY (ARRAY['policy'::text, 'knowledge'::text, 'exemplar'::text, 'case'::text, 'campaign'::text, 'answer'::text])))
);

create table xinheng.content_step (
  content integer not null,
  version smallint not null,
  kind text not null,
  after text,
  actor integer not null,
  author integer not null,
  at timestamp with time zone not null default xinheng.instant(),
  reason text not null,
  checked text,
  constraint content_step_pkey PRIMARY KEY (content, version, kind),
  constraint content_step_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint content_step_content_version_after_fkey FOREIGN KEY (content, version, after) REFERENCES xinheng.content_step(content, version, kind),
  constraint content_step_content_version_author_fkey FOREIGN KEY (content, version, author) REFERENCES xinheng.content_version(content, version, author),
  constraint content_step_check CHECK ((NOT (after IS DISTINCT FROM
CASE kind
    WHEN 'submit'::text THEN NULL::text
    WHEN 'withdraw'::text THEN 'publish'::text
    ELSE 'submit'::text
END))),
  constraint content_step_check1 CHECK (((kind <> ALL (ARRAY['publish'::text, 'reject'::text])) OR (actor <> author))),
  constraint content_step_check2 CHECK (((kind <> ALL (ARRAY['reject'::text, 'withdraw'::text])) OR (length(reason) > 0))),
  constraint content_step_checked CHECK (((kind <> 'publish'::text) OR (checked IS NOT NULL))) NOT VALID,
  constraint content_step_checked_check CHECK ((checked = ANY (ARRAY['anonymous'::text, 'agreed'::text]))),
  constraint content_step_kind_check CHECK ((kind = ANY (ARRAY['submit'::text, 'publish'::text, 'reject'::text, 'withdraw'::text]))),
  constraint content_step_reason_check CHECK ((length(reason) <= 500))
);

create table xinheng.content_version (
  content integer not null,
  version smallint not null,
  kind text not null,
  author integer not null,
  at timestamp with time zone not null default xinheng.instant(),
  title jsonb not null,
  body jsonb not null,
  day date,
  until date,
  consent text,
  constraint content_version_content_version_author_key UNIQUE (content, version, author),
  constraint content_version_pkey PRIMARY KEY (content, version),
  constraint content_version_author_fkey FOREIGN KEY (author) REFERENCES xinheng.account(num),
  constraint content_version_content_kind_fkey FOREIGN KEY (content, kind) REFERENCES xinheng.content(num, kind),
  constraint content_version_body_check CHECK ((((length((body ->> 'zh'::text)) >= 1) AND (length((body ->> 'zh'::text)) <= 20000)) AND ((length((body ->> 'en'::text)) >= 1) AND (length((body ->> 'en'::text)) <= 40000)))),
  constraint content_version_check CHECK ((day < until)),
  constraint content_version_check1 CHECK (((kind <> 'campaign'::text) OR (day IS NOT NULL))),
  constraint content_version_check2 CHECK (((kind <> 'exemplar'::text) OR (until IS NOT NULL))),
  constraint content_version_check3 CHECK (((kind <> 'case'::text) OR (consent IS NULL))),
  constraint content_version_consent_check CHECK (((length(consent) >= 1) AND (length(consent) <= 100))),
  constraint content_version_title_check CHECK ((((length((title ->> 'zh'::text)) >= 1) AND (length((title ->> 'zh'::text)) <= 120)) AND ((length((title ->> 'en'::text)) >= 1) AND (length((title ->> 'en'::text)) <= 240)))),
  constraint content_version_version_check CHECK (((version >= 1) AND (version <= 999)))
);

create table xinheng.correction_told (
  submission integer not null,
  after uuid,
  done boolean not null default false,
  constraint correction_told_pkey PRIMARY KEY (submission),
  constraint correction_told_submission_fkey FOREIGN KEY (submission) REFERENCES xinheng.submission(num)
);

create table xinheng.evidence (
  subject uuid not null,
  num bigint not null generated always as identity,
  file bigint not null,
  owner smallint not null,
  at timestamp with time zone not null default xinheng.instant(),
  actor integer not null,
  type text not null,
  size integer not null,
  digest bytea not null,
  sealed bytea not null,
  about text not null default 'other'::text,
  constraint evidence_pkey PRIMARY KEY (subject, num),
  constraint evidence_about_check CHECK ((about = ANY (ARRAY['performance'::text, 'commitment'::text, 'report'::text, 'notice'::text, 'other'::text]))),
  constraint evidence_digest_check CHECK ((octet_length(digest) = 32)),
  constraint evidence_size_check CHECK (((size >= 1) AND (size <= 10485760))),
  constraint evidence_type_check CHECK ((type = ANY (ARRAY['application/pdf'::text, 'image/jpeg'::text, 'image/png'::text, 'text/plain'::text])))
);
alter table xinheng.evidence enable row level security;

create table xinheng.export (
  num integer not null generated always as identity,
  at timestamp with time zone not null default xinheng.instant(),
  actor integer not null,
  unit smallint not null,
  name text not null,
  rows integer not null,
  digest bytea not null,
  constraint export_pkey PRIMARY KEY (num),
  constraint export_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint export_unit_fkey FOREIGN KEY (unit) REFERENCES xinheng.unit(num),
  constraint export_digest_check CHECK ((octet_length(digest) = 32)),
  constraint export_name_check CHECK ((name ~ '^[a-z][a-z-]{0,40}$'::text)),
  constraint export_rows_check CHECK ((rows >= 0))
);

create table xinheng.handover (
  subject uuid not null,
  num bigint not null generated always as identity,
  nk bigint not null,
  at timestamp with time zone not null default xinheng.instant(),
  kind text not null,
  unit smallint not null default 0,
  name text not null,
  constraint handover_pkey PRIMARY KEY (subject, num),
  constraint handover_kind_check CHECK ((kind = ANY (ARRAY['peer'::text, 'report'::text]))),
  constraint handover_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);

create table xinheng.held_chunk (
  file integer not null,
  seq integer not null,
  unit smallint not null,
  sealed bytea not null,
  constraint held_chunk_pkey PRIMARY KEY (file, seq),
  constraint held_chunk_file_unit_fkey FOREIGN KEY (file, unit) REFERENCES xinheng.held_file(num, unit) DEFERRABLE INITIALLY DEFERRED
);
alter table xinheng.held_chunk enable row level security;

create table xinheng.held_decision (
  file integer not null,
  unit smallint not null,
  actor integer not null,
  uploader integer not null,
  approved boolean not null,
  reason text not null,
  submission integer,
  at timestamp with time zone not null default clock_timestamp(),
  constraint held_decision_pkey PRIMARY KEY (file),
  constraint held_decision_file_unit_fkey FOREIGN KEY (file, unit) REFERENCES xinheng.held_file(num, unit),
  constraint held_decision_file_uploader_fkey FOREIGN KEY (file, uploader) REFERENCES xinheng.held_file(num, actor),
  constraint held_decision_check CHECK ((actor <> uploader))
);
alter table xinheng.held_decision enable row level security;

create table xinheng.held_file (
  num integer not null generated always as identity,
  unit smallint not null,
  item smallint not null,
  actor integer not null,
  at timestamp with time zone not null default clock_timestamp(),
  key text not null,
  digest bytea not null,
  format text not null,
  counts jsonb not null,
  constraint held_file_pkey PRIMARY KEY (num),
  constraint held_file_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint held_file_item_fkey FOREIGN KEY (item) REFERENCES xinheng.item(num),
  constraint held_file_unit_fkey FOREIGN KEY (unit) REFERENCES xinheng.unit(num)
);
alter table xinheng.held_file enable row level security;

create table xinheng.incident (
  num integer not null generated always as identity,
  opened_at timestamp with time zone not null default clock_timestamp(),
  opened_by integer not null,
  title text not null,
  suspicion text not null,
  suspect integer,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  constraint incident_pkey PRIMARY KEY (num),
  constraint incident_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES xinheng.account(num),
  constraint incident_suspect_fkey FOREIGN KEY (suspect) REFERENCES xinheng.account(num),
  constraint incident_check CHECK ((until_at > from_at))
);

create table xinheng.incident_person (
  incident integer not null,
  subject uuid not null,
  constraint incident_person_pkey PRIMARY KEY (incident, subject),
  constraint incident_person_incident_fkey FOREIGN KEY (incident) REFERENCES xinheng.incident(num)
);

create table xinheng.incident_step (
  incident integer not null,
  num integer not null generated always as identity,
  at timestamp with time zone not null default clock_timestamp(),
  by integer not null,
  kind text not null,
  text text not null,
  constraint incident_step_pkey PRIMARY KEY (incident, num),
  constraint incident_step_by_fkey FOREIGN KEY (by) REFERENCES xinheng.account(num),
  constraint incident_step_incident_fkey FOREIGN KEY (incident) REFERENCES xinheng.incident(num),
  constraint incident_step_kind_check CHECK ((kind = ANY (ARRAY['notify-persons'::text, 'notify-authority'::text, 'finding'::text, 'close'::text])))
);

create table xinheng.incoming_record (
  tx xid8 not null default pg_current_xact_id(),
  seq bigint not null generated always as identity,
  subject uuid not null,
  nk bigint not null,
  mac bigint not null,
  submission integer not null,
  decided date not null,
  item smallint not null,
  unit smallint not null,
  body bytea not null,
  sealed bytea not null,
  constraint incoming_record_pkey PRIMARY KEY (tx, seq)
);

create table xinheng.incoming_subject (
  tx xid8 not null default pg_current_xact_id(),
  seq bigint not null generated always as identity,
  subject uuid not null,
  name_mac bigint not null,
  kind smallint not null,
  sealed bytea not null,
  name text,
  constraint incoming_subject_pkey PRIMARY KEY (tx, seq)
);

create table xinheng.item (
  num smallint not null generated always as identity,
  id text not null,
  layout text[] not null,
  adverse boolean not null,
  person boolean not null,
  longest interval not null,
  entry boolean not null default false,
  published boolean not null default false,
  constraint item_id_layout_key UNIQUE (id, layout),
  constraint item_pkey PRIMARY KEY (num),
  constraint item_publishes_no_person CHECK ((NOT (published AND person)))
);
comment on table xinheng.item is 'one row an item and field layout: `record.body` is read by the layout of its item';

create table xinheng.ledger_batch (
  first bigint not null,
  earliest timestamp with time zone not null,
  latest timestamp with time zone not null,
  at timestamp with time zone not null default clock_timestamp(),
  rows integer not null,
  source smallint not null,
  ids int8multirange not null,
  constraint ledger_batch_pkey PRIMARY KEY (first),
  constraint ledger_batch_check CHECK ((latest >= earliest)),
  constraint ledger_batch_first_check CHECK ((first >= 0)),
  constraint ledger_batch_ids_check CHECK ((NOT isempty(ids))),
  constraint ledger_batch_rows_check CHECK ((rows > 0)),
  constraint ledger_batch_source_check CHECK (((source >= 1) AND (source <= 99)))
);

create table xinheng.ledger_checkpoint (
  size bigint not null,
  at timestamp with time zone not null default clock_timestamp(),
  note text not null,
  constraint ledger_checkpoint_pkey PRIMARY KEY (size),
  constraint ledger_checkpoint_size_check CHECK ((size > 0))
);

create table xinheng.ledger_log (
  one boolean not null default true,
  origin text not null,
  key text not null,
  at timestamp with time zone not null default clock_timestamp(),
  constraint ledger_log_pkey PRIMARY KEY (one),
  constraint ledger_log_one_check CHECK (one),
  constraint ledger_log_origin_check CHECK ((origin ~ '^[^[:space:]+]{1,200}$'::text))
);

create table xinheng.ledger_tile (
  index bigint not null,
  level smallint not null,
  bytes bytea not null,
  constraint ledger_tile_pkey PRIMARY KEY (level, index),
  constraint ledger_tile_bytes_check CHECK ((((octet_length(bytes) >= 32) AND (octet_length(bytes) <= 8192)) AND ((octet_length(bytes) % 32) = 0))),
  constraint ledger_tile_index_check CHECK ((index >= 0)),
  constraint ledger_tile_level_check CHECK (((level >= 0) AND (level <= 6)))
);
comment on table xinheng.ledger_tile is 'tile/<level>/<index> of c2sp.org/tlog-tiles; 8192 bytes when full, then final';

create table xinheng.letter (
  subject uuid not null,
  num bigint not null generated always as identity,
  notice bigint not null,
  unit smallint not null,
  at timestamp with time zone not null default xinheng.instant(),
  why text not null,
  constraint letter_subject_notice_key UNIQUE (subject, notice),
  constraint letter_pkey PRIMARY KEY (subject, num),
  constraint letter_subject_notice_fkey FOREIGN KEY (subject, notice) REFERENCES xinheng.notice(subject, num),
  constraint letter_why_check CHECK ((why = ANY (ARRAY['no-account'::text, 'asked'::text, 'failed'::text, 'unread'::text, 'own'::text])))
);

create table xinheng.letter_printed (
  subject uuid not null,
  letter bigint not null,
  at timestamp with time zone not null default xinheng.instant(),
  actor integer not null,
  constraint letter_printed_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint letter_printed_subject_letter_fkey FOREIGN KEY (subject, letter) REFERENCES xinheng.letter(subject, num)
);

create table xinheng.letter_result (
  subject uuid not null,
  letter bigint not null,
  num smallint not null,
  at timestamp with time zone not null default xinheng.instant(),
  actor integer not null,
  day date not null,
  how text not null,
  receipt text not null,
  ok boolean not null,
  entry bigint not null generated always as identity,
  constraint letter_result_pkey PRIMARY KEY (subject, letter, num),
  constraint letter_result_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint letter_result_subject_letter_fkey FOREIGN KEY (subject, letter) REFERENCES xinheng.letter(subject, num),
  constraint letter_result_check CHECK ((day <= ((at AT TIME ZONE 'Asia/Shanghai'::text))::date)),
  constraint letter_result_how_check CHECK ((how = ANY (ARRAY['handed'::text, 'post'::text, 'left'::text, 'public'::text, 'own'::text]))),
  constraint letter_result_num_check CHECK (((num >= 1) AND (num <= 20))),
  constraint letter_result_receipt_check CHECK (((length(receipt) >= 1) AND (length(receipt) <= 200)))
);

create table xinheng.listing (
  subject uuid not null,
  file bigint not null,
  machine text not null,
  nk bigint not null,
  unit smallint not null,
  pack smallint not null,
  list text not null,
  criterion text not null,
  entry text not null,
  person boolean not null,
  published boolean not null,
  of_subject uuid,
  of_file bigint,
  constraint listing_subject_file_machine_nk_unit_key UNIQUE (subject, file, machine, nk, unit),
  constraint listing_subject_nk_key UNIQUE (subject, nk),
  constraint listing_pkey PRIMARY KEY (subject, file),
  constraint listing_check CHECK (((of_subject IS NULL) = (of_file IS NULL))),
  constraint listing_check1 CHECK ((NOT (person AND (machine = 'listing'::text) AND published AND (of_file IS NOT NULL)))),
  constraint listing_machine_check CHECK ((machine = ANY (ARRAY['listing'::text, 'exemplar'::text]))),
  constraint listing_nk_check CHECK ((nk <> 0))
);

create table xinheng.listing_entry (
  subject uuid not null,
  num bigint not null,
  file bigint not null,
  day date not null,
  until date not null,
  constraint listing_entry_pkey PRIMARY KEY (subject, num),
  constraint listing_entry_check CHECK ((until > day))
);

create table xinheng.listing_ground (
  subject uuid not null,
  num bigint not null,
  file bigint not null,
  facts bytea not null,
  document bytea,
  constraint listing_ground_pkey PRIMARY KEY (subject, num),
  constraint listing_ground_subject_file_fkey FOREIGN KEY (subject, file) REFERENCES xinheng.listing(subject, file),
  constraint listing_ground_document_check CHECK ((octet_length(document) = 16)),
  constraint listing_ground_facts_check CHECK ((octet_length(facts) = 16))
);

create table xinheng.listing_window (
  subject uuid not null,
  num bigint not null,
  window_end date not null,
  "least" date not null,
  constraint listing_window_subject_num_window_end_key UNIQUE (subject, num, window_end),
  constraint listing_window_pkey PRIMARY KEY (subject, num),
  constraint listing_window_check CHECK ((window_end >= "least"))
);

create table xinheng.matter (
  unit smallint not null,
  number text not null,
  purpose smallint not null,
  title text not null,
  opened_by integer not null,
  opened_at timestamp with time zone not null default clock_timestamp(),
  closed_at timestamp with time zone,
  constraint matter_pkey PRIMARY KEY (unit, number),
  constraint matter_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES xinheng.account(num),
  constraint matter_purpose_fkey FOREIGN KEY (purpose) REFERENCES xinheng.purpose(num),
  constraint matter_unit_fkey FOREIGN KEY (unit) REFERENCES xinheng.unit(num),
  constraint matter_number_check CHECK (((length(number) >= 1) AND (length(number) <= 64)))
);
alter table xinheng.matter enable row level security;

create table xinheng.measure (
  subject uuid not null,
  file bigint not null,
  unit smallint not null,
  cause bigint not null,
  measure text not null,
  until date,
  constraint measure_subject_cause_measure_unit_key UNIQUE (subject, cause, measure, unit),
  constraint measure_subject_file_unit_cause_key UNIQUE (subject, file, unit, cause),
  constraint measure_pkey PRIMARY KEY (subject, file)
);

create table xinheng.measure_carried (
  subject uuid not null,
  num bigint not null,
  file bigint not null,
  constraint measure_carried_pkey PRIMARY KEY (subject, num)
);

create table xinheng.notice (
  subject uuid not null,
  num bigint not null generated always as identity,
  at timestamp with time zone not null default xinheng.instant(),
  title jsonb,
  text jsonb,
  action bigint,
  nk bigint,
  constraint notice_pkey PRIMARY KEY (subject, num),
  constraint notice_check CHECK ((num_nonnulls(title, text) =
CASE
    WHEN (nk IS NULL) THEN 2
    ELSE 0
END))
);
alter table xinheng.notice enable row level security;

create table xinheng.notice_opened (
  subject uuid not null,
  num bigint not null,
  at timestamp with time zone not null default xinheng.instant(),
  actor integer not null,
  constraint notice_opened_pkey PRIMARY KEY (subject, num),
  constraint notice_opened_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint notice_opened_subject_num_fkey FOREIGN KEY (subject, num) REFERENCES xinheng.notice(subject, num)
);

create table xinheng.notice_receipt (
  subject uuid not null,
  notice bigint not null,
  channel text not null,
  try smallint not null,
  at timestamp with time zone not null default xinheng.instant(),
  delivered boolean not null,
  reference text not null,
  entry bigint not null generated always as identity,
  constraint notice_receipt_pkey PRIMARY KEY (subject, notice, channel, try),
  constraint notice_receipt_subject_notice_channel_try_fkey FOREIGN KEY (subject, notice, channel, try) REFERENCES xinheng.notice_result(subject, notice, channel, try),
  constraint notice_receipt_reference_check CHECK ((length(reference) <= 200))
);

create table xinheng.notice_result (
  subject uuid not null,
  notice bigint not null,
  channel text not null,
  try smallint not null,
  at timestamp with time zone not null default xinheng.instant(),
  ok boolean not null,
  by text not null,
  reference text not null,
  accepted boolean not null default false,
  final boolean not null default false,
  entry bigint not null generated always as identity,
  constraint notice_result_pkey PRIMARY KEY (subject, notice, channel, try),
  constraint notice_result_subject_notice_channel_try_fkey FOREIGN KEY (subject, notice, channel, try) REFERENCES xinheng.notice_try(subject, notice, channel, try),
  constraint notice_result_by_check CHECK ((length(by) <= 100)),
  constraint notice_result_check CHECK ((NOT (ok AND (accepted OR final)))),
  constraint notice_result_reference_check CHECK ((length(reference) <= 200))
);

create table xinheng.notice_try (
  subject uuid not null,
  notice bigint not null,
  channel text not null,
  try smallint not null,
  at timestamp with time zone not null default xinheng.instant(),
  constraint notice_try_pkey PRIMARY KEY (subject, notice, channel, try),
  constraint notice_try_subject_notice_fkey FOREIGN KEY (subject, notice) REFERENCES xinheng.notice(subject, num),
  constraint notice_try_try_check CHECK (((try >= 1) AND (try <= 8)))
);

create table xinheng.open_case (
  subject uuid not null,
  machine text not null,
  nk bigint not null,
  target bigint not null,
  file bigint not null,
  constraint open_case_pkey PRIMARY KEY (subject, machine, nk, target)
);

create table xinheng.pack (
  num smallint not null generated always as identity,
  digest bytea not null,
  id text not null,
  version text not null,
  content jsonb not null,
  reference jsonb,
  constraint pack_digest_key UNIQUE (digest),
  constraint pack_num_digest_key UNIQUE (num, digest),
  constraint pack_pkey PRIMARY KEY (num)
);
comment on table xinheng.pack is 'every merged pack that ever judged anything here; actions name it by num';

create table xinheng.pack_applied (
  num integer not null generated always as identity,
  pack smallint not null,
  at timestamp with time zone not null default clock_timestamp(),
  constraint pack_applied_pkey PRIMARY KEY (num),
  constraint pack_applied_pack_fkey FOREIGN KEY (pack) REFERENCES xinheng.pack(num)
);
comment on table xinheng.pack_applied is 'which pack the reference tables were written from: the last row';

create table xinheng.pack_draft (
  num integer not null generated always as identity,
  layer text not null,
  title text not null,
  author integer not null,
  at timestamp with time zone not null default xinheng.instant(),
  folder bytea,
  constraint pack_draft_num_author_key UNIQUE (num, author),
  constraint pack_draft_pkey PRIMARY KEY (num),
  constraint pack_draft_author_fkey FOREIGN KEY (author) REFERENCES xinheng.account(num),
  constraint pack_draft_layer_check CHECK ((layer ~ '^[a-z][a-z0-9-]*$'::text)),
  constraint pack_draft_title_check CHECK (((length(btrim(title)) >= 1) AND (length(btrim(title)) <= 200)))
);

create table xinheng.pack_draft_rule (
  after text not null,
  kind text not null,
  by_author boolean not null,
  constraint pack_draft_rule_after_kind_by_author_key UNIQUE (after, kind, by_author),
  constraint pack_draft_rule_pkey PRIMARY KEY (after, kind)
);

create table xinheng.pack_draft_step (
  num integer not null generated always as identity,
  draft integer not null,
  step integer not null,
  before integer default NULLIF((step - 1), 0),
  kind text not null,
  after text not null,
  by_author boolean not null,
  actor integer not null,
  author integer not null,
  at timestamp with time zone not null default xinheng.instant(),
  day date not null default xinheng.today(),
  files jsonb,
  pack smallint,
  digest bytea,
  effective date,
  base integer,
  submitted integer default 
CASE
    WHEN (kind = 'approve'::text) THEN (step - 1)
    ELSE NULL::integer
END,
  note text not null default ''::text,
  constraint pack_draft_step_draft_step_kind_key UNIQUE (draft, step, kind),
  constraint pack_draft_step_draft_step_pack_digest_effective_base_key UNIQUE (draft, step, pack, digest, effective, base),
  constraint pack_draft_step_num_key UNIQUE (num),
  constraint pack_draft_step_pkey PRIMARY KEY (draft, step),
  constraint pack_draft_step_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint pack_draft_step_after_kind_by_author_fkey FOREIGN KEY (after, kind, by_author) REFERENCES xinheng.pack_draft_rule(after, kind, by_author),
  constraint pack_draft_step_base_fkey FOREIGN KEY (base) REFERENCES xinheng.pack_load(num),
  constraint pack_draft_step_draft_author_fkey FOREIGN KEY (draft, author) REFERENCES xinheng.pack_draft(num, author),
  constraint pack_draft_step_draft_before_after_fkey FOREIGN KEY (draft, before, after) REFERENCES xinheng.pack_draft_step(draft, step, kind),
  constraint pack_draft_step_draft_submitted_pack_digest_effective_base_fkey FOREIGN KEY (draft, submitted, pack, digest, effective, base) REFERENCES xinheng.pack_draft_step(draft, step, pack, digest, effective, base),
  constraint pack_draft_step_pack_digest_fkey FOREIGN KEY (pack, digest) REFERENCES xinheng.pack(num, digest),
  constraint pack_draft_step_check CHECK (((step = 1) = (after = 'start'::text))),
  constraint pack_draft_step_check1 CHECK (((actor = author) = by_author)),
  constraint pack_draft_step_check2 CHECK (((kind = 'save'::text) = (files IS NOT NULL))),
  constraint pack_draft_step_check3 CHECK ((num_nonnulls(pack, digest, effective, base) =
CASE
    WHEN (kind = ANY (ARRAY['submit'::text, 'approve'::text])) THEN 4
    ELSE 0
END)),
  constraint pack_draft_step_check4 CHECK (((kind <> ALL (ARRAY['submit'::text, 'approve'::text])) OR (effective >= day))),
  constraint pack_draft_step_check5 CHECK (((kind <> 'return'::text) OR (length(btrim(note)) > 0))),
  constraint pack_draft_step_files_check CHECK ((octet_length((files)::text) <= 2000000)),
  constraint pack_draft_step_note_check CHECK ((length(note) <= 1000)),
  constraint pack_draft_step_step_check CHECK ((step > 0))
);

create table xinheng.pack_load (
  at timestamp with time zone not null default clock_timestamp(),
  num integer not null generated always as identity,
  pack smallint not null,
  effective timestamp with time zone,
  draft integer,
  constraint pack_load_num_key UNIQUE (num),
  constraint pack_load_pkey PRIMARY KEY (at),
  constraint pack_load_draft_fkey FOREIGN KEY (draft) REFERENCES xinheng.pack_draft(num),
  constraint pack_load_pack_fkey FOREIGN KEY (pack) REFERENCES xinheng.pack(num)
);
comment on table xinheng.pack_load is 'which pack came into force when: the last one by an instant was in force at it';

create table xinheng.place (
  id text not null,
  rank smallint not null,
  office smallint,
  oversees boolean not null,
  constraint place_rank_key UNIQUE (rank),
  constraint place_pkey PRIMARY KEY (id),
  constraint place_office_fkey FOREIGN KEY (office) REFERENCES xinheng.unit(num),
  constraint place_rank_check CHECK ((rank >= 0))
);
comment on table xinheng.place is 'the places that the instance serves, as the pack in force names them; the office of rank 0 runs the instance';

create table xinheng.presence (
  num bigint not null generated always as identity,
  subject uuid not null,
  actor integer not null,
  unit smallint not null,
  form text not null,
  document text not null,
  at timestamp with time zone not null default xinheng.instant(),
  until timestamp with time zone not null,
  constraint presence_unit_form_key UNIQUE (unit, form),
  constraint presence_pkey PRIMARY KEY (num),
  constraint presence_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint presence_unit_fkey FOREIGN KEY (unit) REFERENCES xinheng.unit(num),
  constraint presence_check CHECK (((until > at) AND (until <= (at + '00:30:00'::interval)))),
  constraint presence_document_check CHECK (((length(document) >= 1) AND (length(document) <= 32))),
  constraint presence_form_check CHECK (((form ~ '[^\s\u3000\u00a0]'::text) AND (length(form) <= 48)))
);
comment on table xinheng.presence is 'read and written by functions only; ended by presence_end or by its time';

create table xinheng.presence_end (
  presence bigint not null,
  at timestamp with time zone not null default xinheng.instant(),
  constraint presence_end_pkey PRIMARY KEY (presence),
  constraint presence_end_presence_fkey FOREIGN KEY (presence) REFERENCES xinheng.presence(num)
);

create table xinheng.purpose (
  num smallint not null generated always as identity,
  id text not null,
  statutory boolean not null,
  withhold interval,
  constraint purpose_id_key UNIQUE (id),
  constraint purpose_pkey PRIMARY KEY (num)
);

create table xinheng.recall (
  subject uuid not null,
  num bigint not null generated always as identity,
  nk bigint not null,
  kind text not null,
  at timestamp with time zone not null default xinheng.instant(),
  day date not null default xinheng.today(),
  action bigint,
  submission integer,
  constraint recall_subject_action_key UNIQUE (subject, action),
  constraint recall_pkey PRIMARY KEY (subject, num),
  constraint recall_check CHECK ((num_nonnulls(action, submission) =
CASE
    WHEN (kind = 'ended'::text) THEN 0
    ELSE 1
END)),
  constraint recall_check1 CHECK (((submission IS NULL) = (kind <> 'superseded'::text))),
  constraint recall_kind_check CHECK ((kind = ANY (ARRAY['withdrawn'::text, 'superseded'::text, 'erased'::text, 'refuted'::text, 'repaired'::text, 'removed'::text, 'suspended'::text, 'ended'::text])))
);

create table xinheng.recall_receipt (
  subject uuid not null,
  recall bigint not null,
  unit smallint not null,
  at timestamp with time zone not null default xinheng.instant(),
  actor integer not null,
  did text not null,
  constraint recall_receipt_pkey PRIMARY KEY (subject, recall, unit),
  constraint recall_receipt_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint recall_receipt_subject_recall_fkey FOREIGN KEY (subject, recall) REFERENCES xinheng.recall(subject, num),
  constraint recall_receipt_did_check CHECK ((did = ANY (ARRAY['destroyed'::text, 'replaced'::text, 'no-copy'::text, 'kept-by-law'::text])))
);

create table xinheng.recall_recipient (
  subject uuid not null,
  recall bigint not null,
  kind text not null,
  unit smallint not null,
  name text not null default ''::text,
  access bigint,
  matter text not null default ''::text,
  given timestamp with time zone not null,
  constraint recall_recipient_pkey PRIMARY KEY (subject, recall, kind, unit, name),
  constraint recall_recipient_subject_recall_fkey FOREIGN KEY (subject, recall) REFERENCES xinheng.recall(subject, num),
  constraint recall_recipient_kind_check CHECK ((kind = ANY (ARRAY['unit'::text, 'peer'::text, 'report'::text, 'public'::text])))
);

create table xinheng.received (
  subject uuid not null,
  file bigint not null,
  nk bigint not null,
  unit smallint not null,
  list text not null,
  person boolean not null,
  constraint received_subject_file_nk_unit_key UNIQUE (subject, file, nk, unit),
  constraint received_pkey PRIMARY KEY (subject, file)
);

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
  constraint record_pkey PRIMARY KEY (subject, nk)
);

create table xinheng.repair (
  subject uuid not null,
  file bigint not null,
  nk bigint not null,
  class text not null,
  rule text not null,
  clock date not null,
  possible date not null,
  day date not null default xinheng.today(),
  constraint repair_pkey PRIMARY KEY (subject, file),
  constraint repair_check CHECK (((possible >= clock) AND (day >= possible)))
);

create table xinheng.report (
  num bigint not null generated always as identity,
  code text not null,
  kind text not null,
  at timestamp with time zone not null,
  made_at timestamp with time zone not null default xinheng.instant(),
  actor integer not null,
  reading text not null,
  subject uuid not null,
  subject_kind text not null,
  access bigint not null,
  access_at timestamp with time zone not null,
  purpose text not null,
  matter text not null,
  from_day date,
  to_day date,
  items smallint[],
  address text not null,
  digest bytea not null,
  state bytea not null,
  ends date not null,
  constraint report_access_key UNIQUE (access),
  constraint report_code_key UNIQUE (code),
  constraint report_pkey PRIMARY KEY (num),
  constraint report_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint report_check CHECK ((made_at >= at)),
  constraint report_check1 CHECK ((to_day >= from_day)),
  constraint report_check2 CHECK (((kind = 'no-violations'::text) = ((from_day IS NOT NULL) AND (to_day IS NOT NULL)))),
  constraint report_code_check CHECK ((code ~ '^[0-9A-HJKMNP-TV-Z]{20}$'::text)),
  constraint report_digest_check CHECK ((octet_length(digest) = 32)),
  constraint report_kind_check CHECK ((kind = ANY (ARRAY['personal'::text, 'organisation'::text, 'no-violations'::text]))),
  constraint report_reading_check CHECK ((reading = ANY (ARRAY['self'::text, 'look-up'::text, 'past'::text, 'presence'::text]))),
  constraint report_state_check CHECK ((octet_length(state) = 32))
);
comment on table xinheng.report is 'read and written by functions only: whose report it is, is decided there (G12)';

create table xinheng.report_check (
  report bigint not null,
  at timestamp with time zone not null,
  constraint report_check_pkey PRIMARY KEY (report, at),
  constraint report_check_report_fkey FOREIGN KEY (report) REFERENCES xinheng.report(num)
);

create table xinheng.session (
  token_hash bytea not null,
  account integer not null,
  csrf text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  seen_at timestamp with time zone not null default clock_timestamp(),
  machine boolean not null default false,
  constraint session_pkey PRIMARY KEY (token_hash),
  constraint session_account_fkey FOREIGN KEY (account) REFERENCES xinheng.account(num)
);

create table xinheng.sign_in_attempt (
  name_hash bytea not null,
  at timestamp with time zone not null default clock_timestamp(),
  ok boolean not null,
  address_hash bytea not null default '\x'::bytea
);
comment on table xinheng.sign_in_attempt is 'keyed hashes only: what was typed as a name, and the address it came from';

create table xinheng.step_rule (
  machine text not null,
  after text not null,
  kind text not null,
  party text not null,
  roles text[] not null,
  other boolean not null default false,
  opens boolean not null default false,
  waits boolean not null default false,
  hiding text not null default 'no'::text,
  ended text,
  marked boolean not null default false,
  of_record boolean not null default false,
  single boolean not null default false,
  constraint step_rule_machine_after_kind_other_opens_waits_hiding_marke_key UNIQUE (machine, after, kind, other, opens, waits, hiding, marked),
  constraint step_rule_pkey PRIMARY KEY (machine, after, kind),
  constraint step_rule_check CHECK (((ended IS NOT NULL) = (hiding <> 'no'::text))),
  constraint step_rule_hiding_check CHECK ((hiding = ANY (ARRAY['no'::text, 'now'::text, 'later'::text]))),
  constraint step_rule_party_check CHECK ((party ~ '^(person|owner|unit|kind:[a-z-]+)$'::text))
);
comment on table xinheng.step_rule is 'the state machines of due process: what is not a row here cannot happen';

create table xinheng.subject (
  subject uuid not null,
  name_mac bigint not null,
  kind smallint not null,
  sealed bytea not null,
  name text,
  constraint subject_pkey PRIMARY KEY (subject)
);

create table xinheng.submission (
  num integer not null,
  unit smallint not null,
  item smallint not null,
  pack smallint not null,
  actor integer not null,
  reviewer integer,
  at timestamp with time zone not null,
  key text not null,
  digest bytea not null,
  accepted boolean not null,
  read_rows integer not null,
  new_rows integer not null,
  version_rows integer not null,
  duplicate_rows integer not null,
  refused_rows integer not null,
  late_rows integer,
  wrong_code_rows integer not null,
  cells bigint not null,
  filled_cells bigint not null,
  blocks bytea not null,
  refusal text,
  constraint submission_pkey PRIMARY KEY (num),
  constraint submission_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint submission_item_fkey FOREIGN KEY (item) REFERENCES xinheng.item(num),
  constraint submission_pack_fkey FOREIGN KEY (pack) REFERENCES xinheng.pack(num),
  constraint submission_reviewer_fkey FOREIGN KEY (reviewer) REFERENCES xinheng.account(num),
  constraint submission_unit_fkey FOREIGN KEY (unit) REFERENCES xinheng.unit(num),
  constraint submission_check CHECK ((reviewer IS DISTINCT FROM actor)),
  constraint submission_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200)))
);

create table xinheng.submission_error (
  submission integer not null,
  "row" integer not null,
  field text not null,
  code text not null,
  detail text not null default ''::text
);

create table xinheng.submission_told (
  submission integer not null,
  pass smallint not null,
  at timestamp with time zone not null default xinheng.instant(),
  constraint submission_told_pkey PRIMARY KEY (submission, pass),
  constraint submission_told_pass_check CHECK ((pass = ANY (ARRAY[1, 2])))
);

create table xinheng.supervision (
  num integer not null generated always as identity,
  kind text not null,
  about text not null,
  unit smallint not null,
  day date not null,
  actor integer not null,
  at timestamp with time zone not null default xinheng.instant(),
  replaces integer,
  content jsonb not null,
  follows integer,
  follows_kind text,
  answering smallint default 
CASE
    WHEN (kind = 'follow-up'::text) THEN unit
    ELSE NULL::smallint
END,
  constraint supervision_of_kind UNIQUE (num, kind),
  constraint supervision_of_unit UNIQUE (num, unit),
  constraint supervision_replaces_key UNIQUE (replaces),
  constraint supervision_whole UNIQUE (num, kind, about, unit),
  constraint supervision_pkey PRIMARY KEY (num),
  constraint supervision_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint supervision_answers FOREIGN KEY (follows, answering) REFERENCES xinheng.supervision(num, unit),
  constraint supervision_follows FOREIGN KEY (follows, follows_kind) REFERENCES xinheng.supervision(num, kind) MATCH FULL,
  constraint supervision_replaces FOREIGN KEY (replaces, kind, about, unit) REFERENCES xinheng.supervision(num, kind, about, unit),
  constraint supervision_replaces_fkey FOREIGN KEY (replaces) REFERENCES xinheng.supervision(num),
  constraint supervision_unit_fkey FOREIGN KEY (unit) REFERENCES xinheng.unit(num),
  constraint supervision_about_check CHECK (((length(about) >= 1) AND (length(about) <= 80))),
  constraint supervision_check CHECK ((day <= ((at AT TIME ZONE 'Asia/Shanghai'::text))::date)),
  constraint supervision_content_check CHECK ((octet_length((content)::text) <= 20000)),
  constraint supervision_kind_check CHECK ((kind = ANY (ARRAY['progress'::text, 'evidence'::text, 'inspection'::text, 'evaluation'::text, 'accountability'::text, 'meeting'::text, 'decision'::text, 'fund'::text, 'training'::text, 'register'::text, 'indicator'::text, 'activity'::text, 'follow-up'::text, 'closing'::text]))),
  constraint supervision_later CHECK (((replaces < num) AND (follows < num))),
  constraint supervision_order CHECK (
CASE kind
    WHEN 'decision'::text THEN ((follows IS NULL) OR (follows_kind = 'meeting'::text))
    WHEN 'accountability'::text THEN ((follows IS NULL) OR (follows_kind = ANY (ARRAY['inspection'::text, 'evaluation'::text])))
    WHEN 'follow-up'::text THEN COALESCE((follows_kind = ANY (ARRAY['decision'::text, 'accountability'::text])), false)
    WHEN 'closing'::text THEN COALESCE((follows_kind = ANY (ARRAY['decision'::text, 'accountability'::text])), false)
    ELSE (follows IS NULL)
END)
);

create table xinheng.term (
  num integer not null,
  value text not null,
  constraint term_pkey PRIMARY KEY (num)
);
comment on table xinheng.term is 'interned open values (authorities, legal bases): never personal data';

create table xinheng.tip (
  num integer not null,
  code_hash bytea not null,
  kind text not null,
  at timestamp with time zone not null default xinheng.instant(),
  constraint tip_code_hash_key UNIQUE (code_hash),
  constraint tip_pkey PRIMARY KEY (num),
  constraint tip_code_hash_check CHECK ((octet_length(code_hash) = 32)),
  constraint tip_kind_check CHECK ((kind = ANY (ARRAY['tip'::text, 'complaint'::text, 'question'::text, 'suggestion'::text])))
);

create table xinheng.tip_step (
  tip integer not null,
  num smallint not null,
  before smallint,
  after text,
  kind text not null,
  unit smallint not null,
  actor integer,
  at timestamp with time zone not null default xinheng.instant(),
  sealed bytea not null,
  constraint tip_step_tip_num_kind_key UNIQUE (tip, num, kind),
  constraint tip_step_pkey PRIMARY KEY (tip, num),
  constraint tip_step_actor_fkey FOREIGN KEY (actor) REFERENCES xinheng.account(num),
  constraint tip_step_tip_before_after_fkey FOREIGN KEY (tip, before, after) REFERENCES xinheng.tip_step(tip, num, kind),
  constraint tip_step_tip_fkey FOREIGN KEY (tip) REFERENCES xinheng.tip(num),
  constraint tip_step_unit_fkey FOREIGN KEY (unit) REFERENCES xinheng.unit(num),
  constraint tip_step_check CHECK ((NOT (before IS DISTINCT FROM NULLIF((num - 1), 0)))),
  constraint tip_step_check1 CHECK ((((after IS NULL) = (num = 1)) AND (after = ANY (ARRAY['file'::text, 'route'::text])))),
  constraint tip_step_check2 CHECK (((kind = ANY (ARRAY['file'::text, 'route'::text, 'answer'::text])) AND ((kind = 'file'::text) = (num = 1)))),
  constraint tip_step_check3 CHECK (((actor IS NULL) = (num = 1))),
  constraint tip_step_num_check CHECK (((num >= 1) AND (num <= 50)))
);

create table xinheng.unit (
  num smallint not null generated always as identity,
  id text not null,
  kind text not null,
  name jsonb not null,
  rank smallint not null default 0,
  constraint unit_id_key UNIQUE (id),
  constraint unit_pkey PRIMARY KEY (num)
);

create table xinheng.visible (
  purpose smallint not null,
  unit smallint not null,
  items smallint[] not null,
  sealed_items smallint[] not null,
  longest interval[] not null,
  entry_items smallint[] not null,
  constraint visible_pkey PRIMARY KEY (purpose, unit),
  constraint visible_purpose_fkey FOREIGN KEY (purpose) REFERENCES xinheng.purpose(num),
  constraint visible_unit_fkey FOREIGN KEY (unit) REFERENCES xinheng.unit(num),
  constraint visible_entries_check CHECK ((entry_items <@ items)),
  constraint visible_longest_check CHECK ((cardinality(longest) = cardinality(items)))
);

-- ── Indexes

CREATE INDEX access_at ON ONLY xinheng.access USING brin (at) WITH (pages_per_range='16');

CREATE INDEX access_review_at ON xinheng.access_review USING brin (at);

CREATE INDEX access_review_of ON xinheng.access_review USING btree (account, flag, first);

CREATE INDEX account_change_at ON xinheng.account_change USING brin (at);

CREATE INDEX account_closed_at ON xinheng.account USING btree (closed_at) WHERE (closed_at IS NOT NULL);

CREATE INDEX account_code_use_at ON xinheng.account_code_use USING brin (at);

CREATE INDEX account_decision_at ON xinheng.account_decision USING brin (at);

CREATE INDEX account_opened_at ON xinheng.account USING brin (opened_at);

CREATE INDEX account_seen_at ON xinheng.account_seen USING brin (at);

CREATE UNIQUE INDEX account_subject ON xinheng.account USING btree (subject) WHERE ((subject IS NOT NULL) AND (closed_at IS NULL));

CREATE INDEX action_at ON xinheng.action USING brin (at);

CREATE INDEX action_owner ON xinheng.action USING btree (owner, machine) WHERE (file IS NOT NULL);

CREATE INDEX authority_representative ON xinheng.authority USING btree (representative);

CREATE INDEX bulletin_at ON xinheng.bulletin USING brin (at);

CREATE INDEX bulletin_step_at ON xinheng.bulletin_step USING brin (at);

CREATE INDEX campaign_act_at ON xinheng.campaign_act USING brin (at);

CREATE INDEX campaign_case_of ON xinheng.campaign_case USING btree (campaign);

CREATE INDEX campaign_drawn_of ON xinheng.campaign_drawn USING btree (campaign);

CREATE INDEX consent_end_at ON xinheng.consent_end USING brin (at);

CREATE INDEX consent_given_at ON xinheng.consent USING brin (given_at);

CREATE UNIQUE INDEX content_step_verdict ON xinheng.content_step USING btree (content, version) WHERE (kind = ANY (ARRAY['publish'::text, 'reject'::text]));

CREATE INDEX evidence_of ON xinheng.evidence USING btree (subject, file);

CREATE INDEX export_at ON xinheng.export USING brin (at);

CREATE UNIQUE INDEX held_file_key ON xinheng.held_file USING btree (unit, item, key);

CREATE UNIQUE INDEX incident_closed ON xinheng.incident_step USING btree (incident) WHERE (kind = 'close'::text);

CREATE INDEX ledger_batch_latest ON xinheng.ledger_batch USING btree (source, latest);

CREATE UNIQUE INDEX letter_delivered ON xinheng.letter_result USING btree (subject, letter) WHERE ok;

CREATE INDEX letter_printed_of ON xinheng.letter_printed USING btree (subject, letter);

CREATE INDEX letter_result_at ON xinheng.letter_result USING brin (at);

CREATE INDEX letter_unit ON xinheng.letter USING btree (unit, num);

CREATE INDEX listing_entry_of ON xinheng.listing_entry USING btree (subject, file);

CREATE INDEX listing_ground_of ON xinheng.listing_ground USING btree (subject, file);

CREATE INDEX listing_published ON xinheng.listing USING btree (list) WHERE published;

CREATE INDEX notice_action ON xinheng.notice USING btree (subject, action) WHERE (action IS NOT NULL);

CREATE INDEX notice_at ON xinheng.notice USING brin (at);

CREATE INDEX notice_opened_at ON xinheng.notice_opened USING brin (at);

CREATE INDEX notice_receipt_at ON xinheng.notice_receipt USING brin (at);

CREATE UNIQUE INDEX notice_record ON xinheng.notice USING btree (subject, nk) WHERE (nk IS NOT NULL);

CREATE INDEX notice_result_at ON xinheng.notice_result USING brin (at);

CREATE UNIQUE INDEX pack_draft_approved ON xinheng.pack_draft_step USING btree (base) WHERE (kind = 'approve'::text);

CREATE UNIQUE INDEX pack_load_draft ON xinheng.pack_load USING btree (draft) WHERE (draft IS NOT NULL);

CREATE INDEX presence_actor ON xinheng.presence USING btree (actor, num);

CREATE UNIQUE INDEX recall_ended ON xinheng.recall USING btree (subject, nk) WHERE (kind = 'ended'::text);

CREATE INDEX recall_recipient_unit ON xinheng.recall_recipient USING btree (unit, given) WHERE (unit <> 0);

CREATE INDEX record_submission ON xinheng.record USING brin (submission) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX report_actor ON xinheng.report USING btree (actor, num);

CREATE INDEX report_subject ON xinheng.report USING btree (subject);

CREATE INDEX session_account ON xinheng.session USING btree (account) WHERE (ended_at IS NULL);

CREATE INDEX sign_in_attempt_address ON xinheng.sign_in_attempt USING btree (address_hash, at);

CREATE INDEX sign_in_attempt_recent ON xinheng.sign_in_attempt USING btree (name_hash, at);

CREATE INDEX subject_name ON xinheng.subject USING btree (name text_pattern_ops) WHERE (name IS NOT NULL);

CREATE INDEX submission_at ON xinheng.submission USING brin (at);

CREATE INDEX submission_corrects ON xinheng.submission USING btree (num) WHERE (accepted AND (version_rows > 0));

CREATE INDEX submission_error_of ON xinheng.submission_error USING btree (submission, "row");

CREATE UNIQUE INDEX submission_key ON xinheng.submission USING btree (unit, item, key) WHERE accepted;

CREATE INDEX supervision_about ON xinheng.supervision USING btree (about, kind);

CREATE INDEX supervision_at ON xinheng.supervision USING brin (at);

CREATE INDEX supervision_follows_of ON xinheng.supervision USING btree (follows) WHERE (follows IS NOT NULL);

CREATE INDEX tip_step_unit ON xinheng.tip_step USING btree (unit, tip);

-- ── Functions

CREATE OR REPLACE FUNCTION xinheng.accesses_self(p_actor integer, p_before bigint, p_limit integer)
 RETURNS TABLE(num bigint, at timestamp with time zone, self boolean, actor jsonb, unit smallint, purpose smallint, ground smallint, outcome smallint, shown smallint, matter text, items bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_subject uuid;
begin
  select a.subject into v_subject from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.subject is not null;
  if v_subject is null then return; end if;
  return query
    -- who tried without the right to is told by their unit; a private person is not named to another,
    -- but whoever stands or stood for the person is known to them
    select t.num, t.at, coalesce(a.subject = v_subject, false), case when a.subject is null or a.subject = v_subject or exists (
      select from xinheng.authority g where g.subject = v_subject and g.representative = a.subject) then a.display end, t.unit, t.purpose, t.ground, t.outcome, t.shown, t.matter, t.items
    from xinheng.access t left join xinheng.account a on a.num = t.actor
    where t.subject = v_subject and t.num < coalesce(p_before, 9223372036854775807) and not exists (
      select from xinheng.access_withheld w where w.subject = t.subject and w.access = t.num and w.until > xinheng.today())
    order by t.num desc limit least(p_limit, 500);
  perform xinheng.log_access(v_subject, p_actor, 0::smallint, 0::smallint, 3::smallint, 0::smallint, 0, '', ''::bytea);
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.account_changes(p_actor integer)
 RETURNS TABLE(num integer, account integer, name text, display jsonb, unit smallint, at timestamp with time zone, proposer jsonb, mine boolean, kind text, roles text[], strong boolean, reason text, decided timestamp with time zone, decider jsonb, approved boolean, decision text, halved boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select c.num, c.account, a.name, a.display, a.unit, c.at, p.display, p_actor in (c.actor, c.account), c.kind, c.roles, c.strong, c.reason,
    d.at, q.display, d.approved, d.reason, c.half is not null
  from xinheng.account_change c join xinheng.account a on a.num = c.account join xinheng.account p on p.num = c.actor
    left join xinheng.account_decision d on d.change = c.num left join xinheng.account q on q.num = d.actor
  where xinheng.may_keep_unit(p_actor, a.unit)
  order by d.at is not null, c.num desc limit 500
$function$
;

CREATE OR REPLACE FUNCTION xinheng.account_losses(p_actor integer)
 RETURNS TABLE(num integer, name text, display jsonb, unit smallint, at timestamp with time zone, proposer jsonb, mine boolean, kind text, lost text[], reason text, seen_at timestamp with time zone, seen_by jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select c.num, a.name, a.display, a.unit, c.at, p.display, p_actor = c.actor, c.kind, c.lost, c.reason, s.at, q.display
  from xinheng.account_change c join xinheng.account a on a.num = c.account join xinheng.account p on p.num = c.actor
    left join xinheng.account_seen s on s.change = c.num left join xinheng.account q on q.num = s.actor
  where c.lost is not null and p_actor is not null and xinheng.may_see_loss(p_actor, a.unit)
  order by s.at is not null, c.num desc limit 500
$function$
;

CREATE OR REPLACE FUNCTION xinheng.acknowledge_end(p_actor integer, p_subject uuid, p_nk bigint, p_day date, p_did text)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_num bigint; v_nk bigint := (p_nk >> 10) << 10;
begin
  if p_day > xinheng.today() then return 8; end if;
  perform pg_advisory_xact_lock(hashtextextended('recall/' || p_subject || '/' || v_nk, 0));
  select c.num into v_num from xinheng.recall c where c.subject = p_subject and c.nk = v_nk and c.kind = 'ended';
  if v_num is null then
    -- only a unit that was given it says so
    perform from xinheng.account a join xinheng.access t on t.subject = p_subject and t.unit = a.unit and t.outcome = 0 and t.shown > 0
      join xinheng.record r on r.subject = p_subject and r.nk between v_nk and v_nk + 1023
      where a.num = p_actor and a.closed_at is null and a.unit is not null and (t.ground = 2 or t.ground = 1 and (t.purpose <> 0 or t.matter like 'campaign %'
      and exists (select from xinheng.campaign_drawn z where z.subject = t.subject and t.matter = 'campaign ' || z.campaign)))
        and exists (select from generate_series(1, octet_length(t.items), 2) g where substr(t.items, g, 2) = int2send(r.item)) limit 1;
    if not found then return 6; end if;
    v_num := xinheng.recall(p_subject, v_nk, 'ended', null, null, p_day);
  end if;
  return xinheng.acknowledge_recall(p_actor, p_subject, v_num, p_did);
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.acknowledge_recall(p_actor integer, p_subject uuid, p_recall bigint, p_did text)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a where a.num = p_actor and a.closed_at is null
    and a.roles && '{officer,counter,clerk,reviewer,admin,review-body,court}'::text[];
  if v_unit is null then return 1; end if;
  perform from xinheng.recall_recipient p where p.subject = p_subject and p.recall = p_recall and p.unit = v_unit;
  if not found then return 6; end if;
  insert into xinheng.recall_receipt (subject, recall, unit, actor, did) values (p_subject, p_recall, v_unit, p_actor, p_did)
    on conflict (subject, recall, unit) do nothing;
  return case when found then 0 else 9 end;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.act_on_campaign(p_actor integer, p_campaign integer, p_kind text, p_reason text, p_figures bytea, OUT outcome smallint, OUT step smallint)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint; v_campaign xinheng.campaign; v_last xinheng.campaign_act;
begin
  select c.* into v_campaign from xinheng.campaign c where c.num = p_campaign for update;
  v_unit := xinheng.unit_of(p_actor, case when p_kind in ('open', 'reject', 'close', 'return') then '{reviewer}'::text[] else '{clerk,reviewer}'::text[] end);
  if v_unit is null then outcome := 1; return; end if;
  if v_campaign.num is null then outcome := 6; return; end if;
  if v_campaign.unit <> v_unit then outcome := 1; return; end if;
  v_last := xinheng.campaign_last(p_campaign);
  if v_last.actor = p_actor and p_kind in ('open', 'reject', 'close', 'return') then outcome := 9; return; end if;
  insert into xinheng.campaign_act (campaign, step, before, after, kind, actor, actor_before, until, reason, figures)
    values (p_campaign, v_last.step + 1, v_last.step, v_last.kind, p_kind, p_actor, v_last.actor, v_campaign.until, p_reason, p_figures)
    returning campaign_act.step into step;
  outcome := 0;
exception when unique_violation or check_violation or foreign_key_violation then outcome := 8; step := null;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.acts_for(p_actor integer, p_subject uuid, p_machine text, p_file bigint)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select xinheng.stands_for(p_actor, p_subject) and (xinheng.present_now(p_actor, p_subject) is null
    or p_file is null and p_machine in ('objection', 'repair', 'statement'))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.add_evidence(p_actor integer, p_subject uuid, p_file bigint, p_type text, p_size integer, p_digest bytea, p_sealed bytea, p_about text)
 RETURNS TABLE(outcome smallint, num bigint, at timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_first xinheng.action; v_last xinheng.action; v_count bigint; v_sum bigint;
begin
  if xinheng.party_of(p_actor, p_subject, p_file) is null then
    return query select 6::smallint, null::bigint, null::timestamptz; return;
  end if;
  -- one at a time a case, so that its limits hold
  select a.* into v_first from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1 for update;
  select a.* into v_last from xinheng.action a where a.subject = p_subject and a.file = p_file order by a.step desc limit 1;
  if not exists (select from xinheng.step_rule u where u.machine = v_last.machine and u.after = v_last.kind) then
    return query select 8::smallint, null::bigint, null::timestamptz; return;
  end if;
  select count(*), coalesce(sum(e.size), 0) into v_count, v_sum from xinheng.evidence e where e.subject = p_subject and e.file = p_file;
  if v_count >= 20 or v_sum + p_size > 52428800 then
    return query select 11::smallint, null::bigint, null::timestamptz; return;
  end if;
  return query insert into xinheng.evidence (subject, file, owner, actor, type, size, digest, sealed, about)
    values (p_subject, p_file, v_first.owner, p_actor, p_type, p_size, p_digest, p_sealed, p_about)
    returning 0::smallint, evidence.num, evidence.at;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.add_incident_step(p_actor integer, p_incident integer, p_kind text, p_text text, p_title jsonb, p_notice jsonb)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_notified bigint := 0;
begin
  perform from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles);
  if not found then return null; end if;
  perform from xinheng.incident i where i.num = p_incident and xinheng.sees_account(p_actor, i.opened_by) for update;
  if not found or exists (select from xinheng.incident_step s where s.incident = p_incident and s.kind = 'close') then return null; end if;
  insert into xinheng.incident_step (incident, by, kind, text) values (p_incident, p_actor, p_kind, p_text);
  if p_kind = 'notify-persons' then
    insert into xinheng.notice (subject, title, text)
      select p.subject, p_title, p_notice from xinheng.incident_person p where p.incident = p_incident;
    get diagnostics v_notified = row_count;
  end if;
  return v_notified;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.add_supervision(p_actor integer, p_kind text, p_about text, p_unit smallint, p_day date, p_replaces integer, p_follows integer, p_content jsonb)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint; v_num integer; v_followed xinheng.supervision;
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{clerk,reviewer,admin}'::text[];
  if v_unit is null then return null; end if;
  if p_kind in ('progress', 'evidence', 'training', 'activity', 'follow-up') then
    if p_unit is distinct from v_unit then return null; end if;
  elsif not xinheng.is_office_for(p_actor, '{admin}', p_unit) then return null;
  end if;
  if p_follows is not null then
    select s.* into v_followed from xinheng.supervision s where s.num = p_follows and s.about = p_about;
    -- nothing follows what was replaced
    if v_followed.num is null or exists (select from xinheng.supervision r where r.replaces = p_follows)
      or p_kind in ('decision', 'accountability', 'closing') and not xinheng.is_office_for(p_actor, '{admin}', v_followed.unit) then return null; end if;
  end if;
  insert into xinheng.supervision (kind, about, unit, day, actor, replaces, follows, follows_kind, content)
    values (p_kind, p_about, p_unit, p_day, p_actor, p_replaces, p_follows, v_followed.kind, p_content) returning num into v_num;
  return v_num;
exception when unique_violation or foreign_key_violation or check_violation then return null;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.apply_change(p_decision integer, p_hash bytea)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_change xinheng.account_change;
begin
  select c.* into v_change from xinheng.account_decision d join xinheng.account_change c on c.num = d.change where d.num = p_decision;
  if v_change.kind = 'roles' then
    update xinheng.account a set opened_roles = coalesce(a.opened_roles, a.roles), roles = v_change.roles,
        password = case when v_change.half is null then a.password else
          '$argon2id$v=19$m=19456,t=2,p=1$' || repeat('A', 22) || '$' || repeat('A', 43) end
      where a.num = v_change.account;
    update xinheng.session set ended_at = clock_timestamp() where account = v_change.account and ended_at is null;
  end if;
  if v_change.kind = 'password' or v_change.half is not null then
    insert into xinheng.account_code (decision, account, hash) values (p_decision, v_change.account, p_hash);
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.apply_pack(p_pack smallint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_content jsonb; v_reference jsonb; r record;
begin
  select p.content, p.reference into v_content, v_reference from xinheng.pack p where p.num = p_pack;
  if v_reference is null then return; end if;
  for r in select u ->> 'id' as id, u ->> 'kind' as kind, u -> 'name' as name from jsonb_array_elements(v_content -> 'units') u loop
    update xinheng.unit set kind = r.kind, name = r.name where id = r.id and (kind, name) is distinct from (r.kind, r.name);
    if not exists (select from xinheng.unit where id = r.id) then insert into xinheng.unit (id, kind, name) values (r.id, r.kind, r.name); end if;
  end loop;
  for r in select p ->> 'id' as id, p ->> 'ground' = 'statutory' as statutory, (p -> 'withhold' ->> 'longest')::interval as withhold
    from jsonb_array_elements(v_content -> 'purposes') p loop
    update xinheng.purpose set statutory = r.statutory, withhold = r.withhold where id = r.id;
    if not found then insert into xinheng.purpose (id, statutory, withhold) values (r.id, r.statutory, r.withhold); end if;
  end loop;
  for r in select i.*, array(select jsonb_array_elements_text(e -> 'layout')) as fields
    from jsonb_array_elements(v_reference -> 'items') e,
      jsonb_to_record(e) as i(id text, adverse boolean, person boolean, longest interval, published boolean, entry boolean) loop
    update xinheng.item set adverse = r.adverse, person = r.person, longest = r.longest, published = r.published, entry = r.entry
      where id = r.id and layout = r.fields;
    if not found then
      insert into xinheng.item (id, layout, adverse, person, longest, published, entry)
        values (r.id, r.fields, r.adverse, r.person, r.longest, r.published, r.entry);
    end if;
  end loop;
  -- an item that the pack has no more is not published any more either
  update xinheng.item set published = false where published and id not in (
    select e ->> 'id' from jsonb_array_elements(v_reference -> 'items') e where (e ->> 'published')::boolean);
  perform xinheng.index_published();
  delete from xinheng.visible;
  insert into xinheng.visible (purpose, unit, items, longest, entry_items, sealed_items)
    select p.num, u.num,
      array(select i.num from xinheng.item i where v -> 'items' ? i.id order by i.num),
      array(select i.longest from xinheng.item i where v -> 'items' ? i.id order by i.num),
      array(select i.num from xinheng.item i where v -> 'items' ? i.id and i.entry order by i.num),
      array(select i.num from xinheng.item i where v -> 'sealed' ? i.id order by i.num)
    from jsonb_array_elements(v_reference -> 'visible') v
    join xinheng.purpose p on p.id = v ->> 'purpose' join xinheng.unit u on u.id = v ->> 'unit';
  perform xinheng.apply_places(v_content);
  insert into xinheng.pack_applied (pack) values (p_pack);
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.apply_places(p_content jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_places jsonb := coalesce(p_content -> 'jurisdictions', jsonb_build_array(jsonb_build_object('id', p_content -> 'id', 'office',
    (select u ->> 'id' from jsonb_array_elements(p_content -> 'units') with ordinality l(u, n) where u ->> 'kind' = 'development' order by n desc limit 1))));
begin
  delete from xinheng.place;
  insert into xinheng.place (id, rank, office, oversees)
    select p ->> 'id', n - 1, (select u.num from xinheng.unit u where u.id = p ->> 'office'), p ? 'oversees'
    from jsonb_array_elements(v_places) with ordinality l(p, n);
  update xinheng.unit t set rank = s.rank from (
    select u.num, coalesce((select p.rank from jsonb_array_elements(p_content -> 'units') e join xinheng.place p on p.id = e ->> 'layer'
      where e ->> 'id' = u.id limit 1), 0) as rank from xinheng.unit u) s
    where s.num = t.num and s.rank <> t.rank;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.approved_from(p_by timestamp with time zone)
 RETURNS TABLE(layer text, draft integer, title text, folder bytea, files jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select a.layer, a.draft, d.title, d.folder, case when d.folder is null then (
    select s.files from xinheng.pack_draft o join xinheng.pack_draft_step s on s.draft = o.num and s.step = 1
    where o.layer = a.layer order by o.num limit 1) end
  from xinheng.approved_layers(p_by) a join xinheng.pack_draft d on d.num = a.draft
$function$
;

CREATE OR REPLACE FUNCTION xinheng.approved_layers(p_by timestamp with time zone)
 RETURNS TABLE(layer text, draft integer, files jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select distinct on (d.layer) d.layer, d.num, s.files
  from xinheng.pack_load l join xinheng.pack_draft d on d.num = l.draft
  join lateral (select f.files from xinheng.pack_draft_step f where f.draft = d.num and f.kind = 'save' order by f.step desc limit 1) s on true
  where l.effective <= p_by order by d.layer, l.effective desc, l.num desc
$function$
;

CREATE OR REPLACE FUNCTION xinheng.archive_for(p_actor integer, p_subject uuid, p_at timestamp with time zone)
 RETURNS xinheng.archive
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.archive_past(p_actor integer, p_subject uuid, p_matter text, p_at timestamp with time zone)
 RETURNS xinheng.archive
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint; v_ground smallint; v_shown bigint := 0; v_items bytea; v_answer xinheng.archive;
begin
  perform pg_advisory_xact_lock_shared(7310, hashtext(p_subject::text));
  v_answer.at := xinheng.instant();
  v_answer.outcome := 0;
  select a.unit, case when 'court' = any (a.roles) then 5 else 4 end into v_unit, v_ground from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && array['review-body', 'court'] and xinheng.may_hold(a.roles, a.unit);
  if v_unit is null then v_answer.outcome := 1;
  elsif coalesce(p_matter, '') !~ '[^\s\u3000\u00a0]' then v_answer.outcome := 3;
  else
    select r.shown, r.items, r.records into v_shown, v_items, v_answer.records
      from xinheng.read_all(p_subject, least(coalesce(p_at, v_answer.at), v_answer.at)) r;
    v_answer.marks := xinheng.marks(p_subject, least(coalesce(p_at, v_answer.at), v_answer.at));
    select s.sealed, s.kind into v_answer.identity, v_answer.kind from xinheng.subject s where s.subject = p_subject;
  end if;
  v_answer.access := xinheng.log_access(p_subject, p_actor, v_unit, null, v_ground, v_answer.outcome, v_shown, p_matter, v_items);
  return v_answer;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.archive_self(p_actor integer, p_at timestamp with time zone)
 RETURNS xinheng.archive
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_subject uuid; v_shown bigint; v_items bytea; v_answer xinheng.archive;
begin
  v_answer.at := xinheng.instant();
  v_answer.outcome := 1;
  select a.subject into v_subject from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.subject is not null;
  if v_subject is null then return v_answer; end if;
  v_answer.outcome := 0;
  select r.shown, r.items, r.records into v_shown, v_items, v_answer.records
    from xinheng.read_all(v_subject, least(coalesce(p_at, v_answer.at), v_answer.at)) r;
  v_answer.marks := xinheng.marks(v_subject, least(coalesce(p_at, v_answer.at), v_answer.at));
  select s.sealed, s.kind into v_answer.identity, v_answer.kind from xinheng.subject s where s.subject = v_subject;
  v_answer.access := xinheng.log_access(v_subject, p_actor, null, null, 3::smallint, 0::smallint, v_shown, '', v_items);
  return v_answer;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.authorities_self(p_actor integer)
 RETURNS TABLE(subject uuid, num bigint, held boolean, kind text, from_day date, until_day date, unit smallint, at timestamp with time zone, ended_at timestamp with time zone, live boolean, sealed bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select g.subject, g.num, g.representative = a.subject, g.kind, g.from_day, g.until_day, c.unit, g.at, g.ended_at,
    g.ended_at is null and xinheng.today() >= g.from_day and xinheng.today() < g.until_day
      and (g.kind <> 'guardian' or xinheng.is_ward(g.subject) is not false), g.sealed
  from xinheng.account a join xinheng.authority g on g.subject = a.subject or g.representative = a.subject
    join xinheng.account c on c.num = g.granted_by
  where a.num = p_actor and a.closed_at is null and a.subject is not null order by g.num desc
$function$
;

CREATE OR REPLACE FUNCTION xinheng.bring_into_force()
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_pack smallint := xinheng.pack_in_force();
begin
  if v_pack is not distinct from (select a.pack from xinheng.pack_applied a order by a.num desc limit 1) then return v_pack; end if;
  perform pg_advisory_xact_lock(7302);
  if v_pack is distinct from (select a.pack from xinheng.pack_applied a order by a.num desc limit 1) then perform xinheng.apply_pack(v_pack); end if;
  return v_pack;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.campaign_candidates(p_actor integer, p_campaign integer, p_after uuid)
 RETURNS TABLE(subject uuid, sealed bytea, records bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_campaign xinheng.campaign; v_items smallint[]; v_today date := xinheng.today();
begin
  select c.* into v_campaign from xinheng.campaign c where c.num = p_campaign and c.unit = xinheng.unit_of(p_actor, '{clerk,reviewer}')
    and c.until >= v_today and (xinheng.campaign_last(c.num)).kind in ('open', 'draw', 'return');
  if v_campaign.num is null then return; end if;
  v_items := array(select i.num from xinheng.item i where not i.person
    and xinheng.campaign_rule(v_campaign.pack, v_campaign.problem, (v_campaign.at at time zone 'Asia/Shanghai')::date) -> 'items' ? i.id);
  return query
    with meant as materialized (
      select r.subject as of, count(*) as n, string_agg(distinct int2send(r.item), ''::bytea) as items
      from xinheng.record r join xinheng.item i on i.num = r.item join xinheng.subject s on s.subject = r.subject and s.kind = 6
      where r.item = any (v_items) and r.nk & 1023 = 0 and r.decided >= v_campaign.since and r.decided + i.longest > v_today
        and r.subject > coalesce(p_after, '00000000-0000-0000-0000-000000000000')
        and not exists (select from xinheng.action x where x.subject = r.subject and x.nk = r.nk and x.hides_from <= v_today
          and not exists (select from xinheng.action y where y.subject = x.subject and y.file = x.file and y.step > x.step))
        and not exists (select from xinheng.campaign_drawn d where d.subject = r.subject and d.campaign = p_campaign)
      group by r.subject order by r.subject limit 500
    ), logged as (
      insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items)
        select m.of, xinheng.instant(), p_actor, v_campaign.unit, 0, 1, 0, least(m.n, 32767), 'campaign ' || p_campaign, m.items from meant m
    )
    select m.of, s.sealed, (
        select string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, ''::bytea,
          null::text, null::timestamptz, r.first)), ''::bytea)
        from (
          select q.*, lead(q.nk) over (order by q.nk) as next, min(q.decided) over (partition by q.nk >> 10) as first
          from xinheng.record q where q.subject = m.of) r
        where r.item = any (v_items) and (r.next is null or r.next >> 10 <> r.nk >> 10) and r.first >= v_campaign.since
          and (r.nk >> 10) << 10 <> all (xinheng.hidden(m.of, v_today)))
    from meant m join xinheng.subject s on s.subject = m.of order by m.of;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.campaign_cases(p_actor integer, p_campaign integer)
 RETURNS TABLE(subject uuid, file bigint, name text, records smallint, unit smallint, step smallint, kind text, given date, day date, window_end date, due date, undone boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select d.subject, k.file, case when c.unit = xinheng.unit_of(p_actor, '{clerk,reviewer}') then s.name end, d.records, k.unit, l.step, l.kind, f.day, l.day, nullif(l.window_end, '-infinity'), l.due,
    k.file is not null and (k.file = any (xinheng.contested(d.subject, xinheng.today())))
  from xinheng.campaign c join xinheng.campaign_drawn d on d.campaign = c.num
    join xinheng.subject s on s.subject = d.subject
    left join xinheng.campaign_case k on k.subject = d.subject and k.campaign = d.campaign
    left join xinheng.action f on f.subject = k.subject and f.file = k.file and f.step = 1
    left join lateral (select a.step, a.kind, a.day, a.window_end, a.due from xinheng.action a where a.subject = k.subject and a.file = k.file
      order by a.step desc limit 1) l on true
  where c.num = p_campaign and xinheng.unit_of(p_actor, '{clerk,reviewer}') in (c.unit, k.unit)
  order by k.file nulls first, s.name
$function$
;

CREATE OR REPLACE FUNCTION xinheng.campaign_figures(p_campaign integer)
 RETURNS TABLE(unit smallint, kind text, undone boolean, late boolean, n bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select k.unit, l.kind, k.file is not null and k.file = any (xinheng.contested(d.subject, xinheng.today())),
    coalesce(l.due < xinheng.today(), false), count(*)
  from xinheng.campaign_drawn d
    left join xinheng.campaign_case k on k.subject = d.subject and k.campaign = d.campaign
    left join lateral (select a.kind, a.due from xinheng.action a where a.subject = k.subject and a.file = k.file
      order by a.step desc limit 1) l on true
  where d.campaign = p_campaign group by 1, 2, 3, 4
$function$
;

CREATE OR REPLACE FUNCTION xinheng.campaign_last(p_campaign integer)
 RETURNS xinheng.campaign_act
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select a from xinheng.campaign_act a where a.campaign = p_campaign order by a.step desc limit 1
$function$
;

CREATE OR REPLACE FUNCTION xinheng.campaign_of(p_actor integer, p_subject uuid, p_file bigint)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select k.campaign from xinheng.campaign_case k join xinheng.campaign c on c.num = k.campaign
  where k.subject = p_subject and k.file = p_file and xinheng.unit_of(p_actor, '{clerk,reviewer}') in (c.unit, k.unit)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.campaign_rule(p_pack smallint, p_problem text, p_day date)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select xinheng.pack_rule(p_pack, 'problems', p_problem, p_day) -> 'campaign'
$function$
;

CREATE OR REPLACE FUNCTION xinheng.capacity_due(p_subject uuid, p_num bigint, p_day date)
 RETURNS SETOF bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_step xinheng.action;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.machine = 'capacity';
  if v_step.num is null then return; end if;
  perform pg_advisory_xact_lock(7304);
  if v_step.kind = 'restore' then
    return query select a.nk from xinheng.action a where a.subject = p_subject and a.machine = 'incapacity' and a.target = v_step.file
      and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step)
      and not exists (select from xinheng.record r join xinheng.capacity c on c.subject = r.subject and c.file = v_step.file and not c.restored
        where r.subject = a.subject and r.nk between a.nk and a.nk + 1023 and r.decided >= c.day and r.decided < p_day) order by 1;
  else
    return query select distinct (r.nk >> 10) << 10 from xinheng.record r join xinheng.item i on i.num = r.item
      where r.subject = p_subject and i.adverse and not exists (select from xinheng.action a
        where a.subject = p_subject and a.nk = (r.nk >> 10) << 10 and a.hiding = 'now'
          and not exists (select from xinheng.step_rule u where u.machine = a.machine and u.after = a.kind)) order by 1;
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.case_figures(p_from date, p_until date)
 RETURNS TABLE(unit smallint, machine text, opened bigint, closed bigint, in_time bigint, late bigint, silent bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  with last as (
    select a.owner, a.machine, a.due, a.hiding, a.hides_from, a.day, a.step, a.subject, a.file,
      not exists (select from xinheng.step_rule u where u.machine = a.machine and u.after = a.kind) as done,
      (select b.due from xinheng.action b where b.subject = a.subject and b.file = a.file and b.due is not null and b.step < a.step order by b.step desc limit 1) as owed,
      (select f.day from xinheng.action f where f.subject = a.subject and f.file = a.file and f.step = 1) as opened
    from xinheng.action a
    where a.file is not null and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step)
  )
  select l.owner, l.machine, count(*), count(*) filter (where l.done),
    count(*) filter (where l.done and (l.owed is null or l.day <= l.owed)),
    count(*) filter (where l.done and l.day > l.owed or not l.done and l.due < xinheng.today()),
    count(*) filter (where not l.done and l.hiding = 'later' and l.hides_from <= xinheng.today())
  from last l where l.opened >= coalesce(p_from, '-infinity') and l.opened <= coalesce(p_until, 'infinity')
  group by l.owner, l.machine order by l.owner, l.machine
$function$
;

CREATE OR REPLACE FUNCTION xinheng.case_queue(p_actor integer, p_machine text)
 RETURNS TABLE(subject uuid, file bigint, nk bigint, step smallint, machine text, kind text, owner smallint, day date, opened date, window_end date, due date, hides_from date, closed boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select a.subject, a.file, a.nk, a.step, a.machine, a.kind, a.owner, a.day, f.day, nullif(a.window_end, '-infinity'), a.due,
    case when a.hiding = 'later' then a.hides_from end,
    not exists (select from xinheng.step_rule u where u.machine = a.machine and u.after = a.kind)
  from xinheng.account c
    join xinheng.unit n on n.num = c.unit
    join xinheng.action a on a.file is not null and (a.owner = c.unit or exists (
      select from xinheng.step_rule u where u.machine = a.machine and u.party = 'kind:' || n.kind and u.roles && c.roles)
      -- review bodies and courts: what waits for them, whoever answers for it
      or c.roles && '{review-body,court}'::text[] and xinheng.may_review(c.roles, c.unit, a.owner) and exists (
        select from xinheng.step_rule u where u.machine = a.machine and u.after = a.kind and u.party = 'unit' and u.roles && c.roles))
    join xinheng.action f on f.subject = a.subject and f.file = a.file and f.step = 1
  where c.num = p_actor and c.closed_at is null and c.roles && '{clerk,reviewer,admin,review-body,court}'::text[]
    and (p_machine is null or a.machine = p_machine)
    and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step)
  order by 13, a.due nulls last, a.num limit 1000
$function$
;

CREATE OR REPLACE FUNCTION xinheng.case_service(p_actor integer, p_subject uuid, p_file bigint)
 RETURNS TABLE(step smallint, at timestamp with time zone, service jsonb)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  perform from xinheng.access t where t.subject = p_subject and t.actor = p_actor and t.at = xinheng.instant()
    and t.outcome = 0 and t.matter = 'case ' || p_file;
  if not found then return; end if;
  return query
    select a.step, n.at, xinheng.service_of(n.subject, n.num)
    from xinheng.action a join xinheng.notice n on n.subject = a.subject and n.action = a.num
    where a.subject = p_subject and a.file = p_file order by a.step;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.case_steps(p_actor integer, p_subject uuid, p_file bigint)
 RETURNS SETOF xinheng.step
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  perform from xinheng.access t where t.subject = p_subject and t.actor = p_actor and t.at = xinheng.instant()
    and t.outcome = 0 and t.matter = 'case ' || p_file;
  if not found then return; end if;
  return query select * from xinheng.steps(p_subject, p_file);
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.cases_self(p_actor integer, p_subject uuid, p_file bigint)
 RETURNS SETOF xinheng.step
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  if not xinheng.stands_for(p_actor, p_subject) then return; end if;
  perform xinheng.log_standing(p_subject, p_actor, 'case');
  return query select * from xinheng.steps(p_subject, p_file);
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.change_account(p_actor integer, p_account integer, p_kind text, p_roles text[], p_reason text, p_hash bytea, p_half bytea)
 RETURNS TABLE(outcome smallint, change integer, halved boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_account xinheng.account; v_strong boolean; v_num integer; v_decision integer; v_half bytea; v_lost text[];
begin
  select a.* into v_account from xinheng.account a where a.num = p_account and a.closed_at is null for update;
  if v_account.num is null or v_account.unit is null and p_kind = 'roles' or p_kind not in ('roles', 'password') then
    return query select 6::smallint, null::integer, false; return;
  end if;
  if p_actor is null or p_actor = p_account or not xinheng.may_keep_unit(p_actor, v_account.unit) then
    return query select 1::smallint, null::integer, false; return;
  end if;
  if not xinheng.may_hold(p_roles, v_account.unit) then
    return query select 1::smallint, null::integer, false; return;
  end if;
  v_strong := case p_kind when 'roles' then xinheng.strong_of(p_roles) is not null
    else v_account.subject is not null or xinheng.strong_of(v_account.roles) is not null end;
  if exists (select from xinheng.account_change c where c.account = p_account and c.kind = p_kind
    and not exists (select from xinheng.account_decision d where d.change = c.num)) then
    return query select 10::smallint, null::integer, false; return;
  end if;
  if v_strong and (p_kind = 'password' or xinheng.strong_of(v_account.roles) is null) then v_half := p_half; end if;
  if p_kind = 'roles' and not v_strong then v_lost := xinheng.strong_of(v_account.roles); end if;
  insert into xinheng.account_change (account, actor, kind, roles, strong, reason, lost, half)
    values (p_account, p_actor, p_kind, case p_kind when 'roles' then p_roles else '{}' end, v_strong, p_reason, v_lost, v_half) returning num into v_num;
  if v_strong then return query select 2::smallint, v_num, v_half is not null; return; end if;
  insert into xinheng.account_decision (change, account, actor, proposer, kind, strong, approved, reason)
    values (v_num, p_account, p_actor, p_actor, p_kind, false, true, p_reason) returning num into v_decision;
  perform xinheng.apply_change(v_decision, p_hash);
  return query select 0::smallint, v_num, false;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.channels_of(p_subject uuid)
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select array(select c.channel from (
    select distinct on (k.channel) k.channel, k.sealed from xinheng.contact k where k.subject = p_subject order by k.channel, k.num desc
  ) c where octet_length(c.sealed) > 0)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.check_report(p_code text)
 RETURNS TABLE(kind text, at timestamp with time zone, digest bytea, changed boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_report xinheng.report;
begin
  select r.* into v_report from xinheng.report r where r.code = p_code;
  if v_report.num is null then return; end if;
  insert into xinheng.report_check (report, at) values (v_report.num, date_trunc('minute', xinheng.instant()))
    on conflict do nothing;
  return query select v_report.kind, v_report.at, v_report.digest,
    xinheng.today() >= v_report.ends
    or xinheng.report_state(v_report.subject, v_report.items, 'infinity') <> v_report.state
    or exists (select from xinheng.action a
      where a.subject = v_report.subject and a.hides_from <= xinheng.today()
        and a.hides_from > (v_report.at at time zone 'Asia/Shanghai')::date
        and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step)
        and (v_report.items is null or exists (select from xinheng.record r where r.subject = v_report.subject
          and r.nk between a.nk and a.nk + 1023 and r.item = any (v_report.items))));
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.close_account(p_actor integer, p_num integer, p_reason text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_account xinheng.account; v_change integer;
begin
  select a.* into v_account from xinheng.account a where a.num = p_num for update;
  if not xinheng.may_keep_unit(p_actor, v_account.unit) or p_actor = p_num then return null; end if;
  if v_account.closed_at is not null then return false; end if;
  if p_actor is not null then
    insert into xinheng.account_change (account, actor, kind, roles, strong, reason, lost)
      values (p_num, p_actor, 'close', '{}', false, p_reason, xinheng.strong_of(v_account.roles)) returning num into v_change;
    insert into xinheng.account_decision (change, account, actor, proposer, kind, strong, approved, reason)
      values (v_change, p_num, p_actor, p_actor, 'close', false, true, p_reason);
  end if;
  update xinheng.account set closed_at = clock_timestamp() where num = p_num;
  update xinheng.session set ended_at = clock_timestamp() where account = p_num and ended_at is null;
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.code_figures(p_units smallint[] DEFAULT NULL::smallint[], OUT organisations bigint, OUT doubled bigint)
 RETURNS record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select coalesce(sum(n), 0)::bigint, coalesce(sum(n) filter (where n > 1), 0)::bigint
  from (select count(*) as n from xinheng.subject s where s.kind = 6 and s.name is not null
    and (p_units is null or exists (select from xinheng.record r where r.subject = s.subject and r.unit = any (p_units))) group by s.name) t
$function$
;

CREATE OR REPLACE FUNCTION xinheng.consents_for(p_actor integer, p_subject uuid)
 RETURNS TABLE(num bigint, unit smallint, purpose smallint, given_at timestamp with time zone, expires_at timestamp with time zone, ended_at timestamp with time zone, given_by integer)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  if not xinheng.may_consent(p_subject, p_actor) then return; end if;
  perform xinheng.log_standing(p_subject, p_actor, 'consents');
  return query select c.num, c.unit, c.purpose, c.given_at, c.expires_at, e.at, c.given_by
    from xinheng.consent c left join xinheng.consent_end e on e.subject = c.subject and e.consent = c.num
    where c.subject = p_subject order by c.given_at desc;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.contacts_present(p_actor integer, p_subject uuid)
 RETURNS TABLE(num bigint, channel text, at timestamp with time zone, sealed bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  if xinheng.present_now(p_actor, p_subject) is null then return; end if;
  perform xinheng.log_standing(p_subject, p_actor, 'contacts');
  return query select distinct on (k.channel) k.num, k.channel, k.at, k.sealed from xinheng.contact k
    where k.subject = p_subject order by k.channel, k.num desc;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.contested(p_subject uuid, p_day date)
 RETURNS bigint[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select array(select a.target from xinheng.action a where a.subject = p_subject and a.machine in ('objection', 'review', 'lawsuit')
    and a.target <> 0 and a.hides_from <= p_day
    and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.corrections_untold()
 RETURNS SETOF integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select s.num from xinheng.submission s
  where s.accepted and s.version_rows > 0 and not exists (select from xinheng.correction_told c where c.submission = s.num and c.done)
  order by s.num limit 100
$function$
;

CREATE OR REPLACE FUNCTION xinheng.count_by_value(p_items smallint[], p_slots smallint[], p_values text[], p_units smallint[] DEFAULT NULL::smallint[])
 RETURNS TABLE(value text, people bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select coalesce(t.value, ltrim(c.cell, '=')), count(distinct c.subject)
  from (select r.subject, replace(split_part(encode(r.body, 'escape'), chr(31), k.slot), '\000', '') as cell
    from unnest(p_items, p_slots) k (item, slot) join xinheng.record r on r.item = k.item and (p_units is null or r.unit = any (p_units))) c
    left join xinheng.term t on t.num = case when c.cell ~ '^[0-9]{1,9}$' then c.cell::integer end
  where c.cell <> '' and coalesce(t.value, ltrim(c.cell, '=')) = any (p_values) group by 1
$function$
;

CREATE OR REPLACE FUNCTION xinheng.count_subjects(p_items smallint[], p_units smallint[] DEFAULT NULL::smallint[])
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select count(distinct r.subject) from xinheng.record r where r.item = any (p_items) and (p_units is null or r.unit = any (p_units))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.decide_account(p_actor integer, p_change integer, p_approve boolean, p_reason text, p_hash bytea)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_change xinheng.account_change; v_account xinheng.account; v_decision integer;
begin
  select c.* into v_change from xinheng.account_change c where c.num = p_change;
  select a.* into v_account from xinheng.account a where a.num = v_change.account for update;
  if v_change.num is null or not xinheng.may_keep_unit(p_actor, v_account.unit) then return 6; end if;
  if p_actor is null or p_actor in (v_change.actor, v_change.account) then return 1; end if;
  if exists (select from xinheng.account_decision d where d.change = p_change) then return 9; end if;
  if p_approve and v_account.closed_at is not null then return 8; end if;
  insert into xinheng.account_decision (change, account, actor, proposer, kind, strong, approved, reason)
    values (p_change, v_change.account, p_actor, v_change.actor, v_change.kind, v_change.strong, p_approve, p_reason)
    returning num into v_decision;
  if p_approve then perform xinheng.apply_change(v_decision, p_hash); end if;
  return 0;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.decide_bulletin(p_actor integer, p_bulletin integer, p_kind text, p_reason text)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_place xinheng.place := xinheng.office_place(p_actor, '{reviewer,admin}'); v_author integer;
begin
  if v_place.id is null then return 1; end if;
  select b.author into v_author from xinheng.bulletin b where b.num = p_bulletin and xinheng.rank_of(b.place) = v_place.rank;
  if v_author is null then return 6; end if;
  if v_author = p_actor then return 9; end if;
  insert into xinheng.bulletin_step (bulletin, kind, author, actor, reason) values (p_bulletin, p_kind, v_author, p_actor, p_reason);
  return 0;
exception when unique_violation then return 8;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.draw_into_campaign(p_actor integer, p_campaign integer, p_step smallint, p_subjects uuid[], p_records smallint[])
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_n integer;
begin
  insert into xinheng.campaign_drawn (subject, campaign, act, records)
    select d.subject, p_campaign, p_step, d.records from unnest(p_subjects, p_records) d (subject, records)
    where exists (select from xinheng.campaign_act a where a.campaign = p_campaign and a.step = p_step and a.actor = p_actor and a.at = xinheng.instant())
      and exists (select from xinheng.access t where t.subject = d.subject and t.actor = p_actor and t.at = xinheng.instant()
        and t.outcome = 0 and t.matter = 'campaign ' || p_campaign);
  get diagnostics v_n = row_count;
  return v_n;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.draw_notices(p_unread timestamp with time zone)
 RETURNS TABLE(submissions integer, letters integer)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v record; v_items smallint[] := xinheng.told_items(); v_since timestamptz := xinheng.instant() - interval '92 days'; v_today date := xinheng.today();
begin
  perform pg_advisory_xact_lock(7312);
  submissions := 0;
  for v in
    select s.num, s.at, p.pass from xinheng.submission s cross join (values (1::smallint), (2::smallint)) p(pass)
    where s.accepted and s.item = any (v_items) and s.at > v_since and s.at <= xinheng.instant() and (p.pass = 1 or s.at < p_unread)
      and not exists (select from xinheng.submission_told t where t.submission = s.num and t.pass = p.pass)
    order by s.num, p.pass limit 50
  loop
    insert into xinheng.notice (subject, nk, at)
      select r.subject, r.nk, v.at from xinheng.record r join xinheng.item i on i.num = r.item
      where r.submission = v.num and r.item = any (v_items) and r.decided + i.longest > v_today
        and (v.pass = 2 or cardinality(xinheng.channels_of(r.subject)) > 0 or not xinheng.reads_inbox(r.subject))
        and not exists (select from xinheng.record x where x.subject = r.subject and x.nk > r.nk and x.nk <= (r.nk | 1023))
        and (r.nk >> 10) << 10 <> all (xinheng.hidden(r.subject, v_today))
      on conflict do nothing;
    insert into xinheng.submission_told (submission, pass) values (v.num, v.pass);
    submissions := submissions + 1;
  end loop;
  insert into xinheng.letter (subject, notice, unit, why)
    select n.subject, n.num, coalesce(a.owner, r.unit, 0), w.why
    from xinheng.notice n
      left join xinheng.action a on a.subject = n.subject and a.num = n.action
      left join xinheng.record r on r.subject = n.subject and r.nk = n.nk
      cross join lateral (select case
        when 'paper' = any (xinheng.channels_of(n.subject)) then 'asked'
        when not xinheng.reads_inbox(n.subject) and cardinality(xinheng.channels_of(n.subject)) = 0 then 'no-account'
        when exists (select from xinheng.notice_result q left join xinheng.notice_receipt y
            on y.subject = q.subject and y.notice = q.notice and y.channel = q.channel and y.try = q.try
          where q.subject = n.subject and q.notice = n.num and (q.final or not q.ok and q.try = 8 or not y.delivered
            or q.accepted and y.at is null and q.at < p_unread)) then 'failed'
        when n.at < p_unread then 'unread'
      end as why) w
    where n.at > v_since and w.why is not null
      and not exists (select from xinheng.letter l where l.subject = n.subject and l.notice = n.num)
      and not xinheng.is_served(n.subject, n.num)
    order by n.at limit 20000;
  get diagnostics letters = row_count;
  return next;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.edits_content(p_actor integer, p_role text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select xinheng.is_office(p_actor, array[p_role])
$function$
;

CREATE OR REPLACE FUNCTION xinheng.end_authority(p_actor integer, p_subject uuid, p_num bigint, p_title jsonb, p_text jsonb)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_other uuid;
begin
  update xinheng.authority g set ended_at = xinheng.instant()
    from xinheng.account a
    where g.num = p_num and g.ended_at is null and a.num = p_actor and a.closed_at is null and (
      a.subject = g.representative or a.subject = g.subject and g.kind = 'agent'
      or 'counter' = any (a.roles) and g.subject = p_subject)
    returning g.subject into v_other;
  if not found then return null; end if;
  insert into xinheng.notice (subject, title, text) values (v_other, p_title, p_text);
  return xinheng.instant();
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.end_presence(p_actor integer, p_num bigint)
 RETURNS timestamp with time zone
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  insert into xinheng.presence_end (presence)
    select p.num from xinheng.presence p where p.num = p_num and p.actor = p_actor
    on conflict (presence) do nothing returning at
$function$
;

CREATE OR REPLACE FUNCTION xinheng.ensure_partitions(months integer DEFAULT 3)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.enter_campaign_case(p_subject uuid, p_file bigint, p_campaign integer)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_first xinheng.action; v_campaign xinheng.campaign; v_rule jsonb;
begin
  select a.* into v_first from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1 and a.machine = 'campaign';
  select c.* into v_campaign from xinheng.campaign c where c.num = p_campaign for share;
  v_rule := xinheng.campaign_rule(v_campaign.pack, v_campaign.problem, (v_campaign.at at time zone 'Asia/Shanghai')::date);
  if v_first.num is null or v_rule is null or v_first.unit <> v_campaign.unit or v_first.nk <> 0
    or not xinheng.names_unit((v_rule -> 'lead') || coalesce(v_rule -> 'joint', '[]'), v_first.owner)
    or (xinheng.campaign_last(p_campaign)).kind not in ('draw', 'return')
    or not exists (select from xinheng.campaign_drawn d where d.subject = p_subject and d.campaign = p_campaign)
  then return 8; end if;
  insert into xinheng.campaign_case (subject, file, campaign, unit) values (p_subject, p_file, p_campaign, v_first.owner);
  return xinheng.enter_campaign_step(p_subject, p_file);
exception when unique_violation then return 10;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.enter_campaign_step(p_subject uuid, p_num bigint)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_step xinheng.action; v_campaign xinheng.campaign; v_last xinheng.campaign_act; v_least date; v_rule jsonb;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.machine = 'campaign';
  select c.* into v_campaign from xinheng.campaign_case k join xinheng.campaign c on c.num = k.campaign
    where k.subject = p_subject and k.file = v_step.file for share of c;
  if v_campaign.num is null then return 8; end if;
  v_last := xinheng.campaign_last(v_campaign.num);
  if v_step.kind = 'lapse' then
    if v_last.kind <> 'close' or v_last.actor <> v_step.actor or v_last.at <> xinheng.instant() then return 8; end if;
  -- while a closing report waits for its second person, nothing is added to what it counts
  elsif v_step.day > v_campaign.until or v_last.kind not in ('draw', 'return') then return 8;
  end if;
  if v_step.kind <> 'assign' and not exists (select from xinheng.notice n where n.subject = p_subject and n.action = p_num) then return 8; end if;
  if v_step.kind not in ('in-order', 'lapse') and v_step.file = any (xinheng.contested(p_subject, v_step.day)) then return 9; end if;
  if v_step.opens then
    v_rule := xinheng.campaign_rule(v_campaign.pack, v_campaign.problem, (v_campaign.at at time zone 'Asia/Shanghai')::date);
    select xinheng.term_end(p.content -> 'calendar', v_step.day, xinheng.pack_rule(p.num, 'terms', v_rule ->> 'answer', v_step.day) ->> 'period')
      into v_least from xinheng.pack p where p.num = v_step.pack;
    if v_least is null or v_step.window_end < v_least then return 8; end if;
  end if;
  insert into xinheng.campaign_step (subject, num, file, campaign, kind, day, until, closed, act)
    values (p_subject, p_num, v_step.file, v_campaign.num, v_step.kind, v_step.day, v_campaign.until,
      case when v_step.kind = 'lapse' then v_last.step end, case when v_step.kind = 'lapse' then 'close' end);
  return 0;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.enter_capacity(p_subject uuid, p_num bigint, p_day date, p_nks bigint[], p_sealed bytea[])
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_step xinheng.action; v_open xinheng.action; v_file bigint;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.machine = 'capacity';
  if v_step.num is null or v_step.nk <> 0 or v_step.target <> 0
    or exists (select from xinheng.subject s where s.subject = p_subject and s.kind = 6) then return 8; end if;
  if p_day is null or p_day > v_step.day or v_step.kind = 'restore' and p_day <= (
    select c.day from xinheng.capacity c where c.subject = p_subject and c.file = v_step.file and not c.restored) then return 7; end if;
  if p_nks is distinct from array(select d from xinheng.capacity_due(p_subject, p_num, p_day) d)
    or cardinality(p_sealed) <> cardinality(p_nks) then return 9; end if;
  insert into xinheng.capacity (subject, num, file, restored, day, at) values (p_subject, p_num, v_step.file, v_step.kind = 'restore',
    p_day, xinheng.instant() + (clock_timestamp() - transaction_timestamp()));
  if v_step.kind = 'determine' then
    insert into xinheng.consent_end (subject, consent) select c.subject, c.num from xinheng.consent c
      where c.subject = p_subject and c.given_by is null and (c.given_at at time zone 'Asia/Shanghai')::date >= p_day
      on conflict (subject, consent) do nothing;
  end if;
  for i in 1..cardinality(p_nks) loop
    v_file := nextval('xinheng.action_num_seq');
    if v_step.kind = 'determine' then
      insert into xinheng.action (subject, num, nk, actor, unit, pack, kind, sealed, file, machine, owner, target, proposer, hiding, hides_from)
        overriding system value
        values (p_subject, v_file, p_nks[i], v_step.actor, v_step.unit, v_step.pack, 'suspend', p_sealed[i], v_file, 'incapacity',
          v_step.owner, v_step.file, v_step.actor, 'now', v_step.day);
      perform xinheng.recall(p_subject, p_nks[i], 'suspended', v_file);
    else
      select a.* into v_open from xinheng.action a where a.subject = p_subject and a.nk = p_nks[i] and a.machine = 'incapacity'
        and a.target = v_step.file and a.step = 1;
      insert into xinheng.action (subject, num, nk, actor, unit, pack, kind, sealed, file, step, before, machine, after, owner, target, proposer,
          hiding, hides_before, hides_from)
        overriding system value
        values (p_subject, v_file, p_nks[i], v_step.actor, v_step.unit, v_step.pack, 'resume', p_sealed[i], v_open.file, 2, 1, 'incapacity',
          'suspend', v_open.owner, v_open.target, v_open.proposer, 'no', v_open.hides_from, 'infinity');
    end if;
  end loop;
  return 0;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.enter_carried(p_subject uuid, p_num bigint)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_step xinheng.action;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.machine = 'measure' and a.kind = 'carry';
  if not exists (select from xinheng.measure m where m.subject = p_subject and m.file = v_step.file
      and xinheng.pack_rule(v_step.pack, 'measures', m.measure, v_step.day) is not null)
    or xinheng.measure_over(p_subject, v_step.file, v_step.day) is not null
    or not exists (select from xinheng.notice n where n.subject = p_subject and n.action = p_num)
  then return 8; end if;
  insert into xinheng.measure_carried (subject, num, file) values (p_subject, p_num, v_step.file);
  return 0;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.enter_entry(p_subject uuid, p_num bigint)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_step xinheng.action; v_listing xinheng.listing; v_list jsonb; v_term text;
begin
  perform pg_advisory_xact_lock(7310, hashtext(p_subject::text));
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.kind in ('determine', 'renew');
  select l.* into v_listing from xinheng.listing l where l.subject = p_subject and l.file = v_step.file;
  v_list := xinheng.pack_rule(v_step.pack, 'lists', v_listing.list, v_step.day);
  v_term := v_list ->> (case v_step.kind when 'renew' then 'renew' else 'term' end);
  if v_term is null or not exists (select from xinheng.record r join xinheng.item i on i.num = r.item
      where r.subject = p_subject and r.nk between v_listing.nk and v_listing.nk + 1023 and r.unit = v_listing.unit and i.id = v_list ->> 'item')
    or v_step.kind = 'renew' and xinheng.entry_over(p_subject, v_step.file, v_step.day) is not null
  then return 8; end if;
  if v_step.kind = 'determine' and exists (select from xinheng.refuted_of(p_subject, v_step.file)) then return 14; end if;
  insert into xinheng.listing_entry (subject, num, file, day, until)
    values (p_subject, p_num, v_step.file, v_step.day, (v_step.day + v_term::interval)::date);
  return 0;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.enter_ground(p_subject uuid, p_num bigint, p_facts bytea, p_document bytea)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.enter_listing(p_subject uuid, p_file bigint, p_list text, p_criterion text, p_entry text, p_person boolean, p_of_subject uuid, p_of_file bigint)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_first xinheng.action; v_list jsonb; v_criterion jsonb; v_of jsonb; v_bound boolean; v_other record;
begin
  select a.* into v_first from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1;
  v_list := xinheng.pack_rule(v_first.pack, 'lists', p_list, v_first.day);
  select e into v_criterion from jsonb_array_elements(v_list -> 'criteria') e where e ->> 'id' = p_criterion;
  if v_criterion is null or v_list ->> 'origin' <> 'determined' or not xinheng.names_unit(v_list -> 'units', v_first.owner)
    or not v_list -> 'subjects' ? (case when p_person then 'person' else 'organisation' end)
    or (v_list ->> 'kind' in ('red', 'exemplar')) <> (v_first.machine = 'exemplar') or v_first.machine not in ('listing', 'exemplar')
    or exists (select from xinheng.subject s where s.subject = p_subject and (s.kind <> 6) <> p_person)
  then return 8; end if;
  -- an article that names the office-holders of an organisation on a list reaches nobody beside that list
  v_bound := p_person and v_first.machine = 'listing' and exists (
    select from jsonb_path_query((select p.content -> 'lists' from xinheng.pack p where p.num = v_first.pack), '$[*].officers[*].basis[*]') b,
      jsonb_array_elements(v_criterion -> 'basis') c
    where b ->> 'document' = c ->> 'document' and b ->> 'article' is not distinct from c ->> 'article');
  if p_of_file is not null then
    v_of := xinheng.pack_rule(v_first.pack, 'lists', (select e.list from xinheng.entry_of(p_of_subject, p_of_file) e
      where not e.person and e.unit = v_first.owner), v_first.day);
    if not p_person or v_of is null or jsonb_array_length(coalesce(v_of -> 'officers', '[]')) = 0
      or xinheng.entry_over(p_of_subject, p_of_file, v_first.day) is not null or not exists (
        select from jsonb_path_query(v_of, '$.officers[*].basis[*]') b, jsonb_array_elements(v_criterion -> 'basis') c
        where b ->> 'document' = c ->> 'document' and b ->> 'article' is not distinct from c ->> 'article')
    then return 12; end if;
  elsif v_bound then return 12;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('listing/' || p_subject || '/' || p_list, 0));
  for v_other in
    select l.file, b.kind from xinheng.listing l
      join lateral (select a.kind from xinheng.action a where a.subject = l.subject and a.file = l.file order by a.step desc limit 1) b on true
    where l.subject = p_subject and l.list = p_list
  loop
    if v_other.kind not in ('drop', 'decline', 'resign', 'remove') and coalesce(xinheng.entry_over(p_subject, v_other.file, v_first.day), 'none') = 'none'
    then return 10; end if;
  end loop;
  insert into xinheng.listing (subject, file, machine, nk, unit, pack, list, criterion, entry, person, published, of_subject, of_file)
    values (p_subject, p_file, v_first.machine, v_first.nk, v_first.owner, v_first.pack, p_list, p_criterion, p_entry, p_person,
      v_list ? 'publish' and (not p_person or (v_list -> 'publish' ->> 'persons')::boolean and p_of_file is null), p_of_subject, p_of_file);
  return 0;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.enter_measure(p_subject uuid, p_file bigint, p_measure text)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_first xinheng.action; v_measure jsonb; v_entry record; v_term text;
begin
  select a.* into v_first from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1 and a.machine = 'measure';
  v_measure := xinheng.pack_rule(v_first.pack, 'measures', p_measure, v_first.day);
  select e.* into v_entry from xinheng.entry_of(p_subject, v_first.target) e;
  if v_measure is null or v_entry.nk is null or v_entry.unit <> v_first.unit or v_measure ->> 'kind' = 'C'
    or not v_measure -> 'lists' ? v_entry.list or not xinheng.names_unit(v_measure -> 'units', v_first.owner)
    or not v_measure -> 'subjects' ? (case when v_entry.person then 'person' else 'organisation' end)
    or xinheng.entry_over(p_subject, v_first.target, v_first.day) is not null
  then return 8; end if;
  v_term := v_measure ->> 'term';
  insert into xinheng.measure (subject, file, unit, cause, measure, until)
    values (p_subject, p_file, v_first.owner, v_first.target, p_measure,
      case v_term when 'cause' then null when 'life' then 'infinity' else (v_entry.day + v_term::interval)::date end);
  return 0;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.enter_received(p_subject uuid, p_file bigint)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_first xinheng.action; v_item xinheng.item; v_list jsonb;
begin
  select a.* into v_first from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1 and a.machine = 'received';
  select i.* into v_item from xinheng.record r join xinheng.item i on i.num = r.item
    where r.subject = p_subject and r.nk between v_first.nk and v_first.nk + 1023 and r.unit = v_first.owner
      and r.decided + i.longest > v_first.day order by r.nk desc limit 1;
  select e into v_list from xinheng.pack p, jsonb_array_elements(p.content -> 'lists') e
    where p.num = v_first.pack and e ->> 'origin' = 'received' and e ->> 'item' = v_item.id
      and (e ->> 'from')::date <= v_first.day and v_first.day < coalesce((e ->> 'until')::date, 'infinity')
      and xinheng.names_unit(e -> 'units', v_first.owner) limit 1;
  if v_list is null or v_first.nk = any (xinheng.hidden(p_subject, v_first.day)) then return null; end if;
  insert into xinheng.received (subject, file, nk, unit, list, person)
    values (p_subject, p_file, v_first.nk, v_first.owner, v_list ->> 'id', v_item.person);
  return v_list ->> 'id';
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.enter_repair(p_subject uuid, p_file bigint, p_class text)
 RETURNS TABLE(outcome smallint, possible date)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
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
    or exists (select from xinheng.action a where a.subject = p_subject and a.nk = v_nk and a.hiding = 'now' and a.hides_from <= v_today
      and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step))
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
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.enter_window(p_subject uuid, p_num bigint)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_step xinheng.action; v_list jsonb; v_term jsonb; v_least date;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.opens;
  select xinheng.pack_rule(l.pack, 'lists', l.list, f.day) into v_list from xinheng.listing l
    join xinheng.action f on f.subject = l.subject and f.file = l.file and f.step = 1
    where l.subject = p_subject and l.file = v_step.file;
  -- the notice of the step before (of the listing) is served; that of this step (of an exemplar's publicity) is on file
  if not exists (select from xinheng.action a join xinheng.notice n on n.subject = a.subject and n.action = a.num
    where a.subject = p_subject and a.file = v_step.file
      and case when v_step.machine = 'listing' then a.kind = 'notify' and xinheng.is_served(n.subject, n.num) else a.kind = 'publicise' end)
  then return 8; end if;
  v_term := xinheng.pack_rule(v_step.pack, 'terms', v_list ->> (case when v_step.machine = 'listing' then 'window' else 'publicity' end), v_step.day);
  select xinheng.term_end(p.content -> 'calendar', v_step.day, v_term ->> 'period') into v_least from xinheng.pack p where p.num = v_step.pack;
  if v_least is null or v_step.window_end < v_least then return 8; end if;
  insert into xinheng.listing_window (subject, num, window_end, least) values (p_subject, p_num, v_step.window_end, v_least);
  return 0;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.entry_of(p_subject uuid, p_file bigint, OUT list text, OUT nk bigint, OUT unit smallint, OUT person boolean, OUT day date, OUT until date)
 RETURNS record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select l.list, l.nk, l.unit, l.person, min(e.day), max(e.until) from xinheng.listing l
    join xinheng.listing_entry e on e.subject = l.subject and e.file = l.file
    where l.subject = p_subject and l.file = p_file group by 1, 2, 3, 4
  union all
  select c.list, c.nk, c.unit, c.person, min(r.decided), (min(r.decided) + max(i.longest))::date from xinheng.received c
    join xinheng.record r on r.subject = c.subject and r.nk between c.nk and c.nk + 1023 join xinheng.item i on i.num = r.item
    where c.subject = p_subject and c.file = p_file group by 1, 2, 3, 4
  limit 1
$function$
;

CREATE OR REPLACE FUNCTION xinheng.entry_over(p_subject uuid, p_file bigint, p_day date)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select case
    when e.nk is null then 'none'
    when e.nk = any (xinheng.hidden(p_subject, p_day)) or p_file = any (xinheng.contested(p_subject, p_day)) then 'ended'
    when e.until <= p_day then 'term'
  end from (select 1) one left join xinheng.entry_of(p_subject, p_file) e on true
$function$
;

CREATE OR REPLACE FUNCTION xinheng.entry_published(p_subject uuid, p_nk bigint)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select exists (select from xinheng.listing l where l.subject = p_subject and l.nk = (p_nk >> 10) << 10 and l.published
    and xinheng.entry_over(l.subject, l.file, xinheng.today()) is null
    and (not l.person or (xinheng.public_list(l.list) -> 'publish' ->> 'persons')::boolean) and xinheng.public_list(l.list) is not null)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.erase_record(p_actor integer, p_subject uuid, p_nk bigint, p_pack smallint, p_versions integer, p_sealed bytea)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint; v_count integer; v_num bigint; v_at timestamptz;
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and 'admin' = any (a.roles);
  if v_unit is null or p_versions < 1 then return null; end if;
  update xinheng.record r set body = '', sealed = ''
    where r.subject = p_subject and r.nk between p_nk and p_nk + 1023 and octet_length(r.body) > 0;
  get diagnostics v_count = row_count;
  if v_count <> p_versions then
    raise exception 'an erasure keeps the mac of each version it erases' using errcode = 'XH002';
  end if;
  insert into xinheng.action (subject, nk, actor, unit, pack, kind, sealed)
    values (p_subject, (p_nk >> 10) << 10, p_actor, v_unit, p_pack, 'erase', p_sealed) returning num, at into v_num, v_at;
  perform xinheng.recall(p_subject, p_nk, 'erased', v_num);
  return v_at;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.file_tip(p_num integer, p_code_hash bytea, p_kind text, p_unit smallint, p_sealed bytea)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  insert into xinheng.tip (num, code_hash, kind) values (p_num, p_code_hash, p_kind);
  insert into xinheng.tip_step (tip, num, kind, unit, sealed) values (p_num, 1, 'file', p_unit, p_sealed);
  return xinheng.instant();
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.find_presence(p_actor integer, p_num bigint)
 RETURNS TABLE(subject uuid, form text, unit smallint, until timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select p.subject, p.form, p.unit, p.until from xinheng.presence p
  where p.num = p_num and xinheng.present_now(p_actor, p.subject) = p.num
$function$
;

CREATE OR REPLACE FUNCTION xinheng.find_refuted(p_actor integer, p_subject uuid, p_file bigint, p_list text, p_facts bytea, p_document bytea)
 RETURNS TABLE(entry text, decision bigint, day date)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.find_refuted_of(p_actor integer, p_subject uuid, p_file bigint)
 RETURNS TABLE(entry text, decision bigint, day date)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a join xinheng.listing l on l.subject = p_subject and l.file = p_file and l.unit = a.unit
    where a.num = p_actor and a.closed_at is null and a.roles && '{clerk,reviewer}'::text[];
  if v_unit is null then return; end if;
  select r.entry, r.decision, r.day into entry, decision, day from xinheng.refuted_of(p_subject, p_file) r;
  if entry is null then return; end if;
  perform xinheng.log_access(p_subject, p_actor, v_unit, null, 1::smallint, 0::smallint, 0, 'refuted ' || entry, ''::bytea);
  return next;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.first_published(p_actor integer, p_from date, p_until date)
 RETURNS TABLE(r xinheng.record, reported date)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_items text := (select array_agg(i.num order by i.num)::text from xinheng.item i where i.published);
begin
  if v_items is null then return; end if;
  return query execute format($q$
    select r, (u.at at time zone 'Asia/Shanghai')::date
    from xinheng.publicity_reach($1) w
      join xinheng.record r on r.item = any (%L::smallint[]) and r.unit = any (w)
      join xinheng.submission u on u.num = r.submission
    where r.nk & 1023 = 0 and r.decided between $2 and $3 and xinheng.is_public(r)$q$, v_items) using p_actor, p_from, p_until;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.forget_bare(p_subjects uuid[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  delete from xinheng.subject s where s.subject = any (p_subjects) and not exists (select from xinheng.record r where r.subject = s.subject)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.grant_authority(p_actor integer, p_subject uuid, p_representative uuid, p_kind text, p_from date, p_until date, p_sealed bytea, p_title jsonb, p_text jsonb)
 RETURNS TABLE(outcome smallint, num bigint, at timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_num bigint; v_presence bigint;
begin
  perform from xinheng.account a where a.num = p_actor and a.closed_at is null and a.unit is not null and 'counter' = any (a.roles);
  if not found or p_until <= xinheng.today() then return query select 1::smallint, null::bigint, null::timestamptz; return; end if;
  if p_kind = 'guardian' and not xinheng.is_ward(p_subject) then return query select 13::smallint, null::bigint, null::timestamptz; return; end if;
  v_presence := xinheng.present_now(p_actor, case p_kind when 'guardian' then p_representative else p_subject end);
  if v_presence is null then return query select 12::smallint, null::bigint, null::timestamptz; return; end if;
  insert into xinheng.authority (subject, representative, kind, from_day, until_day, granted_by, sealed, presence)
    values (p_subject, p_representative, p_kind, p_from, p_until, p_actor, p_sealed, v_presence) returning authority.num into v_num;
  insert into xinheng.notice (subject, title, text) values (p_subject, p_title, p_text), (p_representative, p_title, p_text);
  return query select 0::smallint, v_num, xinheng.instant();
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.hidden(p_subject uuid, p_day date)
 RETURNS bigint[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select array(select a.nk from xinheng.action a where a.subject = p_subject and a.hides_from <= p_day
    and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.hold_campaign(p_campaign integer)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select from xinheng.campaign c where c.num = p_campaign for update
$function$
;

CREATE OR REPLACE FUNCTION xinheng.incapable(p_subjects uuid[])
 RETURNS TABLE(subject uuid, from_day date, until_day date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select c.subject, c.day, e.day from xinheng.capacity c
    left join xinheng.capacity e on e.subject = c.subject and e.file = c.file and e.restored
  where not c.restored and c.subject = any (p_subjects)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.index_published()
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_items text := (select string_agg(i.num::text, ',' order by i.num) from xinheng.item i where i.published or i.person and i.id in (
    select e ->> 'item' from xinheng.pack p, jsonb_array_elements(p.content -> 'lists') e
    where p.num = xinheng.pack_in_force() and e ->> 'origin' = 'received' and (e -> 'publish' ->> 'persons')::boolean));
begin
  if obj_description(to_regclass('xinheng.record_published'), 'pg_class') is not distinct from 'items ' || v_items then return false; end if;
  drop index if exists xinheng.record_published;
  if v_items is null then return true; end if;
  execute format('create index record_published on xinheng.record (decided, nk, subject) where item = any (%L::smallint[])', '{' || v_items || '}');
  execute format('comment on index xinheng.record_published is %L', 'items ' || v_items);
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.instant()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select transaction_timestamp() $function$
;

CREATE OR REPLACE FUNCTION xinheng.is_office(p_actor integer, p_roles text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select exists (select from xinheng.account a join xinheng.place p on p.office = a.unit and p.rank = 0
    where a.num = p_actor and a.closed_at is null and a.roles && p_roles)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.is_office_for(p_actor integer, p_roles text[], p_unit smallint)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select exists (select from xinheng.unit u, xinheng.office_place(p_actor, p_roles) p
    where u.num = p_unit and (u.rank = p.rank or p.oversees and u.rank > p.rank))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.is_organisation(p_subject uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select exists (select from xinheng.subject s where s.subject = p_subject and s.kind = 6)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.is_public(r xinheng.record)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select exists (select from xinheng.item i where i.num = r.item and i.published and not i.person
      and (not i.entry or xinheng.entry_published(r.subject, r.nk)))
    and exists (select from xinheng.subject s where s.subject = r.subject and s.kind = 6 and s.name is not null)
    and xinheng.stands(r)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.is_served(p_subject uuid, p_notice bigint)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select exists (select from xinheng.notice_opened o where o.subject = p_subject and o.num = p_notice)
    or exists (select from xinheng.notice_result r left join xinheng.notice_receipt q
        on q.subject = r.subject and q.notice = r.notice and q.channel = r.channel and q.try = r.try
      where r.subject = p_subject and r.notice = p_notice and coalesce(q.delivered, r.ok))
    or exists (select from xinheng.letter l join xinheng.letter_result p on p.subject = l.subject and p.letter = l.num
      where l.subject = p_subject and l.notice = p_notice and p.ok)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.is_ward(p_subject uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select bool_or(i.until_day is null) from xinheng.incapable(array[p_subject]) i
$function$
;

CREATE OR REPLACE FUNCTION xinheng.issue_report(p_actor integer, p_code text, p_kind text, p_at timestamp with time zone, p_reading text, p_subject uuid, p_subject_kind text, p_access bigint, p_purpose text, p_matter text, p_from date, p_to date, p_items smallint[], p_address text, p_digest bytea, p_state bytea, p_ends date)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  insert into xinheng.report (code, kind, at, actor, reading, subject, subject_kind, access, access_at, purpose, matter,
    from_day, to_day, items, address, digest, state, ends)
  select p_code, p_kind, p_at, p_actor, p_reading, p_subject, p_subject_kind, t.num, t.at, p_purpose, p_matter,
    p_from, p_to, p_items, p_address, p_digest, p_state, p_ends
  from xinheng.access t
  where t.subject = p_subject and t.num = p_access and t.actor = p_actor and t.outcome = 0
    and exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null)
  on conflict (access) do nothing
  returning num
$function$
;

CREATE OR REPLACE FUNCTION xinheng.last_load()
 RETURNS xinheng.pack_load
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select l from xinheng.pack_load l order by coalesce(l.effective, l.at) desc, l.num desc limit 1
$function$
;

CREATE OR REPLACE FUNCTION xinheng.ledger_tile_grows()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if new.level <> old.level or new.index <> old.index or octet_length(new.bytes) <= octet_length(old.bytes)
    or substr(new.bytes, 1, octet_length(old.bytes)) <> old.bytes then
    raise exception 'a tile of the ledger only grows' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.letter_history(p_actor integer, p_subject uuid, p_num bigint)
 RETURNS TABLE(access bigint, opened jsonb, service jsonb)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  select t.num into access from xinheng.access t where t.subject = p_subject and t.actor = p_actor and t.at = xinheng.instant()
    and t.outcome = 0 and t.matter = 'letter ' || p_num order by t.num desc limit 1;
  if access is null then return; end if;
  select coalesce(jsonb_agg(jsonb_build_object('at', to_char(p.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', c.display)
      order by p.at), '[]') into opened
    from xinheng.letter_printed p join xinheng.account c on c.num = p.actor where p.subject = p_subject and p.letter = p_num;
  select xinheng.service_of(l.subject, l.notice) into service from xinheng.letter l where l.subject = p_subject and l.num = p_num;
  return next;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.letters(p_actor integer)
 RETURNS TABLE(subject uuid, num bigint, why text, at timestamp with time zone, told_at timestamp with time zone, machine text, kind text, file bigint, of_record boolean, printed_at timestamp with time zone, failed bigint, waiting bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select l.subject, l.num, l.why, l.at, n.at, a.machine, a.kind, a.file, n.nk is not null,
    (select max(p.at) from xinheng.letter_printed p where p.subject = l.subject and p.letter = l.num),
    (select count(*) from xinheng.letter_result x where x.subject = l.subject and x.letter = l.num),
    count(*) over ()
  from xinheng.letter l join xinheng.notice n on n.subject = l.subject and n.num = l.notice
    left join xinheng.action a on a.subject = n.subject and a.num = n.action
  where xinheng.prints_for(p_actor, l.unit) and l.why <> 'own' and not xinheng.is_served(n.subject, n.num)
  order by l.at, l.num limit 200
$function$
;

CREATE OR REPLACE FUNCTION xinheng.letters_served(p_actor integer)
 RETURNS TABLE(subject uuid, num bigint, why text, at timestamp with time zone, told_at timestamp with time zone, machine text, kind text, file bigint, of_record boolean, opened bigint, opened_at timestamp with time zone, service jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select l.subject, l.num, l.why, l.at, n.at, a.machine, a.kind, a.file, n.nk is not null, p.opened, p.opened_at,
    (select coalesce(jsonb_agg(s - 'reference'), '[]') from jsonb_array_elements(xinheng.service_of(n.subject, n.num)) s)
  from xinheng.letter l join xinheng.notice n on n.subject = l.subject and n.num = l.notice
    left join xinheng.action a on a.subject = n.subject and a.num = n.action
    cross join lateral (select count(*) as opened, max(q.at) as opened_at from xinheng.letter_printed q
      where q.subject = l.subject and q.letter = l.num) p
  where xinheng.prints_for(p_actor, l.unit) and xinheng.is_served(n.subject, n.num)
    and l.at > xinheng.instant() - interval '366 days'
    and (p.opened > 0 or exists (select from xinheng.letter_result x where x.subject = l.subject and x.letter = l.num))
  order by l.at desc, l.num desc limit 200
$function$
;

CREATE OR REPLACE FUNCTION xinheng.list_candidates(p_actor integer, p_person boolean, p_list text, p_items smallint[], p_since date, p_count integer)
 RETURNS TABLE(subject uuid, kind smallint, sealed bytea, records bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint; v_today date := xinheng.today();
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{clerk,reviewer}'::text[]
      and xinheng.names_unit(xinheng.pack_rule(xinheng.pack_in_force(), 'lists', p_list, v_today) -> 'units', a.unit);
  if v_unit is null then return; end if;
  return query
    with flagged as materialized (
      select r.subject as of, count(*) as n from xinheng.record r join xinheng.item i on i.num = r.item
      where r.item = any (p_items) and i.adverse and i.person = p_person and r.nk & 1023 = 0 and r.decided >= p_since
        and not exists (select from xinheng.action x where x.subject = r.subject and x.nk = r.nk and x.hides_from <= v_today
          and not exists (select from xinheng.action y where y.subject = x.subject and y.file = x.file and y.step > x.step))
        and not exists (select from xinheng.listing l where l.subject = r.subject and l.list = p_list
          and coalesce(xinheng.entry_over(l.subject, l.file, v_today), 'none') = 'none')
      group by r.subject having count(*) >= p_count order by 2 desc, 1 limit 200
    ), logged as (
      insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items)
        select f.of, xinheng.instant(), p_actor, v_unit, 0, 1, 0, 0, left('candidate ' || p_list, 64), '' from flagged f
    )
    select f.of, s.kind, s.sealed, (
        select string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, ''::bytea,
          null::text, null::timestamptz, r.first)), ''::bytea)
        from (
          select q.*, lead(q.nk) over (order by q.nk) as next, min(q.decided) over (partition by q.nk >> 10) as first
          from xinheng.record q where q.subject = f.of) r
        where r.item = any (p_items) and (r.next is null or r.next >> 10 <> r.nk >> 10) and r.first >= p_since
          and (r.nk >> 10) << 10 <> all (xinheng.hidden(f.of, v_today)))
    from flagged f join xinheng.subject s on s.subject = f.of;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.list_entries(p_list text, p_offset integer, p_limit integer, p_units smallint[] DEFAULT NULL::smallint[])
 RETURNS SETOF xinheng.published
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_list jsonb := xinheng.public_list(p_list);
  v_items smallint[] := array(select i.num from xinheng.item i where i.id = v_list ->> 'item'
    and (not i.person or (v_list -> 'publish' ->> 'persons')::boolean));
begin
  if cardinality(v_items) = 0 then return; end if;
  if v_list ->> 'origin' = 'determined' then
    return query select p.* from (
      select r from xinheng.listing l join xinheng.record r on r.subject = l.subject and r.nk between l.nk and l.nk + 1023
      where l.list = p_list and (p_units is null or r.unit = any (p_units)) and l.published and r.item = any (v_items) and xinheng.entry_published(l.subject, l.nk) and xinheng.stands(r)
      order by r.decided desc, r.nk desc, r.subject offset p_offset limit least(p_limit, 1000)) c, xinheng.publish(c.r) p;
  else
    -- the items written into the statement, so that the planner sees that the index is for it
    return query execute format($q$select p.* from (
      select r from xinheng.record r where r.item = any (%L::smallint[]) and xinheng.names_unit($1, r.unit) and (r.unit = any ($4) or $4 is null) and xinheng.stands(r)
      order by r.decided desc, r.nk desc, r.subject offset $2 limit $3) c, xinheng.publish(c.r) p$q$, v_items)
      using v_list -> 'units', p_offset, least(p_limit, 1000), p_units;
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.list_published(p_items smallint[], p_units smallint[], p_from date, p_until date, p_oldest boolean, p_limit integer, p_decided date DEFAULT NULL::date, p_nk bigint DEFAULT NULL::bigint, p_subject uuid DEFAULT NULL::uuid)
 RETURNS SETOF xinheng.published
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  -- written into the statement, so that the planner sees that the index is for it
  v_items text := (select array_agg(i.num order by i.num)::text from xinheng.item i where i.published);
begin
  if v_items is null then return; end if;
  return query execute format($q$
    select p.* from (
      select r, r.decided, r.nk, r.subject from xinheng.record r
      where r.item = any (%1$L::smallint[]) and r.item = any ($1) and (r.unit = any ($2) or $2 is null)
        and r.decided >= coalesce($3, '-infinity') and r.decided <= coalesce($4, 'infinity')
        and %2$s and xinheng.is_public(r)
      order by r.decided %3$s, r.nk %3$s, r.subject %3$s limit $5
    ) c, xinheng.publish(c.r) p order by c.decided %3$s, c.nk %3$s, c.subject %3$s $q$,
    v_items,
    case when p_decided is null then '($6, $7, $8) is not null'
      when p_oldest then '(r.decided, r.nk, r.subject) > ($6, $7, $8)' else '(r.decided, r.nk, r.subject) < ($6, $7, $8)' end,
    case when p_oldest then 'asc' else 'desc' end)
    using p_items, p_units, p_from, p_until, least(p_limit, 2000), coalesce(p_decided, 'epoch'), coalesce(p_nk, 0),
      coalesce(p_subject, '00000000-0000-0000-0000-000000000000');
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.listing_board(p_actor integer)
 RETURNS TABLE(subject uuid, file bigint, machine text, kind text, list text, criterion text, entry text, person boolean, opened date, day date, window_end date, due date, until date, over text, asked boolean, mine boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select l.subject, l.file, a.machine, a.kind, l.list, l.criterion, l.entry, l.person, f.day, a.day, nullif(a.window_end, '-infinity'), a.due,
    nullif(e.until, 'infinity'), xinheng.entry_over(l.subject, l.file, xinheng.today()),
    exists (select from xinheng.action h where h.subject = l.subject and h.file = l.file and h.kind = 'ask-hearing'), f.actor = p_actor
  from xinheng.account c
    join (select subject, file, list, criterion, entry, person, unit from xinheng.listing
      union all select subject, file, list, '', '', person, unit from xinheng.received) l on l.unit = c.unit
    join xinheng.action f on f.subject = l.subject and f.file = l.file and f.step = 1
    join lateral (select x.* from xinheng.action x where x.subject = l.subject and x.file = l.file order by x.step desc limit 1) a on true
    left join lateral xinheng.entry_of(l.subject, l.file) e on true
  where c.num = p_actor and c.closed_at is null and c.roles && '{clerk,reviewer}'::text[]
  order by a.at desc limit 1000
$function$
;

CREATE OR REPLACE FUNCTION xinheng.log_access(p_subject uuid, p_actor integer, p_unit smallint, p_purpose smallint, p_ground smallint, p_outcome smallint, p_shown bigint, p_matter text, p_items bytea)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items)
  values (p_subject, xinheng.instant(), p_actor, coalesce(p_unit, 0::smallint), coalesce(p_purpose, 0::smallint),
          coalesce(p_ground, 0::smallint), p_outcome, least(p_shown, 32767)::smallint, left(coalesce(p_matter, ''), 64),
          coalesce(p_items, ''))
  returning num
$function$
;

CREATE OR REPLACE FUNCTION xinheng.log_export(p_actor integer, p_name text, p_rows integer, p_digest bytea)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  insert into xinheng.export (actor, unit, name, rows, digest)
    select a.num, a.unit, p_name, p_rows, p_digest from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null
  returning num
$function$
;

CREATE OR REPLACE FUNCTION xinheng.log_failed(p_actor integer, p_purpose smallint, p_ground smallint, p_matter text, p_subject uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select xinheng.log_access(p_subject, p_actor, (select a.unit from xinheng.account a where a.num = p_actor), p_purpose, p_ground,
    7::smallint, 0, p_matter, ''::bytea)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.log_standing(p_subject uuid, p_actor integer, p_matter text)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select xinheng.log_access(p_subject, p_actor, coalesce(p.unit, 0::smallint), 0::smallint, (case when p.num is null then 3 else 7 end)::smallint,
    0::smallint, 0, coalesce(p.form, p_matter), ''::bytea)
  from (select xinheng.present_now(p_actor, p_subject) as num) n left join xinheng.presence p on p.num = n.num
$function$
;

CREATE OR REPLACE FUNCTION xinheng.look_up(p_actor integer, p_purpose smallint, p_matter text, p_subject uuid, p_withhold text DEFAULT NULL::text, p_until date DEFAULT NULL::date)
 RETURNS xinheng.archive
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint; v_statutory boolean; v_withhold interval; v_items smallint[]; v_longest interval[];
  v_entries smallint[]; v_sealed smallint[]; v_versions boolean;
  v_outcome smallint := 0; v_ground smallint; v_own smallint; v_now timestamptz := xinheng.instant();
  v_today date := (v_now at time zone 'Asia/Shanghai')::date; v_shown bigint := 0;
  v_hidden bigint[] := '{}'; v_determined bigint[] := '{}'; v_of smallint[]; v_seen bytea; v_answer xinheng.archive;
begin
  perform pg_advisory_xact_lock_shared(7310, hashtext(p_subject::text));
  select a.unit, p.statutory, p.withhold, v.items, v.longest, v.entry_items, v.sealed_items
    into v_unit, v_statutory, v_withhold, v_items, v_longest, v_entries, v_sealed
    from xinheng.account a
      left join xinheng.purpose p on p.num = p_purpose
      left join xinheng.visible v on v.purpose = p_purpose and v.unit = a.unit
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{officer,counter}'::text[];
  if v_unit is null then
    -- who may not look is told by their unit all the same, and the ground is that of the purpose they named
    select a.unit into v_own from xinheng.account a where a.num = p_actor;
    select p.statutory into v_statutory from xinheng.purpose p where p.num = p_purpose;
  end if;
  v_ground := case when v_statutory then 1 else 2 end;
  if v_unit is null then v_outcome := 1;
  elsif v_items is null then v_outcome := 2;
  elsif v_statutory then
    if coalesce(p_matter, '') !~ '[^\s\u3000\u00a0]' or exists (
      -- once closed, a matter opens nothing any more
      select from xinheng.matter m where m.unit = v_unit and m.number = p_matter and m.closed_at is not null
    ) then v_outcome := 3; end if;
  elsif not exists (
    select from xinheng.consent c
    where c.subject = p_subject and c.unit = v_unit and c.purpose = p_purpose
      and c.given_at <= v_now and c.expires_at > v_now
      and not exists (select from xinheng.consent_end e where e.subject = c.subject and e.consent = c.num)
  ) then v_outcome := 4;
  end if;
  if v_outcome = 0 and p_withhold is not null and (v_withhold is null or trim(p_withhold) = '' or p_until is null
    or p_until <= v_today or p_until > v_today + v_withhold) then v_outcome := 5;
  end if;

  if v_outcome = 0 then
    -- most people have no case: what cases do to records is looked for once, and only then
    if exists (select from xinheng.action a where a.subject = p_subject) then
      v_hidden := xinheng.hidden(p_subject, v_today);
      v_determined := array(select d.nk from xinheng.action d
        where d.subject = p_subject and d.machine in ('listing', 'exemplar') and d.kind = 'determine');
      if exists (select from xinheng.action a where a.subject = p_subject and a.marked) then
        v_answer.marks := xinheng.marks(p_subject, v_now, v_items);
      end if;
    end if;
    -- few records have versions: what tells them apart is paid for only where there are any
    select bool_or(r.version > 0), count(*) filter (where r.shown), array_agg(r.item) filter (where r.shown),
      string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body,
        case when r.item = any (v_sealed) then r.sealed else ''::bytea end, null::text, null::timestamptz, null::date)), ''::bytea)
        filter (where r.shown),
      (select s.sealed from xinheng.subject s where s.subject = p_subject)
      into v_versions, v_shown, v_of, v_answer.records, v_answer.identity
      from (
        select q.*, q.nk & 1023 as version, q.item = any (v_items)
          and q.decided + v_longest[array_position(v_items, q.item)] > v_today
          and q.nk <> all (v_hidden)
          and (q.item <> all (v_entries) or q.nk = any (v_determined)) as shown
        from xinheng.record q where q.subject = p_subject offset 0
      ) r;
    if v_versions then
      select count(*), array_agg(r.item),
        string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body,
          case when r.item = any (v_sealed) then r.sealed else ''::bytea end, null::text, null::timestamptz, r.first)), ''::bytea),
        (select s.sealed from xinheng.subject s where s.subject = p_subject)
        into v_shown, v_of, v_answer.records, v_answer.identity
        from (
          -- the versions of a record lie side by side: only the last is in force
          select q.nk, q.mac, q.submission, q.decided, q.item, q.unit, q.body, q.sealed, lead(q.nk) over (order by q.nk) as next,
            case when q.nk & 1023 > 0 then (select min(x.decided) from xinheng.record x
              where x.subject = p_subject and x.nk between (q.nk >> 10) << 10 and q.nk) end as first
          from xinheng.record q where q.subject = p_subject
        ) r
        where r.item = any (v_items)
          and (r.next is null or r.next >> 10 <> r.nk >> 10)
          and least(r.decided, r.first) + v_longest[array_position(v_items, r.item)] > v_today
          and (r.nk >> 10) << 10 <> all (v_hidden)
          and (r.item <> all (v_entries) or (r.nk >> 10) << 10 = any (v_determined));
    end if;
    if v_of[1] = all (v_of) then
      v_seen := int2send(v_of[1]);
    else
      v_seen := (select string_agg(distinct int2send(n), ''::bytea) from unnest(v_of) n);
    end if;
  end if;

  insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items)
    values (p_subject, v_now, p_actor, coalesce(v_unit, v_own, 0), p_purpose, coalesce(v_ground, 0), v_outcome,
      least(v_shown, 32767), left(coalesce(p_matter, ''), 64), coalesce(v_seen, ''))
    returning num into v_answer.access;
  if v_outcome = 0 and p_withhold is not null then
    insert into xinheng.access_withheld (subject, access, ground, until)
      values (p_subject, v_answer.access, p_withhold, p_until);
  end if;
  v_answer.outcome := v_outcome;
  v_answer.at := v_now;
  return v_answer;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.marks(p_subject uuid, p_at timestamp with time zone, p_items smallint[] DEFAULT NULL::smallint[])
 RETURNS bytea
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select string_agg(record_send(row(a.nk, a.machine, a.kind, a.day, a.due, a.file,
    case when a.machine = 'statement' and (p_items is null or exists (select from xinheng.record r
      where r.subject = a.subject and r.nk between a.nk and a.nk + 1023 and r.item = any (p_items))) then a.sealed end)),
    ''::bytea order by a.num)
  from xinheng.action a where a.subject = p_subject and a.marked and a.at <= p_at
    and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step and b.at <= p_at)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.may_consent(p_subject uuid, p_by integer)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select case when p_by is null
    then not exists (select from xinheng.incapable(array[p_subject]) i where i.until_day is null)
    else coalesce(xinheng.is_ward(p_subject), false) and exists (select from xinheng.account a join xinheng.authority g on g.subject = p_subject and g.representative = a.subject
      where a.num = p_by and a.closed_at is null and g.kind = 'guardian' and g.ended_at is null
        and xinheng.today() >= g.from_day and xinheng.today() < g.until_day
        and not exists (select from xinheng.incapable(array[a.subject]) i where i.until_day is null)) end
$function$
;

CREATE OR REPLACE FUNCTION xinheng.may_edit_packs(p_actor integer)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select xinheng.is_office(p_actor, '{admin}')
$function$
;

CREATE OR REPLACE FUNCTION xinheng.may_hold(p_roles text[], p_unit smallint)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select not p_roles && '{court,review-body}'::text[] or exists (select from xinheng.unit u where u.num = p_unit
    and ('court' <> all (p_roles) or u.kind = 'court') and ('review-body' <> all (p_roles) or u.kind = 'justice'))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.may_keep_accounts(p_actor integer)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select case when p_actor is null then session_user <> 'xinheng_app' else exists (
    select from xinheng.account a where a.num = p_actor and a.closed_at is null and 'admin' = any (a.roles)) end
$function$
;

CREATE OR REPLACE FUNCTION xinheng.may_keep_unit(p_actor integer, p_unit smallint)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select case when p_actor is null then session_user <> 'xinheng_app' else xinheng.is_office(p_actor, '{admin}')
    or exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and 'admin' = any (a.roles) and a.unit = p_unit)
    or exists (select from xinheng.unit u, xinheng.office_place(p_actor, '{admin}') p where u.num = p_unit and u.rank = p.rank) end
$function$
;

CREATE OR REPLACE FUNCTION xinheng.may_review(p_roles text[], p_body smallint, p_owner smallint)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select 'court' = any (p_roles) or exists (select from xinheng.unit b join xinheng.unit o on o.num = p_owner
      left join xinheng.place p on p.rank = b.rank
    where b.num = p_body and (o.rank = b.rank or o.rank > b.rank and p.oversees))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.may_see_loss(p_actor integer, p_unit smallint)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select xinheng.may_keep_unit(p_actor, p_unit) or exists (
    select from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles))
    and p_unit = any (xinheng.units_seen(p_actor))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.measure_over(p_subject uuid, p_file bigint, p_day date)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select case
    when o.over in ('none', 'ended') or o.over = 'term' and m.until is null then 'cause'
    when m.until <= p_day then 'term'
    when xinheng.refuted_on(m.subject, m.file) <= p_day then 'refuted'
    when p_file = any (xinheng.contested(p_subject, p_day)) then 'contested'
  end
  from xinheng.measure m, lateral (select xinheng.entry_over(m.subject, m.cause, p_day) as over) o
  where m.subject = p_subject and m.file = p_file
$function$
;

CREATE OR REPLACE FUNCTION xinheng.measure_rows(p_subject uuid, p_unit smallint, p_every boolean)
 RETURNS SETOF xinheng.measure_row
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select m.subject, m.file, m.unit, m.cause, e.unit, e.list, m.measure, l.pack, l.kind, f.day, l.due,
    s.responded, s.carried, s.lifted, coalesce(m.until, e.until), xinheng.measure_over(m.subject, m.file, xinheng.today()),
    least(case when xinheng.entry_over(m.subject, m.cause, xinheng.today()) is not null then least(e.until, (
      select min(h.hides_from) from xinheng.action h where h.subject = m.subject and h.nk = e.nk and h.hides_from <= xinheng.today()
        and not exists (select from xinheng.action b where b.subject = h.subject and b.file = h.file and b.step > h.step))) end,
      xinheng.refuted_on(m.subject, m.file)),
    l.kind in ('carry', 'mistaken') and exists (select from xinheng.measure o
      join lateral (select a.kind from xinheng.action a where a.subject = o.subject and a.file = o.file order by a.step desc limit 1) x on true
      where o.subject = m.subject and o.cause = m.cause and o.file <> m.file and x.kind in ('carry', 'mistaken') and x.kind <> l.kind)
  from xinheng.measure m
    join lateral (select a.* from xinheng.action a where a.subject = m.subject and a.file = m.file order by a.step desc limit 1) l on true
    join lateral (select a.day from xinheng.action a where a.subject = m.subject and a.file = m.file and a.step = 1) f on true
    join lateral (select min(a.day) filter (where a.kind <> 'task') as responded, min(a.day) filter (where a.kind in ('carry', 'late')) as carried,
      min(a.day) filter (where a.kind = 'lift') as lifted from xinheng.action a where a.subject = m.subject and a.file = m.file) s on true
    cross join xinheng.entry_of(m.subject, m.cause) e
  where (p_subject is null or m.subject = p_subject) and (p_every or p_unit is null or m.unit = p_unit or e.unit = p_unit)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.measures_of_unit(p_actor integer)
 RETURNS SETOF xinheng.measure_row
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select r.* from xinheng.account a cross join xinheng.measure_rows(null, a.unit, a.roles && '{admin,auditor}'::text[]) r
  where (r.unit = a.unit or r.owner = a.unit or array[r.unit, r.owner] && (select xinheng.units_seen(p_actor)))
    and a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{clerk,reviewer,admin,auditor}'::text[]
  order by r.task desc, r.file desc limit 200000
$function$
;

CREATE OR REPLACE FUNCTION xinheng.measures_self(p_actor integer, p_subject uuid)
 RETURNS SETOF xinheng.measure_row
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  if not xinheng.stands_for(p_actor, p_subject) then return; end if;
  perform xinheng.log_access(p_subject, p_actor, 0::smallint, 0::smallint, 3::smallint, 0::smallint, 0, 'measure', ''::bytea);
  return query select r.* from xinheng.measure_rows(p_subject, null, true) r order by r.file;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.merge_subjects()
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng', 'pg_temp'
AS $function$
declare
  -- rows sorted before are dead but still in the index until the transaction ends: not looked at again
  v_after bigint := coalesce(nullif(current_setting('xinheng.subjects_sorted', true), ''), '0')::bigint;
begin
  insert into xinheng.subject (subject, name_mac, kind, sealed, name)
    select distinct on (i.subject) i.subject, i.name_mac, i.kind, i.sealed, i.name
    from xinheng.incoming_subject i where i.tx = pg_current_xact_id() and i.seq > v_after order by i.subject, i.seq
    on conflict (subject) do nothing;
  return query select i.subject from xinheng.incoming_subject i join xinheng.subject s using (subject)
    where i.tx = pg_current_xact_id() and i.seq > v_after and s.name_mac <> i.name_mac;
  perform set_config('xinheng.subjects_sorted', (select max(i.seq) from xinheng.incoming_subject i
    where i.tx = pg_current_xact_id() and i.seq > v_after)::text, true);
  delete from xinheng.incoming_subject i where i.tx = pg_current_xact_id() and i.seq > v_after;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.names_unit(p_patterns jsonb, p_unit smallint)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select exists (select from xinheng.unit u where u.num = p_unit and p_patterns ?| array['*', u.id, 'kind:' || u.kind])
$function$
;

CREATE OR REPLACE FUNCTION xinheng.note_letter(p_actor integer, p_subject uuid, p_num bigint, p_day date, p_how text, p_receipt text, p_ok boolean)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_letter xinheng.letter; v_count integer; v_done boolean; v_told date;
begin
  select l.* into v_letter from xinheng.letter l where l.subject = p_subject and l.num = p_num for update;
  if v_letter.num is null or not xinheng.prints_for(p_actor, v_letter.unit) then return 6; end if;
  select (n.at at time zone 'Asia/Shanghai')::date into v_told from xinheng.notice n where n.subject = p_subject and n.num = v_letter.notice;
  if p_day > xinheng.today() or p_day < v_told or p_how = 'own' then return 8; end if;
  select count(*), coalesce(bool_or(r.ok), false) into v_count, v_done from xinheng.letter_result r where r.subject = p_subject and r.letter = p_num;
  if v_done or v_count >= 20 then return 9; end if;
  insert into xinheng.letter_result (subject, letter, num, actor, day, how, receipt, ok)
    values (p_subject, p_num, v_count + 1, p_actor, p_day, p_how, p_receipt, p_ok);
  return 0;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.note_own_service(p_subject uuid, p_num bigint, p_receipt text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_step xinheng.action; v_notice bigint; v_letter bigint; v_count integer;
begin
  select a.* into v_step from xinheng.action a where a.subject = p_subject and a.num = p_num and a.kind = 'serve';
  select n.num into v_notice from xinheng.action a join xinheng.notice n on n.subject = a.subject and n.action = a.num
    where a.subject = p_subject and a.file = v_step.file and a.kind = 'notify' order by a.step desc limit 1;
  if v_notice is null or xinheng.is_served(p_subject, v_notice) then return; end if;
  insert into xinheng.letter (subject, notice, unit, why) values (p_subject, v_notice, v_step.owner, 'own') on conflict (subject, notice) do nothing;
  select l.num into v_letter from xinheng.letter l where l.subject = p_subject and l.notice = v_notice;
  select count(*) into v_count from xinheng.letter_result r where r.subject = p_subject and r.letter = v_letter;
  insert into xinheng.letter_result (subject, letter, num, actor, day, how, receipt, ok)
    values (p_subject, v_letter, v_count + 1, v_step.actor, v_step.day, 'own', p_receipt, true);
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.note_receipt(p_subject uuid, p_notice bigint, p_channel text, p_try smallint, p_delivered boolean, p_reference text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  perform from xinheng.notice_result r where r.subject = p_subject and r.notice = p_notice and r.channel = p_channel and r.try = p_try and r.accepted;
  if not found then return false; end if;
  insert into xinheng.notice_receipt (subject, notice, channel, try, delivered, reference)
    values (p_subject, p_notice, p_channel, p_try, p_delivered, left(p_reference, 200)) on conflict do nothing;
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.note_service(p_subject uuid, p_notice bigint, p_channel text, p_try smallint, p_state text, p_by text, p_reference text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  insert into xinheng.notice_result (subject, notice, channel, try, ok, accepted, final, by, reference)
    values (p_subject, p_notice, p_channel, p_try, p_state = 'delivered', p_state = 'accepted', p_state = 'refused', p_by, left(p_reference, 200))
    on conflict (subject, notice, channel, try) do nothing
$function$
;

CREATE OR REPLACE FUNCTION xinheng.notice_served(p_actor integer, p_subject uuid, p_file bigint, p_kind text)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select s ->> 'channel' from xinheng.action a join xinheng.notice n on n.subject = a.subject and n.action = a.num
    join xinheng.account c on c.num = p_actor and c.closed_at is null and c.unit = a.owner and c.roles && '{clerk,reviewer}'::text[],
    jsonb_array_elements(xinheng.service_of(n.subject, n.num)) s
  where a.subject = p_subject and a.file = p_file and a.kind = p_kind and (s ->> 'ok')::boolean limit 1
$function$
;

CREATE OR REPLACE FUNCTION xinheng.notices_self(p_actor integer, p_subject uuid)
 RETURNS TABLE(num bigint, at timestamp with time zone, title jsonb, text jsonb, nk bigint, machine text, kind text, file bigint, opened_at timestamp with time zone, service jsonb)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  if not xinheng.stands_for(p_actor, p_subject) then return; end if;
  if not exists (select from xinheng.account a where a.num = p_actor and a.subject = p_subject) then
    perform xinheng.log_standing(p_subject, p_actor, 'notices');
  end if;
  insert into xinheng.notice (subject, nk, at) select p_subject, r.nk, r.at from xinheng.told_records(p_subject) r
    on conflict do nothing;
  insert into xinheng.notice_opened (subject, num, actor)
    select n.subject, n.num, p_actor from xinheng.notice n where n.subject = p_subject order by n.at desc, n.num desc limit 500
    on conflict do nothing;
  return query
    select n.num, n.at, n.title, n.text, n.nk, a.machine, a.kind, a.file, o.at, xinheng.service_of(n.subject, n.num)
    from xinheng.notice n left join xinheng.notice_opened o on o.subject = n.subject and o.num = n.num
      left join xinheng.action a on a.subject = n.subject and a.num = n.action
    where n.subject = p_subject order by n.at desc, n.num desc limit 500;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.office_place(p_actor integer, p_roles text[])
 RETURNS xinheng.place
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select p from xinheng.account a join xinheng.place p on p.office = a.unit
    where a.num = p_actor and a.closed_at is null and a.roles && p_roles order by p.rank limit 1
$function$
;

CREATE OR REPLACE FUNCTION xinheng.open_account(p_actor integer, p_name text, p_display jsonb, p_unit smallint, p_roles text[], p_subject uuid, p_password text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_num integer;
begin
  if not xinheng.may_keep_unit(p_actor, p_unit) then return null; end if;
  -- a strong role takes two: it is asked for once the account is there
  if p_actor is not null and xinheng.strong_of(p_roles) is not null then return null; end if;
  -- a court's right to read what is no longer shown belongs to courts
  if not xinheng.may_hold(p_roles, p_unit) then
    return null;
  end if;
  insert into xinheng.account (name, display, unit, roles, subject, password)
    values (p_name, p_display, p_unit, p_roles, p_subject, p_password) returning num into v_num;
  return v_num;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.open_incident(p_actor integer, p_title text, p_suspicion text, p_suspect text, p_from timestamp with time zone, p_until timestamp with time zone)
 RETURNS TABLE(incident integer, affected bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_num integer; v_suspect integer;
begin
  perform from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles);
  if not found then return; end if;
  select a.num into v_suspect from xinheng.account a where a.name = p_suspect and xinheng.sees_account(p_actor, a.num);
  if p_suspect is not null and v_suspect is null then return; end if;
  insert into xinheng.incident (opened_by, title, suspicion, suspect, from_at, until_at)
    values (p_actor, p_title, p_suspicion, v_suspect, p_from, p_until) returning num into v_num;
  insert into xinheng.incident_person (incident, subject)
    select distinct v_num, t.subject from xinheng.access t
    where t.at >= p_from and t.at < p_until and t.outcome = 0 and t.ground in (1, 2, 4, 5)
      and (v_suspect is null or t.actor = v_suspect)
      and t.unit = any (array(select unnest(xinheng.units_seen(p_actor))));
  return query select v_num, (select count(*) from xinheng.incident_person p where p.incident = v_num);
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.open_pack_draft(p_actor integer, p_layer text, p_title text, p_files jsonb, p_folder bytea DEFAULT NULL::bytea)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_num integer;
begin
  if not xinheng.may_edit_packs(p_actor) then return null; end if;
  insert into xinheng.pack_draft (layer, title, author, folder) values (p_layer, p_title, p_actor, p_folder) returning num into v_num;
  insert into xinheng.pack_draft_step (draft, step, kind, after, by_author, actor, author, files)
    values (v_num, 1, 'save', 'start', true, p_actor, p_actor, p_files);
  return v_num;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.open_presence(p_actor integer, p_subject uuid, p_form text, p_document text, p_title jsonb, p_text jsonb)
 RETURNS TABLE(outcome smallint, num bigint, until timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.open_report(p_subject uuid, p_items smallint[], p_at timestamp with time zone)
 RETURNS TABLE(at timestamp with time zone, state bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select i.at, xinheng.report_state(p_subject, p_items, i.at)
  from (select date_trunc('milliseconds', least(coalesce(p_at, xinheng.instant()), xinheng.instant())) as at) i
$function$
;

CREATE OR REPLACE FUNCTION xinheng.own_access(p_actor integer, p_num bigint)
 RETURNS SETOF xinheng.access
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.own_action(p_actor integer, p_num bigint)
 RETURNS SETOF xinheng.action
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.own_submission(p_actor integer, p_num bigint)
 RETURNS SETOF xinheng.submission
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select t.* from xinheng.submission t join xinheng.account a on a.unit = t.unit
  where t.num = p_num and a.num = p_actor and a.closed_at is null
$function$
;

CREATE OR REPLACE FUNCTION xinheng.pack_at(p_at timestamp with time zone)
 RETURNS smallint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select l.pack from xinheng.pack_load l order by (coalesce(l.effective, l.at) <= p_at) desc,
    case when coalesce(l.effective, l.at) <= p_at then coalesce(l.effective, l.at) end desc nulls last, coalesce(l.effective, l.at), l.num limit 1
$function$
;

CREATE OR REPLACE FUNCTION xinheng.pack_in_force()
 RETURNS smallint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select l.pack from xinheng.pack_load l where l.effective is null or l.effective <= xinheng.instant()
    order by coalesce(l.effective, l.at) desc, l.num desc limit 1
$function$
;

CREATE OR REPLACE FUNCTION xinheng.pack_rule(p_pack smallint, p_section text, p_id text, p_day date)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select e from xinheng.pack p, jsonb_array_elements(p.content -> p_section) with ordinality x(e, n)
  where p.num = p_pack and e ->> 'id' = p_id and (e ->> 'from')::date <= p_day and p_day < coalesce((e ->> 'until')::date, 'infinity')
  order by n desc limit 1
$function$
;

CREATE OR REPLACE FUNCTION xinheng.party_of(p_actor integer, p_subject uuid, p_file bigint)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select case
    when xinheng.stands_for(p_actor, p_subject) then 'person'
    when exists (select from xinheng.account c where c.num = p_actor and c.closed_at is null and c.unit = a.owner
      and c.roles && '{clerk,reviewer}'::text[]) then 'unit'
  end
  from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1
$function$
;

CREATE OR REPLACE FUNCTION xinheng.prepare_bulletin(p_actor integer, p_from date, p_until date, p_note text, p_figures bytea)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_place xinheng.place := xinheng.office_place(p_actor, '{clerk,admin}'); v_num integer;
begin
  if v_place.id is null then return null; end if;
  insert into xinheng.bulletin (author, from_day, until_day, note, figures, place)
    values (p_actor, p_from, p_until, p_note, p_figures, case when v_place.rank > 0 then v_place.id end) returning num into v_num;
  return v_num;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.present_now(p_actor integer, p_subject uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select p.num from xinheng.presence p join xinheng.account a on a.num = p.actor
  where p.actor = p_actor and p.subject = p_subject and a.closed_at is null and 'counter' = any (a.roles) and a.unit = p.unit
    and p.at <= xinheng.instant() and p.until > xinheng.instant()
    and p.num = (select max(q.num) from xinheng.presence q where q.actor = p_actor)
    and not exists (select from xinheng.presence_end e where e.presence = p.num)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.print_letter(p_actor integer, p_subject uuid, p_num bigint)
 RETURNS TABLE(outcome smallint, at timestamp with time zone, told_at timestamp with time zone, unit smallint, kind smallint, identity bytea, title jsonb, text jsonb, nk bigint, records bytea, address bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_letter xinheng.letter; v_notice xinheng.notice; v_items bytea; v_own smallint;
begin
  at := xinheng.instant();
  select l.* into v_letter from xinheng.letter l where l.subject = p_subject and l.num = p_num;
  select a.unit into v_own from xinheng.account a where a.num = p_actor;
  outcome := case when v_letter.num is not null and xinheng.prints_for(p_actor, v_letter.unit) then 0 else 6 end;
  if outcome = 0 then
    select n.* into v_notice from xinheng.notice n where n.subject = p_subject and n.num = v_letter.notice;
    told_at := v_notice.at; title := v_notice.title; text := v_notice.text; nk := v_notice.nk; unit := v_letter.unit;
    select s.sealed, s.kind into identity, kind from xinheng.subject s where s.subject = p_subject;
    select int2send(r.item), record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, ''::bytea,
        case when octet_length(r.body) = 0 then 'erased' end, s.at, (select min(x.decided) from xinheng.record x
          where x.subject = p_subject and r.nk & 1023 > 0 and x.nk between (r.nk >> 10) << 10 and r.nk)))
      into v_items, records from xinheng.record r join xinheng.submission s on s.num = r.submission
      where r.subject = p_subject and r.nk = v_notice.nk;
    select c.sealed into address from xinheng.contact c where c.subject = p_subject and c.channel = 'paper' order by c.num desc limit 1;
    insert into xinheng.letter_printed (subject, letter, actor) values (p_subject, p_num, p_actor);
  end if;
  perform xinheng.log_access(p_subject, p_actor, v_own, null, 1::smallint, outcome, case when records is null then 0 else 1 end,
    'letter ' || p_num, v_items);
  return next;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.prints_for(p_actor integer, p_unit smallint)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select exists (select from xinheng.account c where c.num = p_actor and c.closed_at is null and c.unit is not null
    and c.unit = p_unit and c.roles && '{clerk,reviewer,counter}'::text[])
    or p_unit = 0 and xinheng.is_office(p_actor, '{admin}')
$function$
;

CREATE OR REPLACE FUNCTION xinheng.propose_campaign(p_actor integer, p_problem text, p_since date, p_until date, p_scope text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_today date := xinheng.today(); v_pack smallint := xinheng.pack_in_force(); v_unit smallint; v_rule jsonb; v_num integer;
begin
  v_unit := xinheng.unit_of(p_actor, '{clerk,reviewer}');
  v_rule := xinheng.campaign_rule(v_pack, p_problem, v_today);
  if v_unit is null or v_rule is null or not xinheng.names_unit(v_rule -> 'lead', v_unit)
    or p_since < (v_today - (v_rule ->> 'since')::interval)::date or p_until > (v_today + (v_rule ->> 'term')::interval)::date
    -- a rule over what people did is none
    or not exists (select from xinheng.item i where v_rule -> 'items' ? i.id)
    or exists (select from xinheng.item i where v_rule -> 'items' ? i.id and i.person)
  then return null; end if;
  insert into xinheng.campaign (problem, pack, unit, since, until, scope) values (p_problem, v_pack, v_unit, p_since, p_until, p_scope)
    returning num into v_num;
  insert into xinheng.campaign_act (campaign, step, after, kind, actor, until, reason)
    values (v_num, 1, 'start', 'propose', p_actor, p_until, '');
  return v_num;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.public_campaigns()
 RETURNS TABLE(num integer, problem text, pack smallint, unit smallint, at timestamp with time zone, opened date, until date, closed date, figures bytea, digest bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select c.num, c.problem, c.pack, c.unit, c.at, (o.at at time zone 'Asia/Shanghai')::date, c.until,
    (z.at at time zone 'Asia/Shanghai')::date, r.figures, r.digest
  from xinheng.campaign c join xinheng.campaign_act o on o.campaign = c.num and o.kind = 'open'
    left join xinheng.campaign_act z on z.campaign = c.num and z.kind = 'close'
    left join xinheng.campaign_act r on r.campaign = z.campaign and r.step = z.before
  order by c.num desc limit 100
$function$
;

CREATE OR REPLACE FUNCTION xinheng.public_list(p_list text)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_rule jsonb := xinheng.pack_rule(xinheng.pack_in_force(), 'lists', p_list, xinheng.today());
begin
  return case when v_rule ? 'publish' then v_rule end;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.publicity_counts(p_actor integer, p_from date, p_until date)
 RETURNS TABLE(unit smallint, item smallint, decided date, reported date, count bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select (f.r).unit, (f.r).item, (f.r).decided, f.reported, count(*) from xinheng.first_published(p_actor, p_from, p_until) f group by 1, 2, 3, 4
$function$
;

CREATE OR REPLACE FUNCTION xinheng.publicity_reach(p_actor integer)
 RETURNS smallint[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select case when a.roles && '{auditor,admin}'::text[] or (xinheng.office_place(p_actor, '{clerk,reviewer}')).id is not null
    then xinheng.units_seen(p_actor) else array[a.unit] end
  from xinheng.account a where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{clerk,reviewer,auditor,admin}'::text[]
$function$
;

CREATE OR REPLACE FUNCTION xinheng.publicity_slow(p_actor integer, p_from date, p_until date, p_days integer)
 RETURNS SETOF xinheng.published
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select p.* from (
    select f.r from xinheng.first_published(p_actor, p_from, p_until) f where f.reported - (f.r).decided > p_days
    order by (f.r).decided desc, (f.r).nk limit 500) c, xinheng.publish(c.r) p
$function$
;

CREATE OR REPLACE FUNCTION xinheng.publish(r xinheng.record)
 RETURNS xinheng.published
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select r.subject, s.sealed, record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, ''::bytea, null::text, f.at, f.decided)),
    xinheng.marks(r.subject, xinheng.instant()), r.decided, r.nk
  from xinheng.subject s, (
    select min(u.at) as at, case when r.nk & 1023 > 0 then min(x.decided) end as decided
    from xinheng.record x join xinheng.submission u on u.num = x.submission
    where x.subject = r.subject and x.nk between (r.nk >> 10) << 10 and r.nk) f
  where s.subject = r.subject
$function$
;

CREATE OR REPLACE FUNCTION xinheng.published_of(p_subjects uuid[])
 RETURNS SETOF xinheng.published
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select p.* from xinheng.record r, xinheng.publish(r) p
  where r.subject = any (p_subjects[1:50]) and xinheng.is_public(r) order by r.decided desc, r.nk
$function$
;

CREATE OR REPLACE FUNCTION xinheng.rank_of(p_place text)
 RETURNS smallint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select coalesce((select p.rank from xinheng.place p where p.id = p_place), 0::smallint)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.read_access_reviews(p_actor integer)
 RETURNS TABLE(flag text, account integer, first bigint, count integer, outcome text, reason text, incident integer, at timestamp with time zone, display jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select distinct on (r.account, r.flag, r.first) r.flag, r.account, r.first, r.count, r.outcome, r.reason, r.incident, r.at, b.display
  from xinheng.access_review r join xinheng.account b on b.num = r.actor
  where exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles))
  and xinheng.sees_account(p_actor, r.account)
  order by r.account, r.flag, r.first, r.num desc
$function$
;

CREATE OR REPLACE FUNCTION xinheng.read_all(p_subject uuid, p_at timestamp with time zone, OUT shown bigint, OUT items bytea, OUT records bytea)
 RETURNS record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select count(*), string_agg(distinct int2send(r.item), ''::bytea),
    string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, r.sealed,
      case
        when exists (select from xinheng.action a where a.subject = p_subject and a.nk = (r.nk >> 10) << 10 and a.kind = 'erase') then 'erased'
        when r.hidden is not null then r.hidden
        when r.next is not null and r.next >> 10 = r.nk >> 10 then 'superseded'
      end, r.reported, r.first)), ''::bytea order by r.nk)
  from (
    select q.*, s.at as reported, lead(q.nk) over (order by q.nk) as next,
      case when q.nk & 1023 > 0 then (select min(x.decided) from xinheng.record x
        where x.subject = p_subject and x.nk between (q.nk >> 10) << 10 and q.nk) end as first,
      (select u.ended from xinheng.action a
        join xinheng.step_rule u on u.machine = a.machine and u.after = a.after and u.kind = a.kind
        where a.subject = p_subject and a.nk = (q.nk >> 10) << 10 and a.at <= p_at
          and a.hides_from <= (p_at at time zone 'Asia/Shanghai')::date
          and not exists (select from xinheng.action b where b.subject = a.subject and b.file = a.file and b.step > a.step and b.at <= p_at)
        order by a.hiding = 'now' desc, a.num desc limit 1) as hidden
    from xinheng.record q join xinheng.submission s on s.num = q.submission
    where q.subject = p_subject and s.at <= p_at
  ) r
$function$
;

CREATE OR REPLACE FUNCTION xinheng.read_bulletins(p_actor integer, p_bulletin integer)
 RETURNS TABLE(num integer, at timestamp with time zone, from_day date, until_day date, note text, digest bytea, author jsonb, mine boolean, state text, decided_at timestamp with time zone, reason text, number bigint, figures bytea, place text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select b.num, b.at, b.from_day, b.until_day, b.note, b.digest, a.display, a.num = p_actor, coalesce(s.kind, 'draft'), s.at, coalesce(s.reason, ''),
    case when s.kind = 'publish' then (select count(*) from xinheng.bulletin_step o join xinheng.bulletin x on x.num = o.bulletin
      where o.kind = 'publish' and (o.at, o.bulletin) <= (s.at, s.bulletin) and x.place is not distinct from b.place
      and date_trunc('year', o.at at time zone 'Asia/Shanghai') = date_trunc('year', s.at at time zone 'Asia/Shanghai')) end,
    case when p_bulletin is not null then b.figures end,
    (select p.id from xinheng.place p where p.rank = xinheng.rank_of(b.place))
  from xinheng.bulletin b join xinheng.account a on a.num = b.author left join xinheng.bulletin_step s on s.bulletin = b.num
  where (b.num = p_bulletin or p_bulletin is null)
    and xinheng.sees_rank(p_actor, xinheng.rank_of(b.place))
    and (s.kind is not distinct from 'publish'
      or (xinheng.office_place(p_actor, '{clerk,reviewer,auditor,admin}')).rank = xinheng.rank_of(b.place))
  order by b.num desc limit 500
$function$
;

CREATE OR REPLACE FUNCTION xinheng.read_campaign_acts(p_actor integer, p_campaign integer)
 RETURNS TABLE(step smallint, kind text, at timestamp with time zone, actor jsonb, reason text, digest bytea, figures bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select a.step, a.kind, a.at, b.display, a.reason, a.digest,
    case when a.step = max(a.step) filter (where a.kind = 'report') over () then a.figures end
  from xinheng.campaign_act a join xinheng.account b on b.num = a.actor
  where a.campaign = p_campaign and exists (select from xinheng.read_campaigns(p_actor, p_campaign))
  order by a.step
$function$
;

CREATE OR REPLACE FUNCTION xinheng.read_campaign_records(p_actor integer, p_subject uuid, p_file bigint)
 RETURNS TABLE(outcome smallint, access bigint, at timestamp with time zone, campaign integer, sealed bytea, records bytea, marks bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_campaign xinheng.campaign; v_unit smallint := xinheng.unit_of(p_actor, '{clerk,reviewer}'); v_items smallint[]; v_shown bigint; v_seen bytea;
begin
  at := xinheng.instant();
  select c.* into v_campaign from xinheng.campaign_case k join xinheng.campaign c on c.num = k.campaign
    where k.subject = p_subject and k.file = p_file and v_unit in (k.unit, c.unit);
  if v_campaign.num is null then outcome := case when v_unit is null then 1 else 6 end;
  elsif v_campaign.until < xinheng.today() or (xinheng.campaign_last(v_campaign.num)).kind = 'close' then
    outcome := 8;
    campaign := v_campaign.num;
  else
    outcome := 0;
    campaign := v_campaign.num;
    v_items := array(select i.num from xinheng.item i where not i.person
      and xinheng.campaign_rule(v_campaign.pack, v_campaign.problem, (v_campaign.at at time zone 'Asia/Shanghai')::date) -> 'items' ? i.id);
    select count(*), string_agg(distinct int2send(r.item), ''::bytea),
      string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, ''::bytea, null::text, r.reported, r.first)), ''::bytea order by r.nk)
      into v_shown, v_seen, records
      from (
        select q.*, s.at as reported, lead(q.nk) over (order by q.nk) as next, min(q.decided) over (partition by q.nk >> 10) as first
        from xinheng.record q join xinheng.submission s on s.num = q.submission where q.subject = p_subject) r
      where r.item = any (v_items) and (r.next is null or r.next >> 10 <> r.nk >> 10) and r.first >= v_campaign.since
        and octet_length(r.body) > 0 and (r.nk >> 10) << 10 <> all (xinheng.hidden(p_subject, xinheng.today()));
    marks := xinheng.marks(p_subject, at, v_items);
    select s.sealed into sealed from xinheng.subject s where s.subject = p_subject;
  end if;
  access := xinheng.log_access(p_subject, p_actor, v_unit, null, 1::smallint, outcome, coalesce(v_shown, 0),
    case when campaign is null then 'case ' || p_file else 'campaign ' || campaign end, v_seen);
  return next;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.read_campaigns(p_actor integer, p_campaign integer)
 RETURNS TABLE(num integer, problem text, pack smallint, unit smallint, at timestamp with time zone, since date, until date, scope text, kind text, acted timestamp with time zone, reason text, mine boolean, drawn bigint, given bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select c.num, c.problem, c.pack, c.unit, c.at, c.since, c.until, c.scope, l.kind, l.at, l.reason, l.actor = p_actor,
    (select count(*) from xinheng.campaign_drawn d where d.campaign = c.num), (select count(*) from xinheng.campaign_case k where k.campaign = c.num)
  from xinheng.account w join xinheng.campaign c on true
    join lateral (select a.* from xinheng.campaign_act a where a.campaign = c.num order by a.step desc limit 1) l on true
  where w.num = p_actor and w.closed_at is null and w.unit is not null and w.roles && '{clerk,reviewer,auditor,admin}'::text[]
    and (c.num = p_campaign or p_campaign is null)
    and (l.kind not in ('propose', 'reject') or c.unit = w.unit or xinheng.is_office(p_actor, '{clerk,reviewer,auditor,admin}'))
  order by c.num desc limit 500
$function$
;

CREATE OR REPLACE FUNCTION xinheng.read_case(p_actor integer, p_subject uuid, p_file bigint)
 RETURNS TABLE(outcome smallint, access bigint, at timestamp with time zone, kind smallint, identity bytea, records bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_first xinheng.action; v_unit smallint; v_shown bigint; v_items bytea; v_outcome smallint := 0;
begin
  at := xinheng.instant();
  select a.* into v_first from xinheng.action a where a.subject = p_subject and a.file = p_file and a.step = 1;
  select c.unit into v_unit from xinheng.account c join xinheng.unit n on n.num = c.unit
    where c.num = p_actor and c.closed_at is null and (
      c.unit = v_first.owner and c.roles && '{clerk,reviewer}'::text[] or exists (
        select from xinheng.step_rule u where u.machine = v_first.machine and u.party = 'kind:' || n.kind and u.roles && c.roles)
      or c.roles && '{review-body,court}'::text[] and xinheng.may_review(c.roles, c.unit, v_first.owner));
  if v_unit is null and (v_first.num is not null or not exists (select from xinheng.account c
    where c.num = p_actor and c.closed_at is null and c.roles && '{clerk,reviewer,admin,review-body,court}'::text[])) then v_outcome := 1;
  elsif v_first.num is null then v_outcome := 6;
  else
    select count(*), string_agg(distinct int2send(r.item), ''::bytea),
      string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, r.sealed,
        case when octet_length(r.body) = 0 then 'erased' when r.next is not null then 'superseded' end,
        r.reported, null::date)), ''::bytea order by r.nk)
      into v_shown, v_items, records
      from (select q.*, lead(q.nk) over (order by q.nk) as next, s.at as reported
        from xinheng.record q join xinheng.submission s on s.num = q.submission
        where q.subject = p_subject and v_first.nk <> 0 and q.nk between v_first.nk and v_first.nk + 1023) r;
    select s.sealed, s.kind into identity, kind from xinheng.subject s where s.subject = p_subject;
  end if;
  access := xinheng.log_access(p_subject, p_actor, coalesce(v_unit, (select c.unit from xinheng.account c where c.num = p_actor)),
    null, 1::smallint, v_outcome, coalesce(v_shown, 0), 'case ' || p_file, v_items);
  outcome := v_outcome;
  return next;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.read_contents(p_actor integer, p_content integer)
 RETURNS TABLE(num integer, kind text, version smallint, title jsonb, body jsonb, day date, until date, consent text, at timestamp with time zone, author jsonb, mine boolean, state text, reason text, published smallint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select c.num, c.kind, v.version, v.title, v.body, v.day, v.until, v.consent, v.at, a.display, a.num = p_actor,
    coalesce(s.kind, 'draft'), coalesce(s.reason, ''),
    (select w.version from xinheng.content_public w where w.content = c.num)
  from xinheng.content c
    join lateral (select x.* from xinheng.content_version x where x.content = c.num order by x.version desc limit 1) v on true
    join xinheng.account a on a.num = v.author
    left join lateral (select x.kind, x.reason from xinheng.content_step x where x.content = c.num and x.version = v.version
      order by array_position('{submit,reject,publish,withdraw}'::text[], x.kind) desc limit 1) s on true
  where (xinheng.edits_content(p_actor, 'clerk') or xinheng.edits_content(p_actor, 'reviewer')) and (c.num = p_content or p_content is null)
  order by c.num desc limit 1000
$function$
;

CREATE OR REPLACE FUNCTION xinheng.read_evidence(p_actor integer, p_subject uuid, p_file bigint, p_num bigint)
 RETURNS TABLE(num bigint, at timestamp with time zone, by_person boolean, type text, size integer, digest bytea, sealed bytea, about text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_party text := xinheng.party_of(p_actor, p_subject, p_file); v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a where a.num = p_actor;
  if xinheng.present_now(p_actor, p_subject) is not null then perform xinheng.log_standing(p_subject, p_actor, '');
  else perform xinheng.log_access(p_subject, p_actor, v_unit, 0::smallint, (case v_party when 'person' then 3 else 1 end)::smallint,
    (case when v_party is null then 6 else 0 end)::smallint, 0, 'case ' || p_file, ''::bytea);
  end if;
  if v_party is null then return; end if;
  return query select e.num, e.at, a.subject is not null, e.type, e.size, e.digest, case when p_num is not null then e.sealed end, e.about
    from xinheng.evidence e join xinheng.account a on a.num = e.actor
    where e.subject = p_subject and e.file = p_file and (p_num is null or e.num = p_num) order by e.num;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.read_exports(p_actor integer, p_from timestamp with time zone, p_until timestamp with time zone, p_limit integer)
 RETURNS TABLE(num integer, at timestamp with time zone, actor integer, display jsonb, unit smallint, name text, rows integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select e.num, e.at, e.actor, b.display, e.unit, e.name, e.rows
  from xinheng.account a
    join xinheng.export e on 'auditor' = any (a.roles) and e.unit = any (array(select unnest(xinheng.units_seen(p_actor)))) or 'admin' = any (a.roles) and e.unit = a.unit
    join xinheng.account b on b.num = e.actor
  where a.num = p_actor and a.closed_at is null
    and e.at >= coalesce(p_from, '-infinity') and e.at < coalesce(p_until, 'infinity')
  order by e.num desc limit p_limit
$function$
;

CREATE OR REPLACE FUNCTION xinheng.read_for_erasure(p_actor integer, p_subject uuid, p_nk bigint, p_matter text)
 RETURNS TABLE(subject uuid, nk bigint, mac bigint, submission integer, decided date, item smallint, unit smallint, body bytea, sealed bytea, kind smallint, identity bytea, name text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint; v_outcome smallint := 0; v_shown integer := 0; v_items bytea := '';
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and 'admin' = any (a.roles);
  if v_unit is null then v_outcome := 1;
  elsif coalesce(p_matter, '') !~ '[^\s\u3000\u00a0]' then v_outcome := 3;
  else
    select count(*), coalesce(string_agg(distinct int2send(r.item), ''::bytea), '') into v_shown, v_items from xinheng.record r
      where r.subject = p_subject and r.nk between p_nk and p_nk + 1023 and octet_length(r.body) > 0;
    if v_shown = 0 then v_outcome := 6; end if;
  end if;
  perform xinheng.log_access(p_subject, p_actor, coalesce(v_unit, 0::smallint), 0::smallint, 1::smallint, v_outcome, v_shown,
    left(coalesce(p_matter, ''), 64), v_items);
  if v_outcome <> 0 then return; end if;
  return query
    select r.subject, r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, r.sealed, s.kind, s.sealed, s.name
    from xinheng.record r join xinheng.subject s on s.subject = r.subject
    where r.subject = p_subject and r.nk between p_nk and p_nk + 1023 and octet_length(r.body) > 0 order by r.nk;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.read_incident_steps(p_actor integer, p_incident integer)
 RETURNS TABLE(at timestamp with time zone, kind text, text text, by jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select s.at, s.kind, s.text, a.display from xinheng.incident_step s join xinheng.account a on a.num = s.by
  where s.incident = p_incident
    and exists (select from xinheng.account x where x.num = p_actor and x.closed_at is null and 'auditor' = any (x.roles))
  and exists (select from xinheng.incident i where i.num = p_incident and xinheng.sees_account(p_actor, i.opened_by))
  order by s.num
$function$
;

CREATE OR REPLACE FUNCTION xinheng.read_incidents(p_actor integer)
 RETURNS TABLE(num integer, opened_at timestamp with time zone, title text, suspicion text, from_at timestamp with time zone, until_at timestamp with time zone, affected bigint, notified boolean, closed boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select i.num, i.opened_at, i.title, i.suspicion, i.from_at, i.until_at,
    (select count(*) from xinheng.incident_person p where p.incident = i.num),
    exists (select from xinheng.incident_step s where s.incident = i.num and s.kind = 'notify-persons'),
    exists (select from xinheng.incident_step s where s.incident = i.num and s.kind = 'close')
  from xinheng.incident i
  where exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles))
  and xinheng.sees_account(p_actor, i.opened_by)
  order by i.num desc
$function$
;

CREATE OR REPLACE FUNCTION xinheng.read_listing(p_actor integer, p_subject uuid, p_file bigint)
 RETURNS TABLE(list text, criterion text, entry text, person boolean, published boolean, nk bigint, unit smallint, day date, until date, over text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select l.list, l.criterion, l.entry, l.person, l.published, l.nk, l.unit, e.day, e.until, xinheng.entry_over(p_subject, p_file, xinheng.today())
  from xinheng.listing l cross join xinheng.entry_of(p_subject, p_file) e
  where l.subject = p_subject and l.file = p_file and (xinheng.stands_for(p_actor, p_subject) or exists (
    select from xinheng.account a where a.num = p_actor and a.closed_at is null and a.unit = l.unit and a.roles && '{clerk,reviewer}'::text[]))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.read_measure(p_actor integer, p_subject uuid, p_file bigint)
 RETURNS TABLE(measure text, over text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select m.measure, xinheng.measure_over(m.subject, m.file, xinheng.today()) from xinheng.measure m
    join xinheng.account a on a.num = p_actor and a.closed_at is null and a.unit = m.unit and a.roles && '{clerk,reviewer}'::text[]
  where m.subject = p_subject and m.file = p_file
$function$
;

CREATE OR REPLACE FUNCTION xinheng.read_supervision(p_actor integer, p_about text)
 RETURNS SETOF xinheng.supervision
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  with recursive seen as (
    select u.num, u.id from xinheng.unit u where u.num = any (xinheng.units_seen(p_actor))
  ), own as (
    select s.num, s.follows from xinheng.supervision s
    where s.unit in (select num from seen) or s.content -> 'present' ?| (select array_agg(id) from seen)
  ), linked as (
    select num, follows from own
    union
    select s.num, s.follows from linked l join xinheng.supervision s on s.num = l.follows
  )
  select s.* from xinheng.supervision s
  where (s.about = p_about or p_about is null)
    and (s.num in (select num from linked) or s.follows in (select num from own))
  order by s.num
$function$
;

CREATE OR REPLACE FUNCTION xinheng.read_tip(p_actor integer, p_tip integer)
 RETURNS TABLE(tip integer, kind text, num smallint, step text, unit smallint, at timestamp with time zone, sealed bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a where a.num = p_actor and a.closed_at is null and a.roles && '{clerk,reviewer}'::text[];
  perform from (select s.unit from xinheng.tip_step s where s.tip = p_tip order by s.num desc limit 1) l where l.unit = v_unit;
  if not found then return; end if;
  perform xinheng.log_access('00000000-0000-0000-0000-000000000000', p_actor, v_unit, 0::smallint, 6::smallint, 0::smallint, 1, 'tip ' || p_tip, ''::bytea);
  return query select t.num, t.kind, s.num, s.kind, s.unit, s.at, s.sealed
    from xinheng.tip t join xinheng.tip_step s on s.tip = t.num where t.num = p_tip order by s.num;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.reads_inbox(p_subject uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select exists (select from xinheng.account a where a.subject = p_subject and a.closed_at is null)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.recall(p_subject uuid, p_nk bigint, p_kind text, p_action bigint, p_submission integer DEFAULT NULL::integer, p_day date DEFAULT NULL::date)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_nk bigint := (p_nk >> 10) << 10; v_items bytea[]; v_since timestamptz; v_public boolean; v_told timestamptz; v_num bigint;
begin
  if p_action is not null then perform pg_advisory_xact_lock(7310, hashtext(p_subject::text)); end if;
  select min(s.at), array_agg(distinct int2send(r.item)), bool_or(i.published) into v_since, v_items, v_public
    from xinheng.record r join xinheng.item i on i.num = r.item left join xinheng.submission s on s.num = r.submission
    where r.subject = p_subject and r.nk between v_nk and v_nk + 1023;
  select max(c.at) into v_told from xinheng.recall c where c.subject = p_subject and c.nk = v_nk and c.kind <> 'superseded';
  v_since := greatest(v_since, v_told);
  if p_kind = 'superseded' and not exists (select from xinheng.access t
      where t.subject = p_subject and t.at >= v_since and t.outcome = 0 and t.ground in (1, 2, 4, 5))
    and not exists (select from xinheng.handover h where h.subject = p_subject and h.nk = v_nk) and not v_public
  then return null; end if;
  insert into xinheng.recall (subject, nk, kind, action, submission, day)
    values (p_subject, v_nk, p_kind, p_action, p_submission, coalesce(p_day, xinheng.today())) returning num into v_num;
  insert into xinheng.recall_recipient (subject, recall, kind, unit, name, access, matter, given)
    select p_subject, v_num, 'unit', t.unit, '', t.num, t.matter, t.at
    from (
      -- the last look-up of each unit, one that the person may know of where there is one
      select distinct on (t.unit) t.unit, t.num, t.matter, t.at from xinheng.access t
        left join xinheng.access_withheld w on w.subject = t.subject and w.access = t.num and w.until > xinheng.today()
      where t.subject = p_subject and t.at >= v_since and t.outcome = 0 and t.unit <> 0
        and (t.ground in (2, 4, 5) or t.ground = 1 and (t.purpose <> 0 or t.matter like 'campaign %'
      and exists (select from xinheng.campaign_drawn z where z.subject = t.subject and t.matter = 'campaign ' || z.campaign)))
        and exists (select from generate_series(1, octet_length(t.items), 2) g where substr(t.items, g, 2) = any (v_items))
      order by t.unit, (w.access is null) desc, t.num desc) t
    union all
    select p_subject, v_num, h.kind, h.unit, h.name, null, '', max(h.at) from xinheng.handover h
    where h.subject = p_subject and h.nk = v_nk and h.at > coalesce(v_told, '-infinity') group by h.kind, h.unit, h.name
    union all
    -- the open site reads the gate: what ended is off it at once, and nobody need acknowledge
    select p_subject, v_num, 'public', 0, '', null, '', v_since where v_public and v_since is not null;
  return v_num;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.recall_meanwhile(p_submission integer, p_after uuid, p_limit integer)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_at timestamptz; v_one record; v_last uuid; v_num bigint;
begin
  -- a look-up that is under way may have begun a little before the file
  select s.at - interval '5 minutes' into v_at from xinheng.submission s where s.num = p_submission and s.accepted;
  for v_one in
    select distinct r.subject, (r.nk >> 10) << 10 as nk, r.item from xinheng.record r
    where r.submission = p_submission and r.nk & 1023 > 0 and r.subject in (
      select distinct q.subject from xinheng.record q where q.submission = p_submission and q.nk & 1023 > 0
        and (p_after is null or q.subject > p_after) order by q.subject limit p_limit)
    order by r.subject
  loop
    if v_last is distinct from v_one.subject then perform pg_advisory_xact_lock(7310, hashtext(v_one.subject::text)); end if;
    v_last := v_one.subject;
    v_num := null;
    select c.num into v_num from xinheng.recall c
      where c.subject = v_one.subject and c.nk = v_one.nk and c.submission = p_submission;
    if not exists (select from xinheng.access t where t.subject = v_one.subject and t.at >= v_at and t.outcome = 0 and t.unit <> 0
      and (t.ground in (2, 4, 5) or t.ground = 1 and (t.purpose <> 0 or t.matter like 'campaign %'
      and exists (select from xinheng.campaign_drawn z where z.subject = t.subject and t.matter = 'campaign ' || z.campaign)))
      and exists (select from generate_series(1, octet_length(t.items), 2) g where substr(t.items, g, 2) = int2send(v_one.item)))
    then continue; end if;
    if v_num is null then
      insert into xinheng.recall (subject, nk, kind, submission) values (v_one.subject, v_one.nk, 'superseded', p_submission)
        returning num into v_num;
    end if;
    insert into xinheng.recall_recipient (subject, recall, kind, unit, name, access, matter, given)
      select v_one.subject, v_num, 'unit', t.unit, '', t.num, t.matter, t.at from (
        select distinct on (t.unit) t.unit, t.num, t.matter, t.at from xinheng.access t
          left join xinheng.access_withheld w on w.subject = t.subject and w.access = t.num and w.until > xinheng.today()
        where t.subject = v_one.subject and t.at >= v_at and t.outcome = 0 and t.unit <> 0
          and (t.ground in (2, 4, 5) or t.ground = 1 and (t.purpose <> 0 or t.matter like 'campaign %'
      and exists (select from xinheng.campaign_drawn z where z.subject = t.subject and t.matter = 'campaign ' || z.campaign)))
          and exists (select from generate_series(1, octet_length(t.items), 2) g where substr(t.items, g, 2) = int2send(v_one.item))
        order by t.unit, (w.access is null) desc, t.num desc) t
      on conflict do nothing;
  end loop;
  return v_last;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.recall_queue(p_actor integer)
 RETURNS TABLE(subject uuid, num bigint, nk bigint, kind text, at timestamp with time zone, day date, file bigint, via text, name text, access bigint, matter text, given timestamp with time zone, received_at timestamp with time zone, received_by jsonb, did text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select c.subject, c.num, c.nk, c.kind, c.at, c.day, a.file, p.kind, p.name, p.access, p.matter, p.given, q.at, b.display, q.did
  from xinheng.account o
    join xinheng.recall_recipient p on p.unit = o.unit
    join xinheng.recall c on c.subject = p.subject and c.num = p.recall
    left join xinheng.action a on a.subject = c.subject and a.num = c.action
    left join xinheng.recall_receipt q on q.subject = p.subject and q.recall = p.recall and q.unit = p.unit
    left join xinheng.account b on b.num = q.actor
  where o.num = p_actor and o.closed_at is null and o.roles && '{officer,counter,clerk,reviewer,admin,review-body,court}'::text[]
  order by q.at is not null, c.num desc limit 500
$function$
;

CREATE OR REPLACE FUNCTION xinheng.recall_versions(p_actor integer, p_subject uuid DEFAULT NULL::uuid)
 RETURNS TABLE(subject uuid, num bigint, version integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select c.subject, c.num, xinheng.recalled_version(c.subject, c.nk, c.submission)
  from xinheng.account o
    join xinheng.recall_recipient p on p.unit = o.unit
    join xinheng.recall c on c.subject = p.subject and c.num = p.recall and c.kind = 'superseded'
  where p_subject is null and o.num = p_actor and o.closed_at is null
  union
  select c.subject, c.num, xinheng.recalled_version(c.subject, c.nk, c.submission)
  from xinheng.recall c where c.subject = p_subject and c.kind = 'superseded' and xinheng.stands_for(p_actor, p_subject)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.recalled_version(p_subject uuid, p_nk bigint, p_submission integer)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select max(r.nk & 1023)::integer + 1 from xinheng.record r
  where r.subject = p_subject and r.nk between p_nk and p_nk + 1023 and r.submission = p_submission
$function$
;

CREATE OR REPLACE FUNCTION xinheng.recalls_open(p_actor integer)
 RETURNS TABLE(subject uuid, num bigint, kind text, day date, via text, unit smallint, name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select c.subject, c.num, c.kind, c.day, p.kind, p.unit, p.name
  from xinheng.recall c join xinheng.recall_recipient p on p.subject = c.subject and p.recall = c.num
  where p.unit <> 0
    and (xinheng.is_office(p_actor, '{admin}') or xinheng.is_office_for(p_actor, '{admin}', p.unit)
      or exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and 'admin' = any (a.roles) and a.unit = p.unit))
    and not exists (select from xinheng.recall_receipt q where q.subject = p.subject and q.recall = p.recall and q.unit = p.unit)
  order by c.day, c.num limit 1000
$function$
;

CREATE OR REPLACE FUNCTION xinheng.recalls_self(p_actor integer, p_subject uuid)
 RETURNS TABLE(num bigint, nk bigint, kind text, at timestamp with time zone, day date, file bigint, via text, unit smallint, name text, given timestamp with time zone, received_at timestamp with time zone, did text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  if not xinheng.stands_for(p_actor, p_subject) then return; end if;
  perform xinheng.log_access(p_subject, p_actor, 0::smallint, 0::smallint, 3::smallint, 0::smallint, 0, 'recall', ''::bytea);
  return query
    select c.num, c.nk, c.kind, c.at, c.day, a.file, p.kind, p.unit, p.name, p.given, q.at, q.did
    from xinheng.recall c
      left join xinheng.action a on a.subject = c.subject and a.num = c.action
      left join xinheng.recall_recipient p on p.subject = c.subject and p.recall = c.num and not exists (
        select from xinheng.access_withheld w where w.subject = p.subject and w.access = p.access and w.until > xinheng.today())
      left join xinheng.recall_receipt q on q.subject = p.subject and q.recall = p.recall and q.unit = p.unit
    where c.subject = p_subject order by c.num desc, p.kind, p.unit;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.received_list(p_actor integer, p_subject uuid, p_file bigint)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select r.list from xinheng.received r
  where r.subject = p_subject and r.file = p_file and (xinheng.stands_for(p_actor, p_subject) or exists (
    select from xinheng.account a where a.num = p_actor and a.closed_at is null and a.unit = r.unit and a.roles && '{clerk,reviewer}'::text[]))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.received_records(p_actor integer, p_from timestamp with time zone, p_until timestamp with time zone)
 RETURNS TABLE(subject uuid, access bigint, given timestamp with time zone, matter text, records bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a where a.num = p_actor and a.closed_at is null
    and a.roles && '{officer,counter,clerk,reviewer,admin,review-body,court}'::text[];
  if v_unit is null then return; end if;
  perform xinheng.log_access('00000000-0000-0000-0000-000000000000', p_actor, v_unit, 0::smallint, 6::smallint, 0::smallint, 0, 'recall', ''::bytea);
  return query
    select t.subject, t.num, t.at, t.matter, string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body,
      ''::bytea, null::text, null::timestamptz, r.first)), ''::bytea order by r.nk)
    from (
      select distinct on (t.subject) t.subject, t.num, t.at, t.matter, t.items from xinheng.access t
      where t.at >= p_from and t.at < p_until and t.unit = v_unit and t.outcome = 0 and t.shown > 0
        and (t.ground = 2 or t.ground = 1 and (t.purpose <> 0 or t.matter like 'campaign %'
      and exists (select from xinheng.campaign_drawn z where z.subject = t.subject and t.matter = 'campaign ' || z.campaign)))
      order by t.subject, t.num desc limit 1000
    ) t
    cross join lateral (
      select q.*, lead(q.nk) over (order by q.nk) as next, case when q.nk & 1023 > 0 then (select min(x.decided) from xinheng.record x
        where x.subject = q.subject and x.nk between (q.nk >> 10) << 10 and q.nk) end as first
      from xinheng.record q where q.subject = t.subject
    ) r join xinheng.submission s on s.num = r.submission
    where (r.next is null or r.next >> 10 <> r.nk >> 10) and s.at <= t.at
      and exists (select from generate_series(1, octet_length(t.items), 2) g where substr(t.items, g, 2) = int2send(r.item))
      and (r.nk >> 10) << 10 <> all (xinheng.hidden(t.subject, xinheng.today()))
      and not exists (select from xinheng.recall c join xinheng.recall_receipt q on q.subject = c.subject and q.recall = c.num and q.unit = v_unit
        where c.subject = r.subject and c.nk = (r.nk >> 10) << 10 and c.kind = 'ended')
    group by t.subject, t.num, t.at, t.matter;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.refuted_entries(p_subject uuid)
 RETURNS TABLE(file bigint, list text, entry text, decision bigint, day date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select distinct on (l.file) l.file, l.list, l.entry, a.file, a.day
  from xinheng.listing l
    join xinheng.action a on a.subject = l.subject and (a.nk = l.nk or a.target = l.file) and a.machine <> l.machine and a.hiding = 'now'
    join xinheng.step_rule u on u.machine = a.machine and u.after = a.after and u.kind = a.kind and u.ended = 'refuted'
  where l.subject = p_subject and l.machine = 'listing' order by l.file, a.num desc
$function$
;

CREATE OR REPLACE FUNCTION xinheng.refuted_of(p_subject uuid, p_file bigint)
 RETURNS TABLE(entry text, decision bigint, day date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select e.entry, e.decision, e.day from xinheng.refuted_entries(p_subject) e
  where e.file = p_file or exists (
    select from xinheng.listing_ground g join xinheng.listing_ground o on o.subject = g.subject and o.file = p_file
    where g.subject = p_subject and g.file = e.file and (g.facts = o.facts or g.document = o.document))
  order by e.day desc, e.decision desc limit 1
$function$
;

CREATE OR REPLACE FUNCTION xinheng.refuted_on(p_subject uuid, p_file bigint)
 RETURNS date
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select min(a.day) from xinheng.action a where a.subject = p_subject and a.target = p_file and a.hiding = 'now'
    and a.machine in ('objection', 'review', 'lawsuit') and a.hides_from <= xinheng.today()
$function$
;

CREATE OR REPLACE FUNCTION xinheng.repeats_refuted(p_subject uuid, p_file bigint, p_list text, p_facts bytea, p_document bytea, p_first boolean)
 RETURNS TABLE(entry text, decision bigint, day date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select e.entry, e.decision, e.day from xinheng.refuted_entries(p_subject) e
  where e.file is distinct from p_file and (p_first and p_document is null and e.list = p_list or exists (
    select from xinheng.listing_ground g where g.subject = p_subject and g.file = e.file
      and (g.facts = p_facts or g.document = p_document)))
  order by e.day desc, e.decision desc limit 1
$function$
;

CREATE OR REPLACE FUNCTION xinheng.report_state(p_subject uuid, p_items smallint[], p_at timestamp with time zone)
 RETURNS bytea
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select sha256(
    coalesce((select string_agg(int8send(r.nk) || int8send(r.mac), ''::bytea order by r.nk)
      from xinheng.record r join xinheng.submission s on s.num = r.submission
      where r.subject = p_subject and s.at <= p_at and (p_items is null or r.item = any (p_items))), ''::bytea)
    || '\x00'::bytea
    || coalesce((select string_agg(int8send(a.num), ''::bytea order by a.num)
      from xinheng.action a
      where a.subject = p_subject and a.at <= p_at and (p_items is null or exists (
        select from xinheng.record r where r.subject = p_subject and r.nk between a.nk and a.nk + 1023 and r.item = any (p_items)))),
      ''::bytea))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.report_waits(p_accesses bigint[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select exists (select from xinheng.report r where r.access = any (p_accesses))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.reports_of(p_actor integer, p_num bigint)
 RETURNS TABLE(num bigint, code text, kind text, at timestamp with time zone, made_at timestamp with time zone, reading text, subject uuid, subject_kind text, access bigint, access_at timestamp with time zone, purpose text, matter text, from_day date, to_day date, address text, digest bytea, checks bigint, checked_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select r.num, r.code, r.kind, r.at, r.made_at, r.reading, r.subject, r.subject_kind, r.access, r.access_at, r.purpose,
    r.matter, r.from_day, r.to_day, r.address, r.digest, c.checks, c.checked_at
  from xinheng.report r, lateral (
    select count(*) as checks, max(k.at) as checked_at from xinheng.report_check k where k.report = r.num) c
  where r.actor = p_actor and (p_num is null or r.num = p_num)
    and exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null)
  order by r.num desc limit 200
$function$
;

CREATE OR REPLACE FUNCTION xinheng.resolve_chunk(p_submission integer, p_misnamed uuid[], p_decided boolean DEFAULT false)
 RETURNS TABLE(ord integer, verdict text, item smallint, was bytea, body bytea, quote text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng', 'pg_temp'
AS $function$
declare
  v_after bigint := coalesce(nullif(current_setting('xinheng.records_sorted', true), ''), '0')::bigint;
begin
  return query
    with incoming as materialized (
      select r.*, (row_number() over (order by r.seq))::integer as place,
        first_value(r.seq) over w as first, first_value(r.mac) over w as first_mac
      from xinheng.incoming_record r where r.tx = pg_current_xact_id() and r.seq > v_after
      window w as (partition by r.subject, r.nk order by r.seq)
    ), resolved as materialized (
      select i.place, e.quote, l.item as was_item, l.body as was_body, coalesce(l.nk + 1, i.nk) as new_nk,
        case
          when i.subject = any (p_misnamed) then 'name-differs'
          when i.first <> i.seq then case when i.first_mac = i.mac then 'duplicate' else 'conflict' end
          when l.nk is null then 'new'
          when e.quote is not null then 'refuted'
          when l.mac = i.mac then 'duplicate'
          when l.submission = p_submission then 'conflict'
          when l.nk & 1023 = 1023 then 'too-many-versions'
          else 'version'
        end as what
      from incoming i
      left join lateral (
        select x.nk, x.mac, x.submission, x.item, x.body from xinheng.record x
        where x.subject = i.subject and x.nk between i.nk and i.nk + 1023
        order by x.nk desc limit 1
      ) l on true
      left join lateral (
        select coalesce(a.file, a.num) || ' ' || a.day as quote from xinheng.action a
          join xinheng.step_rule u on u.machine = a.machine and u.after = a.after and u.kind = a.kind
        where not p_decided and l.nk is not null and a.subject = i.subject and a.nk = i.nk and (
          u.ended in ('withdrawn', 'refuted') and a.hiding = 'now'
          or a.kind in ('uphold-correct', 'change') and l.mac <> i.mac and exists (
            select from xinheng.record x join xinheng.submission s on s.num > x.submission and s.unit = x.unit
              and s.key = 'case ' || replace(a.subject::text, '-', '') || '.' || a.file || '.' || a.step and s.accepted
            where x.subject = i.subject and x.nk between i.nk and i.nk + 1023 and x.mac = i.mac))
        order by a.num desc limit 1
      ) e on true
    ), stored as (
      insert into xinheng.record (subject, nk, mac, submission, decided, item, unit, body, sealed)
      select i.subject, r.new_nk, i.mac, i.submission, i.decided, i.item, i.unit, i.body, i.sealed
      from resolved r join incoming i on i.place = r.place
      where r.what in ('new', 'version')
    )
    select r.place, r.what, r.was_item, case when r.what = 'version' then r.was_body end,
      case when r.what = 'version' then i.body end, case when r.what = 'refuted' then r.quote end
    from resolved r join incoming i on i.place = r.place where r.what <> 'new';
  -- whoever was given an earlier version is told (G10)
  perform xinheng.recall(i.subject, i.nk, 'superseded', null, p_submission)
    from (select distinct x.subject, x.nk from xinheng.incoming_record x where x.tx = pg_current_xact_id() and x.seq > v_after) i
    where exists (select from xinheng.record r
      where r.subject = i.subject and r.nk between i.nk + 1 and i.nk + 1023 and r.submission = p_submission);
  perform set_config('xinheng.records_sorted', (select max(i.seq) from xinheng.incoming_record i
    where i.tx = pg_current_xact_id() and i.seq > v_after)::text, true);
  delete from xinheng.incoming_record i where i.tx = pg_current_xact_id() and i.seq > v_after;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.review_access(p_actor integer, p_flag text, p_account integer, p_first bigint, p_at timestamp with time zone, p_count integer, p_outcome text, p_reason text, p_incident integer)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  perform from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles);
  if not found or p_actor = p_account then return 1; end if;
  if p_flag = 'mass-export' then
    perform from xinheng.export e where e.num = p_first and e.actor = p_account and xinheng.sees_account(p_actor, e.actor);
  else
    perform from xinheng.access t where t.at between p_at - interval '1 second' and p_at + interval '1 second'
      and t.num = p_first and t.actor = p_account and xinheng.sees_account(p_actor, t.actor);
  end if;
  if not found then return 6; end if;
  insert into xinheng.access_review (actor, flag, account, first, count, outcome, reason, incident)
    values (p_actor, p_flag, p_account, p_first, p_count, p_outcome, p_reason, p_incident);
  return 0;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.review_accesses(p_actor integer, p_from timestamp with time zone, p_until timestamp with time zone, p_limit integer)
 RETURNS TABLE(num bigint, at timestamp with time zone, actor integer, display jsonb, unit smallint, purpose smallint, ground smallint, outcome smallint, shown smallint, live_matter boolean, subject uuid, sealed bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  perform from xinheng.account a where a.num = p_actor and a.closed_at is null and 'auditor' = any (a.roles);
  if not found then return; end if;
  return query
    select t.num, t.at, t.actor, a.display, t.unit, t.purpose, t.ground, t.outcome, t.shown,
      exists (select from xinheng.matter m where m.unit = t.unit and m.number = t.matter and m.purpose = t.purpose
        and m.opened_at <= t.at and (m.closed_at is null or m.closed_at > t.at)),
      t.subject, s.sealed
    from xinheng.access t join xinheng.account a on a.num = t.actor left join xinheng.subject s on s.subject = t.subject
    where t.at >= p_from and t.at < p_until and t.ground in (1, 2, 4, 5, 6)
      and coalesce(nullif(t.unit, 0::smallint), a.unit) = any (array(select unnest(xinheng.units_seen(p_actor))))
    order by t.at limit p_limit;
  perform xinheng.log_access('00000000-0000-0000-0000-000000000000', p_actor,
    (select a.unit from xinheng.account a where a.num = p_actor), 0::smallint, 6::smallint, 0::smallint, 0, 'review', ''::bytea);
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.search_organisations(p_actor integer, p_purpose smallint, p_matter text, p_name text)
 RETURNS TABLE(outcome smallint, access bigint, subject uuid, sealed bytea, records bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint; v_statutory boolean; v_items smallint[]; v_outcome smallint := 0; v_access bigint; v_found uuid[];
  v_pattern text := replace(replace(replace(p_name, '\', '\\'), '%', '\%'), '_', '\_') || '%';
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && array['officer', 'counter'];
  select p.statutory into v_statutory from xinheng.purpose p where p.num = p_purpose;
  select v.items into v_items from xinheng.visible v where v.purpose = p_purpose and v.unit = v_unit;
  if v_unit is null then v_outcome := 1;
  elsif v_items is null then v_outcome := 2;
  elsif not coalesce(v_statutory, false) then v_outcome := 4;
  elsif coalesce(p_matter, '') !~ '[^\s\u3000\u00a0]' then v_outcome := 3;
  else
    v_found := array(select s.subject from xinheng.subject s where s.name like v_pattern order by s.name limit 50);
  end if;
  v_access := xinheng.log_access('00000000-0000-0000-0000-000000000000', p_actor, coalesce(v_unit, 0::smallint), p_purpose, 6::smallint,
    v_outcome, coalesce(cardinality(v_found), 0), left(coalesce(p_matter, ''), 64), ''::bytea);
  return query select v_outcome, v_access, null::uuid, null::bytea, null::bytea;
  return query
    select 0::smallint, v_access, s.subject, s.sealed, (
      select string_agg(record_send(row(r.nk, r.mac, r.submission, r.decided, r.item, r.unit, r.body, ''::bytea,
        null::text, null::timestamptz, r.first)), ''::bytea)
      from (
        select q.*, lead(q.nk) over (order by q.nk) as next,
          case when q.nk & 1023 > 0 then (select min(x.decided) from xinheng.record x
            where x.subject = q.subject and x.nk between (q.nk >> 10) << 10 and q.nk) end as first
        from xinheng.record q where q.subject = s.subject) r
      join xinheng.item i on i.num = r.item
      where r.item = any (v_items) and (r.next is null or r.next >> 10 <> r.nk >> 10)
        and least(r.decided, r.first) + i.longest > xinheng.today()
        and (r.nk >> 10) << 10 <> all (xinheng.hidden(f, xinheng.today()))
        and (not i.entry or exists (select from xinheng.action d
          where d.subject = r.subject and d.nk = (r.nk >> 10) << 10 and d.machine in ('listing', 'exemplar') and d.kind = 'determine')))
    from unnest(v_found) f join xinheng.subject s on s.subject = f order by s.name;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.search_published(p_name text, p_limit integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_like text := replace(replace(replace(p_name, '\', '\\'), '%', '\%'), '_', '\_');
  v_limit integer := least(p_limit, 50); v_found uuid[];
begin
  if length(p_name) < 2 then return; end if;
  v_found := array(select s.subject from xinheng.subject s where s.name like v_like || '%' and s.kind = 6
    and exists (select from xinheng.record r where r.subject = s.subject and xinheng.is_public(r)) order by s.name limit v_limit);
  if cardinality(v_found) < v_limit then
    v_found := v_found || array(select s.subject from xinheng.subject s where s.name like '%' || v_like || '%' and s.kind = 6
      and s.subject <> all (v_found) and exists (select from xinheng.record r where r.subject = s.subject and xinheng.is_public(r))
      order by s.name limit v_limit - cardinality(v_found));
  end if;
  return query select unnest(v_found);
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.see_account_loss(p_actor integer, p_change integer)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_proposer integer;
begin
  select c.actor into v_proposer from xinheng.account_change c join xinheng.account a on a.num = c.account
    where c.num = p_change and c.lost is not null and p_actor is not null and xinheng.may_see_loss(p_actor, a.unit);
  if v_proposer is null then return 6; end if;
  if v_proposer = p_actor then return 1; end if;
  insert into xinheng.account_seen (change, proposer, actor) values (p_change, v_proposer, p_actor) on conflict do nothing;
  return case when found then 0 else 9 end;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.sees_account(p_actor integer, p_account integer)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select exists (select from xinheng.account a where a.num = p_account and a.unit = any (xinheng.units_seen(p_actor)))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.sees_everywhere(p_actor integer)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select not exists (select from xinheng.place p where not xinheng.sees_rank(p_actor, p.rank))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.sees_rank(p_actor integer, p_rank smallint)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select exists (select from xinheng.account a join xinheng.unit u on u.num = a.unit
      left join xinheng.place p on p.rank = u.rank
    where a.num = p_actor and a.closed_at is null and a.roles && '{clerk,reviewer,auditor,admin}'::text[]
      and (u.rank = p_rank or p.oversees and p_rank > u.rank))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.service_of(p_subject uuid, p_notice bigint)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select coalesce(jsonb_agg(jsonb_build_object('channel', s.channel, 'at', to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'ok', s.ok, 'by', s.by, 'reference', s.reference, 'day', s.day) order by s.at), '[]')
  from (
    select 'inbox' as channel, o.at, true as ok, '' as by, '' as reference, (o.at at time zone 'Asia/Shanghai')::date as day
      from xinheng.notice_opened o where o.subject = p_subject and o.num = p_notice
    union all
    select r.channel, coalesce(q.at, r.at), coalesce(q.delivered, r.ok), r.by, coalesce(q.reference, r.reference),
        (coalesce(q.at, r.at) at time zone 'Asia/Shanghai')::date
      from xinheng.notice_result r left join xinheng.notice_receipt q
        on q.subject = r.subject and q.notice = r.notice and q.channel = r.channel and q.try = r.try
      where r.subject = p_subject and r.notice = p_notice and (q.at is not null or not r.accepted)
    union all
    select 'paper', p.at, p.ok, p.how, p.receipt, p.day
      from xinheng.letter l join xinheng.letter_result p on p.subject = l.subject and p.letter = l.num
      where l.subject = p_subject and l.notice = p_notice
  ) s
$function$
;

CREATE OR REPLACE FUNCTION xinheng.set_contact_present(p_actor integer, p_subject uuid, p_channel text, p_sealed bytea, p_title jsonb, p_text jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  if xinheng.present_now(p_actor, p_subject) is null then return false; end if;
  insert into xinheng.contact (subject, channel, sealed) values (p_subject, p_channel, p_sealed);
  insert into xinheng.notice (subject, title, text) values (p_subject, p_title, p_text);
  perform xinheng.log_standing(p_subject, p_actor, 'contacts');
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.simulate_candidates(p_items smallint[], p_was smallint[], p_was_since date, p_was_count integer, p_now smallint[], p_now_since date, p_now_count integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_both smallint[] := array(select n from unnest(p_items) n where n = any (p_was) and n = any (p_now));
  v_gone smallint[] := array(select n from unnest(p_items) n where n = any (p_was) and n <> all (p_now));
  v_come smallint[] := array(select n from unnest(p_items) n where n <> all (p_was) and n = any (p_now));
  v_first date := least(p_was_since, p_now_since);
  v_second date := greatest(p_was_since, p_now_since);
begin
  if p_was_count = p_now_count then
    return query select distinct r.subject from xinheng.record r
      where (r.decided < v_second and r.decided >= v_first and r.item = any (v_both)
          or r.item = any (v_gone) and r.decided >= p_was_since
          or r.item = any (v_come) and r.decided >= p_now_since)
        and r.nk & 1023 = 0;
  else
    return query select r.subject from xinheng.record r
      where r.item = any (p_items) and r.nk & 1023 = 0 and r.decided >= v_first
      group by r.subject having count(*) >= least(p_was_count, p_now_count);
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.simulate_flag(p_actor integer, p_person boolean, p_was smallint[], p_was_since date, p_was_count integer, p_now smallint[], p_now_since date, p_now_count integer)
 RETURNS TABLE(subject uuid, kind smallint, sealed bytea, was boolean, now boolean, items smallint[])
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint; v_today date := xinheng.today(); v_items smallint[];
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && '{admin,auditor}'::text[];
  if v_unit is null or not xinheng.sees_everywhere(p_actor) then return; end if;
  v_items := array(select i.num from xinheng.item i where i.num = any (p_was || p_now) and i.person = p_person);
  return query
    with flagged as materialized (
      select c.of, q.a >= p_was_count as before, q.b >= p_now_count as after, q.items as seen
      from xinheng.simulate_candidates(v_items, p_was, p_was_since, p_was_count, p_now, p_now_since, p_now_count) c (of)
      cross join lateral (
        select count(*) filter (where r.item = any (p_was) and r.decided >= p_was_since) as a,
          count(*) filter (where r.item = any (p_now) and r.decided >= p_now_since) as b,
          array_agg(distinct r.item) as items
        from xinheng.record r
        where r.subject = c.of and r.item = any (v_items) and r.nk & 1023 = 0
          and not exists (select from xinheng.action x where x.subject = r.subject and x.nk = r.nk and x.hides_from <= v_today
            and not exists (select from xinheng.action y where y.subject = x.subject and y.file = x.file and y.step > x.step))
      ) q
      where (q.a >= p_was_count) <> (q.b >= p_now_count)
    ), logged as (
      insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items)
        select f.of, xinheng.instant(), p_actor, v_unit, 0, 1, 0, 0, 'dry run of a rule', '' from flagged f
    )
    select f.of, s.kind, s.sealed, f.before, f.after, f.seen
    -- one by one: figures of the table from before a first load make the planner read everybody (8 s instead of 0.3)
    from flagged f cross join lateral (select s.kind, s.sealed from xinheng.subject s where s.subject = f.of offset 0) s;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.stands(r xinheng.record)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select octet_length(r.body) > 0
    and exists (select from xinheng.item i where i.num = r.item
      and least(r.decided, case when r.nk & 1023 > 0 then (select min(x.decided) from xinheng.record x
        where x.subject = r.subject and x.nk between (r.nk >> 10) << 10 and r.nk) end) + i.longest > xinheng.today())
    and not exists (select from xinheng.record x where x.subject = r.subject and x.nk between r.nk + 1 and r.nk | 1023)
    and (r.nk >> 10) << 10 <> all (xinheng.hidden(r.subject, xinheng.today()))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.stands_for(p_actor integer, p_subject uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select exists (select from xinheng.account a where a.num = p_actor and a.closed_at is null and (
    a.subject = p_subject or exists (
      select from xinheng.authority g where g.subject = p_subject and g.representative = a.subject and g.ended_at is null
        and xinheng.today() >= g.from_day and xinheng.today() < g.until_day
        and (g.kind <> 'guardian' or xinheng.is_ward(p_subject) is not false))
    or xinheng.present_now(p_actor, p_subject) is not null))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.step_content(p_actor integer, p_content integer, p_version smallint, p_kind text, p_reason text, p_checked text)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.step_pack_draft(p_actor integer, p_draft integer, p_step integer, p_kind text, p_note text, p_files jsonb, p_base integer, p_effective date, p_id text, p_version text, p_content jsonb, p_reference jsonb)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_draft xinheng.pack_draft; v_last xinheng.pack_draft_step; v_load xinheng.pack_load; v_by_author boolean;
  v_pack smallint; v_digest bytea; v_effective date; v_base integer; v_from timestamptz;
begin
  if not xinheng.may_edit_packs(p_actor) then return 'not-allowed'; end if;
  -- approvals and loads one after the other
  perform pg_advisory_xact_lock(7302);
  select d.* into v_draft from xinheng.pack_draft d where d.num = p_draft;
  select s.* into v_last from xinheng.pack_draft_step s where s.draft = p_draft order by s.step desc limit 1;
  if v_last.step is null or v_last.step + 1 <> p_step then return 'not-possible'; end if;
  select r.by_author into v_by_author from xinheng.pack_draft_rule r where r.after = v_last.kind and r.kind = p_kind;
  if v_by_author is null then return 'not-possible'; end if;
  if (p_actor = v_draft.author) <> v_by_author then return case when v_by_author then 'not-allowed' else 'own' end; end if;
  v_load := xinheng.last_load();
  if p_kind = 'submit' then
    if p_base is distinct from v_load.num then return 'base-moved'; end if;
    v_base := p_base; v_effective := p_effective; v_digest := sha256(convert_to(p_content::text, 'UTF8'));
    insert into xinheng.pack (digest, id, version, content, reference) select v_digest, p_id, p_version, p_content, p_reference
      where not exists (select from xinheng.pack p where p.digest = v_digest);
    select p.num into v_pack from xinheng.pack p where p.digest = v_digest;
  elsif p_kind = 'approve' then
    if v_last.base <> v_load.num then return 'base-moved'; end if;
    v_base := v_last.base; v_effective := v_last.effective; v_digest := v_last.digest; v_pack := v_last.pack;
  end if;
  if v_effective is not null then
    v_from := greatest(v_effective::timestamp at time zone 'Asia/Shanghai', xinheng.instant());
    if v_effective < xinheng.today() or v_from < v_load.effective then return 'too-early'; end if;
  end if;
  insert into xinheng.pack_draft_step (draft, step, kind, after, by_author, actor, author, files, pack, digest, effective, base, note)
    values (p_draft, p_step, p_kind, v_last.kind, v_by_author, p_actor, v_draft.author, p_files, v_pack, v_digest, v_effective, v_base, coalesce(p_note, ''));
  if p_kind = 'approve' then insert into xinheng.pack_load (pack, effective, draft) values (v_pack, v_from, p_draft); end if;
  return '';
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.step_tip(p_actor integer, p_tip integer, p_step smallint, p_kind text, p_unit smallint, p_sealed bytea)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_last xinheng.tip_step; v_unit smallint;
begin
  select a.unit into v_unit from xinheng.account a where a.num = p_actor and a.closed_at is null and a.roles && '{clerk,reviewer}'::text[];
  select s.* into v_last from xinheng.tip_step s where s.tip = p_tip order by s.num desc limit 1;
  if v_last.unit is distinct from v_unit or v_unit is null then return 6; end if;
  if v_last.num + 1 <> p_step or v_last.kind = 'answer' or p_kind = 'file' then return 8; end if;
  insert into xinheng.tip_step (tip, num, before, after, kind, unit, actor, sealed)
    values (p_tip, p_step, v_last.num, v_last.kind, p_kind, case p_kind when 'route' then p_unit else v_unit end, p_actor, p_sealed);
  return 0;
exception when unique_violation then return 9;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.steps(p_subject uuid, p_file bigint)
 RETURNS SETOF xinheng.step
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select a.subject, a.num, a.nk, a.at, case when c.subject is null then c.display end, a.unit, a.pack, a.kind, a.sealed, a.file,
    a.step, a.machine, a.after, a.owner, a.target, a.day, nullif(a.window_end, '-infinity'), a.due,
    case when a.hiding = 'later' then a.hides_from end, a.marked
  from xinheng.action a left join xinheng.account c on c.num = a.actor
  where a.subject = p_subject and a.file = coalesce(p_file, a.file) order by a.file, a.step
$function$
;

CREATE OR REPLACE FUNCTION xinheng.strong_of(p_roles text[])
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select nullif(array(select r from unnest(p_roles) r where r in ('admin', 'auditor', 'court', 'review-body', 'reviewer') order by r), '{}')
$function$
;

CREATE OR REPLACE FUNCTION xinheng.take_notices(p_channels text[], p_limit integer)
 RETURNS TABLE(subject uuid, notice bigint, channel text, try smallint, at timestamp with time zone, title jsonb, text jsonb, item smallint, unit smallint, contact bigint, sealed bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  perform pg_advisory_xact_lock(7311);
  return query
    with due as (
      select n.subject, n.num, c.channel, (coalesce(y.tries, 0) + 1)::smallint as try, n.at, n.title, n.text, r.item, r.unit, c.num as contact, c.sealed
      from xinheng.notice n
        join lateral (
          select distinct on (k.channel) k.channel, k.num, k.sealed, min(k.at) over (partition by k.channel) as since
          from xinheng.contact k where k.subject = n.subject and k.channel = any (p_channels) order by k.channel, k.num desc
        ) c on octet_length(c.sealed) > 0 and c.since <= n.at
        left join xinheng.record r on r.subject = n.subject and r.nk = n.nk and octet_length(r.body) > 0
        left join lateral (
          select max(t.try) as tries, max(t.at) as at, bool_or(coalesce(q.ok or q.accepted or q.final, false)) as done from xinheng.notice_try t
            left join xinheng.notice_result q on q.subject = t.subject and q.notice = t.notice and q.channel = t.channel and q.try = t.try
          where t.subject = n.subject and t.notice = n.num and t.channel = c.channel
        ) y on true
      where n.at > xinheng.instant() - interval '31 days' and (n.nk is null or r.nk is not null)
        and not coalesce(y.done, false) and coalesce(y.tries, 0) < 8
        and (y.at is null or y.at + least(interval '1 minute' * 4 ^ (y.tries - 1), interval '6 hours') <= xinheng.instant())
        and not exists (select from xinheng.notice_opened o where o.subject = n.subject and o.num = n.num)
      order by n.at limit p_limit
    ), taken as (
      insert into xinheng.notice_try (subject, notice, channel, try) select d.subject, d.num, d.channel, d.try from due d returning 1
    )
    select d.subject, d.num, d.channel, d.try, d.at, d.title, d.text, d.item, d.unit, d.contact, d.sealed from due d, (select count(*) from taken) x;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.take_step(p_actor integer, p_subject uuid, p_machine text, p_kind text, p_file bigint, p_step smallint, p_nk bigint, p_owner smallint, p_target bigint, p_pack smallint, p_window date, p_due date, p_hides date, p_sealed bytea, p_title jsonb DEFAULT NULL::jsonb, p_text jsonb DEFAULT NULL::jsonb)
 RETURNS TABLE(outcome smallint, num bigint, at timestamp with time zone, step smallint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_last xinheng.action; v_rule xinheng.step_rule; v_account xinheng.account; v_kind text; v_num bigint; v_nk bigint;
begin
  if p_file is not null then
    select a.* into v_last from xinheng.action a where a.subject = p_subject and a.file = p_file order by a.step desc limit 1;
    if v_last.num is null or v_last.machine <> p_machine then
      return query select 6::smallint, null::bigint, null::timestamptz, null::smallint; return;
    end if;
  end if;
  select u.* into v_rule from xinheng.step_rule u
    where u.machine = p_machine and u.after = coalesce(v_last.kind, 'start') and u.kind = p_kind;
  if v_rule.kind is null or p_machine = 'record' or (p_file is not null and p_step <> v_last.step + 1) then
    return query select (case when v_rule.kind is null or p_machine = 'record' then 8 else 9 end)::smallint, null::bigint, null::timestamptz, null::smallint; return;
  end if;
  select a.* into v_account from xinheng.account a where a.num = p_actor and a.closed_at is null;
  select u.kind into v_kind from xinheng.unit u where u.num = v_account.unit;
  if not coalesce(case
    when v_rule.party = 'person' then xinheng.acts_for(p_actor, p_subject, p_machine, p_file)
    when not v_account.roles && v_rule.roles then false
    when v_rule.party = 'owner' then v_account.unit = coalesce(v_last.owner, p_owner)
    when v_rule.party = 'unit' then v_account.unit is not null and (not v_rule.roles && '{review-body}'::text[]
      or xinheng.may_review(v_account.roles, v_account.unit, coalesce(v_last.owner, p_owner)))
    else v_kind = substr(v_rule.party, 6)
  end, false) or (v_rule.other and v_last.proposer = p_actor) then
    return query select 1::smallint, null::bigint, null::timestamptz, null::smallint; return;
  end if;
  v_nk := coalesce(v_last.nk, (p_nk >> 10) << 10);
  if v_rule.of_record then
    perform from xinheng.record r where r.subject = p_subject and r.nk between v_nk and v_nk + 1023 and r.unit = p_owner limit 1;
    if not found then return query select 6::smallint, null::bigint, null::timestamptz, null::smallint; return; end if;
  end if;
  v_num := nextval('xinheng.action_num_seq');
  if v_rule.single then
    -- two at once: the second waits here for the first, and finds its row
    insert into xinheng.open_case (subject, machine, nk, target, file) values (p_subject, p_machine, v_nk, p_target, v_num)
      on conflict (subject, machine, nk, target) do nothing;
    if not found then return query select 10::smallint, null::bigint, null::timestamptz, null::smallint; return; end if;
  end if;
  begin
    insert into xinheng.action (subject, num, nk, actor, unit, pack, kind, sealed, file, step, before, machine, after, owner, target,
      proposer, other, opens, waits, hiding, marked, window_before, window_end, due, hides_before, hides_from)
    overriding system value
    values (p_subject, v_num, v_nk, p_actor, coalesce(v_account.unit, 0), p_pack, p_kind, p_sealed, coalesce(p_file, v_num),
      coalesce(v_last.step, 0) + 1, v_last.step, p_machine, v_rule.after, coalesce(v_last.owner, p_owner), coalesce(v_last.target, p_target),
      coalesce(v_last.proposer, p_actor), v_rule.other, v_rule.opens, v_rule.waits, v_rule.hiding, v_rule.marked,
      coalesce(v_last.window_end, '-infinity'), case when v_rule.opens then p_window else coalesce(v_last.window_end, '-infinity') end,
      p_due, coalesce(v_last.hides_from, 'infinity'), case v_rule.hiding when 'no' then 'infinity' when 'now' then xinheng.today() else case when v_last.hides_from <= xinheng.today() then xinheng.today() else p_hides end end);
  exception when unique_violation then
    return query select 9::smallint, null::bigint, null::timestamptz, null::smallint; return;
  end;
  if not exists (select from xinheng.step_rule u where u.machine = p_machine and u.after = p_kind) then
    delete from xinheng.open_case o where o.subject = p_subject and o.file = coalesce(p_file, v_num);
  end if;
  if v_rule.hiding = 'now' and v_nk <> 0 then
    perform xinheng.recall(p_subject, v_nk, v_rule.ended, v_num);
  end if;
  if p_title is not null then
    insert into xinheng.notice (subject, title, text, action) values (p_subject, p_title, p_text, v_num);
  end if;
  return query select 0::smallint, v_num, xinheng.instant(), (coalesce(v_last.step, 0) + 1)::smallint;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.tell_corrected(p_submission integer, p_limit integer)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_told xinheng.correction_told; v_last uuid;
begin
  if not exists (select from xinheng.submission s where s.num = p_submission and s.accepted and s.version_rows > 0) then return false; end if;
  insert into xinheng.correction_told (submission) values (p_submission) on conflict do nothing;
  select c.* into v_told from xinheng.correction_told c where c.submission = p_submission for update;
  if v_told.done then return false; end if;
  v_last := xinheng.recall_meanwhile(p_submission, v_told.after, p_limit);
  update xinheng.correction_told c set after = coalesce(v_last, c.after), done = v_last is null where c.submission = p_submission;
  return v_last is not null;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.term_end(p_calendar jsonb, p_day date, p_period text)
 RETURNS date
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_wd integer := (regexp_match(p_period, '^P(\d+)WD$'))[1]::integer; v_left integer; v_day date; v_year jsonb; v_for double precision;
begin
  v_left := coalesce(v_wd, 1);
  v_day := case when v_wd is null then (p_day + p_period::interval)::date else p_day + 1 end;
  loop
    if v_for is distinct from extract(year from v_day) then
      v_for := extract(year from v_day);
      v_year := (select y from jsonb_array_elements(p_calendar) y where (y ->> 'year')::integer = v_for);
    end if;
    if v_year is null then
      return case when v_wd is null then (p_day + p_period::interval)::date + 13
        else p_day + (ceil((v_wd + (1 + v_wd / 230) * 24) / 5.0) * 7 + 2)::integer end;
    end if;
    if (extract(isodow from v_day) > 5 and v_year -> 'worked' ? v_day::text) or (extract(isodow from v_day) < 6 and not v_year -> 'off' ? v_day::text) then
      v_left := v_left - 1;
      if v_left = 0 then return v_day; end if;
    end if;
    v_day := v_day + 1;
  end loop;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.tip_by_code(p_code_hash bytea)
 RETURNS TABLE(tip integer, kind text, num smallint, step text, unit smallint, at timestamp with time zone, sealed bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select t.num, t.kind, s.num, s.kind, s.unit, s.at, case when s.kind <> 'route' then s.sealed end
  from xinheng.tip t join xinheng.tip_step s on s.tip = t.num where t.code_hash = p_code_hash order by s.num
$function$
;

CREATE OR REPLACE FUNCTION xinheng.tip_counts()
 RETURNS TABLE(kind text, answered boolean, count bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select t.kind, exists (select from xinheng.tip_step s where s.tip = t.num and s.kind = 'answer'), count(*) from xinheng.tip t group by 1, 2
$function$
;

CREATE OR REPLACE FUNCTION xinheng.tip_queue(p_actor integer)
 RETURNS TABLE(tip integer, kind text, at timestamp with time zone, step smallint, state text, since timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select t.num, t.kind, t.at, s.num, s.kind, s.at
  from xinheng.account a join xinheng.tip_step s on s.unit = a.unit join xinheng.tip t on t.num = s.tip
  where a.num = p_actor and a.closed_at is null and a.roles && '{clerk,reviewer}'::text[]
    and not exists (select from xinheng.tip_step n where n.tip = s.tip and n.num > s.num)
  order by s.kind = 'answer', t.num limit 500
$function$
;

CREATE OR REPLACE FUNCTION xinheng.today()
 RETURNS date
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select (xinheng.instant() at time zone 'Asia/Shanghai')::date $function$
;

CREATE OR REPLACE FUNCTION xinheng.told_items()
 RETURNS smallint[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  return array(select i.num from xinheng.item i where i.id in (
    select e ->> 'id' from xinheng.pack p, jsonb_array_elements(p.content -> 'items') e
    where p.num = xinheng.pack_in_force() and e ? 'notify'));
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.told_records(p_subject uuid)
 RETURNS TABLE(nk bigint, at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select r.nk, s.at
  from (select q.*, lead(q.nk) over (order by q.nk) as next from xinheng.record q where q.subject = p_subject) r
    join xinheng.item i on i.num = r.item join xinheng.submission s on s.num = r.submission
  where r.item = any ((select xinheng.told_items())::smallint[]) and (r.next is null or r.next >> 10 <> r.nk >> 10) and s.at <= xinheng.instant() and r.decided + i.longest > xinheng.today()
    and (r.nk >> 10) << 10 <> all (xinheng.hidden(p_subject, xinheng.today()))
$function$
;

CREATE OR REPLACE FUNCTION xinheng.unit_of(p_actor integer, p_roles text[])
 RETURNS smallint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select a.unit from xinheng.account a where a.num = p_actor and a.closed_at is null and a.unit is not null and a.roles && p_roles
$function$
;

CREATE OR REPLACE FUNCTION xinheng.units_seen(p_actor integer)
 RETURNS smallint[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select coalesce(array_agg(u.num), '{}') from xinheng.unit u where xinheng.sees_rank(p_actor, u.rank)
$function$
;

CREATE OR REPLACE FUNCTION xinheng.use_account_code(p_name text, p_hash bytea, p_first bytea, p_second bytea, p_password text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_code xinheng.account_code;
begin
  select c.* into v_code from xinheng.account_code c join xinheng.account a on a.num = c.account
      join xinheng.account_decision d on d.num = c.decision join xinheng.account_change g on g.num = d.change
    where case when g.half is null then c.hash = p_hash else g.half = p_first and c.hash = p_second end
      and a.name = p_name and a.closed_at is null and c.at > xinheng.instant() - interval '1 day'
      and (xinheng.strong_of(a.roles) is null or d.strong)
      -- a later code makes an earlier one void
      and not exists (select from xinheng.account_code e where e.account = c.account and e.decision > c.decision)
    for update of a;
  if v_code.decision is null then return null; end if;
  insert into xinheng.account_code_use (num) values (v_code.decision) on conflict do nothing;
  if not found then return null; end if;
  update xinheng.account set password = p_password where num = v_code.account;
  update xinheng.session set ended_at = clock_timestamp() where account = v_code.account and ended_at is null;
  return v_code.account;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.watch_capacity()
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  perform pg_advisory_xact_lock_shared(7304);
  return exists (select from xinheng.capacity);
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.withdraw_record(p_actor integer, p_subject uuid, p_nk bigint, p_pack smallint, p_sealed bytea)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
declare
  v_unit smallint; v_num bigint; v_at timestamptz;
begin
  select a.unit into v_unit from xinheng.account a
    where a.num = p_actor and a.closed_at is null and a.unit is not null and 'clerk' = any (a.roles);
  perform from xinheng.record r where r.subject = p_subject and r.nk between p_nk and p_nk + 1023 and r.unit = v_unit limit 1;
  if not found then return null; end if;
  insert into xinheng.action (subject, nk, actor, unit, pack, kind, sealed)
    values (p_subject, (p_nk >> 10) << 10, p_actor, v_unit, p_pack, 'withdraw', p_sealed) returning num, at into v_num, v_at;
  perform xinheng.recall(p_subject, p_nk, 'withdrawn', v_num);
  return v_at;
end $function$
;

CREATE OR REPLACE FUNCTION xinheng.withheld_count()
 RETURNS TABLE(ground text, count bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
  select w.ground, count(*) from xinheng.access_withheld w where w.until > xinheng.today() group by w.ground order by w.ground
$function$
;

CREATE OR REPLACE FUNCTION xinheng.write_content(p_actor integer, p_content integer, p_kind text, p_title jsonb, p_body jsonb, p_day date, p_until date, p_consent text, OUT outcome smallint, OUT num integer, OUT version smallint)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'xinheng'
AS $function$
begin
  outcome := 0;
  if not xinheng.edits_content(p_actor, 'clerk') then outcome := 1; return; end if;
  if p_content is null then
    insert into xinheng.content (kind) values (p_kind) returning content.num into num;
  else
    select c.num into num from xinheng.content c where c.num = p_content and c.kind = p_kind for update;
    if num is null then outcome := 6; return; end if;
  end if;
  select coalesce(max(v.version), 0) + 1 into version from xinheng.content_version v where v.content = write_content.num;
  insert into xinheng.content_version (content, version, kind, author, title, body, day, until, consent)
    values (num, version, p_kind, p_actor, p_title, p_body, p_day, p_until, p_consent);
end $function$
;

-- ── Triggers

CREATE TRIGGER ledger_tile_grows BEFORE UPDATE ON xinheng.ledger_tile FOR EACH ROW EXECUTE FUNCTION xinheng.ledger_tile_grows();

-- ── Policies

create policy ledger on xinheng.consent for select to xinheng_sequencer using (true);

create policy own on xinheng.consent for all to public using ((subject = (NULLIF(current_setting('xinheng.subject'::text, true), ''::text))::uuid)) with check (((subject = (NULLIF(current_setting('xinheng.subject'::text, true), ''::text))::uuid) AND xinheng.may_consent(subject, given_by)));

create policy ledger on xinheng.consent_end for select to xinheng_sequencer using (true);

create policy own on xinheng.consent_end for all to public using ((subject = (NULLIF(current_setting('xinheng.subject'::text, true), ''::text))::uuid));

create policy own on xinheng.contact for all to public using ((subject = (NULLIF(current_setting('xinheng.subject'::text, true), ''::text))::uuid));

create policy own on xinheng.held_chunk for all to public using ((unit = (NULLIF(current_setting('xinheng.unit'::text, true), ''::text))::smallint));

create policy own on xinheng.held_decision for all to public using ((unit = (NULLIF(current_setting('xinheng.unit'::text, true), ''::text))::smallint));

create policy own on xinheng.held_file for all to public using ((unit = (NULLIF(current_setting('xinheng.unit'::text, true), ''::text))::smallint));

create policy own on xinheng.matter for all to public using ((unit = (NULLIF(current_setting('xinheng.unit'::text, true), ''::text))::smallint));

create policy own on xinheng.notice for all to public using ((subject = (NULLIF(current_setting('xinheng.subject'::text, true), ''::text))::uuid));

-- ── Grants: tables and sequences

grant select on xinheng.access to xinheng_sequencer;

grant select on xinheng.access_review to xinheng_sequencer;

grant select on xinheng.account to xinheng_app;

grant select on xinheng.account_change to xinheng_sequencer;

grant select on xinheng.account_code_use to xinheng_sequencer;

grant select on xinheng.account_decision to xinheng_sequencer;

grant select on xinheng.account_seen to xinheng_sequencer;

grant select on xinheng.action to xinheng_sequencer;

grant select on xinheng.bulletin to xinheng_sequencer;

grant select on xinheng.bulletin_step to xinheng_sequencer;

grant select on xinheng.campaign to xinheng_sequencer;

grant select on xinheng.campaign_act to xinheng_sequencer;

grant select on xinheng.campaign_drawn to xinheng_sequencer;

grant select on xinheng.consent to xinheng_app;

grant select on xinheng.consent to xinheng_sequencer;

grant select on xinheng.consent_end to xinheng_app;

grant select on xinheng.consent_end to xinheng_sequencer;

grant select on xinheng.contact to xinheng_app;

grant select on xinheng.content_public to xinheng_app;

grant usage on sequence xinheng.entry_num to xinheng_app;

grant select on xinheng.export to xinheng_sequencer;

grant insert, select on xinheng.held_chunk to xinheng_app;

grant insert, select on xinheng.held_decision to xinheng_app;

grant insert, select on xinheng.held_file to xinheng_app;

grant usage on sequence xinheng.held_file_num_seq to xinheng_app;

grant select on xinheng.item to xinheng_app;

grant select on xinheng.ledger_batch to xinheng_app;

grant select on xinheng.ledger_batch to xinheng_reader;

grant insert, select on xinheng.ledger_batch to xinheng_sequencer;

grant select on xinheng.ledger_checkpoint to xinheng_app;

grant select on xinheng.ledger_checkpoint to xinheng_reader;

grant insert, select on xinheng.ledger_checkpoint to xinheng_sequencer;

grant select on xinheng.ledger_log to xinheng_app;

grant select on xinheng.ledger_log to xinheng_reader;

grant select on xinheng.ledger_log to xinheng_sequencer;

grant select on xinheng.ledger_tile to xinheng_app;

grant select on xinheng.ledger_tile to xinheng_reader;

grant insert, select on xinheng.ledger_tile to xinheng_sequencer;

grant select on xinheng.letter_result to xinheng_sequencer;

grant insert, select on xinheng.matter to xinheng_app;

grant select on xinheng.notice to xinheng_app;

grant select on xinheng.notice_opened to xinheng_sequencer;

grant select on xinheng.notice_receipt to xinheng_sequencer;

grant select on xinheng.notice_result to xinheng_sequencer;

grant select on xinheng.pack to xinheng_app;

grant select on xinheng.pack_applied to xinheng_app;

grant select on xinheng.pack_draft to xinheng_app;

grant select on xinheng.pack_draft to xinheng_sequencer;

grant select on xinheng.pack_draft_rule to xinheng_app;

grant select on xinheng.pack_draft_step to xinheng_app;

grant select on xinheng.pack_draft_step to xinheng_sequencer;

grant select on xinheng.pack_load to xinheng_app;

grant select on xinheng.pack_load to xinheng_sequencer;

grant select on xinheng.place to xinheng_app;

grant select on xinheng.purpose to xinheng_app;

grant insert on xinheng.record to xinheng_app;

grant select on xinheng.session to xinheng_app;

grant select on xinheng.sign_in_attempt to xinheng_app;

grant select on xinheng.step_rule to xinheng_app;

grant insert on xinheng.subject to xinheng_app;

grant insert, select on xinheng.submission to xinheng_app;

grant select on xinheng.submission to xinheng_sequencer;

grant insert, select on xinheng.submission_error to xinheng_app;

grant select on xinheng.submission_error to xinheng_sequencer;

grant usage on sequence xinheng.submission_num to xinheng_app;

grant select on xinheng.supervision to xinheng_sequencer;

grant insert, select on xinheng.term to xinheng_app;

grant usage on sequence xinheng.term_num to xinheng_app;

grant usage on sequence xinheng.tip_num to xinheng_app;

grant select on xinheng.unit to xinheng_app;

grant select on xinheng.visible to xinheng_app;

-- ── Grants: columns

grant select (num, name, display, unit, roles, subject, opened_at, closed_at, opened_roles) on xinheng.account to xinheng_sequencer;

grant insert (subject, unit, purpose, expires_at, given_by) on xinheng.consent to xinheng_app;

grant insert (subject, consent) on xinheng.consent_end to xinheng_app;

grant insert (subject, channel, sealed) on xinheng.contact to xinheng_app;

grant insert (subject, nk, kind, unit, name) on xinheng.handover to xinheng_app;

grant insert (subject, nk, mac, submission, decided, item, unit, body, sealed) on xinheng.incoming_record to xinheng_app;

grant insert (subject, name_mac, kind, sealed, name) on xinheng.incoming_subject to xinheng_app;

grant update (bytes) on xinheng.ledger_tile to xinheng_sequencer;

grant update (closed_at) on xinheng.matter to xinheng_app;

grant select (num, digest, id, version) on xinheng.pack to xinheng_sequencer;

grant insert (token_hash, account, csrf, expires_at, machine) on xinheng.session to xinheng_app;

grant update (ended_at, seen_at) on xinheng.session to xinheng_app;

grant insert (name_hash, ok, address_hash) on xinheng.sign_in_attempt to xinheng_app;

-- ── Grants: functions (public means: not revoked)

grant execute on function xinheng.accesses_self(integer,bigint,integer) to xinheng_app;

grant execute on function xinheng.account_changes(integer) to xinheng_app;

grant execute on function xinheng.account_losses(integer) to xinheng_app;

grant execute on function xinheng.acknowledge_end(integer,uuid,bigint,date,text) to xinheng_app;

grant execute on function xinheng.acknowledge_recall(integer,uuid,bigint,text) to xinheng_app;

grant execute on function xinheng.act_on_campaign(integer,integer,text,text,bytea) to xinheng_app;

grant execute on function xinheng.add_evidence(integer,uuid,bigint,text,integer,bytea,bytea,text) to xinheng_app;

grant execute on function xinheng.add_incident_step(integer,integer,text,text,jsonb,jsonb) to xinheng_app;

grant execute on function xinheng.add_supervision(integer,text,text,smallint,date,integer,integer,jsonb) to xinheng_app;

grant execute on function xinheng.approved_from(timestamp with time zone) to xinheng_app;

grant execute on function xinheng.approved_layers(timestamp with time zone) to xinheng_app;

grant execute on function xinheng.archive_for(integer,uuid,timestamp with time zone) to xinheng_app;

grant execute on function xinheng.archive_past(integer,uuid,text,timestamp with time zone) to xinheng_app;

grant execute on function xinheng.archive_self(integer,timestamp with time zone) to xinheng_app;

grant execute on function xinheng.authorities_self(integer) to xinheng_app;

grant execute on function xinheng.bring_into_force() to xinheng_app;

grant execute on function xinheng.campaign_candidates(integer,integer,uuid) to xinheng_app;

grant execute on function xinheng.campaign_cases(integer,integer) to xinheng_app;

grant execute on function xinheng.campaign_figures(integer) to xinheng_app;

grant execute on function xinheng.campaign_of(integer,uuid,bigint) to xinheng_app;

grant execute on function xinheng.capacity_due(uuid,bigint,date) to xinheng_app;

grant execute on function xinheng.case_figures(date,date) to xinheng_app;

grant execute on function xinheng.case_queue(integer,text) to xinheng_app;

grant execute on function xinheng.case_service(integer,uuid,bigint) to xinheng_app;

grant execute on function xinheng.case_steps(integer,uuid,bigint) to xinheng_app;

grant execute on function xinheng.cases_self(integer,uuid,bigint) to xinheng_app;

grant execute on function xinheng.change_account(integer,integer,text,text[],text,bytea,bytea) to xinheng_app;

grant execute on function xinheng.check_report(text) to xinheng_app;

grant execute on function xinheng.close_account(integer,integer,text) to xinheng_app;

grant execute on function xinheng.code_figures(smallint[]) to xinheng_app;

grant execute on function xinheng.consents_for(integer,uuid) to xinheng_app;

grant execute on function xinheng.contacts_present(integer,uuid) to xinheng_app;

grant execute on function xinheng.corrections_untold() to xinheng_app;

grant execute on function xinheng.count_by_value(smallint[],smallint[],text[],smallint[]) to xinheng_app;

grant execute on function xinheng.count_subjects(smallint[],smallint[]) to xinheng_app;

grant execute on function xinheng.decide_account(integer,integer,boolean,text,bytea) to xinheng_app;

grant execute on function xinheng.decide_bulletin(integer,integer,text,text) to xinheng_app;

grant execute on function xinheng.draw_into_campaign(integer,integer,smallint,uuid[],smallint[]) to xinheng_app;

grant execute on function xinheng.draw_notices(timestamp with time zone) to xinheng_app;

grant execute on function xinheng.end_authority(integer,uuid,bigint,jsonb,jsonb) to xinheng_app;

grant execute on function xinheng.end_presence(integer,bigint) to xinheng_app;

grant execute on function xinheng.enter_campaign_case(uuid,bigint,integer) to xinheng_app;

grant execute on function xinheng.enter_campaign_step(uuid,bigint) to xinheng_app;

grant execute on function xinheng.enter_capacity(uuid,bigint,date,bigint[],bytea[]) to xinheng_app;

grant execute on function xinheng.enter_carried(uuid,bigint) to xinheng_app;

grant execute on function xinheng.enter_entry(uuid,bigint) to xinheng_app;

grant execute on function xinheng.enter_ground(uuid,bigint,bytea,bytea) to xinheng_app;

grant execute on function xinheng.enter_listing(uuid,bigint,text,text,text,boolean,uuid,bigint) to xinheng_app;

grant execute on function xinheng.enter_measure(uuid,bigint,text) to xinheng_app;

grant execute on function xinheng.enter_received(uuid,bigint) to xinheng_app;

grant execute on function xinheng.enter_repair(uuid,bigint,text) to xinheng_app;

grant execute on function xinheng.enter_window(uuid,bigint) to xinheng_app;

grant execute on function xinheng.entry_published(uuid,bigint) to xinheng_app;

grant execute on function xinheng.erase_record(integer,uuid,bigint,smallint,integer,bytea) to xinheng_eraser;

grant execute on function xinheng.file_tip(integer,bytea,text,smallint,bytea) to xinheng_app;

grant execute on function xinheng.find_presence(integer,bigint) to xinheng_app;

grant execute on function xinheng.find_refuted(integer,uuid,bigint,text,bytea,bytea) to xinheng_app;

grant execute on function xinheng.find_refuted_of(integer,uuid,bigint) to xinheng_app;

grant execute on function xinheng.forget_bare(uuid[]) to xinheng_app;

grant execute on function xinheng.grant_authority(integer,uuid,uuid,text,date,date,bytea,jsonb,jsonb) to xinheng_app;

grant execute on function xinheng.hold_campaign(integer) to xinheng_app;

grant execute on function xinheng.incapable(uuid[]) to xinheng_app;

grant execute on function xinheng.instant() to xinheng_app;

grant execute on function xinheng.is_office(integer,text[]) to xinheng_app;

grant execute on function xinheng.is_office_for(integer,text[],smallint) to xinheng_app;

grant execute on function xinheng.issue_report(integer,text,text,timestamp with time zone,text,uuid,text,bigint,text,text,date,date,smallint[],text,bytea,bytea,date) to xinheng_app;

grant execute on function xinheng.last_load() to xinheng_app;

grant execute on function xinheng.letter_history(integer,uuid,bigint) to xinheng_app;

grant execute on function xinheng.letters(integer) to xinheng_app;

grant execute on function xinheng.letters_served(integer) to xinheng_app;

grant execute on function xinheng.list_candidates(integer,boolean,text,smallint[],date,integer) to xinheng_app;

grant execute on function xinheng.list_entries(text,integer,integer,smallint[]) to xinheng_app;

grant execute on function xinheng.list_published(smallint[],smallint[],date,date,boolean,integer,date,bigint,uuid) to xinheng_app;

grant execute on function xinheng.listing_board(integer) to xinheng_app;

grant execute on function xinheng.log_export(integer,text,integer,bytea) to xinheng_app;

grant execute on function xinheng.log_failed(integer,smallint,smallint,text,uuid) to xinheng_app;

grant execute on function xinheng.look_up(integer,smallint,text,uuid,text,date) to xinheng_app;

grant execute on function xinheng.may_consent(uuid,integer) to xinheng_app;

grant execute on function xinheng.measures_of_unit(integer) to xinheng_app;

grant execute on function xinheng.measures_self(integer,uuid) to xinheng_app;

grant execute on function xinheng.merge_subjects() to xinheng_app;

grant execute on function xinheng.note_letter(integer,uuid,bigint,date,text,text,boolean) to xinheng_app;

grant execute on function xinheng.note_own_service(uuid,bigint,text) to xinheng_app;

grant execute on function xinheng.note_receipt(uuid,bigint,text,smallint,boolean,text) to xinheng_app;

grant execute on function xinheng.note_service(uuid,bigint,text,smallint,text,text,text) to xinheng_app;

grant execute on function xinheng.notice_served(integer,uuid,bigint,text) to xinheng_app;

grant execute on function xinheng.notices_self(integer,uuid) to xinheng_app;

grant execute on function xinheng.open_account(integer,text,jsonb,smallint,text[],uuid,text) to xinheng_app;

grant execute on function xinheng.open_incident(integer,text,text,text,timestamp with time zone,timestamp with time zone) to xinheng_app;

grant execute on function xinheng.open_pack_draft(integer,text,text,jsonb,bytea) to xinheng_app;

grant execute on function xinheng.open_presence(integer,uuid,text,text,jsonb,jsonb) to xinheng_app;

grant execute on function xinheng.open_report(uuid,smallint[],timestamp with time zone) to xinheng_app;

grant execute on function xinheng.own_access(integer,bigint) to xinheng_app;

grant execute on function xinheng.own_action(integer,bigint) to xinheng_app;

grant execute on function xinheng.own_submission(integer,bigint) to xinheng_app;

grant execute on function xinheng.pack_at(timestamp with time zone) to xinheng_app, xinheng_reader;

grant execute on function xinheng.pack_in_force() to xinheng_app, xinheng_reader;

grant execute on function xinheng.prepare_bulletin(integer,date,date,text,bytea) to xinheng_app;

grant execute on function xinheng.print_letter(integer,uuid,bigint) to xinheng_app;

grant execute on function xinheng.propose_campaign(integer,text,date,date,text) to xinheng_app;

grant execute on function xinheng.public_campaigns() to xinheng_app;

grant execute on function xinheng.publicity_counts(integer,date,date) to xinheng_app;

grant execute on function xinheng.publicity_slow(integer,date,date,integer) to xinheng_app;

grant execute on function xinheng.published_of(uuid[]) to xinheng_app;

grant execute on function xinheng.read_access_reviews(integer) to xinheng_app;

grant execute on function xinheng.read_bulletins(integer,integer) to xinheng_app;

grant execute on function xinheng.read_campaign_acts(integer,integer) to xinheng_app;

grant execute on function xinheng.read_campaign_records(integer,uuid,bigint) to xinheng_app;

grant execute on function xinheng.read_campaigns(integer,integer) to xinheng_app;

grant execute on function xinheng.read_case(integer,uuid,bigint) to xinheng_app;

grant execute on function xinheng.read_contents(integer,integer) to xinheng_app;

grant execute on function xinheng.read_evidence(integer,uuid,bigint,bigint) to xinheng_app;

grant execute on function xinheng.read_exports(integer,timestamp with time zone,timestamp with time zone,integer) to xinheng_app;

grant execute on function xinheng.read_for_erasure(integer,uuid,bigint,text) to xinheng_eraser;

grant execute on function xinheng.read_incident_steps(integer,integer) to xinheng_app;

grant execute on function xinheng.read_incidents(integer) to xinheng_app;

grant execute on function xinheng.read_listing(integer,uuid,bigint) to xinheng_app;

grant execute on function xinheng.read_measure(integer,uuid,bigint) to xinheng_app;

grant execute on function xinheng.read_supervision(integer,text) to xinheng_app;

grant execute on function xinheng.read_tip(integer,integer) to xinheng_app;

grant execute on function xinheng.recall_queue(integer) to xinheng_app;

grant execute on function xinheng.recall_versions(integer,uuid) to xinheng_app;

grant execute on function xinheng.recalls_open(integer) to xinheng_app;

grant execute on function xinheng.recalls_self(integer,uuid) to xinheng_app;

grant execute on function xinheng.received_list(integer,uuid,bigint) to xinheng_app;

grant execute on function xinheng.received_records(integer,timestamp with time zone,timestamp with time zone) to xinheng_app;

grant execute on function xinheng.report_waits(bigint[]) to xinheng_sequencer;

grant execute on function xinheng.reports_of(integer,bigint) to xinheng_app;

grant execute on function xinheng.resolve_chunk(integer,uuid[],boolean) to xinheng_app;

grant execute on function xinheng.review_access(integer,text,integer,bigint,timestamp with time zone,integer,text,text,integer) to xinheng_app;

grant execute on function xinheng.review_accesses(integer,timestamp with time zone,timestamp with time zone,integer) to xinheng_app;

grant execute on function xinheng.search_organisations(integer,smallint,text,text) to xinheng_app;

grant execute on function xinheng.search_published(text,integer) to xinheng_app;

grant execute on function xinheng.see_account_loss(integer,integer) to xinheng_app;

grant execute on function xinheng.set_contact_present(integer,uuid,text,bytea,jsonb,jsonb) to xinheng_app;

grant execute on function xinheng.simulate_flag(integer,boolean,smallint[],date,integer,smallint[],date,integer) to xinheng_app;

grant execute on function xinheng.step_content(integer,integer,smallint,text,text,text) to xinheng_app;

grant execute on function xinheng.step_pack_draft(integer,integer,integer,text,text,jsonb,integer,date,text,text,jsonb,jsonb) to xinheng_app;

grant execute on function xinheng.step_tip(integer,integer,smallint,text,smallint,bytea) to xinheng_app;

grant execute on function xinheng.take_notices(text[],integer) to xinheng_app;

grant execute on function xinheng.take_step(integer,uuid,text,text,bigint,smallint,bigint,smallint,bigint,smallint,date,date,date,bytea,jsonb,jsonb) to xinheng_app;

grant execute on function xinheng.tell_corrected(integer,integer) to xinheng_app;

grant execute on function xinheng.tip_by_code(bytea) to xinheng_app;

grant execute on function xinheng.tip_counts() to xinheng_app;

grant execute on function xinheng.tip_queue(integer) to xinheng_app;

grant execute on function xinheng.today() to xinheng_app;

grant execute on function xinheng.use_account_code(text,bytea,bytea,bytea,text) to xinheng_app;

grant execute on function xinheng.watch_capacity() to xinheng_app;

grant execute on function xinheng.withdraw_record(integer,uuid,bigint,smallint,bytea) to xinheng_app;

grant execute on function xinheng.withheld_count() to xinheng_app;

grant execute on function xinheng.write_content(integer,integer,text,jsonb,jsonb,date,date,text) to xinheng_app;
