import type { System } from '../system.ts'
import type { Receipt, Refused } from './intake.ts'
import { submit, type Held } from './submit.ts'

export type RecordRequest = { item: string; unit: string; actor: number; key?: string; values: Record<string, string> }

/** Takes in one record: a file of one line, on the same path as any other file (B11). */
export function submitRecord(system: System, { values, ...request }: RecordRequest): Promise<Receipt | Held | Refused> {
  const line = Buffer.from(`${JSON.stringify(values)}\n`)
  async function* source() {
    yield line
  }
  return submit(system, { ...request, source: source(), contentType: 'application/x-ndjson' })
}
