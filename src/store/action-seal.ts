import type { Cipher } from './cipher.ts'

/** What the sealed part of an action says. `macs`: base64 of the 32-byte content mac of each erased version, by version from 0. */
export type ActionContent = { reason: string; macs?: Record<string, string> }

/** What an action is sealed to: subject (16 bytes) and natural key with its version bits zero (8 bytes). One way for all kinds. */
export function actionBound(subject: string, nk: bigint): Buffer {
  const bound = Buffer.alloc(24)
  bound.write(subject.replaceAll('-', ''), 'hex')
  bound.writeBigInt64BE((nk >> 10n) << 10n, 16)
  return bound
}

export const sealAction = (cipher: Cipher, subject: string, nk: bigint, content: ActionContent): Buffer =>
  cipher.seal(JSON.stringify(content), actionBound(subject, nk))

/** Throws when it was altered or moved. */
export function openAction(cipher: Cipher, subject: string, nk: bigint, sealed: Uint8Array): ActionContent {
  const content: unknown = JSON.parse(cipher.open(sealed, actionBound(subject, nk)))
  if (!isContent(content)) throw new Error('not an action')
  return content
}

const isContent = (content: unknown): content is ActionContent =>
  typeof content === 'object' && content !== null && 'reason' in content && typeof content.reason === 'string'
