import type { Text } from './refusal.ts'

/** What a column reads of a row: words in both languages, a text, a number, or nothing. */
export type CellValue = Text | string | number | null | undefined

/** A column of a table at the desk; the same on the screen and in the file that is exported. */
export type Column<row> = {
  id: string
  name: Text
  /** how it is written and ordered; `share` is a number from 0 to 1, `day` YYYY-MM-DD, `instant` with zone */
  kind: 'words' | 'number' | 'share' | 'day' | 'instant'
  value: (row: row) => CellValue
  /** takes few values, to be chosen from */
  choice?: true
  /** heads its row */
  head?: true
  /** read beside another column on the screen; a column of its own in the file */
  fileOnly?: true
}

/** A part of a table that one looks at by itself; parts may overlap. */
export type Filter<row> = { id: string; name: Text; fits: (row: row) => boolean }

export type DataTable<row> = {
  id: string
  name: Text
  columns: readonly Column<row>[]
  /** the first is what one sees first */
  filters?: readonly Filter<row>[]
}

/** How somebody looks at a table: a part of it, words that must stand in a row, a value of each column chosen, an order. */
export type TableView = {
  filter?: string | undefined
  text?: string | undefined
  chosen?: Readonly<Record<string, string>> | undefined
  sort?: { column: string; down: boolean } | undefined
}
export type TableLanguage = 'zh' | 'en'

const LOCALE = { zh: 'zh-Hans-CN', en: 'en' } as const
const ZONE = 'Asia/Shanghai'

/** A cell as plain text: dates as they are sorted, instants in Asia/Shanghai, shares in per cent. */
export function textOf<row>(column: Column<row>, row: row, language: TableLanguage): string {
  const value = column.value(row)
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return value[language] || value.zh
  if (column.kind === 'share') return `${Math.round(Number(value) * 1000) / 10}%`
  if (column.kind === 'instant') return instantText(String(value))
  return String(value)
}

function instantText(instant: string): string {
  // oxlint-disable-next-line no-restricted-globals -- an instant that was given, no clock; browsers have no Temporal yet
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return instant
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' }).format(date)
}

/** Values of a column that is chosen from, in the order of the language. */
export function choicesOf<row>(column: Column<row>, rows: readonly row[], language: TableLanguage): string[] {
  const order = new Intl.Collator(LOCALE[language], { numeric: true })
  return sorted(
    [...new Set(rows.map((row) => textOf(column, row, language)))].filter((text) => text !== ''),
    order.compare,
  )
}

/** The rows of a view in its order. Nothing comes last, whichever way it is ordered. */
export function viewRows<row>(
  table: DataTable<row>,
  rows: readonly row[],
  view: TableView,
  language: TableLanguage,
): row[] {
  const words = (view.text ?? '').trim().toLowerCase().split(/\s+/).filter(Boolean)
  const chosen = Object.entries(view.chosen ?? {}).filter(([, value]) => value !== '')
  const filter = table.filters?.find(({ id }) => id === view.filter)
  const kept = rows.filter((row) => {
    if (filter?.fits(row) === false) return false
    if (
      chosen.some(([id, value]) => {
        const column = table.columns.find((one) => one.id === id)
        return column !== undefined && textOf(column, row, language) !== value
      })
    )
      return false
    if (words.length === 0) return true
    const line = table.columns
      .map((column) => textOf(column, row, language))
      .join(' ')
      .toLowerCase()
    return words.every((word) => line.includes(word))
  })
  const by = table.columns.find(({ id }) => id === view.sort?.column)
  if (!by) return kept
  const turn = view.sort?.down ? -1 : 1
  const order = new Intl.Collator(LOCALE[language], { numeric: true })
  return sorted(kept, (one, other) => {
    const [a, b] = [by.value(one), by.value(other)]
    const [noA, noB] = [a === null || a === undefined || a === '', b === null || b === undefined || b === '']
    if (noA || noB) return Number(noA) - Number(noB)
    if (typeof a === 'number' && typeof b === 'number') return turn * (a - b)
    return turn * order.compare(textOf(by, one, language), textOf(by, other, language))
  })
}

/** A sorted copy; `toSorted` is too new for the browsers of older machines. */
const sorted = <value>(values: readonly value[], compare: (a: value, b: value) => number): value[] =>
  // oxlint-disable-next-line unicorn/no-array-sort -- a copy
  [...values].sort(compare)
