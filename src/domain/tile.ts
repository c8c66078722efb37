/**
 * Tiles of C2SP tlog-tiles (c2sp.org/tlog-tiles): the tree's hashes in files of 256, so that proofs for any leaf and
 * any two sizes can be computed by whoever fetched them. A tile of level L holds the roots of 256^L leaves each.
 *
 * Entry bundles (`tile/entries/…`) are not published: our leaves are salted commitments to rows about people, whose
 * bytes and salt are shown only to those entitled to them, one proof at a time. Level 0 tiles hold the leaf hashes.
 */
export const HASH_BYTES = 32
export const TILE_HASHES = 256

/** One stored tile; `bytes` grows to 8 192 and is then final. */
export type Tile = { level: number; index: number; bytes: Uint8Array }

/**
 * Gives the tile's first `width` hashes (256 for a full tile). It may give more: a tile only grows, so what is stored
 * for a bigger tree begins with what a smaller one needs.
 */
export type ReadTile = (level: number, index: number, width: number) => Uint8Array | Promise<Uint8Array>

/** Number of hashes at a level in a tree of `size` leaves. */
export function hashesAt(level: number, size: number): number {
  return Math.floor(size / TILE_HASHES ** level)
}

/** Hashes in one tile of a tree of `size` leaves: 256, fewer at the right edge, 0 where there is none. */
export function tileWidth(level: number, index: number, size: number): number {
  return Math.min(TILE_HASHES, Math.max(0, hashesAt(level, size) - index * TILE_HASHES))
}

/** Every tile of a tree of `size` leaves, lowest level first. */
export function* tilesOf(size: number): Generator<{ level: number; index: number; width: number }> {
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    for (let index = 0; index * TILE_HASHES < hashesAt(level, size); index++) {
      yield { level, index, width: tileWidth(level, index, size) }
    }
  }
}

/** `tile/<L>/<N>[.p/<W>]`, the index in groups of three digits: 1234067 is `x001/x234/067`. */
export function tilePath(level: number, index: number, width: number = TILE_HASHES): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? []
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${path}${width === TILE_HASHES ? '' : `.p/${width}`}`
}

const PATH = /^tile\/(?<level>0|[1-9]\d?)\/(?<index>(?:x\d{3}\/)*\d{3})(?:\.p\/(?<width>[1-9]\d{0,2}))?$/

/** The tile a path names, or undefined when it is not exactly a path `tilePath` would give. */
export function parseTilePath(path: string): { level: number; index: number; width: number } | undefined {
  const { level, index, width } = PATH.exec(path)?.groups ?? {}
  if (level === undefined || index === undefined) return undefined
  const tile = {
    level: Number(level),
    index: Number(index.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_HASHES : Number(width),
  }
  if (tile.level > 63 || !Number.isSafeInteger(tile.index)) return undefined
  return tilePath(tile.level, tile.index, tile.width) === path ? tile : undefined
}

/** Cuts consecutive hashes of a level, beginning at the start of tile `first`, into tiles. */
export function tileRow(level: number, first: number, hashes: Uint8Array): Tile[] {
  const step = TILE_HASHES * HASH_BYTES
  return Array.from({ length: Math.ceil(hashes.length / step) }, (_, i) => ({
    level,
    index: first + i,
    bytes: hashes.subarray(i * step, (i + 1) * step),
  }))
}

/** `count` consecutive hashes of a level, all in one tile, in a tree of `size` leaves. */
export async function readHashes(
  read: ReadTile,
  level: number,
  first: number,
  count: number,
  size: number,
): Promise<Uint8Array> {
  const offset = first % TILE_HASHES
  const index = (first - offset) / TILE_HASHES
  const bytes = await read(level, index, tileWidth(level, index, size))
  const hashes = bytes.subarray(offset * HASH_BYTES, (offset + count) * HASH_BYTES)
  if (hashes.length < count * HASH_BYTES) {
    throw new RangeError(
      `tile ${tilePath(level, index)} has ${bytes.length} bytes, too few for a tree of ${size} leaves`,
    )
  }
  return hashes
}
