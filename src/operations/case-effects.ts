import type { Refusal } from '#domain/refusal.ts'
import { enterCase, enterStep } from './campaign/steps.ts'
import { enterCapacityOf } from './capacity/effects.ts'
import type { Taken } from './case.ts'
import { enterProposal, openWindow, takeEffect, takeReceived } from './listing/effects.ts'
import { keepGrounds } from './listing/grounds.ts'
import { carryOut } from './measure/effects.ts'
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
  'listing/propose': [enterProposal, keepGrounds],
  'listing/notify': [keepGrounds],
  'listing/serve': [openWindow],
  'listing/determine': [takeEffect],
  'exemplar/nominate': [enterProposal],
  'exemplar/publicise': [openWindow],
  'exemplar/determine': [takeEffect],
  'exemplar/renew': [takeEffect],
  'received/receive': [takeReceived],
  'measure/carry': [carryOut],
  'campaign/assign': [enterCase],
  'campaign/ask': [enterStep],
  'campaign/in-order': [enterStep],
  'campaign/rectified': [enterStep],
  'campaign/order': [enterStep],
  'campaign/hand-over': [enterStep],
  'capacity/determine': [enterCapacityOf],
  'capacity/restore': [enterCapacityOf],
}

/** Effects that take a record in while they hold a connection: a few at a time. */
const TAKE_IN: readonly Effect[] = [correctRecord, takeEffect]
export const takesIn = (step: string): boolean => EFFECTS[step]?.some((effect) => TAKE_IN.includes(effect)) ?? false
