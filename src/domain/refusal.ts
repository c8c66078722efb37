import { CAMPAIGN_REFUSALS } from './refusals/campaign.ts'
import { CASE_REFUSALS } from './refusals/case.ts'
import { IDENTIFIER_REFUSALS } from './refusals/identifier.ts'
import { INTAKE_REFUSALS } from './refusals/intake.ts'
import { LISTING_REFUSALS } from './refusals/listing.ts'
import { NOTICE_REFUSALS } from './refusals/notice.ts'
import { OFFICE_REFUSALS } from './refusals/office.ts'
import { PACK_REFUSALS } from './refusals/pack.ts'
import { PUBLIC_REFUSALS } from './refusals/public.ts'
import { REPAIR_REFUSALS } from './refusals/repair.ts'
import { REPORT_REFUSALS } from './refusals/report.ts'
import { SERVICE_REFUSALS } from './refusals/service.ts'
import { SUPERVISION_REFUSALS } from './refusals/supervision.ts'

/** Words for people: plain Chinese first, complete English second. */
export type Text = { zh: string; en: string }

/**
 * An expected "no". The same value answers in the API, the command line, the screen and the log,
 * and never contains personal data: `field` names a column, never its content.
 */
export type Refusal = {
  code: RefusalCode
  /** id of the pack rule that was applied, where one was */
  rule?: string
  /** field (column) of the row or request it is about */
  field?: string
  message: Text
  /** what to do next */
  remedy: Text
}

/** Every reason to say no, once; the tables by area are in refusals/. */
export const REFUSALS = {
  ...SERVICE_REFUSALS,
  ...IDENTIFIER_REFUSALS,
  ...INTAKE_REFUSALS,
  ...OFFICE_REFUSALS,
  ...CASE_REFUSALS,
  ...CAMPAIGN_REFUSALS,
  ...REPAIR_REFUSALS,
  ...LISTING_REFUSALS,
  ...PACK_REFUSALS,
  ...NOTICE_REFUSALS,
  ...PUBLIC_REFUSALS,
  ...REPORT_REFUSALS,
  ...SUPERVISION_REFUSALS,
}

export type RefusalCode = keyof typeof REFUSALS

/** Builds the refusal for a code; `field` and `rule` say where and by which rule. */
export function refuse(code: RefusalCode, at: { field?: string; rule?: string } = {}): Refusal {
  const { message, remedy } = REFUSALS[code]
  return { code, ...at, message, remedy }
}

/** Tells a refusal from a result. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'code' in value && 'remedy' in value
}
