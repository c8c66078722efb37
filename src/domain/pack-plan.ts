import { Type, type Static } from 'typebox'
import { BasisSchema, CivilDate, Id, SUBJECTS, TextSchema, cited, closed } from './pack-shape.ts'

/** The sections of a pack about a policy document itself: its paragraphs, tasks, campaigns, and what is not done. */

const Units = Type.Array(Type.String(), { description: "unit ids, 'kind:…' or '*' (every unit)" })
const DocumentId = Type.String({ pattern: '^[A-Z]{2}[0-9]{0,2}$' })
const Named = { id: Id, name: TextSchema, ...cited }

/**
 * A policy document made executable. Bases cite it by `cite`, and its paragraphs by `at`; `pack trace` proves that
 * every paragraph is covered. `superseded`: later law that narrows it; until it was known the document stood alone.
 */
export const DocumentSchema = Type.Object(
  {
    id: DocumentId,
    name: TextSchema,
    cite: Type.String({ minLength: 1, description: 'as `basis.document` names it' }),
    date: Type.Optional(CivilDate),
    note: Type.Optional(TextSchema),
    superseded: Type.Optional(Type.Array(Type.Object({ by: BasisSchema, what: TextSchema }, closed))),
    paragraphs: Type.Array(
      Type.Object(
        {
          at: Type.String({ minLength: 1 }),
          name: TextSchema,
          kind: Type.Enum(['task', 'general'], { description: 'a paragraph that sets a task needs one' }),
        },
        closed,
      ),
      { minItems: 1 },
    ),
  },
  closed,
)
export type PolicyDocument = Static<typeof DocumentSchema>

/**
 * One task of a document (R52). `lead` answers for it, `joint` takes part. Due by dates, or continuing; a document
 * may say neither. `text.zh` is the document's; what stands in 〔 〕 is ours, where the document as we have it is English.
 */
export const TaskSchema = Type.Object(
  {
    id: Id,
    document: DocumentId,
    number: Type.String({ minLength: 1 }),
    title: TextSchema,
    text: TextSchema,
    lead: Units,
    joint: Type.Optional(Units),
    due: Type.Optional(
      Type.Array(Type.Object({ date: CivilDate, what: Type.Optional(TextSchema) }, closed), { minItems: 1 }),
    ),
    continuing: Type.Optional(Type.Literal(true)),
    evidence: Type.Array(TextSchema, { minItems: 1 }),
    ...cited,
  },
  closed,
)
export type Task = Static<typeof TaskSchema>

/** A day or time of the campaign calendar: `on` a fixed day of every year, `to` its last; neither where it moves. */
const MonthDay = Type.String({ pattern: '^\\d{2}-\\d{2}$' })
export const CampaignSchema = Type.Object(
  { ...Named, on: Type.Optional(MonthDay), to: Type.Optional(MonthDay), note: Type.Optional(TextSchema) },
  closed,
)
export type Campaign = Static<typeof CampaignSchema>

export const ProgrammeSchema = Type.Object(
  {
    ...Named,
    kind: Type.Enum(['education', 'training', 'examination', 'publicity', 'project']),
    audience: TextSchema,
    units: Units,
  },
  closed,
)
export type Programme = Static<typeof ProgrammeSchema>

/** A benefit for people in good faith (“信易+”, R46): never a condition of a basic service. */
export const BenefitSchema = Type.Object(
  { ...Named, content: TextSchema, units: Units, subjects: Type.Array(Type.Enum(SUBJECTS), { minItems: 1 }) },
  closed,
)
export type Benefit = Static<typeof BenefitSchema>

/** Joint conference or leading group (R54). */
export const BodySchema = Type.Object(
  { ...Named, chair: Type.Optional(TextSchema), lead: Units, office: Type.Optional(Units), members: Units },
  closed,
)
export type Body = Static<typeof BodySchema>

/** What a document wants reached (R16, R53). */
export const IndicatorSchema = Type.Object({ ...Named, target: TextSchema, due: Type.Optional(CivilDate) }, closed)
export type Indicator = Static<typeof IndicatorSchema>

/** An industry and its four regimes (R5). */
export const REGIMES = ['commitment', 'lists', 'publicity', 'appraisal'] as const
export const IndustrySchema = Type.Object(
  { ...Named, units: Units, regimes: Type.Array(Type.Enum(REGIMES), { minItems: 1 }) },
  closed,
)
export type Industry = Static<typeof IndustrySchema>

/** A head of funding (R55). */
export const FundSchema = Type.Object({ ...Named, units: Units }, closed)
export type Fund = Static<typeof FundSchema>

/**
 * A scoring sheet of the yearly inspection or of a third party's evaluation (R53): who is scored, and for what, how many
 * points each line can bring.
 */
export const SheetSchema = Type.Object(
  {
    ...Named,
    by: Type.Enum(['inspection', 'third-party']),
    units: Units,
    lines: Type.Array(
      Type.Object(
        { title: TextSchema, of: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }), how: Type.Optional(TextSchema) },
        closed,
      ),
      { minItems: 1 },
    ),
  },
  closed,
)
export type Sheet = Static<typeof SheetSchema>

/** An example of good or bad conduct with its grade, and the item that carries it once determined (R3). */
export const ConductSchema = Type.Object(
  {
    ...Named,
    nature: Type.Enum(['trustworthy', 'untrustworthy']),
    grade: Type.Optional(Type.Enum(['minor', 'general', 'serious'])),
    item: Id,
  },
  closed,
)
export type Conduct = Static<typeof ConductSchema>

/** A matter in which credit information is used, for a purpose of the pack, and whether it must be (R3, R26). */
export const ApplicationSchema = Type.Object(
  { ...Named, purpose: Id, units: Units, effect: Type.Enum(['must', 'may']) },
  closed,
)
export type Application = Static<typeof ApplicationSchema>

/** What a document asks for and we do not do, why, and what stands in its place. `basis` is the law that says so. */
export const BoundarySchema = Type.Object(
  {
    id: Id,
    document: DocumentId,
    at: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
    asked: TextSchema,
    why: TextSchema,
    instead: TextSchema,
    basis: Type.Array(BasisSchema, { minItems: 1 }),
  },
  closed,
)
export type Boundary = Static<typeof BoundarySchema>

export const planSections = {
  documents: Type.Optional(Type.Array(DocumentSchema)),
  tasks: Type.Optional(Type.Array(TaskSchema)),
  campaigns: Type.Optional(Type.Array(CampaignSchema)),
  programmes: Type.Optional(Type.Array(ProgrammeSchema)),
  benefits: Type.Optional(Type.Array(BenefitSchema)),
  bodies: Type.Optional(Type.Array(BodySchema)),
  indicators: Type.Optional(Type.Array(IndicatorSchema)),
  industries: Type.Optional(Type.Array(IndustrySchema)),
  funds: Type.Optional(Type.Array(FundSchema)),
  sheets: Type.Optional(Type.Array(SheetSchema)),
  conducts: Type.Optional(Type.Array(ConductSchema)),
  applications: Type.Optional(Type.Array(ApplicationSchema)),
  boundaries: Type.Optional(Type.Array(BoundarySchema)),
}

export type PlanRules = {
  /** `layer`: the one that names it, and so its place */
  documents: (PolicyDocument & { layer?: string })[]
  tasks: Task[]
  campaigns: Campaign[]
  programmes: Programme[]
  benefits: Benefit[]
  bodies: Body[]
  indicators: Indicator[]
  industries: Industry[]
  funds: Fund[]
  sheets: Sheet[]
  conducts: Conduct[]
  applications: Application[]
  boundaries: Boundary[]
}

export const PLAN_SECTIONS = [
  'documents',
  'tasks',
  'campaigns',
  'programmes',
  'benefits',
  'bodies',
  'indicators',
  'industries',
  'funds',
  'sheets',
  'conducts',
  'applications',
  'boundaries',
] as const satisfies readonly (keyof PlanRules)[]
