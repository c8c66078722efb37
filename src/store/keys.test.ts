import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { addEncryptionKey, dropEncryptionKeys, keysPath, loadKeys } from './keys.ts'

async function makePath(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'xinheng-keys-'))
  t.after(() => rm(dir, { recursive: true }))
  return join(dir, 'data', 'keys.json')
}

test('keys are made once, read again the same, and nobody else may read them', async (t) => {
  const path = await makePath(t)
  const made = await loadKeys(path)
  assert.deepEqual(await loadKeys(path), made)
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  assert.deepEqual(
    [made.index, made.ledger, made.roles].map((bytes) => bytes.length),
    [64, 64, 64],
  )
  assert.equal(
    new Set([made.index, made.ledger, made.roles].map((bytes) => Buffer.from(bytes).toString('hex'))).size,
    3,
  )
  assert.equal(made.encryption.keys.get(made.encryption.current)?.length, 32)
})

test('twenty makers at once agree on one file and leave nothing beside it', async (t) => {
  const path = await makePath(t)
  const all = await Promise.all(Array.from({ length: 20 }, () => loadKeys(path)))
  for (const keys of all) assert.deepEqual(keys, all[0])
  assert.deepEqual(await readdir(join(path, '..')), ['keys.json'])
})

test('a new encryption key becomes current, the older stay until they are dropped, the current never goes', async (t) => {
  const path = await makePath(t)
  const first = await loadKeys(path)
  const second = await addEncryptionKey(path)
  assert.equal(second.encryption.current, 2)
  assert.deepEqual([...second.encryption.keys.keys()], [1, 2])
  assert.deepEqual([second.index, second.ledger, second.signing], [first.index, first.ledger, first.signing])
  assert.deepEqual(await loadKeys(path), second)
  const third = await dropEncryptionKeys(path, [1, 2])
  assert.deepEqual([...third.encryption.keys.keys()], [2])
  assert.deepEqual(await loadKeys(path), third)
})

test('a damaged key file is never replaced', async (t) => {
  const path = await makePath(t)
  await loadKeys(path)
  const text = (await readFile(path, 'utf8')).slice(0, -20)
  await writeFile(path, text)
  await assert.rejects(loadKeys(path))
  assert.equal(await readFile(path, 'utf8'), text)
})

test('XINHENG_KEYS goes before the data folder', () => {
  assert.equal(keysPath({}, 'data'), join('data', 'keys.json'))
  assert.equal(keysPath({ XINHENG_KEYS: '/else/where' }, 'data'), '/else/where')
})
