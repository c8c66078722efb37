import { overseen, placesSeen, unitsOfPlace } from '#domain/jurisdiction.ts'
import type { Jurisdiction } from '#domain/pack.ts'
import { refuse, type Refusal } from '#domain/refusal.ts'
import type { System } from './system.ts'

/** The part of the instance that somebody looks at: one place, with its units; 'all' where the instance serves one place only. */
export type Scope = { place: Jurisdiction | undefined; units: ReadonlySet<string> | 'all' }

/** Everything: for whoever runs the instance, at the command line. */
export const EVERYWHERE: Scope = { place: undefined, units: 'all' }

/** A place of the instance by its id. Refuses: not-found for any other. */
export function scopeOfPlace({ reference: { pack } }: System, id: string): Scope | Refusal {
  const place = pack.jurisdictions?.find((one) => one.id === id)
  if (!place) return refuse('not-found', { field: 'of' })
  const isOnly = (pack.jurisdictions?.length ?? 0) < 2
  return { place, units: isOnly ? 'all' : new Set(unitsOfPlace(pack, id)) }
}

/** What somebody of a unit looks at: their own place unless they chose one that it oversees. Refuses: not-found, not-allowed. */
export function scopeOf(system: System, { unit }: { unit?: string | undefined }, of?: string): Scope | Refusal {
  const { pack } = system.reference
  const seen = unit === undefined ? (pack.jurisdictions ?? []) : placesSeen(pack, unit)
  const [own] = seen
  if (of !== undefined && pack.jurisdictions?.some(({ id }) => id === of) && !seen.some(({ id }) => id === of))
    return refuse('not-allowed', { field: 'of' })
  const id = of ?? own?.id
  return id === undefined ? EVERYWHERE : scopeOfPlace(system, id)
}

/** Everything that somebody of a unit may look at, in whatever place. */
export function seenBy({ reference: { pack } }: System, unit: string | undefined): Scope {
  const units = unit === undefined ? 'all' : overseen(pack, unit)
  return { place: undefined, units: units === 'all' ? 'all' : new Set(units) }
}

export const isIn = ({ units }: Scope, unit: string): boolean => units === 'all' || units.has(unit)

/** Numbers of the units of a scope; null for all. */
export const unitNumsIn = ({ reference: { unitNum } }: System, { units }: Scope): number[] | null =>
  units === 'all' ? null : [...units].flatMap((id) => unitNum.get(id) ?? [])

/** The places that somebody may choose between; none where there is one only. */
export function placesFor(
  { reference: { pack } }: System,
  unit: string | undefined,
): { id: string; name: Jurisdiction['name'] }[] {
  const seen = unit === undefined ? [] : placesSeen(pack, unit)
  return seen.length < 2 ? [] : seen.map(({ id, name }) => ({ id, name }))
}
