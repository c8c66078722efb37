import assert from 'node:assert/strict'
import test from 'node:test'
import { MACHINES } from '#domain/machines.ts'
import { ruleRows } from '#domain/step.ts'
import { withDatabase } from '#test/db.ts'

const order = (rows: { machine: string; after: string; kind: string }[]) =>
  rows.toSorted((a, b) => (`${a.machine}/${a.after}/${a.kind}` < `${b.machine}/${b.after}/${b.kind}` ? -1 : 1))

test('the database knows the same steps as the domain, and no other', async (t) => {
  const { owner } = await withDatabase(t)
  const { rows } = await owner.query('select * from xinheng.step_rule')
  assert.deepEqual(order(rows), order(Object.values(MACHINES).flatMap(ruleRows)))
})

test('whoever inserts, a step that cannot follow is refused by key or check, also from the owner of the database', async (t) => {
  const { owner } = await withDatabase(t)
  const columns =
    'subject, num, nk, actor, unit, pack, kind, sealed, file, step, before, machine, after, owner, proposer, marked, hiding, hides_from'
  const insert = (values: string) =>
    owner.query(`insert into xinheng.action (${columns}) overriding system value values (gen_random_uuid(), ${values})`)
  const refused = async (values: string, why: RegExp) => assert.rejects(insert(values), why, values)
  const FK = /foreign key/
  const CHECK = /check constraint/
  // a decision with nothing to decide, or on a step that was never taken
  await refused(
    `900, 1024, 1, 1, 1, 'reject', '', 900, 1, null, 'objection', 'start', 1, 1, false, 'no', 'infinity'`,
    FK,
  )
  await refused(`901, 1024, 1, 1, 1, 'reject', '', 900, 2, 1, 'objection', 'open', 1, 1, false, 'no', 'infinity'`, FK)
  // an objection that silence would never suspend, or that leaves no mark
  await refused(
    `902, 1024, 1, 0, 1, 'open', '', 902, 1, null, 'objection', 'start', 1, 1, true, 'later', 'infinity'`,
    CHECK,
  )
  await refused(
    `903, 1024, 1, 0, 1, 'open', '', 903, 1, null, 'objection', 'start', 1, 1, false, 'later', '2999-01-01'`,
    FK,
  )
  // a case whose first step is somebody else's, or that begins in the middle
  await refused(
    `904, 1024, 1, 0, 1, 'open', '', 904, 1, null, 'objection', 'start', 1, 2, true, 'later', '2999-01-01'`,
    CHECK,
  )
  await refused(
    `905, 1024, 1, 0, 1, 'open', '', 904, 1, null, 'objection', 'start', 1, 1, true, 'later', '2999-01-01'`,
    CHECK,
  )
  // a withdrawal that hides nothing
  await refused(
    `906, 1024, 1, 1, 1, 'withdraw', '', null, 1, null, 'record', 'start', 0, 0, false, 'now', 'infinity'`,
    CHECK,
  )
})
