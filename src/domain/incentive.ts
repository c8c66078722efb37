import type { FoldedRecord } from './archive.ts'
import { inForce, unitMatches } from './catalog.ts'
import type { Subject } from './listing.ts'
import type { Pack, Unit } from './pack.ts'
import type { Incentive } from './pack-process.ts'
import { addPeriod } from './period.ts'
import { refuse, type Refusal, type Text } from './refusal.ts'

/** A benefit for the matter at hand, with its reason. Never a number, and nothing that is not a benefit (R37). */
export type Aid = { incentive: Incentive; reason: Text; records: string[] }

/** The incentives within a unit's powers and duties on a day, for such a subject. */
export const incentivesOf = (pack: Pick<Pack, 'incentives'>, unit: Unit, subject: Subject, day: string): Incentive[] =>
  pack.incentives.filter(
    (one) =>
      inForce(one, day) &&
      one.subjects.includes(subject) &&
      one.units.some((pattern) => unitMatches(pattern, unit)) &&
      pack.incentives.findLast((last) => last.id === one.id && inForce(last, day)) === one,
  )

/**
 * What a good record brings in a matter at hand (守信激励): by the records that the unit was shown for it, all usable that day.
 * An entry or a good record named by the incentive suffices; or no adverse record of the last years, which for somebody
 * without any record is so. Refuses with incentive-not-for-unit, or incentive-none with the reason.
 */
export function decideAid(
  pack: Pack,
  of: {
    unit: Unit
    subject: Subject
    records: readonly FoldedRecord[]
    /** of which list a record is an entry, as it is shown */
    listed: (record: FoldedRecord) => string | undefined
    day: string
  },
): Aid[] | Refusal {
  const possible = incentivesOf(pack, of.unit, of.subject, of.day)
  if (possible.length === 0) return refuse('incentive-not-for-unit')
  const usable = of.records.filter(({ state }) => state === 'shown')
  const aids = possible.flatMap((incentive) => {
    const found = earns(pack, incentive, usable, of)
    return found ? [{ incentive, ...found }] : []
  })
  return aids.length > 0 ? aids : refuse('incentive-none')
}

function earns(
  pack: Pack,
  { requires: { lists = [], items = [], clean } }: Incentive,
  usable: readonly FoldedRecord[],
  { listed, day }: { listed: (record: FoldedRecord) => string | undefined; day: string },
): Pick<Aid, 'reason' | 'records'> | undefined {
  const good = usable.filter(
    (record) =>
      items.includes(record.item) ||
      lists.some((id) =>
        pack.lists.some((list) => list.id === id && list.item === record.item && listed(record) === id),
      ),
  )
  if (good.length > 0)
    return {
      reason: { zh: '有当日可用的守信记录', en: 'A good record, usable today' },
      records: good.map(({ id }) => id),
    }
  if (clean === undefined) return undefined
  const bad = usable.some((record) => isAdverse(pack, record) && addPeriod(clockOf(record), clean) > day)
  return bad
    ? undefined
    : {
        reason: {
          zh: `${wordsOf(clean).zh}内没有当日可用的不良记录`,
          en: `No adverse record usable today in the last ${wordsOf(clean).en}`,
        },
        records: [],
      }
}

/** A corrected record counts from its first day. */
const clockOf = ({ since, decided }: FoldedRecord): string => (since !== undefined && since < decided ? since : decided)

const isAdverse = (pack: Pack, record: FoldedRecord): boolean =>
  pack.items.findLast(({ id }) => id === record.item)?.nature === 'adverse'

const UNITS: Readonly<Record<string, Text>> = {
  Y: { zh: '年', en: 'years' },
  M: { zh: '个月', en: 'months' },
  D: { zh: '日', en: 'days' },
}
function wordsOf(period: string): Text {
  const [, count = '', unit = ''] = /^P(\d+)([YMD])$/.exec(period) ?? []
  return { zh: `${count}${UNITS[unit]?.zh ?? ''}`, en: `${count} ${UNITS[unit]?.en ?? ''}` }
}

/** What a person may ask for somewhere on a day: each benefit earned by their usable records, with its reason and the units. */
export function benefitsOf(
  pack: Pack,
  of: {
    records: readonly FoldedRecord[]
    listed: (record: FoldedRecord) => string | undefined
    day: string
  },
): (Aid & { units: Unit[] })[] {
  const usable = of.records.filter(({ state }) => state === 'shown')
  const units = pack.units.filter((unit) => inForce(unit, of.day))
  const possible = pack.incentives.filter(
    (one) =>
      inForce(one, of.day) &&
      one.subjects.includes('person') &&
      pack.incentives.findLast((last) => last.id === one.id && inForce(last, of.day)) === one,
  )
  return possible.flatMap((incentive) => {
    const found = earns(pack, incentive, usable, of)
    const where = units.filter((unit) => incentive.units.some((pattern) => unitMatches(pattern, unit)))
    return found && where.length > 0 ? [{ incentive, ...found, units: where }] : []
  })
}
