import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

/** Argon2id (RFC 9106), 19 MiB, two passes: OWASP Password Storage Cheat Sheet. Older parameters stay readable. */
const PARAMETERS = { memory: 19_456, passes: 2, parallelism: 1 }
const SALT = 16
const TAG = 32

type Parameters = typeof PARAMETERS

const derive = (
  password: string,
  nonce: Buffer,
  { memory, passes, parallelism }: Parameters,
  tagLength: number,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      { message: password.normalize('NFC'), nonce, parallelism, tagLength, memory, passes },
      (error, key) => (error ? reject(error) : resolve(key)),
    )
  })

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** The password as PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string, parameters: Parameters = PARAMETERS): Promise<string> {
  const salt = randomBytes(SALT)
  const { memory, passes, parallelism } = parameters
  const tag = await derive(password, salt, parameters, TAG)
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`
}

/** What an unknown name is checked against, so that it takes as long as a known one. */
const NOBODY = `$argon2id$v=19$m=${PARAMETERS.memory},t=${PARAMETERS.passes},p=${PARAMETERS.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Does the password match? With nobody's hash: no, after the same time. */
export async function verifyPassword(password: string, stored: string = NOBODY): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(stored)
  if (!parts) throw new Error('a stored password is not in PHC form')
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts
  const expected = Buffer.from(tag, 'base64')
  const parameters = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const given = await derive(password, Buffer.from(salt, 'base64'), parameters, expected.length)
  return timingSafeEqual(given, expected) && stored !== NOBODY
}
