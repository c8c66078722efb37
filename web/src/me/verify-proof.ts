import { verifyCheckpoint } from '#domain/checkpoint.ts'
import { hashRow, sha256, verifyInclusion } from '#domain/merkle-verify.ts'
import { parseVerifierKey } from '#domain/note.ts'
import type { Reply } from '../api.ts'

/** What the page shows of the look-up, to hold against the row that is proved. */
export type Shown = { access: string; at: string; shown: number }

/** `signed`: the checkpoint bears the ledger's signature; false where this browser cannot tell. */
export type Verdict =
  | { result: 'good'; signed: boolean; index: number; size: number }
  | { result: 'bad' }
  | { result: 'unable' }

/**
 * Checks in this browser that a look-up's row is the one in the ledger: the row and its salt give the leaf, the leaf
 * and the siblings give the root, and the root is the checkpoint's; that this row says what the page shows; and that
 * the key the platform publishes (`key`) signed the checkpoint. That everybody is shown the same key and the same
 * checkpoint is not proved here: for that they are public, to be compared.
 */
export async function verifyProof(proof: Reply<'myProof'>, key: string, shown: Shown): Promise<Verdict> {
  // browsers hash only over HTTPS and on this machine
  if (!globalThis.crypto?.subtle) return { result: 'unable' }
  const [, size = '', root = ''] = proof.checkpoint.split('\n')
  const bytes = [proof.leaf, proof.salt, proof.row, ...proof.proof].map(readHex)
  const rootBytes = readBase64(root)
  const [leaf, salt, row, ...hashes] = bytes
  if (!leaf || !salt || !row || !rootBytes || !/^\d+$/.test(size)) return { result: 'bad' }
  const siblings = hashes.filter((hash) => hash !== undefined)
  if (siblings.length !== hashes.length) return { result: 'bad' }
  const text = new TextDecoder().decode(row)
  if (!saysSo(text, shown)) return { result: 'bad' }
  const computed = await hashRow(sha256, salt, text)
  const same = computed.every((byte, at) => byte === leaf[at])
  const inclusion = { index: proof.index, size: Number(size), hashes: siblings }
  const included = same && (await verifyInclusion(sha256, computed, inclusion, rootBytes))
  const signed = await isSigned(proof.checkpoint, key)
  if (!included || signed === false) return { result: 'bad' }
  return { result: 'good', signed: signed === true, index: proof.index, size: Number(size) }
}

/** Whether the key signed the checkpoint; undefined in browsers without Ed25519 (before 2023 to 2025). */
async function isSigned(checkpoint: string, key: string): Promise<boolean | undefined> {
  const log = await parseVerifierKey(key.trim())
  if (!log) return false
  try {
    return !('fault' in (await verifyCheckpoint(checkpoint, log)))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return undefined
    throw error
  }
}

/** Whether a row of the ledger is the look-up of that number and instant (to the millisecond), with as many records. */
function saysSo(row: string, { access, at, shown }: Shown): boolean {
  const { table, num, at: instant, shown: count }: Record<string, unknown> = JSON.parse(row)
  const same = typeof instant === 'string' && Math.abs(Date.parse(instant) - Date.parse(at)) < 2
  return table === 'access' && num === access && count === String(shown) && same
}

function readHex(text: string): Uint8Array | undefined {
  if (text.length % 2 === 1 || !/^[0-9a-f]*$/i.test(text)) return undefined
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function readBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    return undefined
  }
}
