import { open } from 'node:fs/promises'

const PIECE = 256 << 10

/** The bytes of a file, read into one buffer over and over: a piece holds until the next is asked for. */
export async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path)
  try {
    const buffer = new Uint8Array(PIECE)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, PIECE)
      if (bytesRead === 0) return
      yield bytesRead === PIECE ? buffer : buffer.slice(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}
