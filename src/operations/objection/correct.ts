import { itemAt } from '#domain/catalog.ts'
import { identifierKindOf } from '#domain/identity/identifier.ts'
import type { Field, Item, Pack } from '#domain/pack.ts'
import { isRefusal, refuse, REFUSALS, type Refusal, type RefusalCode } from '#domain/refusal.ts'
import { refusalOf, unpackRecords } from '#store/archive.ts'
import { openCase } from '#store/case.ts'
import { KIND_NUMBERS } from '#store/cipher.ts'
import { findUploader } from '#store/intake.ts'
import { holdLookUps } from '#store/recall.ts'
import { decodeWithTerms, openIdentity, type Identity } from '../archive-decode.ts'
import type { Taken } from '../case.ts'
import { caseId } from '../case-id.ts'
import { takeIn, type Refused } from '../intake/intake.ts'

/** Whose record it is and what names it is not corrected: that is another record, withdrawn here and reported anew. */
const FIXED: readonly (string | undefined)[] = ['subject-name', 'subject-number', 'subject-number-kind']

/**
 * The decision to correct (R21; PIPL 46) makes the next version of the record, by the ordinary intake of one record: the
 * same judge, sealed, under the same natural key, in the transaction of the decision. What it said before is superseded and
 * refused if it is sent again (B5). Refuses with correction-field where a field is not the record's own or would make it
 * another record, correction-changes-nothing, intake-busy, or as the judge refuses the corrected row.
 */
export async function correctRecord(of: Taken): Promise<Refusal | undefined> {
  const { system, client, subject, nk, actor, taken } = of
  const { last } = of.place
  if (nk === 0n || !last) return refuse('step-not-possible')
  await holdLookUps(client, subject)
  const { opened } = await openCase(client, { actor, subject, file: last.file })
  const refusal = refusalOf(opened.outcome)
  if (refusal) return refusal
  const kind = KIND_NUMBERS[opened.kind ?? 0] ?? 'citizen'
  const identity = openIdentity(system, opened.identity, subject, kind)
  const newest = unpackRecords(opened.records ?? Buffer.alloc(0)).at(-1)
  if (!identity || !newest || newest.ended === 'erased') return refuse('not-found', { field: 'record' })
  const decoded = await decodeWithTerms(system, [{ ...newest, ended: undefined }], subject, identity)
  if (isRefusal(decoded)) return decoded
  const [record] = decoded
  if (!record) return refuse('not-found', { field: 'record' })
  const { pack } = system.reference
  const item = itemAt(pack, record.item, record.decided) ?? pack.items.findLast(({ id }) => id === record.item)
  if (!item) return refuse('unknown-item')
  const corrected = of.content.fields ?? {}
  const wrong = Object.keys(corrected).find((id) => !mayCorrect(item, id))
  // a name that the catalogue does not know may be anything: it is not quoted
  if (wrong !== undefined)
    return refuse('correction-field', item.fields.some(({ id }) => id === wrong) ? { field: wrong } : {})
  const was = new Map(record.fields.map((id, at) => [id, record.values[at] ?? '']))
  const values = Object.fromEntries(
    item.fields.map((field) => [
      field.id,
      corrected[field.id] ?? valueOf(pack, field, identity, record.decided) ?? was.get(field.id) ?? '',
    ]),
  )
  const line = Buffer.from(`${JSON.stringify(values)}\n`)
  const uploader = await findUploader(client, record.submission)
  const outcome = await takeIn(system, {
    item: record.item,
    unit: record.unit,
    // who decides is the second person to whoever reported it (R6)
    ...(uploader === undefined || uploader === actor ? { actor } : { actor: uploader, reviewer: actor }),
    key: `case ${caseId(subject, last.file)}.${taken.step}`,
    source: one(line),
    contentType: 'application/x-ndjson',
    within: client,
  })
  if (isRefusal(outcome)) return refusalOfRow(outcome)
  if (outcome.duplicates === 1) return refuse('correction-changes-nothing')
  return outcome.versions === 1 ? undefined : refuse('correction-field', { field: item.naturalKey[0] ?? '' })
}

async function* one(line: Buffer): AsyncGenerator<Uint8Array> {
  yield line
}

const mayCorrect = (item: Item, id: string): boolean => {
  const field = item.fields.find((known) => known.id === id)
  return field !== undefined && !FIXED.includes(field.role) && !item.naturalKey.includes(id)
}

/** What stands outside the record's own fields, as a department writes it. */
function valueOf(pack: Pack, field: Field, identity: Identity, decided: string): string | undefined {
  switch (field.role) {
    case 'subject-name':
      return identity.name
    case 'subject-number':
      return identity.number
    case 'decision-date':
      return decided
    case 'subject-number-kind':
      return kindWord(pack, field, identity.kind)
    default:
      return undefined
  }
}

function kindWord(pack: Pack, field: Field, kind: string): string {
  const values = pack.codes.find(({ id }) => id === field.codes)?.values ?? []
  const words = values.flatMap(({ code, name }) => [code, name.zh])
  return words.find((word) => identifierKindOf(word) === kind) ?? ''
}

const isCode = (code: string): code is RefusalCode => Object.hasOwn(REFUSALS, code)

/** Why the corrected row is refused: the first thing that is wrong with it. */
export function refusalOfRow({ receipt, ...refusal }: Refused): Refusal {
  const [problem] = receipt?.problems ?? []
  return problem && isCode(problem.code) ? refuse(problem.code, { field: problem.field }) : refusal
}
