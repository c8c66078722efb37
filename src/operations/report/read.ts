import { deriveGrants } from '#domain/catalog.ts'
import type { Pack } from '#domain/pack.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import type { ReportKind } from '#domain/report.ts'
import type { NoteSigner } from '#domain/note.ts'
import { formatVerifierKey } from '#domain/note.ts'
import type { Archive } from '../archive-shape.ts'
import { lookUpArchive, readArchiveFor, readOwnArchive, readPastArchive } from '../archive.ts'
import { findUnit, packAt, today, type System } from '../system.ts'
import { composeContent, type ReportReading } from './content.ts'
import { drawReport } from './draw.ts'

/** Whose report, and by which of the three readings of an archive: each is a logged look-up (G4). */
export type ReportReader = { actor: number } & (
  | { reading: 'self'; subject: string }
  | { reading: 'presence'; subject: string; unit: string; matter: string }
  | { reading: 'look-up'; unit: string; idKind: string; number: string; purpose: string; matter: string }
  | { reading: 'past'; unit: string; idKind: string; number: string; matter: string }
)

export type ReportPeriod = { from: string; to: string }

/** What stands on the report beside the archive. */
export type ReportAbout = {
  kind: ReportKind
  code: string
  at: string
  /** number of the look-up it is; undefined: of the one that is made now */
  access: string | undefined
  period: ReportPeriod | undefined
  address: string
}

export type MadeReport = { pdf: Buffer; access: string; ends: string | undefined; pack: Pack }

const readArchive = (system: System, reader: ReportReader, at: string): Promise<Archive | Refusal> => {
  switch (reader.reading) {
    case 'self':
      return readOwnArchive(system, { ...reader, at })
    case 'presence':
      return readArchiveFor(system, { ...reader, at })
    case 'look-up':
      return lookUpArchive(system, { ...reader, kind: reader.idKind })
    case 'past':
      return readPastArchive(system, { ...reader, kind: reader.idKind, at })
  }
}

/** The pack a report is made by: for an officer's the one in force now, as for every look-up. */
export const packOf = (system: System, reading: ReportReader['reading'], at: string): Promise<Pack> =>
  reading === 'look-up' ? Promise.resolve(system.reference.pack) : packAt(system, Temporal.Instant.from(at))

const nameOf = (pack: Pack, unit: string): Text => findUnit(pack, unit)?.name ?? { zh: unit, en: unit }

/** What a reading may see, as the content of a report needs to know it. */
export function readingOf(system: System, pack: Pack, reader: ReportReader): ReportReading {
  switch (reader.reading) {
    case 'self':
      return { reading: 'self' }
    case 'presence':
      return { reading: 'presence', unit: nameOf(pack, reader.unit), matter: reader.matter }
    case 'past':
      return { reading: 'past', unit: nameOf(pack, reader.unit), matter: reader.matter }
    case 'look-up': {
      const unit = findUnit(pack, reader.unit)
      const granted = unit ? deriveGrants(pack, reader.purpose, unit, today(system)) : []
      const purpose = pack.purposes.find(({ id }) => id === reader.purpose)
      return {
        reading: 'look-up',
        unit: nameOf(pack, reader.unit),
        purpose: reader.purpose,
        purposeName: purpose?.name ?? { zh: reader.purpose, en: reader.purpose },
        matter: reader.matter,
        granted: new Map(granted.map(({ item, fields }) => [item, fields])),
      }
    }
  }
}

type Issued = { label: Text; value: string; english?: string }[]

function issuedBy(reading: ReportReading): Issued {
  const by = { zh: '查询方式', en: 'Read by' }
  const matter = { zh: '事项编号', en: 'Matter' }
  switch (reading.reading) {
    case 'self':
      return [{ label: by, value: '本人查询', english: 'the subject of the report' }]
    case 'presence':
      return [
        {
          label: by,
          value: `本人到场，${reading.unit.zh}服务窗口打印`,
          english: `the subject of the report, at the counter of ${reading.unit.en}`,
        },
        { label: { zh: '签字表单', en: 'Signed form' }, value: reading.matter },
      ]
    case 'look-up':
      return [
        { label: by, value: reading.unit.zh, english: reading.unit.en },
        { label: { zh: '用途', en: 'Purpose' }, value: reading.purposeName.zh, english: reading.purposeName.en },
        ...(reading.matter === '' ? [] : [{ label: matter, value: reading.matter }]),
      ]
    case 'past':
      return [
        { label: by, value: reading.unit.zh, english: `${reading.unit.en} (review or court)` },
        { label: matter, value: reading.matter },
      ]
  }
}

/** “信用<place>”, as the pages say it: the name of the pack without what makes it a pack. */
export const placeOf = ({ name }: Pack): Text => ({
  zh: name.zh.replace(/（.*?）|政策包|公共信用信息/g, '').replace(/^(..+)[省市]$/, '$1'),
  en: name.en.replace(/\(.*?\)|\bpolicy pack\b|\bpack\b/gi, '').trim(),
})

const suits = (kind: ReportKind, subject: Archive['subject']['kind']): boolean =>
  kind === 'no-violations' || (kind === 'personal') === (subject === 'person')

/** Reads the archive, which is a look-up and logged as one, and draws the report: the PDF before its seal. */
export async function makeReport(
  system: System,
  reader: ReportReader,
  about: ReportAbout,
  signer: NoteSigner | undefined,
): Promise<MadeReport | Refusal> {
  const archive = await readArchive(system, reader, about.at)
  if (isRefusal(archive)) return archive
  // only now: who may not read is told so, and the log says that they asked
  if (!signer) return refuse('proof-pending')
  if (!suits(about.kind, archive.subject.kind)) return refuse('report-kind', { field: 'kind' })
  const pack = await packOf(system, reader.reading, about.at)
  const reading = readingOf(system, pack, reader)
  const { ends, ...content } = composeContent(archive, pack, { kind: about.kind, reading, period: about.period })
  const access = about.access ?? archive.access
  const pdf = await drawReport({
    ...about,
    access,
    place: placeOf(pack),
    demo: pack.name.zh.includes('演示'),
    subject: archive.subject,
    issued: issuedBy(reading),
    content,
    pack,
    key: { text: formatVerifierKey(signer), origin: signer.name, id: signer.id },
  })
  return { pdf, access, ends, pack }
}
