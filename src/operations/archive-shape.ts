import type { describeDisplay, describeItem, FoldedRecord } from '#domain/archive.ts'
import type { Text } from '#domain/refusal.ts'
import type { describeRepair } from '#domain/repair.ts'

/** What repeats in an archive, said once. */
export type Legends = {
  items: Record<string, NonNullable<ReturnType<typeof describeItem>>>
  units: Record<string, Text>
  displays: Record<string, ReturnType<typeof describeDisplay>>
}

/** An archive: each record with its source, decision, basis, why it is shown and until when. */
export type Archive = Legends & {
  access: string
  at: string
  asOf?: string
  subject: { kind: 'person' | 'organisation'; name: string; number: string; found: boolean }
  /** repair rules that the ways of the records name */
  repairs?: Record<string, ReturnType<typeof describeRepair>>
  records: FoldedRecord[]
}
