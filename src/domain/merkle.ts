/**
 * The Merkle tree of the ledger: RFC 6962 §2.1 over hashes kept in tiles (`tile.ts`).
 * Sizes and indexes are plain numbers up to 2^53 - 1; all arithmetic avoids 32-bit operators.
 */
import { hash } from 'node:crypto'
import { HASH_BYTES, readHashes, TILE_HASHES, tileRow } from './tile.ts'
import type { ReadTile, Tile } from './tile.ts'
import type { InclusionProof } from './merkle-verify.ts'

/** Root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = hash('sha256', new Uint8Array(0), 'buffer')

/** Hash of one leaf: SHA-256(0x00 ‖ data). */
export function leafHash(data: Uint8Array): Uint8Array {
  const prefixed = new Uint8Array(data.length + 1)
  prefixed.set(data, 1)
  return hash('sha256', prefixed, 'buffer')
}

// One buffer for all nodes: hashing is synchronous, and an allocation a node would cost a third of the time.
const scratch = new Uint8Array(1 + 2 * HASH_BYTES)
scratch[0] = 1

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  scratch.set(left, 1)
  scratch.set(right, 1 + HASH_BYTES)
  return hash('sha256', scratch, 'buffer')
}

/** Root over leaf hashes (concatenated, 32 bytes each) held in memory: the definition in RFC 6962 §2.1. */
export function rootOfLeaves(leafHashes: Uint8Array): Uint8Array {
  const count = leafHashes.length / HASH_BYTES
  if (count === 0) return EMPTY_ROOT
  if (count === 1) return new Uint8Array(leafHashes)
  const left = splitOf(count) * HASH_BYTES
  return nodeHash(rootOfLeaves(leafHashes.subarray(0, left)), rootOfLeaves(leafHashes.subarray(left)))
}

/** Root of the tree of `size` leaves. Reads at most one tile a level. */
export async function rootOfTree(read: ReadTile, size: number): Promise<Uint8Array> {
  return size === 0 ? EMPTY_ROOT : rangeHash(readOnce(read), 0, size, size)
}

/** PATH(index, D[size]) of RFC 6962 §2.1.1. */
export async function proveInclusion(read: ReadTile, index: number, size: number): Promise<InclusionProof> {
  if (index >= size) throw new RangeError(`leaf ${index} is not in a tree of ${size} leaves`)
  const tiles = readOnce(read)
  const hashes: Uint8Array[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (index < middle) {
      hashes.push(await rangeHash(tiles, middle, end, size))
      end = middle
    } else {
      hashes.push(await rangeHash(tiles, start, middle, size))
      start = middle
    }
  }
  return { index, size, hashes: hashes.toReversed() }
}

/** PROOF(from, D[to]) of RFC 6962 §2.1.2: the first `from` leaves are unchanged in the tree of `to` leaves. */
export async function proveConsistency(read: ReadTile, from: number, to: number): Promise<Uint8Array[]> {
  if (from > to) throw new RangeError(`a tree of ${to} leaves does not contain one of ${from}`)
  if (from === 0 || from === to) return []
  const tiles = readOnce(read)
  const hashes: Uint8Array[] = []
  let [start, end] = [0, to]
  while (from !== end) {
    const middle = start + splitOf(end - start)
    if (from <= middle) {
      hashes.push(await rangeHash(tiles, middle, end, to))
      end = middle
    } else {
      hashes.push(await rangeHash(tiles, start, middle, to))
      start = middle
    }
  }
  // The verifier knows the old root; where the old tree ends inside, it needs the last piece as well.
  if (start > 0) hashes.push(await rangeHash(tiles, start, end, to))
  return hashes.toReversed()
}

/**
 * Appends leaf hashes (concatenated, 32 bytes each) to a tree of `size` leaves.
 * Reads at most one partial tile a level and returns every tile that is new or has grown, lowest level first:
 * full ones are final, the last of each level may be partial. `bytes` is always the whole tile.
 */
export async function appendLeaves(
  read: ReadTile,
  size: number,
  leafHashes: Uint8Array,
): Promise<{ size: number; root: Uint8Array; tiles: Tile[] }> {
  if (leafHashes.length % HASH_BYTES !== 0) throw new RangeError(`${leafHashes.length} bytes are not whole hashes`)
  const tiles: Tile[] = []
  let fresh = leafHashes
  for (let level = 0, before = size; fresh.length > 0; level++) {
    const kept = before % TILE_HASHES
    const first = (before - kept) / TILE_HASHES
    const old = kept === 0 ? new Uint8Array(0) : await read(level, first, kept)
    const row = Buffer.concat([old.subarray(0, kept * HASH_BYTES), fresh])
    const grown = tileRow(level, first, row)
    tiles.push(...grown)
    const full = grown.filter((tile) => tile.bytes.length === TILE_HASHES * HASH_BYTES)
    fresh = Buffer.concat(full.map((tile) => rootOfFullTile(tile.bytes)))
    before = first
  }
  const grownSize = size + leafHashes.length / HASH_BYTES
  const grownTiles = new Map(tiles.map((tile) => [`${tile.level}/${tile.index}`, tile.bytes]))
  const overlay: ReadTile = (level, index, width) => grownTiles.get(`${level}/${index}`) ?? read(level, index, width)
  return { size: grownSize, root: await rootOfTree(overlay, grownSize), tiles }
}

/** Largest power of two smaller than n (n > 1): where RFC 6962 splits a list of n leaves. */
function splitOf(n: number): number {
  let split = 1
  while (split * 2 < n) split *= 2
  return split
}

/** MTH(D[start:end]) in a tree of `size` leaves; start is aligned to the smallest power of two not below the length. */
async function rangeHash(read: ReadTile, start: number, end: number, size: number): Promise<Uint8Array> {
  const split = splitOf(end - start)
  if (end - start > 1 && split * 2 !== end - start) {
    const left = await rangeHash(read, start, start + split, size)
    return nodeHash(left, await rangeHash(read, start + split, end, size))
  }
  // A complete subtree: some 2^0..2^7 hashes side by side in one tile.
  const level = Math.floor(Math.log2(end - start) / 8)
  const unit = TILE_HASHES ** level
  const hashes = await readHashes(read, level, start / unit, (end - start) / unit, size)
  return rootOfLeaves(hashes)
}

/** Root of a full tile: the one hash it has in the level above. */
export function rootOfFullTile(bytes: Uint8Array): Uint8Array {
  // Not `slice`: a Buffer's shares its memory, and the tile would be overwritten.
  const row = new Uint8Array(bytes)
  for (let count = TILE_HASHES; count > 1; count /= 2) {
    for (let i = 0; i < count; i += 2) {
      scratch.set(row.subarray(i * HASH_BYTES, (i + 2) * HASH_BYTES), 1)
      row.set(hash('sha256', scratch, 'buffer'), (i / 2) * HASH_BYTES)
    }
  }
  return row.subarray(0, HASH_BYTES)
}

/** A proof looks into the same tile several times; ask the store once. */
function readOnce(read: ReadTile): ReadTile {
  const seen = new Map<string, Uint8Array | Promise<Uint8Array>>()
  return (level, index, width) => {
    const key = `${level}/${index}/${width}`
    const known = seen.get(key) ?? read(level, index, width)
    seen.set(key, known)
    return known
  }
}
