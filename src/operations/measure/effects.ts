import { refuse, type Refusal } from '#domain/refusal.ts'
import { enterCarried } from '#store/measure.ts'
import type { Taken } from '../case.ts'

/** The wall judges again that the measure may run, and that the person is told in the same transaction. */
export async function carryOut({ client, subject, taken }: Taken): Promise<Refusal | undefined> {
  return (await enterCarried(client, { subject, num: taken.num })) === 0 ? undefined : refuse('measure-over')
}
