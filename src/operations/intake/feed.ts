import type { Lent } from './workers.ts'

const PIECES_AHEAD = 8

/** Feeds the source to the worker piece by piece, never more than a few ahead. */
export async function feed(
  source: AsyncIterable<Uint8Array>,
  worker: Lent,
  taken: () => Promise<void>,
  onBytes: (bytes: Uint8Array) => void,
  stopped: () => boolean,
) {
  let ahead = 0
  for await (const piece of source) {
    if (stopped()) break
    onBytes(piece)
    // posting copies the whole buffer behind a view: a slice of a pooled one is cut out first
    const bytes = piece.byteLength === piece.buffer.byteLength ? piece : piece.slice()
    worker.post({ type: 'data', bytes })
    ahead += 1
    if (ahead >= PIECES_AHEAD) {
      await taken()
      ahead -= 1
    }
  }
  if (!stopped()) worker.post({ type: 'end' })
}
