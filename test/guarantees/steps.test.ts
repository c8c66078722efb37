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
