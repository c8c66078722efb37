import type { Path, Report } from './pack-problem.ts'
import { splitCodes } from './code-values.ts'
import type { CodeList, Field, Item, PackLayer } from './pack.ts'

/** A reader of an archive holds the fields of an item as bits of one double: 53 of them. */
const MOST_FIELDS = 53

const ROLE_TYPES: Partial<Record<NonNullable<Field['role']>, Field['type']>> = {
  'subject-number': 'identifier',
  'subject-number-kind': 'identifier-kind',
  'decision-date': 'date',
  'conduct-date': 'date',
  'valid-from': 'date',
  'valid-until': 'date',
  'display-until': 'date',
}

/** What every item must have to be judged, kept apart, shown and contested (G1, G9). */
export function checkItems(layer: PackLayer, upper: readonly PackLayer[], report: Report): void {
  const purposes = new Map(
    [...upper, layer].flatMap((one) => one.purposes ?? []).map((purpose) => [purpose.id, purpose]),
  )
  const lists = [...upper, layer].flatMap((one) => one.codes ?? [])
  layer.items?.forEach((item, index) => {
    const at: Path = ['items', index]
    checkFields(item, at, report)
    item.fields.forEach((field, n) => {
      if (field.many && !isJoinable(field, lists)) report('many-not-joinable', [...at, 'fields', n, 'many'], field.id)
    })
    const withRole = (role: Field['role']) => item.fields.find((field) => field.role === role)
    if (!withRole('subject-number')?.required) report('no-subject-number', at, item.id)
    if (!withRole('decision-date')?.required) report('no-decision-date', at, item.id)
    if (item.nature === 'adverse') {
      if (!withRole('document-number')?.required) report('no-document', at, item.id)
      if (item.remedy === undefined) report('no-remedy', at, item.id)
    }
    if (item.publish && item.subject === 'person') report('publish-person', [...at, 'publish'], item.id)
    item.see.forEach((grant, n) =>
      grant.purposes.forEach((id, m) => {
        const purpose = purposes.get(id)
        if (purpose && !purpose.subjects.includes(item.subject)) {
          report('grant-subject', [...at, 'see', n, 'purposes', m], id)
        }
      }),
    )
  })
}

/** Several values in one cell can be told apart only where they are codes and none holds what joins them. */
function isJoinable(field: Field, lists: readonly CodeList[]): boolean {
  if (field.type !== 'code') return false
  const values = lists.filter(({ id }) => id === field.codes).flatMap((list) => list.values)
  return values.every(({ code, name, alias = [] }) =>
    [code, name.zh, name.en, ...alias].every((text) => splitCodes(text).length === 1),
  )
}

function checkFields(item: Item, at: Path, report: Report): void {
  if (item.fields.length > MOST_FIELDS) report('too-many-fields', [...at, 'fields'], item.id)
  const names = new Set<string>()
  const roles = new Set<string>()
  item.fields.forEach((field, index) => {
    const path = [...at, 'fields', index]
    for (const name of new Set([field.id, field.name.zh, ...(field.aliases ?? [])])) {
      if (names.has(name)) report('duplicate-field', path, name)
      names.add(name)
    }
    if (field.repeats && field.sensitivity !== 'open') report('repeats-not-open', [...path, 'repeats'], field.id)
    if (field.type === 'code' && field.codes === undefined) report('code-without-list', path, field.id)
    if (field.role === undefined) return
    if (roles.has(field.role)) report('role-twice', [...path, 'role'], field.role)
    roles.add(field.role)
    const type = ROLE_TYPES[field.role]
    if (type !== undefined && type !== field.type) report('role-type', [...path, 'role'], field.role)
    const identifies = field.role === 'subject-name' || field.role === 'subject-number'
    if (item.subject === 'person' && identifies && !['personal', 'sensitive'].includes(field.sensitivity)) {
      report('person-data-open', [...path, 'sensitivity'], field.id)
    }
  })
}
