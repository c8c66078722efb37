import { datesOf } from '#domain/case.ts'
import { citationOf } from '#domain/listing.ts'
import { tasksOf } from '#domain/measure.ts'
import { refuse, type Refusal } from '#domain/refusal.ts'
import { sealStep, takeStep } from '#store/case.ts'
import { enterMeasure } from '#store/measure.ts'
import { calendarOf } from '../calendar-of.ts'
import type { Taken } from '../case.ts'
import { today } from '../system.ts'

/**
 * Sends the tasks that follow from an entry, in the transaction in which it takes effect (R38): one case a measure and unit,
 * about the case of the entry. Only what the list of measures has, and the database judges each again (G7).
 */
export async function sendTasks(
  { system, client, actor, subject }: Taken,
  entry: { file: bigint; list: string; person: boolean },
): Promise<Refusal | undefined> {
  const { pack, packNum, unitNum } = system.reference
  const day = today(system)
  const tasks = tasksOf(pack, { list: entry.list, subject: entry.person ? 'person' : 'organisation', day })
  for (const { measure, unit } of tasks) {
    const owner = unitNum.get(unit.id)
    const dates = datesOf(pack, calendarOf(system), { due: measure.respond }, day)
    if (owner === undefined || 'missing' in dates) return refuse('no-term', { rule: measure.respond })
    const content = {
      fields: { measure: measure.id },
      basis: citationOf(measure.basis),
      outcome: `${measure.name.zh}：${measure.content.zh}`,
      clock: dates.clock,
    }
    const taken = await takeStep(client, {
      actor,
      subject,
      machine: 'measure',
      kind: 'task',
      nk: 0n,
      owner,
      target: entry.file,
      pack: packNum,
      due: dates.due,
      sealed: sealStep(system.cipher, subject, 0n, content),
    })
    if (taken.outcome !== 0) return refuse('not-allowed')
    if ((await enterMeasure(client, { subject, file: taken.num, measure: measure.id })) !== 0)
      return refuse('measure-over', { rule: measure.id })
  }
  return undefined
}
