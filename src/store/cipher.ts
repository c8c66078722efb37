import { createCipheriv, createDecipheriv, hash, randomFillSync } from 'node:crypto'
import { compactRoom, readCompact, writeCompact } from './compact-text.ts'
import { openKeyring } from './keyring.ts'
import type { Keys } from './keys.ts'

const BLOCK = 64
const NONCE = 12
const TAG = 16

/**
 * HMAC-SHA-256 (FIPS 198-1) of text, as a string of 32 one-byte characters. The two passes are one-shot hashes, a third
 * of the time of `createHmac` at intake's sizes; `secret` must be 64 bytes (one block), of which the top bits are
 * cleared so that key ⊕ ipad is ASCII and can stand in the same string as the message.
 */
export function makeMac(secret: Uint8Array): (text: string) => string {
  if (secret.length !== BLOCK) throw new Error(`an HMAC secret here is ${BLOCK} bytes`)
  const key = Buffer.from(secret.map((byte) => byte & 0x7f))
  const inner = Buffer.from(key.map((byte) => byte ^ 0x36)).toString('latin1')
  const outer = Buffer.concat([Buffer.from(key.map((byte) => byte ^ 0x5c)), Buffer.alloc(32)])
  return (text) => {
    outer.latin1Write(hash('sha256', inner + text, 'latin1'), BLOCK)
    return hash('sha256', outer, 'latin1')
  }
}

/** The same as hexadecimal. */
export function makeHmac(secret: Uint8Array): (text: string) => string {
  const mac = makeMac(secret)
  return (text) => Buffer.from(mac(text), 'latin1').toString('hex')
}

/** Hex of the 16 bytes that stand for a subject: HMAC of `kind:number` under the index secret. */
export function makeSubjectKey(keys: Keys): (kind: string, number: string) => string {
  const hmac = makeHmac(keys.index)
  return (kind, number) => hmac(`${kind}:${number}`).slice(0, 32)
}

export const uuidOf = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`

/** Kinds of identifier as small numbers in `subject.kind`; the list may grow at its end, never change. */
export const KIND_NUMBERS = [
  'citizen',
  'passport',
  'hk-macao-permit',
  'taiwan-permit',
  'foreign-residence',
  'hmt-residence',
  'organisation',
] as const

/**
 * The sensitive fields of records: AES-256 in counter mode under a synthetic nonce (8 bytes of the record's content mac,
 * 4 of its subject), which with that mac is authenticated encryption by the SIV composition (RFC 5297): the mac is
 * checked, over the whole record, whenever one is read (operations/archive). Nothing but a key number is stored beside
 * the ciphertext, and a chunk's whole key stream is one call: sealing costs 0.3 µs a row where GCM took 4.5
 * (decisions/001).
 */
const COUNTER_BLOCK = 16

export type Sealer = {
  /** Notes that `length` bytes at `at` are plain text to be sealed under this mac and subject (binary strings). */
  add(at: number, length: number, mac: string, subject: string): void
  /** Seals all of them in place. */
  flush(buffer: Buffer): void
  readonly keyNumber: number
}

export function makeSealer(keys: Keys): Sealer {
  const { num, key } = openKeyring(keys).newest()
  const ecb = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  let places: number[] = []
  let blocks = Buffer.alloc(1 << 20)
  let used = 0
  return {
    keyNumber: num,
    add(at, length, mac, subject) {
      places.push(at, length)
      const count = Math.ceil(length / COUNTER_BLOCK)
      if (used + count * COUNTER_BLOCK > blocks.length)
        blocks = Buffer.concat([blocks, Buffer.alloc(Math.max(blocks.length, count * COUNTER_BLOCK))])
      for (let block = 0; block < count; block += 1) {
        for (let byte = 0; byte < 8; byte += 1) blocks[used + byte] = mac.charCodeAt(byte)
        for (let byte = 0; byte < 4; byte += 1) blocks[used + 8 + byte] = subject.charCodeAt(byte)
        blocks[used + 12] = block >>> 24
        blocks[used + 13] = block >>> 16
        blocks[used + 14] = block >>> 8
        blocks[used + 15] = block
        used += COUNTER_BLOCK
      }
    },
    flush(buffer) {
      const stream = ecb.update(blocks.subarray(0, used))
      let from = 0
      for (let place = 0; place < places.length; place += 2) {
        const at = places[place] as number
        const length = places[place + 1] as number
        for (let byte = 0; byte < length; byte += 1) {
          buffer[at + byte] = (buffer[at + byte] as number) ^ (stream[from + byte] as number)
        }
        from += Math.ceil(length / COUNTER_BLOCK) * COUNTER_BLOCK
      }
      places = []
      used = 0
    },
  }
}

export type Cipher = {
  /** Message: key number (1 byte), nonce (12), ciphertext, tag (16). `bound` is authenticated with it. */
  seal(text: string, bound: Uint8Array): Buffer
  open(message: Uint8Array, bound: Uint8Array): string
  sealBytes(bytes: Uint8Array, bound: Uint8Array): Buffer
  openBytes(message: Uint8Array, bound: Uint8Array): Buffer
  /** Opens the sensitive fields of a record: `mac` and `subject` as stored. The caller checks the record's mac. */
  openSealed(message: Uint8Array, mac: bigint, subject: string): string
  /** Seals anew what `openSealed` gave, under the newest key. */
  sealAgain(text: string, mac: bigint, subject: string): Buffer
  keyOf(message: Uint8Array): number
}

/** First counter block of a record's sealed part; `subject` is a uuid or its hexadecimal. */
function counterOf(mac: bigint, subject: string): Buffer {
  const block = Buffer.alloc(COUNTER_BLOCK)
  block.writeBigInt64BE(mac, 0)
  block.write(subject.slice(0, 8), 8, 'hex')
  return block
}

/** AES-256-GCM under the newest encryption key; opens messages of every key the installation still has. */
export function makeCipher(keys: Keys): Cipher {
  const ring = openKeyring(keys)
  const keyFor = (message: Uint8Array) => ring.find(message[0] ?? 0)
  const nonces = Buffer.alloc(NONCE * 1024)
  let next = nonces.length
  let plain = Buffer.allocUnsafeSlow(4096)
  const compact = (text: string): Buffer => {
    if (compactRoom(text.length) > plain.length) plain = Buffer.allocUnsafeSlow(compactRoom(text.length) * 2)
    return plain.subarray(0, writeCompact(plain, 0, text))
  }
  const sealBytes = (bytes: Uint8Array, bound: Uint8Array): Buffer => {
    if (next === nonces.length) {
      randomFillSync(nonces)
      next = 0
    }
    const nonce = nonces.subarray(next, next + NONCE)
    next += NONCE
    const { num, key } = ring.newest()
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(bound)
    const body = cipher.update(bytes)
    cipher.final()
    return Buffer.concat([Buffer.of(num), nonce, body, cipher.getAuthTag()])
  }
  const openBytes = (message: Uint8Array, bound: Uint8Array): Buffer => {
    const decipher = createDecipheriv('aes-256-gcm', keyFor(message), message.subarray(1, 1 + NONCE))
    decipher.setAAD(bound)
    decipher.setAuthTag(message.subarray(message.length - TAG))
    const body = decipher.update(message.subarray(1 + NONCE, message.length - TAG))
    decipher.final()
    return body
  }
  return {
    seal: (text, bound) => sealBytes(compact(text), bound),
    open: (message, bound) => readCompact(openBytes(message, bound)),
    sealBytes,
    openBytes,
    openSealed(message, mac, subject) {
      return readCompact(
        createDecipheriv('aes-256-ctr', keyFor(message), counterOf(mac, subject)).update(message.subarray(1)),
      )
    },
    sealAgain(text, mac, subject) {
      const { num, key } = ring.newest()
      const sealed = createCipheriv('aes-256-ctr', key, counterOf(mac, subject)).update(compact(text))
      return Buffer.concat([Buffer.of(num), sealed])
    },
    keyOf: (message) => message[0] ?? 0,
  }
}
