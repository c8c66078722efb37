import { refuse } from '#domain/refusal.ts'
import type { Refusal, RefusalCode } from '#domain/refusal.ts'
import { columnOf, numberText, serialText, unescapeText } from './cells.ts'
import { countFilled, isBlank, isBroken, NO_FIELDS, openBatch } from './rows.ts'
import type { RowBatch, RowSource } from './rows.ts'
import { openXml, readBook, Stop, unpack } from './workbook.ts'
import type { Book } from './workbook.ts'
import { readDirectory } from './zip.ts'

/** What a workbook may hold. Beyond, departments send CSV, which has no limit. */
const MAX_FILE = 64 << 20
const MAX_SHEET = 400 << 20
const MAX_ROWS = 1_048_576
const MAX_COLUMNS = 512
/** Cells in a batch. */
const BATCH_CELLS = 20_000
const MAX_GAP = 100
const MAX_TITLES = 5

/**
 * Reads one sheet of an .xlsx workbook: a zip archive, whose directory stands at its end, so the file is held as it
 * came (64 MB at most) and the sheet is unpacked, parsed and handed out piece by piece. What is unpacked is counted
 * while it comes, whatever the directory claims.
 *
 * Cells come out as text: dates as YYYY-MM-DD, numbers plain, whole numbers past fifteen digits in exponent form
 * because their digits are lost, formulas by their cached value, booleans as TRUE and FALSE. A cell with an error
 * (#N/A) refuses its row; cells merged over several rows of data refuse the file, since all but the first are empty.
 */
export function openXlsx(options: { sheet?: string } = {}): RowSource<Uint8Array> & { format: 'xlsx' } {
  let header: string[] | undefined
  let refusal: Refusal | undefined
  let held: Buffer[] = []
  let length = 0

  function push(bytes: Uint8Array): RowBatch[] {
    if (refusal) return []
    length += bytes.length
    if (length > MAX_FILE) {
      refusal = refuse('xlsx-too-big')
      held = []
    } else held.push(Buffer.from(bytes))
    return []
  }

  function* end(): Generator<RowBatch> {
    if (refusal) return
    try {
      const zip = Buffer.concat(held)
      held = []
      const entries = readDirectory(zip)
      if (!entries) throw new Stop('xlsx-unreadable')
      const book = readBook(zip, entries, options.sheet)
      const sheet = openSheet(book)
      let any = false
      for (const text of unpack(zip, book.sheet, MAX_SHEET)) {
        for (const batch of sheet.write(text)) {
          header = sheet.header
          any = true
          yield batch
        }
      }
      for (const batch of sheet.end()) {
        header = sheet.header
        any = true
        yield batch
      }
      header = sheet.header
      if (!header) refusal = refuse('empty-file')
      else if (!any) refusal = refuse('no-rows')
    } catch (error) {
      // the parts throw on whatever is malformed, each in its own words
      refusal = refuse(error instanceof Stop ? error.code : 'xlsx-unreadable')
    }
  }

  return {
    format: 'xlsx',
    get header() {
      return header
    },
    get refusal() {
      return refusal
    },
    push,
    end,
  }
}

/** Turns the XML of a sheet into rows: the first with more than a title is the header. */
function openSheet({ texts, styles }: Book) {
  let header: string[] | undefined
  let headerRow = 0
  /** rows with one cell before the header: titles, or the beginning of a sheet that has one column */
  let early: { row: number; cells: string[] }[] = []
  let collector = openBatch(1)
  let ready: RowBatch[] = []
  let row = 0
  let cells: string[] = []
  let failed: RefusalCode | undefined
  let column = -1
  let type = 'n'
  let style = 0
  let value = ''
  let inValue = false
  let phonetic = false

  function flush(next: number): void {
    if (collector.batch.rows.length > 0) ready.push(collector.batch)
    collector = openBatch(next)
  }

  function cellText(): string {
    switch (type) {
      case 's': {
        const text = texts[Number(value)]
        if (text === undefined && value !== '') throw new Stop('xlsx-unreadable')
        return text ?? ''
      }
      case 'inlineStr':
      case 'str':
        return unescapeText(value)
      case 'b':
        return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : value
      case 'd':
        return value.replace(/T00:00:00(\.0+)?Z?$/, '')
      case 'e':
        failed = 'xlsx-error-cell'
        return ''
      default:
        return styles.isDate[style] ? serialText(value, styles.from1904) : numberText(value)
    }
  }

  function takeHeader(): void {
    const filled = countFilled(cells)
    if (filled === 0) return
    if (filled === 1) {
      early.push({ row, cells })
      if (early.length > MAX_TITLES) settleEarly()
      return
    }
    header = cells
    headerRow = row
    early = []
  }

  /** No row with more than one cell came: the first is the header after all. */
  function settleEarly(): void {
    const [first, ...others] = early
    early = []
    if (!first) return
    const last = row
    header = first.cells
    headerRow = first.row
    for (const one of others) {
      ;({ row, cells } = one)
      takeRow()
    }
    row = last
  }

  function takeRow(): void {
    if (!header) return takeHeader()
    const width = header.length
    while (cells.length > width && (cells.at(-1) ?? '').trim() === '') cells.pop()
    const number = row - headerRow
    const gap = number - collector.batch.firstRow - collector.batch.rows.length
    if (gap > MAX_GAP || collector.batch.rows.length === 0) flush(number)
    else for (let at = 0; at < gap; at++) collector.batch.rows.push(NO_FIELDS)
    if (failed) collector.refuse(failed)
    else if (cells.length > width) collector.refuse('csv-columns')
    else if (isBlank(cells)) collector.batch.rows.push(NO_FIELDS)
    else {
      for (let at = 0; at < width; at++) cells[at] ??= ''
      collector.batch.rows.push(cells)
    }
    if (collector.batch.rows.length * width > BATCH_CELLS) flush(number + 1)
  }

  const xml = openXml({
    open(name, attributes) {
      switch (name) {
        case 'row': {
          const given = Number(attributes().r ?? row + 1)
          if (!Number.isInteger(given) || given <= row) throw new Stop('xlsx-unreadable')
          if (given > MAX_ROWS) throw new Stop('xlsx-too-big')
          row = given
          cells = []
          column = -1
          failed = undefined
          break
        }
        case 'c': {
          const of = attributes()
          column = of.r === undefined ? column + 1 : columnOf(of.r)
          if (column < 0) throw new Stop('xlsx-unreadable')
          type = of.t ?? 'n'
          style = Number(of.s ?? 0)
          value = ''
          break
        }
        case 'rPh':
          phonetic = true
          break
        case 'v':
          inValue = true
          break
        case 't':
          inValue = type === 'inlineStr' && !phonetic
          break
        case 'mergeCell':
          refuseMerge(attributes().ref ?? '')
          break
      }
    },
    text(part) {
      if (inValue) value += part
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'rPh') phonetic = false
      else if (name === 'row') takeRow()
      else if (name === 'c' && (value !== '' || type === 'e')) {
        const text = cellText()
        if (isBroken(text)) failed = 'bad-encoding'
        if (column >= MAX_COLUMNS && text.trim() !== '') throw new Stop('xlsx-too-big')
        if (column >= MAX_COLUMNS) return
        while (cells.length < column) cells.push('')
        cells[column] = text
      }
    },
  })

  function refuseMerge(reference: string): void {
    const rows = reference.split(':').map((part) => Number(part.replace(/\D/g, '')))
    const [top = 0, bottom = top] = rows
    if (header && bottom > top && bottom > headerRow) throw new Stop('xlsx-merged')
  }

  function* take(): Generator<RowBatch> {
    const batches = ready
    ready = []
    yield* batches
  }

  return {
    get header() {
      return header
    },
    *write(text: string): Generator<RowBatch> {
      xml.write(text)
      yield* take()
    },
    *end(): Generator<RowBatch> {
      xml.end()
      settleEarly()
      flush(0)
      yield* take()
    },
  }
}
