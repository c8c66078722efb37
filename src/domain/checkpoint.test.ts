import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { formatCheckpoint, parseCheckpoint, signCheckpoint, verifyCheckpoint } from './checkpoint.ts'
import {
  formatSignerKey,
  formatVerifierKey,
  makeSigner,
  openNote,
  parseNote,
  parseSignerKey,
  parseVerifierKey,
  signNote,
} from './note.ts'

// Published with Go's golang.org/x/mod/sumdb/note.
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const PETER_SECRET = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const ENOCH = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const PETER_LINE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const ENOCH_LINE =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n'

async function got<T>(value: Promise<T | undefined>): Promise<T> {
  const result = await value
  assert.ok(result !== undefined)
  return result
}
const peter = await got(parseVerifierKey(PETER))
const enoch = await got(parseVerifierKey(ENOCH))
const signer = await makeSigner('ledger.example/xinheng', new Uint8Array(32).fill(7))

describe('notes agree with the reference implementation', () => {
  test('signing gives its bytes', async () => {
    const secret = await got(parseSignerKey(PETER_SECRET))
    assert.equal(await signNote(TEXT, secret), `${TEXT}\n${PETER_LINE}`)
    assert.equal(formatVerifierKey(secret), PETER)
    assert.equal(formatSignerKey(secret), PETER_SECRET)
  })

  test('opening takes known signers and passes over unknown ones', async () => {
    const note = `${TEXT}\n${PETER_LINE}${ENOCH_LINE}`
    assert.deepEqual(await openNote(note, [peter]), { text: TEXT, signedBy: ['PeterNeumann'] })
    assert.deepEqual(await openNote(note, [peter, enoch]), { text: TEXT, signedBy: ['PeterNeumann', 'EnochRoot'] })
    assert.deepEqual(await openNote(note, []), { fault: 'unknown-key' })
    assert.deepEqual(await openNote(note, [{ ...peter, id: 'c74f20a4' }]), { fault: 'unknown-key' })
    assert.deepEqual(await openNote(note.replace('answer', 'Answer'), [peter]), { fault: 'bad-signature' })
  })

  test('no mangled key is accepted', async () => {
    for (const [key, parse] of [
      [PETER, parseVerifierKey],
      [PETER_SECRET, parseSignerKey],
    ] as const) {
      for (let i = 0; i <= key.length; i++) {
        const bumped = Buffer.from(key)
        if (i < key.length) bumped[i] = (bumped[i] ?? 0) + 1
        const mangled = [key.slice(i), key.slice(0, i), bumped.toString('latin1')]
        for (const text of mangled) assert.equal((await parse(text)) === undefined, text !== key, text)
      }
    }
    // Right hash, wrong length of key; right hash, unknown algorithm.
    assert.equal(
      await parseVerifierKey('PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=='),
      undefined,
    )
    assert.equal(
      await parseVerifierKey('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'),
      undefined,
    )
  })

  test('malformed notes are refused', () => {
    for (const note of [
      '',
      TEXT,
      `${TEXT}\n`,
      `${TEXT}\n${PETER_LINE.slice(0, -1)}`,
      `\u0001${TEXT}\n${PETER_LINE}`,
      `\ud800${TEXT}\n${PETER_LINE}`,
      `${TEXT}\n${PETER_LINE.replace('PeterNeumann', 'Bad Name')}`,
      `${TEXT}\n${PETER_LINE}Unexpected line.\n`,
      `${TEXT}\n${PETER_LINE.repeat(101)}`,
      `${TEXT}\n${PETER_LINE.replace('nAM=', 'nAN=')}`,
    ]) {
      assert.equal(parseNote(note), undefined)
    }
    assert.equal(parseNote(`${TEXT}\n${PETER_LINE.repeat(100)}`)?.signatures.length, 100)
  })
})

describe('checkpoints', () => {
  const root = Uint8Array.from(Buffer.from('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'base64'))

  test('read and write the specification’s example', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
    const checkpoint = { origin: 'example.com/behind-the-sofa', size: 20_852_163, root, extensions: [] }
    assert.deepEqual(parseCheckpoint(text), checkpoint)
    assert.equal(formatCheckpoint(checkpoint), text)
    assert.deepEqual(parseCheckpoint(`${text}one\ntwo\n`)?.extensions, ['one', 'two'])
  })

  test('refuse everything that is not exactly one', () => {
    const hash = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='
    for (const text of [
      `a\n1\n${hash}`,
      `\n1\n${hash}\n`,
      `a\n01\n${hash}\n`,
      `a\n-1\n${hash}\n`,
      `a\n1e3\n${hash}\n`,
      `a\n1\n${hash}\n\n`,
      `a\n9007199254740993\n${hash}\n`,
      `a\n1\n${hash.slice(0, -1)}\n`,
      'a\n1\nAAAA\n',
      'a\n1\n',
      `a\n1\n${hash.replace('2I=', '2J=')}\n`,
    ]) {
      assert.equal(parseCheckpoint(text), undefined, text)
    }
    assert.throws(() => formatCheckpoint({ origin: '', size: 1, root, extensions: [] }), RangeError)
    assert.throws(() => formatCheckpoint({ origin: 'a\nb', size: 1.5, root, extensions: [] }), RangeError)
  })

  test('verify under the key that signed them, and only as signed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.maxSafeNat(),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.nat(),
        async (size, hash, i) => {
          const note = await signCheckpoint({ size, root: hash }, signer)
          assert.deepEqual(await verifyCheckpoint(note, signer), {
            origin: signer.name,
            size,
            root: hash,
            extensions: [],
          })
          const at = i % note.length
          const changed = note.slice(0, at) + (note[at] === 'A' ? 'B' : 'A') + note.slice(at + 1)
          assert.ok('fault' in (await verifyCheckpoint(changed, signer)), `changed at ${at}`)
          assert.deepEqual(await verifyCheckpoint(note, peter), { fault: 'unknown-key' })
        },
      ),
    )
  })

  test('speak for one log only', async () => {
    const other = formatCheckpoint({ origin: 'ledger.example/other', size: 1, root, extensions: [] })
    assert.deepEqual(await verifyCheckpoint(await signNote(other, signer), signer), { fault: 'other-origin' })
    assert.deepEqual(await verifyCheckpoint(await signNote('not one\n', signer), signer), { fault: 'malformed' })
  })
})

test('keys are refused rather than made wrong', async () => {
  await assert.rejects(makeSigner('two words', new Uint8Array(32)), RangeError)
  await assert.rejects(makeSigner('short', new Uint8Array(31)), RangeError)
  await assert.rejects(signNote('no newline', signer), RangeError)
})
