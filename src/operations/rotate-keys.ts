import type pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { refuse, type Refusal } from '#domain/refusal.ts'
import { actionBound } from '#store/action-seal.ts'
import { authorityBound } from '#store/authority.ts'
import { contactBound } from '#store/notice.ts'
import { makeCipher, type Cipher } from '#store/cipher.ts'
import { withClient } from '#store/db.ts'
import { tipBound } from '#store/content.ts'
import { evidenceBound } from '#store/evidence.ts'
import { heldBound } from '#store/held-seal.ts'
import { SECONDS_STALE } from '#store/keyring.ts'
import { addEncryptionKey, dropEncryptionKeys, loadKeys } from '#store/keys.ts'
import {
  countByKey,
  countPages,
  endRotationLock,
  MOST_AT_ONCE,
  readSealed,
  readTransactions,
  replaceSealed,
  SEALED,
  tryRotationLock,
  type SealedRow,
  type SealedTable,
} from '#store/rotation.ts'

export type RotationProgress = { table: SealedTable | 'waiting'; done: number; of: number; sealed: number }

export type Rotation = {
  current: number
  /** whether an earlier rotation was gone on with, instead of making a key */
  resumed: boolean
  /** values sealed anew */
  sealed: number
  dropped: number[]
  /** old keys that stay: because something still needs them, or because it was asked for */
  kept: number[]
}

const PAGES = 256

/**
 * Rotates the encryption keys while the system runs: makes a new one, seals everything anew with it in small batches,
 * and drops the old ones from the key file when nothing uses them any more. Killed at any instant it loses nothing, and
 * run again it goes on: a file with an old key in it is an unfinished rotation. A server that runs meets the new number
 * and reads the file (store/keyring). Records' macs, the ledger and subject keys do not change.
 *
 * Backups made before need the old keys: `keep` leaves them in the file. Refuses with busy where another rotation runs.
 */
export async function rotateKeys(
  owner: pg.Pool,
  path: string,
  options: { keep?: boolean; onProgress?: (progress: RotationProgress) => void } = {},
): Promise<Rotation | Refusal> {
  const { keep = false, onProgress } = options
  return withClient(owner, async (db) => {
    if (!(await tryRotationLock(db))) return refuse('rotation-running')
    try {
      const before = await loadKeys(path)
      const resumed = !keep && before.encryption.keys.size > 1
      const keys = resumed ? before : await addEncryptionKey(path)
      const { current } = keys.encryption
      await letOthersLearn(db, onProgress)
      const cipher = makeCipher(keys)
      let sealed = 0
      for (const table of SEALED)
        sealed += await sealTable(db, table, cipher, current, (done, of) => onProgress?.({ table, done, of, sealed }))
      const used = new Set((await countByKey(db)).map(({ key }) => key))
      const old = [...keys.encryption.keys.keys()].filter((num) => num !== current)
      const dropped = keep ? [] : old.filter((num) => !used.has(num))
      if (dropped.length > 0) await dropEncryptionKeys(path, dropped)
      return { current, resumed, sealed, dropped, kept: old.filter((num) => !dropped.includes(num)) }
    } finally {
      await endRotationLock(db).catch(() => undefined)
    }
  })
}

/**
 * Waits until whatever was sealed with an old key can be seen: processes look at the file once a second, and what they
 * sealed before that is in a transaction that has begun by then.
 */
async function letOthersLearn(
  db: pg.PoolClient,
  onProgress: ((progress: RotationProgress) => void) | undefined,
): Promise<void> {
  await sleep(2 * SECONDS_STALE * 1000)
  const running = await readTransactions(db)
  for (;;) {
    const now = new Set(await readTransactions(db))
    const left = running.filter((id) => now.has(id)).length
    if (left === 0) return
    onProgress?.({ table: 'waiting', done: running.length - left, of: running.length, sealed: 0 })
    await sleep(500)
  }
}

async function sealTable(
  db: pg.PoolClient,
  table: SealedTable,
  cipher: Cipher,
  current: number,
  onPages: (done: number, of: number) => void,
): Promise<number> {
  let sealed = 0
  // new versions of rows go behind: the table may grow while it is read, and what is there has the new key already
  for (let from = 0, pages = await countPages(db, table); from < pages; from += PAGES) {
    for (;;) {
      const rows = await readSealed(db, table, from, from + PAGES, current)
      if (rows.length > 0)
        sealed += await replaceSealed(
          db,
          table,
          rows,
          rows.map((row) => sealAnew(table, row, cipher)),
        )
      if (rows.length < (MOST_AT_ONCE[table] ?? Infinity)) break
    }
    onPages(Math.min(from + PAGES, pages), pages)
  }
  return sealed
}

function sealAnew(table: SealedTable, { a, b, mac, sealed }: SealedRow, cipher: Cipher): Buffer {
  switch (table) {
    case 'record': {
      const subject = a.replaceAll('-', '')
      return cipher.sealAgain(cipher.openSealed(sealed, mac, subject), mac, subject)
    }
    case 'subject':
      return again(cipher, sealed, Buffer.from(a.replaceAll('-', ''), 'hex'))
    case 'action':
      return again(cipher, sealed, actionBound(a, b))
    case 'held_chunk':
      return again(cipher, sealed, heldBound(Number(a), Number(b)))
    case 'contact':
      return again(cipher, sealed, contactBound(a))
    case 'authority':
      return again(cipher, sealed, authorityBound(a))
    case 'evidence':
      return again(cipher, sealed, evidenceBound(a, b))
    case 'tip_step':
      return again(cipher, sealed, tipBound(Number(a), Number(b)))
  }
}

const again = (cipher: Cipher, sealed: Buffer, bound: Buffer): Buffer =>
  cipher.sealBytes(cipher.openBytes(sealed, bound), bound)

/** The encryption keys of the file and what each of them sealed. */
export async function listKeys(
  owner: pg.Pool,
  path: string,
): Promise<{ key: number; current: boolean; held: boolean; sealed: Record<string, number> }[]> {
  const { encryption } = await loadKeys(path)
  const counts = await countByKey(owner)
  const nums = [...new Set([...encryption.keys.keys(), ...counts.map(({ key }) => key)])].toSorted((a, b) => a - b)
  return nums.map((key) => ({
    key,
    current: key === encryption.current,
    // what a key that is not in the file sealed cannot be read any more
    held: encryption.keys.has(key),
    sealed: Object.fromEntries(
      SEALED.map((table) => [table, counts.find((one) => one.table === table && one.key === key)?.count ?? 0]),
    ),
  }))
}
