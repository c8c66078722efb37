import { markedName } from '#domain/pack-words.ts'
import { isRuleOf, placesSeen } from '#domain/jurisdiction.ts'
import type { Text } from '#domain/refusal.ts'
import { unitsOf, unitsOfTask, type SupervisionKind } from '#domain/supervision.ts'
import { foldDuties, foldFunds, foldScores, foldTraining } from '#domain/supervision-sums.ts'
import { nameOfUnit, today, type System } from '../system.ts'
import { isIn, seenBy } from '../places.ts'
import { isGivenTo, readEntries, showEntry } from './tasks.ts'

/** The areas of supervision beside the tasks, and the kinds of rows each is made of. */
export const AREAS = {
  conference: ['meeting', 'decision', 'follow-up', 'closing'],
  assessment: ['inspection', 'evaluation', 'accountability', 'follow-up', 'closing', 'indicator'],
  funds: ['fund'],
  training: ['training', 'activity'],
  coverage: ['register'],
} as const satisfies Record<string, readonly SupervisionKind[]>
export type Area = keyof typeof AREAS

type Named = { id: string; name: Text }

/** A rule may come in versions: the newest of each id. */
const newest = <rule extends { id: string }>(rules: readonly rule[]): rule[] => [
  ...new Map(rules.map((rule) => [rule.id, rule])).values(),
]

/**
 * What the pack says of supervision to somebody's place and to those it oversees: bodies with their members, funds,
 * programmes, sheets, indicators, named days.
 */
export function readPlan(system: System, who: { unit?: string | undefined }) {
  const { pack, unitNum } = system.reference
  const seen = seenBy(system, who.unit)
  const places = who.unit === undefined ? [] : placesSeen(pack, who.unit)
  const isOurs = (rule: { basis: readonly { document: string }[] }) =>
    seen.units === 'all' || places.some(({ id }) => isRuleOf(pack, rule, id))
  const isGiven = (patterns: readonly string[]) => isGivenTo(seen, unitsOf(pack, patterns, today(system)))
  const named = (id: string): Named => nameOfUnit(system, unitNum.get(id) ?? 0)
  const units = (patterns: readonly string[]): Named[] => unitsOf(pack, patterns, today(system)).map(named)
  return {
    units: pack.units
      .filter(({ id, until }) => isIn(seen, id) && (until === undefined || until > today(system)))
      .map(({ id }) => named(id)),
    documents: newest(pack.documents)
      .filter(({ cite }) => isOurs({ basis: [{ document: cite }] }))
      .map(({ id, name }) => ({ id, name })),
    tasks: newest(pack.tasks)
      .filter((task) => {
        const { lead, joint } = unitsOfTask(pack, task, today(system))
        return isGivenTo(seen, [...lead, ...joint])
      })
      .map(({ id, document, number, title }) => ({ id, document, number, title })),
    bodies: newest(pack.bodies)
      .filter(({ lead, office = [], members }) => isGiven([...lead, ...office, ...members]))
      .map(({ id, name, chair, lead, office, members, basis }) => ({
        id,
        name: markedName(name, basis),
        chair,
        basis,
        lead: units(lead),
        office: units(office ?? []),
        everyUnit: members.includes('*'),
        members: units(members),
      })),
    funds: newest(pack.funds)
      .filter((rule) => isGiven(rule.units))
      .map(({ id, name, units: by, basis }) => ({ id, name: markedName(name, basis), basis, units: units(by) })),
    programmes: newest(pack.programmes)
      .filter((rule) => isGiven(rule.units))
      .map(({ id, name, kind, audience, units: by, basis }) => ({
        id,
        name: markedName(name, basis),
        kind,
        audience,
        basis,
        units: units(by),
      })),
    campaigns: newest(pack.campaigns).map(({ id, name, on, to, note, basis }) => ({
      id,
      name: markedName(name, basis),
      on,
      to,
      note,
      basis,
    })),
    indicators: newest(pack.indicators)
      .filter(isOurs)
      .map(({ id, name, target, due, basis }) => ({ id, name: markedName(name, basis), target, due, basis })),
    sheets: newest(pack.sheets ?? [])
      .filter((rule) => isGiven(rule.units))
      .map(({ id, name, by, lines, units: of, basis }) => ({
        id,
        name: markedName(name, basis),
        by,
        basis,
        lines: lines.map(({ title, of: points, how }) => ({ title, of: points, how })),
        units: units(of),
      })),
    groups: newest(pack.keyGroups).map(({ id, name, basis }) => ({ id, name: markedName(name, basis) })),
  }
}

/** The rows of one area, as far as somebody sees them, with what they add up to. Rows that were replaced come too: nothing is struck out. */
export async function readArea(system: System, of: { actor: number; area: Area }) {
  const { area } = of
  const kinds: readonly SupervisionKind[] = AREAS[area]
  const day = today(system)
  const all = await readEntries(system, of)
  const entries = all.filter(({ kind }) => kinds.includes(kind))
  const unitName = (id: string): Named => nameOfUnit(system, system.reference.unitNum.get(id) ?? 0)
  return {
    day,
    entries: entries.map((entry) => showEntry(system, entry)),
    duties: foldDuties(entries, day).map(({ entry, state, due, late }) => ({ entry: entry.num, state, due, late })),
    scores: area === 'assessment' ? foldScores(entries, day).map((row) => ({ ...row, unit: unitName(row.unit) })) : [],
    money: area === 'funds' ? foldFunds(entries) : [],
    trained: area === 'training' ? foldTraining(entries).map((row) => ({ ...row, unit: unitName(row.unit) })) : [],
  }
}
