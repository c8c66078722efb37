import { maySend } from './catalog.ts'
import { CODE_JOINER, splitCodes } from './code-values.ts'
import { identifierKindOf, isAdult, parseIdentifier, type IdentifierKind } from './identity/identifier.ts'
import type { CodeList, Field, Item, Pack, Unit } from './pack.ts'
import { isRefusal, type RefusalCode } from './refusal.ts'
import { codeAt, openLately, ownText } from './text-table.ts'
import { dateOfDays, parseDateText, parseMoneyText } from './values.ts'

/** What is wrong with one field of one row. Says which column and why, never what stood in it (B8). */
export type FieldProblem = { field: string; code: RefusalCode }

/** One accepted row, in canonical text. The same object is used again for the next row. */
export type Judged = {
  item: Item
  kind: IdentifierKind
  number: string
  name: string
  /** decision date, days since 1970-01-01, and as civil date */
  decided: number
  decidedOn: string
  /** canonical value of every field of `item.fields`, the version's own, in order; '' where empty */
  values: string[]
  late: boolean
  filled: number
}

export type JudgeContext = {
  pack: Pack
  /** catalogue item id; its versions in force on different dates are told apart by the decision date */
  item: string
  unit: Unit
  /** civil date in days since 1970-01-01 */
  today: number
  /** decided before this day: the report is late (R7); days since 1970-01-01, undefined where the calendar does not reach */
  lateBefore: number | undefined
}

const WRONG = Symbol('wrong')
type Cell = (text: string) => string | { [WRONG]: RefusalCode }
const wrong = (code: RefusalCode) => ({ [WRONG]: code })
const EMPTY = wrong('field-empty')
const LONG = wrong('field-too-long')
const CONTROL = wrong('field-control-character')
const PERSONAL = wrong('field-personal-number')
const CODE = wrong('code-unknown')
const ORGAN = wrong('organ-of-another-unit')
const MONEY = wrong('money-unreadable')

/** Several values in one cell as codes joined by '、', in the order of the list, each once; undefined if one is unknown. */
function joinCodes(text: string, table: ReadonlyMap<string, string>, order: readonly string[]): string | undefined {
  const found = new Set<string>()
  for (const part of splitCodes(text)) {
    const code = table.get(part)
    if (code === undefined) return undefined
    found.add(code)
  }
  return found.size === 0 ? undefined : order.filter((code) => found.has(code)).join(CODE_JOINER)
}

function codeTable(list: CodeList): Map<string, string> {
  const table = new Map<string, string>()
  for (const value of list.values) {
    for (const key of [value.code, value.name.zh, value.name.en, ...(value.alias ?? [])]) table.set(key, value.code)
  }
  return table
}

/** Control characters have no place in a record; they break exports and hide text. */
// oxlint-disable-next-line no-control-regex -- finding them is the point
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/

/** Longest text that is remembered with what came of it, and how many a field remembers, as a power of two. */
const REMEMBERED = 200
const REMEMBERED_BITS = 10

/** Whether most values of a field come again and again. */
const isRepeating = ({ type, repeats }: Field): boolean =>
  type === 'code' || type === 'identifier-kind' || repeats !== undefined

/** Judges a text met lately without looking at it again; the same value comes out as the same string. */
function remember(cell: Cell): Cell {
  const lately = openLately<string>(REMEMBERED_BITS)
  return (text) => {
    const known = lately.find(text)
    if (known !== undefined) return known
    const value = cell(text)
    if (typeof value !== 'string' || text.length > REMEMBERED) return value
    const own = ownText(text)
    lately.keep(own, value === text ? own : value)
    return value
  }
}

function makeCell(field: Field, item: Item, { pack, unit }: JudgeContext): Cell {
  const plain = makePlainCell(field, pack)
  const cell = isOwnOrgan(field, item) ? ofNoOtherUnit(plain, pack, unit) : plain
  return isRepeating(field) ? remember(cell) : cell
}

/** Where the organ's code is part of what names a document, the organ that decides is the one that reports. */
export const isOwnOrgan = ({ id, role }: Field, item: Item): boolean =>
  role === 'authority-code' && item.naturalKey.includes(id)

/** The codes that are of another unit of the pack, neither this one's nor a predecessor's. */
export const codesOfOthers = ({ units }: Pack, unit: Unit): Set<string> =>
  new Set(
    units.flatMap(({ id, code, successor }) =>
      code === undefined || id === unit.id || code === unit.code || successor === unit.id ? [] : [code],
    ),
  )

/**
 * Who decides reports (谁产生、谁负责: 发改办财金〔2018〕424号): the code of another unit of the pack is refused, or its document
 * would stand as that unit's. An organ below a unit has a code of its own that the pack does not know; a successor reports
 * what its predecessor decided.
 */
function ofNoOtherUnit(cell: Cell, pack: Pack, unit: Unit): Cell {
  const others = codesOfOthers(pack, unit)
  return (text) => (others.has(text.toUpperCase()) ? ORGAN : cell(text))
}

function makePlainCell(field: Field, pack: Pack): Cell {
  const { length = 4000, type } = field
  if (type === 'date') {
    return (text) => {
      const days = parseDateText(text)
      if (typeof days !== 'number') return wrong(days)
      // written as we write it: no new string
      return text.length === 10 && text[4] === '-' ? text : dateOfDays(days)
    }
  }
  if (type === 'money' || type === 'number') {
    const unit = field.unit?.zh === '万元' || field.unit?.zh === '元' ? field.unit.zh : undefined
    return (text) => parseMoneyText(text, unit) ?? MONEY
  }
  if (type === 'code') {
    const list = pack.codes.find((codes) => codes.id === field.codes)
    if (!list) throw new Error(`code list ${field.codes} of field ${field.id} is not in the pack`)
    const table = codeTable(list)
    if (!field.many) return (text) => table.get(text) ?? CODE
    const order = list.values.map(({ code }) => code)
    return (text) => table.get(text) ?? joinCodes(text, table, order) ?? CODE
  }
  const open =
    (field.sensitivity === 'open' || field.sensitivity === 'internal') && !/^subject-|-code$/.test(field.role ?? '')
  return (text) => {
    if (text.length > length) return LONG
    if (CONTROLS.test(text)) return CONTROL
    return open && text.length > 17 && holdsCitizenNumber(text, pack) ? PERSONAL : text
  }
}

const EIGHTEEN = /[0-9]{17}[0-9Xx]/

/** A person's number has no place in a field that is stored in clear and shown widely. */
function holdsCitizenNumber(text: string, { fictionalDivisions }: Pack): boolean {
  const found = EIGHTEEN.exec(text)?.[0]
  return (
    found !== undefined &&
    !isRefusal(parseIdentifier('citizen', found, { today: '9999-12-31', allowFictional: fictionalDivisions }))
  )
}

/** Printable ASCII and what Chinese is written in: no white space among them. */
const isInk = (code: number): boolean => (code > 0x20 && code < 0x7f) || (code > 0x3000 && code < 0xfeff)

/** Without white space at its ends: few cells have any, and to ask costs less than to trim. */
const trimmed = (text: string): string =>
  text === '' || (isInk(codeAt(text, 0)) && isInk(codeAt(text, text.length - 1))) ? text : text.trim()

/** Days after which somebody is certainly of age: nineteen years. */
const SURELY_ADULT = 19 * 366

/** G2 on a day: the exact rule is asked only about those who are near it. */
function isAdultOn(birth: string, day: number): boolean {
  const born = parseDateText(birth)
  return (typeof born === 'number' && day - born > SURELY_ADULT) || isAdult(birth, dateOfDays(day))
}

/** Index of the field with a role, or -1. */
export const fieldOf = (item: Item, role: NonNullable<Field['role']>): number =>
  item.fields.findIndex((field) => field.role === role)

type Version = {
  item: Item
  from: number
  until: number
  /** column of each field of this version, -1 where the file has none */
  column: number[]
  /** the values of the row last judged by this version */
  values: string[]
  cells: Cell[]
  required: boolean[]
  name: number
  numberKind: number
  number: number
  decided: number
  conduct: number
  document: number
  entitled: boolean
}

const daysOf = (date: string): number => {
  const days = parseDateText(date)
  if (typeof days !== 'number') throw new Error(`not a civil date in the pack: ${date}`)
  return days
}

function compile(item: Item, context: JudgeContext, columnOf: (id: string) => number): Version {
  return {
    item,
    column: item.fields.map(({ id }) => columnOf(id)),
    values: item.fields.map(() => ''),
    from: daysOf(item.from),
    until: item.until ? daysOf(item.until) : Infinity,
    cells: item.fields.map((field) => makeCell(field, item, context)),
    // an adverse record needs a document with legal effect (国办发〔2020〕49号; G1), whatever the pack says
    required: item.fields.map(
      (field) =>
        field.required === true ||
        field.role === 'subject-number' ||
        field.role === 'decision-date' ||
        (field.role === 'document-number' && item.nature === 'adverse'),
    ),
    name: fieldOf(item, 'subject-name'),
    numberKind: fieldOf(item, 'subject-number-kind'),
    number: fieldOf(item, 'subject-number'),
    decided: fieldOf(item, 'decision-date'),
    conduct: fieldOf(item, 'conduct-date'),
    document: fieldOf(item, 'document-number'),
    entitled: maySend(item, context.unit),
  }
}

/**
 * Compiles the judge of one item for one unit and day. The judge takes a row's cells in the order of `columns`
 * (field index of the newest version by column, -1 where the column is not of the item) and returns either the row in
 * canonical form or all its problems. It is the hot path of intake: no allocation but the values.
 *
 * A row is judged by the fields of the version in force on its decision date: what only a later version asks for was not
 * in the catalogue then, is not collected, and is passed over as any column that no field has.
 *
 * Rules: G1 (item in force on the decision date, unit entitled, document for an adverse record), G2 (no minors,
 * 未成年人 neither now nor when it happened), identifiers by their standards, fields by the catalogue.
 */
export function makeJudge(
  context: JudgeContext,
  columns: readonly number[],
): (row: readonly string[]) => Judged | FieldProblem[] {
  const items = context.pack.items.filter((item) => item.id === context.item)
  const latest = items.toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]
  if (!latest) throw new Error(`no catalogue item ${context.item}`)
  const columnOf = new Map(latest.fields.map(({ id }, index) => [id, columns.indexOf(index)]))
  const versions = items.map((item) => compile(item, context, (id) => columnOf.get(id) ?? -1))
  const newest = versions[items.indexOf(latest)] as Version
  const identity = { today: dateOfDays(context.today), allowFictional: context.pack.fictionalDivisions }
  const judged: Judged = {
    item: newest.item,
    kind: 'citizen',
    number: '',
    name: '',
    decided: 0,
    decidedOn: '',
    values: newest.values,
    late: false,
    filled: 0,
  }

  const decidedColumn = newest.column[newest.decided] ?? -1
  let lastKindText = ''
  let lastKind: IdentifierKind | undefined = 'citizen'
  const kindOf = (text: string): IdentifierKind | undefined => {
    if (text !== lastKindText) {
      lastKindText = text
      lastKind = identifierKindOf(text)
    }
    return lastKind
  }
  return (row) => {
    let problems: FieldProblem[] | undefined
    // the version as an argument: captured, it would live on the heap and cost every row
    const fail = (of: Version, field: number, code: RefusalCode) => {
      ;(problems ??= []).push({ field: of.item.fields[field]?.id ?? '', code })
    }
    const decidedDays = parseDateText(trimmed(row[decidedColumn] ?? ''))
    let version = newest
    if (typeof decidedDays === 'number') {
      if (decidedDays > context.today) fail(newest, newest.decided, 'date-in-future')
      const inForce =
        decidedDays >= newest.from && decidedDays < newest.until
          ? newest
          : versions.find((one) => decidedDays >= one.from && decidedDays < one.until)
      if (!inForce) fail(newest, newest.decided, 'item-not-in-force')
      else if (!inForce.entitled) fail(newest, newest.decided, 'unit-not-entitled')
      version = inForce ?? newest
    }

    const { values, column } = version
    let filled = 0
    for (let index = 0; index < values.length; index += 1) {
      const at = column[index] ?? -1
      const text = at < 0 ? '' : trimmed(row[at] ?? '')
      if (text === '') {
        values[index] = ''
        if (version.required[index]) fail(version, index, EMPTY[WRONG])
        continue
      }
      filled += 1
      const value = (version.cells[index] as Cell)(text)
      if (typeof value === 'string') values[index] = value
      else {
        // not what the row before left here
        values[index] = ''
        fail(version, index, value[WRONG])
      }
    }

    const rawNumber = values[version.number] as string
    const kindText = version.numberKind < 0 ? '' : (values[version.numberKind] as string)
    const kind: IdentifierKind | undefined =
      version.item.subject === 'organisation' ? 'organisation' : kindText === '' ? 'citizen' : kindOf(kindText)
    if (kind === undefined || (kind === 'organisation') !== (version.item.subject === 'organisation'))
      fail(version, version.numberKind, 'id-kind-unknown')
    else if (rawNumber !== '') {
      const identifier = parseIdentifier(kind, rawNumber, identity)
      if (isRefusal(identifier)) fail(version, version.number, identifier.code)
      else {
        judged.kind = identifier.kind
        judged.number = identifier.number
        values[version.number] = identifier.number
        if (identifier.birth !== undefined) {
          const conduct = version.conduct < 0 ? '' : (values[version.conduct] as string)
          const happened = conduct === '' ? decidedDays : parseDateText(conduct)
          // neither what was decided about a minor nor, whenever it was decided, what a minor did
          const earlier =
            typeof happened === 'number' && typeof decidedDays === 'number' && happened < decidedDays
              ? happened
              : decidedDays
          if (typeof earlier === 'number' && !isAdultOn(identifier.birth, earlier))
            fail(version, version.number, 'minor')
        }
      }
    }
    if (problems) return problems
    judged.item = version.item
    judged.values = values
    judged.name = version.name < 0 ? '' : (values[version.name] as string)
    judged.decided = decidedDays as number
    judged.decidedOn = values[version.decided] as string
    judged.late = context.lateBefore !== undefined && judged.decided < context.lateBefore
    judged.filled = filled
    return judged
  }
}
