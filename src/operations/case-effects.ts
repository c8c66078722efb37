import type { Refusal } from '#domain/refusal.ts'
import type { Taken } from './case.ts'
import { correctRecord } from './objection/correct.ts'
import { enterApplication } from './repair/apply.ts'

/** What follows from a step in its own transaction; a refusal takes the step back. */
export type Effect = (taken: Taken) => Promise<Refusal | undefined>

/** Effects by `machine/kind`. */
export const EFFECTS: Readonly<Record<string, readonly Effect[]>> = {
  'objection/uphold-correct': [correctRecord],
  'review/change': [correctRecord],
  'repair/apply': [enterApplication],
  'lawsuit/change': [correctRecord],
}
