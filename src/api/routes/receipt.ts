import type { ReceiptBody } from '#contract/shapes.ts'
import { isRefusal, type Refusal } from '#domain/refusal.ts'
import type { Receipt, Refused } from '#operations/intake/intake.ts'
import type { Held } from '#operations/intake/submit.ts'
import { explain } from '#operations/submissions.ts'

/** A receipt with what each of its problems means and what to do. */
export const receiptBody = (receipt: Receipt | Held): ReceiptBody => ({
  ...receipt,
  problems: receipt.problems.map(explain),
})

/** The same; of a refused file, the refusal with its receipt beside it. */
export function receiptAnswer(outcome: Receipt | Held | Refused): ReceiptBody | Refusal {
  if (!isRefusal(outcome)) return receiptBody(outcome)
  const { receipt, ...refusal } = outcome
  if (!receipt) return refusal
  const beside: ReceiptBody = { ...receipt, status: 'refused', problems: receipt.problems.map(explain), refusal }
  return { ...beside, ...refusal }
}
