import { isWorked, lastDay, lawKinds, lawStep, plusDays, plusPeriod, type LawStep } from './law.fixture.ts'

/**
 * What must be true of the people of a city after any sequence of steps: a small model of its own, which asks neither the domain
 * nor the database nor the pack. Marks, hiding, silence, what stays refuted, when repair is possible, who is to be told.
 */
export type Kind = 'minor' | 'general' | 'serious' | 'entry' | 'commitment'
/** Display and shortest time before repair, as 信用修复管理办法 has them; a good or neutral record is not repaired. */
const TERMS: Record<Kind, { most: string; least?: string }> = {
  minor: { most: 'P3M', least: 'P0D' },
  general: { most: 'P1Y', least: 'P3M' },
  serious: { most: 'P3Y', least: 'P1Y' },
  entry: { most: 'P3Y', least: 'P1Y' },
  commitment: { most: 'P3Y' },
}
/** Terms of steps, in working days: by when the next one is due. Silence lasts three more. */
const DUE: Readonly<Record<string, string>> = {
  'objection/open': 'P3WD',
  'objection/contest': 'P3WD',
  'objection/forward': 'P5WD',
  'objection/extend': 'P10WD',
}
export const ITEM: Record<Kind, string> = {
  minor: 'penalty-person',
  general: 'penalty-person',
  serious: 'penalty-person',
  entry: 'list-entry-person',
  commitment: 'commitment',
}

export type Told = { kind: string; must: ReadonlySet<string>; may: ReadonlySet<string> }
export type Rec = {
  id: string
  person: number
  kind: Kind
  unit: string
  document: string
  decided: string
  /** what it says now; what a decision has found wrong */
  says: string
  wrong: Set<string>
  said: Set<string>
  ended?: string
  /** of an entry: the facts it was proposed on; found wrong by a decision, they do not come back */
  facts?: string
  refuted?: boolean
  /** units that were shown it since it came in or last ended; units that looked at such items at all */
  shownTo: Set<string>
  itemTo: Set<string>
  told: Told[]
}
export type Case = {
  id: string
  machine: string
  kind: string
  step: number
  person: number
  rec?: Rec | undefined
  target?: Case | undefined
  unit: string
  proposer: number
  /** from this day on silence suspends */
  silent?: string | undefined
  window?: string | undefined
  /** an entry: the days on which it took effect and ends; how often a hearing was asked for plays no part */
  day?: string | undefined
  until?: string | undefined
}
export type Actor = { account: number; unit?: string; roles: readonly string[]; person?: number }

type Notices = Parameters<typeof lastDay>[0]
export function makeOracle(notices: Notices) {
  const cases: Case[] = []
  const records: Rec[] = []
  const closed = (of: Case) => lawKinds(of.machine, of.kind).length === 0
  const endOf = (rec: Rec) => plusPeriod(rec.decided, TERMS[rec.kind].most)
  const silentCases = (day: string) => cases.filter((one) => one.silent !== undefined && one.silent <= day)
  /** An objection, review or lawsuit about a case stands against it: silence past the term, or upheld. */
  const contested = (of: Case, day: string): boolean =>
    cases.some((one) => one.target === of && lawEnds(one)) || silentCases(day).some((one) => one.target === of)
  /** Facts on which an entry on this person was refuted stay refuted (B5). */
  const isRefuted = (person: number, facts: string | undefined, but?: Rec): boolean =>
    facts !== undefined &&
    cases.some(
      ({ machine, rec }) =>
        machine === 'listing' && rec !== but && rec?.person === person && rec.refuted === true && rec.facts === facts,
    )
  const lawEnds = (of: Case) => lawStepOf(of)?.does.has('ends') === true
  const lawStepOf = (of: Case): LawStep | undefined =>
    lawKinds(of.machine)
      .flatMap((after) => lawStep(of.machine, after, of.kind) ?? [])
      .at(0)
  const suspended = (rec: Rec, day: string) => silentCases(day).some((one) => one.rec === rec)
  const stateOf = (rec: Rec, day: string): string =>
    rec.ended ?? (suspended(rec, day) ? 'suspended' : day < endOf(rec) ? 'shown' : 'ended')
  const entryCase = (rec: Rec | undefined) => cases.find((one) => one.machine === 'listing' && one.rec === rec)
  /** Why an entry or a measure on it does not hold on a day. */
  const entryOver = (of: Case, day: string): 'none' | 'ended' | 'term' | undefined => {
    if (of.day === undefined || of.until === undefined || !of.rec) return 'none'
    if (of.rec.ended !== undefined || suspended(of.rec, day) || contested(of, day)) return 'ended'
    return day < of.until ? undefined : 'term'
  }
  const measureRuns = (of: Case, day: string): boolean =>
    of.target !== undefined && entryOver(of.target, day) === undefined && !contested(of, day)
  const openOn = (machine: string, rec: Rec | undefined, target: Case | undefined) =>
    cases.some((one) => one.machine === machine && one.rec === rec && one.target === target && !closed(one))
  const repairable = (rec: Rec, day: string): boolean => {
    const { least } = TERMS[rec.kind]
    const state = stateOf(rec, day)
    if (least === undefined || (state !== 'shown' && state !== 'suspended') || day >= endOf(rec)) return false
    return day >= (least === 'P0D' ? rec.decided : plusPeriod(rec.decided, least))
  }
  const party = (step: LawStep, actor: Actor, of: { person: number; unit: string }): boolean => {
    if (step.by === 'person') return actor.person === of.person
    if (!step.roles.some((role) => actor.roles.includes(role)) || actor.unit === undefined) return false
    return step.by === 'unit' || actor.unit === of.unit
  }

  return {
    cases,
    records,
    stateOf,
    repairable,
    entryCase,
    entryOver,
    isRefuted,
    measureRuns,
    endOf,
    closed,
    /** May this first step be taken? */
    mayStart(
      of: {
        actor: Actor
        machine: string
        kind: string
        person: number
        rec?: Rec | undefined
        target?: Case | undefined
        unit: string
        full: boolean
      },
      day: string,
    ): boolean {
      const step = lawStep(of.machine, 'start', of.kind)
      if (!step || !of.full || !party(step, of.actor, of)) return false
      if (step.does.has('record') && !of.rec) return false
      if (step.does.has('single') && openOn(of.machine, of.rec, of.target)) return false
      return of.machine !== 'repair' || (of.rec !== undefined && repairable(of.rec, day))
    },
    /** May this step follow, by this actor, today? `full`: it says what it must; `seen`: the actor has read the last step. */
    mayStep(of: { actor: Actor; last: Case; kind: string; full: boolean; seen: boolean; way: string }, day: string) {
      const { last, kind, actor } = of
      const step = lawStep(last.machine, last.kind, kind)
      if (!step || !of.full || !of.seen || !party(step, actor, last)) return false
      if (step.does.has('other') && actor.account === last.proposer) return false
      if (step.does.has('waits') && !(last.window !== undefined && day > last.window)) return false
      switch (`${last.machine}/${kind}`) {
        case 'listing/ask-hearing':
          return last.window !== undefined && day <= last.window
        case 'listing/remove':
          return ['repair', 'review', 'revocation', 'term'].includes(of.way) && entryOver(last, day) !== 'term'
        case 'listing/determine':
          // an objection to the notice that was upheld, or met by silence, stands against the entry
          return last.rec?.ended === undefined && !(last.rec && suspended(last.rec, day)) && !contested(last, day)
        case 'measure/carry':
          return measureRuns(last, day)
        case 'measure/late':
          return !measureRuns(last, day)
        case 'objection/uphold-correct':
        case 'review/change':
          return last.rec !== undefined && records.includes(last.rec)
        default:
          return true
      }
    },
    /** The day from which silence suspends: three working days after the last day for the answer. What is suspended stays so. */
    silenceOf(machine: string, kind: string, day: string, before?: string): string | undefined {
      const due = DUE[`${machine}/${kind}`]
      if (due === undefined) return undefined
      if (before !== undefined && before <= day) return day
      const end = lastDay(notices, day, due)
      const silent = end === undefined ? undefined : lastDay(notices, end, 'P3WD')
      if (silent === undefined) throw new Error('the model stays within the years that have a notice')
      return plusDays(silent, 1)
    },
    windowOf: (day: string) => lastDay(notices, day, 'P10WD'),
    /** A record ends: whoever was shown it is to be told, and nobody who was shown nothing of its kind. */
    end(rec: Rec | undefined, kind: string) {
      if (!rec) return
      rec.told.push({ kind, must: new Set(rec.shownTo), may: new Set([...rec.shownTo, ...rec.itemTo]) })
      rec.shownTo.clear()
      rec.itemTo.clear()
      rec.ended = kind
    },
    /** It says something else now: told to whoever was shown what it said before. */
    correct(rec: Rec | undefined, says: string, wrong: boolean) {
      if (!rec) return
      if (rec.shownTo.size > 0)
        rec.told.push({ kind: 'superseded', must: new Set(rec.shownTo), may: new Set([...rec.shownTo, ...rec.itemTo]) })
      if (wrong) for (const one of rec.said) rec.wrong.add(one)
      rec.says = says
      rec.said.add(says)
    },
    /** What becomes of a record that its source sends again. */
    resent(rec: Rec, says: string): 'refused' | 'duplicate' | 'version' {
      if (rec.told.some(({ kind }) => kind === 'withdrawn' || kind === 'refuted')) return 'refused'
      if (says === rec.says) return 'duplicate'
      return rec.wrong.has(says) ? 'refused' : 'version'
    },
    /** What a reader who may see these items is shown of a person. */
    shownOf: (person: number, day: string, items: readonly string[]) =>
      records.filter((rec) => rec.person === person && items.includes(ITEM[rec.kind]) && stateOf(rec, day) === 'shown'),
    /** The machines whose marks travel with a record. */
    marksOf: (rec: Rec) =>
      cases
        .filter((one) => one.rec === rec && one.machine !== 'listing' && !closed(one))
        .map(({ machine }) => machine)
        .toSorted(),
    isWorked: (day: string) => isWorked(notices, day),
  }
}
export type Oracle = ReturnType<typeof makeOracle>
