import { textOf, type DataTable, type TableLanguage } from './data-table.ts'
import { maskNumber } from './identity/identifier.ts'

const IDENTITY = /(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/g

/** A cell of CSV: what a spreadsheet would take for a formula is made text, citizen numbers are masked. */
export function csvCell(text: string): string {
  const masked = text.replace(IDENTITY, (number) => maskNumber(number))
  const inert = /^[\s\u3000]*[=+\-@\t\r|%]/.test(masked) && !/^-?\d+(\.\d+)?%?$/.test(masked) ? `'${masked}` : masked
  return `"${inert.replaceAll('"', '""')}"`
}

/** Rows as CSV (RFC 4180) under the names of their columns, with a byte order mark so that Excel reads Chinese. */
export function toCsv<row>(table: DataTable<row>, rows: readonly row[], language: TableLanguage): string {
  const lines = [
    table.columns.map(({ name }) => name[language]),
    ...rows.map((row) => table.columns.map((column) => textOf(column, row, language))),
  ]
  return `\uFEFF${lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('')}`
}
