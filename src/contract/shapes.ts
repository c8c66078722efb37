import { Type, type Static } from 'typebox'
import { RECORD_STATES, type RecordState } from './states.ts'

/** Shapes that several routes share. Everything the web knows of the server stands in this folder. */
const closed = { additionalProperties: false }

export const Words = Type.Object({ zh: Type.String(), en: Type.String() }, closed)
export const Instant = Type.String({ format: 'date-time', description: 'instant with zone' })
// days that are none (31 June, 29 February of a common year) are refused here, for every route
const IN_MONTH =
  '(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8])'
const LEAP_YEAR = '[1-9]\\d(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00'
export const Day = Type.String({
  pattern: `^(?:[1-9]\\d{3}-(?:${IN_MONTH})|(?:${LEAP_YEAR})-02-29)$`,
  description: 'civil date, Asia/Shanghai',
})

/** An expected "no": the same value everywhere, without personal data. */
export const RefusalShape = Type.Object({
  code: Type.String(),
  rule: Type.Optional(Type.String()),
  field: Type.Optional(Type.String()),
  message: Words,
  remedy: Words,
})
export type RefusalBody = Static<typeof RefusalShape>

export const Cite = Type.Object({
  document: Type.String(),
  article: Type.Optional(Type.String()),
  unverified: Type.Optional(Type.Boolean({ description: 'the value was not read in a full official text' })),
})

const States = Type.Unsafe<RecordState>(
  Type.Enum(Object.keys(RECORD_STATES), { description: 'why a record is not, or no longer, shown to others' }),
)

/** A case that travels with a record: objected to, under repair. */
export const MarkShape = Type.Object(
  {
    machine: Type.String(),
    kind: Type.String(),
    name: Words,
    day: Day,
    due: Type.Optional(Day),
    file: Type.String(),
    text: Type.Optional(Type.String({ description: 'what the person says beside the record' })),
  },
  closed,
)

/** Of the person's own adverse record: which rule repairs it, from which day, and what can be started now (B16). */
export const WaysShape = Type.Object(
  {
    rule: Type.Optional(Type.String({ description: 'key into `repairs` of the answer' })),
    from: Type.Optional(Day),
    start: Type.Array(Type.Object({ machine: Type.String(), kind: Type.String() }, closed)),
  },
  closed,
)

/** A repair rule: what it takes, and what to bring. */
export const RepairLegend = Type.Object(
  {
    name: Words,
    automatic: Type.Optional(Type.Boolean({ description: 'it ends by itself, no application is needed' })),
    conditions: Type.Array(Words),
    documents: Type.Array(Words),
    basis: Type.Array(Cite),
  },
  closed,
)

/** What the records of one catalogue item have in common, said once an answer. */
export const ItemLegend = Type.Object(
  {
    name: Words,
    class: Words,
    nature: Type.Enum(['adverse', 'favourable', 'neutral']),
    basis: Type.Array(Cite),
    remedy: Type.Optional(Words),
    fields: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          name: Words,
          type: Type.String({ description: "'date', 'money', 'code', 'text', …" }),
          unit: Type.Optional(Words),
          sensitive: Type.Optional(Type.Boolean()),
          codes: Type.Optional(Type.Record(Type.String(), Words)),
        },
        closed,
      ),
    ),
  },
  closed,
)

/** A display class: how long information of it is shown, and by which rule. */
export const DisplayLegend = Type.Object(
  { name: Words, most: Type.String(), basis: Type.Array(Cite), why: Words },
  closed,
)

/** One record of an archive: `item`, `unit` and `display` are keys into the answer's legends. */
export const ArchiveRecord = Type.Object(
  {
    id: Type.String({ description: 'stable within the archive' }),
    version: Type.Integer(),
    state: States,
    item: Type.String(),
    unit: Type.String(),
    decided: Day,
    document: Type.Optional(Type.String()),
    display: Type.String(),
    until: Type.Optional(Day),
    reportedAt: Type.Optional(Instant),
    submission: Type.Integer(),
    marks: Type.Optional(Type.Array(MarkShape)),
    since: Type.Optional(Day),
    ways: Type.Optional(WaysShape),
    values: Type.Array(Type.String(), {
      description: 'canonical text in the order of the item legend; dates YYYY-MM-DD',
    }),
  },
  closed,
)
export type ArchiveRow = Static<typeof ArchiveRecord>

/**
 * An archive: each record with its item, source, decision, basis, why it is shown and until when, in Chinese and
 * English. What repeats stands once, in the legends.
 */
export const Archive = Type.Object(
  {
    access: Type.String({ description: 'number of the access row that was written for this answer' }),
    at: Instant,
    asOf: Type.Optional(Instant),
    subject: Type.Object({
      kind: Type.Enum(['person', 'organisation']),
      name: Type.String({ description: "masked for staff ('王*'); whole for the person" }),
      number: Type.String({ description: 'masked' }),
      found: Type.Boolean(),
    }),
    items: Type.Record(Type.String(), ItemLegend),
    units: Type.Record(Type.String(), Words),
    displays: Type.Record(Type.String(), DisplayLegend),
    repairs: Type.Optional(Type.Record(Type.String(), RepairLegend)),
    records: Type.Array(ArchiveRecord),
  },
  closed,
)
export type ArchiveBody = Static<typeof Archive>

export const ProblemShape = Type.Object(
  {
    row: Type.Integer(),
    field: Type.String(),
    code: Type.String(),
    detail: Type.Optional(
      Type.String({ description: 'number and day of the earlier decision that stands against it' }),
    ),
    message: Words,
    remedy: Words,
  },
  closed,
)

/** Receipt of a submission. */
export const ReceiptShape = Type.Object({
  submission: Type.Union([Type.Integer(), Type.Null()]),
  status: Type.Enum(['accepted', 'dry-run', 'again', 'held', 'refused']),
  item: Type.String(),
  unit: Type.String(),
  key: Type.String(),
  at: Type.String(),
  rows: Type.Integer(),
  new: Type.Integer(),
  versions: Type.Integer(),
  duplicates: Type.Integer(),
  refused: Type.Integer(),
  late: Type.Union([Type.Integer(), Type.Null()], {
    description: 'null: unknown, where the official calendar of working days does not reach',
  }),
  format: Type.String(),
  ignored: Type.Array(Type.String()),
  problems: Type.Array(ProblemShape),
  held: Type.Optional(Type.Integer({ description: 'number of the held file that waits for a second person' })),
  refusal: Type.Optional(RefusalShape),
})
export type ReceiptBody = Static<typeof ReceiptShape>

/** A whole file refused: the refusal, and where the file was read, its receipt (`status` refused) beside it. */
export const RefusedFileShape = Type.Object({ ...RefusalShape.properties, ...Type.Partial(ReceiptShape).properties })
export type RefusedFileBody = Static<typeof RefusedFileShape>

/** Who is signed in, and what they may do. */
export const Whoami = Type.Object({
  name: Type.String(),
  display: Words,
  kind: Type.Union([Type.Literal('staff'), Type.Literal('person')]),
  unit: Type.Optional(Type.Object({ id: Type.String(), name: Words })),
  office: Type.Optional(
    Type.Enum(['platform', 'place'], { description: 'the unit runs the platform, or leads in its place (a district)' }),
  ),
  places: Type.Optional(
    Type.Array(Type.Object({ id: Type.String(), name: Words }), {
      description: 'places whose tasks and figures may be chosen, the own one first; none where there is one only',
    }),
  ),
  roles: Type.Array(Type.String()),
  csrf: Type.String(),
  expires: Instant,
})
export type WhoamiBody = Static<typeof Whoami>

/** One look-up as the person sees it: who, when, why, which fields (G4, B1). */
export const AccessSeen = Type.Object({
  access: Type.String(),
  at: Instant,
  unit: Type.Object({ id: Type.String(), name: Words }),
  actor: Words,
  purpose: Type.Object({ id: Type.String(), name: Words }),
  ground: Type.Enum(['statutory', 'consent', 'self', 'review', 'court', 'search', 'presence']),
  matter: Type.String({ description: 'as it is kept' }),
  about: Type.Optional({ ...Words, description: 'the matter in words, where it is the system that names it' }),
  outcome: Type.Union([Type.Literal('answered'), Type.Literal('refused')]),
  reason: Type.Optional(Words),
  shown: Type.Integer({ description: 'number of records shown' }),
  items: Type.Array(Type.Object({ item: Type.String(), name: Words, fields: Type.Array(Words) })),
  proof: Type.Optional(Type.Boolean({ description: 'whether its leaf is in a signed checkpoint already' })),
})
export type AccessSeenBody = Static<typeof AccessSeen>

export const ConsentShape = Type.Object({
  consent: Type.String(),
  unit: Type.Object({ id: Type.String(), name: Words }),
  purpose: Type.Object({ id: Type.String(), name: Words }),
  givenAt: Instant,
  expiresAt: Instant,
  withdrawnAt: Type.Optional(Instant),
  live: Type.Boolean(),
  byGuardian: Type.Boolean({ description: 'given by the guardian, not by the person' }),
})
export type ConsentBody = Static<typeof ConsentShape>

export const InUnit = Type.Object({ id: Type.String(), name: Words, kind: Type.String() })

/** The catalogue as the public reads it: what may be collected, from whom, on which basis, and how long it is shown. */
export const Catalogue = Type.Object({
  pack: Type.Object({ id: Type.String(), name: Words, version: Type.String() }),
  units: Type.Array(InUnit),
  purposes: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Words,
      ground: Type.String(),
      subjects: Type.Array(Type.Enum(['person', 'organisation']), {
        description: 'of whom one may be looked up for it',
      }),
      longestConsent: Type.Optional(Type.String()),
      units: Type.Array(Type.String()),
    }),
  ),
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Words,
      class: Type.String(),
      subject: Type.String(),
      nature: Type.String(),
      sources: Type.Array(Type.String({ description: 'ids of the units that may send it' })),
      review: Type.Boolean(),
      fields: Type.Array(
        Type.Object({
          id: Type.String(),
          name: Words,
          type: Type.String(),
          required: Type.Boolean(),
          sensitivity: Type.String(),
        }),
      ),
      basis: Type.Array(
        Type.Object({
          document: Type.String(),
          article: Type.Optional(Type.String()),
          unverified: Type.Optional(Type.Boolean()),
        }),
      ),
      display: Words,
    }),
  ),
})
