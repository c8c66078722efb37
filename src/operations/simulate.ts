import { nameOfPlace, placeOf } from '#domain/identity/division-names.ts'
import { parseIdentifier } from '#domain/identity/identifier.ts'
import type { Pack } from '#domain/pack.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { ageBand, countBy, countsSince, flagChanges, flagsOf, type Cell, type Flag } from '#domain/simulate.ts'
import { KIND_NUMBERS } from '#store/cipher.ts'
import { withTransaction } from '#store/db.ts'
import { simulateFlag, type CountRule, type FlaggedRow } from '#store/simulate.ts'
import { openIdentity } from './archive-decode.ts'
import { loadPack } from './pack-load.ts'
import { seenBy } from './places.ts'
import { today, type System } from './system.ts'

/** Who would be newly flagged, or no longer, told only in numbers. */
type Side = { count: number | null; district: Cell[]; age: Cell[]; group: Cell[] }
export type Simulated = {
  list: string
  criterion: string
  name: Text
  subject: 'person' | 'organisation'
  was: { count: number; within: string } | undefined
  now: { count: number; within: string } | undefined
  newly: Side
  noLonger: Side
  /** what a person newly flagged would be sent, once somebody has examined them and proposes: a draft, sent to nobody */
  draft: Text
}

/** The answer of a dry run; `groups` and `districts` name what the breakdowns are by. */
export type Tried = {
  pack: { id: string; version: string }
  day: string
  groups: Record<string, Text>
  districts: Record<string, Text>
  changes: Simulated[]
}

/**
 * The dry run of a pack (B7): what its flagging rules would do to the whole population, against the rules in force, before
 * it is loaded. It changes nothing, names nobody, and everybody counted is told by a row among their look-ups. For
 * administrators and auditors who see every place of the instance. A record counts while the longest term of its item runs, as one scan can tell: a minor one may
 * count past its own shorter term, so that the numbers are those whom the rule could reach at most. Nobody is named by them:
 * who is named as a candidate is counted by the own term of each record (listCandidates).
 */
export async function simulatePack(
  system: System,
  of: { actor: number; unit: string | undefined; roles: readonly string[]; pack: Pack },
): Promise<Tried | Refusal> {
  if (!of.roles.some((role) => role === 'admin' || role === 'auditor')) return refuse('not-allowed')
  // the whole population is asked, also that of the places above
  if (seenBy(system, of.unit).units !== 'all') return refuse('office-only')
  const day = today(system)
  const changes: Simulated[] = []
  for (const subject of ['person', 'organisation'] as const) {
    const found = flagChanges(flagsOf(system.reference.pack, subject, day), flagsOf(of.pack, subject, day))
    for (const { list, criterion, name, was, now } of found) {
      const rows = await withTransaction(system.pool, (client) =>
        simulateFlag(client, {
          actor: of.actor,
          person: subject === 'person',
          was: was && countRule(system, was, day),
          now: now && countRule(system, now, day),
        }),
      )
      changes.push({
        list,
        criterion,
        name,
        subject,
        was: was && { count: was.count, within: was.within },
        now: now && { count: now.count, within: now.within },
        newly: sideOf(
          system,
          of.pack,
          rows.filter((row) => row.now),
          day,
        ),
        noLonger: sideOf(
          system,
          of.pack,
          rows.filter((row) => row.was),
          day,
        ),
        draft: draftOf(name),
      })
    }
  }
  const groups = Object.fromEntries(of.pack.keyGroups.map(({ id, name }) => [id, name]))
  const places = changes.flatMap(({ newly, noLonger }) => [...newly.district, ...noLonger.district])
  const districts = Object.fromEntries(places.map(({ of: place }) => [place, nameOfPlace(place)]))
  return { pack: { id: of.pack.id, version: of.pack.version }, day, groups, districts, changes }
}

/** The same for a pack of the project's `policy/` folder. */
export async function simulateStored(
  system: System,
  of: { actor: number; unit: string | undefined; roles: readonly string[]; pack: string },
): Promise<Awaited<ReturnType<typeof simulatePack>>> {
  const pack = await loadPack(of.pack).catch(() => undefined)
  return pack ? simulatePack(system, { ...of, pack }) : refuse('pack-unusable', { field: 'pack' })
}

const countRule = (system: System, { items, count, within }: Flag, day: string): CountRule => ({
  items: [...system.reference.itemOf].filter(([, item]) => items.includes(item.id)).map(([num]) => num),
  since: countsSince(day, within),
  count,
})

type Known = { district: string; age: string; groups: string[] }

function sideOf(system: System, pack: Pack, rows: readonly FlaggedRow[], day: string): Side {
  const known = rows.map((row) => describe(system, pack, row, day))
  const [total] = countBy(known, () => 'all')
  return {
    count: total === undefined ? 0 : total.count,
    district: countBy(known, ({ district }) => district),
    age: countBy(
      known.filter(({ age }) => age !== ''),
      ({ age }) => age,
    ),
    group: countBy(
      known.flatMap(({ groups }) => groups),
      (group) => group,
    ),
  }
}

/** District, age band and key groups of one subject; the identifier is opened for that and kept nowhere. */
function describe(system: System, pack: Pack, row: FlaggedRow, day: string): Known {
  const kind = KIND_NUMBERS[row.kind] ?? 'citizen'
  const number = openIdentity(system, row.sealed, row.subject, kind)?.number ?? ''
  const groups = new Set(
    row.items.flatMap((num) => {
      const id = system.reference.itemOf.get(num)?.id
      return pack.items.findLast((item) => item.id === id)?.groups ?? []
    }),
  )
  if (kind !== 'citizen')
    return { district: placeOf(kind === 'organisation' ? number.slice(2, 8) : ''), age: '', groups: [...groups] }
  const parsed = parseIdentifier(kind, number, { today: day, allowFictional: pack.fictionalDivisions })
  const birth = isRefusal(parsed) ? undefined : parsed.birth
  return {
    district: placeOf(number.slice(0, 6)),
    age: birth === undefined ? '' : ageBand(birth, day),
    groups: [...groups],
  }
}

const draftOf = (criterion: Text): Text => ({
  zh: `经检索，您的记录符合“${criterion.zh}”的核查条件，尚未作出任何认定。如需进一步办理，将先书面告知您事实、依据和权利，并听取您的陈述申辩。`,
  en: `Your records meet the condition “${criterion.en}” for an examination; nothing has been determined. Before anything further you would be told in writing of facts, basis and rights, and heard.`,
})
