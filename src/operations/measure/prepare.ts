import { citationOf } from '#domain/listing.ts'
import { measureAt } from '#domain/measure.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { findMeasure } from '#store/measure.ts'
import type { StepRequest } from '../case.ts'
import type { Prepared } from '../case-prepare.ts'
import { today, type System } from '../system.ts'

async function measureOf(system: System, { actor, subject, place }: StepRequest) {
  const row = place.last && (await findMeasure(system.pool, { actor, subject, file: place.last.file }))
  if (!row) return refuse('not-allowed')
  return { ...row, measure: measureAt(system.reference.pack, row.measure, today(system)) }
}

/** Whoever takes it up has the time of that measure to carry it out. */
export async function prepareRespond(system: System, request: StepRequest): Promise<Prepared | Refusal> {
  const found = await measureOf(system, request)
  if (isRefusal(found)) return found
  return found.measure ? { terms: { due: found.measure.carry } } : {}
}

/** Carried out only while its cause stands and it is in the list; the person is told basis and remedy in its own words (G7). */
export async function prepareCarry(system: System, request: StepRequest): Promise<Prepared | Refusal> {
  const found = await measureOf(system, request)
  if (isRefusal(found)) return found
  const { measure, over } = found
  if (!measure || over !== null) return refuse('measure-over')
  return {
    content: {
      basis: citationOf(measure.basis),
      outcome: `${measure.name.zh}：${measure.content.zh}。${measure.remedy.zh} ${measure.remedy.en}`,
    },
  }
}

/** What was carried out after its cause had ended is told as that. */
export async function prepareLate(system: System, request: StepRequest): Promise<Prepared | Refusal> {
  const found = await measureOf(system, request)
  if (isRefusal(found)) return found
  return found.over === null ? refuse('measure-cause-stands') : {}
}
