import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceFile, syncFolder, writeAside } from './whole-file.ts'

/**
 * The secrets of one installation. They live outside the database and its backups.
 * `index` and `ledger` cannot be rotated (subject keys and the ledger's leaves are computed with them);
 * `encryption` holds every key still in use by number, the newest encrypts; `roles` yields the database passwords.
 */
export type Keys = {
  index: Uint8Array
  ledger: Uint8Array
  roles: Uint8Array
  /** Ed25519 private key (PKCS 8, PEM) that signs the ledger's checkpoints */
  signing: string
  encryption: { current: number; keys: ReadonlyMap<number, Uint8Array> }
  /** the file they were read from, where there is one: rotation changes it while processes run (store/keyring) */
  path?: string | undefined
}

type KeysFile = {
  index: string
  ledger: string
  roles: string
  signing: string
  encryption: { current: number; keys: Record<string, string> }
}

const SECRET_BYTES = 64

const toFile = (keys: Keys): KeysFile => ({
  index: Buffer.from(keys.index).toString('base64'),
  ledger: Buffer.from(keys.ledger).toString('base64'),
  roles: Buffer.from(keys.roles).toString('base64'),
  signing: keys.signing,
  encryption: {
    current: keys.encryption.current,
    keys: Object.fromEntries([...keys.encryption.keys].map(([num, key]) => [num, Buffer.from(key).toString('base64')])),
  },
})

const encryptionOf = ({ encryption: { current, keys } }: KeysFile): Keys['encryption'] => ({
  current,
  keys: new Map(Object.entries(keys).map(([num, key]) => [Number(num), Buffer.from(key, 'base64')])),
})

function parseFile(text: string): KeysFile {
  const file: KeysFile = JSON.parse(text)
  // half a file, or another's: better no start than subject keys computed with nothing
  const whole = [file.index, file.ledger, file.roles, file.signing].every(
    (secret) => typeof secret === 'string' && secret !== '',
  )
  if (!whole || typeof file.encryption?.current !== 'number')
    throw new Error('the key file is not one of this program, or not whole')
  return file
}

const fromFile = (file: KeysFile, path: string): Keys => ({
  index: Buffer.from(file.index, 'base64'),
  ledger: Buffer.from(file.ledger, 'base64'),
  roles: Buffer.from(file.roles, 'base64'),
  signing: file.signing,
  encryption: encryptionOf(file),
  path,
})

/** The encryption keys as the file has them now. */
export const readEncryption = (path: string): Keys['encryption'] => encryptionOf(parseFile(readFileSync(path, 'utf8')))

async function makeKeys(): Promise<Keys> {
  const { generateKeyPairSync } = await import('node:crypto')
  const { privateKey } = generateKeyPairSync('ed25519')
  return {
    index: randomBytes(SECRET_BYTES),
    ledger: randomBytes(SECRET_BYTES),
    roles: randomBytes(SECRET_BYTES),
    signing: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    encryption: { current: 1, keys: new Map([[1, randomBytes(32)]]) },
  }
}

/** Where the keys of an installation are: `XINHENG_KEYS`, else keys.json in the data folder. */
export function keysPath(env: { XINHENG_KEYS?: string | undefined }, dataDir: string): string {
  return env.XINHENG_KEYS || join(dataDir, 'keys.json')
}

const SECRET = 0o600
const write = (keys: Keys) => `${JSON.stringify(toFile(keys), null, 2)}\n`

// on disk before anything is sealed with a key of it: what is sealed with a lost key is lost
async function replaceKeys(path: string, keys: Keys): Promise<Keys> {
  await replaceFile(path, write(keys), SECRET)
  return keys
}

/** Reads the keys; makes them when the installation has none yet. Two makers at once agree on one file. */
export async function loadKeys(path: string): Promise<Keys> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      return fromFile(parseFile(await readFile(path, 'utf8')), path)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
    const aside = await writeAside(path, write(await makeKeys()), SECRET)
    // link() refuses to replace: the first maker wins, the other reads the winner's file
    await link(aside, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    await rm(aside)
    await syncFolder(path)
  }
  return fromFile(parseFile(await readFile(path, 'utf8')), path)
}

/** Adds an encryption key and makes it current; older ones stay readable until nothing uses them. */
export async function addEncryptionKey(path: string): Promise<Keys> {
  const keys = await loadKeys(path)
  const current = Math.max(...keys.encryption.keys.keys()) + 1
  if (current > 255) throw new Error('the key number is one byte: drop unused encryption keys first')
  return replaceKeys(path, {
    ...keys,
    encryption: { current, keys: new Map([...keys.encryption.keys, [current, randomBytes(32)]]) },
  })
}

/** Forgets encryption keys that nothing is encrypted with any more. */
export async function dropEncryptionKeys(path: string, unused: number[]): Promise<Keys> {
  const keys = await loadKeys(path)
  const kept = new Map(
    [...keys.encryption.keys].filter(([num]) => num === keys.encryption.current || !unused.includes(num)),
  )
  return replaceKeys(path, { ...keys, encryption: { ...keys.encryption, keys: kept } })
}
