/**
 * Checkpoints (c2sp.org/tlog-checkpoint): what the ledger signs, and what anyone keeps to hold it to its word.
 */
import { fromBase64, openNote, signNote, toBase64 } from './note.ts'
import type { NoteFault, NoteSigner, NoteVerifier } from './note.ts'

/** `origin` names the log; `root` has 32 bytes; extension lines are not ours to use, but are kept when read. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array; extensions: string[] }

/** The text that is signed: origin, size, root, extensions, one a line. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const text = [origin, String(size), toBase64(root), ...extensions].map((line) => `${line}\n`).join('')
  if (parseCheckpoint(text) === undefined)
    throw new RangeError(`not a checkpoint: size ${size}, root of ${root.length} bytes`)
  return text
}

/** Reads the text of a checkpoint (without signatures); undefined when it is malformed. Verifies nothing. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  if (!text.endsWith('\n')) return undefined
  const lines = text.slice(0, -1).split('\n')
  const [origin, size, base64, ...extensions] = lines
  if (origin === undefined || size === undefined || base64 === undefined || lines.includes('')) return undefined
  const root = fromBase64(base64)
  if (!/^(?:0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size)) || root?.length !== 32) return undefined
  return { origin, size: Number(size), root, extensions }
}

/** The signed note to publish. The key's name is the origin, as the specification recommends. */
export async function signCheckpoint(head: { size: number; root: Uint8Array }, signer: NoteSigner): Promise<string> {
  return signNote(formatCheckpoint({ origin: signer.name, ...head, extensions: [] }), signer)
}

/** The checkpoint, if the log's key signed it and it speaks for that log. */
export async function verifyCheckpoint(
  note: string,
  log: NoteVerifier,
): Promise<Checkpoint | { fault: NoteFault | 'other-origin' }> {
  const opened = await openNote(note, [log])
  if ('fault' in opened) return opened
  const checkpoint = parseCheckpoint(opened.text)
  if (checkpoint === undefined) return { fault: 'malformed' }
  return checkpoint.origin === log.name ? checkpoint : { fault: 'other-origin' }
}
