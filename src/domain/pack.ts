import { Type, type Static } from 'typebox'
import { type PlanRules, planSections } from './pack-plan.ts'
import { type ProcessRules, processSections } from './pack-process.ts'
import {
  BasisSchema,
  type Basis,
  CivilDate,
  DisplayPeriod,
  Id,
  NATURES,
  Period,
  SUBJECTS,
  TextSchema,
  cited,
  closed,
  idOf,
  validity,
} from './pack-shape.ts'

/**
 * The shape of a policy pack: law as data, every rule with its citation.
 * The published JSON Schema (`policy/pack.schema.json`) is generated from these definitions.
 */

/** A department. `kind` lets an upper pack name units it does not know by id (`kind:market`). */
export const UnitSchema = Type.Object(
  {
    id: Id,
    name: TextSchema,
    code: Type.Optional(Type.String({ description: '统一社会信用代码 (GB 32100)' })),
    kind: Id,
    alias: Type.Optional(Type.Array(Type.String())),
    successor: Type.Optional(Id),
    ...validity,
  },
  closed,
)
export type Unit = Static<typeof UnitSchema>
/** A unit of a merged pack: `layer` is the one that names it, and so its jurisdiction. */
export type PackUnit = Unit & {
  layer?: string
  /** where another layer names it: it is a place of its own, and to that layer still one of its units (`pack.is`) */
  namedIn?: string
}

/** A kind of unit (`kind:market`): how an upper pack names departments that every lower one has under another name. */
export const UnitKindSchema = Type.Object(
  {
    id: Id,
    name: TextSchema,
    place: Type.Optional(
      Type.Literal(true, {
        description: 'the government of a place, not a department: `*` of a task does not mean it',
      }),
    ),
  },
  closed,
)
export type UnitKind = Static<typeof UnitKindSchema>

export const CodeListSchema = Type.Object(
  {
    id: Id,
    name: TextSchema,
    values: Type.Array(
      Type.Object(
        { code: Type.String({ minLength: 1 }), name: TextSchema, alias: Type.Optional(Type.Array(Type.String())) },
        closed,
      ),
      { minItems: 1 },
    ),
    ...cited,
  },
  closed,
)
export type CodeList = Static<typeof CodeListSchema>

/**
 * How long information may be shown and used (展示期限, R23), from the date of the document. `least` is the shortest
 * time before repair; `ends: valid-until` ends it sooner, with the validity the record itself states (a licence).
 * In a lower pack every class is `within` one of an upper pack and not longer.
 */
export const DisplayClassSchema = Type.Object(
  {
    id: Id,
    name: TextSchema,
    least: Type.Optional(DisplayPeriod),
    most: DisplayPeriod,
    ends: Type.Optional(Type.Literal('valid-until')),
    for: Type.Array(Type.Enum(NATURES), { minItems: 1, description: 'natures of item that may use it' }),
    within: Type.Optional(Id),
    ...cited,
  },
  closed,
)
export type DisplayClass = Static<typeof DisplayClassSchema>

/**
 * One year of the working-day calendar (工作日): the weekdays that are days off and the weekend days that are worked.
 * A year that no pack has is unknown, never guessed.
 */
export const CalendarYearSchema = Type.Object(
  {
    year: Type.Integer({ minimum: 1900, maximum: 9999 }),
    off: Type.Array(CivilDate, { description: 'Monday to Friday, not worked' }),
    worked: Type.Array(CivilDate, { description: 'Saturday or Sunday, worked' }),
    basis: Type.Array(BasisSchema, { minItems: 1 }),
  },
  closed,
)
export type CalendarYear = Static<typeof CalendarYearSchema>

/** What a look-up may be for. Statutory purposes need a matter with its number; the others need consent. */
export const PurposeSchema = Type.Object(
  {
    id: Id,
    name: TextSchema,
    ground: Type.Enum(['statutory', 'consent']),
    units: Type.Array(Type.String(), { minItems: 1, description: "unit ids, 'kind:…' or '*'" }),
    subjects: Type.Array(Type.Enum(SUBJECTS), { minItems: 1 }),
    longestConsent: Type.Optional(Period),
    withhold: Type.Optional(
      Type.Object(
        { longest: DisplayPeriod, basis: Type.Array(BasisSchema, { minItems: 1 }) },
        {
          ...closed,
          description: 'a statute lets the look-up be withheld from the person for a time (G4); never in working days',
        },
      ),
    ),
    ...cited,
  },
  closed,
)
export type Purpose = Static<typeof PurposeSchema>

export const FIELD_TYPES = ['text', 'date', 'money', 'number', 'code', 'identifier-kind', 'identifier'] as const
/** What a field means to the system, where it means something. */
export const FIELD_ROLES = [
  'subject-name',
  'subject-number-kind',
  'subject-number',
  'decision-date',
  'document-number',
  'document-name',
  'valid-from',
  'valid-until',
  'display-until',
  'authority',
  'authority-code',
  'conduct-date',
] as const
export const SENSITIVITIES = ['open', 'internal', 'personal', 'sensitive'] as const

export const FieldSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]*$', description: 'official column name where there is one' }),
    name: TextSchema,
    aliases: Type.Optional(Type.Array(Type.String())),
    type: Type.Enum(FIELD_TYPES),
    unit: Type.Optional(TextSchema),
    length: Type.Optional(Type.Integer({ minimum: 1 })),
    required: Type.Optional(Type.Boolean()),
    codes: Type.Optional(Id),
    many: Type.Optional(
      Type.Literal(true, { description: 'a code field that may hold several values of its list (警告、罚款)' }),
    ),
    role: Type.Optional(Type.Enum(FIELD_ROLES)),
    sensitivity: Type.Enum(SENSITIVITIES),
    repeats: Type.Optional(
      Type.Union([Type.Boolean(), Type.String({ pattern: '^[a-z][a-z-]*$' })], {
        description:
          'the same values come again and again: stored once (open values only). A word names a group of fields that repeat together',
      }),
    ),
  },
  closed,
)
export type Field = Static<typeof FieldSchema>

/** Who may see an item for what. `level` is the most sensitive field shown; `fields` narrows further. */
export const GrantSchema = Type.Object(
  {
    purposes: Type.Array(Id, { minItems: 1 }),
    units: Type.Array(Type.String(), { minItems: 1, description: "unit ids, 'kind:…' or '*'" }),
    level: Type.Enum(SENSITIVITIES),
    fields: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
  },
  closed,
)
export type Grant = Static<typeof GrantSchema>

/** A catalogue item (目录事项): nothing is collected that is not one (R3, R17, G1). */
export const ItemSchema = Type.Object(
  {
    id: Id,
    name: TextSchema,
    class: Type.String({ pattern: '^\\d{2}$', description: 'class of the national thirteen' }),
    subject: Type.Enum(SUBJECTS),
    nature: Type.Enum(NATURES),
    keyField: Type.Optional(Id),
    groups: Type.Optional(Type.Array(Id)),
    sources: Type.Array(Type.String(), { minItems: 1, description: "unit ids or 'kind:…'" }),
    fields: Type.Array(FieldSchema, { minItems: 1 }),
    naturalKey: Type.Array(Type.String(), {
      minItems: 1,
      description: 'fields that, with the subject, tell one record from another',
    }),
    display: Type.Object(
      {
        class: Id,
        when: Type.Optional(
          Type.Array(Type.Object({ field: Type.String(), in: Type.Array(Type.String()), class: Id }, closed)),
        ),
      },
      closed,
    ),
    see: Type.Array(GrantSchema),
    report: Type.Object({ within: Period, basis: BasisSchema }, closed),
    publish: Type.Optional(
      Type.Object(
        {
          within: Period,
          except: Type.Optional(
            Type.Array(Id, {
              minItems: 1,
              description: 'display classes that are not published (轻微失信原则上不公示)',
            }),
          ),
          basis: Type.Array(BasisSchema, { minItems: 1 }),
        },
        {
          ...closed,
          description:
            'published on the open site, its open fields only, within this time of the decision (公示); organisations only',
        },
      ),
    ),
    refuseAbove: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'share of refused rows above which the file is refused',
    }),
    review: Type.Optional(Type.Boolean({ description: 'a second named person of the unit must approve' })),
    notify: Type.Optional(
      Type.Object(
        { basis: Type.Array(BasisSchema, { minItems: 1 }) },
        {
          ...closed,
          description:
            'its person is told when a record of it is put on file: why here, until when, what ends it sooner, how to object (告知)',
        },
      ),
    ),
    remedy: Type.Optional(TextSchema),
    ...cited,
  },
  closed,
)
export type Item = Static<typeof ItemSchema>

const Named = Type.Object({ id: Id, name: TextSchema, ...cited }, closed)

/** One layer: what the YAML files of one folder say together. */
export const PackSchema = Type.Object(
  {
    pack: Type.Object(
      {
        id: Id,
        name: TextSchema,
        extends: Type.Optional(Id),
        version: Type.String({ minLength: 1 }),
        authority: Type.Optional(TextSchema),
        place: Type.Optional(TextSchema),
        operator: Type.Optional(
          idOf('the unit that runs an instance of this pack: the office of the platform (管理单位)'),
        ),
        office: Type.Optional(
          idOf('the unit that leads in the place of this layer, where a place above runs the instance'),
        ),
        is: Type.Optional(
          idOf('the unit of an upper layer that this place is: what is given to that unit is given to this place'),
        ),
        oversees: Type.Optional(
          Type.Array(BasisSchema, {
            minItems: 1,
            description: 'by what this place oversees the places below it on the same instance',
          }),
        ),
        fictionalDivisions: Type.Optional(Type.Array(Type.String({ pattern: '^99\\d{4}$' }))),
      },
      closed,
    ),
    classes: Type.Optional(
      Type.Array(Type.Object({ id: Type.String({ pattern: '^\\d{2}$' }), name: TextSchema, ...cited }, closed)),
    ),
    display: Type.Optional(Type.Array(DisplayClassSchema)),
    keyFields: Type.Optional(Type.Array(Named)),
    keyGroups: Type.Optional(Type.Array(Named)),
    codes: Type.Optional(Type.Array(CodeListSchema)),
    purposes: Type.Optional(Type.Array(PurposeSchema)),
    calendar: Type.Optional(Type.Array(CalendarYearSchema)),
    kinds: Type.Optional(Type.Array(UnitKindSchema)),
    units: Type.Optional(Type.Array(UnitSchema)),
    items: Type.Optional(Type.Array(ItemSchema)),
    narrow: Type.Optional(
      Type.Array(
        Type.Object(
          {
            item: Id,
            from: CivilDate,
            sources: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
            display: Type.Optional(
              Type.Object({ class: Id }, { ...closed, description: 'replaces every class of the item that is longer' }),
            ),
            see: Type.Optional(Type.Array(GrantSchema)),
            require: Type.Optional(Type.Array(Type.String())),
            review: Type.Optional(Type.Literal(true)),
            refuseAbove: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
            within: Type.Optional(Period),
            keyField: Type.Optional(Id),
            groups: Type.Optional(
              Type.Array(Id, { description: 'how this layer classifies the item; no limit moves' }),
            ),
            until: Type.Optional(CivilDate),
            basis: Type.Array(BasisSchema, { minItems: 1 }),
          },
          closed,
        ),
        { description: 'how this layer narrows an item of an upper layer' },
      ),
    ),
    forbidden: Type.Optional(
      Type.Array(
        Type.Object({ id: Id, name: TextSchema, words: Type.Array(Type.String(), { minItems: 1 }), ...cited }, closed),
        { description: 'what no item may hold: sealed and forbidden data (law.md §1.5, §4)' },
      ),
    ),
    ...processSections,
    ...planSections,
  },
  closed,
)
export type PackLayer = Static<typeof PackSchema>
export type Narrowing = NonNullable<PackLayer['narrow']>[number]
export type Forbidden = NonNullable<PackLayer['forbidden']>[number]
export type KeyField = Static<typeof Named>
export type KeyGroup = Static<typeof Named>
export type Sensitivity = (typeof SENSITIVITIES)[number]

/** The published JSON Schema of one layer; `policy/pack.schema.json` is this, and a test keeps it so. */
export function packJsonSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Xinheng policy pack, one layer',
    ...structuredClone(PackSchema),
  }
}

/** A place that an instance serves: a city, and its district below it. `office` leads there; that of the first runs the instance. */
export type Jurisdiction = {
  /** id of its layer */
  id: string
  name: { zh: string; en: string }
  office?: string
  /** the law by which it oversees those below it */
  oversees?: Basis[]
}

/** Layers merged, upper first: what the running system judges by. */
export type Pack = {
  id: string
  name: { zh: string; en: string }
  version: string
  /** `id@version` of every layer, upper first */
  layers: string[]
  /** the places that an instance of it serves, upper first; absent in packs that were loaded before places were told apart */
  jurisdictions?: Jurisdiction[]
  fictionalDivisions: string[]
  classes: NonNullable<PackLayer['classes']>
  display: DisplayClass[]
  keyFields: NonNullable<PackLayer['keyFields']>
  keyGroups: NonNullable<PackLayer['keyGroups']>
  codes: CodeList[]
  purposes: Purpose[]
  calendar: CalendarYear[]
  kinds: UnitKind[]
  units: PackUnit[]
  /** versions of one id lie side by side, never overlapping; narrowings are already applied */
  items: Item[]
  forbidden: Forbidden[]
} & ProcessRules &
  PlanRules
