import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { loadKeys, type Keys } from '#store/keys.ts'
import { testKeys } from '#test/db.ts'

/** The keys of all tests in a file of the test's own. */
export async function withKeyFile(t: TestContext): Promise<{ path: string; keys: Keys }> {
  const folder = await mkdtemp(join(tmpdir(), 'xinheng-keys-'))
  t.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'keys.json')
  const { index, ledger, roles, signing, encryption } = testKeys()
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const keys = Object.fromEntries([...encryption.keys].map(([num, key]) => [num, text(key)]))
  await writeFile(
    path,
    JSON.stringify({
      index: text(index),
      ledger: text(ledger),
      roles: text(roles),
      signing,
      encryption: { current: encryption.current, keys },
    }),
  )
  return { path, keys: await loadKeys(path) }
}
