import { citationOf, decideProposal, machineOf } from '#domain/listing.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { findIncapable } from '#store/capacity.ts'
import { uuidOf } from '#store/cipher.ts'
import { nextEntry } from '#store/listing.ts'
import { readIdentifier } from '../archive.ts'
import { takeCaseStep } from '../case.ts'
import type { Receipt } from '../case-act.ts'
import { caseId, parseCaseId } from '../case-id.ts'
import type { Reader } from '../case-view.ts'
import { findRecordKey } from '../record-key.ts'
import { refuseRepeated } from './grounds.ts'
import { findUnit, today, type System } from '../system.ts'

export type Proposal = {
  list: string
  criterion: string
  kind?: string
  number: string
  name: string
  facts: string
  /** the evidence, by its number */
  document?: string
  /** the case of the organisation's entry, of whose office-holders the law names this one (R41) */
  of?: string
}

/**
 * A clerk of the determining unit proposes somebody for a list, or nominates them for one of good faith (R34): nothing follows
 * from it but a case, under the entry number that is allotted now. Refuses with list-not-here, minor, officer-not-named,
 * listed-already, refuted-before.
 */
export async function propose(
  system: System,
  reader: Reader & { unit: string },
  of: Proposal,
): Promise<(Receipt & { entry: string }) | Refusal> {
  const { pack, unitNum } = system.reference
  const day = today(system)
  const unit = findUnit(pack, reader.unit)
  const owner = unitNum.get(reader.unit)
  if (!unit || owner === undefined) return refuse('unknown-unit')
  const identifier = readIdentifier(system, of.kind, of.number)
  if (isRefusal(identifier)) return identifier
  const { kind, number, birth } = identifier
  const subject = kind === 'organisation' ? 'organisation' : 'person'
  const beside = of.of === undefined ? undefined : parseCaseId(of.of)
  if (of.of !== undefined && !beside) return refuse('not-found', { field: 'of' })
  const decided = decideProposal(pack, { ...of, unit, subject, birth, beside: beside !== undefined, day })
  if (isRefusal(decided)) return decided
  const { list, criterion } = decided
  // whom a court has found without full capacity is proposed for nothing adverse (G2)
  const hex = system.subjectKey(kind, number)
  const incapable = (await findIncapable(system.pool, [hex])).get(hex) ?? []
  if (machineOf(list) === 'listing' && incapable.some(({ until }) => until === undefined))
    return refuse('no-full-capacity', { field: 'number' })
  const entry = `${day.slice(0, 4)}-${String(await nextEntry(system.pool)).padStart(6, '0')}`
  const key = findRecordKey(system, { item: list.item, unit: unit.id, kind, number, naturalKey: [entry] })
  if (isRefusal(key)) return key
  const machine = machineOf(list)
  if (machine === 'listing') {
    const repeated = await refuseRepeated(system, { ...of, actor: reader.account, subject: key.subject, list: list.id })
    if (repeated) return repeated
  }
  const taken = await takeCaseStep(system, {
    actor: reader.account,
    subject: uuidOf(system.subjectKey(kind, number)),
    machine,
    kind: machine === 'listing' ? 'propose' : 'nominate',
    place: { nk: key.nk, owner },
    content: {
      facts: of.facts,
      ...(of.document === undefined ? {} : { document: of.document }),
      basis: citationOf(criterion.basis),
      outcome: `${list.name.zh}：${criterion.text.zh}`,
      fields: { list: list.id, criterion: criterion.id, entry, ...(of.of === undefined ? {} : { of: of.of }) },
      who: { kind, number, name: of.name.trim() },
    },
  })
  if (isRefusal(taken)) return taken
  return { case: caseId(key.subject, taken.num), step: taken.step, at: taken.at, day: taken.day, entry }
}
