import type { Text } from './refusal.ts'

/**
 * The state machines of due process: which step may follow which, who takes it, and what it does to the record. The
 * database holds the same table (xinheng.step_rule) and refuses everything else by keys and checks; a test compares them.
 */

/** What a record is: shown, at its term, or ended before it, in the words of the person who may still see it. */
export const RECORD_STATES = {
  shown: { zh: '展示中', en: 'Shown' },
  ended: { zh: '已到期', en: 'Term ended' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  superseded: { zh: '已更正', en: 'Corrected' },
  erased: { zh: '已删除', en: 'Erased' },
  refuted: { zh: '异议成立，已撤销', en: 'Objection upheld, withdrawn' },
  suspended: { zh: '暂停展示和使用', en: 'Suspended' },
  repaired: { zh: '已修复', en: 'Repaired' },
  removed: { zh: '已移出名单', en: 'Removed from the list' },
} as const satisfies Record<string, Text>
export type RecordState = keyof typeof RECORD_STATES
/** Ended before its term: what an action or a newer version made of it. */
export type Ended = Exclude<RecordState, 'shown' | 'ended'>

export const isEnded = (text: string): text is Ended =>
  Object.hasOwn(RECORD_STATES, text) && text !== 'shown' && text !== 'ended'

/** A case that travels with a record (异议标注): at which step it stands since when, due when. */
export type Mark = {
  machine: string
  kind: string
  name: Text
  day: string
  due?: string | undefined
  file: string
  /** what the person says beside the record */
  text?: string | undefined
}

export type Step = {
  /** kinds of the step before; 'start' for the first */
  after: readonly string[]
  kind: string
  /** the step once taken: what the case then is */
  name: Text
  /** the step as something to do, where that reads differently */
  act?: Text
  /** the person (or who stands for them), the unit that answers for the case, any unit, or a unit of a kind */
  by: 'person' | 'owner' | 'unit' | `kind:${string}`
  roles?: readonly string[]
  /** by somebody else than whoever took the first step */
  other?: true
  /** sets the window for statement and defence · possible only after it */
  opens?: true
  waits?: true
  /** ends the record at once, or suspends it from a later day on if nothing follows (silence) */
  ends?: Ended
  hiding?: 'now' | 'later'
  marked?: true
  /** a first step about a record that is on file */
  ofRecord?: true
  /** a first step: one such case is open at a time about the same record or case */
  single?: true
  /** ids of terms of the pack: by when the next step is due, how long silence may last after that, the window */
  due?: string
  silence?: string
  window?: string
  /** prolongs the term of the step before, by what that term may be extended by, once */
  extends?: true
  /** what it must say, beside what it may */
  needs?: readonly StepField[]
  may?: readonly StepField[]
  /** a decision against the person carries its remedies: body and last day (G9); terms of the pack, if not the usual ones */
  remedy?: true | readonly string[]
  /** the person is told, in words made from the rule */
  notice?: true
  /** nobody takes it by itself: it comes with another act, in the same transaction */
  follows?: true
}

/** What a step may say. `reason` and `facts` are plain text for the person. */
export type StepField = 'reason' | 'statement' | 'facts' | 'basis' | 'document' | 'outcome' | 'fields' | 'day'
export type StepContent = { [field in Exclude<StepField, 'fields'>]?: string } & {
  fields?: Record<string, string>
  remedies?: Remedy[]
  /** what the dates were computed from, for showing (deadlines with their computation) */
  clock?: Clock
  /** whom a first step is about, where nothing of them is on file yet: opened for the record, never shown */
  who?: { kind: string; number: string; name: string }
  /** of a step that the counter files for a person who is present: the number of the form they signed */
  form?: string
}
export type Remedy = {
  name: Text
  until?: string | undefined
  basis: { document: string; article?: string | undefined }[]
  /** the term was read in no full text */
  unverified?: boolean
}
export type Clock = {
  due?: string | undefined
  from: string
  period?: string
  term?: string
  basis?: Remedy['basis']
  unverified?: boolean
}
/** A state machine; `id` begins the numbers of its cases. */
export type Machine = { id: string; name: Text; steps: readonly Step[] }

/** Kinds that may follow a step; none: the case is closed. */
export const nextKinds = (machine: Machine, kind: string): string[] => [
  ...new Set(machine.steps.filter(({ after }) => after.includes(kind)).map((step) => step.kind)),
]

/** The step of a kind, wherever it stands. */
export const findStep = (machine: Machine, after: string, kind: string): Step | undefined =>
  machine.steps.find((step) => step.kind === kind && step.after.includes(after))

/** The rows of xinheng.step_rule that a machine is. */
export const ruleRows = ({ id, steps }: Machine) =>
  steps.flatMap((step) =>
    step.after.map((after) => ({
      machine: id,
      after,
      kind: step.kind,
      party: step.by,
      roles: [...(step.roles ?? [])],
      other: step.other ?? false,
      opens: step.opens ?? false,
      waits: step.waits ?? false,
      hiding: step.hiding ?? 'no',
      ended: step.ends ?? null,
      marked: step.marked ?? false,
      of_record: step.ofRecord ?? false,
      single: step.single ?? false,
    })),
  )
