import { crc32 } from 'node:zlib'
import { Inflate } from 'fflate'

/** A file in the archive: where its bytes start and what the directory says of them. */
export type ZipEntry = { name: string; method: number; start: number; size: number; crc: number }

/** Compressed bytes given to the inflater at once: it hands out at most a thousandfold of them in one go. */
const SLICE = 8192

/**
 * The files of a zip archive by its central directory, or undefined if that is broken. Archives over 4 GB, encrypted
 * ones and those in several parts are not read.
 */
export function readDirectory(zip: Buffer): Map<string, ZipEntry> | undefined {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  if (end === -1 || end + 22 > zip.length || end < zip.length - 22 - 0xffff) return undefined
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  const entries = new Map<string, ZipEntry>()
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || zip.readUInt32LE(at) !== 0x02014b50) return undefined
    const nameLength = zip.readUInt16LE(at + 28)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const local = zip.readUInt32LE(at + 42)
    if (local + 30 > end || zip.readUInt32LE(local) !== 0x04034b50) return undefined
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const size = zip.readUInt32LE(at + 20)
    const encrypted = (zip.readUInt16LE(at + 8) & 1) === 1
    if (encrypted || start + size > end) return undefined
    // names with \ come from some old writers
    entries.set(name.replaceAll('\\', '/'), {
      name,
      method: zip.readUInt16LE(at + 10),
      start,
      size,
      crc: zip.readUInt32LE(at + 16),
    })
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}

/** The bytes of an entry in pieces, checked against its check sum at the end. Throws when they are broken. */
export function* inflate(zip: Buffer, entry: ZipEntry): Generator<Uint8Array> {
  let sum = 0
  let pieces: Uint8Array[] = []
  const take = (piece: Uint8Array): void => {
    if (piece.length === 0) return
    sum = crc32(piece, sum)
    pieces.push(piece)
  }
  const end = entry.start + entry.size
  if (entry.method !== 0 && entry.method !== 8) throw new Error('unknown compression')
  const inflater = entry.method === 8 ? new Inflate(take) : undefined
  for (let at = entry.start; at < end; at += SLICE) {
    const slice = zip.subarray(at, Math.min(at + SLICE, end))
    if (inflater) inflater.push(slice, at + SLICE >= end)
    else take(slice)
    const ready = pieces
    pieces = []
    yield* ready
  }
  if (sum !== entry.crc) throw new Error('check sum does not match')
}
