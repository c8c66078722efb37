import { displayClassAt, inForce } from './catalog.ts'
import { MACHINES } from './machines.ts'
import type { Pack } from './pack.ts'
import type { RepairRule } from './pack-process.ts'
import { addPeriod } from './period.ts'
import { refuse, type Refusal } from './refusal.ts'
import type { FoldedRecord } from './archive.ts'

/** What is repaired: a record as its fold says it is, and whether its item is adverse. */
export type Repairable = Pick<FoldedRecord, 'state' | 'display' | 'decided' | 'since' | 'marks' | 'until'> & {
  adverse: boolean
}

/** How a record is repaired: by which rule, and from which day; no day where a statute says that it is not. */
export type RepairWay = { rule: RepairRule; from?: string }

/** The rule in force on a day for a display class; the lowest layer's, which may only be kinder. */
export const findRepairRule = (pack: Pick<Pack, 'repair'>, display: string, day: string): RepairRule | undefined =>
  pack.repair.findLast((rule) => rule.classes.includes(display) && inForce(rule, day))

/**
 * The way a record is repaired, by the rules in force on a day: from the date of the document plus the shortest time of
 * its display class (信用修复管理办法: 最短公示期), which a correction never restarts (B2). A class without one (minor: as soon
 * as the duty is performed) can be repaired at once. Undefined for what no rule names.
 */
export function findRepairWay(pack: Pack, record: Omit<Repairable, 'state'>, day: string): RepairWay | undefined {
  const rule = record.adverse ? findRepairRule(pack, record.display, day) : undefined
  if (!rule) return undefined
  if (rule.irreparable) return { rule }
  const clock = record.since !== undefined && record.since < record.decided ? record.since : record.decided
  const least = displayClassAt(pack, record.display, day)?.least
  return { rule, from: least === undefined ? clock : addPeriod(clock, least) }
}

/** Held against its person: shown, or suspended by silence while its term still runs. */
const isHeld = ({ state, until }: Repairable, day: string): boolean =>
  state === 'shown' || (state === 'suspended' && (until === undefined || day < until))

/** May repair be applied for on this day? Else why not, and from when. */
export function decideRepair(pack: Pack, record: Repairable, day: string): RepairWay | Refusal {
  const way = isHeld(record, day) ? findRepairWay(pack, record, day) : undefined
  if (!way) return refuse('repair-not-needed')
  if (way.from === undefined) return refuse('repair-irreparable', { rule: way.rule.id })
  return day < way.from ? tooEarly(way.rule.id, way.from) : way
}

/** The refusal that says from when it is possible. */
export function tooEarly(rule: string, from: string): Refusal {
  const { message, ...refusal } = refuse('repair-too-early', { rule })
  return {
    ...refusal,
    message: {
      zh: `${message.zh}；自 ${from} 起可以申请`,
      en: `${message.en}; repair can be applied for from ${from}`,
    },
  }
}

/** What the person of an adverse record can do about it (B16): when it ends, what ends it sooner and from when, what to start. */
export type Ways = {
  /** id of the repair rule, in the legend of the answer */
  rule?: string
  /** first day on which repair can be applied for; absent: a statute says it is not repaired */
  from?: string
  start: { machine: string; kind: string }[]
}

/** First steps that a person may take about a record, whatever machines there are. */
let firsts: { machine: string; kind: string }[] | undefined
const firstSteps = () =>
  (firsts ??= Object.values(MACHINES).flatMap(({ id, steps }) =>
    steps
      .filter(({ after, by, ofRecord }) => after.includes('start') && by === 'person' && ofRecord)
      .map(({ kind }) => ({ machine: id, kind })),
  ))

/** The ways out of an adverse record that is held against its person; undefined for any other. One case of a kind at a time. */
export function waysOf(pack: Pack, record: Repairable, day: string): Ways | undefined {
  if (!record.adverse || !isHeld(record, day)) return undefined
  const way = findRepairWay(pack, record, day)
  const possible = way?.from !== undefined && way.from <= day
  const open = new Set(record.marks?.map(({ machine }) => machine))
  const start = firstSteps().filter(({ machine }) => !open.has(machine) && (machine !== 'repair' || possible))
  return { rule: way?.rule.id, from: way?.from, start }
}

/** A repair rule as people read it. */
export const describeRepair = ({ name, automatic, conditions, documents, basis }: RepairRule) => ({
  name,
  automatic,
  conditions,
  documents,
  basis: basis.map(({ document, article, unverified }) => ({ document, article, unverified })),
})
