import { Type, type Static } from 'typebox'

/** What every section of a policy pack is made of. */

export const closed = { additionalProperties: false }
const ID = '^[a-z][a-z0-9-]*$'
export const Id = Type.String({ pattern: ID, description: 'stable id, lower case with hyphens' })
/** An id with its own description. */
export const idOf = (description: string) => Type.String({ pattern: ID, description })
export const CivilDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'civil date, Asia/Shanghai' })

/** Chinese first, English second. */
export const TextSchema = Type.Object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, closed)

/** What kind of document a basis is; which kinds carry which rule: `pack-check-law.ts`. */
export const RANKS = [
  'law',
  'administrative-regulation',
  'local-regulation',
  'department-rule',
  'judicial-interpretation',
  'central-policy',
  'local-policy',
  'catalogue',
  'standard',
] as const

/** A legal source. `unverified` marks a value read nowhere in full text (law.md: (M)); it is shown wherever used. */
export const BasisSchema = Type.Object(
  {
    document: Type.String({ minLength: 1 }),
    article: Type.Optional(Type.String({ minLength: 1 })),
    rank: Type.Enum(RANKS),
    unverified: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Basis = Static<typeof BasisSchema>

/** A length of time: P3M, P1Y, P30D, P7WD (working days). */
export const Period = Type.String({ pattern: '^P[1-9]\\d*(Y|M|D|WD)$' })

/** A period never in working days, so that its end is known for every date. */
export const DisplayPeriod = Type.String({ pattern: '^P[1-9]\\d*(Y|M|D)$' })

export const NATURES = ['adverse', 'favourable', 'neutral'] as const
export const SUBJECTS = ['person', 'organisation'] as const

/** In force from `from`; `until` is the first day no longer in force. */
export const validity = { from: CivilDate, until: Type.Optional(CivilDate) }
export const cited = { basis: Type.Array(BasisSchema, { minItems: 1 }), ...validity }
