/** What a chunk of a held file is sealed to, so that chunks cannot change places. */
export function heldBound(file: number, seq: number): Buffer {
  const bound = Buffer.alloc(12)
  bound.write('held')
  bound.writeInt32BE(file, 4)
  bound.writeInt32BE(seq, 8)
  return bound
}
