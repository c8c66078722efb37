import { comparable, decideRepeated } from '#domain/listing.ts'
import { refuse, type Refusal } from '#domain/refusal.ts'
import { enterGround, findRefuted, type Grounds } from '#store/listing.ts'
import type { Taken } from '../case.ts'
import type { System } from '../system.ts'

type Said = { facts?: string | undefined; document?: string | undefined }

/** What is said as the database remembers it: a fingerprint for this person, which says nothing of the words. */
function groundsOf(system: System, subject: string, { facts = '', document = '' }: Said): Grounds {
  const mac = (kind: string, words: string) =>
    Buffer.from(system.hmac(`listing ${kind} ${subject} ${comparable(words)}`), 'hex').subarray(0, 16)
  return { facts: mac('facts', facts), document: comparable(document) === '' ? null : mac('document', document) }
}

/**
 * Refuses with refuted-before, quoting the earlier decision, where an entry on the same facts or the same evidence was refuted
 * (B5), or a new proposal for the same list names no new evidence. `file`: the case of a notice; absent: a proposal.
 */
export async function refuseRepeated(
  system: System,
  of: Said & { actor: number; subject: string; file?: bigint; list: string },
): Promise<Refusal | undefined> {
  const { actor, subject, file, list } = of
  const grounds = groundsOf(system, subject, of)
  return decideRepeated(
    await findRefuted(system.pool, { actor, subject, list, grounds, ...(file === undefined ? {} : { file }) }),
  )
}

/** Keeps on what a proposal or a written notice rests; the database refuses again what repeats a refuted one. */
export async function keepGrounds({
  system,
  client,
  subject,
  taken,
  kind,
  content,
}: Taken): Promise<Refusal | undefined> {
  // the document of a proposal is its evidence; that of a notice is the notice
  const grounds = groundsOf(system, subject, kind === 'propose' ? content : { facts: content.facts })
  return (await enterGround(client, { subject, num: taken.num, grounds })) === 0 ? undefined : refuse('refuted-before')
}
