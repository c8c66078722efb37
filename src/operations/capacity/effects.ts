import { refuse, type Refusal } from '#domain/refusal.ts'
import { enterCapacity, readCapacityDue } from '#store/capacity.ts'
import { sealStep } from '#store/case.ts'
import type { Taken } from '../case.ts'

/**
 * What a court says of somebody's capacity (G2): in the same transaction every adverse record about them is hidden, and
 * everyone who was given it is told; once they have it again, the records are shown for what is left of their terms, but for
 * what was decided in between. What counts is the day that the finding states, whenever it is recorded.
 */
export async function enterCapacityOf({
  system,
  client,
  subject,
  taken,
  content,
  kind,
}: Taken): Promise<Refusal | undefined> {
  const day = content.day ?? ''
  const nks = await readCapacityDue(client, subject, taken.num, day)
  const said = {
    document: content.document,
    basis: kind === 'determine' ? '《中华人民共和国民法典》第二十四条' : '《中华人民共和国民法典》第二十四条第二款',
  }
  const outcome = await enterCapacity(client, {
    subject,
    num: taken.num,
    day,
    nks,
    sealed: nks.map((nk) => sealStep(system.cipher, subject, nk, said)),
  })
  if (outcome === 7) return refuse('capacity-day', { field: 'day' })
  return outcome === 0 ? undefined : refuse('capacity-of-person')
}
