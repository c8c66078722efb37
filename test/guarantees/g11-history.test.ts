import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { verifyLedger } from '#operations/ledger-verify.ts'
import { openPool } from '#store/db.ts'
import { getLedgerSigner } from '#store/ledger-leaf.ts'
import { roleUrl } from '#store/migrate.ts'
import { citizenNumber } from '#test/people.ts'
import { MATTER, withCity } from './city.fixture.ts'

// G11: history cannot be rewritten. Not by the application's role; and by a superuser only so that it is seen. All kinds
// of tampering are in test/ledger and all tables in test/intake/walls: here, once, over the public API.

const NUMBER = citizenNumber(1)

test('G11: what the application did cannot be undone by its role, and a superuser’s edit is named', async (t) => {
  const city = await withCity(t)
  const { owner, system, keys } = city
  await city.report({ item: 'penalty-person', decided: city.today(), number: NUMBER })
  await city.lookUp(NUMBER)
  const clerk = await city.staff('clerk', 'demo-market')
  await clerk.call('withdraw', {
    body: { item: 'penalty-person', number: NUMBER, naturalKey: ['衡字〔2026〕1号', ''], reason: '误报' },
  })
  for (const table of [
    'record',
    'subject',
    'action',
    'access',
    'submission',
    'consent',
    'consent_end',
    'held_decision',
    'access_withheld',
    'incident_step',
  ]) {
    for (const sql of [
      `update xinheng.${table} set ${table === 'access' ? 'matter' : 'ctid'} = null`,
      `delete from xinheng.${table}`,
      `truncate xinheng.${table}`,
    ]) {
      await assert.rejects(
        system.pool.query(sql),
        (error: { code?: string }) => error.code === '42501' || error.code === '0A000',
        sql,
      )
    }
  }
  const pool = openPool(roleUrl(city.url, 'xinheng_sequencer', keys), { max: 2 })
  const signer = await getLedgerSigner(keys, 'ledger.example/xinheng')
  await sequenceAll({ pool, keys, signer }, 3600).finally(() => pool.end())
  const findings = async () =>
    (await verifyLedger({ pool: owner, keys, log: signer, grace: -60 })).findings.map((finding) =>
      JSON.stringify(finding),
    )
  assert.deepEqual(await findings(), [])
  const checkpoint = await city.nobody.call('checkpoint')
  assert.match(checkpoint.text, /^ledger\.example\/xinheng\n\d+\n/)
  for (const sql of [
    `update xinheng.access set matter = '另一事' where matter = '${MATTER}'`,
    `update xinheng.record set decided = decided - 1`,
    `delete from xinheng.access where ground = 1`,
  ]) {
    const client = await owner.connect()
    try {
      await client.query('begin')
      assert.ok(((await client.query(sql)).rowCount ?? 0) > 0, sql)
      await client.query('commit')
    } finally {
      client.release()
    }
    const found = await findings()
    assert.ok(found.length > 0, sql)
    // the sums say that a block is wrong; its own mac says which record
    if (sql.includes('xinheng.record'))
      assert.ok(
        found.some((one) => one.includes('its content is not what was reported')),
        found.join(),
      )
    if (sql.startsWith('update xinheng.access'))
      await owner.query(`update xinheng.access set matter = '${MATTER}' where matter = '另一事'`)
    else if (sql.startsWith('update')) await owner.query('update xinheng.record set decided = decided + 1')
    if (!sql.startsWith('delete')) assert.deepEqual(await findings(), [])
  }
})
