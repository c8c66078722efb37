import { refuse } from '#domain/refusal.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Text } from '#domain/refusal.ts'

/** The names under which a field may stand at the head of a column; `aliases` holds the official one (CF_XDR_MC). */
export type FieldNames = { id: string; name: Text; aliases?: readonly string[]; required?: boolean }

/**
 * Which column is which field. `fieldOf[column]` is an index into the fields, or -1 for a column nobody asked for;
 * `columnOf[field]` is the column, or -1. `ignored` are the names of columns that no field has.
 */
export type ColumnMap = { fieldOf: number[]; columnOf: number[]; ignored: string[] }

/** Remarks in templates that are not part of the name. Units are: 罚款金额(元) is not 罚款金额(万元). */
const REMARK = /\((?:[^()]*(?:必填|选填|必选|可选|必须|格式|yyyy|required|optional)[^()]*)\)/g

/** A column name without what departments add to it: marks, spaces, widths, case, remarks on how to fill it. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(REMARK, '')
    .replace(/[\s*\u200b-\u200f\u2060\ufeff]/g, '')
    .replaceAll('【', '(')
    .replaceAll('】', ')')
    .replace(/[:;]$/, '')
}

/** Every name of every field, in plain form, to the field's index. */
export function nameTable(fields: readonly FieldNames[]): Map<string, number> {
  const table = new Map<string, number>()
  const add = (name: string, index: number): void => {
    const plain = plainName(name)
    if (plain !== '' && !table.has(plain)) table.set(plain, index)
  }
  // an id or official name of one field goes before a looser alias of another
  fields.forEach((field, index) => add(field.id, index))
  fields.forEach((field, index) => add(field.name.zh, index))
  fields.forEach((field, index) => field.aliases?.forEach((alias) => add(alias, index)))
  fields.forEach((field, index) => add(field.name.en, index))
  return table
}

/**
 * Finds the field of each column by id, Chinese or English name or alias.
 * Refuses the file with no-header (no column is known), duplicate-column or missing-column (a required field has none);
 * `field` of the refusal is the field's id.
 */
export function mapHeader(header: readonly string[], fields: readonly FieldNames[]): ColumnMap | Refusal {
  const table = nameTable(fields)
  const columnOf = fields.map(() => -1)
  const fieldOf: number[] = []
  const ignored: string[] = []
  for (const [column, name] of header.entries()) {
    const index = table.get(plainName(name)) ?? -1
    fieldOf.push(index)
    if (index === -1) {
      if (name.trim() !== '') ignored.push(name.trim())
    } else if (columnOf[index] !== -1) return refuse('duplicate-column', { field: fields[index]?.id })
    else columnOf[index] = column
  }
  if (fieldOf.every((index) => index === -1)) return refuse('no-header')
  const missing = fields.find((field, index) => field.required && columnOf[index] === -1)
  return missing ? refuse('missing-column', { field: missing.id }) : { fieldOf, columnOf, ignored }
}
