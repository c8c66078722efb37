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

export const ListViewShape = Type.Object(
  {
    id: Type.String(),
    name: Words,
    kind: Type.Enum(['serious', 'focus', 'red', 'sector', 'exemplar']),
    origin: Type.Enum(['determined', 'received'], { description: "received: another authority's, shown as theirs" }),
    persons: Type.Boolean({ description: 'of natural persons: masked, not for search engines' }),
    units: Type.Array(Words, { description: 'who determines it or sends it' }),
    criteria: Type.Array(Type.Object({ text: Words, basis: Type.String() }, closed)),
    basis: Type.String(),
    publish: Type.String({ description: 'the basis of its publication' }),
    removal: Type.Array(Type.Enum(['term', 'performance', 'repair', 'review', 'revocation', 'source', 'request'])),
    term: Type.Optional(Type.String({ description: 'ISO 8601 duration' })),
    count: Type.Integer({ description: 'entries in force today' }),
  },
  closed,
)
export type ListViewBody = Static<typeof ListViewShape>

export const ListEntryShape = Type.Object(
  {
    ...ArchiveRecord.properties,
    who: Type.Object(
      {
        name: Type.String({ description: 'masked for natural persons' }),
        number: Type.String({ description: 'masked for natural persons' }),
        code: Type.Optional(Type.String({ description: 'of an organisation: its public code' })),
      },
      closed,
    ),
    published: Type.Optional(Day),
  },
  closed,
)
export type ListEntryRow = Static<typeof ListEntryShape>

export const ListPageShape = Type.Object(
  {
    ...legends,
    list: ListViewShape,
    entries: Type.Array(ListEntryShape),
    page: Type.Integer(),
    next: Type.Optional(Type.Integer({ description: 'the next page; none: this is the last' })),
  },
  closed,
)
export type ListPageBody = Static<typeof ListPageShape>

const Count = Type.Union([Type.Integer(), Type.Null()], {
  description: 'null: not shown, as fewer than five or as what would tell such a count',
})
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
    campaigns: Type.Array(
      Type.Object(
        {
          num: Type.Integer(),
          name: Words,
          lead: Words,
          opened: Day,
          until: Day,
          closed: Type.Optional(Day),
          counts: Type.Optional(
            Type.Object({ drawn: Count, inOrder: Count, rectified: Count, handedOver: Count, rest: Count }, closed),
          ),
        },
        closed,
      ),
      { description: 'campaigns over organisations, in numbers once they are closed' },
    ),
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
    names: Type.Array(Type.String(), { description: 'words of it that read as the name of a person' }),
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
