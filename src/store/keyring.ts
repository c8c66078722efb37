import { createSecretKey, type KeyObject } from 'node:crypto'
import { statSync } from 'node:fs'
import { readEncryption, type Keys } from './keys.ts'

/** An encryption key and its number, which stands in the first byte of whatever it sealed. */
export type NumberedKey = { num: number; key: KeyObject }

/**
 * The encryption keys of a process that runs while they are rotated. They are read again from their file when a number
 * is met that is unknown, and at most once a second before something is sealed: `keys rotate` waits longer than that
 * before it takes a key for unused (operations/rotate-keys).
 */
export type Keyring = { newest: () => NumberedKey; find: (num: number) => KeyObject }

export const SECONDS_STALE = 1

type Held = { newest: NumberedKey; all: ReadonlyMap<number, KeyObject> }

function hold({ current, keys }: Keys['encryption']): Held {
  const all = new Map([...keys].map(([num, bytes]) => [num, createSecretKey(bytes)]))
  const key = all.get(current)
  if (!key) throw new Error('the current encryption key is missing from the key file')
  return { newest: { num: current, key }, all }
}

export function openKeyring(keys: Keys): Keyring {
  const { path } = keys
  let held = hold(keys.encryption)
  let looked = Number.NEGATIVE_INFINITY
  let seen = ''
  const look = (always: boolean) => {
    if (path === undefined) return
    const now = performance.now()
    if (!always && now - looked < SECONDS_STALE * 1000) return
    looked = now
    try {
      const { mtimeMs, ino } = statSync(path)
      if (!always && seen === `${ino} ${mtimeMs}`) return
      const fresh = hold(readEncryption(path))
      // what was dropped meanwhile may still be read from a snapshot of before
      held = { ...fresh, all: new Map([...held.all, ...fresh.all]) }
      seen = `${ino} ${mtimeMs}`
    } catch {
      // a disk that fails for a moment: what we have still serves
    }
  }
  return {
    newest() {
      look(false)
      return held.newest
    },
    find(num) {
      if (!held.all.has(num)) look(true)
      const key = held.all.get(num)
      if (!key) throw new Error(`encrypted with key ${num}, which the key file does not hold`)
      return key
    },
  }
}
