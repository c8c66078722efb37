import { rootOfFullTile } from '#domain/merkle.ts'
import { HASH_BYTES, hashesAt, type ReadTile, TILE_HASHES, tilePath, tileWidth } from '#domain/tile.ts'

/** The first tile that is missing, too short, or not what the tiles below it hash to; undefined when all are sound. */
export async function findTileFault(read: ReadTile, size: number): Promise<{ path: string; why: string } | undefined> {
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    for (let index = 0; index * TILE_HASHES < hashesAt(level, size); index++) {
      const width = tileWidth(level, index, size)
      const tile = await read(level, index, width)
      const path = tilePath(level, index, width)
      if (tile.length < width * HASH_BYTES) return { path, why: `has ${tile.length / HASH_BYTES} hashes` }
      if (width < TILE_HASHES) continue
      const above = await read(level + 1, Math.floor(index / TILE_HASHES), (index % TILE_HASHES) + 1)
      const at = (index % TILE_HASHES) * HASH_BYTES
      if (Buffer.compare(rootOfFullTile(tile), above.subarray(at, at + HASH_BYTES)) !== 0) {
        return { path, why: `does not hash to its place in ${tilePath(level + 1, Math.floor(index / TILE_HASHES))}` }
      }
    }
  }
  return undefined
}
