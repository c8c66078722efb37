import { JOINER } from '#domain/record-layout.ts'
import { refuse, type Refusal } from '#domain/refusal.ts'
import { refusalOf, searchOrganisations } from '#store/archive.ts'
import { countShown } from './archive.ts'
import type { System } from './system.ts'

/** Organisations whose name begins so. The search is a look-up of its own in the log. */
export async function findOrganisations(
  system: System,
  of: { actor: number; unit: string; purpose: string; matter?: string; name: string },
): Promise<{ access: string; organisations: { name: string; number: string; records: number }[] } | Refusal> {
  // a purpose nobody knows is refused by the gate too, so that its row is there
  const known = system.reference.purposeNum.get(of.purpose)
  const purpose = known ?? 0
  const [head, ...found] = await searchOrganisations(system.lanes, {
    actor: of.actor,
    purpose,
    matter: of.matter ?? '',
    name: of.name.trim(),
  })
  if (!head) throw new Error('the gate gave no answer')
  if (known === undefined) return refuse('unknown-purpose', { field: 'purpose' })
  const refusal = refusalOf(head.outcome)
  if (refusal) return refusal
  const organisations: { name: string; number: string; records: number }[] = []
  for (const { subject, sealed, records } of found) {
    if (!subject || !sealed) continue
    const [number = '', name = ''] = system.cipher
      .open(sealed, Buffer.from(subject.replaceAll('-', ''), 'hex'))
      .split(JOINER)
    organisations.push({ number, name, records: await countShown(system, { ...of, subject, records }) })
  }
  return { access: String(head.access), organisations }
}
