import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRefusal } from '#domain/refusal.ts'
import { erase } from '#operations/erase.ts'
import { listKeys, rotateKeys, type Rotation } from '#operations/rotate-keys.ts'
import { withdraw } from '#operations/withdraw.ts'
import { loadKeys } from '#store/keys.ts'
import { replaceSealed } from '#store/rotation.ts'
import { sealAction } from '#store/action-seal.ts'
import { withApi } from '#test/api.ts'
import { commitment, commitmentFile } from '#test/people.ts'
import { withKeyFile } from './key-file.ts'
import { accepted, nameOf, withOffice } from './office.ts'

const done = (rotation: Awaited<ReturnType<typeof rotateKeys>>): Rotation => accepted(rotation)
const keysIn = async (path: string) =>
  Object.keys((JSON.parse(await readFile(path, 'utf8')) as { encryption: { keys: object } }).encryption.keys)

test('everything is sealed anew, reads as before, and the old key is gone', async (t) => {
  const { path, keys } = await withKeyFile(t)
  const office = await withOffice(t, 300, { keys })
  accepted(await withdraw(office.system, { actor: office.clerk, ...nameOf(0), reason: '报送有误' }))
  await erase(office.system, office.role('xinheng_eraser'), {
    actor: office.admin,
    ...nameOf(1),
    matter: '删1',
    reason: '本人申请',
  })
  await office.sequence()
  const before = accepted(await office.own(2))
  const macs = async () =>
    (
      await office.owner.query(
        `select md5(string_agg(subject || ' ' || nk || ' ' || mac || ' ' || md5(body), ',' order by subject, nk)) from xinheng.record`,
      )
    ).rows[0]
  const content = await macs()

  const rotation = done(await rotateKeys(office.owner, path))
  assert.deepEqual({ ...rotation, sealed: 0 }, { current: 2, resumed: false, sealed: 0, dropped: [1], kept: [] })
  assert.ok(rotation.sealed >= 302)
  assert.deepEqual(await keysIn(path), ['2'])
  assert.deepEqual(
    (await listKeys(office.owner, path)).map(({ key, current, held }) => [key, current, held]),
    [[2, true, true]],
  )
  assert.deepEqual(await macs(), content)
  assert.deepEqual(accepted(await office.own(2)).records, before.records)
  await office.sequence()
  assert.deepEqual(await office.ledger(), [], 'the leaves of actions do not change with their ciphertext')
  assert.equal(done(await rotateKeys(office.owner, path)).current, 3)
  assert.deepEqual(await office.ledger(), [])
})

test('--keep leaves the old key for old backups; the next rotation without it ends that', async (t) => {
  const { path, keys } = await withKeyFile(t)
  const office = await withOffice(t, 20, { keys })
  assert.deepEqual(done(await rotateKeys(office.owner, path, { keep: true })).kept, [1])
  assert.deepEqual(await keysIn(path), ['1', '2'])
  assert.partialDeepStrictEqual(done(await rotateKeys(office.owner, path)), {
    current: 2,
    resumed: true,
    sealed: 0,
    dropped: [1],
  })
})

test('a server goes on reading and writing while keys are rotated, and afterwards', async (t) => {
  const { path, keys } = await withKeyFile(t)
  const api = await withApi(t, { keys, limits: { address: 1e6, account: 1e6 } })
  const [clerk, officer, person] = [
    await api.as('clerk'),
    await api.as('officer', 'demo-approval'),
    await api.person(commitment(0).number),
  ]
  const send = (from: number, count: number) =>
    clerk.fetch('/api/v1/intake?item=commitment&fileName=x.csv', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: commitmentFile(Array.from({ length: count }, (_, at) => commitment(from + at))),
    })
  assert.equal((await send(0, 2000)).status, 200)
  const rotating = new AbortController()
  const statuses = new Map<number, number>()
  const records: number[] = []
  const reading = (async () => {
    for (let turn = 0; !rotating.signal.aborted; turn += 1) {
      const { status, body } = await officer.call('lookUp', {
        body: { number: commitment(turn % 2000).number, purpose: 'approval', matter: '审1' },
      })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      records.push(body.records?.length ?? -1)
    }
  })()
  const writing = (async () => {
    for (let turn = 0; !rotating.signal.aborted; turn += 1) {
      assert.equal((await send(2000 + turn * 20, 20)).status, 200)
      await sleep(20)
    }
  })()
  for (let turn = 0; turn < 3; turn += 1) {
    const { current, dropped } = done(await rotateKeys(api.owner, path))
    assert.deepEqual([current, dropped], [turn + 2, [turn + 1]])
  }
  rotating.abort()
  await Promise.all([reading, writing])
  assert.deepEqual([...statuses.keys()], [200])
  assert.ok(records.length > 50 && records.every((count) => count === 1), `${records.length} look-ups`)
  assert.equal((await send(9000, 5)).status, 200)
  assert.equal((await person.call('myArchive')).body.subject.name, commitment(0).name)
  assert.deepEqual(
    (await listKeys(api.owner, path)).map(({ key, held }) => [key, held]),
    [[4, true]],
  )
})

test('killed anywhere, a rotation is finished by the next; an old key stays while anything needs it', async (t) => {
  const { path, keys } = await withKeyFile(t)
  const office = await withOffice(t, 6000, { keys })
  await office.sequence()
  let kills = 0
  for (let last = ''; !last.startsWith('{');) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'rotate.fixture.ts'), office.url, path], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    child.stdout.on('data', (text: Buffer) => (last = text.toString()))
    const exit = once(child, 'exit')
    // later each time: within the wait, within the sealing, at the dropping of the key
    await Promise.race([exit, sleep(1900 + kills * 60)])
    if (child.exitCode === null) {
      kills += 1
      child.kill('SIGKILL')
    }
    await exit
    const held = await keysIn(path)
    for (const { key } of (await listKeys(office.owner, path)).filter(({ sealed }) =>
      Object.values(sealed).some((count) => count > 0),
    )) {
      assert.ok(held.includes(String(key)), `key ${key} is needed`)
    }
    assert.ok(held.length <= 2, 'no rotation begins before the last has ended')
  }
  t.diagnostic(`${kills} kills`)
  assert.ok(kills > 3)
  assert.deepEqual(await keysIn(path), ['2'])
  assert.deepEqual(await office.ledger(), [])
  assert.equal(accepted(await office.lookUp(17)).records.length, 1)
})

test('a value that came in with an old key after all keeps that key; two rotations do not meet', async (t) => {
  const { path, keys } = await withKeyFile(t)
  const office = await withOffice(t, 3, { keys })
  const old = { ...keys, path: undefined }
  const { makeCipher } = await import('#store/cipher.ts')
  const { subject } = await office.person(0)
  const late = async () => {
    await sleep(500)
    const sealed = sealAction(makeCipher(old), subject, 1024n, { reason: 'late' })
    const client = await office.owner.connect()
    try {
      // an open transaction: the rotation waits for it
      await client.query('begin')
      await client.query(
        `insert into xinheng.action (subject, nk, actor, unit, pack, kind, sealed) values ($1, 1024, 1, 1, 1, 'withdraw', $2)
         returning xinheng.recall(subject, nk, 'withdrawn', num)`,
        [subject, sealed],
      )
      await sleep(4000)
      await client.query('commit')
    } finally {
      client.release()
    }
  }
  const [, first, second] = await Promise.all([
    late(),
    rotateKeys(office.owner, path),
    sleep(300).then(() => rotateKeys(office.system.pool, path)),
  ])
  assert.deepEqual(done(first).dropped, [1])
  assert.ok(isRefusal(second) && second.code === 'rotation-running')
  const { encryption } = await loadKeys(path)
  assert.deepEqual([...encryption.keys.keys()], [2])
  assert.deepEqual(
    (await listKeys(office.owner, path)).map(({ key }) => key),
    [2],
  )
})

test('an old key stays while anything is sealed with it, and goes with the next rotation that frees it', async (t) => {
  const { path, keys } = await withKeyFile(t)
  const office = await withOffice(t, 5, { keys })
  // something holds one value where it is
  await office.owner.query(
    `create function xinheng.hold() returns trigger language plpgsql as 'begin return null; end'`,
  )
  await office.owner.query(
    'create trigger hold before update on xinheng.subject for each row execute function xinheng.hold()',
  )
  assert.partialDeepStrictEqual(done(await rotateKeys(office.owner, path)), { dropped: [], kept: [1] })
  assert.deepEqual(await keysIn(path), ['1', '2'])
  assert.equal(accepted(await office.lookUp(0)).records.length, 1)
  await office.owner.query('drop trigger hold on xinheng.subject')
  assert.partialDeepStrictEqual(done(await rotateKeys(office.owner, path)), {
    current: 2,
    resumed: true,
    dropped: [1],
    kept: [],
  })
})

test('what was erased while keys are rotated stays erased', async (t) => {
  const { path, keys } = await withKeyFile(t)
  const office = await withOffice(t, 5, { keys })
  const { subject } = await office.person(0)
  const { rows } = await office.owner.query<{ nk: bigint; mac: bigint }>(
    'select nk, mac from xinheng.record where subject = $1',
    [subject],
  )
  const [{ nk, mac } = { nk: 0n, mac: 0n }] = rows
  const was = office.system.cipher.sealAgain('敏感', mac, subject.replaceAll('-', ''))
  // read before the erasure, written after it
  const row = { a: subject, b: nk, mac, sealed: was }
  assert.equal(await replaceSealed(office.owner, 'record', [row], [Buffer.from('02ff', 'hex')]), 0)
  await office.owner.query('update xinheng.record set sealed = $3 where subject = $1 and nk = $2', [subject, nk, was])
  assert.equal(await replaceSealed(office.owner, 'record', [row], [Buffer.from('02ff', 'hex')]), 1)
  assert.equal(done(await rotateKeys(office.owner, path)).current, 2)
})
