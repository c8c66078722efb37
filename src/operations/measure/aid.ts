import { benefitsOf, decideAid, type Aid } from '#domain/incentive.ts'
import { LIST_FIELD } from '#domain/listing.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import type { FoldedRecord } from '#domain/archive.ts'
import { lookUpArchive, readOwnArchive } from '../archive.ts'
import { listMatters } from '../matter.ts'
import { findUnit, today, type System } from '../system.ts'

/** Of which list a record is an entry, as it is shown. */
function listedBy(items: Readonly<Record<string, { fields: readonly { id: string }[] }>>) {
  const places = new Map(
    Object.entries(items).map(([id, { fields }]) => [id, fields.findIndex((field) => field.id === LIST_FIELD)]),
  )
  return (record: FoldedRecord): string | undefined => record.values[places.get(record.item) ?? -1]
}

const describe = ({ incentive, reason, records }: Aid) => ({
  id: incentive.id,
  kind: incentive.kind,
  name: incentive.name,
  content: incentive.content,
  fields: incentive.fields,
  reason,
  records,
  basis: incentive.basis.map(({ document, article, unverified }) => ({ document, article, unverified })),
})

/**
 * What a good record brings in a registered, live matter of the unit (R37): "green channel", "papers may follow", with the
 * reason; never a score. It is a look-up like every other (G3, G4), for the purpose of the matter, and the records that
 * are not for this unit and purpose, or not usable today, count neither way.
 */
export async function aidInMatter(
  system: System,
  of: { actor: number; unit: string; matter: string; kind?: string; number: string },
) {
  const matter = (await listMatters(system, of.unit)).find(({ number }) => number === of.matter)
  if (!matter || matter.closedAt !== undefined) return refuse('not-found', { field: 'number' })
  const archive = await lookUpArchive(system, {
    actor: of.actor,
    unit: of.unit,
    number: of.number,
    purpose: matter.purpose,
    matter: of.matter,
    ...(of.kind === undefined ? {} : { kind: of.kind }),
  })
  if (isRefusal(archive)) return archive
  const { pack } = system.reference
  const unit = findUnit(pack, of.unit)
  const aids: ReturnType<typeof decideAid> | Refusal = unit
    ? decideAid(pack, {
        unit,
        subject: archive.subject.kind,
        records: archive.records,
        listed: listedBy(archive.items),
        day: today(system),
      })
    : refuse('unknown-unit')
  if (isRefusal(aids)) return aids
  return {
    access: archive.access,
    at: archive.at,
    incentives: aids.map(describe),
  }
}

/** What the person may ask for, and where (R37): from their own archive as it can be used today, with the reason. */
export async function listOwnBenefits(system: System, of: { actor: number; subject: string }) {
  const archive = await readOwnArchive(system, of)
  if (isRefusal(archive)) return archive
  const found = benefitsOf(system.reference.pack, {
    records: archive.records,
    listed: listedBy(archive.items),
    day: today(system),
  })
  return found.map((aid) => ({ ...describe(aid), units: aid.units.map(({ id, name }) => ({ id, name })) }))
}
