import { refuse } from '#domain/refusal.ts'
import type { Refusal } from '#domain/refusal.ts'
import { nameTable, plainName } from './columns.ts'
import type { FieldNames } from './columns.ts'
import { isBroken, MAX_RECORD, NO_FIELDS, openBatch } from './rows.ts'
import type { RowBatch, RowSource } from './rows.ts'

/** Longest list of unknown keys kept for the report. */
const MAX_UNKNOWN = 100
/**
 * A key like the official column names is reported at once; any other only when it comes again, since in a broken line
 * somebody's name or number may stand where a key should.
 */
const CODE = /^(?!.*\d{5})[A-Za-z][A-Za-z0-9_]{0,40}$/

/**
 * Reads one JSON object a line. With `fields`, the header is their ids and a key may be any name of a field;
 * keys of no field are left out and listed in `unknown`. Without, the header is the keys of the first object.
 * Texts, numbers, booleans and null become text; a nested value refuses its row, as does JSON that is broken.
 */
export function openNdjson(fields?: readonly FieldNames[]): RowSource<string> & { readonly unknown: string[] } {
  let header: string[] | undefined = fields?.map((field) => field.id)
  const table = fields ? nameTable(fields) : new Map<string, number>()
  const places = new Map<string, number>()
  const unknown = new Set<string>()
  const once = new Set<string>()
  let refusal: Refusal | undefined
  let rest = ''
  let nextRow = 1
  let sawRow = false
  let skipping = false

  function placeOf(key: string): number {
    let place = places.get(key)
    if (place !== undefined) return place
    place = table.get(plainName(key)) ?? -1
    if (place === -1 && unknown.size < MAX_UNKNOWN) {
      if (CODE.test(key) || once.has(key)) unknown.add(key)
      else {
        // not yet in `places`: the second time counts
        if (once.size < 10_000) once.add(key)
        return -1
      }
    }
    // keys made up anew for every row must not fill the memory
    if (places.size < 10_000) places.set(key, place)
    return place
  }

  function takeHeader(object: object): string[] {
    const keys = Object.keys(object)
    keys.forEach((key, index) => places.set(key, index))
    return keys
  }

  function scan(text: string, final: boolean): RowBatch {
    const { batch, refuse: refuseRow } = openBatch(nextRow)
    let pos = 0
    while (pos < text.length) {
      const found = text.indexOf('\n', pos)
      if (skipping) {
        skipping = found === -1
        pos = found === -1 ? text.length : found + 1
        continue
      }
      if (found === -1 && !final) break
      const end = found === -1 ? text.length : found
      const line = text.slice(pos, end).trim()
      pos = end + 1
      if (line === '') {
        batch.rows.push(NO_FIELDS)
        continue
      }
      const object = parseLine(line)
      if (!object) refuseRow('bad-json')
      else {
        header ??= takeHeader(object)
        const row = header.map(() => '')
        const wrong = fill(row, object, line)
        if (wrong) refuseRow(wrong.code, wrong.field)
        else batch.rows.push(row)
      }
    }
    rest = pos >= text.length ? '' : text.slice(pos)
    if (rest.length > MAX_RECORD) {
      refuseRow('csv-too-long')
      rest = ''
      skipping = true
    }
    nextRow += batch.rows.length
    sawRow ||= batch.rows.some((row) => row !== NO_FIELDS) || batch.problems.length > 0
    return batch
  }

  function fill(row: string[], object: Record<string, unknown>, line: string) {
    const seen = new Set<number>()
    let exact: Map<string, string> | undefined
    for (const key of Object.keys(object)) {
      const place = placeOf(key)
      if (place === -1) {
        if (!fields) return { code: 'csv-columns' } as const
        continue
      }
      const field = header?.[place]
      if (seen.has(place)) return { code: 'duplicate-column', field } as const
      seen.add(place)
      const value = object[key]
      if (typeof value === 'string') {
        if (isBroken(value)) return { code: 'bad-encoding', field } as const
        row[place] = value
      } else if (typeof value === 'number') {
        // JSON.parse rounds what is longer than a double; the line still has every digit
        exact ??= readNumbers(line)
        row[place] = exact.get(key) ?? String(value)
      } else if (typeof value === 'boolean') row[place] = String(value)
      else if (value !== null) return { code: 'nested-json', field } as const
    }
    return undefined
  }

  function* read(text: string, final: boolean): Generator<RowBatch> {
    if (refusal) return
    const batch = scan(rest === '' ? text : rest + text, final)
    if (batch.rows.length > 0) yield batch
    if (final && !sawRow) refusal = refuse('empty-file')
  }

  return {
    get header() {
      return header
    },
    get refusal() {
      return refusal
    },
    get unknown() {
      return [...unknown]
    },
    push: (text) => read(text, false),
    end: () => read('', true),
  }
}

function parseLine(line: string): Record<string, unknown> | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  return isObject(value) ? value : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The numbers of an object as they are written. */
function readNumbers(line: string): Map<string, string> {
  const numbers = new Map<string, string>()
  JSON.parse(line, function (this: unknown, key: string, value: unknown, context?: { source?: string }) {
    if (typeof value === 'number' && context?.source !== undefined) numbers.set(key, plainNumber(context.source))
    return value
  })
  return numbers
}

/** 1e3 as 1000; what a double cannot hold exactly stays as it was written. */
function plainNumber(source: string): string {
  if (!/[eE]/.test(source)) return source
  const value = Number(source)
  return Number.isSafeInteger(value) ? String(value) : source
}
