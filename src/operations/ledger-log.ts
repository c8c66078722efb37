import { randomBytes } from 'node:crypto'
import { formatVerifierKey, parseVerifierKey, type NoteSigner, type NoteVerifier } from '#domain/note.ts'
import type { Queryable } from '#store/db.ts'
import type { Keys } from '#store/keys.ts'
import { findLog, insertLog } from '#store/ledger.ts'
import { getLedgerSigner } from '#store/ledger-leaf.ts'

/** An origin nobody else has, for installations that name none. `.invalid` is no address (RFC 6761). */
const makeOrigin = () => `ledger-${randomBytes(6).toString('hex')}.xinheng.invalid`

/**
 * The key that signs this installation's checkpoints, under its one name. The name is chosen at the first call
 * (`wanted`, an address without scheme, else one made up) and never changes: whoever keeps a checkpoint knows the log
 * by it. For the owner. Throws where the key file is another installation's.
 */
export async function openLedgerLog(owner: Queryable, keys: Keys, wanted?: string): Promise<NoteSigner> {
  const known = await findLog(owner)
  if (!known) {
    const signer = await getLedgerSigner(keys, wanted ?? makeOrigin())
    await insertLog(owner, { origin: signer.name, key: formatVerifierKey(signer) })
  }
  const log = known ?? (await findLog(owner))
  if (!log) throw new Error('the name of the ledger is not on file')
  const signer = await getLedgerSigner(keys, log.origin)
  if (formatVerifierKey(signer) !== log.key) throw new Error('the key file is not the one this ledger is signed with')
  return signer
}

/** The log's published key, to verify with: no secret is needed. */
export async function getLogVerifier(db: Queryable): Promise<NoteVerifier | undefined> {
  const log = await findLog(db)
  return log && (await parseVerifierKey(log.key))
}

/** The same in the text form that is published. */
export const findLogKey = async (db: Queryable): Promise<string | undefined> => (await findLog(db))?.key
