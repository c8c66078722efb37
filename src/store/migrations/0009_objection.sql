-- The steps of an objection (domain/machines/objection.ts).
insert into xinheng.step_rule (machine, after, kind, party, roles, other, opens, waits, hiding, ended, marked, of_record) values
  ('objection', 'start', 'open', 'person', '{}', false, false, false, 'later', 'suspended', true, true),
  ('objection', 'open', 'forward', 'owner', '{clerk,reviewer}', false, false, false, 'later', 'suspended', true, false),
  ('objection', 'open', 'extend', 'owner', '{reviewer}', false, false, false, 'later', 'suspended', true, false),
  ('objection', 'forward', 'extend', 'owner', '{reviewer}', false, false, false, 'later', 'suspended', true, false),
  ('objection', 'open', 'retract', 'person', '{}', false, false, false, 'no', null, false, false),
  ('objection', 'forward', 'retract', 'person', '{}', false, false, false, 'no', null, false, false),
  ('objection', 'extend', 'retract', 'person', '{}', false, false, false, 'no', null, false, false),
  ('objection', 'open', 'reject', 'owner', '{reviewer}', false, false, false, 'no', null, false, false),
  ('objection', 'forward', 'reject', 'owner', '{reviewer}', false, false, false, 'no', null, false, false),
  ('objection', 'extend', 'reject', 'owner', '{reviewer}', false, false, false, 'no', null, false, false),
  ('objection', 'open', 'uphold-withdraw', 'owner', '{reviewer}', false, false, false, 'now', 'refuted', false, false),
  ('objection', 'forward', 'uphold-withdraw', 'owner', '{reviewer}', false, false, false, 'now', 'refuted', false, false),
  ('objection', 'extend', 'uphold-withdraw', 'owner', '{reviewer}', false, false, false, 'now', 'refuted', false, false);
