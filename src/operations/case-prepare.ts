import type { Dates } from '#domain/case.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Step, StepContent } from '#domain/step.ts'
import type { StepRequest } from './case.ts'
import { prepareAsk, prepareOrder } from './campaign/steps.ts'
import {
  prepareDetermination,
  prepareHearing,
  prepareNotice,
  prepareRemoval,
  prepareService,
  prepareWindow,
  prepareWord,
} from './listing/prepare.ts'
import { prepareCarry, prepareLate, prepareRespond } from './measure/prepare.ts'
import type { System } from './system.ts'

/** What the rules say of a step before it is judged: terms of its own list or measure, words made from the rule, dates. */
export type Prepared = {
  terms?: Partial<Pick<Step, 'due' | 'silence' | 'window'>>
  content?: StepContent
  dates?: Dates
}
export type Prepare = (system: System, request: StepRequest) => Promise<Prepared | Refusal> | Prepared | Refusal

/** By `machine/kind`. */
export const PREPARE: Readonly<Record<string, Prepare>> = {
  'listing/rectify': prepareWindow,
  'listing/notify': prepareNotice,
  'listing/serve': prepareService,
  'listing/ask-hearing': prepareHearing,
  'listing/determine': prepareDetermination,
  'listing/remove': prepareRemoval,
  'exemplar/publicise': prepareWindow,
  'exemplar/determine': prepareDetermination,
  'exemplar/remove': prepareRemoval,
  'received/word': prepareWord,
  'measure/respond': prepareRespond,
  'measure/carry': prepareCarry,
  'measure/late': prepareLate,
  'campaign/ask': prepareAsk,
  'campaign/order': prepareOrder,
}
