/**
 * Checking Merkle proofs (RFC 9162 §2.1.3.2 and §2.1.4.2; the same trees as RFC 6962).
 * Nothing here needs a server: the hash is an argument, so that the person's browser runs the very code that the
 * command line and the tests run.
 */

/** SHA-256, by whatever means the caller has. */
export type HashFunction = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>

/** A tree as a checkpoint states it: so many leaves, this root (32 bytes). */
export type TreeHead = { size: number; root: Uint8Array }

/** That the leaf at `index` (from 0) is in a tree of `size` leaves: sibling hashes from the leaf upwards. */
export type InclusionProof = { index: number; size: number; hashes: Uint8Array[] }

/** SHA-256 by WebCrypto, which browsers and Node both have. */
export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  // A copy, because the browser's types refuse a view on shared memory.
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)))
}

/** Hash of one leaf: SHA-256(0x00 ‖ data). */
export async function hashLeaf(hash: HashFunction, data: Uint8Array): Promise<Uint8Array> {
  return hash(concat([new Uint8Array([0]), data]))
}

/**
 * Leaf hash of a row of our ledger: the leaf is SHA-256(salt ‖ row), the row being the text that came with the proof.
 * Without the salt nobody can tell by guessing what a published leaf stands for.
 */
export async function hashRow(hash: HashFunction, salt: Uint8Array, row: string): Promise<Uint8Array> {
  return hashLeaf(hash, await hash(concat([salt, new TextEncoder().encode(row)])))
}

/**
 * Whether the leaf hash stands at the proof's index under this root. The size is only as good as the root it came
 * with: take both from one verified checkpoint.
 */
export async function verifyInclusion(
  hash: HashFunction,
  leafHash: Uint8Array,
  proof: InclusionProof,
  root: Uint8Array,
): Promise<boolean> {
  if (!isSize(proof.size) || !isSize(proof.index) || proof.index >= proof.size) return false
  if (!areHashes([leafHash, root, ...proof.hashes])) return false
  let index = proof.index
  let last = proof.size - 1
  let result = leafHash
  for (const sibling of proof.hashes) {
    if (last === 0) return false
    if (index % 2 === 1 || index === last) {
      result = await hashNode(hash, sibling, result)
      while (index % 2 === 0 && index !== 0) {
        index /= 2
        last = half(last)
      }
    } else {
      result = await hashNode(hash, result, sibling)
    }
    index = half(index)
    last = half(last)
  }
  return last === 0 && isSame(result, root)
}

/** Whether the tree `to` holds the tree `from`, unchanged, as its first leaves: nothing rewritten, nothing removed. */
export async function verifyConsistency(
  hash: HashFunction,
  from: TreeHead,
  to: TreeHead,
  hashes: Uint8Array[],
): Promise<boolean> {
  if (!isSize(from.size) || !isSize(to.size) || from.size > to.size) return false
  if (!areHashes([from.root, to.root, ...hashes])) return false
  if (from.size === to.size) return hashes.length === 0 && isSame(from.root, to.root)
  if (from.size === 0) return hashes.length === 0 && isSame(from.root, await hash(new Uint8Array(0)))

  let index = from.size - 1
  let last = to.size - 1
  while (index % 2 === 1) {
    index = half(index)
    last = half(last)
  }
  // A complete old tree is itself the first node of the path, and the proof leaves it out.
  const path = index === 0 ? [from.root, ...hashes] : hashes
  const first = path[0]
  if (first === undefined) return false
  let old = first
  let now = first
  for (const sibling of path.slice(1)) {
    if (last === 0) return false
    if (index % 2 === 1 || index === last) {
      old = await hashNode(hash, sibling, old)
      now = await hashNode(hash, sibling, now)
      while (index % 2 === 0 && index !== 0) {
        index /= 2
        last = half(last)
      }
    } else {
      now = await hashNode(hash, now, sibling)
    }
    index = half(index)
    last = half(last)
  }
  return last === 0 && isSame(old, from.root) && isSame(now, to.root)
}

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
async function hashNode(hash: HashFunction, left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  return hash(concat([new Uint8Array([1]), left, right]))
}

/** Shift by one without the 32-bit limit of `>>`. */
function half(n: number): number {
  return Math.floor(n / 2)
}

function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0
}

function areHashes(hashes: Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === 32)
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

function concat(parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
