import { Type, type Static } from 'typebox'
import { CONTENT_KIND_NAMES, TIP_KINDS, type ContentKind, type TipKind } from '#domain/public-kinds.ts'
import { ArchiveRecord, Day, DisplayLegend, Instant, ItemLegend, Words } from './shapes.ts'

/** Shapes of the public face. */
const closed = { additionalProperties: false }

export const Kind = Type.Unsafe<ContentKind>(Type.Enum(CONTENT_KIND_NAMES))
export const TipKindShape = Type.Unsafe<TipKind>(Type.Enum(Object.keys(TIP_KINDS)))

/** One published record of an organisation: its open fields and no others. */
export const PublishedRecord = Type.Object(
  {
    ...ArchiveRecord.properties,
    organisation: Type.Object({ name: Type.String(), code: Type.String() }, closed),
    published: Type.Optional(Day),
  },
  closed,
)
export type PublishedRow = Static<typeof PublishedRecord>

const legends = {
  items: Type.Record(Type.String(), ItemLegend),
  units: Type.Record(Type.String(), Words),
  displays: Type.Record(Type.String(), DisplayLegend),
}
export const PublishedRecords = Type.Object(
  {
    ...legends,
    records: Type.Array(PublishedRecord),
    next: Type.Optional(Type.String({ description: 'where the next page begins; none: this is the last' })),
  },
  closed,
)
export type PublishedRecordsBody = Static<typeof PublishedRecords>

export const PublishedOrganisation = Type.Object(
  { ...legends, name: Type.String(), code: Type.String(), records: Type.Array(PublishedRecord) },
  closed,
)
export type PublishedOrganisationBody = Static<typeof PublishedOrganisation>

export const FoundOrganisations = Type.Object(
  {
    organisations: Type.Array(
      Type.Object(
        { name: Type.String(), code: Type.String(), records: Type.Integer(), adverse: Type.Integer() },
        closed,
      ),
    ),
  },
  closed,
)
export type FoundOrganisationsBody = Static<typeof FoundOrganisations>

const Count = Type.Union([Type.Integer(), Type.Null()], { description: 'null: fewer than five, not shown' })
const Counted = Type.Array(Type.Object({ id: Type.String(), name: Words, count: Count }, closed))
export const Statistics = Type.Object(
  {
    at: Instant,
    records: Type.Integer(),
    organisations: Type.Integer(),
    byItem: Counted,
    byUnit: Counted,
    byMonth: Type.Array(
      Type.Object({ month: Type.String({ description: 'YYYY-MM of the decision' }), count: Count }, closed),
    ),
    timeliness: Type.Object({ inTime: Type.Integer(), late: Type.Integer(), unknown: Type.Integer() }, closed),
    tips: Type.Array(Type.Object({ kind: Type.String(), name: Words, received: Count, answered: Count }, closed)),
  },
  closed,
)
export type StatisticsBody = Static<typeof Statistics>

export const PublicContent = Type.Object(
  {
    num: Type.Integer(),
    kind: Kind,
    title: Words,
    body: Words,
    day: Type.Optional(Day),
    until: Type.Optional(Day),
    publishedAt: Instant,
    person: Type.Boolean({
      description: 'names a natural person, with their separate consent: not for search engines',
    }),
  },
  closed,
)
export type PublicContentBody = Static<typeof PublicContent>

export const DeskContent = Type.Object(
  {
    num: Type.Integer(),
    kind: Kind,
    version: Type.Integer(),
    title: Words,
    body: Words,
    day: Type.Optional(Day),
    until: Type.Optional(Day),
    consent: Type.Optional(Type.String()),
    at: Instant,
    author: Words,
    mine: Type.Boolean(),
    state: Type.Enum(['draft', 'submit', 'publish', 'reject', 'withdraw']),
    reason: Type.String(),
    published: Type.Optional(Type.Integer({ description: 'the version the public reads now' })),
  },
  closed,
)
export type DeskContentBody = Static<typeof DeskContent>

export const TipStatus = Type.Object(
  {
    kind: TipKindShape,
    filedAt: Instant,
    steps: Type.Array(
      Type.Object(
        {
          kind: Type.Enum(['file', 'route', 'answer']),
          at: Instant,
          unit: Words,
          text: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type TipStatusBody = Static<typeof TipStatus>
