import { Type, type Static } from 'typebox'
import { BasisSchema, DisplayPeriod, Id, Period, SUBJECTS, TextSchema, cited, closed } from './pack-shape.ts'

/** The sections of a pack about what happens to a record: terms, repair, lists, measures, incentives, campaigns. */

/**
 * A deadline of procedure (期限). `extend`: what it may be extended by, once, with a reason. `least`: the time is the
 * person's, and a lower pack may only lengthen it; every other term binds an office, and may only be shortened.
 */
export const TermSchema = Type.Object(
  {
    id: Id,
    name: TextSchema,
    period: Period,
    extend: Type.Optional(Period),
    least: Type.Optional(Type.Literal(true)),
    ...cited,
  },
  closed,
)
export type Term = Static<typeof TermSchema>

/**
 * How information of some display classes is repaired (信用修复, Order 36). The least and greatest periods are those of
 * the display class; `automatic`: it ends by itself and no application is needed; `irreparable` only where a statute says so.
 */
export const RepairRuleSchema = Type.Object(
  {
    id: Id,
    name: TextSchema,
    grade: Type.Enum(['minor', 'general', 'serious']),
    classes: Type.Array(Id, { minItems: 1, description: 'display classes' }),
    conditions: Type.Array(TextSchema, { minItems: 1 }),
    documents: Type.Array(TextSchema, { minItems: 1, description: 'what the application must bring' }),
    automatic: Type.Optional(Type.Boolean()),
    irreparable: Type.Optional(Type.Boolean()),
    ...cited,
  },
  closed,
)
export type RepairRule = Static<typeof RepairRuleSchema>

/** What the serious-list criteria may concern (国办发〔2020〕49号: four areas, none added). */
export const AreaSchema = Type.Object({ id: Id, name: TextSchema, ...cited }, closed)
export type Area = Static<typeof AreaSchema>

/** A key target a document names (重点治理对象, R35). Each needs its own basis; lists are closed by law. */
export const TargetSchema = Type.Object({ id: Id, name: TextSchema, area: Type.Optional(Id), ...cited }, closed)
export type Target = Static<typeof TargetSchema>

export const LIST_KINDS = ['serious', 'focus', 'red', 'sector', 'exemplar'] as const

/**
 * A list (名单). `origin: received` is another authority's (the court's, R58): shown as theirs, never determined here.
 * `item` is the catalogue item its entries are records of: an entry in force is a record, and goes the way of every record.
 */
export const ListSchema = Type.Object(
  {
    id: Id,
    name: TextSchema,
    kind: Type.Enum(LIST_KINDS),
    origin: Type.Enum(['determined', 'received']),
    item: Id,
    units: Type.Array(Type.String(), { minItems: 1, description: "who determines or sends it: unit ids or 'kind:…'" }),
    subjects: Type.Array(Type.Enum(SUBJECTS), { minItems: 1 }),
    criteria: Type.Array(
      Type.Object(
        {
          id: Id,
          text: TextSchema,
          area: Type.Optional(Id),
          target: Type.Optional(Id),
          grade: Type.Optional(TextSchema),
          flag: Type.Optional(
            Type.Object(
              { items: Type.Array(Id, { minItems: 1 }), count: Type.Integer({ minimum: 1 }), within: DisplayPeriod },
              {
                ...closed,
                description:
                  'so many records within so long make a candidate for a person to examine, and nothing more (国办发〔2020〕49号)',
              },
            ),
          ),
          basis: Type.Array(BasisSchema, { minItems: 1 }),
        },
        closed,
      ),
      { minItems: 1 },
    ),
    window: Type.Optional(Id),
    hearing: Type.Optional(Type.Boolean({ description: 'the person may ask for a hearing' })),
    rectify: Type.Optional(Id),
    publicity: Type.Optional(Id),
    term: Type.Optional(Period),
    renew: Type.Optional(Period),
    removal: Type.Array(Type.Enum(['term', 'performance', 'repair', 'review', 'revocation', 'source', 'request']), {
      minItems: 1,
    }),
    publish: Type.Optional(
      Type.Object(
        { persons: Type.Boolean(), basis: Type.Array(BasisSchema, { minItems: 1 }) },
        { ...closed, description: 'published; natural persons only where the basis says so, masked' },
      ),
    ),
    officers: Type.Optional(
      Type.Array(Type.Object({ office: TextSchema, basis: Type.Array(BasisSchema, { minItems: 1 }) }, closed), {
        description: 'office-holders whom law names: each by a decision of its own (R41)',
      }),
    ),
    ...cited,
  },
  closed,
)
export type List = Static<typeof ListSchema>

/**
 * A measure of the list of measures (惩戒措施清单, R38, G7). Kind A reduces rights or adds duties, B is administrative
 * management, C is what private bodies may do on their own account. `term`: as long as its cause, a period, or for life.
 */
export const MeasureSchema = Type.Object(
  {
    id: Id,
    name: TextSchema,
    kind: Type.Enum(['A', 'B', 'C']),
    content: TextSchema,
    lists: Type.Array(Id, { minItems: 1 }),
    units: Type.Array(Type.String(), { minItems: 1, description: "who carries it out: unit ids or 'kind:…'" }),
    subjects: Type.Array(Type.Enum(SUBJECTS), { minItems: 1 }),
    term: Type.Union([Type.Literal('cause'), Type.Literal('life'), Period]),
    respond: Id,
    carry: Id,
    remedy: TextSchema,
    ...cited,
  },
  closed,
)
export type Measure = Static<typeof MeasureSchema>

/** A benefit for a good record (守信激励, R37): an aid for a matter at hand, within the unit's powers and duties. */
export const IncentiveSchema = Type.Object(
  {
    id: Id,
    name: TextSchema,
    kind: Type.Enum(['green-channel', 'papers-follow', 'priority', 'convenience']),
    content: TextSchema,
    fields: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    units: Type.Array(Type.String(), { minItems: 1 }),
    subjects: Type.Array(Type.Enum(SUBJECTS), { minItems: 1 }),
    requires: Type.Object(
      {
        lists: Type.Optional(Type.Array(Id, { minItems: 1 })),
        items: Type.Optional(Type.Array(Id, { minItems: 1, description: 'good records: one usable today suffices' })),
        clean: Type.Optional(Period),
      },
      { ...closed, description: 'an entry or record named here, or no adverse record usable today within `clean`' },
    ),
    ...cited,
  },
  closed,
)
export type Incentive = Static<typeof IncentiveSchema>

/**
 * How a problem area is remedied in a campaign (专项治理, R45): who may open one, whom it may give cases to, which records of
 * organisations it looks at (where a field of theirs holds one of the words), how far back, how long it lasts at most, by when
 * a case is checked (a term of the pack) and how long the organisation has to answer (a term that is its own). Organisations
 * alone: no natural person is ever drawn (decisions/108).
 */
export const CampaignRuleSchema = Type.Object(
  {
    lead: Type.Array(Type.String(), { minItems: 1, description: "who may open one: unit ids or 'kind:…'" }),
    joint: Type.Optional(
      Type.Array(Type.String(), { description: "who may be given cases beside the lead: unit ids, 'kind:…' or '*'" }),
    ),
    items: Type.Array(Id, { minItems: 1, description: 'catalogue items about organisations; of persons is refused' }),
    where: Type.Optional(
      Type.Object(
        { field: Type.String(), words: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }) },
        { ...closed, description: 'only records whose field holds one of these words' },
      ),
    ),
    since: DisplayPeriod,
    term: DisplayPeriod,
    check: Id,
    answer: Id,
  },
  closed,
)
export type CampaignRule = Static<typeof CampaignRuleSchema>

/** A named problem area (专项治理, R45). Without `campaign` it is named, and nothing is drawn for it. */
export const ProblemSchema = Type.Object(
  { id: Id, name: TextSchema, note: Type.Optional(TextSchema), campaign: Type.Optional(CampaignRuleSchema), ...cited },
  closed,
)
export type Problem = Static<typeof ProblemSchema>

/** The sections a layer may have; a lower layer adds to each, and never changes what an upper one says. */
export const processSections = {
  terms: Type.Optional(Type.Array(TermSchema)),
  repair: Type.Optional(Type.Array(RepairRuleSchema)),
  areas: Type.Optional(Type.Array(AreaSchema)),
  targets: Type.Optional(Type.Array(TargetSchema)),
  lists: Type.Optional(Type.Array(ListSchema)),
  measures: Type.Optional(Type.Array(MeasureSchema)),
  incentives: Type.Optional(Type.Array(IncentiveSchema)),
  problems: Type.Optional(Type.Array(ProblemSchema)),
}

export type ProcessRules = {
  terms: Term[]
  repair: RepairRule[]
  areas: Area[]
  targets: Target[]
  lists: List[]
  measures: Measure[]
  incentives: Incentive[]
  problems: Problem[]
}
