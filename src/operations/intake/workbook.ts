import { Parser } from 'saxen'
import type { RefusalCode } from '#domain/refusal.ts'
import { isDateFormat, unescapeText } from './cells.ts'
import { MAX_RECORD } from './rows.ts'
import { inflate } from './zip.ts'
import type { ZipEntry } from './zip.ts'

/** Bytes of the table of shared texts, and of every other part, when unpacked. */
const MAX_TEXTS = 64 << 20
const MAX_PART = 16 << 20

/** Thrown inside the reader only, to leave the parser; `openXlsx` turns it into the refusal. */
export class Stop extends Error {
  readonly code: RefusalCode
  constructor(code: RefusalCode) {
    super(code)
    this.code = code
  }
}

type Styles = { isDate: boolean[]; from1904: boolean }

/** The text of a part, piece by piece; stops where it is larger than `limit` bytes. */
export function* unpack(zip: Buffer, entry: ZipEntry, limit: number): Generator<string> {
  const decoder = new TextDecoder()
  let size = 0
  for (const piece of inflate(zip, entry)) {
    size += piece.length
    if (size > limit) throw new Stop('xlsx-too-big')
    yield decoder.decode(piece, { stream: true })
  }
  yield decoder.decode()
}

type Handlers = {
  open?: (name: string, attributes: () => Record<string, string>, decode: (text: string) => string) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

/** A streaming parser that knows elements by their local names and stops at what is not well-formed. */
export function openXml(handlers: Handlers) {
  const parser = new Parser()
  let pending = 0
  parser.on('error', (error) => {
    throw error
  })
  parser.on('openTag', (name, attributes, decode) => {
    pending = 0
    handlers.open?.(local(name), attributes, decode)
  })
  parser.on('closeTag', (name) => {
    pending = 0
    handlers.close?.(local(name))
  })
  parser.on('text', (text, decode) => handlers.text?.(decode(text)))
  parser.on('cdata', (text) => handlers.text?.(text))
  return {
    write(text: string): void {
      pending += text.length
      parser.write(text)
      // the parser holds an element or text until it ends, and looks at all of it again with every piece
      if (pending > 8 * MAX_RECORD) throw new Stop('xlsx-unreadable')
    },
    end(): void {
      parser.end()
    },
  }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function parsePart(zip: Buffer, entry: ZipEntry | undefined, handlers: Handlers, limit = MAX_PART): void {
  if (!entry) return
  const xml = openXml(handlers)
  for (const text of unpack(zip, entry, limit)) xml.write(text)
  xml.end()
}

/** What a sheet needs of its workbook. */
export type Book = { sheet: ZipEntry; texts: string[]; styles: Styles }

/** The sheet that is wanted (the first, if none is named), the shared texts and which styles show dates. */
export function readBook(zip: Buffer, entries: Map<string, ZipEntry>, wanted: string | undefined): Book {
  const sheets: { name: string; id: string }[] = []
  const targets = new Map<string, string>()
  const styles: Styles = { isDate: [], from1904: false }
  if (!entries.has('xl/workbook.xml')) throw new Stop('xlsx-unreadable')
  parsePart(zip, entries.get('xl/workbook.xml'), {
    open(name, attributes, decode) {
      const of = attributes()
      if (name === 'workbookPr') styles.from1904 = of.date1904 === '1' || of.date1904 === 'true'
      if (name !== 'sheet') return
      const id = Object.entries(of).find(([key]) => key.endsWith(':id'))?.[1]
      sheets.push({ name: decode(of.name ?? ''), id: id ?? '' })
    },
  })
  parsePart(zip, entries.get('xl/_rels/workbook.xml.rels'), {
    open(name, attributes, decode) {
      const of = attributes()
      if (name === 'Relationship') targets.set(of.Id ?? '', decode(of.Target ?? ''))
    },
  })
  const chosen = wanted === undefined ? sheets[0] : sheets.find((sheet) => sheet.name === wanted)
  if (!chosen && wanted !== undefined) throw new Stop('no-sheet')
  const target = targets.get(chosen?.id ?? '') ?? 'worksheets/sheet1.xml'
  const sheet = entries.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  if (!sheet) throw new Stop('xlsx-unreadable')
  readStyles(zip, entries.get('xl/styles.xml'), styles)
  return { sheet, texts: readTexts(zip, entries.get('xl/sharedStrings.xml')), styles }
}

function readStyles(zip: Buffer, entry: ZipEntry | undefined, styles: Styles): void {
  const codes = new Map<number, string>()
  let inCells = false
  parsePart(zip, entry, {
    open(name, attributes, decode) {
      if (name === 'cellXfs') inCells = true
      else if (name === 'numFmt') {
        const of = attributes()
        codes.set(Number(of.numFmtId), decode(of.formatCode ?? ''))
      } else if (name === 'xf' && inCells) {
        const id = Number(attributes().numFmtId ?? 0)
        styles.isDate.push(isDateFormat(id, codes.get(id)))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
}

function readTexts(zip: Buffer, entry: ZipEntry | undefined): string[] {
  const texts: string[] = []
  let text = ''
  let inText = false
  let phonetic = false
  const handlers: Handlers = {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') phonetic = true
      else if (name === 't') inText = !phonetic
    },
    text(part) {
      if (inText) text += part
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') phonetic = false
      else if (name === 'si') texts.push(unescapeText(text))
    },
  }
  parsePart(zip, entry, handlers, MAX_TEXTS)
  return texts
}
