import { inForce, unitMatches } from '#domain/catalog.ts'
import { maskName, maskNumber } from '#domain/identity/identifier.ts'
import { listAt, machineOf, officesOf } from '#domain/listing.ts'
import type { Pack } from '#domain/pack.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { countsSince } from '#domain/simulate.ts'
import { unpackRecords } from '#store/archive.ts'
import { KIND_NUMBERS } from '#store/cipher.ts'
import { withTransaction } from '#store/db.ts'
import { listCandidateRows } from '#store/listing.ts'
import { decodeWithTerms, foldOf, openIdentity } from '../archive-decode.ts'
import { findUnit, today, type System } from '../system.ts'

const cite = ({ document, article, unverified }: { document: string; article?: string; unverified?: boolean }) => ({
  document,
  article,
  unverified,
})

const keyOf = (pack: Pack, id: string) => {
  const item = pack.items.findLast((one) => one.id === id)
  return (item?.naturalKey ?? []).flatMap((key) => {
    const field = item?.fields.find((one) => one.id === key)
    return field ? [{ id: key, name: field.name }] : []
  })
}

/** The lists that a unit may determine or receive, with their criteria, grades, targets, terms and ways out (R34, R35). */
export function listLists(system: System, unitId: string) {
  const { pack } = system.reference
  const day = today(system)
  const unit = findUnit(pack, unitId)
  return pack.lists
    .filter((list) => inForce(list, day) && unit && list.units.some((pattern) => unitMatches(pattern, unit)))
    .map((list) => ({
      id: list.id,
      name: list.name,
      kind: list.kind,
      item: list.item,
      key: keyOf(pack, list.item),
      machine: list.origin === 'received' ? ('received' as const) : machineOf(list),
      subjects: [...list.subjects],
      hearing: list.hearing ?? false,
      term: list.term,
      renew: list.renew,
      removal: [...list.removal],
      published: list.publish !== undefined,
      basis: list.basis.map(cite),
      criteria: list.criteria.map((criterion) => ({
        id: criterion.id,
        text: criterion.text,
        grade: criterion.grade,
        area: pack.areas.findLast(({ id }) => id === criterion.area)?.name,
        target: pack.targets.findLast(({ id }) => id === criterion.target)?.name,
        flagged: criterion.flag !== undefined,
        // whoever is proposed on it answers for an organisation that is on a list
        beside: list.subjects.includes('person') && officesOf(pack, criterion, day).length > 0,
        basis: criterion.basis.map(cite),
      })),
    }))
}

/** Somebody whom a rule flags: to be examined by a person of the unit, and nothing else. */
export type Candidate = { name: string; number: string; records: number }

/**
 * Candidates for a list (R34): whoever has so many records within so long by the criterion's own rule, masked. No case begins
 * and nothing is kept; whoever is named sees the look-up. Refuses where the criterion has no such rule.
 */
export async function listCandidates(
  system: System,
  of: { actor: number; list: string; criterion: string },
): Promise<Candidate[] | Refusal> {
  const { pack, itemOf } = system.reference
  const day = today(system)
  const list = listAt(pack, of.list, day)
  const flag = list?.criteria.find(({ id }) => id === of.criterion)?.flag
  if (!list || !flag) return refuse('list-not-here', { field: list ? 'criterion' : 'list' })
  const items = [...itemOf].filter(([, item]) => flag.items.includes(item.id)).map(([num]) => num)
  const rows = await withTransaction(system.pool, (client) =>
    listCandidateRows(client, {
      actor: of.actor,
      person: list.subjects.includes('person'),
      list: list.id,
      items,
      since: countsSince(day, flag.within),
      count: flag.count,
    }),
  )
  const candidates: Candidate[] = []
  for (const row of rows) {
    // counted as a look-up would show them: by the term of each, and not only by the longest of its item (G5)
    const stored = await decodeWithTerms(system, unpackRecords(row.records ?? Buffer.alloc(0)), row.subject, undefined)
    if (isRefusal(stored)) continue
    const usable = foldOf(system, pack)(stored, { date: day, granted: 'all', ended: false }).length
    if (usable < flag.count) continue
    const kind = KIND_NUMBERS[row.kind] ?? 'citizen'
    const identity = openIdentity(system, row.sealed, row.subject, kind)
    const clear = kind === 'organisation'
    candidates.push({
      name: clear ? (identity?.name ?? '') : maskName(identity?.name ?? ''),
      number: clear ? (identity?.number ?? '') : maskNumber(identity?.number ?? ''),
      records: usable,
    })
  }
  return candidates
}
