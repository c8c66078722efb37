/**
 * Signed notes (c2sp.org/signed-note, Go's golang.org/x/mod/sumdb/note): a text and Ed25519 signatures under it.
 * WebCrypto does the work, so that the same code signs on the server and verifies in the person's browser.
 */

/** A public key: `name+hash+keydata` in the text form that is published. */
export type NoteVerifier = { name: string; id: string; publicKey: Uint8Array }

/** A private key: `PRIVATE+KEY+name+hash+keydata`; `seed` is the 32-byte Ed25519 seed of RFC 8032. */
export type NoteSigner = NoteVerifier & { seed: Uint8Array }

/** One signature line: who says they signed; `id` is the key id in hexadecimal. */
export type NoteSignature = { name: string; id: string; bytes: Uint8Array }

/** A note taken apart, with nothing verified yet. */
export type Note = { text: string; signatures: NoteSignature[] }

export type NoteFault = 'malformed' | 'unknown-key' | 'bad-signature'

const ED25519 = 1
const SIGNER_PREFIX = 'PRIVATE+KEY+'
// The specification asks for 16 at least; Go stops at 100.
const MAX_SIGNATURES = 100
// RFC 8410: the fixed head of a PKCS #8 Ed25519 key, before its 32-byte seed.
const PKCS8_HEAD = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32])

/** Reads a published verifier key; undefined unless name, hash and key fit each other exactly. */
export async function parseVerifierKey(text: string): Promise<NoteVerifier | undefined> {
  const key = parseKey(text)
  if (key === undefined) return undefined
  const id = await keyId(key.name, key.data)
  return id === key.id ? { name: key.name, id, publicKey: key.data } : undefined
}

/** Reads a private signer key; undefined unless it is well formed and its hash is that of its public key. */
export async function parseSignerKey(text: string): Promise<NoteSigner | undefined> {
  const key = text.startsWith(SIGNER_PREFIX) ? parseKey(text.slice(SIGNER_PREFIX.length)) : undefined
  if (key === undefined) return undefined
  const signer = await makeSigner(key.name, key.data)
  return signer.id === key.id ? signer : undefined
}

/** The signer of that name for a random 32-byte seed, which the caller brings. */
export async function makeSigner(name: string, seed: Uint8Array): Promise<NoteSigner> {
  if (!isKeyName(name)) throw new RangeError('a key name has no spaces and no plus sign')
  const jwk = await crypto.subtle.exportKey('jwk', await importSeed(seed, true))
  const publicKey = fromBase64(`${(jwk.x ?? '').replaceAll('-', '+').replaceAll('_', '/')}=`)
  if (publicKey?.length !== 32) throw new Error('the runtime gave no Ed25519 public key')
  return { name, id: await keyId(name, publicKey), publicKey, seed }
}

/** `name+hash+keydata`, to publish. */
export function formatVerifierKey({ name, id, publicKey }: NoteVerifier): string {
  return `${name}+${id}+${toBase64([ED25519, ...publicKey])}`
}

/** `PRIVATE+KEY+name+hash+keydata`, to keep secret. */
export function formatSignerKey({ name, id, seed }: NoteSigner): string {
  return `${SIGNER_PREFIX}${name}+${id}+${toBase64([ED25519, ...seed])}`
}

/** The text with the signer's line under it. The text ends in a newline. */
export async function signNote(text: string, signer: NoteSigner): Promise<string> {
  if (!isNoteText(text)) throw new RangeError('a note ends in a newline and has no control characters')
  const signature = await crypto.subtle.sign('Ed25519', await importSeed(signer.seed, false), utf8(text))
  const line = toBase64([...hexBytes(signer.id), ...new Uint8Array(signature)])
  return `${text}\n— ${signer.name} ${line}\n`
}

/** Takes a note apart by its last empty line; undefined when it is malformed. Verifies nothing. */
export function parseNote(note: string): Note | undefined {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !isNoteText(note)) return undefined
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2, -1).split('\n')
  const signatures = lines.map(parseSignature).filter((signature) => signature !== undefined)
  if (signatures.length !== lines.length || lines.length > MAX_SIGNATURES) return undefined
  return { text, signatures }
}

/**
 * The note's text, if a key we know signed it. Unknown signers are passed over, as the specification asks; a wrong
 * signature under a known key spoils the note.
 */
export async function openNote(
  note: string,
  known: NoteVerifier[],
): Promise<{ text: string; signedBy: string[] } | { fault: NoteFault }> {
  const parsed = parseNote(note)
  if (parsed === undefined) return { fault: 'malformed' }
  const signedBy = new Set<string>()
  for (const { name, id, bytes } of parsed.signatures) {
    const key = known.find((candidate) => candidate.name === name && candidate.id === id)
    if (key === undefined) continue
    const publicKey = await crypto.subtle.importKey('raw', new Uint8Array(key.publicKey), 'Ed25519', false, ['verify'])
    const valid = await crypto.subtle.verify('Ed25519', publicKey, new Uint8Array(bytes), utf8(parsed.text))
    if (!valid) return { fault: 'bad-signature' }
    signedBy.add(name)
  }
  return signedBy.size === 0 ? { fault: 'unknown-key' } : { text: parsed.text, signedBy: [...signedBy] }
}

/** Standard base64 (RFC 4648 §4). */
export function toBase64(bytes: Iterable<number>): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** Bytes of standard base64 in its one canonical spelling; undefined for any other. */
export function fromBase64(text: string): Uint8Array | undefined {
  // Not Uint8Array.fromBase64: phones of five years ago lack it. atob is lenient, so the way back must agree.
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  return toBase64(bytes) === text ? bytes : undefined
}

function parseKey(text: string): { name: string; id: string; data: Uint8Array } | undefined {
  const [, name, id, base64] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text) ?? []
  if (name === undefined || id === undefined || base64 === undefined || !isKeyName(name)) return undefined
  const data = fromBase64(base64)
  return data?.length === 33 && data[0] === ED25519 ? { name, id, data: data.subarray(1) } : undefined
}

function parseSignature(line: string): NoteSignature | undefined {
  const [, name, base64] = /^— (\S+) (\S+)$/u.exec(line) ?? []
  const bytes = base64 === undefined ? undefined : fromBase64(base64)
  if (name === undefined || bytes === undefined || bytes.length < 5 || !isKeyName(name)) return undefined
  return { name, id: toHex(bytes.subarray(0, 4)), bytes: bytes.subarray(4) }
}

/** First four bytes of SHA-256(name ‖ newline ‖ type ‖ public key), in hexadecimal. */
async function keyId(name: string, publicKey: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from([...utf8(`${name}\n`), ED25519, ...publicKey]))
  return toHex(new Uint8Array(digest, 0, 4))
}

async function importSeed(seed: Uint8Array, extractable: boolean) {
  if (seed.length !== 32) throw new RangeError(`an Ed25519 seed has 32 bytes, not ${seed.length}`)
  return crypto.subtle.importKey('pkcs8', Uint8Array.from([...PKCS8_HEAD, ...seed]), 'Ed25519', extractable, ['sign'])
}

/** U+0085 is a space to Go and to the specification, but not to JavaScript. */
function isKeyName(name: string): boolean {
  return name !== '' && !/[\s\u0085+]/u.test(name)
}

function isNoteText(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.endsWith('\n') && !/[\u0000-\u0009\u000b-\u001f]|\p{Surrogate}/u.test(text)
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text))
}

function hexBytes(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
