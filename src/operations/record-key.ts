import { JOINER, naturalKeyHash } from '#domain/record-layout.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { uuidOf } from '#store/cipher.ts'
import { readIdentifier } from './archive.ts'
import type { System } from './system.ts'

/** One record as people name it: the item, the unit that reported it, the identifier and the natural key as it was sent. */
export type RecordName = { item: string; unit: string; kind?: string; number: string; naturalKey: string[] }

/** The same as the big tables name it; `nk` with its version bits zero. */
export function findRecordKey(system: System, of: RecordName): { subject: string; nk: bigint } | Refusal {
  const item = system.reference.pack.items.findLast(({ id }) => id === of.item)
  if (!item) return refuse('unknown-item', { field: 'item' })
  if (of.naturalKey.length !== item.naturalKey.length)
    return refuse('natural-key-incomplete', { field: 'naturalKey', rule: item.id })
  const identifier = readIdentifier(
    system,
    of.kind ?? (item.subject === 'organisation' ? 'organisation' : undefined),
    of.number,
  )
  if (isRefusal(identifier)) return identifier
  const [high, low] = naturalKeyHash([item.id, of.unit, ...of.naturalKey.map((value) => value.trim())].join(JOINER))
  return {
    subject: uuidOf(system.subjectKey(identifier.kind, identifier.number)),
    nk: BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)),
  }
}
