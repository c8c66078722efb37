import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withDatabase } from './db.ts'

test('a test has a database of its own, with the demo pack and the rights of the app role', async (t) => {
  const one = await withDatabase(t)
  const other = await withDatabase(t)
  assert.notEqual(one.url, other.url)
  assert.equal(one.system.reference.pack.id, 'demo')
  const { rows } = await one.system.pool.query<{ who: string }>('select current_user as who')
  assert.equal(rows[0]?.who, 'xinheng_app')
  await assert.rejects(one.system.pool.query('select from xinheng.record'), { code: '42501' })
})
