import { refuse } from '#domain/refusal.ts'
import type { Refusal, RefusalCode } from '#domain/refusal.ts'
import { countFilled, isBlank, MAX_RECORD, MAX_RECORD_LINES, NO_FIELDS, openBatch } from './rows.ts'
import type { RowBatch, RowSource } from './rows.ts'

const QUOTE = 34
const SEPARATORS = [',', '\t', ';'] as const
/** Titles above the header that are passed over. */
const MAX_TITLES = 5
/** Characters read twice because of broken quotes before the whole file is refused. */
const MAX_REREAD = 64 << 20
/**
 * Rows of a batch. Few, so that hardly any are alive whenever garbage is collected: where most of an array's like are
 * still alive, V8 makes all later ones in its old space, and each then keeps its cells until the next full collection.
 */
const BATCH_ROWS = 64

/** What of a file must be known to go on with it in its middle. */
export type Dialect = { header: string[]; separator: string }

type Record = { end: number; fields: string[] } | { code: RefusalCode; seen: number } | undefined

/**
 * Reads CSV strictly by RFC 4180, from text in pieces of any size: separator comma, tab or semicolon (as the header
 * has it), line ends LF, CRLF or CR, line ends inside quotes.
 *
 * A row that breaks a rule is refused alone. Where it is a quote that is wrong, or a record of several lines with
 * the wrong number of fields, only the first line of it is refused and reading goes on with the next line: a stray
 * quote must not swallow the rows of other people.
 */
export function openCsv(known?: Dialect): RowSource<string> & { dialect: () => Dialect | undefined } {
  let header = known?.header
  let refusal: Refusal | undefined
  let separator = known?.separator ?? ''
  let newline = '\n'
  let rest = ''
  let nextRow = 1
  let titles = 0
  let reread = 0
  let sawRow = known !== undefined
  /** inside a line that is too long: everything up to its end is thrown away */
  let skipping = false

  function sniff(text: string, final: boolean): boolean {
    const counts = [0, 0, 0]
    let quoted = false
    for (let at = 0; at < text.length; at++) {
      const char = text[at] ?? ''
      if (char === '"') quoted = !quoted
      else if (quoted) continue
      else if (char === '\n' || char === '\r') {
        if (char === '\r' && at + 1 === text.length && !final) return false
        if (at === 0 || (char === '\n' && at === 1 && text[0] === '\r')) continue
        newline = char === '\r' && text[at + 1] !== '\n' ? '\r' : '\n'
        return choose(counts)
      } else {
        const index = SEPARATORS.findIndex((one) => one === char)
        if (index !== -1) counts[index] = (counts[index] ?? 0) + 1
      }
    }
    return (final || text.length > MAX_RECORD) && choose(counts)
  }

  function choose(counts: number[]): true {
    separator = SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ','
    return true
  }

  /** One record that has quotes, from `start` on; undefined when the text ends before it does. */
  function scanQuoted(text: string, start: number, final: boolean): Record {
    const fields: string[] = []
    const separatorCode = separator.charCodeAt(0)
    const newlineCode = newline.charCodeAt(0)
    const length = text.length
    const limit = start + MAX_RECORD
    const incomplete = (): Record =>
      length > limit || tooManyLines(text, start, length)
        ? { code: 'csv-open-quote', seen: length }
        : final
          ? { code: 'csv-open-quote', seen: length }
          : undefined
    let at = start
    for (;;) {
      if (text.charCodeAt(at) === QUOTE) {
        let field = ''
        let from = at + 1
        let close: number
        for (;;) {
          close = text.indexOf('"', from)
          if (close === -1 || close > limit) return incomplete()
          if (text.charCodeAt(close + 1) !== QUOTE) break
          field += text.slice(from, close + 1)
          from = close + 2
        }
        field = field === '' ? text.slice(from, close) : field + text.slice(from, close)
        at = close + 1
        if (at === length && !final) return undefined
        fields.push(field)
        let code = text.charCodeAt(at)
        if (code === 13 && newlineCode === 10) {
          if (at + 1 === length && !final) return undefined
          if (at + 1 === length || text.charCodeAt(at + 1) === 10) code = text.charCodeAt(++at)
        }
        if (at < length && code !== separatorCode && code !== newlineCode) return { code: 'csv-quote', seen: at }
      } else {
        const from = at
        let code = 0
        for (; at < length; at++) {
          code = text.charCodeAt(at)
          if (code === separatorCode || code === newlineCode) break
          if (code === QUOTE) return { code: 'csv-quote', seen: at }
        }
        if (at === length && !final) return undefined
        let to = at
        if (newlineCode === 10 && (at === length || code === 10) && to > from && text.charCodeAt(to - 1) === 13) to--
        fields.push(text.slice(from, to))
      }
      if (at >= length || text.charCodeAt(at) === newlineCode) {
        return tooManyLines(text, start, at) ? { code: 'csv-open-quote', seen: at } : { end: at + 1, fields }
      }
      at++
    }
  }

  function tooManyLines(text: string, start: number, end: number): boolean {
    let at = start
    for (let lines = 0; lines <= MAX_RECORD_LINES; lines++) {
      at = text.indexOf(newline, at) + 1
      if (at === 0 || at > end) return false
    }
    return true
  }

  function takeHeader(fields: string[], damaged: boolean): void {
    if (damaged) refusal = refuse('bad-encoding')
    else if (fields.length > 1 && countFilled(fields) === 1 && titles < MAX_TITLES) titles++
    else header = fields
  }

  function* scan(text: string, final: boolean): Generator<RowBatch> {
    let collector = openBatch(nextRow)
    let { rows } = collector.batch
    const refuseRow = (code: RefusalCode) => collector.refuse(code)
    const hand = (): RowBatch => {
      const { batch } = collector
      nextRow += rows.length
      sawRow ||= batch.problems.length > 0 || rows.some((row) => row !== NO_FIELDS)
      collector = openBatch(nextRow)
      ;({ rows } = collector.batch)
      return batch
    }
    const length = text.length
    let pos = 0
    let quote = nextOf(text, '"', 0)
    let broken = nextBroken(text, 0)
    let separatorAt = nextOf(text, separator, 0)
    while (pos < length && !refusal) {
      if (rows.length >= BATCH_ROWS) yield hand()
      const found = text.indexOf(newline, pos)
      const eol = found === -1 ? length : found
      let next = eol + 1
      if (skipping) {
        skipping = found === -1
        pos = next
        continue
      }
      if (quote < pos) quote = nextOf(text, '"', pos)
      if (broken < pos) broken = nextBroken(text, pos)
      let fields: string[]
      if (quote >= eol) {
        if (found === -1 && !final) break
        let end = eol
        if (end > pos && newline === '\n' && text.charCodeAt(end - 1) === 13) end--
        if (end === pos) {
          if (header) rows.push(NO_FIELDS)
          pos = next
          continue
        }
        fields = []
        let from = pos
        while (true) {
          if (separatorAt < from) separatorAt = nextOf(text, separator, from)
          if (separatorAt >= end) break
          fields.push(text.slice(from, separatorAt))
          from = separatorAt + 1
        }
        fields.push(text.slice(from, end))
      } else {
        const record = scanQuoted(text, pos, final)
        if (!record) break
        if ('code' in record || (record.end > next && header && record.fields.length !== header.length)) {
          const bad = 'code' in record
          if (!header) {
            refusal = refuse(bad ? record.code : 'csv-quote')
            break
          }
          if (found === -1 && !final) break
          reread += (bad ? record.seen : record.end) - eol
          if (reread > MAX_REREAD) {
            refusal = refuse('csv-open-quote')
            break
          }
          refuseRow(bad ? record.code : 'csv-columns')
          pos = next
          continue
        }
        fields = record.fields
        next = record.end
      }
      const damaged = broken < next && broken < length
      if (!header) {
        if (!isBlank(fields)) takeHeader(fields, damaged)
      } else if (fields.length !== header.length) refuseRow('csv-columns')
      else if (damaged) refuseRow('bad-encoding')
      else if (isBlank(fields)) rows.push(NO_FIELDS)
      else rows.push(fields)
      pos = next
    }
    rest = pos >= length ? '' : text.slice(pos)
    if (rest.length > MAX_RECORD && !refusal) {
      if (header) refuseRow('csv-too-long')
      else refusal = refuse('csv-too-long')
      rest = ''
      skipping = true
    }
    if (rows.length > 0) yield hand()
  }

  function* read(text: string, final: boolean): Generator<RowBatch> {
    if (refusal) return
    const whole = rest === '' ? text : rest + text
    if (separator === '' && !sniff(whole, final)) {
      rest = whole
      return
    }
    yield* scan(whole, final)
    if (!final || refusal) return
    if (!header) refusal = refuse('empty-file')
    else if (!sawRow) refusal = refuse('no-rows')
  }

  return {
    get header() {
      return header
    },
    get refusal() {
      return refusal
    },
    get rows() {
      return nextRow - 1
    },
    /** Undefined where it cannot be gone on with: inside a row, before the first, or where a line feed ends none. */
    dialect: () =>
      header && sawRow && newline === '\n' && rest === '' && !skipping && !refusal ? { header, separator } : undefined,
    push: (text) => read(text, false),
    end: () => read('', true),
  }
}

/** Where `what` comes next, or the end of the text. */
function nextOf(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from)
  return at === -1 ? text.length : at
}

/** The next character that could not be read (U+FFFD) or that no text has (NUL). */
function nextBroken(text: string, from: number): number {
  return Math.min(nextOf(text, '\ufffd', from), nextOf(text, '\0', from))
}
