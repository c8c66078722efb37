import { refuse } from '#domain/refusal.ts'
import type { Refusal, RefusalCode } from '#domain/refusal.ts'
import type { FieldNames } from './columns.ts'
import { openCsv, type Dialect } from './csv.ts'
import { openDecoder, type Encoding } from './encoding.ts'
import { openNdjson } from './ndjson.ts'
import type { RowBatch, RowSource } from './rows.ts'
import { openXlsx } from './xlsx.ts'

export type ReaderOptions = {
  fileName?: string
  contentType?: string
  /** names of the fields: NDJSON finds its keys by them, since it has no header */
  fields?: readonly FieldNames[]
  /** name of the sheet; without, the first */
  sheet?: string
  /** begins in the middle of a file, at the beginning of a row */
  from?: Continuation
}

/** What must be known to go on with a CSV file in its middle. */
export type Continuation = Dialect & { encoding: Encoding }

export type Format = 'csv' | 'ndjson' | 'xlsx'

/**
 * Reads a file of rows in whatever form a department sends it. Push the bytes in pieces of any size (1 MB is fast),
 * take the batches, look at `refusal` after each, and call `end` once:
 *
 *     for (const batch of reader.push(bytes)) judge(batch)   // `reader.header` is there before the first batch
 *     if (reader.refusal) return reader.refusal
 *     …
 *     for (const batch of reader.end()) judge(batch)         // the whole of an .xlsx comes here, batch by batch
 *
 * `push` and `end` are lazy: nothing is read unless they are iterated to the end. Memory is bounded by the piece
 * pushed and by the longest row; an .xlsx is held as it is sent (compressed) with its table of texts.
 */
export type Reader = RowSource<Uint8Array> & {
  readonly format: Format | undefined
  /** NDJSON keys that belong to no field */
  readonly unknown: string[]
  readonly rows: number
  /** how another reader can go on from here; undefined where it cannot */
  continuation: () => Continuation | undefined
}

/** Enough bytes to tell the formats apart. */
const HEAD = 8

/** Opens a reader. What the bytes are decides, not what the file is called. */
export function openReader(options: ReaderOptions = {}): Reader {
  let head: Buffer | undefined = Buffer.alloc(0)
  type Source = { format: Format | undefined; unknown?: string[]; continuation?: Reader['continuation'] }
  let source: (RowSource<Uint8Array> & Source) | undefined = options.from && openText(options)
  let refusal: Refusal | undefined

  function* start(final: boolean): Generator<RowBatch> {
    const bytes = head ?? Buffer.alloc(0)
    if (bytes.length < HEAD && !final) return
    head = undefined
    const code = bytes.length === 0 ? 'empty-file' : findForeign(bytes)
    if (code) {
      refusal = refuse(code)
      return
    }
    source = isZip(bytes) ? openXlsx({ sheet: options.sheet }) : openText(options)
    yield* source.push(bytes)
  }

  function* push(bytes: Uint8Array): Generator<RowBatch> {
    if (refusal) return
    if (source) yield* source.push(bytes)
    else {
      head = Buffer.concat([head ?? Buffer.alloc(0), bytes])
      yield* start(false)
    }
  }

  function* end(): Generator<RowBatch> {
    if (refusal) return
    if (!source) yield* start(true)
    if (source) yield* source.end()
  }

  return {
    get header() {
      return source?.header
    },
    get refusal() {
      return refusal ?? source?.refusal
    },
    get format() {
      return source?.format
    },
    get unknown() {
      return source?.unknown ?? []
    },
    get rows() {
      return source?.rows ?? 0
    },
    continuation: () => source?.continuation?.(),
    push,
    end,
  }
}

/** A text file: CSV or NDJSON, as its first character says. */
function openText(options: ReaderOptions) {
  const decoder = openDecoder(options.from?.encoding)
  let csv = options.from && openCsv(options.from)
  let rows: RowSource<string> | undefined = csv
  let ndjson: ReturnType<typeof openNdjson> | undefined
  let refusal: Refusal | undefined
  let blank = ''

  function* take(texts: string[] | undefined): Generator<RowBatch> {
    if (!texts) {
      refusal = refuse('bad-encoding')
      return
    }
    for (const text of texts) {
      if (refusal) return
      if (!rows) {
        blank += text
        if (blank.length < 1 << 16 && /^[\s\ufeff]*.?$/.test(blank)) continue
        open()
        yield* takeFirst()
      } else yield* rows.push(text)
      if (rows?.refusal) return
    }
  }

  function* takeFirst(): Generator<RowBatch> {
    const first = blank
    blank = ''
    if (!refusal && rows) yield* rows.push(first)
  }

  function open(): void {
    const code = findForeignText(blank)
    if (code) refusal = refuse(code)
    if (blank.trimStart().startsWith('{') || isNdjsonName(options)) rows = ndjson = openNdjson(options.fields)
    else rows = csv = openCsv()
  }

  function* push(bytes: Uint8Array): Generator<RowBatch> {
    if (refusal ?? rows?.refusal) return
    yield* take(decoder.push(bytes))
  }

  function* end(): Generator<RowBatch> {
    if (refusal ?? rows?.refusal) return
    yield* take(decoder.end())
    if (!rows && !refusal) {
      open()
      yield* takeFirst()
    }
    if (!refusal && rows && !rows.refusal) yield* rows.end()
  }

  return {
    get header() {
      return rows?.header
    },
    get refusal() {
      return refusal ?? rows?.refusal
    },
    get format(): Format | undefined {
      return rows && (ndjson ? 'ndjson' : 'csv')
    },
    get unknown() {
      return ndjson?.unknown ?? []
    },
    get rows() {
      return rows?.rows ?? 0
    },
    continuation() {
      const [encoding, dialect] = [decoder.encoding(), csv?.dialect()]
      return encoding && dialect && !refusal ? { ...dialect, encoding } : undefined
    },
    push,
    end,
  }
}

function isNdjsonName({ fileName, contentType }: ReaderOptions): boolean {
  return /\.(ndjson|jsonl)$/i.test(fileName ?? '') || /\b(x-)?ndjson\b|jsonl/i.test(contentType ?? '')
}

function isZip(bytes: Buffer): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
}

const FOREIGN: readonly (readonly [string, RefusalCode])[] = [
  ['d0cf11e0', 'old-xls'],
  ['1f8b', 'unknown-format'],
  ['52617221', 'unknown-format'],
  ['377abcaf', 'unknown-format'],
  ['25504446', 'unknown-format'],
  ['89504e47', 'unknown-format'],
  ['ffd8ff', 'unknown-format'],
]

/** Files that are no rows at all, by their first bytes. */
function findForeign(bytes: Buffer): RefusalCode | undefined {
  const hex = bytes.toString('hex', 0, HEAD)
  const known = FOREIGN.find(([start]) => hex.startsWith(start))?.[1]
  if (known || isZip(bytes) || /^(fffe|feff)/.test(hex)) return known
  // a zero byte: UTF-16 without its mark, or no text at all
  return bytes.subarray(0, HEAD).includes(0) ? 'bad-encoding' : undefined
}

/** Many systems "export to Excel" a web page; and JSON is often one array. */
function findForeignText(text: string): RefusalCode | undefined {
  const start = text.slice(0, 1000)
  if (/^[\s\ufeff]*<(!doctype|html|head|table|meta|\?xml)/i.test(start)) return 'unknown-format'
  return /^[\s\ufeff]*\[\s*[{\]]/.test(start) ? 'bad-json' : undefined
}
