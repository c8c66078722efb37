import { UNVERIFIED } from '#domain/pack-words.ts'
import { wordsOf } from '#domain/code-values.ts'
import { maskNumber } from '#domain/identity/identifier.ts'
import type { Item, Pack } from '#domain/pack.ts'
import type { Text } from '#domain/refusal.ts'
import { adverseItems, SECTIONS, sectionOf, type ReportKind } from '#domain/report.ts'
import { RECORD_STATES, type Mark } from '#domain/step.ts'
import type { Archive } from '../archive-shape.ts'

/** What a report says of one record. `fields` are those beside its source, decision and document. */
export type ReportRecord = {
  item: Text
  nature: Item['nature']
  source: Text
  decided: string
  document: string | undefined
  until: string | undefined
  display: Text | undefined
  basis: string
  remedy: Text | undefined
  fields: { name: Text; value: string; english?: string }[]
  marks: Mark[]
}

/** What the report leaves out, how much of it, and on what ground (B13). */
export type LeftOut = { count: number; what: Text; ground: Text; until?: string | undefined }

export type ReportContent = {
  sections: { name: Text; records: ReportRecord[] }[]
  /** kinds of items a special report searched, with what was found; none for the others */
  searched: { name: Text; className: Text; found: number }[]
  left: LeftOut[]
}

/** How the archive was read: who may see what follows from it, and so does what the report has to admit. */
export type ReportReading =
  | { reading: 'self' }
  | { reading: 'presence'; unit: Text; matter: string }
  | {
      reading: 'look-up'
      unit: Text
      purpose: string
      purposeName: Text
      matter: string
      granted: Map<string, readonly string[]>
    }
  | { reading: 'past'; unit: Text; matter: string }

const cite = (
  basis: readonly { document: string; article?: string | undefined; unverified?: boolean | undefined }[],
): string =>
  basis
    .map(({ document, article, unverified }) => `${document}${article ?? ''}${unverified ? UNVERIFIED.zh : ''}`)
    .join('；')

/** Said elsewhere on the card. */
const SAID = new Set(['subject-name', 'subject-number', 'subject-number-kind', 'decision-date', 'document-number'])

const itemOf = (pack: Pack, id: string): Item | undefined => pack.items.findLast((one) => one.id === id)

function describeRecord(archive: Archive, pack: Pack, row: Archive['records'][number]): ReportRecord {
  const legend = archive.items[row.item]
  const said = new Set(
    (itemOf(pack, row.item)?.fields ?? []).filter(({ role }) => role && SAID.has(role)).map(({ id }) => id),
  )
  return {
    item: legend?.name ?? { zh: row.item, en: row.item },
    nature: legend?.nature ?? 'neutral',
    source: archive.units[row.unit] ?? { zh: row.unit, en: row.unit },
    decided: row.decided,
    document: row.document,
    until: row.until,
    display: archive.displays[row.display]?.name,
    basis: cite(legend?.basis ?? []),
    remedy: legend?.remedy,
    fields: (legend?.fields ?? []).flatMap(({ id, name, type, unit, codes }, at) => {
      const value = row.values[at] ?? ''
      if (value === '' || said.has(id)) return []
      if (type === 'identifier') return [{ name, value: maskNumber(value) }]
      const words = wordsOf(codes, value)
      return [{ name, value: `${words?.zh ?? value}${unit ? ` ${unit.zh}` : ''}`, ...(words && { english: words.en }) }]
    }),
    marks: row.marks ?? [],
  }
}

/** What the reader of a look-up might think was searched and was not: the kinds and fields that the purpose does not open. */
function leftByGrant(
  pack: Pack,
  subject: Item['subject'],
  reading: Extract<ReportReading, { reading: 'look-up' }>,
): LeftOut[] {
  const items = [
    ...new Map(pack.items.filter((item) => item.subject === subject).map((item) => [item.id, item])).values(),
  ]
  const basis = cite(pack.purposes.find(({ id }) => id === reading.purpose)?.basis ?? [])
  const ground = {
    zh: `用途“${reading.purposeName.zh}”未授权${basis === '' ? '' : `（${basis}）`}`,
    en: `not opened by the purpose “${reading.purposeName.en}”`,
  }
  const names = (of: Item[]) => of.map(({ name }) => name)
  const closed = items.filter(({ id }) => !reading.granted.has(id))
  const partly = items.filter(({ id, fields }) => (reading.granted.get(id)?.length ?? fields.length) < fields.length)
  const list = (of: Text[]) => ({ zh: of.map(({ zh }) => zh).join('、'), en: of.map(({ en }) => en).join(', ') })
  return [
    ...(closed.length === 0
      ? []
      : [
          {
            count: closed.length,
            what: prefix({ zh: '类信息未查询：', en: 'kinds not searched: ' }, list(names(closed))),
            ground,
          },
        ]),
    ...partly.map((item) => {
      const hidden = item.fields.filter(({ id }) => !reading.granted.get(item.id)?.includes(id)).map(({ name }) => name)
      const head = { zh: `个字段未列（${item.name.zh}）：`, en: `fields not shown (${item.name.en}): ` }
      return { count: hidden.length, what: prefix(head, list(hidden)), ground }
    }),
  ]
}

const prefix = (head: Text, tail: Text): Text => ({ zh: head.zh + tail.zh, en: head.en + tail.en })

const REVIEW_ONLY = {
  zh: '已不展示、不使用，仅供复核机关和法院依法还原，不列明细',
  en: 'neither shown nor used any more; kept for review bodies and courts, not listed',
}

/** A review body or a court may know that something ended: how many, and how. Nobody else is told (G5). */
function leftByState(archive: Archive): LeftOut[] {
  const states = Map.groupBy(
    archive.records.filter(({ state }) => state !== 'shown'),
    ({ state }) => state,
  )
  return [...states].map(([state, records]) => ({
    count: records.length,
    what: prefix({ zh: '条记录：', en: 'records: ' }, RECORD_STATES[state]),
    ground: REVIEW_ONLY,
  }))
}

function leftOut(archive: Archive, pack: Pack, subject: Item['subject'], reading: ReportReading): LeftOut[] {
  switch (reading.reading) {
    case 'self':
    case 'presence':
      return []
    case 'look-up':
      return leftByGrant(pack, subject, reading)
    case 'past':
      return leftByState(archive)
  }
}

/** Ids of the items a report speaks of; undefined: all. */
export function scopeOf(
  pack: Pack,
  subject: Item['subject'],
  reading: ReportReading,
  period: { from: string; to: string } | undefined,
): string[] | undefined {
  const granted = reading.reading === 'look-up' ? reading.granted : undefined
  const adverse = period && adverseItems(pack, subject, period.from, period.to).map(({ id }) => id)
  if (adverse) return granted ? adverse.filter((id) => granted.has(id)) : adverse
  return granted && [...granted.keys()]
}

/**
 * What a report says: of the archive as it was read, only what is shown and used that day (G5), by the sections of
 * Credit China; for a special report only what is adverse and was decided in the period, and the kinds searched.
 */
export function composeContent(
  archive: Archive,
  pack: Pack,
  of: { kind: ReportKind; reading: ReportReading; period: { from: string; to: string } | undefined },
): ReportContent & { ends: string | undefined } {
  const { subject } = archive
  const scope = scopeOf(pack, subject.kind, of.reading, of.period)
  const within = (day: string) => of.period === undefined || (day >= of.period.from && day <= of.period.to)
  const rows = archive.records.filter(
    ({ state, item, decided }) => state === 'shown' && (scope?.includes(item) ?? true) && within(decided),
  )
  const section = (id: string) => sectionOf(itemOf(pack, id)?.class ?? '')
  const ends = rows.map(({ until }) => until).filter((until) => until !== undefined)
  return {
    sections: SECTIONS.map(({ id, name }) => ({
      name,
      records: rows.filter(({ item }) => section(item) === id).map((row) => describeRecord(archive, pack, row)),
    })).filter(({ records }) => of.kind !== 'no-violations' || records.length > 0),
    searched:
      of.kind !== 'no-violations'
        ? []
        : (scope ?? []).flatMap((id) => {
            const item = itemOf(pack, id)
            const className = pack.classes.find((one) => one.id === item?.class)?.name ?? { zh: '', en: '' }
            return item ? [{ name: item.name, className, found: rows.filter((row) => row.item === id).length }] : []
          }),
    left: leftOut(archive, pack, subject.kind, of.reading),
    ends: ends.toSorted()[0],
  }
}
