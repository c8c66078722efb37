import { hash } from 'node:crypto'
import {
  EVIDENCE_ABOUT,
  EVIDENCE_MOST,
  EVIDENCE_TYPES,
  evidenceTypeOf,
  type EvidenceAbout,
  type EvidenceType,
} from '#domain/evidence.ts'
import { refuse, type Refusal } from '#domain/refusal.ts'
import { refusalOf } from '#store/archive.ts'
import { addEvidence, evidenceBound, readEvidence, type EvidenceRow } from '#store/evidence.ts'
import { parseCaseId } from '../case-id.ts'
import type { System } from '../system.ts'

export type EvidenceView = {
  evidence: string
  at: string
  by: 'person' | 'unit'
  about: EvidenceAbout
  type: string
  size: number
}

const digestOf = (bytes: Uint8Array): Buffer => Buffer.from(hash('sha256', bytes, 'hex'), 'hex')

/** All of a body, or undefined as soon as it is longer than a file may be; then nothing more of it is kept. */
async function readWhole(source: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of source) {
    size += piece.length
    if (size > EVIDENCE_MOST) return undefined
    pieces.push(Buffer.from(piece))
  }
  return Buffer.concat(pieces)
}

/**
 * Puts a file to a case, by the person or by the unit that answers for it. What it is, is told from its content and must
 * be what the sender says; it is stored encrypted, without its name. Refuses with evidence-size, evidence-type,
 * evidence-full, not-found, and step-not-possible where the case is closed.
 */
export async function putEvidence(
  system: System,
  of: {
    actor: number
    case: string
    about?: EvidenceAbout | undefined
    contentType: string | undefined
    source: AsyncIterable<Uint8Array>
  },
): Promise<Omit<EvidenceView, 'by'> | Refusal> {
  const named = parseCaseId(of.case)
  if (!named) return refuse('not-found')
  const bytes = await readWhole(of.source)
  if (!bytes || bytes.length === 0) return refuse('evidence-size')
  const type = evidenceTypeOf(bytes)
  const said = of.contentType?.split(';', 1)[0]?.trim().toLowerCase()
  if (type === undefined || said !== type) return refuse('evidence-type')
  const { subject, file } = named
  const about = of.about ?? 'other'
  const { outcome, num, at } = await addEvidence(system.pool, {
    actor: of.actor,
    subject,
    file,
    type,
    size: bytes.length,
    digest: digestOf(bytes),
    sealed: system.cipher.sealBytes(bytes, evidenceBound(subject, file)),
    about,
  })
  return refusalOf(outcome) ?? { evidence: String(num), at, about, type, size: bytes.length }
}

const view = ({ num, at, by_person, about, type, size }: EvidenceRow): EvidenceView => ({
  evidence: String(num),
  at,
  by: by_person ? 'person' : 'unit',
  about: EVIDENCE_ABOUT.find((one) => one === about) ?? 'other',
  type,
  size,
})

/** What stands to a case; nothing to whom the case is not. At the desk it is a look-up that the person sees. */
export async function listEvidence(system: System, of: { actor: number; case: string }): Promise<EvidenceView[]> {
  const named = parseCaseId(of.case)
  return named ? (await readEvidence(system.pool, { actor: of.actor, ...named })).map(view) : []
}

const isType = (type: string): type is EvidenceType => Object.hasOwn(EVIDENCE_TYPES, type)

/** One file, whole. Throws when it was altered; not-found to whom it is not. */
export async function getEvidence(
  system: System,
  of: { actor: number; case: string; evidence: string },
): Promise<{ type: EvidenceType; name: string; bytes: Buffer } | Refusal> {
  const named = parseCaseId(of.case)
  if (!named) return refuse('not-found')
  const [row] = await readEvidence(system.pool, { actor: of.actor, ...named, num: BigInt(of.evidence) })
  if (!row?.sealed || !isType(row.type)) return refuse('not-found')
  const bytes = system.cipher.openBytes(row.sealed, evidenceBound(named.subject, named.file))
  if (!digestOf(bytes).equals(row.digest)) throw new Error('a file of a case is not the one that was put there')
  return { type: row.type, name: `evidence-${of.evidence}.${EVIDENCE_TYPES[row.type]}`, bytes }
}
