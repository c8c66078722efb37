import { unitMatches } from '#domain/catalog.ts'
import { refuse, type Refusal } from '#domain/refusal.ts'
import { closeMatterRow, insertMatter, readMatters, withActing } from '#store/rights.ts'
import { nameOfPurpose, type System } from './system.ts'

/** Matters of the own unit, live ones first. */
export const listMatters = (system: System, unit: string) =>
  withActing(system.pool, { unit: system.reference.unitNum.get(unit) }, async (client) =>
    (await readMatters(client)).map((row) => ({
      number: row.number,
      title: row.title,
      purpose: nameOfPurpose(system, row.purpose).id,
      openedAt: row.opened_at,
      closedAt: row.closed_at ?? undefined,
    })),
  )

/** Registers a matter at hand (在办事项): look-ups on a registered, live matter are not flagged for review. */
export async function openMatter(
  system: System,
  of: { actor: number; unit: string; number: string; title: string; purpose: string },
): Promise<{ number: string } | Refusal> {
  const { pack, purposeNum, unitNum } = system.reference
  const purpose = pack.purposes.find(({ id }) => id === of.purpose)
  const unit = pack.units.find(({ id }) => id === of.unit)
  const [at, why] = [unitNum.get(of.unit), purposeNum.get(of.purpose)]
  if (!purpose || why === undefined) return refuse('unknown-purpose', { field: 'purpose' })
  if (!unit || at === undefined) return refuse('unknown-unit')
  if (!purpose.units.some((pattern) => unitMatches(pattern, unit)))
    return refuse('purpose-not-for-unit', { rule: purpose.id })
  const opened = await withActing(system.pool, { unit: at }, (client) =>
    insertMatter(client, { unit: at, number: of.number, title: of.title, purpose: why, actor: of.actor }),
  )
  return opened ? { number: of.number } : refuse('matter-exists', { field: 'number' })
}

export async function closeMatter(
  system: System,
  of: { unit: string; number: string },
): Promise<{ closed: true } | Refusal> {
  const unit = system.reference.unitNum.get(of.unit)
  if (unit === undefined) return refuse('unknown-unit')
  const closed = await withActing(system.pool, { unit }, (client) => closeMatterRow(client, unit, of.number))
  return closed ? { closed: true } : refuse('not-found')
}
