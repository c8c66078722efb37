import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeCipher, makeHmac, makeMac, makeSealer, makeSubjectKey, uuidOf } from './cipher.ts'
import { CopyBuffer } from './copy-buffer.ts'
import type { Keys } from './keys.ts'

const key = (fill: number, length = 64) => Buffer.alloc(length, fill)
const keys: Keys = {
  index: key(1),
  ledger: key(2),
  roles: key(3),
  signing: '',
  encryption: {
    current: 2,
    keys: new Map([
      [1, key(4, 32)],
      [2, key(5, 32)],
    ]),
  },
}
const older: Keys = { ...keys, encryption: { ...keys.encryption, current: 1 } }
const secret = fc.uint8Array({ minLength: 64, maxLength: 64 })
const text = fc.string({ unit: 'binary', maxLength: 200 })
const names = fc.string({ unit: fc.constantFrom('张', '三', '𠮷', 'é', 'a', '\u001f', '0', '\ufeff'), maxLength: 60 })

test('the HMAC is RFC 2104 of the key with its top bits clear, for any key and text', () => {
  fc.assert(
    fc.property(secret, text, (bytes, message) => {
      const clear = bytes.map((byte) => byte & 0x7f)
      assert.equal(makeHmac(bytes)(message), createHmac('sha256', clear).update(message).digest('hex'))
    }),
  )
  assert.throws(() => makeMac(key(1, 32)))
})

test('a subject key is 32 hexadecimal digits of kind and number, and a uuid is made of it', () => {
  const subjectKey = makeSubjectKey(keys)
  assert.match(subjectKey('citizen', '1'), /^[0-9a-f]{32}$/)
  assert.notEqual(subjectKey('citizen', '1'), subjectKey('passport', '1'))
  assert.notEqual(subjectKey('citizen', '1'), makeSubjectKey({ ...keys, index: key(9) })('citizen', '1'))
  assert.equal(uuidOf('00112233445566778899aabbccddeeff'), '00112233-4455-6677-8899-aabbccddeeff')
})

test('GCM opens what it sealed, and nothing that was changed or moved to another subject', () => {
  fc.assert(
    fc.property(
      names,
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (plain, bound, at, flip) => {
        const cipher = makeCipher(keys)
        const message = cipher.seal(plain, bound)
        assert.equal(cipher.open(message, bound), plain)
        assert.equal(cipher.keyOf(message), 2)
        const changed = Buffer.from(message)
        const place = at % message.length
        changed[place] = (changed[place] ?? 0) ^ flip
        assert.throws(() => cipher.open(changed, bound))
        const other = Buffer.from(bound)
        other[at % 16] = (other[at % 16] ?? 0) ^ flip
        assert.throws(() => cipher.open(message, other))
        assert.throws(() => cipher.open(message.subarray(0, -1), bound))
      },
    ),
  )
})

test('no nonce comes twice', () => {
  const cipher = makeCipher(keys)
  const bound = key(0, 16)
  const nonces = Array.from({ length: 5_000 }, () => cipher.seal('x', bound).subarray(1, 13).toString('hex'))
  assert.equal(new Set(nonces).size, nonces.length)
})

test('messages of an older key open as long as the file holds it', () => {
  const bound = key(7, 16)
  const message = makeCipher(older).seal('旧', bound)
  assert.equal(makeCipher(keys).open(message, bound), '旧')
  const without = { ...keys, encryption: { current: 2, keys: new Map([[2, key(5, 32)]]) } }
  assert.throws(() => makeCipher(without).open(message, bound), /key 1/)
})

/** Seals texts as a chunk of intake does: many in one buffer, one call. */
function sealAll(of: Keys, rows: readonly { plain: string; mac: string; subject: string }[]): Buffer[] {
  const sealer = makeSealer(of)
  const buffer = new CopyBuffer()
  const places = rows.map(({ plain, mac, subject }) => {
    const place = buffer.toSeal(sealer.keyNumber, plain)
    sealer.add(place.at, place.length, mac, subject)
    return place
  })
  const whole = Buffer.from(buffer.finish(sealer.flush).buffer)
  return places.map(({ at, length }) => whole.subarray(at - 1, at + length))
}

const binary = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes).toString('latin1'))
const sealed = fc.record({ plain: names, mac: binary(32), subject: binary(16) })

test('sealing a whole chunk at once opens row by row, and another mac or subject gives another text', () => {
  fc.assert(
    fc.property(fc.array(sealed, { minLength: 1, maxLength: 30 }), (rows) => {
      const cipher = makeCipher(keys)
      for (const [index, message] of sealAll(keys, rows).entries()) {
        const { plain, mac, subject } = rows[index] as (typeof rows)[number]
        const num = Buffer.from(mac, 'latin1').readBigInt64BE()
        const hex = Buffer.from(subject, 'latin1').toString('hex')
        assert.equal(cipher.openSealed(message, num, hex), plain)
        assert.equal(cipher.openSealed(message, num, uuidOf(hex)), plain)
        assert.deepEqual(cipher.sealAgain(plain, num, hex), message)
        if (plain.length < 8) continue
        const attempt = (open: () => string) => {
          try {
            return open()
          } catch {
            return undefined
          }
        }
        assert.notEqual(
          attempt(() => cipher.openSealed(message, num ^ 1n, hex)),
          plain,
        )
        assert.notEqual(
          attempt(() =>
            cipher.openSealed(message, num, `ff${hex.slice(2)}` === hex ? `00${hex.slice(2)}` : `ff${hex.slice(2)}`),
          ),
          plain,
        )
      }
    }),
  )
})

test('sealed fields of an older key are read, and sealed anew under the newest', () => {
  const mac = 'm'.repeat(32)
  const subject = 's'.repeat(16)
  const [message = Buffer.alloc(0)] = sealAll(older, [{ plain: '经查，当事人……', mac, subject }])
  assert.equal(message[0], 1)
  const cipher = makeCipher(keys)
  const num = Buffer.from(mac, 'latin1').readBigInt64BE()
  const hex = Buffer.from(subject, 'latin1').toString('hex')
  const plain = cipher.openSealed(message, num, hex)
  assert.equal(plain, '经查，当事人……')
  const again = cipher.sealAgain(plain, num, hex)
  assert.equal(again[0], 2)
  assert.notDeepEqual(again.subarray(1), message.subarray(1))
  assert.equal(cipher.openSealed(again, num, hex), plain)
})

test('a chunk larger than the sealer starts with is sealed whole', () => {
  const rows = Array.from({ length: 3_000 }, (_, index) => ({
    plain: '事'.repeat(300) + index,
    mac: String(index).padEnd(32, '.'),
    subject: String(index).padStart(16, '-'),
  }))
  const cipher = makeCipher(keys)
  for (const [index, message] of sealAll(keys, rows).entries()) {
    const { plain = '', mac = '', subject = '' } = rows[index] ?? {}
    const hex = Buffer.from(subject, 'latin1').toString('hex')
    assert.equal(cipher.openSealed(message, Buffer.from(mac, 'latin1').readBigInt64BE(), hex), plain)
  }
})
