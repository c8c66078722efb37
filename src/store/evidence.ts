import { firstRow, type Queryable } from './db.ts'

/** What a file of a case is sealed to: subject (16 bytes) and case (8), so that it cannot be moved to another. */
export function evidenceBound(subject: string, file: bigint): Buffer {
  const bound = Buffer.alloc(32)
  bound.write('evidence')
  bound.write(subject.replaceAll('-', ''), 8, 'hex')
  bound.writeBigInt64BE(file, 24)
  return bound
}

/** Adds a file to a case, or says by its outcome why not (migration 0010). */
export async function addEvidence(
  db: Queryable,
  of: {
    actor: number
    subject: string
    file: bigint
    type: string
    size: number
    digest: Uint8Array
    sealed: Uint8Array
    about: string
  },
): Promise<{ outcome: number; num: bigint; at: string }> {
  const { rows } = await db.query<{ outcome: number; num: bigint; at: string }>(
    `select outcome, num, at from xinheng.add_evidence($1::integer, $2::uuid, $3::bigint, $4::text, $5::integer, $6::bytea, $7::bytea,
       $8::text)`,
    [of.actor, of.subject, of.file, of.type, of.size, of.digest, of.sealed, of.about],
  )
  return firstRow(rows)
}

export type EvidenceRow = {
  num: bigint
  at: string
  by_person: boolean
  type: string
  size: number
  digest: Buffer
  about: string
  /** only of the one file that was asked for */
  sealed: Buffer | null
}

/** The files of a case, or one with its bytes; nothing to whom it is not. Reading leaves its row. */
export async function readEvidence(
  db: Queryable,
  of: { actor: number; subject: string; file: bigint; num?: bigint },
): Promise<EvidenceRow[]> {
  const { rows } = await db.query<EvidenceRow>(
    `select num, at, by_person, type, size, digest, sealed, about from xinheng.read_evidence($1::integer, $2::uuid, $3::bigint, $4::bigint)`,
    [of.actor, of.subject, of.file, of.num ?? null],
  )
  return rows
}
