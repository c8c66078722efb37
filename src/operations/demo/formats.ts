import { writeFile } from 'node:fs/promises'
import { unzipSync, zipSync } from 'fflate'
import writeXlsx from 'write-excel-file/node'
import { encodeGb } from './gb18030.ts'

/** How departments send files: the form, the encoding, the separator. */
export type DemoFormat = 'csv' | 'csv-bom' | 'csv-gb18030' | 'tsv' | 'xlsx' | 'ndjson'

/** A cell: text, or a number where a spreadsheet made one of it. */
export type Cell = string | number
export type Table = { header: readonly string[]; rows: readonly (readonly Cell[])[] }

export const ENDINGS: Record<DemoFormat, string> = {
  csv: 'csv',
  'csv-bom': 'csv',
  'csv-gb18030': 'csv',
  tsv: 'txt',
  xlsx: 'xlsx',
  ndjson: 'ndjson',
}

/** Writes a table in one of the forms. In .xlsx dates are dates and amounts numbers, as Excel keeps them. */
export async function writeTable(path: string, table: Table, format: DemoFormat): Promise<void> {
  switch (format) {
    case 'csv':
      return writeFile(path, csvText(table, ',', '\n'))
    case 'csv-bom':
      return writeFile(path, `\ufeff${csvText(table, ',', '\r\n')}`)
    case 'csv-gb18030':
      return writeFile(path, encodeGb(csvText(table, ',', '\r\n')))
    case 'tsv':
      return writeFile(path, csvText(table, '\t', '\r\n'))
    case 'ndjson':
      return writeFile(path, ndjsonText(table))
    case 'xlsx':
      return writeFile(path, await xlsxBytes(table))
  }
}

function csvText({ header, rows }: Table, separator: string, newline: string): string {
  const line = (cells: readonly Cell[]): string =>
    cells
      .map(String)
      .map((text) => (text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
      .join(separator)
  return [header, ...rows].map(line).join(newline) + newline
}

function ndjsonText({ header, rows }: Table): string {
  const lines = rows.map((row) =>
    JSON.stringify(Object.fromEntries(row.map((cell, index) => [header[index] ?? '', cell]))),
  )
  return `${lines.join('\n')}\n`
}

async function xlsxBytes({ header, rows }: Table): Promise<Buffer> {
  const head = header.map((value) => ({ value, fontWeight: 'bold' as const }))
  const body = rows.map((row) => row.map(xlsxCell))
  const bytes = await writeXlsx([head, ...body], { sheet: '数据' }).toBuffer()
  // the archive carries the time of writing; the same table must give the same bytes
  return Buffer.from(zipSync(unzipSync(bytes), { mtime: '2020-01-01T00:00:00' }))
}

function xlsxCell(cell: Cell) {
  if (cell === '') return null
  if (typeof cell === 'number') return { value: cell, type: Number }
  const date = /^\d{4}-\d{2}-\d{2}$/.test(cell) ? new Date(`${cell}T00:00:00Z`) : undefined
  // a day that does not exist stays text, as Excel leaves it
  if (date?.toISOString().startsWith(cell)) return { value: date, type: Date, format: 'yyyy/m/d' }
  return /^\d{1,9}(\.\d{1,6})?$/.test(cell) && !/^0\d/.test(cell)
    ? { value: Number(cell), type: Number }
    : { value: cell, type: String }
}
