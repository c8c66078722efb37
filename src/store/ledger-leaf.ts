import { createPrivateKey, hash } from 'node:crypto'
import { leafHash } from '#domain/merkle.ts'
import { makeSigner, type NoteSigner } from '#domain/note.ts'
import { actionBound } from './action-seal.ts'
import { makeCipher, makeHmac } from './cipher.ts'
import type { Keys } from './keys.ts'
import type { LedgerRow } from './ledger.ts'
import { LEDGER_SOURCES, type Source } from './ledger-sources.ts'

/** What a row is in the tree: `text` and `salt` (32 bytes) are shown to whoever may see the row, `hash` to all. */
export type Leaf = { text: string; salt: Buffer; hash: Uint8Array }

/**
 * Makes leaves: SHA-256(salt ‖ text), the salt being HMAC(ledger key, table and primary key). The salt is computed,
 * never stored; without it a leaf tells nothing, even to who can guess the row (decisions/003).
 */
export function makeLeaves(keys: Keys): (row: LedgerRow) => Leaf {
  const hmac = makeHmac(keys.ledger)
  const cipher = makeCipher(keys)
  return (row) => {
    const key = LEDGER_SOURCES[row.source].key.map((column) => row.columns.get(column))
    // content macs of records begin with a subject key, so that the two uses of the secret cannot meet
    const salt = Buffer.from(hmac(`leaf\u001f${row.source}\u001f${key.join('\u001f')}`), 'hex')
    const text = formatRow(row.source, row.source === 'action' ? openAction(row.columns) : row.columns)
    return { text, salt, hash: leafHash(hash('sha256', Buffer.concat([salt, Buffer.from(text)]), 'buffer')) }
  }

  /** An action's sealed part is committed to as it reads, because its ciphertext changes when keys are rotated. */
  function openAction(columns: LedgerRow['columns']): LedgerRow['columns'] {
    const sealed = Buffer.from(columns.get('sealed') ?? '', 'hex')
    const opened = new Map([...columns].filter(([name]) => name !== 'sealed'))
    if (sealed.length === 0) return opened
    const bound = actionBound(columns.get('subject') ?? '', BigInt(columns.get('nk') ?? 0))
    try {
      return opened.set('content', cipher.open(sealed, bound))
    } catch {
      // altered or moved ciphertext: a leaf that cannot be the one in the tree
      return opened.set('content', null).set('unreadable', 'true')
    }
  }
}

/** The row as JSON, columns in their order, all values as text, nulls left out. */
function formatRow(source: Source, columns: LedgerRow['columns']): string {
  let text = `{"table":"${source}"`
  for (const [column, value] of columns) if (value !== null) text += `,"${column}":${JSON.stringify(value)}`
  return `${text}}`
}

/** The key that signs checkpoints, under the log's name (its origin: an address without scheme). */
export async function getLedgerSigner(keys: Keys, origin: string): Promise<NoteSigner> {
  const { d } = createPrivateKey(keys.signing).export({ format: 'jwk' })
  return makeSigner(origin, Buffer.from(d ?? '', 'base64url'))
}
