import { CAMPAIGN } from './machines/campaign.ts'
import { CAPACITY, INCAPACITY } from './machines/capacity.ts'
import { EXEMPLAR } from './machines/exemplar.ts'
import { LISTING } from './machines/listing.ts'
import { MEASURE } from './machines/measure.ts'
import { OBJECTION } from './machines/objection.ts'
import { RECEIVED } from './machines/received.ts'
import { RECORD } from './machines/record.ts'
import { LAWSUIT, REVIEW } from './machines/remedy.ts'
import { REPAIR } from './machines/repair.ts'
import { STATEMENT } from './machines/statement.ts'
import type { Text } from './refusal.ts'
import type { Machine } from './step.ts'

/** Every state machine of due process. A new one: its table in machines/, a row here, its rules in a migration. */
export const MACHINES: Readonly<Record<string, Machine>> = Object.fromEntries(
  [
    RECORD,
    OBJECTION,
    STATEMENT,
    REVIEW,
    LAWSUIT,
    REPAIR,
    LISTING,
    EXEMPLAR,
    RECEIVED,
    MEASURE,
    CAPACITY,
    INCAPACITY,
    CAMPAIGN,
  ].map((machine) => [machine.id, machine]),
)

/** The words for a step, as people read them. */
export const nameOfStep = (machine: string, kind: string): Text =>
  MACHINES[machine]?.steps.find((step) => step.kind === kind)?.name ?? { zh: kind, en: kind }
