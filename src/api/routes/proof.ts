import { hashRow, sha256 } from '#domain/merkle-verify.ts'
import { isRefusal, refuse } from '#domain/refusal.ts'
import { proveRow } from '#operations/ledger-proof.ts'
import type { Handlers } from '../handler.ts'

/** Everything the person needs to check, with anyone's RFC 6962 verifier, that a look-up stands in the ledger as shown. */
export const proofRoutes: Handlers<'myProof'> = {
  async myProof({ system, session, params }) {
    const proof = await proveRow(system, { actor: session.account, source: 'access', num: BigInt(params.access) })
    if (isRefusal(proof)) return proof
    if ('pending' in proof) return refuse('proof-pending')
    const { row, salt, index, hashes, checkpoint } = proof
    const leaf = await hashRow(sha256, Buffer.from(salt, 'hex'), row)
    const path = hashes.map((hash) => Buffer.from(hash, 'base64').toString('hex'))
    return {
      checkpoint,
      index,
      leaf: Buffer.from(leaf).toString('hex'),
      salt,
      row: Buffer.from(row).toString('hex'),
      proof: path,
    }
  },
}
