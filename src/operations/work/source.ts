import type { Text } from '#domain/refusal.ts'
import type { Session } from '../sign-in.ts'
import type { System } from '../system.ts'

/** Something that waits for somebody. Nothing of it is personal: numbers, kinds, days. */
export type WorkLine = {
  title: Text
  state?: Text | undefined
  since?: string | undefined
  due?: string | undefined
  /** where the source knows it; else a due day before today is late */
  late?: boolean | undefined
  /** another page than the source's own */
  path?: string | undefined
}

/** One area that gives people work: who may have any there, and how it is read through the area's own gate. */
export type WorkSource = {
  id: string
  area: Text
  /** page of the desk where it is done */
  path: string
  roles: readonly string[]
  read: (system: System, who: Session) => Promise<WorkLine[]>
}
